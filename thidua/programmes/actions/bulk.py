"""One change to several tasks at once: all of them or none."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from thidua.audit.actions import publish
from thidua.clusters.models import ClusterYear
from thidua.kernel.actor import Actor
from thidua.kernel.errors import Absent, Refused
from thidua.programmes import events
from thidua.programmes.access import may_see_tasks
from thidua.programmes.actions.documents import settle_document
from thidua.programmes.actions.progress import move_task
from thidua.programmes.actions.task_row import check_post, check_task_days, gate, keep
from thidua.programmes.models import CLOSED, Programme, Task
from thidua.programmes.rules.tasks import Change, State

MOST_AT_ONCE = 200
MOST_SHIFT = 366


class BulkRefused(Refused):
    """Nothing was changed; `faults` says for each refused task why, in the order of the list."""

    def __init__(self, faults: Sequence[tuple[Task, Refused]], total: int) -> None:
        super().__init__("programmes.bulk_refused", count=len(faults), total=total)
        self.faults = list(faults)


@transaction.atomic
def bulk_edit(*, year: ClusterYear, task_ids: Sequence[int], change: Change, actor: Actor, now: datetime) -> int:
    """Give several tasks a state, a due day, a shift of the due day in days, an owner post; how many were changed.

    All or nothing: BulkRefused names each task that cannot be changed. Refuses programmes.bulk_none, .bulk_nothing,
    .bulk_too_many (200), .shift_too_far; Absent for a task that this person cannot see.
    """
    wanted = list(dict.fromkeys(task_ids))
    if not wanted:
        raise Refused("programmes.bulk_none")
    if change.is_empty:
        raise Refused("programmes.bulk_nothing")
    if len(wanted) > MOST_AT_ONCE:
        raise Refused("programmes.bulk_too_many", limit=MOST_AT_ONCE)
    if abs(change.shift) > MOST_SHIFT:
        raise Refused("programmes.shift_too_far", limit=MOST_SHIFT)
    # the programmes before their tasks, as everywhere
    holding = Task.objects.filter(year=year, pk__in=wanted).values("programme")
    list(Programme.objects.select_for_update().filter(pk__in=holding).order_by("pk"))
    tasks = _locked(year, wanted)
    if len(tasks) != len(wanted) or not all(may_see_tasks(actor, year, unit) for unit in {task.unit_id for task in tasks}):
        raise Absent
    dropped = {task.pk for task in tasks if task.state == State.DROPPED}
    gates = {programme.pk: gate(programme, actor) for programme in {task.programme for task in tasks}}
    faults = []
    for task in _in_order(tasks, change):
        try:
            _apply(task, change, gates[task.programme_id], now)
        except Refused as refused:
            faults.append((task, refused))
    if faults:
        raise BulkRefused(sorted(faults, key=lambda fault: wanted.index(fault[0].pk)), len(tasks))
    moved = [task for task in tasks if change.says_other or (task.state == State.DROPPED) != (task.pk in dropped)]
    for programme in {task.programme_id: task.programme for task in moved}.values():
        settle_document(programme)
    by_unit = {task.unit_id: gates[task.programme_id] for task in tasks}
    for unit, by in by_unit.items():
        ids = tuple(sorted(task.pk for task in tasks if task.unit_id == unit))
        publish(events.TasksChanged(year.pk, unit, ids, len(ids), _in_words(change)), by, now=now)
    return len(tasks)


def _locked(year: ClusterYear, ids: list[int]) -> list[Task]:
    rows = Task.objects.select_for_update(of=("self",)).select_related(
        "programme__year__cluster", "programme__unit", "programme__directive", "parent"
    )
    rows = rows.defer("programme__directive__text", "programme__directive__folded").prefetch_related("clauses__directive")
    return list(rows.filter(year=year, pk__in=ids).order_by("pk"))


def _in_order(tasks: list[Task], change: Change) -> list[Task]:
    """Parts before their parents when closing, parents first when opening again."""
    return sorted(tasks, key=lambda task: (task.parent_id is None) == (change.state in CLOSED))


def _apply(task: Task, change: Change, by: Actor, now: datetime) -> None:
    if task.parent_id is not None:
        task.parent = Task.objects.get(pk=task.parent_id)  # it may have been changed a moment ago
    if change.owner_post_id is not None:
        check_post(task.programme, change.owner_post_id)
        task.owner_post_id = change.owner_post_id
    if change.due_on is not None or change.shift:
        day = change.due_on or task.due_on
        if day is None:
            raise Refused("programmes.nothing_to_shift")
        task.due_on = day + timedelta(change.shift)
        check_task_days(task, task.clauses.all())
    task.revision += 1
    if change.state is None:
        keep(task, now=now)
    else:
        move_task(task, change.state, reason=change.reason, done_on=None, despite_needs=False, by=by, now=now, told=False)


def _in_words(change: Change) -> str:
    """What was changed, as the journal keeps it: field=value, days as ISO dates."""
    values = {"state": change.state, "due_on": change.due_on, "shift": change.shift, "owner_post": change.owner_post_id}
    return ", ".join(f"{name}={value}" for name, value in values.items() if value)
