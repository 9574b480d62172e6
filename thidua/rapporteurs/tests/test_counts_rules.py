"""What may be counted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua.kernel.errors import Refused
from thidua.rapporteurs.rules.counts import DIRECTIONS, LARGE_COUNT, MOST_COUNT, Line, check_lines, sums_of

TRENDS = ("new", "rising", "steady", "falling")


def checked(*lines, topics=(1, 2), confirmed=False):
    return check_lines(lines, topics, TRENDS, confirmed=confirmed)


def test_lines_of_zeros_are_dropped():
    assert checked(Line(1), Line(2, neutral=3)) == [Line(2, neutral=3)]


@pytest.mark.parametrize(
    ("line", "code", "field"),
    [
        (Line(3, mixed=1), "rapporteurs.topic_not_asked", None),
        (Line(1, mixed=-1), "rapporteurs.count_outside", "1-mixed"),
        (Line(1, concerned=MOST_COUNT + 1), "rapporteurs.count_outside", "1-concerned"),
        (Line(1, supportive=10**9), "rapporteurs.count_outside", "1-supportive"),
        (Line(1, supportive=LARGE_COUNT + 1), "rapporteurs.count_large", "confirmed"),
        (Line(1, supportive=1, trend="up"), "rapporteurs.no_such_trend", "1-trend"),
    ],
)
def test_what_is_refused_stands_at_its_cell(line, code, field):
    with pytest.raises(Refused, match=code) as refused:
        checked(line)
    assert refused.value.facts.get("field") == field


def test_a_topic_stands_once():
    with pytest.raises(Refused, match=r"rapporteurs\.topic_not_asked"):
        checked(Line(1, mixed=1), Line(1, mixed=2))


def test_large_numbers_are_taken_once_confirmed():
    large = Line(1, supportive=LARGE_COUNT + 1)
    assert checked(large, confirmed=True) == [large]
    assert checked(Line(1, supportive=LARGE_COUNT)) == [Line(1, supportive=LARGE_COUNT)]


@given(numbers=st.lists(st.tuples(*[st.integers(0, MOST_COUNT)] * 4), max_size=6))
def test_the_sum_of_the_sums_is_the_sum_of_the_lines(numbers):
    lines = [Line(topic, *row) for topic, row in enumerate(numbers)]
    sums = sums_of(lines)
    assert sums.total == sum(line.total for line in lines) == sum(getattr(sums, direction) for direction in DIRECTIONS)
