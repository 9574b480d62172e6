"""Intervals side by side, as places."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from thidua.forecasts.rules.intervals import MOST_NAME, TOP, WIDTH, Interval, round_values, sheet_of

MEDIAN = Interval("Trung vị", Decimal(20), Decimal(30), 1)


def interval(name, low, high, number=0):
    return Interval(name, Decimal(low), Decimal(high), number)


def test_rows_are_ordered_by_their_middle_and_the_median_comes_last():
    found = sheet_of([interval("C", 30, 50), interval("A", 10, 20), interval("B", 0, 60, 2)], MEDIAN, Decimal(25), str, "25 bài")
    assert [(row.name, row.number) for row in found.rows] == [("A", 0), ("B", 2), ("C", 0), ("Trung vị", 1)]
    assert [row.y for row in found.rows] == sorted(row.y for row in found.rows)
    assert [tick.label for tick in found.ticks] == ["0", "20", "40", "60"]
    assert found.outcome is not None
    assert found.outcome.label == "25 bài"
    assert found.rows[-1].start < found.outcome.at < found.rows[-1].end
    assert found.rows[-1].y < found.bottom < found.height


def test_before_the_outcome_there_is_no_line_and_a_long_name_is_cut():
    found = sheet_of([interval("Chuyên viên phòng Lý luận chính trị, An Giang", 1, 2)], MEDIAN, None, str)
    assert found.outcome is None
    assert len(found.rows[0].short) <= MOST_NAME
    assert found.rows[0].short.endswith("…")


def test_round_values():
    assert round_values(Decimal(17), Decimal(43)) == [10, 20, 30, 40, 50]
    assert round_values(Decimal(5), Decimal(5))[0] <= 5 <= round_values(Decimal(5), Decimal(5))[-1]
    assert round_values(Decimal("0.12"), Decimal("0.31")) == [Decimal(n) / 100 for n in (10, 15, 20, 25, 30, 35)]


numbers = st.decimals(-(10**13), 10**13, places=6, allow_nan=False)


@given(st.lists(st.tuples(numbers, numbers), min_size=1, max_size=8), st.none() | numbers)
def test_everything_stays_in_the_box(pairs, outcome):
    rows = [Interval(str(n), min(pair), max(pair)) for n, pair in enumerate(pairs)]
    found = sheet_of(rows, rows[0], outcome, str)
    assert 2 <= len(found.ticks) <= 6
    places = [tick.at for tick in found.ticks] + [at for row in found.rows for at in (row.start, row.end)]
    places += [found.outcome.at] if found.outcome else []
    assert all(0 <= at <= WIDTH for at in places)
    assert all(row.start <= row.end and TOP <= row.y <= found.height for row in found.rows)
