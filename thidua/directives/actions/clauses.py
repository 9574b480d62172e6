"""Writes of clauses: the passages of a document that units answer."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from thidua.audit.actions import publish
from thidua.clusters.models import ClusterYear
from thidua.directives import events
from thidua.directives.actions import desk
from thidua.directives.models import Clause, Directive, OwnerKind
from thidua.directives.rules.passages import MOST_PASSAGE, paragraphs, passage, relocated, runs
from thidua.kernel import ports
from thidua.kernel.actor import Actor
from thidua.kernel.errors import Absent, Refused

MOST_CLAUSES = 200


@dataclass(frozen=True, slots=True)
class Duty:
    """What a clause asks besides its words: whom it addresses and by when."""

    label: str = ""
    owner_kind: str = OwnerKind.EVERY_UNIT
    unit_kinds: Sequence[str] = ()
    due_on: date | None = None


@transaction.atomic
def mark_passage(
    *, year: ClusterYear, directive: Directive, first: str, last: str = "", duty: Duty, actor: Actor, now: datetime
) -> Clause:
    """A clause that begins with the words `first` and ends with `last` in the document's text (empty: `first` is the whole).
    Refuses what `rules.passage` refuses, and what every clause is refused for (`_new`)."""
    locked, by = desk.opened(year, directive, actor)
    return _new(year, locked, passage(locked.text, first, last), duty, by, now)


@transaction.atomic
def mark_paragraphs(
    *, year: ClusterYear, directive: Directive, numbers: Collection[int], revision: int, duty: Duty, actor: Actor, now: datetime
) -> list[Clause]:
    """A clause of each run of neighbouring paragraphs, counted from 0 in the text of that `revision`.

    Refuses directives.changed_meanwhile, directives.no_paragraph, directives.passage_long, and as `_new`.
    """
    locked, by = desk.opened(year, directive, actor)
    desk.require_seen(locked.revision, revision)
    places = paragraphs(locked.text)
    wanted = [number for number in numbers if 0 <= number < len(places)]
    if not wanted:
        raise Refused("directives.no_paragraph", field="numbers")
    extents = [(places[begin][0], places[end][1]) for begin, end in runs(wanted)]
    return [_new(year, locked, extent, duty, by, now) for extent in extents]


@transaction.atomic
def add_clause(*, year: ClusterYear, directive: Directive, text: str, duty: Duty, actor: Actor, now: datetime) -> Clause:
    """A clause in words of its own; where the document's text has the same words it is marked there as well."""
    locked, by = desk.opened(year, directive, actor)
    words = _worded(text)
    return _new(year, locked, relocated(locked.text, words), duty, by, now, words)


@transaction.atomic
def edit_clause(
    *, year: ClusterYear, clause: Clause, text: str, duty: Duty, revision: int, actor: Actor, now: datetime
) -> Clause:
    """Change a clause's words, owner or day. `revision` is the one the writer saw (directives.changed_meanwhile)."""
    directive, by = desk.opened(year, clause.directive, actor)
    locked = _of(directive, clause.pk)
    desk.require_seen(locked.revision, revision)
    words = _worded(text)
    if words != locked.text:
        locked.start, locked.end = relocated(directive.text, words, locked.start or 0) or (None, None)
    locked.text = words
    _put(locked, directive, duty)
    locked.revision += 1
    locked.save()
    publish(
        events.ClauseEdited(year.pk, directive.pk, directive.name, locked.pk, locked.in_journal, locked.revision), by, now=now
    )
    return locked


@transaction.atomic
def move_clause(*, year: ClusterYear, clause: Clause, up: bool, actor: Actor, now: datetime) -> None:
    """Change places with the neighbour above or below; at the end of the list nothing happens."""
    directive, by = desk.opened(year, clause.directive, actor)
    order = list(directive.clauses.all())
    here = next((place for place, one in enumerate(order) if one.pk == clause.pk), None)
    if here is None:
        raise Absent
    there = here - 1 if up else here + 1
    if not 0 <= there < len(order):
        return
    order[here], order[there] = order[there], order[here]
    for position, one in enumerate(order, 1):
        one.position = position
    Clause.objects.bulk_update(order, ["position"])
    publish(events.ClauseMoved(year.pk, directive.pk, directive.name, clause.pk, clause.in_journal, there + 1), by, now=now)


@transaction.atomic
def remove_clause(*, year: ClusterYear, clause: Clause, actor: Actor, now: datetime) -> None:
    """Take a clause out; the journal keeps its words. Refuses (directives.clause_in_use) one that something answers."""
    directive, by = desk.opened(year, clause.directive, actor)
    locked = _of(directive, clause.pk)
    if any(in_use(locked.pk) for in_use in ports.CLAUSE_IN_USE):
        raise Refused("directives.clause_in_use", clause=locked.name)
    pk, name, words = locked.pk, locked.in_journal, locked.text
    locked.delete()
    publish(events.ClauseRemoved(year.pk, directive.pk, directive.name, pk, name, words), by, now=now)


def _of(directive: Directive, clause_id: int) -> Clause:
    found = directive.clauses.select_for_update().filter(pk=clause_id).first()
    if found is None:
        raise Absent
    return found


def _worded(text: str) -> str:
    words = "\n".join(line.strip() for line in text.replace("\x00", "").splitlines()).strip()
    if not words:
        raise Refused("directives.clause_empty", field="text")
    if len(words) > MOST_PASSAGE:
        raise Refused("directives.passage_long", field="text", length=len(words), most=MOST_PASSAGE)
    return words


def _new(
    year: ClusterYear,
    directive: Directive,
    extent: tuple[int, int] | None,
    duty: Duty,
    by: Actor,
    now: datetime,
    words: str = "",
) -> Clause:
    """Refuses directives.passage_long, directives.clause_there (the same passage), directives.too_many_clauses, and what
    `_put` refuses."""
    start, end = extent or (None, None)
    text = words or directive.text[start:end]
    if len(text) > MOST_PASSAGE:
        raise Refused("directives.passage_long", field="first", length=len(text), most=MOST_PASSAGE)
    there = list(directive.clauses.all())
    if len(there) >= MOST_CLAUSES:
        raise Refused("directives.too_many_clauses", most=MOST_CLAUSES)
    if extent and any((one.start, one.end) == extent for one in there):
        raise Refused("directives.clause_there", field="first")
    position = max((one.position for one in there), default=0) + 1
    made = Clause(directive=directive, position=position, text=text, start=start, end=end)
    _put(made, directive, duty)
    made.save()
    publish(events.ClauseMarked(year.pk, directive.pk, directive.name, made.pk, made.in_journal), by, now=now)
    return made


def _put(clause: Clause, directive: Directive, duty: Duty) -> None:
    """Refuses directives.kinds_wanted (units of no kind) and directives.due_before_document."""
    if duty.owner_kind == OwnerKind.KINDS and not duty.unit_kinds:
        raise Refused("directives.kinds_wanted", field="unit_kinds")
    if duty.due_on and directive.issued_on and duty.due_on < directive.issued_on:
        raise Refused("directives.due_before_document", field="due_on", day=directive.issued_on)
    clause.label = " ".join(duty.label.split())
    clause.owner_kind, clause.due_on = duty.owner_kind, duty.due_on
    clause.unit_kinds = sorted(duty.unit_kinds) if duty.owner_kind == OwnerKind.KINDS else []
