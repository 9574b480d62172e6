"""Who may change a year's criteria. Everyone who sees the year reads them, drafts too: a cluster agrees on them together."""

from django.utils.translation import gettext_lazy as _

from thidua.clusters.access import where_in
from thidua.clusters.models import ClusterYear
from thidua.kernel.actor import Actor, Power, Role
from thidua.people.access import require

IMPORT_TABLE = Power("criteria.import_table", _("Nhập, bỏ bảng tiêu chí dự thảo"), (Role.HEAD_SECRETARY, Role.SUPERIOR_OFFICER))
PUBLISH_VERSION = Power("criteria.publish_version", _("Ban hành bảng tiêu chí"), (Role.HEAD_SECRETARY, Role.SUPERIOR_OFFICER))

POWERS = (IMPORT_TABLE, PUBLISH_VERSION)


def require_may_import(actor: Actor, year: ClusterYear) -> Actor:
    """The head's secretary, or an officer of the superior body."""
    return require(IMPORT_TABLE, actor, where_in(year))


def require_may_publish(actor: Actor, year: ClusterYear) -> Actor:
    """The head's secretary, or an officer of the superior body."""
    return require(PUBLISH_VERSION, actor, where_in(year))
