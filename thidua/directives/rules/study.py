"""What a distribution and a study session must keep to, and the share of members reached. Pure; days come as arguments."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from thidua.kernel.errors import Refused

MEMBERS = "members"
"""The group that the share is reckoned from; its word is in models.Audience."""

MOST_PEOPLE = 1_000_000
"""Of one group at one session, and of a unit: beyond it somebody's finger slipped."""

REASON_LENGTH = 10


@dataclass(frozen=True, slots=True)
class Count:
    """How many of a group were invited and how many came."""

    audience: str
    invited: int
    attended: int


@dataclass(frozen=True, slots=True)
class Studied:
    """A document as the rules of a session see it: its name and its own date (None for a class of documents)."""

    name: str
    issued_on: date | None


def check_due(due_on: date | None, issued_on: date | None, today: date) -> None:
    """A due date is a day to come, and not before the document's own date.

    Refuses directives.due_before_document and directives.due_in_past, both at the field due_on.
    """
    if due_on is None:
        return
    if issued_on and due_on < issued_on:
        raise Refused("directives.due_before_document", field="due_on", day=issued_on)
    if due_on < today:
        raise Refused("directives.due_in_past", field="due_on", day=today)


def check_session(held_on: date, documents: Sequence[Studied], *, year: int, today: date) -> None:
    """A session has been held: on a day that has come, after its documents were issued, about the emulation year.

    An emulation year may begin in the autumn before or end in the spring after; more than a year away is a slip. Refuses
    directives.no_document, directives.session_in_future, directives.session_outside_year and
    directives.session_before_document.
    """
    if not documents:
        raise Refused("directives.no_document", field="directives")
    if held_on > today:
        raise Refused("directives.session_in_future", field="held_on", day=today)
    if abs(held_on.year - year) > 1:
        raise Refused("directives.session_outside_year", field="held_on", first=year - 1, last=year + 1)
    for document in documents:
        if document.issued_on and held_on < document.issued_on:
            raise Refused("directives.session_before_document", field="held_on", document=document.name, day=document.issued_on)


def check_counts(counts: Sequence[Count]) -> None:
    """Nobody comes who was not invited, somebody came, and no figure is beyond MOST_PEOPLE.

    Refuses directives.too_many_people, directives.more_than_invited (both at the field of the group) and
    directives.nobody_attended.
    """
    for count in counts:
        if max(count.invited, count.attended) > MOST_PEOPLE:
            raise Refused("directives.too_many_people", field=f"{count.audience}_invited", most=MOST_PEOPLE)
        if count.attended > count.invited:
            raise Refused(
                "directives.more_than_invited", field=f"{count.audience}_attended", attended=count.attended, invited=count.invited
            )
    if not any(count.attended for count in counts):
        raise Refused("directives.nobody_attended")


def check_size(members: int) -> None:
    """A unit has at least one member of the Party, and at most MOST_PEOPLE. Refuses directives.size_out_of_range."""
    if not 1 <= members <= MOST_PEOPLE:
        raise Refused("directives.size_out_of_range", field="members", most=MOST_PEOPLE)


def check_reason(reason: str) -> str:
    """The reason with single spaces. Refuses one too short to say anything (directives.study_reason_too_short)."""
    why = " ".join(reason.split())
    if len(why) < REASON_LENGTH:
        raise Refused("directives.study_reason_too_short", field="reason", least=REASON_LENGTH)
    return why


def share(attended: int, size: int | None) -> Decimal | None:
    """Members reached, in percent with one decimal, half up. None while the unit's size is not known.

    Above 100 when some came to several sessions: said so on the pages, not cut off.
    """
    if not size:
        return None
    return (Decimal(attended) * 100 / size).quantize(Decimal("0.1"), ROUND_HALF_UP)


def with_list(counts: Sequence[Count], listed: dict[str, int]) -> list[Count]:
    """The counts with attendance as a list of certificates has it. Whoever is on the list was there, so no group has fewer
    invited than listed; a group that the list does not name had nobody there."""
    known = {count.audience: count.invited for count in counts}
    groups = [*known, *(audience for audience in listed if audience not in known)]
    return [Count(group, max(known.get(group, 0), listed.get(group, 0)), listed.get(group, 0)) for group in groups]


def still_outside(unit_ids: Collection[int], members: Collection[int]) -> list[int]:
    """The chosen units that are no members, in order."""
    return [unit for unit in unit_ids if unit not in members]
