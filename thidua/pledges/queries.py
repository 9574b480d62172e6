"""Reads of the pledge: its text as it stands, who has set targets and who has confirmed, and what waits to be done."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from thidua.clusters.access import member_ids
from thidua.clusters.models import ClusterYear, Membership, StageDates
from thidua.clusters.queries import members
from thidua.clusters.rules import Stage
from thidua.criteria.models import CriteriaVersion
from thidua.criteria.queries import published_version, table_of
from thidua.kernel.actor import Actor, Role
from thidua.kernel.ports import Cell, Column, Missing, Tab, Work
from thidua.people.models import Organisation
from thidua.pledges import rules
from thidua.pledges.access import CONFIRM_PLEDGE, SET_TARGETS
from thidua.pledges.models import Confirmation, Pledge, UnitTarget
from thidua.pledges.rules import Status


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit on the board of the pledge: its targets and its confirmation, if any."""

    unit: Organisation
    targets: list[UnitTarget]
    confirmation: Confirmation | None


def pledge_of(year: ClusterYear) -> Pledge | None:
    """The year's pledge. One query."""
    return Pledge.objects.filter(year=year).first()


def targets_of(pledge: Pledge, unit: Organisation) -> list[UnitTarget]:
    """What the unit sets itself, in its order. One query."""
    return list(UnitTarget.objects.filter(pledge=pledge, unit=unit))


def fingerprint(targets: list[UnitTarget]) -> str:
    """A short code of the targets as they stand, by which a form notices that someone else has saved meanwhile."""
    return rules.digest("\n".join(rules.target_line(target.value) for target in targets))[:16]


def board(pledge: Pledge, units: list[Organisation]) -> list[UnitRow]:
    """The units with targets and confirmations. Two queries."""
    targets: dict[int, list[UnitTarget]] = {}
    for target in UnitTarget.objects.filter(pledge=pledge):
        targets.setdefault(target.unit_id, []).append(target)
    confirmed = {confirmation.unit_id: confirmation for confirmation in Confirmation.objects.filter(pledge=pledge)}
    return [UnitRow(unit, targets.get(unit.pk, []), confirmed.get(unit.pk)) for unit in units]


def rubric_of(year: ClusterYear, version: CriteriaVersion | None) -> rules.Rubric | None:
    """The criteria in force as the pledge states them. One query, none when the table is remembered.

    Refuses a tie-break that the table does not know (pledges.tie_break_unknown).
    """
    if version is None:
        return None
    table = table_of(version)
    return rules.Rubric(
        title=version.title,
        number=version.number,
        decision=version.decision,
        digest=version.digest,
        sections=rules.section_lines(table),
        tie_break=rules.tie_break_lines(year.tie_break, table),
    )


def text_of(pledge: Pledge, year: ClusterYear, rows: list[UnitRow]) -> str:
    """The text: the frozen one, or the draft as it would be frozen now. Two queries for a draft."""
    if pledge.is_open:
        return pledge.frozen_text
    return rules.compose(
        cluster=year.cluster.name_vi,
        year=year.year,
        preamble=pledge.preamble,
        body=pledge.body,
        rubric=rubric_of(year, published_version(year)),
        targets=[(row.unit.name_vi, [target.value for target in row.targets]) for row in rows],
        illustrative=year.illustrative,
    )


def is_outdated(pledge: Pledge, year: ClusterYear, version_id: int | None) -> bool:
    """Whether what the frozen text rests on (criteria in force, tie-break, members) has changed since."""
    return pledge.is_open and (
        pledge.version_id != version_id or pledge.tie_break != year.tie_break or set(pledge.unit_ids) != member_ids(year)
    )


def pinned(actor: Actor, year: ClusterYear) -> dict[int, list[tuple[object, str]]]:
    """PINNED: the version on which the frozen pledge rests. One query."""
    rests_on = Pledge.objects.filter(year=year, status=Status.OPEN.value).values_list("version_id", flat=True)
    return {version: [(_("Giao ước của năm"), address(year))] for version in rests_on if version is not None}


def members_with_targets(pledge: Pledge, year: ClusterYear) -> list[UnitRow]:
    """The board over the members of the year. Three queries."""
    return board(pledge, members(year))


def tabs(actor: Actor, year: ClusterYear) -> list[Tab]:
    """The pledge page, for everyone who sees the year. No query."""
    return [Tab("pledge", _("Giao ước"), address(year))]


def columns(actor: Actor, year: ClusterYear) -> list[Column]:
    """Who has confirmed. Two queries at most (members are read once for the page)."""
    url = address(year)
    pledge, status = Pledge.objects.filter(year=year).values_list("pk", "status").first() or (None, Status.DRAFTING)
    if status != Status.OPEN:
        waiting = Cell("wait", _("chưa soạn") if pledge is None else _("đang soạn"), url)
        return [Column(_("Giao ước"), dict.fromkeys(member_ids(year), waiting))]
    signed = frozenset(Confirmation.objects.filter(pledge=pledge).order_by().values_list("unit_id", flat=True))
    done, due = Cell("ok", _("đã ký"), url), Cell("due", _("chờ ký"), url)
    return [Column(_("Giao ước"), {unit: done if unit in signed else due for unit in member_ids(year)})]


def missing_for_pledged(year: ClusterYear) -> list[Missing]:
    """A year is pledged when every member has confirmed a frozen text that still holds. Two queries (members apart)."""
    url = address(year)
    in_force = CriteriaVersion.objects.filter(year=OuterRef("year"), published_at__isnull=False).order_by("-number")
    pledge = Pledge.objects.filter(year=year).annotate(in_force=Subquery(in_force.values("pk")[:1])).first()
    if pledge is None:
        return [Missing("pledges.not_drafted", {}, url)]
    if not pledge.is_open:
        return [Missing("pledges.not_frozen", {}, url)]
    if is_outdated(pledge, year, pledge.in_force):
        return [Missing("pledges.outdated", {}, url)]
    signed = Confirmation.objects.filter(pledge=pledge, unit=OuterRef("organisation"))
    late = Membership.objects.filter(~Exists(signed), year=year).select_related("organisation")
    return [Missing("pledges.not_confirmed", {"unit": membership.organisation.name_vi}, url) for membership in late]


def work(actor: Actor, now: datetime) -> list[Work]:
    """For the head's secretary: write, freeze. For a unit: enter targets, confirm. Two queries at most."""
    return [*_work_of_heads(actor), *_work_of_units(actor)]


def _work_of_heads(actor: Actor) -> list[Work]:
    heads = actor.organisations(Role.HEAD_SECRETARY)
    if not heads:
        return []
    criteria = CriteriaVersion.objects.filter(year=OuterRef("pk"), published_at__isnull=False)
    years = ClusterYear.objects.filter(Exists(criteria), head__in=heads, stage=Stage.PREPARING).annotate(
        status=_status_of("pk"), due_on=_due_of("pk")
    )
    return [
        Work(_("Soạn giao ước thi đua") if year.status is None else _("Chốt giao ước thi đua"), year, address(year), year.due_on)
        for year in years.filter(Q(status__isnull=True) | Q(status=Status.DRAFTING)).select_related("cluster")
    ]


def _work_of_units(actor: Actor) -> list[Work]:
    places, leads = actor.organisations(*SET_TARGETS.roles), actor.organisations(*CONFIRM_PLEDGE.roles)
    if not places:
        return []
    targets = UnitTarget.objects.filter(pledge__year=OuterRef("year"), unit=OuterRef("organisation"))
    confirmed = Confirmation.objects.filter(pledge__year=OuterRef("year"), unit=OuterRef("organisation"))
    waiting = (
        Membership.objects.filter(organisation__in=places, year__stage=Stage.PREPARING)
        .annotate(status=_status_of("year"), due_on=_due_of("year"), has_targets=Exists(targets), confirmed=Exists(confirmed))
        .filter(
            Q(status=Status.DRAFTING, has_targets=False) | Q(status=Status.OPEN, confirmed=False, organisation__in=leads)
        )
        .select_related("year__cluster", "organisation")
    )
    return [_work_of_unit(row) for row in waiting]


def _work_of_unit(row: Membership) -> Work:
    page, title = "targets", _("Ghi chỉ tiêu đăng ký thi đua")
    if row.status == Status.OPEN:
        page, title = "confirm", _("Ký xác nhận giao ước thi đua")
    return Work(title, row.organisation, unit_address(page, row.year, row.organisation), row.due_on)


def _status_of(year: str) -> Subquery:
    return Subquery(Pledge.objects.filter(year=OuterRef(year)).values("status")[:1])


def _due_of(year: str) -> Subquery:
    return Subquery(StageDates.objects.filter(year=OuterRef(year), stage=Stage.PREPARING).values("due_on")[:1])


def address(year: ClusterYear) -> str:
    """The pledge's page."""
    return reverse("pledges:pledge", args=[year.cluster.slug, year.year])


def unit_address(page: str, year: ClusterYear, unit: Organisation) -> str:
    """The page ("targets" or "confirm") of a unit."""
    return reverse(f"pledges:{page}", args=[year.cluster.slug, year.year, unit.slug])
