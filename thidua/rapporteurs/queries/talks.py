"""Reads of talks: the list with its filters and sums, a talk's page, who may speak, and what waits to be counted."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, Sum
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import format_lazy
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from thidua.clusters.access import member_ids
from thidua.clusters.models import ClusterYear, Membership
from thidua.clusters.queries import members
from thidua.clusters.rules import Stage
from thidua.directives.models import Audience, Directive
from thidua.kernel.actor import Actor, Role
from thidua.kernel.errors import Forbidden
from thidua.kernel.ports import Work
from thidua.kernel.text import fold, sort_key
from thidua.people.models import Organisation
from thidua.rapporteurs.access import ROLE_OF, UNIT, require_may_record_talk, unit_ids
from thidua.rapporteurs.models import CorpsKind, CorpsMember, Material, Talk, TalkCorrection, Term, Topic
from thidua.rapporteurs.rules import talks as rules

PAGE = 50
MOST_WORK = 10
"""Most rows on one person's list; the rest is one row."""
STATES = {"du-kien": _("Dự kiến"), "cho-so": _("Đã qua ngày, chưa ghi số người"), "da-to-chuc": _("Đã tổ chức")}
"""What the list may show, by the word in the address bar."""
SORTS = {
    "moi": (_("Mới nhất trước"), ("-held_on", "-pk")),
    "cu": (_("Cũ nhất trước"), ("held_on", "pk")),
    "dong": (_("Đông người dự trước"), ("-listeners", "-held_on", "-pk")),
}
"""How the list may be ordered, by the word in the address bar."""


@dataclass(frozen=True, slots=True)
class TalkFilter:
    """What the address bar asks of the talks of a year; empty asks for nothing. `unit` is a slug."""

    unit: str = ""
    speaker: int | None = None
    topic: int | None = None
    state: str = ""
    quarter: int | None = None
    words: str = ""
    sort: str = "moi"

    @property
    def narrows(self) -> bool:
        """Whether anything is left out."""
        return bool(self.unit or self.speaker or self.topic or self.state or self.quarter or self.words.strip())


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums over the talks that a filter shows: all, held, listeners."""

    talks: int
    held: int
    listeners: int


def listed(year: ClusterYear, wanted: TalkFilter, today: date) -> QuerySet[Talk]:
    """The talks of the year as the filter asks, with unit, speaker and topics. Two queries when read."""
    found = Talk.objects.filter(year=year).select_related("unit", "speaker").prefetch_related("topics")
    if wanted.unit:
        found = found.filter(unit__slug=wanted.unit)
    if wanted.speaker:
        found = found.filter(speaker=wanted.speaker)
    if wanted.topic:
        found = found.filter(Exists(Talk.topics.through.objects.filter(talk=OuterRef("pk"), topic=wanted.topic)))
    if wanted.quarter:
        span = rules.quarter_span(year.year, wanted.quarter)
        found = found.filter(held_on__range=(span.starts_on, span.ends_on))
    found = _in_state(found, wanted.state, today)
    for word in fold(wanted.words).split():
        spoken = Topic.objects.filter(talks=OuterRef("pk"), folded__contains=word)
        found = found.filter(Q(folded__contains=word) | Q(speaker__folded__contains=word) | Exists(spoken))
    return found.order_by(*SORTS.get(wanted.sort, SORTS["moi"])[1])


def _in_state(talks: QuerySet[Talk], state: str, today: date) -> QuerySet[Talk]:
    if state == "da-to-chuc":
        return talks.filter(listeners__gt=0)
    if state == "du-kien":
        return talks.filter(listeners=0)
    if state == "cho-so":
        return talks.filter(listeners=0, held_on__lt=today)
    return talks


def totals_of(talks: QuerySet[Talk]) -> Totals:
    """The sums of a list. One query."""
    found = talks.order_by().aggregate(all=Count("pk"), held=Count("pk", filter=Q(listeners__gt=0)), heard=Sum("listeners"))
    return Totals(found["all"], found["held"], found["heard"] or 0)


def page_of(talks: QuerySet[Talk], number: str) -> Page:
    """A page of the list. Three queries."""
    return Paginator(talks, PAGE).get_page(number)


def bodies_of(year: ClusterYear) -> list[Organisation]:
    """Members of the year in the order of the papers, then others with talks in it (the superior body, units that have left).
    One query (members apart)."""
    there = members(year)
    spoke = Talk.objects.filter(year=year).values("unit")
    others = Organisation.objects.filter(pk__in=spoke).exclude(pk__in=[unit.pk for unit in there])
    return [*there, *sorted(others, key=lambda unit: sort_key(unit.name_vi))]


def speakers_of(year: ClusterYear) -> list[CorpsMember]:
    """Those who have a talk in the year, in Vietnamese order. One query."""
    spoke = Talk.objects.filter(year=year).values("speaker")
    found = CorpsMember.objects.filter(pk__in=spoke).select_related("unit")
    return sorted(found, key=lambda member: sort_key(member.name))


def twins_of(year: ClusterYear, speaker: int, held_on: date, place: str) -> list[Talk]:
    """The speaker's talks of that day at that place (marks and capitals do not matter), those still planned first. One query."""
    there = Talk.objects.filter(year=year, speaker=speaker, held_on=held_on).order_by("listeners", "pk")
    wanted = fold(place).split()
    return [talk for talk in there if fold(talk.place).split() == wanted]


# ---- who may write ----


def speakers_for(actor: Actor, year: ClusterYear, keep: int | None = None) -> list[CorpsMember]:
    """Rapporteurs for whom the actor may record a talk of the year, with the terms that touch it, by unit and name: those of
    the actor's own post, of the units whose officer the actor is, of every body for an officer of the superior one. Whoever left
    before the year is not offered, but `keep` is. Two queries."""
    offered = Q(left_on__isnull=True) | Q(left_on__gt=date(year.year, 1, 1)) | Q(pk=keep)
    mine = Q(unit__in=_offices(actor, year)) | Q(post__in=_posts(actor))
    found = CorpsMember.objects.filter(offered, mine, kind=CorpsKind.RAPPORTEUR, unit__in=unit_ids(year))
    of_year = Term.objects.filter(starts_on__lte=date(year.year, 12, 31), ends_on__gte=date(year.year, 1, 1))
    found = found.select_related("unit").prefetch_related(Prefetch("terms", queryset=of_year))
    return sorted(found, key=lambda member: (sort_key(member.unit.name_vi), sort_key(member.name), member.pk))


def _posts(actor: Actor) -> list[int]:
    return [h.post_id for h in actor.holdings if ROLE_OF[CorpsKind.RAPPORTEUR] in h.roles]


def _offices(actor: Actor, year: ClusterYear) -> frozenset[int]:
    if year.cluster.superior_body_id in actor.organisations(Role.SUPERIOR_OFFICER):
        return unit_ids(year)
    return actor.organisations(*UNIT) & member_ids(year)


def may_record_some(actor: Actor, year: ClusterYear) -> bool:
    """Whether the actor may record talks in the open year at all; for showing a button. One query at most."""
    if year.stage == Stage.CLOSED:
        return False
    mine = CorpsMember.objects.filter(post__in=_posts(actor), kind=CorpsKind.RAPPORTEUR, unit__in=unit_ids(year))
    return bool(_offices(actor, year)) or (bool(_posts(actor)) and mine.exists())


def may_record(actor: Actor, talk: Talk) -> bool:
    """Whether the actor may write to the talk now; for showing a button. The action asks again."""
    if talk.year.stage == Stage.CLOSED or talk.unit_id not in unit_ids(talk.year):
        return False
    try:
        require_may_record_talk(actor, talk.year, talk.speaker)
    except Forbidden:
        return False
    return True


# ---- a talk ----


@dataclass(frozen=True, slots=True)
class Detail:
    """A talk's page: its topics with their documents, how many of each group listened, its files, its corrections."""

    talk: Talk
    topics: list[Topic]
    audience: list[tuple[str, int]]
    materials: list[Material]
    corrections: list[TalkCorrection]


def detail_of(talk: Talk) -> Detail:
    """Everything of a talk. Five queries."""
    topics = talk.topics.prefetch_related(Prefetch("directives", queryset=named_directives()))
    counted = dict(talk.audience.values_list("group", "attended"))
    audience = [(str(label), counted[key]) for key, label in Audience.choices if key in counted]
    materials = list(talk.materials.select_related("file"))
    return Detail(talk, list(topics), audience, materials, list(talk.corrections.all()))


def named_directives() -> QuerySet[Directive]:
    """Documents for naming them: their text stays in the database."""
    return Directive.objects.defer("text", "folded").order_by("issued_on", "pk")


# ---- what waits ----


def talks_work(actor: Actor, now: datetime) -> list[Work]:
    """Planned talks whose day has passed, for their speaker and the officers of the unit. One query; ten rows, then one."""
    places, posts = actor.organisations(*UNIT), _posts(actor)
    above = actor.organisations(Role.SUPERIOR_OFFICER)
    if not (places or posts or above):
        return []
    member = Exists(Membership.objects.filter(year=OuterRef("year"), organisation=OuterRef("unit")))
    own_body = Q(unit=F("year__cluster__superior_body"))
    concerned = (
        (Q(unit__in=places) & member) | (Q(speaker__post__in=posts) & (member | own_body)) | (own_body & Q(unit__in=above))
    )
    waiting = Talk.objects.filter(concerned, listeners=0, held_on__lt=localdate(now)).exclude(year__stage=Stage.CLOSED)
    rows = waiting.select_related("year__cluster", "unit", "speaker").order_by("held_on", "pk")[: MOST_WORK + 1]
    return _work_of(list(rows))


def _work_of(talks: Iterable[Talk]) -> list[Work]:
    found = []
    for index, talk in enumerate(talks):
        address = [talk.year.cluster.slug, talk.year.year]
        if index == MOST_WORK:
            url = f"{reverse('rapporteurs:talks', args=address)}?tinh-trang=cho-so"
            found.append(Work(_("và các buổi khác đã qua ngày, chưa ghi số người dự"), talk.unit.name_vi, url, None))
            continue
        title = format_lazy(
            _("Ghi số người dự buổi ngày {day} ({speaker})"), day=date_format(talk.held_on), speaker=talk.speaker.name
        )
        found.append(Work(title, talk.unit.name_vi, reverse("rapporteurs:count_audience", args=[*address, talk.pk]), None))
    return found
