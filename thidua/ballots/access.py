"""Who may hold a poll, who may vote in it, and who may look."""

from django.utils.translation import gettext_lazy as _

from thidua.ballots.models import Poll, RollEntry
from thidua.clusters.access import get_year_visible_to, where_in
from thidua.clusters.models import ClusterYear
from thidua.kernel.actor import Actor, Power, Role
from thidua.kernel.errors import Absent
from thidua.people.access import require

HOLD_POLL = Power("ballots.hold_poll", _("Lập, mở và đóng cuộc bỏ phiếu"), (Role.HEAD_SECRETARY, Role.SUPERIOR_OFFICER))
VOTE = Power("ballots.vote", _("Bỏ phiếu kín khi có tên trong danh sách của cuộc bỏ phiếu"), (Role.DELEGATE,))

POWERS = (HOLD_POLL, VOTE)


def require_may_hold_poll(actor: Actor, year: ClusterYear) -> Actor:
    """The head's secretary, or an officer of the superior body."""
    return require(HOLD_POLL, actor, where_in(year))


def require_may_vote(actor: Actor, year: ClusterYear) -> Actor:
    """A delegate of a member unit; the roll says in which polls."""
    return require(VOTE, actor, where_in(year))


def get_poll_visible_to(actor: Actor, cluster: str, year: int, poll: int) -> Poll:
    """The poll (with its year) for one who may see the year; Absent for others and for what is not there."""
    found = get_year_visible_to(actor, cluster, year)
    held = Poll.objects.filter(pk=poll, year=found).first()
    if held is None:
        raise Absent
    held.year = found
    return held


def get_roll_entry_of(actor: Actor, poll: Poll) -> RollEntry:
    """The actor's own line on the roll; Absent for whoever is not on it."""
    entry = RollEntry.objects.filter(poll=poll, person_id=actor.person_id).first()
    if entry is None:
        raise Absent
    return entry
