"""When collaborators report: what a round covers, by when it is due, who owes it, how late what came is.

Titles are texts of the records, in the language of the papers (Vietnamese), not of the reader.
"""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from typing import NamedTuple

from thidua.kernel.errors import Refused

MOST_TITLE = 200
MOST_DUE_DAYS = 60
"""Longest wait after the end of a span: what people said two months ago is no news."""
REASON_LENGTH = 10
NEAR_DAYS = 14
"""From so many days before its due day on, a report that has not come is shown as due and no longer as far away."""

QUARTERS = ("I", "II", "III", "IV")
COUNTS = {"monthly": 12, "quarterly": 4}
"""How many rounds of each rhythm a year has; ad hoc ones have no number."""
_PREFIX = "Báo cáo cộng tác viên "


@dataclass(frozen=True, slots=True)
class Proposal:
    """A round as its rhythm proposes it: its title and the days that it covers, both included."""

    title: str
    starts_on: date
    ends_on: date


def proposal(rhythm: str, year: int, number: int = 1) -> Proposal:
    """Title and span of the number-th round of a rhythm in a year: `proposal("monthly", 2021, 3)` is March.

    Refuses rapporteurs.no_such_round: a number that the rhythm does not have, and ad hoc rounds, for which nothing can be
    proposed.
    """
    if not 1 <= number <= COUNTS.get(rhythm, 0):
        raise Refused("rapporteurs.no_such_round", number=number)
    if rhythm == "monthly":
        title, first, last = f"{_PREFIX}tháng {number} năm {year}", number, number
    else:
        title, first, last = f"{_PREFIX}quý {QUARTERS[number - 1]} năm {year}", 3 * number - 2, 3 * number
    return Proposal(title, date(year, first, 1), date(year, last, monthrange(year, last)[1]))


def proposals(rhythm: str, year: int) -> list[Proposal]:
    """Every round of a rhythm in a year. Refuses rhythms without numbers (rapporteurs.no_such_round)."""
    if rhythm not in COUNTS:
        raise Refused("rapporteurs.no_such_round", number=1)
    return [proposal(rhythm, year, number) for number in range(1, COUNTS[rhythm] + 1)]


def short_title(title: str, year: int) -> str:
    """A round's title for narrow places: "Báo cáo cộng tác viên tháng 3 năm 2021" is "Tháng 3" on the pages of 2021."""
    short = title.removeprefix(_PREFIX).removesuffix(f" năm {year}")
    return short[:1].upper() + short[1:]


def due_after(ends_on: date, days: int) -> date:
    """The due day of a span that ends then. Refuses rapporteurs.due_days: more than 60 days, or fewer than none."""
    if not 0 <= days <= MOST_DUE_DAYS:
        raise Refused("rapporteurs.due_days", field="days", most=MOST_DUE_DAYS)
    return ends_on + timedelta(days=days)


def check_days(year: int, starts_on: date, ends_on: date, due_on: date) -> None:
    """Refuses a span that ends before it starts (rapporteurs.span_reversed) or lies outside the emulation year and the years next
    to it (rapporteurs.days_outside), and a due day before the span's end (rapporteurs.due_before_end)."""
    if ends_on < starts_on:
        raise Refused("rapporteurs.span_reversed", field="ends_on")
    for field, day in (("starts_on", starts_on), ("ends_on", ends_on), ("due_on", due_on)):
        if not year - 1 <= day.year <= year + 1:
            raise Refused("rapporteurs.days_outside", field=field, first=year - 1, last=year + 1)
    if due_on < ends_on:
        raise Refused("rapporteurs.due_before_end", field="due_on", day=ends_on)


def check_reason(reason: str) -> str:
    """The reason without space around it. Refuses one of less than ten letters (rapporteurs.due_reason)."""
    why = reason.strip()
    if sum(char.isalpha() for char in why) < REASON_LENGTH:
        raise Refused("rapporteurs.due_reason", field="reason", least=REASON_LENGTH)
    return why


def owes(terms: Iterable[tuple[date, date]], left_on: date | None, due_on: date) -> bool:
    """Whether a collaborator owes the round due that day: a term (first and last day) covers the due day, and they had not left
    by then (`left_on` is the first day out). Who left later owed it all the same."""
    return (left_on is None or due_on < left_on) and any(first <= due_on <= last for first, last in terms)


@dataclass(frozen=True, slots=True)
class Sending:
    """What is to be known before sending on a day. `early`: the span has not ended, so there may be more to count. `back`: it can
    be taken back until the due day. `gathered`: a digest has the round already, so that what is sent now goes into none."""

    early: bool
    back: bool
    gathered: bool


def sending(ends_on: date, due_on: date, today: date, *, gathered: bool) -> Sending:
    """What sending means today."""
    return Sending(today < ends_on, today <= due_on and not gathered, gathered)


def days_late(sent_at: datetime, due_on: date, zone: tzinfo) -> int:
    """Whole days after the due day on which a report came, in the zone; 0 until the due day's last moment."""
    return max(0, (sent_at.astimezone(zone).date() - due_on).days)


@dataclass(frozen=True, slots=True)
class Standing:
    """How a collaborator stands at a round. `days`: days late of what was sent, else days since (positive) or until (negative)
    the due day. `state`: the cell's colour."""

    sent: bool
    days: int
    state: str

    @property
    def missing(self) -> bool:
        """Whether it is past due and has not come."""
        return not self.sent and self.days > 0


def standing(late: int | None, due_on: date, today: date) -> Standing:
    """The standing of a report sent so many days late (None: not sent). In time is ok, late is due (it came after all); what has
    not come is late after the due day, due when that is near, and else waits."""
    if late is not None:
        return Standing(True, late, "due" if late else "ok")
    days = (today - due_on).days
    return Standing(False, days, "late" if days > 0 else "due" if -days <= NEAR_DAYS else "wait")


@dataclass(frozen=True, slots=True)
class Due:
    """A round for one collaborator: by when, whether it was owed, how many days late it came (None: not sent)."""

    due_on: date
    owed: bool
    late: int | None


class Punctuality(NamedTuple):
    """Of the rounds that were due: how many were owed, sent, sent in time. on_time ≤ sent ≤ owed."""

    owed: int
    sent: int
    on_time: int


def punctuality(rounds: Iterable[Due], today: date) -> Punctuality:
    """What was owed and due before today, or sent; a report that was sent without being owed any more counts as owed."""
    counted = [one for one in rounds if one.late is not None or (one.owed and one.due_on < today)]
    came = [one for one in counted if one.late is not None]
    return Punctuality(len(counted), len(came), sum(one.late == 0 for one in came))


@dataclass(frozen=True, slots=True)
class UnitStanding:
    """How a unit's collaborators stand at a round: of `owed`, how many have sent, late ones among them, and its colour."""

    owed: int
    sent: int
    late: int
    state: str
    days: int

    @property
    def missing(self) -> int:
        """How many have not sent, due or not."""
        return self.owed - self.sent


def unit_standing(stands: Iterable[Standing], due_on: date, today: date) -> UnitStanding:
    """All sent in time is ok, all sent but some late is due; otherwise as one who has not sent."""
    all_of = list(stands)
    sent = [one for one in all_of if one.sent]
    late = sum(one.days > 0 for one in sent)
    open_one = standing(None, due_on, today)
    state = open_one.state if len(sent) < len(all_of) else "due" if late else "ok"
    return UnitStanding(len(all_of), len(sent), late, state, open_one.days)
