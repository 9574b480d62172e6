"""A timeline as numbers: months as columns, tasks as bars, what waits for what as lines. Pure; the page draws it as SVG.

Across everything is in percent of the drawing, so that it fits a phone and a sheet of paper alike; down it is in pixels.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil

ROW, HEAD = 38, 40
MOST_MONTHS = 18
MOST_NAMES = 9
"""Names of months that have room beside each other on the narrowest drawing; beyond it every second or third stands."""
BAR, WIDTH = 11, 100.0
_BAR_TOP = 20
_LEAST, _ARROW = 0.8, 1.2
_HALF = 50.0
"""A name fits into half of the narrowest drawing: bars beyond it have theirs end where they end."""


@dataclass(frozen=True, slots=True)
class Span:
    """A task with its days; one of them may be missing, then it is a point."""

    pk: int
    starts_on: date | None
    due_on: date | None


@dataclass(frozen=True, slots=True)
class Bar:
    """Where a task is drawn: its row's top, its bar, and its name above the bar, which begins or (`name_ends`) ends at `name_x`.

    `from_before`, `goes_on`: the days that lie beyond the months shown, for an arrow with the true day; a task that lies there
    whole has no bar (`width` 0), only its arrow.
    """

    pk: int
    top: int
    y: int
    x: float
    width: float
    name_x: float
    name_ends: bool
    from_before: date | None
    goes_on: date | None

    @property
    def middle(self) -> int:
        """Where lines to and from the bar lie."""
        return self.y + BAR // 2

    @property
    def end(self) -> float:
        """Where the bar ends."""
        return round(self.x + self.width, 2)


@dataclass(frozen=True, slots=True)
class Month:
    """A column: where it begins, its first day, and whether there is room for its name."""

    x: float
    first: date
    is_named: bool


@dataclass(frozen=True, slots=True)
class Piece:
    """A straight piece of a line from what is needed to what waits for it."""

    x1: float
    y1: int
    x2: float
    y2: int


@dataclass(frozen=True, slots=True)
class Timeline:
    """Everything to draw; `today` is None outside the months shown, and `today_ends`: its name stands before its line."""

    height: int
    bar: int
    months: list[Month]
    bars: list[Bar]
    pieces: list[Piece]
    today: float | None
    today_ends: bool


def lay_out(spans: Sequence[Span], needs: Iterable[tuple[int, int]], today: date) -> Timeline | None:
    """The timeline of the spans in their order; None when none has a day. `needs`: (waiting, needed) by pk.

    At most 18 months are shown: those around today when the tasks reach further.
    """
    days = [day for span in spans for day in (span.starts_on, span.due_on) if day is not None]
    if not days:
        return None
    first, last = _window(min(days), max(days), today)
    total = (last - first).days + 1

    def place(day: date) -> float:
        return round(min(max((day - first).days, 0), total) * WIDTH / total, 2)

    bars = [_bar(number, span, first, last, place) for number, span in enumerate(spans)]
    columns = list(_months(first, last))
    step = ceil(len(columns) / MOST_NAMES)
    months = [Month(place(day), day, number % step == 0) for number, day in enumerate(columns)]
    at = {bar.pk: bar for bar in bars}
    pairs = [(at[needed], at[waiting]) for waiting, needed in needs if waiting in at and needed in at]
    pieces = [piece for needed, waiting in pairs for piece in _line(needed, waiting)]
    now = place(today) if first <= today <= last else None
    return Timeline(HEAD + ROW * len(spans), BAR, months, bars, pieces, now, now is not None and now > _HALF)


def _window(first: date, last: date, today: date) -> tuple[date, date]:
    first = first.replace(day=1)
    if _count(first, last) > MOST_MONTHS:
        first = max(first, _shifted(today, -(MOST_MONTHS // 2)))
        if _count(first, last) <= MOST_MONTHS // 2:
            first = _shifted(last, 1 - MOST_MONTHS)
        last = min(last, _shifted(first, MOST_MONTHS) - timedelta(1))
    return first, _shifted(last, 1) - timedelta(1)


def _count(first: date, last: date) -> int:
    return (last.year - first.year) * 12 + last.month - first.month + 1


def _shifted(day: date, months: int) -> date:
    """The first day of the month so many months later, within the calendar."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(min(max(year, 1), 9999), month + 1, 1)


def _months(first: date, last: date) -> Iterable[date]:
    month = first
    while month <= last:
        yield month
        month = _shifted(month, 1)


def _bar(number: int, span: Span, first: date, last: date, place: Callable[[date], float]) -> Bar:
    begins = span.starts_on or span.due_on or first
    ends = span.due_on or span.starts_on or first
    x, until = place(begins), place(ends + timedelta(1))
    is_inside = begins <= last and ends >= first
    if begins < first:
        x = _ARROW if is_inside else 0.0
    if ends > last:
        until = WIDTH - _ARROW if is_inside else WIDTH
    width = round(max(until - x, _LEAST), 2) if is_inside else 0.0
    x = min(x, round(WIDTH - width, 2))
    top = HEAD + ROW * number
    name_ends = x > _HALF
    return Bar(
        span.pk, top, top + _BAR_TOP, x, width, round(x + width, 2) if name_ends else x, name_ends,
        begins if begins < first else None, ends if ends > last else None,
    )  # fmt: skip


def _line(needed: Bar, waiting: Bar) -> list[Piece]:
    """From the end of what is needed to the beginning of what waits for it: along, down or up, along."""
    x, to = needed.end, waiting.x
    bend = min(round(max(x, to) + 0.5, 2), WIDTH) if to < x else round((x + to) / 2, 2)
    down, over = needed.middle, waiting.middle
    return [Piece(x, down, bend, down), Piece(bend, down, bend, over), Piece(bend, over, to, over)]
