"""How the row of a task is locked, let through and written: what every write of tasks shares."""

from collections.abc import Iterable
from datetime import datetime

from thidua.clusters.access import member_ids, require_open
from thidua.directives.models import Clause
from thidua.kernel.actor import Actor
from thidua.kernel.errors import Absent, Refused
from thidua.kernel.text import fold
from thidua.people.models import Post
from thidua.programmes.access import require_may_run_tasks
from thidua.programmes.models import CLOSED, Programme, Task
from thidua.programmes.rules.tasks import Standing, State, chain_back, check_days


def gate(programme: Programme, actor: Actor) -> Actor:
    """The actor let through to the tasks of a programme. Refuses a unit that has left the year (programmes.unit_left), first:
    its own people could not be told otherwise; then who may not, and a closed year."""
    if programme.unit is not None and programme.unit_id not in member_ids(programme.year):
        raise Refused("programmes.unit_left", unit=programme.unit.name_vi)
    by = require_may_run_tasks(actor, programme)
    require_open(programme.year)
    return by


def lock_programme(programme: Programme) -> Programme:
    """The programme's row, locked: the order of its tasks and their parents are changed by one at a time. Absent when someone
    threw it away a moment ago."""
    rows = Programme.objects.select_for_update(of=("self",)).select_related("year__cluster", "unit", "directive")
    found = rows.defer("directive__text", "directive__folded").filter(pk=programme.pk).first()
    if found is None:
        raise Absent
    return found


def lock_task(task: Task) -> Task:
    """The task's row, locked, with what the gate asks for. Absent when someone removed it a moment ago."""
    rows = Task.objects.select_for_update(of=("self",)).select_related(
        "programme__year__cluster", "programme__unit", "programme__directive", "parent"
    )
    found = rows.defer("programme__directive__text", "programme__directive__folded").filter(pk=task.pk).first()
    if found is None:
        raise Absent
    return found


def keep(task: Task, *, now: datetime) -> Task:
    """Write a task: the only place that says year and unit (its programme's), `is_open` (its state) and the folded title."""
    task.year_id, task.unit_id = task.programme.year_id, task.programme.unit_id
    task.is_open = task.state not in CLOSED
    task.folded = fold(task.title)
    task.changed_at = now
    task.save()
    return task


def standing_of(task: Task) -> Standing:
    """The state of a task with what goes with it."""
    return Standing(State(task.state), task.percent, task.state_reason, task.done_on)


def stand(task: Task, standing: Standing) -> None:
    """Put a standing on the task, unsaved."""
    task.state, task.percent = standing.state.value, standing.percent
    task.state_reason, task.done_on = standing.reason, standing.done_on


def next_position(programme: Programme) -> int:
    """The place after the last task. One query; the programme is locked."""
    last = Task.objects.filter(programme=programme).order_by("-position").values_list("position", flat=True).first()
    return (last or 0) + 1


def check_post(programme: Programme, post_id: int | None) -> None:
    """Refuses the post of another unit (programmes.post_elsewhere). Tasks of the cluster's own programme are the head's."""
    place = programme.unit_id or programme.year.head_id
    if post_id is not None and not Post.objects.filter(pk=post_id, organisation=place).exists():
        raise Refused("programmes.post_elsewhere", field="owner_post")


def clauses_in(programme: Programme, ids: Iterable[int]) -> list[Clause]:
    """The clauses by their ids. Refuses one that is not in the cluster's register (programmes.clause_unknown)."""
    wanted = set(ids)
    if not wanted:
        return []
    clauses = Clause.objects.filter(pk__in=wanted, directive__cluster=programme.year.cluster_id)
    found = list(clauses.select_related("directive").defer("directive__text", "directive__folded"))
    if len(found) != len(wanted):
        raise Refused("programmes.clause_unknown", field="clauses")
    return found


def check_task_days(task: Task, clauses: Iterable[Clause]) -> None:
    """Refuses what `rules.tasks.check_days` refuses, with the programme's document and those of the clauses."""
    documents = {clause.directive_id: clause.directive for clause in clauses}
    if task.programme.directive is not None:
        documents[task.programme.directive.pk] = task.programme.directive
    check_days(task.starts_on, task.due_on, [(document.name, document.issued_on) for document in documents.values()])


def parent_in(programme: Programme, parent_id: int | None, task: Task | None = None) -> Task | None:
    """The task that is to be the parent. One level only.

    Refuses programmes.parent_unknown (not in the programme, or the task itself), .one_level, .parent_closed, .circle.
    """
    if parent_id is None:
        return None
    parent = Task.objects.filter(pk=parent_id, programme=programme).first()
    if parent is None or (task is not None and task.pk == parent.pk):
        raise Refused("programmes.parent_unknown", field="parent")
    if parent.parent_id is not None or (task is not None and task.pk and task.subtasks.exists()):
        raise Refused("programmes.one_level", field="parent", title=parent.title)
    if not parent.is_open and (task is None or task.is_open) and (task is None or task.parent_id != parent.pk):
        raise Refused("programmes.parent_closed", field="parent", title=parent.title)
    if task is not None and task.pk and task.parent_id != parent.pk:
        refuse_circle(programme, parent, task, field="parent")
    return parent


def refuse_circle(programme: Programme, task: Task, needed: Task, *, field: str) -> None:
    """Refuses (programmes.circle, with the way round by titles) if `task` came to wait for `needed`. A task also waits for
    its parts. Three queries over the unit's tasks of the year."""
    mine = Task.objects.filter(year=programme.year_id, unit=programme.unit_id)
    needs: dict[int, list[int]] = {}
    edges = Task.needs.through.objects.filter(from_task__in=mine).values_list("from_task", "to_task")
    for waiting, waited in [*edges, *mine.filter(parent__isnull=False).values_list("parent", "pk")]:
        needs.setdefault(waiting, []).append(waited)
    way = chain_back(needs, task.pk, needed.pk)
    if way:
        titles = dict(Task.objects.filter(pk__in=way).values_list("pk", "title"))
        raise Refused("programmes.circle", field=field, chain=" → ".join(f"“{titles[pk]}”" for pk in way))
