"""Which dates of a document can be true together, and which document may refer to which."""

from collections.abc import Iterable
from datetime import date

from thidua.kernel.errors import Refused

PAIRED = "paired"
YOUNGER = frozenset({"replaces", "amends", "concretises"})
"""Kinds of relation whose source cannot be older than its target; values of models.RelationKind."""


def check_dates(
    *,
    issued_on: date | None,
    effective_on: date | None,
    expires_on: date | None,
    number: str,
    number_year: int | None,
    today: date,
) -> None:
    """Refuses directives.date_wanted (a number without a date), directives.date_ahead (issued after today; only the day of
    effect may lie ahead), directives.number_year (the number names another year), directives.effective_early and
    directives.expires_early (before the day of issue or of effect)."""
    if issued_on is None and number:
        raise Refused("directives.date_wanted", field="issued_on")
    if issued_on is not None and issued_on > today:
        raise Refused("directives.date_ahead", field="issued_on", day=issued_on, today=today)
    if issued_on is not None and number_year is not None and number_year != issued_on.year:
        raise Refused("directives.number_year", field="issued_on", year=number_year, day=issued_on)
    if issued_on is not None and effective_on is not None and effective_on < issued_on:
        raise Refused("directives.effective_early", field="effective_on", day=effective_on, issued=issued_on)
    begins = effective_on or issued_on
    if expires_on is not None and begins is not None and expires_on < begins:
        raise Refused("directives.expires_early", field="expires_on", day=expires_on, begins=begins)


def is_too_old(kind: str, source: date | None, target: date | None) -> bool:
    """Whether a document of the day `source` cannot stand in the relation to one of the day `target`. Unknown days pass."""
    return kind in YOUNGER and source is not None and target is not None and source < target


def closes_circle(edges: Iterable[tuple[int, int]], source: int, target: int) -> bool:
    """Whether a new edge source → target would close a circle among directed edges of one kind."""
    following: dict[int, list[int]] = {}
    for begin, end in edges:
        following.setdefault(begin, []).append(end)
    waiting, seen = [target], set()
    while waiting:
        here = waiting.pop()
        if here == source:
            return True
        if here not in seen:
            seen.add(here)
            waiting += following.get(here, ())
    return False
