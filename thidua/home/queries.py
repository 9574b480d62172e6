"""Reads for the first page after sign-in."""

import json
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Case, IntegerField, OuterRef, Subquery, Value, When
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from thidua.audit.models import JournalEntry
from thidua.awards import events as awards
from thidua.ballots import events as ballots
from thidua.clusters import events as clusters
from thidua.clusters.access import years_visible_to
from thidua.clusters.models import ClusterYear, StageDates
from thidua.clusters.rules import STAGES, Stage, place
from thidua.conference import events as conference
from thidua.criteria import events as criteria
from thidua.home.rules import Group, by_deadline, distance
from thidua.kernel import ports
from thidua.kernel.actor import Actor
from thidua.news import events as news
from thidua.pledges import events as pledges
from thidua.web.sentences import event_sentence

MOST_YEARS = 12
MOST_NEWS = 12
MOST_EARLIER = 6

TOLD = frozenset(
    fact.__name__
    for fact in (
        clusters.YearOpened, clusters.MembersSet, clusters.HeadNamed, clusters.CalendarSet, clusters.RulesAgreed,
        clusters.StageEntered, clusters.StageSteppedBack, criteria.CriteriaPublished, pledges.PledgeFrozen,
        pledges.PledgeConfirmed, pledges.PledgeReopened, ballots.PollOpened, ballots.BallotClosed,
        conference.ConferencePlanned, conference.AgendaSet, conference.ConferenceStarted, conference.ConferenceEnded,
        awards.UnitNominated, awards.DecisionRecorded, news.ArticlePublished, news.ArticleWithdrawn,
    )
)  # fmt: skip
"""Facts that every member of the cluster may know at once. What is not named here is told to nobody: points, reasons and
evidence have pages of their own, with their own gates."""


@dataclass(frozen=True, slots=True)
class OwnYear:
    """A cluster year with where it stands: `step` of `steps` stages, and by when the stage's work is due."""

    year: ClusterYear
    step: int
    steps: int
    due_on: date | None


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that was done in a cluster year: what, by which post, when."""

    sentence: str
    post: str
    at: datetime
    ago: str
    year: ClusterYear | None


def work_of(actor: Actor, now: datetime) -> list[Group]:
    """Everything that any slice says waits for the person, by deadline. As many queries as the slices need."""
    return by_deadline((work for offer in ports.WORK for work in offer(actor, now)), localtime(now).date())


def own_years(actor: Actor) -> list[OwnYear]:
    """The years the person may see, open ones first, newest first, at most MOST_YEARS. One query."""
    due = StageDates.objects.filter(year=OuterRef("pk"), stage=OuterRef("stage")).values("due_on")[:1]
    closed = Case(When(stage=Stage.CLOSED, then=Value(1)), default=Value(0), output_field=IntegerField())
    years = years_visible_to(actor).annotate(stage_due=Subquery(due), is_closed=closed)
    found = years.order_by("is_closed", "-year", "cluster__name_vi")[:MOST_YEARS]
    return [OwnYear(year, place(year.stage) + 1, len(STAGES), year.stage_due) for year in found]


def happenings(actor: Actor, since: datetime | None, now: datetime) -> tuple[list[Happening], list[Happening]]:
    """What others did in the person's years: since that moment, and (when little is new) a few things before. Two queries."""
    years = {year.pk: year for year in years_visible_to(actor).filter(pk__in=_told(actor).values("year_id"))[:100]}
    entries = list(_told(actor).order_by("-position")[: MOST_NEWS + MOST_EARLIER])
    told = [_happening(entry, years.get(entry.year_id), now) for entry in entries]
    new = [each for each in told if since and each.at > since][:MOST_NEWS]
    return new, [each for each in told if each not in new][:MOST_EARLIER]


def _told(actor: Actor):
    entries = JournalEntry.objects.filter(event__in=TOLD, year_id__in=years_visible_to(actor).values("pk"))
    return entries.exclude(person_id=actor.person_id)


def _happening(entry: JournalEntry, year: ClusterYear | None, now: datetime) -> Happening:
    sentence = event_sentence(entry.event, json.loads(entry.facts))
    return Happening(sentence, entry.post_title, entry.at, _ago(entry.at, now), year)


def _ago(at: datetime, now: datetime) -> str:
    """How long ago in words, up to a month; Django's own words for it are not in Vietnamese."""
    unit, count = distance(at, now)
    if unit == "minutes":
        return ngettext("%(count)d phút trước", "%(count)d phút trước", count) % {"count": count}
    if unit == "hours":
        return ngettext("%(count)d giờ trước", "%(count)d giờ trước", count) % {"count": count}
    if unit == "days" and count <= 31:
        return ngettext("%(count)d ngày trước", "%(count)d ngày trước", count) % {"count": count}
    return _("vừa xong") if unit == "moments" else ""
