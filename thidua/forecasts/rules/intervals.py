"""Intervals side by side: who expects a number to lie where, what the middle of all expects, and where it came to lie.

Places are whole numbers in a box as wide as WIDTH; a template draws them. One row a forecaster, by the middle of the interval.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal

from thidua.forecasts.rules.movements import Tick

WIDTH = 640
LEFT, RIGHT = 200, 30
TOP, ROW, FOOT = 34, 28, 36
MOST_NAME = 19
"""Letters of a name that have room beside its row."""
_MOST_TICKS = 5


@dataclass(frozen=True, slots=True)
class Interval:
    """What somebody expects. `number`: its colour, 0 the common one."""

    name: str
    low: Decimal
    high: Decimal
    number: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the picture: from `start` to `end`, at `y`; `short` is as much of the name as has room."""

    name: str
    short: str
    number: int
    y: int
    start: int
    end: int

    @property
    def middle(self) -> int:
        """Halfway between the ends."""
        return (self.start + self.end) // 2


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is drawn. `outcome`: where the number came to lie, with its words; None before that is known."""

    rows: tuple[Row, ...]
    ticks: tuple[Tick, ...]
    outcome: Tick | None
    height: int
    bottom: int
    width: int = WIDTH
    left: int = LEFT
    right: int = WIDTH - RIGHT
    top: int = TOP


def sheet_of(
    intervals: Iterable[Interval], median: Interval, outcome: Decimal | None, write: Callable[[Decimal], str], words: str = ""
) -> Sheet:
    """The picture: everyone's interval by its middle, then the median's. `write`: how a value at the axis reads; `words`: how the
    outcome does."""
    ordered = [*sorted(intervals, key=lambda each: (each.low + each.high, each.low, each.name)), median]
    values = [value for each in ordered for value in (each.low, each.high)] + ([] if outcome is None else [outcome])
    ticks = round_values(min(values), max(values))
    low, high = min(*values, ticks[0]), max(*values, ticks[-1])

    def x(value: Decimal) -> int:
        return LEFT + round((WIDTH - LEFT - RIGHT) * (value - low) / (high - low))

    rows = tuple(
        Row(each.name, _short(each.name), each.number, TOP + ROW * place + ROW // 2, x(each.low), x(each.high))
        for place, each in enumerate(ordered)
    )
    bottom = TOP + ROW * len(rows)
    shown = None if outcome is None else Tick(x(outcome), words)
    return Sheet(rows, tuple(Tick(x(value), write(value)) for value in ticks), shown, bottom + FOOT, bottom)


def round_values(low: Decimal, high: Decimal) -> list[Decimal]:
    """Two to six round values, a step of 1, 2 or 5 apart (times ten to some power), the first not above `low`, the last not below
    `high`."""
    span = high - low or max(abs(high), Decimal(1))
    step = Decimal(10) ** (span.adjusted() - 1)
    for factor in (1, 2, 5, 10, 20, 50, 100):
        first = (low / (step * factor)).to_integral_value("ROUND_FLOOR")
        last = (high / (step * factor)).to_integral_value("ROUND_CEILING")
        if last - first <= _MOST_TICKS:
            break
    last = max(last, first + 1)
    return [step * factor * place for place in range(int(first), int(last) + 1)]


def _short(name: str) -> str:
    return name if len(name) <= MOST_NAME else name[: MOST_NAME - 1].rstrip(" ,") + "…"
