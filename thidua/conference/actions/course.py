"""During and after the conference: attendance, polls, the end, remarks in the minutes."""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import override

from thidua.audit.actions import publish
from thidua.awards.models import Nomination
from thidua.awards.queries import reference_of
from thidua.ballots import actions as ballots
from thidua.ballots.access import require_may_hold_poll
from thidua.ballots.models import Poll, PollStatus
from thidua.ballots.queries import unfinished
from thidua.ballots.rules import Threshold
from thidua.clusters.access import require_open, require_stage
from thidua.clusters.rules import Stage
from thidua.conference import events
from thidua.conference.access import require_may_run_conference
from thidua.conference.actions.planning import lock, require_unchanged
from thidua.conference.models import Conference, ConferenceStatus, MinutesRemark, Section
from thidua.conference.queries import fingerprints
from thidua.conference.rules import Movements
from thidua.kernel.actor import Actor
from thidua.kernel.errors import Refused
from thidua.people.models import Organisation


@transaction.atomic
def mark_attendance(*, conference: Conference, movements: Movements, actor: Actor, now: datetime) -> int:
    """Who came in and who went out; how many are present now. Refuses a conference that is over (conference.ended)."""
    locked = lock(conference)
    by = require_may_run_conference(actor, locked.year)
    if locked.ended:
        raise Refused("conference.ended")
    came = locked.delegates.filter(pk__in=movements.arrived, present=False)
    went = locked.delegates.filter(pk__in=movements.left, present=True)
    arrived, left = tuple(came.values_list("pk", flat=True)), tuple(went.values_list("pk", flat=True))
    locked.delegates.filter(pk__in=arrived).update(present=True)
    locked.delegates.filter(pk__in=left).update(present=False)
    present = locked.delegates.filter(present=True).count()
    if arrived or left:
        publish(events.AttendanceMarked(locked.year_id, locked.pk, arrived, left, present), by, now=now)
    return present


@transaction.atomic
def start_conference(*, conference: Conference, actor: Actor, now: datetime) -> None:
    """Open the session, at the stage of the conference. Refuses a second time (conference.already_started)."""
    locked = lock(conference)
    by = require_may_run_conference(actor, locked.year)
    require_stage(locked.year, Stage.CONFERENCE)
    if locked.status != ConferenceStatus.PLANNED:
        raise Refused("conference.already_started")
    locked.status, locked.started_at = ConferenceStatus.IN_SESSION, now
    locked.save(update_fields=["status", "started_at"])
    publish(events.ConferenceStarted(locked.year_id, locked.pk), by, now=now)


@transaction.atomic
def end_conference(*, conference: Conference, actor: Actor, now: datetime) -> None:
    """Close the session. Refuses unless it is on (conference.not_in_session), and while a poll is open (conference.poll_open)."""
    locked = lock(conference)
    by = require_may_run_conference(actor, locked.year)
    _require_session(locked)
    for poll in unfinished(locked.year):
        raise Refused("conference.poll_open", title=poll.title)
    locked.status, locked.ended_at = ConferenceStatus.ENDED, now
    locked.save(update_fields=["status", "ended_at"])
    publish(events.ConferenceEnded(locked.year_id, locked.pk), by, now=now)


@transaction.atomic
def propose_poll(
    *,
    conference: Conference,
    title: str,
    nominations: Sequence[Nomination],
    units: Sequence[Organisation] = (),
    threshold: Threshold,
    actor: Actor,
    now: datetime,
) -> Poll:
    """Set up a poll about nominations (their results join them) and about units as such, in this order.

    Refuses a conference that is over (conference.ended), the very poll that waits already (conference.poll_exists: a button
    pressed twice), and what ballots.create_poll refuses.
    """
    locked = lock(conference)
    require_may_hold_poll(actor, locked.year)
    if locked.ended:
        raise Refused("conference.ended")
    with override("vi"):
        questions = [ballots.Question(n.unit_id, n.title_text, reference_of(n)) for n in nominations]
    questions += [ballots.Question(unit.pk) for unit in units]
    _refuse_same_poll(locked, title.strip(), questions)
    return ballots.create_poll(year=locked.year, title=title, questions=questions, threshold=threshold, actor=actor, now=now)


@transaction.atomic
def open_poll(*, conference: Conference, poll: Poll, actor: Actor, now: datetime) -> None:
    """Open a poll for the delegates who are present and have the vote: they become its roll.

    Refuses outside of the session (conference.not_in_session), without a quorum (conference.no_quorum), and what
    ballots.open_poll refuses.
    """
    locked = lock(conference)
    _require_session(locked)
    voters = list(locked.delegates.filter(may_vote=True).values_list("person_id", "present"))
    there: Collection[int] = [person for person, present in voters if present]
    reached = locked.quorum(len(there), len(voters))
    if not reached.reached:
        raise Refused("conference.no_quorum", present=reached.present, needed=reached.to_open)
    ballots.open_poll(poll=poll, voters=there, members=len(voters), actor=actor, now=now)


@transaction.atomic
def write_remark(
    *, conference: Conference, section: str, text: str, seen: str | None = None, actor: Actor, now: datetime
) -> None:
    """Add free words to a part of the minutes, or take them away with an empty text. Until the year is closed.

    `seen`: see `planning.require_unchanged`; refuses other words saved meanwhile (conference.changed_meanwhile).
    """
    locked = lock(conference)
    by = require_may_run_conference(actor, locked.year)
    require_open(locked.year)
    part = Section(section)
    before = locked.remarks.filter(section=part).first()
    saved = before.text if before else ""
    if saved == text.strip():
        return
    require_unchanged(seen, fingerprints.of_remark(saved))
    if text.strip():
        MinutesRemark.objects.update_or_create(conference=locked, section=part, defaults={"text": text.strip()})
    else:
        locked.remarks.filter(section=part).delete()
    publish(events.MinutesRemarked(locked.year_id, locked.pk, str(part)), by, now=now)


def _refuse_same_poll(conference: Conference, title: str, questions: Sequence[ballots.Question]) -> None:
    asked = {(question.nominee_id, question.label, question.reference) for question in questions}
    waiting = Poll.objects.filter(year=conference.year, status=PollStatus.PREPARING, title=title)
    for poll in waiting.prefetch_related("items"):
        if {(item.nominee_id, item.label, item.reference) for item in poll.items.all()} == asked:
            raise Refused("conference.poll_exists", field="title", title=title)


def _require_session(conference: Conference) -> None:
    if not conference.in_session:
        raise Refused("conference.not_in_session")
