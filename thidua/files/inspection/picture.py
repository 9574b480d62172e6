"""The first page of a PDF as a picture, drawn in a process of its own."""

import tempfile
from typing import BinaryIO

from thidua.files.inspection import outside

SECONDS = 20
WIDTH = 900
"""Pixels: the page of a card, readable on a phone turned sideways."""

_PAINTER = "thidua.files.inspection.drawing"


def first_page_of(stream: BinaryIO, *, width: int = WIDTH, seconds: float = SECONDS) -> bytes | None:
    """PNG of the first page; None for what cannot be drawn (a password, a broken file, one that takes too long). Never fails;
    leaves the stream at its start."""
    with tempfile.TemporaryFile() as out:
        try:
            code = outside.run(_PAINTER, stream, width, out=out, seconds=seconds)
        except outside.Slow:
            return None
        return None if code else out.read()
