"""Reads of the page of a unit's year."""

from collections import Counter
from dataclasses import dataclass

from thidua.clusters.models import ClusterYear
from thidua.clusters.queries import members
from thidua.people.models import Organisation
from thidua.rapporteurs.models import Assessment, CorpsKind, Grade, GradeName, Topic
from thidua.rapporteurs.queries.spans import Span


@dataclass(frozen=True, slots=True)
class TopicLine:
    """An agreed topic of the year with the unit's talks and listeners."""

    topic: Topic
    talks: int
    listeners: int


@dataclass(frozen=True, slots=True)
class GradeCounts:
    """Settled grades of one kind in a unit: how many have each, best first; nobody's name."""

    kind: CorpsKind
    number: int
    counts: list[tuple[str, str, int]]


def topics_of_unit(year: ClusterYear, span: Span) -> list[TopicLine]:
    """Every agreed topic, those nobody spoke of too. One query."""
    talks: Counter[int] = Counter()
    heard: Counter[int] = Counter()
    for line in span.talks:
        for pk, _title in line.topics:
            talks[pk] += 1
            heard[pk] += line.listeners
    return [TopicLine(topic, talks[topic.pk], heard[topic.pk]) for topic in Topic.objects.filter(year=year, agreed=True)]


def grades_of_unit(year: ClusterYear, unit_id: int) -> list[GradeCounts]:
    """The newest settled grades of the unit by kind, as counts. Two queries."""
    newest: dict[str, Assessment] = {}
    for each in Assessment.objects.filter(year=year).order_by("number"):
        newest[each.kind] = each
    found: dict[int, Counter[str]] = {each.pk: Counter() for each in newest.values()}
    for assessment, grade in Grade.objects.filter(assessment__in=list(found), unit=unit_id).values_list("assessment", "grade"):
        found[assessment][grade] += 1
    return [
        GradeCounts(kind, newest[kind].number, [(name, str(name.label), found[newest[kind].pk][name]) for name in GradeName])
        for kind in CorpsKind
        if kind in newest and found[newest[kind].pk]
    ]


def others_of(year: ClusterYear) -> list[Organisation]:
    """Whose page it might be: the units of the year and the superior body."""
    return [*members(year), year.cluster.superior_body]
