"""Fixtures of the pages of study."""

import pytest
from django.utils import timezone

from thidua.kernel.actor import Role


@pytest.fixture
def as_(world, sign_in):
    """as_("officer", 2) → a client signed in as that person."""
    roles = {"secretary": Role.HEAD_SECRETARY, "leader": Role.UNIT_LEADER, "officer": Role.UNIT_OFFICER}

    def go(name, number=1):
        return sign_in(world.person(roles[name], world.unit(number)))

    return go


@pytest.fixture
def study_day(monkeypatch, now):
    """Pages ask for the moment; the tests live on one day."""
    monkeypatch.setattr(timezone, "now", lambda: now)
