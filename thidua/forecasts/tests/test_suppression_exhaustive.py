"""The attacker who knows the rule: over all tables of given row sums, with a small threshold so that all can be tried."""

from itertools import combinations_with_replacement

import pytest

from thidua.forecasts.rules.suppression import Hidden, Line, PublishedLine, PublishedTable, pattern_of, publish
from thidua.forecasts.tests.attack import ranges_of_all, spread, tables_of, tables_of_units

LEAST = 1


def _is_open(values: set[int], least: int) -> bool:
    return max(values) >= least and max(values) - min(values) >= least


def _broken(found, least=LEAST):
    return [
        (table, place, values)
        for table, places in found.items()
        for place, values in places.items()
        if not _is_open(values, least)
    ]


@pytest.mark.parametrize("sums", [(6,), *combinations_with_replacement(range(7), 2), (1, 2, 3), (2, 3, 3), (0, 1, 5), (3, 3, 3)])
def test_whoever_knows_the_rule_learns_of_no_withheld_cell_that_it_is_small(sums):
    assert _broken(ranges_of_all(tables_of(sums), lambda table: publish(table, LEAST))) == []


@pytest.mark.parametrize("sums", [(8,), (10,), (6, 5)])
def test_nor_with_a_threshold_of_two(sums):
    assert _broken(ranges_of_all(tables_of(sums), lambda table: publish(table, 2)), 2) == []


@pytest.mark.parametrize("sums", [((1, 1, 1), (2, 1, 1)), ((3, 2, 2),), ((2, 2, 2),)])
def test_nor_when_units_have_several_opinions_each(sums):
    """What a unit has of a row is given; that levels a and b look at shares of column remainders tells nothing either."""
    assert _broken(ranges_of_all(tables_of_units(sums), lambda table: publish(table, LEAST))) == []


def test_every_way_of_publishing_occurs_among_the_tables_tried():
    """Otherwise the search above would show little."""
    faces = set()
    for sums in [(7, 7), (5, 7), (1, 5), (1, 0)]:
        for table in tables_of(sums):
            published = publish(table, LEAST)
            faces.add(tuple(cell is None for cell in published.sums) if published.lines else "nothing")
    assert faces == {"nothing", (False,) * 4, (False, False, True, True), (True,) * 4}


def _smallest_besides(table: list[Line], least: int) -> PublishedTable:
    """The obvious rule: a small cell is withheld, and where it stands alone the smallest other cell of its row."""
    lines = []
    for line in table:
        hidden = {column for column, cell in enumerate(line.cells) if cell < least}
        if len(hidden) == 1:
            hidden.add(min((cell, column) for column, cell in enumerate(line.cells) if column not in hidden)[1])
        lines.append(PublishedLine(line.key, tuple(None if c in hidden else v for c, v in enumerate(line.cells)), line.total))
    return PublishedTable(tuple(lines), (None,) * 4, sum(line.total for line in table))


def test_the_search_breaks_a_rule_that_chooses_by_value():
    assert _broken(ranges_of_all(tables_of((9,)), lambda table: _smallest_besides(table, 2)), 2)


def test_what_the_rule_would_publish_again_is_withheld_again():
    """A row of PAIR that is all neutral or all mixed is one of PAIR; one of ALL in any one direction is one of ALL."""
    for cells in [(9, 9, 9, 0), (9, 9, 0, 9)]:
        assert pattern_of(spread("t", cells), LEAST) is Hidden.PAIR
    for cells in [(9, 0, 0, 0), (0, 9, 0, 0), (0, 0, 9, 0), (0, 0, 0, 9)]:
        assert pattern_of(spread("t", cells), LEAST) is Hidden.ALL
