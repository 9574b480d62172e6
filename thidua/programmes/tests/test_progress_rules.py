from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua.programmes.rules.progress import NOTHING, Progress, bar

COUNTS = st.integers(0, 10_000)


@st.composite
def progresses(draw):
    planned, doing, waiting, done, dropped = (draw(COUNTS) for _ in range(5))
    return Progress(planned, doing, waiting, done, dropped, draw(st.integers(0, planned + doing + waiting)))


def test_what_was_dropped_does_not_count():
    assert Progress(planned=1, done=1, dropped=8).percent == 50
    assert Progress(dropped=3).percent is None
    assert Progress(done=199, doing=1).percent == 99


@given(progresses(), progresses())
def test_figures_of_two_sets_add_up(one, other):
    both = one + other
    assert both == other + one
    assert both.total == one.total + other.total
    assert one + NOTHING == one


@given(progresses())
def test_a_bar_is_whole_or_not_there(progress):
    parts = bar(progress)
    assert sum(part.count for part in parts) == progress.total
    assert sum(part.length for part in parts) == pytest.approx(100 if progress.total else 0, abs=0.05)
    assert all(before.start + before.length == pytest.approx(after.start) for before, after in pairwise(parts))
