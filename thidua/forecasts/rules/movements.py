"""How chances moved: what the middle of the forecasters expected at each moment, and the places of the lines that show it.

Places are whole numbers in a box WIDTH × HEIGHT; a template draws them.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from thidua.forecasts.rules.group import median_choices, median_interval

WIDTH, HEIGHT = 640, 260
LEFT, RIGHT, TOP, BOTTOM = 64, 30, 16, 36
MOST_LINES = 6
"""Lines with a colour of their own."""
_SHORTEST = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Move:
    """Somebody's chances from a moment on, by choice."""

    at: datetime
    who: object
    values: tuple[Decimal, ...]


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark at an axis."""

    at: int
    label: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line in steps. `number` 1, 2, … is its colour, 0 a thin one among others."""

    number: int
    name: str
    path: str


@dataclass(frozen=True, slots=True)
class Picture:
    """What is drawn."""

    lines: tuple[Line, ...]
    y_ticks: tuple[Tick, ...]
    x_ticks: tuple[Tick, ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    bottom: int = HEIGHT - BOTTOM

    @property
    def has_others(self) -> bool:
        """Whether thin lines are among them."""
        return any(not line.number for line in self.lines)


def middle(rows: Sequence[Sequence[Decimal]], *, is_chance: bool) -> tuple[Decimal, ...]:
    """What the middle of the forecasters expects (`rules.group`), at six decimals; empty for no rows."""
    if not rows:
        return ()
    floats = [[float(value) for value in row] for row in rows]
    found = median_choices(floats) if is_chance else median_interval([(low, high) for low, high in floats])
    return tuple(Decimal(f"{value:.6f}") for value in found)


def middles(moves: Iterable[Move]) -> list[Move]:
    """What the middle expected after each move; `who` is None."""
    standing: dict[object, tuple[Decimal, ...]] = {}
    found = []
    for move in moves:
        standing[move.who] = move.values
        found.append(Move(move.at, None, middle(list(standing.values()), is_chance=True)))
    return found


def picture(
    moves: Sequence[Move], *, starts_at: datetime, ends_at: datetime, own: Mapping[object, str], choices: Sequence[str],
    median_name: str, write: Callable[[Decimal], str], write_day: Callable[[datetime, bool], str],
) -> Picture | None:  # fmt: skip
    """The picture; None without moves. `own`: names of the reader's forecasters, which get colours. `write_day`: a moment at the
    axis, with its hour when told.

    Two choices: the chance of the first, everyone as a thin line. More: the medians of the (at most six) choices that ended
    highest.
    """
    if not moves:
        return None
    axis = _Axis.over(moves, starts_at, ends_at)
    middle_moves = middles(moves)
    if len(choices) > 2:
        last = middle_moves[-1].values
        highest = sorted(range(len(choices)), key=lambda place: (-last[place], place))[:MOST_LINES]
        lines = [Line(n, choices[place], axis.path(middle_moves, place)) for n, place in enumerate(highest, 1)]
    else:
        lines = _by_forecaster(moves, middle_moves, own, axis, median_name)
    return Picture(tuple(lines), axis.y_ticks(write), axis.x_ticks(write_day))


def _by_forecaster(
    moves: Sequence[Move], middle_moves: Sequence[Move], own: Mapping[object, str], axis: "_Axis", name: str
) -> list[Line]:
    by_who: dict[object, list[Move]] = {}
    for move in moves:
        by_who.setdefault(move.who, []).append(move)
    thin = [Line(0, "", axis.path(rows)) for who, rows in by_who.items() if who not in own]
    mine = [
        Line(min(number, MOST_LINES), own[who], axis.path(by_who[who]))
        for number, who in enumerate([who for who in own if who in by_who], 2)
    ]
    return [*thin, *mine, Line(1, name, axis.path(middle_moves))]


@dataclass(frozen=True, slots=True)
class _Axis:
    """From a moment and a chance to a place in the box."""

    starts_at: datetime
    ends_at: datetime

    @classmethod
    def over(cls, moves: Sequence[Move], starts_at: datetime, ends_at: datetime) -> "_Axis":
        """From a little before the first forecast (but not before the opening) to the end: when all came on one of the last
        days, the weeks before it say nothing. An hour at least."""
        first = moves[0].at
        last = max(ends_at, moves[-1].at, first + _SHORTEST)
        return cls(min(first, max(starts_at, first - (last - first) / 12)), last)

    def x(self, at: datetime) -> int:
        """How far right a moment stands."""
        return LEFT + round((WIDTH - LEFT - RIGHT) * ((at - self.starts_at) / (self.ends_at - self.starts_at)))

    @staticmethod
    def y(value: Decimal) -> int:
        """How far down a chance stands."""
        return TOP + round((HEIGHT - TOP - BOTTOM) * (1 - value))

    def path(self, moves: Sequence[Move], place: int = 0) -> str:
        """A line in steps, of the chances of a choice: each value until the next, the last until the end."""
        points: list[tuple[int, int]] = []
        for move in moves:
            x, y = self.x(move.at), self.y(move.values[place])
            if points:
                points.append((x, points[-1][1]))
            points.append((x, y))
        points.append((self.x(self.ends_at), points[-1][1]))
        return " ".join(f"{x},{y}" for x, y in points)

    def y_ticks(self, write: Callable[[Decimal], str]) -> tuple[Tick, ...]:
        """Five values from the foot to the top."""
        values = [Decimal(part) / 4 for part in range(5)]
        return tuple(Tick(self.y(value), write(value)) for value in values)

    def x_ticks(self, write: Callable[[datetime, bool], str]) -> tuple[Tick, ...]:
        """The first day, the middle and the last, as far as they differ; with the hour in a short span."""
        span = self.ends_at - self.starts_at
        moments = (
            [self.starts_at, self.starts_at + span / 2, self.ends_at]
            if span >= timedelta(days=4)
            else [self.starts_at, self.ends_at]
        )
        found: dict[str, Tick] = {}
        for moment in moments:
            label = write(moment, span < timedelta(days=2))
            found.setdefault(label, Tick(self.x(moment), label))
        return tuple(found.values())
