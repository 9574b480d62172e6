"""Marks that must not count: a conflict of interest that stands when the round is settled bars whoever gave them."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date

from django.db.models import Q
from django.utils import timezone

from thidua.crosschecks.models import CheckRound, CheckTask
from thidua.crosschecks.queries.marks import RoundMarks
from thidua.people.models import Tenure
from thidua.people.queries.actors import in_force
from thidua.scoring.models import Conflict, ConflictState
from thidua.scoring.queries import barred_pairs


def barred_tasks(check: CheckRound, tasks: Iterable[CheckTask]) -> frozenset[int]:
    """Ids of the tasks whose marks do not count: the checker is the unit itself, or a conflict stands between the two.

    A person stands for every organisation where he or she held a post on the day the round was closed (opened, made), so that
    the answer is the same whenever it is asked. Three queries at most, however many units and persons.
    """
    listed = list(tasks)
    pairs = barred_pairs(check.year) if listed else frozenset()
    persons = {task.person_id for task in listed if task.person_id is not None}
    day = timezone.localtime(check.closed_at or check.opened_at or check.made_at).date()
    homes, walls = _homes(persons, day), _walls(check, persons)
    found = set()
    for task in listed:
        sides = {task.checker_id} if task.person_id is None else homes.get(task.person_id, set())
        own = task.unit_id in sides or (task.person_id, task.unit_id) in walls
        if own or any((side, task.unit_id) in pairs for side in sides):
            found.add(task.pk)
    return frozenset(found)


def _homes(persons: Collection[int], day: date) -> dict[int, set[int | None]]:
    """Where each person held a post on the day. One query, none without persons."""
    homes: dict[int, set[int | None]] = {}
    if persons:
        held = Tenure.objects.filter(in_force(day), person__in=persons).values_list("person_id", "post__organisation_id")
        for person, place in held:
            homes.setdefault(person, set()).add(place)
    return homes


def _walls(check: CheckRound, persons: Collection[int]) -> set[tuple[int | None, int]]:
    """Standing conflicts of the persons themselves. One query, none without persons."""
    if not persons:
        return set()
    standing = Q(year=check.year, state=ConflictState.STANDING, person__in=persons)
    return set(Conflict.objects.filter(standing).values_list("person_id", "unit_id"))


def counting(given: RoundMarks, barred: Collection[int]) -> RoundMarks:
    """What was given, without the tasks that do not count: neither their marks nor their being asked."""
    if not barred:
        return given
    kept = {key: tuple(pair for pair in pairs if pair[0].pk not in barred) for key, pairs in given.marks.items()}
    tasks = tuple(task for task in given.tasks if task.pk not in barred)
    return replace(given, tasks=tasks, marks={key: pairs for key, pairs in kept.items() if pairs})
