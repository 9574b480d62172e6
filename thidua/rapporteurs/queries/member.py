"""Reads of one member's page: terms, talks of the year, topics spoken of, reports on time. Never what was counted."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from thidua.clusters.models import ClusterYear
from thidua.rapporteurs.models import CollaboratorReport, CorpsKind, CorpsMember, Round, Talk, Term, Topic
from thidua.rapporteurs.queries.corps import Line, line_of, spans_of
from thidua.rapporteurs.rules.corps import in_term_between, months_of

MOST_TALKS = 20
"""Talks on the page of a member; the list of talks has them all."""


@dataclass(frozen=True, slots=True)
class TermLine:
    """A term with its length in whole months (None when it has none) and whether it runs on the day."""

    term: Term
    months: int | None
    runs: bool


@dataclass(frozen=True, slots=True)
class TopicLine:
    """A topic of the year and in how many held talks the member spoke of it."""

    topic: Topic
    talks: int


@dataclass(frozen=True, slots=True)
class RoundLine:
    """Whether a collaborator's report came for a round: `mark` and `words`. No count of anything reported."""

    round: Round
    mark: str
    words: str


@dataclass(frozen=True, slots=True)
class Spoken:
    """A rapporteur's year: held talks and their listeners, all talks newest first (at most MOST_TALKS), topics."""

    held: int
    listeners: int
    talks: list[Talk]
    more: int
    topics: list[TopicLine]

    @property
    def covered(self) -> int:
        """Topics spoken of at least once."""
        return sum(line.talks > 0 for line in self.topics)


@dataclass(frozen=True, slots=True)
class MemberPage:
    """What stands on the page. `spoken` for rapporteurs, `rounds` for collaborators."""

    line: Line
    terms: list[TermLine]
    spoken: Spoken | None
    rounds: list[RoundLine]


def member_page(year: ClusterYear, member: CorpsMember, day: date, today: date) -> MemberPage:
    """The page on a day (`corps.day_of_year`). Four queries for a rapporteur, three for a collaborator."""
    terms = list(member.terms.all())
    lines = [TermLine(term, months_of(span), span.covers(day)) for term, span in zip(terms, spans_of(terms), strict=True)]
    speaks = member.kind == CorpsKind.RAPPORTEUR
    return MemberPage(
        line_of(member, terms, day, past=day < today),
        lines[::-1],
        spoken_of(year, member) if speaks else None,
        [] if speaks else rounds_of(year, member, terms, today),
    )


def spoken_of(year: ClusterYear, member: CorpsMember) -> Spoken:
    """What a rapporteur spoke of in the year. Three queries. Topics: those agreed and still used, and any spoken of."""
    topics = Prefetch("topics", Topic.objects.only("pk", "title"))
    talks = list(Talk.objects.filter(year=year, speaker=member).prefetch_related(topics))
    held = [talk for talk in talks if talk.held]
    spoken: dict[int, int] = {}
    for talk in held:
        for topic in talk.topics.all():
            spoken[topic.pk] = spoken.get(topic.pk, 0) + 1
    offered = Topic.objects.filter(Q(agreed=True, retired=False) | Q(pk__in=spoken), year=year)
    return Spoken(
        len(held),
        sum(talk.listeners for talk in held),
        talks[:MOST_TALKS],
        max(len(talks) - MOST_TALKS, 0),
        [TopicLine(topic, spoken.get(topic.pk, 0)) for topic in offered],
    )


def rounds_of(year: ClusterYear, member: CorpsMember, terms: list[Term], today: date) -> list[RoundLine]:
    """Rounds of the year for which the collaborator owes a report, newest first: sent in time, late, or not yet. Two queries."""
    reports = dict(
        CollaboratorReport.objects.filter(round__year=year, member=member, sent_at__isnull=False).values_list(
            "round", "days_late"
        )
    )
    spans = spans_of(terms)
    return [
        _round_line(one, reports.get(one.pk), today)
        for one in Round.objects.filter(year=year).order_by("-due_on", "-pk")
        if one.pk in reports or in_term_between(spans, member.left_on, one.starts_on, one.ends_on)
    ]


def _round_line(one: Round, late: int | None, today: date) -> RoundLine:
    if late:
        return RoundLine(one, "late", ngettext("chậm %(n)d ngày", "chậm %(n)d ngày", late) % {"n": late})
    if late == 0:
        return RoundLine(one, "ok", _("đúng hạn"))
    if today > one.due_on:
        days = (today - one.due_on).days
        return RoundLine(one, "late", ngettext("chưa gửi, quá %(n)d ngày", "chưa gửi, quá %(n)d ngày", days) % {"n": days})
    return RoundLine(one, "wait", _("chưa đến hạn"))
