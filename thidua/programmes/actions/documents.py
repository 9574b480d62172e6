"""Writes of programmes as documents: beginning, editing, laying before the leader, approving, figures of indicators."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max, Q

from thidua.audit.actions import publish
from thidua.clusters.access import member_ids, require_open
from thidua.clusters.models import ClusterYear
from thidua.directives.models import Clause, Directive
from thidua.kernel.actor import Actor
from thidua.kernel.errors import Absent, Refused
from thidua.people.models import Organisation
from thidua.programmes import events
from thidua.programmes.access import require_may_approve, require_may_write, require_may_write_for
from thidua.programmes.actions.task_row import clauses_in, keep
from thidua.programmes.models import Goal, Indicator, Programme, ProgrammeKind, ProgrammeVersion, Task
from thidua.programmes.queries.documents import clauses_for, content_of, standing_tasks
from thidua.programmes.rules import content as rules
from thidua.programmes.rules.writing import (
    IndicatorEntry,
    Lists,
    TaskEntry,
    Written,
    check_change_reason,
    check_lists,
    check_return,
    check_written,
)

RETURNED = ("returned_at", "returned_by_name", "return_reason")


@transaction.atomic
def create_programme(
    *, year: ClusterYear, unit: Organisation, kind: str, written: Written, directive: Directive | None = None,
    clauses: Collection[int] = (), actor: Actor, now: datetime,
) -> Programme:  # fmt: skip
    """Begin a unit's programme; each of the `clauses` (ids, addressed to the unit) becomes a planned task that answers it.

    Refuses programmes.unit_left, a closed year, what `check_written` refuses and clauses of another document or not for
    this unit (programmes.clause_of_another).
    """
    require_member(year, unit)
    by = require_may_write_for(actor, year, unit.pk)
    require_open(year)
    check_written(written, _day_of(directive))
    offered = {clause.pk: clause for clause in clauses_for(year, unit, directive)}
    if not offered.keys() >= set(clauses):
        raise Refused("programmes.clause_of_another", field="clauses")
    programme = Programme(
        year=year, unit=unit, kind=ProgrammeKind(kind), directive=directive, opened_at=now, opened_by_name=by.name
    )
    _write(programme, written)
    programme.save()
    chosen = [clause for clause in offered.values() if clause.pk in set(clauses)]
    entries = [TaskEntry(_title_for(clause), clause.due_on, (clause.pk,)) for clause in chosen]
    add_planned_tasks(programme, entries, now)
    settle_document(programme)
    publish(events.ProgrammeOpened(year.pk, programme.pk, unit.pk, unit.name_vi, programme.title, len(entries)), by, now=now)
    return programme


@transaction.atomic
def edit_programme(
    *, programme: Programme, written: Written, lists: Lists, revision: int, actor: Actor, now: datetime
) -> Programme:
    """Change what the programme says. `revision` is the one the writer saw: refuses a newer one (programmes.edited_meanwhile).

    Refuses what `check_written` and `check_lists` refuse, taking out an indicator with figures
    (programmes.indicator_has_figures) or a task with progress (programmes.task_has_progress), and the cluster's programme
    once it is adopted and the conference over (programmes.adopted_stays).
    """
    locked = lock(programme)
    require_member(locked.year, locked.unit)
    by = require_may_write(actor, locked)
    require_open(locked.year)
    require_not_settled(locked)
    if revision != locked.revision:
        raise Refused("programmes.edited_meanwhile")
    check_written(written, _day_of(locked.directive))
    check_lists(lists)
    _write(locked, written)
    _set_goals(locked, lists.goals)
    _set_indicators(locked, lists.indicators)
    if lists.tasks is not None:
        _set_tasks(locked, lists.tasks, now)
    locked.revision += 1
    locked.save()
    settle_document(locked)
    publish(events.ProgrammeEdited(locked.year_id, locked.pk, locked.title, locked.revision), by, now=now)
    return locked


@transaction.atomic
def present_programme(*, programme: Programme, actor: Actor, now: datetime) -> None:
    """Lay the programme before the unit's leader, whose work list it enters until it is approved.

    Refuses programmes.already_presented, programmes.nothing_to_approve, and what says nothing new
    (programmes.already_approved).
    """
    locked = lock(programme)
    require_member(locked.year, locked.unit)
    by = require_may_write(actor, locked)
    require_open(locked.year)
    if locked.unit_id is None or locked.presented_at:
        raise Refused("programmes.already_presented")
    _require_news(locked, content_of(locked))
    locked.presented_at, locked.presented_by_name = now, by.name
    locked.returned_at, locked.returned_by_name, locked.return_reason = None, "", ""
    locked.save(update_fields=["presented_at", "presented_by_name", *RETURNED])
    publish(events.ProgrammePresented(locked.year_id, locked.pk, locked.unit.name_vi, locked.title), by, now=now)


@transaction.atomic
def return_programme(*, programme: Programme, reason: str, actor: Actor, now: datetime) -> None:
    """The leader sends a programme that was presented back to those who wrote it, for a reason of at least ten letters.

    Refuses programmes.not_presented, what `check_return` refuses, programmes.unit_left and a closed year.
    """
    locked = lock(programme)
    require_member(locked.year, locked.unit)
    by = require_may_approve(actor, locked)
    unit = _require_presented(locked)
    check_return(reason)
    locked.presented_at = None
    locked.returned_at, locked.returned_by_name, locked.return_reason = now, by.name[:300], reason.strip()
    locked.save(update_fields=["presented_at", *RETURNED])
    fact = events.ProgrammeReturned(locked.year_id, locked.pk, unit.name_vi, locked.title, locked.return_reason)
    publish(fact, by, now=now)


@transaction.atomic
def withdraw_programme(*, programme: Programme, actor: Actor, now: datetime) -> None:
    """The unit takes back what it had presented, before the leader has approved it. Refuses as `return_programme`."""
    locked = lock(programme)
    require_member(locked.year, locked.unit)
    by = require_may_write(actor, locked)
    unit = _require_presented(locked)
    locked.presented_at = None
    locked.save(update_fields=["presented_at"])
    publish(events.ProgrammeWithdrawn(locked.year_id, locked.pk, unit.name_vi, locked.title), by, now=now)


@transaction.atomic
def approve_programme(*, programme: Programme, digest: str, reason: str = "", actor: Actor, now: datetime) -> ProgrammeVersion:
    """The unit's leader approves the content whose `digest` was shown. A lent power leaves both names in the journal.

    Refuses programmes.changed_meanwhile, programmes.nothing_to_approve, programmes.already_approved, programmes.unit_left, and
    from the second version on a version without a reason (programmes.change_reason_missing).
    """
    locked = lock(programme)
    require_member(locked.year, locked.unit)
    by = require_may_approve(actor, locked)
    require_open(locked.year)
    content = content_of(locked)
    if digest != rules.digest(content):
        raise Refused("programmes.changed_meanwhile")
    _require_news(locked, content)
    check_change_reason(reason, locked.approved_version)
    version = write_version(locked, content, by, now, reason=reason)
    name = locked.unit.name_vi if locked.unit else ""
    fact = events.ProgrammeApproved(locked.year_id, locked.pk, name, locked.title, version.number, version.digest)
    publish(fact, by, now=now)
    return version


@transaction.atomic
def discard_programme(*, programme: Programme, actor: Actor, now: datetime) -> None:
    """Throw away a draft that was never approved, with its tasks.

    Refuses programmes.approved_stays, tasks with notes of progress (programmes.task_has_progress) and indicators with
    figures (programmes.indicator_has_figures).
    """
    locked = lock(programme)
    require_member(locked.year, locked.unit)
    by = require_may_write(actor, locked)
    require_open(locked.year)
    if locked.approved_version or locked.unit is None:
        raise Refused("programmes.approved_stays")
    _drop_tasks(list(locked.tasks.all()))
    _drop_indicators(list(locked.indicators.all()))
    publish(events.ProgrammeDiscarded(locked.year_id, locked.pk, locked.unit.name_vi, locked.title), by, now=now)
    locked.delete()


def settle_document(programme: Programme) -> str:
    """Keep the digest of the content as it stands. Whoever changes what a programme says (its tasks too) calls this last, in
    the same transaction; the row is locked, so that of two who change tasks at once the second sees both changes. Seven queries.

    The tasks of the cluster's programme stand in its form as well: it gets a new revision whatever was changed, so that an old
    form undoes nothing.

    Refuses a change of what the conference has adopted (programmes.adopted_stays).
    """
    locked = lock(programme)
    digest = rules.digest(content_of(locked))
    if digest != locked.digest:
        require_not_settled(locked)
        Programme.objects.filter(pk=locked.pk).update(digest=digest)
    if locked.unit_id is None:
        programme.revision = locked.revision + 1
        Programme.objects.filter(pk=locked.pk).update(revision=programme.revision)
    programme.digest = digest
    return digest


def write_version(
    programme: Programme, content: rules.Content, by: Actor, now: datetime, *, reason: str = "", **votes: int
) -> ProgrammeVersion:
    """Write the next version and put the programme where it says so. For the actions that have passed a gate."""
    using = by.using
    version = ProgrammeVersion.objects.create(
        programme=programme, number=programme.approved_version + 1, content=rules.plain(content), digest=rules.digest(content),
        reason=reason.strip(), approved_at=now, approved_by_name=by.name, post_title=using.post_title if using else "", **votes,
    )  # fmt: skip
    programme.approved_version, programme.approved_digest = version.number, version.digest
    programme.digest, programme.presented_at = version.digest, None if programme.unit_id else programme.presented_at
    programme.returned_at, programme.returned_by_name, programme.return_reason = None, "", ""
    programme.save(update_fields=["approved_version", "approved_digest", "digest", "presented_at", *RETURNED])
    return version


def add_planned_tasks(programme: Programme, entries: Sequence[TaskEntry], now: datetime) -> list[Task]:
    """Planned tasks at the end of a programme, with the clauses they answer. Three queries."""
    last = programme.tasks.aggregate(last=Max("position"))["last"] or 0
    tasks = [
        keep(Task(programme=programme, position=place, title=entry.title.strip(), due_on=entry.due_on), now=now)
        for place, entry in enumerate(entries, last + 1)
    ]
    through = Task.clauses.through
    pairs = [(task, clause) for task, entry in zip(tasks, entries, strict=True) for clause in entry.clauses]
    through.objects.bulk_create(through(task=task, clause_id=clause) for task, clause in pairs)
    return tasks


def lock(programme: Programme) -> Programme:
    """The programme as it stands, locked, with all that gates ask of it. Absent when someone threw it away a moment ago."""
    programmes = Programme.objects.select_for_update(of=("self",))
    programmes = programmes.select_related("year__cluster", "unit", "directive").defer("directive__text", "directive__folded")
    found = programmes.filter(pk=programme.pk).first()
    if found is None:
        raise Absent
    return found


def require_member(year: ClusterYear, unit: Organisation | None) -> None:
    """Refuses (programmes.unit_left) a unit that is no member of the year, or no longer."""
    if unit is not None and unit.pk not in member_ids(year):
        raise Refused("programmes.unit_left", unit=unit.name_vi)


def require_not_settled(programme: Programme) -> None:
    """Refuses (programmes.adopted_stays) to touch the cluster's programme after the conference that adopted it."""
    if programme.unit_id is None and programme.approved_version and programme.year.stage != "conference":
        raise Refused("programmes.adopted_stays")


def _require_presented(programme: Programme) -> Organisation:
    """The unit whose leader the programme waits for. Refuses a closed year and what waits for nobody."""
    require_open(programme.year)
    if programme.unit is None or not programme.presented_at:
        raise Refused("programmes.not_presented")
    return programme.unit


def _day_of(directive: Directive | None) -> tuple[str, date] | None:
    return (directive.name, directive.issued_on) if directive and directive.issued_on else None


def _require_news(programme: Programme, content: rules.Content) -> None:
    if not content.says_something:
        raise Refused("programmes.nothing_to_approve")
    if programme.approved_digest == rules.digest(content):
        raise Refused("programmes.already_approved", version=programme.approved_version)


def _title_for(clause: Clause) -> str:
    text = " ".join(clause.text.split())
    return text if len(text) <= 300 else f"{text[:299]}…"


def _write(programme: Programme, written: Written) -> None:
    programme.title, programme.grounds, programme.measures = (
        " ".join(written.title.split()),
        written.grounds.strip(),
        written.measures.strip(),
    )
    programme.starts_on, programme.ends_on = written.starts_on, written.ends_on


def _set_goals(programme: Programme, goals: Sequence[str]) -> None:
    programme.goals.all().delete()
    Goal.objects.bulk_create(Goal(programme=programme, position=n, text=text.strip()) for n, text in enumerate(goals, 1))


def _set_indicators(programme: Programme, entries: Sequence[IndicatorEntry]) -> None:
    """Indicators keep their rows, since figures hang on them; one that is gone is written anew."""
    saved = {indicator.pk: indicator for indicator in programme.indicators.all()}
    kept = {entry.pk for entry in entries}
    _drop_indicators([indicator for pk, indicator in saved.items() if pk not in kept])
    for position, entry in enumerate(entries, 1):
        indicator = saved.pop(entry.pk, None) if entry.pk else None
        indicator = indicator or Indicator(programme=programme)
        indicator.position, indicator.name = position, entry.line.name.strip()
        indicator.unit_of_measure, indicator.target = entry.line.unit_of_measure.strip(), entry.line.target
        indicator.lower_is_better = entry.line.lower_is_better
        indicator.save()


def _drop_indicators(indicators: Sequence[Indicator]) -> None:
    for indicator in indicators:
        if indicator.figures.exists():
            raise Refused("programmes.indicator_has_figures", name=indicator.name)
        indicator.delete()


def _set_tasks(programme: Programme, entries: Sequence[TaskEntry], now: datetime) -> None:
    """The tasks of the cluster's programme, which nobody runs: written with the document."""
    saved = {task.pk: task for task in standing_tasks(programme)}
    kept = {entry.pk for entry in entries}
    _drop_tasks([task for pk, task in saved.items() if pk not in kept])
    for position, entry in enumerate(entries, 1):
        task = saved.pop(entry.pk, None) if entry.pk else None
        task = task or Task()
        task.programme, task.position, task.title, task.due_on = programme, position, entry.title.strip(), entry.due_on
        clauses = clauses_in(programme, entry.clauses)
        keep(task, now=now).clauses.set(clauses)


def _drop_tasks(tasks: Sequence[Task]) -> None:
    """Tasks with their parts. Refuses (programmes.task_has_progress) one that was worked on, or a part of which was."""
    for task in tasks:
        worked_on = Task.objects.filter(Q(pk=task.pk) | Q(parent=task), notes__isnull=False).order_by("position").first()
        if worked_on is not None:
            raise Refused("programmes.task_has_progress", title=worked_on.title)
    for task in tasks:
        task.delete()
