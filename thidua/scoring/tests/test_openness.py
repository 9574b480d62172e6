"""What a member may look up of another member once the check is over: every figure and reason, no file."""

import pytest

from thidua.kernel.actor import Role
from thidua.scoring.access import proof_units, seen_units
from thidua.scoring.tests.conftest import FULL

YEAR = "/cum/cum-2/2021/"


@pytest.fixture
def checked(field):
    """The sheet of unit 2, submitted and checked."""
    field.open()
    sheet = field.submitted(2, FULL)
    field.stage("cross_checking")
    field.finish(sheet, 2)
    return field


@pytest.mark.parametrize(("stage", "status"), [("cross_checking", 404), ("conference", 200), ("closed", 200)])
def test_members_read_each_other_s_sheets_from_the_conference_on(checked, sign_in, world, stage, status):
    checked.stage(stage)
    client = sign_in(world.person(Role.UNIT_OFFICER, world.unit(3)))
    assert client.get(YEAR + "tu-cham/don-vi-2/").status_code == status
    assert client.get(YEAR + "tham-dinh/don-vi-2/").status_code == status
    for path in ("tu-cham/don-vi-2/minh-chung/A.1/", "tu-cham/don-vi-2/dan-chung/"):
        assert client.get(YEAR + path).status_code == 404


def test_the_links_to_evidence_are_for_those_who_may_open_it(checked, sign_in, world):
    checked.stage("conference")
    page = YEAR + "tham-dinh/don-vi-2/"
    other = sign_in(world.person(Role.UNIT_OFFICER, world.unit(3))).get(page).content.decode()
    assert "minh-chung/" not in other
    leader = sign_in(world.person(Role.UNIT_LEADER, world.unit(3)))
    assert "dan-chung/" not in leader.get(YEAR + "tu-cham/don-vi-2/").content.decode()


def test_who_holds_no_office_of_a_member_reads_no_sheet(checked, world):
    year = checked.stage("conference")
    delegate = world.actor(Role.DELEGATE, world.unit(3))
    assert (seen_units(delegate, year), proof_units(delegate, year)) == (frozenset(), frozenset())
    assert proof_units(world.officer(3), year) == {world.unit(3).pk}
