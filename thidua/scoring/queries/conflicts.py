"""Conflicts of interest of a year: the page, and what other actions ask of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from thidua.clusters.access import may, member_ids
from thidua.clusters.models import ClusterYear
from thidua.kernel import ports
from thidua.kernel.actor import Actor, Role
from thidua.people.models import Organisation, Person, Tenure
from thidua.people.queries.actors import in_force
from thidua.scoring.access import SEE_CONFLICTS, conflicts_visible_to, may_dismiss, may_weigh
from thidua.scoring.models import Conflict, ConflictKind, ConflictState

JUDGES = (Role.APPRAISER, Role.UNIT_OFFICER, Role.UNIT_LEADER)


def check_pages(actor: Actor, year: ClusterYear) -> list[ports.Tab]:
    """The pages of the cross-check that this person may open: who appraises whom, rounds, conflicts of interest. No query."""
    if not may(SEE_CONFLICTS, actor, year):
        return []
    place = (year.cluster.slug, year.year)
    rounds = [tab for offer in ports.CHECK_PAGES for tab in offer(actor, year)]
    return [
        ports.Tab("checks", _("Phân công"), reverse("scoring:checks", args=place)),
        *rounds,
        ports.Tab("conflicts", _("Xung đột lợi ích"), reverse("scoring:conflicts", args=place)),
    ]


@dataclass(frozen=True, slots=True)
class ConflictRow:
    """A conflict as shown, and what this person may do about it."""

    conflict: Conflict
    who: str
    state: str
    may_confirm: bool
    may_dismiss: bool


_STATES = {ConflictState.PROPOSED: "due", ConflictState.STANDING: "late", ConflictState.DISMISSED: "wait"}
"""How each state looks in a cell: to be decided, barring, of no effect."""


def conflict_rows(actor: Actor, year: ClusterYear) -> list[ConflictRow]:
    """The conflicts that the actor may read: what waits for a decision first, then what stands. One query."""
    found = conflicts_visible_to(actor, year).select_related("person", "checker", "unit")
    order = list(_STATES)
    weighs = may_weigh(actor, year) and not year.has_reached("conference")
    rows = []
    for conflict in sorted(found, key=lambda c: (order.index(ConflictState(c.state)), c.pk)):
        conflict.year = year
        rows.append(_row(conflict, weighs, weighs and may_dismiss(actor, conflict)))
    return rows


def _row(conflict: Conflict, weighs: bool, dismisses: bool) -> ConflictRow:
    return ConflictRow(
        conflict=conflict,
        who=conflict.person.name if conflict.person is not None else str(conflict.checker),
        state=_STATES[ConflictState(conflict.state)],
        may_confirm=weighs and conflict.state != ConflictState.STANDING,
        may_dismiss=dismisses and conflict.state != ConflictState.DISMISSED,
    )


def barred_pairs(year: ClusterYear) -> frozenset[tuple[int, int]]:
    """Pairs of units between which a conflict stands, both ways round. One query."""
    standing = Conflict.objects.filter(year=year, state=ConflictState.STANDING, checker__isnull=False)
    pairs = list(standing.values_list("checker_id", "unit_id"))
    return frozenset(pairs) | frozenset((unit, checker) for checker, unit in pairs)


def kinships_of(year: ClusterYear) -> list[tuple[int, int]]:
    """Standing kinships of persons: (person id, unit id). One query."""
    rows = Conflict.objects.filter(year=year, state=ConflictState.STANDING, kind=ConflictKind.KINSHIP, person__isnull=False)
    return list(rows.values_list("person_id", "unit_id"))


def holders_of(unit_ids: Iterable[int], now: datetime) -> dict[int, list[Person]]:
    """Who holds a post, whatever its roles, at each of the units on that day. One query."""
    day = timezone.localtime(now).date()
    found: dict[int, list[Person]] = {pk: [] for pk in unit_ids}
    tenures = Tenure.objects.filter(in_force(day), post__organisation__in=found)
    for place, person in ((t.post.organisation_id, t.person) for t in tenures.select_related("person", "post").order_by("pk")):
        if person not in found[place]:
            found[place].append(person)
    return found


def judges_to_choose(year: ClusterYear, now: datetime) -> list[tuple[Person, Organisation]]:
    """People with a post that checks or scores (appraiser, officer, leader) at a member or the superior body, with the
    organisation, by name. One query."""
    day = timezone.localtime(now).date()
    places = member_ids(year) | {year.cluster.superior_body_id}
    tenures = Tenure.objects.filter(in_force(day), post__organisation__in=places, person__is_active=True)
    found = {
        (t.person_id, t.post.organisation_id): (t.person, t.post.organisation)
        for t in tenures.select_related("person", "post__organisation")
        if set(t.post.roles) & set(JUDGES)
    }
    return sorted(found.values(), key=lambda pair: (pair[1].order, pair[0].name))
