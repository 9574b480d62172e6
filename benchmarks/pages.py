"""What a page costs the whole server, beside a bare Django view in the same server: CPU time a request, and memory.

    python -m benchmarks.pages

The server is `thidua serve` with its two workers and its task worker, on SQLite, on the demo. CPU is user and system time of
all these processes between the first and the last request of a round; the rounds of all pages alternate, so that what disturbs
the machine disturbs all; the median of the rounds counts. "As it was": nothing has changed since the page was last looked at.
"Just changed": before every request somebody else saved a row of a sheet (done outside the server, so not counted), so the
points are computed and the rows rendered anew. The budget is for pages as they were; "just changed" shows the worst case.
"""

import os
import statistics
import sys
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import django

from benchmarks._serving import Server, get, serving

SETTINGS = "benchmarks.bare.settings"
ROUNDS, REQUESTS, CLIENTS, WARM_UP = 5, 60, 2, 20
TIMES, MEMORY = 6, 250 * 2**20
"""The budget: at most so many times the bare view, and so many bytes."""


@dataclass(frozen=True)
class Page:
    """A page as one of its readers opens it. `row` is in it at least `rows` times, or else it is not the page that was meant."""

    title: str
    username: str
    path: str
    row: str
    rows: int


@dataclass(frozen=True)
class Load:
    """One page asked for again and again, each time after `before` (None: nothing changes meanwhile)."""

    page: Page
    cookies: str
    before: Callable[[], object] | None = None

    def run(self, server: Server, requests: int) -> float:
        """Milliseconds of CPU a request."""
        clients = 1 if self.before else CLIENTS  # a change must be followed by its own request
        began = server.cpu_seconds()
        with ThreadPoolExecutor(clients) as pool:
            for done in [pool.submit(self._client, server, requests // clients) for _ in range(clients)]:
                done.result()
        return (server.cpu_seconds() - began) * 1000 / requests

    def _client(self, server: Server, requests: int) -> None:
        connection = server.connect()
        for _ in range(requests):
            if self.before:
                self.before()
            get(connection, self.page.path, self.cookies)
        connection.close()

    def warm_up(self, server: Server) -> None:
        """Reach every worker (each connection is a new one), and see that it is the page that was meant."""
        for _ in range(WARM_UP):
            connection = server.connect()
            body = get(connection, self.page.path, self.cookies)
            connection.close()
            if body.count(self.page.row) < self.page.rows:
                raise SystemExit(f"{self.page.path}: {body.count(self.page.row)} rows in place of {self.page.rows}")


def install(home: Path) -> None:
    """The demo, with the sheet of the real table open again: a sheet that is being filled in is the largest page of all."""
    os.environ |= {"THIDUA_HOME": str(home), "DJANGO_SETTINGS_MODULE": SETTINGS}
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    with open(os.devnull, "w") as quiet:
        call_command("demo", stage="conference", stdout=quiet)
    _open_sheet_again()


def _open_sheet_again() -> None:
    from django.utils import timezone

    from thidua.clusters import actions as clusters
    from thidua.demo import tien_giang
    from thidua.demo.builder import as_
    from thidua.scoring import actions as scoring
    from thidua.scoring.models import ScoreSheet

    sheet = ScoreSheet.objects.select_related("year__cluster").get(unit__short_name=tien_giang.OFFICE.short)
    now, reason = timezone.now(), "Mở lại phiếu để đo tốc độ."
    clusters.step_back(year=sheet.year, reason=reason, actor=as_("thuky-tiengiang", now), now=now)
    scoring.return_sheet(sheet=sheet, reason=reason, actor=as_("thuky-tiengiang", now), now=now)


def pages() -> list[Page]:
    """The bare view first, then what has a budget. (The root of the 147 criteria is the sheet's line of totals, not a row.)"""
    from django.urls import reverse

    from thidua.clusters.models import ClusterYear
    from thidua.demo import tien_giang, tuyen_giao
    from thidua.scoring.models import ScoreSheet

    year = ClusterYear.objects.select_related("cluster").get(year=2021, cluster__name_vi=tuyen_giao.NAME)
    seven = [year.cluster.slug, year.year]
    sheet = ScoreSheet.objects.select_related("year__cluster", "unit").get(unit__short_name=tien_giang.OFFICE.short)
    large = [sheet.year.cluster.slug, sheet.year.year, sheet.unit.slug]
    return [
        Page("bare Django view, 60 rows", "thuky", reverse("benchmark_bare"), "<tr><td>", 60),
        Page("score sheet, 147 criteria", "canbo-tnmt-cailay", reverse("scoring:sheet", args=large), '<tr class="tree-', 146),
        Page("cluster page, 7 units", "thuky", reverse("clusters:year", args=seven), '<th scope="row">', 7),
        Page("ranking page, 7 units", "thuky", reverse("scoring:ranking", args=seven), '<svg class="bar"', 7),
    ]


def save_a_row() -> None:
    """What saving a row does to the memory of all workers: the sheets of both years get new stamps."""
    from thidua.demo import cast, tien_giang
    from thidua.scoring.models import ScoreSheet, new_stamp

    for unit in (tien_giang.OFFICE, cast.UNITS[0]):
        ScoreSheet.objects.filter(unit__short_name=unit.short).update(stamp=new_stamp())


def measure(server: Server, loads: list[Load]) -> list[float]:
    """Milliseconds of CPU a request for each load: the median of the rounds."""
    for load in loads:
        load.warm_up(server)
    rounds = []
    for number in range(ROUNDS):
        rounds.append([load.run(server, REQUESTS) for load in loads])
        print(f"\rround {number + 1} of {ROUNDS}", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    return [statistics.median(times) for times in zip(*rounds, strict=True)]


def main() -> int:
    """Prints the table; 1 if a page or the memory is over its budget."""
    if not Path("/proc/self/smaps_rollup").exists():
        print("this benchmark reads /proc, which only Linux has", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory(prefix="thidua-pages-") as folder:
        print("building the demo…", file=sys.stderr, flush=True)
        install(Path(folder))
        from thidua.demo import cast

        with serving(Path(folder), SETTINGS) as server:
            cookies = {name: server.sign_in(name, cast.PASSWORD) for name in {page.username for page in pages()}}
            bare, *others = (Load(page, cookies[page.username]) for page in pages())
            changed = [Load(load.page, load.cookies, save_a_row) for load in others]
            base, *times = measure(server, [bare, *others, *changed])
            memory = server.memory()
    return report(base, others, times[: len(others)], times[len(others) :], memory)


def report(base: float, loads: list[Load], as_it_was: list[float], changed: list[float], memory: int) -> int:
    """The table and the verdict."""
    print(f"{'page':30}{'as it was':>12}{'ratio':>8}{'just changed':>15}{'ratio':>8}")
    print(f"{'':30}{'ms CPU':>12}{'':8}{'ms CPU':>15}")
    print(f"{'bare Django view, 60 rows':30}{base:>12.2f}{1:>8.1f}")
    for load, first, second in zip(loads, as_it_was, changed, strict=True):
        print(f"{load.page.title:30}{first:>12.2f}{first / base:>8.1f}{second:>15.2f}{second / base:>8.1f}")
    within = max(as_it_was) <= TIMES * base
    print(f"budget of {TIMES} times the bare view, as it was: {'kept' if within else 'broken'}")
    small = memory <= MEMORY
    print(f"memory of the whole server: {memory / 2**20:.0f} MiB of {MEMORY / 2**20:.0f}: {'kept' if small else 'broken'}")
    return 0 if within and small else 1


if __name__ == "__main__":
    raise SystemExit(main())
