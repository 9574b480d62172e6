"""Reads of topics: the year's list, a topic's page with its reach, proposals that wait."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Prefetch, Q, Sum
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from thidua.clusters.access import may
from thidua.clusters.models import ClusterYear
from thidua.clusters.rules import Stage
from thidua.directives.models import Directive
from thidua.kernel.actor import Actor, Role
from thidua.kernel.ports import Work
from thidua.people.models import Organisation
from thidua.rapporteurs.access import PROPOSE_TOPIC, SET_TOPICS, unit_ids, where_corps
from thidua.rapporteurs.models import Talk, Topic
from thidua.rapporteurs.queries.talks import MOST_WORK, bodies_of, named_directives
from thidua.rapporteurs.rules.talks import Sum as Reached

LATEST = 10
"""Talks on a topic's page; the rest is in the list."""


def topics_of(year: ClusterYear) -> list[Topic]:
    """Every topic of the year with its documents, in order, each with `held` (talks), `heard` (listeners) and `reached` (units);
    proposals too. Two queries."""
    held = Q(talks__listeners__gt=0)
    found = Topic.objects.filter(year=year).select_related("proposed_by").annotate(
        held=Count("talks", filter=held), heard=Sum("talks__listeners", default=0),
        reached=Count("talks__unit", filter=held, distinct=True),
    )  # fmt: skip
    return list(found.prefetch_related(Prefetch("directives", queryset=named_directives())))


def topics_offered(year: ClusterYear, keep: tuple[int, ...] = ()) -> list[Topic]:
    """Topics that a new talk may have, in order; `keep` besides, whatever became of them. One query."""
    return list(Topic.objects.filter(Q(agreed=True, retired=False) | Q(pk__in=keep), year=year))


def agreed_topics(year: ClusterYear) -> list[Topic]:
    """The topics that talks and filters know, retired ones too. One query."""
    return list(Topic.objects.filter(year=year, agreed=True))


@dataclass(frozen=True, slots=True)
class UnitReach:
    """How often a topic has been spoken of at a unit."""

    unit: Organisation
    reached: Reached


@dataclass(frozen=True, slots=True)
class TopicDetail:
    """A topic's page: its documents, a line for each unit (those that it has not reached too), the latest talks, the sum."""

    documents: list[Directive]
    units: list[UnitReach]
    latest: list[Talk]
    total: Reached
    reached: int


def detail_of(topic: Topic) -> TopicDetail:
    """Everything of a topic. Four queries (members apart)."""
    held = Talk.objects.filter(topics=topic, listeners__gt=0).order_by()
    sums = {
        unit: Reached(talks, heard)
        for unit, talks, heard in held.values_list("unit").annotate(talks=Count("pk"), heard=Sum("listeners"))
    }
    units = [UnitReach(unit, sums.get(unit.pk, Reached())) for unit in bodies_of(topic.year)]
    latest = Talk.objects.filter(topics=topic).select_related("unit", "speaker")[:LATEST]
    documents = list(named_directives().filter(pk__in=topic.directives.values("pk")))
    return TopicDetail(documents, units, list(latest), sum(sums.values(), Reached()), len(sums))


def may_set(actor: Actor, year: ClusterYear) -> bool:
    """Whether the actor sets the topics of the open year."""
    return year.stage != Stage.CLOSED and may(SET_TOPICS, actor, year)


def proposing_for(actor: Actor, year: ClusterYear) -> list[Organisation]:
    """The bodies of the open year for which the actor may propose a topic. One query, none for those who may not."""
    if year.stage == Stage.CLOSED:
        return []
    places = actor.organisations(*PROPOSE_TOPIC.roles) & unit_ids(year)
    allowed = [place for place in places if actor.by(PROPOSE_TOPIC, where_corps(year, place))]
    return list(Organisation.objects.filter(pk__in=allowed).order_by("name_vi")) if allowed else []


def may_withdraw(actor: Actor, topic: Topic) -> bool:
    """Whether the actor may take back this proposal, which waits for an answer, for its unit."""
    if topic.state != "waiting" or topic.proposed_by_id is None or topic.year.stage == Stage.CLOSED:
        return False
    return actor.by(PROPOSE_TOPIC, where_corps(topic.year, topic.proposed_by_id)) is not None


def topics_work(actor: Actor, now: datetime) -> list[Work]:
    """Proposals that wait for the head's secretary. One query; ten rows at most."""
    heads = actor.organisations(Role.HEAD_SECRETARY)
    if not heads:
        return []
    waiting = Topic.objects.filter(agreed=False, turned_down="", year__head__in=heads).exclude(year__stage=Stage.CLOSED)
    rows = waiting.select_related("year__cluster", "proposed_by").order_by("pk")[:MOST_WORK]
    return [
        Work(
            format_lazy(_("Duyệt chủ đề được đề nghị: {topic}"), topic=topic.title),
            topic.proposed_by.name_vi if topic.proposed_by else "",
            reverse("rapporteurs:topic", args=[topic.year.cluster.slug, topic.year.year, topic.pk]),
            None,
        )
        for topic in rows
    ]
