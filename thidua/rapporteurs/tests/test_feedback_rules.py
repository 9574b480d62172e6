"""The interval, the verdict, the moment of closing, the sheet."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua.kernel.errors import Refused
from thidua.rapporteurs.rules import feedback as rules
from thidua.rapporteurs.rules.feedback import Closing, Share, Verdict

NOW = datetime(2021, 11, 1, 2, 0, tzinfo=UTC)
DAY_STARTS = datetime(2021, 10, 31, 17, 0, tzinfo=UTC)
DAY_ENDS = DAY_STARTS + timedelta(days=1)
FIVE = ("clear", "relevant", "delivery", "time", "useful")


def test_a_share_in_words():
    share = Share(26, 31)
    assert (share.percent, share.low, share.high) == (84, 67, 93)


@pytest.mark.parametrize(
    ("is_over", "answers", "listeners", "said"),
    [
        (False, 0, 0, Verdict.OPEN),
        (False, 500, 1, Verdict.OPEN),
        (True, 0, 0, Verdict.TOO_FEW),
        (True, 9, 3, Verdict.TOO_FEW),
        (True, 9, 9, Verdict.TOO_FEW),
        (True, 10, 0, Verdict.NO_AUDIENCE),
        (True, 10, 9, Verdict.TOO_MANY),
        (True, 10, 10, Verdict.SHOWN),
        (True, 10, 300, Verdict.SHOWN),
    ],
)
def test_when_a_result_may_be_read(is_over, answers, listeners, said):
    assert rules.verdict(is_over=is_over, answers=answers, listeners=listeners) is said


@given(st.integers(0, 9), st.integers(0, 9), st.integers(0, 10**6), st.integers(0, 10**6))
def test_changing_the_audience_tells_nothing_of_a_small_number(one, other, listeners, others):
    said = rules.verdict(is_over=True, answers=one, listeners=listeners)
    assert said is rules.verdict(is_over=True, answers=other, listeners=others)


@pytest.mark.parametrize(
    ("closing", "until"),
    [
        (Closing.DAY_AFTER, NOW + timedelta(hours=24)),
        (Closing.END_OF_DAY, DAY_ENDS),
        (Closing.THREE_DAYS, NOW + timedelta(days=3)),
        (Closing.WEEK, NOW + timedelta(days=7)),
    ],
)
def test_when_a_form_closes(closing, until):
    assert rules.closes_at(closing, now=NOW, day_starts=DAY_STARTS, day_ends=DAY_ENDS) == until


@given(st.sampled_from(Closing), st.timedeltas(timedelta(days=-30), timedelta(days=30)))
def test_a_form_is_never_open_longer_than_a_week_of_taking_answers(closing, before):
    now = DAY_STARTS + before
    moments = {"now": now, "day_starts": DAY_STARTS, "day_ends": DAY_ENDS}
    if closing is Closing.END_OF_DAY and now >= DAY_ENDS:
        with pytest.raises(Refused, match="feedback_day_past"):
            rules.closes_at(closing, **moments)
        return
    until = rules.closes_at(closing, **moments)
    assert until > now
    assert until - max(now, DAY_STARTS) <= rules.LONGEST_OPEN


def test_a_form_prepared_on_the_eve_counts_from_the_day():
    eve = DAY_STARTS - timedelta(hours=10)
    until = rules.closes_at(Closing.DAY_AFTER, now=eve, day_starts=DAY_STARTS, day_ends=DAY_ENDS)
    assert until == DAY_STARTS + timedelta(hours=24)


def test_a_result_out_of_counters():
    counters = [("clear", 1, 2), ("clear", 4, 3), ("clear", 5, 5), ("useful", 3, 10)]
    found = rules.result(counters, FIVE)
    assert found.answers == 10
    assert found.of("clear").counts == (2, 0, 0, 3, 5)
    assert found.of("clear").share == Share(8, 10)
    assert found.of("useful").share == Share(0, 10)
    assert [one.question for one in found.questions] == list(FIVE)


@given(st.lists(st.integers(1, 5), min_size=1, max_size=60))
def test_the_parts_of_a_bar_fill_it(values):
    counters = [("clear", answer, values.count(answer)) for answer in rules.ANSWERS]
    bars = rules.result(counters, ("clear",)).of("clear").bars
    assert sum(float(width) for _x, width, _part in bars) == pytest.approx(100, abs=0.05)
    assert float(bars[0][0]) == 0


@given(st.lists(st.tuples(st.sampled_from(FIVE), st.integers(1, 5)), max_size=80), st.randoms())
def test_a_result_does_not_depend_on_the_order_of_counters(marks, random):
    counters = [(question, answer, marks.count((question, answer))) for question, answer in sorted(set(marks))]
    shuffled = list(counters)
    random.shuffle(shuffled)
    assert rules.result(shuffled, FIVE) == rules.result(counters, FIVE)


@pytest.mark.parametrize(
    "answers",
    [
        {},
        dict.fromkeys(FIVE[:4], 3),
        dict.fromkeys(FIVE, 0),
        dict.fromkeys(FIVE, 6),
        dict.fromkeys((*FIVE, "sixth"), 3),
        dict.fromkeys(FIVE, 3) | {"time": -1},
    ],
)
def test_a_sheet_that_is_no_sheet(answers):
    with pytest.raises(Refused) as refused:
        rules.check_sheet(answers, FIVE)
    assert refused.value.code == "rapporteurs.feedback_incomplete"


def test_a_remark_is_cut_at_its_ends_only():
    assert rules.clean_remark("  hay\r\nlắm \n") == "hay\nlắm"
    assert rules.clean_remark("\r\n" * 400 + "x" * 500) == "x" * 500
    assert rules.clean_remark("👍" * 500) == "👍" * 500


@pytest.mark.parametrize("length", [501, 100_000])
def test_a_remark_that_is_too_long(length):
    with pytest.raises(Refused) as refused:
        rules.clean_remark("x" * length)
    assert refused.value.facts == {"field": "remark", "most": 500, "length": length}
