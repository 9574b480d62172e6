import itertools
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua.kernel.points import format_vietnamese
from thidua.reports.rules import charts as c

D = Decimal
VALUES = st.decimals(-(10**9), 10**9, places=3, allow_nan=False, allow_infinity=False)
DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))
SERIES = st.lists(
    st.builds(c.Series, st.just("Đơn vị"), st.dictionaries(DAYS, VALUES, max_size=20).map(lambda held: tuple(held.items()))),
    max_size=8,
)


def inside(chart):
    for drawn in chart.series:
        for mark in drawn.marks:
            assert c.LEFT <= mark.x <= mark.x + mark.width <= c.WIDTH - c.RIGHT
            assert c.TOP <= mark.y <= mark.y + mark.height <= c.HEIGHT - c.BOTTOM + 1
    for tick in chart.y_ticks:
        assert c.TOP <= tick.at <= c.HEIGHT - c.BOTTOM
    for tick in chart.x_ticks:
        assert c.LEFT <= tick.at <= c.WIDTH - c.RIGHT


@given(st.lists(VALUES, min_size=1, max_size=30), st.booleans())
def test_an_axis_holds_every_value_in_few_even_steps(values, from_zero):
    axis = c.nice_axis(values, from_zero=from_zero)
    assert axis.low <= min(values) <= max(values) <= axis.high
    assert axis.low < axis.high
    assert 2 <= len(axis.values) <= c.MOST_TICKS + 1
    assert axis.values[-1] == axis.high
    assert int(axis.step.scaleb(-axis.step.adjusted() + 1)) in {10, 20, 25, 50}
    if from_zero:
        assert axis.low <= 0 <= axis.high


@pytest.mark.parametrize(
    ("values", "low", "high", "step"),
    [
        (["3.5", 7, 12], 0, "12.5", "2.5"),
        ([3, 7, 12], 0, 15, 5),
        (["97.5", 99], "97.5", 99, "0.5"),
        ([97, 99], 97, 99, 1),
        ([100], 0, 100, 20),
        ([0], 0, 1, 1),
        ([-4, 6], -4, 6, 2),
    ],
)
def test_axes_people_would_draw(values, low, high, step):
    axis = c.nice_axis([D(value) for value in values], from_zero=False)
    assert (axis.low, axis.high, axis.step) == (D(low), D(high), D(step))


@given(SERIES, st.none() | VALUES)
def test_lines_stay_inside_and_none_is_lost(series, target):
    chart = c.line_chart(series, target, format_vietnamese)
    shown = [one for one in series if one.points][: c.MOST_SERIES]
    if not shown:
        assert chart is None
        return
    inside(chart)
    assert [len(drawn.marks) for drawn in chart.series] == [len(one.points) for one in shown]
    assert len({drawn.mark for drawn in chart.series}) == len(chart.series)
    assert (chart.target is None) == (target is None)


@given(
    st.integers(1, 6).flatmap(
        lambda n: st.lists(
            st.builds(c.Group, st.just("Q1"), st.lists(st.none() | VALUES, min_size=n, max_size=n).map(tuple)), max_size=30
        )
    )
)
def test_columns_stay_inside_and_do_not_cover_each_other(groups):
    names = ["a", "b", "c", "d", "e", "f"][: len(groups[0].values) if groups else 1]
    chart = c.column_chart(names, groups, None, format_vietnamese)
    if all(value is None for group in groups for value in group.values):
        assert chart is None
        return
    inside(chart)
    assert not chart.cut
    columns = sorted((m.x, m.x + m.width) for drawn in chart.series for m in drawn.marks)
    assert all(right <= left for (_, right), (left, _) in itertools.pairwise(columns))


def test_a_higher_value_stands_higher_and_a_later_day_further_right():
    start = date(2021, 1, 31)
    points = tuple((start + timedelta(days=30 * i), D(10 * i)) for i in range(5))
    chart = c.line_chart([c.Series("Đơn vị 1", points)], D(35), format_vietnamese)
    marks = chart.series[0].marks
    assert [m.x for m in marks] == sorted(m.x for m in marks)
    assert [m.y for m in marks] == sorted((m.y for m in marks), reverse=True)
    assert marks[1].title == "Đơn vị 1, 02-03-2021: 10"
    assert marks[1].label == "10"
    assert (chart.target.label, chart.cut) == ("35", False)


def test_labels_are_written_as_people_read_numbers():
    chart = c.column_chart(["Cả cụm"], [c.Group("Quý I", (D(1500),)), c.Group("Quý II", (D("2500.5"),))], None, format_vietnamese)
    assert [tick.label for tick in chart.y_ticks] == ["0", "1.000", "2.000", "3.000"]
    assert [mark.label for mark in chart.series[0].marks] == ["1.500", "2.500,5"]
    assert [tick.label for tick in chart.x_ticks] == ["Quý I", "Quý II"]


def test_an_axis_cut_off_says_so():
    days = date(2021, 1, 1), date(2021, 2, 1)
    chart = c.line_chart([c.Series("a", ((days[0], D(97)), (days[1], D(99))))], None, format_vietnamese)
    assert chart.cut
    assert chart.baseline == c.HEIGHT - c.BOTTOM
