"""What pages of the chain directive → programme → task cost when a cluster year has grown.

    python -m benchmarks.growth

Two installations on SQLite: one with 100 directives and 100 tasks, one with 2,000 directives (all with their texts) and 100,000
tasks; both have the same 50 units and one directive of 60 clauses, so the matrix is 50 × 60 in both. The rows are written
straight into the tables. Each page is asked for in this process, signed in, through the whole stack of middleware; CPU is the
time of the process. The rounds of both installations alternate and the median counts. Budget: at most twice the small one's CPU,
and exactly its number of queries.
"""

import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import django

SETTINGS = "thidua.config.settings"
UNITS, CLAUSES, SHORT = 50, 60, 4
"""Member units; clauses of the large directive; clauses of every other."""
ROUNDS, REQUESTS, WARM_UP = 9, 3, 2
TIMES = 2
WORDS = ("học tập", "quán triệt", "nghị quyết", "xây dựng Đảng", "tuyên truyền", "gương người tốt", "thi đua", "đơn vị", "cán bộ")
USERNAME = "thu-ky"


@dataclass(frozen=True)
class Size:
    """How much an installation holds."""

    name: str
    directives: int
    programmes: int
    tasks: int


SMALL, LARGE = Size("small", 100, 1, 100), Size("large", 2_000, 4, 100_000)
"""`programmes` is for each unit."""


@dataclass(frozen=True)
class Page:
    """A page by its title and address; `mark` is in it, or else it is not the page that was meant."""

    title: str
    path: str
    mark: str


@dataclass(frozen=True)
class Cost:
    """What a page took: milliseconds of CPU a request, and queries."""

    cpu: float
    queries: int


class Installation:
    """A database of its own; `enter` makes it the one that this process asks."""

    def __init__(self, folder: Path, size: Size) -> None:
        self.path, self.size = folder / f"{size.name}.sqlite3", size

    def enter(self) -> None:
        """Ask this database from now on."""
        from django.db import connection

        connection.close()
        connection.settings_dict["NAME"] = str(self.path)

    def build(self) -> None:
        """Make the tables and fill them."""
        from django.core.management import call_command

        self.enter()
        call_command("migrate", verbosity=0)
        fill(self.size)


def fill(size: Size) -> None:
    """The same cluster year in every size, then directives, clauses, programmes and tasks."""
    from django.db import transaction
    from django.utils import timezone

    chance, now = random.Random(2026), timezone.now()
    with transaction.atomic():
        year, units = _cluster_year(now)
        clauses = _directives(year, size, now, chance)
        programmes = _programmes(year, units, size, now)
        _tasks(programmes, clauses, size, now, chance)


def _cluster_year(now):
    from thidua.clusters.models import Cluster, ClusterYear, Membership
    from thidua.kernel.actor import Role
    from thidua.people.models import Organisation, Person, Post, Tenure

    body = Organisation.objects.create(slug="ban", name_vi="Ban Tuyên giáo", kind="party_body")
    units = [Organisation(slug=f"don-vi-{n}", name_vi=f"Đơn vị số {n}", kind="agency") for n in range(1, UNITS + 1)]
    Organisation.objects.bulk_create(units)
    cluster = Cluster.objects.create(slug="cum", name_vi="Cụm thi đua", superior_body=body)
    year = ClusterYear.objects.create(cluster=cluster, year=now.year, stage="running", head=units[0])
    Membership.objects.bulk_create(Membership(year=year, organisation=unit, position=n) for n, unit in enumerate(units, 1))
    person = Person.objects.create(username=USERNAME, name="Thư ký", entered_at=now, activated_at=now)
    post = Post.objects.create(organisation=units[0], title_vi="Thư ký", roles=[Role.HEAD_SECRETARY])
    Tenure.objects.create(person=person, post=post, starts_on=now.date() - timedelta(30))
    return year, units


def _words(chance: random.Random, number: int) -> str:
    return " ".join(chance.choices(WORDS, k=number))


def _directives(year, size: Size, now, chance: random.Random) -> list[list[int]]:
    """The clauses by directive; those of the large one first."""
    from thidua.directives.models import Clause, Directive, Issuer
    from thidua.directives.models.words import put_words
    from thidua.directives.rules.words import index_words
    from thidua.kernel.text import fold

    issuer = Issuer.objects.create(cluster=year.cluster, name_vi="Ban Bí thư", symbol="TW")
    pages = [_words(chance, 1200) for _ in range(20)]
    made = []
    for n in range(size.directives):
        number, title = f"{n + 1}-CT/TW", f"Về {_words(chance, 12)}"
        day = now.date() - timedelta(days=n % 700 + 1)
        made.append(
            Directive(
                cluster=year.cluster, issuer=issuer, kind="directive", number_text=number, issued_on=day, title=title,
                text=chance.choice(pages), text_source="typed", folded=fold(f"{number} Chỉ thị Ban Bí thư {title}"),
                registered_at=now, registered_by_name="Thư ký",
            )
        )  # fmt: skip
    Directive.objects.bulk_create(made, batch_size=500)
    for directive in made:
        put_words(directive.pk, index_words(directive.number_text, directive.title, directive.text))
    clauses = [
        Clause(directive=directive, position=place, label=f"Mục {place + 1}", text=_words(chance, 25), due_on=_day(now, chance))
        for n, directive in enumerate(made)
        for place in range(SHORT if n else CLAUSES)
    ]
    Clause.objects.bulk_create(clauses, batch_size=2000)
    found: dict[int, list[int]] = {}
    for clause in clauses:
        found.setdefault(clause.directive_id, []).append(clause.pk)
    return list(found.values())


def _day(now, chance: random.Random):
    return now.date() + timedelta(chance.randint(-120, 120))


def _programmes(year, units, size: Size, now):
    from thidua.programmes.models import Indicator, IndicatorFigure, Programme

    made = [
        Programme(
            year=year, unit=unit, kind="action", title=f"Chương trình {n + 1}", approved_version=n % 2, opened_at=now,
            opened_by_name="Thư ký",
        )
        for unit in units
        for n in range(size.programmes)
    ]  # fmt: skip
    Programme.objects.bulk_create(made)
    indicators = [Indicator(programme=p, position=1, name="Tỷ lệ đảng viên học tập", target=98) for p in made]
    Indicator.objects.bulk_create(indicators)
    IndicatorFigure.objects.bulk_create(
        IndicatorFigure(indicator=i, as_of=now.date(), value=97 + n % 3, recorded_at=now, recorded_by_name="Thư ký")
        for n, i in enumerate(indicators)
    )
    return made


def _tasks(programmes, clauses: list[list[int]], size: Size, now, chance: random.Random) -> None:
    """Tasks go round the programmes, so every unit has as many; each answers a clause, the first 3,000 at most those of the
    large directive."""
    from thidua.programmes.models import Task

    states = ["planned", "doing", "waiting", "done", "done", "done", "dropped"]
    large, others = clauses[0], [pk for each in clauses[1:] for pk in each]
    tasks = []
    for n in range(size.tasks):
        programme, state = programmes[n % len(programmes)], states[n % len(states)]
        tasks.append(
            Task(
                programme=programme, year_id=programme.year_id, unit_id=programme.unit_id, position=n, title=_words(chance, 10),
                due_on=now.date() + timedelta(n * 7 % 241 - 120), state=state, is_open=state not in ("done", "dropped"),
                state_reason="Đã gộp" if state == "dropped" else "", percent=100 if state == "done" else chance.randint(0, 90),
                changed_at=now,
            )
        )  # fmt: skip
    Task.objects.bulk_create(tasks, batch_size=2000)
    most = min(UNITS * CLAUSES, size.tasks // 2)
    through = Task.clauses.through
    through.objects.bulk_create(
        (through(task=task, clause_id=chance.choice(large if n < most else others)) for n, task in enumerate(tasks)),
        batch_size=5000,
    )


def pages() -> list[Page]:
    """What has a budget. The first directive registered is the large one in both installations."""
    from django.urls import reverse

    from thidua.clusters.models import ClusterYear
    from thidua.directives.models import Directive

    year = ClusterYear.objects.select_related("cluster").get()
    args = [year.cluster.slug, year.year]
    large = Directive.objects.order_by("pk").values_list("pk", flat=True)[0]

    def at(name: str, ask: str = "") -> str:
        return reverse(name, args=args) + ask

    return [
        Page("list of directives", at("directives:list"), "CT/TW"),
        Page("search in directives", at("directives:list", "?q=tuyen+truyen"), "CT/TW"),
        Page("list of tasks", at("programmes:tasks"), "<tr"),
        Page("board of tasks", at("programmes:board"), "<li"),
        Page("directives with coverage", at("programmes:coverage", "?loc=tat-ca"), "CT/TW"),
        Page("matrix, 60 clauses × 50 units", at("programmes:coverage", f"?van-ban={large}"), "Đơn vị số 50"),
        Page("progress by unit", at("programmes:progress"), "Đơn vị số 50"),
        Page("progress by directive", at("programmes:progress", "?theo=van-ban"), "CT/TW"),
        Page("overdue ladder", at("programmes:due"), "Đơn vị số 50"),
    ]


class Reader:
    """A signed-in person of one installation."""

    def __init__(self, installation: Installation) -> None:
        from django.test import Client

        from thidua.people.models import Person

        self.installation = installation
        installation.enter()
        self.client = Client()
        self.client.force_login(Person.objects.get(), backend="allauth.account.auth_backends.AuthenticationBackend")
        self.pages = pages()

    def get(self, page: Page) -> None:
        """Ask for the page; anything but the page meant ends the benchmark."""
        answer = self.client.get(page.path)
        if answer.status_code != 200 or page.mark not in answer.content.decode():
            raise SystemExit(f"{page.path} answered {answer.status_code}, not the page that was meant")

    def queries(self, page: Page) -> int:
        """How many queries the page takes once it is warm."""
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        for _ in range(WARM_UP):
            self.get(page)
        with CaptureQueriesContext(connection) as caught:
            self.get(page)
        return len(caught)

    def cpu(self, page: Page) -> float:
        """Milliseconds of CPU a request, now."""
        began = time.process_time()
        for _ in range(REQUESTS):
            self.get(page)
        return (time.process_time() - began) * 1000 / REQUESTS


def measure(readers: list[Reader], progress: Callable[[str], None]) -> list[list[Cost]]:
    """For each reader the cost of each page: the medians of rounds that alternate between the readers."""
    queries: list[list[int]] = []
    for reader in readers:
        reader.installation.enter()
        queries.append([reader.queries(page) for page in reader.pages])
    rounds: list[list[list[float]]] = [[] for _ in readers]
    for number in range(ROUNDS):
        for times, reader in zip(rounds, readers, strict=True):
            reader.installation.enter()
            reader.get(reader.pages[0])  # opens the connection
            times.append([reader.cpu(page) for page in reader.pages])
        progress(f"\rround {number + 1} of {ROUNDS}")
    medians = [[statistics.median(times) for times in zip(*each, strict=True)] for each in rounds]
    return [[Cost(*cost) for cost in zip(*both, strict=True)] for both in zip(medians, queries, strict=True)]


def main() -> int:
    """Prints the table; 1 if a page grows beyond its budget."""

    def say(words: str) -> None:
        print(words, end="", file=sys.stderr, flush=True)

    with tempfile.TemporaryDirectory(prefix="thidua-growth-") as folder:
        os.environ |= {"THIDUA_HOME": folder, "DJANGO_SETTINGS_MODULE": SETTINGS}
        django.setup()
        from django.conf import settings

        settings.ALLOWED_HOSTS = ["testserver"]
        plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # nothing has been collected here
        settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
        installations = [Installation(Path(folder), size) for size in (SMALL, LARGE)]
        for installation in installations:
            say(f"building {installation.size.directives} directives, {installation.size.tasks} tasks…\n")
            installation.build()
        readers = [Reader(installation) for installation in installations]
        small, large = measure(readers, say)
        say("\n")
    return report([page.title for page in readers[0].pages], small, large)


def report(titles: list[str], small: list[Cost], large: list[Cost]) -> int:
    """The table and the verdict."""
    print(f"{'page':32}{'100, ms CPU':>12}{'100,000, ms CPU':>17}{'ratio':>7}{'queries':>12}")
    kept = True
    for title, few, many in zip(titles, small, large, strict=True):
        queries = f"{few.queries}" if few.queries == many.queries else f"{few.queries} → {many.queries}"
        kept &= many.cpu <= TIMES * few.cpu and few.queries == many.queries
        print(f"{title:32}{few.cpu:>12.1f}{many.cpu:>17.1f}{many.cpu / few.cpu:>7.1f}{queries:>12}")
    print(f"budget of {TIMES} times the small one and the same queries: {'kept' if kept else 'broken'}")
    return 0 if kept else 1


if __name__ == "__main__":
    raise SystemExit(main())
