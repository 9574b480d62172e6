"""Posts, who holds them when, and powers lent for a time."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from thidua.audit.actions import publish
from thidua.kernel.actor import Actor
from thidua.kernel.errors import Refused
from thidua.people import events, rules
from thidua.people.access import get_delegation_lent_by, require_may_lend, require_may_manage
from thidua.people.models import Delegation, Organisation, Person, Post, Tenure
from thidua.people.queries import operator_ids
from thidua.people.rules import Span


@transaction.atomic
def enter_post(
    *, organisation: Organisation, title_vi: str, title_en: str = "", roles: Iterable[str], actor: Actor, now: datetime
) -> Post:
    """Set up a post at an organisation with the roles it carries (values of kernel.actor.Role).

    Refuses an empty title (people.title_empty), a second post of that title there (people.post_exists), and roles as
    `rules.check_roles` says.
    """
    by = require_may_manage(actor)
    title, carried = " ".join(title_vi.split()), rules.check_roles(roles)
    if not title:
        raise Refused("people.title_empty", field="title_vi")
    if Post.objects.filter(organisation=organisation, title_vi=title).exists():
        raise Refused("people.post_exists", field="title_vi", title=title)
    post = Post.objects.create(organisation=organisation, title_vi=title, title_en=title_en.strip(), roles=carried)
    publish(events.PostEntered(post.pk, organisation.pk, str(post), tuple(carried)), by, now=now)
    return post


@transaction.atomic
def give_post(
    *, person: Person, post: Post, starts_on: date, ends_on: date | None = None, decision: str = "", actor: Actor, now: datetime
) -> Tenure:
    """A person holds the post from `starts_on` to `ends_on` (both included, open when None). Several may hold one post.

    Refuses a closed account (people.person_suspended), days in which the person holds the post already (people.held_already),
    and an end before the start (people.ends_before_start).
    """
    by = require_may_manage(actor)
    locked = Person.objects.select_for_update().get(pk=person.pk)
    span = Span(starts_on, ends_on)
    rules.check_span(span)
    if not locked.is_active:
        raise Refused("people.person_suspended", field="person", name=locked.name)
    if any(span.meets(Span(t.starts_on, t.ends_on)) for t in Tenure.objects.filter(person=locked, post=post)):
        raise Refused("people.held_already", field="starts_on", name=locked.name)
    tenure = Tenure.objects.create(person=locked, post=post, starts_on=starts_on, ends_on=ends_on, decision=decision.strip())
    publish(events.PostTaken(tenure.pk, post.pk, locked.pk, locked.name, str(post), starts_on, ends_on), by, now=now)
    return tenure


@transaction.atomic
def end_tenure(*, tenure: Tenure, ends_on: date, actor: Actor, now: datetime) -> None:
    """The person leaves the post after `ends_on`; what was lent from it is void from then on.

    Refuses a day before the start (people.ends_before_start), a tenure that ends by then anyway (people.ended_already), and to
    leave the installation without anyone who runs it (people.last_operator).
    """
    by = require_may_manage(actor)
    locked = Tenure.objects.select_for_update(of=("self",)).select_related("post__organisation", "person").get(pk=tenure.pk)
    rules.check_span(Span(locked.starts_on, ends_on))
    if locked.ends_on is not None and locked.ends_on <= ends_on:
        raise Refused("people.ended_already", field="ends_on", day=locked.ends_on)
    if "operator" in locked.post.roles and operator_ids(now) == {locked.person_id}:
        raise Refused("people.last_operator", field="ends_on")
    locked.ends_on = ends_on
    locked.save(update_fields=["ends_on"])
    publish(events.PostLeft(locked.pk, locked.person.name, str(locked.post), ends_on), by, now=now)


@transaction.atomic
def lend_power(
    *, post: Post, borrower: Person, starts_on: date, ends_on: date, reason: str, actor: Actor, now: datetime
) -> Delegation:
    """The holder lends the power of the post for some days, both included; the journal shows both names meanwhile.

    Refuses posts that read everything or run the installation (people.not_lendable), oneself (people.lent_to_oneself), a closed
    account (people.person_suspended), days as `rules.check_lending` says, days lent to that person already (people.lent_already),
    and no reason (people.lent_reason).
    """
    if not rules.GRANTABLE.issuperset(post.roles):
        raise Refused("people.not_lendable", field="post")
    by = require_may_lend(actor, post)
    span = Span(starts_on, ends_on)
    rules.check_lending(span, timezone.localtime(now).date())
    if borrower.pk == actor.person_id:
        raise Refused("people.lent_to_oneself", field="borrower")
    locked = Person.objects.select_for_update().get(pk=borrower.pk)
    if not locked.is_active:
        raise Refused("people.person_suspended", field="borrower", name=locked.name)
    live = Delegation.objects.filter(post=post, lender=actor.person_id, borrower=locked, taken_back_at=None)
    if any(span.meets(Span(d.starts_on, d.ends_on)) for d in live):
        raise Refused("people.lent_already", field="starts_on", name=locked.name)
    if not reason.strip():
        raise Refused("people.lent_reason", field="reason")
    lent = Delegation.objects.create(
        post=post, lender_id=actor.person_id, borrower=locked, starts_on=starts_on, ends_on=ends_on, reason=reason.strip()
    )
    fact = events.PowerLent(lent.pk, post.pk, lent.lender_id, locked.pk, locked.name, str(post), starts_on, ends_on)
    publish(fact, by, now=now)
    return lent


@transaction.atomic
def take_back_power(*, delegation: Delegation, actor: Actor, now: datetime) -> None:
    """The lender ends a delegation at once. Absent for anyone else; refuses a second time (people.taken_back_already)."""
    locked = Delegation.objects.select_for_update(of=("self",)).get(pk=get_delegation_lent_by(actor, delegation.pk).pk)
    if locked.taken_back_at is not None:
        raise Refused("people.taken_back_already")
    locked.taken_back_at = now
    locked.save(update_fields=["taken_back_at"])
    publish(events.PowerTakenBack(locked.pk, locked.borrower.name, str(locked.post)), actor, now=now)
