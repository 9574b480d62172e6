"""Who acts, by which posts in force."""

from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from thidua.kernel.actor import Actor, Holding, Role
from thidua.people.models import Delegation, Organisation, Person, Post, Tenure


def in_force(day: date) -> Q:
    """Tenures whose days, both ends included, hold the day."""
    return Q(starts_on__lte=day) & (Q(ends_on__isnull=True) | Q(ends_on__gte=day))


def actor_of(person: Person, now: datetime) -> Actor:
    """The person with all posts in force on that day, own first, then lent ones. Two queries, three for a borrower."""
    day = timezone.localtime(now).date()
    own = Tenure.objects.filter(in_force(day), person=person).select_related("post__organisation").order_by("pk")
    holdings = [_holding(tenure.post) for tenure in own] + [_holding(loan.post, loan.lender) for loan in _lent_to(person, day)]
    return Actor(person.pk, person.name, tuple(holdings))


def _lent_to(person: Person, day: date) -> list[Delegation]:
    """The delegations that run on that day and whose lender still holds the post. One query where there are none."""
    running = Delegation.objects.filter(borrower=person, taken_back_at=None, starts_on__lte=day, ends_on__gte=day)
    loans = list(running.select_related("post__organisation", "lender").order_by("pk"))
    if not loans:
        return []
    held = Tenure.objects.filter(in_force(day), post__in=[loan.post_id for loan in loans])
    holders = set(held.values_list("post_id", "person_id"))
    return [loan for loan in loans if (loan.post_id, loan.lender_id) in holders]


def _holding(post: Post, lender: Person | None = None) -> Holding:
    return Holding(
        post_id=post.pk,
        post_title=post.title_vi,  # whatever the reader's language: the journal and the papers keep it
        organisation_id=post.organisation_id,
        organisation_name=post.organisation.name_vi,
        roles=frozenset(post.roles),
        lender_id=lender.pk if lender else None,
        lender_name=lender.name if lender else "",
    )


def organisations() -> QuerySet[Organisation]:
    """All organisations; sort them with `key=lambda o: o.order` for Vietnamese order."""
    return Organisation.objects.all()


def leaders_of(organisation_ids: list[int], role: str, now: datetime) -> dict[int, list[Person]]:
    """Who holds a post with the role at each organisation on that day. One query."""
    day = timezone.localtime(now).date()
    found: dict[int, list[Person]] = {}
    tenures = Tenure.objects.filter(in_force(day), post__organisation_id__in=organisation_ids)
    for tenure in tenures.select_related("person", "post").order_by("pk"):
        if role in tenure.post.roles:
            found.setdefault(tenure.post.organisation_id, []).append(tenure.person)
    return found


def operator_ids(now: datetime) -> set[int]:
    """Ids of the open accounts that run the installation on that day. One query."""
    day = timezone.localtime(now).date()
    tenures = Tenure.objects.filter(in_force(day), person__is_active=True).select_related("post")
    return {tenure.person_id for tenure in tenures if Role.OPERATOR in tenure.post.roles}
