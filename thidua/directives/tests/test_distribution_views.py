from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from python_calamine import CalamineWorkbook

from thidua.clusters.models import ClusterYear
from thidua.directives.actions.distribution import confirm_receipt
from thidua.directives.actions.study import set_size
from thidua.directives.models import Distribution
from thidua.directives.tests.making import document, record, send
from thidua.kernel.actor import Role


def url(name, year, *rest):
    return reverse(f"directives:{name}", args=[year.cluster.slug, year.year, *rest])


@pytest.fixture
def as_(world, sign_in):
    """as_("secretary") or as_("officer", 2) → a client signed in as that person."""
    roles = {
        "secretary": Role.HEAD_SECRETARY,
        "leader": Role.UNIT_LEADER,
        "officer": Role.UNIT_OFFICER,
        "delegate": Role.DELEGATE,
    }

    def go(name, number=1):
        return sign_in(world.person(roles[name], world.unit(number)))

    return go


def table(response):
    book = CalamineWorkbook.from_filelike(BytesIO(response.content))
    return book.get_sheet_by_index(0).to_python(skip_empty_area=False)


def typed(world, *units, **more):
    return {"units": [world.unit(n).pk for n in units], "due_action": "study", "due_on": "30-11-2021", "note": ""} | more


@pytest.fixture(autouse=True)
def _today(monkeypatch, now):
    """Pages ask the request for the moment; the tests live on one day."""
    monkeypatch.setattr(timezone, "now", lambda: now)


def test_a_document_goes_from_the_secretary_to_the_unit_and_is_confirmed_by_one_click(world, as_):
    year = world.year()
    directive = document(year)
    secretary = as_("secretary")
    assert "chưa gửi" in secretary.get(url("state", year, directive.pk)).content.decode()
    assert secretary.get(url("send", year, directive.pk)).content.decode().count("checked") == 3
    assert secretary.post(url("send", year, directive.pk), typed(world, 2, note="Đọc kỹ")).status_code == 302
    page = as_("officer", 2).get(url("inbox", year)).content.decode()
    assert "Đọc kỹ" in page
    assert "30-11-2021" in page
    sent = Distribution.objects.get()
    officer = as_("officer", 2)
    page = officer.post(url("receive", year, sent.pk), follow=True).content.decode()
    assert "Đã xác nhận nhận Chỉ thị 05-CT/TW" in page
    page = officer.post(url("receive", year, sent.pk), {"ve": "van-ban"}, follow=True).content.decode()
    assert "đã được xác nhận trước đó: unit_officer-don-vi-2" in page
    assert "ai đã nhận, đã học" in page


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"due_on": "30-10-2021"}, "Hạn phải từ hôm nay (01-11-2021) trở đi."),
        ({"due_on": "31-02-2022"}, "errorlist"),
        ({"due_on": "01-01-3000"}, "Năm phải từ 1900 đến 2200"),
        ({"units": []}, "Hãy chọn ít nhất một đơn vị"),
        ({"units": ["999999"]}, "Một đơn vị đã chọn đã được gửi rồi"),
        ({"units": ["x"]}, "errorlist"),
        ({"due_action": "dance"}, "errorlist"),
    ],
)
def test_wrong_input_keeps_what_was_typed(world, as_, more, words):
    year = world.year()
    response = as_("secretary").post(url("send", year, document(year).pk), typed(world, 2, note="Ghi chú gõ dở") | more)
    page = response.content.decode()
    assert response.status_code == 422
    assert words in page
    assert 'value="Ghi chú gõ dở"' in page
    assert not Distribution.objects.exists()


def test_an_old_form_does_not_send_twice(world, as_, now):
    year = world.year()
    directive = document(year)
    send(world, year, directive, 2, now=now)
    page = as_("secretary").post(url("send", year, directive.pk), typed(world, 2, 3)).content.decode()
    assert "Một đơn vị đã chọn đã được gửi rồi" in page
    assert Distribution.objects.count() == 1


def test_two_secretaries_who_change_at_once_see_both(world, as_, now):
    year = world.year()
    [row] = send(world, year, document(year), 2, now=now)
    client = as_("secretary")
    first = {"due_action": "report", "due_on": "10-12-2021", "seen": "study 2021-11-30"}
    assert client.post(url("change_sent", year, row.pk), first).status_code == 302
    page = client.post(url("change_sent", year, row.pk), first | {"due_on": "24-12-2021"}).content.decode()
    assert "Người khác vừa đổi" in page
    assert 'value="24-12-2021"' in page
    assert "hạn 10-12-2021" in page
    assert 'value="report 2021-12-10"' in page


def test_withdrawing_stands_on_the_page_until_the_unit_confirms(world, as_, now):
    year = world.year()
    one, two = send(world, year, document(year), 1, 2, now=now)
    confirm_receipt(distribution=two, actor=world.officer(2), now=now)
    client = as_("secretary")
    assert "Rút văn bản" in client.get(url("change_sent", year, one.pk)).content.decode()
    assert "nên không rút lại được" in client.get(url("change_sent", year, two.pk)).content.decode()
    page = client.post(url("withdraw", year, two.pk), follow=True).content.decode()
    assert "nên không rút lại được" in page
    assert "Đã rút văn bản gửi Don vi 1" in client.post(url("withdraw", year, one.pk), follow=True).content.decode()


def test_a_role_too_weak_gets_a_sentence_and_strangers_nothing(world, as_, sign_in, now):
    year = world.year()
    directive = document(year)
    [row] = send(world, year, directive, 2, now=now)
    officer = as_("officer", 1)
    for name, rest in (("send", directive.pk), ("change_sent", row.pk)):
        assert officer.get(url(name, year, rest)).status_code == 403
    for name in ("withdraw", "receive"):
        assert officer.post(url(name, year, row.pk)).status_code == 403
    assert as_("delegate", 2).post(url("receive", year, row.pk)).status_code == 403
    outside = sign_in(world.person(Role.UNIT_LEADER, world.organisation("Ngoai cum"), "nguoi-ngoai"))
    for name, rest in (
        ("inbox", ()),
        ("state", (directive.pk,)),
        ("study", ()),
        ("unit_study", ("don-vi-2",)),
        ("state_workbook", (directive.pk,)),
    ):
        assert outside.get(url(name, year, *rest)).status_code == 404
    assert outside.post(url("receive", year, row.pk)).status_code == 404
    assert as_("secretary").get(url("state", year, 10**6)).status_code == 404
    assert as_("secretary").get(url("change_sent", year, 10**6)).status_code == 404


def test_a_closed_year_shows_and_does_nothing(world, as_, now):
    year = world.year()
    directive = document(year)
    [row] = send(world, year, directive, 2, now=now)
    ClusterYear.objects.update(stage="closed")
    secretary = as_("secretary")
    assert url("send", year, directive.pk) not in secretary.get(url("state", year, directive.pk)).content.decode()
    assert secretary.get(url("send", year, directive.pk)).status_code == 409
    page = as_("officer", 2).get(url("inbox", year)).content.decode()
    assert "Chỉ thị 05-CT/TW" in page
    assert url("receive", year, row.pk) not in page


def test_the_state_says_share_and_blanks_and_goes_to_a_workbook(world, as_, now):
    year = world.year(illustrative=True)
    directive = document(year)
    send(world, year, directive, 1, 2, now=now)
    set_size(year=year, unit=world.unit(1), members=60, seen=None, actor=world.officer(1), now=now)
    record(world, year, 1, directive, now=now)
    page = as_("leader", 2).get(url("state", year, directive.pk)).content.decode()
    assert "150 %" in page
    assert "có người dự nhiều buổi" in page
    assert "chưa học" in page
    rows = table(as_("leader", 2).get(url("state_workbook", year, directive.pk)))
    assert rows[1][0] == "Số liệu minh hoạ"
    assert rows[4][:3] == ["Don vi 1", "Học tập, quán triệt", "30-11-2021"]
    assert rows[4][-1] == 150
    assert rows[6][1] == "chưa gửi"


def test_the_inbox_filters_by_the_address_and_its_workbook_too(world, as_, now):
    year = world.year()
    send(world, year, document(year, "01-CT/TW"), 2, now=now)
    send(world, year, document(year, "02-CT/TW"), 2, now=now, due_action="note")
    confirm_receipt(distribution=Distribution.objects.get(due_action="note"), actor=world.officer(2), now=now)
    client = as_("officer", 2)
    page = client.get(url("inbox", year), {"loc": "cho-nhan"}).content.decode()
    assert "01-CT/TW" in page
    assert "02-CT/TW" not in page
    assert "02-CT/TW" not in str(table(client.get(url("inbox_workbook", year), {"loc": "cho-nhan"})))
    assert "Không có văn bản nào khớp" in client.get(url("inbox", year), {"viec": "report"}).content.decode()
    assert client.get(url("inbox", year), {"trang": "x", "viec": "\x00", "loc": "'"}).status_code == 200


def test_an_empty_inbox_says_what_comes_first(world, as_, sign_in):
    year = world.year()
    assert "Khi cụm trưởng gửi văn bản" in as_("officer", 2).get(url("inbox", year)).content.decode()
    superior = sign_in(world.person(Role.SUPERIOR_OFFICER, world.organisation("Ban Tuyen giao")))
    assert "Bạn không thuộc đơn vị thành viên nào" in superior.get(url("inbox", year)).content.decode()
    assert superior.get(url("inbox_workbook", year)).status_code == 404


def test_pages_keep_the_filters(world, as_, now, monkeypatch):
    monkeypatch.setattr("thidua.directives.queries.distribution.PAGE", 2)
    year = world.year()
    for number in range(1, 6):
        send(world, year, document(year, f"0{number}-CT/TW"), 2, now=now)
    page = as_("officer", 2).get(url("inbox", year), {"loc": "cho-nhan", "trang": "2"}).content.decode()
    assert "loc=cho-nhan&amp;trang=3" in page
    assert "Trang 2/3" in page


@pytest.mark.parametrize("rows", [1, 3])
def test_the_inbox_costs_the_same_for_any_number_of_rows(world, as_, now, rows, django_assert_num_queries):
    year = world.year()
    for number in range(rows):
        send(world, year, document(year, f"0{number}-CT/TW"), 2, now=now, note="x")
    client = as_("officer", 2)
    client.get(url("inbox", year))
    with django_assert_num_queries(8):
        assert client.get(url("inbox", year)).status_code == 200


@pytest.mark.parametrize("units", [1, 3])
def test_the_state_costs_the_same_for_any_number_of_units(world, as_, now, units, django_assert_num_queries):
    year = world.year(units=units)
    directive = document(year, issued_on=date(2016, 5, 15))
    send(world, year, directive, *range(1, units + 1), now=now)
    for number in range(1, units + 1):
        record(world, year, number, directive, now=now)
    client = as_("secretary")
    client.get(url("state", year, directive.pk))
    with django_assert_num_queries(10):
        assert client.get(url("state", year, directive.pk)).status_code == 200
