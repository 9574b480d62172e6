"""The value of one row: the eleven methods of commands.md, each an exact function of Decimals (m is the row's max_points).

A quotient that does not end keeps 28 digits; thidua.kernel.points says how values are settled before they are compared.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal

from thidua.criteria.rules import Criterion, Method
from thidua.kernel.errors import Refused
from thidua.scoring.rules.lines import ScoreLine

_ZERO = Decimal(0)
_HUNDRED = Decimal(100)


def proportional(
    actual: Decimal, target: Decimal, maximum: Decimal, over_rate: Decimal | None = None, over_cap: Decimal | None = None
) -> Decimal:
    """min(1, actual ÷ target)·m; above target `over_rate` points per 1 % over, at most `over_cap` (None: no bound stated).

    A negative result (a loss) gives 0. Refuses a target that is not positive.
    """
    _require_positive_target(target)
    if actual < target:
        return max(_ZERO, maximum * actual / target)
    bonus = (over_rate or _ZERO) * (actual - target) * _HUNDRED / target
    return maximum + (bonus if over_cap is None else min(bonus, over_cap))


def inverse(actual: Decimal, target: Decimal, maximum: Decimal) -> Decimal:
    """min(1, target ÷ actual)·m, for indicators to be lowered; nothing left to lower (actual 0) gives m.

    Refuses negative figures, of which no share can be made.
    """
    if actual < 0 or target < 0:
        raise Refused("scoring.negative_figure", actual=actual, target=target)
    return maximum if actual <= target else maximum * target / actual


def excess_over_target(actual: Decimal, target: Decimal) -> Decimal:
    """How far a result lies above its target, as a share of the target (0: not above). Refuses a target that is not positive."""
    _require_positive_target(target)
    return max(_ZERO, (actual - target) / target)


def relative_to_leader(actual: Decimal, target: Decimal, maximum: Decimal, best_excess: Decimal) -> Decimal:
    """Below target ½·m·(actual ÷ target); at target ½·m; above ½·m + ½·m·(own excess ÷ best excess); the best gets m.

    m 5, target 10: 8 → 2, 10 → 2.5, 15 → 3.75, 20 (best) → 5. The excess is a share of the own target, since the targets of units
    differ; `best_excess` is the greatest of the cluster (`excess_over_target`). Where nobody is above target, ½·m is the most.
    """
    _require_positive_target(target)
    half = maximum / 2
    if actual <= target:
        return max(_ZERO, half * actual / target)
    own = excess_over_target(actual, target)
    return half + half * (own / max(own, best_excess))


def per_case(count: Decimal, points_per_case: Decimal, lowest: Decimal | None, highest: Decimal | None) -> Decimal:
    """count × points per case, between the bounds of the row (None: no bound)."""
    points = count * points_per_case
    if lowest is not None:
        points = max(lowest, points)
    return points if highest is None else min(highest, points)


def grade(letter: str, maximum: Decimal, fractions: Mapping[str, Decimal]) -> Decimal:
    """The fraction of m that the letter stands for. Refuses a letter the table does not know."""
    fraction = fractions.get(letter.strip().upper())
    if fraction is None:
        raise Refused("scoring.unknown_grade", grade=letter, known=", ".join(fractions))
    return maximum * fraction


def lateness(days_late: Decimal, points_per_day: Decimal, maximum: Decimal, floor: Decimal | None = None) -> Decimal:
    """max(floor, m − points per day × days late); early is not late; the floor is 0 where none is stated."""
    return max(floor or _ZERO, maximum - points_per_day * max(_ZERO, days_late))


def pool(rank: Decimal, figures: tuple[Decimal, ...]) -> Decimal:
    """The points for a rank (1 is best) in an outside contest; 0 behind the last figure. Refuses what is no rank."""
    if rank != rank.to_integral_value() or rank < 1:
        raise Refused("scoring.not_a_rank", figure=rank)
    return figures[int(rank) - 1] if rank <= len(figures) else _ZERO


def value_of(criterion: Criterion, line: ScoreLine, best_excess: Decimal = _ZERO) -> Decimal | None:
    """The row's value by its method, None where the figures the method needs are not filled in.

    Granted points are not looked at, except by `award`, whose value they are; `bands` is decided by the rows below, never here.
    Refuses as the formulas above do; the code and facts then say what is wrong with the figures.
    """
    formula = _FORMULAS.get(criterion.method)
    return formula(criterion, line, best_excess) if formula else None


def _maximum(row: Criterion) -> Decimal:
    return row.max_points or _ZERO


def _award(row: Criterion, line: ScoreLine, best_excess: Decimal) -> Decimal | None:
    return line.points


def _proportional(row: Criterion, line: ScoreLine, best_excess: Decimal) -> Decimal | None:
    if line.actual is None or line.target is None:
        return None
    return proportional(line.actual, line.target, _maximum(row), row.over_rate, row.over_cap)


def _inverse(row: Criterion, line: ScoreLine, best_excess: Decimal) -> Decimal | None:
    return None if line.actual is None or line.target is None else inverse(line.actual, line.target, _maximum(row))


def _relative_to_leader(row: Criterion, line: ScoreLine, best_excess: Decimal) -> Decimal | None:
    if line.actual is None or line.target is None:
        return None
    return relative_to_leader(line.actual, line.target, _maximum(row), best_excess)


def _per_case(row: Criterion, line: ScoreLine, best_excess: Decimal) -> Decimal | None:
    return None if line.count is None or row.per_case is None else per_case(line.count, row.per_case, *row.bounds)


def _pass_fail(row: Criterion, line: ScoreLine, best_excess: Decimal) -> Decimal | None:
    return None if line.passed is None else _maximum(row) if line.passed else _ZERO


def _grade(row: Criterion, line: ScoreLine, best_excess: Decimal) -> Decimal | None:
    return grade(line.grade, _maximum(row), dict(row.grades)) if line.grade else None


def _lateness(row: Criterion, line: ScoreLine, best_excess: Decimal) -> Decimal | None:
    if line.days_late is None or row.per_case is None:
        return None
    return lateness(line.days_late, row.per_case, _maximum(row), row.floor)


def _pool(row: Criterion, line: ScoreLine, best_excess: Decimal) -> Decimal | None:
    rank = line.count if line.actual is None else line.actual
    return None if rank is None else pool(rank, row.pool)


def _weighted(row: Criterion, line: ScoreLine, best_excess: Decimal) -> Decimal | None:
    """max_points is a weight: weight × actual, no ceiling."""
    return None if line.actual is None else _maximum(row) * line.actual


def _require_positive_target(target: Decimal) -> None:
    if target <= 0:
        raise Refused("scoring.target_not_positive", target=target)


_FORMULAS: dict[Method, Callable[[Criterion, ScoreLine, Decimal], Decimal | None]] = {
    Method.AWARD: _award,
    Method.PROPORTIONAL: _proportional,
    Method.INVERSE: _inverse,
    Method.RELATIVE_TO_LEADER: _relative_to_leader,
    Method.PER_CASE: _per_case,
    Method.PASS_FAIL: _pass_fail,
    Method.GRADE: _grade,
    Method.LATENESS: _lateness,
    Method.POOL: _pool,
    Method.WEIGHTED: _weighted,
}
