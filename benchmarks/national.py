"""A country's ranks: from the database to stored ranks, beside LibreOffice, pandas and polars.

    python -m benchmarks.national [CELLS …] [--without-office]

CELLS are 48000, 480000 (1,000 clusters × 8 units × 60 criteria) and 4800000 unless said otherwise. For each size an installation
on SQLite is made; measured is the action that `thidua recompute` runs, from the question to the last stored rank. Beside it:
`soffice --headless` loads, recalculates and saves a workbook of 480,000 cells, less what it takes for one of a single cluster;
pandas and polars rank the same floats in memory. Seconds of CPU (own and of LibreOffice's processes) stand beside those by the
clock, which a busy machine makes longer; the budgets are by the clock. Exit 1 when: a stored rank is not that of whole numbers;
the arithmetic in memory takes more than 100 ns a cell; LibreOffice is less than 2 times slower; or time a cell grows by more
than half from one size to the next.
"""

import argparse
import os
import resource
import shutil
import sys
import tempfile
import time
from itertools import pairwise
from pathlib import Path

import numpy as np

from benchmarks import _beside
from benchmarks._country import Country, build
from benchmarks.cells import UNITS, best_seconds
from thidua.scoring.rules.bulk import BulkTable, rank_bulk

SIZES = (48_000, 480_000, 4_800_000)
OFFICE = 480_000
"""Cells of the workbook."""
BUDGET, TIMES, GROWTH = 100, 2, 1.5


def stored_ranks(country: Country, folder: Path) -> tuple[float, float, np.ndarray]:
    """Seconds from the question to the last stored rank; those of a second run, when nothing has changed; the ranks."""
    from django.db import connection
    from django.utils import timezone

    from thidua.kernel.actor import SYSTEM
    from thidua.scoring.actions import ask_recomputation, run_recomputation
    from thidua.scoring.models import StoredStanding

    path = folder / f"{country.cells.size}.sqlite3"
    build(path, country)
    took = []
    for _ in range(2):
        began, cpu = time.perf_counter(), time.process_time()
        asked = ask_recomputation(year=None, actor=SYSTEM, now=timezone.now())
        run_recomputation(asked.pk, timezone.now)
        took.append(time.perf_counter() - began)
        print(f"{'':46}{time.process_time() - cpu:>20.2f} s of CPU", flush=True)
    ranks = np.array(StoredStanding.objects.order_by("unit_id").values_list("rank", flat=True))
    connection.close()
    path.unlink()
    return took[0], took[1], ranks


def wrong_clusters(ranks: np.ndarray, right: np.ndarray) -> int:
    """In how many clusters a place differs."""
    return int((ranks != right).reshape(-1, UNITS).any(axis=1).sum())


def tied_clusters(right: np.ndarray) -> int:
    """In how many clusters units share a place."""
    return sum(len(set(cluster)) < UNITS for cluster in right.reshape(-1, UNITS).tolist())


class Report:
    """The table, line by line, and what did not hold."""

    def __init__(self) -> None:
        self.broken: list[str] = []
        print(f"{'way':46}{'cells':>11}{'s':>9}{'ns a cell':>11}{'wrong clusters':>16}", flush=True)

    def line(self, way: str, cells: int, seconds: float, wrong: int | str = "") -> float:
        """One line; gives back nanoseconds a cell."""
        cost = seconds / cells * 1e9
        print(f"{way:46}{cells:>11,}{seconds:>9.2f}{cost:>11.1f}{wrong!s:>16}", flush=True)
        return cost

    def must(self, holds: bool, words: str) -> None:
        """Remember what does not hold."""
        if not holds:
            self.broken.append(words)


def in_memory(report: Report, country: Country) -> np.ndarray:
    """Whole numbers, pandas and polars on loaded arrays; the right ranks."""
    bulk, cells = BulkTable.of(country.table), country.cells.size

    def ours() -> np.ndarray:
        return rank_bulk(bulk, country.cells, country.clusters, given=country.given).ranks

    right = ours()
    cost = report.line("in memory: thidua, whole numbers", cells, best_seconds(ours, 5), wrong_clusters(ours(), right))
    report.must(cost <= BUDGET, f"{BUDGET} ns a cell in memory")
    for name, find in (("pandas", _beside.by_pandas(country)), ("polars", _beside.by_polars(country))):
        report.line(f"in memory: {name}, floats", cells, best_seconds(find, 5), wrong_clusters(find(), right))
    print(f"{'':46}{tied_clusters(right):>11,} of {len(right) // UNITS:,} clusters have a tie", flush=True)
    return right


def from_database(report: Report, country: Country, right: np.ndarray, folder: Path) -> tuple[float, float]:
    """Seconds, and nanoseconds a cell, of the whole way."""
    seconds, again, ranks = stored_ranks(country, folder)
    wrong = wrong_clusters(ranks, right)
    report.must(wrong == 0, "the stored ranks are those of whole numbers")
    cost = report.line("SQLite → ranks stored: thidua", country.cells.size, seconds, wrong)
    report.line("the same again, nothing changed", country.cells.size, again)
    return seconds, cost


def beside_office(report: Report, country: Country, right: np.ndarray, folder: Path) -> float:
    """Seconds that LibreOffice takes, less those for a workbook of one cluster."""
    few = Country(country.table, country.cells[:UNITS], country.given[:UNITS])
    _beside.write_workbook(few, folder / "few.xlsx")
    start = min(_beside.recalculate(folder / "few.xlsx", folder)[0] for _ in range(2))
    _beside.write_workbook(country, folder / "all.xlsx")
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds, saved = _beside.recalculate(folder / "all.xlsx", folder)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(f"{'':46}{cpu:>20.2f} s of CPU, with its start", flush=True)
    wrong = wrong_clusters(_beside.saved_ranks(saved), right)
    report.line("load, recalculate, save: LibreOffice", country.cells.size, seconds - start, wrong)
    print(f"{'':46}its start of {start:.1f} s is not counted", flush=True)
    return seconds - start


def main() -> int:
    """Print the table; 1 if something does not hold."""
    parser = argparse.ArgumentParser()
    parser.add_argument("cells", nargs="*", type=int, default=SIZES)
    parser.add_argument("--without-office", action="store_true")
    chosen = parser.parse_args()
    report, costs = Report(), []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["THIDUA_HOME"], os.environ["DJANGO_SETTINGS_MODULE"] = name, "thidua.config.settings"
        import django

        django.setup()
        for cells in chosen.cells:
            country = Country.of(cells)
            right = in_memory(report, country)
            seconds, cost = from_database(report, country, right, folder)
            costs.append(cost)
            if cells == OFFICE and not chosen.without_office:
                report.must(shutil.which("soffice") is not None, "LibreOffice is there")
                slower = beside_office(report, country, right, folder) / seconds
                print(f"{'':46}LibreOffice takes {slower:.1f} times as long", flush=True)
                report.must(slower >= TIMES, f"{TIMES} times faster than LibreOffice")
    for before, after in pairwise(costs):
        report.must(after <= GROWTH * before, "linear growth")
    print("not held: " + ", ".join(report.broken) if report.broken else "all budgets hold")
    return int(bool(report.broken))


if __name__ == "__main__":
    sys.exit(main())
