"""Order in what waits, and what counts as a visit. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from thidua.kernel.actor import Actor, Role
from thidua.kernel.ports import Work

SOON = timedelta(days=7)
"""What is due within this time stands apart from what is due later."""
SITTING = timedelta(minutes=30)
"""Someone away longer than this begins a new visit; until then "since last time" stays as it was."""
NOTE_EVERY = timedelta(minutes=10)
"""The time of a visit is written at most this often."""


@dataclass(frozen=True, slots=True)
class Group:
    """Work of one urgency: late, soon, later or undated. Within it the nearest day comes first."""

    key: str
    items: tuple[Work, ...]


def by_deadline(items: Iterable[Work], today: date) -> list[Group]:
    """The groups that have something in them, the most urgent first."""
    waiting = list(items)
    late = [work for work in waiting if work.due_on and work.due_on < today]
    soon = [work for work in waiting if work.due_on and today <= work.due_on <= today + SOON]
    later = [work for work in waiting if work.due_on and work.due_on > today + SOON]
    undated = [work for work in waiting if work.due_on is None]
    groups = {"late": late, "soon": soon, "later": later, "undated": undated}
    return [Group(key, tuple(sorted(found, key=_day))) for key, found in groups.items() if found]


def begins_visit(last_visit: datetime | None, now: datetime) -> bool:
    """Whether the person comes back after having been away."""
    return last_visit is None or now - last_visit >= SITTING


def needs_noting(last_visit: datetime | None, now: datetime) -> bool:
    """Whether the time of the visit is to be written again."""
    return last_visit is None or now - last_visit >= NOTE_EVERY


def distance(at: datetime, now: datetime) -> tuple[str, int]:
    """How long ago: ("moments", 0), ("minutes", n), ("hours", n) or ("days", n), rounded down."""
    seconds = max(0, int((now - at).total_seconds()))
    for unit, length in (("days", 86400), ("hours", 3600), ("minutes", 60)):
        if seconds >= length:
            return unit, seconds // length
    return "moments", 0


def first_step(actor: Actor) -> str:
    """What someone who sees no cluster yet should do first: administer, form_cluster, ask_for_post or wait."""
    if actor.holds(Role.SUPERIOR_OFFICER):
        return "form_cluster"
    if actor.holds(Role.OPERATOR):
        return "administer"
    return "wait" if actor.holdings else "ask_for_post"


def _day(work: Work) -> date:
    return work.due_on or date.max
