"""Ranks of many clusters at once, exact: whole numbers of the smallest step (hundredths or finer) in numpy, never floats.

The cells are the rows' own values, already found by their methods (the points of a chosen `[mức]` stand at its item). The tree
rule, the caps, percentages, gates and tie-breaks are those of `evaluation` and `ranking`, and are tested equal to them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np
from numpy.typing import NDArray

from thidua.criteria.rules import ROOT, CriteriaTable, Criterion
from thidua.kernel.errors import Refused
from thidua.kernel.points import SETTLED_PLACES
from thidua.scoring.rules.ranking import SHARED_RANKS, TieBreak

Steps = NDArray[np.int64]
Flags = NDArray[np.bool_]
LARGEST = 2**53
"""Steps of a total or maximum of which a percentage can be made without overflow."""
ROOM = 2**62
"""Steps that the cells of one unit may come to in sum."""
_PERCENT_CHUNKS = (100, *(1000,) * (SETTLED_PLACES // 3))
"""A percentage to nine decimals is total · 10^11 ÷ maximum: made in long-division steps that cannot overflow."""


@dataclass(frozen=True, slots=True)
class _Node:
    """One row of the table as column numbers and steps; None: no such bound."""

    column: int
    parts: list[int]
    adjustments: list[int]
    frame: int
    holds_points: bool
    counts_below: bool
    lowest: int | None
    highest: int | None
    bonus_cap: int | None
    penalty_cap: int | None
    adjust_cap: int | None


@dataclass(frozen=True, slots=True)
class BulkTable:
    """A criteria table made ready for `rank_bulk`. `columns` are the codes of the cells, in the order of the table."""

    columns: tuple[str, ...]
    places: int
    nodes: tuple[_Node, ...]
    parents: tuple[int, ...]
    root: _Node

    @classmethod
    def of(cls, table: CriteriaTable, *, places: int = 2) -> "BulkTable":
        """One step is 10^-places points. Refuses `scoring.too_fine` for a table with finer points than that and
        `scoring.too_large` for one with more points than numbers of 64 bits hold."""
        columns = {row.code: index for index, row in enumerate(table.criteria)}
        frame = table.frame()
        if sum((abs(points) for points in frame.values()), Decimal(0)).scaleb(places) >= ROOM:
            raise Refused("scoring.too_large", limit=ROOM)
        nodes = tuple(_node(row, table, columns, frame, places) for row in table.bottom_up)
        parents = tuple(columns.get(row.parent, -1) for row in table.criteria)
        everything = sum((frame[part.code] for part in table.parts(ROOT)), Decimal(0))
        root = _node(Criterion(code=ROOT), table, {**columns, ROOT: -1}, {**frame, ROOT: everything}, places)
        return cls(tuple(columns), places, nodes, parents, root)


@dataclass(frozen=True, slots=True)
class BulkRanking:
    """By unit, in the order of the rows of the cells: totals and maxima in steps, ranks from 1 (0: out of the ranking)."""

    totals: Steps
    maxima: Steps
    ranks: Steps
    tied: Flags


def in_steps(points: Decimal, places: int) -> int:
    """The points as a whole number of steps of 10^-places. Refuses `scoring.too_fine` where they are not one."""
    steps = points.scaleb(places)
    if steps != steps.to_integral_value():
        raise Refused("scoring.too_fine", points=points, places=places)
    return int(steps)


@dataclass(frozen=True, slots=True)
class BulkSums:
    """By unit, in steps: totals and maxima; `values` and `missing` are column × unit (`missing` None: all was assigned)."""

    values: Steps
    totals: Steps
    maxima: Steps
    missing: Flags | None

    @property
    def lacks(self) -> Flags:
        """The units to which something was not assigned."""
        none = np.zeros(len(self.totals), np.bool_)
        return none if self.missing is None else np.logical_or.reduce(self.missing, axis=0, out=none)


def rank_bulk(
    table: BulkTable,
    cells: Steps,
    clusters: NDArray[np.integer[Any]],
    *,
    given: Flags | None = None,
    assigned: Flags | None = None,
    excluded: Flags | None = None,
    tie_break: TieBreak = SHARED_RANKS,
) -> BulkRanking:
    """Totals and ranks of every unit within its cluster.

    `cells` is units × columns in steps, `clusters` one number per unit (any order). `given` says which cells are filled in (all
    by default), `assigned` which were assigned, `excluded` which units a gate takes out. Refuses `scoring.too_large`.
    """
    if cells.size and max(int(cells.max()), -int(cells.min())) * max(1, len(table.columns)) > LARGEST:
        raise Refused("scoring.too_large", limit=LARGEST)
    sums = add_up(table, cells, given=given, assigned=assigned)
    outside = np.zeros(len(cells), np.bool_) if excluded is None else excluded.astype(np.bool_)
    columns = {code: index for index, code in enumerate(table.columns)}
    ties = [sums.values[columns[code]] for code in tie_break.codes]
    percents = np.zeros(len(cells), np.int64)
    if sums.missing is not None:
        some = sums.maxima > 0
        percents[some] = percentages(sums.totals[some], sums.maxima[some])
    ranks, tied = rank_units(clusters, outside, sums.totals, sums.maxima, percents, sums.lacks, ties)
    return BulkRanking(sums.totals, sums.maxima, ranks, tied)


def add_up(table: BulkTable, cells: Steps, *, given: Flags | None = None, assigned: Flags | None = None) -> BulkSums:
    """The tree of every unit from its rows' own values; arguments as in `rank_bulk`.

    The caller sees to it that the cells of a unit, all taken positive, and the frame of the table stay below `ROOM` in sum: then
    nothing overflows, since no cap makes a value larger.
    """
    own = np.array(cells.T, dtype=np.int64, order="C")  # a copy: it becomes the values
    filled = None if given is None else np.ascontiguousarray(given.T)
    missing = None if assigned is None else _unassigned(table, assigned)
    values, totals = _add_up(table, own, filled, missing)
    maxima = np.full(len(cells), table.root.frame, np.int64) if missing is None else _maxima(table, missing)
    return BulkSums(values, totals, maxima, missing)


def rank_units(
    clusters: NDArray[np.integer[Any]],
    excluded: Flags,
    totals: Steps,
    maxima: Steps,
    percents: Steps,
    lacks: Flags,
    ties: Sequence[Steps],
) -> tuple[Steps, Flags]:
    """Ranks from 1 within each cluster (0: out of the ranking), and who shares one. By total; by percentage in a cluster where
    a ranked unit `lacks` something; then by `ties`, the values of the agreed criteria in their order."""
    by_percent = _any_in_cluster(clusters, lacks & ~excluded)
    outside = excluded | (by_percent & (maxima <= 0))
    return _ranks(clusters, outside, [np.where(by_percent & ~outside, percents, totals), *ties])


def _add_up(table: BulkTable, own: Steps, filled: Flags | None, missing: Flags | None) -> tuple[Steps, Steps]:
    """Values by column × unit, and the totals. `own` becomes the values; a cell that is not filled in counts as 0."""
    scored = np.ones(own.shape, np.bool_) if filled is None else filled.copy()
    if missing is not None:
        scored &= ~missing
    if filled is not None or missing is not None:
        own *= scored
    for node in table.nodes:
        value = own[node.column]
        if not node.holds_points:
            value[:] = 0
            scored[node.column] = False
            continue
        if node.parts:
            below = _sum(own, node.parts, node.lowest, node.highest)
            below_scored = np.logical_or.reduce([scored[part] for part in node.parts])
            np.copyto(value, below, where=below_scored | ~scored[node.column])
            scored[node.column] |= below_scored
        if node.adjustments:
            value += _adjustment(own, node)
        if missing is not None and (node.parts or node.adjustments):
            value[missing[node.column]] = 0
            scored[node.column] &= ~missing[node.column]
    return own, _sum(own, table.root.parts + table.root.adjustments, None, None)


def _sum(values: Steps, columns: Sequence[int], lowest: int | None, highest: int | None) -> Steps:
    total = np.zeros(values.shape[1], np.int64)
    for column in columns:
        total += values[column]
    return total if lowest is None and highest is None else np.clip(total, lowest, highest)


def _adjustment(values: Steps, node: _Node) -> Steps:
    if node.bonus_cap is None and node.penalty_cap is None:
        total = _sum(values, node.adjustments, None, None)
    else:
        bonus = np.zeros(values.shape[1], np.int64)
        penalty = np.zeros(values.shape[1], np.int64)
        for column in node.adjustments:
            bonus += np.maximum(values[column], 0)
            penalty += np.minimum(values[column], 0)
        bonus = bonus if node.bonus_cap is None else np.minimum(bonus, node.bonus_cap)
        total = bonus + (penalty if node.penalty_cap is None else np.maximum(penalty, -node.penalty_cap))
    return total if node.adjust_cap is None else np.clip(total, -node.adjust_cap, node.adjust_cap)


def _unassigned(table: BulkTable, assigned: Flags) -> Flags:
    """Column × unit: not assigned, by itself or by a row above."""
    missing = np.ascontiguousarray(~assigned.T)
    for node in reversed(table.nodes):
        parent = table.parents[node.column]
        if parent >= 0:
            missing[node.column] |= missing[parent]
    return missing


def _maxima(table: BulkTable, missing: Flags) -> Steps:
    lost = np.zeros(missing.shape, np.int64)
    for node in table.nodes:
        if node.counts_below and node.parts:
            lost[node.column] = np.minimum(_sum(lost, node.parts, None, None), node.frame)
        lost[node.column][missing[node.column]] = node.frame
    return table.root.frame - _sum(lost, table.root.parts, None, None)


def _any_in_cluster(clusters: NDArray[np.integer[Any]], flags: Flags) -> Flags:
    return np.isin(clusters, clusters[flags]) if flags.any() else flags


def percentages(totals: Steps, maxima: Steps) -> Steps:
    """total ÷ maximum · 100 in billionths, rounded half up (away from zero, as `settle` does); maxima are positive."""
    quotient, rest = np.divmod(np.abs(totals), maxima)
    for chunk in _PERCENT_CHUNKS:
        digits, rest = np.divmod(rest * chunk, maxima)
        quotient = quotient * chunk + digits
    result: Steps = np.sign(totals) * (quotient + (2 * rest >= maxima))
    return result


def _ranks(clusters: NDArray[np.integer[Any]], outside: Flags, keys: Sequence[Steps]) -> tuple[Steps, Flags]:
    """Ranks by the keys, greatest first, within each cluster; equal keys share the better rank."""
    units = len(clusters)
    ranks, tied = np.zeros(units, np.int64), np.zeros(units, np.bool_)
    if not units:
        return ranks, tied
    order = np.lexsort((*(-key for key in reversed(keys)), outside, clusters))
    new_cluster = _changes(clusters[order])
    new_rank = new_cluster | _changes(outside[order])
    for key in keys:
        new_rank |= _changes(key[order])
    place = np.arange(units)
    starts_cluster = np.maximum.accumulate(np.where(new_cluster, place, 0))
    starts_rank = np.maximum.accumulate(np.where(new_rank, place, 0))
    inside = ~outside
    ranks[order] = starts_rank - starts_cluster + 1
    tied[order] = ~(new_rank & np.append(new_rank[1:], True))
    return ranks * inside, tied & inside


def _changes(sorted_values: NDArray[Any]) -> Flags:
    changes = np.ones(len(sorted_values), np.bool_)
    changes[1:] = sorted_values[1:] != sorted_values[:-1]
    return changes


def _node(row: Criterion, table: CriteriaTable, columns: dict[str, int], frame: dict[str, Decimal], places: int) -> _Node:
    lowest, highest = row.bounds if row.is_adjustment else (None, None)

    def steps(points: Decimal | None) -> int | None:
        return None if points is None else max(-ROOM, min(ROOM, in_steps(points, places)))

    return _Node(
        column=columns[row.code],
        parts=[columns[part.code] for part in table.parts(row.code)],
        adjustments=[columns[child.code] for child in table.adjustments(row.code)],
        frame=in_steps(frame[row.code], places),
        holds_points=not (row.is_gate or row.is_band),
        counts_below=row.is_additive,
        lowest=steps(lowest),
        highest=steps(highest),
        bonus_cap=steps(row.bonus_cap),
        penalty_cap=steps(row.penalty_cap),
        adjust_cap=steps(row.adjust_cap),
    )
