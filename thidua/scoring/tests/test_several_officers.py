"""Several officers at one sheet: nobody's typing is lost; rows given to a person are hers to see first."""

import pytest

from thidua.audit.models import JournalEntry
from thidua.kernel.actor import Role
from thidua.kernel.errors import Absent, Forbidden, Refused
from thidua.scoring import actions
from thidua.scoring.models import LineSave, RowKeeper, ScoreLine


@pytest.fixture
def sheet(field):
    field.open()
    return field.sheet(2, {"A.1": {"points": "8"}})


def test_a_figure_and_a_reason_written_at_once_are_both_kept(field, sheet):
    field.save(sheet, 2, "A.1", reason="Biên bản số 3", points="8", revision=1)
    field.save(sheet, 2, "A.1", points="9", revision=1)
    line = ScoreLine.objects.get()
    assert (line.points, line.reason, line.revision) == (9, "Biên bản số 3", 3)


def test_both_change_the_figure_and_the_second_is_told_what_stands_there(field, sheet):
    field.save(sheet, 2, "A.1", points="7", reason="Lý do của Lan", revision=1)
    with pytest.raises(Refused, match="changed_meanwhile") as refusal:
        field.save(sheet, 2, "A.1", points="9", revision=1)
    facts = refusal.value.facts
    assert (facts["cells"], facts["value"], facts["reason"], facts["revision"]) == ("figures", "7 điểm", "Lý do của Lan", 2)
    line = field.save(sheet, 2, "A.1", points="9", reason=facts["reason"], revision=2)
    assert (line.points, line.reason) == (9, "Lý do của Lan")


def test_both_change_the_reason(field, sheet):
    field.save(sheet, 2, "A.1", points="8", reason="Lý do của Lan", revision=1)
    with pytest.raises(Refused, match="changed_meanwhile") as refusal:
        field.save(sheet, 2, "A.1", points="9", reason="Lý do của tôi", revision=1)
    assert (refusal.value.facts["cells"], refusal.value.facts["figures_kept"]) == ("reason", False)


def test_the_same_figure_typed_twice_is_no_clash(field, sheet):
    field.save(sheet, 2, "A.1", points="9", revision=1)
    assert field.save(sheet, 2, "A.1", points="9", revision=1).revision == 2


def test_a_first_line_written_twice_at_once_clashes(field, sheet):
    field.save(sheet, 2, "A.2", actual="40", target="50", revision=0)
    with pytest.raises(Refused, match="changed_meanwhile"):
        field.save(sheet, 2, "A.2", actual="41", target="50", revision=0)


def test_where_nobody_knows_any_more_what_was_seen_the_writer_is_asked(field, sheet):
    field.save(sheet, 2, "A.1", points="7", revision=1)
    LineSave.objects.all().delete()
    with pytest.raises(Refused, match="changed_meanwhile"):
        field.save(sheet, 2, "A.1", points="7", reason="Thêm lý do", revision=1)


def test_a_merged_row_is_checked_like_any_other(field, sheet):
    field.save(sheet, 2, "A.1", points="11", reason="Vượt vì được tặng cờ", revision=1)
    field.save(sheet, 2, "A.1", points="11", reason="Vượt vì được tặng cờ", revision=2)
    with pytest.raises(Refused, match="above_maximum"):
        field.save(sheet, 2, "A.1", points="12", revision=2)


def test_every_save_is_kept(field, sheet):
    field.save(sheet, 2, "A.1", points="9", reason="Đủ hồ sơ")
    assert list(LineSave.objects.values_list("revision", "points", "reason")) == [(1, 8, ""), (2, 9, "Đủ hồ sơ")]


def give(field, number, codes, person=None, actor=None):
    world = field.world
    person = person or world.person(Role.UNIT_OFFICER, world.unit(number))
    actor = actor or world.leader(number)
    return actions.give_rows(year=field.year, unit=world.unit(number), codes=codes, person=person, actor=actor, now=field.now)


def test_rows_are_given_once_and_taken_back(field, world, now):
    field.open()
    assert give(field, 2, ["A", "B.1"]) == 2
    assert give(field, 2, ["A"]) == 0
    assert JournalEntry.objects.filter(event="RowsGiven").count() == 1
    keeper = RowKeeper.objects.get(code="A")
    actions.take_rows(keeper=keeper, actor=world.officer(2), now=now)
    with pytest.raises(Absent):
        actions.take_rows(keeper=keeper, actor=world.officer(2), now=now)
    assert RowKeeper.objects.get().code == "B.1"


def test_rows_are_given_within_a_unit_only(field, world, now):
    field.open()
    stranger = world.person(Role.UNIT_OFFICER, world.unit(3))
    with pytest.raises(Refused, match="not_of_the_unit"):
        give(field, 2, ["A"], person=stranger)
    for actor in (world.leader(3), world.secretary(), world.auditor() if hasattr(world, "auditor") else world.officer(3)):
        with pytest.raises(Forbidden):
            give(field, 2, ["A"], actor=actor)
    give(field, 2, ["A"])
    with pytest.raises(Forbidden):
        actions.take_rows(keeper=RowKeeper.objects.get(), actor=world.leader(3), now=now)


@pytest.mark.parametrize(("codes", "code"), [([], "no_rows_chosen"), (["Z.9"], "unknown_code")])
def test_rows_that_are_none_are_told(field, codes, code):
    field.open()
    with pytest.raises(Refused, match=code):
        give(field, 2, codes)


def test_a_closed_year_gives_nothing(field):
    field.open()
    field.stage("closed")
    with pytest.raises(Refused):
        give(field, 2, ["A"])
    assert not RowKeeper.objects.exists()
