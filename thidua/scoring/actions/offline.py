"""Writes of a sheet that was filled in offline: the dry run, taking it in, taking that back."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from thidua.audit.actions import publish
from thidua.clusters.access import require_stage
from thidua.clusters.models import Cluster, ClusterYear
from thidua.clusters.rules import Stage
from thidua.criteria.rules import Problem
from thidua.kernel.actor import Actor
from thidua.kernel.errors import Refused
from thidua.people.models import Organisation
from thidua.scoring import events
from thidua.scoring.access import require_may_score
from thidua.scoring.actions import guard
from thidua.scoring.actions.sheets import open_sheet
from thidua.scoring.models import Judgement, ScoreLine, ScoreSheet, SheetUpload, Verdict
from thidua.scoring.queries.offline import Change, changes_of, kept_change, kept_line, origin_of, plain_figures, state_of, ways_of
from thidua.scoring.queries.results import Result, result_of
from thidua.scoring.rules.offline import FilledSheet, Origin, read_filled

Line = dict[str, object]


@transaction.atomic
def try_upload(
    *,
    year: ClusterYear,
    unit: Organisation,
    rows: Sequence[Sequence[str]],
    source_name: str,
    found: Sequence[Problem] = (),
    actor: Actor,
    now: datetime,
) -> SheetUpload:
    """Dry run: read the file's rows against the unit's sheet and keep what they would change, for `take_upload`.

    `found` are problems that reading the file had already. Refuses a file of another unit, year or version
    (scoring.other_sheet, scoring.other_version), one with bad cells (scoring.upload_problems; the fact `problems` has all of
    them), one that changes nothing (scoring.upload_changes_nothing), and whatever refuses a save.
    """
    require_may_score(actor, year, unit.pk)
    locked = guard.lock(open_sheet(year=year, unit=unit, actor=actor, now=now))
    guard.require_drafting(locked)
    result = result_of(locked)
    filled = read_filled(rows, ways_of(result), (unit.short, unit.slug, unit.name_vi))
    _check_origin(filled, origin_of(locked.year, unit, locked.version))
    changes = changes_of(locked, result.lines, filled.rows)
    problems = [*found, *filled.problems]
    unread = {problem.row for problem in problems}
    problems += _problems(result, [change for change in changes if change.row not in unread])
    if problems:
        problems.sort(key=lambda problem: problem.row or 0)
        raise Refused("scoring.upload_problems", field="table", missing=len(problems), problems=tuple(problems))
    if not changes:
        raise Refused("scoring.upload_changes_nothing", field="table")
    return SheetUpload.objects.create(
        sheet=locked, source_name=source_name[:255], rows=[kept_change(change) for change in changes], base=locked.stamp,
        read_at=now, read_by_id=actor.person_id,
    )  # fmt: skip


def _check_origin(filled: FilledSheet, own: Origin) -> None:
    for origin in filled.origins:
        if (origin.cluster, origin.year, origin.unit) != (own.cluster, own.year, own.unit):
            raise Refused("scoring.other_sheet", field="table", year=str(origin.year), **_names_of(origin))
        if origin.version != own.version:
            raise Refused("scoring.other_version", field="table")


def _names_of(origin: Origin) -> dict[str, str]:
    """The unit and the cluster of a file as people call them; as the file has them when they are not known here."""
    unit = Organisation.objects.filter(slug=origin.unit).values_list("name_vi", flat=True).first()
    cluster = Cluster.objects.filter(slug=origin.cluster).values_list("name_vi", flat=True).first()
    return {"unit": unit or origin.unit, "cluster": cluster or origin.cluster}


def _problems(result: Result, changes: Sequence[Change]) -> list[Problem]:
    """What the sheet itself would refuse, each at its row: the rules of `save_line`, with all rows in place at once."""
    lines = {code: line.as_rule() for code, line in result.lines.items() if code in result.table.by_code}
    rows, reasons, problems = {change.code: change.row for change in changes}, {}, []
    for change in changes:
        line = kept_line(change.code, change.figures)
        try:
            guard.check_figures(line)
            guard.check_place(result.table, line)
            reasons[change.code] = guard.checked_reason(change.reason, field=change.code, required=False)
            lines[change.code] = line
        except Refused as refused:
            problems.append(_at(rows, refused))
    problems += [_at(rows, refused) for refused in guard.beyond_table(result.table, list(lines.values()), reasons)]
    return problems


def _at(rows: dict[str, int], refused: Refused) -> Problem:
    code = str(refused.facts["field"])
    facts = {name: fact for name, fact in refused.facts.items() if name != "field"}
    return Problem(refused.code, rows[code], "reason" if refused.code == "scoring.reason_too_long" else "code", facts)


@transaction.atomic
def take_upload(*, upload: SheetUpload, actor: Actor, now: datetime) -> int:
    """Take in what the dry run showed, all of it; how many lines. Refuses when the sheet has changed since the dry run
    (scoring.upload_outdated) and a second time (scoring.upload_taken)."""
    locked, by = _locked(upload, actor)
    kept_upload = SheetUpload.objects.select_for_update().get(pk=upload.pk)
    if kept_upload.taken_at is not None:
        raise Refused("scoring.upload_taken")
    if kept_upload.base != locked.stamp:
        raise Refused("scoring.upload_outdated")
    kept_upload.before = _write(locked, kept_upload.rows, by, now)
    guard.touch(locked, now)
    kept_upload.taken_at, kept_upload.after = now, locked.stamp
    kept_upload.save(update_fields=["before", "taken_at", "after"])
    names = (locked.year_id, locked.pk, locked.unit_id, locked.unit.name_vi)
    publish(events.UploadTaken(*names, kept_upload.source_name, len(kept_upload.rows)), by, now=now)
    return len(kept_upload.rows)


@transaction.atomic
def undo_upload(*, upload: SheetUpload, actor: Actor, now: datetime) -> int:
    """Put back what stood in the lines before the upload was taken in; how many. Refuses what was not taken in or is undone
    already (scoring.upload_not_taken), and when anybody has changed the sheet since (scoring.upload_changed_since)."""
    locked, by = _locked(upload, actor)
    kept_upload = SheetUpload.objects.select_for_update().get(pk=upload.pk)
    if kept_upload.taken_at is None or kept_upload.undone_at is not None:
        raise Refused("scoring.upload_not_taken")
    if kept_upload.after != locked.stamp:
        raise Refused("scoring.upload_changed_since")
    _write(locked, kept_upload.before or [], by, now)
    guard.touch(locked, now)
    kept_upload.undone_at = now
    kept_upload.save(update_fields=["undone_at"])
    names = (locked.year_id, locked.pk, locked.unit_id, locked.unit.name_vi)
    publish(events.UploadUndone(*names, kept_upload.source_name, len(kept_upload.rows)), by, now=now)
    return len(kept_upload.rows)


def _locked(upload: SheetUpload, actor: Actor) -> tuple[ScoreSheet, Actor]:
    locked = guard.lock(upload.sheet)
    by = require_may_score(actor, locked.year, locked.unit_id)
    require_stage(locked.year, Stage.SELF_SCORING)
    guard.require_drafting(locked)
    return locked, by


def _write(sheet: ScoreSheet, rows: Sequence[Line], by: Actor, now: datetime) -> list[Line]:
    """Write the rows into the sheet's lines; what stood there before, in the same form."""
    kept = {line.code: line for line in ScoreLine.objects.filter(sheet=sheet)}
    before: list[Line] = []
    for row in rows:
        code = str(row["code"])
        state = state_of(kept.get(code))
        before.append({"code": code, "figures": plain_figures(state.figures), "reason": state.reason})
        guard.write_line(sheet, kept.get(code), kept_line(code, row["figures"]), str(row["reason"]), by, now)  # type: ignore[arg-type]
    codes = [row["code"] for row in rows]
    confirmed = Verdict.objects.filter(sheet=sheet, code__in=codes, judgement=Judgement.CONFIRMED)
    confirmed.update(judgement=Judgement.UNCONFIRMED)
    return before
