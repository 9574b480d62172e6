"""What settling leaves out: marks where a conflict of interest has come to stand, units out of the ranking, sheets finished
otherwise; and what its page says of them."""

from decimal import Decimal as D
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from thidua.crosschecks.actions import marks, settling
from thidua.crosschecks.actions import rounds as actions
from thidua.crosschecks.models import CheckRound, CheckTask
from thidua.crosschecks.queries.board import draw_of, round_page
from thidua.crosschecks.queries.settling import LinePlan, settlement_of
from thidua.crosschecks.rules import aggregation
from thidua.kernel.actor import Role
from thidua.kernel.errors import Refused
from thidua.scoring import actions as scoring
from thidua.scoring import rules
from thidua.scoring.models import Conflict, Verdict
from thidua.scoring.queries.words import number
from thidua.scoring.rules.rounding import shown

WHY = "Chỉ có 3 lớp được tổ chức"
SETTLE = "/cum/cum-2/2021/tham-dinh/vong/1/chot/"


@pytest.fixture
def mark(world, rounds, line, now):
    """mark(check, 2, by=1, "5"): the officer of one unit marks A.1 of another."""

    def go(check, number, by, points):
        task = rounds.task(check, number, by)
        return marks.give_mark(task=task, line=line("A.1", {"points": points}), reason=WHY, actor=world.officer(by), now=now)

    return go


@pytest.fixture
def conflict(world, field, now):
    """conflict(unit n, checker=… or person=…) → it stands."""

    def make(number, **side):
        usual = {"kind": "interest", "state": "standing", "words": "…", "declared_by_name": "x", "declared_at": now}
        return Conflict.objects.create(year=field.year, unit=world.unit(number), **usual, **side)

    return make


@pytest.fixture
def page(world, sign_in):
    """page() → the page of settling as the superior officer reads it."""
    client = sign_in(world.person(Role.SUPERIOR_OFFICER, world.organisation("Ban Tuyen giao", "party_body")))
    return lambda: client.get(SETTLE).content.decode()


def first_line(check):
    return next(line for line in settlement_of(check).units[0].lines if line.code == "A.1")


@pytest.mark.parametrize("other_way", [False, True])
def test_marks_of_a_unit_in_conflict_do_not_count_and_the_preview_says_so(rounds, mark, world, conflict, page, other_way):
    check = rounds.open({2: (1, 3)}, aggregation="mean")
    mark(check, 2, 1, "5")
    mark(check, 2, 3, "7")
    assert first_line(check).value == 6
    conflict(3, checker=world.unit(2)) if other_way else conflict(2, checker=world.unit(3))
    check = rounds.put(check, state="closed")
    line = first_line(check)
    assert (line.value, line.summary.given, line.summary.asked) == (5, 1, 1)
    assert "1/1" in line.reason
    shown = page()
    assert "Không tính điểm của người chấm đang có xung đột lợi ích: Don vi 3 → Don vi 2." in shown
    Conflict.objects.update(state="dismissed")
    assert first_line(check).value == 6


def test_a_person_counts_no_more_where_a_conflict_stands_or_at_an_own_unit(rounds, world, now, conflict, line):
    check = rounds.open({}, mode="council", aggregation="mean", opened_at=now)
    people = [world.person(Role.APPRAISER, world.organisation(name, "party_body")) for name in ("Ban A", "Ban B", "Ban C")]
    for points, person in zip("579", people, strict=True):
        task = CheckTask.objects.create(round=check, unit=world.unit(2), person=person)
        task.marks.create(code="A.1", points=points, value=points, judgement="changed", reason=WHY, given_at=now)
    assert first_line(check).value == 7
    conflict(2, person=people[0])
    assert first_line(check).value == 8
    conflict(2, checker=world.organisation("Ban B", "party_body"))
    assert first_line(check).value == 9
    world.person(Role.DELEGATE, world.unit(2), username=people[2].username)
    assert first_line(check).value is None


def test_a_unit_withheld_meanwhile_is_passed_over(rounds, mark, world, now, page):
    check = rounds.open({2: (1,), 3: (1,)})
    mark(check, 2, 1, "5")
    mark(check, 3, 1, "5")
    why = "Đơn vị không gửi báo cáo giải trình"
    scoring.withhold_unit(year=check.year, unit=world.unit(2), reason=why, actor=world.secretary(), now=now)
    check = rounds.put(check, state="closed")
    assert "Ngoài vòng vì chưa nộp phiếu hoặc không xếp hạng: Don vi 2" in page()
    settling.settle_round(check=check, actor=world.secretary(), now=now)
    assert set(Verdict.objects.values_list("sheet__unit__name_vi", flat=True)) == {"Don vi 3"}


def test_lots_are_drawn_among_the_units_that_are_ranked_and_found_again(rounds, world, now):
    check = rounds.open({}, units=4, state="draft", per_unit=1)
    withhold = {"year": check.year, "reason": "Đơn vị không gửi báo cáo", "actor": world.secretary(), "now": now}
    scoring.withhold_unit(unit=world.unit(2), **withhold)
    actions.draw_checks(check=check, seed=5, actor=world.secretary(), now=now)
    pairs = set(CheckTask.objects.values_list("checker", "unit"))
    assert {pk for pair in pairs for pk in pair} == {world.unit(number).pk for number in (1, 3, 4)}
    scoring.withhold_unit(unit=world.unit(3), **withhold)
    draw = draw_of(round_page(world.superior(), rounds.fresh(check), now))
    assert (draw.holds, draw.added, draw.taken) == (True, [], [])
    assert world.unit(2).slug not in draw.slugs


def test_the_matrix_as_a_workbook_says_what_the_page_says(rounds, mark, world, sign_in, now, conflict):
    check = rounds.open({2: (1,), 3: (2,), 1: (3,)}, names_hidden=True)
    mark(check, 2, 1, "5")
    CheckTask.objects.filter(unit=world.unit(3)).update(done_at=now)
    conflict(1, checker=world.unit(3))

    def rows(role, place):
        answer = sign_in(world.person(role, place)).get("/cum/cum-2/2021/tham-dinh/vong/1/vong.xlsx")
        book = CalamineWorkbook.from_filelike(BytesIO(answer.content))
        return book.get_sheet_by_index(0).to_python(skip_empty_area=False)[4:]

    assert rows(Role.SUPERIOR_OFFICER, world.organisation("Ban Tuyen giao", "party_body")) == [
        ["Don vi 1", "×", "1 dòng", "", 0, 1],
        ["Don vi 2", "", "×", "xong", 1, 1],
        ["Don vi 3", "xung đột", "", "×", 0, 1],
    ]
    assert [row[0] for row in rows(Role.UNIT_OFFICER, world.unit(2))] == ["Don vi 2"]


def test_sheets_finished_otherwise_are_named_and_led_to(rounds, field, mark, world, now, page):
    check = rounds.open({2: (1,), 3: (1,)})
    mark(check, 2, 1, "5")
    mark(check, 3, 1, "5")
    field.finish(rounds.sheets[2], 2)
    check = rounds.put(check, state="closed")
    shown = page()
    assert 'Mở lại từng phiếu rồi chốt vòng: <a href="/cum/cum-2/2021/tham-dinh/don-vi-2/">Don vi 2</a>.' in shown
    assert 'name="stamp"' not in shown
    with pytest.raises(Refused, match="checked_outside"):
        settling.settle_round(check=check, actor=world.secretary(), now=now)
    again = {"sheet": rounds.sheets[2], "reason": "Vòng chấm chéo chưa chốt", "actor": field.appraiser(2), "now": now}
    scoring.reopen_check(**again)
    assert 'name="stamp"' in page()
    settling.settle_round(check=check, actor=world.secretary(), now=now)
    assert CheckRound.objects.get().state == "settled"


def test_a_round_is_settled_once_though_two_have_the_preview(rounds, mark, world, now):
    check = rounds.open({2: (1,)})
    mark(check, 2, 1, "5")
    check = rounds.put(check, state="closed")
    stamp, stale = settlement_of(check).stamp, rounds.fresh(check)
    settling.settle_round(check=check, stamp=stamp, actor=world.secretary(), now=now)
    with pytest.raises(Refused, match="wrong_state"):
        settling.settle_round(check=stale, stamp=stamp, actor=world.superior(), now=now)
    assert Verdict.objects.filter(code="A.1").count() == 1


def test_a_round_is_opened_once_and_drawn_no_more(rounds, world, now):
    check = rounds.open({1: (2,), 2: (3,), 3: (1,)}, state="draft", per_unit=1)
    stale = rounds.fresh(check)
    actions.open_round(check=check, actor=world.secretary(), now=now)
    before = set(CheckTask.objects.values_list("checker", "unit"))
    for again in ({}, {"seed": 7}):
        action = actions.draw_checks if again else actions.open_round
        with pytest.raises(Refused, match="wrong_state"):
            action(check=stale, **again, actor=world.superior(), now=now)
    assert set(CheckTask.objects.values_list("checker", "unit")) == before


@given(st.decimals(0, 20, places=6), st.decimals(0, 20, places=6), st.integers(0, 6))
def test_result_and_difference_of_a_line_add_up_as_shown(claimed, value, places):
    summary = aggregation.summarise("median", [value], 1)
    line = rules.ScoreLine(code="I.1", points=value)
    plan = LinePlan("I.1", "Học tập", None, claimed, (value,), summary, None, line, value, "", False)
    told = plan.change_words(places).replace("−", "-").replace(",", ".")
    assert D(told or "0") == (shown(value, places) - shown(claimed, places) if told else 0)


def test_the_median_of_two_marks_is_told_so_that_it_adds_up():
    found = rules.ScoreLine(code="I.1", points=D("6.375"))
    given_marks = (D("3.25"), D("9.5"))
    summary = aggregation.summarise("median", given_marks, 2)
    plan = LinePlan("I.1", "Học tập", None, D("9.5"), given_marks, summary, None, found, D("6.375"), "", False)
    assert (number(plan.value), plan.change_words()) == ("6,38", "−3,12")
    assert plan.change_words(6) == "−3,125"
