"""A sheet goes over to the version of the criteria that is in force now."""

from datetime import datetime

from django.db import transaction

from thidua.audit.actions import publish
from thidua.clusters.access import require_stage
from thidua.clusters.rules import Stage
from thidua.kernel.actor import Actor
from thidua.kernel.errors import Refused
from thidua.scoring import events
from thidua.scoring.access import require_may_score
from thidua.scoring.actions import guard
from thidua.scoring.actions.sheets import leave_out
from thidua.scoring.models import ScoreSheet
from thidua.scoring.queries.pinning import newer_version


@transaction.atomic
def carry_sheet(*, sheet: ScoreSheet, actor: Actor, now: datetime) -> ScoreSheet:
    """The unit scores its sheet against the correction that was published since it was opened. What was scored stays at its
    code; a code that the new table does not have counts no more, and what must be scored anew is told as missing.

    Refuses a sheet that is not being filled in (scoring.already_submitted: the head returns it first) and one that already rests
    on the version in force (scoring.version_in_force).
    """
    locked = guard.lock(sheet)
    by = require_may_score(actor, locked.year, locked.unit_id)
    require_stage(locked.year, Stage.SELF_SCORING)
    guard.require_drafting(locked)
    before, version = locked.version, newer_version(locked, locked.year)
    if version is None:
        raise Refused("scoring.version_in_force", number=before.number)
    guard.touch(locked, now, version=version)
    leave_out(locked, locked.unit, version, now)
    names = (locked.year_id, locked.pk, locked.unit_id, locked.unit.name_vi)
    publish(events.SheetCarried(*names, before.number, version.number), by, now=now)
    return locked
