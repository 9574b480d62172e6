"""A desk at which programmes are written."""

import pytest

from thidua.programmes.tests.papers_desk import Desk


@pytest.fixture
def desk(world, now) -> Desk:
    """See Desk; the year is being carried out."""
    return Desk(world, now)


@pytest.fixture
def hall(world, now) -> Desk:
    """The same in the stage of the conference."""
    return Desk(world, now, stage="conference")
