"""How forecasts moved: what the middle of the forecasters expected at each moment, and the places of the lines that show it.

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
_NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Move:
    """Somebody's forecast from a moment on: the chances by choice, or the two ends of an interval."""

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


def middles(moves: Iterable[Move], *, is_chance: bool) -> list[Move]:
    """What the middle expected after each move; `who` is None."""
    standing: dict[object, tuple[Decimal, ...]] = {}
    found = []
    for move in moves:
        standing[move.who] = move.values
        found.append(Move(move.at, None, middle(list(standing.values()), is_chance=is_chance)))
    return found


def picture(
    moves: Sequence[Move], *, starts_at: datetime, ends_at: datetime, own: Mapping[object, str], choices: Sequence[str],
    median_name: str, write: Callable[[Decimal], str], write_day: Callable[[datetime], str],
) -> Picture | None:  # fmt: skip
    """The picture; None without moves. `own`: names of the reader's forecasters, which get colours.

    `choices` empty: a number with two ends. Two choices: the chance of the first, everyone as a thin line. More: the medians
    of the (at most six) choices that ended highest.
    """
    if not moves:
        return None
    axis = _Axis.over(moves, starts_at, ends_at, is_chance=bool(choices))
    middle_moves = middles(moves, is_chance=bool(choices))
    if len(choices) > 2:
        last = middle_moves[-1].values
        highest = sorted(range(len(choices)), key=lambda place: (-last[place], place))[:MOST_LINES]
        lines = [Line(n, choices[place], axis.path(middle_moves, place)) for n, place in enumerate(highest, 1)]
    else:
        lines = _by_forecaster(moves, middle_moves, own, axis, median_name, places=(0,) if choices else (0, 1))
    return Picture(tuple(lines), axis.y_ticks(write), axis.x_ticks(write_day))


def _by_forecaster(
    moves: Sequence[Move],
    middle_moves: Sequence[Move],
    own: Mapping[object, str],
    axis: "_Axis",
    name: str,
    *,
    places: Sequence[int],
) -> list[Line]:
    by_who: dict[object, list[Move]] = {}
    for move in moves:
        by_who.setdefault(move.who, []).append(move)
    thin = [Line(0, "", axis.path(rows, place)) for who, rows in by_who.items() if who not in own for place in places]
    mine = [
        Line(min(number, MOST_LINES), own[who], axis.path(by_who[who], place))
        for number, who in enumerate([who for who in own if who in by_who], 2)
        for place in places
    ]
    return [*thin, *mine, *(Line(1, name, axis.path(middle_moves, place)) for place in places)]


@dataclass(frozen=True, slots=True)
class _Axis:
    """From a moment and a value to a place in the box."""

    starts_at: datetime
    ends_at: datetime
    low: Decimal
    high: Decimal

    @classmethod
    def over(cls, moves: Sequence[Move], starts_at: datetime, ends_at: datetime, *, is_chance: bool) -> "_Axis":
        """Time from the opening to the end; values from 0 to 1 for chances, else from the lowest to the highest."""
        first, last = min(starts_at, moves[0].at), max(ends_at, moves[-1].at)
        if last <= first:
            last = first + timedelta(hours=1)
        if is_chance:
            return cls(first, last, _NOTHING, Decimal(1))
        low, high = min(move.values[0] for move in moves), max(move.values[1] for move in moves)
        room = (high - low) / 10 or max(abs(high) / 10, Decimal(1))
        return cls(first, last, low - room if low < 0 else max(low - room, _NOTHING), high + room)

    def x(self, at: datetime) -> int:
        """How far right a moment stands."""
        return LEFT + round((WIDTH - LEFT - RIGHT) * ((at - self.starts_at) / (self.ends_at - self.starts_at)))

    def y(self, value: Decimal) -> int:
        """How far down a value stands."""
        return TOP + round((HEIGHT - TOP - BOTTOM) * (self.high - value) / (self.high - self.low))

    def path(self, moves: Sequence[Move], place: int) -> str:
        """A line in steps: each value until the next, the last until the end."""
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
        values = [self.low + (self.high - self.low) * part / 4 for part in range(5)]
        return tuple(Tick(self.y(value), write(value)) for value in values)

    def x_ticks(self, write: Callable[[datetime], str]) -> tuple[Tick, ...]:
        """The first day, the middle and the last, as far as they differ."""
        span = self.ends_at - self.starts_at
        moments = (
            [self.starts_at, self.starts_at + span / 2, self.ends_at]
            if span >= timedelta(days=4)
            else [self.starts_at, self.ends_at]
        )
        found: dict[str, Tick] = {}
        for moment in moments:
            found.setdefault(write(moment), Tick(self.x(moment), write(moment)))
        return tuple(found.values())
