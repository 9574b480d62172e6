"""From loaded cells to ranks: 1,000 clusters × 8 units × 60 criteria, in bulk and by the Decimal path a single cluster takes.

    python -m benchmarks.cells

Loading is left out on both sides: the bulk starts from arrays of hundredths, the Decimal path from score lines.
"""

import time
from collections.abc import Callable
from decimal import Decimal

import numpy as np

from thidua.criteria.rules import CriteriaTable, Criterion, Kind
from thidua.scoring.rules import ScoreLine, evaluate, rank
from thidua.scoring.rules.bulk import BulkRanking, BulkTable, rank_bulk

CLUSTERS, UNITS, CRITERIA = 1_000, 8, 60
DECIMAL_CLUSTERS = 20
BUDGET = 100


def criteria_table() -> CriteriaTable:
    """60 rows: a root, 5 sections, 30 items, and 24 bonus or penalty rows under them, with caps."""
    rows = [Criterion(code="T", max_points=Decimal(150))]
    rows += [Criterion(code=f"{s}", parent="T", max_points=Decimal(30), adjust_cap=Decimal(7)) for s in range(5)]
    rows += [Criterion(code=f"{i % 5}.{i}", parent=f"{i % 5}", max_points=Decimal(5)) for i in range(30)]
    for i in range(24):
        kind, cap = (Kind.BONUS, Decimal(2)) if i % 2 else (Kind.PENALTY, Decimal(-2))
        rows.append(Criterion(code=f"{i % 5}.{i}.x", parent=f"{i % 5}.{i}", kind=kind, max_points=cap))
    return CriteriaTable.of(rows)


def cells_of(table: CriteriaTable, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Quarter points, so that ties are common; headings are left to their sums."""
    cells = np.zeros((CLUSTERS * UNITS, CRITERIA), np.int64)
    given = np.zeros(cells.shape, np.bool_)
    for column, row in enumerate(table.criteria):
        if table.parts(row.code):
            continue
        low, high = {Kind.PENALTY: (-8, 1), Kind.BONUS: (0, 9)}.get(row.kind, (0, 21))
        cells[:, column] = 25 * rng.integers(low, high, len(cells))
        given[:, column] = True
    return cells, given


def lines_of(table: CriteriaTable, cells: np.ndarray, given: np.ndarray, cluster: int) -> list[ScoreLine]:
    """The score lines of one cluster, for the Decimal path."""
    rows = range(cluster * UNITS, (cluster + 1) * UNITS)
    return [
        ScoreLine(unit=str(unit), code=row.code, points=Decimal(int(cells[unit, column])).scaleb(-2))
        for unit in rows
        for column, row in enumerate(table.criteria)
        if given[unit, column]
    ]


def best_seconds(action: Callable[[], object], times: int) -> float:
    """The shortest of several runs: the one least disturbed by others on the machine."""
    runs = []
    for _ in range(times):
        start = time.perf_counter()
        action()
        runs.append(time.perf_counter() - start)
    return min(runs)


def agree(result: BulkRanking, lines: list[list[ScoreLine]], table: CriteriaTable) -> bool:
    """Do both paths give the same totals and ranks?"""
    for cluster in lines:
        for standing in rank(evaluate(table, cluster)):
            unit = int(standing.unit)
            if (int(standing.total * 100), standing.rank) != (int(result.totals[unit]), int(result.ranks[unit])):
                return False
    return True


def main() -> int:
    """Prints the table; 1 if the bulk is over its budget or the two paths differ."""
    table = criteria_table()
    cells, given = cells_of(table, np.random.default_rng(2026))
    clusters = np.repeat(np.arange(CLUSTERS), UNITS)
    bulk = BulkTable.of(table)
    assigned = np.ones(cells.shape, np.bool_)
    assigned[::80, 7] = False
    lines = [lines_of(table, cells, given, cluster) for cluster in range(DECIMAL_CLUSTERS)]
    rows = [
        ("bulk, numpy int64", cells.size, best_seconds(lambda: rank_bulk(bulk, cells, clusters, given=given), 9)),
        (
            "bulk, some not assigned (percentages)",
            cells.size,
            best_seconds(lambda: rank_bulk(bulk, cells, clusters, given=given, assigned=assigned), 9),
        ),
        (
            "Decimal path with every reason",
            DECIMAL_CLUSTERS * UNITS * CRITERIA,
            best_seconds(lambda: [rank(evaluate(table, cluster)) for cluster in lines], 3),
        ),
    ]
    first = rows[0][2] / rows[0][1]
    print(f"{'way':40}{'cells':>9}{'ms':>10}{'ns a cell':>11}{'ratio':>9}")
    for way, size, seconds in rows:
        print(f"{way:40}{size:>9,}{seconds * 1e3:>10.1f}{seconds / size * 1e9:>11.1f}{seconds / size / first:>9.1f}")
    same = agree(rank_bulk(bulk, cells, clusters, given=given), lines, table)
    within = all(seconds / size * 1e9 <= BUDGET for _, size, seconds in rows[:2])
    print(f"budget of {BUDGET} ns a cell: {'kept' if within else 'broken'}")
    print(f"totals and ranks of both paths: {'equal' if same else 'DIFFER'}")
    return 0 if same and within else 1


if __name__ == "__main__":
    raise SystemExit(main())
