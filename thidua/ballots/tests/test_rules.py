"""Counting and judging: a table of truth, and properties."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua.ballots.rules import (
    Base,
    Choice,
    Decision,
    Outcome,
    Tally,
    Threshold,
    check_choices,
    check_threshold,
    decide,
    needed,
    outcome,
    tally,
)
from thidua.kernel.errors import Refused

YES, NO, ABSTAIN = Choice


@pytest.mark.parametrize(
    ("threshold", "count", "members", "present", "expected"),
    [
        # ≥ 2/3 of those present: 5 of 7 carries, 4 does not; an absent member changes nothing
        (Threshold(2, 3, False, Base.PRESENT), Tally(5, 2, 0), 9, 7, Decision(True, 5, 7, 5)),
        (Threshold(2, 3, False, Base.PRESENT), Tally(4, 3, 0), 9, 7, Decision(False, 4, 7, 5)),
        # exactly two thirds is enough when not strict, not when strict
        (Threshold(2, 3, False, Base.PRESENT), Tally(4, 2, 0), 6, 6, Decision(True, 4, 6, 4)),
        (Threshold(2, 3, True, Base.PRESENT), Tally(4, 2, 0), 6, 6, Decision(False, 4, 6, 5)),
        # more than a half of the ballots cast: abstentions count as cast
        (Threshold(1, 2, True, Base.CAST), Tally(4, 1, 2), 7, 7, Decision(True, 4, 7, 4)),
        (Threshold(1, 2, True, Base.CAST), Tally(3, 1, 3), 7, 7, Decision(False, 3, 7, 4)),
        # nine tenths of ALL members: those who are absent weigh like a no
        (Threshold(9, 10, False, Base.MEMBERS), Tally(9, 0, 0), 10, 9, Decision(True, 9, 10, 9)),
        (Threshold(9, 10, False, Base.MEMBERS), Tally(9, 0, 0), 11, 9, Decision(False, 9, 11, 10)),
        # all of them
        (Threshold(1, 1, False, Base.PRESENT), Tally(7, 0, 0), 7, 7, Decision(True, 7, 7, 7)),
        (Threshold(1, 1, False, Base.PRESENT), Tally(6, 0, 1), 7, 7, Decision(False, 6, 7, 7)),
        # a base of nobody carries nothing
        (Threshold(1, 2, False, Base.CAST), Tally(0, 0, 0), 7, 7, Decision(False, 0, 0, 0)),
    ],
)
def test_verdicts(threshold, count, members, present, expected):
    assert decide(count, threshold, members=members, present=present) == expected


def test_each_item_is_counted_by_itself():
    assert tally([[YES, NO], [YES, ABSTAIN], [NO, ABSTAIN]], 2) == (Tally(2, 1, 0), Tally(0, 1, 2))
    assert tally([], 2) == (Tally(0, 0, 0), Tally(0, 0, 0))


@pytest.mark.parametrize(
    ("ballots", "voted", "expected"),
    [
        (3, 3, Outcome.COUNTED),
        (2, 2, Outcome.TOO_FEW),
        (0, 0, Outcome.TOO_FEW),
        (4, 3, Outcome.MISMATCH),
        (3, 4, Outcome.MISMATCH),
    ],
)
def test_outcomes(ballots, voted, expected):
    assert outcome(ballots, voted) is expected


@pytest.mark.parametrize(("part", "whole", "strict"), [(0, 3, False), (4, 3, False), (1, 1, True), (1, 0, False)])
def test_thresholds_that_mean_nothing_are_refused(part, whole, strict):
    with pytest.raises(Refused, match="threshold_impossible"):
        check_threshold(Threshold(part, whole, strict, Base.CAST))


@pytest.mark.parametrize(
    ("choices", "code"),
    [
        ([], "incomplete"),
        (["yes"], "incomplete"),
        (["yes", ""], "incomplete"),
        (["yes", "no", "no"], "incomplete"),
        (["yes", "maybe"], "unknown_choice"),
    ],
)
def test_ballots_that_are_no_ballots_are_refused(choices, code):
    with pytest.raises(Refused, match=code):
        check_choices(choices, 2)


sizes = st.integers(1, 20)
fractions = st.builds(lambda d, n, s, b: Threshold(min(n, d), d, s, b), sizes, sizes, st.booleans(), st.sampled_from(Base))


@given(fractions, st.integers(1, 500))
def test_needed_is_the_least_number_that_reaches_the_fraction(threshold, of):
    exact, least = Fraction(threshold.numerator, threshold.denominator) * of, needed(threshold, of)
    reaches = (lambda yes: yes > exact) if threshold.strict else (lambda yes: yes >= exact)
    assert reaches(least)
    assert not reaches(least - 1)


@given(st.lists(st.lists(st.sampled_from(Choice), min_size=3, max_size=3), max_size=30), st.randoms())
def test_counts_do_not_depend_on_the_order_and_lose_no_ballot(ballots, rng):
    shuffled = list(ballots)
    rng.shuffle(shuffled)
    counts = tally(ballots, 3)
    assert tally(shuffled, 3) == counts
    assert all(count.cast == len(ballots) for count in counts)
