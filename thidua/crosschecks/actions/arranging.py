"""Writes of who checks what, by hand: units to units, rows or whole sheets to persons."""

from datetime import datetime

from django.db import transaction

from thidua.audit.actions import publish
from thidua.clusters.access import member_ids, require_stage, where_in
from thidua.clusters.queries import members
from thidua.criteria.queries import published_version, table_of
from thidua.crosschecks import events
from thidua.crosschecks.access import MARK, require_may_arrange, require_state
from thidua.crosschecks.actions.rounds import STAGES, lock_round
from thidua.crosschecks.models import CheckRound, CheckTask, Mode, RoundState
from thidua.crosschecks.rules.rows import rows_by_assessor
from thidua.kernel.actor import Actor
from thidua.kernel.errors import Absent, Forbidden, Refused
from thidua.people.models import Organisation, Person
from thidua.people.queries import actor_of
from thidua.scoring.access import conflicted_units
from thidua.scoring.queries import barred_pairs


@transaction.atomic
def give_unit(*, check: CheckRound, checker: Organisation, unit: Organisation, actor: Actor, now: datetime) -> CheckTask:
    """In a pairwise round one unit checks another, beside what was drawn. Refuses itself (crosschecks.checks_itself), a standing
    conflict of interest (crosschecks.units_in_conflict), what was given before (crosschecks.given_already), and one's own unit:
    who checks it is for the superior body to change (crosschecks.own_checkers)."""
    locked, by = _lock(check, actor)
    _require_others(actor, [unit])
    if locked.mode != Mode.PAIRWISE:
        raise Refused("crosschecks.not_pairwise")
    if not {checker.pk, unit.pk} <= member_ids(locked.year):
        raise Absent
    if checker == unit:
        raise Refused("crosschecks.checks_itself", field="checker", unit=unit.name_vi)
    if (checker.pk, unit.pk) in barred_pairs(locked.year):
        raise Refused("crosschecks.units_in_conflict", field="checker", checker=checker.name_vi, unit=unit.name_vi)
    task, made = CheckTask.objects.get_or_create(round=locked, checker=checker, unit=unit)
    if not made:
        raise Refused("crosschecks.given_already", field="checker", checker=checker.name_vi, unit=unit.name_vi)
    _bump(locked)
    publish(events.CheckGiven(*_names(locked), checker.name_vi, unit.name_vi), by, now=now)
    return task


@transaction.atomic
def give_person(*, check: CheckRound, person: Person, label: str = "", actor: Actor, now: datetime) -> list[Organisation]:
    """A person checks every unit: the whole sheets (council), or the rows of an assessor as the criteria name it (`label`, by
    row). Answers with the units that are left out: the person's own and those with a standing conflict of interest.

    Refuses pairwise rounds (crosschecks.not_of_persons), who may not mark here (crosschecks.not_a_checker), a label that the
    criteria do not have (crosschecks.unknown_label), and what was given before (crosschecks.given_already).
    """
    locked, by = _lock(check, actor)
    if locked.mode == Mode.PAIRWISE:
        raise Refused("crosschecks.not_of_persons")
    codes = _codes(locked, label)
    checker = actor_of(person, now)
    if checker.by(MARK, where_in(locked.year)) is None:
        raise Refused("crosschecks.not_a_checker", field="person", person=person.name)
    if locked.tasks.filter(person=person, label=label).exists():
        raise Refused("crosschecks.given_already", field="person", checker=person.name, unit=label or "…")
    walls = checker.organisations() | conflicted_units(checker, locked.year)
    units = members(locked.year)
    free = [unit for unit in units if unit.pk not in walls]
    if not free:
        raise Refused("crosschecks.barred_everywhere", field="person", person=person.name)
    CheckTask.objects.bulk_create(CheckTask(round=locked, unit=unit, person=person, label=label, codes=codes) for unit in free)
    _bump(locked)
    publish(events.CheckGiven(*_names(locked), person.name, label or _all(free)), by, now=now)
    return [unit for unit in units if unit.pk in walls]


@transaction.atomic
def take_tasks(*, check: CheckRound, tasks: list[CheckTask], actor: Actor, now: datetime) -> None:
    """Take tasks of the round back. Refuses those in which marks were given (crosschecks.task_has_marks): what was said stays;
    and, one by one or while marks are given, those about one's own unit (crosschecks.own_checkers)."""
    locked, by = _lock(check, actor)
    ids = [task.pk for task in tasks]
    kept = list(CheckTask.objects.filter(round=locked, pk__in=ids).select_related("unit", "checker", "person"))
    if not kept:
        raise Absent
    if locked.mode == Mode.PAIRWISE or locked.state == RoundState.OPEN:
        _require_others(actor, [task.unit for task in kept])
    for task in kept:
        if task.marks.exists():
            raise Refused("crosschecks.task_has_marks", task=str(task))
    facts = [(str(task.checker or task.person), task.unit) for task in kept]
    CheckTask.objects.filter(pk__in=ids, round=locked).delete()
    _bump(locked)
    publish(events.CheckTaken(*_names(locked), facts[0][0], _all([unit for _who, unit in facts])), by, now=now)


def _lock(check: CheckRound, actor: Actor) -> tuple[CheckRound, Actor]:
    locked = lock_round(check)
    by = require_may_arrange(actor, locked.year)
    require_stage(locked.year, *STAGES)
    require_state(locked, RoundState.DRAFT, RoundState.OPEN)
    return locked, by


def _require_others(actor: Actor, units: list[Organisation]) -> None:
    """Nobody chooses the checkers of a unit at which they hold a post."""
    for unit in units:
        if unit.pk in actor.organisations():
            raise Forbidden("crosschecks.own_checkers", unit=unit.name_vi)


def _codes(check: CheckRound, label: str) -> list[str]:
    if check.mode == Mode.COUNCIL:
        if label:
            raise Refused("crosschecks.unknown_label", field="label", label=label)
        return []
    version = published_version(check.year)
    found = rows_by_assessor(table_of(version)) if version is not None else {}
    if label not in found:
        raise Refused("crosschecks.unknown_label", field="label", label=label)
    return found[label]


def _all(units: list[Organisation]) -> str:
    return ", ".join(unit.short for unit in units)


def _bump(check: CheckRound) -> None:
    check.revision += 1
    check.save(update_fields=["revision"])


def _names(check: CheckRound) -> tuple[int, int, int, str]:
    return check.year_id, check.pk, check.number, check.title
