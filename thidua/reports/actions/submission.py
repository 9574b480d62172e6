"""A report goes to the head, comes back, is received; and its files."""

from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.timezone import get_default_timezone

from thidua.audit.actions import publish
from thidua.files.actions import store_file, transaction_with_files
from thidua.kernel.actor import Actor, who
from thidua.kernel.errors import Refused
from thidua.people.models import Post
from thidua.reports import events
from thidua.reports.access import require_may_receive, require_may_submit, require_may_write
from thidua.reports.actions.guard import lock_report, require_editable
from thidua.reports.models import Report, ReportFile, ReportStatus, Submission
from thidua.reports.queries.content import content_of
from thidua.reports.queries.reports import WITH_THE_HEAD, gaps_of, lines_of
from thidua.reports.rules import content as rules
from thidua.reports.rules.lateness import days_late
from thidua.reports.rules.periods import check_reason


@transaction.atomic
def submit_report(*, report: Report, revision: int, actor: Actor, now: datetime) -> Submission:
    """The leader submits the report that was shown (`revision`); a lent power leaves both names. Days late of the first time
    are the report's, each submission has its own.

    Refuses reports.not_editable, a report changed since (reports.changed_meanwhile), and one in which something that the period
    asks for is missing (reports.incomplete; `queries.gaps_of` lists what).
    """
    locked = lock_report(report, with_period=True)
    by = require_may_submit(actor, locked.period.year, locked.unit_id)
    require_editable(locked)
    if revision != locked.revision:
        raise Refused("reports.changed_meanwhile")
    gaps = gaps_of(lines_of(locked))
    if gaps:
        raise Refused("reports.incomplete", count=len(gaps))
    content = content_of(locked)
    late = days_late(now, locked.period.due_on, get_default_timezone())
    made = Submission.objects.create(
        report=locked, number=locked.submissions.count() + 1, submitted_at=now, submitted_by_name=by.name,
        post_title=Post.objects.values_list("title_vi", flat=True).get(pk=by.using.post_id),
        on_behalf_of_name=by.using.lender_name, days_late=late, content=content, digest=rules.digest(content),
    )  # fmt: skip
    if locked.first_submitted_at is None:
        locked.first_submitted_at, locked.days_late = now, late
    locked.status = ReportStatus.SUBMITTED
    locked.revision += 1
    locked.save()
    fact = events.ReportSubmitted(
        locked.period.year_id, locked.pk, locked.unit_id, locked.unit.name_vi, locked.period.title, made.number, late, made.digest
    )
    publish(fact, by, now=now)
    return made


@transaction.atomic
def accept_report(*, report: Report, actor: Actor, now: datetime) -> None:
    """The head receives a report that was submitted. Refuses reports.not_submitted."""
    locked, last, by = _for_the_head(report, actor, ReportStatus.SUBMITTED)
    last.accepted_at, last.accepted_by_name = now, who(by)
    last.save(update_fields=["accepted_at", "accepted_by_name"])
    _move(locked, ReportStatus.ACCEPTED)
    fact = events.ReportAccepted(
        locked.period.year_id, locked.pk, locked.unit_id, locked.unit.name_vi, locked.period.title, last.number
    )
    publish(fact, by, now=now)


@transaction.atomic
def return_report(*, report: Report, reason: str, actor: Actor, now: datetime) -> None:
    """The head sends a report back, also one received already, for a reason of at least ten letters (reports.reason_too_short);
    the unit edits it and submits again. Refuses reports.not_submitted."""
    locked, last, by = _for_the_head(report, actor, *WITH_THE_HEAD)
    why = check_reason(reason)
    last.returned_at, last.returned_by_name, last.return_reason = now, who(by), why
    last.save(update_fields=["returned_at", "returned_by_name", "return_reason"])
    locked.times_returned += 1
    _move(locked, ReportStatus.RETURNED)
    fact = events.ReportReturned(
        locked.period.year_id, locked.pk, locked.unit_id, locked.unit.name_vi, locked.period.title, last.number, why
    )
    publish(fact, by, now=now)


@transaction_with_files()
def attach_file(*, report: Report, upload: UploadedFile, actor: Actor, now: datetime) -> ReportFile:
    """Add a file to a report. Refuses what `files.actions.store_file` refuses, the same content twice (reports.same_file), more
    than 20 files (reports.too_many_files) and reports.not_editable."""
    locked = lock_report(report)
    by = require_may_write(actor, locked.period.year, locked.unit_id)
    require_editable(locked)
    there = list(locked.files.select_related("file"))
    if len(there) >= rules.MOST_FILES:
        raise Refused("reports.too_many_files", field="files", limit=rules.MOST_FILES)
    kept = store_file(upload=upload, actor=by, now=now)
    if any(other.file.sha256 == kept.sha256 for other in there):
        raise Refused("reports.same_file", field="files", name=kept.name)
    attached = ReportFile.objects.create(report=locked, file=kept, added_at=now, added_by_name=who(by))
    _move(locked, locked.status)
    publish(events.ReportFileAttached(locked.period.year_id, locked.pk, kept.pk, kept.name, kept.sha256), by, now=now)
    return attached


@transaction.atomic
def remove_file(*, attached: ReportFile, actor: Actor, now: datetime) -> None:
    """Take a file off a report that is being written. The journal keeps its name and checksum; submissions name it still."""
    locked = lock_report(attached.report)
    by = require_may_write(actor, locked.period.year, locked.unit_id)
    require_editable(locked)
    file = attached.file
    attached.delete()
    _move(locked, locked.status)
    publish(events.ReportFileRemoved(locked.period.year_id, locked.pk, file.pk, file.name, file.sha256), by, now=now)


def _for_the_head(report: Report, actor: Actor, *wanted: ReportStatus) -> tuple[Report, Submission, Actor]:
    locked = lock_report(report)
    by = require_may_receive(actor, locked.period.year)
    if locked.status not in wanted:
        raise Refused("reports.not_submitted")
    return locked, locked.submissions.latest("number"), by


def _move(report: Report, status: str) -> None:
    report.status = status
    report.revision += 1
    report.save(update_fields=["status", "times_returned", "revision"])
