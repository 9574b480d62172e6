"""Who checks whom: never oneself, never a conflict, everybody the same, and the same for everyone who computes it."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua.crosschecks.rules.assignment import assign, draw, loads
from thidua.kernel.errors import Refused

UNITS = [f"u{n}" for n in range(1, 13)]


@st.composite
def cases(draw_from):
    """Units, how many each, a seed, barred pairs."""
    units = UNITS[: draw_from(st.integers(2, 12))]
    each = draw_from(st.integers(1, len(units) - 1))
    pair = st.tuples(st.sampled_from(units), st.sampled_from(units))
    return units, each, draw_from(st.integers(0, 10**6)), draw_from(st.lists(pair, max_size=10))


@given(cases())
def test_nobody_checks_itself_or_a_conflict_and_all_are_within_one(case):
    units, each, seed, barred = case
    pairs = _outcome(units, each, seed, barred)
    if pairs[0] == "crosschecks.too_few_partners":
        assert set(pairs[1]["units"]) <= set(units)
        return
    walls = {frozenset(pair) for pair in barred}
    assert len(set(pairs)) == len(pairs)
    assert all(a != b and frozenset((a, b)) not in walls for a, b in pairs)
    for checks, checked in loads(pairs, units).values():
        assert max(each - 1, 1) <= checks <= each
        assert max(each - 1, 1) <= checked <= each


@given(st.integers(2, 12), st.data())
def test_without_conflicts_everybody_checks_and_is_checked_exactly_so_often(count, data):
    units = UNITS[:count]
    each = data.draw(st.integers(1, count - 1))
    pairs = assign(units, each, data.draw(st.integers(0, 10**9)))
    assert set(loads(pairs, units).values()) == {(each, each)}


@given(cases(), st.randoms(use_true_random=False))
def test_the_order_of_units_and_conflicts_does_not_matter(case, rng):
    units, each, seed, barred = case
    mixed, walls = units[:], [pair[::-1] for pair in barred]
    rng.shuffle(mixed)
    rng.shuffle(walls)
    assert _outcome(units, each, seed, barred) == _outcome(mixed, each, seed, walls)


def _outcome(*case):
    try:
        return assign(*case)
    except Refused as refused:
        return refused.code, refused.facts


@given(st.integers(3, 5), st.data())
def test_what_is_possible_is_found_and_what_is_refused_is_impossible(count, data):
    """Against trying every assignment of small clusters."""
    units = UNITS[:count]
    pair = st.tuples(st.sampled_from(units), st.sampled_from(units)).filter(lambda p: p[0] != p[1])
    barred = data.draw(st.lists(pair, max_size=6))
    walls = {frozenset(p) for p in barred}
    exact = any(
        all(a != b and frozenset((a, b)) not in walls for a, b in zip(units, order, strict=True)) for order in permutations(units)
    )
    found = _outcome(units, 1, data.draw(st.integers(0, 99)), barred)
    assert (found[0] != "crosschecks.too_few_partners") == exact


@pytest.mark.parametrize("seed", range(8))
def test_two_checks_each_leave_no_pair_that_checks_each_other_among_seven(seed):
    pairs = set(assign(UNITS[:7], 2, seed))
    assert not [pair for pair in pairs if pair[::-1] in pairs]


def test_another_seed_is_another_assignment():
    assert len({assign(UNITS[:7], 2, seed) for seed in range(20)}) > 15


def test_the_draw_is_the_sha256_of_seed_checker_and_unit():
    import hashlib

    assert draw(7, ("a", "b")) == hashlib.sha256(b"7:a:b").hexdigest()


def test_the_same_seed_gives_the_same_pairs_on_every_machine():
    assert assign(["b", "a", "d", "c"], 1, 2021) == (("a", "b"), ("b", "d"), ("c", "a"), ("d", "c"))


@pytest.mark.parametrize("each", [0, 4, -1])
def test_more_checks_than_other_units_are_refused(each):
    with pytest.raises(Refused) as caught:
        assign(UNITS[:4], each, 1)
    assert caught.value.code == "crosschecks.each_out_of_range"
    assert caught.value.facts["most"] == 3


def test_who_has_too_few_partners_is_named():
    barred = [("u1", other) for other in ("u2", "u3", "u4")]
    with pytest.raises(Refused) as caught:
        assign(UNITS[:5], 3, 1, barred)
    assert caught.value.facts["units"] == ["u1"]


def test_one_short_is_shared_where_conflicts_force_it():
    pairs = assign(UNITS[:4], 3, 5, [("u1", "u2")])
    assert loads(pairs, UNITS[:4]) == {"u1": (2, 2), "u2": (2, 2), "u3": (3, 3), "u4": (3, 3)}
