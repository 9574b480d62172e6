"""What happens here when a poll is closed."""

from datetime import datetime

from thidua.awards.models import VOTABLE, Nomination, NominationStatus
from thidua.awards.queries import referred_to
from thidua.ballots.events import BallotClosed
from thidua.ballots.models import Poll
from thidua.ballots.rules import Tally, decide
from thidua.kernel.actor import Actor


def note_result(event: BallotClosed, actor: Actor, now: datetime) -> None:
    """The result of a poll about a nomination becomes part of what the nomination rests on, and says whether it goes forward:
    one that is voted down does not, unless a later poll carries it."""
    results = {referred_to(total.reference): total for total in event.totals}
    poll = Poll.objects.get(pk=event.poll_id)
    voted_on = Nomination.objects.filter(year_id=event.year_id, pk__in=[pk for pk in results if pk], status__in=VOTABLE)
    for nomination in voted_on:
        total = results[nomination.pk]
        count = Tally(total.yes, total.no, total.abstain)
        verdict = decide(count, poll.threshold, members=poll.members, present=poll.present)
        values = {"yes": verdict.yes, "of": verdict.of, "needed": verdict.needed, "carried": verdict.carried}
        nomination.basis = {**nomination.basis, "poll": {"title": event.title, **values}}
        nomination.status = NominationStatus.PROPOSED if verdict.carried else NominationStatus.VOTED_DOWN
        nomination.save(update_fields=["basis", "status"])


REACTIONS: dict[type, tuple[list, list]] = {BallotClosed: ([note_result], [])}
