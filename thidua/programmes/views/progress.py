"""Pages of progress: figures by unit and by directive, the overdue ladder, reminders."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_GET

from thidua.clusters.access import get_year_visible_to
from thidua.clusters.models import ClusterYear
from thidua.clusters.queries import members
from thidua.kernel.actor import Actor
from thidua.kernel.errors import Absent
from thidua.people.models import Organisation
from thidua.programmes.access import UNIT, may_see_tasks, require_may_remind
from thidua.programmes.queries import progress as queries
from thidua.programmes.queries.parts import page_of
from thidua.programmes.queries.reminders import reminders as reminders_of
from thidua.programmes.rules.tasks import OVERDUE, RUNGS, Rung
from thidua.web.workbook import workbook_response

RUNG_KEYS: dict[str, Rung] = {"qua-han": OVERDUE, **{str(days): days for days in RUNGS}}
"""`?bac=`: a rung of the ladder."""
RUNG_TITLES: dict[Rung, object] = {  # a task stands on one rung only, so each names the days that are its own
    OVERDUE: gettext_lazy("Quá hạn"),
    1: gettext_lazy("Trong 1 ngày"),
    7: gettext_lazy("2–7 ngày"),
    14: gettext_lazy("8–14 ngày"),
    30: gettext_lazy("15–30 ngày"),
}


@require_GET
def progress(request: HttpRequest, cluster: str, year: int) -> HttpResponse:
    """The cluster's figures and those of its units; `?theo=van-ban`: those of the directives."""
    found = get_year_visible_to(request.actor, cluster, year)
    by_directive = request.GET.get("theo") == "van-ban"
    page, rows = _rows(request, found, by_directive)
    context: dict[str, object] = {"rows": rows, "by_directive": by_directive, "page": page}
    if not by_directive:
        sums, context["reached"], context["bar"] = queries.sum_of(rows)
        context |= {"sums": sums, "in_time": sums.open - sums.overdue}
        context["seen"] = {row.of.pk for row in rows if may_see_tasks(request.actor, found, row.of.pk)}
        context["own"] = request.actor.organisations()
    return render(request, "programmes/progress.html", page_of(request.actor, found, "progress") | context)


def _rows(request: HttpRequest, year: ClusterYear, by_directive: bool):
    today = timezone.localdate(request.now)
    if by_directive:
        return queries.progress_by_directive(year, today, request.GET.get("trang", ""))
    return None, queries.progress_by_unit(year, today)


@require_GET
def progress_workbook(request: HttpRequest, cluster: str, year: int) -> HttpResponse:
    """The same table as XLSX."""
    found = get_year_visible_to(request.actor, cluster, year)
    by_directive = request.GET.get("theo") == "van-ban"
    _page, rows = _rows(request, found, by_directive)
    headers = [_("Văn bản") if by_directive else _("Đơn vị"), pgettext("heading", "Nhiệm vụ")]
    headers += [
        _("Dự kiến"),
        _("Đang làm"),
        _("Đang chờ"),
        _("Xong"),
        _("Thôi không làm"),
        _("Quá hạn"),
        _("Tỷ lệ xong"),
        pgettext("heading", "Chỉ tiêu"),
        _("Chỉ tiêu đạt"),
    ]
    lines = []
    for row in rows:
        p, reached = row.progress, row.reached
        counts = [p.total, p.planned, p.doing, p.waiting, p.done, p.dropped, p.overdue, p.percent]
        lines.append([str(row.of), *counts, reached.targets, reached.reached])
    note = _("Số liệu minh hoạ") if found.illustrative else ""
    return workbook_response(f"tien-do-{found.cluster.slug}-{found.year}", _("Tiến độ nhiệm vụ"), headers, lines, note)


@require_GET
def due(request: HttpRequest, cluster: str, year: int) -> HttpResponse:
    """The ladder: the tasks of one's own unit, or of the one asked for, and how many each unit has on each rung."""
    found = get_year_visible_to(request.actor, cluster, year)
    today, unit = timezone.localdate(request.now), _unit(request, found)
    key = request.GET.get("bac", "")
    rung, rows = RUNG_KEYS.get(key), queries.ladder(found, today)
    own = next((row for row in rows if unit and row.unit.pk == unit.pk), None)
    context = {
        "today": today,
        "unit": unit,
        "key": key if rung is not None else "",
        "own": own,
        "steps": zip(RUNG_KEYS, RUNG_TITLES.values(), own.counts, strict=True) if own else [],
        "titles": [RUNG_TITLES[step] for step in queries.LADDER],
        "page": queries.due_tasks(found, unit.pk, rung, today, request.GET.get("trang", "")) if unit else None,
        "rows": rows,
        "total": sum(row.total for row in rows),
        "seen": {row.unit.pk for row in rows if may_see_tasks(request.actor, found, row.unit.pk)},
    }
    return render(request, "programmes/due.html", page_of(request.actor, found, "due") | context)


def _unit(request: HttpRequest, year: ClusterYear) -> Organisation | None:
    """The unit asked for (Absent when its tasks are not for this person), else one's own, else none."""
    slug, units = request.GET.get("don-vi", ""), members(year)
    if slug:
        unit = next((unit for unit in units if unit.slug == slug), None)
        if unit is None or not may_see_tasks(request.actor, year, unit.pk):
            raise Absent
        return unit
    return next((unit for unit in units if unit.pk in _own(request.actor)), None)


def _own(actor: Actor) -> frozenset[int]:
    return actor.organisations(*UNIT)


@require_GET
def due_workbook(request: HttpRequest, cluster: str, year: int) -> HttpResponse:
    """The table unit × rung as XLSX."""
    found = get_year_visible_to(request.actor, cluster, year)
    rows = queries.ladder(found, timezone.localdate(request.now))
    headers = [_("Đơn vị"), *(RUNG_TITLES[step] for step in queries.LADDER)]
    note = _("Số liệu minh hoạ") if found.illustrative else ""
    lines = [[row.unit.name_vi, *row.counts] for row in rows]
    return workbook_response(f"den-han-{found.cluster.slug}-{found.year}", _("Nhiệm vụ đến hạn"), headers, lines, note)


@require_GET
def reminders(request: HttpRequest, cluster: str, year: int) -> HttpResponse:
    """Who has not answered, for those who run the year, with the words to remind them."""
    found = get_year_visible_to(request.actor, cluster, year)
    require_may_remind(request.actor, found)
    page = reminders_of(found, timezone.localdate(request.now))
    context = page_of(request.actor, found, "reminders") | {"reminders": page}
    return render(request, "programmes/reminders.html", context)
