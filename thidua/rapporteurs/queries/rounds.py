"""Reads of rounds: what they ask, who owes them, who has sent. Never what anybody counted."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.urls import reverse
from django.utils.timezone import localdate

from thidua.clusters.models import ClusterYear
from thidua.kernel.ports import round_gathered
from thidua.kernel.text import sort_key
from thidua.rapporteurs.access import unit_ids
from thidua.rapporteurs.models import CollaboratorReport, CorpsKind, CorpsMember, Round, Topic
from thidua.rapporteurs.rules import rounds as rules
from thidua.rapporteurs.rules.rounds import COUNTS, Due, Proposal, Punctuality, proposals

SENT = Q(sent_at__isnull=False)


def round_address(name: str, year: ClusterYear, *more: object) -> str:
    """The address of a page of rounds."""
    return reverse(f"rapporteurs:{name}", args=[year.cluster.slug, year.year, *more])


def rounds_of(year: ClusterYear, rhythm: str = "") -> list[Round]:
    """The year's rounds by the day they are due; of one rhythm if named. One query."""
    found = Round.objects.filter(year=year).order_by("due_on", "pk")
    return list(found.filter(rhythm=rhythm) if rhythm else found)


def agreed_topics(year: ClusterYear) -> list[Topic]:
    """The topics that a round may ask for: agreed and not retired. One query."""
    return list(Topic.objects.filter(year=year, agreed=True, retired=False))


def topics_of(asked: Round) -> list[Topic]:
    """What the round asks for, in the order of the topics: those chosen for it, without the retired; every agreed topic of the
    year when none was chosen. Two queries at most."""
    chosen = list(asked.topics.all())
    if chosen:
        return [topic for topic in chosen if not topic.retired]
    return list(Topic.objects.filter(year=asked.year_id, agreed=True, retired=False))


def is_fixed(asked: Round) -> bool:
    """Whether a report has been sent, after which span and topics stay. One query."""
    return CollaboratorReport.objects.filter(SENT, round=asked).exists()


def is_gathered(asked: Round) -> bool:
    """Whether a digest has gathered the round, so that nothing sent is taken back."""
    return round_gathered(asked.pk)


@dataclass(frozen=True, slots=True)
class Choice:
    """A round that may be set next: `key` is "monthly:3"."""

    key: str
    title: str


def choices_of(year: ClusterYear) -> list[Choice]:
    """The months and quarters that have no round yet. One query."""
    there = set(Round.objects.filter(year=year).values_list("title", flat=True))
    return [
        Choice(f"{rhythm}:{number}", proposed.title)
        for rhythm in COUNTS
        for number, proposed in enumerate(proposals(rhythm, year.year), 1)
        if proposed.title not in there
    ]


def next_choice(choices: list[Choice], today: date) -> str:
    """This month if it still lacks a round, else the first choice; "" when there is none."""
    keys = [choice.key for choice in choices]
    month = f"monthly:{today.month}"
    return month if month in keys else next(iter(keys), "")


def collaborators_of(year: ClusterYear) -> list[CorpsMember]:
    """The collaborators of the year's units and of the superior body, and whoever else has sent a report in the year, with their
    terms; by name. Two queries (members of the cluster apart)."""
    sent = CollaboratorReport.objects.filter(SENT, round__year=year).values("member")
    members = CorpsMember.objects.filter(Q(unit__in=unit_ids(year)) | Q(pk__in=sent), kind=CorpsKind.COLLABORATOR)
    found = members.select_related("unit").defer("folded").prefetch_related("terms")
    return sorted(found, key=lambda member: (sort_key(member.name), member.pk))


def owes(member: CorpsMember, year: ClusterYear, due_on: date) -> bool:
    """Whether the collaborator owes the round due that day (`rules.rounds.owes`) as one of a unit that is still in the year.
    No query when the terms are prefetched."""
    terms = [(term.starts_on, term.ends_on) for term in member.terms.all()]
    return member.unit_id in unit_ids(year) and rules.owes(terms, member.left_on, due_on)


def late_of(asked: Iterable[Round]) -> dict[tuple[int, int], int]:
    """Days late of the reports sent, by round and member. One query."""
    sent = CollaboratorReport.objects.filter(SENT, round__in=[one.pk for one in asked])
    return {(round_id, member): late for round_id, member, late in sent.values_list("round_id", "member_id", "days_late")}


def punctuality_of(year: ClusterYear, today: date | None = None) -> dict[int, Punctuality]:
    """Of each collaborator's rounds of the year that were due before today or sent: (owed, sent, on_time), by member id. Who owed
    nothing yet has (0, 0, 0). Four queries (members of the cluster apart)."""
    day, asked = today or localdate(), rounds_of(year)
    late = late_of(asked)
    found = {}
    for member in collaborators_of(year):
        dues = [Due(one.due_on, owes(member, year, one.due_on), late.get((one.pk, member.pk))) for one in asked]
        found[member.pk] = rules.punctuality(dues, day)
    return found


def missing_proposals(year: ClusterYear, rhythm: str) -> list[Proposal]:
    """The months or quarters that have no round of their title yet. One query."""
    there = set(Round.objects.filter(year=year).values_list("title", flat=True))
    return [proposed for proposed in proposals(rhythm, year.year) if proposed.title not in there]
