"""The sheets of an XLSX, read in a process of its own: nothing that a file holds can fill or end the server."""

import json
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta
from typing import IO, Any, BinaryIO

from thidua.files.inspection import outside
from thidua.kernel.errors import Refused

Cell = str | float | bool | date | time | timedelta

_PARSER = "thidua.files.inspection.cells"
_WIDE, _LONG, _ABORTED, _KILLED, _OUT_OF_TIME = 3, 5, -6, -9, -24
_CODES = {_WIDE: "files.sheet_too_wide", _ABORTED: "files.sheet_too_wide", _KILLED: "files.sheet_too_wide",
          _LONG: "files.sheet_too_long", _OUT_OF_TIME: "files.sheet_slow"}  # fmt: skip
"""What the reader's exit codes and ends mean; any other but 0 is a file that cannot be read. It is aborted when it asks for
more memory than it may have, and killed where the machine has none left."""

_READERS: dict[str, Callable[[Any], Cell]] = {
    "day": date.fromisoformat, "moment": datetime.fromisoformat, "clock": time.fromisoformat,
    "seconds": lambda seconds: timedelta(seconds=seconds),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: rows[i] is row i + 1, all of them as wide as the furthest cell; an empty cell is ""."""

    name: str
    rows: list[tuple[Cell, ...]]


@dataclass(frozen=True, slots=True)
class Limits:
    """What a file may hold: rows of a sheet that say anything; cells from A1 to the furthest, of all sheets together; bytes of
    text; seconds to read it. `first_only`: the first sheet is enough."""

    most_rows: int
    most_cells: int = 1_000_000
    most_text: int = 32 * 2**20
    seconds: int = 30
    first_only: bool = False


def sheets_of(stream: BinaryIO, limits: Limits, *, field: str = "upload") -> list[Sheet]:
    """The sheets in their order. Leaves the stream at its start. The caller has looked what kind of file it is.

    Refuses, at `field`: files.sheet_unreadable, files.sheet_too_wide (a cell too far away, too much data), files.sheet_too_long,
    files.sheet_slow.
    """
    with tempfile.TemporaryFile() as out:
        try:
            code = outside.run(_PARSER, stream, json.dumps(asdict(limits)), out=out, seconds=limits.seconds)
        except outside.Slow:
            raise Refused("files.sheet_slow", field=field) from None
        if code:
            raise Refused(_CODES.get(code, "files.sheet_unreadable"), field=field, most=limits.most_rows)
        return list(_sheets(out))


def _sheets(out: IO[bytes]) -> Iterator[Sheet]:
    sheet, blank = Sheet("", []), ()
    height = 0
    for line in map(json.loads, out):
        if isinstance(line, dict):
            sheet.rows.extend([blank] * (height - len(sheet.rows)))
            height, blank = line["height"], ("",) * line["width"]
            sheet = Sheet(line["name"], [])
            yield sheet
            continue
        number, cells = line
        sheet.rows.extend([blank] * (number - len(sheet.rows)))
        sheet.rows.append(tuple(map(_cell, cells)))
    sheet.rows.extend([blank] * (height - len(sheet.rows)))


def _cell(held: Any) -> Cell:
    if not isinstance(held, dict):
        return held  # type: ignore[no-any-return]
    [(kind, value)] = held.items()
    return _READERS[kind](value)
