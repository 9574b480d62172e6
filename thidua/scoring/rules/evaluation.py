"""A criteria table filled in by units: the value of every row, the maximum assigned, warnings, and the reasons of each number.

The tree rule (commands.md): a row's value is the sum of its additive children, or its own points where none of them (at any
depth) is scored, plus its bonus and penalty children within their caps.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from thidua.criteria.rules import ROOT, CriteriaTable, Criterion, Method
from thidua.kernel.errors import Refused
from thidua.kernel.points import settle
from thidua.scoring.rules.bounds import Room, allowed, bounded_adjustment, rooms
from thidua.scoring.rules.lines import ScoreLine
from thidua.scoring.rules.methods import excess_over_target, value_of
from thidua.scoring.rules.reasons import Reason

_ZERO = Decimal(0)
_HUNDRED = Decimal(100)
_FIGURES = ("actual", "target", "count", "grade", "days_late", "passed")


@dataclass(frozen=True, slots=True)
class Evaluation:
    """One unit's points. All figures are settled at nine decimals (see thidua.kernel.points), all maps go by criterion code.

    `maxima` and `maximum` leave out what was not assigned to the unit; `percent` is total ÷ maximum · 100, None without one.
    `unassigned` and `failed_gates` are codes, `warnings` what a checker should look at; every code has its `reasons`.
    """

    unit: str
    values: Mapping[str, Decimal]
    maxima: Mapping[str, Decimal]
    total: Decimal
    maximum: Decimal
    percent: Decimal | None
    unassigned: tuple[str, ...]
    failed_gates: tuple[str, ...]
    warnings: tuple[Reason, ...]
    reasons: Mapping[str, tuple[Reason, ...]]


def evaluate(table: CriteriaTable, lines: Iterable[ScoreLine]) -> tuple[Evaluation, ...]:
    """Every unit of a cluster, in the order of its first line. Refusals as in `evaluate_unit`."""
    by_unit: dict[str, list[ScoreLine]] = {}
    for line in lines:
        by_unit.setdefault(line.unit, []).append(line)
    best = best_excesses(table, [line for group in by_unit.values() for line in group])
    frame, limits = table.frame(), rooms(table)
    return tuple(_Sheet(table, group, best, limits).evaluation(unit, frame) for unit, group in by_unit.items())


def evaluate_unit(
    table: CriteriaTable, lines: Sequence[ScoreLine], *, best_excess: Mapping[str, Decimal] | None = None
) -> Evaluation:
    """One unit alone. `best_excess` is that of its cluster (`best_excesses`); without it the unit is its own leader.

    Refuses `scoring.unknown_code` and `scoring.duplicate_line`. Figures a method cannot use are no refusal: the row counts as not
    scored and a warning says why, so that a sheet in progress can always be shown.
    """
    best = best_excesses(table, lines) if best_excess is None else best_excess
    unit = lines[0].unit if lines else ""
    return _Sheet(table, lines, best, rooms(table)).evaluation(unit, table.frame())


def best_excesses(table: CriteriaTable, lines: Iterable[ScoreLine]) -> dict[str, Decimal]:
    """For each row scored relative to the leader, the greatest share by which a unit of the cluster lies above its target."""
    best: dict[str, Decimal] = {}
    for line in lines:
        row = table.by_code.get(line.code)
        relative = row is not None and row.method is Method.RELATIVE_TO_LEADER and line.assigned
        if relative and line.actual is not None and line.target is not None and line.target > 0:
            best[line.code] = max(best.get(line.code, _ZERO), excess_over_target(line.actual, line.target))
    return best


class _Sheet:
    """One unit's sheet while it is added up, from the leaves to the roots."""

    def __init__(
        self, table: CriteriaTable, lines: Iterable[ScoreLine], best: Mapping[str, Decimal], limits: Mapping[str, Room]
    ) -> None:
        self.table, self.best, self.limits = table, best, limits
        self.lines = _by_code(table, lines)
        self.values: dict[str, Decimal] = {}
        self.scored: set[str] = set()
        self.failed: list[str] = []
        self.warnings: list[Reason] = []
        self.reasons: dict[str, list[Reason]] = {row.code: [] for row in table.criteria}
        self.topmost, self.unassigned = _unassigned(table, self.lines)
        for row in table.bottom_up:
            self.values[row.code] = self._value(row)

    def evaluation(self, unit: str, frame: Mapping[str, Decimal]) -> Evaluation:
        """The finished sheet, settled."""
        table = self.table
        total = settle(self._sum(table.parts(ROOT)) + self._sum(table.adjustments(ROOT)))
        maxima = _maxima(table, frame, self.unassigned)
        maximum = settle(sum((maxima[root.code] for root in table.parts(ROOT)), _ZERO))
        order = {row.code: index for index, row in enumerate(table.criteria)}
        return Evaluation(
            unit=unit,
            values={row.code: settle(self.values[row.code]) for row in table.criteria},
            maxima={row.code: settle(maxima[row.code]) for row in table.criteria},
            total=total,
            maximum=maximum,
            percent=settle(total * _HUNDRED / maximum) if maximum > 0 else None,
            unassigned=self.topmost,
            failed_gates=tuple(sorted(self.failed, key=order.__getitem__)),
            warnings=tuple(sorted(self.warnings, key=lambda warning: order[warning.item])),
            reasons={code: tuple(reasons) for code, reasons in self.reasons.items()},
        )

    def _value(self, row: Criterion) -> Decimal:
        line = self.lines.get(row.code)
        if row.code in self.unassigned:
            self._explain(row, "scoring.unassigned")
            if line and line.has_figures:
                self._warn(row, "scoring.unassigned_figures")
            return _ZERO
        if row.is_gate:
            return self._gate(row, line)
        if row.is_band:
            return self._band(row, line)
        own = self._own(row, line)
        base = self._base(row, own)
        adjusted = base + self._adjustment(row)
        if line and line.points is not None:
            self._check_granted(row, line.points, base, adjusted)
        return adjusted

    def _gate(self, row: Criterion, line: ScoreLine | None) -> Decimal:
        """A gate fails when it is said not to pass, or when what it excludes has occurred."""
        happened = line is not None and (line.count or _ZERO) > 0
        fails = line is not None and (line.passed is False or (line.passed is None and happened))
        if fails:
            self.failed.append(row.code)
        self._explain(row, "scoring.gate_failed" if fails else "scoring.gate_holds")
        if line and line.points is not None:
            self._warn(row, "scoring.gate_points", points=line.points)
        return _ZERO

    def _band(self, row: Criterion, line: ScoreLine | None) -> Decimal:
        """An alternative: chosen by passed, count or points of its own line, or by its code as the grade of its parent."""
        parent = self.lines.get(row.parent)
        chosen = parent is not None and parent.grade == row.code
        if line is not None and not chosen:
            chosen = bool(line.passed) or (line.count or _ZERO) > 0 or bool(line.points)
        if not chosen:
            self._explain(row, "scoring.band_not_chosen")
            return _ZERO
        self.scored.add(row.code)
        points = line.points if line and line.points is not None else row.max_points or _ZERO
        self._explain(row, "scoring.band_chosen", points=points)
        if row.max_points is not None and points > row.max_points:
            self._warn(row, "scoring.above_allowed", points=points, allowed=row.max_points)
        return points

    def _own(self, row: Criterion, line: ScoreLine | None) -> Decimal | None:
        """The row's own points: granted by hand first, then by its method; None where there are none."""
        if line is not None and line.points is not None:
            return line.points
        if row.method is Method.BANDS:
            return self._chosen_band(row)
        if line is None or self.table.parts(row.code):
            return None
        try:
            value = value_of(row, line, self.best.get(row.code, _ZERO))
        except Refused as refusal:
            self._warn(row, refusal.code, **refusal.facts)
            return None
        if value is None and line.has_figures:
            self._warn(row, "scoring.figures_not_enough", method=row.method)
        return value

    def _chosen_band(self, row: Criterion) -> Decimal | None:
        chosen = [band for band in self.table.bands(row.code) if band.code in self.scored]
        if len(chosen) > 1:
            self._warn(row, "scoring.several_bands", chosen=", ".join(band.code for band in chosen))
        return min((self.values[band.code] for band in chosen), key=abs, default=None)

    def _base(self, row: Criterion, own: Decimal | None) -> Decimal:
        """The sum of the parts where any is scored, or else the row's own points; a bonus or penalty heading keeps its cap."""
        parts = self.table.parts(row.code)
        parts_scored = any(part.code in self.scored for part in parts)
        if parts_scored or own is not None:
            self.scored.add(row.code)
        if own is not None and not parts_scored:
            self._explain_own(row, own)
            return own
        if not parts:
            self._explain(row, "scoring.not_scored")
            return _ZERO
        total = self._sum(parts)
        shown = tuple((part.code, settle(self.values[part.code])) for part in parts)
        self._explain(row, "scoring.sum_of_parts", parts=shown, sum=total)
        return self._within_cap(row, total) if row.is_adjustment else total

    def _within_cap(self, row: Criterion, total: Decimal) -> Decimal:
        lowest, highest = row.bounds
        bounded = total if lowest is None else max(lowest, total)
        bounded = bounded if highest is None else min(highest, bounded)
        if bounded != total:
            self._explain(row, "scoring.capped", sum=total, bounded=bounded)
        return bounded

    def _adjustment(self, row: Criterion) -> Decimal:
        """What the bonus and penalty children add to the row, within its caps."""
        rows = self.table.adjustments(row.code)
        if not rows:
            return _ZERO
        bonus = sum((max(_ZERO, self.values[child.code]) for child in rows), _ZERO)
        penalty = sum((min(_ZERO, self.values[child.code]) for child in rows), _ZERO)
        bounded = bounded_adjustment(row, bonus, penalty)
        if bonus or penalty:
            self._explain(row, "scoring.adjusted", bonus=bonus, penalty=penalty, sum=bonus + penalty)
            if row.code not in self.scored and row.is_additive:
                self._warn(row, "scoring.adjusted_without_points")
        if bounded != bonus + penalty:
            self._explain(row, "scoring.capped", sum=bonus + penalty, bounded=bounded)
        return bounded

    def _check_granted(self, row: Criterion, points: Decimal, base: Decimal, adjusted: Decimal) -> None:
        """Granted points are computed as granted; what the table does not allow, or the parts contradict, is a warning."""
        if any(part.code in self.scored for part in self.table.parts(row.code)):
            if points not in (settle(base), settle(adjusted)):
                self._warn(row, "scoring.heading_differs", points=points, sum=adjusted)
            return
        room = Room() if adjusted != base else self.limits[row.code]
        least, most = allowed(row, room)
        if most is not None and points > most:
            self._warn(row, "scoring.above_allowed", points=points, allowed=most)
        if least is not None and points < least:
            self._warn(row, "scoring.below_allowed", points=points, allowed=least)

    def _explain_own(self, row: Criterion, own: Decimal) -> None:
        line = self.lines.get(row.code)
        if line is not None and line.points is not None:
            self._explain(row, "scoring.granted", points=own)
            return
        filled = {name: figure for name in _FIGURES if (figure := getattr(line, name, None)) not in (None, "")}
        best = {"best_excess": self.best[row.code]} if row.code in self.best else {}
        self._explain(row, f"scoring.by_{row.method}", points=own, **filled, **best)

    def _explain(self, row: Criterion, code: str, **facts: object) -> None:
        maximum = {} if row.max_points is None else {"maximum": row.max_points}
        self.reasons[row.code].append(_reason(code, row, {**maximum, **facts}))

    def _warn(self, row: Criterion, code: str, **facts: object) -> None:
        self.warnings.append(_reason(code, row, facts))

    def _sum(self, rows: Iterable[Criterion]) -> Decimal:
        return sum((self.values[row.code] for row in rows), _ZERO)


def _reason(code: str, row: Criterion, facts: Mapping[str, object]) -> Reason:
    return Reason(code, row.code, {name: settle(fact) if isinstance(fact, Decimal) else fact for name, fact in facts.items()})


def _by_code(table: CriteriaTable, lines: Iterable[ScoreLine]) -> dict[str, ScoreLine]:
    found: dict[str, ScoreLine] = {}
    for line in lines:
        if line.code not in table.by_code:
            raise Refused("scoring.unknown_code", item=line.code)
        if line.code in found:
            raise Refused("scoring.duplicate_line", item=line.code, unit=line.unit)
        found[line.code] = line
    return found


def _unassigned(table: CriteriaTable, lines: Mapping[str, ScoreLine]) -> tuple[tuple[str, ...], set[str]]:
    """The codes that were not assigned (topmost only, in the order of the table), and all rows below them too."""
    below: set[str] = set()
    topmost: set[str] = set()
    for row in table.top_down:
        if row.parent in below:
            below.add(row.code)
        elif row.code in lines and not lines[row.code].assigned:
            below.add(row.code)
            topmost.add(row.code)
    return tuple(row.code for row in table.criteria if row.code in topmost), below


def _maxima(table: CriteriaTable, frame: Mapping[str, Decimal], unassigned: set[str]) -> dict[str, Decimal]:
    """What each row stands for, less what was not assigned below it."""
    lost: dict[str, Decimal] = {}
    for row in table.bottom_up:
        below = sum((lost[part.code] for part in table.parts(row.code)), _ZERO) if row.is_additive else _ZERO
        lost[row.code] = frame[row.code] if row.code in unassigned else min(below, frame[row.code])
    return {code: stands_for - lost[code] for code, stands_for in frame.items()}
