"""A poll with five delegates for the tests of this slice."""

from random import Random

import pytest

from thidua.ballots import actions
from thidua.ballots.actions import Question
from thidua.ballots.rules import Base, Threshold
from thidua.kernel.actor import Role


class Hall:
    """A year at its conference, a poll on its first two units, and five delegates who may vote."""

    def __init__(self, world, now):
        self.world, self.now = world, now
        self.year = world.year(stage="conference", units=5)
        self.secretary = world.secretary()
        self.persons = [world.person(Role.DELEGATE, world.unit(number)) for number in range(1, 6)]
        self.delegates = [world.actor(Role.DELEGATE, world.unit(number)) for number in range(1, 6)]
        self.rng = Random(7)

    def poll(self, *, opened=True, threshold=None, items=2, voters=None):
        """A poll, opened for all five delegates unless told otherwise."""
        questions = [Question(self.world.unit(n).pk, f"Danh hiệu {n}", f"test:{n}") for n in range(1, items + 1)]
        poll = actions.create_poll(
            year=self.year, title="Suy tôn danh hiệu", questions=questions,
            threshold=threshold or Threshold(2, 3, False, Base.PRESENT), actor=self.secretary, now=self.now,
        )
        if opened:
            roll = [person.pk for person in self.persons] if voters is None else voters
            actions.open_poll(poll=poll, voters=roll, members=6, actor=self.secretary, now=self.now)
            poll.refresh_from_db()
        return poll

    def cast(self, poll, number, *choices):
        """The vote of the n-th delegate."""
        actions.cast(poll=poll, choices=choices, actor=self.delegates[number - 1], rng=self.rng)

    def close(self, poll):
        """Close and load again."""
        ended = actions.close_poll(poll=poll, actor=self.secretary, now=self.now)
        poll.refresh_from_db()
        return ended


@pytest.fixture
def hall(world, now) -> Hall:
    """See Hall."""
    return Hall(world, now)
