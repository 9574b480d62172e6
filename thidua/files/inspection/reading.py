"""The text of a PDF or DOCX, taken in a process of its own."""

import tempfile
from dataclasses import dataclass
from typing import BinaryIO

from thidua.files.inspection import outside
from thidua.files.rules import DOCX, PDF, Kind

MOST_CHARACTERS = 2_000_000
SECONDS = 30
READABLE = (PDF, DOCX)

_PARSER = "thidua.files.inspection.text"
_REASONS = {3: "locked", 4: "broken"}
"""What the parser's exit codes mean; any other but 0 is a crash, and so a broken file."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read. `text` is empty when `missing` says why: "no_reader" (a picture, a table), "no_text" (a scan), "locked"
    (a password), "broken", "slow" (not done in time)."""

    text: str
    missing: str = ""


def read_text(stream: BinaryIO, kind: Kind, *, seconds: float = SECONDS) -> Reading:
    """The text in NFC, paragraphs on lines of their own, at most MOST_CHARACTERS. Never fails; leaves the stream at its start."""
    if kind not in READABLE:
        return Reading("", "no_reader")
    with tempfile.TemporaryFile() as out:
        try:
            code = outside.run(_PARSER, stream, kind.key, MOST_CHARACTERS, out=out, seconds=seconds)
        except outside.Slow:
            return Reading("", "slow")
        if code:
            return Reading("", _REASONS.get(code, "broken"))
        text = out.read().decode(errors="replace")
    return Reading(text) if text.strip() else Reading("", "no_text")
