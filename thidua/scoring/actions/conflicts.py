"""Writes of conflicts of interest: declared by either side, proposed from the records, confirmed or dismissed by the head."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from thidua.audit.actions import publish
from thidua.clusters.access import member_ids, require_open
from thidua.clusters.models import ClusterYear
from thidua.clusters.rules import Stage
from thidua.kernel.actor import Actor
from thidua.kernel.errors import Absent, Refused
from thidua.people.models import Organisation, Person
from thidua.people.queries import actor_of
from thidua.scoring import events
from thidua.scoring.access import conflicted_units, may_dismiss, require_may_declare, require_may_dismiss, require_may_weigh
from thidua.scoring.actions import guard
from thidua.scoring.models import DECLARED, AppraiserAssignment, Conflict, ConflictState
from thidua.scoring.queries.conflicts import holders_of, kinships_of
from thidua.scoring.rules.conflicts import Proposal, proposals


@transaction.atomic
def declare_conflict(
    *,
    year: ClusterYear,
    kind: str,
    person: Person | None = None,
    checker: Organisation | None = None,
    unit: Organisation,
    words: str,
    actor: Actor,
    now: datetime,
) -> Conflict:
    """Somebody concerned, on either side, or the head declares that a person or a unit should not judge the unit.

    It stands at once, except that while sheets are checked a unit's word about others waits for somebody who is not concerned:
    nobody takes a checker they do not like out of the game. Whoever declares the own conflict is out at once.

    Refuses what is no conflict but a wall (scoring.own_unit_is_barred), strangers (scoring.not_your_conflict), what stands
    already (scoring.conflict_stands) and words that explain nothing. Absent: units outside the year.
    """
    by = require_may_declare(actor, year, person.pk if person else None, checker.pk if checker else None, unit.pk)
    _require_before_conference(year)
    if kind not in DECLARED or not {unit.pk, checker.pk if checker else unit.pk} <= member_ids(year):
        raise Absent
    guard.lock_place(year, unit)
    said = guard.checked_reason(words, field="words")
    if unit == checker or (person is not None and unit.pk in actor_of(person, now).organisations()):
        raise Refused("scoring.own_unit_is_barred", field="who", unit=unit.name_vi)
    conflict = _kept(year, kind, person, checker, unit) or Conflict(
        year=year, kind=kind, person=person, checker=checker, unit=unit, declared_at=now
    )
    if conflict.pk and conflict.state == ConflictState.STANDING:
        raise Refused("scoring.conflict_stands", field="who", by=conflict.declared_by_name)
    waits = year.stage == Stage.CROSS_CHECKING and conflict.person_id != actor.person_id and not may_dismiss(actor, conflict)
    conflict.state, conflict.words = ConflictState.PROPOSED if waits else ConflictState.STANDING, said
    conflict.declared_at, conflict.declared_by_name = now, guard.who(by)
    conflict.settled_at, conflict.settled_by_name, conflict.settled_why = None, "", ""
    conflict.save()
    publish(events.ConflictDeclared(*_names(conflict)), by, now=now)
    if not waits:
        _withdraw_assignments(conflict, by, now)
    return conflict


@transaction.atomic
def propose_conflicts(*, year: ClusterYear, actor: Actor, now: datetime) -> int:
    """The head has the records searched; how many new proposals wait. What was confirmed or dismissed is not proposed again."""
    by = require_may_weigh(actor, year)
    _require_before_conference(year)
    units = {unit.pk: unit for unit in Organisation.objects.filter(pk__in=member_ids(year))}
    parents = {unit.pk: unit.parent_id for unit in units.values()}
    people = holders_of(units, now)
    holders = {place: [person.pk for person in found] for place, found in people.items()}
    names = {person.pk: person.name for found in people.values() for person in found}
    made = 0
    for proposal in proposals(holders, parents, kinships_of(year)):
        if _kept(year, proposal.kind, None, units[proposal.checker], units[proposal.unit]) is None:
            conflict = _propose(year, proposal, names.get(proposal.person, ""), now)
            publish(events.ConflictProposed(*_names(conflict)), by, now=now)
            made += 1
    return made


def _propose(year: ClusterYear, proposal: Proposal, name: str, now: datetime) -> Conflict:
    words = _("Người liên quan: %(name)s.") % {"name": name} if name else ""
    return Conflict.objects.create(
        year=year, kind=proposal.kind, checker_id=proposal.checker, unit_id=proposal.unit,
        state=ConflictState.PROPOSED, words=words, declared_at=now,
    )  # fmt: skip


@transaction.atomic
def confirm_conflict(*, conflict: Conflict, actor: Actor, now: datetime) -> None:
    """The head says that a proposal is a conflict: it stands. Refuses what stands already (scoring.conflict_stands), and
    whoever is concerned (scoring.conflict_of_own_unit)."""
    locked = _lock(conflict)
    by = require_may_dismiss(actor, locked)
    _require_before_conference(locked.year)
    if locked.state == ConflictState.STANDING:
        raise Refused("scoring.conflict_stands", by=locked.settled_by_name or locked.declared_by_name)
    _settle(locked, ConflictState.STANDING, "", by, now)
    publish(events.ConflictConfirmed(*_names(locked)), by, now=now)
    _withdraw_assignments(locked, by, now)


@transaction.atomic
def dismiss_conflict(*, conflict: Conflict, reason: str, actor: Actor, now: datetime) -> None:
    """The head says, with a reason, that something is no conflict. Refuses whoever is concerned (scoring.conflict_of_own_unit),
    what was dismissed already (scoring.conflict_dismissed)."""
    locked = _lock(conflict)
    by = require_may_dismiss(actor, locked)
    _require_before_conference(locked.year)
    if locked.state == ConflictState.DISMISSED:
        raise Refused("scoring.conflict_dismissed", by=locked.settled_by_name)
    why = guard.checked_reason(reason)
    _settle(locked, ConflictState.DISMISSED, why, by, now)
    publish(events.ConflictDismissed(*_names(locked), why), by, now=now)


def _lock(conflict: Conflict) -> Conflict:
    related = ("year__cluster", "year__head", "unit", "person", "checker")
    return Conflict.objects.select_for_update(of=("self",)).select_related(*related).get(pk=conflict.pk)


def _settle(conflict: Conflict, state: str, why: str, by: Actor, now: datetime) -> None:
    conflict.state, conflict.settled_why = state, why
    conflict.settled_at, conflict.settled_by_name = now, guard.who(by)
    conflict.save(update_fields=["state", "settled_why", "settled_at", "settled_by_name"])


def _kept(
    year: ClusterYear, kind: str, person: Person | None, checker: Organisation | None, unit: Organisation
) -> Conflict | None:
    """The same conflict as kept; one between two units may be written either way round."""
    rows = Conflict.objects.filter(year=year, kind=kind)
    if person is not None:
        return rows.filter(person=person, unit=unit).first()
    return rows.filter(Q(checker=checker, unit=unit) | Q(checker=unit, unit=checker)).first()


def _names(conflict: Conflict) -> tuple[int, int, str, str, int, str]:
    who = conflict.person.name if conflict.person is not None else str(conflict.checker)
    return conflict.year_id, conflict.pk, str(conflict.kind), who, conflict.unit_id, conflict.unit.name_vi


def _withdraw_assignments(conflict: Conflict, by: Actor, now: datetime) -> None:
    """Appraisers whom the conflict bars lose the unit; what they found so far stays, as when the head takes it from them."""
    year = conflict.year
    concerned = {conflict.unit_id, conflict.checker_id or conflict.unit_id}
    for given in AppraiserAssignment.objects.filter(year=year, unit__in=concerned).select_related("person", "unit"):
        if given.unit_id in conflicted_units(actor_of(given.person, now), year):
            fact = events.AppraiserUnassigned(year.pk, given.person_id, given.person.name, given.unit_id, given.unit.name_vi)
            given.delete()
            publish(fact, by, now=now)


def _require_before_conference(year: ClusterYear) -> None:
    require_open(year)
    if year.has_reached(Stage.CONFERENCE):
        raise Refused("clusters.wrong_stage", stage=year.stage, wanted=Stage.CROSS_CHECKING)
