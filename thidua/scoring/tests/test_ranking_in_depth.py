"""Beyond the places: how firm they are, whom a verdict moves, suppositions, and the files by which all is computed again."""

import csv
import json
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from thidua.audit.models import JournalEntry
from thidua.kernel.actor import Role
from thidua.scoring import queries
from thidua.scoring.models import ScoreLine, Verdict
from thidua.scoring.queries.firmness import firmness_of, same_for_all
from thidua.scoring.queries.results import forget_results
from thidua.scoring.tests.conftest import FULL

RANKING = "/cum/cum-2/2021/xep-hang/"
WHAT_IF = f"{RANKING}gia-dinh/"
FILES = ("kiem-chung.xlsx", "kiem-chung.json")
RELATIVE = """code,parent_code,title_vi,max_points,kind,rule_text_vi,method
A,,Học tập,10,points,,award
R,,So với đơn vị dẫn đầu,5,ratio,,relative_to_leader
"""
"""Each unit's points at R depend on the best of all."""


def secretary(sign_in, world):
    return sign_in(world.person(Role.HEAD_SECRETARY, world.unit(1)))


@pytest.fixture
def relative(field):
    """Three units of 20, 15 and 12 against a target of 10, at cross-checking; the first is given to an appraiser."""
    field.open(rows=list(csv.reader(RELATIVE.splitlines())))
    sheets = [
        field.submitted(n, {"A": {"points": "9"}, "R": {"actual": actual, "target": "10"}})
        for n, actual in enumerate(("20", "15", "12"), 1)
    ]
    appraiser = field.appraiser(1)
    field.stage("cross_checking")
    return sheets, appraiser


def test_a_place_says_what_would_swap_it(field, world, sign_in, checking):
    page = queries.ranking(field.year)
    third = next(row for row in page.rows if row.rank == 3)
    (before,) = firmness_of(page, third.sheet)
    assert before.sentence.startswith("Hạng 1 và 3 đổi chỗ nếu A.1 của ")
    assert before.sentence.endswith("tăng hơn 2 điểm, từ 7 lên trên 9. Còn 3 tiêu chí nữa chỉ cần đổi chừng ấy.")
    first = firmness_of(page, page.rows[0].sheet)
    assert len(first) == 1
    assert {code for code, _title in same_for_all(page)} == {"A.2", "B.1", "B.2"}
    shown = secretary(sign_in, world).get(RANKING, {"don-vi": third.unit.slug}).content.decode()
    assert before.sentence in shown
    assert "3 tiêu chí mọi đơn vị có cùng số điểm, nên không quyết định thứ hạng" in shown


@pytest.mark.parametrize("number", [1, 3])
def test_the_ranking_costs_the_same_queries_for_one_unit_and_three(field, world, sign_in, number, django_assert_num_queries):
    field.open()
    for n in range(1, number + 1):
        field.submitted(n, {**FULL, "A.1": {"points": str(10 - n)}})
    forget_results()
    queries.ranking(field.year)
    with django_assert_num_queries(1):
        page = queries.ranking(field.year)
        for row in page.rows:
            firmness_of(page, row.sheet)
        same_for_all(page)


def test_a_verdict_on_a_relative_indicator_says_whom_it_moves(field, relative):
    (sheet, _second, _third), appraiser = relative
    field.judge(sheet, appraiser, "R", reason="Hồ sơ chỉ có 15 trường hợp", actual="15", target="10")
    (told,) = JournalEntry.objects.filter(event="OthersMoved")
    assert json.loads(told.facts)["moved"] == "Don vi 2: 12,75 → 14 điểm, hạng 2 → 1; Don vi 3: 12 → 12,5 điểm"
    field.judge(sheet, appraiser, "A", reason="Thiếu một biên bản học tập", points="8")
    assert JournalEntry.objects.filter(event="OthersMoved").count() == 1


def test_the_page_of_the_check_says_it_at_once(field, world, sign_in, body, relative):
    client = sign_in(world.person(Role.APPRAISER, body))
    typed = {"actual-R": "15", "target-R": "10", "reason-R": "Hồ sơ chỉ có 15 trường hợp", "revision-R": "0"}
    answer = client.post("/cum/cum-2/2021/tham-dinh/don-vi-1/dong/R/", typed).content.decode()
    assert "Thay đổi vừa lưu làm đơn vị khác đổi theo: Don vi 2: 12,75 → 14 điểm" in answer
    without = {"points-A": "5", "reason-A": "Thiếu bốn biên bản học tập", "revision-A": "0", "ok-R": "on"}
    page = client.post("/cum/cum-2/2021/tham-dinh/don-vi-1/", without, follow=True).content.decode()
    assert "Đơn vị khác đổi theo: " in page
    assert "hạng" in page


def test_suppositions_stand_in_the_address_and_change_nothing(field, world, sign_in, checking):
    client, before = secretary(sign_in, world), list(ScoreLine.objects.values())
    plain = client.get(WHAT_IF).content.decode()
    assert "chưa giả định gì" in plain
    address = {"don-vi": "don-vi-3", "tieu-chi": "A.1", "diem-moi": "9,5"}
    page = client.get(WHAT_IF, address)
    assert page.status_code == 200
    assert [(row.unit.slug, row.was_rank, row.rank, row.total) for row in page.context["page"].rows] == [
        ("don-vi-3", "3", "1", "22,50"), ("don-vi-1", "1", "2", "22,00"), ("don-vi-2", "1", "2", "22,00"),
    ]  # fmt: skip
    assert '<input type="hidden" name="diem" value="don-vi-3:A.1:9,5">' in page.content.decode()
    again = client.get(WHAT_IF, {"diem": "don-vi-3:A.1:9,5", "bo": "don-vi-1", "trong-so-A": "50"}).context["page"]
    assert [(row.unit.slug, row.rank, row.total) for row in again.rows] == [
        ("don-vi-3", "1", "15,75"), ("don-vi-2", "2", "15,50"), ("don-vi-1", "–", "–"),
    ]  # fmt: skip
    assert again.points[0].without == "?bo=don-vi-1&trong-so-A=50"
    assert list(ScoreLine.objects.values()) == before
    assert not Verdict.objects.exists()


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ({"don-vi": "don-vi-3", "tieu-chi": "A.1", "diem-moi": "11"}, "Tiêu chí A.1 nhiều nhất 10 điểm theo bảng."),
        ({"don-vi": "don-vi-3", "tieu-chi": "A.1", "diem-moi": "-1"}, "Tiêu chí A.1 ít nhất 0 điểm theo bảng."),
        ({"don-vi": "don-vi-3", "tieu-chi": "A.1", "diem-moi": "mười"}, "mười"),
        ({"don-vi": "x", "tieu-chi": "A.1", "diem-moi": "1"}, "Hãy chọn một đơn vị"),
        ({"don-vi": "don-vi-3", "tieu-chi": "A", "diem-moi": "1"}, "Hãy chọn một đơn vị"),
        ({"trong-so-A": "1001"}, "Trọng số của mục A phải từ 0 đến 1.000 %."),
        ({"trong-so-A": "9" * 5000}, "trong-so-A"),
        ({"diem": "don-vi-3:A.1:99"}, "Tiêu chí A.1 nhiều nhất 10 điểm theo bảng."),
        ({"diem": "a\x00:b"}, "Có giả định chưa dùng được"),
        ({"bo": ["don-vi-1", "don-vi-2", "don-vi-3"]}, "Hãy để lại ít nhất một đơn vị"),
    ],
)
def test_what_cannot_be_supposed_is_told_and_kept(field, world, sign_in, checking, address, told):
    answer = secretary(sign_in, world).get(WHAT_IF, address)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert told in page
    for name in ("diem-moi", "trong-so-A"):
        if name in address:
            assert f'value="{address[name][:30]}"' in page
    assert [row.rank for row in answer.context["page"].rows] == ["1", "1", "3"]


def test_an_empty_year_says_what_comes_first(field, world, sign_in):
    field.open()
    client = secretary(sign_in, world)
    assert "Thử được khi đã có đơn vị nộp phiếu tự chấm." in client.get(WHAT_IF).content.decode()
    assert [client.get(RANKING + name).status_code for name in FILES] == [200, 200]


def test_the_files_of_the_ranking(field, world, sign_in, checking, django_assert_num_queries):
    client = secretary(sign_in, world)
    book = CalamineWorkbook.from_filelike(BytesIO(client.get(RANKING + FILES[0]).content))
    assert book.sheet_names == ["Đọc trước", "Xếp hạng", "Tiêu chí 1", "Don vi 1", "Don vi 2", "Don vi 3"]
    data = client.get(RANKING + FILES[1])
    assert data["Content-Disposition"] == 'attachment; filename="kiem-chung-cum-2-2021.json"'
    assert data.json()["ranked_by"] == "total"
    assert [unit["rank"] for unit in data.json()["units"]] == [1, 1, 3]
    assert "reason" not in data.content.decode()


def test_who_sees_the_ranking_may_compute_it_again(field, world, sign_in, body, checking):
    addresses = (WHAT_IF, *(RANKING + name for name in FILES))
    for role, place, early in [
        (Role.HEAD_SECRETARY, world.unit(1), True),
        (Role.SUPERIOR_OFFICER, body, True),
        (Role.AUDITOR, world.organisation("Thanh tra"), True),
        (Role.APPRAISER, body, True),
        (Role.UNIT_LEADER, world.unit(2), False),
        (Role.DELEGATE, world.unit(2), False),
    ]:
        client = sign_in(world.person(role, place))
        assert {client.get(address).status_code for address in addresses} == {200 if early else 403}, role
    field.stage("conference")
    client = sign_in(world.person(Role.UNIT_LEADER, world.unit(2)))
    assert {client.get(address).status_code for address in addresses} == {200}
    assert client.post(WHAT_IF).status_code == 405
    field.stage("closed")
    assert {client.get(address).status_code for address in addresses} == {200}
    stranger = world.organisation("Đơn vị ngoài cụm")
    client = sign_in(world.person(Role.UNIT_LEADER, stranger))
    assert {client.get(address).status_code for address in addresses} == {404}
