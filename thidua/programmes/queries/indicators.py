"""Figures of indicators over time: the latest against the target, the series for charts, the figures that reports ask for."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import OuterRef, Prefetch, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from thidua.clusters.models import ClusterYear
from thidua.kernel.ports import Figure, FigureKind
from thidua.kernel.text import slug
from thidua.programmes.models import Indicator, IndicatorFigure, Programme
from thidua.programmes.rules.content import Content
from thidua.programmes.rules.figures import meets

Series = tuple[int, str, str, Decimal | None, list[tuple[date, Decimal]]]
"""Unit id, name of the indicator, unit of measure, target, (day, value) in the order of the days."""


@dataclass(frozen=True, slots=True)
class Standing:
    """An indicator with its latest figure; `met` None where there is nothing to compare."""

    indicator: Indicator
    figure: IndicatorFigure | None

    @property
    def met(self) -> bool | None:
        """Whether the latest figure reaches the target."""
        value = self.figure.value if self.figure else None
        return meets(value, self.indicator.target, lower_is_better=self.indicator.lower_is_better)


def standings_of(programme: Programme, approved: Content | None = None) -> list[Standing]:
    """The programme's indicators with their latest figures; given what was approved, those that it names, as it states them.
    Two queries."""
    indicators = list(programme.indicators.annotate(latest=_latest()))
    if approved is not None:
        indicators = [indicator for indicator in indicators if states(approved, indicator)]
    figures = IndicatorFigure.objects.in_bulk([i.latest for i in indicators if i.latest])
    return [Standing(indicator, figures.get(indicator.latest)) for indicator in indicators]


def states(approved: Content, indicator: Indicator) -> bool:
    """Whether what was approved names the indicator; the indicator (for showing only) then says what it states of it."""
    line = next((line for line in approved.indicators if line.name == indicator.name), None)
    if line is not None:
        indicator.unit_of_measure, indicator.target = line.unit_of_measure, line.target
        indicator.lower_is_better = line.lower_is_better
    return line is not None


def figures_on(indicator: Indicator) -> list[IndicatorFigure]:
    """All figures of an indicator, the newest day first. One query."""
    return list(indicator.figures.order_by("-as_of"))


def series_of(year: ClusterYear, unit_ids: Collection[int]) -> list[Series]:
    """The series of every indicator with figures in the units' programmes of the year, for charts. Two queries."""
    indicators = _of_units(year, unit_ids).filter(figures__isnull=False).distinct().select_related("programme")
    ordered = indicators.order_by("programme__unit", "programme", "position", "pk")
    figures = Prefetch("figures", IndicatorFigure.objects.order_by("as_of"))
    return [
        (
            indicator.programme.unit_id or 0, indicator.name, indicator.unit_of_measure, indicator.target,
            [(figure.as_of, figure.value) for figure in indicator.figures.all()],
        )
        for indicator in ordered.prefetch_related(figures)
    ]  # fmt: skip


def key_of(indicator: Indicator) -> str:
    """The key of an indicator's figure in reports: indicators of one name share it."""
    return f"programmes.indicator:{slug(indicator.name)}"


def indicator_kinds(year: ClusterYear) -> dict[str, FigureKind]:
    """The figures that indicators of the year's programmes can give, by key. One query."""
    found = Indicator.objects.filter(programme__year=year, programme__unit__isnull=False).order_by("name", "pk")
    return {key_of(indicator): FigureKind(indicator.name, indicator.unit_of_measure) for indicator in found}


def indicator_figures(year: ClusterYear, unit_id: int, ends_on: date) -> dict[str, Figure]:
    """For each indicator of the unit's programmes its latest figure on or before a day, with where it stands. Of two indicators
    of one name the later figure counts. Two queries."""
    indicators = list(_of_units(year, [unit_id]).annotate(latest=_latest(ends_on)).select_related("programme__year__cluster"))
    figures = IndicatorFigure.objects.in_bulk([i.latest for i in indicators if i.latest])
    found: dict[str, tuple[date, Figure]] = {}
    for indicator in indicators:
        figure, key = figures.get(indicator.latest), key_of(indicator)
        basis = ((_basis(indicator, figure), address(indicator)),)
        entry = (figure.as_of if figure else date.min, Figure(figure.value if figure else None, basis))
        if key not in found or found[key][0] < entry[0]:
            found[key] = entry
    return {key: figure for key, (_day, figure) in found.items()}


def address(indicator: Indicator) -> str:
    """The page of an indicator's figures."""
    year = indicator.programme.year
    return reverse("programmes:indicator", args=[year.cluster.slug, year.year, indicator.programme_id, indicator.pk])


def _basis(indicator: Indicator, figure: IndicatorFigure | None) -> str:
    if figure is None:
        return _("%(name)s: chưa có số liệu") % {"name": indicator.name}
    return _("%(name)s, số liệu ngày %(day)s") % {"name": indicator.name, "day": date_format(figure.as_of)}


def _of_units(year: ClusterYear, unit_ids: Collection[int]) -> QuerySet[Indicator]:
    return Indicator.objects.filter(programme__year=year, programme__unit__in=list(unit_ids))


def _latest(until: date | None = None) -> Subquery:
    within = Q(as_of__lte=until) if until else Q()
    return Subquery(IndicatorFigure.objects.filter(within, indicator=OuterRef("pk")).order_by("-as_of").values("pk")[:1])
