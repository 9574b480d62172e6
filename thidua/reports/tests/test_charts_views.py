import re
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from thidua.kernel.actor import Role
from thidua.programmes.models import Indicator, IndicatorFigure, Programme
from thidua.reports.actions import consolidated as actions
from thidua.reports.models import Consolidated, Issue
from thidua.reports.queries import consolidated as queries
from thidua.reports.tests.making import AT, make_period, make_report


@pytest.fixture
def show(world, sign_in):
    """show(year, "?…", by="secretary", number=1) → the page of charts as that person sees it."""
    roles = {"secretary": Role.HEAD_SECRETARY, "officer": Role.UNIT_OFFICER, "delegate": Role.DELEGATE}

    def go(year, query="", by="secretary", number=1):
        client = sign_in(world.person(roles[by], world.unit(number)))
        response = client.get(reverse("reports:charts", args=[year.cluster.slug, year.year]) + query)
        assert response.status_code == 200
        return response.content.decode()

    return go


def indicator(year, unit, values, *, target="98", name="Đảng viên học tập", unit_of_measure="%"):
    programme = Programme.objects.create(
        year=year, unit=unit, kind="plan", title="Kế hoạch", opened_at=AT, opened_by_name="Người soạn"
    )
    made = Indicator.objects.create(
        programme=programme, position=1, name=name, unit_of_measure=unit_of_measure, target=Decimal(target)
    )
    for month, value in enumerate(values, 1):
        IndicatorFigure.objects.create(
            indicator=made, as_of=date(2021, month, 15), value=Decimal(value), recorded_at=AT, recorded_by_name="Người soạn"
        )


def titles(page):
    return re.findall(r'<svg class="chart"[^>]*aria-label="([^"]+)"', page)


def test_an_empty_page_says_what_comes_first(world, show):
    page = show(world.year())
    assert "Chưa có gì để vẽ" in page
    assert "Hãy ghi số liệu chỉ tiêu, hoặc nộp báo cáo trước." in page


def test_an_indicator_is_drawn_with_its_target_and_its_table(world, show):
    year = world.year()
    indicator(year, world.unit(1), ["91", "95.5"])
    page = show(year)
    assert titles(page) == ["Đảng viên học tập"]
    assert page.count('href="#mark-circle"') == 2
    assert "Chỉ tiêu 98" in page
    assert '15-02-2021</th><td class="num">95,5</td>' in page
    assert "Trục đứng không bắt đầu từ 0." in page


def test_targets_that_differ_stand_in_the_table_only(world, show):
    year = world.year()
    indicator(year, world.unit(1), ["91"], target="98")
    indicator(year, world.unit(2), ["92"], target="95")
    page = show(year)
    assert titles(page) == ["Đảng viên học tập"]
    assert "chart-target" not in page
    assert '<td class="num">98</td><td class="num">95</td>' in page


def test_units_and_measures_are_chosen_in_the_address(world, show):
    year = world.year()
    indicator(year, world.unit(1), ["91"])
    indicator(year, world.unit(2), ["92"], name="Tin, bài", unit_of_measure="bài")
    assert titles(show(year)) == ["Đảng viên học tập", "Tin, bài"]
    assert titles(show(year, "?muc=ct-tin-bai-bai")) == ["Tin, bài"]
    assert titles(show(year, "?don-vi=don-vi-1")) == ["Đảng viên học tập"]
    page = show(year, "?don-vi=don-vi-1&muc=ct-tin-bai-bai")
    assert "Không có số liệu cho lựa chọn này" in page


def test_the_cluster_is_drawn_first_and_says_how_many_units_gave(world, show):
    year = world.year()
    period = make_period(year)
    make_report(period, world.unit(1), ["10", "90"])
    make_report(period, world.unit(2), ["5", "80"])
    page = show(year)
    assert titles(page) == ["Buổi học tập", "Đảng viên học tập"]
    assert "Cả cụm, Quý III (2/3): 15" in page
    assert "Cả cụm, Quý III (2/3): 85" in page
    page = show(year, "?don-vi=don-vi-2&muc=bc-buoi-hoc-tap-buoi")
    assert "Don vi 2, Quý III: 5" in page
    assert "Cả cụm, Quý" not in page


def test_a_unit_sees_itself_and_of_the_others_only_what_was_issued(world, show, now):
    year = world.year()
    period = make_period(year)
    make_report(period, world.unit(1), ["10", "90"])
    make_report(period, world.unit(2), ["5", "80"])
    indicator(year, world.unit(1), ["91"])
    page = show(year, by="officer", number=2)
    assert "Don vi 2, Quý III: 5" in page
    assert "Cả cụm, Quý" not in page
    assert "Don vi 1" not in re.sub(r"<details class=\"menu\">.*?</details>", "", page, flags=re.S)
    draft = actions.open_consolidated(period=period, actor=world.secretary(), now=now)
    Consolidated.objects.update(assessment="x", directions="y")
    draft.refresh_from_db()
    seen = queries.fingerprint_of(queries.draft_of(draft))
    values = {"number_text": "15-BC/CTĐ", "issued_on": date(2021, 10, 20), "seen": seen}
    actions.issue_consolidated(consolidated=draft, **values, actor=world.secretary(), now=now)
    assert "Cả cụm, Quý III (2/3): 15" in show(year, by="officer", number=2)
    assert "Cả cụm, Quý III (2/3): 15" in show(year, by="delegate", number=3)
    Issue.objects.update(reopened_at=now, reopen_reason="Thiếu số liệu")
    assert "Cả cụm, Quý" not in show(year, by="delegate", number=3)


def test_more_units_than_can_be_told_apart_are_in_the_table(world, show):
    year = world.year(units=8)
    for number in range(1, 9):
        indicator(year, world.unit(number), [str(80 + number)])
    page = show(year)
    assert page.count('<g class="series-') == 6
    assert "Còn 2 đơn vị chỉ có trong bảng" in page
    assert 'class="num">Don vi 8</th>' in page


def test_many_charts_stand_on_pages_that_keep_the_filters(world, show):
    year = world.year()
    for number in range(9):
        indicator(year, world.unit(1), ["3"], name=f"Chỉ tiêu {number}")
    page = show(year, "?kieu=cot")
    assert len(titles(page)) == 8
    assert 'href="?kieu=cot&amp;trang=2"' in page
    assert len(titles(show(year, "?kieu=cot&trang=2"))) == 1


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_takes_the_same_queries_for_one_row_and_for_three(world, sign_in, rows, django_assert_num_queries):
    year = world.year(units=rows)
    period = make_period(year)
    for number in range(1, rows + 1):
        make_report(period, world.unit(number), ["10", "90"])
        indicator(year, world.unit(number), ["91", "92", "93"][:rows])
    client = sign_in(world.person(Role.HEAD_SECRETARY, world.unit(1)))
    address = reverse("reports:charts", args=[year.cluster.slug, year.year])
    client.get(address)
    with django_assert_num_queries(12):
        client.get(address)
