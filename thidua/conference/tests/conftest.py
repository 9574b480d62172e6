"""A conference with delegates for the tests of this slice."""

from datetime import UTC, datetime

import pytest

from thidua.ballots.rules import Base, Threshold
from thidua.conference import actions
from thidua.conference.models import Delegate
from thidua.conference.rules import AgendaLine, Movements, Plan
from thidua.kernel.actor import Role

STARTS = datetime(2021, 11, 26, 1, 0, tzinfo=UTC)
PLAN = Plan(STARTS, "Hội trường Công ty", "Lãnh đạo cụm trưởng", "Thư ký cụm")
TWO_THIRDS = Threshold(2, 3, False, Base.PRESENT)


class Stand:
    """A year at its conference with four units, one delegate each, and the hands to run it."""

    def __init__(self, world, now):
        self.world, self.now = world, now
        self.year = world.year(stage="conference", units=4)
        self.secretary = world.secretary()
        self.persons = [world.person(Role.DELEGATE, world.unit(number)) for number in range(1, 5)]
        self.by = {"actor": self.secretary, "now": now}

    def conference(self, *, called=True, present=0, started=False):
        """A planned conference; `present` of the four delegates are there."""
        held = actions.plan_conference(year=self.year, plan=PLAN, **self.by)
        lines = [AgendaLine(None, "Báo cáo tổng kết", 30, ""), AgendaLine(None, "Bình xét, suy tôn", None, "")]
        actions.set_agenda(conference=held, lines=lines, **self.by)
        if called:
            actions.call_delegates(conference=held, **self.by)
        if present:
            self.attend(held, present)
        if started:
            actions.start_conference(conference=held, **self.by)
            held.refresh_from_db()
        return held

    def attend(self, held, count):
        """The first `count` delegates come in."""
        ids = list(Delegate.objects.filter(conference=held).order_by("seat").values_list("pk", flat=True))[:count]
        actions.mark_attendance(conference=held, movements=Movements(frozenset(ids), frozenset()), **self.by)

    def delegate(self, number):
        """The actor of the n-th unit's delegate."""
        return self.world.actor(Role.DELEGATE, self.world.unit(number))


@pytest.fixture
def stand(world, now) -> Stand:
    """See Stand."""
    return Stand(world, now)
