"""The attacker of the tests: what can be computed from a published table, by linear programming and by trying all tables."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import product

from thidua.forecasts.rules.suppression import Line, PublishedTable

SUMS = "sums"
Place = tuple[str, int]


def withheld(table: PublishedTable) -> list[Place]:
    """The withheld cells: (key of the line or SUMS, number of the column)."""
    lines = [(line.key, line.cells) for line in table.lines]
    sums = [(SUMS, table.sums)] if table.lines else []
    return [(key, column) for key, cells in [*lines, *sums] for column, cell in enumerate(cells) if cell is None]


def bounds(table: PublishedTable) -> dict[Place, tuple[float, float]]:
    """The least and greatest value of every withheld cell among tables of real, non-negative numbers that agree with all that
    is shown. Written against the published numbers only, with scipy, independently of the module it attacks."""
    from scipy.optimize import linprog

    names = [(line.key, column) for line in table.lines for column in range(4)] + [(SUMS, column) for column in range(4)]
    index = {name: number for number, name in enumerate(names)}
    rows: list[list[float]] = []
    values: list[float] = []

    def equals(places: Iterable[tuple[Place, int]], value: int) -> None:
        row = [0.0] * len(names)
        for place, sign in places:
            row[index[place]] += sign
        rows.append(row)
        values.append(value)

    for line in table.lines:
        equals((((line.key, column), 1) for column in range(4)), line.total)
        for column, cell in enumerate(line.cells):
            if cell is not None:
                equals([((line.key, column), 1)], cell)
    for column, cell in enumerate(table.sums):
        equals([*(((line.key, column), 1) for line in table.lines), ((SUMS, column), -1)], 0)
        if cell is not None:
            equals([((SUMS, column), 1)], cell)

    def extreme(place: Place, sign: int) -> float:
        aim = [0.0] * len(names)
        aim[index[place]] = sign
        solved = linprog(aim, A_eq=rows, b_eq=values, bounds=(0, None), method="highs")
        assert solved.success, solved.message
        return sign * solved.fun

    return {place: (extreme(place, 1), extreme(place, -1)) for place in withheld(table)}


def breaks(table: PublishedTable, least: int) -> list[Place]:
    """Withheld cells that the attacker brings below `least`, or to fewer than `least` whole numbers beside one."""
    return [
        place
        for place, (low, high) in bounds(table).items()
        if high < least - 1e-6 or high - low < least - 1e-6
    ]  # fmt: skip


def rows_up_to(most: int) -> list[tuple[int, int, int, int]]:
    """Every row of four counts with a sum of at most `most`."""
    return [cells for cells in product(range(most + 1), repeat=4) if sum(cells) <= most]


def tables_of(sums: Iterable[int]) -> Iterator[list[Line]]:
    """Every table whose rows have these sums."""
    by_sum = [[cells for cells in rows_up_to(total) if sum(cells) == total] for total in sums]
    for rows in product(*by_sum):
        yield [Line(f"t{number}", cells) for number, cells in enumerate(rows)]


def ranges_of_all(
    tables: Iterable[list[Line]], rule: Callable[[list[Line]], PublishedTable]
) -> dict[PublishedTable, dict[Place, set[int]]]:
    """What somebody who knows the rule knows: for each publication, the values of each withheld cell over all tables that the
    rule publishes like that."""
    found: dict[PublishedTable, dict[Place, set[int]]] = defaultdict(lambda: defaultdict(set))
    for table in tables:
        published = rule(table)
        cells = {line.key: line.cells for line in table}
        named = {line.key for line in published.lines}
        cells[""] = tuple(sum(line.cells[column] for line in table if line.key not in named) for column in range(4))  # type: ignore[assignment]
        cells[SUMS] = tuple(sum(line.cells[column] for line in table) for column in range(4))  # type: ignore[assignment]
        for key, column in withheld(published):
            found[published][key, column].add(cells[key][column])
    return found
