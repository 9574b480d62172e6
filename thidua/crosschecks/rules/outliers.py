"""Who marks far from the others, criteria that decide nothing, units whose self-score was cut most. Signs to look at, no guilt.

Values are compared as shares of a row's maximum, so that a point of 5 weighs more than a point of 50.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Generic, TypeVar

from thidua.crosschecks.rules.aggregation import mean

FEWEST_LINES = 5
"""Lines shared with other checkers below which nothing is said of a checker."""
FAR = Decimal("0.1")
"""A tenth of the maximum away from the others, on average, is far."""

Checker = TypeVar("Checker", bound=Hashable)
_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Marked(Generic[Checker]):
    """One mark as this module reads it: `line` names unit and criterion, `maximum` the points the row stands for."""

    checker: Checker
    line: tuple[Hashable, str]
    value: Decimal
    maximum: Decimal


@dataclass(frozen=True, slots=True)
class Distance(Generic[Checker]):
    """How a checker stands to the others, on the `lines` that others marked too. `bias` is the mean difference in points,
    `share` the same as a share of the maximum, `apart` on how many lines they differ."""

    checker: Checker
    lines: int
    apart: int
    bias: Decimal
    share: Decimal

    @property
    def is_far(self) -> bool:
        """Whether the checker is, on enough lines, a tenth of the maximum or more away from the others."""
        return self.lines >= FEWEST_LINES and abs(self.share) >= FAR


def distances(marks: Iterable[Marked[Checker]]) -> tuple[Distance[Checker], ...]:
    """Each checker against the mean of the others on the same lines, farthest first. Checkers who share no line are left out."""
    by_line: dict[tuple[Hashable, str], list[Marked[Checker]]] = {}
    for mark in marks:
        by_line.setdefault(mark.line, []).append(mark)
    differences: dict[Checker, list[tuple[Decimal, Decimal]]] = {}
    for group in by_line.values():
        if len(group) < 2:
            continue
        for mark in group:
            others = mean([other.value for other in group if other is not mark]) or _ZERO
            differences.setdefault(mark.checker, []).append((mark.value - others, mark.maximum))
    found = [_distance(checker, pairs) for checker, pairs in differences.items()]
    return tuple(sorted(found, key=lambda one: (-abs(one.share), -one.lines)))


def _distance(checker: Checker, pairs: Sequence[tuple[Decimal, Decimal]]) -> Distance[Checker]:
    shares = [difference / maximum for difference, maximum in pairs if maximum > 0]
    return Distance(
        checker,
        len(pairs),
        sum(difference != 0 for difference, _ in pairs),
        mean([difference for difference, _ in pairs]) or _ZERO,
        mean(shares) or _ZERO,
    )


def undeciding(values: Mapping[str, Sequence[Decimal]], maxima: Mapping[str, Decimal]) -> tuple[str, ...]:
    """Codes of criteria at which every unit has the maximum: they decide nothing between units. At least two units, and a
    maximum above zero, in the order given."""
    return tuple(
        code
        for code, got in values.items()
        if len(got) > 1 and maxima.get(code, _ZERO) > 0 and all(value >= maxima[code] for value in got)
    )


@dataclass(frozen=True, slots=True)
class Cut(Generic[Checker]):
    """How much of a unit's self-score the marks take away (`points` below zero) or add, on how many lines."""

    unit: Checker
    points: Decimal
    lines: int
    share: Decimal | None
    """Of the self-score, as a fraction; None of nothing."""


def cuts(claimed: Mapping[Checker, Decimal], found: Mapping[Checker, Sequence[Decimal]]) -> tuple[Cut[Checker], ...]:
    """Units by what is taken from their self-score, most first. `found` are the differences (value less claim) of the lines."""
    rows = []
    for unit, total in claimed.items():
        changes = [change for change in found.get(unit, ()) if change]
        points = sum(changes, _ZERO)
        rows.append(Cut(unit, points, len(changes), points / total if total > 0 else None))
    return tuple(sorted(rows, key=lambda row: (row.points, -row.lines)))
