"""Tables from and to files: CSV and XLSX read by content and never by name, XLSX written so that reading gives the same again.

No Django, so that the command line starts at once.
"""

import csv
import io
import struct
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from thidua.criteria.rules import COLUMNS, CriteriaTable
from thidua.criteria.rules.cells import FIGURE_COLUMNS, cells_of
from thidua.kernel.errors import Refused

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
_SPREADSHEET_DIGITS = 15
_WIDTHS = {"title_vi": 48, "rule_text_vi": 60, "source_url": 24}
Cell = int | float | str | bool | date | object


def read_table(
    source: str | Path | bytes, *, code_columns: Sequence[str] = CODE_COLUMNS, most_megabytes: int = MOST_MEGABYTES
) -> list[list[str]]:
    """The cells of a table as text, header first; the list at index i is row i + 1 of the file, blank rows included.

    CSV: UTF-8 with or without a byte order mark, separated by commas, semicolons or tabs. XLSX: the first sheet; numbers come
    back as written shortest ("12.5", "7"). All text is put in Unicode's composed form. Refuses with `criteria.*` codes of
    `thidua.criteria.rules.wording`; the facts `row` and `column` say where, when there is a where.
    """
    content = source if isinstance(source, bytes) else _content_of(Path(source))
    if len(content) > most_megabytes * 2**20:
        raise Refused("criteria.file_too_big", size=_megabytes(len(content)), limit=most_megabytes)
    for signature, what in _FOREIGN:
        if content.startswith(signature):
            raise Refused("criteria.file_not_table", what=what)
    rows = _xlsx_rows(content, code_columns, most_megabytes) if content.startswith(b"PK\x03\x04") else _csv_rows(content)
    return [list(row) for row in _within_limits(rows)]


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


def _xlsx_rows(content: bytes, code_columns: Sequence[str], most_megabytes: int) -> Iterator[list[str]]:
    rows = _first_sheet(content, most_megabytes)
    header: list[str] = []
    for number, row in enumerate(rows, start=1):
        cells = [_text_of(cell) for cell in row]
        if number == 1:
            header = [cell.strip().lower() for cell in cells]
        for name, cell, text in zip(header, row, cells, strict=False):
            if name in code_columns and isinstance(cell, float) and not cell.is_integer():
                raise Refused("criteria.code_is_number", row=number, column=name, text=text)
        yield cells


def _first_sheet(content: bytes, most_megabytes: int) -> Iterable[Sequence[Cell]]:
    from thidua.files.inspection import Limits, sheets_of  # only here: reading CSV starts without it

    _check_archive(content, most_megabytes)
    limits = Limits(
        MOST_ROWS,
        most_megabytes * _CELLS_FOR_EACH_MEGABYTE,
        _UNPACKED_FOR_EACH * most_megabytes * 2**20,
        SECONDS,
        first_only=True,
    )
    try:
        found = sheets_of(io.BytesIO(content), limits)
    except Refused as refused:
        raise Refused(_OURS[refused.code], limit=MOST_ROWS) from None
    if not found:
        raise Refused("criteria.no_sheet")
    return found[0].rows


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


def workbook_of(table: CriteriaTable, about: Sequence[tuple[str, str]] = ()) -> bytes:
    """The table as an XLSX whose first sheet `read_table` gives back as it was; `about` (name, text) fills a second sheet.

    Codes and words are text, whatever they look like; points are numbers, so that they can be summed, except where a
    spreadsheet's fifteen digits would not hold them.
    """
    import xlsxwriter  # only here: reading, which the command line does, starts without it

    held = io.BytesIO()
    with xlsxwriter.Workbook(held, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Bảng tiêu chí")
        head = book.add_format({"bold": True, "bg_color": "#EFEEE8", "bottom": 1})
        text = book.add_format({"num_format": "@", "valign": "top"})
        wrapped = book.add_format({"num_format": "@", "valign": "top", "text_wrap": True})
        figure = book.add_format({"valign": "top"})
        for column, name in enumerate(COLUMNS):
            sheet.set_column(column, column, _WIDTHS.get(name, 11), figure if name in FIGURE_COLUMNS else text)
            sheet.write_string(0, column, name, head)
        for number, row in enumerate(table.criteria, start=1):
            cells = cells_of(row)
            for column, name in enumerate(COLUMNS):
                if name in FIGURE_COLUMNS and 0 < len(cells[name].strip("-").replace(".", "")) <= _SPREADSHEET_DIGITS:
                    sheet.write_number(number, column, float(cells[name]), figure)
                elif cells[name]:
                    sheet.write_string(number, column, cells[name], wrapped if name in _WIDTHS else text)
        sheet.freeze_panes(1, 1)
        if about:
            _explain(book.add_worksheet("Giải thích"), about, head, wrapped)
    return held.getvalue()


def _explain(sheet: Any, about: Sequence[tuple[str, str]], head: Any, wrapped: Any) -> None:
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, 1, 90)
    for number, (name, words) in enumerate(about):
        sheet.write_string(number, 0, name, head)
        sheet.write_string(number, 1, words, wrapped)
