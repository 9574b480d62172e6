"""What a decision must say to be recorded. Pure. Whether a unit was eligible by law is not judged here (the page says so)."""

from dataclasses import dataclass
from datetime import date

from thidua.kernel.errors import Refused


@dataclass(frozen=True, slots=True)
class Decision:
    """What came back from the superior body: granted or not, by which paper, of which day, signed by whom."""

    granted: bool
    number: str
    day: date | None
    decided_by: str
    note: str = ""


def check_title(title: str, other_title: str, *, other: str) -> str:
    """The free name, only kept where the title is `other`. Refuses another title without a name (awards.other_unnamed)."""
    if title != other:
        return ""
    if not other_title.strip():
        raise Refused("awards.other_unnamed", field="other_title")
    return other_title.strip()


def check_decision(decision: Decision, today: date) -> None:
    """Refuses, each at its field: awards.no_number (only a grant needs one), awards.no_day, awards.day_ahead,
    awards.no_decider, and awards.no_reason for a unit that was not granted without saying why."""
    if decision.granted and not decision.number.strip():
        raise Refused("awards.no_number", field="number")
    if decision.day is None:
        raise Refused("awards.no_day", field="day")
    if decision.day > today:
        raise Refused("awards.day_ahead", field="day", day=decision.day)
    if not decision.decided_by.strip():
        raise Refused("awards.no_decider", field="decided_by")
    if not decision.granted and not decision.note.strip():
        raise Refused("awards.no_reason", field="note")
