"""Rounds: who arranges them, what they refuse, who may mark in them."""

import pytest

from thidua.clusters.actions import step_back
from thidua.clusters.models import ClusterYear
from thidua.crosschecks.access import get_round_visible_to, require_may_mark
from thidua.crosschecks.actions import arranging
from thidua.crosschecks.actions import rounds as actions
from thidua.crosschecks.models import CheckRound, CheckTask
from thidua.crosschecks.queries import read_units, still_running, tasks_of, work
from thidua.crosschecks.queries.board import draw_of, round_page
from thidua.crosschecks.rules.assignment import assign
from thidua.crosschecks.rules.plan import RoundPlan
from thidua.kernel.actor import Role
from thidua.kernel.errors import Absent, Forbidden, Refused
from thidua.scoring.access import seen_units
from thidua.scoring.models import Conflict


def plan(**values):
    """A plan of a pairwise round, one check each."""
    usual = {"title": "Chấm chéo", "mode": "pairwise", "visibility": "own_first", "names_hidden": False}
    return RoundPlan(**{**usual, "aggregation": "median", "per_unit": 1, **values})


@pytest.fixture
def year(field):
    field.open(units=4)
    return field.stage("cross_checking")


@pytest.fixture
def made(world, year, now):
    """A draft."""
    return actions.make_round(year=year, plan=plan(), actor=world.secretary(), now=now)


@pytest.fixture
def do(world, now):
    """do(action, …) by the head's secretary unless `actor`; by hand the superior officer, who is of no unit, gives and takes."""
    by_hand = (arranging.give_unit, arranging.take_tasks)

    def act(action, **values):
        actor = world.superior() if action in by_hand else world.secretary()
        return action(**{"actor": actor, "now": now, **values})

    return act


@pytest.fixture
def conflict(world, year, now):
    """conflict(2, 3) → units 2 and 3 stand in conflict."""

    def make(first, second):
        who = {"checker": world.unit(first), "unit": world.unit(second), "declared_at": now}
        return Conflict.objects.create(year=year, kind="interest", state="standing", words="…", declared_by_name="x", **who)

    return make


def pairs(check):
    return {(task.checker.slug, task.unit.slug) for task in check.tasks.all()}


def code(caught):
    return caught.value.code


def test_a_round_is_drawn_as_the_rule_says_opened_and_closed(world, made, do):
    do(actions.draw_checks, check=made, seed=2021)
    slugs = [world.unit(n).slug for n in (1, 2, 3, 4)]
    assert pairs(made) == set(assign(slugs, 1, 2021))
    do(actions.open_round, check=made)
    with pytest.raises(Refused) as caught:
        do(actions.close_round, check=made)
    assert code(caught) == "scoring.reason_too_short"
    do(actions.close_round, check=made, reason="Hai đơn vị xin không chấm nữa.")
    do(actions.reopen_round, check=made, reason="Đơn vị 2 bổ sung minh chứng.")
    made.refresh_from_db()
    assert (made.state, made.seed, made.draws, made.closed_at, made.closed_why) == ("open", 2021, 1, None, "")


@pytest.mark.parametrize("state", ["draft", "open"])
def test_nobody_chooses_the_checkers_of_the_own_unit(world, made, do, state):
    do(actions.draw_checks, check=made, seed=2021)
    CheckRound.objects.filter(pk=made.pk).update(state=state)
    own = made.tasks.get(unit=world.unit(1))
    free = next(world.unit(n) for n in (2, 3, 4) if world.unit(n) != own.checker)
    for action, values in (
        (arranging.take_tasks, {"tasks": [own]}),
        (arranging.give_unit, {"checker": free, "unit": world.unit(1)}),
    ):
        with pytest.raises(Forbidden) as caught:
            do(action, check=made, actor=world.secretary(), **values)
        assert code(caught) == "crosschecks.own_checkers"


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.UNIT_LEADER, Role.UNIT_OFFICER, Role.APPRAISER, Role.EDITOR, Role.DELEGATE])
def test_only_head_and_superior_arrange(world, year, made, do, role):
    actor = world.actor(role, world.unit(2))
    with pytest.raises(Forbidden):
        do(actions.make_round, year=year, plan=plan(), actor=actor)
    for action in (actions.open_round, actions.close_round, actions.discard_round):
        with pytest.raises(Forbidden):
            do(action, check=made, actor=actor)
    with pytest.raises(Forbidden):
        do(actions.draw_checks, check=made, seed=1, actor=actor)
    with pytest.raises(Forbidden):
        do(arranging.give_unit, check=made, checker=world.unit(1), unit=world.unit(2), actor=actor)


def test_the_superior_officer_arranges_too(world, year, do):
    assert do(actions.make_round, year=year, plan=plan(), actor=world.superior()).number == 1


@pytest.mark.parametrize("stage", ["preparing", "pledged", "conference", "decided", "closed"])
def test_rounds_belong_to_scoring_and_checking(field, made, do, stage):
    ClusterYear.objects.filter(pk=made.year_id).update(stage=stage)
    for values in ({"seed": 1, "check": made},):
        with pytest.raises(Refused):
            do(actions.draw_checks, **values)
    with pytest.raises(Refused):
        do(actions.make_round, year=field.stage(stage), plan=plan())


def test_one_round_at_a_time(year, made, do):
    with pytest.raises(Refused) as caught:
        do(actions.make_round, year=year, plan=plan())
    assert code(caught) == "crosschecks.round_running"
    CheckRound.objects.filter(pk=made.pk).update(state="settled")
    assert do(actions.make_round, year=year, plan=plan()).number == 2


@pytest.mark.parametrize("each", [0, 4])
def test_more_checks_than_other_units_are_refused(year, do, each):
    with pytest.raises(Refused) as caught:
        do(actions.make_round, year=year, plan=plan(per_unit=each))
    assert (code(caught), caught.value.facts["field"]) == ("crosschecks.each_out_of_range", "per_unit")


def test_a_draw_keeps_out_conflicts_and_names_who_is_left_over(world, made, do, conflict):
    conflict(2, 3)
    for seed in range(1, 12):
        do(actions.draw_checks, check=made, seed=seed)
        assert not {("don-vi-2", "don-vi-3"), ("don-vi-3", "don-vi-2")} & pairs(made)
    conflict(2, 1)
    conflict(4, 2)
    before = pairs(made)
    with pytest.raises(Refused) as caught:
        do(actions.draw_checks, check=made, seed=1)
    assert (code(caught), caught.value.facts["units"]) == ("crosschecks.too_few_partners", ["Don vi 2"])
    assert pairs(made) == before


@pytest.mark.parametrize("seed", [0, -1, 10**12 + 1])
def test_seeds_have_bounds(made, do, seed):
    with pytest.raises(Refused) as caught:
        do(actions.draw_checks, check=made, seed=seed)
    assert code(caught) == "crosschecks.seed_out_of_range"


def test_a_round_opens_only_when_everybody_is_checked_and_no_conflict_stands(world, made, do, conflict):
    do(arranging.give_unit, check=made, checker=world.unit(1), unit=world.unit(2))
    with pytest.raises(Refused) as caught:
        do(actions.open_round, check=made)
    assert caught.value.facts["units"] == ["Don vi 1", "Don vi 3", "Don vi 4"]
    do(actions.draw_checks, check=made, seed=7)
    task = made.tasks.first()
    Conflict.objects.all().delete()
    made.year.refresh_from_db()
    conflict(int(task.checker.slug[-1]), int(task.unit.slug[-1]))
    with pytest.raises(Refused) as caught:
        do(actions.open_round, check=made)
    assert code(caught) == "crosschecks.tasks_in_conflict"


def test_a_round_opens_only_at_the_cross_check(field, made, do):
    do(actions.draw_checks, check=made, seed=7)
    field.stage("self_scoring")
    with pytest.raises(Refused) as caught:
        do(actions.open_round, check=made)
    assert code(caught) == "clusters.wrong_stage"


def test_twice_is_refused(made, do):
    do(actions.draw_checks, check=made, seed=7)
    do(actions.open_round, check=made)
    for action, values in (
        (actions.open_round, {}), (actions.draw_checks, {"seed": 1}), (actions.discard_round, {}),
        (actions.reopen_round, {"reason": "Cần chấm lại một dòng."}),
    ):  # fmt: skip
        with pytest.raises(Refused) as caught:
            do(action, check=made, **values)
        assert code(caught) == "crosschecks.wrong_state"


def test_what_was_promised_to_checkers_does_not_change(made, do):
    do(actions.draw_checks, check=made, seed=7)
    do(actions.open_round, check=made)
    do(actions.edit_round, check=made, plan=plan(title="Vòng một"))
    with pytest.raises(Refused) as caught:
        do(actions.edit_round, check=made, plan=plan(visibility="open"))
    assert code(caught) == "crosschecks.rules_fixed"


def test_another_mode_takes_back_who_checks_whom(made, do):
    do(actions.draw_checks, check=made, seed=7)
    do(actions.edit_round, check=made, plan=plan(mode="council", per_unit=0))
    assert not made.tasks.exists()


def test_a_unit_is_given_by_hand_once_never_itself_nor_a_conflict(world, made, do, conflict):
    give = {"check": made, "checker": world.unit(1), "unit": world.unit(2)}
    do(arranging.give_unit, **give)
    for values, expected in (
        (give, "crosschecks.given_already"),
        ({**give, "unit": world.unit(1)}, "crosschecks.checks_itself"),
    ):
        with pytest.raises(Refused) as caught:
            do(arranging.give_unit, **values)
        assert code(caught) == expected
    conflict(2, 3)
    with pytest.raises(Refused) as caught:
        do(arranging.give_unit, check=made, checker=world.unit(3), unit=world.unit(2))
    assert code(caught) == "crosschecks.units_in_conflict"
    with pytest.raises(Absent):
        do(arranging.give_unit, check=made, checker=world.organisation("Don vi la"), unit=world.unit(2))


def test_a_task_with_marks_stays(world, made, do, now):
    task = do(arranging.give_unit, check=made, checker=world.unit(1), unit=world.unit(2))
    task.marks.create(code="A.1", judgement="confirmed", value=9, given_at=now, given_by_name="x")
    with pytest.raises(Refused) as caught:
        do(arranging.take_tasks, check=made, tasks=[task])
    assert code(caught) == "crosschecks.task_has_marks"
    task.marks.all().delete()
    do(arranging.take_tasks, check=made, tasks=[task])
    with pytest.raises(Absent):
        do(arranging.take_tasks, check=made, tasks=[task])


@pytest.fixture
def council(world, year, now):
    """A draft in which persons check."""
    return actions.make_round(year=year, plan=plan(mode="council", per_unit=0), actor=world.secretary(), now=now)


def test_a_person_of_the_council_gets_all_units_but_own_and_conflicts(world, year, council, do, now):
    person = world.person(Role.APPRAISER, world.unit(1))
    Conflict.objects.create(
        year=year, kind="kinship", state="standing", words="…", person=person, unit=world.unit(2), declared_at=now
    )
    left = do(arranging.give_person, check=council, person=person)
    assert left == [world.unit(1), world.unit(2)]
    assert {task.unit for task in council.tasks.all()} == {world.unit(3), world.unit(4)}
    with pytest.raises(Refused) as caught:
        do(arranging.give_person, check=council, person=person)
    assert code(caught) == "crosschecks.given_already"


def test_who_may_not_mark_is_no_checker(world, council, do):
    with pytest.raises(Refused) as caught:
        do(arranging.give_person, check=council, person=world.person(Role.DELEGATE, world.unit(2)))
    assert code(caught) == "crosschecks.not_a_checker"


def test_rows_are_given_by_the_names_of_the_criteria(world, year, do):
    check = do(actions.make_round, year=year, plan=plan(mode="by_row", per_unit=0))
    person = world.person(Role.APPRAISER, world.organisation("Ban Tuyen giao", "party_body"))
    with pytest.raises(Refused) as caught:
        do(arranging.give_person, check=check, person=person, label="Phòng lạ")
    assert code(caught) == "crosschecks.unknown_label"
    do(arranging.give_person, check=check, person=person, label="")
    assert check.tasks.first().codes == ["A", "B", "G"]


@pytest.fixture
def opened(world, made, do):
    """An open round in which unit 1 checks unit 2, 2 → 3, 3 → 4, 4 → 1."""
    for checker, unit in ((1, 2), (2, 3), (3, 4), (4, 1)):
        do(arranging.give_unit, check=made, checker=world.unit(checker), unit=world.unit(unit))
    do(actions.open_round, check=made)
    return CheckRound.objects.select_related("year__cluster", "year__head").get(pk=made.pk)


def test_a_unit_s_task_is_done_by_whoever_holds_its_office(world, opened, now):
    task = CheckTask.objects.select_related("round__year__cluster").get(checker=world.unit(2))
    for actor in (world.leader(2), world.officer(2), world.actor(Role.APPRAISER, world.unit(2))):
        assert tasks_of(actor, opened.year) == [task]
        assert require_may_mark(actor, task).using.organisation_id == world.unit(2).pk
        assert world.unit(3).pk in seen_units(actor, opened.year)
    for actor in (world.leader(3), world.officer(1), world.secretary(), world.superior()):
        assert task not in tasks_of(actor, opened.year)
        with pytest.raises(Forbidden) as caught:
            require_may_mark(actor, task)
        assert code(caught) == "crosschecks.not_your_task"


def test_who_holds_a_post_at_both_units_marks_neither(world, opened):
    person = world.person(Role.UNIT_OFFICER, world.unit(2))
    world.person(Role.DELEGATE, world.unit(3), username=person.username)
    actor = world.actor(Role.UNIT_OFFICER, world.unit(2))
    task = CheckTask.objects.select_related("round__year__cluster").get(checker=world.unit(2))
    assert tasks_of(actor, opened.year) == []
    with pytest.raises(Forbidden) as caught:
        require_may_mark(actor, task)
    assert code(caught) == "scoring.own_unit"


def test_a_conflict_that_comes_later_bars_the_task(world, opened, conflict):
    conflict(3, 2)
    actor = world.officer(2)
    task = CheckTask.objects.select_related("round__year__cluster").get(checker=world.unit(2))
    assert tasks_of(actor, opened.year) == []
    assert read_units(actor, opened.year) == frozenset()
    with pytest.raises(Forbidden) as caught:
        require_may_mark(actor, task)
    assert code(caught) == "scoring.conflict"
    assert round_page(world.secretary(), opened, opened.made_at).barred == 1


def test_drafts_are_for_those_who_oversee(world, year, made):
    assert get_round_visible_to(world.superior(), year, made.number) == made
    for actor in (world.officer(2), world.leader(3)):
        with pytest.raises(Absent):
            get_round_visible_to(actor, year, made.number)
    with pytest.raises(Forbidden):
        get_round_visible_to(world.actor(Role.EDITOR, world.unit(2)), year, made.number)


def test_hidden_names_leave_a_unit_its_own_row(world, opened, now):
    CheckRound.objects.filter(pk=opened.pk).update(names_hidden=True)
    opened.names_hidden = True
    page = round_page(world.officer(2), opened, now)
    assert [row.name for row in page.rows] == ["Don vi 2"]
    assert draw_of(page) is None
    assert len(round_page(world.actor(Role.AUDITOR, world.organisation("x")), opened, now).rows) == 4


def test_the_page_computes_the_draw_again_and_says_what_was_changed_by_hand(world, made, do, now):
    do(actions.draw_checks, check=made, seed=5)
    made.refresh_from_db()
    draw = draw_of(round_page(world.secretary(), made, now))
    assert (draw.holds, draw.added, draw.taken) == (True, [], [])
    task = made.tasks.first()
    do(arranging.take_tasks, check=made, tasks=[task])
    assert draw_of(round_page(world.secretary(), made, now)).taken == [(task.checker.short, task.unit.short)]


@pytest.mark.parametrize(("state", "held"), [("draft", False), ("open", True), ("closed", True), ("settled", False)])
def test_the_year_does_not_step_back_from_a_round_that_is_not_settled(world, made, now, state, held):
    CheckRound.objects.update(state=state)
    values = {"year": made.year, "reason": "Cần mở lại phiếu tự chấm", "actor": world.secretary(), "now": now}
    if held:
        with pytest.raises(Refused, match=r"^crosschecks\.round_unsettled"):
            step_back(**values)
    else:
        step_back(**values)
    assert ClusterYear.objects.get().stage == ("cross_checking" if held else "self_scoring")


def test_a_later_stage_steps_back_to_the_round(world, made, year, now):
    CheckRound.objects.update(state="closed")
    ClusterYear.objects.update(stage="conference")
    year.refresh_from_db()
    assert still_running(year) == []


def test_work_tells_checkers_and_the_head(world, opened, do, now, django_assert_num_queries):
    assert [item.title for item in work(world.officer(2), now)] == ["Chấm 1 đơn vị: Chấm chéo"]
    CheckTask.objects.update(done_at=now)
    assert work(world.officer(2), now) == []
    assert "đóng vòng" in work(world.secretary(), now)[0].title
    do(actions.close_round, check=opened)
    secretary = world.secretary()
    with django_assert_num_queries(1):
        assert "Chốt" in work(secretary, now)[0].title
