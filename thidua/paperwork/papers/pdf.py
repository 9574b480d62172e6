"""PDF by typst: the data goes in as JSON, the one template is `paper.typ` beside this file."""

import json
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
    lines_of,
    number_line,
    place_and_day,
    printable,
    signature_rows,
)

_TEMPLATE = Path(__file__).with_name("paper.typ")
_FONTS = Path(__file__).parent.parent / "fonts"
_STANDARDS: list[Any] = ["a-2a", "ua-1"]
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
        str(_TEMPLATE), root=str(_TEMPLATE.parent), font_paths=_fonts(), ignore_system_fonts=True, format="pdf",
        sys_inputs={"paper": json.dumps(_plain(paper), ensure_ascii=False)}, pdf_standards=standards, timestamp=dated,
    )


@cache
def _fonts() -> typst.Fonts:
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(_FONTS)])
    if "Tinos" not in fonts.families():
        raise FontsNotBuilt("thidua/paperwork/fonts is empty: run `make assets`")
    return fonts


def _plain(paper: Paper) -> dict[str, object]:
    """The paper as the template reads it: printable strings, and texts of several lines as lists of lines."""
    return {
        "layout": paper.layout,
        "title": paper.title,
        "superior": printable(paper.superior_name),
        "issuer": printable(paper.issuer_name),
        "number": number_line(paper),
        "place_and_day": place_and_day(paper),
        "kind_title": printable(paper.kind_title),
        "abstract": lines_of(paper.abstract),
        "blocks": [_plain_block(block) for block in paper.blocks],
        "signature_rows": [[_plain_signature(s) for s in row] for row in signature_rows(paper.signatures)],
        "recipients": [printable(line) for line in paper.recipients],
        "illustrative": ILLUSTRATIVE if paper.illustrative else "",
        "footer": printable(paper.footer),
    }


def _plain_signature(signature: Signature) -> dict[str, object]:
    return {
        "prefix": printable(signature.prefix), "post": printable(signature.post), "name": printable(signature.name),
        "note": lines_of(signature.note),
    }


def _plain_block(block: Block) -> dict[str, object]:
    match block:
        case Heading(level, text):
            return {"kind": "heading", "level": level, "text": lines_of(text)}
        case Paragraph(text, indent, italic):
            return {"kind": "paragraph", "text": lines_of(text), "indent": indent, "italic": italic}
        case Items(texts):
            return {"kind": "items", "texts": [lines_of(text) for text in texts]}
        case Table():
            rows = [[printable(cell) for cell in row] for row in block.rows]
            return {
                "kind": "table", "headers": [printable(h) for h in block.headers], "rows": rows, "nothing": NOTHING,
                "numeric": list(block.numeric), "shares": list(block.shares()),
            }
        case Facts(pairs):
            return {"kind": "facts", "pairs": [[printable(label), printable(value)] for label, value in pairs]}
