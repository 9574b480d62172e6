"""The reader of XLSX itself, run as `python -m thidua.files.inspection.cells PATH LIMITS`: rows as lines of JSON, no Django.

LIMITS is a JSON of the fields of `sheets.Limits`. A sheet begins with `{"name", "height", "width"}`, then `[number, cells]` for
every row that says anything. A cell is text, a number, true or false; `{"day" | "moment" | "clock": ISO}` or `{"seconds": n}`.

The reader lays a sheet out whole, from A1 to its furthest cell, and a file of a kilobyte may say that this is XFD1048576: in
capitals or not, with zeros before the row, in a part under any name. No check of the file beforehand sees all that the reader
will see; so the memory of this process is the limit, and running out of it is an answer (WIDE, or the abort of the process).

Exit codes: 0 done, 3 it reaches too far or holds too much, 4 it cannot be read, 5 too many rows.
"""

import errno
import json
import os
import sys
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from python_calamine import CalamineWorkbook

from thidua.files.inspection.limits import limit

DONE, WIDE, BROKEN, LONG = 0, 3, 4, 5
MOST_CHARACTERS = 32_767
"""A cell of the format holds no more."""
LAST_ROW, LAST_COLUMN = 2**20, 2**14
"""XFD1048576, the last cell of the format."""
_INTERPRETER = 2**28
_BYTES_FOR_A_CELL = 64
_COPIES_OF_TEXT = 4


class _TooWide(Exception):
    pass


class _TooLong(Exception):
    pass


def _lines(path: str, limits: dict[str, Any]) -> Iterator[object]:
    book = CalamineWorkbook.from_path(path)
    cells_left = limits["most_cells"]
    for name in book.sheet_names[: 1 if limits["first_only"] else None]:
        sheet = book.get_sheet_by_name(name)
        height, width = (last + 1 for last in sheet.end) if sheet.end else (0, 0)
        cells_left -= height * width
        if cells_left < 0 or height > LAST_ROW or width > LAST_COLUMN:
            raise _TooWide
        yield {"name": name, "height": height, "width": width}
        yield from _rows(sheet, limits["most_rows"])


def _rows(sheet: Any, most: int) -> Iterator[object]:
    """The rows that say anything. The reader leaves out empty columns on the left, but no rows above."""
    left = [""] * sheet.start[1] if sheet.start else []
    said = 0
    for number, row in enumerate(sheet.iter_rows()):
        if all(cell == "" for cell in row):
            continue
        said += 1
        if said > most:
            raise _TooLong
        yield [number, left + [_cell(cell) for cell in row]]


def _cell(cell: object) -> object:
    if isinstance(cell, str):
        return cell[:MOST_CHARACTERS]
    if isinstance(cell, datetime):
        return {"moment": cell.isoformat()}
    if isinstance(cell, date):
        return {"day": cell.isoformat()}
    if isinstance(cell, time):
        return {"clock": cell.isoformat()}
    if isinstance(cell, timedelta):
        return {"seconds": cell.total_seconds()}
    return cell


def main(path: str, wanted: str) -> int:
    """Print the rows and answer with the exit code."""
    limits = json.loads(wanted)
    memory = _INTERPRETER + _BYTES_FOR_A_CELL * limits["most_cells"] + _COPIES_OF_TEXT * limits["most_text"]
    limit(memory, cpu_seconds=limits["seconds"], written=limits["most_text"])
    try:
        for line in _lines(path, limits):
            print(json.dumps(line, ensure_ascii=True))
        sys.stdout.flush()
    except _TooLong:
        return LONG
    except (_TooWide, MemoryError):
        return WIDE
    except OSError as error:
        return WIDE if error.errno == errno.EFBIG else BROKEN
    except BaseException:  # a panic of the reader's Rust is no Exception; whatever it throws at such a file means the same
        return BROKEN
    return DONE


if __name__ == "__main__":
    os._exit(main(*sys.argv[1:]))  # at once: an orderly end would try again to write what may not be written, and fail
