"""A unit's sheet as a file to be filled in and sent back: XLSX with locked keys and drop-down lists, and CSV as the scores table.

Every row carries the stamp it was made from (rules.offline), in a hidden column.
"""

import csv
import io
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from thidua.criteria.actions import TableFile, look_into
from thidua.criteria.rules import Criterion
from thidua.kernel.points import format_plain
from thidua.scoring.models import ScoreLine
from thidua.scoring.queries import Desk, Result, levels_of
from thidua.scoring.queries.offline import listed_choices, origin_of, ways_of
from thidua.scoring.rules.offline import FIGURE_COLUMNS, LABELS, Origin, Way, guarded
from thidua.web.workbook import column_name, new_workbook

MOST_MEGABYTES = 2
"""Largest file taken in: a sheet of 231 rows has some 60 kilobytes."""
SHEET_COLUMNS = ("code", "title_vi", "max_points", "rule_text_vi", *FIGURE_COLUMNS, "reason", "stamp")
TABLE_COLUMNS = ("unit", "code", *FIGURE_COLUMNS, "assigned", "reason", "stamp")
CODE_COLUMNS = ("code", "mã", "grade", "mức")
_WIDTHS = {"code": 9, "title_vi": 44, "max_points": 8, "rule_text_vi": 36, "grade": 24, "passed": 14, "reason": 40}
_SPREADSHEET_DIGITS = 15
_FREE = {"format_cells": True, "format_columns": True, "format_rows": True, "autofilter": True, "sort": True}
"""What the protected sheet lets people do beside filling in; there is no password."""


def read_upload(content: bytes) -> TableFile:
    """The rows of an upload as text. Refuses (criteria.*) what is no table."""
    return look_into(content, code_columns=CODE_COLUMNS, most_megabytes=MOST_MEGABYTES)


def offline_csv(desk: Desk, result: Result) -> bytes:
    """The sheet in the form of the scores table (commands.md), with reasons and stamps; UTF-8 with a mark, so that Excel reads
    it as such."""
    held = io.StringIO(newline="")
    writer = csv.writer(held)
    writer.writerow(TABLE_COLUMNS)
    origin = origin_of(desk.year, desk.unit, desk.version)
    for code, way in ways_of(result).items():
        if not way.columns:
            continue
        line = result.lines.get(code)
        cells = _cells(line) | {"unit": desk.unit.slug, "code": code, "assigned": "1" if way.assigned else "0"}
        cells |= {"reason": guarded(line.reason) if line else "", "stamp": origin.stamp(line.revision if line else 0)}
        writer.writerow([cells.get(name, "") for name in TABLE_COLUMNS])
    return b"\xef\xbb\xbf" + held.getvalue().encode()


def _cells(line: ScoreLine | None) -> dict[str, str]:
    figures = line.figures() if line is not None else {}
    return {name: _plain(value) for name, value in figures.items() if value not in (None, "")}


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return "1" if value else "0"
    return format_plain(value, fewest=0) if isinstance(value, Decimal) else str(value)


def offline_workbook(desk: Desk, result: Result) -> bytes:
    """The sheet as a workbook: only the cells that a row takes can be written in, choices come from lists, the rest is locked."""
    held = io.BytesIO()
    with new_workbook(held) as book:
        sheet = book.add_worksheet("Phiếu tự chấm")
        _Form(book, sheet, desk, result).write()
        _explain(book, desk)
    return held.getvalue()


class _Form:
    """The first sheet of the workbook."""

    def __init__(self, book: Any, sheet: Any, desk: Desk, result: Result) -> None:
        self.book, self.sheet, self.desk, self.result = book, sheet, desk, result
        top = {"valign": "top", "text_wrap": True}
        self.head = book.add_format({**top, "bold": True, "bg_color": "#EFEEE8", "bottom": 1})
        self.section = book.add_format({**top, "bold": True, "bg_color": "#EFEEE8", "num_format": "@"})
        self.locked = book.add_format({**top, "bg_color": "#F6F5F1", "font_color": "#57656B", "num_format": "@"})
        self.figure = book.add_format({"valign": "top", "locked": False, "border": 1, "border_color": "#B9B4A6"})
        self.text = book.add_format({**top, "num_format": "@", "locked": False, "border": 1, "border_color": "#B9B4A6"})
        self.lists = book.add_worksheet("_danh_muc")
        self.lists.hide()
        self._listed: dict[tuple[str, ...], str] = {}

    def write(self) -> None:
        """Header, rows, lists, protection."""
        for column, name in enumerate(SHEET_COLUMNS):
            self.sheet.set_column(column, column, _WIDTHS.get(name, 11), None, {"hidden": name == "stamp"})
            self.sheet.write_string(0, column, LABELS[name].capitalize(), self.head)
        origin = origin_of(self.desk.year, self.desk.unit, self.desk.version)
        ways, levels = ways_of(self.result), levels_of(self.result.table)
        rows = [row for row in self.result.table.criteria if not row.is_band]
        for number, row in enumerate(rows, start=1):
            self._row(number, row, ways[row.code], levels[row.code] == 1, origin)
        self.sheet.freeze_panes(1, 2)
        self.sheet.protect("", _FREE)
        self.sheet.set_landscape()
        self.sheet.set_paper(9)
        self.sheet.fit_to_pages(1, 0)
        self.sheet.repeat_rows(0)
        if self.desk.year.illustrative:
            self.sheet.set_header("&C" + _("Số liệu minh hoạ – không phải kết quả thật của các đơn vị"))

    def _row(self, number: int, row: Criterion, way: Way, section: bool, origin: Origin) -> None:
        line = self.result.lines.get(row.code)
        plain = self.section if section else self.locked
        most = "" if row.is_gate or row.max_points is None else format_plain(row.max_points, fewest=0)
        texts = {"code": row.code, "title_vi": row.title, "max_points": most, "rule_text_vi": row.rule_text}
        texts["stamp"] = origin.stamp(line.revision if line else 0)
        said = _cells(line)
        open_columns = {*way.columns, *(["points"] if way.whole else []), "reason"} if way.columns and way.assigned else set()
        for column, name in enumerate(SHEET_COLUMNS):
            if name == "reason" and open_columns:
                self.sheet.write_string(number, column, line.reason if line else "", self.text)
            elif name in open_columns:
                self._open_cell(number, column, name, said.get(name, ""), way)
            else:
                self.sheet.write_string(number, column, texts.get(name, ""), plain)

    def _open_cell(self, number: int, column: int, name: str, text: str, way: Way) -> None:
        listed = listed_choices(way, name)
        if listed:
            words = next((words for words in listed if way.choices[words] == text), "")
            self.sheet.write_string(number, column, words, self.text)
            self.sheet.data_validation(number, column, number, column, self._choice(listed))
        elif text and len(text.strip("-").replace(".", "")) <= _SPREADSHEET_DIGITS:
            self.sheet.write_number(number, column, float(text), self.figure)
        else:
            self.sheet.write_string(number, column, text, self.figure)

    def _choice(self, words: Sequence[str]) -> Mapping[str, object]:
        """A list in a hidden sheet: what stands in the rule itself may have 255 letters only."""
        key = tuple(words)
        if key not in self._listed:
            column = len(self._listed)
            for number, text in enumerate(words):
                self.lists.write_string(number, column, text)
            name = f"list_{column + 1}"
            letters = column_name(column)
            self.book.define_name(name, f"=_danh_muc!${letters}$1:${letters}${len(words)}")
            self._listed[key] = f"={name}"
        return {
            "validate": "list", "source": self._listed[key], "ignore_blank": True,
            "error_title": _("Không có trong danh sách"), "error_message": _("Hãy chọn một mục trong danh sách của ô."),
        }  # fmt: skip


def _explain(book: Any, desk: Desk) -> None:
    sheet = book.add_worksheet("Hướng dẫn")
    bold, wrap = book.add_format({"bold": True, "valign": "top"}), book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 1, 90)
    lines = [
        (_("Phiếu của"), f"{desk.unit.name_vi} · {desk.year}"),
        (_("Cách điền"), _("Chỉ điền các ô có viền trắng. Ô xám đã khóa. Không cần điền hết một lần.")),
        (_("Mức, kết quả"), _("Chọn trong danh sách của ô.")),
        (_("Lý do"), _("Điểm vượt mức của bảng phải có lý do, ít nhất 10 ký tự.")),
        (_("Gửi lại"), _("Vào phiếu tự chấm, bấm “Điền ngoại tuyến”, chọn tệp này và xem các thay đổi rồi nhận.")),
        (_("Nhiều người cùng điền"), _("Mỗi người tải một tệp. Ô người khác đã sửa trong lúc đó được giữ hoặc báo rõ.")),
    ]
    if desk.year.illustrative:
        lines.insert(0, (_("Lưu ý"), _("Số liệu minh hoạ – không phải kết quả thật của các đơn vị")))
    for number, (name, words) in enumerate(lines):
        sheet.write_string(number, 0, name, bold)
        sheet.write_string(number, 1, words, wrap)
