"""Reads for the pages of clusters."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from thidua.clusters.access import RUN_YEAR, clusters_to_open_by, may, years_visible_to
from thidua.clusters.models import Cluster, ClusterYear, Membership, RotationPlace, StageChoice, StageDates
from thidua.clusters.rules import STAGES, Stage, next_stage, place, proposed_head
from thidua.kernel import ports
from thidua.kernel.actor import Actor, Role
from thidua.kernel.text import sort_key
from thidua.people.models import Organisation
from thidua.people.queries import leaders_of


@dataclass(frozen=True, slots=True)
class Step:
    """A stage on the line of the year. `state`: done, now or later."""

    stage: Stage
    title: object
    state: str
    starts_on: date | None
    due_on: date | None
    days_left: int | None


def members(year: ClusterYear) -> list[Organisation]:
    """The member units in the order of the papers. One query; read once for each object of the year, for access as well."""
    if "_members" not in year.__dict__:
        places = year.memberships.select_related("organisation").order_by("position")
        year.__dict__["_members"] = [place.organisation for place in places]
        year.__dict__["_member_ids"] = frozenset(unit.pk for unit in year.__dict__["_members"])
    return list(year.__dict__["_members"])


def dates_of(year: ClusterYear) -> dict[str, StageDates]:
    """The calendar by stage. One query; read once for each object of the year."""
    if "_dates" not in year.__dict__:
        year.__dict__["_dates"] = {row.stage: row for row in StageDates.objects.filter(year=year)}
    return dict(year.__dict__["_dates"])


def line_of_stages(year: ClusterYear, today: date) -> list[Step]:
    """The nine stages with their dates. One query."""
    dates = dates_of(year)
    steps = []
    for stage in STAGES:
        row = dates.get(stage)
        state = "now" if stage == year.stage else "done" if place(stage) < place(year.stage) else "later"
        due = row.due_on if row else None
        left = (due - today).days if due and state == "now" else None
        steps.append(Step(stage, StageChoice(stage).label, state, row.starts_on if row else None, due, left))
    return steps


@dataclass(frozen=True, slots=True)
class Move:
    """A move of the year between stages, its stages by their titles."""

    moved_at: datetime
    came_from: str
    stage: str
    moved_by: str
    reason: str


def moves_of(year: ClusterYear) -> list[Move]:
    """How the year came to its stage, the first move first. One query."""
    titles = {str(stage): str(stage.label) for stage in StageChoice}
    return [
        Move(move.moved_at, titles[move.came_from], titles[move.stage], move.moved_by, move.reason) for move in year.moves.all()
    ]


def due_on(year: ClusterYear, stage: Stage) -> date | None:
    """By when the work of a stage is due, if the head has said so. One query."""
    row = dates_of(year).get(stage)
    return row.due_on if row else None


def missing_before(year: ClusterYear, stage: Stage) -> list[ports.Missing]:
    """What every slice says is missing before the year may enter the stage."""
    return [gap for check in ports.STAGE_CHECKS.get(stage, ()) for gap in check(year)]


def next_head(year: ClusterYear) -> Organisation | None:
    """Who the rotation proposes as head after this year. Three queries at most."""
    rotation = list(RotationPlace.objects.filter(cluster=year.cluster_id).values_list("organisation_id", flat=True))
    found = proposed_head(rotation, [unit.pk for unit in members(year)], year.head_id)
    return Organisation.objects.filter(pk=found).first() if found else None


def years_for(actor: Actor) -> list[ClusterYear]:
    """Years that the actor may see, newest first, by cluster."""
    return sorted(years_visible_to(actor), key=lambda y: (-y.year, y.cluster.name_vi))


def frame_of(actor: Actor, year: ClusterYear, tab: str) -> dict[str, object]:
    """What every page of a year gives to web/year.html: the year, its tabs and which one is open."""
    return {"year": year, "tabs": [entry for offer in ports.TABS for entry in offer(actor, year)], "tab_key": tab}


@dataclass(frozen=True, slots=True)
class BoardRow:
    """A unit's line on the board: one cell or None for each title."""

    unit: Organisation
    is_head: bool
    is_deputy: bool
    mine: bool
    cells: list[ports.Cell | None]


@dataclass(frozen=True, slots=True)
class Board:
    """The table unit × stage."""

    titles: list[object]
    rows: list[BoardRow]


def board(actor: Actor, year: ClusterYear) -> Board:
    """The board with the columns that the slices offer to this person. One query, and those of the columns."""
    units, own = members(year), actor.organisations()
    columns = [column for offer in ports.COLUMNS for column in offer(actor, year)]
    rows = [
        BoardRow(u, u.pk == year.head_id, u.pk == year.deputy_id, u.pk in own, [column.cells.get(u.pk) for column in columns])
        for u in units
    ]
    return Board([column.title for column in columns], rows)


def calendar_values(year: ClusterYear) -> dict[str, date | None]:
    """The dates as the form names them. One query."""
    values: dict[str, date | None] = {}
    for stage, row in dates_of(year).items():
        values[f"{stage}-starts_on"], values[f"{stage}-due_on"] = row.starts_on, row.due_on
    return values


def managed_clusters(actor: Actor) -> list[Cluster]:
    """Clusters under the superior bodies where the actor is an officer, by name."""
    above = actor.organisations(Role.SUPERIOR_OFFICER)
    return sorted(Cluster.objects.filter(superior_body__in=above), key=lambda c: sort_key(c.name_vi)) if above else []


def rotation_of(cluster: Cluster) -> tuple[list[Organisation], dict[int, int]]:
    """Units that are or were members, and the places (1, 2, …) they have in the rotation. Two queries."""
    were = Membership.objects.filter(year__cluster=cluster).values("organisation")
    units = Organisation.objects.filter(Q(pk__in=were) | Q(pk__in=cluster.rotation.values("organisation")))
    places = dict(RotationPlace.objects.filter(cluster=cluster).values_list("organisation_id", "position"))
    return sorted(units, key=lambda u: (places.get(u.pk, 999), u.order)), places


def rotation_units(cluster: Cluster) -> list[Organisation]:
    """The units of the rotation in their order. One query."""
    return [p.organisation for p in cluster.rotation.select_related("organisation")]


def heads_so_far(cluster: Cluster) -> list[ClusterYear]:
    """The years with head and deputy, newest first. One query."""
    return list(ClusterYear.objects.filter(cluster=cluster).select_related("head", "deputy").order_by("-year"))


def overview_tab(actor: Actor, year: ClusterYear) -> list[ports.Tab]:
    """The year's page itself, first among the tabs."""
    return [ports.Tab("year", _("Toàn cảnh"), reverse("clusters:year", args=[year.cluster.slug, year.year]))]


def settings_tab(actor: Actor, year: ClusterYear) -> list[ports.Tab]:
    """Calendar, members and rules for those who run the year, last among the tabs."""
    if year.stage == Stage.CLOSED or not may(RUN_YEAR, actor, year):
        return []
    return [ports.Tab("settings", _("Thiết lập"), reverse("clusters:calendar", args=[year.cluster.slug, year.year]))]


def missing_calendar(year: ClusterYear) -> list[ports.Missing]:
    """Before the pledge the head has said by when units score themselves and when the conference is."""
    known = dates_of(year)
    address = reverse("clusters:calendar", args=[year.cluster.slug, year.year])
    wanted = (Stage.SELF_SCORING, Stage.CROSS_CHECKING)
    return [
        ports.Missing("clusters.no_due_date", {"stage": stage}, address)
        for stage in wanted
        if stage not in known or known[stage].due_on is None
    ]


def lacks_secretary(actor: Actor, year: ClusterYear, now: datetime) -> bool:
    """Whether nobody holds the post of secretary at the head of an open year; asked only for people of the head and of the
    superior body, who can do something about it. One query; none for whoever is the secretary."""
    concerned = actor.organisations() & {year.head_id, year.cluster.superior_body_id}
    if year.stage == Stage.CLOSED or not concerned or year.head_id in actor.organisations(Role.HEAD_SECRETARY):
        return False
    return not leaders_of([year.head_id], Role.HEAD_SECRETARY, now)


def missing_next_year(year: ClusterYear) -> list[ports.Missing]:
    """Before the year closes the next one has been opened, so that the head's office passes on."""
    if ClusterYear.objects.filter(previous=year).exists():
        return []
    address = reverse("clusters:next_year", args=[year.cluster.slug, year.year])
    return [ports.Missing("clusters.no_next_year", {"year": year.year + 1}, address)]


READY = (Stage.PREPARING, Stage.SELF_SCORING, Stage.CROSS_CHECKING, Stage.CONFERENCE, Stage.DECIDED)
"""Stages that end when their work is done; the others last until their day."""


def work(actor: Actor, now: datetime) -> list[ports.Work]:
    """WORK: opening a first year; for those who run a year its calendar, its next stage, the year after; and, for the head's
    leader and the superior body, a head unit without a secretary. Three queries, and for each year that one heads its checks."""
    heads, above = actor.organisations(Role.HEAD_SECRETARY), actor.organisations(Role.SUPERIOR_OFFICER)
    leads = actor.organisations(Role.UNIT_LEADER)
    found = [
        ports.Work(_("Mở năm thi đua đầu tiên"), cluster, reverse("clusters:first_year", args=[cluster.slug]), None)
        for cluster in clusters_to_open_by(actor)
    ]
    following = ClusterYear.objects.filter(previous=OuterRef("pk"))
    mine = Q(head__in=heads | leads) | Q(cluster__superior_body__in=above)
    years = list(
        ClusterYear.objects.filter(mine)
        .exclude(stage=Stage.CLOSED)
        .select_related("cluster", "head")
        .annotate(is_followed=Exists(following))
        .prefetch_related("dates")
    )
    secretaries = leaders_of([year.head_id for year in years], Role.HEAD_SECRETARY, now) if years else {}
    for year in years:
        if not secretaries.get(year.head_id):
            found.append(
                ports.Work(_("Nhờ quản trị giao chức vụ thư ký cụm cho đơn vị cụm trưởng"), year, year.get_absolute_url(), None)
            )
        elif year.head_id in heads or year.cluster.superior_body_id in above:
            found += _work_of_year(year, year.head_id in heads, localdate(now))
    return found


def _work_of_year(year: ClusterYear, is_head: bool, today: date) -> list[ports.Work]:
    dates = {row.stage: row for row in year.dates.all()}
    address, following = [year.cluster.slug, year.year], next_stage(year.stage)
    if not dates:
        return [ports.Work(_("Đặt lịch các giai đoạn"), year, reverse("clusters:calendar", args=address), None)]
    due = dates[year.stage].due_on if year.stage in dates else None
    begins = dates[following].starts_on if following in dates else None
    by_date = (due and due <= today) or (begins and begins <= today)
    found = []
    if following and (by_date or (is_head and year.stage in READY and not missing_before(year, following))):
        title = format_lazy(_("Chuyển sang giai đoạn “{stage}”"), stage=StageChoice(following).label)
        found.append(ports.Work(title, year, reverse("clusters:advance", args=address), due))
    if is_head and year.stage == Stage.DECIDED and not year.is_followed:
        found.append(ports.Work(_("Mở năm sau"), year, reverse("clusters:next_year", args=address), None))
    return found
