"""From setting up to counting, and every way to be turned away."""

import pytest
from django.db import IntegrityError, transaction

from thidua.audit.models import JournalEntry
from thidua.ballots import actions, queries
from thidua.ballots.actions import Question
from thidua.ballots.models import Poll, RollEntry, UrnBallot
from thidua.ballots.rules import Base, Outcome, Tally, Threshold
from thidua.kernel.actor import Role
from thidua.kernel.errors import Forbidden, Refused
from thidua.people.queries import actor_of


def test_a_poll_from_end_to_end(hall):
    poll = hall.poll()
    hall.cast(poll, 1, "yes", "no")
    hall.cast(poll, 2, "yes", "yes")
    hall.cast(poll, 3, "yes", "abstain")
    hall.cast(poll, 4, "yes", "no")
    assert queries.summary_of(poll).voted == 4
    assert queries.summary_of(poll).results[0].tally is None
    assert hall.close(poll) == Outcome.COUNTED
    first, second = queries.summary_of(poll).results
    assert (first.tally, first.decision.carried) == (Tally(4, 0, 0), True)
    assert (second.tally, second.decision.carried, second.decision.needed) == (Tally(1, 2, 1), False, 4)


def test_a_voter_votes_once(hall):
    poll = hall.poll()
    hall.cast(poll, 1, "yes", "no")
    with pytest.raises(Refused, match="already_voted"):
        hall.cast(poll, 1, "no", "no")
    assert list(UrnBallot.objects.values_list("choices", flat=True)) == [["yes", "no"]]


@pytest.mark.parametrize(
    ("choices", "code"), [((), "incomplete"), (("yes",), "incomplete"), (("yes", "perhaps"), "unknown_choice")]
)
def test_a_bad_ballot_leaves_the_voter_free_to_vote(hall, choices, code):
    poll = hall.poll()
    with pytest.raises(Refused, match=code):
        hall.cast(poll, 1, *choices)
    assert not RollEntry.objects.filter(has_voted=True).exists()
    hall.cast(poll, 1, "yes", "no")


def test_only_who_is_on_the_roll_votes(hall):
    poll = hall.poll(voters=[person.pk for person in hall.persons[:4]])
    with pytest.raises(Refused, match="not_on_roll"):
        hall.cast(poll, 5, "yes", "no")


def test_votes_only_while_open(hall):
    poll = hall.poll(opened=False)
    with pytest.raises(Refused, match="not_open"):
        hall.cast(poll, 1, "yes", "no")
    opened = hall.poll()
    hall.close(opened)
    with pytest.raises(Refused, match="not_open"):
        hall.cast(opened, 1, "yes", "no")


def test_a_failed_write_of_the_ballot_unmarks_the_voter(hall):
    poll = hall.poll()

    class Stuck:  # the same number twice, as chance never would
        def randint(self, low, high):
            return 5

    actions.cast(poll=poll, choices=["yes", "no"], actor=hall.delegates[0], rng=Stuck())
    with pytest.raises(IntegrityError), transaction.atomic():
        actions.cast(poll=poll, choices=["no", "no"], actor=hall.delegates[1], rng=Stuck())
    assert RollEntry.objects.get(person=hall.persons[1]).has_voted is False
    assert UrnBallot.objects.get().choices == ["yes", "no"]


def test_fewer_than_three_ballots_are_not_counted(hall):
    poll = hall.poll()
    hall.cast(poll, 1, "yes", "no")
    hall.cast(poll, 2, "yes", "no")
    assert hall.close(poll) == Outcome.TOO_FEW
    assert all(result.tally is None for result in queries.summary_of(poll).results)
    assert '"totals":[]' in JournalEntry.objects.get(event="BallotClosed").facts


def test_an_urn_that_disagrees_with_the_roll_is_not_counted(hall):
    poll = hall.poll()
    for number in (1, 2, 3):
        hall.cast(poll, number, "yes", "no")
    UrnBallot.objects.create(id=12, poll=poll, choices=["yes", "yes"])
    assert hall.close(poll) == Outcome.MISMATCH
    assert poll.items.filter(yes__isnull=False).count() == 0


def test_a_poll_is_opened_once_and_never_again(hall):
    poll = hall.poll()
    for attempt in (actions.discard_poll, lambda **v: actions.open_poll(voters=[1, 2, 3], members=3, **v)):
        with pytest.raises(Refused, match="was_opened"):
            attempt(poll=poll, actor=hall.secretary, now=hall.now)
    hall.close(poll)
    with pytest.raises(Refused, match="not_open"):
        hall.close(poll)


def test_opening_needs_the_stage_and_enough_voters(hall):
    poll = hall.poll(opened=False)
    with pytest.raises(Refused, match="too_few_voters"):
        actions.open_poll(poll=poll, voters=[p.pk for p in hall.persons[:2]], members=5, actor=hall.secretary, now=hall.now)
    hall.year.stage = "cross_checking"
    hall.year.save()
    with pytest.raises(Refused, match="wrong_stage"):
        actions.open_poll(poll=poll, voters=[p.pk for p in hall.persons], members=5, actor=hall.secretary, now=hall.now)


def test_a_poll_that_was_never_opened_can_be_taken_away(hall):
    poll = hall.poll(opened=False)
    actions.discard_poll(poll=poll, actor=hall.secretary, now=hall.now)
    assert not Poll.objects.exists()


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"title": "  "}, "no_title"),
        ({"questions": []}, "no_items"),
        ({"threshold": Threshold(3, 2, False, Base.CAST)}, "threshold_impossible"),
    ],
)
def test_polls_that_make_no_sense_are_refused(hall, changed, code):
    values = {"title": "T", "questions": [Question(hall.world.unit(1).pk)], "threshold": Threshold(1, 2, True, Base.CAST)}
    with pytest.raises(Refused, match=code):
        actions.create_poll(year=hall.year, actor=hall.secretary, now=hall.now, **(values | changed))


def test_a_closed_year_takes_no_poll(hall):
    hall.year.stage = "closed"
    hall.year.save()
    with pytest.raises(Refused, match="year_closed"):
        hall.poll(opened=False)


@pytest.mark.parametrize("role", [Role.UNIT_LEADER, Role.DELEGATE, Role.AUDITOR, Role.OPERATOR])
def test_only_secretary_and_superior_hold_polls(hall, role):
    poll = hall.poll()
    actor = hall.world.actor(role, hall.world.unit(1))
    with pytest.raises(Forbidden):
        actions.close_poll(poll=poll, actor=actor, now=hall.now)
    assert actions.close_poll(poll=poll, actor=hall.world.superior(), now=hall.now)


def test_on_the_roll_but_no_longer_a_delegate(hall):
    someone = hall.world.person(Role.UNIT_OFFICER, hall.world.unit(1))
    poll = hall.poll(voters=[*(p.pk for p in hall.persons), someone.pk])
    with pytest.raises(Forbidden):
        actions.cast(poll=poll, choices=["yes", "no"], actor=actor_of(someone, hall.now), rng=hall.rng)
