"""Writes of checkers in an open round: marks, each change of them, the end of a task."""

import hashlib
import json
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from thidua.audit.actions import publish
from thidua.clusters.access import require_stage
from thidua.clusters.rules import Stage
from thidua.criteria.queries import table_of
from thidua.criteria.rules import CriteriaTable, Method
from thidua.crosschecks import events
from thidua.crosschecks.access import require_may_mark, require_state
from thidua.crosschecks.models import CheckTask, Mark, MarkChange, RoundState
from thidua.crosschecks.queries.marks import line_of, plain_figures, rows_of_task, sheet_to_check, waiting_codes
from thidua.crosschecks.rules.valuing import points_of
from thidua.kernel.actor import Actor
from thidua.kernel.errors import Refused
from thidua.scoring import rules
from thidua.scoring.actions import guard
from thidua.scoring.models import Judgement, ScoreLine, ScoreSheet
from thidua.scoring.queries.words import figures_in_words


@transaction.atomic
def give_mark(
    *, task: CheckTask, line: rules.ScoreLine, reason: str = "", revision: int | None = None, actor: Actor, now: datetime
) -> Mark:
    """A checker's figures for one line: the unit's own agree with it, others need a reason of ten letters; each change is kept.

    `revision` of the mark that the checker saw (None: no look was taken). Refuses outside an open round and its stage, after the
    task was finished (crosschecks.task_finished), rows of others (crosschecks.not_in_task), no figures
    (crosschecks.nothing_marked; a gate without figures holds), scoring.changed_meanwhile,
    scoring.reason_too_short and figures that the table cannot take (scoring.…, crosschecks.figures_not_enough).
    """
    locked, by = _lock(task, actor)
    sheet = _sheet(locked)
    table = table_of(sheet.version)
    if line.code not in rows_of_task(locked, table):
        raise Refused("crosschecks.not_in_task", field=line.code, item=line.code)
    if not line.has_figures and not table.by_code[line.code].is_gate:
        raise Refused("crosschecks.nothing_marked", field=line.code)
    lines = {kept.code: kept for kept in ScoreLine.objects.filter(sheet=sheet)}
    said, kept = lines.get(line.code), Mark.objects.filter(task=locked, code=line.code).first()
    agrees = guard.same_figures(said, line)
    words = guard.checked_reason(reason, field=line.code, required=not agrees)
    if kept is not None and guard.same_figures(kept, line) and kept.reason == words:
        return kept
    shown = figures_in_words(line_of(kept, line.code)) if kept else ""
    guard.check_revision(kept, revision, kept.given_by_name if kept else "", shown, line.code)
    value = _value(sheet, table, line, lines, agrees=agrees, reason=words)
    return _keep(locked, line, said, kept, value=value, words=words, agrees=agrees, by=by, now=now)


def _value(
    sheet: ScoreSheet, table: CriteriaTable, line: rules.ScoreLine, lines: dict[str, ScoreLine], *, agrees: bool, reason: str
) -> Decimal:
    """The points of the figures, checked against the table unless they are the unit's own, which were checked when they came."""
    if not agrees:
        guard.check_figures(line)
        guard.check_against_table(sheet, line, [kept.as_rule() for kept in lines.values()], reason=reason)
    value = points_of(table, line, rivals_at(sheet, table, line.code))
    if value is None and not agrees:
        raise Refused("crosschecks.figures_not_enough", field=line.code, item=line.code)
    return value or Decimal(0)


def rivals_at(sheet: ScoreSheet, table: CriteriaTable, code: str) -> dict[str, Decimal]:
    """The greatest excess of the cluster at a row scored relative to the leader; nothing at other rows. One query at most."""
    if table.by_code[code].method is not Method.RELATIVE_TO_LEADER:
        return {}
    others = ScoreLine.objects.filter(sheet__year_id=sheet.year_id, code=code).exclude(sheet__status="withheld")
    return rules.best_excesses(table, [line.as_rule() for line in others])


def _keep(
    task: CheckTask,
    line: rules.ScoreLine,
    said: ScoreLine | None,
    kept: Mark | None,
    *,
    value: Decimal,
    words: str,
    agrees: bool,
    by: Actor,
    now: datetime,
) -> Mark:
    was = line_of(kept, line.code) if kept else said.as_rule() if said else None
    differs = not guard.same_figures(kept or said, line)
    mark = kept or Mark(task=task, code=line.code, revision=0)
    guard.put_figures(mark, line)
    mark.judgement = Judgement.CONFIRMED if agrees else Judgement.CHANGED
    mark.value, mark.reason, mark.revision = value, words, mark.revision + 1
    mark.given_at, mark.given_by_name = now, guard.who(by)
    mark.save()
    if differs:
        change = {"was": plain_figures(was), "becomes": plain_figures(line), "reason": words}
        MarkChange.objects.create(mark=mark, changed_at=now, changed_by_name=guard.who(by), **change)
        told = (figures_in_words(was), figures_in_words(line), words)
        publish(events.MarkChanged(*_names(task), line.code, *told), by, now=now)
    return mark


@transaction.atomic
def confirm_rest_of_task(*, task: CheckTask, actor: Actor, now: datetime) -> int:
    """Agree with the unit at every line of the task that has figures and no mark yet; how many. The end of the task journals
    them all."""
    locked, by = _lock(task, actor)
    sheet = _sheet(locked)
    table = table_of(sheet.version)
    lines = {kept.code: kept.as_rule() for kept in ScoreLine.objects.filter(sheet=sheet)}
    codes = waiting_codes(locked, table, lines)
    given = {"judgement": Judgement.CONFIRMED, "given_at": now, "given_by_name": guard.who(by)}
    marks = []
    for code in codes:
        mark = Mark(task=locked, code=code, **given)
        guard.put_figures(mark, lines[code])
        mark.value = points_of(table, lines[code], rivals_at(sheet, table, code)) or Decimal(0)
        marks.append(mark)
    Mark.objects.bulk_create(marks)
    return len(codes)


@transaction.atomic
def finish_task(*, task: CheckTask, actor: Actor, now: datetime) -> None:
    """The checker has looked at every line. Refuses while lines with figures have no mark (crosschecks.lines_not_marked)."""
    locked, by = _lock(task, actor)
    sheet = _sheet(locked)
    lines = {kept.code: kept.as_rule() for kept in ScoreLine.objects.filter(sheet=sheet)}
    if waiting := waiting_codes(locked, table_of(sheet.version), lines):
        raise Refused("crosschecks.lines_not_marked", missing=len(waiting), codes=guard.some_codes(waiting))
    marks = list(Mark.objects.filter(task=locked).order_by("code"))
    locked.done_at, locked.done_by_name = now, guard.who(by)
    locked.save(update_fields=["done_at", "done_by_name"])
    changed = sum(mark.judgement == Judgement.CHANGED for mark in marks)
    publish(events.TaskFinished(*_names(locked), len(marks), changed, _digest(marks)), by, now=now)


@transaction.atomic
def resume_task(*, task: CheckTask, actor: Actor, now: datetime) -> None:
    """Go on marking after a task was finished, while the round is open. Refuses a task that is not finished
    (crosschecks.task_open)."""
    locked, by = _lock(task, actor, finished=True)
    if locked.done_at is None:
        raise Refused("crosschecks.task_open")
    locked.done_at, locked.done_by_name = None, ""
    locked.save(update_fields=["done_at", "done_by_name"])
    publish(events.TaskResumed(*_names(locked)), by, now=now)


def _lock(task: CheckTask, actor: Actor, *, finished: bool = False) -> tuple[CheckTask, Actor]:
    """The task's row, locked, for one who may mark in it now."""
    related = ("round__year__cluster", "round__year__head", "unit", "checker", "person")
    locked = CheckTask.objects.select_for_update(of=("self",)).select_related(*related).get(pk=task.pk)
    by = require_may_mark(actor, locked)
    require_stage(locked.round.year, Stage.CROSS_CHECKING)
    require_state(locked.round, RoundState.OPEN)
    if locked.done_at is not None and not finished:
        raise Refused("crosschecks.task_finished", unit=locked.unit.name_vi)
    return locked, by


def _sheet(task: CheckTask) -> ScoreSheet:
    sheet = sheet_to_check(task.round.year, task.unit)
    guard.require_being_checked(sheet)
    return sheet


def _names(task: CheckTask) -> tuple[int, int, int, int, str]:
    return task.round.year_id, task.round_id, task.pk, task.unit_id, task.unit.name_vi


def _digest(marks: list[Mark]) -> str:
    rows = [
        [mark.code, mark.judgement, plain_figures(line_of(mark, mark.code)), f"{mark.value:f}", mark.reason] for mark in marks
    ]
    return hashlib.sha256(json.dumps(rows, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
