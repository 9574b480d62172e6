"""Charts as plain values: where each mark stands in a box of whole numbers. A template draws them; nothing here knows of SVG.

Every place is an int below 1,000 in a box WIDTH × HEIGHT. Series differ by colour *and* mark (line) or by colour and the
name beside the column's table; values are written at the marks where there is room.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import ceil

WIDTH, HEIGHT = 640, 300
LEFT, RIGHT, TOP, BOTTOM = 72, 20, 30, 40
MOST_SERIES = 6
"""Series in one chart: more cannot be told apart."""
MOST_GROUPS = 24
"""Groups of columns in one chart: the latest are drawn."""
MARKS = ("circle", "square", "triangle", "diamond", "cross", "ring")
MOST_TICKS = 6
_MOST_DATE_LABELS = 7
_VALUES_SHOWN = 16
_LETTER = 11
"""How wide a letter may be, on a phone too."""
_STEPS = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))

Writer = Callable[[Decimal], str]


@dataclass(frozen=True, slots=True)
class Series:
    """A named row of values over time: (day, value), days in any order."""

    name: str
    points: tuple[tuple[date, Decimal], ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Columns that stand together: the label below, and a value or None for each series."""

    label: str
    values: tuple[Decimal | None, ...]


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on an axis: where, and what is written there."""

    at: int
    label: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A value in the chart: the middle of its mark, or the top left of its column (`width`, `height`); `label` when shown;
    `title` says it in full to who points at it."""

    x: int
    y: int
    title: str
    label: str = ""
    width: int = 0
    height: int = 0

    @property
    def label_y(self) -> int:
        """Where the label stands: above the mark."""
        return self.y - (5 if self.width else 9)

    @property
    def middle(self) -> int:
        """The middle of a column, or of the mark."""
        return self.x + self.width // 2


@dataclass(frozen=True, slots=True)
class Drawn:
    """A series in the chart: its number (1, 2, … for the colour), kind of mark, the line through its marks (empty: none)."""

    number: int
    name: str
    mark: str
    marks: tuple[Mark, ...]
    path: str = ""


@dataclass(frozen=True, slots=True)
class Axis:
    """The axis of values: from `low` to `high` in steps."""

    low: Decimal
    high: Decimal
    step: Decimal

    @property
    def values(self) -> tuple[Decimal, ...]:
        """The values written at the axis."""
        return tuple(self.low + self.step * i for i in range(int((self.high - self.low) / self.step) + 1))

    def y(self, value: Decimal) -> int:
        """How far down the value stands."""
        return TOP + round((HEIGHT - TOP - BOTTOM) * (self.high - value) / (self.high - self.low))


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart to be drawn. `baseline`: where 0, or the foot of the axis, stands; `cut` says that the axis does not begin at 0."""

    kind: str
    series: tuple[Drawn, ...]
    y_ticks: tuple[Tick, ...]
    x_ticks: tuple[Tick, ...]
    baseline: int
    target: Tick | None
    cut: bool
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    bottom: int = HEIGHT - BOTTOM

    @property
    def keyed(self) -> bool:
        """Whether a legend is needed."""
        return len(self.series) > 1


def nice_axis(values: Sequence[Decimal], *, from_zero: bool = True) -> Axis:
    """An axis in steps of 1, 2, 2.5 or 5 times a power of ten, at most MOST_TICKS of them, that holds every value.

    It begins at 0 (columns always), unless `from_zero` is False and all values lie in the upper quarter, far from 0. Whole
    numbers have whole steps: there is no half session.
    """
    low, high = min(values), max(values)
    far = not from_zero and low < high and (low > high * 3 / 4 > 0 or high < low * 3 / 4 < 0)
    if not far:
        low, high = min(low, Decimal(0)), max(high, Decimal(0))
    if low == high:
        low, high = (low, low + 1) if low >= 0 else (low - 1, low)
    whole = all(value == value.to_integral_value() for value in values)
    step = _step(max((high - low) / (MOST_TICKS - 1), Decimal(1 if whole else 0)))
    if whole and step != step.to_integral_value():
        step = _step(step * Decimal("1.01"))
    while True:
        foot, top = _floor(low, step), -_floor(-high, step)
        if (top - foot) / step <= MOST_TICKS:
            return Axis(foot, top, step)
        step = _step(step * Decimal("1.01"))


def line_chart(series: Sequence[Series], target: Decimal | None, write: Writer) -> Chart | None:
    """Values over time as lines; days at their true distance. At most MOST_SERIES are drawn; None without a value."""
    shown = [one for one in series if one.points][:MOST_SERIES]
    days = sorted({day for one in shown for day, _ in one.points})
    if not days:
        return None
    values = [value for one in shown for _, value in one.points] + ([] if target is None else [target])
    axis = nice_axis(values, from_zero=False)
    labelled = len(shown) == 1 and len(days) <= _VALUES_SHOWN
    drawn = tuple(_line(number, one, days, axis, write, labelled) for number, one in enumerate(shown, 1))
    ticks = tuple(Tick(_x(day, days), f"{day:%d-%m}") for day in _few(days))
    return _chart("line", drawn, axis, ticks, target, write)


def column_chart(names: Sequence[str], groups: Sequence[Group], target: Decimal | None, write: Writer) -> Chart | None:
    """Values as columns, those of one group side by side; the axis begins at 0. At most MOST_SERIES a group and the last
    MOST_GROUPS groups; None without a value."""
    names, groups = names[:MOST_SERIES], groups[-MOST_GROUPS:]
    values = [value for group in groups for value in group.values[: len(names)] if value is not None]
    if not values:
        return None
    axis = nice_axis([*values, *([] if target is None else [target])])
    slot = (WIDTH - LEFT - RIGHT) / len(groups)
    wide = max(3, min(48, int(slot * 0.72 / len(names))))
    labelled = len(values) <= _VALUES_SHOWN and wide >= 24
    columns = _Columns(names, groups, slot, wide, axis, write, labelled)
    drawn = tuple(Drawn(number + 1, name, MARKS[number], columns.of(number)) for number, name in enumerate(names))
    every = max(1, ceil(max(len(group.label) for group in groups) * _LETTER / slot))
    ticks = tuple(Tick(LEFT + round(slot * (i + 0.5)), g.label) for i, g in enumerate(groups) if i % every == 0)
    return _chart("columns", drawn, axis, ticks, target, write)


def _chart(
    kind: str, drawn: tuple[Drawn, ...], axis: Axis, ticks: tuple[Tick, ...], target: Decimal | None, write: Writer
) -> Chart:
    foot = min(max(axis.low, Decimal(0)), axis.high)
    return Chart(
        kind=kind,
        series=drawn,
        y_ticks=tuple(Tick(axis.y(value), write(value)) for value in axis.values),
        x_ticks=ticks,
        baseline=axis.y(foot),
        target=None if target is None else Tick(axis.y(target), write(target)),
        cut=axis.low > 0 or axis.high < 0,
    )


def _line(number: int, series: Series, days: list[date], axis: Axis, write: Writer, labelled: bool) -> Drawn:
    marks = tuple(
        Mark(_x(day, days), axis.y(value), f"{series.name}, {day:%d-%m-%Y}: {write(value)}", write(value) if labelled else "")
        for day, value in sorted(series.points)
    )
    path = " ".join(f"{mark.x},{mark.y}" for mark in marks) if len(marks) > 1 else ""
    return Drawn(number, series.name, MARKS[number - 1], marks, path)


@dataclass(frozen=True, slots=True)
class _Columns:
    """What every column of a chart is measured by."""

    names: Sequence[str]
    groups: Sequence[Group]
    slot: float
    wide: int
    axis: Axis
    write: Writer
    labelled: bool

    def of(self, number: int) -> tuple[Mark, ...]:
        """The columns of one series, over the groups that have a value for it."""
        held = [(place, group.label, group.values[number]) for place, group in enumerate(self.groups)]
        return tuple(self._mark(number, place, label, value) for place, label, value in held if value is not None)

    def _mark(self, number: int, place: int, label: str, value: Decimal) -> Mark:
        left = LEFT + round(self.slot * (place + 0.5) - self.wide * len(self.names) / 2) + self.wide * number
        zero, end, words = self.axis.y(Decimal(0)), self.axis.y(value), self.write(value)
        title = f"{self.names[number]}, {label}: {words}"
        return Mark(left, min(end, zero), title, words if self.labelled else "", self.wide - 2, max(abs(zero - end), 1))


def _x(day: date, days: list[date]) -> int:
    """Across: the first day a little in from the axis, the last a little from the end; a single one in the middle."""
    span = (days[-1] - days[0]).days
    inner = WIDTH - LEFT - RIGHT - 40
    return LEFT + 20 + (round(inner * (day - days[0]).days / span) if span else inner // 2)


def _few(days: list[date]) -> list[date]:
    """Days to be written below: at most _MOST_DATE_LABELS, none nearer to the one before than its label is wide."""
    near = (days[-1] - days[0]).days / (_MOST_DATE_LABELS + 1)
    kept: list[date] = []
    for day in days:
        if not kept or (day - kept[-1]).days > near:
            kept.append(day)
    return kept


def _step(rough: Decimal) -> Decimal:
    """The smallest nice step not below the rough one."""
    power = Decimal(1).scaleb(rough.adjusted())
    return next(nice * power for nice in _STEPS if nice * power >= rough)


def _floor(value: Decimal, step: Decimal) -> Decimal:
    """The multiple of the step not above the value."""
    whole = value // step
    return (whole - 1 if whole * step > value else whole) * step
