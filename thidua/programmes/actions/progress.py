"""Progress of tasks: states, percentages, notes with their files, checklists. Notes are only ever added."""

from datetime import date, datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Max
from django.utils.timezone import localdate

from thidua.audit.actions import publish
from thidua.files.actions import store_file, transaction_with_files
from thidua.kernel.actor import Actor, who
from thidua.kernel.errors import Absent, Refused
from thidua.programmes import events
from thidua.programmes.actions.documents import settle_document
from thidua.programmes.actions.task_row import gate, keep, lock_programme, lock_task, stand, standing_of
from thidua.programmes.models import CLOSED, ChecklistItem, ProgressNote, Task, TaskState
from thidua.programmes.rules.tasks import Standing, State, move, progress

MOST_NOTE = 5000
MOST_STEPS = 50
MOST_STEP = 300


@transaction.atomic
def set_state(
    *, task: Task, state: State, reason: str = "", done_on: date | None = None, despite_needs: bool = False,
    actor: Actor, now: datetime,
) -> ProgressNote:  # fmt: skip
    """Move a task to another state. Refuses what `rules.tasks.move` refuses; closing while parts are open
    (programmes.subtasks_open); opening a part of a closed task (programmes.parent_closed); and being done while a task it
    needs is open (programmes.needs_open) unless `despite_needs`, which the note keeps."""
    lock_programme(task.programme)
    locked = lock_task(task)
    by = gate(locked.programme, actor)
    before = locked.state
    made = move_task(locked, state, reason=reason, done_on=done_on, despite_needs=despite_needs, by=by, now=now)
    _settle(locked, before)
    return made


@transaction_with_files()
def note_progress(
    *, task: Task, percent: int | None = None, note: str = "", state: State | None = None, reason: str = "",
    done_on: date | None = None, upload: UploadedFile | None = None, despite_needs: bool = False, actor: Actor, now: datetime,
) -> ProgressNote:  # fmt: skip
    """Note how far a task is, with a file that proves it and, when `state` differs, a move to that state.

    Refuses programmes.nothing_noted, .note_too_long, what `rules.tasks.progress`, `set_state` and `files.store_file` refuse.
    """
    if state is not None:  # the programme before its task, as everywhere
        lock_programme(task.programme)
    locked = lock_task(task)
    by, before = gate(locked.programme, actor), locked.state
    words = note.strip()
    if len(words) > MOST_NOTE:
        raise Refused("programmes.note_too_long", field="note", length=len(words), limit=MOST_NOTE)
    moves = state is not None and state != locked.state
    advances = percent is not None and percent != locked.percent and state not in CLOSED
    if not (moves or advances or words or upload):
        raise Refused("programmes.nothing_noted", field="note")
    kept = store_file(upload=upload, actor=by, now=now) if upload else None
    despite = ""
    if moves and state is not None:
        despite = _moved(locked, state, reason, done_on, despite_needs, now)
    if advances and percent is not None:
        stand(locked, progress(standing_of(locked), percent))
    keep(locked, now=now)
    made = _note(locked, words or reason.strip(), despite, by, now)
    if kept is not None:
        made.file = kept
        made.save(update_fields=["file"])
    publish(_fact(made, reason if moves else ""), by, now=now)
    _settle(locked, before)
    return made


def _settle(task: Task, before: str) -> None:
    """A task that is dropped, or taken up again, changes what the document says; other progress does not."""
    if (task.state == TaskState.DROPPED) != (before == TaskState.DROPPED):
        settle_document(task.programme)


def move_task(
    task: Task, state: State, *, reason: str, done_on: date | None, despite_needs: bool, by: Actor, now: datetime,
    told: bool = True,
) -> ProgressNote:  # fmt: skip
    """Move a locked task and note it; the actor has passed the gate. Refuses as `set_state`. `told`: publish a fact of its
    own (a change of many tasks is told once)."""
    despite = _moved(task, state, reason, done_on, despite_needs, now)
    keep(task, now=now)
    made = _note(task, reason.strip(), despite, by, now)
    if told:
        publish(_fact(made, reason), by, now=now)
    return made


def _moved(task: Task, state: State, reason: str, done_on: date | None, despite_needs: bool, now: datetime) -> str:
    """Put the new state on the task, unsaved; the titles of open tasks it needs, when it is done despite them."""
    before = standing_of(task)
    back_to = _last_open_percent(task) if not before.is_open else 0
    after = move(before, state, reason=reason, today=localdate(now), done_on=done_on, percent=back_to)
    despite = _check_surroundings(task, before, after, despite_needs)
    stand(task, after)
    return despite


def _check_surroundings(task: Task, before: Standing, after: Standing, despite_needs: bool) -> str:
    if not after.is_open:
        open_parts = list(task.subtasks.filter(is_open=True).values_list("title", flat=True)[:5])
        if open_parts:
            raise Refused("programmes.subtasks_open", field="state", titles=_quoted(open_parts))
    elif not before.is_open and task.parent is not None and not task.parent.is_open:
        raise Refused("programmes.parent_closed", field="state", title=task.parent.title)
    if after.state != State.DONE:
        return ""
    waiting = _quoted(list(task.needs.filter(is_open=True).values_list("title", flat=True)))
    if waiting and not despite_needs:
        raise Refused("programmes.needs_open", field="despite_needs", titles=waiting)
    return waiting


def _quoted(titles: list[str]) -> str:
    return ", ".join(f"“{title}”" for title in titles)


def _last_open_percent(task: Task) -> int:
    notes = task.notes.exclude(state__in=CLOSED).order_by("-pk")
    return notes.values_list("percent", flat=True).first() or 0


def _note(task: Task, words: str, despite: str, by: Actor, now: datetime) -> ProgressNote:
    return ProgressNote.objects.create(
        task=task, noted_at=now, noted_by_name=who(by)[:300], state=task.state, percent=task.percent, note=words, despite=despite
    )


def _fact(note: ProgressNote, reason: str) -> events.TaskProgressed:
    task, file = note.task, note.file.name if note.file else ""
    return events.TaskProgressed(
        task.year_id, task.unit_id, task.pk, task.title, note.state, note.percent, reason.strip(), note.despite, file
    )


@transaction.atomic
def add_step(*, task: Task, text: str, actor: Actor, now: datetime) -> ChecklistItem:
    """Add a step to a task's checklist. Refuses programmes.step_missing, .step_too_long, .too_many_steps (50)."""
    locked = lock_task(task)
    by = gate(locked.programme, actor)
    words = " ".join(text.split())
    if not words:
        raise Refused("programmes.step_missing", field="text")
    if len(words) > MOST_STEP:
        raise Refused("programmes.step_too_long", field="text", length=len(words), limit=MOST_STEP)
    steps = locked.checklist.all()
    if len(steps) >= MOST_STEPS:
        raise Refused("programmes.too_many_steps", field="text", limit=MOST_STEPS)
    last = steps.aggregate(last=Max("position"))["last"] or 0
    made = ChecklistItem.objects.create(task=locked, position=last + 1, text=words)
    publish(events.ChecklistStepAdded(locked.year_id, locked.unit_id, locked.pk, locked.title, words), by, now=now)
    return made


@transaction.atomic
def tick_step(*, step: ChecklistItem, done: bool, actor: Actor, now: datetime) -> None:
    """Tick a step, or take the tick away; the same twice is no harm."""
    locked = lock_task(step.task)
    by = gate(locked.programme, actor)
    current = _lock_step(step)
    if (current.done_at is not None) == done:
        return
    current.done_at, current.done_by_name = (now, by.name[:300]) if done else (None, "")
    current.save(update_fields=["done_at", "done_by_name"])
    fact = events.ChecklistStepTicked(locked.year_id, locked.unit_id, locked.pk, locked.title, current.text, done)
    publish(fact, by, now=now)


def _lock_step(step: ChecklistItem) -> ChecklistItem:
    """The step's row, locked. Absent when someone took it off a moment ago."""
    found = ChecklistItem.objects.select_for_update().filter(pk=step.pk).first()
    if found is None:
        raise Absent
    return found


@transaction.atomic
def remove_step(*, step: ChecklistItem, actor: Actor, now: datetime) -> None:
    """Take a step off the checklist. Refuses a ticked one (programmes.step_done): it is untick first, so that nothing done
    goes unseen."""
    locked = lock_task(step.task)
    by = gate(locked.programme, actor)
    current = _lock_step(step)
    if current.done_at is not None:
        raise Refused("programmes.step_done")
    current.delete()
    publish(events.ChecklistStepRemoved(locked.year_id, locked.unit_id, locked.pk, locked.title, current.text), by, now=now)
