"""The QR code of a form, on the page and on a poster to print."""

import json
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.utils.timezone import localtime

from thidua.paperwork.papers.pdf import fonts
from thidua.paperwork.rules import ILLUSTRATIVE, breakable, printable

SIZES = ("a4", "a5")
_TEMPLATE = Path(__file__).with_name("feedback.typ")
_STANDARDS: list[Any] = ["a-2a", "ua-1"]


def in_letters(address: str) -> str:
    """An address as people type it: without the scheme and the last slash."""
    return address.partition("://")[2].rstrip("/")


def qr_path(address: str) -> tuple[int, str]:
    """The QR code of an address (error correction M, four modules of quiet zone): its size in modules, and its dark modules as
    the data of one SVG path."""
    import segno

    code = segno.make(address, error="m", micro=False)
    parts = [
        f"M{x} {y}h{length}v1h-{length}z"
        for y, row in enumerate(code.matrix_iter(border=4))
        for x, length in _runs(row)
    ]  # fmt: skip
    return int(code.symbol_size(border=4)[0]), "".join(parts)


def _runs(row: Sequence[int]) -> list[tuple[int, int]]:
    """Runs of dark modules as (start, length)."""
    found: list[tuple[int, int]] = []
    for x, dark in enumerate(row):
        if dark and found and sum(found[-1]) == x:
            found[-1] = (found[-1][0], found[-1][1] + 1)
        elif dark:
            found.append((x, 1))
    return found


def qr_svg(address: str) -> str:
    """The same as an SVG file, for the poster."""
    size, path = qr_path(address)
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}"><path d="{path}"/></svg>'


def poster(
    *, size: str, address: str, unit: str, held_on: date, topics: Sequence[str], closes_at: datetime, illustrative: bool
) -> bytes:
    """A poster in PDF (PDF/A-2a, PDF/UA-1; in Vietnamese): what is asked, the QR code, the address in letters. `size`: one of
    SIZES. A character that the typeface lacks costs the mark of the standards, not the poster."""
    import typst

    content = {
        "size": size,
        "unit": _text(unit),
        "day": f"{held_on:%d-%m-%Y}",
        "topics": [_text(topic) for topic in topics],
        "address": in_letters(address),
        "closes": f"{localtime(closes_at):%H:%M ngày %d-%m-%Y}",
        "illustrative": ILLUSTRATIVE if illustrative else "",
        "qr": qr_svg(address),
    }

    moment = closes_at.replace(microsecond=0)  # typst takes whole seconds

    def made(standards: list[Any]) -> bytes:
        return typst.compile(
            str(_TEMPLATE), root=str(_TEMPLATE.parent), font_paths=fonts(), ignore_system_fonts=True, format="pdf",
            sys_inputs={"poster": json.dumps(content, ensure_ascii=False)}, pdf_standards=standards, timestamp=moment,
        )  # fmt: skip

    try:
        return made(_STANDARDS)
    except typst.TypstError as error:
        if "could not be displayed" not in str(error):
            raise
        return made([])


def _text(text: str) -> str:
    return breakable(printable(text), 24)
