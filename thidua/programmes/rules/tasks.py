"""Tasks as pure values: states and their moves, the overdue ladder, what waits for what, repetition.

The states are those of issue 3 ("planned, doing, waiting, done, dropped with reason"); the ladder 30/14/7/1 days likewise.
"""

from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from thidua.kernel.errors import Refused


class State(StrEnum):
    """Where a task stands."""

    PLANNED = "planned"
    DOING = "doing"
    WAITING = "waiting"
    DONE = "done"
    DROPPED = "dropped"


CLOSED = frozenset({State.DONE, State.DROPPED})
NEXT: Mapping[State, frozenset[State]] = {
    State.PLANNED: frozenset({State.DOING, State.WAITING, State.DONE, State.DROPPED}),
    State.DOING: frozenset({State.PLANNED, State.WAITING, State.DONE, State.DROPPED}),
    State.WAITING: frozenset({State.PLANNED, State.DOING, State.DONE, State.DROPPED}),
    State.DONE: frozenset({State.DOING}),
    State.DROPPED: frozenset({State.PLANNED, State.DOING}),
}
"""Which state may follow which. What is closed is first opened again, with a reason."""

RUNGS = (1, 7, 14, 30)
OVERDUE = "overdue"
Rung = int | str | None
MOST_REASON = 500


@dataclass(frozen=True, slots=True)
class Standing:
    """A task's state with all that goes with it; the five change together or not at all."""

    state: State
    percent: int
    reason: str = ""
    done_on: date | None = None

    @property
    def is_open(self) -> bool:
        """Neither done nor dropped."""
        return self.state not in CLOSED


def needs_reason(before: State, after: State) -> bool:
    """Waiting and dropping say why; so does opening again what was closed."""
    return after in {State.WAITING, State.DROPPED} or (before in CLOSED and after not in CLOSED)


def move(before: Standing, after: State, *, reason: str, today: date, done_on: date | None = None, percent: int = 0) -> Standing:
    """The standing after a change of state.

    Done sets 100 % and its day (`done_on`, today when not given); opening again goes back to `percent`, what was last noted
    while the task was open. Refuses programmes.same_state, .no_such_move, .reason_missing, .reason_too_long,
    .done_in_future.
    """
    if before.state == after:
        raise Refused("programmes.same_state", field="state", state=after)
    if after not in NEXT[before.state]:
        raise Refused("programmes.no_such_move", field="state", before=before.state, state=after)
    why = " ".join(reason.split())
    if needs_reason(before.state, after) and not why:
        raise Refused("programmes.reason_missing", field="reason", state=after)
    if len(why) > MOST_REASON:
        raise Refused("programmes.reason_too_long", field="reason", length=len(why), limit=MOST_REASON)
    kept = why if after in {State.WAITING, State.DROPPED} else ""
    if after == State.DONE:
        day = done_on or today
        if day > today:
            raise Refused("programmes.done_in_future", field="done_on", day=day)
        return Standing(after, 100, kept, day)
    return Standing(after, percent if before.state in CLOSED else before.percent, kept)


def progress(before: Standing, percent: int) -> Standing:
    """The standing after work was noted: a planned task that has begun is being done.

    Refuses programmes.percent_out_of_range, .closed (a closed task is opened first), .hundred_is_done.
    """
    if not 0 <= percent <= 100:
        raise Refused("programmes.percent_out_of_range", field="percent")
    if not before.is_open:
        if percent == before.percent:
            return before
        raise Refused("programmes.closed", field="percent", state=before.state)
    if percent == 100:
        raise Refused("programmes.hundred_is_done", field="percent")
    state = State.DOING if before.state == State.PLANNED and percent else before.state
    return Standing(state, percent, before.reason)


def rung(due_on: date | None, today: date) -> Rung:
    """Where a due day stands on the ladder: "overdue", 1, 7, 14 or 30 days at most, None when further off or without a day."""
    if due_on is None:
        return None
    days = (due_on - today).days
    return OVERDUE if days < 0 else next((step for step in RUNGS if days <= step), None)


def days_of(step: Rung, today: date) -> tuple[date | None, date | None]:
    """The first and last due day (both included, None: without end) of which `rung` says `step`."""
    if step == OVERDUE:
        return None, today - timedelta(1)
    if step in RUNGS:
        below = [lower for lower in RUNGS if lower < int(step)]
        return today + timedelta(below[-1] + 1 if below else 0), today + timedelta(int(step))
    return today + timedelta(RUNGS[-1] + 1), None


def check_days(starts_on: date | None, due_on: date | None, issued: Iterable[tuple[str, date | None]]) -> None:
    """Refuses a task that ends before it starts (programmes.task_ends_before_start) or is due before a document that asks for it
    was issued (programmes.task_before_directive); `issued`: name and day of each such document."""
    if starts_on and due_on and due_on < starts_on:
        raise Refused("programmes.task_ends_before_start", field="due_on", starts_on=starts_on, due_on=due_on)
    for name, day in issued:
        if due_on and day and due_on < day:
            raise Refused("programmes.task_before_directive", field="due_on", directive=name, issued_on=day, due_on=due_on)


def chain_back(needs: Mapping[int, Iterable[int]], task: int, needed: int) -> list[int]:
    """If `task` came to need `needed`: the circle task → needed → … → task that this would close, or [] when it closes none.

    Breadth first, so the circle is one of the shortest. `needs`: for each task the tasks it needs now.
    """
    if task == needed:
        return [task, task]
    came: dict[int, int] = {needed: task}
    waiting = [needed]
    for here in waiting:
        for there in needs.get(here, ()):
            if there == task:
                way = [task, here]
                while way[-1] != needed:
                    way.append(came[way[-1]])
                return [task, *reversed(way[1:]), task]
            if there not in came:
                came[there] = here
                waiting.append(there)
    return []


class Every(StrEnum):
    """How often a task comes again."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"


MOST_OCCURRENCES = 60
MOST_TITLE = 300
_MONTHS = {Every.MONTH: 1, Every.QUARTER: 3}
_ROMAN = ("I", "II", "III", "IV")


def occurrences(first: date, last: date, every: Every) -> list[date]:
    """The days from `first` to `last`. The 31st becomes the last day of a shorter month and is the 31st again after it.

    Refuses programmes.repeat_backwards, .repeat_nothing (only `first` itself fits), .repeat_too_many (more than 60).
    """
    if last < first:
        raise Refused("programmes.repeat_backwards", field="until", first=first)
    days, number = [first], 1
    while (day := nth(first, number, every)) is not None and day <= last:
        days.append(day)
        number += 1
        if number > MOST_OCCURRENCES:
            raise Refused("programmes.repeat_too_many", field="until", limit=MOST_OCCURRENCES)
    if len(days) == 1:
        raise Refused("programmes.repeat_nothing", field="until", first=first)
    return days


def nth(first: date, number: int, every: Every) -> date | None:
    """The day `number` periods after the first; None past the end of the calendar."""
    try:
        if every == Every.WEEK:
            return first + timedelta(weeks=number)
        months = first.year * 12 + first.month - 1 + number * _MONTHS[every]
        year, month = divmod(months, 12)
        return date(year, month + 1, min(first.day, monthrange(year, month + 1)[1]))
    except (OverflowError, ValueError):
        return None


def period_of(day: date, every: Every, year: int) -> str:
    """The period a day lies in, as a title says it: "tuần 12", "tháng 3", "quý I"; with its year where it is not `year`."""
    if every == Every.WEEK:
        in_year, week, _weekday = day.isocalendar()
        return f"tuần {week}" if in_year == year else f"tuần {week}/{in_year}"
    words = f"tháng {day.month}" if every == Every.MONTH else f"quý {_ROMAN[(day.month - 1) // 3]}"
    return words if day.year == year else f"{words}/{day.year}"


def title_in(title: str, period: str) -> str:
    """The title with its period: "Giao ban (tháng 3)", cut so that both fit into a title."""
    ending = f" ({period})"
    room = MOST_TITLE - len(ending)
    return (title if len(title) <= room else title[: room - 1].rstrip() + "…") + ending


@dataclass(frozen=True, slots=True)
class Draft:
    """What a task says, before it is kept: days as dates, others by id. `parent_id`: the task it is a part of."""

    title: str
    detail: str = ""
    owner_post_id: int | None = None
    starts_on: date | None = None
    due_on: date | None = None
    clause_ids: frozenset[int] = frozenset()
    parent_id: int | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """What several tasks are to get at once; None or False leaves as it is. `shift` moves due days by so many days."""

    state: State | None = None
    reason: str = ""
    due_on: date | None = None
    shift: int = 0
    owner_post_id: int | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing was asked."""
        return self.state is None and not self.says_other

    @property
    def says_other(self) -> bool:
        """Whether something else than the state is changed: what the programme as a document says of its tasks."""
        return self.due_on is not None or bool(self.shift) or self.owner_post_id is not None
