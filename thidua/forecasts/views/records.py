"""Track records: of everyone in a list, and of one forecaster with the calibration plot."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from thidua.clusters.access import get_year_visible_to
from thidua.clusters.models import ClusterYear
from thidua.clusters.queries import frame_of, members
from thidua.forecasts.papers import records as papers
from thidua.forecasts.queries import records as queries
from thidua.forecasts.queries.records import Record
from thidua.forecasts.rules.plot import Plot, plot_of
from thidua.forecasts.rules.records import Scores
from thidua.kernel.errors import Absent
from thidua.kernel.ports import citing_url
from thidua.people.models import Organisation
from thidua.web.workbook import workbook_response

PER_PAGE = 50
UNITS, POSTS = "don-vi", "chuc-vu"
WHO = {UNITS: gettext_lazy("Đơn vị"), POSTS: gettext_lazy("Chức vụ")}
"""Values of `?loai=`."""
ORDERS = {
    "": gettext_lazy("Theo tên"),
    "brier": gettext_lazy("Brier tốt nhất trước"),
    "so-cau": gettext_lazy("Nhiều câu nhất trước"),
}
"""Values of `?xep=`."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the list of records."""

    record: Record
    url: str


@require_GET
def records(request: HttpRequest, cluster: str, year: int) -> HttpResponse:
    """Everyone's record, and that of the cluster's median with its plot. `?loai=`, `?xep=`, `?trang=`."""
    found = get_year_visible_to(request.actor, cluster, year)
    known = queries.records_of(request.actor, found)
    chosen = _chosen(request, known.each)
    page = Paginator(chosen, PER_PAGE).get_page(request.GET.get("trang"))
    kept = request.GET.copy()
    kept.pop("trang", None)
    return _page(
        request, found, "records", rows=page, filters=kept.urlencode(), median=known.median, plot=_plot(known.median.yes_no),
        shown=[Row(each, queries.address_of(found, each.unit, each.post)) for each in page], any=bool(known.each),
        who=WHO.items(), loai=request.GET.get("loai", ""), orders=ORDERS.items(), xep=request.GET.get("xep", ""),
    )  # fmt: skip


@require_GET
def workbook(request: HttpRequest, cluster: str, year: int) -> HttpResponse:
    """The list as it is filtered, as XLSX."""
    found = get_year_visible_to(request.actor, cluster, year)
    chosen = _chosen(request, queries.records_of(request.actor, found).each)
    note = _("Số liệu minh hoạ") if found.illustrative else ""
    title = _("Thành tích dự báo – %(year)s") % {"year": found}
    name = f"thanh-tich-du-bao-{found.cluster.slug}-{found.year}"
    return workbook_response(name, title, papers.headers(), papers.rows_of(chosen), note)


@require_GET
def record(request: HttpRequest, cluster: str, year: int, unit: str, post: int | None = None) -> HttpResponse:
    """One forecaster: scores in words, the plot with its table, the years, the questions. `?trang=`."""
    found = get_year_visible_to(request.actor, cluster, year)
    known = queries.records_of(request.actor, found)
    own = _own(found, known, unit, post)
    page = Paginator(own.lines, PER_PAGE).get_page(request.GET.get("trang"))
    cite = citing_url(request.actor, found, own.unit.pk, queries.KIND, own.unit.pk) if post is None and own.lines else ""
    return _page(request, found, "record", record=own, rows=page, filters="", plot=_plot(own.yes_no), citing=cite)


def _own(year: ClusterYear, known: queries.Records, slug: str, post: int | None) -> Record:
    """The record of the address; one without lines for a member unit that has none yet. Absent otherwise."""
    listed = [each for each in known.each if each.unit.slug == slug and (each.post.pk if each.post else None) == post]
    if listed:
        return listed[0]
    unit: Organisation | None = next((unit for unit in members(year) if unit.slug == slug), None)
    if unit is None or post is not None:
        raise Absent
    return Record(unit, None, ())


def _chosen(request: HttpRequest, each: tuple[Record, ...]) -> list[Record]:
    kind, order = request.GET.get("loai", ""), request.GET.get("xep", "")
    chosen = [one for one in each if kind not in WHO or (one.post is None) == (kind == UNITS)]
    if order == "brier":
        chosen.sort(key=lambda one: _shown_score(one.yes_no))
    elif order == "so-cau":
        chosen.sort(key=lambda one: -len(one.lines))
    return chosen


def _shown_score(scores: Scores | None) -> tuple[bool, float]:
    """Those whose score is not shown come last, in the order of names: the order must not tell it."""
    if scores is None or scores.wanting or scores.score is None:
        return True, 0.0
    return False, scores.score


def _plot(scores: Scores | None) -> Plot | None:
    return plot_of(scores.parts.bins) if scores and scores.parts and not scores.wanting else None


def _page(request: HttpRequest, year: ClusterYear, template: str, **context: object) -> HttpResponse:
    return render(request, f"forecasts/{template}.html", frame_of(request.actor, year, "forecasts") | context)
