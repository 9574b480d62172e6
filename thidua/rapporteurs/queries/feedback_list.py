"""The year's forms in a list, and the remarks that wait for a moderator."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from thidua.clusters.models import ClusterYear
from thidua.clusters.rules import Stage
from thidua.kernel.actor import Actor, Role
from thidua.kernel.ports import Work
from thidua.people.models import Organisation
from thidua.rapporteurs.models import FeedbackForm, FeedbackQuestion, RemarkState, Talk
from thidua.rapporteurs.queries.feedback import result_of, takes_from, verdict_of
from thidua.rapporteurs.rules.feedback import FEWEST, Result, Share, Verdict

PAGE = 50
MOST_WORK = 10


@dataclass(frozen=True, slots=True)
class FeedbackFilter:
    """What the address bar asks of the forms; empty asks for nothing. `state`: open, shown or withheld."""

    unit: str = ""
    state: str = ""
    since: date | None = None
    until: date | None = None
    oldest: bool = False


@dataclass(frozen=True, slots=True)
class FeedbackRow:
    """A talk whose listeners were asked; `result` only if it may be read."""

    form: FeedbackForm
    talk: Talk
    topics: str
    verdict: Verdict
    result: Result | None
    takes_from: date | None = None

    @property
    def useful(self) -> Share | None:
        """The share that found the talk useful on the whole."""
        return self.result.of(FeedbackQuestion.USEFUL).share if self.result else None


def _over(now: datetime) -> Q:
    return Q(closed_at__isnull=False) | Q(closes_at__lte=now)


def _counts() -> Q:
    return Q(answers__gte=FEWEST, talk__listeners__gte=F("answers"))


def forms_of(year: ClusterYear, wanted: FeedbackFilter, now: datetime) -> QuerySet[FeedbackForm]:
    """The forms asked for, the newest talk first."""
    found = FeedbackForm.objects.filter(talk__year=year).select_related("talk__unit", "talk__speaker")
    found = found.prefetch_related("talk__topics", "counts")
    if wanted.unit:
        found = found.filter(talk__unit__slug=wanted.unit)
    if wanted.since:
        found = found.filter(talk__held_on__gte=wanted.since)
    if wanted.until:
        found = found.filter(talk__held_on__lte=wanted.until)
    states = {"open": ~_over(now), "shown": _over(now) & _counts(), "withheld": _over(now) & ~_counts()}
    if wanted.state in states:
        found = found.filter(states[wanted.state])
    return found.order_by("talk__held_on", "pk") if wanted.oldest else found.order_by("-talk__held_on", "-pk")


def row_of(form: FeedbackForm, now: datetime) -> FeedbackRow:
    """A line of the list. No query for a form out of `forms_of`."""
    said = verdict_of(form, now)
    topics = "; ".join(topic.title for topic in form.talk.topics.all())
    return FeedbackRow(form, form.talk, topics, said, result_of(form) if said is Verdict.SHOWN else None, takes_from(form, now))


def units_asked(year: ClusterYear) -> list[Organisation]:
    """Units whose listeners were asked in the year, for the filter. One query."""
    asked = FeedbackForm.objects.filter(talk__year=year).values("talk__unit")
    return list(Organisation.objects.filter(pk__in=asked).order_by("name_vi"))


def feedback_work(actor: Actor, now: datetime) -> list[Work]:
    """WORK: remarks that wait for this moderator. One query, none for those who never moderate."""
    own, above = actor.organisations(Role.UNIT_OFFICER, Role.UNIT_LEADER), actor.organisations(Role.SUPERIOR_OFFICER)
    if not own and not above:
        return []
    places = Q(talk__unit__in=own, talk__year__memberships__organisation=F("talk__unit"))
    places |= Q(talk__year__cluster__superior_body__in=above)
    spoken = [holding.post_id for holding in actor.holdings if Role.RAPPORTEUR in holding.roles]
    waiting = FeedbackForm.objects.filter(_over(now) & _counts() & places, remarks__state=RemarkState.WAITING)
    waiting = waiting.exclude(talk__year__stage=Stage.CLOSED).exclude(talk__speaker__post__in=spoken)
    forms = waiting.select_related("talk__year__cluster", "talk__unit").order_by("talk__held_on", "pk").distinct()[:MOST_WORK]
    return [_work(form.talk) for form in forms]


def _work(talk: Talk) -> Work:
    title = _("Duyệt lời góp ý của người nghe: buổi ngày %(day)s") % {"day": f"{talk.held_on:%d-%m-%Y}"}
    address = reverse("rapporteurs:moderate_remarks", args=[talk.year.cluster.slug, talk.year.year, talk.pk])
    return Work(title, talk.unit.name_vi, address, None)
