"""Terms of the corps: how long, which may stand beside each other, and how a member stands on a day.

Chỉ thị and quy chế differ in how long a term is; the number of months is what the decision says (24 for example), never ours.
"""

import calendar
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from thidua.kernel.errors import Refused
from thidua.kernel.text import letters, visible

SOON = 60
"""Days before the end of a term from which its renewal is to be prepared."""
MOST_MONTHS = 120
"""A longer term is a slip of the hand."""
REASON_LENGTH = 10
LEAVING_LENGTH = 3
"""Letters of a reason for leaving: "Mất" and "Nghỉ hưu" say all there is to say."""
NEVER_SOON = -1
"""For `standing`: a day long past, on which nobody is to prepare a renewal any more."""
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Span:
    """The days of a term, both included, and the decision that gives them."""

    starts_on: date
    ends_on: date
    decision: str = ""

    def covers(self, day: date) -> bool:
        """Whether the day lies in the term."""
        return self.starts_on <= day <= self.ends_on

    def meets(self, other: "Span") -> bool:
        """Whether the two have a day in common."""
        return self.starts_on <= other.ends_on and other.starts_on <= self.ends_on


@dataclass(frozen=True, slots=True)
class Given:
    """The days of a decision as typed; None: not typed, or not a day."""

    decided_on: date | None = None
    starts_on: date | None = None
    months: int | None = None
    ends_on: date | None = None


class State(StrEnum):
    """How a member stands on a day."""

    IN_TERM = "in_term"
    ENDS_SOON = "ends_soon"
    EXPIRED = "expired"
    AHEAD = "ahead"
    NO_TERM = "no_term"
    LEFT = "left"


IN_FORCE = (State.IN_TERM, State.ENDS_SOON)
"""The states of one who may act as a member on that day."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A state with the day that matters: the end of the term (in term, ends soon, expired), its start (ahead), or the day of
    leaving. `days` counts from the day asked about to that day: 23 left, or −5 when it is five days ago. `since`: when the time
    in term that runs on the day began, terms that follow each other taken together."""

    state: State
    day: date | None = None
    days: int = 0
    since: date | None = None


def end_of(starts_on: date, months: int) -> date:
    """The last day of a term of whole months: 24 from 01-01-2021 is 31-12-2022. From a day that the last month has not, it is
    the end of that month: 6 from 31-08-2021 is 28-02-2022.

    Refuses rapporteurs.months_out_of_range: below 1 or above MOST_MONTHS.
    """
    if not 1 <= months <= MOST_MONTHS:
        raise Refused("rapporteurs.months_out_of_range", field="months", most=MOST_MONTHS)
    years, month = divmod(starts_on.month - 1 + months, 12)
    year, month = starts_on.year + years, month + 1
    last = calendar.monthrange(year, month)[1]
    if starts_on.day > last:
        return date(year, month, last)
    return date(year, month, starts_on.day) - ONE_DAY


def settled_end(starts_on: date, months: int | None, ends_on: date | None) -> date:
    """The end that is meant by a number of months or an end day; both may be given when they agree.

    Refuses rapporteurs.term_without_end, .term_two_ends, .months_out_of_range, and what `check_span` refuses.
    """
    reckoned = None if months is None else end_of(starts_on, months)
    if reckoned and ends_on and reckoned != ends_on:
        raise Refused("rapporteurs.term_two_ends", field="ends_on", months=months, reckoned=reckoned, typed=ends_on)
    end = ends_on or reckoned
    if end is None:
        raise Refused("rapporteurs.term_without_end", field="months")
    check_span(starts_on, end)
    return end


def check_span(starts_on: date, ends_on: date) -> None:
    """Refuses rapporteurs.term_ends_before_start and .term_too_long (more than MOST_MONTHS months)."""
    if ends_on < starts_on:
        raise Refused("rapporteurs.term_ends_before_start", field="ends_on", day=starts_on)
    if ends_on > end_of(starts_on, MOST_MONTHS):
        raise Refused("rapporteurs.term_too_long", field="ends_on", most=MOST_MONTHS)


def check_term(span: Span, others: Iterable[Span], *, decided_on: date, today: date) -> None:
    """Refuses rapporteurs.decided_in_future, what `check_span` refuses, and .terms_meet: a day in two terms of one member."""
    if decided_on > today:
        raise _decided_in_future(today)
    check_span(span.starts_on, span.ends_on)
    for refused in _meetings(span, others):
        raise refused


def term_faults(given: Given, others: Iterable[Span], today: date) -> list[Refused]:
    """All that `settled_end` and `check_term` would refuse of the days typed, so that a form can name it at once; what is not
    typed, or could not be read, is passed over."""
    found: list[Refused] = []
    end = given.ends_on
    if given.decided_on is not None and given.decided_on > today:
        found.append(_decided_in_future(today))
    if given.starts_on is None:
        return found
    try:
        end = settled_end(given.starts_on, given.months, given.ends_on)
    except Refused as refused:
        found.append(refused)
    if end is not None and end >= given.starts_on:
        found += _meetings(Span(given.starts_on, end), others)
    return found


def _decided_in_future(today: date) -> Refused:
    return Refused("rapporteurs.decided_in_future", field="decided_on", day=today)


def _meetings(span: Span, others: Iterable[Span]) -> list[Refused]:
    return [
        Refused(
            "rapporteurs.terms_meet", field="starts_on", decision=other.decision or "–",
            starts_on=other.starts_on, ends_on=other.ends_on,
        )
        for other in others if span.meets(other)
    ]  # fmt: skip


def check_leaving(left_on: date, reason: str, *, first: date | None, spoke_on: date | None = None, today: date) -> str:
    """The reason, trimmed. `first`: when the first term began; `spoke_on`: the day of their last held talk. Refuses
    rapporteurs.leaves_in_future, .leaves_before_term, .leaves_before_talk (`left_on` is the first day out) and .reason_too_short
    (fewer than LEAVING_LENGTH letters)."""
    if left_on > today:
        raise Refused("rapporteurs.leaves_in_future", field="left_on", day=today)
    if first is not None and left_on < first:
        raise Refused("rapporteurs.leaves_before_term", field="left_on", day=first)
    if spoke_on is not None and left_on <= spoke_on:
        raise Refused("rapporteurs.leaves_before_talk", field="left_on", day=spoke_on)
    return check_reason(reason, LEAVING_LENGTH)


def check_reason(reason: str, least: int = REASON_LENGTH) -> str:
    """The reason, trimmed. Refuses rapporteurs.reason_too_short."""
    words = " ".join(reason.split())
    if letters(words) < least:
        raise Refused("rapporteurs.reason_too_short", field="reason", least=least)
    return words


def standing(terms: Iterable[Span], left_on: date | None, today: date, soon: int = SOON) -> Standing:
    """How a member stands on a day. Terms that follow each other without a gap count as one: who is renewed already does not
    end soon. `soon`: so many days before its end a term ends soon; NEVER_SOON on the last day of a year that is over."""
    if left_on is not None and left_on <= today:
        return Standing(State.LEFT, left_on, (left_on - today).days)
    runs = joined(terms)
    now = next((run for run in runs if run.covers(today)), None)
    if now is not None:
        days = (now.ends_on - today).days
        return Standing(State.ENDS_SOON if days <= soon else State.IN_TERM, now.ends_on, days, now.starts_on)
    ahead = next((run for run in runs if run.starts_on > today), None)
    if ahead is not None:
        return Standing(State.AHEAD, ahead.starts_on, (ahead.starts_on - today).days)
    if runs:
        return Standing(State.EXPIRED, runs[-1].ends_on, (runs[-1].ends_on - today).days)
    return Standing(State.NO_TERM)


def joined(terms: Iterable[Span]) -> list[Span]:
    """The times in term in their order: terms of which one begins where the other ends are one."""
    runs: list[Span] = []
    for term in sorted(terms, key=lambda one: one.starts_on):
        if runs and term.starts_on <= runs[-1].ends_on + ONE_DAY:
            runs[-1] = Span(runs[-1].starts_on, max(runs[-1].ends_on, term.ends_on), term.decision)
        else:
            runs.append(term)
    return runs


def in_term_between(terms: Iterable[Span], left_on: date | None, first: date, last: date) -> bool:
    """Whether the member was in term on any day of a span (both days included): who owes a report for it."""
    end = last if left_on is None else min(last, left_on - ONE_DAY)
    return first <= end and any(term.starts_on <= end and first <= term.ends_on for term in terms)


def day_of_year(year: int, today: date) -> date:
    """The day on which a year's pages look at the corps: today, or the last day of a year that is over."""
    return min(today, date(year, 12, 31))


def tidy(text: str) -> str:
    """A name or title as it is kept: composed letters, single spaces, nothing that cannot be seen."""
    composed = unicodedata.normalize("NFC", visible(text))
    return " ".join("".join(" " if unicodedata.category(c) == "Cc" else c for c in composed).split())


def identity(kind: str, level: str, name: str, post_title: str) -> tuple[str, str, str, str]:
    """What makes a member of a unit the same one: kind, level, name and post, whatever the capitals and spaces. Marks count:
    Hà and Hạ are two people."""
    return kind, level, tidy(name).casefold(), tidy(post_title).casefold()


def given_name_first(name: str) -> str:
    """The name in the order in which Vietnamese lists sort it: "Nguyễn Văn An" by "An Nguyễn Văn"."""
    family, _space, given = name.strip().rpartition(" ")
    return f"{given} {family}".strip()


def months_of(span: Span) -> int | None:
    """How many whole months a term has, or None when it does not end on a whole month."""
    rough = (span.ends_on.year - span.starts_on.year) * 12 + span.ends_on.month - span.starts_on.month
    return next((n for n in (rough, rough + 1) if 1 <= n <= MOST_MONTHS and end_of(span.starts_on, n) == span.ends_on), None)
