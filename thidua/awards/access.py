"""Who puts forward, who records decisions. Whoever sees the year sees the list."""

from django.utils.translation import gettext_lazy as _

from thidua.awards.models import Nomination
from thidua.clusters.access import where_in
from thidua.clusters.models import ClusterYear
from thidua.kernel.actor import Actor, Power, Role
from thidua.kernel.errors import Absent
from thidua.people.access import require

NOMINATE = Power("awards.nominate", _("Suy tôn đơn vị, rút suy tôn"), (Role.HEAD_SECRETARY,))
RECORD_DECISION = Power(
    "awards.record_decision", _("Ghi quyết định khen thưởng"), (Role.SUPERIOR_OFFICER, Role.HEAD_SECRETARY)
)

POWERS = (NOMINATE, RECORD_DECISION)


def require_may_nominate(actor: Actor, year: ClusterYear) -> Actor:
    """The head's secretary."""
    return require(NOMINATE, actor, where_in(year))


def require_may_record_decision(actor: Actor, year: ClusterYear) -> Actor:
    """An officer of the superior body, or the head's secretary with the paper in hand."""
    return require(RECORD_DECISION, actor, where_in(year))


def get_nomination_in(year: ClusterYear, nomination: int) -> Nomination:
    """A nomination of a year that the caller has found visible; Absent otherwise."""
    found = Nomination.objects.filter(pk=nomination, year=year).select_related("unit").first()
    if found is None:
        raise Absent
    return found
