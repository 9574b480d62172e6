"""What this slice shows on the pages of lower ones."""

from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from thidua.awards.models import Nomination
from thidua.ballots.models import Poll, PollStatus
from thidua.ballots.queries import unfinished
from thidua.clusters.access import member_ids
from thidua.clusters.models import ClusterYear
from thidua.clusters.rules import Stage
from thidua.conference.models import Conference, ConferenceStatus, Delegate, HandOver
from thidua.conference.rules import FEWEST_UNITS
from thidua.kernel import ports
from thidua.kernel.actor import Actor, Role


def tabs(actor: Actor, year: ClusterYear) -> list[ports.Tab]:
    """TABS: the conference; the hand-over of a year that follows one or may soon be followed. No query."""
    shown = [ports.Tab("conference", _("Hội nghị"), _url("conference", year))]
    if year.previous_id is not None or year.has_reached(Stage.CONFERENCE):
        shown.append(ports.Tab("hand_over", _("Bàn giao"), _url("handover", year)))
    return shown


def columns(actor: Actor, year: ClusterYear) -> list[ports.Column]:
    """COLUMNS: delegates of each unit, called and present. One query."""
    delegates = Delegate.objects.filter(conference__year=year).order_by("pk")
    present: dict[tuple[int, str], list[bool]] = {}
    for unit, status, is_there in delegates.values_list("unit_id", "conference__status", "present"):
        present.setdefault((unit, status), []).append(is_there)
    cells = {unit: _cell(len(there), sum(there), status, year) for (unit, status), there in present.items()}
    return [ports.Column(_("Hội nghị"), cells)] if cells else []


def _cell(called: int, there: int, status: str, year: ClusterYear) -> ports.Cell:
    if status == ConferenceStatus.PLANNED and not there:
        words = ngettext("%(n)d đại biểu", "%(n)d đại biểu", called) % {"n": called}
        return ports.Cell("wait", words, _url("conference", year))
    state = "ok" if there else "late" if status == ConferenceStatus.ENDED else "due"
    return ports.Cell(state, _("%(there)d/%(called)d có mặt") % {"there": there, "called": called}, _url("conference", year))


def panels(actor: Actor, year: ClusterYear) -> list[ports.Panel]:
    """PANELS: when and where the cluster meets, until the conference is over. One query."""
    meeting = Conference.objects.filter(year=year).exclude(status=ConferenceStatus.ENDED).first()
    if meeting is None:
        return []
    when = date_format(localtime(meeting.starts_at), "DATETIME_FORMAT")
    return [ports.Panel(_("Cuộc họp tới"), [(when, meeting.place, _url("conference", year))])]


def missing_for_conference(year: ClusterYear) -> list[ports.Missing]:
    """STAGE_CHECKS, before the conference: a plan, an agenda, delegates of two member units. Three queries at most."""
    conference = Conference.objects.filter(year=year).first()
    if conference is None:
        return [ports.Missing("conference.not_planned", {}, _url("plan", year))]
    missing = []
    if not conference.agenda.exists():
        missing.append(ports.Missing("conference.no_agenda", {}, _url("agenda", year)))
    units = set(conference.delegates.values_list("unit_id", flat=True)) & member_ids(year)
    if len(units) < FEWEST_UNITS:
        facts = {"units": len(units), "fewest": FEWEST_UNITS}
        missing.append(ports.Missing("conference.too_few_units", facts, _url("delegates", year)))
    return missing


def missing_for_decisions(year: ClusterYear) -> list[ports.Missing]:
    """STAGE_CHECKS, before the decisions: the conference has ended and no poll is open. Two queries."""
    missing = []
    if not Conference.objects.filter(year=year, status=ConferenceStatus.ENDED).exists():
        missing.append(ports.Missing("conference.not_ended", {}, _url("conference", year)))
    for poll in unfinished(year):
        missing.append(ports.Missing("conference.poll_still_open", {"title": poll.title}, _url("conference", year)))
    return missing


def work(actor: Actor, now: datetime) -> list[ports.Work]:
    """WORK: for the head's secretary the next step of the conference, for both leaders to sign. Two queries."""
    return [*_secretary_work(actor, now), *_leader_work(actor)]


def _secretary_work(actor: Actor, now: datetime) -> list[ports.Work]:
    heads = actor.organisations(Role.HEAD_SECRETARY)
    if not heads:
        return []
    session, polls = Conference.objects.filter(year=OuterRef("pk")), Poll.objects.filter(year=OuterRef("pk"))
    years = ClusterYear.objects.filter(head__in=heads, stage__in=[Stage.CROSS_CHECKING, Stage.CONFERENCE])
    years = years.annotate(
        session=Subquery(session.values("status")[:1]),
        starts_at=Subquery(session.values("starts_at")[:1]),
        nominated=Exists(Nomination.objects.filter(year=OuterRef("pk"))),
        polled=Exists(polls),
        polls_wait=Exists(polls.filter(status=PollStatus.PREPARING)),
        polls_open=Exists(polls.filter(status=PollStatus.OPEN)),
    )
    steps = [_next_step(year, localdate(now)) for year in years.select_related("cluster")]
    return [step for step in steps if step]


def _next_step(year: Any, today: date) -> ports.Work | None:
    """The one step that the conference waits for; `year` carries the marks of `_secretary_work`."""
    if year.session is None:
        return ports.Work(_("Lên kế hoạch hội nghị"), str(year), _url("plan", year), None)
    if year.session == ConferenceStatus.PLANNED:
        day = localdate(year.starts_at)
        waits = year.stage == Stage.CONFERENCE and day <= today
        return ports.Work(_("Khai mạc hội nghị"), str(year), _url("conference", year), day) if waits else None
    if year.session == ConferenceStatus.ENDED:
        return None
    title, url = _step_in_session(year)
    return ports.Work(title, str(year), url, today)


def _step_in_session(year: Any) -> tuple[str, str]:
    hall = _url("conference", year)
    if year.polls_open:
        return _("Đóng bỏ phiếu, kiểm phiếu"), hall
    if year.polls_wait:
        return _("Mở bỏ phiếu tại hội nghị"), hall
    if year.polled:
        return _("Kết thúc hội nghị"), hall
    if year.nominated:
        return _("Lập cuộc bỏ phiếu suy tôn"), _url("poll_new", year)
    return _("Suy tôn đơn vị tại hội nghị"), reverse("awards:awards", args=[year.cluster.slug, year.year])


def _leader_work(actor: Actor) -> list[ports.Work]:
    units = actor.organisations(Role.UNIT_LEADER)
    if not units:
        return []
    gives = Q(from_year__head__in=units, outgoing_signed_at=None)
    takes = Q(to_year__head__in=units, incoming_signed_at=None)
    found = HandOver.objects.filter(gives | takes).select_related("from_year__cluster")
    title = _("Ký bàn giao nhiệm vụ cụm trưởng")
    return [ports.Work(title, str(h.from_year), _url("handover", h.from_year), None) for h in found]


def _url(name: str, year: ClusterYear) -> str:
    return reverse(f"conference:{name}", args=[year.cluster.slug, year.year])
