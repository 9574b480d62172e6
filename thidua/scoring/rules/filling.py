"""Many units' lines under one table, as the whole numbers that `bulk` adds up; and their sums, settled, where those are certain.

A quotient may have no end, and the Decimal path keeps 28 digits of it. Here a value is kept at `PLACES` decimals (15 as a rule),
wrong by half a step at most; sums, caps and minima never make that larger than half a step for each such value. So the total of a
unit with n of them is off by at most n/2 steps, and settles to the same nine decimals unless it lies within n steps of the point
where rounding turns. Those few units are named by `Settled.doubtful` and left to the Decimal path; for the others both are equal.
"""

import json
from array import array
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

import numpy as np

from thidua.criteria.rules import CriteriaTable, Criterion, Method
from thidua.kernel.errors import Refused
from thidua.kernel.points import SETTLED_PLACES
from thidua.scoring.rules.bulk import LARGEST, ROOM, BulkSums, BulkTable, Flags, Steps, add_up
from thidua.scoring.rules.lines import ScoreLine
from thidua.scoring.rules.methods import excess_over_target, value_of

PLACES = (15, 12)
"""Decimals of a step: the finest in which the table has room."""
_POINT_DECIMALS = 6
"""Decimals of points in the database, eight digits before them: in millionths they are whole numbers that a float holds."""
_ZERO = Decimal(0)


Figure = int | float | Decimal | None
"""A number as a database gives it. SQLite gives floats; no line has more than 15 digits, and of those a float loses none."""


class StoredLine(NamedTuple):
    """A line as it lies in the database (`cases` is its count). Equal lines are equal keys: each different one is evaluated
    once, however many units have it."""

    code: str
    assigned: int
    points: Figure
    actual: Figure
    target: Figure
    cases: Figure
    grade: str
    days_late: Figure
    passed: int | None

    def line(self) -> ScoreLine:
        """The same as the rules read it."""
        return ScoreLine(
            code=self.code,
            points=_decimal(self.points),
            actual=_decimal(self.actual),
            target=_decimal(self.target),
            count=_decimal(self.cases),
            grade=self.grade,
            days_late=_decimal(self.days_late),
            passed=None if self.passed is None else bool(self.passed),
            assigned=bool(self.assigned),
        )


@dataclass(frozen=True, slots=True)
class _Look:
    """What a line means: its number among the values found so far (0: it has none), and the line where more must be done."""

    value: int
    line: ScoreLine | None


@dataclass(frozen=True, slots=True)
class _Columns:
    """What a list of codes means: their columns (-1: none, or not by points alone), and the place and code of each row at which
    points alone do not say everything."""

    numbers: Steps
    special: tuple[tuple[int, str], ...]
    codes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Settled:
    """By unit, in billionths: totals and maxima; `ties` the values of the criteria asked for. `excluded`: a gate takes the unit
    out. `doubtful`: the Decimal path has to say, and its figures here mean nothing."""

    totals: Steps
    maxima: Steps
    ties: tuple[Steps, ...]
    lacks: Flags
    excluded: Flags
    doubtful: Flags


class Filling:
    """The lines of `units` units under one table, taken one after the other, then `settled`."""

    def __init__(self, table: CriteriaTable, units: int) -> None:
        self.table, self.units = table, units
        self.bulk = _roomy(table)
        self._columns = {row.code: index for index, row in enumerate(table.criteria)}
        self._banded = {row.code for row in table.criteria if row.method is Method.BANDS}
        self._looks: dict[tuple[object, ...], _Look] = {}
        self._unit, self._value = array("q"), array("q")
        # The values found, by number: the column, the steps, whether they are rounded.
        self._column, self._steps, self._rounds = array("q", [0]), array("q", [0]), array("b", [0])
        self._unassigned: list[tuple[int, int]] = []
        self._failed: list[tuple[int, int]] = []
        self._relative: list[tuple[int, ScoreLine]] = []
        self._choices: dict[tuple[int, str], dict[str, ScoreLine]] = {}
        # Granted points: by unit its number, the columns of its points, and these as text.
        self._sheets: dict[str, _Columns] = {}
        self._granted: list[tuple[int, Steps, str]] = []

    def take(self, unit: int, line: tuple[object, ...]) -> None:
        """One line (the fields of `StoredLine`) of the unit of this number; lines of codes the table lacks are passed over."""
        look = self._looks.get(line)
        if look is None:
            look = self._looks[line] = self._look(StoredLine._make(line).line())  # type: ignore[arg-type]
        if look.value:
            self._unit.append(unit)
            self._value.append(look.value)
        if look.line is not None:
            self._consider(unit, look.line)

    def take_granted(self, unit: int, codes: str, points: str, without: Collection[str] = ()) -> int:
        """Lines of a unit that hold points and nothing else, as two JSON arrays; those of the codes `without` are passed over.
        Gives back how many there were. Most units of a country list the same codes: those are looked at once."""
        if codes == "[]":
            return 0
        columns = self._sheets.get(codes)
        if columns is None:
            columns = self._sheets[codes] = self._columns_of(json.loads(codes))
        at, listed = columns.numbers, points[1:-1]
        special = columns.special
        if without and not columns.codes.isdisjoint(without):
            at = at.copy()
            at[[place for place, code in enumerate(json.loads(codes)) if code in without]] = -1
            special = tuple(one for one in special if one[1] not in without)
        if special:
            figures = listed.split(",")
            for place, code in special:
                self.take(unit, StoredLine(code, 1, Decimal(figures[place].strip()), None, None, None, "", None, None))
        self._granted.append((unit, at, listed))
        return len(at)

    def settled(self, clusters: Sequence[int], tie_codes: Sequence[str] = ()) -> Settled:
        """The sums of all units taken. `clusters`: one number per unit, for rows scored relative to the leader."""
        self._choose_bands()
        self._relate(clusters)
        shape = (self.units, len(self._columns))
        cells, given = np.zeros(shape, np.int64), np.zeros(shape, np.bool_)
        of_unit, value = np.frombuffer(self._unit, np.int64), np.frombuffer(self._value, np.int64)
        at = of_unit, np.frombuffer(self._column, np.int64)[value]
        cells[at], given[at] = np.frombuffer(self._steps, np.int64)[value], True
        self._grant(cells, given)
        rounded = np.zeros(self.units, np.int64)
        np.add.at(rounded, of_unit, np.frombuffer(self._rounds, np.int8)[value])
        too_large = np.abs(cells.astype(np.float64)).sum(axis=1) >= ROOM / 2
        cells[too_large] = 0
        if self.bulk is None:
            nothing = np.zeros(self.units, np.int64)
            flags = np.zeros(self.units, np.bool_)
            return Settled(nothing, nothing, (nothing,) * len(tie_codes), flags, flags, ~flags)
        sums = add_up(self.bulk, cells, given=given, assigned=self._assigned(shape))
        return self._settle(self.bulk, sums, rounded, too_large, tie_codes)

    def _columns_of(self, codes: Sequence[str]) -> "_Columns":
        rows = [self.table.by_code.get(code) for code in codes]
        special = tuple((place, row.code) for place, row in enumerate(rows) if row is not None and _is_special(row))
        numbers = [-1 if row is None or _is_special(row) else self._columns[row.code] for row in rows]
        return _Columns(np.array(numbers, np.int64), special, frozenset(codes))

    def _grant(self, cells: Steps, given: Flags) -> None:
        """Puts the granted points into the cells."""
        if self.bulk is None or not self._granted:
            return
        units, columns, texts = zip(*self._granted, strict=True)
        at, column = np.repeat(np.array(units), [len(one) for one in columns]), np.concatenate(columns)
        millionths = np.rint(np.fromstring(",".join(texts), np.float64, sep=",") * 10**_POINT_DECIMALS)
        a_millionth = 10 ** (self.bulk.places - _POINT_DECIMALS)
        most = ROOM // a_millionth
        steps = np.clip(millionths, -most, most).astype(np.int64) * a_millionth
        plain = column >= 0
        cells[at[plain], column[plain]], given[at[plain], column[plain]] = steps[plain], True

    def _look(self, line: ScoreLine) -> _Look:
        row = self.table.by_code.get(line.code)
        if row is None:
            return _Look(0, None)
        special = not line.assigned or _is_special(row)
        own = None if row.is_gate or row.is_band else self._own(row, line)
        return _Look(0 if own is None else self._number(row, own), line if special else None)

    def _own(self, row: Criterion, line: ScoreLine) -> Decimal | None:
        """As `evaluation` finds it, but for bands and what is relative to the leader, which the line alone does not say."""
        if line.points is not None:
            return line.points
        if row.method in (Method.BANDS, Method.RELATIVE_TO_LEADER) or self.table.parts(row.code):
            return None
        return _value(row, line, _ZERO)

    def _number(self, row: Criterion, points: Decimal) -> int:
        """Notes a value of the row, and gives its number."""
        steps = points.scaleb(self.bulk.places if self.bulk else 0)
        whole = int(steps.to_integral_value())
        self._column.append(self._columns[row.code])
        self._steps.append(max(-ROOM, min(ROOM, whole)))
        self._rounds.append(whole != steps)
        return len(self._steps) - 1

    def _put(self, unit: int, row: Criterion, points: Decimal) -> None:
        self._unit.append(unit)
        self._value.append(self._number(row, points))

    def _consider(self, unit: int, line: ScoreLine) -> None:
        row = self.table.by_code[line.code]
        if not line.assigned:
            self._unassigned.append((unit, self._columns[row.code]))
        if row.is_gate:
            if line.passed is False or (line.passed is None and (line.count or _ZERO) > 0):
                self._failed.append((unit, self._columns[row.code]))
        elif row.is_band and row.parent in self._banded:
            self._choices.setdefault((unit, row.parent), {})[row.code] = line
        elif row.method is Method.BANDS:
            self._choices.setdefault((unit, row.code), {})[row.code] = line
        elif row.method is Method.RELATIVE_TO_LEADER:
            self._relative.append((unit, line))

    def _choose_bands(self) -> None:
        for (unit, code), lines in self._choices.items():
            own = lines.get(code)
            if own is not None and own.points is not None:
                continue
            grade = own.grade if own is not None else ""
            found = (_band(band, lines.get(band.code), grade) for band in self.table.bands(code))
            chosen = [points for points in found if points is not None]
            if chosen:
                self._put(unit, self.table.by_code[code], min(chosen, key=abs))

    def _relate(self, clusters: Sequence[int]) -> None:
        best: dict[tuple[int, str], Decimal] = {}
        for unit, line in self._relative:
            if line.assigned and line.actual is not None and line.target is not None and line.target > 0:
                at = clusters[unit], line.code
                best[at] = max(best.get(at, _ZERO), excess_over_target(line.actual, line.target))
        for unit, line in self._relative:
            row = self.table.by_code[line.code]
            if line.points is None and not self.table.parts(row.code):
                value = _value(row, line, best.get((clusters[unit], line.code), _ZERO))
                if value is not None:
                    self._put(unit, row, value)

    def _assigned(self, shape: tuple[int, int]) -> Flags | None:
        if not self._unassigned:
            return None
        assigned = np.ones(shape, np.bool_)
        assigned[tuple(np.array(self._unassigned).T)] = False
        return assigned

    def _settle(
        self, bulk: BulkTable, sums: BulkSums, rounded_cells: Steps, too_large: Flags, tie_codes: Sequence[str]
    ) -> Settled:
        coarse = 10 ** (bulk.places - SETTLED_PLACES)
        doubtful = too_large.copy()

        def billionths(steps: Steps) -> Steps:
            whole, rest = np.divmod(np.abs(steps), coarse)
            doubtful[(rounded_cells > 0) & (np.abs(rest - coarse // 2) <= rounded_cells)] = True
            rounded: Steps = np.sign(steps) * (whole + (2 * rest >= coarse))
            return rounded

        totals = billionths(sums.totals)
        ties = tuple(billionths(sums.values[self._columns[code]]) for code in tie_codes)
        maxima = sums.maxima // coarse  # a table's points have six decimals
        doubtful |= (np.abs(totals) >= LARGEST) | (maxima >= LARGEST)
        excluded = np.zeros(self.units, np.bool_)
        for unit, column in self._failed:
            excluded[unit] |= sums.missing is None or not sums.missing[column, unit]
        return Settled(totals, maxima, ties, sums.lacks, excluded, doubtful)


def _roomy(table: CriteriaTable) -> BulkTable | None:
    """The table in the finest steps it has room for; None for one of millions of points."""
    for places in PLACES:
        try:
            return BulkTable.of(table, places=places)
        except Refused:
            continue
    return None


def _is_special(row: Criterion) -> bool:
    """Does a line of the row say more than its own points?"""
    return row.is_gate or row.is_band or row.method in (Method.BANDS, Method.RELATIVE_TO_LEADER)


def _value(row: Criterion, line: ScoreLine, best: Decimal) -> Decimal | None:
    try:
        return value_of(row, line, best)
    except Refused:
        return None


def _band(band: Criterion, line: ScoreLine | None, grade: str) -> Decimal | None:
    """The points of an alternative if it is chosen, as `evaluation` decides it."""
    if line is not None and not line.assigned:
        return None
    chosen = grade == band.code
    if line is not None and not chosen:
        chosen = bool(line.passed) or (line.count or _ZERO) > 0 or bool(line.points)
    if not chosen:
        return None
    return line.points if line is not None and line.points is not None else band.max_points or _ZERO


def _decimal(figure: Figure) -> Decimal | None:
    return None if figure is None else Decimal(str(figure))
