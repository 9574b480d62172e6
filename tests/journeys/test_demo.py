"""The demo: builds to every stage, tells no lie about its figures, and every link of it leads somewhere for everyone."""

import json
import re
from contextlib import redirect_stdout
from decimal import Decimal
from importlib.resources import files
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import override_settings

from tests.journeys.demo_site import Walk, client_of, text_of_paper
from thidua.audit.queries import verify
from thidua.clusters.models import ClusterYear
from thidua.clusters.rules import STAGES
from thidua.config.cli import main
from thidua.demo import tien_giang, tuyen_giao
from thidua.kernel.points import format_vietnamese, parse_typed

DATA = Path(str(files("thidua.demo") / "data"))
ROLES = (
    "", "thuky", "thuky-2022", "canbo-congan", "lanhdao-congan", "thamdinh-1", "captren", "bientap", "kiemtra", "quantri",
    "thuky-tiengiang", "thamdinh-tiengiang", "thuky-thuchanh",
)  # fmt: skip
PLAIN = {
    "PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"],
    "STORAGES": {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    },
}


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker, tmp_path_factory):
    """The whole demo, built once for this module and swept away after it; the folder of its files."""
    media = tmp_path_factory.mktemp("media")
    with django_db_blocker.unblock(), override_settings(**PLAIN, MEDIA_ROOT=media):
        call_command("demo", stdout=StringIO())
        yield media
        call_command("flush", interactive=False, verbosity=0)


@pytest.fixture
def demo(built, settings, db):
    """The built demo, with its files."""
    settings.MEDIA_ROOT = built


@pytest.mark.django_db
@pytest.mark.parametrize("stage", [str(stage) for stage in STAGES[:-1]])
def test_the_demo_builds_to_a_stage(stage):
    call_command("demo", stage=stage, stdout=StringIO())
    year = ClusterYear.objects.get(cluster__name_vi=tuyen_giao.NAME, year=2021)
    assert year.stage == stage
    assert verify()[1] is None


def test_the_whole_demo_has_closed_2021_and_signed_the_pledge_of_2022(demo):
    stages = dict(ClusterYear.objects.filter(cluster__name_vi=tuyen_giao.NAME).values_list("year", "stage"))
    assert stages == {2021: "closed", 2022: "pledged"}


def test_the_journal_of_the_demo_holds(demo):
    rows, broken = verify()
    assert broken is None
    assert rows > 300


def test_a_second_build_leaves_the_demo_as_it_is(demo):
    said = StringIO()
    call_command("demo", stdout=said)
    assert "Năm mẫu đã có sẵn." in said.getvalue()
    assert ClusterYear.objects.filter(cluster__name_vi=tuyen_giao.NAME).count() == 2


@pytest.mark.parametrize(("tab", "column", "place"), [("tu-cham", "self_score", 3), ("tham-dinh", "verified_score", 6)])
def test_the_real_table_gives_the_real_result_on_the_web(demo, tab, column, place):
    year = ClusterYear.objects.get(year=2022, cluster__name_vi__contains="Tiền Giang")
    html = client_of("thuky-tiengiang").get(f"{year.get_absolute_url()}{tab}/{year.head.slug}/").content.decode()
    shown = {row[0].split()[0]: figure_in(row[place]) for row in rows_in(html) if row[0]}
    expected = {row["code"]: Decimal(row[column]) for row in tien_giang.results()}
    total = expected.pop("T")
    assert total == {"self_score": Decimal("124.4"), "verified_score": Decimal("118.4")}[column]
    assert f'<span class="big-number">{format_vietnamese(total)}</span>' in html
    assert {code: shown[code] for code in expected} == expected


def rows_in(html):
    """The cells of every row of the page's tables, as words."""
    for row in re.findall(r"<tr[^>]*>(.*?)</tr>", html, re.S):
        yield [" ".join(re.sub(r"<details.*?</details>|<[^>]+>", " ", cell, flags=re.S).split()) for cell in re.findall(
            r"<t[dh][^>]*>(.*?)</t[dh]>", row, re.S
        )]  # fmt: skip


def figure_in(words):
    """The figure that counts in a cell: "3 điểm", "= 40", or after a change "3 2,5 −0,5" the second."""
    found = [parse_typed(figure) for figure in re.findall(r"(?<![\d,+−])-?\d[\d.]*(?:,\d+)?", words)]
    return found[-1] if found else Decimal(0)


@pytest.mark.parametrize("column", ["self_score", "verified_score"])
def test_the_command_gives_every_node_of_the_real_result(column, tmp_path):
    granted = tien_giang.granted(column)
    scores = tmp_path / "scores.csv"
    scores.write_text("unit,code,points\n" + "".join(f"Cai Lậy,{code},{points}\n" for code, (points, _) in granted.items()))
    said = StringIO()
    with redirect_stdout(said):
        status = main(["score", "--criteria", str(DATA / tien_giang.TABLE), "--scores", str(scores), "--json"])
    (unit,) = json.loads(said.getvalue())
    expected = {row["code"]: Decimal(row[column]) for row in tien_giang.results()}
    assert status == 0
    assert len(granted) < len(expected)
    assert {code: Decimal(unit["values"][code]) for code in expected} == expected


def test_every_page_and_paper_of_an_illustrative_year_says_so(demo, tmp_path):
    walk = Walk("thuky").go()
    years = [year.get_absolute_url() for year in ClusterYear.objects.filter(illustrative=True)]
    assert len(years) == 2

    def about(address):
        return address.startswith(tuple(years)) and not address.endswith("mau.xlsx")  # an empty table has no figures

    pages = {address: page.words for address, page in walk.pages.items() if about(address)}
    papers = {address: text_of_paper(answer, tmp_path) for address, answer in walk.papers.items() if about(address)}
    assert len(pages) > 60
    assert len(papers) > 20
    silent = [address for address, words in (pages | papers).items() if "số liệu minh hoạ" not in words.lower()]
    assert silent == []


@pytest.mark.parametrize("username", ROLES)
def test_every_link_leads_somewhere(demo, username):
    walk = Walk(username).go()
    assert walk.faults == []
    assert len(walk.pages) > (4 if username in ("", "quantri", "thuky-thuchanh") else 30)
