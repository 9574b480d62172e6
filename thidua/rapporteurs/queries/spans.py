"""What a unit's corps did over a span of days: talks, who is in it, collaborators' reports. Reports and evidence use it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from django.db.models import FilteredRelation, Q
from django.utils.timezone import localdate

from thidua.clusters.models import ClusterYear
from thidua.rapporteurs.access import unit_ids
from thidua.rapporteurs.models import CorpsKind, CorpsMember, Round, Talk
from thidua.rapporteurs.rules import rounds as rules
from thidua.rapporteurs.rules.rounds import Due, Punctuality


@dataclass(frozen=True, slots=True)
class TalkLine:
    """A held talk in a line. `topics`: ids and titles in the order of the year."""

    pk: int
    held_on: date
    place: str
    form: str
    listeners: int
    speaker: int
    topics: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class RoundLine:
    """A round in a line: how the unit's collaborators stand at it."""

    title: str
    due_on: date
    done: Punctuality


@dataclass(frozen=True, slots=True)
class Span:
    """A unit over a span. `corps`: how many of each kind are in term on the last day; `rounds`: those anyone owed or sent."""

    talks: list[TalkLine]
    corps: dict[str, int]
    rounds: list[RoundLine]

    @property
    def listeners(self) -> int:
        """Everyone who listened, as often as they came."""
        return sum(line.listeners for line in self.talks)

    @property
    def topics(self) -> int:
        """How many topics were spoken of."""
        return len({topic for line in self.talks for topic, _title in line.topics})

    @property
    def speakers(self) -> int:
        """How many members spoke."""
        return len({line.speaker for line in self.talks})

    @property
    def members(self) -> int:
        """Everyone in term on the last day."""
        return sum(self.corps.values())

    @property
    def done(self) -> Punctuality:
        """Of all reports that were due: owed, sent, in time."""
        return Punctuality(*(sum(line.done[n] for line in self.rounds) for n in range(3)))


def span_of(year: ClusterYear, unit_id: int, starts_on: date, ends_on: date) -> Span:
    """What a unit's corps did on those days, both included. Three queries (units of the cluster apart)."""
    terms = _terms(unit_id)
    in_term = [kind for kind, left_on, spans in terms.values() if rules.owes(spans, left_on, ends_on)]
    counts = {kind: in_term.count(kind) for kind in CorpsKind.values}
    return Span(talks_of(year, unit_id, starts_on, ends_on), counts, _rounds(year, unit_id, terms, starts_on, ends_on))


def talks_of(year: ClusterYear, unit_id: int, starts_on: date, ends_on: date) -> list[TalkLine]:
    """The unit's held talks, newest first. One query, whatever their number and that of their topics."""
    talks = Talk.objects.filter(year=year, unit=unit_id, listeners__gt=0, held_on__range=(starts_on, ends_on))
    names = ("pk", "held_on", "place", "form", "listeners", "speaker_id")
    rows = talks.order_by("-held_on", "-pk", "topics__position", "topics__pk").values_list(*names, "topics__pk", "topics__title")
    found = []
    for head, group in groupby(rows, key=lambda row: row[: len(names)]):
        topics = tuple((row[-2], row[-1]) for row in group if row[-2] is not None)
        pk, held_on, place, form, listeners, speaker = head
        found.append(TalkLine(pk, held_on, place, form, listeners, speaker, topics))
    return found


Terms = dict[int, tuple[str, date | None, list[tuple[date, date]]]]


def _terms(unit_id: int) -> Terms:
    """Kind, last day and terms of everyone of the unit, by member id."""
    rows = CorpsMember.objects.filter(unit=unit_id).order_by().values_list(
        "pk", "kind", "left_on", "terms__starts_on", "terms__ends_on"
    )  # fmt: skip
    found: Terms = {}
    for pk, kind, left_on, first, last in rows:
        spans = found.setdefault(pk, (kind, left_on, []))[2]
        if first is not None:
            spans.append((first, last))
    return found


def _rounds(year: ClusterYear, unit_id: int, terms: Terms, starts_on: date, ends_on: date) -> list[RoundLine]:
    """Rounds due within the span. What is not due yet counts only once it is sent."""
    sent = FilteredRelation("reports", condition=Q(reports__unit=unit_id, reports__sent_at__isnull=False))
    due = Round.objects.filter(year=year, due_on__range=(starts_on, ends_on)).annotate(came=sent).order_by("due_on", "pk")
    rows = due.values_list("pk", "title", "due_on", "came__member", "came__days_late")
    today = min(localdate(), ends_on + timedelta(days=1))
    collaborators = {
        pk: (left_on, spans) for pk, (kind, left_on, spans) in terms.items() if kind == CorpsKind.COLLABORATOR
    } if unit_id in unit_ids(year) else {}  # fmt: skip
    found = []
    for (_pk, title, due_on), group in groupby(rows, key=lambda row: row[:3]):
        late = {member: days for *_head, member, days in group if member is not None}
        line = RoundLine(title, due_on, rules.punctuality(_dues(collaborators, late, due_on), today))
        if line.done.owed:
            found.append(line)
    return found


def _dues(
    collaborators: dict[int, tuple[date | None, list[tuple[date, date]]]], late: dict[int, int], due_on: date
) -> Iterable[Due]:  # fmt: skip
    owed = {pk for pk, (left_on, spans) in collaborators.items() if rules.owes(spans, left_on, due_on)}
    return [Due(due_on, member in owed, late.get(member)) for member in owed | late.keys()]
