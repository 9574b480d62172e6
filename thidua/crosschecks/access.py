"""Who arranges a round, who marks in it, who agrees on values and settles it."""

from django.utils.translation import gettext_lazy as _

from thidua.clusters.access import where_in
from thidua.clusters.models import ClusterYear
from thidua.kernel.actor import Actor, Power, Role
from thidua.people.access import require

RUNNERS = (Role.HEAD_SECRETARY, Role.SUPERIOR_OFFICER)
CHECKERS = (Role.APPRAISER, Role.UNIT_OFFICER, Role.UNIT_LEADER)

ARRANGE = Power("crosschecks.arrange", _("Lập, mở, đóng vòng thẩm định; khai và xử lý xung đột lợi ích"), RUNNERS)
MARK = Power("crosschecks.mark", _("Cho điểm thẩm định trong vòng được giao"), CHECKERS)
SETTLE = Power("crosschecks.settle", _("Ghi giá trị thống nhất, chốt kết quả vòng thẩm định"), RUNNERS)

POWERS = (ARRANGE, MARK, SETTLE)


def require_may_arrange(actor: Actor, year: ClusterYear) -> Actor:
    """The head's secretary or an officer of the superior body."""
    return require(ARRANGE, actor, where_in(year))


def require_may_settle(actor: Actor, year: ClusterYear) -> Actor:
    """The head's secretary or an officer of the superior body."""
    return require(SETTLE, actor, where_in(year))
