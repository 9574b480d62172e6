"""Who may write, freeze and confirm the pledge. Everyone who sees the year reads it, the draft too: it is agreed together."""

from django.utils.translation import gettext_lazy as _

from thidua.clusters.access import member_ids, where_in
from thidua.clusters.models import ClusterYear
from thidua.kernel.actor import Actor, Power, Role
from thidua.kernel.errors import Absent
from thidua.people.access import require
from thidua.people.models import Organisation

DRAFT_PLEDGE = Power("pledges.draft", _("Soạn, sửa dự thảo giao ước"), (Role.HEAD_SECRETARY, Role.SUPERIOR_OFFICER))
FREEZE_PLEDGE = Power("pledges.freeze", _("Chốt văn bản giao ước, mở lại để sửa"), (Role.HEAD_SECRETARY, Role.SUPERIOR_OFFICER))
SET_TARGETS = Power("pledges.set_targets", _("Ghi chỉ tiêu đơn vị mình đăng ký"), (Role.UNIT_OFFICER, Role.UNIT_LEADER))
CONFIRM_PLEDGE = Power("pledges.confirm", _("Xác nhận giao ước thay mặt đơn vị mình"), (Role.UNIT_LEADER,))

POWERS = (DRAFT_PLEDGE, FREEZE_PLEDGE, SET_TARGETS, CONFIRM_PLEDGE)


def require_may_draft(actor: Actor, year: ClusterYear) -> Actor:
    """The head's secretary, or an officer of the superior body (who stands in when a head does not act)."""
    return require(DRAFT_PLEDGE, actor, where_in(year))


def require_may_freeze(actor: Actor, year: ClusterYear) -> Actor:
    """The same people as for drafting."""
    return require(FREEZE_PLEDGE, actor, where_in(year))


def require_may_set_targets(actor: Actor, year: ClusterYear, unit_id: int) -> Actor:
    """Officer or leader of the unit itself."""
    return require(SET_TARGETS, actor, where_in(year, unit_id))


def require_may_confirm(actor: Actor, year: ClusterYear, unit_id: int) -> Actor:
    """The leader of the unit, or whom the leader has lent the power."""
    return require(CONFIRM_PLEDGE, actor, where_in(year, unit_id))


def get_own_unit(actor: Actor, year: ClusterYear, slug: str) -> Organisation:
    """A member unit at which the actor holds a post. Absent for other units and for what is not there."""
    found = Organisation.objects.filter(slug=slug, pk__in=member_ids(year) & actor.organisations()).first()
    if found is None:
        raise Absent
    return found


def units_of(power: Power, actor: Actor, year: ClusterYear) -> frozenset[int]:
    """At which member units the actor has a power of units; for showing what leads there."""
    return member_ids(year) & actor.organisations(*power.roles)
