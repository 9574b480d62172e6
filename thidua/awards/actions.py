"""Writes of nominations and decisions."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from thidua.audit.actions import publish
from thidua.awards import events, rules
from thidua.awards.access import require_may_nominate, require_may_record_decision
from thidua.awards.models import Nomination, NominationStatus, Title
from thidua.awards.queries import basis_of
from thidua.awards.rules import Decision
from thidua.clusters.access import member_ids, require_stage
from thidua.clusters.models import ClusterYear
from thidua.clusters.rules import Stage
from thidua.kernel.actor import Actor
from thidua.kernel.errors import Refused
from thidua.people.models import Organisation


@transaction.atomic
def nominate(
    *, year: ClusterYear, unit: Organisation, title: str, other_title: str = "", actor: Actor, now: datetime
) -> Nomination:
    """Put a member unit forward, with a record of what that rests on (place and total, latest poll).

    At the conference only. Refuses awards.not_a_member, awards.other_unnamed, awards.already_nominated.
    """
    locked = _lock_year(year)
    by = require_may_nominate(actor, locked)
    require_stage(locked, Stage.CONFERENCE)
    free = rules.check_title(title, other_title, other=Title.OTHER)
    if unit.pk not in member_ids(locked):
        raise Refused("awards.not_a_member", field="unit", unit=unit.name_vi)
    if Nomination.objects.filter(year=locked, unit=unit, title=title, other_title=free).exists():
        raise Refused("awards.already_nominated", field="title", unit=unit.name_vi, title=free or title)
    made = Nomination.objects.create(
        year=locked, unit=unit, title=title, other_title=free, basis=basis_of(locked, unit.pk), put_forward_at=now,
        put_forward_by=by.using.post_title if by.using else by.name,
    )
    publish(events.UnitNominated(locked.pk, made.pk, unit.pk, unit.name_vi, free or title), by, now=now)
    return made


@transaction.atomic
def withdraw_nomination(*, nomination: Nomination, actor: Actor, now: datetime) -> None:
    """Take a nomination back at the conference. Refuses one that was decided (awards.already_decided) or voted down
    (awards.voted_down: the minutes tell of it)."""
    locked = _lock(nomination)
    by = require_may_nominate(actor, locked.year)
    require_stage(locked.year, Stage.CONFERENCE)
    _refuse_voted_down(locked)
    if not locked.is_open:
        raise Refused("awards.already_decided")
    named = locked.other_title or locked.title
    publish(events.NominationWithdrawn(locked.year_id, locked.pk, locked.unit_id, locked.unit.name_vi, named), by, now=now)
    locked.delete()


@transaction.atomic
def record_decision(*, nomination: Nomination, decision: Decision, actor: Actor, now: datetime) -> None:
    """Write down what the superior body decided; again, to mend what was written wrongly, while the year is not closed.

    Only while the year waits for decisions. Refuses as `rules.check_decision`, and what the conference voted down, which
    nobody was asked to decide (awards.voted_down).
    """
    locked = _lock(nomination)
    by = require_may_record_decision(actor, locked.year)
    require_stage(locked.year, Stage.DECIDED)
    _refuse_voted_down(locked)
    rules.check_decision(decision, timezone.localdate(now))
    locked.status = NominationStatus.DECIDED if decision.granted else NominationStatus.DECLINED
    locked.decision_number, locked.decision_date = decision.number.strip(), decision.day
    locked.decided_by, locked.decision_note = decision.decided_by.strip(), decision.note.strip()
    locked.save()
    outcome = "granted" if decision.granted else "declined"
    named = locked.other_title or locked.title
    facts = (locked.year_id, locked.pk, locked.unit.name_vi, named, outcome, locked.decision_number, decision.day)
    publish(events.DecisionRecorded(*facts), by, now=now)


def _refuse_voted_down(nomination: Nomination) -> None:
    if nomination.is_voted_down:
        raise Refused("awards.voted_down", title=nomination.title_text, unit=nomination.unit.short)


def _lock_year(year: ClusterYear) -> ClusterYear:
    return ClusterYear.objects.select_for_update(of=("self",)).select_related("cluster").get(pk=year.pk)


def _lock(nomination: Nomination) -> Nomination:
    return Nomination.objects.select_for_update(of=("self",)).select_related("unit", "year__cluster").get(pk=nomination.pk)
