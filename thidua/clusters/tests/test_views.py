"""Pages of the year: what each role meets, what a wrong input says, how many queries a list takes."""

import pytest

from thidua.clusters.models import ClusterYear, StageMove
from thidua.kernel.actor import Role

PAGE = "/cum/cum-2/2021/"


@pytest.fixture
def secretary(world, sign_in):
    world.year()
    return sign_in(world.person(Role.HEAD_SECRETARY, world.unit(1)))


def test_the_secretary_sees_what_is_missing_and_where(secretary):
    page = secretary.get(PAGE).content.decode()
    assert "Để chuyển sang “Ký giao ước”" in page
    assert "Chưa đặt hạn cho giai đoạn “Tự chấm điểm”" in page


def test_a_skipped_stage_gets_a_sentence(secretary):
    answer = secretary.post(f"{PAGE}chuyen/", {"stage": "running"})
    assert answer.status_code == 409
    assert "Không thể bỏ qua giai đoạn. Giai đoạn tiếp theo là “Ký giao ước”" in answer.content.decode()


def test_a_stage_that_does_not_exist_gets_a_sentence(secretary):
    assert secretary.post(f"{PAGE}chuyen/", {"stage": "nonsense"}).status_code == 409


def test_wrong_dates_stand_at_their_field_and_stay_typed(secretary):
    answer = secretary.post(f"{PAGE}lich/", {"pledged-starts_on": "12-02-2021", "pledged-due_on": "01-02-2021"}).content.decode()
    assert "Hạn của “Ký giao ước” đang sớm hơn ngày bắt đầu." in answer
    assert 'value="01-02-2021"' in answer


@pytest.mark.parametrize("day", ["01-01-0001", "31-12-1899", "01-01-2201", "31-12-9999"])
def test_a_year_that_is_a_slip_of_the_hand_is_told(secretary, day):
    answer = secretary.post(f"{PAGE}lich/", {"pledged-starts_on": day}).content.decode()
    assert "Năm phải từ 1900 đến 2200" in answer
    assert f'value="{day}"' in answer


def test_dates_that_are_right_are_kept(secretary):
    assert secretary.post(f"{PAGE}lich/", {"pledged-starts_on": "12/2/2021"}).status_code == 302
    assert 'value="12-02-2021"' in secretary.get(f"{PAGE}lich/").content.decode()


@pytest.mark.parametrize("page", ["chuyen/", "lui/", "lich/", "thanh-vien/", "quy-tac/", "nam-sau/"])
def test_a_unit_officer_gets_a_sentence_where_the_secretary_works(world, sign_in, page):
    world.year()
    client = sign_in(world.person(Role.UNIT_OFFICER, world.unit(2)))
    answer = client.get(PAGE + page)
    assert answer.status_code == 403
    assert "Chức vụ của bạn chưa được giao việc này" in answer.content.decode()


def test_the_rules_page_keeps_codes(secretary):
    assert secretary.post(f"{PAGE}quy-tac/", {"tie_break": "I, II.1 ,", "ranking_from": "conference"}).status_code == 302
    assert ClusterYear.objects.get().tie_break == ["I", "II.1"]


@pytest.mark.parametrize("units", [2, 4])
def test_the_board_takes_the_same_queries_for_any_number_of_units(world, sign_in, units, django_assert_num_queries, monkeypatch):
    from thidua.kernel import ports

    for port in ("TABS", "COLUMNS", "PANELS", "WORK"):
        monkeypatch.setattr(ports, port, [])
    world.year(units=units)
    client = sign_in(world.person(Role.UNIT_OFFICER, world.unit(2)))
    with django_assert_num_queries(7):
        assert client.get(PAGE).status_code == 200


def test_the_way_of_the_year_is_shown_when_asked_for(secretary, now):
    assert "Năm chưa chuyển giai đoạn nào" in secretary.get(f"{PAGE}?lich-su=1").content.decode()
    year = ClusterYear.objects.get()
    StageMove.objects.create(year=year, came_from="preparing", stage="pledged", moved_at=now, moved_by="A", reason="Đã ký đủ")
    assert "Đã ký đủ" not in secretary.get(PAGE).content.decode()
    assert "Đã ký đủ" in secretary.get(f"{PAGE}?lich-su=1").content.decode()


def test_the_board_downloads(secretary):
    answer = secretary.get(f"{PAGE}xlsx/")
    assert answer["Content-Type"].endswith("spreadsheetml.sheet")
    assert answer.content.startswith(b"PK")


def test_opening_a_first_year_through_the_pages(world, sign_in, now):
    from thidua.clusters.actions import form_cluster

    body = world.organisation("Ban Tuyen giao", "party_body")
    units = [world.unit(1), world.unit(2)]
    form_cluster(superior_body=body, name_vi="Cụm mới", rotation=units, actor=world.superior(), now=now)
    client = sign_in(world.person(Role.HEAD_SECRETARY, world.unit(1)))
    assert "Mở năm thi đua đầu tiên" in client.get("/cum/").content.decode()
    one = client.post("/cum/cum-moi/mo-nam/", {"year": 2022, "members": [units[0].pk], "head": units[0].pk})
    assert "Một cụm cần ít nhất hai đơn vị." in one.content.decode()
    both = client.post("/cum/cum-moi/mo-nam/", {"year": 2022, "members": [u.pk for u in units], "head": units[0].pk})
    assert both.headers["Location"] == "/cum/cum-moi/2022/"
