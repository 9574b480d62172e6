"""Reads for the pages of one task: everything about it, and the choices of its forms."""

from dataclasses import dataclass

from django.db.models import Q

from thidua.clusters.access import may
from thidua.clusters.rules import Stage
from thidua.directives.models import Clause
from thidua.kernel.actor import Actor
from thidua.people.models import Post
from thidua.programmes.access import DRAFT_NEXT_YEAR, RUN_TASKS
from thidua.programmes.models import ChecklistItem, Programme, ProgressNote, Task
from thidua.programmes.queries.tasks import posts_of

MOST_CHOICES = 300


@dataclass(frozen=True, slots=True)
class TaskDesk:
    """A task with its parts, what it waits for and what waits for it, checklist, clauses and notes (the newest first)."""

    task: Task
    parts: list[Task]
    needs: list[Task]
    needed_by: list[Task]
    steps: list[ChecklistItem]
    clauses: list[Clause]
    notes: list[ProgressNote]
    series: int

    @property
    def open_needs(self) -> list[Task]:
        """What it waits for that is still open."""
        return [task for task in self.needs if task.is_open]

    @property
    def steps_done(self) -> int:
        """How many steps are ticked."""
        return sum(step.done_at is not None for step in self.steps)


def desk_of(task: Task) -> TaskDesk:
    """All about a task. Seven queries at most."""
    clauses = task.clauses.select_related("directive").defer("directive__text", "directive__folded")
    others = Task.objects.filter(programme=task.programme_id, series=task.series) if task.series else Task.objects.none()
    return TaskDesk(
        task=task,
        parts=list(task.subtasks.all()),
        needs=list(task.needs.all()),
        needed_by=list(task.needed_by.all()),
        steps=list(task.checklist.all()),
        clauses=list(clauses.order_by("directive", "position")),
        notes=list(task.notes.select_related("file").order_by("-pk")),
        series=others.count() if task.series else 0,
    )


def may_run(actor: Actor, programme: Programme) -> bool:
    """Whether the actor may write tasks of the programme in a year that is open; for showing a button."""
    year = programme.year
    if year.stage == Stage.CLOSED:
        return False
    if programme.unit_id is None:
        return may(DRAFT_NEXT_YEAR, actor, year)
    return may(RUN_TASKS, actor, year, programme.unit_id)


def posts_for(programme: Programme) -> list[Post]:
    """The posts that a task may be given to. One query."""
    return posts_of(programme.unit_id or programme.year.head_id)


def parents_for(programme: Programme, task: Task | None = None) -> list[Task]:
    """The tasks that may be a parent: open ones that are no part themselves, and the one that is. One query."""
    rows = Task.objects.filter(Q(is_open=True) | Q(pk=task.parent_id if task else None), programme=programme, parent=None)
    rows = rows.exclude(pk=task.pk) if task else rows
    return list(rows.only("title").order_by("position")[:MOST_CHOICES])


def clauses_for(programme: Programme, task: Task | None = None, asked: int | None = None) -> list[Clause]:
    """The clauses that are offered for ticking: of the programme's document and of the members of a class, those the task
    answers already, and the one asked for if it is in the register. One query."""
    wanted = Q(pk=asked)
    if programme.directive_id is not None:
        wanted |= Q(directive=programme.directive_id) | Q(directive__member_of=programme.directive_id)
    if task is not None:
        wanted |= Q(pk__in=Task.clauses.through.objects.filter(task=task).values("clause"))
    rows = Clause.objects.filter(wanted, directive__cluster=programme.year.cluster_id).select_related("directive")
    return list(rows.defer("directive__text", "directive__folded").order_by("directive", "position")[:MOST_CHOICES])


def needed_choices(desk: TaskDesk) -> list[Task]:
    """Open tasks of the unit that the task could wait for, those of its programme first. One query."""
    task = desk.task
    there = {task.pk, *(need.pk for need in desk.needs)}
    rows = Task.objects.filter(year=task.year_id, unit=task.unit_id, is_open=True).exclude(pk__in=there)
    listed = list(rows.only("title", "programme_id").order_by("-pk")[:MOST_CHOICES])
    return sorted(listed, key=lambda other: other.programme_id != task.programme_id)


def note_with_file(task: Task, note_id: int) -> ProgressNote | None:
    """A note of the task with its file. One query."""
    return task.notes.select_related("file").filter(pk=note_id, file__isnull=False).first()
