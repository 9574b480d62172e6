"""Reads of study: which members a document has reached, the sessions of a unit, and the year's table document × unit."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from thidua.clusters.access import may, member_ids
from thidua.clusters.models import ClusterYear
from thidua.clusters.queries import members
from thidua.clusters.rules import Stage
from thidua.directives import rules
from thidua.directives.access import STUDY
from thidua.directives.models import (
    Audience,
    Directive,
    Distribution,
    DueAction,
    StudyCount,
    StudyForm,
    StudySession,
    UnitSize,
)
from thidua.kernel.actor import Actor
from thidua.people.models import Organisation

PAGE = 50
OFFERED = 40
NAMED = ("kind", "number_text", "title", "is_class", "issued_on", "cluster_id")
"""What naming a document needs: its text stays in the database."""


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a document, or all documents, have come in a unit: sessions held, people invited and attended, members who
    attended, and the unit's members (None: not entered)."""

    sessions: int = 0
    invited: int = 0
    attended: int = 0
    members: int = 0
    size: int | None = None

    @property
    def share(self) -> Decimal | None:
        """Members reached in percent; None while the size is not entered or nothing was held."""
        return rules.share(self.members, self.size) if self.sessions else None

    @property
    def is_over(self) -> bool:
        """Whether some came to several sessions, so that the share says more than 100."""
        return self.size is not None and self.members > self.size


@dataclass(frozen=True, slots=True)
class UnitReach:
    """A unit with how far a document has come in it."""

    unit: Organisation
    reach: Reach


@dataclass(frozen=True, slots=True)
class Studied:
    """Study of a document in the year: a line for each unit that has held a session, sums, and the actor's own units that
    may record one (empty for those who may not and in a closed year)."""

    directive: Directive
    rows: list[UnitReach]
    units: int
    total: Reach
    own: list[Organisation]


def sizes_of(year: ClusterYear) -> dict[int, int]:
    """Members of the Party by unit, as entered. One query; read once for each object of the year."""
    if "_directives_sizes" not in year.__dict__:
        year.__dict__["_directives_sizes"] = dict(UnitSize.objects.filter(year=year).values_list("unit_id", "members"))
    return dict(year.__dict__["_directives_sizes"])


def reach_of(year: ClusterYear, directive: Directive) -> dict[int, Reach]:
    """How far a document has come, by unit; units without a session are not in it. Two queries."""
    counts = _summed(StudyCount.objects.filter(session__year=year, session__directives=directive).values("session__unit"))
    sizes = sizes_of(year)
    return {row["session__unit"]: _reach(row, sizes.get(row["session__unit"])) for row in counts}


def _summed(counts: QuerySet) -> QuerySet:
    """Adds the sums that `_reach` reads. Every session has counts: the rules want somebody there."""
    return counts.annotate(
        held=Count("session", distinct=True),
        all_invited=Sum("invited"),
        all_attended=Sum("attended"),
        members=Coalesce(Sum("attended", filter=Q(audience=Audience.MEMBERS)), 0),
    ).order_by()


def _reach(row: dict, size: int | None) -> Reach:
    return Reach(row["held"], row["all_invited"], row["all_attended"], row["members"], size)


def total_of(reaches: Iterable[Reach]) -> Reach:
    """The sums. The share of the sum is over the units that have entered their size: members of the others are left out."""
    sums = list(reaches)
    sized = [reach for reach in sums if reach.size is not None]
    return Reach(
        sum(reach.sessions for reach in sums),
        sum(reach.invited for reach in sums),
        sum(reach.attended for reach in sums),
        sum(reach.members for reach in sized),
        sum(reach.size or 0 for reach in sized) or None,
    )


def study_of(year: ClusterYear, directive: Directive, actor: Actor | None = None) -> Studied:
    """What the document's page shows of study. Three queries (members are read once for the page). The sums are over the
    members that were sent it for study or have studied it."""
    reaches = reach_of(year, directive)
    sizes = sizes_of(year)
    sent = Distribution.objects.filter(year=year, directive=directive, due_action=DueAction.STUDY)
    asked = set(sent.values_list("unit_id", flat=True))
    units = members(year)
    rows = [UnitReach(unit, reaches[unit.pk]) for unit in units if unit.pk in reaches]
    concerned = [unit.pk for unit in units if unit.pk in asked or unit.pk in reaches]
    total = total_of(reaches.get(unit, Reach(size=sizes.get(unit))) for unit in concerned)
    return Studied(directive, rows, len(units), total, own_units(year, actor))


def own_units(year: ClusterYear, actor: Actor | None) -> list[Organisation]:
    """Member units whose sessions the actor may record now; none in a closed year."""
    if actor is None or year.stage == Stage.CLOSED or not may(STUDY, actor, year):
        return []
    places = actor.organisations(*STUDY.roles)
    return [unit for unit in members(year) if unit.pk in places]


def may_study(actor: Actor, year: ClusterYear, unit: Organisation) -> bool:
    """Whether the actor may record sessions of the unit now; for showing a button. The action asks again."""
    return year.stage != Stage.CLOSED and unit.pk in member_ids(year) and may(STUDY, actor, year, unit.pk)


# ---- sessions of a unit ----


def sessions_of(year: ClusterYear, unit: Organisation) -> QuerySet[StudySession]:
    """The unit's sessions, newest first, with their documents (without the text) and counts. Three queries when read."""
    documents = Prefetch("directives", Directive.objects.only(*NAMED).order_by("issued_on", "pk"))
    return StudySession.objects.filter(year=year, unit=unit).prefetch_related(documents, "counts").select_related("unit")


@dataclass(frozen=True, slots=True)
class SessionLine:
    """A session in a list: its documents and the sums of its counts."""

    session: StudySession
    documents: list[Directive]
    invited: int
    attended: int
    members: int


def line_of(session: StudySession) -> SessionLine:
    """A session's line; no query for one out of `sessions_of`."""
    counts = list(session.counts.all())
    return SessionLine(
        session,
        list(session.directives.all()),
        sum(count.invited for count in counts),
        sum(count.attended for count in counts),
        sum(count.attended for count in counts if count.audience == Audience.MEMBERS),
    )


@dataclass(frozen=True, slots=True)
class SessionFilter:
    """What the address bar asks of a unit's sessions; empty asks for nothing. `oldest`: the oldest first."""

    form: str = ""
    document: int | None = None
    oldest: bool = False


def filtered_sessions(year: ClusterYear, unit: Organisation, wanted: SessionFilter) -> QuerySet[StudySession]:
    """The sessions that are asked for."""
    found = sessions_of(year, unit)
    if wanted.form in StudyForm.values:
        found = found.filter(form=wanted.form)
    if wanted.document:
        found = found.filter(directives=wanted.document)
    return found.order_by("held_on", "pk") if wanted.oldest else found


def page_of_sessions(year: ClusterYear, unit: Organisation, wanted: SessionFilter, number: str) -> Page:
    """A page of the lines. Four queries."""
    page = Paginator(filtered_sessions(year, unit, wanted), PAGE).get_page(number)
    page.object_list = [line_of(session) for session in page.object_list]
    return page


def total_of_unit(year: ClusterYear, unit: Organisation) -> Reach:
    """Sums over all sessions of a unit. One query (sizes apart)."""
    rows = _summed(StudyCount.objects.filter(session__year=year, session__unit=unit).values("session__unit"))
    row = next(iter(rows), None)
    size = sizes_of(year).get(unit.pk)
    return _reach(row, size) if row else Reach(size=size)


@dataclass(frozen=True, slots=True)
class DocumentReach:
    """A document with how far it has come in a unit."""

    directive: Directive
    reach: Reach


def documents_of_unit(year: ClusterYear, unit: Organisation) -> list[DocumentReach]:
    """Each document that the unit has studied in the year, the newest first. Two queries (sizes apart)."""
    size = sizes_of(year).get(unit.pk)
    counts = StudyCount.objects.filter(session__year=year, session__unit=unit).values("session__directives")
    reaches = {row["session__directives"]: _reach(row, size) for row in _summed(counts)}
    documents = Directive.objects.filter(pk__in=reaches).only(*NAMED)
    return [DocumentReach(directive, reaches[directive.pk]) for directive in documents]


def offered(year: ClusterYear, unit: Organisation, chosen: Iterable[int] = ()) -> list[Directive]:
    """Documents that the form of a session offers: those chosen, then those last sent to the unit, OFFERED at most. Any other
    of the register is named by its number. Without their text. Two queries."""
    wanted = set(chosen)
    documents = Directive.objects.filter(cluster=year.cluster_id).only(*NAMED)
    picked = list(documents.filter(pk__in=wanted)) if wanted else []
    sent = Distribution.objects.filter(year=year, unit=unit, directive=OuterRef("pk"))
    held = StudySession.directives.through.objects.filter(
        studysession__year=year, studysession__unit=unit, directive=OuterRef("pk")
    )
    rest = documents.filter(Exists(sent)).exclude(pk__in=wanted).annotate(studied=Exists(held))
    return [*picked, *rest.order_by("studied", "-issued_on", "-pk")[:OFFERED]]


def numbered(year: ClusterYear, numbers: Sequence[str]) -> dict[str, list[int]]:
    """Ids of the register's documents that bear each number, as typed or in capitals. One query, none for no number."""
    spellings = {spelling for number in numbers for spelling in (number, number.upper())}
    ids: dict[str, list[int]] = {}
    if spellings:
        found = Directive.objects.filter(cluster=year.cluster_id, number_text__in=spellings).order_by("pk")
        for pk, text in found.values_list("pk", "number_text"):
            ids.setdefault(text, []).append(pk)
    return {number: ids.get(number) or ids.get(number.upper(), []) for number in numbers}


# ---- the year's table ----


@dataclass(frozen=True, slots=True)
class Box:
    """A cell of the table. `state`: "done" (share or, without a size, only that it was held), "blank" (sent for study and
    not studied), "" (not asked)."""

    state: str
    reach: Reach


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """A document with a box for each unit in the order of the papers, and its sums over the boxes that are not empty."""

    directive: Directive
    boxes: list[Box]
    total: Reach
    blanks: int


@dataclass(frozen=True, slots=True)
class Summary:
    """A page of the table document × unit; `totals` are sums over every document of the year, unit by unit."""

    units: list[Organisation]
    page: Page
    rows: list[SummaryRow]
    totals: list[Reach]
    total: Reach
    sizes: list[int | None]


def to_study(year: ClusterYear) -> QuerySet[Directive]:
    """The documents that were sent for study in the year, or studied without being sent, newest first."""
    sent = Distribution.objects.filter(year=year, directive=OuterRef("pk"), due_action=DueAction.STUDY)
    held = StudySession.directives.through.objects.filter(studysession__year=year, directive=OuterRef("pk"))
    return Directive.objects.filter(Exists(sent) | Exists(held), cluster=year.cluster_id).only(*NAMED)


def summary_of(year: ClusterYear, number: str, *, blanks_only: bool = False, per_page: int = PAGE) -> Summary:
    """A page of the table. Six queries, whatever the number of units and documents (members are read once for the page).

    `blanks_only`: documents that some member was sent for study and has not studied.
    """
    units = members(year)
    ids = [unit.pk for unit in units]
    documents = _with_blanks(year, ids) if blanks_only else to_study(year)
    page = Paginator(documents, per_page).get_page(number)
    shown = [directive.pk for directive in page.object_list]
    sizes = sizes_of(year)
    reaches = _reach_by_document(year, shown, sizes)
    asked = set(
        Distribution.objects.filter(year=year, directive__in=shown, due_action=DueAction.STUDY).values_list("directive", "unit")
    )
    rows = [_summary_row(directive, ids, reaches, asked, sizes) for directive in page.object_list]
    totals = _totals_by_unit(year, ids, sizes)
    return Summary(units, page, rows, totals, total_of(totals), [sizes.get(unit) for unit in ids])


def _with_blanks(year: ClusterYear, ids: list[int]) -> QuerySet[Directive]:
    held = StudySession.objects.filter(year=year, unit=OuterRef("unit"), directives=OuterRef("directive"))
    blank = Distribution.objects.filter(
        ~Exists(held), year=year, directive=OuterRef("pk"), unit__in=ids, due_action=DueAction.STUDY
    )
    return Directive.objects.filter(Exists(blank), cluster=year.cluster_id).only(*NAMED)


def _reach_by_document(year: ClusterYear, shown: list[int], sizes: dict[int, int]) -> dict[tuple[int, int], Reach]:
    counts = StudyCount.objects.filter(session__year=year, session__directives__in=shown)
    rows = _summed(counts.values("session__directives", "session__unit"))
    return {(row["session__directives"], row["session__unit"]): _reach(row, sizes.get(row["session__unit"])) for row in rows}


def _summary_row(
    directive: Directive,
    ids: list[int],
    reaches: dict[tuple[int, int], Reach],
    asked: set[tuple[int, int]],
    sizes: dict[int, int],
) -> SummaryRow:
    boxes = []
    for unit in ids:
        reach = reaches.get((directive.pk, unit))
        if reach:
            boxes.append(Box("done", reach))
        else:
            boxes.append(Box("blank" if (directive.pk, unit) in asked else "", Reach(size=sizes.get(unit))))
    return SummaryRow(
        directive, boxes, total_of(box.reach for box in boxes if box.state), sum(box.state == "blank" for box in boxes)
    )


def _totals_by_unit(year: ClusterYear, ids: list[int], sizes: dict[int, int]) -> list[Reach]:
    rows = _summed(StudyCount.objects.filter(session__year=year).values("session__unit"))
    found = {row["session__unit"]: _reach(row, sizes.get(row["session__unit"])) for row in rows}
    return [found.get(unit, Reach(size=sizes.get(unit))) for unit in ids]
