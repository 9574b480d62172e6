from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua.programmes.rules.coverage import BLANKS, NOTHING, Answer, Tally, Total, answer, total

TODAY = date(2021, 11, 1)
PAST, LATER = TODAY - timedelta(1), TODAY + timedelta(1)
DOING, LATE, DONE = Tally(open=1, percents=40), Tally(open=2, overdue=1), Tally(done=2)

TRUTH = [
    # asked, tally, the clause's day, what stands in the cell
    (True, NOTHING, None, Answer.BLANK),
    (True, NOTHING, LATER, Answer.BLANK),
    (True, NOTHING, TODAY, Answer.BLANK),
    (True, NOTHING, PAST, Answer.BLANK_LATE),
    (False, NOTHING, None, Answer.NOT_ASKED),
    (False, NOTHING, PAST, Answer.NOT_ASKED),
    (True, DOING, None, Answer.DOING),
    (True, DOING, TODAY, Answer.DOING),
    (True, DOING, PAST, Answer.OVERDUE),
    (False, DOING, LATER, Answer.DOING),
    (True, LATE, None, Answer.OVERDUE),
    (True, LATE, LATER, Answer.OVERDUE),
    (True, DONE, LATER, Answer.DONE),
    (True, DONE, PAST, Answer.DONE),
    (False, DONE, None, Answer.DONE),
    (True, Tally(done=3, open=1), LATER, Answer.DOING),
]


@pytest.mark.parametrize(("asked", "tally", "due_on", "expected"), TRUTH)
def test_what_stands_in_a_cell(asked, tally, due_on, expected):
    assert answer(asked=asked, tally=tally, due_on=due_on, today=TODAY) is expected


def test_the_percent_counts_a_task_done_as_a_whole_one():
    assert Tally(done=1, open=1, percents=40).percent == 70
    assert Tally(done=2).percent == 100
    assert NOTHING.percent == 0


@st.composite
def tallies(draw):
    open_ = draw(st.integers(0, 20))
    overdue = draw(st.integers(0, open_))
    percents = draw(st.integers(0, 100 * open_))
    return Tally(draw(st.integers(0, 20)), open_, overdue, percents)


DAYS = st.none() | st.dates(date(2021, 1, 1), date(2022, 12, 31))


@given(st.booleans(), tallies(), DAYS)
def test_a_cell_is_blank_only_without_a_task_and_full_only_without_an_open_one(asked, tally, due_on):
    found = answer(asked=asked, tally=tally, due_on=due_on, today=TODAY)
    assert (found in (*BLANKS, Answer.NOT_ASKED)) == (tally.done + tally.open == 0)
    assert (found is Answer.DONE) == (tally.percent == 100)
    assert 0 <= tally.percent <= 100


@given(tallies(), DAYS, st.integers(0, 400))
def test_waiting_never_makes_a_cell_better(tally, due_on, days):
    order = [Answer.BLANK_LATE, Answer.OVERDUE, Answer.BLANK, Answer.DOING, Answer.DONE]
    now, then = (answer(asked=True, tally=tally, due_on=due_on, today=TODAY + timedelta(n)) for n in (0, days))
    assert order.index(then) <= order.index(now)


@given(st.lists(st.tuples(st.booleans(), st.sampled_from(Answer))))
def test_the_sums_fit_together(cells):
    cells = [(asked, Answer.BLANK if asked and found is Answer.NOT_ASKED else found) for asked, found in cells]
    found = total(cells)
    assert found.asked == sum(asked for asked, _found in cells)
    assert found.asked == found.answered + found.blank
    assert found.done <= found.answered
    assert (found.percent == 100) == (found.asked > 0 and found.blank == 0)


def test_whoever_was_not_asked_hides_no_blank():
    assert total([(True, Answer.BLANK), (False, Answer.DONE)]) == Total(asked=1)
    assert total([(False, Answer.NOT_ASKED)]).percent is None
