"""Parts that are shown add up to the sum that is shown."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from thidua.scoring.rules.rounding import apportioned, shown

D = Decimal
figures = st.decimals(-1000, 1000, places=9)


@given(st.lists(figures, min_size=1, max_size=12), figures, st.integers(0, 6))
def test_the_sum_of_rounded_parts_is_the_rounded_sum_shown(parts, start, places):
    total = shown(start + sum(parts), places) - shown(start, places)
    found = apportioned(parts, total, places)
    assert sum(found) == total
    assert all(abs(one - part) < D(1).scaleb(-places) for one, part in zip(found, parts, strict=True))
    assert all(one == part for one, part in zip(found, parts, strict=True) if shown(part, places) == part)


def test_the_largest_remainder_is_rounded_up():
    assert apportioned([D("0.334"), D("0.333"), D("0.333")], D(1), 2) == [D("0.34"), D("0.33"), D("0.33")]
    assert apportioned([D("-3.125")], shown(D("6.375"), 2) - D("9.5"), 2) == [D("-3.12")]


def test_nothing_makes_nothing():
    assert apportioned([], D(0), 2) == []
