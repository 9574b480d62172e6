"""Writes of digests: gather rounds into a draft, write words beside it, check or send back, issue."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from thidua.audit.actions import publish
from thidua.clusters.access import require_open
from thidua.clusters.models import ClusterYear
from thidua.forecasts import events
from thidua.forecasts.access import require_may_draft_digest
from thidua.forecasts.models import Digest, DigestRound, DigestState
from thidua.forecasts.queries.digests import gathered_content, sources_of
from thidua.forecasts.rules import digests as rules
from thidua.kernel.actor import Actor, who
from thidua.kernel.errors import Absent, Refused
from thidua.rapporteurs.models import CollaboratorReport, Round


@transaction.atomic
def draft_digest(
    *, year: ClusterYear, title: str, words: str, rounds: Collection[int], actor: Actor, now: datetime
) -> Digest:  # fmt: skip
    """Gather rounds of the year (ids) whose due day has passed into a draft; only the published table is kept.

    What is gathered stays: a report that comes later is in no digest, for a table gathered twice could be subtracted from
    itself. Refuses no round (forecasts.rounds_missing), one that is not over (forecasts.round_not_due), gathered already
    (forecasts.round_gathered) or without a sent report (forecasts.no_reports), rounds with reports of too few units
    (forecasts.too_few_units), a title taken (forecasts.digest_exists), and what `rules.check_title` and `check_words` refuse.
    Absent for a round of another year.
    """
    plan = _plan(year, title, words, rounds, actor, now)
    made = Digest.objects.create(
        year=plan.year, title=plan.title, words=plan.words, starts_on=min(one.starts_on for one in plan.rounds),
        ends_on=max(one.ends_on for one in plan.rounds), table=rules.to_plain(gathered_content(plan.rounds)), gathered_at=now,
        drafted_by_id=plan.by.person_id, drafted_by_name=who(plan.by),
    )  # fmt: skip
    DigestRound.objects.bulk_create(DigestRound(digest=made, round=one) for one in plan.rounds)
    publish(events.DigestDrafted(plan.year.pk, made.pk, made.title, tuple(one.title for one in plan.rounds)), plan.by, now=now)
    return made


@dataclass(frozen=True, slots=True)
class Plan:
    """What would be gathered: `rounds` with `reports` reports from `units` units."""

    year: ClusterYear
    by: Actor
    title: str
    words: str
    rounds: list[Round]
    reports: int
    units: int


@transaction.atomic
def plan_digest(
    *, year: ClusterYear, title: str, words: str, rounds: Collection[int], actor: Actor, now: datetime
) -> Plan:  # fmt: skip
    """What `draft_digest` would gather, for the page that asks once more. Writes nothing; refuses what `draft_digest` refuses."""
    return _plan(year, title, words, rounds, actor, now)


def _plan(year: ClusterYear, title: str, words: str, rounds: Collection[int], actor: Actor, now: datetime) -> Plan:
    locked = ClusterYear.objects.select_for_update(of=("self",)).select_related("cluster", "head").get(pk=year.pk)
    by = require_may_draft_digest(actor, locked)
    require_open(locked)
    name, text = rules.check_title(title), rules.check_words(words)
    _require_free(locked, name)
    chosen = _lock_rounds(locked, rounds, now)
    reports, units = sources_of(chosen)
    rules.require_units(units)
    return Plan(locked, by, name, text, chosen, reports, units)


@transaction.atomic
def edit_digest(*, digest: Digest, title: str, words: str, revision: int, actor: Actor, now: datetime) -> Digest:
    """Change title or words of a draft; the table stays as it was gathered. Whoever wrote last does not check it.

    Refuses what is no draft (forecasts.digest_not_draft), a newer revision (forecasts.digest_edited_meanwhile), a title taken and
    what the rules refuse.
    """
    locked, by = _lock(digest, actor)
    if locked.state != DigestState.DRAFT:
        raise Refused("forecasts.digest_not_draft")
    if revision != locked.revision:
        raise Refused("forecasts.digest_edited_meanwhile")
    name, text = rules.check_title(title), rules.check_words(words)
    _require_free(locked.year, name, besides=locked)
    locked.title, locked.words, locked.returned_reason = name, text, ""
    locked.drafted_by_id, locked.drafted_by_name = by.person_id, who(by)
    locked.revision += 1
    locked.save()
    publish(events.DigestEdited(locked.year_id, locked.pk, locked.title, locked.revision), by, now=now)
    return locked


@transaction.atomic
def check_digest(*, digest: Digest, revision: int, actor: Actor, now: datetime) -> Digest:
    """Somebody other than the drafter has read the draft and finds it right.

    Refuses the drafter (forecasts.own_digest), what is no draft (forecasts.digest_not_draft) and another revision than the one
    that was read (forecasts.digest_changed).
    """
    locked, by = _lock_for_other(digest, revision, actor)
    if locked.state != DigestState.DRAFT:
        raise Refused("forecasts.digest_not_draft")
    locked.state, locked.checked_at, locked.checked_by_name = DigestState.CHECKED, now, who(by)
    locked.returned_reason = ""
    locked.revision += 1
    locked.save()
    publish(events.DigestChecked(locked.year_id, locked.pk, locked.title), by, now=now)
    return locked


@transaction.atomic
def send_back_digest(*, digest: Digest, reason: str, revision: int, actor: Actor, now: datetime) -> Digest:
    """Somebody other than the drafter sends a draft, or a checked one, back to be written anew; a checked one is a draft again.

    Refuses the drafter (forecasts.own_digest), an issued one (forecasts.digest_issued), a reason too short
    (forecasts.digest_reason_short) and another revision (forecasts.digest_changed).
    """
    locked, by = _lock_for_other(digest, revision, actor)
    locked.returned_reason = rules.check_reason(reason)
    locked.state, locked.checked_at, locked.checked_by_name = DigestState.DRAFT, None, ""
    locked.revision += 1
    locked.save()
    publish(events.DigestSentBack(locked.year_id, locked.pk, locked.title, locked.returned_reason), by, now=now)
    return locked


@transaction.atomic
def issue_digest(*, digest: Digest, revision: int, actor: Actor, now: datetime) -> Digest:
    """Issue a checked digest, for everyone who sees the year. Final; its SHA-256 is kept.

    Refuses one that is not checked (forecasts.digest_not_checked), one issued a moment ago (forecasts.digest_issued) and another
    revision than the one that was read (forecasts.digest_changed).
    """
    locked, by = _lock(digest, actor)
    _require_open_digest(locked, revision)
    if locked.state != DigestState.CHECKED:
        raise Refused("forecasts.digest_not_checked")
    locked.digest = rules.fingerprint(
        title=locked.title, starts_on=locked.starts_on, ends_on=locked.ends_on, words=locked.words, table=locked.table
    )
    locked.state, locked.issued_at, locked.issued_by_name = DigestState.ISSUED, now, who(by)
    locked.revision += 1
    locked.save()
    publish(events.DigestIssued(locked.year_id, locked.pk, locked.title, locked.digest), by, now=now)
    return locked


def _lock(digest: Digest, actor: Actor) -> tuple[Digest, Actor]:
    rows = Digest.objects.select_for_update(of=("self",)).select_related("year__cluster", "year__head")
    locked = rows.get(pk=digest.pk)
    by = require_may_draft_digest(actor, locked.year)
    require_open(locked.year)
    return locked, by


def _lock_for_other(digest: Digest, revision: int, actor: Actor) -> tuple[Digest, Actor]:
    locked, by = _lock(digest, actor)
    _require_open_digest(locked, revision)
    if by.person_id == locked.drafted_by_id:
        raise Refused("forecasts.own_digest")
    return locked, by


def _require_open_digest(digest: Digest, revision: int) -> None:
    if digest.state == DigestState.ISSUED:
        raise Refused("forecasts.digest_issued")
    if revision != digest.revision:
        raise Refused("forecasts.digest_changed")


def _require_free(year: ClusterYear, title: str, besides: Digest | None = None) -> None:
    taken = Digest.objects.filter(year=year, title=title).exclude(pk=besides.pk if besides else None)
    if taken.exists():
        raise Refused("forecasts.digest_exists", field="title", title=title)


def _lock_rounds(year: ClusterYear, ids: Collection[int], now: datetime) -> list[Round]:
    """The rounds, locked, so that no report is sent or taken back meanwhile."""
    wanted = set(ids)
    if not wanted:
        raise Refused("forecasts.rounds_missing", field="rounds")
    found = list(Round.objects.select_for_update().filter(year=year, pk__in=wanted).order_by("starts_on", "pk"))
    if len(found) != len(wanted):
        raise Absent
    for one in found:
        if one.due_on >= localdate(now):
            raise Refused("forecasts.round_not_due", field="rounds", round=one.title, day=one.due_on)
    gathered = set(DigestRound.objects.filter(round__in=found).values_list("round_id", flat=True))
    for one in found:
        if one.pk in gathered:
            raise Refused("forecasts.round_gathered", field="rounds", round=one.title)
    sent = set(CollaboratorReport.objects.filter(round__in=found, sent_at__isnull=False).values_list("round_id", flat=True))
    for one in found:
        if one.pk not in sent:
            raise Refused("forecasts.no_reports", field="rounds", round=one.title)
    return found
