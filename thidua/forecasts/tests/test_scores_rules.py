"""Scores: equal to those of scikit-learn, proper, the same in any order, and defined where numbers end."""

import math
import random

import numpy as np
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from scipy.stats import norm
from sklearn.metrics import brier_score_loss, log_loss

from thidua.forecasts.rules.decomposition import BINS, bin_of, bins_of, decompose
from thidua.forecasts.rules.scores import (
    brier,
    brier_of_choices,
    holds,
    interval_score,
    log_score,
    log_score_of_choices,
    mean,
    skill,
)

chances = st.floats(0, 1)
pairs = st.lists(st.tuples(chances, st.booleans()), min_size=1, max_size=60)
wholes = st.lists(st.floats(0.01, 1), min_size=2, max_size=6).map(lambda parts: [part / sum(parts) for part in parts])


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("n", [2, 10, 1000])
def test_brier_and_log_score_agree_with_scikit_learn(seed, n):
    generator = np.random.default_rng(seed)
    stated = generator.random(n)
    outcomes = generator.random(n) < stated
    outcomes[0], outcomes[1] = False, True
    made = list(zip(stated.tolist(), outcomes.tolist(), strict=True))
    parts = decompose(made)
    assert parts.brier == pytest.approx(brier_score_loss(outcomes, stated), abs=1e-12)
    assert mean(brier(*pair) for pair in made) == pytest.approx(parts.brier, abs=1e-12)
    assert mean(log_score(*pair) for pair in made) == pytest.approx(log_loss(outcomes, stated), abs=1e-12)


@pytest.mark.parametrize("seed", range(10))
def test_scores_of_choices_agree_with_scikit_learn(seed):
    generator = np.random.default_rng(seed)
    stated = generator.dirichlet([1, 2, 3, 4], 200)
    right = np.array([*range(4), *generator.integers(0, 4, 196)])
    summed = mean(brier_of_choices(row, one) for row, one in zip(stated.tolist(), right.tolist(), strict=True))
    surprise = mean(log_score_of_choices(row, one) for row, one in zip(stated.tolist(), right.tolist(), strict=True))
    assert summed == pytest.approx(brier_score_loss(right, stated, scale_by_half=False), abs=1e-12)
    assert surprise == pytest.approx(log_loss(right, stated), abs=1e-12)


@given(chances, st.booleans())
def test_two_choices_cost_twice_a_yes_or_no(chance, outcome):
    assert brier_of_choices([chance, 1 - chance], 0 if outcome else 1) == pytest.approx(2 * brier(chance, outcome), abs=1e-15)
    assert log_score_of_choices([chance, 1 - chance], 0 if outcome else 1) == log_score(chance, outcome)


@given(truth=st.floats(0.001, 0.999), stated=st.floats(0.001, 0.999))
def test_nothing_beats_saying_what_one_believes(truth, stated):
    def expected(score, said):
        return truth * score(said, True) + (1 - truth) * score(said, False)

    assert expected(brier, truth) <= expected(brier, stated) + 1e-15
    assert expected(log_score, truth) <= expected(log_score, stated) + 1e-15
    assume(abs(truth - stated) > 1e-3)
    assert expected(brier, truth) < expected(brier, stated)
    assert expected(log_score, truth) < expected(log_score, stated)


@given(wholes, wholes)
def test_nothing_beats_the_truth_among_choices(truth, stated):
    assume(len(truth) == len(stated))
    for score in (brier_of_choices, log_score_of_choices):
        honest, other = (sum(p * score(said, k) for k, p in enumerate(truth)) for said in (truth, stated))
        assert honest <= other + 1e-12


def expected_interval_score(low, high, coverage):
    """For a standard normal value: the misses on each side have a closed form."""
    alpha = 1 - coverage
    below = norm.pdf(low) + low * norm.cdf(low)
    above = norm.pdf(high) - high * norm.sf(high)
    return high - low + 2 / alpha * (below + above)


@given(st.floats(-4, 4), st.floats(0, 4), st.sampled_from([0.5, 0.8, 0.9, 0.95]))
def test_no_interval_beats_that_of_the_quantiles(low, width, coverage):
    quantiles = norm.ppf((1 - coverage) / 2), norm.ppf(1 - (1 - coverage) / 2)
    honest, other = expected_interval_score(*quantiles, coverage), expected_interval_score(low, low + width, coverage)
    assert honest <= other + 1e-9


def test_the_closed_form_is_what_the_score_costs_on_average():
    values = random.Random(1)
    paid = mean(interval_score(-1, 0.5, values.gauss(0, 1), 0.8) for _ in range(200_000))
    assert paid == pytest.approx(expected_interval_score(-1, 0.5, 0.8), rel=0.02)


def test_an_interval_costs_its_width_and_its_misses():
    assert interval_score(10, 20, 15, 0.8) == 10
    assert interval_score(10, 20, 10, 0.8) == interval_score(10, 20, 20, 0.8) == 10
    assert interval_score(10, 20, 22, 0.8) == pytest.approx(10 + 2 / 0.2 * 2)
    assert interval_score(10, 20, 7, 0.5) == pytest.approx(10 + 2 / 0.5 * 3)
    assert (holds(10, 20, 10), holds(10, 20, 20), holds(10, 20, 20.01)) == (True, True, False)


def test_the_ends_of_the_scale():
    assert (log_score(0.0, True), log_score(1.0, False)) == (math.inf, math.inf)
    assert (log_score(0.0, False), log_score(1.0, True)) == (0, 0)
    assert log_score_of_choices([0.0, 1.0], 0) == math.inf
    assert mean([0.1, math.inf]) == math.inf
    assert (mean([]), decompose([])) == (None, None)
    assert (skill(0.1, 0.0), skill(None, 0.2), skill(0.1, None), skill(0.1, 0.2), skill(0.2, 0.2)) == (None, None, None, 0.5, 0)


@given(pairs, st.randoms())
def test_the_order_changes_nothing(made, chance):
    shuffled = list(made)
    chance.shuffle(shuffled)
    assert decompose(shuffled) == decompose(made)
    assert mean(log_score(*pair) for pair in shuffled) == mean(log_score(*pair) for pair in made)


@given(pairs)
@example([(0.0, True)])
@example([(1.0, False), (1.0, False)])
def test_the_parts_add_up(made):
    parts = decompose(made)
    assert parts.binned_brier == parts.reliability - parts.resolution + parts.uncertainty
    assert parts.brier == pytest.approx(parts.binned_brier + parts.within_bins, abs=1e-12)
    assert parts.reliability >= 0
    assert -1e-12 <= parts.resolution <= parts.uncertainty + 1e-12
    assert sum(each.n for each in parts.bins) == parts.n == len(made)
    assert len(parts.bins) == BINS


@given(st.lists(st.tuples(st.integers(0, 9), st.booleans()), min_size=1, max_size=60))
def test_with_one_forecast_a_bin_murphys_three_parts_are_the_whole(made):
    parts = decompose([((2 * tenth + 1) / 20, outcome) for tenth, outcome in made])
    assert parts.within_bins == pytest.approx(0, abs=1e-12)
    assert parts.brier == pytest.approx(parts.reliability - parts.resolution + parts.uncertainty, abs=1e-12)


def test_the_parts_of_a_small_example_by_hand():
    """Four forecasts of 0.75 of which three came true, two of 0.25 of which one did."""
    parts = decompose([(0.75, True)] * 3 + [(0.75, False), (0.25, True), (0.25, False)])
    rate = 4 / 6
    assert parts.reliability == pytest.approx((4 * 0 + 2 * 0.25**2) / 6)
    assert parts.resolution == pytest.approx((4 * (0.75 - rate) ** 2 + 2 * (0.5 - rate) ** 2) / 6)
    assert parts.uncertainty == pytest.approx(rate * (1 - rate))
    assert parts.brier == pytest.approx((3 * 0.0625 + 0.5625 + 0.5625 + 0.0625) / 6)


@pytest.mark.parametrize("hundredths", range(101))
def test_a_typed_edge_lies_in_the_bin_it_begins(hundredths):
    assert bin_of(float(f"0.{hundredths:02}") if hundredths < 100 else 1.0) == min(hundredths // 10, 9)
    assert bin_of(hundredths / 100) == min(hundredths // 10, 9)


@given(chances)
def test_a_chance_lies_within_its_bin(chance):
    each = bins_of([(chance, True)])[bin_of(chance)]
    assert each.n == 1
    assert each.start <= chance <= each.end
    assert chance < each.end or each.end == 1


def test_one_forecast_and_only_one_outcome():
    (one,) = [each for each in decompose([(0.7, True)]).bins if each.n]
    assert (one.start, one.mean_forecast, one.observed) == (0.7, 0.7, 1)
    parts = decompose([(0.9, True), (0.5, True)])
    assert (parts.uncertainty, parts.resolution, skill(parts.brier, parts.uncertainty)) == (0, 0, None)
