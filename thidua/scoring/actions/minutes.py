"""Writes of the score minutes: the session at which the check of a unit was closed."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from thidua.audit.actions import publish
from thidua.clusters.access import require_open
from thidua.kernel.actor import Actor
from thidua.kernel.errors import Refused
from thidua.scoring import events
from thidua.scoring.access import require_may_write_minutes
from thidua.scoring.actions import guard
from thidua.scoring.models import ScoreMinutes, ScoreSheet, SheetStatus
from thidua.scoring.queries.minutes import checked_digest


@dataclass(frozen=True, slots=True)
class Session:
    """What the minutes say beside the points; people and keepers of copies are one a line."""

    begun_at: datetime
    ended_at: datetime
    place: str
    checkers: str
    unit_people: str
    opinion: str
    copies: int
    kept_by: str
    chair: str
    secretary: str
    signer: str


@transaction.atomic
def write_minutes(*, sheet: ScoreSheet, session: Session, actor: Actor, now: datetime) -> ScoreMinutes:
    """Write the unit's score minutes, or write them anew, for the check as it stands.

    Refuses a check that is not finished (scoring.minutes_need_check), an end before the beginning (scoring.minutes_end_first)
    and a closed year.
    """
    locked = guard.lock(sheet)
    by = require_may_write_minutes(actor, locked.year, locked.unit_id)
    require_open(locked.year)
    if locked.status != SheetStatus.SUBMITTED or locked.checked_at is None:
        raise Refused("scoring.minutes_need_check")
    if session.ended_at <= session.begun_at:
        raise Refused("scoring.minutes_end_first", field="ended_at")
    digest = checked_digest(locked)
    values = {name: getattr(session, name) for name in Session.__slots__}
    values |= {"digest": digest, "written_at": now, "written_by_name": guard.who(by)}
    kept, _made = ScoreMinutes.objects.update_or_create(sheet=locked, defaults=values)
    publish(events.MinutesWritten(locked.year_id, locked.pk, locked.unit_id, locked.unit.name_vi, digest), by, now=now)
    return kept
