"""Tables from files: CSV and XLSX, told apart by content and never by name.

No Django, so that the command line starts at once.
"""

import csv
import io
import struct
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from thidua.criteria.inspection.stamp import Stamp, stamp_in
from thidua.criteria.rules import Problem
from thidua.criteria.rules.aliases import column_called
from thidua.kernel.errors import Refused

if TYPE_CHECKING:
    from thidua.files.inspection import Sheet

MOST_MEGABYTES = 64
MOST_ROWS = 2_000_000
MOST_CHARACTERS = 20_000
SECONDS = 120
CODE_COLUMNS = ("code", "parent_code")

_UNPACKED_FOR_EACH = 8
"""How much larger than the packed limit an XLSX may be when unpacked; cell texts pack well, bombs pack far better."""
_CELLS_FOR_EACH_MEGABYTE = 2**19
_OURS = {
    "files.sheet_unreadable": "criteria.file_damaged",
    "files.sheet_too_wide": "criteria.sheet_too_wide",
    "files.sheet_too_long": "criteria.too_many_rows",
    "files.sheet_slow": "criteria.sheet_slow",
}
"""What the reader of sheets refuses, in the words that the command line has as well."""
_DAMAGED = (zipfile.BadZipFile, struct.error, EOFError, OSError, RuntimeError, ValueError, OverflowError)
"""What zipfile raises for a damaged archive: also names that are not the UTF-8 they claim, versions nobody has
(NotImplementedError, a RuntimeError) and offsets outside the file."""

_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_FOREIGN = (
    (b"%PDF", "PDF"),
    (b"\xd0\xcf\x11\xe0", "XLS/DOC (Excel, Word 97–2003)"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"{\\rtf", "RTF"),
)
Cell = int | float | str | bool | date | object


@dataclass(frozen=True, slots=True)
class TableFile:
    """What a file holds: the cells as text, what of them cannot be taken at its word, the name of the sheet (empty: CSV) and the
    stamp of the version it was downloaded from, where it has one."""

    rows: list[list[str]]
    problems: tuple[Problem, ...] = ()
    sheet: str = ""
    stamp: Stamp | None = None


def read_table(
    source: str | Path | bytes, *, code_columns: Sequence[str] = CODE_COLUMNS, most_megabytes: int = MOST_MEGABYTES
) -> list[list[str]]:
    """The cells of a table as text, header first; the list at index i is row i + 1 of the file, blank rows included.

    As `look_into`, for those who want nothing but the cells: the first of its problems is refused.
    """
    found = look_into(source, code_columns=code_columns, most_megabytes=most_megabytes, first_only=True)
    for problem in found.problems:
        raise Refused(problem.code, **problem.facts, row=problem.row, column=problem.column)
    return found.rows


def look_into(
    source: str | Path | bytes,
    *,
    code_columns: Sequence[str] = CODE_COLUMNS,
    most_megabytes: int = MOST_MEGABYTES,
    first_only: bool = False,
) -> TableFile:
    """A table with all that is to be known about it before anything is done with it.

    CSV: UTF-8 with or without a byte order mark, separated by commas, semicolons or tabs. XLSX: the first sheet; numbers come
    back as written shortest ("12.5", "7"); the stamp is sought in the other sheets unless the `first_only` is read. All text is
    put in Unicode's composed form. Every code that is stored as a number is a problem. What is no table at all is refused with
    `criteria.*` codes of `thidua.criteria.rules.wording`; the facts `row` and `column` say where, when there is a where.
    """
    content = source if isinstance(source, bytes) else _content_of(Path(source))
    if len(content) > most_megabytes * 2**20:
        raise Refused("criteria.file_too_big", size=_megabytes(len(content)), limit=most_megabytes)
    for signature, what in _FOREIGN:
        if content.startswith(signature):
            raise Refused("criteria.file_not_table", what=what)
    if not content.startswith(b"PK\x03\x04"):
        return TableFile([list(row) for row in _within_limits(_csv_rows(content))])
    sheets = _sheets(content, most_megabytes, first_only)
    problems: list[Problem] = []
    rows = [list(row) for row in _within_limits(_xlsx_rows(sheets[0].rows, code_columns, problems))]
    return TableFile(rows, tuple(problems), sheets[0].name, stamp_in(sheets[1:]))


def _content_of(path: Path) -> bytes:
    try:
        if path.is_file() and path.stat().st_size > MOST_MEGABYTES * 2**20:
            raise Refused("criteria.file_too_big", size=_megabytes(path.stat().st_size), limit=MOST_MEGABYTES)
        return path.read_bytes()
    except FileNotFoundError:
        raise Refused("criteria.file_absent") from None
    except (OSError, ValueError) as error:
        cause = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise Refused("criteria.file_unreadable", cause=cause) from None


def _csv_rows(content: bytes) -> Iterator[list[str]]:
    text = _decoded(content)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    number = 1
    try:
        for number, row in enumerate(reader, start=1):
            yield row
            number += 1
    except csv.Error as error:
        if "field limit" in str(error):
            raise Refused("criteria.cell_too_long", row=number, limit=MOST_CHARACTERS) from None
        raise Refused("criteria.csv_broken", row=number) from None


def _decoded(content: bytes) -> str:
    if content.startswith(_UTF16):
        raise Refused("criteria.wrong_encoding", row=1, found="UTF-16")
    if b"\0" in content:
        row = content.count(b"\n", 0, content.index(b"\0")) + 1
        raise Refused("criteria.wrong_encoding", row=row, found="UTF-16 / byte 0x00")
    try:
        return unicodedata.normalize("NFC", content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        # The decoder counts after the byte order mark, which holds no line end and no byte that fails.
        place = error.start + (3 if content.startswith(b"\xef\xbb\xbf") else 0)
        row = content.count(b"\n", 0, place) + 1
        raise Refused("criteria.wrong_encoding", row=row, found=f"byte 0x{content[place]:02x}") from None


def _delimiter(text: str) -> str:
    """Vietnamese Excel separates by semicolons: the header tells, since no column name holds any of the three."""
    header = text.split("\n", 1)[0]
    return max(",;\t", key=header.count)


def _xlsx_rows(rows: Iterable[Sequence[Cell]], code_columns: Sequence[str], problems: list[Problem]) -> Iterator[list[str]]:
    header: list[str] = []
    for number, row in enumerate(rows, start=1):
        cells = [_text_of(cell) for cell in row]
        if number == 1:
            header = [cell.strip().lower() for cell in cells]
        for name, cell, text in zip(header, row, cells, strict=False):
            is_code = name in code_columns or column_called(name) in code_columns
            if is_code and isinstance(cell, float) and not cell.is_integer():
                problems.append(Problem("criteria.code_is_number", number, name, {"text": text}))
        yield cells


def _sheets(content: bytes, most_megabytes: int, first_only: bool) -> list["Sheet"]:
    from thidua.files.inspection import Limits, sheets_of  # only here: reading CSV starts without it

    _check_archive(content, most_megabytes)
    limits = Limits(
        MOST_ROWS,
        most_megabytes * _CELLS_FOR_EACH_MEGABYTE,
        _UNPACKED_FOR_EACH * most_megabytes * 2**20,
        SECONDS,
        first_only=first_only,
    )
    try:
        found = sheets_of(io.BytesIO(content), limits)
    except Refused as refused:
        raise Refused(_OURS[refused.code], limit=MOST_ROWS) from None
    if not found:
        raise Refused("criteria.no_sheet")
    return found


def _check_archive(content: bytes, most_megabytes: int) -> None:
    """Refuses what is no spreadsheet, and what says itself that it is too big when unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
    except _DAMAGED:
        raise Refused("criteria.file_damaged") from None
    if not any(member.filename.startswith("xl/") for member in members):
        raise Refused("criteria.file_not_table", what="ZIP/DOCX")
    unpacked = sum(member.file_size for member in members)
    if unpacked > _UNPACKED_FOR_EACH * most_megabytes * 2**20:
        raise Refused("criteria.file_too_big", size=_megabytes(unpacked), limit=_UNPACKED_FOR_EACH * most_megabytes)


def _megabytes(size: int) -> int:
    """Whole megabytes, rounded up: what is just above a limit is not shown as the limit itself."""
    return -(-size // 2**20)


def _text_of(cell: Cell) -> str:
    """What the sheet shows for the cell, without loss: a whole number without `.0`, a fraction in its shortest exact form."""
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else _without_exponent(cell)
    return unicodedata.normalize("NFC", str(cell))


def _without_exponent(number: float) -> str:
    shortest = repr(number)
    return f"{number:.15f}".rstrip("0") if "e" in shortest else shortest


def _within_limits(rows: Iterable[list[str]]) -> Iterator[list[str]]:
    for number, row in enumerate(rows, start=1):
        if number > MOST_ROWS:
            raise Refused("criteria.too_many_rows", limit=MOST_ROWS)
        if any(len(cell) > MOST_CHARACTERS for cell in row):
            raise Refused("criteria.cell_too_long", row=number, limit=MOST_CHARACTERS)
        yield row
