"""Writes of pledges: drafting, the units' targets, freezing, confirming, reopening. All while the year is being prepared."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from thidua.audit.actions import publish
from thidua.clusters.access import require_stage
from thidua.clusters.models import ClusterYear
from thidua.clusters.rules import Stage
from thidua.criteria.queries import published_version
from thidua.kernel.actor import Actor
from thidua.kernel.errors import Refused
from thidua.people.models import Organisation, Post
from thidua.pledges import events, rules
from thidua.pledges.access import (
    require_may_confirm,
    require_may_draft,
    require_may_freeze,
    require_may_set_targets,
)
from thidua.pledges.models import Confirmation, Pledge, UnitTarget
from thidua.pledges.queries import fingerprint, members_with_targets, targets_of, text_of
from thidua.pledges.rules import Status, Target


@transaction.atomic
def draft_pledge(*, year: ClusterYear, actor: Actor, now: datetime) -> Pledge:
    """Begin the year's pledge with the usual preamble and articles, or put those back into a draft; targets stay.

    Refuses while no criteria are published (pledges.criteria_not_published) and once frozen (pledges.frozen).
    """
    locked = ClusterYear.objects.select_for_update(of=("self",)).select_related("cluster", "head").get(pk=year.pk)
    by = require_may_draft(actor, locked)
    require_stage(locked, Stage.PREPARING)
    if published_version(locked) is None:
        raise Refused("pledges.criteria_not_published")
    pledge = Pledge.objects.filter(year=locked).first() or Pledge(year=locked, revision=0)
    _require_drafting(pledge)
    pledge.preamble = rules.default_preamble(locked.cluster.name_vi, locked.year)
    pledge.body = rules.DEFAULT_BODY
    pledge.revision += 1
    pledge.save()
    publish(events.PledgeDrafted(locked.pk, pledge.pk), by, now=now)
    return pledge


@transaction.atomic
def edit_pledge(*, pledge: Pledge, preamble: str, body: str, revision: int, actor: Actor, now: datetime) -> None:
    """Change the secretary's part. `revision` is the one the writer saw: refuses a newer one (pledges.edited_meanwhile), a
    frozen pledge (pledges.frozen), and what `rules.check_written` refuses."""
    locked = _lock(pledge)
    by = require_may_draft(actor, locked.year)
    require_stage(locked.year, Stage.PREPARING)
    _require_drafting(locked)
    if revision != locked.revision:
        raise Refused("pledges.edited_meanwhile")
    rules.check_written(preamble, body)
    locked.preamble, locked.body, locked.revision = preamble.strip(), body.strip(), revision + 1
    locked.save(update_fields=["preamble", "body", "revision"])
    publish(events.PledgeEdited(locked.year_id, locked.pk, locked.revision), by, now=now)


@transaction.atomic
def set_targets(
    *, pledge: Pledge, unit: Organisation, targets: Sequence[Target], seen: str | None = None, actor: Actor, now: datetime
) -> None:
    """A unit sets all its own targets. `seen`: `queries.fingerprint` of those the writer saw (None: do not ask).

    Refuses pledges.targets_edited_meanwhile, pledges.frozen, and what `rules.check_targets` refuses.
    """
    locked = _lock(pledge)
    by = require_may_set_targets(actor, locked.year, unit.pk)
    require_stage(locked.year, Stage.PREPARING)
    _require_drafting(locked)
    if seen is not None and seen != fingerprint(targets_of(locked, unit)):
        raise Refused("pledges.targets_edited_meanwhile")
    rules.check_targets(targets)
    UnitTarget.objects.filter(pledge=locked, unit=unit).delete()
    UnitTarget.objects.bulk_create(
        UnitTarget(
            pledge=locked, unit=unit, position=position, text=target.text.strip(),
            unit_of_measure=target.unit_of_measure.strip(), target=target.figure,
        )
        for position, target in enumerate(targets, 1)
    )  # fmt: skip
    publish(events.TargetsSet(locked.year_id, locked.pk, unit.pk, unit.name_vi, len(targets)), by, now=now)


@transaction.atomic
def freeze_pledge(*, pledge: Pledge, actor: Actor, now: datetime) -> Pledge:
    """Fix the text with its digest, so that the units can confirm it.

    An empty tie-break is an agreement too: the text then says that equal totals share a rank. Refuses
    pledges.criteria_not_published, pledges.tie_break_unknown and pledges.frozen.
    """
    locked = _lock(pledge)
    by = require_may_freeze(actor, locked.year)
    require_stage(locked.year, Stage.PREPARING)
    _require_drafting(locked)
    version = published_version(locked.year)
    if version is None:
        raise Refused("pledges.criteria_not_published")
    rows = members_with_targets(locked, locked.year)
    locked.frozen_text = text_of(locked, locked.year, rows)
    locked.status, locked.digest, locked.frozen_at = Status.OPEN, rules.digest(locked.frozen_text), now
    locked.version, locked.tie_break, locked.unit_ids = version, locked.year.tie_break, [row.unit.pk for row in rows]
    locked.save()
    fact = events.PledgeFrozen(locked.year_id, locked.pk, version.pk, tuple(locked.unit_ids), locked.digest)
    publish(fact, by, now=now)
    return locked


@transaction.atomic
def confirm_pledge(*, pledge: Pledge, unit: Organisation, digest: str, actor: Actor, now: datetime) -> Confirmation:
    """A unit's leader confirms the text whose `digest` was shown. A lent power leaves both names.

    Refuses pledges.not_frozen, a text that has changed since (pledges.text_changed), a unit that the text does not name
    (pledges.not_in_text) and a second time (pledges.already_confirmed).
    """
    locked = _lock(pledge)
    by = require_may_confirm(actor, locked.year, unit.pk)
    require_stage(locked.year, Stage.PREPARING)
    if not locked.is_open:
        raise Refused("pledges.not_frozen")
    if digest != locked.digest:
        raise Refused("pledges.text_changed")
    if unit.pk not in locked.unit_ids:
        raise Refused("pledges.not_in_text")
    if Confirmation.objects.filter(pledge=locked, unit=unit).exists():
        raise Refused("pledges.already_confirmed")
    made = Confirmation.objects.create(
        pledge=locked, unit=unit, confirmed_at=now, digest_confirmed=digest, person_name=by.name,
        post_title=Post.objects.values_list("title_vi", flat=True).get(pk=by.using.post_id),
        on_behalf_of_name=by.using.lender_name,
    )  # fmt: skip
    publish(events.PledgeConfirmed(locked.year_id, locked.pk, unit.pk, unit.name_vi, digest), by, now=now)
    return made


@transaction.atomic
def reopen_pledge(*, pledge: Pledge, reason: str, actor: Actor, now: datetime) -> None:
    """Open the text for changes again; every confirmation is void, and the journal keeps which and why.

    Refuses a reason too short (pledges.reason_too_short) and a pledge that is not frozen (pledges.not_frozen).
    """
    locked = _lock(pledge)
    by = require_may_freeze(actor, locked.year)
    require_stage(locked.year, Stage.PREPARING)
    if not locked.is_open:
        raise Refused("pledges.not_frozen")
    why = rules.check_reason(reason)
    voided = tuple(Confirmation.objects.filter(pledge=locked).values_list("unit_id", flat=True))
    fact = events.PledgeReopened(locked.year_id, locked.pk, why, locked.digest, voided)
    Confirmation.objects.filter(pledge=locked).delete()
    locked.status, locked.digest, locked.frozen_text, locked.frozen_at = Status.DRAFTING, "", "", None
    locked.revision += 1
    locked.save()
    publish(fact, by, now=now)


def _lock(pledge: Pledge) -> Pledge:
    locked = Pledge.objects.select_for_update(of=("self",)).select_related("year__cluster__superior_body", "year__head")
    return locked.get(pk=pledge.pk)


def _require_drafting(pledge: Pledge) -> None:
    if pledge.is_open:
        raise Refused("pledges.frozen")
