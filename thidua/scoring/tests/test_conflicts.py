"""Conflicts of interest: who declares, proposes, decides, and that nobody is given to whom a conflict bars."""

import pytest

from thidua.kernel.actor import Role
from thidua.kernel.errors import Absent, Forbidden, Refused
from thidua.scoring import actions
from thidua.scoring.access import assigned_units, conflicted_units, conflicts_visible_to
from thidua.scoring.models import AppraiserAssignment, Conflict
from thidua.scoring.queries import barred_pairs, conflict_rows

WORDS = "Chị dâu là kế toán của đơn vị."


@pytest.fixture
def year(field):
    return field.open()


@pytest.fixture
def declare(world, year, now):
    """declare(actor, person=…|checker=…, unit=2) → the conflict."""

    def go(actor, unit=2, words=WORDS, kind="kinship", **who):
        given = {"year": year, "kind": kind, "unit": world.unit(unit), "words": words, "actor": actor, "now": now}
        return actions.declare_conflict(**given, **who)

    return go


@pytest.fixture
def appraiser(world, body):
    """A person of the superior body who appraises."""
    return world.person(Role.APPRAISER, body)


def test_an_appraiser_declares_an_own_conflict_and_loses_the_unit(field, world, year, body, appraiser, declare, now):
    actor = field.appraiser(2)
    assert assigned_units(actor, year) == {world.unit(2).pk}
    conflict = declare(actor, person=appraiser)
    assert conflict.state == "standing"
    assert not AppraiserAssignment.objects.exists()
    with pytest.raises(Refused) as caught:
        field.appraiser(2)
    assert caught.value.code == "scoring.appraiser_in_conflict"


def test_an_assignment_that_came_first_is_of_no_use(field, world, year, body, appraiser, now):
    actor = field.appraiser(2)
    kept = {"state": "standing", "words": WORDS, "declared_at": now, "declared_by_name": "x"}
    Conflict.objects.create(year=year, kind="interest", person=appraiser, unit=world.unit(2), **kept)
    assert assigned_units(actor, year) == frozenset()
    sheet = field.submitted(2)
    field.stage("cross_checking")
    with pytest.raises(Forbidden) as caught:
        field.judge(field.fresh(sheet), actor, "A.1", points="9")
    assert caught.value.code == "scoring.conflict"


def test_the_unit_that_is_judged_declares_as_well(world, appraiser, declare):
    assert declare(world.leader(2), person=appraiser).state == "standing"


def test_while_sheets_are_checked_a_unit_s_word_about_others_waits(field, world, year, body, appraiser, now):
    actor, year = field.appraiser(2), field.stage("cross_checking")
    given = {"year": year, "kind": "interest", "words": WORDS, "now": now}

    def declared(who, unit=2, **side):
        return actions.declare_conflict(actor=who, unit=world.unit(unit), **side, **given)

    waiting = declared(world.leader(2), person=appraiser)
    assert (waiting.state, AppraiserAssignment.objects.count()) == ("proposed", 1)
    assert declared(world.officer(3), checker=world.unit(3), unit=2).state == "proposed"
    concerned = declared(world.leader(1), checker=world.unit(1), unit=3)
    with pytest.raises(Forbidden) as caught:
        actions.confirm_conflict(conflict=concerned, actor=world.secretary(), now=now)
    assert caught.value.code == "scoring.conflict_of_own_unit"
    actions.confirm_conflict(conflict=waiting, actor=world.secretary(), now=now)
    assert AppraiserAssignment.objects.count() == 0
    assert declared(actor, person=appraiser, unit=3).state == "standing"


def test_a_conflict_between_units_holds_both_ways_for_all_their_people(world, year, declare):
    declare(world.officer(3), checker=world.unit(3), unit=2)
    two, three = world.unit(2).pk, world.unit(3).pk
    assert barred_pairs(year) == {(two, three), (three, two)}
    assert conflicted_units(world.leader(2), year) == {three}
    assert conflicted_units(world.leader(3), year) == {two}
    assert conflicted_units(world.leader(1), year) == frozenset()


def test_strangers_declare_nothing(world, appraiser, declare):
    with pytest.raises(Refused) as caught:
        declare(world.officer(3), person=appraiser)
    assert caught.value.code == "scoring.not_your_conflict"


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.DELEGATE, Role.EDITOR])
def test_other_roles_declare_nothing(world, body, appraiser, declare, role):
    with pytest.raises(Forbidden):
        declare(world.actor(role, body if role is Role.AUDITOR else world.unit(2)), person=appraiser)


def test_the_same_conflict_stands_once_whichever_way_round(world, declare):
    declare(world.secretary(), checker=world.unit(3), unit=2)
    with pytest.raises(Refused) as caught:
        declare(world.secretary(), checker=world.unit(2), unit=3)
    assert caught.value.code == "scoring.conflict_stands"


def test_ones_own_unit_is_a_wall_and_no_conflict(world, declare):
    with pytest.raises(Refused) as caught:
        declare(world.secretary(), checker=world.unit(2), unit=2)
    assert caught.value.code == "scoring.own_unit_is_barred"
    with pytest.raises(Refused):
        declare(world.secretary(), person=world.person(Role.APPRAISER, world.unit(2)))


@pytest.mark.parametrize(("words", "kind"), [("vì", "kinship"), (WORDS, "same_parent"), (WORDS, "")])
def test_words_and_kind_are_asked_for(world, appraiser, declare, words, kind):
    with pytest.raises(Refused):
        declare(world.secretary(), person=appraiser, words=words, kind=kind)


def test_units_of_other_clusters_are_not_there(world, year, declare):
    stranger = world.organisation("Don vi la")
    with pytest.raises(Absent):
        declare(world.secretary(), checker=stranger)


@pytest.mark.parametrize("stage", ["conference", "decided", "closed"])
def test_from_the_conference_on_nothing_is_declared(field, world, appraiser, declare, stage):
    year = field.stage(stage)
    with pytest.raises(Refused):
        actions.declare_conflict(
            year=year, kind="kinship", person=appraiser, unit=world.unit(2), words=WORDS, actor=world.secretary(), now=field.now
        )


def test_a_person_at_two_units_and_a_common_parent_are_proposed_once(world, year, now):
    shared = world.person(Role.UNIT_OFFICER, world.unit(2))
    world.person(Role.DELEGATE, world.unit(3), username=shared.username)
    parent = world.organisation("So")
    for number in (1, 2):
        unit = world.unit(number)
        unit.parent = parent
        unit.save()
    assert actions.propose_conflicts(year=year, actor=world.secretary(), now=now) == 2
    assert actions.propose_conflicts(year=year, actor=world.superior(), now=now) == 0
    assert {c.kind for c in Conflict.objects.filter(state="proposed")} == {"same_person", "same_parent"}
    assert barred_pairs(year) == frozenset()


def test_only_the_head_has_the_records_searched(world, year, now):
    with pytest.raises(Forbidden):
        actions.propose_conflicts(year=year, actor=world.officer(2), now=now)


@pytest.fixture
def proposed(world, year, now):
    """A proposal between units 2 and 3."""
    return Conflict.objects.create(
        year=year, kind="same_parent", checker=world.unit(2), unit=world.unit(3), state="proposed", declared_at=now
    )


def test_a_proposal_stands_when_confirmed_and_no_more_when_dismissed(world, year, proposed, now):
    actions.confirm_conflict(conflict=proposed, actor=world.secretary(), now=now)
    assert len(barred_pairs(year)) == 2
    with pytest.raises(Refused):
        actions.confirm_conflict(conflict=proposed, actor=world.secretary(), now=now)
    with pytest.raises(Refused):
        actions.dismiss_conflict(conflict=proposed, reason="…", actor=world.secretary(), now=now)
    actions.dismiss_conflict(conflict=proposed, reason="Hai đơn vị hoạt động độc lập.", actor=world.secretary(), now=now)
    assert barred_pairs(year) == frozenset()
    with pytest.raises(Refused):
        actions.dismiss_conflict(conflict=proposed, reason="Hai đơn vị hoạt động độc lập.", actor=world.secretary(), now=now)


def test_units_decide_about_no_conflict(world, proposed, now):
    for actor in (world.leader(2), world.leader(3)):
        with pytest.raises(Forbidden):
            actions.dismiss_conflict(conflict=proposed, reason="Không có vấn đề gì cả.", actor=actor, now=now)


def test_the_head_dismisses_no_conflict_of_its_own_unit(world, declare, now):
    conflict = declare(world.leader(2), checker=world.unit(1), unit=2)
    reason = {"conflict": conflict, "reason": "Đã xem xét, không ảnh hưởng.", "now": now}
    with pytest.raises(Forbidden) as caught:
        actions.dismiss_conflict(actor=world.secretary(), **reason)
    assert caught.value.code == "scoring.conflict_of_own_unit"
    actions.dismiss_conflict(actor=world.superior(), **reason)


def test_who_is_not_concerned_reads_nothing_of_it(world, year, appraiser, declare):
    declare(world.leader(2), person=appraiser)
    assert len(conflict_rows(world.officer(2), year)) == 1
    assert conflict_rows(world.officer(3), year) == []
    assert len(conflict_rows(world.superior(), year)) == 1
    with pytest.raises(Forbidden):
        conflicts_visible_to(world.actor(Role.EDITOR, world.unit(2)), year)
