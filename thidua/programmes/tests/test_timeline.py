from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from thidua.programmes.rules.timeline import LABEL, MOST_MONTHS, ROW, WIDTH, Span, lay_out

TODAY = date(2021, 11, 1)
DAYS = st.none() | st.dates(date(2000, 1, 1), date(2100, 1, 1))


def test_nothing_with_a_day_is_nothing_to_draw():
    assert lay_out([Span(1, None, None)], [], TODAY) is None


def test_bars_lie_under_their_months_and_lines_join_them():
    spans = [Span(1, date(2021, 10, 1), date(2021, 10, 31)), Span(2, None, date(2021, 11, 30))]
    drawing = lay_out(spans, [(2, 1), (2, 99)], TODAY)
    assert [month.first for month in drawing.months] == [date(2021, 10, 1), date(2021, 11, 1)]
    first, second = drawing.bars
    assert first.x == LABEL == drawing.months[0].x
    assert first.x + first.width == drawing.months[1].x == drawing.today
    assert second.top == first.top + ROW
    assert len(drawing.lines) == 1
    assert not first.cut


def test_a_long_span_is_cut_around_today():
    drawing = lay_out([Span(1, date(2000, 1, 1), date(2040, 1, 1))], [], TODAY)
    assert len(drawing.months) == MOST_MONTHS
    assert drawing.today is not None
    assert drawing.bars[0].cut


@given(st.lists(st.tuples(DAYS, DAYS), min_size=1, max_size=8), st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_everything_stays_within_the_drawing(days, today):
    spans = [Span(n, min(a, b) if a and b else a, max(a, b) if a and b else b) for n, (a, b) in enumerate(days)]
    drawing = lay_out(spans, [(0, 1)], today)
    if drawing is None:
        assert all(a is None and b is None for a, b in days)
        return
    assert 1 <= len(drawing.months) <= MOST_MONTHS
    for bar in drawing.bars:
        assert bar.x >= LABEL
        assert bar.x + bar.width <= WIDTH + 0.2
        assert bar.width > 0


def test_the_end_of_the_calendar():
    assert lay_out([Span(1, None, date(2200, 12, 31))], [], date(2200, 12, 31) - timedelta(1)).today is not None
