"""The demo: builds to every stage, tells no lie about its figures, and every link of it leads somewhere for everyone."""

import json
import re
from contextlib import redirect_stdout
from datetime import date
from decimal import Decimal
from importlib.resources import files
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import override_settings
from django.urls import resolve, reverse

from tests.journeys.demo_site import Walk, client_of, text_of_paper
from thidua.audit.queries import verify
from thidua.clusters.models import ClusterYear
from thidua.clusters.rules import STAGES
from thidua.config.cli import main
from thidua.demo import cast, tien_giang, tuyen_giao
from thidua.directives.models import Directive, Relation
from thidua.kernel.points import format_vietnamese, parse_typed
from thidua.programmes.models import Programme, ProgrammeKind

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
    assert rows > 800


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


RESOLUTION_04 = (
    "Về tăng cường xây dựng, chỉnh đốn Đảng; ngăn chặn, đẩy lùi sự suy thoái về tư tưởng chính trị, đạo đức, lối sống, "
    "những biểu hiện “tự diễn biến”, “tự chuyển hóa” trong nội bộ"
)
DIRECTIVE_05 = "Về đẩy mạnh học tập và làm theo tư tưởng, đạo đức, phong cách Hồ Chí Minh"
NUMBERED = {
    "04-NQ/TW": (date(2016, 10, 30), "Ban Chấp hành Trung ương Đảng", "Khóa XII", RESOLUTION_04),
    "05-CT/TW": (date(2016, 5, 15), "Bộ Chính trị", "Khóa XII", DIRECTIVE_05),
}
"""As they are published; of no other document do the article or its sources state number and day."""


def test_the_articles_documents_have_their_true_details(demo):
    documents = Directive.objects.filter(cluster__name_vi=tuyen_giao.NAME)
    numbered = documents.exclude(number_text="").values_list("number_text", "issued_on", "issuer__name_vi", "term", "title")
    assert {number: tuple(rest) for number, *rest in numbered} == NUMBERED
    assert not documents.filter(number_text="", issued_on__isnull=False).exists()
    assert documents.get(title="Nghị quyết Đại hội đại biểu toàn quốc lần thứ XIII của Đảng").term == "Khóa XIII"
    levels = documents.get(is_class=True)
    assert levels.title == "Nghị quyết đại hội Đảng các cấp nhiệm kỳ 2020-2025"
    assert [member.issued_on for member in levels.members.all()] == [None]
    paired = Relation.objects.filter(kind="paired").values_list("source__number_text", "target__number_text")
    assert ("04-NQ/TW", "05-CT/TW") in paired
    page = client_of("canbo-congan").get(address_of("directives:directive", 2021, documents.get(number_text="04-NQ/TW").pk))
    for words in (RESOLUTION_04, "30-10-2016", "gắn với", "05-CT/TW"):
        assert words in page.content.decode()


def address_of(name, year, *rest):
    """The address of a page of the article's cluster."""
    return reverse(name, args=[ClusterYear.objects.get(year=year, illustrative=True).cluster.slug, year, *rest])


def test_all_seven_units_have_their_programmes(demo):
    def units(year, **values):
        found = Programme.objects.filter(year__year=year, year__cluster__name_vi=tuyen_giao.NAME, **values)
        return sorted(found.values_list("unit__name_vi", flat=True))

    seven = sorted(unit.name_vi for unit in cast.UNITS)
    resolution = Directive.objects.get(title__contains="lần thứ XIII")
    assert units(2021, kind=ProgrammeKind.ACTION, directive=resolution, approved_version__gt=0) == seven
    assert units(2021, kind=ProgrammeKind.SPECIAL, approved_version__gt=0) == seven
    adopted = Programme.objects.get(kind=ProgrammeKind.NEXT_YEAR)
    assert (adopted.unit, adopted.approved_version) == (None, 1)
    assert units(2022, origin=adopted) == seven


OUTSIDE = {"": 302, "quantri": 404, "thuky-tiengiang": 404, "thamdinh-tiengiang": 404, "thuky-thuchanh": 404}
"""Who does not see the article's cluster: a stranger is asked to sign in, for the others it is not there."""


@pytest.mark.parametrize("year", [2021, 2022])
@pytest.mark.parametrize("tab", ["directives:list", "programmes:programmes", "programmes:tasks", "reports:reports"])
def test_the_chains_tabs_open_for_whom_they_are(demo, year, tab):
    address = address_of(tab, year)
    assert {name: client_of(name).get(address).status_code for name in ROLES} == dict.fromkeys(ROLES, 200) | OUTSIDE


CHAIN = {
    "directives": (
        "list", "list_xlsx", "directive", "state", "state_workbook", "study", "study_workbook", "unit_study", "unit_workbook",
        "session",
    ),
    "programmes": (
        "programmes", "programmes_workbook", "programme", "versions", "version", "version_paper", "indicator", "next_year",
        "coverage", "coverage_workbook", "progress", "progress_workbook", "due", "due_workbook", "reminders", "tasks",
        "tasks_workbook", "board", "timeline", "task",
    ),
    "reports": (
        "reports", "workbook", "period", "report", "submission", "paper", "consolidated", "consolidated_paper", "charts",
    ),
}  # fmt: skip
"""Pages and papers from the directive to the report that a secretary comes across."""


def test_every_page_and_paper_of_an_illustrative_year_says_so(demo, tmp_path):
    walk = Walk("thuky", most=3).go()
    years = [year.get_absolute_url() for year in ClusterYear.objects.filter(illustrative=True)]
    assert len(years) == 2

    def about(address):
        return address.startswith(tuple(years)) and not address.endswith(("mau.xlsx", ".png"))  # no figures; a unit's picture

    pages = {address: page.words for address, page in walk.pages.items() if about(address)}
    papers = {address: text_of_paper(answer, tmp_path) for address, answer in walk.papers.items() if about(address)}
    assert len(pages) > 60
    assert len(papers) > 20
    shown = {resolve(address.partition("?")[0]).view_name for address in pages | papers}
    assert {f"{slice_}:{name}" for slice_, names in CHAIN.items() for name in names} - shown == set()
    told = ("số liệu minh hoạ", '"illustrative": true')  # to people, to programs
    silent = [address for address, words in (pages | papers).items() if not any(each in words.lower() for each in told)]
    assert silent == []


@pytest.mark.parametrize("username", ROLES)
def test_every_link_leads_somewhere(demo, username):
    walk = Walk(username).go()
    assert walk.faults == []
    assert len(walk.pages) > (4 if username in ("", "quantri", "thuky-thuchanh") else 30)
