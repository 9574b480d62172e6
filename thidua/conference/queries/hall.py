"""The conference as its page shows it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils import timezone

from thidua.ballots.queries import PollSummary, polls_of
from thidua.clusters.models import ClusterYear
from thidua.conference.models import AgendaItem, Conference, Delegate
from thidua.conference.rules import Quorum
from thidua.kernel.actor import Role
from thidua.people.models import Post, Tenure


@dataclass(frozen=True, slots=True)
class Hall:
    """Who is called, who is there, what is on the agenda, what was and is voted."""

    agenda: tuple[AgendaItem, ...]
    delegates: tuple[Delegate, ...]
    polls: tuple[PollSummary, ...]
    quorum: Quorum

    @property
    def present(self) -> int:
        """How many delegates are present."""
        return sum(1 for delegate in self.delegates if delegate.present)

    @property
    def planned_minutes(self) -> int:
        """How long the agenda is meant to take."""
        return sum(item.minutes or 0 for item in self.agenda)

    @property
    def open_poll(self) -> PollSummary | None:
        """The first poll that is open."""
        return next((summary for summary in self.polls if summary.poll.is_open), None)


def hall_of(conference: Conference) -> Hall:
    """Everything of the conference's page. Five queries."""
    delegates = delegates_of(conference)
    return Hall(tuple(conference.agenda.all()), delegates, tuple(polls_of(conference.year)), quorum_of(conference, delegates))


def delegates_of(conference: Conference) -> tuple[Delegate, ...]:
    """The delegates by their seats. One query."""
    return tuple(conference.delegates.select_related("unit").order_by("seat", "pk"))


def quorum_of(conference: Conference, delegates: Iterable[Delegate]) -> Quorum:
    """The quorum among those who have the vote. No query."""
    voters = [delegate for delegate in delegates if delegate.may_vote]
    return conference.quorum(sum(1 for delegate in voters if delegate.present), len(voters))


def delegate_posts(year: ClusterYear, now: datetime) -> list[tuple[Post, int]]:
    """The delegates' posts at the member units that are held on that day, with who holds them: members in the order of the
    papers, then as the posts were given. Two queries."""
    day = timezone.localdate(now)
    places = dict(year.memberships.values_list("organisation_id", "position"))
    held = Tenure.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day), starts_on__lte=day)
    held = held.filter(post__organisation_id__in=places).select_related("post")
    found = [(tenure.post, tenure.person_id) for tenure in held.order_by("pk") if Role.DELEGATE in tenure.post.roles]
    return sorted(found, key=lambda entry: places[entry[0].organisation_id])
