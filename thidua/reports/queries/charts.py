"""What the charts draw: indicators of units' programmes over time, and figures of reports over periods.

A unit's own figures are for whoever may read its reports; those of the whole cluster come from the consolidated reports in
force, which whoever sees the year reads, and from the reports themselves for those who read every unit's.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from thidua.clusters.models import ClusterYear
from thidua.clusters.queries import members
from thidua.kernel.actor import Actor
from thidua.kernel.text import slug
from thidua.people.models import Organisation
from thidua.programmes.access import may_see_tasks
from thidua.programmes.queries.indicators import series_of
from thidua.reports.access import may_see_report
from thidua.reports.models import Entry, Issue, ItemKind, ReportPeriod
from thidua.reports.queries.reports import WITH_THE_HEAD
from thidua.reports.rules.periods import short_title
from thidua.reports.rules.summary import Row, from_plain
from thidua.reports.rules.totals import Total, item_key, total_of

WHOLE = 0
"""As a unit id: the whole cluster."""


@dataclass(frozen=True, slots=True)
class Line:
    """One unit's values of a measure over time: (day, its label, value)."""

    unit_id: int
    name: str
    target: Decimal | None
    points: tuple[tuple[date, str, Decimal], ...]


@dataclass(frozen=True, slots=True)
class Measure:
    """What one chart is about. `kind`: "indicator" (over days) or "figure" (over periods); `key` names it in the address."""

    kind: str
    key: str
    title: str
    unit_of_measure: str
    lines: tuple[Line, ...]

    @property
    def target(self) -> Decimal | None:
        """The target that every line shares; None where they differ."""
        targets = {line.target for line in self.lines}
        return next(iter(targets)) if len(targets) == 1 else None


def units_to_draw(actor: Actor, year: ClusterYear) -> list[Organisation]:
    """The members whose own figures the actor may read, in the order of the papers. One query."""
    return [
        unit
        for unit in members(year)
        if may_see_report(actor, year, unit.pk) and may_see_tasks(actor, year, unit.pk)
    ]  # fmt: skip


def indicator_measures(year: ClusterYear, units: Sequence[Organisation]) -> list[Measure]:
    """Indicators of the units' programmes, those of one name and unit of measure together. Two queries, none without units."""
    if not units:
        return []
    names = {unit.pk: unit.short for unit in units}
    found: dict[tuple[str, str], tuple[str, str, list[Line]]] = {}
    for unit_id, name, unit_of_measure, target, values in series_of(year, list(names)):
        points = tuple((day, f"{day:%d-%m-%Y}", value) for day, value in values)
        held = found.setdefault(item_key(name, unit_of_measure, ""), (name, unit_of_measure, []))
        held[2].append(Line(unit_id, names[unit_id], target, points))
    order = {unit.pk: place for place, unit in enumerate(units)}
    return [
        Measure("indicator", f"ct-{slug(name)}-{slug(uom)}", name, uom, tuple(sorted(lines, key=lambda one: order[one.unit_id])))
        for name, uom, lines in found.values()
    ]


def figure_measures(year: ClusterYear, units: Sequence[Organisation], kind: str, whole: object) -> list[Measure]:
    """Figures of the reports over the year's periods of a kind, the oldest first: a line for each unit, and one of the cluster
    named `whole`. Three queries."""
    periods = list(ReportPeriod.objects.filter(year=year, kind=kind).order_by("ends_on", "pk"))
    gathered = _Gathered({WHOLE: str(whole)} | {unit.pk: unit.short for unit in units})
    entries, issued = _entries(periods), _issued(periods)
    everyone = [unit.pk for unit in members(year)]
    reads_all = bool(everyone) and {unit.pk for unit in units} >= set(everyone)
    for period in periods:
        for row in issued.get(period.pk, ()):
            gathered.add_whole((row.title, row.unit_of_measure), period, row.total)
        for measure, figures in entries.get(period.pk, {}).items():
            for unit in units:
                gathered.add(measure, unit.pk, period, figures.get(unit.pk))
            if reads_all and period.pk not in issued:
                gathered.add_whole(measure, period, total_of(figures, everyone, measure[1]))
    return gathered.measures([WHOLE, *(unit.pk for unit in units)])


class _Gathered:
    """Points by measure and unit, as they are met."""

    def __init__(self, names: dict[int, str]) -> None:
        self.names = names
        self.titles: dict[tuple[str, str], tuple[str, str]] = {}
        self.points: dict[tuple[str, str], dict[int, list[tuple[date, str, Decimal]]]] = {}

    def add(self, measure: tuple[str, str], unit_id: int, period: ReportPeriod, value: Decimal | None, more: str = "") -> None:
        """One value, if there is one, of a measure (title, unit of measure); `more` follows the period's title."""
        if value is not None:
            key = item_key(*measure, "")
            self.titles.setdefault(key, measure)
            point = (period.ends_on, f"{short_title(period.title, period.ends_on.year)}{more}", value)
            self.points.setdefault(key, {}).setdefault(unit_id, []).append(point)

    def add_whole(self, measure: tuple[str, str], period: ReportPeriod, total: Total) -> None:
        """The whole cluster's value; with how many units it is of where some are missing: five units are not all seven."""
        count = f" ({len(total.given)}/{len(total.given) + len(total.missing)})" if total.missing else ""
        self.add(measure, WHOLE, period, total.value, count)

    def measures(self, order: Collection[int]) -> list[Measure]:
        """The measures, their lines in the order of the units."""
        return [
            Measure(
                "figure", f"bc-{slug(title)}-{slug(uom)}", title, uom,
                tuple(Line(unit, self.names[unit], None, tuple(held[unit])) for unit in order if unit in held),
            )
            for key, held in self.points.items()
            for title, uom in [self.titles[key]]
        ]  # fmt: skip


def kinds_of(year: ClusterYear) -> list[str]:
    """The kinds of periods that the year has. One query."""
    return list(ReportPeriod.objects.filter(year=year).order_by("kind").values_list("kind", flat=True).distinct())


def _entries(periods: Sequence[ReportPeriod]) -> dict[int, dict[tuple[str, str], dict[int, Decimal]]]:
    """Period → item by title and unit of measure → unit → figure, of reports that lie with the head. One query."""
    found: dict[int, dict[tuple[str, str], dict[int, Decimal]]] = {}
    rows = Entry.objects.filter(
        report__period__in=periods, report__status__in=WITH_THE_HEAD, item__kind=ItemKind.FIGURE, figure__isnull=False
    ).order_by("item__position", "item")
    values = rows.values_list("report__period", "report__unit", "item__title", "item__unit_of_measure", "figure")
    for period, unit, title, unit_of_measure, figure in values:
        found.setdefault(period, {}).setdefault((title, unit_of_measure), {})[unit] = figure
    return found


def _issued(periods: Sequence[ReportPeriod]) -> dict[int, tuple[Row, ...]]:
    """Period → the rows of its consolidated report in force. One query."""
    in_force = Issue.objects.filter(consolidated__period__in=periods, reopened_at=None)
    return {issue.consolidated.period_id: from_plain(issue.content).rows for issue in in_force.select_related("consolidated")}
