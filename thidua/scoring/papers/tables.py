"""Sheets and the ranking as XLSX. Sums are live formulas wherever a plain sum is the rule: an outsider recomputes them."""

import io
from decimal import Decimal

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from thidua.clusters.models import ClusterYear
from thidua.scoring.models import Judgement
from thidua.scoring.queries import Desk, Ranking, Result, levels_of
from thidua.scoring.queries.words import figures_in_words, warning_words
from thidua.web.workbook import cell_name

MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FIRST = 4
"""The row (from 0) under the title, the note and the header."""
CLAIMED, VERIFIED = 4, 6
"""Columns of the self-scored and the verified points."""


class _Book:
    """A workbook with the house's few formats and its title rows."""

    def __init__(self, title: str, year: ClusterYear, widths: list[int]) -> None:
        import xlsxwriter  # only here: most requests need none

        self.stream = io.BytesIO()
        self.book = xlsxwriter.Workbook(self.stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
        self.page = self.book.add_worksheet(title[:31])
        self.plain = self.book.add_format({"text_wrap": True, "valign": "top"})
        self.bold = self.book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#EFEEE8"})
        self.figure = self.book.add_format({"num_format": "#,##0.00####", "valign": "top"})
        self.bold_figure = self.book.add_format(
            {"bold": True, "num_format": "#,##0.00####", "valign": "top", "bg_color": "#EFEEE8"}
        )
        for column, width in enumerate(widths):
            self.page.set_column(column, column, width)
        self.page.write_string(0, 0, f"{title} · {year}", self.book.add_format({"bold": True, "font_size": 14}))
        if year.illustrative:
            note = _("Số liệu minh hoạ – không phải kết quả thật của các đơn vị")
            self.page.write_string(1, 0, note, self.book.add_format({"bg_color": "#FDF3D7"}))
        self.page.set_landscape()
        self.page.set_paper(9)
        self.page.fit_to_pages(1, 0)

    def header(self, names: list[str]) -> None:
        """The names of the columns; the panes below stay in sight."""
        for column, name in enumerate(names):
            self.page.write_string(_FIRST - 1, column, name, self.bold)
        self.page.freeze_panes(_FIRST, 2)
        self.page.repeat_rows(_FIRST - 1)

    def number(self, row: int, column: int, value: Decimal | None, formula: str = "", *, bold: bool = False) -> None:
        """A figure, as a formula with its value where there is one; nothing for None."""
        cell_format = self.bold_figure if bold else self.figure
        if value is None:
            self.page.write_blank(row, column, None, cell_format)
        elif formula:
            self.page.write_formula(row, column, formula, cell_format, float(value))
        else:
            self.page.write_number(row, column, float(value), cell_format)

    def text(self, row: int, column: int, value: str, *, bold: bool = False) -> None:
        """Words, never read as a formula or a link."""
        self.page.write_string(row, column, value[:32767], self.bold if bold else self.plain)

    def response(self, name: str) -> HttpResponse:
        """The finished workbook as a download."""
        self.book.close()
        response = HttpResponse(self.stream.getvalue(), content_type=MIME)
        response["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
        return response


def sheet_workbook(desk: Desk, result: Result) -> HttpResponse:
    """One sheet with every row: figures, points, reasons, how much proves it, and what the cross-check said."""
    book = _Book(_("Phiếu tự chấm"), desk.year, [10, 48, 9, 22, 11, 40, 11, 40, 12])
    book.text(2, 0, desk.unit.name_vi)
    header = [
        _("Mã"),
        pgettext("column", "Tiêu chí"),
        _("Tối đa"),
        _("Số liệu"),
        _("Tự chấm"),
        _("Lý do"),
        _("Thẩm định"),
        _("Lý do thay đổi"),
        _("Minh chứng"),
    ]
    book.header(header)
    places = {row.code: _FIRST + n for n, row in enumerate(result.table.criteria)}
    levels = levels_of(result.table)
    for row in result.table.criteria:
        at, bold = places[row.code], levels[row.code] == 1
        line, verdict = result.lines.get(row.code), result.verdicts.get(row.code)
        changed = verdict is not None and verdict.judgement == Judgement.CHANGED
        reason = line.reason if line else ""
        marks = [warning_words(warning) for warning in result.claimed.warnings if warning.item == row.code]
        book.text(at, 0, row.code, bold=bold)
        book.text(at, 1, row.title, bold=bold)
        book.number(at, 2, None if row.is_gate else row.max_points, bold=bold)
        book.text(at, 3, figures_in_words(line) if line else "", bold=bold)
        for column, evaluation in ((CLAIMED, result.claimed), (VERIFIED, result.verified)):
            value = None if row.is_gate else evaluation.values[row.code]
            book.number(at, column, value, _sum_formula(result, row.code, evaluation.values, places, column), bold=bold)
        book.text(at, 5, " ".join([reason, *(f"[{mark}]" for mark in marks)]).strip(), bold=bold)
        book.text(at, 7, verdict.reason if changed else "", bold=bold)
        book.number(at, 8, Decimal(result.evidence[row.code]) if row.code in result.evidence else None, bold=bold)
    end = _FIRST + len(places)
    book.text(end, 1, _("Tổng"), bold=True)
    roots = [row.code for row in (*result.table.parts(""), *result.table.adjustments(""))]
    for column, evaluation in ((CLAIMED, result.claimed), (VERIFIED, result.verified)):
        cells = "+".join(cell_name(places[code], column) for code in roots)
        book.number(end, column, evaluation.total, f"={cells}", bold=True)
    return book.response(f"phieu-{desk.unit.slug}-{desk.year.year}")


def _sum_formula(result: Result, code: str, values: dict[str, Decimal], places: dict[str, int], column: int) -> str:
    """The sum of a heading's parts, bonuses and penalties, where its value is that sum; empty where a rule or a grant decides."""
    rows = [*result.table.parts(code), *result.table.adjustments(code)]
    if not result.table.parts(code) or sum((values[row.code] for row in rows), Decimal(0)) != values[code]:
        return ""
    return "=" + "+".join(cell_name(places[row.code], column) for row in rows)


def ranking_workbook(year: ClusterYear, page: Ranking) -> HttpResponse:
    """The ranking with a column for each section and live totals, and the units outside it with the reason."""
    titles = [f"{section.code} {section.title}"[:60] for section in page.sections]
    book = _Book(_("Xếp hạng"), year, [8, 44, *([14] * len(titles)), 12, 12, 12, 60])
    book.text(2, 0, _("Phân định đồng hạng: %(rule)s") % {"rule": page.tie_break})
    book.header([_("Hạng"), _("Đơn vị"), *titles, _("Tổng"), _("Tối đa"), _("Tỷ lệ %"), _("Căn cứ")])
    last = 2 + len(titles)
    for n, row in enumerate(page.rows):
        at = _FIRST + n
        book.number(at, 0, Decimal(row.rank))
        book.text(at, 1, row.unit.name_vi)
        points = [row.result.verified.values.get(section.code) for section in page.sections]
        for column, value in enumerate(points, 2):
            book.number(at, column, value)
        whole = sum((value for value in points if value is not None), Decimal(0)) == row.standing.total
        first, end = cell_name(at, 2), cell_name(at, last - 1)
        book.number(at, last, row.standing.total, f"=SUM({first}:{end})" if whole and titles else "", bold=True)
        book.number(at, last + 1, row.standing.maximum)
        share = (
            f"={cell_name(at, last)}/{cell_name(at, last + 1)}*100" if row.standing.percent is not None else ""
        )
        book.number(at, last + 2, row.standing.percent, share)
        book.text(at, last + 3, " ".join(row.reasons))
    for n, outside in enumerate(page.outside, _FIRST + len(page.rows)):
        book.text(n, 0, "–")
        book.text(n, 1, outside.unit.name_vi)
        book.text(n, last + 3, outside.reason)
    return book.response(f"xep-hang-{year.cluster.slug}-{year.year}")
