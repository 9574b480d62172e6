"""The text of a PDF or DOCX, taken in a process of its own: a file from outside may hang or crash a parser, never the server."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from thidua.files.rules import DOCX, PDF, Kind

MOST_CHARACTERS = 2_000_000
SECONDS = 30
READABLE = (PDF, DOCX)

_CHUNK = 2**20
_PARSER = "thidua.files.inspection.text"
_ROOT = Path(__file__).resolve().parents[3]
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
    with _on_disk(stream) as path, tempfile.TemporaryFile() as out:
        command = [sys.executable, "-m", _PARSER, kind.key, path, str(MOST_CHARACTERS)]
        try:
            done = subprocess.run(
                command, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.DEVNULL, timeout=seconds, cwd=_ROOT,
                env=_environment(), check=False,
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            return Reading("", "slow")
        if done.returncode:
            return Reading("", _REASONS.get(done.returncode, "broken"))
        out.seek(0)
        text = out.read().decode(errors="replace")
    return Reading(text) if text.strip() else Reading("", "no_text")


def _environment() -> dict[str, str]:
    """As little as the interpreter needs: no secret of the installation reaches the parser."""
    kept = {"PATH", "SYSTEMROOT", "PYTHONPATH", "VIRTUAL_ENV", "LD_LIBRARY_PATH"}
    return {name: value for name, value in os.environ.items() if name in kept} | {"PYTHONIOENCODING": "utf-8"}


@contextmanager
def _on_disk(stream: BinaryIO) -> Iterator[str]:
    """The path of the content: an upload that Django has put into a file already is not copied."""
    if hasattr(stream, "temporary_file_path"):
        yield stream.temporary_file_path()
        return
    stream.seek(0)
    held = tempfile.NamedTemporaryFile(delete=False)  # noqa: SIM115 (closed before the other process opens it)
    try:
        with held:
            while chunk := stream.read(_CHUNK):
                held.write(chunk)
        yield held.name
    finally:
        stream.seek(0)
        Path(held.name).unlink(missing_ok=True)
