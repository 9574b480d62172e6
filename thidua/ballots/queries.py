"""Reads about polls: turnout while a poll is open, totals once it is closed. No read here ever joins roll and urn."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from thidua.ballots.models import Poll, PollItem, PollStatus, RollEntry
from thidua.ballots.rules import Decision, Tally, decide
from thidua.clusters.models import ClusterYear
from thidua.clusters.queries import frame_of
from thidua.kernel.actor import Actor
from thidua.kernel.ports import Missing, Work


@dataclass(frozen=True, slots=True)
class ItemResult:
    """An item with its count and the verdict; both None while there is none."""

    item: PollItem
    tally: Tally | None
    decision: Decision | None


@dataclass(frozen=True, slots=True)
class PollSummary:
    """A poll as pages and minutes show it: how many may vote, how many have, and the results after the closing."""

    poll: Poll
    voters: int
    voted: int
    results: tuple[ItemResult, ...]


def polls_of(year: ClusterYear) -> list[PollSummary]:
    """All polls of the year in the order they were set up. Two queries."""
    return _summaries(Poll.objects.filter(year=year))


def summary_of(poll: Poll) -> PollSummary:
    """One poll. Two queries."""
    return _summaries(Poll.objects.filter(pk=poll.pk))[0]


def _summaries(polls: QuerySet[Poll]) -> list[PollSummary]:
    counted = polls.annotate(on_roll=Count("roll"), marked=Count("roll", filter=Q(roll__has_voted=True))).order_by("pk")
    return [
        PollSummary(poll, poll.on_roll, poll.marked, tuple(_results(poll)))
        for poll in counted.prefetch_related("items__nominee")
    ]


def _results(poll: Poll) -> Iterable[ItemResult]:
    for item in poll.items.all():
        count = item.tally
        verdict = decide(count, poll.threshold, members=poll.members, present=poll.present) if count else None
        yield ItemResult(item, count, verdict)


def frame_of_poll(actor: Actor, poll: Poll) -> dict[str, object]:
    """What the page of a poll shows: the frame of its year, the summary, and whether the person's own vote is awaited."""
    shown = frame_of(actor, poll.year, "conference")
    return shown | {"summary": summary_of(poll), "poll": poll, "vote_awaited": poll.pk in may_still_vote(actor, [poll])}


def latest_results(year: ClusterYear) -> dict[int, PollSummary]:
    """For each unit the latest counted poll it stood in, by organisation id. Three queries."""
    found: dict[int, PollSummary] = {}
    for summary in polls_of(year):
        if any(result.tally for result in summary.results):
            found.update((result.item.nominee_id, summary) for result in summary.results)
    return found


def unfinished(year: ClusterYear) -> list[Poll]:
    """Polls that are open now. One query."""
    return list(Poll.objects.filter(year=year, status=PollStatus.OPEN))


def still_open(year: ClusterYear) -> list[Missing]:
    """STEP_BACK_CHECKS: a poll that is open keeps the year at its conference. One query."""
    return [Missing("ballots.still_open", {"title": poll.title}) for poll in unfinished(year)]


def may_still_vote(actor: Actor, polls: Iterable[Poll]) -> set[int]:
    """Ids of those polls that are open and wait for this person's vote. One query."""
    waiting = RollEntry.objects.filter(person_id=actor.person_id, has_voted=False, poll__status=PollStatus.OPEN)
    return set(waiting.filter(poll__in=list(polls)).values_list("poll_id", flat=True))


def work(actor: Actor, now: datetime) -> list[Work]:
    """WORK: an open poll that waits for this person's vote. One query."""
    waiting = RollEntry.objects.filter(person_id=actor.person_id, has_voted=False, poll__status=PollStatus.OPEN)
    polls = [entry.poll for entry in waiting.select_related("poll__year__cluster").order_by("poll_id")]
    today = localtime(now).date()
    return [Work(_("Bỏ phiếu: %(title)s") % {"title": poll.title}, str(poll.year), booth_url(poll), today) for poll in polls]


def booth_url(poll: Poll) -> str:
    """The address of the booth of a poll whose year and cluster are loaded."""
    return reverse("ballots:booth", args=[poll.year.cluster.slug, poll.year.year, poll.pk])
