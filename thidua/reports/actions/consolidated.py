"""Writes of the consolidated report: begin, write, issue, open again."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from thidua.audit.actions import publish
from thidua.clusters.access import require_open
from thidua.kernel.actor import Actor, who
from thidua.kernel.errors import Refused
from thidua.reports import events
from thidua.reports.access import require_may_consolidate
from thidua.reports.actions.guard import lock_period
from thidua.reports.models import ChosenPractice, Consolidated, Issue, ReportPeriod
from thidua.reports.queries.consolidated import candidates_of, count_with_head, draft_of, fingerprint_of, summary_of
from thidua.reports.rules import issuing
from thidua.reports.rules.content import digest
from thidua.reports.rules.periods import check_reason
from thidua.reports.rules.summary import Words, to_plain
from thidua.reports.rules.wording import proposed


@transaction.atomic
def open_consolidated(*, period: ReportPeriod, actor: Actor, now: datetime) -> Consolidated:
    """Begin the consolidated report with a first text made from the figures.

    Refuses while no unit has submitted (reports.nothing_submitted) and a second time (reports.consolidated_begun).
    """
    locked = lock_period(period)
    by = require_may_consolidate(actor, locked.year)
    require_open(locked.year)
    if Consolidated.objects.filter(period=locked).exists():
        raise Refused("reports.consolidated_begun")
    if not count_with_head(locked):
        raise Refused("reports.nothing_submitted")
    first = proposed(summary_of(locked))
    made = Consolidated.objects.create(period=locked, **asdict(first), edited_at=now, edited_by_name=who(by))
    publish(events.ConsolidatedBegun(locked.year_id, locked.pk, locked.title), by, now=now)
    return made


@transaction.atomic
def write_consolidated(
    *, consolidated: Consolidated, words: Words, chosen: Sequence[str], revision: int, actor: Actor, now: datetime
) -> None:
    """Save the words and the practices chosen (`Candidate.key`, in the order in which they are told).

    `revision` is the one the writer saw. Refuses a newer one (reports.edited_meanwhile), a report in force
    (reports.consolidated_issued), a practice that no report offers (reports.practice_gone), too many (reports.too_many_chosen)
    and too long a part (reports.text_too_long).
    """
    locked, by = _lock(consolidated, actor)
    _require_draft(locked)
    if revision != locked.revision:
        raise Refused("reports.edited_meanwhile")
    cleaned = issuing.clean_words(words)
    _choose(locked, list(dict.fromkeys(chosen)))
    locked.situation, locked.assessment, locked.directions = cleaned.situation, cleaned.assessment, cleaned.directions
    locked.signer = cleaned.signer
    locked.revision, locked.edited_at, locked.edited_by_name = revision + 1, now, who(by)
    locked.save()
    period = locked.period
    publish(events.ConsolidatedWritten(period.year_id, period.pk, period.title, locked.revision), by, now=now)


@transaction.atomic
def issue_consolidated(
    *, consolidated: Consolidated, number_text: str, issued_on: date, seen: str, actor: Actor, now: datetime
) -> Issue:
    """Issue the report: its figures, practices and words are kept as they are at this moment, with their SHA-256.

    `seen` is the digest of the draft that was read (`queries.fingerprint_of`). Refuses one that has changed since, be it a
    figure (reports.consolidated_changed), what `issuing` refuses of words, number and day, a report in force
    (reports.consolidated_issued), and no report of any unit (reports.nothing_submitted).
    """
    locked, by = _lock(consolidated, actor)
    _require_draft(locked)
    summary = draft_of(locked)
    if not summary.counted:
        raise Refused("reports.nothing_submitted")
    if seen != fingerprint_of(summary):
        raise Refused("reports.consolidated_changed")
    issuing.check_words(summary.words)
    number = issuing.check_number(number_text)
    issuing.check_issue_day(issued_on, locked.period.starts_on, localdate(now))
    content = to_plain(summary)
    issue = Issue.objects.create(
        consolidated=locked, ordinal=locked.issues.count() + 1, number_text=number, issued_on=issued_on, issued_at=now,
        issued_by_name=who(by), on_behalf_of_name=by.using.lender_name if by.using else "", content=content,
        digest=digest(content),
    )  # fmt: skip
    period = locked.period
    fact = events.ConsolidatedIssued(
        period.year_id, period.pk, period.title, issue.ordinal, number, issued_on, len(summary.counted), issue.digest
    )
    publish(fact, by, now=now)
    return issue


@transaction.atomic
def reopen_consolidated(*, consolidated: Consolidated, reason: str, actor: Actor, now: datetime) -> None:
    """Open an issued report for correction. What was issued stays readable until the next issue, and is kept after it.

    Refuses a reason too short (reports.reason_too_short) and a report that is not in force (reports.consolidated_not_issued).
    """
    locked, by = _lock(consolidated, actor)
    issue = locked.issues.filter(reopened_at=None).first()
    if issue is None:
        raise Refused("reports.consolidated_not_issued")
    issue.reopen_reason = check_reason(reason)
    issue.reopened_at, issue.reopened_by_name = now, who(by)
    issue.save(update_fields=["reopen_reason", "reopened_at", "reopened_by_name"])
    period = locked.period
    fact = events.ConsolidatedReopened(period.year_id, period.pk, period.title, issue.ordinal, issue.reopen_reason)
    publish(fact, by, now=now)


def _lock(consolidated: Consolidated, actor: Actor) -> tuple[Consolidated, Actor]:
    rows = Consolidated.objects.select_for_update(of=("self",)).select_related("period__year__cluster", "period__year__head")
    locked = rows.get(pk=consolidated.pk)
    by = require_may_consolidate(actor, locked.period.year)
    require_open(locked.period.year)
    return locked, by


def _require_draft(consolidated: Consolidated) -> None:
    if consolidated.issues.filter(reopened_at=None).exists():
        raise Refused("reports.consolidated_issued")


def _choose(consolidated: Consolidated, keys: list[str]) -> None:
    """Keep the practices with these keys, in this order, in the words that they have now."""
    if len(keys) > issuing.MOST_CHOSEN:
        raise Refused("reports.too_many_chosen", limit=issuing.MOST_CHOSEN)
    candidates = {candidate.key: candidate for candidate in candidates_of(consolidated)}
    if not candidates.keys() >= set(keys):
        raise Refused("reports.practice_gone")
    ChosenPractice.objects.filter(consolidated=consolidated).delete()
    ChosenPractice.objects.bulk_create(
        ChosenPractice(
            consolidated=consolidated, unit=candidates[key].unit, title=candidates[key].title, text=candidates[key].text,
            position=position,
        )
        for position, key in enumerate(keys, 1)
    )  # fmt: skip
