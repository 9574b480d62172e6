"""Tables of talks and coverage as workbooks."""

from collections.abc import Iterable

from django.http import HttpResponse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from thidua.clusters.models import ClusterYear
from thidua.rapporteurs.models import Talk
from thidua.rapporteurs.queries.coverage import Coverage, Silent
from thidua.rapporteurs.queries.talks import Totals
from thidua.web.workbook import workbook_response


def _note(year: ClusterYear) -> str:
    return "Số liệu minh hoạ" if year.illustrative else ""


def talks_workbook(year: ClusterYear, talks: Iterable[Talk], totals: Totals) -> HttpResponse:
    """The talks that a filter shows, with their sums."""
    headers = [
        _("Báo cáo viên"), _("Ngày"), _("Đơn vị"), _("Chủ đề"), _("Địa điểm"), _("Hình thức"), _("Tình trạng"),
        _("Số người dự"), _("Ghi chú"),
    ]  # fmt: skip
    rows = [_row(talk) for talk in talks]
    rows.append([_("Cộng"), None, None, None, None, None, totals.held, totals.listeners, None])
    title = _("Buổi tuyên truyền năm %(year)d") % {"year": year.year}
    return workbook_response(f"buoi-tuyen-truyen-{year.year}", title, headers, rows, _note(year))


def _row(talk: Talk) -> list[object]:
    return [
        talk.speaker.name,
        date_format(talk.held_on),
        talk.unit.name_vi,
        "; ".join(topic.title for topic in talk.topics.all()),
        talk.place,
        talk.get_form_display(),
        _("Đã tổ chức") if talk.held else _("Dự kiến"),
        talk.listeners or None,
        talk.note,
    ]


def coverage_workbook(year: ClusterYear, table: Coverage) -> HttpResponse:
    """The table topic × unit: talks and listeners side by side."""
    heads = [head for unit in table.units for head in (f"{unit.short}: {_('buổi')}", f"{unit.short}: {_('lượt người')}")]
    headers = [_("Chủ đề"), _("Số đơn vị đã có"), *heads, _("Tổng số buổi"), _("Tổng lượt người")]
    rows: list[list[object]] = []
    for row in table.rows:
        boxes = [value for _unit, box in row.boxes for value in (box.talks, box.listeners)]
        rows.append([row.topic.title, row.reached, *boxes, row.total.talks, row.total.listeners])
    sums = [value for box in table.totals for value in (box.talks, box.listeners)]
    rows.append([_("Mỗi buổi tính một lần"), None, *sums, table.total.talks, table.total.listeners])
    title = _("Bao phủ chủ đề tuyên truyền năm %(year)d") % {"year": year.year}
    return workbook_response(f"bao-phu-{year.year}", title, headers, rows, _note(year))


def silent_workbook(year: ClusterYear, quarter: str, table: Silent) -> HttpResponse:
    """Rapporteurs who have not spoken in a quarter."""
    headers = [_("Báo cáo viên"), _("Chức vụ"), _("Đơn vị"), _("Cấp"), _("Có buổi dự kiến")]
    rows = [
        [member.name, member.post_title, row.unit.name_vi, member.get_level_display(), _("có") if member.planned else ""]
        for row in table.units
        for member in row.members
    ]
    title = _("Báo cáo viên chưa nói, %(quarter)s năm %(year)d") % {"quarter": quarter, "year": year.year}
    return workbook_response(f"chua-noi-{year.year}", title, headers, rows, _note(year))
