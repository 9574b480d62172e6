"""Who reads which programmes, and whose drafts."""

import pytest

from thidua.kernel.actor import Role
from thidua.kernel.errors import Absent
from thidua.programmes.access import get_programme, may_see_tasks, units_open_to

READERS = (Role.HEAD_SECRETARY, Role.UNIT_OFFICER, Role.UNIT_LEADER, Role.SUPERIOR_OFFICER, Role.APPRAISER, Role.AUDITOR)


def actors(world):
    """One of each role: units 1 and 2, the superior body, and an auditor outside the cluster."""
    places = {Role.SUPERIOR_OFFICER: "Ban Tuyen giao", Role.APPRAISER: "Ban Tuyen giao", Role.AUDITOR: "Thanh tra"}
    places |= {Role.HEAD_SECRETARY: "Don vi 1"}
    return {role: world.actor(role, world.organisation(places.get(role, "Don vi 2"))) for role in Role if role != Role.OPERATOR}


def test_the_units_open_to_a_person_are_those_whose_tasks_the_person_sees(desk):
    units = [desk.world.unit(number).pk for number in (1, 2, 3)]
    for role, actor in actors(desk.world).items():
        seen = {unit for unit in units if may_see_tasks(actor, desk.year, unit)}
        assert units_open_to(actor, desk.year) == seen, role


def test_drafts_are_for_the_unit_and_for_those_who_run_or_prove_approved_ones_for_all(desk):
    programme = desk.programme()
    for role, actor in actors(desk.world).items():
        if role in READERS:
            assert get_programme(actor, desk.year, programme.pk) == programme
        else:
            with pytest.raises(Absent):
                get_programme(actor, desk.year, programme.pk)
    with pytest.raises(Absent):
        get_programme(desk.world.leader(3), desk.year, programme.pk)
    desk.approve(programme)
    for actor in (*actors(desk.world).values(), desk.world.leader(3)):
        assert get_programme(actor, desk.year, programme.pk) == programme


def test_a_programme_of_another_year_is_not_there(desk):
    programme = desk.programme()
    later = desk.world.year(2022)
    with pytest.raises(Absent):
        get_programme(desk.world.leader(2), later, programme.pk)
