"""The year of a cluster: its stages, how it moves between them, and the rotation of the head. Pure.

Sources: the order of stages is the product's (issue "Clusters and the year"), read from domain practice: registration and
pledge in January to February, mid-year review in July, self-scoring and checking in November, conference, decision above.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import MAXYEAR, date
from enum import StrEnum

from thidua.kernel.errors import Refused


class Stage(StrEnum):
    """A stage of the year; the order of the members is the order of the year."""

    PREPARING = "preparing"
    PLEDGED = "pledged"
    RUNNING = "running"
    MID_YEAR = "mid_year"
    SELF_SCORING = "self_scoring"
    CROSS_CHECKING = "cross_checking"
    CONFERENCE = "conference"
    DECIDED = "decided"
    CLOSED = "closed"


STAGES: tuple[Stage, ...] = tuple(Stage)

VOTE = "vote"
"""Last entry of a tie-break: what the criteria leave equal is put to a vote."""

REASON_LENGTH = 10
"""Fewest letters of a reason for stepping back: "sai" explains nothing."""


def place(stage: str) -> int:
    """0 for the first stage … 8 for the last."""
    return STAGES.index(Stage(stage))


def reached(current: str, wanted: str) -> bool:
    """Whether a year in stage `current` is at `wanted` or beyond."""
    return place(current) >= place(wanted)


def next_stage(current: str) -> Stage | None:
    """The stage after, or None at the end of the year."""
    index = place(current) + 1
    return STAGES[index] if index < len(STAGES) else None


def previous_stage(current: str) -> Stage | None:
    """The stage before, or None at the start of the year."""
    index = place(current)
    return STAGES[index - 1] if index else None


def check_advance(current: str, wanted: str, *, missing: int) -> None:
    """Refuses to skip a stage (clusters.stage_skipped), to go where the year is or was (clusters.stage_not_ahead), or to
    move while something is missing (clusters.stage_not_ready)."""
    following = next_stage(current)
    if wanted not in STAGES:
        raise Refused("clusters.stage_unknown")
    if following is None or place(wanted) <= place(current):
        raise Refused("clusters.stage_not_ahead")
    if wanted != following:
        raise Refused("clusters.stage_skipped", stage=following)
    if missing:
        raise Refused("clusters.stage_not_ready", missing=missing)


def check_step_back(current: str, reason: str) -> Stage:
    """The stage to step back to. Refuses at the start (clusters.stage_first), out of a closed year (clusters.year_closed)
    and without a real reason (clusters.reason_too_short)."""
    before = previous_stage(current)
    if before is None:
        raise Refused("clusters.stage_first")
    if current == Stage.CLOSED:
        raise Refused("clusters.year_closed")
    if len(reason.strip()) < REASON_LENGTH:
        raise Refused("clusters.reason_too_short", field="reason", letters=REASON_LENGTH)
    return before


@dataclass(frozen=True, slots=True)
class StageSpan:
    """When a stage begins and by when its work is due (either may be open)."""

    stage: Stage
    starts_on: date | None
    due_on: date | None


def check_calendar(spans: Sequence[StageSpan]) -> None:
    """Dates follow the order of the stages. Refuses clusters.due_before_start and clusters.dates_out_of_order, each with
    the stage and the field at fault (`<stage>-due_on`, `<stage>-starts_on`)."""
    latest: date | None = None
    for span in sorted(spans, key=lambda s: place(s.stage)):
        if span.starts_on and span.due_on and span.due_on < span.starts_on:
            raise Refused("clusters.due_before_start", field=f"{span.stage}-due_on", stage=span.stage)
        if latest and span.starts_on and span.starts_on < latest:
            raise Refused("clusters.dates_out_of_order", field=f"{span.stage}-starts_on", stage=span.stage)
        latest = max(filter(None, (latest, span.starts_on)), default=None)


def same_day_next_year(day: date | None) -> date | None:
    """The calendar copied to the next year; 29 February becomes 28. None after the last year of the calendar, 9999."""
    if day is None or day.year == MAXYEAR:
        return None
    if (day.month, day.day) == (2, 29):
        return date(day.year + 1, 2, 28)
    return day.replace(year=day.year + 1)


def proposed_head(rotation: Sequence[int], members: Sequence[int], current: int | None) -> int | None:
    """The next head: the first in the rotation after the current one who is a member; round and round.

    `rotation` and `members` are organisation ids. Without a usable rotation the members' order serves; None only when
    there is nobody else. Practice: "bầu … năm tiếp theo" then approved above; so this is a proposal, never a decision.
    """
    order = [unit for unit in rotation if unit in set(members)] or list(members)
    if current in order:
        start = order.index(current) + 1
        order = order[start:] + order[:start]
    return next((unit for unit in order if unit != current), None)
