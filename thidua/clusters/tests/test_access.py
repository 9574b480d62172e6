"""Who sees a year."""

import pytest

from thidua.clusters.access import get_year_visible_to
from thidua.kernel.actor import Actor, Role
from thidua.kernel.errors import Absent


@pytest.mark.parametrize(
    ("role", "place", "sees"),
    [
        (Role.UNIT_OFFICER, "Don vi 2", True),
        (Role.UNIT_OFFICER, "Don vi khac", False),
        (Role.SUPERIOR_OFFICER, "Ban Tuyen giao", True),
        (Role.SUPERIOR_OFFICER, "Ban khac", False),
        (Role.AUDITOR, "Ban khac", True),
        (Role.OPERATOR, "Don vi 2", False),
    ],
)
def test_a_year_is_seen_by_its_own_people_only(world, role, place, sees):
    year = world.year()
    actor = world.actor(role, world.organisation(place))
    if sees:
        assert get_year_visible_to(actor, "cum-2", 2021) == year
    else:
        with pytest.raises(Absent):
            get_year_visible_to(actor, "cum-2", 2021)


def test_absent_and_forbidden_are_the_same_answer(world, sign_in):
    world.year()
    client = sign_in(world.person(Role.UNIT_OFFICER, world.organisation("Don vi khac")))
    hidden, nothing = client.get("/cum/cum-2/2021/"), client.get("/cum/cum-2/1999/")
    assert hidden.status_code == nothing.status_code == 404


def test_nobody_sees_nothing(world):
    world.year()
    with pytest.raises(Absent):
        get_year_visible_to(Actor(None, ""), "cum-2", 2021)
