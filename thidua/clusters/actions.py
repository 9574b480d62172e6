"""Writes of clusters: forming, opening a year, its members, calendar and rules, moving between stages."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from thidua.audit.actions import publish
from thidua.clusters import events, rules
from thidua.clusters.access import FORM_CLUSTER, require_may_open_first_year, require_may_run_year, require_open, require_stage
from thidua.clusters.models import Cluster, ClusterYear, Membership, RotationPlace, StageDates, StageMove
from thidua.clusters.queries import missing_before
from thidua.clusters.rules import Stage, StageSpan
from thidua.kernel import ports
from thidua.kernel.actor import Actor, Role
from thidua.kernel.errors import Refused
from thidua.kernel.text import slug
from thidua.people.access import require
from thidua.people.models import Organisation


@transaction.atomic
def form_cluster(
    *,
    superior_body: Organisation,
    name_vi: str,
    name_en: str = "",
    rotation: Sequence[Organisation] = (),
    actor: Actor,
    now: datetime,
) -> Cluster:
    """A superior body forms a cluster. Refuses a name whose address is taken (clusters.name_taken, field name_vi)."""
    by = require(FORM_CLUSTER, actor, {Role.SUPERIOR_OFFICER: [superior_body.pk]})
    address = slug(name_vi)
    if not address:
        raise Refused("clusters.name_empty", field="name_vi")
    if Cluster.objects.filter(slug=address).exists():
        raise Refused("clusters.name_taken", field="name_vi")
    cluster = Cluster.objects.create(superior_body=superior_body, slug=address, name_vi=name_vi, name_en=name_en)
    publish(events.ClusterFormed(cluster.pk, superior_body.pk, name_vi), by, now=now)
    if rotation:
        set_rotation(cluster=cluster, rotation=rotation, actor=actor, now=now)
    return cluster


@transaction.atomic
def set_rotation(*, cluster: Cluster, rotation: Sequence[Organisation], actor: Actor, now: datetime) -> None:
    """The order in which units hold the head's office. Refuses a unit named twice (clusters.unit_twice)."""
    by = require(FORM_CLUSTER, actor, {Role.SUPERIOR_OFFICER: [cluster.superior_body_id]})
    _refuse_doubles(rotation)
    RotationPlace.objects.filter(cluster=cluster).delete()
    RotationPlace.objects.bulk_create(
        RotationPlace(cluster=cluster, organisation=unit, position=i) for i, unit in enumerate(rotation, 1)
    )
    publish(events.RotationAgreed(cluster.pk, tuple(unit.pk for unit in rotation)), by, now=now)


@transaction.atomic
def open_first_year(
    *,
    cluster: Cluster,
    year: int,
    members: Sequence[Organisation],
    head: Organisation,
    deputy: Organisation | None = None,
    illustrative: bool = False,
    actor: Actor,
    now: datetime,
) -> ClusterYear:
    """Open the first year of a cluster: its superior body, or the secretary of the first unit in the rotation.

    Refuses a cluster that has a year (clusters.has_years: the next is opened from the last), fewer than two members
    (clusters.too_few_members), a head or deputy who is no member (clusters.head_not_member, clusters.deputy_not_member)."""
    by = require_may_open_first_year(actor, cluster)
    if cluster.years.exists():
        raise Refused("clusters.has_years")
    _check_members(members, head, deputy)
    opened = ClusterYear.objects.create(cluster=cluster, year=year, head=head, deputy=deputy, illustrative=illustrative)
    _keep_members(opened, members)
    publish(events.YearOpened(opened.pk, cluster.pk, year, head.pk, None), by, now=now)
    return opened


@transaction.atomic
def open_next_year(
    *, year: ClusterYear, head: Organisation, deputy: Organisation | None = None, actor: Actor, now: datetime
) -> ClusterYear:
    """Open the year after `year` with its members, calendar (moved by a year) and rules; criteria follow by reaction.

    The article signs the next pledge at the closing conference, so it may be done from that stage on. `head` is usually
    `queries.next_head(year)`. Refuses before the conference (clusters.wrong_stage),
    a following year that exists (clusters.year_exists), a head who is no member (clusters.head_not_member).
    """
    locked = _lock(year)
    by = require_may_run_year(actor, locked)
    if not locked.has_reached(Stage.CONFERENCE):
        raise Refused("clusters.wrong_stage", stage=locked.stage, wanted=Stage.CONFERENCE)
    if ClusterYear.objects.filter(cluster=locked.cluster, year=locked.year + 1).exists():
        raise Refused("clusters.year_exists", year=locked.year + 1)
    members = [m.organisation for m in locked.memberships.select_related("organisation")]
    _check_members(members, head, deputy)
    opened = ClusterYear.objects.create(
        cluster=locked.cluster,
        year=locked.year + 1,
        head=head,
        deputy=deputy,
        previous=locked,
        tie_break=locked.tie_break,
        ranking_from=locked.ranking_from,
        illustrative=locked.illustrative,
    )
    _keep_members(opened, members)
    StageDates.objects.bulk_create(
        StageDates(
            year=opened,
            stage=row.stage,
            starts_on=rules.same_day_next_year(row.starts_on),
            due_on=rules.same_day_next_year(row.due_on),
        )
        for row in locked.dates.all()
    )
    publish(events.YearOpened(opened.pk, opened.cluster_id, opened.year, head.pk, locked.pk), by, now=now)
    return opened


@transaction.atomic
def set_membership(
    *,
    year: ClusterYear,
    members: Sequence[Organisation],
    head: Organisation,
    deputy: Organisation | None,
    actor: Actor,
    now: datetime,
) -> None:
    """Set the member units (in the order of the papers), head and deputy, while the year is being prepared.

    Refuses as `open_first_year`, and later stages (clusters.wrong_stage): a signed pledge names its parties.
    """
    locked = _lock(year)
    by = require_may_run_year(actor, locked)
    require_stage(locked, Stage.PREPARING)
    _check_members(members, head, deputy)
    if [m.organisation_id for m in locked.memberships.all()] != [unit.pk for unit in members]:
        Membership.objects.filter(year=locked).delete()
        _keep_members(locked, members)
        publish(events.MembersSet(locked.pk, tuple(unit.pk for unit in members)), by, now=now)
    if (head.pk, deputy.pk if deputy else None) != (locked.head_id, locked.deputy_id):
        ClusterYear.objects.filter(pk=locked.pk).update(head=head, deputy=deputy)
        publish(events.HeadNamed(locked.pk, head.pk, deputy.pk if deputy else None), by, now=now)


@transaction.atomic
def set_calendar(*, year: ClusterYear, spans: Sequence[StageSpan], actor: Actor, now: datetime) -> None:
    """Set the dates of the stages. Refuses dates out of order (see rules.check_calendar) and a closed year."""
    locked = _lock(year)
    by = require_may_run_year(actor, locked)
    require_open(locked)
    rules.check_calendar(spans)
    for span in spans:
        StageDates.objects.update_or_create(
            year=locked, stage=span.stage, defaults={"starts_on": span.starts_on, "due_on": span.due_on}
        )
    dates = tuple(
        (str(s.stage), s.starts_on.isoformat() if s.starts_on else "", s.due_on.isoformat() if s.due_on else "") for s in spans
    )
    publish(events.CalendarSet(locked.pk, dates), by, now=now)


@transaction.atomic
def agree_rules(*, year: ClusterYear, tie_break: Sequence[str], ranking_from: str, actor: Actor, now: datetime) -> None:
    """Choose the tie-break (codes of criteria, compared in this order) and from which stage units see the ranking.

    `VOTE` as the last entry puts what is still equal to a vote. The tie-break is fixed once the pledge is signed
    (clusters.tie_break_fixed); when the ranking shows may still change. Refuses codes that the criteria do not have
    (clusters.tie_break_unknown).
    """
    locked = _lock(year)
    by = require_may_run_year(actor, locked)
    require_open(locked)
    if list(tie_break) != locked.tie_break and locked.stage != Stage.PREPARING:
        raise Refused("clusters.tie_break_fixed", field="tie_break")
    known = frozenset[str]().union(*(codes(locked) for codes in ports.CODES))
    unknown = [code for code in tie_break if code != rules.VOTE and known and code not in known]
    if unknown:
        raise Refused("clusters.tie_break_unknown", field="tie_break", codes=unknown)
    ClusterYear.objects.filter(pk=locked.pk).update(tie_break=list(tie_break), ranking_from=ranking_from)
    publish(events.RulesAgreed(locked.pk, tuple(tie_break), ranking_from), by, now=now)


@transaction.atomic
def advance_stage(*, year: ClusterYear, stage: str, actor: Actor, now: datetime) -> None:
    """Move the year on to the next stage. Refuses to skip one, and while something is missing (with how many things)."""
    locked = _lock(year)
    by = require_may_run_year(actor, locked)
    following = rules.next_stage(locked.stage)
    missing = missing_before(locked, following) if following else []
    rules.check_advance(locked.stage, stage, missing=len(missing))
    _move(locked, stage, "", by, now)
    publish(events.StageEntered(locked.pk, locked.stage, stage), by, now=now)


@transaction.atomic
def step_back(*, year: ClusterYear, reason: str, actor: Actor, now: datetime) -> None:
    """Move the year back one stage, with a reason that the journal keeps. Refuses while something goes on that belongs to
    the stage (what the slices say, such as an open poll)."""
    locked = _lock(year)
    by = require_may_run_year(actor, locked)
    before = rules.check_step_back(locked.stage, reason)
    for gap in (gap for check in ports.STEP_BACK_CHECKS for gap in check(locked)):
        raise Refused(gap.code, **gap.facts)
    _move(locked, before, reason.strip(), by, now)
    publish(events.StageSteppedBack(locked.pk, locked.stage, before, reason.strip()), by, now=now)


def _move(year: ClusterYear, stage: str, reason: str, by: Actor, now: datetime) -> None:
    ClusterYear.objects.filter(pk=year.pk).update(stage=stage)
    StageMove.objects.create(
        year=year,
        came_from=year.stage,
        stage=stage,
        moved_at=now,
        moved_by=by.using.post_title if by.using else by.name,
        reason=reason,
    )


def _lock(year: ClusterYear) -> ClusterYear:
    return ClusterYear.objects.select_for_update(of=("self",)).select_related("cluster", "head", "deputy").get(pk=year.pk)


def _refuse_doubles(units: Sequence[Organisation]) -> None:
    seen: set[int] = set()
    for unit in units:
        if unit.pk in seen:
            raise Refused("clusters.unit_twice", field="members", unit=unit.name_vi)
        seen.add(unit.pk)


def _check_members(members: Sequence[Organisation], head: Organisation, deputy: Organisation | None) -> None:
    _refuse_doubles(members)
    if len(members) < 2:
        raise Refused("clusters.too_few_members", field="members")
    if head not in members:
        raise Refused("clusters.head_not_member", field="head")
    if deputy is not None and (deputy not in members or deputy == head):
        raise Refused("clusters.deputy_not_member", field="deputy")


def _keep_members(year: ClusterYear, members: Sequence[Organisation]) -> None:
    Membership.objects.bulk_create(Membership(year=year, organisation=unit, position=i) for i, unit in enumerate(members, 1))
