"""Publishing a draft: from then on it is the criteria in force."""

from datetime import datetime

from django.db import transaction

from thidua.audit.actions import publish
from thidua.clusters.access import require_open
from thidua.clusters.rules import REASON_LENGTH, Stage
from thidua.criteria import events
from thidua.criteria.access import require_may_publish
from thidua.criteria.actions.keeping import lock_draft, lock_year
from thidua.criteria.models import CriteriaVersion, DraftStep
from thidua.criteria.queries import table_of
from thidua.criteria.rules.checks import table_problems
from thidua.kernel.actor import Actor
from thidua.kernel.errors import Refused


@transaction.atomic
def publish_version(*, version: CriteriaVersion, decision: str, reason: str = "", actor: Actor, now: datetime) -> CriteriaVersion:
    """Publish a draft: from now on it is the criteria in force, and no action changes it. `decision` says what adopts it.

    Past the preparation of the year this corrects criteria that a pledge rests on, so it needs a `reason`
    (criteria.reason_too_short). Refuses a draft that has been replaced meanwhile (criteria.draft_replaced): what was looked
    at is what is published; one that contradicts itself, as edited drafts may (criteria.draft_has_problems). Also
    criteria.already_published, criteria.decision_empty, clusters.year_closed. The steps to undo go: the draft stays now.
    """
    locked = lock_year(version.year_id)
    by = require_may_publish(actor, locked)
    require_open(locked)
    draft = lock_draft(version)
    if not decision.strip():
        raise Refused("criteria.decision_empty", field="decision")
    explains = len(reason.strip()) >= REASON_LENGTH and any(letter.isalnum() for letter in reason)
    if locked.stage != Stage.PREPARING and not explains:
        raise Refused("criteria.reason_too_short", field="reason", letters=REASON_LENGTH)
    problems = [problem for problem in table_problems(table_of(draft)) if problem.is_error]
    if problems:
        raise Refused("criteria.draft_has_problems", count=len(problems))
    draft.decision, draft.reason = decision.strip(), reason.strip()
    draft.published_at, draft.published_by_name = now, by.name
    draft.save(update_fields=["decision", "reason", "published_at", "published_by_name"])
    DraftStep.objects.filter(year=locked).delete()
    facts = (draft.number, draft.title, draft.decision, draft.reason, draft.digest)
    publish(events.CriteriaPublished(locked.pk, draft.pk, *facts), by, now=now)
    return draft
