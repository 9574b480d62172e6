"""What a person has typed into a programme, and when it is refused. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from thidua.kernel.errors import Refused
from thidua.programmes.rules.content import IndicatorLine

MOST_LINES = 100
"""Goals, indicators, or tasks of the cluster's programme: more is a list for a table, not a document to adopt."""
LEAST_REASON, MOST_REASON = 10, 1000
"""Letters of the reason for which a programme is sent back."""
MOST_TITLE, MOST_GOAL, MOST_NAME, MOST_UNIT_OF_MEASURE, MOST_TEXT = 300, 500, 300, 60, 20_000


@dataclass(frozen=True, slots=True)
class Written:
    """The texts and days of a programme."""

    title: str
    grounds: str = ""
    measures: str = ""
    starts_on: date | None = None
    ends_on: date | None = None


@dataclass(frozen=True, slots=True)
class IndicatorEntry:
    """An indicator as edited: `pk` of the one that stands there already, None for a new one."""

    line: IndicatorLine
    pk: int | None = None


@dataclass(frozen=True, slots=True)
class TaskEntry:
    """A task of the cluster's programme as edited: `pk` as for indicators, `clauses` by their keys."""

    title: str
    due_on: date | None = None
    clauses: tuple[int, ...] = ()
    pk: int | None = None


@dataclass(frozen=True, slots=True)
class Lists:
    """The lists of a programme as edited; `tasks` None leaves the tasks alone (units run theirs on pages of their own)."""

    goals: tuple[str, ...] = ()
    indicators: tuple[IndicatorEntry, ...] = ()
    tasks: tuple[TaskEntry, ...] | None = None


def check_written(written: Written, directive: tuple[str, date] | None = None) -> None:
    """Refuses programmes.title_missing, programmes.ends_before_start, and a beginning before the day of the document that is
    carried out (`directive`: its name and day; programmes.before_directive)."""
    if not written.title.strip():
        raise Refused("programmes.title_missing", field="title")
    if written.starts_on and written.ends_on and written.ends_on < written.starts_on:
        raise Refused("programmes.ends_before_start", field="ends_on", starts_on=written.starts_on)
    for field, day in (("starts_on", written.starts_on), ("ends_on", written.ends_on)):
        if directive and day and day < directive[1]:
            raise Refused("programmes.before_directive", field=field, directive=directive[0], day=directive[1])


def check_return(reason: str) -> None:
    """Refuses to send a programme back without saying what is to be mended (programmes.return_reason_short)."""
    if sum(char.isalpha() for char in reason) < LEAST_REASON:
        raise Refused("programmes.return_reason_short", field="reason", least=LEAST_REASON)


def check_change_reason(reason: str, approved_version: int) -> None:
    """From the second version on, a version says why it changes the one before. Refuses programmes.change_reason_missing."""
    if approved_version and not reason.strip():
        raise Refused("programmes.change_reason_missing", field="reason", version=approved_version)


def check_lists(lists: Lists) -> None:
    """Refuses more than MOST_LINES lines in a part (programmes.too_many_lines)."""
    parts: tuple[Sequence[object], ...] = (lists.goals, lists.indicators, lists.tasks or ())
    if any(len(part) > MOST_LINES for part in parts):
        raise Refused("programmes.too_many_lines", limit=MOST_LINES)


@dataclass(frozen=True, slots=True)
class Hands:
    """A show of hands: one hand for each member unit."""

    votes_for: int
    votes_against: int = 0
    votes_abstained: int = 0


def check_hands(hands: Hands, members: int) -> None:
    """More are for it than against, and no more hands than units. Refuses programmes.too_many_votes, programmes.not_carried."""
    votes = hands.votes_for + hands.votes_against + hands.votes_abstained
    if votes > members:
        raise Refused("programmes.too_many_votes", field="votes_for", votes=votes, members=members)
    if hands.votes_for <= hands.votes_against:
        facts = {"votes_for": hands.votes_for, "votes_against": hands.votes_against}
        raise Refused("programmes.not_carried", field="votes_for", **facts)
