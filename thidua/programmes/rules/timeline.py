"""A timeline as numbers: months as columns, tasks as bars, what waits for what as lines. Pure; the page draws it as SVG."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil

LABEL, WIDTH, ROW, HEAD = 350, 1280, 30, 26
MOST_MONTHS = 18
MOST_NAMES = 12
"""Names of months that have room beside each other; beyond it every second stands."""
_BAR, _LEAST = 16, 8


@dataclass(frozen=True, slots=True)
class Span:
    """A task with its days; one of them may be missing, then it is a point."""

    pk: int
    starts_on: date | None
    due_on: date | None


@dataclass(frozen=True, slots=True)
class Bar:
    """Where a task is drawn: its row's top, its middle, and its bar. `cut`: it reaches beyond what is shown."""

    pk: int
    top: int
    middle: int
    x: float
    y: int
    width: float
    cut: bool


@dataclass(frozen=True, slots=True)
class Month:
    """A column: where it begins, where its name stands, its first day, and whether there is room for its name."""

    x: float
    text_x: float
    first: date
    is_named: bool


@dataclass(frozen=True, slots=True)
class Timeline:
    """Everything to draw, in one system of coordinates `width` × `height`; `today` is None outside the months shown."""

    width: int
    height: int
    label: int
    head: int
    bar: int
    months: list[Month]
    bars: list[Bar]
    lines: list[str]
    today: float | None


def lay_out(spans: Sequence[Span], needs: Iterable[tuple[int, int]], today: date) -> Timeline | None:
    """The timeline of the spans in their order; None when none has a day. `needs`: (waiting, needed) by pk.

    At most 18 months are shown: those around today when the tasks reach further.
    """
    days = [day for span in spans for day in (span.starts_on, span.due_on) if day is not None]
    if not days:
        return None
    first, last = _window(min(days), max(days), today)
    total = (last - first).days + 1
    scale = (WIDTH - LABEL) / total

    def place(day: date) -> float:
        return round(LABEL + min(max((day - first).days, 0), total) * scale, 1)

    bars = [_bar(number, span, first, last, place) for number, span in enumerate(spans)]
    columns = list(_months(first, last))
    step = ceil(len(columns) / MOST_NAMES)
    months = [Month(place(day), place(day) + 4, day, number % step == 0) for number, day in enumerate(columns)]
    at = {bar.pk: bar for bar in bars}
    lines = [_line(at[needed], at[waiting]) for waiting, needed in needs if waiting in at and needed in at]
    now = place(today) if first <= today <= last else None
    return Timeline(WIDTH, HEAD + ROW * len(spans), LABEL, HEAD, _BAR, months, bars, lines, now)


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
    x = min(x, WIDTH - _LEAST)
    top = HEAD + ROW * number
    cut = begins < first or ends > last
    return Bar(span.pk, top, top + ROW // 2, x, top + (ROW - _BAR) // 2, round(max(until - x, _LEAST), 1), cut)


def _line(needed: Bar, waiting: Bar) -> str:
    """The path from the end of what is needed to the beginning of what waits for it."""
    x, to = round(needed.x + needed.width, 1), waiting.x
    bend = round(max(x, to - 6) + 6, 1) if to < x else round((x + to) / 2, 1)
    return f"M{x} {needed.middle}H{bend}V{waiting.middle}H{to}"
