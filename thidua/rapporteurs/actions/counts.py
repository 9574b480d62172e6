"""Writes of a collaborator's report: counts as a draft, then sent. Events never carry a count or a topic."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.timezone import get_default_timezone, localdate

from thidua.audit.actions import publish
from thidua.clusters.access import require_open
from thidua.kernel.actor import Actor, who
from thidua.kernel.errors import Absent, Refused
from thidua.rapporteurs import events
from thidua.rapporteurs.access import is_own, require_may_count, require_may_read_report, unit_ids
from thidua.rapporteurs.actions.rounds import lock_round
from thidua.rapporteurs.models import CollaboratorReport, CorpsKind, CorpsMember, Round, TopicCount, Trend
from thidua.rapporteurs.queries.counts import lines_of
from thidua.rapporteurs.queries.rounds import is_gathered, owes, topics_of
from thidua.rapporteurs.rules.counts import Line, check_lines
from thidua.rapporteurs.rules.rounds import days_late


@dataclass(frozen=True, slots=True)
class Counts:
    """The lines as typed, whether unusually large numbers are meant, and the revision that the writer saw (0: none yet)."""

    lines: Sequence[Line]
    revision: int
    confirmed: bool = False


@transaction.atomic
def save_counts(*, asked: Round, member: CorpsMember, counts: Counts, actor: Actor, now: datetime) -> CollaboratorReport:
    """Keep the counts as a draft; lines of zeros are dropped.

    Refuses a unit that has left (rapporteurs.unit_left), a closed year, a round that has not begun (rapporteurs.round_ahead)
    or is not owed (rapporteurs.not_owed), what is sent (rapporteurs.report_sent), what someone else saved meanwhile
    (rapporteurs.counts_changed), and what `check_lines` refuses.
    """
    opened = _open(asked, member, counts.revision, actor, now)
    report = _keep(opened, counts, now)
    publish(events.CountsSaved(opened.round.year_id, opened.round.pk, report.pk), opened.by, now=now)
    return report


@transaction.atomic
def send_counts(*, asked: Round, member: CorpsMember, counts: Counts, actor: Actor, now: datetime) -> CollaboratorReport:
    """Keep the counts and send them, after which they stay. Refuses a report without any number (rapporteurs.nothing_counted),
    and what `save_counts` refuses."""
    opened = _open(asked, member, counts.revision, actor, now)
    report = _keep(opened, counts, now)
    if not report.lines.exists():
        raise Refused("rapporteurs.nothing_counted")
    return _send(opened, report, now)


@transaction.atomic
def send_nothing(*, asked: Round, member: CorpsMember, revision: int, actor: Actor, now: datetime) -> CollaboratorReport:
    """Say that nothing was heard: a report too. Refuses while the draft counts something (rapporteurs.something_counted), and
    what `save_counts` refuses."""
    opened = _open(asked, member, revision, actor, now)
    if opened.report is not None and opened.report.lines.exists():
        raise Refused("rapporteurs.something_counted")
    report = _keep(opened, Counts((), revision), now)
    report.nothing_heard = True
    return _send(opened, report, now)


@transaction.atomic
def take_back_report(*, asked: Round, member: CorpsMember, actor: Actor, now: datetime) -> CollaboratorReport:
    """Make a sent report a draft again, to be sent anew. Refuses one not sent (rapporteurs.report_not_sent), after the due day
    (rapporteurs.take_back_late), and once a digest has gathered the round (rapporteurs.round_gathered)."""
    locked = lock_round(asked)
    by = require_may_count(actor, locked.year, member)
    require_open(locked.year)
    report = CollaboratorReport.objects.select_for_update(of=("self",)).filter(round=locked, member=member).first()
    if report is None or report.sent_at is None:
        raise Refused("rapporteurs.report_not_sent")
    require_may_read_report(actor, locked.year, report)
    if localdate(now) > locked.due_on:
        raise Refused("rapporteurs.take_back_late", day=locked.due_on)
    if is_gathered(locked):
        raise Refused("rapporteurs.round_gathered")
    report.sent_at, report.days_late, report.nothing_heard = None, 0, False
    report.revision += 1
    report.save()
    publish(events.ReportTakenBack(locked.year_id, locked.pk, report.pk), by, now=now)
    return report


@dataclass(frozen=True, slots=True)
class _Opened:
    """A round that is locked, the report in it that may be written, and by whom."""

    round: Round
    member: CorpsMember
    report: CollaboratorReport | None
    by: Actor


def _open(asked: Round, member: CorpsMember, revision: int, actor: Actor, now: datetime) -> _Opened:
    """The round, locked, so that its topics and due day stay and two writers come one after the other."""
    locked = lock_round(asked)
    if member.kind != CorpsKind.COLLABORATOR:
        raise Absent
    if member.unit_id not in unit_ids(locked.year):  # before the gate, for which such a unit is nowhere
        raise Refused("rapporteurs.unit_left", unit=member.unit.name_vi)
    by = require_may_count(actor, locked.year, member)
    require_open(locked.year)
    if localdate(now) < locked.starts_on:
        raise Refused("rapporteurs.round_ahead", day=locked.starts_on)
    report = CollaboratorReport.objects.select_for_update(of=("self",)).filter(round=locked, member=member).first()
    if report is not None:
        report.member = member
        require_may_read_report(actor, locked.year, report)
    if report is not None and report.sent_at is not None:
        raise Refused("rapporteurs.report_sent")
    if not owes(member, locked.year, locked.due_on):
        raise Refused("rapporteurs.not_owed", name=member.name, day=locked.due_on)
    if revision != (report.revision if report else 0):
        raise Refused("rapporteurs.counts_changed")
    return _Opened(locked, member, report, by)


def _keep(opened: _Opened, counts: Counts, now: datetime) -> CollaboratorReport:
    """The draft with these lines in place of what it had. A topic retired since stays where the draft has it already."""
    asked, report = opened.round, opened.report
    topics = {topic.pk for topic in topics_of(asked)} | set(lines_of(report))
    lines = check_lines(counts.lines, topics, Trend.values, confirmed=counts.confirmed)
    if report is None:
        report = CollaboratorReport(round=asked, member=opened.member, revision=0)
    report.unit = opened.member.unit
    report.revision += 1
    report.saved_at, report.saved_by_name = now, who(opened.by)
    report.saved_by_id, report.by_office = opened.by.person_id, not is_own(opened.by, opened.member)
    report.save()
    report.lines.all().delete()
    TopicCount.objects.bulk_create(
        TopicCount(
            report=report, topic_id=line.topic_id, supportive=line.supportive, concerned=line.concerned,
            neutral=line.neutral, mixed=line.mixed, trend=line.trend,
        )
        for line in lines
    )  # fmt: skip
    return report


def _send(opened: _Opened, report: CollaboratorReport, now: datetime) -> CollaboratorReport:
    asked = opened.round
    report.sent_at, report.days_late = now, days_late(now, asked.due_on, get_default_timezone())
    report.save()
    publish(events.ReportSent(asked.year_id, asked.pk, report.pk, report.days_late), opened.by, now=now)
    return report
