"""Any table as an XLSX download."""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING

from django.http import HttpResponse

if TYPE_CHECKING:
    from xlsxwriter import Workbook

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


_NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\\x00-\x1f]+")
_LONGEST_NAME = 31


def sheet_name(title: str) -> str:
    """A title as the name of a sheet: without the signs that spreadsheets forbid there, at most 31 letters, cut between words
    where one ends late enough."""
    words = " ".join(_NOT_IN_A_NAME.sub(" ", title).split()).strip("' ")
    if len(words) > _LONGEST_NAME:
        cut = words[: _LONGEST_NAME + 1].rpartition(" ")[0]
        words = cut if len(cut) > _LONGEST_NAME // 2 else words[:_LONGEST_NAME]
    return words.strip("' ,.;-–·")


@contextmanager
def new_workbook(held: BytesIO) -> "Iterator[Workbook]":
    """A workbook that is written into `held` at the end. Text stays text: nothing is read as a formula or a link.

    The library is loaded here: most processes never write a workbook, and it weighs twenty megabytes.
    """
    import xlsxwriter

    with xlsxwriter.Workbook(held, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        yield book


def cell_name(row: int, column: int) -> str:
    """The name of a cell by its place from 0: (3, 1) → "B4"."""
    return f"{column_name(column)}{row + 1}"


def column_name(column: int) -> str:
    """The name of a column by its place from 0: 0 → "A", 26 → "AA"."""
    name, rest = "", column + 1
    while rest:
        rest, letter = divmod(rest - 1, 26)
        name = chr(ord("A") + letter) + name
    return name


def workbook_response(
    name: str, title: str, headers: Sequence[object], rows: Iterable[Sequence[object]], note: object = ""
) -> HttpResponse:
    """One sheet: the title, an optional note (such as "Số liệu minh hoạ"), a header row and the rows.

    Text stays text: nothing is read as a formula. Numbers (int, Decimal) become numbers. `name` is the file's name
    without its ending.
    """
    held = BytesIO()
    with new_workbook(held) as book:
        sheet = book.add_worksheet(sheet_name(str(title)))
        bold = book.add_format({"bold": True})
        head = book.add_format({"bold": True, "bg_color": "#EFEEE8", "bottom": 1, "text_wrap": True, "valign": "top"})
        wrap = book.add_format({"text_wrap": True, "valign": "top"})
        sheet.write_string(0, 0, str(title), bold)
        sheet.write_string(1, 0, str(note))
        for column, header in enumerate(headers):
            sheet.write_string(3, column, str(header), head)
        for index, row in enumerate(rows, 4):
            for column, value in enumerate(row):
                if isinstance(value, int | float) or type(value).__name__ == "Decimal":
                    sheet.write_number(index, column, value)  # type: ignore[arg-type]
                else:
                    sheet.write_string(index, column, "" if value is None else str(value), wrap)
        sheet.set_column(0, 0, 36)
        sheet.set_column(1, max(1, len(headers) - 1), 20)
        sheet.freeze_panes(4, 1)
    response = HttpResponse(held.getvalue(), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return response
