"""Figures as a workbook of two sheets: units × items with live totals, and one figure a row for whoever reckons on."""

from collections.abc import Sequence
from decimal import Decimal
from io import BytesIO
from typing import Any

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from thidua.reports.models import Report
from thidua.reports.rules.summary import Row, Summary
from thidua.reports.rules.totals import How, total_of
from thidua.web.workbook import XLSX, cell_name, new_workbook

FIRST = 4
"""The row (from 0) below the header, where figures begin."""


def consolidated_workbook(summary: Summary, filename: str, *, illustrative: bool) -> HttpResponse:
    """The figures of a consolidated report: its totals are formulas over the units' figures."""
    units = [(unit.pk, unit.name) for unit in summary.units]
    long = [
        [summary.period.title, name, row.title, row.unit_of_measure, row.figures.get(pk)]
        for row in summary.rows
        for pk, name in units
    ]
    headers = [_("Kỳ"), _("Đơn vị"), _("Mục"), _("Đơn vị tính"), _("Số liệu")]
    return _response(filename, summary.period.title, _note(illustrative), (units, summary.rows), headers, long)


def report_workbook(report: Report, content: dict[str, Any], filename: str) -> HttpResponse:
    """The figures of a unit's report, with what was computed and why it was changed in the long form."""
    figures = [item for item in content["items"] if item["kind"] == "figure"]
    pk = report.unit_id
    rows = [_row(item, pk) for item in figures]
    headers = [
        _("Kỳ"), _("Đơn vị"), _("Mục"), _("Đơn vị tính"), _("Số liệu"), _("Số phần mềm tính được"), _("Vì sao khác"), _("Nguồn"),
    ]  # fmt: skip
    long = [
        [
            content["period"]["title"], content["unit"], item["title"], item["unit_of_measure"], _decimal(item["figure"]),
            _decimal(item["computed"]), item["why_changed"], "; ".join(part["words"] for part in item["basis"]),
        ]
        for item in figures
    ]  # fmt: skip
    title, note = f"{content['unit']}: {content['period']['title']}", _note(report.period.year.illustrative)
    return _response(filename, title, note, ([(pk, content["unit"])], rows), headers, long)


def _row(item: dict[str, Any], unit_id: int) -> Row:
    from_text = _decimal(item["figure"])
    figures = {} if from_text is None else {unit_id: from_text}
    total = total_of(figures, [unit_id], item["unit_of_measure"])
    return Row(item["title"], item["unit_of_measure"], figures, total, None, comparable=False)


def _response(
    filename: str, title: str, note: str, table: tuple[Sequence[tuple[int, str]], Sequence[Row]], headers: list[str],
    long: Sequence[Sequence[object]],
) -> HttpResponse:  # fmt: skip
    held = BytesIO()
    with new_workbook(held) as book:
        head = book.add_format({"bold": True, "bg_color": "#EFEEE8", "bottom": 1, "text_wrap": True, "valign": "top"})
        wide, other = book.add_worksheet(_("Đơn vị × mục")), book.add_worksheet(_("Từng số liệu"))
        for sheet in (wide, other):
            sheet.write_string(0, 0, title, book.add_format({"bold": True}))
            sheet.write_string(1, 0, note)
            sheet.set_column(0, 0, 36)
            sheet.set_column(1, 30, 20)
            sheet.freeze_panes(FIRST, 1)
        _write_wide(wide, head, book.add_format({"bold": True, "top": 1}), *table)
        _write_rows(other, head, headers, long)
    response = HttpResponse(held.getvalue(), content_type=XLSX)
    response["Content-Disposition"] = content_disposition_header(True, f"{filename}.xlsx")
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def _write_wide(sheet: Any, head: Any, bold: Any, units: Sequence[tuple[int, str]], rows: Sequence[Row]) -> None:
    """Units down, items across; below them sum or mean as a formula, so that anyone can reckon it anew."""
    last = FIRST + len(units) - 1
    titles = [f"{row.title} ({row.unit_of_measure})" if row.unit_of_measure else row.title for row in rows]
    _write_rows(sheet, head, [_("Đơn vị"), *titles], [[name, *(row.figures.get(pk) for row in rows)] for pk, name in units])
    if len(units) < 2:
        return
    sheet.write_string(last + 1, 0, _("Cả cụm (tổng, hoặc bình quân với tỷ lệ)"), bold)
    for column, row in enumerate(rows, 1):
        if row.total.value is not None:
            name = "AVERAGE" if row.total.how is How.MEAN else "SUM"
            formula = f"={name}({cell_name(FIRST, column)}:{cell_name(last, column)})"
            sheet.write_formula(last + 1, column, formula, bold, row.total.value)


def _write_rows(sheet: Any, head: Any, headers: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    for column, header in enumerate(headers):
        sheet.write_string(FIRST - 1, column, header, head)
    for index, row in enumerate(rows, FIRST):
        for column, value in enumerate(row):
            if isinstance(value, Decimal):
                sheet.write_number(index, column, value)
            elif value is not None:
                sheet.write_string(index, column, str(value))


def _note(illustrative: bool) -> str:
    return _("Số liệu minh hoạ – không phải kết quả thật của các đơn vị") if illustrative else ""


def _decimal(text: str) -> Decimal | None:
    return Decimal(text) if text else None
