"""Running a parser in a process of its own: a file from outside may hang, fill or crash a parser, never the server."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, BinaryIO

_CHUNK = 2**20
_ROOT = Path(__file__).resolve().parents[3]


class Slow(Exception):
    """The parser was not done in time."""


def run(parser: str, stream: BinaryIO, *arguments: object, out: IO[bytes], seconds: float) -> int:
    """The exit code of `python -m <parser> <path of the content> <arguments>`, negative for a signal; what it prints is in
    `out`, at whose start we are then. Leaves the stream at its start. Raises Slow."""
    with _on_disk(stream) as path:
        command = [sys.executable, "-m", parser, path, *map(str, arguments)]
        try:
            done = subprocess.run(
                command, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.DEVNULL, timeout=seconds, cwd=_ROOT,
                env=_environment(), check=False,
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            raise Slow from None
    out.seek(0)
    return done.returncode


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
