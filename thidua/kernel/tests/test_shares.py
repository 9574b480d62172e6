"""The interval around a counted share, against scipy's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from thidua.kernel.shares import wilson

counts = st.integers(1, 5000).flatmap(lambda answers: st.tuples(st.integers(0, answers), st.just(answers)))


@given(counts)
def test_the_interval_is_that_of_scipy(count):
    positive, answers = count
    theirs = binomtest(positive, answers).proportion_ci(confidence_level=0.95, method="wilson")
    assert wilson(positive, answers) == pytest.approx((theirs.low, theirs.high), abs=1e-12)


@given(counts)
def test_the_interval_holds_the_share_and_stays_a_share(count):
    positive, answers = count
    low, high = wilson(positive, answers)
    assert 0 <= low <= positive / answers <= high <= 1


@given(counts)
def test_the_interval_of_those_who_did_not_is_its_mirror(count):
    positive, answers = count
    low, high = wilson(positive, answers)
    other_low, other_high = wilson(answers - positive, answers)
    assert (low, high) == pytest.approx((1 - other_high, 1 - other_low), abs=1e-12)


@pytest.mark.parametrize(("positive", "answers"), [(0, 0), (3, 2), (-1, 5)])
def test_an_impossible_count_has_no_interval(positive, answers):
    with pytest.raises(ValueError):
        wilson(positive, answers)


@given(counts)
def test_one_more_moves_both_ends_up(count):
    positive, answers = count
    if positive < answers:
        assert all(now <= then for now, then in zip(wilson(positive, answers), wilson(positive + 1, answers), strict=True))
