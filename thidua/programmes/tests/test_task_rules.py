from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua.kernel.errors import Refused
from thidua.programmes.rules import tasks as rules
from thidua.programmes.rules.tasks import Every, Standing, State

TODAY = date(2021, 11, 1)
DAYS = st.dates(date(1990, 1, 1), date(2100, 1, 1))
MOVES = {
    ("planned", "doing"), ("planned", "waiting"), ("planned", "done"), ("planned", "dropped"),
    ("doing", "planned"), ("doing", "waiting"), ("doing", "done"), ("doing", "dropped"),
    ("waiting", "planned"), ("waiting", "doing"), ("waiting", "done"), ("waiting", "dropped"),
    ("done", "doing"), ("dropped", "planned"), ("dropped", "doing"),
}  # fmt: skip
WITH_REASON = {
    ("planned", "waiting"), ("planned", "dropped"), ("doing", "waiting"), ("doing", "dropped"), ("waiting", "dropped"),
    ("done", "doing"), ("dropped", "planned"), ("dropped", "doing"),
}  # fmt: skip


def standing(state, percent=40):
    return Standing(State(state), 100 if state == "done" else percent, "vì" if state in {"waiting", "dropped"} else "")


def code_of(action, *args, **values):
    with pytest.raises(Refused) as refused:
        action(*args, **values)
    return refused.value.code


@pytest.mark.parametrize("before", list(State))
@pytest.mark.parametrize("after", list(State))
def test_which_state_may_follow_which(before, after):
    if (before, after) in MOVES:
        assert rules.move(standing(before), after, reason="có lý do", today=TODAY).state == after
    else:
        expected = "programmes.same_state" if before == after else "programmes.no_such_move"
        assert code_of(rules.move, standing(before), after, reason="có lý do", today=TODAY) == expected


@pytest.mark.parametrize(("before", "after"), sorted(MOVES))
def test_which_moves_need_a_reason(before, after):
    assert rules.needs_reason(State(before), State(after)) == ((before, after) in WITH_REASON)
    if (before, after) in WITH_REASON:
        assert code_of(rules.move, standing(before), State(after), reason="  ", today=TODAY) == "programmes.reason_missing"
    else:
        assert rules.move(standing(before), State(after), reason="", today=TODAY).reason == ""


def test_done_is_a_hundred_and_has_its_day():
    assert rules.move(standing("doing"), State.DONE, reason="", today=TODAY) == Standing(State.DONE, 100, "", TODAY)
    earlier = TODAY - timedelta(3)
    assert rules.move(standing("doing"), State.DONE, reason="", today=TODAY, done_on=earlier).done_on == earlier
    later = {"reason": "", "today": TODAY, "done_on": TODAY + timedelta(1)}
    assert code_of(rules.move, standing("doing"), State.DONE, **later) == "programmes.done_in_future"


def test_opening_again_goes_back_to_what_was_noted_and_loses_the_day():
    again = rules.move(Standing(State.DONE, 100, "", TODAY), State.DOING, reason="nhầm", today=TODAY, percent=60)
    assert again == Standing(State.DOING, 60, "", None)


def test_a_reason_stays_only_with_the_state_it_explains():
    waiting = rules.move(standing("doing"), State.WAITING, reason=" chờ  kinh phí ", today=TODAY)
    assert waiting == Standing(State.WAITING, 40, "chờ kinh phí")
    assert rules.move(waiting, State.DOING, reason="", today=TODAY).reason == ""
    assert code_of(rules.move, waiting, State.DROPPED, reason="x" * 501, today=TODAY) == "programmes.reason_too_long"


def test_progress_begins_a_planned_task_and_never_ends_one():
    assert rules.progress(standing("planned", 0), 10) == Standing(State.DOING, 10)
    assert rules.progress(standing("planned", 0), 0).state == State.PLANNED
    assert rules.progress(standing("waiting"), 50).state == State.WAITING
    assert code_of(rules.progress, standing("doing"), 100) == "programmes.hundred_is_done"
    assert code_of(rules.progress, standing("doing"), 101) == "programmes.percent_out_of_range"
    assert code_of(rules.progress, standing("done"), 50) == "programmes.closed"
    assert rules.progress(standing("done"), 100) == standing("done")


@pytest.mark.parametrize(
    ("days", "expected"),
    [(-1, "overdue"), (0, 1), (1, 1), (2, 7), (7, 7), (8, 14), (14, 14), (15, 30), (30, 30), (31, None)],
)
def test_the_ladder(days, expected):
    assert rules.rung(TODAY + timedelta(days), TODAY) == expected


def test_no_day_stands_on_no_rung():
    assert rules.rung(None, TODAY) is None


@given(DAYS, DAYS)
def test_the_days_of_a_rung_are_those_of_which_the_ladder_says_so(due, today):
    step = rules.rung(due, today)
    first, last = rules.days_of(step, today)
    assert first is None or first <= due
    assert last is None or due <= last
    others = {"overdue", 1, 7, 14, 30, None} - {step}
    for other in others:
        first, last = rules.days_of(other, today)
        assert (first is not None and due < first) or (last is not None and due > last)


def test_days_before_the_document_or_the_start():
    assert code_of(rules.check_days, TODAY, TODAY - timedelta(1), []) == "programmes.task_ends_before_start"
    issued = [("Nghị quyết A", None), ("Chỉ thị B", TODAY)]
    assert code_of(rules.check_days, None, TODAY - timedelta(1), issued) == "programmes.task_before_directive"
    rules.check_days(None, TODAY, issued)
    rules.check_days(TODAY, None, issued)


def test_a_circle_names_its_way():
    assert rules.chain_back({2: [3], 3: [1]}, 1, 2) == [1, 2, 3, 1]
    assert rules.chain_back({2: [1]}, 1, 2) == [1, 2, 1]
    assert rules.chain_back({}, 1, 1) == [1, 1]
    assert rules.chain_back({1: [2], 2: [3]}, 1, 3) == []


@given(st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=30))
def test_edges_that_close_no_circle_never_make_one(edges):
    needs: dict[int, list[int]] = {}
    for task, needed in edges:
        way = rules.chain_back(needs, task, needed)
        if not way:
            needs.setdefault(task, []).append(needed)
        else:
            assert way[0] == way[-1] == task
            assert way[1] == needed
            assert all(there in needs[here] for here, there in pairwise(way[1:]))
    order: list[int] = []
    left = set(range(8))
    while left:
        free = {t for t in left if not set(needs.get(t, ())) & left}
        assert free
        order += free
        left -= free


def test_the_last_of_the_month():
    days = rules.occurrences(date(2021, 1, 31), date(2021, 5, 31), Every.MONTH)
    assert days == [date(2021, 1, 31), date(2021, 2, 28), date(2021, 3, 31), date(2021, 4, 30), date(2021, 5, 31)]
    assert rules.occurrences(date(2020, 11, 30), date(2021, 2, 28), Every.QUARTER) == [date(2020, 11, 30), date(2021, 2, 28)]
    assert len(rules.occurrences(date(2021, 1, 4), date(2021, 1, 31), Every.WEEK)) == 4


def test_what_cannot_be_repeated():
    assert code_of(rules.occurrences, TODAY, TODAY - timedelta(1), Every.WEEK) == "programmes.repeat_backwards"
    assert code_of(rules.occurrences, TODAY, TODAY + timedelta(6), Every.WEEK) == "programmes.repeat_nothing"
    assert code_of(rules.occurrences, TODAY, TODAY + timedelta(7 * 60), Every.WEEK) == "programmes.repeat_too_many"
    assert len(rules.occurrences(TODAY, TODAY + timedelta(7 * 59), Every.WEEK)) == 60
    assert rules.occurrences(date(9999, 11, 30), date.max, Every.MONTH) == [date(9999, 11, 30), date(9999, 12, 30)]


@given(DAYS, st.integers(1, 300), st.sampled_from(list(Every)))
def test_occurrences_are_in_order_and_one_in_each_period(first, days, every):
    last = first + timedelta(days)
    if rules.nth(first, 1, every) > last:
        assert code_of(rules.occurrences, first, last, every) == "programmes.repeat_nothing"
        return
    found = rules.occurrences(first, last, every)
    assert found == sorted(found)
    assert first == found[0]
    assert found[-1] <= last
    names = [rules.period_of(day, every, 2021) for day in found]
    assert len(set(names)) == len(names)


def test_a_period_in_words():
    assert rules.period_of(date(2021, 3, 5), Every.MONTH, 2021) == "tháng 3"
    assert rules.period_of(date(2022, 3, 5), Every.MONTH, 2021) == "tháng 3/2022"
    assert rules.period_of(date(2021, 10, 1), Every.QUARTER, 2021) == "quý IV"
    assert rules.period_of(date(2021, 1, 3), Every.WEEK, 2021) == "tuần 53/2020"
    assert rules.title_in("Giao ban", "tháng 3") == "Giao ban (tháng 3)"
    assert len(rules.title_in("x" * 300, "tháng 3")) == 300
    assert rules.title_in("x" * 300, "tháng 3").endswith("… (tháng 3)")
