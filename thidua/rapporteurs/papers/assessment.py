"""The table of grades as a workbook that anyone can reckon anew, and settled grades as an official paper."""

from collections.abc import Sequence
from decimal import Decimal
from io import BytesIO
from typing import Any

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from thidua.clusters.models import ClusterYear
from thidua.kernel.actor import with_post
from thidua.kernel.points import format_vietnamese
from thidua.paperwork.rules import Block, Facts, Heading, Items, Paper, Paragraph, Signature, Table, layout_for
from thidua.rapporteurs.models import Assessment, CorpsKind, GradeName
from thidua.rapporteurs.queries.assessment import Row
from thidua.rapporteurs.queries.assessment_words import MEASURES, Shown, reasons_of, shown_of
from thidua.rapporteurs.rules.schemes import Measure, scheme_of
from thidua.web.workbook import XLSX, cell_name, column_name, new_workbook, sheet_name

FIRST = 4
"""The row (from 0) below the header, where members begin."""
HEAD = 5
"""Columns before the measures: unit, level, name, post, months in term."""
EACH = 4
"""Columns of a measure: what there was, the target, points got, points possible."""
_HEADS: dict[str, str] = {
    Measure.TALKS: "Số buổi",
    Measure.LISTENERS: "Lượt nghe",
    Measure.TOPICS: "Chủ đề",
    Measure.USEFUL: "Phiếu có ích",
    Measure.SENT: "Báo cáo gửi",
    Measure.ON_TIME: "Đúng hạn",
}
"""The measures in the narrow columns of the paper: words short enough not to break, over numbers or parts of a whole (7/9)."""
SUMMED = (Measure.TALKS, Measure.LISTENERS)
"""Measures whose sum over members says something."""


def grades_workbook(
    year: ClusterYear,
    kind: CorpsKind,
    measures: Sequence[Measure],
    rows: Sequence[Row],
    settled: Assessment | None,
    filename: str,
) -> HttpResponse:
    """One row a member. Points, sums, percents and the counts of grades are formulas over the figures beside them."""
    held = BytesIO()
    title = _("Đánh giá %(kind)s năm %(year)d") % {"kind": kind.label.lower(), "year": year.year}
    with new_workbook(held) as book:
        sheet = book.add_worksheet(sheet_name(title))
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#EFEEE8"})
        sheet.write_string(0, 0, title, book.add_format({"bold": True}))
        sheet.write_string(1, 0, _("Số liệu minh hoạ – không phải kết quả thật của các đơn vị") if year.illustrative else "")
        sheet.write_string(2, 0, _state(settled))
        for column, name in enumerate(_headers(measures)):
            sheet.write_string(FIRST - 1, column, name, bold)
        for place, row in enumerate(rows, FIRST):
            _write_row(sheet, place, row, measures)
        _write_totals(sheet, bold, measures, len(rows))
        sheet.set_column(0, 3, 24)
        sheet.set_column(HEAD + EACH * len(measures) + 4, HEAD + EACH * len(measures) + 4, 80)
        sheet.freeze_panes(FIRST, 3)
    response = HttpResponse(held.getvalue(), content_type=XLSX)
    response["Content-Disposition"] = content_disposition_header(True, f"{filename}.xlsx")
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def _state(settled: Assessment | None) -> str:
    if settled is None:
        return _("Tạm tính, chưa chốt")
    facts = {"number": settled.number, "day": localtime(settled.settled_at).strftime("%d-%m-%Y"), "digest": settled.digest}
    return _("Chốt lần %(number)d ngày %(day)s, SHA-256 %(digest)s") % facts


def _headers(measures: Sequence[Measure]) -> list[str]:
    found = [_("Đơn vị"), _("Cấp"), _("Họ tên"), _("Chức vụ"), _("Số tháng trong nhiệm kỳ")]
    for measure in measures:
        name = str(MEASURES[measure])
        found += [name, _("%(name)s: định mức") % {"name": name}, _("%(name)s: được") % {"name": name}]
        found.append(_("%(name)s: tối đa") % {"name": name})
    return [*found, _("Cộng được"), _("Cộng tối đa"), _("Tỷ lệ (%)"), pgettext("grade", "Mức"), _("Vì sao")]


def _write_row(sheet: Any, place: int, row: Row, measures: Sequence[Measure]) -> None:
    shown = shown_of(row, measures)
    for column, text in enumerate((shown.unit.name_vi, shown.level, shown.name, shown.post_title)):
        sheet.write_string(place, column, text)
    sheet.write_number(place, HEAD - 1, shown.months)
    lines = {line["measure"]: line for line in row.basis["lines"]}
    for number, measure in enumerate(measures):
        _write_measure(sheet, place, HEAD + EACH * number, lines.get(measure), shown.measures[number].actual)
    end = HEAD + EACH * len(measures)
    got, possible = (
        "SUM(" + ",".join(cell_name(place, HEAD + EACH * n + at) for n in range(len(measures))) + ")" for at in (2, 3)
    )
    sheet.write_formula(place, end, f"={got}", None, float(Decimal(row.basis["got"])))
    sheet.write_formula(place, end + 1, f"={possible}", None, float(Decimal(row.basis["possible"])))
    top, bottom = cell_name(place, end), cell_name(place, end + 1)
    percent = "" if row.percent is None else float(row.percent)
    sheet.write_formula(place, end + 2, f'=IF({bottom}=0,"",{top}/{bottom}*100)', None, percent)
    sheet.write_string(place, end + 3, shown.label)
    sheet.write_string(place, end + 4, " ".join(shown.reasons))


def _write_measure(sheet: Any, place: int, at: int, line: dict[str, Any] | None, actual: str) -> None:
    """What there was and what it brought. What does not count has no points, so that sums pass over it."""
    if line is None or line["actual"] is None:
        sheet.write_string(place, at, actual)
    else:
        sheet.write_number(place, at, Decimal(line["actual"]))
    if line is None or line["target"] is None:
        return
    sheet.write_number(place, at + 1, Decimal(line["target"]))
    if not line["counts"]:
        return
    weight, got = Decimal(line["weight"]), float(Decimal(line["got"]))
    if line["measure"] == Measure.USEFUL:  # all or nothing, by the interval
        sheet.write_number(place, at + 2, got)
    else:
        there, target, most = (cell_name(place, at + n) for n in (0, 1, 3))
        sheet.write_formula(place, at + 2, f"=MIN(1,{there}/{target})*{most}", None, got)
    sheet.write_number(place, at + 3, weight)


def _write_totals(sheet: Any, bold: Any, measures: Sequence[Measure], members: int) -> None:
    """Sums of what can be summed, and how many have each grade; formulas that every program reckons on opening."""
    if not members:
        return
    last = FIRST + members
    sheet.write_string(last, 0, _("Cộng"), bold)
    for number, measure in enumerate(measures):
        if measure in SUMMED:
            column = HEAD + EACH * number
            name = column_name(column)
            sheet.write_formula(last, column, f"=SUM({name}{FIRST + 1}:{name}{last})", bold)
    grades = column_name(HEAD + EACH * len(measures) + 3)
    for place, grade in enumerate(GradeName, last + 1):
        sheet.write_string(place, 0, _("Mức: %(grade)s") % {"grade": grade.label}, bold)
        sheet.write_formula(place, 1, f'=COUNTIF({grades}{FIRST + 1}:{grades}{last},"{grade.label}")', bold)


def grades_paper(year: ClusterYear, kind: CorpsKind, settled: Assessment, rows: Sequence[Row]) -> Paper:
    """Settled grades as an official paper of the superior body, in Vietnamese; the reasons of each member below the table."""
    with override("vi"):
        measures = [asked.measure for asked in scheme_of(settled.rules).asked]
        shown = [shown_of(row, measures) for row in rows]
        return Paper(
            layout=layout_for(year.cluster.superior_body.kind),
            superior_name="",
            issuer_name=year.cluster.superior_body.name_vi,
            number="……",
            place="…",
            day=localtime(settled.settled_at).date(),
            kind_title="KẾT QUẢ XẾP LOẠI",
            abstract=f"{kind.label} năm {year.year}\n(chốt lần {settled.number})",
            blocks=tuple(_blocks(settled, measures, shown, [reasons_of(row) for row in rows])),
            signatures=(Signature("", "THỦ TRƯỞNG CƠ QUAN", "", "(Ký tên, đóng dấu)"),),
            recipients=("Các đơn vị thành viên;", "Lưu: VT."),
            illustrative=year.illustrative,
            footer=f"SHA-256 của quy chế và kết quả: {settled.digest}",
        )


def _blocks(settled: Assessment, measures: Sequence[Measure], rows: Sequence[Shown], reasons: Sequence[list[str]]) -> list[Block]:
    counts = [f"{grade.label}: {number}" for grade in GradeName if (number := sum(row.grade == grade for row in rows))]
    headers = ("TT", "Họ tên, chức vụ", "Đơn vị", *(_HEADS[each] for each in measures), "Tỷ lệ %", "Mức")
    table = tuple(
        (
            str(place), with_post(row.name, row.post_title), f"{row.unit.name_vi}\n{row.level}",
            *(each.actual for each in row.measures),
            "–" if row.percent is None else format_vietnamese(row.percent), row.label,
        )
        for place, row in enumerate(rows, 1)
    )  # fmt: skip
    facts = [("Theo quy chế", settled.decision), ("Người chốt", settled.settled_by_name), ("Trong bảng này", "; ".join(counts))]
    if settled.reason:
        facts.insert(2, ("Lý do chốt lại", settled.reason))
    widths = (1, 5, 4, *(2 for _each in measures), 2, 2)
    found: list[Block] = [
        Facts(tuple(facts)),
        Heading(1, "I. Kết quả"),
        Table(headers, table, (0,), widths),
        Heading(1, "II. Vì sao"),
    ]
    for place, (row, why) in enumerate(zip(rows, reasons, strict=True), 1):
        found += [Paragraph(f"{place}. {row.name}, {row.unit.name_vi}: {row.label}"), Items(tuple(why))]
    return found
