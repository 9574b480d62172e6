"""The journal as an auditor reads it: rows in words, filtered, page by page."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from thidua.audit.models import JournalEntry, JournalHead
from thidua.people.models import Person

PAGE = 50


@dataclass(frozen=True, slots=True)
class Filter:
    """What the address bar asks for; empty parts ask for nothing. Days are days of the installation, both included."""

    event: str = ""
    username: str = ""
    year_id: int | None = None
    first_day: date | None = None
    last_day: date | None = None


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page of the journal, newest first. `older` is the position below which the next page begins, None at the end."""

    entries: list[JournalEntry]
    older: int | None


def rows(wanted: Filter) -> QuerySet[JournalEntry]:
    """The rows that are asked for, newest first. A person's rows are also those done by others on that person's behalf."""
    found = JournalEntry.objects.select_related("person", "on_behalf_of").order_by("-position")
    if wanted.event:
        found = found.filter(event=wanted.event)
    if wanted.username:
        who = Person.objects.filter(username=wanted.username.strip().lower()).values("pk")
        found = found.filter(Q(person__in=who) | Q(on_behalf_of__in=who))
    if wanted.year_id:
        found = found.filter(year_id=wanted.year_id)
    if wanted.first_day:
        found = found.filter(at__gte=_midnight(wanted.first_day))
    if wanted.last_day:
        found = found.filter(at__lt=_midnight(wanted.last_day + timedelta(days=1)))
    return found


def leaf(wanted: Filter, before: int | None) -> Leaf:
    """One page of what is asked for, going on below the position `before`. One query, as fast at the end as at the start."""
    found = rows(wanted)
    page = list((found.filter(position__lt=before) if before else found)[: PAGE + 1])
    return Leaf(page[:PAGE], page[PAGE - 1].position if len(page) > PAGE else None)


def facts_of(entry: JournalEntry) -> dict[str, object]:
    """The facts of a row."""
    return json.loads(entry.facts)


def row_count() -> int:
    """How many rows the journal should have, by its head. One query."""
    return JournalHead.objects.filter(pk=1).values_list("position", flat=True).first() or 0


def year_names() -> Iterator[tuple[int, str]]:
    """The cluster years by id, as the journal itself tells of them: it is kept below the clusters. Two queries."""
    told = JournalEntry.objects.order_by("-position").values_list("facts", flat=True)
    names = {f["cluster_id"]: f["name"] for f in map(json.loads, told.filter(event="ClusterFormed")[:2000])}
    for facts in map(json.loads, told.filter(event="YearOpened")[:2000]):
        yield facts["year_id"], f"{names.get(facts['cluster_id'], '…')} · {facts['year']}"


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
