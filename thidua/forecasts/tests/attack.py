"""The attacker of the tests: what can be computed from a published table, by linear programming and by trying all tables."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import product

from thidua.forecasts.rules.suppression import OTHERS, Cells, Line, PublishedLine, PublishedTable

SUMS = "sums"
Place = tuple[str, int]


def spread(key: str, cells: Cells, units: int = 5) -> Line:
    """A line whose cells are divided among the units as evenly as whole opinions can be."""
    parts = [
        tuple(cell // units + ((unit + side) % units < cell % units) for side, cell in enumerate(cells)) for unit in range(units)
    ]
    return Line(key, tuple(parts))  # type: ignore[arg-type]


def seen_by(unit: int, table: Iterable[Line], published: PublishedTable) -> PublishedTable:
    """What the unit has when it takes its own counts off all that is shown: the same table of the others."""
    own = {line.key: line.parts[unit] for line in table}
    named = {line.key for line in published.lines}
    own[OTHERS] = _sum_of(part for key, part in own.items() if key not in named)
    lines = tuple(
        PublishedLine(line.key, _less(line.cells, own[line.key]), line.total - sum(own[line.key])) for line in published.lines
    )
    every = _sum_of(line.parts[unit] for line in table)
    total = None if published.total is None else published.total - sum(every)
    return PublishedTable(lines, _less(published.sums, every), total)


def _sum_of(parts: Iterable[Cells]) -> Cells:
    return tuple(sum(column) for column in zip((0, 0, 0, 0), *parts, strict=True))  # type: ignore[return-value]


def _less(shown: tuple[int | None, ...], own: Cells) -> tuple[int | None, ...]:
    return tuple(None if cell is None else cell - part for cell, part in zip(shown, own, strict=True))


def small_of(seen: PublishedTable, least: int) -> list[Place]:
    """Where a unit that has this table of the others knows of a count of theirs that it is below `least`: shown cells and sums,
    totals (column -1), what is left of a line (-2) or of a column (SUMS, -3 - column), and withheld cells (linear programs)."""
    found = [
        (line.key, column)
        for line in seen.lines
        for column, cell in enumerate(line.cells)
        if cell is not None and cell < least
    ]
    found += [(SUMS, column) for column, cell in enumerate(seen.sums) if cell is not None and cell < least]
    found += [(line.key, -1) for line in seen.lines if line.total < least]
    for line in seen.lines:
        if None in line.cells and line.total - sum(cell or 0 for cell in line.cells) < least:
            found.append((line.key, -2))
    for column, total in enumerate(seen.sums):
        shown = [line.cells[column] for line in seen.lines]
        if total is not None and None in shown and total - sum(cell or 0 for cell in shown) < least:
            found.append((SUMS, -3 - column))
    if found:
        return found
    return [place for place, (_low, high) in bounds(seen).items() if high < least - 1e-6]


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


def tables_of(sums: Sequence[int]) -> Iterator[list[Line]]:
    """Every table whose rows have these sums, each opinion from a unit of its own: as good as no insider."""
    by_sum = [[cells for cells in rows_up_to(total) if sum(cells) == total] for total in sums]
    places = [range(sum(sums[:number]), sum(sums[: number + 1])) for number in range(len(sums))]
    for rows in product(*by_sum):
        yield [_alone(f"t{number}", cells, places[number], sum(sums)) for number, cells in enumerate(rows)]


def _alone(key: str, cells: Cells, places: Iterable[int], units: int) -> Line:
    parts: list[Cells] = [(0, 0, 0, 0)] * units
    sides = [side for side, cell in enumerate(cells) for _opinion in range(cell)]
    for place, side in zip(places, sides, strict=True):
        parts[place] = ONE[side]
    return Line(key, tuple(parts))


ONE: tuple[Cells, ...] = ((1, 0, 0, 0), (0, 1, 0, 0), (0, 0, 1, 0), (0, 0, 0, 1))


def tables_of_units(sums: Iterable[tuple[int, ...]]) -> Iterator[list[Line]]:
    """Every table whose rows have these sums unit by unit."""
    by_sum = {total: [cells for cells in rows_up_to(total) if sum(cells) == total] for row in sums for total in row}
    by_row = [list(product(*(by_sum[total] for total in row))) for row in sums]
    for rows in product(*by_row):
        yield [Line(f"t{number}", parts) for number, parts in enumerate(rows)]


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
