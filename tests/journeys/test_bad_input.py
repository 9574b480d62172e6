"""Bad input, as it comes in over the wire: a clear sentence at the field, cell or row, and nothing typed is lost."""

import html
import io
import re
from importlib.resources import files
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from tests.journeys.demo_site import BACKEND
from thidua.clusters.models import ClusterYear
from thidua.criteria import actions as criteria
from thidua.criteria.models import CriteriaVersion
from thidua.demo.tien_giang import table_rows
from thidua.files.models import StoredFile
from thidua.kernel.actor import Role
from thidua.news.models import Article
from thidua.pledges import actions as pledges
from thidua.pledges.models import Pledge
from thidua.scoring.models import ScoreLine

pytestmark = pytest.mark.django_db
DATA = Path(str(files("thidua.demo") / "data"))
TABLE = "tuyen-giao-minh-hoa.csv"
FIVE_MEGABYTES = "Nghị quyết. " * (5 * 2**20 // len("Nghị quyết. ".encode()))
UNIT = "don-vi-1"


def client_for(world, role, unit=1, username=None) -> Client:
    client = Client()
    client.force_login(world.person(role, world.unit(unit), username), backend=BACKEND)
    return client


def words(response) -> str:
    """What stands on the page, in one line."""
    text = re.sub(r"<head>.*?</head>|<[^>]+>", " ", response.content.decode(), flags=re.S)
    return " ".join(html.unescape(text).split())


def said_at(response, field: str) -> str:
    """The errors that stand at a field."""
    found = re.search(rf'<ul class="errorlist" id="id_{field}_error">(.*?)</ul>', response.content.decode(), re.S)
    assert found, f"nothing is said at {field}: {words(response)[:2000]}"
    return html.unescape(re.sub(r"<[^>]+>", "", found.group(1)))


def picture(kind: str) -> bytes:
    content = io.BytesIO()
    Image.new("RGB", (40, 30), "navy").save(content, kind)
    return content.getvalue()


@pytest.fixture
def secretary(world) -> Client:
    world.year()
    return client_for(world, Role.HEAD_SECRETARY)


def give_table(client: Client, name: str, content: bytes):
    upload = SimpleUploadedFile(name, content)
    answer = client.post("/cum/cum-2/2021/tieu-chi/nhap/", {"title": "Bảng của cụm", "table": upload})
    assert answer.status_code == 422
    assert 'value="Bảng của cụm"' in answer.content.decode()
    assert not CriteriaVersion.objects.exists()
    return answer


@pytest.mark.parametrize(("name", "content"), [("bang.csv", picture("PNG")), ("bang.xlsx", b"%PDF-1.7 not a table")])
def test_a_wrong_file_is_named_for_what_it_is(secretary, name, content):
    said = said_at(give_table(secretary, name, content), "table")
    assert re.search(r"không phải|PDF|PNG|ảnh", said)


@pytest.mark.parametrize(("encoding", "place"), [("utf-16", "Dòng 1"), ("cp1258", "Dòng 2")])
def test_a_wrong_encoding_is_told_with_its_row(secretary, encoding, place):
    letters = "code,parent_code,title_vi,max_points,kind\nA,,Thi đua,10,points\n"
    said = said_at(give_table(secretary, "bang.csv", letters.encode(encoding)), "table")
    assert place in said
    assert "UTF-8" in said


def test_sums_that_contradict_their_heading_stand_at_their_row(secretary):
    answer = give_table(secretary, "hung-yen.csv", (DATA / "thong-ke-hung-yen-2026.csv").read_bytes())
    line = re.search(r"dòng \d+, max_points 210 Mục (\S+) ghi 210 điểm nhưng các mục con cộng lại là 260[^.]*\.", words(answer))
    assert line, words(answer)[:3000]


def test_a_pasted_table_with_a_mistake_comes_back_whole(secretary):
    pasted = "code\tparent_code\ttitle_vi\tmax_points\tkind\nA\t\tThi đua\tmười\tpoints\n"
    answer = secretary.post("/cum/cum-2/2021/tieu-chi/nhap/", {"title": "Bảng của cụm", "pasted": pasted})
    assert answer.status_code == 422
    assert "mười" in words(answer)
    assert "A\t\tThi đua\tmười\tpoints" in html.unescape(answer.content.decode())


@pytest.fixture
def year(world, now) -> ClusterYear:
    """A year in which units score themselves with the demo's table."""
    made = world.year()
    draft = criteria.import_table(year=made, rows=table_rows(TABLE), title="Bảng", actor=world.secretary(), now=now)
    criteria.publish_version(version=draft, decision="Biên bản", actor=world.secretary(), now=now)
    ClusterYear.objects.update(stage="self_scoring")
    return ClusterYear.objects.get()


SHEET = f"/cum/cum-2/2021/tu-cham/{UNIT}/"


def field_value(response, name: str) -> str:
    """What stands in a field of the page."""
    found = re.search(rf'name="{re.escape(name)}"[^>]* value="([^"]*)"', response.content.decode())
    assert found, name
    return html.unescape(found.group(1))


def test_points_above_the_maximum_are_told_at_the_cell_and_the_good_rows_are_kept(world, year):
    officer = client_for(world, Role.UNIT_OFFICER)
    answer = officer.post(SHEET, {"points-I.1": "11,5", "revision-I.1": "0", "points-I.2": "9", "revision-I.2": "0"})
    assert answer.status_code == 422
    assert "Tối đa 10 điểm" in words(answer)
    assert field_value(answer, "points-I.1") == "11,5"
    assert dict(ScoreLine.objects.values_list("code", "points")) == {"I.2": 9}


@pytest.mark.parametrize("typed", ["chín", "1e3", "9..5", "٩"])
def test_what_is_no_number_is_told_at_the_cell_and_kept(world, year, typed):
    answer = client_for(world, Role.UNIT_OFFICER).post(SHEET, {"points-I.1": typed, "revision-I.1": "0"})
    assert answer.status_code == 422
    assert f"“{typed}” không phải là số." in words(answer)
    assert field_value(answer, "points-I.1") == typed
    assert not ScoreLine.objects.exists()


def test_two_officers_in_the_same_cell(world, year):
    one, other = (client_for(world, Role.UNIT_OFFICER, username=name) for name in ("can-bo-mot", "can-bo-hai"))
    shown = field_value(other.get(SHEET), "revision-I.1")
    assert one.post(SHEET, {"points-I.1": "8", "revision-I.1": shown}).status_code == 302
    clash = other.post(SHEET, {"points-I.1": "9", "revision-I.1": shown})
    assert clash.status_code == 422
    assert "can-bo-mot cũng vừa sửa ô này" in words(clash)
    assert "can-bo-mot vừa lưu 8" in words(clash)
    assert field_value(clash, "points-I.1") == "9"
    assert ScoreLine.objects.get().points == 8
    again = {"points-I.1": "9", "revision-I.1": field_value(clash, "revision-I.1")}
    assert other.post(SHEET, again).status_code == 302
    assert ScoreLine.objects.get().points == 9


def test_a_file_that_lies_about_its_type(world, year):
    upload = SimpleUploadedFile("bao-cao.pdf", picture("PNG"))
    officer = client_for(world, Role.UNIT_OFFICER)
    answer = officer.post(f"{SHEET}minh-chung/I.1/", {"files": upload, "note": "Báo cáo quý"})
    assert answer.status_code == 422
    assert "Tệp “bao-cao.pdf” thực ra là tệp PNG".lower() in said_at(answer, "files").lower()
    assert field_value(answer, "note") == "Báo cáo quý"
    assert not StoredFile.objects.exists()


def urlencoded(client: Client, address: str, **values):
    """As a browser sends a form without files: every letter of Vietnamese becomes up to nine."""
    return client.post(address, urlencode(values), content_type="application/x-www-form-urlencoded")


def test_five_megabytes_in_a_cell(world, year):
    officer = client_for(world, Role.UNIT_OFFICER)
    values = {"points-I.1": "9", "revision-I.1": "0", "reason-I.1": FIVE_MEGABYTES}
    answer = urlencoded(officer, SHEET, **values)
    assert answer.status_code == 422
    assert "Hãy rút gọn" in words(answer)
    assert FIVE_MEGABYTES.strip() in html.unescape(answer.content.decode())
    assert not ScoreLine.objects.exists()


def test_five_megabytes_of_pledge(world, year, now):
    ClusterYear.objects.update(stage="preparing")
    pledges.draft_pledge(year=ClusterYear.objects.get(), actor=world.secretary(), now=now)
    before = Pledge.objects.get()
    values = {"preamble": "Lời mở đầu", "body": FIVE_MEGABYTES, "revision": str(before.revision)}
    answer = urlencoded(client_for(world, Role.HEAD_SECRETARY), "/cum/cum-2/2021/giao-uoc/sua/", **values)
    assert answer.status_code in (200, 422)
    assert "tối đa 50000" in said_at(answer, "body")
    assert FIVE_MEGABYTES.strip() in html.unescape(answer.content.decode())
    assert Pledge.objects.get().body == before.body


def test_five_megabytes_of_article(world, secretary):
    values = {"title": "Hội nghị", "text": FIVE_MEGABYTES, "organisation": world.unit(1).pk, "do": "save"}
    answer = secretary.post("/tin-tuc/viet/bai-moi/", values)
    assert "ký tự" in said_at(answer, "text")
    assert FIVE_MEGABYTES.strip() in html.unescape(answer.content.decode())
    assert not Article.objects.exists()


def test_five_megabytes_of_pasted_table(secretary):
    pasted = "code\ttitle_vi\n" + FIVE_MEGABYTES
    answer = secretary.post("/cum/cum-2/2021/tieu-chi/nhap/", {"title": "Bảng của cụm", "pasted": pasted})
    assert answer.status_code == 422
    assert "MB" in said_at(answer, "pasted")
    assert FIVE_MEGABYTES.strip() in html.unescape(answer.content.decode())


def test_a_stage_cannot_be_skipped(secretary):
    answer = secretary.post("/cum/cum-2/2021/chuyen/", {"stage": "running"})
    assert answer.status_code == 409
    assert "Ký giao ước" in words(answer)
    assert ClusterYear.objects.get().stage == "preparing"


@pytest.mark.parametrize(
    ("role", "address"),
    [
        (Role.UNIT_OFFICER, "/cum/cum-2/2021/chuyen/"),
        (Role.UNIT_OFFICER, "/cum/cum-2/2021/tieu-chi/nhap/"),
        (Role.UNIT_LEADER, "/cum/cum-2/2021/lich/"),
        (Role.DELEGATE, "/cum/cum-2/2021/hoi-nghi/ke-hoach/"),
        (Role.UNIT_OFFICER, f"{SHEET}nop/"),
    ],
)
def test_a_role_too_weak_reads_who_may(world, year, role, address):
    answer = client_for(world, role).post(address, {"stage": "cross_checking"})
    assert answer.status_code == 403
    assert re.search(r"quyền|vai trò|chức vụ", words(answer))
    assert ClusterYear.objects.get().stage == "self_scoring"


def test_the_sheet_of_another_unit_is_not_there(world, year):
    assert client_for(world, Role.UNIT_OFFICER, unit=2).get(SHEET).status_code == 404
