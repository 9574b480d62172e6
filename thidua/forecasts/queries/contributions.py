"""What this slice shows on pages below it."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from thidua.clusters.models import ClusterYear, Membership
from thidua.clusters.rules import Stage
from thidua.forecasts.access import DECIDE, UNIT
from thidua.forecasts.models import Dispute, Forecast, Question, QuestionState
from thidua.kernel.actor import Actor, Role
from thidua.kernel.ports import Tab, Work

MOST_WORK = 10
"""Most rows of each kind on one person's list."""
_TAKING = (QuestionState.OPEN, QuestionState.CLOSED)


def tabs(actor: Actor, year: ClusterYear) -> list[Tab]:
    """Forecasts and digests, for everyone who sees the year. No query."""
    return [Tab("forecasts", pgettext_lazy("tab", "Dự báo"), reverse("forecasts:questions", args=[year.cluster.slug, year.year]))]


def question_work(actor: Actor, now: datetime) -> list[Work]:
    """For officers and leaders: open questions without their unit's forecast. For those who decide: outcomes that are due, and
    disputes that wait. Two queries at most."""
    return [*_to_forecast(actor, now), *_to_decide(actor, now)]


def _to_forecast(actor: Actor, now: datetime) -> list[Work]:
    units = actor.organisations(*UNIT)
    if not units:
        return []
    waiting = _alive().filter(_lacking(units), state=QuestionState.OPEN, closes_at__gt=now).order_by("closes_at", "pk")
    return [
        Work(format_lazy(_("Dự báo: {title}"), title=one.title), one.year, _address(one), localdate(one.closes_at))
        for one in waiting[:MOST_WORK]
    ]


def _lacking(units: Iterable[int]) -> Q:
    """Questions of years to which one of the units belongs, without a forecast for that unit."""
    lacking = Q(pk__in=[])
    for unit in units:
        member = Membership.objects.filter(year=OuterRef("year"), organisation=unit)
        made = Forecast.objects.filter(question=OuterRef("pk"), unit=unit, post=None)
        lacking |= Q(Exists(member)) & ~Q(Exists(made))
    return lacking


def _to_decide(actor: Actor, now: datetime) -> list[Work]:
    """As `access.require_may_decide` has it: no forecast of this person, nor one at the body by which they would decide."""
    mine = Q(pk__in=[])
    for role, place in ((Role.HEAD_SECRETARY, "year__head"), (Role.SUPERIOR_OFFICER, "year__cluster__superior_body")):
        for body in actor.organisations(role):
            mine |= Q(**{place: body}) & ~Q(Exists(Forecast.objects.filter(question=OuterRef("pk"), unit=body)))
    if not actor.holds(*DECIDE.roles):
        return []
    made = Forecast.objects.filter(question=OuterRef("pk"), made_by=actor.person_id)
    disputed = Exists(Dispute.objects.filter(resolution__question=OuterRef("pk"), upheld=None))
    due = Q(state__in=_TAKING, closes_at__lte=now) | Q(state=QuestionState.CLOSED)
    waiting = _alive().annotate(disputed=disputed).filter(mine, ~Exists(made))
    waiting = waiting.filter((due & Q(outcome_on__lte=localdate(now))) | Q(disputed=True)).order_by("outcome_on", "pk")
    return [_decision(one) for one in waiting[:MOST_WORK]]


def _decision(question: Question) -> Work:
    if question.disputed:  # type: ignore[attr-defined]
        title = format_lazy(_("Trả lời khiếu nại: {title}"), title=question.title)
        return Work(title, question.year, _address(question), None)
    title = format_lazy(_("Ghi kết quả: {title}"), title=question.title)
    return Work(title, question.year, _address(question), question.outcome_on)


def _alive() -> QuerySet[Question]:
    return Question.objects.exclude(year__stage=Stage.CLOSED).select_related("year__cluster")


def _address(question: Question) -> str:
    return reverse("forecasts:question", args=[question.year.cluster.slug, question.year.year, question.pk])
