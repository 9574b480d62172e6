"""Pages and papers of commendations."""

from datetime import date
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from thidua.awards import actions, queries
from thidua.awards.models import Nomination, NominationStatus, Title
from thidua.awards.papers import grounds, list_of
from thidua.awards.rules import Decision
from thidua.kernel.actor import Role

PAGE = "/cum/cum-2/2021/khen-thuong/"


@pytest.fixture
def secretary(world, year, sign_in):
    """A client of the head's secretary."""
    world.secretary()
    return sign_in(world.person(Role.HEAD_SECRETARY, world.unit(1)))


def test_put_forward_through_the_form(world, secretary):
    assert "Suy tôn đơn vị đầu tiên" in secretary.get(PAGE).content.decode()
    sent = {"unit": world.unit(2).pk, "title": "flag", "other_title": ""}
    assert secretary.post(f"{PAGE}suy-ton/", sent).status_code == 302
    page = secretary.get(PAGE).content.decode()
    assert "Don vi 2" in page
    assert "Cờ thi đua" in page
    assert "Điều kiện theo luật chưa được kiểm tra ở phiên bản này" in page


def test_what_was_typed_is_kept(world, secretary):
    answer = secretary.post(f"{PAGE}suy-ton/", {"unit": world.unit(2).pk, "title": "other", "other_title": ""})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Hãy ghi tên danh hiệu" in text
    assert f'value="{world.unit(2).pk}" selected' in text
    assert 'value="other" selected' in text


def test_twice_is_said_at_the_field(world, secretary, nominate):
    nominate(2)
    answer = secretary.post(f"{PAGE}suy-ton/", {"unit": world.unit(2).pk, "title": "flag"})
    assert "đã được suy tôn Cờ thi đua" in answer.content.decode()


def test_a_decision_through_the_form(world, secretary, nominate, at_stage):
    nomination = nominate(2)
    at_stage("decided")
    address = f"{PAGE}{nomination.pk}/quyet-dinh/"
    bad = secretary.post(address, {"outcome": "granted", "number": "", "day": "2021-10-30", "decided_by": "Ban Tuyên giáo"})
    assert "Hãy ghi số quyết định" in bad.content.decode()
    assert 'value="2021-10-30"' in bad.content.decode()
    good = {"outcome": "granted", "number": "15-QĐ/BTGTU", "day": "2021-10-30", "decided_by": "Ban Tuyên giáo"}
    assert "Năm phải từ 1900 đến 2200" in secretary.post(address, {**good, "day": "30-10-0021"}).content.decode()
    assert secretary.post(address, good).status_code == 302
    assert "15-QĐ/BTGTU" in secretary.get(PAGE).content.decode()


def test_taking_back_through_the_page(secretary, nominate):
    nomination = nominate(2)
    assert secretary.post(f"{PAGE}{nomination.pk}/rut/").status_code == 302
    assert not Nomination.objects.exists()
    assert secretary.post(f"{PAGE}{nomination.pk}/rut/").status_code == 404


def test_a_unit_sees_the_list_and_no_buttons(world, year, nominate, sign_in):
    nomination = nominate(2)
    officer = sign_in(world.person(Role.UNIT_OFFICER, world.unit(3)))
    page = officer.get(PAGE).content.decode()
    assert "Don vi 2" in page
    assert "/rut/" not in page
    assert officer.get(f"{PAGE}suy-ton/").status_code == 403
    assert officer.post(f"{PAGE}{nomination.pk}/rut/").status_code == 403


def test_another_cluster_finds_nothing(world, year, nominate, sign_in):
    nomination = nominate(2)
    stranger = sign_in(world.person(Role.HEAD_SECRETARY, world.organisation("Don vi khac")))
    for page in ("", "suy-ton/", f"{nomination.pk}/quyet-dinh/", "danh-sach.pdf"):
        assert stranger.get(PAGE + page).status_code == 404


def test_another_years_nomination_is_not_found(world, year, nominate, secretary):
    nomination = nominate(2)
    world.year(year=2022, stage="decided")
    assert secretary.get(f"/cum/cum-2/2022/khen-thuong/{nomination.pk}/quyet-dinh/").status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_has_a_constant_number_of_queries(rows, nominate, secretary, django_assert_num_queries):
    for number in range(1, rows + 1):
        nominate(number)
    with django_assert_num_queries(7):
        secretary.get(PAGE)


@pytest.mark.parametrize("kind", ["pdf", "docx"])
def test_the_list_is_printed(secretary, nominate, kind):
    nominate(2)
    answer = secretary.get(f"{PAGE}danh-sach.{kind}")
    assert answer.status_code == 200
    assert answer.content.startswith(b"%PDF" if kind == "pdf" else b"PK")
    assert secretary.get(f"{PAGE}danh-sach.exe").status_code == 404


def test_the_workbook_says_the_same(secretary, nominate, world, at_stage, now):
    nomination = nominate(2)
    at_stage("decided")
    decision = Decision(True, "15-QĐ/BTGTU", date(2021, 10, 30), "Ban Tuyên giáo")
    actions.record_decision(nomination=nomination, decision=decision, actor=world.secretary(), now=now)
    book = CalamineWorkbook.from_filelike(BytesIO(secretary.get(f"{PAGE}danh-sach.xlsx").content))
    row = book.get_sheet_by_index(0).to_python()[-1]
    assert row[0] == "Don vi 2"
    assert row[-1] == "15-QĐ/BTGTU, 30-10-2021"


def test_the_paper_says_what_it_is(year, nominate):
    year.illustrative = True
    paper = list_of(year, [nominate(2)], with_places=False)
    assert paper.illustrative
    assert paper.kind_title == "DANH SÁCH"
    assert paper.blocks[0].rows[0][1:3] == ("Don vi 2", "Cờ thi đua")


def test_places_are_not_printed_for_whoever_may_not_see_the_ranking(nominate):
    nomination = nominate(2)
    nomination.basis = {"rank": 1, "units": 3, "total": "98.5", "poll": {"yes": 5, "of": 7}}
    assert grounds(nomination, with_places=True) == "Hạng 1/3, 98,50 điểm; 5/7 đồng ý"
    assert grounds(nomination, with_places=False) == "5/7 đồng ý"


def test_the_board_shows_what_each_unit_was_put_forward_for(world, year, nominate):
    nominate(1)
    second = nominate(2, Title.CERTIFICATE)
    Nomination.objects.filter(pk=second.pk).update(
        status=NominationStatus.DECIDED, decision_number="1", decision_date=date(2021, 10, 1)
    )
    (column,) = queries.columns(world.officer(3), year)
    assert {unit: cell.state for unit, cell in column.cells.items()} == {world.unit(1).pk: "due", world.unit(2).pk: "ok"}


def test_work_waits_for_whoever_records(world, year, nominate, at_stage, now):
    nominate(1)
    assert queries.work(world.secretary(), now) == []
    at_stage("decided")
    assert [work.url for work in queries.work(world.secretary(), now)] == [PAGE]
    assert [work.url for work in queries.work(world.superior(), now)] == [PAGE]
    assert queries.work(world.leader(1), now) == []


@pytest.fixture
def fallen(nominate):
    """A nomination that its poll did not carry."""
    made = nominate(2)
    made.status, made.basis = NominationStatus.VOTED_DOWN, {"poll": {"yes": 1, "of": 3, "needed": 2, "carried": False}}
    made.save()
    return made


def test_what_was_voted_down_is_shown_as_such(year, secretary, fallen, nominate, at_stage):
    standing = nominate(1)
    page = secretary.get(PAGE).content.decode()
    assert "không đạt phiếu" in page
    assert f"{fallen.pk}/rut/" not in page
    at_stage("decided")
    page = secretary.get(PAGE).content.decode()
    assert f"{standing.pk}/quyet-dinh/" in page
    assert f"{fallen.pk}/quyet-dinh/" not in page
    table, _words, items, _note = list_of(year, [standing, fallen], with_places=False).blocks
    assert [row[1] for row in table.rows] == ["Don vi 1"]
    assert items.texts == ("Don vi 2 – Cờ thi đua: 1/3 đồng ý, cần 2",)


def test_the_board_says_in_words_what_fell_and_what_was_declined(world, year, fallen, nominate):
    declined = nominate(1, Title.CERTIFICATE)
    Nomination.objects.filter(pk=declined.pk).update(status=NominationStatus.DECLINED)
    (column,) = queries.columns(world.officer(3), year)
    assert str(column.cells[world.unit(1).pk].text) == "Bằng khen: không được"
    assert (column.cells[world.unit(2).pk].state, column.cells[world.unit(2).pk].text) == ("late", "Cờ thi đua: không đạt phiếu")


def test_a_refused_withdrawal_leads_back_with_a_sentence(secretary, fallen):
    answer = secretary.post(f"{PAGE}{fallen.pk}/rut/", follow=True)
    assert answer.redirect_chain == [(PAGE, 302)]
    assert "không đạt phiếu nên không đề nghị" in answer.content.decode()


def test_the_decision_calls_nothing_optional_that_a_rule_asks_for(secretary, nominate, at_stage):
    nomination = nominate(2)
    at_stage("decided")
    address = f"{PAGE}{nomination.pk}/quyet-dinh/"
    page = secretary.get(address).content.decode()
    assert "không bắt buộc" not in page
    assert "Bắt buộc khi được khen thưởng." in page
    assert "Bắt buộc khi không được khen thưởng" in page
    empty = secretary.post(address, {"outcome": "granted", "decided_by": "Ban"})
    assert "Hãy ghi ngày của quyết định." in empty.content.decode()
    declined = {"outcome": "declined", "day": "2021-10-30", "decided_by": "Ban Tuyên giáo", "note": ""}
    assert "Hãy ghi vì sao" in secretary.post(address, declined).content.decode()
    assert secretary.post(address, declined | {"note": "Chưa đủ"}).status_code == 302
