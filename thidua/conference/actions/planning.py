"""Before the conference: when and where, the agenda, who is called."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from thidua.audit.actions import publish
from thidua.ballots.queries import unfinished
from thidua.clusters.access import member_ids, require_open
from thidua.clusters.models import ClusterYear
from thidua.conference import events, rules
from thidua.conference.access import require_may_run_conference
from thidua.conference.models import AgendaItem, Conference, Delegate
from thidua.conference.queries import fingerprints
from thidua.conference.queries.hall import delegate_posts
from thidua.conference.rules import AgendaLine, Plan
from thidua.kernel.actor import Actor, Role
from thidua.kernel.errors import Refused
from thidua.people.models import Organisation, Person
from thidua.people.queries import actor_of


@transaction.atomic
def plan_conference(*, year: ClusterYear, plan: Plan, seen: str | None = None, actor: Actor, now: datetime) -> Conference:
    """Plan the year's conference, or change the plan until it has ended. `seen`: see `require_unchanged`.

    Refuses a closed year, a conference that is over (conference.ended), a plan that somebody else saved meanwhile
    (conference.changed_meanwhile), a quorum that is no fraction (conference.quorum_impossible).
    """
    locked = ClusterYear.objects.select_for_update(of=("self",)).select_related("cluster").get(pk=year.pk)
    by = require_may_run_conference(actor, locked)
    require_open(locked)
    planned = Conference.objects.filter(year=locked).first()
    found = planned or Conference(year=locked)
    _refuse_ended(found)
    require_unchanged(seen, fingerprints.of_plan(planned))
    rules.check_quorum_rule(plan.quorum_numerator, plan.quorum_denominator)
    for name in Plan.__slots__:
        setattr(found, name, getattr(plan, name))
    found.save()
    publish(events.ConferencePlanned(locked.pk, found.pk, found.starts_at, found.place), by, now=now)
    return found


@transaction.atomic
def set_agenda(
    *, conference: Conference, lines: Sequence[AgendaLine], seen: str | None = None, actor: Actor, now: datetime
) -> None:
    """The agenda in this order, with the notes; a point that is not among the lines goes. Notes may follow the conference.

    `seen`: see `require_unchanged`. Refuses a closed year, an agenda that somebody else saved meanwhile
    (conference.changed_meanwhile), and notes under no title (conference.agenda_untitled).
    """
    locked = lock(conference)
    by = require_may_run_conference(actor, locked.year)
    require_open(locked.year)
    known = {item.pk: item for item in locked.agenda.all()}
    require_unchanged(seen, fingerprints.of_agenda(known.values()))
    kept = rules.agenda_lines(lines)
    locked.agenda.exclude(pk__in=[line.item_id for line in kept if line.item_id in known]).delete()
    for position, line in enumerate(kept, 1):
        item = known.get(line.item_id) or AgendaItem(conference=locked)
        item.position, item.title, item.minutes, item.notes = position, line.title.strip(), line.minutes, line.notes.strip()
        item.save()
    publish(events.AgendaSet(locked.year_id, locked.pk, len(kept)), by, now=now)


@transaction.atomic
def call_delegates(*, conference: Conference, actor: Actor, now: datetime) -> int:
    """Put everyone who holds a delegate's post at a member unit on the list, with the vote unless a poll is open
    whose roll is frozen; how many are new."""
    locked = lock(conference)
    by = require_may_run_conference(actor, locked.year)
    require_open(locked.year)
    _refuse_ended(locked)
    called = set(locked.delegates.values_list("person_id", flat=True))
    seat, votes = _last_seat(locked), not unfinished(locked.year)
    made = []
    for post, person_id in delegate_posts(locked.year, now):
        if person_id not in called:
            called.add(person_id)
            seat += 1
            values = {"unit_id": post.organisation_id, "person_id": person_id, "name": post.title_vi, "seat": seat}
            made.append(Delegate.objects.create(conference=locked, may_vote=votes, **values))
    if made:
        ids = tuple(delegate.pk for delegate in made)
        publish(events.DelegatesCalled(locked.year_id, locked.pk, ids, len(ids)), by, now=now)
    return len(made)


@transaction.atomic
def add_delegate(
    *,
    conference: Conference,
    unit: Organisation,
    name: str,
    person: Person | None = None,
    may_vote: bool = False,
    actor: Actor,
    now: datetime,
) -> Delegate:
    """Put one delegate or guest on the list, named by post.

    Refuses: conference.unnamed, conference.stranger (neither a member nor the superior body), conference.called_already,
    conference.vote_needs_account (only who can sign in as delegate of a member unit can vote), conference.ended.
    """
    locked = lock(conference)
    by = require_may_run_conference(actor, locked.year)
    require_open(locked.year)
    _refuse_ended(locked)
    if not name.strip():
        raise Refused("conference.unnamed", field="name")
    if unit.pk not in member_ids(locked.year) | {locked.year.cluster.superior_body_id}:
        raise Refused("conference.stranger", field="unit", unit=unit.name_vi)
    if person is not None and locked.delegates.filter(person=person).exists():
        raise Refused("conference.called_already", field="name")
    made = Delegate(conference=locked, unit=unit, person=person, name=name.strip(), seat=_last_seat(locked) + 1)
    if may_vote:
        _grant(made, locked, now)
    made.save()
    publish(events.DelegatesCalled(locked.year_id, locked.pk, (made.pk,), 1), by, now=now)
    return made


@transaction.atomic
def set_vote(*, delegate: Delegate, may_vote: bool, actor: Actor, now: datetime) -> None:
    """Give a delegate the vote or take it. Not while a poll is open (conference.poll_running): its roll is frozen.

    Refuses conference.vote_needs_account and conference.ended.
    """
    locked = lock(delegate.conference)
    by = require_may_run_conference(actor, locked.year)
    require_open(locked.year)
    _refuse_ended(locked)
    if unfinished(locked.year):
        raise Refused("conference.poll_running")
    found = Delegate.objects.get(pk=delegate.pk)
    if found.may_vote == may_vote:
        return
    found.may_vote = False
    if may_vote:
        _grant(found, locked, now)
    found.save(update_fields=["may_vote"])
    fact = events.VoteGranted if may_vote else events.VoteTaken
    publish(fact(locked.year_id, locked.pk, found.pk, found.name), by, now=now)


@transaction.atomic
def remove_delegate(*, delegate: Delegate, actor: Actor, now: datetime) -> None:
    """Take a delegate off the list. Refuses while a poll is open (conference.poll_running) and after (conference.ended)."""
    locked = lock(delegate.conference)
    by = require_may_run_conference(actor, locked.year)
    require_open(locked.year)
    _refuse_ended(locked)
    if unfinished(locked.year):
        raise Refused("conference.poll_running")
    publish(events.DelegateRemoved(locked.year_id, locked.pk, delegate.pk, delegate.name), by, now=now)
    Delegate.objects.filter(pk=delegate.pk).delete()


def lock(conference: Conference) -> Conference:
    """The conference with its year, held until the transaction ends."""
    return (
        Conference.objects.select_for_update(of=("self",)).select_related("year__cluster", "year__head").get(pk=conference.pk)
    )


def require_unchanged(seen: str | None, saved: str) -> None:
    """What is saved is still what the writer saw, both by `queries.fingerprints`; None where nobody looked. Otherwise
    conference.changed_meanwhile: of two who write at once, the later one does not undo the earlier one unawares."""
    if seen is not None and seen != saved:
        raise Refused("conference.changed_meanwhile")


def _grant(delegate: Delegate, conference: Conference, now: datetime) -> None:
    """Only who holds a delegate's post at a member unit can cast a vote, so nobody else is counted among the voters."""
    held = actor_of(delegate.person, now).organisations(Role.DELEGATE) if delegate.person else frozenset()
    if not held & member_ids(conference.year):
        raise Refused("conference.vote_needs_account", field="name", name=delegate.name)
    delegate.may_vote = True


def _refuse_ended(conference: Conference) -> None:
    if conference.ended:
        raise Refused("conference.ended")


def _last_seat(conference: Conference) -> int:
    return conference.delegates.aggregate(last=Max("seat"))["last"] or 0
