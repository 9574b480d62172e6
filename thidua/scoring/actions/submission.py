"""A sheet leaves the unit and may come back: submitted with a snapshot, recalled by its leader, returned by the head."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from thidua.audit.actions import publish
from thidua.clusters.access import require_stage
from thidua.clusters.queries import due_on
from thidua.clusters.rules import Stage
from thidua.kernel.actor import Actor
from thidua.kernel.errors import Refused
from thidua.kernel.points import format_plain
from thidua.scoring import events
from thidua.scoring.access import require_may_return, require_may_submit
from thidua.scoring.actions import guard
from thidua.scoring.models import ScoreSheet, SheetSnapshot, SheetStatus
from thidua.scoring.queries.results import Result, result_of, seal_of
from thidua.scoring.queries.snapshots import content_of


@transaction.atomic
def submit_sheet(*, sheet: ScoreSheet, actor: Actor, now: datetime) -> ScoreSheet:
    """The leader submits the unit's sheet; from then on it is locked, and what it says is kept as a snapshot. Refuses while
    criteria have no figures (scoring.lines_missing), points beyond the table are not explained (scoring.lines_unexplained) or
    required evidence is missing (scoring.evidence_required): how many and which."""
    locked = guard.lock(sheet)
    by = require_may_submit(actor, locked.year, locked.unit_id)
    require_stage(locked.year, Stage.SELF_SCORING)
    guard.require_drafting(locked)
    result = result_of(locked)
    lacks = result.completeness
    if lacks.missing:
        raise Refused("scoring.lines_missing", missing=len(lacks.missing), codes=guard.some_codes(lacks.missing))
    if lacks.unexplained:
        raise Refused("scoring.lines_unexplained", missing=len(lacks.unexplained), codes=guard.some_codes(lacks.unexplained))
    if lacks.unproved:
        raise Refused("scoring.evidence_required", missing=len(lacks.unproved), codes=guard.some_codes(lacks.unproved))
    snapshot = _keep(locked, result, guard.who(by), now)
    guard.touch(locked, now, status=SheetStatus.SUBMITTED, submitted_at=now, submitted_by_name=guard.who(by))
    total, warnings = format_plain(result.claimed.total, fewest=0), len(result.claimed.warnings)
    fact = events.SheetSubmitted(locked.year_id, locked.pk, locked.unit_id, locked.unit.name_vi, total, warnings, snapshot.digest)
    publish(fact, by, now=now)
    return locked


def _keep(sheet: ScoreSheet, result: Result, name: str, now: datetime) -> SheetSnapshot:
    content = content_of(sheet, result)
    return SheetSnapshot.objects.create(
        sheet=sheet,
        number=SheetSnapshot.objects.filter(sheet=sheet).count() + 1,
        total=result.claimed.total,
        maximum=result.claimed.maximum,
        content=content,
        digest=seal_of(content["sealed"]),
        submitted_at=now,
        submitted_by_name=name,
    )


@transaction.atomic
def recall_sheet(*, sheet: ScoreSheet, reason: str, actor: Actor, now: datetime) -> None:
    """The leader takes a submitted sheet back to go on working at it, until the day the stage is due. The reason is journalled.
    Refuses after that day (scoring.recall_too_late): then the head's secretary returns the sheet."""
    locked = guard.lock(sheet)
    by = require_may_submit(actor, locked.year, locked.unit_id)
    words = _give_back(locked, reason, by, now, until_due=True)
    publish(events.SheetRecalled(locked.year_id, locked.pk, locked.unit_id, locked.unit.name_vi, words), by, now=now)


@transaction.atomic
def return_sheet(*, sheet: ScoreSheet, reason: str, actor: Actor, now: datetime) -> None:
    """The head's secretary gives a submitted sheet back to its unit, on the due day or after it as well, before the cross-check
    begins. The reason is journalled and stands at the snapshot."""
    locked = guard.lock(sheet)
    by = require_may_return(actor, locked.year)
    words = _give_back(locked, reason, by, now, until_due=False)
    publish(events.SheetReturned(locked.year_id, locked.pk, locked.unit_id, locked.unit.name_vi, words), by, now=now)


def _give_back(sheet: ScoreSheet, reason: str, by: Actor, now: datetime, *, until_due: bool) -> str:
    """Open the sheet again and close its snapshot; the reason as kept."""
    require_stage(sheet.year, Stage.SELF_SCORING)
    if sheet.status != SheetStatus.SUBMITTED:
        raise Refused("scoring.not_submitted", unit=sheet.unit.name_vi)
    due = due_on(sheet.year, Stage.SELF_SCORING) if until_due else None
    if due is not None and localdate(now) > due:
        raise Refused("scoring.recall_too_late", due=due)
    words = guard.checked_reason(reason)
    guard.touch(
        sheet, now, status=SheetStatus.DRAFTING, submitted_at=None, submitted_by_name="", checked_at=None, checked_by_name=""
    )
    ended = {"ended_at": now, "ended_by_name": guard.who(by), "ended_why": words}
    SheetSnapshot.objects.filter(sheet=sheet, ended_at=None).update(**ended)
    return words
