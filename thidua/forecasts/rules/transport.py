"""Tables of three columns with given row and column sums: how far each cell may go (for rules.suppression)."""

from collections.abc import Iterator, Sequence
from itertools import permutations

BODY = range(3)
"""The columns: supportive, concerned, and neutral with mixed."""
Body = tuple[int, int, int]


def spans_of(bodies: Sequence[Body], least: int) -> dict[int, list[tuple[int, int]]] | None:
    """For rows withheld whole, by their sum: the least and the greatest value of each of the three cells over the tables found
    with these row and column sums in which every row has a cell below `least`. None when a cell is not open."""
    totals = sorted(map(sum, bodies))
    columns = [sum(body[column] for body in bodies) for column in BODY]
    if not all(_has_room(total, column, sum(totals), least) for total in set(totals) for column in columns):
        return None
    seen: dict[int, list[list[int]]] = {total: [[], [], []] for total in totals}
    for order, table in _corner_tables(totals, columns):
        if all(min(row) < least for _total, row in table):
            for total, row in table:
                for column, value in zip(order, row, strict=True):
                    seen[total][column].append(value)
    if not all(values and max(values) >= least and max(values) - min(values) >= least for row in seen.values() for values in row):
        return None
    return {total: [(min(values), max(values)) for values in row] for total, row in seen.items()}


def _has_room(total: int, column: int, grand: int, least: int) -> bool:
    """Whether a cell between these sums could be open at all: a first look, before tables are laid out."""
    top, bottom = min(total, column), max(0, total + column - grand)
    return top >= least and top - bottom >= least


_Table = list[tuple[int, list[int]]]


def _corner_tables(totals: Sequence[int], columns: Sequence[int]) -> Iterator[tuple[tuple[int, ...], _Table]]:
    """Extreme points of the tables with these sums: each row in turn the first to be filled, columns in each order. With the
    order of the columns, rows as (sum, cells)."""
    for order in permutations(BODY):
        for total in sorted(set(totals)):
            rest = list(totals)
            rest.remove(total)
            for others in (rest, rest[::-1]):
                rows = [total, *others]
                yield order, list(zip(rows, _corner_fill(rows, [columns[each] for each in order]), strict=True))


def _corner_fill(totals: Sequence[int], columns: Sequence[int]) -> list[list[int]]:
    """The table with these row and column sums that fills columns in turn, row after row (north-west corner rule)."""
    left = list(columns)
    table = []
    for total in totals:
        row = []
        for index, free in enumerate(left):
            put = min(total, free)
            row.append(put)
            left[index] -= put
            total -= put
        table.append(row)
    return table
