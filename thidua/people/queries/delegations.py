"""Powers lent and borrowed."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from thidua.kernel.actor import Actor
from thidua.people.models import Delegation, Post
from thidua.people.rules import GRANTABLE


@dataclass(frozen=True, slots=True)
class Loan:
    """A delegation and its state on a day: running, ahead, over or taken_back."""

    delegation: Delegation
    state: str


def lendable_posts(actor: Actor) -> list[Post]:
    """The actor's own posts whose power can be lent. One query."""
    own = [h.post_id for h in actor.holdings if h.lender_id is None and GRANTABLE.issuperset(h.roles)]
    return list(Post.objects.filter(pk__in=own).select_related("organisation").order_by("pk"))


def loans_of(actor: Actor, day: date) -> tuple[list[Loan], list[Loan]]:
    """What the actor has lent, and what the actor has borrowed, the latest first. One query."""
    mine = Delegation.objects.filter(Q(lender=actor.person_id) | Q(borrower=actor.person_id))
    rows = mine.select_related("post__organisation", "lender", "borrower").order_by("-starts_on", "-pk")
    loans = [Loan(row, _state(row, day)) for row in rows]
    lent = [loan for loan in loans if loan.delegation.lender_id == actor.person_id]
    return lent, [loan for loan in loans if loan.delegation.borrower_id == actor.person_id]


def _state(row: Delegation, day: date) -> str:
    if row.taken_back_at is not None:
        return "taken_back"
    return "over" if row.ends_on < day else "ahead" if row.starts_on > day else "running"
