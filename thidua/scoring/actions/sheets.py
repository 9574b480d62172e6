"""Writes of a unit's own sheet: opening it, saving lines; and the head's word on who is ranked."""

from datetime import datetime

from django.db import transaction

from thidua.audit.actions import publish
from thidua.clusters.access import require_stage
from thidua.clusters.models import ClusterYear
from thidua.clusters.rules import Stage
from thidua.criteria.models import CriteriaVersion
from thidua.criteria.queries import published_version, table_of
from thidua.kernel.actor import Actor
from thidua.kernel.errors import Refused
from thidua.people.models import Organisation
from thidua.scoring import events, rules
from thidua.scoring.access import require_may_score, require_may_withhold
from thidua.scoring.actions import guard
from thidua.scoring.actions.standings import keep_after_commit
from thidua.scoring.models import Judgement, ScoreLine, ScoreSheet, SheetStatus, Verdict


@transaction.atomic
def open_sheet(*, year: ClusterYear, unit: Organisation, actor: Actor, now: datetime) -> ScoreSheet:
    """The unit's sheet, made now if there is none, against the criteria in force. Refuses without published criteria
    (scoring.no_criteria) and outside the stage of self-scoring."""
    by = require_may_score(actor, year, unit.pk)
    require_stage(year, Stage.SELF_SCORING)
    sheet, made = _sheet_for(year, unit, now)
    if made:
        publish(events.SheetOpened(year.pk, sheet.pk, unit.pk, sheet.version_id), by, now=now)
    return sheet


@transaction.atomic
def save_line(
    *, sheet: ScoreSheet, line: rules.ScoreLine, reason: str = "", revision: int | None = None, actor: Actor, now: datetime
) -> ScoreLine:
    """Save what the unit says of one criterion (`line.code`); figures it leaves out are emptied, `assigned` stays the head's.

    `revision` is the one the writer looked at (0: no line yet; None: whatever is there): what others have saved since in the
    other cell of the row stays (`guard.merged_with`). Not journalled: the submission is.
    What an appraiser had confirmed before the year stepped back waits to be confirmed again.
    Refuses as `guard.check_*`: most often scoring.above_maximum, scoring.changed_meanwhile, scoring.reason_too_long.
    """
    locked = guard.lock(sheet)
    by = require_may_score(actor, locked.year, locked.unit_id)
    require_stage(locked.year, Stage.SELF_SCORING)
    guard.require_drafting(locked)
    lines = {kept.code: kept for kept in ScoreLine.objects.filter(sheet=locked)}
    kept = lines.get(line.code)
    words = guard.checked_reason(reason, field=line.code, required=False)
    line, words = guard.merged_with(kept, line, words, revision, locked)
    if kept is not None and guard.same_figures(kept, line) and kept.reason == words:
        return kept
    guard.check_figures(line)
    guard.check_against_table(locked, line, [other.as_rule() for other in lines.values()], reason=words)
    kept = guard.write_line(locked, kept, line, words, by, now)
    Verdict.objects.filter(sheet=locked, code=line.code, judgement=Judgement.CONFIRMED).update(judgement=Judgement.UNCONFIRMED)
    guard.touch(locked, now)
    return kept


@transaction.atomic
def withhold_unit(*, year: ClusterYear, unit: Organisation, reason: str, actor: Actor, now: datetime) -> ScoreSheet:
    """The head's secretary takes a unit out of the ranking, for instance one that sent nothing (Tiền Giang 2022, 5.2: such a
    unit is not ranked). What it has scored is kept. Refuses a unit that is out already (scoring.unit_withheld)."""
    by = require_may_withhold(actor, year)
    require_stage(year, Stage.SELF_SCORING, Stage.CROSS_CHECKING)
    words = guard.checked_reason(reason)
    locked = guard.lock(_sheet_for(year, unit, now)[0])
    if locked.status == SheetStatus.WITHHELD:
        raise Refused("scoring.unit_withheld", reason=locked.excluded_reason)
    guard.touch(locked, now, status=SheetStatus.WITHHELD, excluded_reason=words)
    publish(events.UnitWithheld(year.pk, locked.pk, unit.pk, unit.name_vi, words), by, now=now)
    return locked


@transaction.atomic
def readmit_unit(*, sheet: ScoreSheet, reason: str, actor: Actor, now: datetime) -> None:
    """The head's secretary lets a unit back in: as submitted if it had submitted, to go on scoring otherwise."""
    locked = guard.lock(sheet)
    by = require_may_withhold(actor, locked.year)
    require_stage(locked.year, Stage.SELF_SCORING, Stage.CROSS_CHECKING)
    if locked.status != SheetStatus.WITHHELD:
        raise Refused("scoring.not_withheld", unit=locked.unit.name_vi)
    words = guard.checked_reason(reason)
    before = SheetStatus.SUBMITTED if locked.submitted_at else SheetStatus.DRAFTING
    guard.touch(locked, now, status=before, excluded_reason="")
    publish(events.UnitReadmitted(locked.year_id, locked.pk, locked.unit_id, locked.unit.name_vi, words), by, now=now)


@transaction.atomic
def assign_criterion(*, sheet: ScoreSheet, code: str, assigned: bool, actor: Actor, now: datetime) -> None:
    """The head's secretary says whether a criterion concerns the unit. What is not assigned leaves the denominator, and then
    the cluster ranks by percentage (commands.md)."""
    locked = guard.lock(sheet)
    by = require_may_withhold(actor, locked.year)
    require_stage(locked.year, Stage.SELF_SCORING, Stage.CROSS_CHECKING)
    guard.check_against_table(locked, rules.ScoreLine(code=code, assigned=assigned), [], reason="")
    empty = {"edited_at": now, "edited_by_name": guard.who(by)}
    line, _ = ScoreLine.objects.get_or_create(sheet=locked, code=code, defaults=empty)
    if line.assigned == assigned:
        return
    line.assigned = assigned
    line.save(update_fields=["assigned"])
    guard.touch(locked, now)
    fact = events.CriterionAssigned(locked.year_id, locked.pk, locked.unit_id, locked.unit.name_vi, code, assigned)
    publish(fact, by, now=now)


def _sheet_for(year: ClusterYear, unit: Organisation, now: datetime) -> tuple[ScoreSheet, bool]:
    """The unit's sheet and whether it is new: then the rows that the table does not assign to the unit are left out of it."""
    guard.lock_place(year, unit)
    kept = ScoreSheet.objects.filter(year=year, unit=unit).select_related("version", "year").first()
    if kept is not None:
        return kept, False
    version = published_version(year)
    if version is None:
        raise Refused("scoring.no_criteria")
    sheet, made = ScoreSheet.objects.get_or_create(year=year, unit=unit, defaults={"version": version, "opened_at": now})
    if made:
        leave_out(sheet, unit, version, now)
        keep_after_commit(year.pk, now)  # a new sheet is a new state of the year
    return sheet, made


def leave_out(sheet: ScoreSheet, unit: Organisation, version: CriteriaVersion, now: datetime) -> None:
    """The rows that the version does not assign to the unit are left out of its sheet, where it says nothing of them yet."""
    told = {"assigned": False, "edited_at": now, "edited_by_name": version.published_by_name}
    said = set(ScoreLine.objects.filter(sheet=sheet).values_list("code", flat=True))
    rows = [row for row in table_of(version).criteria if unit.slug in row.not_assigned and row.code not in said]
    ScoreLine.objects.bulk_create(ScoreLine(sheet=sheet, code=row.code, **told) for row in rows)
