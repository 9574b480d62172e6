"""Pages of rounds: the grid, a round's list, a unit's collaborators, setting and changing."""

from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from thidua.clusters.models import ClusterYear
from thidua.kernel.actor import Role
from thidua.rapporteurs.models import Round
from thidua.rapporteurs.queries.round_grid import open_words
from thidua.rapporteurs.queries.rounds import topics_of
from thidua.rapporteurs.tests.making_rounds import make_collaborator, make_report, make_round, make_topic


@pytest.fixture(autouse=True)
def _today(monkeypatch, now):
    monkeypatch.setattr("django.utils.timezone.now", lambda: now)


@pytest.fixture
def year(world):
    return world.year()


@pytest.fixture
def secretary(world, year, sign_in):
    return sign_in(world.person(Role.HEAD_SECRETARY, world.unit(1)))


def url(name, year, *rest):
    return reverse(f"rapporteurs:{name}", args=[year.cluster.slug, year.year, *rest])


def sheet(response):
    return CalamineWorkbook.from_filelike(BytesIO(response.content)).get_sheet_by_index(0).to_python(skip_empty_area=False)


def typed(**values):
    days = {"title": "Dư luận về dịch", "starts_on": "01-10-2021", "ends_on": "31-10-2021", "due_on": "05-11-2021"}
    return days | {"rhythm": "ad_hoc"} | values


def test_an_empty_year_says_what_to_do_first(world, year, secretary, sign_in):
    page = secretary.get(url("rounds", year)).content.decode()
    assert "Việc đầu tiên là đặt các kỳ" in page
    assert url("lay_out_rounds", year) in page
    page = sign_in(world.person(Role.UNIT_OFFICER, world.unit(2))).get(url("rounds", year)).content.decode()
    assert "Cụm trưởng đặt các kỳ báo cáo" in page
    assert url("lay_out_rounds", year) not in page


def test_the_year_is_laid_out_on_one_page_and_twice_adds_nothing(year, secretary):
    sent = {"rhythm": "quarterly", "days": "10"}
    assert secretary.post(url("lay_out_rounds", year), sent).status_code == 302
    assert [one.due_on for one in Round.objects.all()] == [
        date(2021, 4, 10), date(2021, 7, 10), date(2021, 10, 10), date(2022, 1, 10),
    ]  # fmt: skip
    again = secretary.post(url("lay_out_rounds", year), sent)
    assert again.status_code == 422
    assert "đã có đủ các kỳ" in again.content.decode()
    wrong = secretary.post(url("lay_out_rounds", year), {"rhythm": "monthly", "days": "99"})
    assert wrong.status_code == 422
    assert 'value="99"' in wrong.content.decode()
    assert Round.objects.count() == 4


def test_a_wrong_day_keeps_everything_typed(year, secretary):
    topic, other = make_topic(year), make_topic(year, "Chuyển đổi số")
    response = secretary.post(url("new_round", year), typed(due_on="30-10-2021", topics=[topic.pk]))
    page = response.content.decode()
    assert response.status_code == 422
    assert "Hạn nộp phải từ ngày cuối kỳ (31-10-2021)" in page
    assert 'value="Dư luận về dịch"' in page
    assert page.count("checked") == 1
    assert secretary.post(url("new_round", year), typed(topics=[topic.pk])).status_code == 302
    assert topics_of(Round.objects.get()) == [topic]
    assert other not in topics_of(Round.objects.get())


def test_the_form_proposes_this_month(year, secretary):
    page = secretary.get(url("new_round", year)).content.decode()
    assert 'value="Báo cáo cộng tác viên tháng 11 năm 2021"' in page
    assert 'value="05-12-2021"' in page
    page = secretary.get(url("new_round", year) + "?ky=quarterly:2").content.decode()
    assert 'value="Báo cáo cộng tác viên quý II năm 2021"' in page
    assert secretary.get(url("new_round", year) + "?ky=quarterly:7").status_code == 409
    assert 'value="ad_hoc" selected' in secretary.get(url("new_round", year) + "?ky=ad_hoc").content.decode()


def test_a_due_day_moves_with_a_reason_and_a_clash_is_shown(year, secretary):
    asked = make_round(year)
    sent = typed(title=asked.title, due_on="10-11-2021", reason="", revision="1")
    page = secretary.post(url("edit_round", year, asked.pk), sent).content.decode()
    assert "Hãy ghi lý do" in page
    assert 'value="10-11-2021"' in page
    sent["reason"] = "Gia hạn do đợt dịch kéo dài"
    assert secretary.post(url("edit_round", year, asked.pk), sent).status_code == 302
    response = secretary.post(url("edit_round", year, asked.pk), sent | {"title": "Của người khác"})
    page = response.content.decode()
    assert response.status_code == 422
    assert "Bản đang lưu" in page
    assert 'value="Của người khác"' in page
    assert 'name="revision" value="2"' in page


def test_a_round_is_removed_by_a_button_that_goes_once_something_is_sent(world, year, secretary):
    asked, other = make_round(year), make_round(year, "Kỳ khác")
    make_report(other, make_collaborator(world.unit(2)))
    assert url("remove_round", year, asked.pk) in secretary.get(url("round", year, asked.pk)).content.decode()
    assert url("remove_round", year, other.pk) not in secretary.get(url("round", year, other.pk)).content.decode()
    page = secretary.post(url("remove_round", year, other.pk), follow=True).content.decode()
    assert "nên không xoá được" in page
    assert secretary.post(url("remove_round", year, asked.pk)).status_code == 302
    assert list(Round.objects.all()) == [other]


def _corps(world, year):
    """October: unit 2 has sent one of two, late; unit 3 has sent all; September is past due and nobody of unit 2 has sent it."""
    september = make_round(
        year, "Báo cáo cộng tác viên tháng 9 năm 2021", starts_on=date(2021, 9, 1), ends_on=date(2021, 9, 30),
        due_on=date(2021, 10, 5),
    )  # fmt: skip
    october = make_round(year)
    first, second = (make_collaborator(world.unit(2), name) for name in ("An", "Bình"))
    third = make_collaborator(world.unit(3), "Cúc")
    make_report(october, first, late=2)
    make_report(october, third)
    make_report(september, third, late=1)
    return september, october, first, second, third


def test_the_grid_tells_who_has_sent(world, year, secretary):
    _corps(world, year)
    page = secretary.get(url("rounds", year)).content.decode()
    assert "1/2, 1 chậm, còn 4 ngày" in page
    assert "0/2, quá 27 ngày" in page
    assert page.index("Tháng 10") < page.index("Tháng 9")
    late = secretary.get(url("rounds", year) + "?tinh-trang=late&loai=monthly").content.decode()
    assert "Don vi 2" in late
    missing = secretary.get(url("rounds", year) + "?tinh-trang=missing").content.decode()
    assert f'href="{url("round_unit", year, "don-vi-2")}"' in missing
    assert f'href="{url("round_unit", year, "don-vi-3")}"' not in missing
    assert "Không có gì khớp" in secretary.get(url("rounds", year) + "?loai=quarterly").content.decode()


def test_the_grid_as_a_sheet(world, year, secretary):
    _corps(world, year)
    rows = sheet(secretary.get(url("rounds_workbook", year)))
    assert rows[3] == ["Đơn vị", "Tháng 10\nhạn 05-11-2021", "Tháng 9\nhạn 05-10-2021"]
    assert rows[5] == ["Don vi 2", "1/2, 1 chậm, còn 4 ngày", "0/2, quá 27 ngày"]
    assert rows[-1] == ["Đã gửi", "2/3", "1/3"]


def test_a_round_lists_who_has_sent(world, year, secretary):
    september, october, *_people = _corps(world, year)
    page = secretary.get(url("round", year, october.pk)).content.decode()
    assert "<b>2/3</b>" in page
    assert "chậm 2 ngày" in page
    assert "còn 4 ngày" in page
    page = secretary.get(url("round", year, september.pk) + "?tinh-trang=missing&don-vi=don-vi-2").content.decode()
    assert "chưa gửi, quá 27 ngày" in page
    assert "Cúc" not in page
    rows = sheet(secretary.get(url("round_workbook", year, september.pk) + "?tinh-trang=missing"))
    assert [row[1] for row in rows[4:]] == ["An", "Bình"]


def test_a_unit_shows_its_collaborators_over_a_quarter(world, year, secretary):
    _corps(world, year)
    here = url("round_unit", year, "don-vi-3")
    page = secretary.get(here).content.decode()
    assert "Tháng 10" in page
    assert "Tháng 9" not in page
    rows = sheet(secretary.get(url("round_unit_workbook", year, "don-vi-3") + "?quy=nam"))
    assert rows[4] == ["Cúc", "Công chức", "chậm 1 ngày", "đúng hạn", 2, 2, 1]
    rows = sheet(secretary.get(url("round_unit_workbook", year, "don-vi-2") + "?quy=3"))
    assert [row[2:] for row in rows[4:]] == [["chưa gửi, quá 27 ngày", 1, 0, 0]] * 2
    assert "Không có kỳ báo cáo nào kết thúc" in secretary.get(here + "?quy=1").content.decode()
    assert "chưa có cộng tác viên" in secretary.get(url("round_unit", year, "don-vi-1")).content.decode()
    assert secretary.get(url("round_unit", year, "khong-co")).status_code == 404


def test_a_day_of_another_year_is_said_with_its_year():
    assert open_words(-40, date(2022, 1, 5), 2021) == "hạn 05-01-2022"
    assert open_words(-40, date(2021, 12, 5), 2021) == "hạn 05-12"
    assert open_words(0, date(2021, 12, 5), 2021) == "hạn hôm nay"


def test_a_round_of_another_year_is_not_here(world, year, secretary):
    asked = make_round(year)
    other = world.year(2020)
    for name in ("round", "edit_round", "round_workbook"):
        assert secretary.get(url(name, other, asked.pk)).status_code == 404
    assert secretary.post(url("remove_round", other, asked.pk)).status_code == 404


def test_in_a_closed_year_nothing_is_offered(world, year, secretary):
    asked = make_round(year)
    ClusterYear.objects.update(stage="closed")
    assert url("edit_round", year, asked.pk) not in secretary.get(url("round", year, asked.pk)).content.decode()
    assert secretary.get(url("new_round", year)).status_code == 409


@pytest.mark.parametrize("count", [1, 3])
def test_pages_ask_a_constant_number_of_queries(world, secretary, count, django_assert_num_queries):
    year = ClusterYear.objects.get()
    for number in range(count):
        asked = make_round(year, f"Kỳ {number}")
        make_topic(year, f"Chủ đề {number}")
    for number in range(count):
        member = make_collaborator(world.unit(2), f"Người {number}")
        make_report(asked, member)
        make_collaborator(world.unit(3), f"Người {number}")
    secretary.get(url("rounds", year))
    with django_assert_num_queries(11):
        secretary.get(url("rounds", year))
    with django_assert_num_queries(14):
        secretary.get(url("round", year, asked.pk))
    with django_assert_num_queries(11):
        secretary.get(url("round_unit", year, "don-vi-2"))
