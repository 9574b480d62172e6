"""The hand-over of the head's office, signed by both sides."""

from datetime import datetime

from django.db import transaction

from thidua.audit.actions import publish
from thidua.audit.queries import head_digest
from thidua.clusters.models import ClusterYear
from thidua.conference import events
from thidua.conference.access import require_may_sign
from thidua.conference.models import HandOver, Side
from thidua.conference.queries.hand_over import digest_of, facts_of
from thidua.kernel.actor import Actor
from thidua.kernel.errors import Refused


def draw_up_hand_over(*, from_year: ClusterYear, to_year: ClusterYear, now: datetime) -> HandOver:
    """Draw up the record between two years, unsigned. The opening of the next year calls this within its own transaction."""
    return HandOver.objects.create(from_year=from_year, to_year=to_year, drawn_up_at=now)


@transaction.atomic
def sign_hand_over(*, hand_over: HandOver, side: str, facts_digest: str, actor: Actor, now: datetime) -> None:
    """Sign for a side. The first signature freezes the facts; each notes where the journal's chain ends.

    `facts_digest`: of the facts that the signer has read. Refuses conference.facts_changed when they are others by now, and
    conference.signed_already.
    """
    locked = (
        HandOver.objects.select_for_update(of=("self",))
        .select_related("from_year__cluster__superior_body", "from_year__head", "to_year__cluster", "to_year__head")
        .get(pk=hand_over.pk)
    )
    by = require_may_sign(actor, locked, side)
    if locked.signature_of(side)[0] is not None:
        raise Refused("conference.signed_already")
    facts = facts_of(locked)
    if digest_of(facts) != facts_digest:
        raise Refused("conference.facts_changed")
    publish(events.HandOverSigned(locked.from_year_id, locked.pk, str(Side(side)), facts_digest), by, now=now)
    locked.facts, locked.journal_digest = facts, head_digest()
    setattr(locked, f"{side}_signed_at", now)
    setattr(locked, f"{side}_signed_by", f"{by.using.post_title}, {by.using.organisation_name}" if by.using else by.name)
    locked.save()
