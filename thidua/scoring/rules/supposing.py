"""What if: the ranking under other weights, with other points, or without a unit. Nothing here is ever kept."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from thidua.criteria.rules import CriteriaTable, Criterion
from thidua.kernel.errors import Refused
from thidua.kernel.points import settle
from thidua.scoring.rules.bounds import allowed, rooms
from thidua.scoring.rules.evaluation import Evaluation, best_excesses, evaluate_unit
from thidua.scoring.rules.lines import ScoreLine
from thidua.scoring.rules.ranking import SHARED_RANKS, Standing, TieBreak, rank

MOST_WEIGHT = Decimal(1000)
"""A section counts at most ten times what it counts now (in percent)."""
_HUNDRED = Decimal(100)
_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Entry:
    """One unit's sheet as it enters: its criteria and its verified lines."""

    unit: str
    table: CriteriaTable
    lines: tuple[ScoreLine, ...]


@dataclass(frozen=True, slots=True)
class Supposed:
    """What is supposed: weights of sections in percent of what they count now, points by (unit, code), units left out."""

    weights: Mapping[str, Decimal] = field(default_factory=dict)
    points: Mapping[tuple[str, str], Decimal] = field(default_factory=dict)
    without: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        """Is anything supposed at all?"""
        return bool(self.weights or self.points or self.without)


@dataclass(frozen=True, slots=True)
class Move:
    """One unit before and after. A rank is None where the unit has none, `after` is None where it was left out."""

    unit: str
    before: Standing | None
    after: Standing | None

    @property
    def moves(self) -> bool:
        """Do its points or its place differ?"""
        if self.before is None or self.after is None:
            return self.before is not self.after
        return (self.before.rank, self.before.total, self.before.percent) != (
            self.after.rank, self.after.total, self.after.percent,
        )  # fmt: skip


def suppose(
    entries: Sequence[Entry], supposed: Supposed, *, others: Iterable[ScoreLine] = (), tie_break: TieBreak = SHARED_RANKS
) -> tuple[Standing, ...]:
    """The ranking as it would be. `others` are lines of units without a place that still count for who leads an indicator.

    A section's weight multiplies what every unit has there and what it could have. Points are taken as granted. Refusals are
    those of `check`, which goes first.
    """
    check(entries, supposed)
    remaining = [entry for entry in entries if entry.unit not in supposed.without]
    lines = {entry.unit: _changed(entry, supposed.points) for entry in remaining}
    rivals = [*others, *(line for group in lines.values() for line in group)]
    made = [
        replace(evaluate_unit(entry.table, lines[entry.unit], best_excess=best_excesses(entry.table, rivals)), unit=entry.unit)
        for entry in remaining
    ]
    weighed = [_weighed(one, entry.table, supposed.weights) for one, entry in zip(made, remaining, strict=True)]
    return rank(weighed, tie_break)


def check(entries: Sequence[Entry], supposed: Supposed) -> None:
    """Refuses what is no supposition: scoring.weight_bounds, scoring.supposed_unknown (no such unit or row, or a row whose points
    are a sum), scoring.supposed_above and scoring.supposed_below (points the table does not allow), scoring.nobody_left."""
    for code, weight in supposed.weights.items():
        if not 0 <= weight <= MOST_WEIGHT:
            raise Refused("scoring.weight_bounds", item=code, limit=MOST_WEIGHT)
    by_unit = {entry.unit: entry for entry in entries}
    for (unit, code), points in supposed.points.items():
        if unit not in by_unit or code not in {row.code for row in open_rows(by_unit[unit].table)}:
            raise Refused("scoring.supposed_unknown", item=code)
        least, most = bounds_of(by_unit[unit].table, code)
        if most is not None and points > most:
            raise Refused("scoring.supposed_above", item=code, points=points, allowed=most)
        if least is not None and points < least:
            raise Refused("scoring.supposed_below", item=code, points=points, allowed=least)
    if entries and not {*by_unit} - supposed.without:
        raise Refused("scoring.nobody_left")


def open_rows(table: CriteriaTable) -> tuple[Criterion, ...]:
    """The rows whose points can be supposed: those that are no gate, no alternative, and no sum of others."""
    return tuple(row for row in table.criteria if not row.is_gate and not row.is_band and not table.parts(row.code))


def bounds_of(table: CriteriaTable, code: str) -> tuple[Decimal | None, Decimal | None]:
    """The least and the most points the table allows at a row."""
    row = table.by_code[code]
    return row.bounds if row.is_adjustment else allowed(row, rooms(table)[code])


def moves(before: Iterable[Standing], after: Iterable[Standing]) -> tuple[Move, ...]:
    """Every unit of both rankings with its standing in each, in the order of the second, then those only in the first."""
    was = {standing.unit: standing for standing in before}
    found = [Move(standing.unit, was.pop(standing.unit, None), standing) for standing in after]
    return (*found, *(Move(unit, standing, None) for unit, standing in was.items()))


def moved_others(before: Iterable[Standing], after: Iterable[Standing], unit: str) -> tuple[Move, ...]:
    """The other units whose points a change of `unit` has moved (indicators scored relative to the leader do), or whose place."""
    return tuple(move for move in moves(before, after) if move.unit != unit and move.moves)


def _changed(entry: Entry, points: Mapping[tuple[str, str], Decimal]) -> list[ScoreLine]:
    lines = {line.code: line for line in entry.lines if line.code in entry.table.by_code}
    for (unit, code), figure in points.items():
        if unit == entry.unit:
            lines[code] = replace(lines.get(code) or ScoreLine(code=code, unit=unit), points=figure)
    return list(lines.values())


def _weighed(made: Evaluation, table: CriteriaTable, weights: Mapping[str, Decimal]) -> Evaluation:
    """The evaluation with its sections multiplied, so that total, maximum and percent follow. Sections are roots or parts of one:
    what they add to the total is never capped."""
    found = {code: weight / _HUNDRED for code, weight in weights.items() if code in table.by_code}
    if not found:
        return made
    more = sum((made.values[code] * (weight - 1) for code, weight in found.items()), _ZERO)
    room = sum((made.maxima[code] * (weight - 1) for code, weight in found.items() if table.by_code[code].is_additive), _ZERO)
    total, maximum = settle(made.total + more), settle(made.maximum + room)
    percent = settle(total * _HUNDRED / maximum) if maximum > 0 else None
    return replace(made, total=total, maximum=maximum, percent=percent)
