"""Who may register, distribute and study. Whoever sees a year of the cluster reads its register."""

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from thidua.clusters.access import member_ids, where_in
from thidua.clusters.models import ClusterYear
from thidua.directives.models import Clause, Directive, Distribution, StudySession
from thidua.kernel.actor import Actor, Power, Role
from thidua.kernel.errors import Absent
from thidua.people.access import require
from thidua.people.models import Organisation

REGISTER = Power(
    "directives.register", _("Vào sổ văn bản, gắn quan hệ, chia mục cần thực hiện"), (Role.HEAD_SECRETARY, Role.SUPERIOR_OFFICER)
)
DISTRIBUTE = Power("directives.distribute", _("Gửi văn bản tới các đơn vị"), (Role.HEAD_SECRETARY, Role.SUPERIOR_OFFICER))
RECEIVE = Power("directives.receive", _("Xác nhận đơn vị mình đã nhận văn bản"), (Role.UNIT_OFFICER, Role.UNIT_LEADER))
STUDY = Power("directives.study", _("Ghi buổi học tập, quán triệt của đơn vị mình"), (Role.UNIT_OFFICER, Role.UNIT_LEADER))

POWERS = (REGISTER, DISTRIBUTE, RECEIVE, STUDY)


def require_may_register(actor: Actor, year: ClusterYear) -> Actor:
    """The head's secretary, or an officer of the superior body."""
    return require(REGISTER, actor, where_in(year))


def require_may_distribute(actor: Actor, year: ClusterYear) -> Actor:
    """The same people as for registering."""
    return require(DISTRIBUTE, actor, where_in(year))


def require_may_receive(actor: Actor, year: ClusterYear, unit_id: int) -> Actor:
    """Officer or leader of the unit itself."""
    return require(RECEIVE, actor, where_in(year, unit_id))


def require_may_study(actor: Actor, year: ClusterYear, unit_id: int) -> Actor:
    """Officer or leader of the unit itself."""
    return require(STUDY, actor, where_in(year, unit_id))


def get_directive(year: ClusterYear, directive_id: int) -> Directive:
    """A document of the register of the year's cluster, for whoever has been let into the year. Absent otherwise."""
    found = Directive.objects.select_related("issuer", "member_of").filter(cluster=year.cluster_id, pk=directive_id).first()
    if found is None:
        raise Absent
    return found


def get_clause(year: ClusterYear, clause_id: int) -> Clause:
    """A clause of a document of that register. Absent otherwise."""
    clauses = Clause.objects.select_related("directive__issuer")
    found = clauses.filter(directive__cluster=year.cluster_id, pk=clause_id).first()
    if found is None:
        raise Absent
    return found


def get_unit(year: ClusterYear, slug: str) -> Organisation:
    """A unit of the year, also one that has left it but recorded sessions before. Absent otherwise."""
    sessions = StudySession.objects.filter(year=year, unit=OuterRef("pk"))
    found = Organisation.objects.filter(Q(pk__in=member_ids(year)) | Exists(sessions), slug=slug).first()
    if found is None:
        raise Absent
    return found


def get_distribution(year: ClusterYear, distribution_id: int) -> Distribution:
    """A document as it was sent to a unit in the year, for whoever has been let into the year. Absent otherwise."""
    sent = Distribution.objects.select_related("directive__issuer", "unit").defer("directive__text", "directive__folded")
    found = sent.filter(year=year, pk=distribution_id).first()
    if found is None:
        raise Absent
    return found


def get_session(year: ClusterYear, unit: Organisation, session_id: int) -> StudySession:
    """A study session of that unit in the year, for whoever has been let into the year. Absent otherwise."""
    found = StudySession.objects.select_related("unit", "year").filter(year=year, unit=unit, pk=session_id).first()
    if found is None:
        raise Absent
    return found
