"""Reads of coverage: the table topic × unit, and rapporteurs who have not spoken in a quarter."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, Exists, F, OuterRef, Q, Sum

from thidua.clusters.models import ClusterYear
from thidua.directives.models import Level
from thidua.kernel.text import sort_key
from thidua.people.models import Organisation
from thidua.rapporteurs.access import unit_ids
from thidua.rapporteurs.models import CorpsKind, CorpsMember, Talk, Term, Topic
from thidua.rapporteurs.queries.talks import bodies_of
from thidua.rapporteurs.rules import talks as rules
from thidua.rapporteurs.rules.talks import Sum as Reached


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """A topic with a box for each unit, its sum, and the number of units that it has reached."""

    topic: Topic
    boxes: list[tuple[Organisation, Reached]]
    total: Reached
    reached: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """The table. `totals` are of each unit and `total` of the year: every talk once, also one with several topics. `blanks`
    is the number of empty boxes."""

    units: list[Organisation]
    rows: list[CoverageRow]
    totals: list[Reached]
    total: Reached
    blanks: int


def coverage_of(year: ClusterYear) -> Coverage:
    """The table topic × unit of the year: talks held and listeners, the topics that reached the fewest units first. A topic
    that is retired stands in it once it has been spoken of. Four queries (members apart)."""
    units = bodies_of(year)
    spoken = Talk.topics.through.objects.filter(talk__year=year, talk__listeners__gt=0).order_by()
    found = spoken.values_list("topic", "talk__unit").annotate(talks=Count("pk"), heard=Sum("talk__listeners"))
    cells = [(topic, unit, Reached(talks, heard)) for topic, unit, talks, heard in found]
    used = {topic for topic, _unit, _sum in cells}
    topics = {topic.pk: topic for topic in Topic.objects.filter(Q(retired=False) | Q(pk__in=used), year=year, agreed=True)}
    lines = rules.coverage(list(topics), [unit.pk for unit in units], cells)
    rows = [
        CoverageRow(topics[line.topic], list(zip(units, line.boxes, strict=True)), line.total, line.reached) for line in lines
    ]
    held = Talk.objects.filter(year=year, listeners__gt=0).order_by()
    sums = {
        unit: Reached(talks, heard)
        for unit, talks, heard in held.values_list("unit").annotate(talks=Count("pk"), heard=Sum("listeners"))
    }
    totals = [sums.get(unit.pk, Reached()) for unit in units]
    blanks = sum(not box.talks for line in lines for box in line.boxes)
    return Coverage(units, rows, totals, sum(totals, Reached()), blanks)


@dataclass(frozen=True, slots=True)
class SilentUnit:
    """A body with its rapporteurs who have not spoken, by level and name, and how many it has in term in the quarter."""

    unit: Organisation
    members: list[CorpsMember]
    in_term: int


@dataclass(frozen=True, slots=True)
class Silent:
    """Rapporteurs of the year's bodies in term during a quarter without a held talk in it."""

    units: list[SilentUnit]
    silent: int
    in_term: int


def silent_in(year: ClusterYear, quarter: int, level: str = "") -> Silent:
    """Who has not spoken in the quarter, body by body; those who were in term on no day of it are left out. Each member has
    `planned`, whether a talk is planned in it. Two queries (members apart)."""
    span = rules.quarter_span(year.year, quarter)
    in_term = Term.objects.filter(member=OuterRef("pk"), starts_on__lte=span.ends_on, ends_on__gte=span.starts_on)
    in_term = in_term.filter(Q(member__left_on__isnull=True) | Q(member__left_on__gt=F("starts_on")))
    talks = Talk.objects.filter(speaker=OuterRef("pk"), year=year, held_on__range=(span.starts_on, span.ends_on))
    there = CorpsMember.objects.filter(
        Exists(in_term), Q(left_on__isnull=True) | Q(left_on__gt=span.starts_on), kind=CorpsKind.RAPPORTEUR,
        unit__in=unit_ids(year), **({"level": level} if level else {}),
    )  # fmt: skip
    found = list(
        there.select_related("unit").annotate(
            spoke=Exists(talks.filter(listeners__gt=0)), planned=Exists(talks.filter(listeners=0))
        )
    )
    counted = Counter(member.unit_id for member in found)
    quiet: dict[int, list[CorpsMember]] = {}
    for member in sorted((m for m in found if not m.spoke), key=_by_level_and_name):
        quiet.setdefault(member.unit_id, []).append(member)
    order = {unit.pk: place for place, unit in enumerate(bodies_of(year))}
    units = [SilentUnit(there[0].unit, there, counted[pk]) for pk, there in quiet.items()]
    units.sort(key=lambda row: (order.get(row.unit.pk, len(order)), sort_key(row.unit.name_vi)))
    return Silent(units, sum(len(row.members) for row in units), len(found))


_LEVELS = list(Level.values)


def _by_level_and_name(member: CorpsMember) -> tuple:
    return _LEVELS.index(member.level), sort_key(member.name), member.pk
