"""Reads of distribution: which unit has got a document and confirmed it, what has come in for a unit, and what waits."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from operator import or_

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Window
from django.db.models.lookups import IsNull
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from thidua.clusters.access import may, member_ids
from thidua.clusters.models import ClusterYear, Membership
from thidua.clusters.queries import members
from thidua.clusters.rules import Stage
from thidua.directives.access import DISTRIBUTE, RECEIVE
from thidua.directives.models import Directive, Distribution, DueAction, StudySession
from thidua.directives.queries.study import Reach, reach_of, sizes_of
from thidua.kernel.actor import Actor
from thidua.kernel.ports import Work
from thidua.people.models import Organisation

PAGE = 50
MOST_WORK = 10


@dataclass(frozen=True, slots=True)
class UnitState:
    """What a unit has of a document: whether and how it was sent (None: not sent), and how far study has come."""

    unit: Organisation
    sent: Distribution | None
    reach: Reach
    is_late: bool = False


@dataclass(frozen=True, slots=True)
class Distributed:
    """A document's way to the units: a line for each member in the order of the papers, then units that have left after it
    was sent; how many were sent and have confirmed; the actor's own unconfirmed ones; whether the actor may send it."""

    directive: Directive
    rows: list[UnitState]
    sent: int
    received: int
    mine: list[Distribution]
    may_send: bool

    @property
    def units_sent(self) -> list[Organisation]:
        """The units to which it was sent."""
        return [row.unit for row in self.rows if row.sent]

    @property
    def unsent(self) -> list[UnitState]:
        """The units to which it was not sent."""
        return [row for row in self.rows if row.sent is None]


def distribution_of(year: ClusterYear, directive: Directive, actor: Actor | None = None) -> Distributed:
    """What the document's page shows of its distribution. One query (members are read once for the page)."""
    return _distributed(year, directive, actor, {}, None)


def state_of(year: ClusterYear, directive: Directive, actor: Actor, today: date) -> Distributed:
    """The same with study, unit by unit, and who is late. Three queries (members are read once for the page)."""
    return _distributed(year, directive, actor, reach_of(year, directive), today)


def _distributed(
    year: ClusterYear, directive: Directive, actor: Actor | None, reaches: dict[int, Reach], today: date | None
) -> Distributed:
    sent = {row.unit_id: row for row in Distribution.objects.filter(year=year, directive=directive).select_related("unit")}
    units = members(year)
    present = member_ids(year)
    units += [row.unit for row in sent.values() if row.unit_id not in present]
    sizes = sizes_of(year) if reaches else {}
    rows = []
    for unit in units:
        reach = reaches.get(unit.pk, Reach(size=sizes.get(unit.pk)))
        rows.append(UnitState(unit, sent.get(unit.pk), reach, _is_late(sent.get(unit.pk), reach, today)))
    is_open = actor is not None and year.stage != Stage.CLOSED
    own = actor.organisations(*RECEIVE.roles) & present if actor and is_open else frozenset()
    return Distributed(
        directive,
        rows,
        len(sent),
        sum(row.received_at is not None for row in sent.values()),
        [row for row in sent.values() if row.unit_id in own and row.received_at is None],
        bool(actor and is_open and may(DISTRIBUTE, actor, year)),
    )


def _is_late(sent: Distribution | None, reach: Reach, today: date | None) -> bool:
    """Past its due date, and either not received or to be studied and not studied. Programmes and reports have pages of
    their own that say what is late."""
    if sent is None or today is None or sent.due_on is None or sent.due_on >= today:
        return False
    return sent.received_at is None or (sent.due_action == DueAction.STUDY and not reach.sessions)


def seen_of(distribution: Distribution) -> str:
    """What a form saw of a distribution, by which it notices that someone else has changed it meanwhile."""
    return f"{distribution.due_action} {distribution.due_on or ''}".strip()


# ---- what has come in for a unit ----


@dataclass(frozen=True, slots=True)
class InboxFilter:
    """What the address bar asks of the documents that have come in. `state`: waiting, study (to be studied, no session yet)
    or empty for all; `newest`: by the day of sending instead of by due date."""

    state: str = ""
    action: str = ""
    newest: bool = False


def inbox_units(actor: Actor, year: ClusterYear) -> list[Organisation]:
    """Member units at which the actor holds a post."""
    places = actor.organisations()
    return [unit for unit in members(year) if unit.pk in places]


def inbox_of(year: ClusterYear, unit_ids: Collection[int], wanted: InboxFilter) -> QuerySet[Distribution]:
    """Documents sent to the units in the year: those waiting for receipt first, then by due date (or the newest first),
    each with `studied` (whether a session has covered it). Without texts. One query."""
    held = StudySession.objects.filter(year=year, unit=OuterRef("unit"), directives=OuterRef("directive"))
    found = Distribution.objects.filter(year=year, unit__in=unit_ids).annotate(studied=Exists(held))
    if wanted.state == "waiting":
        found = found.filter(received_at__isnull=True)
    elif wanted.state == "study":
        found = found.filter(due_action=DueAction.STUDY, studied=False)
    if wanted.action in DueAction.values:
        found = found.filter(due_action=wanted.action)
    last = ("-sent_at", "-pk") if wanted.newest else (F("due_on").asc(nulls_last=True), "-sent_at", "-pk")
    ordered = found.order_by(IsNull(F("received_at"), False), *last)
    return ordered.select_related("directive__issuer", "unit").defer("directive__text", "directive__folded", "directive__note")


def page_of_inbox(year: ClusterYear, unit_ids: Collection[int], wanted: InboxFilter, number: str) -> Page:
    """A page of them. Two queries."""
    return Paginator(inbox_of(year, unit_ids, wanted), PAGE).get_page(number)


# ---- what waits for a person ----


def work(actor: Actor, now: datetime) -> list[Work]:
    """WORK of a unit's officer and leader: receipts to confirm, then studies to record, by due date; at most MOST_WORK rows
    and one that tells how many more. Two queries, in open years of which the unit is still a member."""
    places = actor.organisations(*RECEIVE.roles)
    if not places:
        return []
    open_years = Membership.objects.filter(organisation__in=places).exclude(year__stage=Stage.CLOSED)
    pairs = set(open_years.values_list("year", "organisation"))
    if not pairs:
        return []
    mine = reduce(or_, (Q(year=year, unit=unit) for year, unit in sorted(pairs)))
    held = StudySession.directives.through.objects.filter(
        directive=OuterRef("directive"), studysession__year=OuterRef("year"), studysession__unit=OuterRef("unit")
    )
    waiting = (
        Distribution.objects.filter(mine)
        .filter(Q(received_at__isnull=True) | (Q(due_action=DueAction.STUDY) & ~Exists(held)))
        .annotate(total=Window(Count("pk")))
        .select_related("year__cluster", "unit", "directive")
        .defer("directive__text", "directive__folded", "directive__note")
        .order_by(F("due_on").asc(nulls_last=True), "sent_at", "pk")
    )
    rows = list(waiting[:MOST_WORK])
    found = [_work_of(row) for row in rows]
    if rows and rows[0].total > len(rows):
        more = rows[0].total - len(rows)
        title = ngettext_lazy("và %(n)d văn bản khác chờ xử lý", "và %(n)d văn bản khác chờ xử lý", "n") % {"n": more}
        found.append(Work(title, rows[-1].unit, inbox_address(rows[-1].year), None))
    return found


def _work_of(row: Distribution) -> Work:
    if row.received_at is None:
        title = format_lazy(_("Xác nhận đã nhận {name}"), name=row.directive.name)
        return Work(title, row.unit, inbox_address(row.year), row.due_on)
    title = format_lazy(_("Ghi buổi học tập, quán triệt {name}"), name=row.directive.name)
    return Work(title, row.unit, record_address(row.year, row.unit, row.directive_id), row.due_on)


def inbox_address(year: ClusterYear) -> str:
    """The page of documents that have come in."""
    return reverse("directives:inbox", args=[year.cluster.slug, year.year])


def record_address(year: ClusterYear, unit: Organisation, directive_id: int) -> str:
    """The page that records a unit's session about a document."""
    return f"{reverse('directives:record_session', args=[year.cluster.slug, year.year, unit.slug])}?van-ban={directive_id}"
