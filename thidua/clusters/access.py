"""Who may see a cluster year, and who may run it."""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from thidua.clusters.models import Cluster, ClusterYear, Membership, RotationPlace
from thidua.clusters.rules import Stage
from thidua.kernel.actor import ANYWHERE, Actor, Power, Role
from thidua.kernel.errors import Absent, Refused
from thidua.people.access import require

CONTENT_ROLES = tuple(role for role in Role if role is not Role.OPERATOR)

SEE_YEAR = Power("clusters.see_year", _("Xem năm thi đua của cụm mình"), CONTENT_ROLES)
FORM_CLUSTER = Power("clusters.form", _("Lập cụm, đặt vòng luân phiên"), (Role.SUPERIOR_OFFICER,))
OPEN_FIRST_YEAR = Power(
    "clusters.open_first_year", _("Mở năm thi đua đầu tiên của cụm"), (Role.HEAD_SECRETARY, Role.SUPERIOR_OFFICER)
)
RUN_YEAR = Power(
    "clusters.run_year",
    _("Điều hành năm: đặt lịch, đặt quy tắc, chuyển giai đoạn, mở năm sau"),
    (Role.HEAD_SECRETARY, Role.SUPERIOR_OFFICER),
)

POWERS = (SEE_YEAR, FORM_CLUSTER, OPEN_FIRST_YEAR, RUN_YEAR)


def years_visible_to(actor: Actor) -> QuerySet[ClusterYear]:
    """Years of clusters in which the actor holds a post: at a member unit, the head, the superior body; all for an
    auditor; none for one who only runs the installation."""
    years = ClusterYear.objects.select_related("cluster__superior_body", "head", "deputy")
    if actor.holds(Role.AUDITOR):
        return years
    places = actor.organisations(*CONTENT_ROLES)
    own = Membership.objects.filter(organisation__in=places).values("year__cluster")
    above = actor.organisations(Role.SUPERIOR_OFFICER, Role.APPRAISER, Role.EDITOR, Role.RAPPORTEUR, Role.COLLABORATOR)
    return years.filter(Q(cluster__in=own) | Q(cluster__superior_body__in=above) | Q(head__in=places))


def get_year_visible_to(actor: Actor, cluster_slug: str, year: int) -> ClusterYear:
    """The year for one who may see it; Absent for others and for what is not there."""
    found = years_visible_to(actor).filter(cluster__slug=cluster_slug, year=year).first()
    if found is None:
        raise Absent
    return found


def get_cluster_managed_by(actor: Actor, cluster_slug: str) -> Cluster:
    """The cluster for an officer of its superior body; Absent for all others."""
    above = actor.organisations(Role.SUPERIOR_OFFICER)
    found = Cluster.objects.filter(slug=cluster_slug, superior_body__in=above).select_related("superior_body").first()
    if found is None:
        raise Absent
    return found


def clusters_to_open_by(actor: Actor) -> QuerySet[Cluster]:
    """Clusters without a year whose first one the actor may open: as officer of the superior body, or as secretary of the
    unit that stands first in the rotation."""
    first = RotationPlace.objects.filter(
        cluster=OuterRef("pk"), position=1, organisation__in=actor.organisations(Role.HEAD_SECRETARY)
    )
    above = actor.organisations(Role.SUPERIOR_OFFICER)
    return Cluster.objects.filter(Q(superior_body__in=above) | Q(Exists(first)), years=None).select_related("superior_body")


def get_cluster_to_open_by(actor: Actor, cluster_slug: str) -> Cluster:
    """Such a cluster by its slug; Absent otherwise."""
    found = clusters_to_open_by(actor).filter(slug=cluster_slug).first()
    if found is None:
        raise Absent
    return found


def require_may_open_first_year(actor: Actor, cluster: Cluster) -> Actor:
    """The superior body's officer, or the secretary of the first unit in the rotation."""
    first = RotationPlace.objects.filter(cluster=cluster, position=1).values_list("organisation_id", flat=True)
    return require(OPEN_FIRST_YEAR, actor, {Role.SUPERIOR_OFFICER: [cluster.superior_body_id], Role.HEAD_SECRETARY: first})


def where_in(year: ClusterYear, unit_id: int | None = None) -> dict[Role, frozenset[int]]:
    """At which organisations each role counts in this year: the usual `at` of `people.access.require`.

    Head's secretary: at the head. Superior officer: at the superior body. Editor and appraiser: at any member, or the
    superior body. Unit roles and delegates: at the unit named, or at any member when none is. Auditor: anywhere.
    """
    head, above = frozenset({year.head_id}), frozenset({year.cluster.superior_body_id})
    members = member_ids(year)
    unit = members & {unit_id} if unit_id is not None else members
    return {
        Role.HEAD_SECRETARY: head,
        Role.SUPERIOR_OFFICER: above,
        Role.EDITOR: members | above,
        Role.APPRAISER: members | above,
        Role.UNIT_LEADER: unit,
        Role.UNIT_OFFICER: unit,
        Role.DELEGATE: unit,
        Role.RAPPORTEUR: unit,
        Role.COLLABORATOR: unit,
        Role.AUDITOR: ANYWHERE,
    }


def member_ids(year: ClusterYear) -> frozenset[int]:
    """Ids of the year's member units; read once for each object of the year."""
    cached = year.__dict__.get("_member_ids")
    if cached is None:
        cached = frozenset(Membership.objects.filter(year=year).values_list("organisation_id", flat=True))
        year.__dict__["_member_ids"] = cached
    return cached


def require_may_run_year(actor: Actor, year: ClusterYear) -> Actor:
    """The head's secretary, or an officer of the superior body."""
    return require(RUN_YEAR, actor, where_in(year))


def may(power: Power, actor: Actor, year: ClusterYear, unit_id: int | None = None) -> bool:
    """Whether the actor has the power in the year; for showing or hiding a button. The action asks again."""
    return actor.by(power, where_in(year, unit_id)) is not None


def require_stage(year: ClusterYear, *stages: Stage) -> None:
    """Refuses (clusters.wrong_stage) unless the year is in one of the stages."""
    if year.stage not in stages:
        raise Refused("clusters.wrong_stage", stage=year.stage, wanted=stages[0])


def require_open(year: ClusterYear) -> None:
    """Refuses (clusters.year_closed) when the year is closed."""
    if year.stage == Stage.CLOSED:
        raise Refused("clusters.year_closed")
