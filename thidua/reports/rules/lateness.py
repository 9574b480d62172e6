"""When a report came and how a unit stands at a period: whole days after the due day, in the installation's time zone."""

from dataclasses import dataclass
from datetime import date, datetime, tzinfo

NEAR_DAYS = 14
"""From so many days before its due day on, a report that has not come is shown as due and no longer as far away."""


def day_in(moment: datetime, zone: tzinfo) -> date:
    """The day on which an aware moment falls in the zone: 17:30 UTC is the next day in Vietnam."""
    return moment.astimezone(zone).date()


def days_late(submitted_at: datetime, due_on: date, zone: tzinfo) -> int:
    """Whole days after the due day on which a report came; 0 until the due day's last moment."""
    return max(0, (day_in(submitted_at, zone) - due_on).days)


@dataclass(frozen=True, slots=True)
class Standing:
    """How a unit stands at a period. `kind`: accepted, submitted, returned, drafting or absent. `days`: days late of what
    came, else days since (positive) or until (negative) the due day of what has not. `state`: the cell's colour."""

    kind: str
    days: int
    state: str

    @property
    def came(self) -> bool:
        """Whether a report lies with the head."""
        return self.kind in {"accepted", "submitted"}


def standing(status: str, late: int | None, due_on: date, today: date) -> Standing:
    """The standing of a report with that status ("" when none was opened) and the days late of its first submission.

    In time is ok, late is due (it came after all); sent back is late; what has not come is late after the due day, due when
    the due day is near, and else waits.
    """
    if status in {"submitted", "accepted"}:
        return Standing(status, late or 0, "due" if late else "ok")
    if status == "returned":
        return Standing(status, late or 0, "late")
    days = (today - due_on).days
    state = "late" if days > 0 else "due" if -days <= NEAR_DAYS else "wait"
    return Standing("drafting" if status else "absent", days, state)


def lateness(status: str, late: int | None, due_on: date, today: date, returned_on: date | None = None) -> int | None:
    """Days late for scoring: those of the first submission; what never came is late until today; None when it is not due yet.

    A report that was sent back (`returned_on`) and has not come again is late until today, too, counted from the later of the
    due day and the day of return, and never less than it was the first time.
    """
    if status == "returned" and returned_on is not None:
        return max(late or 0, (today - max(due_on, returned_on)).days)
    if late is not None:
        return late
    return (today - due_on).days if today > due_on else None
