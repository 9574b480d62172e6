from datetime import date
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from thidua.clusters.models import ClusterYear
from thidua.directives.actions import study as actions
from thidua.directives.forms.study import SizeForm
from thidua.directives.models import StudySession, UnitSize
from thidua.directives.tests.making import document, record, send, url

NAME = "Hoàng Thị Rất Riêng"

pytestmark = pytest.mark.usefixtures("study_day")


def table(content):
    return CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python(skip_empty_area=False)


def typed(*directives, **more):
    plain = {
        "held_on": "20-10-2021",
        "form": "in_person",
        "speaker": "Báo cáo viên cấp tỉnh",
        "place": "",
        "note": "",
        "others": "",
    }
    counts = {"members_invited": "100", "members_attended": "90"}
    return {"directives": [d.pk for d in directives]} | plain | counts | more


def test_a_session_is_recorded_from_a_document_and_others_by_number(world, as_, now):
    year = world.year()
    directive, other = document(year), document(year, "04-NQ/TW", issued_on=date(2016, 10, 30))
    send(world, year, directive, 2, now=now)
    client = as_("officer", 2)
    page = client.get(url("record_session", year, "don-vi-2"), {"van-ban": directive.pk}).content.decode()
    assert page.count("checked") == 1
    assert "không cần ghi tên người" in page
    answer = client.post(url("record_session", year, "don-vi-2"), typed(directive, others=" 04-nq/tw \n"))
    session = StudySession.objects.get()
    assert answer["Location"] == url("session", year, "don-vi-2", session.pk)
    assert set(session.directives.all()) == {directive, other}
    page = client.get(answer["Location"]).content.decode()
    assert "Chỉ thị 05-CT/TW" in page
    assert "Báo cáo viên cấp tỉnh" in page


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1.000", 1000),
        ("1 250", 1250),
        (" 12 ", 12),
        ("0", None),
        ("12.5", None),
        ("1.0", None),
        ("١٢", None),
        ("-3", None),
        ("1e3", None),
    ],
)
def test_a_thousand_is_written_with_a_point(text, number):
    form = SizeForm({"members": text, "seen": ""})
    assert form.is_valid() is (number is not None)
    assert form.cleaned_data.get("members") == number


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"held_on": "02-11-2021"}, "Chỉ ghi buổi đã tổ chức"),
        ({"held_on": "20-10-2011"}, "Ngày tổ chức phải trong khoảng năm 2020 đến 2022"),
        ({"held_on": "20-10-20211"}, "errorlist"),
        ({"members_attended": "101"}, "Có mặt 101 mà chỉ mời 100"),
        ({"members_invited": "", "members_attended": ""}, "ít nhất một nhóm"),
        ({"members_invited": "-1"}, "errorlist"),
        ({"members_invited": "99999999999999999999"}, "errorlist"),
        ({"others": "99-CT/TW"}, "Sổ văn bản không có số “99-CT/TW”"),
        ({"others": "\n".join(["05-CT/TW"] * 21)}, "Nhiều nhất 20 văn bản"),
        ({"directives": []}, "Hãy chọn ít nhất một văn bản"),
        ({"directives": ["999999"]}, "errorlist"),
        ({"form": "dance"}, "errorlist"),
    ],
)
def test_wrong_input_keeps_what_was_typed(world, as_, now, more, words):
    year = world.year()
    directive = document(year, issued_on=date(2010, 1, 1))
    send(world, year, directive, 2, now=now)
    response = as_("officer", 2).post(url("record_session", year, "don-vi-2"), typed(directive, place="Hội trường B") | more)
    page = response.content.decode()
    assert response.status_code == 422
    assert words in page
    assert 'value="Hội trường B"' in page
    assert not StudySession.objects.exists()


def test_a_number_that_two_documents_bear_is_told(world, as_, now):
    year = world.year()
    document(year, "12-KH/TU")
    document(year, "12-KH/TU", issued_on=date(2020, 1, 1))
    page = as_("officer", 2).post(url("record_session", year, "don-vi-2"), typed(others="12-KH/TU")).content.decode()
    assert "Có 2 văn bản mang số “12-KH/TU”" in page


def test_two_officers_who_edit_at_once_see_both(world, as_, now):
    year = world.year()
    directive = document(year)
    session = record(world, year, 2, directive, now=now)
    client = as_("officer", 2)
    address = url("edit_session", year, "don-vi-2", session.pk)
    assert 'value="20-10-2021"' in client.get(address).content.decode()
    assert client.post(address, typed(directive, revision="1", place="Hội trường A")).status_code == 302
    page = client.post(address, typed(directive, revision="1", place="Hội trường B")).content.decode()
    assert "Người khác vừa sửa buổi học này" in page
    assert 'value="Hội trường B"' in page
    assert "<dd>Hội trường A</dd>" in page
    assert 'name="revision" value="2"' in page
    session.refresh_from_db()
    assert session.place == "Hội trường A"


def test_removing_wants_a_reason(world, as_, now):
    year = world.year()
    session = record(world, year, 2, document(year), now=now)
    address = url("remove_session", year, "don-vi-2", session.pk)
    client = as_("leader", 2)
    assert "errorlist" in client.post(address, {"reason": "nhầm"}).content.decode()
    page = client.post(address, {"reason": "Ghi trùng với buổi sáng"}, follow=True).content.decode()
    assert "Chưa ghi buổi học tập nào" in page
    assert client.get(address).status_code == 404


def test_the_number_of_members_stands_on_the_units_page(world, as_, now):
    year = world.year()
    client = as_("officer", 2)
    address = url("set_size", year, "don-vi-2")
    page = client.post(address, {"members": "120", "seen": ""}, follow=True).content.decode()
    assert 'value="120"' in page
    wrong = client.post(address, {"members": "0", "seen": "120"})
    assert wrong.status_code == 422
    late = client.post(address, {"members": "130", "seen": "119"}).content.decode()
    assert "Người khác vừa ghi 120 đảng viên" in late
    assert 'value="130"' in late
    assert 'name="seen" value="120"' in late
    assert UnitSize.objects.get().members == 120


def test_a_role_too_weak_gets_a_sentence_and_a_wrong_address_nothing(world, as_, now):
    year = world.year()
    session = record(world, year, 2, document(year), now=now)
    stranger = as_("officer", 3)
    assert stranger.get(url("session", year, "don-vi-2", session.pk)).status_code == 200
    for name, rest in (("record_session", ()), ("edit_session", (session.pk,)), ("remove_session", (session.pk,))):
        assert stranger.get(url(name, year, "don-vi-2", *rest)).status_code == 403
    assert stranger.get(url("list_workbook", year, "don-vi-2", session.pk)).status_code == 403
    assert stranger.post(url("set_size", year, "don-vi-2"), {"members": "1"}).status_code == 403
    for name in ("check_list", "take_list"):
        assert stranger.post(url(name, year, "don-vi-2", session.pk)).status_code == 403
    for name in ("session", "edit_session", "remove_session", "list_workbook"):
        assert stranger.get(url(name, year, "don-vi-3", session.pk)).status_code == 404
    assert stranger.get(url("unit_study", year, "khong-co")).status_code == 404


def test_a_closed_year_is_only_to_be_read(world, as_, now):
    year = world.year()
    session = record(world, year, 2, document(year), now=now)
    ClusterYear.objects.update(stage="closed")
    client = as_("officer", 2)
    page = client.get(url("session", year, "don-vi-2", session.pk)).content.decode()
    assert url("edit_session", year, "don-vi-2", session.pk) not in page
    assert client.get(url("edit_session", year, "don-vi-2", session.pk)).status_code == 409
    assert client.get(url("record_session", year, "don-vi-2")).status_code == 409


def test_the_year_is_a_table_and_a_workbook(world, as_, now):
    year = world.year(illustrative=True)
    client = as_("officer", 2)
    assert "Năm này chưa có buổi học tập, quán triệt nào" in client.get(url("study", year)).content.decode()
    directive = document(year)
    send(world, year, directive, 1, 2, 3, now=now)
    actions.set_size(year=year, unit=world.unit(2), members=120, seen=None, actor=world.officer(2), now=now)
    record(world, year, 2, directive, now=now)
    record(world, year, 3, directive, now=now)
    page = client.get(url("study", year)).content.decode()
    assert '<td class="num">75</td>' in page
    assert "đã học" in page
    assert "1 chưa học" in page
    rows = table(client.get(url("study_workbook", year)).content)
    assert rows[1][0] == "Số liệu minh hoạ"
    assert rows[4] == ["Chỉ thị 05-CT/TW", "chưa học", 75, "đã học", 75, 1]
    assert rows[5][:4] == ["Số buổi trong năm", 0, 1, 1]
    record(world, year, 1, directive, now=now)
    assert "Không còn ô trống" in client.get(url("study", year), {"loc": "con-trong"}).content.decode()


def test_the_units_page_filters_and_its_workbook_too(world, as_, now):
    year = world.year()
    one, two = document(year), document(year, "04-NQ/TW")
    record(world, year, 2, one, now=now)
    record(world, year, 2, two, now=now, form="online", held_on=date(2021, 9, 1), place="Điểm cầu 1")
    client = as_("officer", 3)
    page = client.get(url("unit_study", year, "don-vi-2"), {"van-ban": two.pk}).content.decode()
    assert "01-09-2021" in page
    assert "20-10-2021" not in page
    rows = table(client.get(url("unit_workbook", year, "don-vi-2"), {"hinh-thuc": "online"}).content)
    assert rows[4:] == [["01-09-2021", "Chỉ thị 04-NQ/TW", "Trực tuyến", "Báo cáo viên cấp tỉnh", "Điểm cầu 1", 130, 110, 90, ""]]
    rows = table(client.get(url("unit_workbook", year, "don-vi-2"), {"xep": "cu"}).content)
    assert [row[0] for row in rows[4:]] == ["01-09-2021", "20-10-2021"]
    assert "Không có buổi nào khớp" in client.get(url("unit_study", year, "don-vi-2"), {"hinh-thuc": "mixed"}).content.decode()


def test_a_session_leads_to_where_it_is_cited(world, as_, now, monkeypatch):
    year = world.year()
    session = record(world, year, 2, document(year), now=now)
    asked = []

    def offer(actor, year, unit_id, kind, pk):
        asked.append((unit_id, kind, pk))
        return "/minh-chung/"

    monkeypatch.setattr("thidua.kernel.ports.CITING", [offer])
    assert 'href="/minh-chung/"' in as_("officer", 2).get(url("session", year, "don-vi-2", session.pk)).content.decode()
    assert asked == [(world.unit(2).pk, "study", session.pk)]


# ---- the list of certificates ----


@pytest.mark.parametrize("rows", [1, 3])
def test_the_units_page_costs_the_same_for_any_number_of_sessions(world, as_, now, rows, django_assert_num_queries):
    year = world.year()
    for number in range(rows):
        record(world, year, 2, document(year, f"0{number}-CT/TW"), document(year, f"1{number}-CT/TW"), now=now)
    client = as_("officer", 2)
    client.get(url("unit_study", year, "don-vi-2"))
    with django_assert_num_queries(15):
        assert client.get(url("unit_study", year, "don-vi-2")).status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_the_years_table_costs_the_same_for_any_number_of_documents(world, as_, now, rows, django_assert_num_queries):
    year = world.year()
    for number in range(rows):
        directive = document(year, f"0{number}-CT/TW")
        send(world, year, directive, 1, 2, now=now)
        record(world, year, 1, directive, now=now)
    client = as_("officer", 2)
    client.get(url("study", year))
    with django_assert_num_queries(12):
        assert client.get(url("study", year)).status_code == 200
