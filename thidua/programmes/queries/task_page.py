"""Reads for the pages of one task: everything about it, and the choices of its forms."""

from dataclasses import dataclass

from django.db.models import Case, Q, Value, When

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


def parents_for(programme: Programme, task: Task | None = None, asked: int | None = None) -> list[Task]:
    """The tasks that may be a parent: open ones that are no part themselves; the one that is, and the one asked for, are always
    among them. One query."""
    kept = Q(pk__in=[pk for pk in (task.parent_id if task else None, asked) if pk])
    rows = Task.objects.filter(Q(is_open=True) | kept, programme=programme, parent=None)
    rows = rows.exclude(pk=task.pk) if task else rows
    first = rows.only("title", "position").order_by(_before_others(kept), "position", "pk")[:MOST_CHOICES]
    return sorted(first, key=lambda row: (row.position, row.pk))


def clauses_for(programme: Programme, task: Task | None = None, asked: int | None = None) -> list[Clause]:
    """The clauses that are offered for ticking: those the task answers already and the one asked for if it is in the register,
    all of them, before those of the programme's document and of the members of a class. Two queries."""
    kept = Q(pk=asked)
    if task is not None:
        kept |= Q(pk__in=Task.clauses.through.objects.filter(task=task).values("clause"))
    wanted = kept
    if programme.directive_id is not None:
        wanted |= Q(directive=programme.directive_id) | Q(directive__member_of=programme.directive_id)
    rows = Clause.objects.filter(wanted, directive__cluster=programme.year.cluster_id).select_related("directive")
    rows = rows.defer("directive__text", "directive__folded").order_by(_before_others(kept), "directive", "position")
    held = task.clauses.count() if task is not None else 0
    return list(rows[: max(MOST_CHOICES, held + 1)])


def _before_others(kept: Q) -> Case:
    """An order that puts rows before the others, so that a cut of the list never takes what stands already."""
    return Case(When(kept, then=Value(0)), default=Value(1))


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
