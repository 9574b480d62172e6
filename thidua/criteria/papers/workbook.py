"""A criteria table as an XLSX to be worked on and imported again: reading it gives the same table.

No Django, so that the command line starts at once.
"""

import io
from collections.abc import Sequence
from typing import Any

from thidua.criteria.inspection.stamp import SHEET, Stamp, lines_of
from thidua.criteria.rules import COLUMNS, CriteriaTable, Criterion, Kind, Method, Proof
from thidua.criteria.rules.cells import FIGURE_COLUMNS, cells_of

KEY_COLUMNS = ("code", "parent_code")
"""What a row is known by: locked in the rows that are there, free in the rows below them."""
ROOM = 200
"""Rows below the table in which the drop-down lists work as well."""

_SPREADSHEET_DIGITS = 15
_WIDTHS = {"title_vi": 48, "rule_text_vi": 60, "source_url": 24}
_LISTS: dict[str, Sequence[str]] = {
    "kind": [kind.value for kind in Kind],
    "method": [method.value for method in Method],
    "evidence": [proof.value for proof in Proof if proof.value],
}
_FREE = {
    "format_cells": True,
    "format_columns": True,
    "format_rows": True,
    "select_locked_cells": True,
    "select_unlocked_cells": True,
    "delete_rows": True,
    "autofilter": True,
}
"""What the protected sheet lets people do; there is no password, so who must may lift the protection."""


def workbook_of(table: CriteriaTable, about: Sequence[tuple[str, str]] = (), stamp: Stamp | None = None) -> bytes:
    """The table as an XLSX whose first sheet `read_table` gives back as it was; `about` (name, text) fills a second sheet, the
    `stamp` a hidden third.

    Codes and words are text, whatever they look like; points are numbers, so that they can be summed, except where a
    spreadsheet's fifteen digits would not hold them. Column names and the codes of the rows are locked; kinds, methods and
    evidence are chosen from lists.
    """
    import xlsxwriter  # only here: reading, which the command line does, starts without it

    held = io.BytesIO()
    with xlsxwriter.Workbook(held, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        _table_sheet(book, table)
        if about:
            _explain(book, about)
        if stamp is not None:
            hidden = book.add_worksheet(SHEET)
            for number, (name, text) in enumerate(lines_of(stamp)):
                hidden.write_string(number, 0, name)
                hidden.write_string(number, 1, text)
            hidden.hide()
    return held.getvalue()


def _table_sheet(book: Any, table: CriteriaTable) -> None:
    sheet = book.add_worksheet("Bảng tiêu chí")
    head = book.add_format({"bold": True, "bg_color": "#EFEEE8", "bottom": 1})
    text = book.add_format({"num_format": "@", "valign": "top", "locked": False})
    figure = book.add_format({"valign": "top", "locked": False})
    for column, name in enumerate(COLUMNS):
        sheet.set_column(column, column, _WIDTHS.get(name, 11), figure if name in FIGURE_COLUMNS else text)
        sheet.write_string(0, column, name, head)
        if name in _LISTS:
            sheet.data_validation(1, column, len(table.criteria) + ROOM, column, _choice(_LISTS[name]))
    _write_rows(book, sheet, table.criteria, text, figure)
    sheet.freeze_panes(1, 1)
    sheet.protect("", _FREE)


def _write_rows(book: Any, sheet: Any, rows: Sequence[Criterion], text: Any, figure: Any) -> None:
    key = book.add_format({"num_format": "@", "valign": "top", "bg_color": "#F6F5F1", "font_color": "#57656B"})
    wrapped = book.add_format({"num_format": "@", "valign": "top", "text_wrap": True, "locked": False})
    for number, row in enumerate(rows, start=1):
        cells = cells_of(row)
        for column, name in enumerate(COLUMNS):
            cell = cells.get(name, "")
            if name in KEY_COLUMNS:
                sheet.write(number, column, None, key) if not cell else sheet.write_string(number, column, cell, key)
            elif name in FIGURE_COLUMNS and 0 < len(cell.strip("-").replace(".", "")) <= _SPREADSHEET_DIGITS:
                sheet.write_number(number, column, float(cell), figure)
            elif cell:
                sheet.write_string(number, column, cell, wrapped if name in _WIDTHS else text)


def _choice(words: Sequence[str]) -> dict[str, object]:
    return {
        "validate": "list",
        "source": list(words),
        "ignore_blank": True,
        "error_title": "Không có trong danh sách",
        "error_message": "Hãy chọn một trong: " + ", ".join(words) + ".",
    }


def _explain(book: Any, about: Sequence[tuple[str, str]]) -> None:
    sheet = book.add_worksheet("Giải thích")
    head = book.add_format({"bold": True, "bg_color": "#EFEEE8", "bottom": 1})
    wrapped = book.add_format({"num_format": "@", "valign": "top", "text_wrap": True})
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, 1, 90)
    for number, (name, words) in enumerate(about):
        sheet.write_string(number, 0, name, head)
        sheet.write_string(number, 1, words, wrapped)
