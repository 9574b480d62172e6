"""Writes of polls. `cast` is the only one that publishes nothing: any journal row of a vote would tie a person to a ballot."""

import time
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from random import Random

from django.db import connection, transaction
from django.db.models import F

from thidua.audit.actions import publish
from thidua.ballots import events, rules
from thidua.ballots.access import require_may_hold_poll, require_may_vote
from thidua.ballots.models import Poll, PollItem, PollStatus, RollEntry, UrnBallot
from thidua.ballots.rules import LARGEST_NUMBER, Outcome, Threshold
from thidua.clusters.access import require_open, require_stage
from thidua.clusters.models import ClusterYear
from thidua.clusters.rules import Stage
from thidua.kernel.actor import Actor
from thidua.kernel.errors import Refused

LOG_TRIES = 30
"""How often a busy log is tried to be emptied, a tenth of a second apart."""


@dataclass(frozen=True, slots=True)
class Question:
    """One item to be: the unit, what it is put forward for, and the caller's own key for it."""

    nominee_id: int
    label: str = ""
    reference: str = ""


@transaction.atomic
def create_poll(
    *, year: ClusterYear, title: str, questions: Sequence[Question], threshold: Threshold, actor: Actor, now: datetime
) -> Poll:
    """Set up a poll; nothing can be voted yet. The order of the questions is the order on the ballot.

    Refuses a closed year, a poll about nothing (ballots.no_items, field nominees), an empty title (ballots.no_title) and a
    threshold that cannot be reached (ballots.threshold_impossible).
    """
    by = require_may_hold_poll(actor, year)
    require_open(year)
    rules.check_threshold(threshold)
    if not title.strip():
        raise Refused("ballots.no_title", field="title")
    if not questions:
        raise Refused("ballots.no_items", field="nominees")
    poll = Poll.objects.create(
        year=year, title=title.strip(), numerator=threshold.numerator, denominator=threshold.denominator,
        strict=threshold.strict, base=threshold.base,
    )
    PollItem.objects.bulk_create(
        PollItem(poll=poll, position=place, nominee_id=asked.nominee_id, label=asked.label, reference=asked.reference)
        for place, asked in enumerate(questions, 1)
    )
    sign = ">" if threshold.strict else "≥"
    words = f"{sign} {threshold.numerator}/{threshold.denominator}"
    publish(events.PollCreated(year.pk, poll.pk, poll.title, len(questions), words, str(threshold.base)), by, now=now)
    return poll


@transaction.atomic
def discard_poll(*, poll: Poll, actor: Actor, now: datetime) -> None:
    """Take away a poll that was never opened. Refuses one that was (ballots.was_opened)."""
    locked = _lock(poll)
    by = require_may_hold_poll(actor, locked.year)
    if locked.status != PollStatus.PREPARING:
        raise Refused("ballots.was_opened")
    publish(events.PollDiscarded(locked.year_id, locked.pk, locked.title), by, now=now)
    locked.delete()


@transaction.atomic
def open_poll(*, poll: Poll, voters: Collection[int], members: int, actor: Actor, now: datetime) -> None:
    """Freeze the roll (ids of the persons present who have the vote) and begin. `members` counts all who have the vote.

    Refuses a poll that is or was open (ballots.was_opened), another stage than the conference, and fewer voters than a count
    needs (ballots.too_few_voters).
    """
    locked = _lock(poll)
    by = require_may_hold_poll(actor, locked.year)
    require_stage(locked.year, Stage.CONFERENCE)
    if locked.status != PollStatus.PREPARING:
        raise Refused("ballots.was_opened")
    roll = set(voters)
    if len(roll) < rules.FEWEST_BALLOTS:
        raise Refused("ballots.too_few_voters", voters=len(roll), fewest=rules.FEWEST_BALLOTS)
    RollEntry.objects.bulk_create(RollEntry(poll=locked, person_id=person) for person in sorted(roll))
    locked.status, locked.opened_at, locked.members, locked.present = PollStatus.OPEN, now, max(members, len(roll)), len(roll)
    locked.save()
    publish(events.PollOpened(locked.year_id, locked.pk, locked.title, len(roll)), by, now=now)


@transaction.atomic
def cast(*, poll: Poll, choices: Sequence[str], actor: Actor, rng: Random) -> None:
    """Mark the voter on the roll and put the ballot into the urn, both or neither. Takes no time and publishes nothing.

    Refuses: ballots.not_open, ballots.not_on_roll, ballots.already_voted, ballots.incomplete, ballots.unknown_choice.
    `rng` draws the number of the ballot (secrets.SystemRandom outside of tests).
    """
    locked = _lock(poll)
    require_may_vote(actor, locked.year)
    require_stage(locked.year, Stage.CONFERENCE)
    if not locked.is_open:
        raise Refused("ballots.not_open")
    entry = RollEntry.objects.select_for_update().filter(poll=locked, person_id=actor.person_id).first()
    if entry is None:
        raise Refused("ballots.not_on_roll")
    if entry.has_voted:
        raise Refused("ballots.already_voted")
    made = rules.check_choices(choices, locked.items.count())
    RollEntry.objects.filter(pk=entry.pk).update(has_voted=True)
    UrnBallot.objects.create(id=rng.randint(1, LARGEST_NUMBER), poll=locked, choices=list(made))


@transaction.atomic
def close_poll(*, poll: Poll, actor: Actor, now: datetime) -> Outcome:
    """End the voting, count, keep the totals of each item and make them known. Final: a poll is never opened again.

    Refuses a poll that is not open (ballots.not_open). Too few ballots, or an urn that disagrees with the roll, are not
    counted; the answer says which.
    """
    locked = _lock(poll)
    by = require_may_hold_poll(actor, locked.year)
    if not locked.is_open:
        raise Refused("ballots.not_open")
    cast_ballots = list(UrnBallot.objects.filter(poll=locked).order_by("id"))
    ended = rules.outcome(len(cast_ballots), RollEntry.objects.filter(poll=locked, has_voted=True).count())
    totals = _count(locked, cast_ballots) if ended == Outcome.COUNTED else ()
    _rewrite(locked, cast_ballots)
    transaction.on_commit(_empty_log)
    locked.status, locked.closed_at, locked.outcome, locked.ballots = PollStatus.CLOSED, now, ended, len(cast_ballots)
    locked.save()
    publish(events.BallotClosed(locked.year_id, locked.pk, locked.title, len(cast_ballots), str(ended), totals), by, now=now)
    return ended


def _count(poll: Poll, ballots: Sequence[UrnBallot]) -> tuple[events.ItemTotal, ...]:
    items = list(poll.items.order_by("position"))
    totals = []
    for item, count in zip(items, rules.tally([ballot.choices for ballot in ballots], len(items)), strict=True):
        item.yes, item.no, item.abstain = count.yes, count.no, count.abstain
        carried = rules.decide(count, poll.threshold, members=poll.members, present=poll.present).carried
        totals.append(events.ItemTotal(item.pk, item.reference, item.nominee_id, count.yes, count.no, count.abstain, carried))
    PollItem.objects.bulk_update(items, ["yes", "no", "abstain"])
    return tuple(totals)


def _rewrite(poll: Poll, ballots: Sequence[UrnBallot]) -> None:
    """Write roll and urn anew, each in one go and the urn in the order of its random numbers: what a database keeps with a
    row (PostgreSQL's transaction number, the place on the disk) then no longer pairs a voter with a ballot."""
    UrnBallot.objects.filter(poll=poll).delete()
    UrnBallot.objects.bulk_create(ballots)
    RollEntry.objects.filter(poll=poll).update(has_voted=F("has_voted"))


def _empty_log() -> None:
    """Empty SQLite's write-ahead log, which would tell for a while which vote was written beside which name. A reader may hold
    it for a moment; `serve` empties it again at every start. (PostgreSQL's log is the administrator's to guard.)"""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        for _ in range(LOG_TRIES):
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            if not cursor.fetchone()[0]:
                return
            time.sleep(0.1)


def _lock(poll: Poll) -> Poll:
    """The poll's row is the one lock of roll, urn and status: no vote can slip in beside a closing."""
    return Poll.objects.select_for_update(of=("self",)).select_related("year__cluster").get(pk=poll.pk)
