"""The attacker from within: a unit takes its own counts off all that is shown."""

import pytest
from hypothesis import example, given, settings

from thidua.forecasts.rules.suppression import (
    LEAST,
    OTHERS,
    Hidden,
    Line,
    PublishedLine,
    PublishedTable,
    is_weak,
    pattern_of,
    publish,
)
from thidua.forecasts.tests.attack import seen_by, small_of, spread
from thidua.forecasts.tests.test_suppression import tables

CORPS, BODY = (61, 24, 30, 20), (12, 3, 6, 2)
"""Two reports of one unit and the only collaborator of another, of one topic."""
NONE = (0, 0, 0, 0)


def _broken(table, published):
    units = len(table[0].parts) if table else 0
    return [(unit, place) for unit in range(units) for place in small_of(seen_by(unit, table, published), LEAST)]


def _as_outsiders_saw_it(table):
    """The rule before: what nobody who knows no count can compute. Nothing was withheld of this example."""
    lines = tuple(PublishedLine(line.key, line.cells, line.total) for line in table)
    sums = tuple(sum(line.cells[column] for line in table) for column in range(4))
    return PublishedTable(lines, sums, sum(sums))


def test_taking_ones_own_off_gave_away_the_counts_of_one_person():
    table = [Line("wages", (CORPS, BODY))]
    before = _as_outsiders_saw_it(table)
    assert before.lines[0].cells == (73, 27, 36, 22)
    assert seen_by(0, table, before).lines[0].cells == BODY
    assert (0, ("wages", 1)) in _broken(table, before)
    assert publish(table) == PublishedTable((), (None,) * 4, None)


@settings(max_examples=25, deadline=None)
@given(tables(most=8))
@example([Line("a", (CORPS, BODY, NONE)), Line("b", (BODY, CORPS, NONE)), Line("c", (NONE, BODY, CORPS))])
@example([Line("a", (CORPS, BODY, (9, 9, 9, 9))), Line("b", ((400, 300, 5, 90), BODY, CORPS))])
def test_no_unit_learns_of_the_others_that_a_count_is_small(table):
    assert _broken(table, publish(table)) == []


@settings(max_examples=60, deadline=None)
@given(tables(most=12))
def test_behind_every_row_stand_three_units_and_what_is_left_without_the_largest(table):
    published = publish(table)
    named = {line.key for line in published.lines}
    merged = [line.parts for line in table if line.key not in named]
    parts = {line.key: [sum(part) for part in line.parts] for line in table}
    parts[OTHERS] = [sum(map(sum, unit)) for unit in zip(*merged, strict=True)]
    for line in published.lines:
        assert sum(map(bool, parts[line.key])) >= 3
        assert line.total - max(parts[line.key]) >= LEAST


def test_two_units_publish_nothing_however_much_they_counted():
    assert publish([spread("t", (400, 300, 200, 100), 2)]).lines == ()
    assert publish([spread("t", (400, 300, 200, 100), 3)]).lines != ()


def test_a_topic_of_two_units_is_merged_until_a_third_stands_behind_it():
    two, three = Line("two", ((60, 40, 30, 20), (60, 40, 30, 20), NONE)), spread("three", (60, 50, 40, 40), 3)
    larger = spread("larger", (90, 80, 70, 60), 3)
    assert [line.key for line in publish([two, larger, three]).lines] == ["larger", OTHERS]


@pytest.mark.parametrize(
    ("parts", "hidden"),
    [
        (((20, 20, 20, 20),) * 3, Hidden.NOTHING),
        (((20, 20, 20, 40), (20, 20, 20, 4), (20, 20, 20, 4)), Hidden.PAIR),
        (((20, 90, 20, 20), (20, 5, 20, 20), (20, 4, 20, 20)), Hidden.ALL),
        (((20, 20, 50, 40), (20, 20, 2, 2), (20, 20, 2, 2)), Hidden.ALL),
    ],
)
def test_a_cell_that_one_unit_makes_up_is_withheld_as_a_small_one(parts, hidden):
    assert pattern_of(Line("t", parts)) is hidden


def test_weak_is_what_leaves_less_than_ten_without_its_largest_unit():
    assert is_weak(())
    assert is_weak([100, 5, 4])
    assert not is_weak([100, 5, 5])
    assert not is_weak([10, 10])


def test_a_column_remainder_that_one_unit_makes_up_takes_the_sums_with_it():
    """Nobody outside could compute anything from these sums; the first unit would have 3 of the mixed ones."""
    strong = [spread("s", (90, 80, 70, 60), 3)]
    pairs = [Line(f"p{n}", ((40, 30, 20, 12), (40, 30, 20, 1), (40, 30, 20, 0))) for n in range(3)]
    published = publish(strong + pairs)
    assert published.sums[2:] == (None, None)
    assert published.sums[:2] != (None, None)
