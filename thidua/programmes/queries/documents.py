"""Reads of programmes as documents: content, versions, what changed, the list of a year."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page, Paginator
from django.db.models import Case, Count, F, IntegerField, OuterRef, Prefetch, Q, QuerySet, Subquery, TextField, Value, When
from django.db.models.fields.json import KeyTextTransform

from thidua.clusters.access import member_ids
from thidua.clusters.models import ClusterYear, Membership
from thidua.directives.models import Clause, Directive, Distribution
from thidua.directives.rules import addressed
from thidua.kernel.actor import Actor
from thidua.people.models import Organisation
from thidua.programmes.access import units_open_to
from thidua.programmes.models import Indicator, Programme, ProgrammeKind, ProgrammeVersion, Task, TaskState
from thidua.programmes.rules import content as rules
from thidua.programmes.rules.content import Change, ClauseLine, Content, IndicatorLine, TaskLine
from thidua.programmes.rules.progress import NOTHING, Progress

PAGE_ROWS = 50
MOST_DIRECTIVES = 300
"""Documents offered when a programme is begun; others are reached from their own page."""

STATES = ("draft", "waiting", "approved", "changed")


def clauses_with_directive() -> QuerySet[Clause]:
    """Clauses with what names their document, without its text."""
    return Clause.objects.select_related("directive").defer("directive__text", "directive__folded")


def clause_words(clause: Clause) -> str:
    """How a document names a clause: "Mục II.1, Chỉ thị 05-CT/TW"."""
    return f"{clause.name}, {clause.directive.name}"


def content_of(programme: Programme) -> Content:
    """What the programme says as it stands. Four queries. Subtasks are how a unit works, no part of the document; nor is a task
    that was dropped: it is among the changes since the version that had it."""
    tasks = standing_tasks(programme).select_related("owner_post")
    return Content(
        title=programme.title,
        grounds=programme.grounds,
        measures=programme.measures,
        starts_on=programme.starts_on,
        ends_on=programme.ends_on,
        goals=tuple(goal.text for goal in programme.goals.all()),
        indicators=tuple(line_of(indicator) for indicator in programme.indicators.all()),
        tasks=tuple(_task_line(task) for task in tasks.prefetch_related(Prefetch("clauses", clauses_with_directive()))),
    )


def standing_tasks(programme: Programme) -> QuerySet[Task]:
    """The tasks that the document states, in its order: no parts of tasks, none that was dropped."""
    return programme.tasks.filter(parent=None).exclude(state=TaskState.DROPPED)


def lines_with_tasks(programme: Programme, content: Content) -> list[tuple[TaskLine, Task]]:
    """The lines of the content as it stands, each with its task. One query."""
    tasks = standing_tasks(programme).only("state", "is_open", "due_on", "programme")
    return list(zip(content.tasks, tasks, strict=False))


def line_of(indicator: Indicator) -> IndicatorLine:
    """An indicator as the document states it."""
    return IndicatorLine(indicator.name, indicator.unit_of_measure, indicator.target, indicator.lower_is_better)


def _task_line(task: Task) -> TaskLine:
    clauses = sorted(task.clauses.all(), key=lambda clause: (clause.directive_id, clause.position, clause.pk))
    owner = task.owner_post.title_vi if task.owner_post else ""
    words = tuple(ClauseLine(clause.pk, clause_words(clause)) for clause in clauses)
    return TaskLine(task.title, task.starts_on, task.due_on, owner, words)


def versions_of(programme: Programme) -> list[ProgrammeVersion]:
    """The versions, the newest first, without their contents. One query."""
    return list(programme.versions.defer("content").order_by("-number"))


def version_of(programme: Programme, number: int) -> ProgrammeVersion | None:
    """One version with its content. One query."""
    return programme.versions.filter(number=number).first()


def content_in(version: ProgrammeVersion) -> Content:
    """What a version says. No query."""
    return rules.read(version.content)


def approved_content(programme: Programme) -> Content:
    """What the last approved version of an approved programme says. One query."""
    return content_in(programme.versions.get(number=programme.approved_version))


def changes_since(version: ProgrammeVersion | None, now: Content) -> list[Change]:
    """What is different from a version; nothing without one. No query."""
    return rules.difference(content_in(version), now) if version else []


@dataclass(frozen=True, slots=True)
class Row:
    """A programme in the list: title and state (one of STATES), for who reads no drafts those of the approved version, and how
    far its tasks are."""

    programme: Programme
    title: str
    state: str
    progress: Progress
    mine: bool


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the address bar asks of the list; empty fields ask nothing."""

    unit: str = ""
    kind: str = ""
    state: str = ""
    directive: int | None = None
    sort: str = ""


def state_of(programme: Programme) -> str:
    """draft, waiting (for the leader), approved or changed (since it was approved)."""
    if programme.presented_at:
        return "waiting"
    if not programme.approved_version:
        return "draft"
    return "changed" if programme.is_changed else "approved"


def programmes_of(actor: Actor, year: ClusterYear, wanted: Wanted) -> QuerySet[Programme]:
    """The units' programmes that the actor may read, own units first, in the order asked for. `reads`: whether the actor reads
    the draft; `shown_title`: its title, else that of the approved version."""
    reads = Q(unit__in=units_open_to(actor, year))
    found = Programme.objects.filter(year=year, unit__isnull=False)
    found = found.filter(Q(approved_version__gt=0) | reads)
    if wanted.unit:
        found = found.filter(unit__slug=wanted.unit)
    if wanted.kind:
        found = found.filter(kind=wanted.kind)
    if wanted.directive is not None:
        found = found.filter(directive=wanted.directive)
    found = _in_state(found, wanted.state, reads)
    own = Case(When(unit__in=actor.organisations(), then=Value(0)), default=Value(1), output_field=IntegerField())
    place = Subquery(Membership.objects.filter(year=year, organisation=OuterRef("unit")).values("position")[:1])
    orders = {"": ("own", "place", "pk"), "moi": ("-opened_at", "-pk"), "ten": ("shown_title", "pk")}
    approved = ProgrammeVersion.objects.filter(programme=OuterRef("pk"), number=OuterRef("approved_version"))
    title = Subquery(approved.values_list(KeyTextTransform("title", "content"))[:1], output_field=TextField())
    read = Case(When(reads, then=True), default=False)
    shown_title = Case(When(reads, then="title"), default=title, output_field=TextField())
    found = found.annotate(own=own, place=place, reads=read, shown_title=shown_title)
    found = found.order_by(*orders.get(wanted.sort, orders[""]))
    return found.select_related("unit", "directive").defer("grounds", "measures", "directive__text", "directive__folded")


def _in_state(found: QuerySet[Programme], state: str, reads: Q) -> QuerySet[Programme]:
    """Those that show the state; to who reads no drafts every programme shows that it is approved."""
    if state == "waiting":
        return found.filter(reads, presented_at__isnull=False)
    if state == "draft":
        return found.filter(presented_at=None, approved_version=0)
    if state in ("approved", "changed"):
        found, same = found.filter(approved_version__gt=0), Q(digest=F("approved_digest"))
        stands = Q(presented_at=None) & same
        return found.filter(~reads | stands) if state == "approved" else found.filter(reads & ~same, presented_at=None)
    return found


def page_of(programmes: QuerySet[Programme], number: object) -> Page:
    """A page of the list. Two queries."""
    return Paginator(programmes, PAGE_ROWS).get_page(number)


def rows_of(programmes: Iterable[Programme], actor: Actor, today: date) -> list[Row]:
    """The programmes with the progress of their tasks, counted by the database. One query."""
    listed = list(programmes)
    counts = progress_of([programme.pk for programme in listed], today)
    own = actor.organisations()
    return [
        Row(p, p.shown_title, state_of(p) if p.reads else "approved", counts.get(p.pk, NOTHING), p.unit_id in own) for p in listed
    ]


def progress_of(programme_ids: list[int], today: date) -> dict[int, Progress]:
    """How far the tasks of each programme are. One query."""
    states = {str(state): Count("pk", filter=Q(state=state)) for state in TaskState}
    late = Count("pk", filter=Q(is_open=True, due_on__lt=today))
    tasks = Task.objects.filter(programme__in=programme_ids).order_by().values("programme")
    rows: Iterable[dict[str, int]] = tasks.annotate(**states, overdue=late)
    return {row["programme"]: Progress(**{name: row[name] for name in (*states, "overdue")}) for row in rows}


def directives_for(year: ClusterYear, unit: Organisation, asked: int | None) -> list[Directive]:
    """Documents that a programme of the unit can be for: those sent to it in the year, the newest first, and the one asked
    for if the cluster's register has it. One query."""
    sent = Distribution.objects.filter(year=year, unit=unit).values("directive")
    register = Directive.objects.filter(cluster=year.cluster_id).defer("text", "folded")
    return list(register.filter(Q(pk__in=sent) | Q(pk=asked))[:MOST_DIRECTIVES])


def clauses_for(year: ClusterYear, unit: Organisation, directive: Directive | None) -> list[Clause]:
    """The clauses of a document (or of the members of a class) that address the unit. One query at most."""
    if directive is None or unit.pk not in member_ids(year):
        return []
    clauses = clauses_with_directive().filter(Q(directive=directive) | Q(directive__member_of=directive))
    here = [(unit.pk, unit.kind)]
    return [
        clause
        for clause in clauses.order_by("directive_id", "position", "pk")
        if addressed(clause.owner_kind, clause.unit_kinds, here, year.head_id)
    ]


def clauses_of_year(year: ClusterYear) -> list[Clause]:
    """The clauses that the cluster's programme can answer: those it answers already, before those of documents sent in the year,
    so that the cut takes nothing that stands. One query."""
    sent = Distribution.objects.filter(year=year).values("directive")
    answered = Q(pk__in=Task.objects.filter(year=year, unit=None).exclude(clauses=None).values("clauses"))
    clauses = clauses_with_directive().filter(Q(directive__in=sent) | Q(directive__member_of__in=sent) | answered)
    first = Case(When(answered, then=Value(0)), default=Value(1))
    return list(clauses.order_by(first, "-directive__issued_on", "directive", "position", "pk")[:MOST_DIRECTIVES])


def saved_programmes_for(year: ClusterYear, unit: Organisation, directive: Directive | None) -> list[Programme]:
    """What the unit already has for a document in the year, so that nobody begins it twice unawares. One query at most."""
    if directive is None:
        return []
    found = Programme.objects.filter(year=year, unit=unit, directive=directive).exclude(kind=ProgrammeKind.NEXT_YEAR)
    return list(found.select_related("unit"))
