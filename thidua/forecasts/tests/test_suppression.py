"""The attacker with a linear programme, on tables as large as a year makes them; and what is lost to the reader."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from thidua.forecasts.rules.suppression import LEAST, OTHERS, Line, PublishedLine, PublishedTable, publish
from thidua.forecasts.tests.attack import SUMS, bounds, breaks, spread, withheld

small, large = st.integers(0, 12), st.integers(0, 400)
count = st.one_of(st.just(0), small, large)
row = st.one_of(
    st.tuples(count, count, count, count),
    st.tuples(large, small, small, small),
    st.tuples(st.integers(10, 400), st.integers(10, 90), st.integers(10, 90), small),
)


@st.composite
def tables(draw, rows=row, most=40):
    """Up to 40 topics counted by one to seven units, evenly or by very few of them."""
    units = draw(st.integers(1, 7))
    found = []
    for number, cells in enumerate(draw(st.lists(rows, max_size=most))):
        line = spread(f"t{number:02}", cells, units)
        shift = draw(st.integers(0, units - 1))
        parts = [*line.parts[shift:], *line.parts[:shift]]
        if draw(st.booleans()):
            parts[draw(st.integers(0, units - 1))] = draw(rows)
        found.append(Line(line.key, tuple(parts)))
    return found


def lines(*rows, units=5):
    return [spread(f"t{number:02}", cells, units) for number, cells in enumerate(rows)]


@settings(max_examples=80)
@given(tables())
@example(lines((0, 0, 0, 0)))
@example(lines((100, 5, 5, 5)))
@example(lines(*[(400, 0, 0, 0)] * 40))
@example(lines(*[(9, 9, 9, 9)] * 40))
@example(lines(*[(3, 1, 2, 0)] * 12))
@example(lines((3, 50, 60, 40), (400, 300, 200, 100)))
@example(lines(*[(60 + i, 30, 20 + i, i) for i in range(40)]))
def test_no_withheld_cell_can_be_brought_below_ten_or_near_a_value(table):
    assert breaks(publish(table), LEAST) == []


@settings(max_examples=60)
@given(tables())
def test_what_is_shown_is_true_and_not_small(table):
    published = publish(table)
    cells = {line.key: line.cells for line in table}
    named = {line.key for line in published.lines}
    merged = [line for line in table if line.key not in named]
    cells[OTHERS] = tuple(sum(line.cells[column] for line in merged) for column in range(4))
    cells[SUMS] = tuple(sum(line.cells[column] for line in table) for column in range(4))
    for key, shown in [*((line.key, line.cells) for line in published.lines), (SUMS, published.sums)]:
        assert all(cell in (None, true) and (cell is None or cell >= LEAST) for cell, true in zip(shown, cells[key], strict=True))
    assert all(line.total == sum(cells[line.key]) >= LEAST for line in published.lines)
    assert published.total in (None, sum(line.total for line in table))


@settings(max_examples=60)
@given(tables())
def test_the_withheld_cells_of_a_line_are_never_few_together(table):
    """In a row, in a column with its sum shown, and in the line of sums."""
    published = publish(table)
    for line in published.lines:
        gap = line.total - sum(cell or 0 for cell in line.cells)
        assert gap >= LEAST if None in line.cells else gap == 0
    for column, total in enumerate(published.sums):
        shown = [line.cells[column] for line in published.lines]
        if total is not None and None in shown:
            assert shown.count(None) > 1
            assert total - sum(cell or 0 for cell in shown) >= LEAST


@settings(max_examples=40)
@given(st.data())
def test_the_order_of_the_rows_plays_no_part(data):
    table = data.draw(tables())
    assert publish(data.draw(st.permutations(table))) == publish(table)


def _only_the_small_ones(table):
    """What a table without complements looks like: small cells withheld, everything else shown."""
    veiled = [PublishedLine(t.key, tuple(c if c >= LEAST else None for c in t.cells), sum(t.cells)) for t in table]
    sums = tuple(sum(line.cells[column] for line in table) for column in range(4))
    return PublishedTable(tuple(veiled), sums, sum(sums))


@pytest.mark.parametrize(
    "rows", [[(40, 30, 20, 7), (50, 40, 30, 20)], [(40, 3, 20, 17), (50, 4, 30, 20), (60, 50, 40, 30)]]
)  # fmt: skip
def test_the_attack_breaks_a_table_without_complements(rows):
    table = lines(*rows)
    assert breaks(_only_the_small_ones(table), LEAST)
    assert breaks(publish(table), LEAST) == []


def test_the_attack_finds_the_very_value_behind_a_single_dash():
    table = _only_the_small_ones(lines((40, 30, 20, 7), (50, 40, 30, 20)))
    assert bounds(table) == {("t00", 3): (pytest.approx(7), pytest.approx(7))}


def test_a_table_of_large_counts_is_shown_whole():
    published = publish(lines((40, 30, 20, 15), (50, 40, 30, 20)))
    assert withheld(published) == []
    assert published.sums == (90, 70, 50, 35)
    assert [line.key for line in published.lines] == ["t01", "t00"]


def test_one_small_mixed_count_costs_its_pair_and_two_sums():
    published = publish(lines((40, 30, 20, 7), (50, 40, 30, 20)))
    assert published.lines[1].cells == (40, 30, None, None)
    assert published.lines[0].cells == (50, 40, 30, 20)
    assert published.sums == (90, 70, None, None)


def test_many_small_mixed_counts_leave_all_sums():
    rows = [(60, 30, 20, 4), (80, 25, 5, 22), (50, 40, 24, 6), (70, 20, 3, 31)]
    published = publish(lines(*rows))
    assert published.sums == (260, 115, 52, 63)
    assert all(line.cells[2:] == (None, None) and line.cells[:2] != (None, None) for line in published.lines)


def test_a_row_withheld_whole_takes_the_smallest_other_row_with_it_to_keep_the_sums():
    rows = [(4, 16, 20, 20), (22, 17, 15, 15), (300, 200, 100, 90)]
    published = publish(lines(*rows))
    assert [None in line.cells for line in published.lines] == [False, True, True]
    assert published.sums[:2] == (326, 233)


def test_rows_below_ten_are_one_row():
    published = publish(lines((8, 0, 0, 0), (1, 3, 3, 0), (50, 40, 30, 20)))
    assert [line.key for line in published.lines] == ["t02", OTHERS]
    assert published.lines[1].total == 15


def test_rows_that_are_too_few_together_take_the_next_smallest_in():
    published = publish(lines((2, 0, 0, 0), (20, 20, 10, 10), (50, 40, 30, 20)))
    assert [(line.key, line.total) for line in published.lines] == [("t02", 140), (OTHERS, 62)]


@pytest.mark.parametrize("rows", [[], [(0, 0, 0, 0)], [(4, 0, 0, 0), (1, 1, 1, 2)]])
def test_less_than_ten_in_all_shows_nothing(rows):
    assert publish(lines(*rows)) == PublishedTable((), (None,) * 4, None)


def test_a_negative_count_and_a_key_twice_are_slips_of_the_caller():
    with pytest.raises(ValueError, match="negative"):
        publish([Line("t", ((1, -1, 0, 0),))])
    with pytest.raises(ValueError, match="key"):
        publish(lines((10, 10, 10, 10)) * 2)
    with pytest.raises(ValueError, match="each unit"):
        publish([Line("t", ((1, 0, 0, 0),)), Line("u", ((1, 0, 0, 0),) * 2)])


def test_a_row_of_which_nothing_was_counted_is_no_row():
    """Else it would be merged with the smallest real topic, which nobody would read of then."""
    rows = [(20, 20, 10, 10), (50, 40, 30, 20)]
    assert publish(lines(*rows, (0, 0, 0, 0))) == publish(lines(*rows))
