"""What looks far from the others in a round: checkers, criteria that decide nothing, units whose self-score was cut most."""

from dataclasses import dataclass
from decimal import Decimal

from thidua.crosschecks.models import CheckTask
from thidua.crosschecks.queries.grid import Desk
from thidua.crosschecks.queries.settling import LinePlan, line_plan
from thidua.crosschecks.rules import outliers
from thidua.crosschecks.rules.outliers import FEWEST_LINES, Marked
from thidua.people.models import Organisation
from thidua.scoring.queries import entry_of
from thidua.scoring.queries.words import change, number

MOST_LINES = 20
"""Lines with the widest spread that are shown."""


@dataclass(frozen=True, slots=True)
class CheckerRow:
    """A checker against the others: mean difference in points and as a percentage of the maximum."""

    name: str
    lines: int
    apart: int
    bias: str
    percent: str
    falls: bool
    is_far: bool
    enough: bool


@dataclass(frozen=True, slots=True)
class FullRow:
    """A criterion at which every unit has the maximum."""

    code: str
    title: str
    maximum: str
    units: int


@dataclass(frozen=True, slots=True)
class CutRow:
    """A unit by what the marks take from its self-score."""

    unit: Organisation
    claimed: str
    points: str
    percent: str
    lines: int
    falls: bool


@dataclass(frozen=True, slots=True)
class SpreadRow:
    """A line on which the checkers differ most."""

    unit: Organisation
    code: str
    title: str
    values: str
    spread: str


@dataclass(frozen=True, slots=True)
class OutlierPage:
    """The page; `fewest` lines are needed before anything is said of a checker."""

    checkers: list[CheckerRow]
    full: list[FullRow]
    cuts: list[CutRow]
    spreads: list[SpreadRow]
    fewest: int
    marks: int


def outlier_page(desk: Desk) -> OutlierPage:
    """All of it from a desk whose marks are seen whole. No query."""
    plans = {pk: _plans(desk, pk) for pk in desk.units if pk in desk.read}
    return OutlierPage(
        checkers=_checkers(desk),
        full=_full(desk, plans),
        cuts=_cuts(desk, plans),
        spreads=_spreads(desk, plans),
        fewest=FEWEST_LINES,
        marks=sum(len(pairs) for pairs in desk.given.marks.values()),
    )


def _plans(desk: Desk, unit_id: int) -> list[LinePlan]:
    result = desk.read[unit_id][1]
    rows = [row for row in result.table.criteria if entry_of(row, result.table) is not None]
    return [line_plan(desk.check, unit_id, row, result, desk.counted) for row in rows]


def _who(task: CheckTask) -> tuple[str, int]:
    return ("unit", task.checker_id) if task.checker_id is not None else ("person", task.person_id or 0)


def _checkers(desk: Desk) -> list[CheckerRow]:
    names = {_who(task): desk.names[task.pk] for task in desk.given.tasks}
    marks = [
        Marked(_who(task), key, mark.value, desk.read[key[0]][1].claimed.maxima.get(key[1], Decimal(0)))
        for key, pairs in desk.given.marks.items()
        for task, mark in pairs
    ]
    return [
        CheckerRow(
            name=names[found.checker],
            lines=found.lines,
            apart=found.apart,
            bias=change(found.bias),
            percent=change(found.share * 100),
            falls=found.bias < 0,
            is_far=found.is_far,
            enough=found.lines >= FEWEST_LINES,
        )
        for found in outliers.distances(marks)
    ]


def _full(desk: Desk, plans: dict[int, list[LinePlan]]) -> list[FullRow]:
    """Criteria at which every unit has the maximum, by what the marks come to, or the self-score where there are none."""
    values: dict[str, list[Decimal]] = {}
    for lines in plans.values():
        for line in lines:
            if not line.is_gate and line.said is not None:
                values.setdefault(line.code, []).append(line.claimed if line.value is None else line.value)
    every = {code: got for code, got in values.items() if len(got) == len(plans)}
    if not plans:
        return []
    table = max((desk.table_at(pk) for pk in plans), key=lambda one: len(one.criteria))
    rows = {row.code: row for row in table.criteria if row.is_additive}
    maxima = {code: row.max_points for code, row in rows.items() if row.max_points is not None}
    codes = outliers.undeciding(every, maxima)
    return [FullRow(code, rows[code].title, number(maxima[code]), len(every[code])) for code in codes]


def _cuts(desk: Desk, plans: dict[int, list[LinePlan]]) -> list[CutRow]:
    claimed = {pk: desk.read[pk][1].claimed.total for pk in plans}
    rows = outliers.cuts(claimed, {pk: [line.change for line in lines] for pk, lines in plans.items()})
    return [
        CutRow(
            unit=desk.units[row.unit],
            claimed=number(claimed[row.unit]),
            points=change(row.points),
            percent=change(row.share * 100) if row.share is not None else "",
            lines=row.lines,
            falls=row.points < 0,
        )
        for row in rows
    ]


def _spreads(desk: Desk, plans: dict[int, list[LinePlan]]) -> list[SpreadRow]:
    wide = [(pk, line) for pk, lines in plans.items() for line in lines if line.summary.spread]
    wide.sort(key=lambda pair: -pair[1].summary.spread)
    return [
        SpreadRow(
            desk.units[pk], line.code, line.title, " · ".join(number(value) for value in sorted(line.values)),
            number(line.summary.spread),
        )
        for pk, line in wide[:MOST_LINES]
    ]  # fmt: skip
