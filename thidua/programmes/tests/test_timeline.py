from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from thidua.programmes.rules.timeline import MOST_MONTHS, ROW, WIDTH, Span, lay_out

TODAY = date(2021, 11, 1)
DAYS = st.none() | st.dates(date(2000, 1, 1), date(2100, 1, 1))


def test_nothing_with_a_day_is_nothing_to_draw():
    assert lay_out([Span(1, None, None)], [], TODAY) is None


def test_bars_lie_under_their_months_and_lines_join_them():
    spans = [Span(1, date(2021, 10, 1), date(2021, 10, 31)), Span(2, None, date(2021, 11, 30))]
    drawing = lay_out(spans, [(2, 1), (2, 99)], TODAY)
    assert [month.first for month in drawing.months] == [date(2021, 10, 1), date(2021, 11, 1)]
    first, second = drawing.bars
    assert first.x == 0 == drawing.months[0].x
    assert first.end == drawing.months[1].x == drawing.today
    assert second.top == first.top + ROW
    assert [(piece.x1, piece.y1) for piece in drawing.pieces[:1]] == [(first.end, first.middle)]
    assert (drawing.pieces[-1].x2, drawing.pieces[-1].y2) == (second.x, second.middle)
    assert (first.from_before, first.goes_on) == (None, None)


def test_names_stand_above_their_bars_on_the_side_where_there_is_room():
    early, late = lay_out([Span(1, date(2021, 1, 1), None), Span(2, None, date(2021, 12, 31))], [], TODAY).bars
    assert (early.name_x, early.name_ends) == (early.x, False)
    assert (late.name_x, late.name_ends) == (late.end, True)


def test_a_long_span_is_cut_around_today_and_keeps_its_true_days():
    drawing = lay_out([Span(1, date(2000, 1, 1), date(2040, 1, 1))], [], TODAY)
    assert len(drawing.months) == MOST_MONTHS
    assert drawing.today is not None
    (bar,) = drawing.bars
    assert (bar.from_before, bar.goes_on) == (date(2000, 1, 1), date(2040, 1, 1))
    assert 0 < bar.x < bar.end < WIDTH


def test_what_lies_beyond_the_months_shown_has_an_arrow_and_no_bar():
    spans = [Span(1, None, date(2000, 1, 1)), Span(2, None, TODAY), Span(3, date(2040, 1, 1), date(2040, 2, 1))]
    before, shown, after = lay_out(spans, [], TODAY).bars
    assert (before.x, before.width, before.from_before, before.goes_on) == (0, 0, date(2000, 1, 1), None)
    assert (after.x, after.width, after.from_before, after.goes_on) == (WIDTH, 0, None, date(2040, 2, 1))
    assert shown.width > 0
    assert (shown.from_before, shown.goes_on) == (None, None)


@given(st.lists(st.tuples(DAYS, DAYS), min_size=1, max_size=8), st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_everything_stays_within_the_drawing(days, today):
    spans = [Span(n, min(a, b) if a and b else a, max(a, b) if a and b else b) for n, (a, b) in enumerate(days)]
    drawing = lay_out(spans, [(0, 1)], today)
    if drawing is None:
        assert all(a is None and b is None for a, b in days)
        return
    assert 1 <= len(drawing.months) <= MOST_MONTHS
    for bar in drawing.bars:
        assert bar.x >= 0
        assert bar.end <= WIDTH + 0.01
        assert bar.width > 0 or bar.from_before or bar.goes_on


def test_the_end_of_the_calendar():
    assert lay_out([Span(1, None, date(2200, 12, 31))], [], date(2200, 12, 31) - timedelta(1)).today is not None
