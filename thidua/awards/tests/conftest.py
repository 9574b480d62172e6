"""A year at its conference for the tests of this slice."""

import pytest

from thidua.awards import actions
from thidua.awards.models import Title


@pytest.fixture
def year(world):
    """A year at its conference, with three units."""
    return world.year(stage="conference")


@pytest.fixture
def nominate(world, year, now):
    """nominate(unit number, title) → the nomination made by the head's secretary."""

    def go(number, title=Title.FLAG, **values):
        values = {"actor": world.secretary(), "now": now, **values}
        return actions.nominate(year=year, unit=world.unit(number), title=title, **values)

    return go


@pytest.fixture
def at_stage(year):
    """at_stage(stage): set the year's stage."""

    def go(stage):
        year.stage = stage
        year.save()

    return go
