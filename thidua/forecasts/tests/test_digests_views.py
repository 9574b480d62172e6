"""Pages of digests: who sees which, what a form keeps, what a paper holds."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from docx import Document
from python_calamine import CalamineWorkbook

from thidua.forecasts.actions import digests as actions
from thidua.forecasts.models import Digest
from thidua.forecasts.tests.digesting import LARGE, draft, issue, make_report, make_reports, make_round, make_topic
from thidua.kernel.actor import Role

BASE = "/cum/cum-2/2021/du-luan/"


@pytest.fixture
def year(world):
    return world.year()


@pytest.fixture
def asked(world, year):
    wages, roads = make_topic(year, "Tiền lương"), make_topic(year, "Đường sá")
    found = make_round(year)
    make_report(found, world.unit(1), {wages: LARGE, roads: (20, 15, 10, 3)})
    make_report(found, world.unit(2), {wages: (50, 20, 10, 11), roads: (15, 10, 5, 2)})
    make_report(found, world.unit(3), {wages: (50, 20, 10, 11), roads: (5, 5, 5, 2)})
    return found


@pytest.fixture
def made(world, year, asked, now):
    return draft(world, year, [asked], now=now)


def secretary(world):
    return world.person(Role.HEAD_SECRETARY, world.unit(1))


def superior(world):
    return world.person(Role.SUPERIOR_OFFICER, world.organisation("Ban Tuyen giao", "party_body"))


def officer(world):
    return world.person(Role.UNIT_OFFICER, world.unit(2))


def test_drafts_are_not_there_for_units(world, year, made, sign_in):
    client = sign_in(officer(world))
    assert "Dư luận quý III" not in client.get(BASE).content.decode()
    for path in ("", "tai/pdf/", "tai/xlsx/", "sua/", "tra-lai/"):
        assert client.get(f"{BASE}{made.pk}/{path}").status_code == 404
    for path in ("kiem-tra/", "ban-hanh/"):
        assert client.post(f"{BASE}{made.pk}/{path}").status_code == 404
    assert client.get(f"{BASE}moi/").status_code == 403


def test_what_is_issued_is_read_by_units(world, year, made, now, sign_in):
    issued = issue(world, made, now=now)
    client = sign_in(officer(world))
    assert "Dư luận quý III" in client.get(BASE).content.decode()
    page = client.get(f"{BASE}{issued.pk}/").content.decode()
    assert issued.digest in page
    assert "Vì sao có số không công bố?" in page
    assert "Sửa tên" not in page
    assert client.get(f"{BASE}{issued.pk}/sua/").status_code == 403


def test_no_page_or_paper_holds_a_withheld_count(world, year, made, now, sign_in):
    """The two small counts of "Đường sá" are 7 and, computed from the pair, 20; neither stands anywhere."""
    client = sign_in(secretary(world))
    rows = _sheet(client.get(f"{BASE}{made.pk}/tai/xlsx/"))
    assert ["Đường sá", 40, 30, "–", "–", 97] in [row[:6] for row in rows]
    assert [row[5] for row in rows if row[0] == "Cộng"] == [429]
    document = Document(BytesIO(client.get(f"{BASE}{made.pk}/tai/docx/").content))
    cells = [[cell.text for cell in row.cells] for table in document.tables for row in table.rows]
    assert ["Đường sá", "40", "30", "–", "–", "97"] in cells
    assert client.get(f"{BASE}{made.pk}/tai/pdf/").content.startswith(b"%PDF")
    assert client.get(f"{BASE}{made.pk}/tai/txt/").status_code == 404


def _sheet(response):
    return CalamineWorkbook.from_filelike(BytesIO(response.content)).get_sheet_by_index(0).to_python()


def test_from_rounds_to_a_draft(world, year, asked, sign_in):
    client = sign_in(secretary(world))
    assert "Quý III (3 báo cáo đã gửi, 3 đơn vị)" in client.get(f"{BASE}moi/").content.decode()
    typed = {"title": "Quý III", "words": "Ổn.", "rounds": [asked.pk]}
    asked_again = client.post(f"{BASE}moi/", typed)
    assert asked_again.status_code == 200
    assert "không gom lại được" in asked_again.content.decode()
    assert not Digest.objects.exists()
    back = client.post(f"{BASE}moi/", typed | {"again": "1"}).content.decode()
    assert "Ổn." in back
    assert "checked" in back
    answer = client.post(f"{BASE}moi/", typed | {"gather": "1"})
    found = Digest.objects.get()
    assert answer.status_code == 302
    assert answer.url == f"{BASE}{found.pk}/"
    assert "Bạn là người soạn" in client.get(answer.url).content.decode()


@pytest.mark.parametrize("rounds", [[], ["99999"], ["x"]])
def test_a_refused_draft_keeps_what_was_typed(world, year, asked, sign_in, rounds):
    answer = sign_in(secretary(world)).post(f"{BASE}moi/", {"title": "Tên đã gõ", "words": "Lời đã gõ", "rounds": rounds})
    assert answer.status_code == 422
    assert "Tên đã gõ" in answer.content.decode()
    assert "Lời đã gõ" in answer.content.decode()
    assert not Digest.objects.exists()


def test_nothing_is_ticked_beforehand_and_a_round_without_a_report_cannot_be(world, year, asked, now, sign_in):
    empty = make_round(year, "Tháng 9")
    client = sign_in(secretary(world))
    page = client.get(f"{BASE}moi/").content.decode()
    assert " checked" not in page
    assert f'value="{empty.pk}"' not in page
    assert "chưa có báo cáo nào được gửi: Tháng 9." in " ".join(page.split())
    assert client.post(f"{BASE}moi/", {"title": "D", "rounds": [asked.pk, empty.pk], "gather": "1"}).status_code == 422
    assert not Digest.objects.exists()


def test_reports_of_two_units_are_refused_before_the_question(world, year, now, sign_in):
    asked = make_round(year)
    make_reports(asked, world, {make_topic(year, "Tiền lương"): LARGE}, units=(1, 2))
    answer = sign_in(secretary(world)).post(f"{BASE}moi/", {"title": "Tên đã gõ", "words": "", "rounds": [asked.pk]})
    assert answer.status_code == 422
    assert "Cần báo cáo từ ít nhất 3 đơn vị" in answer.content.decode()
    assert "Tên đã gõ" in answer.content.decode()


def test_the_list_counts_the_rounds_that_work_counts(world, year, asked, sign_in):
    make_round(year, "Tháng 9")
    client = sign_in(secretary(world))
    assert "Có 1 kỳ báo cáo đã qua hạn" in client.get(BASE).content.decode()
    assert "1 kỳ đã qua hạn" in client.get("/").content.decode()


def test_the_drafter_reads_which_posts_can_check_or_what_to_do(world, year, asked, now, sign_in):
    person = secretary(world)
    client = sign_in(person)
    typed = {"title": "D", "words": "", "rounds": [asked.pk], "gather": "1"}
    address = client.post(f"{BASE}moi/", typed).url
    assert "Hiện không còn ai khác giữ chức vụ kiểm tra được" in client.get(address).content.decode()
    other = world.person(Role.SUPERIOR_OFFICER, year.cluster.superior_body)
    page = client.get(address).content.decode()
    assert str(other.tenures.get().post) in page


def test_a_telephone_number_in_the_words_stands_at_their_field(world, year, asked, sign_in):
    values = {"title": "Quý III", "words": "Hỏi 0912 345 678", "rounds": [asked.pk]}
    answer = sign_in(secretary(world)).post(f"{BASE}moi/", values)
    assert answer.status_code == 422
    assert "giống số điện thoại" in answer.content.decode()


def test_a_clash_keeps_what_was_typed_and_shows_what_is_saved(world, year, made, now, sign_in):
    actions.edit_digest(digest=made, title="Tên đang lưu", words="", revision=1, actor=world.superior(), now=now)
    client = sign_in(secretary(world))
    answer = client.post(f"{BASE}{made.pk}/sua/", {"title": "Tên của tôi", "words": "", "revision": 1})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Tên của tôi" in page
    assert "Tên đang lưu" in page
    assert 'name="revision" value="2"' in page
    again = client.post(f"{BASE}{made.pk}/sua/", {"title": "Tên của tôi", "words": "", "revision": 2})
    assert again.status_code == 302


def test_the_drafter_is_told_to_ask_somebody_else(world, year, made, sign_in):
    client = sign_in(secretary(world))
    answer = client.post(f"{BASE}{made.pk}/kiem-tra/", {"revision": 1}, follow=True)
    assert "không tự kiểm tra được" in answer.content.decode()
    made.refresh_from_db()
    assert made.state == "draft"


def test_check_then_issue_by_buttons_once(world, year, made, sign_in):
    client = sign_in(superior(world))
    assert "Đã kiểm tra, đúng" in client.get(f"{BASE}{made.pk}/").content.decode()
    client.post(f"{BASE}{made.pk}/kiem-tra/", {"revision": 1})
    client.post(f"{BASE}{made.pk}/ban-hanh/", {"revision": 2})
    made.refresh_from_db()
    assert made.state == "issued"
    again = client.post(f"{BASE}{made.pk}/ban-hanh/", {"revision": 2}, follow=True)
    assert "Bản đã ban hành là bản cuối" in again.content.decode()


def test_a_button_pressed_on_an_older_page_asks_to_read_again(world, year, made, now, sign_in):
    actions.edit_digest(digest=made, title="Mới", words="", revision=1, actor=world.secretary(), now=now)
    answer = sign_in(superior(world)).post(f"{BASE}{made.pk}/kiem-tra/", {"revision": "x"}, follow=True)
    assert "Hãy đọc lại bản mới" in answer.content.decode()


def test_sending_back_shows_the_reason_to_the_drafter(world, year, made, sign_in):
    client = sign_in(superior(world))
    short = client.post(f"{BASE}{made.pk}/tra-lai/", {"revision": 1, "reason": "ngắn"})
    assert short.status_code == 422
    assert "ngắn" in short.content.decode()
    client.post(f"{BASE}{made.pk}/tra-lai/", {"revision": 1, "reason": "Chưa nêu kiến nghị của cụm"})
    page = sign_in(secretary(world)).get(f"{BASE}{made.pk}/").content.decode()
    assert "Chưa nêu kiến nghị của cụm" in page


def test_what_changed_compares_two_issued_tables(world, year, made, now, sign_in):
    issue(world, made, now=now)
    wages = make_topic(year, "Tiền lương mới")
    later = make_round(year, "Tháng 10", due_on=date(2021, 10, 31), starts_on=date(2021, 10, 1), ends_on=date(2021, 10, 20))
    make_reports(later, world, {year_topic(year, "Tiền lương"): (40, 15, 10, 11), wages: LARGE})
    second = draft(world, year, [later], now=now, title="Tháng 10")
    page = sign_in(secretary(world)).get(f"{BASE}{second.pk}/").content.decode()
    assert "Bản trước là “Dư luận quý III”" in page
    assert "−104" in page
    assert "Tiền lương mới" in page


def year_topic(year, title):
    from thidua.rapporteurs.models import Topic

    return Topic.objects.get(year=year, title=title)


def test_reports_that_come_after_gathering_are_counted_for_the_drafter(world, year, asked, made, now, sign_in):
    make_report(asked, world.unit(4), {}, at=now + timedelta(hours=1))
    assert "1 báo cáo gửi sau khi gom" in sign_in(secretary(world)).get(f"{BASE}{made.pk}/").content.decode()


def test_less_than_ten_opinions_show_no_figure(world, year, now, sign_in):
    asked = make_round(year)
    make_reports(asked, world, {make_topic(year, "Hiếm"): (2, 0, 0, 1)})
    made = draft(world, year, [asked], now=now)
    page = sign_in(secretary(world)).get(f"{BASE}{made.pk}/").content.decode()
    assert "Không công bố con số nào" in page
    assert "Hiếm" not in page
    assert sign_in(secretary(world)).get(f"{BASE}{made.pk}/tai/docx/").status_code == 200


def test_an_empty_list_says_what_to_do_first(world, year, sign_in):
    assert "hãy đặt kỳ báo cáo" in sign_in(secretary(world)).get(BASE).content.decode()
    assert "Bạn đọc được ở đây" in sign_in(officer(world)).get(BASE).content.decode()
    assert "Không còn kỳ nào để gom" in sign_in(secretary(world)).get(f"{BASE}moi/").content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_takes_as_many_queries_for_one_as_for_three(world, year, now, sign_in, number, django_assert_num_queries):
    for each in range(number):
        asked = make_round(year, f"Tháng {each}")
        make_reports(asked, world, {make_topic(year, f"T{each}"): LARGE})
        draft(world, year, [asked], now=now, title=f"D{each}")
    client = sign_in(secretary(world))
    client.get(BASE)
    with django_assert_num_queries(8):
        client.get(BASE)
    page = f"{BASE}{Digest.objects.first().pk}/"
    with django_assert_num_queries(10):
        client.get(page)
