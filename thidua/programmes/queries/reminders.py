"""Who has not answered, and the words to remind them with. thidua itself sends nothing."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, QuerySet, Window
from django.db.models.functions import RowNumber

from thidua.clusters.models import ClusterYear
from thidua.clusters.queries import members
from thidua.directives.models import Clause, Directive, Distribution, OwnerKind
from thidua.directives.rules import addressed
from thidua.kernel import ports
from thidua.people.models import Organisation
from thidua.programmes.models import Programme, Task, TaskState
from thidua.programmes.queries.answers import answers
from thidua.programmes.queries.progress import STILL_OPEN
from thidua.programmes.rules.reminders import Gap, Occasion, OtherGap, Owed, letter, letter_to_all, with_day

MOST_LINES = 10
"""Lines of a letter for each kind of gap; the rest is counted."""


@dataclass(frozen=True, slots=True)
class Reminder:
    """A unit, what it owes, and the letter that says so: empty when nothing, and for the head, which writes the letters."""

    unit: Organisation
    owed: Owed
    letter: str
    is_head: bool


@dataclass(frozen=True, slots=True)
class Reminders:
    """The members, those who owe most first; one letter to all of them but the head; whether any document was sent in the year;
    the titles of what other slices have found, in the order of each unit's `owed.others`."""

    rows: list[Reminder]
    letter: str
    sent: bool
    titles: list[object]

    @property
    def any_owed(self) -> bool:
        """Whether a unit owes anything, the head too."""
        return any(row.owed.count for row in self.rows)


def reminders(year: ClusterYear, today: date) -> Reminders:
    """What every member owes. A clause is owed by the units that it asks and to which its document was sent in this year: whoever
    was never sent a document is not behind with it. Nine queries (members apart) and those of
    `ports.OWED`, however many units."""
    units = members(year)
    documents = _documents(year, today)
    sent = _sent(year)
    clauses = _clauses(year, units, sent, today) if sent else {}
    tasks, programmes = _tasks(year, today), _programmes(year)
    found_by_others = [owed for offer in ports.OWED for owed in offer(year, today)]
    occasion = Occasion(year.cluster.name_vi, year.year, year.head.name_vi, today, year.illustrative)
    rows = []
    for unit in units:
        own = (found.get(unit.pk, Gap()) for found in (documents, clauses, tasks, programmes))
        owed = Owed(*own, others=tuple(_other(found, unit.pk) for found in found_by_others))
        is_head = unit.pk == year.head_id
        rows.append(Reminder(unit, owed, "" if is_head else letter(unit.name_vi, owed, occasion), is_head))
    rows.sort(key=lambda row: -row.owed.count)
    to_all = letter_to_all([(row.unit.name_vi, row.owed) for row in rows if not row.is_head], occasion)
    return Reminders(rows, to_all, bool(sent), [found.title for found in found_by_others])


def _other(found: ports.Owed, unit_id: int) -> OtherGap:
    lines = found.lines.get(unit_id, [])
    return OtherGap(found.heading, found.short, Gap(tuple(lines[:MOST_LINES]), len(lines)))


def _documents(year: ClusterYear, today: date) -> dict[int, Gap]:
    """Documents sent that a unit has not confirmed. Two queries."""
    waiting = Distribution.objects.filter(year=year, received_at__isnull=True)
    first = _first(waiting, "unit_id", F("due_on").asc(nulls_last=True), "pk").select_related("directive")
    fields = ("unit_id", "due_on", "directive__kind", "directive__number_text", "directive__title")
    lines = ((row.unit_id, with_day(str(row.directive), row.due_on, today)) for row in first.only(*fields))
    return _gaps(_number_by_unit(waiting), lines)


def _tasks(year: ClusterYear, today: date) -> dict[int, Gap]:
    """Tasks that are open after their day. Two queries."""
    overdue = Task.objects.filter(year=year, is_open__in=STILL_OPEN, due_on__lt=today, unit__isnull=False)
    first = _first(overdue, "unit_id", "due_on", "pk").only("unit_id", "due_on", "title")
    return _gaps(_number_by_unit(overdue), ((task.unit_id, with_day(task.title, task.due_on, today)) for task in first))


def _programmes(year: ClusterYear) -> dict[int, Gap]:
    """Programmes that nobody has approved yet. One query."""
    drafts = Programme.objects.filter(year=year, unit__isnull=False, approved_version=0).order_by("pk")
    by_unit: dict[int, list[str]] = defaultdict(list)
    for unit, title in drafts.values_list("unit_id", "title"):
        by_unit[unit].append(title)
    return {unit: Gap(tuple(titles[:MOST_LINES]), len(titles)) for unit, titles in by_unit.items()}


def _sent(year: ClusterYear) -> dict[int, set[int]]:
    """unit → the documents with clauses that were sent to it in the year. One query."""
    found: dict[int, set[int]] = defaultdict(set)
    asked = Clause.objects.exclude(owner_kind=OwnerKind.NOBODY).values("directive")
    pairs = Distribution.objects.filter(year=year, directive__in=asked)
    for unit, directive in pairs.values_list("unit_id", "directive_id"):
        found[unit].add(directive)
    return found


def _clauses(year: ClusterYear, units: list[Organisation], sent: dict[int, set[int]], today: date) -> dict[int, Gap]:
    """Clauses asked of a unit that none of its tasks answers, those of documents sent to it. Three queries."""
    directives = set().union(*sent.values())
    clauses = Clause.objects.filter(directive__in=directives).exclude(owner_kind=OwnerKind.NOBODY)
    named = Directive.objects.filter(pk__in=directives).only("kind", "number_text", "title")
    names = {directive.pk: str(directive) for directive in named}
    answered = _answered(year, directives)
    kinds = [(unit.pk, unit.kind) for unit in units]
    owed: dict[int, list[Clause]] = defaultdict(list)
    for clause in clauses.order_by(F("due_on").asc(nulls_last=True), "directive", "position"):
        for unit in addressed(clause.owner_kind, clause.unit_kinds, kinds, year.head_id):
            if clause.directive_id in sent[unit] and (unit, clause.pk) not in answered:
                owed[unit].append(clause)

    def line(clause: Clause) -> str:
        return with_day(f"{clause}, {names[clause.directive_id]}", clause.due_on, today)

    return {unit: Gap(tuple(map(line, found[:MOST_LINES])), len(found)) for unit, found in owed.items()}


def _answered(year: ClusterYear, directives: set[int]) -> set[tuple[int, int]]:
    """(unit, clause) of those clauses that a task answers. One query."""
    found = answers(year, clause__directive__in=directives).exclude(task__state=TaskState.DROPPED)
    return set(found.values_list("task__unit_id", "clause_id"))


def _first(rows: QuerySet, by: str, *order: object) -> QuerySet:
    """The first MOST_LINES rows of each group, in their order."""
    place = Window(RowNumber(), partition_by=[F(by)], order_by=order)
    return rows.annotate(place=place).filter(place__lte=MOST_LINES).order_by(by, "place")


def _number_by_unit(rows: QuerySet) -> dict[int, int]:
    return dict(rows.order_by().values_list("unit_id").annotate(number=Count("*")))


def _gaps(numbers: dict[int, int], lines: Iterable[tuple[int, str]]) -> dict[int, Gap]:
    by_unit: dict[int, list[str]] = defaultdict(list)
    for unit, line in lines:
        by_unit[unit].append(line)
    return {unit: Gap(tuple(by_unit[unit]), number) for unit, number in numbers.items()}
