"""PDF by typst: the data goes in as JSON, the one template is `paper.typ` beside this file."""

import json
import re
from datetime import UTC, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

import typst

from thidua.paperwork.rules import (
    ILLUSTRATIVE,
    NOTHING,
    Block,
    Facts,
    Heading,
    Items,
    Paper,
    Paragraph,
    Signature,
    Table,
    breakable,
    lines_of,
    number_line,
    place_and_day,
    printable,
    signature_rows,
)

_TEMPLATE = Path(__file__).with_name("paper.typ")
_FONTS = Path(__file__).parent.parent / "fonts"
_STANDARDS: list[Any] = ["a-2a", "ua-1"]
_CODE = re.compile(r"[0-9a-f]{64}[.,;)]?")
_UNDATED = datetime(1970, 1, 1, tzinfo=UTC)


class FontsNotBuilt(RuntimeError):
    """The fonts of official papers are built by `make assets` and ship inside the wheel; this installation lacks them."""


def pdf_of(paper: Paper) -> bytes:
    """The paper as PDF/A-2a and PDF/UA-1: tagged, titled, in Vietnamese, fonts embedded. The same value gives the same bytes.

    A character that the typeface lacks (an emoji) is forbidden by both standards: such a paper is still made, without their mark.
    """
    try:
        return _compile(paper, _STANDARDS)
    except typst.TypstError as error:
        if "could not be displayed" not in str(error):
            raise
        return _compile(paper, [])


def _compile(paper: Paper, standards: list[Any]) -> bytes:
    dated = datetime.combine(paper.day, time(), UTC) if paper.day else _UNDATED
    return typst.compile(
        str(_TEMPLATE), root=str(_TEMPLATE.parent), font_paths=fonts(), ignore_system_fonts=True, format="pdf",
        sys_inputs={"paper": json.dumps(_plain(paper), ensure_ascii=False)}, pdf_standards=standards, timestamp=dated,
    )


@cache
def fonts() -> typst.Fonts:
    """The typefaces of papers, for a slice that prints with a template of its own. Raises FontsNotBuilt."""
    found = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(_FONTS)])
    if "Tinos" not in found.families():
        raise FontsNotBuilt("thidua/paperwork/fonts is empty: run `make assets`")
    return found


def _wide(text: str) -> str:
    """Text for a whole line; a SHA-256 stays in one piece, to be copied."""
    return re.sub(r"\S+", lambda word: word[0] if _CODE.fullmatch(word[0]) else breakable(word[0], 36), printable(text))


def _narrow(text: str) -> str:
    """Text for a column."""
    return breakable(printable(text), 12)


def _lines(text: str) -> list[str]:
    return [_wide(line) for line in lines_of(text)]


def _plain(paper: Paper) -> dict[str, object]:
    """The paper as the template reads it: printable strings, and texts of several lines as lists of lines."""
    return {
        "layout": paper.layout,
        "title": paper.title,
        "superior": _narrow(paper.superior_name),
        "issuer": _narrow(paper.issuer_name),
        "number": _narrow(number_line(paper)),
        "place_and_day": place_and_day(paper),
        "kind_title": _wide(paper.kind_title),
        "abstract": _lines(paper.abstract),
        "blocks": [_plain_block(block) for block in paper.blocks],
        "signature_rows": [[_plain_signature(s) for s in row] for row in signature_rows(paper.signatures)],
        "recipients": [_wide(line) for line in paper.recipients],
        "illustrative": ILLUSTRATIVE if paper.illustrative else "",
        "footer": _wide(paper.footer),
    }


def _plain_signature(signature: Signature) -> dict[str, object]:
    return {
        "prefix": _narrow(signature.prefix),
        "post": _narrow(signature.post),
        "name": _narrow(signature.name),
        "note": [_narrow(line) for line in lines_of(signature.note)],
    }


def _plain_block(block: Block) -> dict[str, object]:
    match block:
        case Heading(level, text):
            return {"kind": "heading", "level": level, "text": _lines(text)}
        case Paragraph(text, indent, italic):
            return {"kind": "paragraph", "text": _lines(text), "indent": indent, "italic": italic}
        case Items(texts):
            return {"kind": "items", "texts": [_lines(text) for text in texts]}
        case Table():
            return {
                "kind": "table",
                "headers": [_narrow(header) for header in block.headers],
                "rows": [[_narrow(cell) for cell in row] for row in block.rows],
                "nothing": NOTHING,
                "numeric": list(block.numeric),
                "shares": list(block.shares()),
            }
        case Facts(pairs):
            return {"kind": "facts", "pairs": [[_narrow(label), _narrow(value)] for label, value in pairs]}
