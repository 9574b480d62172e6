"""Writes of tasks: adding, editing, parts, what waits for what, repetition, removing what was never worked on."""

from dataclasses import replace
from datetime import date, datetime

from django.db import transaction

from thidua.audit.actions import publish
from thidua.kernel.actor import Actor
from thidua.kernel.errors import Refused
from thidua.programmes import events
from thidua.programmes.actions.documents import settle_document
from thidua.programmes.actions.task_row import (
    check_post,
    check_task_days,
    clauses_in,
    gate,
    keep,
    lock_programme,
    lock_task,
    next_position,
    parent_in,
    refuse_circle,
)
from thidua.programmes.models import ChecklistItem, Programme, Task
from thidua.programmes.rules.tasks import MOST_TITLE, Draft, Every, occurrences, period_of, title_in


@transaction.atomic
def add_task(*, programme: Programme, draft: Draft, actor: Actor, now: datetime) -> Task:
    """Add a task at the end of a programme.

    Refuses programmes.unit_left, .task_title_missing, .task_title_too_long, .post_elsewhere, .clause_unknown, .parent_unknown,
    .one_level, .parent_closed, .task_ends_before_start, .task_before_directive.
    """
    locked = lock_programme(programme)
    by = gate(locked, actor)
    task = place_task(locked, draft, next_position(locked), now=now)
    settle_document(locked)
    publish(events.TaskAdded(locked.year_id, locked.unit_id, locked.pk, task.pk, task.title), by, now=now)
    return task


def place_task(programme: Programme, draft: Draft, position: int, *, series: str = "", now: datetime) -> Task:
    """Check a draft and keep it as a task at a place of the locked programme; the caller has let the actor through its gate.
    Refuses as `add_task`."""
    task = Task(programme=programme, position=position, series=series)
    _write(task, draft)
    clauses = clauses_in(programme, draft.clause_ids)
    check_task_days(task, clauses)
    keep(task, now=now)
    task.clauses.set(clauses)
    return task


@transaction.atomic
def edit_task(*, task: Task, draft: Draft, revision: int, actor: Actor, now: datetime) -> Task:
    """Change what a task says. `revision` is the one the writer saw: refuses a newer one (programmes.task_edited_meanwhile),
    and what `add_task` refuses. Progress is not part of it, so noting progress disturbs no one who edits."""
    lock_programme(task.programme)
    locked = lock_task(task)
    by = gate(locked.programme, actor)
    if revision != locked.revision:
        raise Refused("programmes.task_edited_meanwhile")
    _write(locked, draft)
    clauses = clauses_in(locked.programme, draft.clause_ids)
    check_task_days(locked, clauses)
    locked.revision += 1
    keep(locked, now=now)
    locked.clauses.set(clauses)
    settle_document(locked.programme)
    publish(events.TaskEdited(locked.year_id, locked.unit_id, locked.pk, locked.title, locked.revision), by, now=now)
    return locked


@transaction.atomic
def remove_task(*, task: Task, actor: Actor, now: datetime) -> None:
    """Take away a task that was entered by mistake. Refuses one with parts (programmes.has_subtasks) and one that was worked
    on (programmes.worked_on): that one is dropped with a reason and stays."""
    lock_programme(task.programme)
    locked = lock_task(task)
    by = gate(locked.programme, actor)
    if locked.subtasks.exists():
        raise Refused("programmes.has_subtasks")
    if locked.notes.exists():
        raise Refused("programmes.worked_on")
    publish(events.TaskRemoved(locked.year_id, locked.unit_id, locked.pk, locked.title), by, now=now)
    locked.delete()
    settle_document(locked.programme)


@transaction.atomic
def add_need(*, task: Task, needed: Task, actor: Actor, now: datetime) -> None:
    """Say that a task waits for another of the same unit.

    Refuses programmes.need_elsewhere, .circle (with the way round), .closed for a task that is done or dropped.
    """
    list(Programme.objects.select_for_update().filter(year=task.year_id, unit=task.unit_id).order_by("pk"))
    locked = lock_task(task)
    by = gate(locked.programme, actor)
    if (needed.year_id, needed.unit_id) != (locked.year_id, locked.unit_id):
        raise Refused("programmes.need_elsewhere", field="needed")
    if not locked.is_open:
        raise Refused("programmes.closed", field="needed", state=locked.state)
    refuse_circle(locked.programme, locked, needed, field="needed")
    locked.needs.add(needed)
    publish(events.TaskNeedSet(locked.year_id, locked.unit_id, locked.pk, locked.title, needed.pk, needed.title), by, now=now)


@transaction.atomic
def remove_need(*, task: Task, needed: Task, actor: Actor, now: datetime) -> None:
    """A task no longer waits for another; twice is no harm."""
    locked = lock_task(task)
    by = gate(locked.programme, actor)
    if locked.needs.filter(pk=needed.pk).exists():
        locked.needs.remove(needed)
        fact = events.TaskNeedLifted(locked.year_id, locked.unit_id, locked.pk, locked.title, needed.pk, needed.title)
        publish(fact, by, now=now)


@transaction.atomic
def repeat_task(*, task: Task, every: Every, until: date, actor: Actor, now: datetime) -> list[Task]:
    """Write a task out once for each period up to `until`, itself being the first; each title says its period.

    Copies carry detail, post, clauses, parent and an unticked checklist, and start as long before their day as the first.
    Refuses programmes.repeat_needs_day (no due day), .repeated_already, .closed, and what `rules.tasks.occurrences` refuses.
    """
    programme = lock_programme(task.programme)
    locked = lock_task(task)
    by = gate(locked.programme, actor)
    if locked.due_on is None:
        raise Refused("programmes.repeat_needs_day")
    if locked.series:
        raise Refused("programmes.repeated_already")
    if not locked.is_open:
        raise Refused("programmes.closed", state=locked.state)
    days, title, year = occurrences(locked.due_on, until, every), locked.title, programme.year.year
    lead = locked.due_on - locked.starts_on if locked.starts_on else None
    locked.series, locked.title = f"{locked.pk}", title_in(title, period_of(days[0], every, year))
    locked.revision += 1
    keep(locked, now=now)
    steps, clauses = list(locked.checklist.all()), frozenset(locked.clauses.values_list("pk", flat=True))
    first = Draft(title, locked.detail, locked.owner_post_id, None, None, clauses, locked.parent_id)
    made, position = [locked], next_position(programme)
    for place, day in enumerate(days[1:]):
        starts_on = day - lead if lead is not None else None
        draft = replace(first, title=title_in(title, period_of(day, every, year)), starts_on=starts_on, due_on=day)
        made.append(place_task(programme, draft, position + place, series=locked.series, now=now))
    ChecklistItem.objects.bulk_create(
        ChecklistItem(task=copy, position=step.position, text=step.text) for copy in made[1:] for step in steps
    )
    settle_document(programme)
    fact = events.TaskRepeated(locked.year_id, locked.unit_id, locked.pk, title, every.value, len(made), days[-1])
    publish(fact, by, now=now)
    return made


def _write(task: Task, draft: Draft) -> None:
    """Put what was drafted on the task, unsaved, after checking what can be checked without its clauses."""
    title = " ".join(draft.title.split())
    if not title:
        raise Refused("programmes.task_title_missing", field="title")
    if len(title) > MOST_TITLE:
        raise Refused("programmes.task_title_too_long", field="title", length=len(title), limit=MOST_TITLE)
    if draft.owner_post_id != task.owner_post_id:
        check_post(task.programme, draft.owner_post_id)
    task.parent = parent_in(task.programme, draft.parent_id, task)
    task.title, task.detail = title, draft.detail.strip()
    task.owner_post_id, task.starts_on, task.due_on = draft.owner_post_id, draft.starts_on, draft.due_on
