"""Charts of indicators over time and of report figures over periods, each with its table."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from thidua.clusters.access import get_year_visible_to
from thidua.clusters.queries import frame_of
from thidua.reports.models import PeriodKind
from thidua.reports.queries import charts as queries
from thidua.reports.queries.charts import WHOLE, Line, Measure
from thidua.reports.rules import charts as rules
from thidua.web.templatetags.thidua import points

CHARTS_A_PAGE = 8
LINES, COLUMNS = "duong", "cot"
"""Values of `?kieu=`."""
MOST_LABEL = 14
"""Letters of a period's name below its columns."""


@dataclass(frozen=True, slots=True)
class Plot:
    """A measure with its chart and its table: a row for each day or period, a column for each line; `left_out` lines are only in
    the table."""

    measure: Measure
    chart: rules.Chart
    lines: tuple[Line, ...]
    rows: tuple[tuple[str, tuple[Decimal | None, ...]], ...]
    left_out: int

    @property
    def is_whole(self) -> bool:
        """Whether it shows the cluster and not its units."""
        return self.lines[0].unit_id == WHOLE


@require_GET
def charts(request: HttpRequest, cluster: str, year: int) -> HttpResponse:
    """`?don-vi=` (slugs, many), `?muc=` (one measure), `?ky=` (kind of period), `?kieu=` (lines or columns), `?trang=`."""
    found = get_year_visible_to(request.actor, cluster, year)
    units = queries.units_to_draw(request.actor, found)
    chosen = [unit for unit in units if unit.slug in request.GET.getlist("don-vi")]
    kinds = queries.kinds_of(found)
    kind = request.GET.get("ky", "")
    kind = kind if kind in kinds else next((k for k in ("quarter", "month", *kinds) if k in kinds), "")
    measures = [
        *queries.indicator_measures(found, units),
        *queries.figure_measures(found, units, kind, _("Cả cụm")),
    ]
    plots = _plots(measures, [unit.pk for unit in chosen], request.GET.get("muc", ""), request.GET.get("kieu", ""))
    context = {
        "units": units,
        "chosen": chosen,
        "kinds": [(k, PeriodKind(k).label) for k in kinds],
        "kind": kind,
        "measures": measures,
        "measure": request.GET.get("muc", ""),
        "shape": request.GET.get("kieu", ""),
        "page": Paginator(plots, CHARTS_A_PAGE).get_page(request.GET.get("trang")),
        "kept": _kept(request),
    }
    return render(request, "reports/charts.html", frame_of(request.actor, found, "reports") | context)


def _kept(request: HttpRequest) -> str:
    """The filters for the links to other pages."""
    query = request.GET.copy()
    query.pop("trang", None)
    return query.urlencode()


def _plots(measures: Sequence[Measure], chosen: Sequence[int], wanted: str, shape: str) -> list[Plot]:
    asked = [measure for measure in measures if wanted in ("", measure.key)]
    plots = [_plot(measure, _shown(measure, chosen), shape) for measure in asked]
    return [plot for plot in plots if plot is not None]


def _shown(measure: Measure, chosen: Sequence[int]) -> tuple[Line, ...]:
    """The lines of the units chosen. When none is: the whole cluster where it has a line of its own, else every unit."""
    if chosen:
        return tuple(line for line in measure.lines if line.unit_id in chosen)
    return tuple(line for line in measure.lines if line.unit_id == WHOLE) or measure.lines


def _plot(measure: Measure, lines: tuple[Line, ...], shape: str) -> Plot | None:
    shown = Measure(measure.kind, measure.key, measure.title, measure.unit_of_measure, lines)
    labels = sorted({(day, label) for line in lines for day, label, _value in line.points})
    values = [{(day, label): value for day, label, value in line.points} for line in lines]
    rows = tuple((label, tuple(held.get((day, label)) for held in values)) for day, label in labels)
    as_columns = shape == COLUMNS or (measure.kind == "figure" and shape != LINES)
    draw = _columns if as_columns else _lines
    chart = draw(shown, labels, rows, _write) if lines else None
    return None if chart is None else Plot(shown, chart, lines, rows, max(len(lines) - rules.MOST_SERIES, 0))


Labels = Sequence[tuple[date, str]]
Rows = Sequence[tuple[str, tuple[Decimal | None, ...]]]


def _lines(measure: Measure, labels: Labels, rows: Rows, write: Callable[[Decimal], str]) -> rules.Chart | None:
    series = [rules.Series(line.name, tuple((day, value) for day, _label, value in line.points)) for line in measure.lines]
    return rules.line_chart(series, measure.target, write)


def _columns(measure: Measure, labels: Labels, rows: Rows, write: Callable[[Decimal], str]) -> rules.Chart | None:
    groups = [rules.Group(_short(label), values) for label, values in rows]
    return rules.column_chart([line.name for line in measure.lines], groups, measure.target, write)


def _short(label: str) -> str:
    """A label that fits below a column: "Quý III (5/7)"; months are "T1" … "T12"."""
    title, bracket, count = label.replace("Tháng ", "T").partition(" (")
    return (title if len(title) <= MOST_LABEL else f"{title[: MOST_LABEL - 1]}…") + bracket + count


def _write(value: Decimal) -> str:
    return points(value, 3)
