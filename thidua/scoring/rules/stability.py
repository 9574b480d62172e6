"""How firmly two units stand in their order: the smallest change of one criterion of one of them that swaps their places.

A change is another figure of points at one row, within what the table allows there: any figure in steps of a millionth, or one of
the values the method knows (grades, bands, a pool, whole cases, whole days). Gates are no points and are left aside.

A row's points lift the total by as much or by nothing, never lower it, and lift no other row but those above it. So the least
figure that swaps two places is found by halving; the one found is held against `evaluate_unit`, which settles the last billionth.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from itertools import pairwise

from thidua.criteria.rules import ROOT, CriteriaTable, Criterion, Method
from thidua.kernel.points import settle
from thidua.scoring.rules.bounds import allowed, bounded_adjustment, rooms
from thidua.scoring.rules.evaluation import Evaluation, evaluate_unit
from thidua.scoring.rules.lines import ScoreLine
from thidua.scoring.rules.ranking import SHARED_RANKS, TieBreak
from thidua.scoring.rules.rounding import shown

STEP = Decimal("0.000001")
"""The finest figure of points that can be typed."""
_ZERO = Decimal(0)
_FURTHEST = Decimal(10**6)
"""How far a row without a stated bound is tried."""
_MOST_OPTIONS = 1000

Key = tuple[Decimal, ...]


@dataclass(frozen=True, slots=True)
class Entrant:
    """A ranked unit: its criteria, its lines, what they come to, and the best excesses of its cluster."""

    table: CriteriaTable
    lines: tuple[ScoreLine, ...]
    evaluation: Evaluation
    best_excess: Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class Swing:
    """The row `code` of `unit`, going from `was` to `becomes`, swaps two places. `beyond` is the figure at which the two are
    still equal, where the next figure swaps them; None where no figure makes them equal. `bound` is how far the row may go in
    any step; None where the method knows a few values only."""

    unit: str
    code: str
    was: Decimal
    becomes: Decimal
    beyond: Decimal | None
    bound: Decimal | None = field(default=None, compare=False)

    @property
    def size(self) -> Decimal:
        """By how many points the row changes."""
        return abs(self.becomes - self.was)

    def rounded(self, places: int) -> tuple[Decimal, Decimal, Decimal]:
        """What the row has, what it would have and by how much it changes, in so many decimals; the last is the difference of the
        others. Rounded outward: the figure swaps the places as well, and so does the change, unless the figure is the bound."""
        was = shown(self.was, places)
        step = Decimal(1).scaleb(-places)
        if self.bound is None:
            figure = shown(self.becomes, places)
            return was, figure, abs(figure - was)
        way = 1 if self.becomes > self.was else -1
        figure = (self.becomes / step).to_integral_value(ROUND_CEILING if way > 0 else ROUND_FLOOR) * step
        if (self.was + figure - was - self.becomes) * way < 0:
            figure += way * step
        if (self.bound - figure) * way < 0:
            figure = self.bound
        return was, figure, abs(figure - was)


def smallest_swings(
    above: Entrant, below: Entrant, *, by_percent: bool = False, tie_break: TieBreak = SHARED_RANKS
) -> tuple[Swing, ...]:
    """The smallest changes that put `below` before `above`: a row of the lower unit that rises, or of the upper that falls.
    Several only where they are equally small; in the order of the table, the lower unit's first. Empty: no single row can."""
    measure = _Measure(by_percent, tie_break.codes)
    upper, lower = measure.of(above.evaluation), measure.of(below.evaluation)
    tries = [*_tries(below, upper, 1, measure), *_tries(above, lower, -1, measure)]
    found: list[Swing] = []
    for attempt in sorted(tries, key=lambda attempt: abs(attempt.guess - attempt.path.own)):
        if found and abs(attempt.guess - attempt.path.own) > found[0].size + 2 * STEP:
            break
        swing = attempt.exact()
        if swing is not None and (not found or swing.size < found[0].size):
            found = [swing]
        elif swing is not None and swing.size == found[0].size:
            found.append(swing)
    return tuple(sorted(found, key=lambda swing: swing.unit != below.evaluation.unit))


def decides_nothing(evaluations: Sequence[Evaluation]) -> frozenset[str]:
    """Codes at which all units, two at least, have the same points: such a criterion tells nobody from anybody."""
    if len(evaluations) < 2:
        return frozenset()
    first, *others = evaluations
    return frozenset(code for code, value in first.values.items() if all(other.values.get(code) == value for other in others))


@dataclass(frozen=True, slots=True)
class _Measure:
    """What ranks: percent or total first, then the agreed criteria."""

    by_percent: bool
    codes: tuple[str, ...]

    def of(self, made: Evaluation) -> Key:
        """The key of an evaluation, as `ranking` makes it."""
        first = made.percent if self.by_percent and made.percent is not None else made.total
        return (first, *(made.values[code] for code in self.codes))


class _Path:
    """What one row's own points do to everything above it, the rest of the sheet standing as it is."""

    def __init__(self, entrant: Entrant, row: Criterion, own: Decimal, measure: _Measure) -> None:
        self.entrant, self.own, self.measure = entrant, own, measure
        self.rows = list(_climb(entrant.table, row))

    def key(self, points: Decimal) -> Key:
        """The unit's key with these points at the row."""
        made, table = self.entrant.evaluation, self.entrant.table
        changed = {self.rows[0].code: made.values[self.rows[0].code] - self.own + points}
        for below, row in pairwise(self.rows):
            was = made.values[row.code]
            if below not in table.parts(row.code):
                changed[row.code] = was - self._adjusted(row, {}) + self._adjusted(row, changed)
            elif row.is_adjustment:
                changed[row.code] = self._capped(row, changed)
            else:
                changed[row.code] = was - made.values[below.code] + changed[below.code]
        top = self.rows[-1].code
        total = settle(made.total - made.values[top] + changed[top])
        percent = self.measure.by_percent and made.maximum > 0
        first = settle(total * 100 / made.maximum) if percent else total
        return (first, *(settle(changed.get(code, made.values[code])) for code in self.measure.codes))

    def _capped(self, row: Criterion, changed: Mapping[str, Decimal]) -> Decimal:
        values = self.entrant.evaluation.values
        total = sum((changed.get(part.code, values[part.code]) for part in self.entrant.table.parts(row.code)), _ZERO)
        lowest, highest = row.bounds
        total = total if lowest is None else max(lowest, total)
        return total if highest is None else min(highest, total)

    def _adjusted(self, row: Criterion, changed: Mapping[str, Decimal]) -> Decimal:
        values = self.entrant.evaluation.values
        rows = [changed.get(child.code, values[child.code]) for child in self.entrant.table.adjustments(row.code)]
        bonus, penalty = sum((max(_ZERO, v) for v in rows), _ZERO), sum((min(_ZERO, v) for v in rows), _ZERO)
        return bounded_adjustment(row, bonus, penalty)


def _climb(table: CriteriaTable, row: Criterion) -> Iterator[Criterion]:
    while True:
        yield row
        if row.parent == ROOT:
            return
        row = table.by_code[row.parent]


@dataclass(frozen=True, slots=True)
class _Try:
    """One row of one unit moved up (`way` 1) or down (-1) until the unit's key passes `rival`; `bound`: how far in any step, None
    where only a few values can be had."""

    path: _Path
    code: str
    guess: Decimal
    bound: Decimal | None
    way: int
    rival: Key

    def exact(self) -> Swing | None:
        """The swing by the rules themselves, which carry more digits than the guess; None where it does not hold."""
        at, step, steps = self.guess, self.way * STEP, self.bound is not None
        if steps and (at - step - self.path.own) * self.way > 0 and self._passes(self._key(at - step)):
            at -= step
        if not self._passes(self._key(at)):
            at += step
            if not steps or not self._passes(self._key(at)):
                return None
        equal = steps and self._key(at - step) == self.rival
        return Swing(self.path.entrant.evaluation.unit, self.code, self.path.own, at, at - step if equal else None, self.bound)

    def _passes(self, key: Key) -> bool:
        return passes(key, self.rival, self.way)

    def _key(self, points: Decimal) -> Key:
        entrant = self.path.entrant
        lines = {line.code: line for line in entrant.lines}
        lines[self.code] = replace(lines.get(self.code) or ScoreLine(code=self.code), points=points)
        return self.path.measure.of(evaluate_unit(entrant.table, list(lines.values()), best_excess=entrant.best_excess))


def passes(key: Key, rival: Key, way: int) -> bool:
    """Does a key lie beyond the rival's: above it going up, below it going down?"""
    return key > rival if way > 0 else key < rival


def _tries(entrant: Entrant, rival: Key, way: int, measure: _Measure) -> Iterator[_Try]:
    for row, own, least, most in _movable(entrant):
        path = _Path(entrant, row, own, measure)
        options = _options(row, own, least, most)
        if options is not None:
            reach = sorted((option for option in options if (option - own) * way > 0), key=lambda option: abs(option - own))
            guess = next((option for option in reach if passes(path.key(option), rival, way)), None)
        else:
            guess = _halved(path, least, most, way, rival)
        if guess is not None:
            bound = None if options is not None else most if way > 0 else least
            yield _Try(path, row.code, guess, bound, way, rival)


def _halved(path: _Path, least: Decimal, most: Decimal, way: int, rival: Key) -> Decimal | None:
    """The first step on the way from the row's own points to its bound at which the key passes the rival's."""
    rounding = ROUND_FLOOR if way > 0 else ROUND_CEILING
    start = int((path.own / STEP).to_integral_value(rounding))
    end = int(((most if way > 0 else least) / STEP).to_integral_value(rounding))
    if (end - start) * way <= 0 or not passes(path.key(end * STEP), rival, way):
        return None
    while abs(end - start) > 1:
        middle = (start + end) // 2
        start, end = (start, middle) if passes(path.key(middle * STEP), rival, way) else (middle, end)
    return end * STEP


def _movable(entrant: Entrant) -> Iterator[tuple[Criterion, Decimal, Decimal, Decimal]]:
    """Rows whose own points count, or would count if they were given: with those points and the bounds of the table."""
    table, made = entrant.table, entrant.evaluation
    limits = rooms(table)
    unassigned = {row.code for code in made.unassigned for row in table.subtree(code)}
    sums = {code for code, reasons in made.reasons.items() if any(reason.code == "scoring.sum_of_parts" for reason in reasons)}
    for row in table.criteria:
        if row.is_gate or row.is_band or row.code in unassigned or not _counts(row, table, sums):
            continue
        adjustments = _Path(entrant, row, _ZERO, _Measure(False, ()))._adjusted(row, {}) if table.adjustments(row.code) else _ZERO
        own = made.values[row.code] - adjustments
        least, most = row.bounds if row.is_adjustment else allowed(row, limits[row.code])
        least, most = _method_bounds(row, least, most)
        yield row, own, min(own, least), max(own, most)


def _counts(row: Criterion, table: CriteriaTable, sums: set[str]) -> bool:
    """Neither is the row itself a sum of its parts, nor do points granted at a heading above stand in its place."""
    if table.parts(row.code) and (row.code in sums or not row.is_additive):
        return False
    while row.parent != ROOT:
        parent = table.by_code[row.parent]
        if row in table.parts(parent.code) and parent.code not in sums:
            return False
        row = parent
    return True


def _method_bounds(row: Criterion, least: Decimal | None, most: Decimal | None) -> tuple[Decimal, Decimal]:
    """The bounds of granted points, widened to what the row's method can give."""
    if row.method is Method.PROPORTIONAL and row.over_rate and most is not None:
        most = None if row.over_cap is None else most + row.over_cap
    if row.method is Method.WEIGHTED or most is None:
        most = _FURTHEST
    if row.method is Method.LATENESS and row.floor is not None:
        least = min(row.floor, least or _ZERO)
    return -_FURTHEST if least is None else least, most


def _options(row: Criterion, own: Decimal, least: Decimal, most: Decimal) -> list[Decimal] | None:
    """The values the row can have by its method, where they are few; None where any figure can be given."""
    top = row.max_points or _ZERO
    match row.method:
        case Method.PASS_FAIL:
            return [_ZERO, top]
        case Method.GRADE:
            return [top * fraction for _, fraction in row.grades]
        case Method.POOL:
            return [_ZERO, *row.pool]
        case Method.PER_CASE if row.per_case:
            return _multiples(_ZERO, row.per_case, least, most)
        case Method.LATENESS if row.per_case:
            return _multiples(top, -row.per_case, least, most)
        case _:
            return None


def _multiples(start: Decimal, each: Decimal, least: Decimal, most: Decimal) -> list[Decimal]:
    """What whole cases (or days late) come to, until a bound is reached."""
    found = [start]
    while len(found) < _MOST_OPTIONS and least < found[-1] + each < most:
        found.append(found[-1] + each)
    return [*found, max(least, min(most, found[-1] + each))]
