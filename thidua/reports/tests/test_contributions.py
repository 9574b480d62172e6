"""What reports show on other pages: the tab, the board's column, what waits for whom."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from thidua.clusters.access import member_ids
from thidua.kernel.actor import Role
from thidua.reports import actions, queries
from thidua.reports.queries.contributions import MOST_WORK


def titles(actor, now):
    return [str(work.title) for work in queries.work(actor, now)]


def test_everyone_who_sees_the_year_has_the_tab(world):
    year = world.year()
    [tab] = queries.tabs(world.officer(2), year)
    assert (tab.key, str(tab.title), tab.url) == ("reports", "Báo cáo", "/cum/cum-2/2021/bao-cao/")


def test_a_report_waits_for_its_unit_until_it_is_submitted_and_then_for_the_head(world, period_of, opened, written, now):
    year = world.year()
    period = period_of(year)
    period_of(year, title="Xa", due_on=(now + timedelta(days=40)).date())
    assert titles(world.officer(2), now) == ["Soạn: Báo cáo tháng 10 năm 2021"]
    assert queries.work(world.officer(2), now)[0].due_on == date(2021, 11, 5)
    opened(period)
    assert titles(world.leader(2), now) == ["Soạn: Báo cáo tháng 10 năm 2021"]
    report = written(period)
    assert titles(world.leader(2), now) == ["Xem và nộp: Báo cáo tháng 10 năm 2021"]
    assert titles(world.officer(2), now) == ["Soạn: Báo cáo tháng 10 năm 2021"]
    assert titles(world.secretary(), now) == []
    actions.submit_report(report=report, revision=report.revision, actor=world.leader(2), now=now)
    assert titles(world.leader(2), now) == []
    [work] = [work for work in queries.work(world.secretary(), now) if "Tiếp nhận" in str(work.title)]
    assert (str(work.title), work.place) == ("Tiếp nhận: Báo cáo tháng 10 năm 2021", "Don vi 2")
    actions.return_report(report=report, reason="Thiếu số liệu của chi bộ", actor=world.secretary(), now=now)
    assert titles(world.officer(2), now) == ["Sửa và nộp lại: Báo cáo tháng 10 năm 2021"]
    assert "Tiếp nhận" not in " ".join(titles(world.secretary(), now))
    assert titles(world.officer(3), now) == ["Soạn: Báo cáo tháng 10 năm 2021"]


def test_a_whole_report_waits_for_its_leader_however_far_the_due_day(world, period_of, opened, written, now):
    period = period_of(world.year(), due_on=(now + timedelta(days=40)).date())
    opened(period)
    assert titles(world.leader(2), now) == []
    written(period)
    assert titles(world.leader(2), now) == ["Xem và nộp: Báo cáo tháng 10 năm 2021"]
    assert [titles(actor, now) for actor in (world.officer(2), world.leader(3))] == [[], []]


def test_an_overdue_report_waits_on_but_not_in_a_closed_year(world, period_of):
    year = world.year()
    period_of(year)
    later = datetime(2022, 3, 1, tzinfo=UTC)
    assert titles(world.officer(2), later) == ["Soạn: Báo cáo tháng 10 năm 2021"]
    year.stage = "closed"
    year.save()
    assert titles(world.officer(2), later) == []


def test_what_waits_does_not_flood(world, period_of, now):
    year = world.year()
    for number in range(MOST_WORK + 3):
        period_of(year, title=f"Kỳ {number}", kind="ad_hoc")
    found = queries.work(world.officer(2), now)
    assert len(found) == MOST_WORK + 1
    assert (str(found[-1].title), found[-1].url) == ("và 3 báo cáo khác", "/cum/cum-2/2021/bao-cao/")


@pytest.mark.parametrize("periods", [1, 3])
def test_what_waits_takes_two_queries(world, period_of, submitted, now, periods, django_assert_num_queries):
    year = world.year()
    for number in range(periods):
        period = period_of(year, title=f"Kỳ {number}", kind="ad_hoc")
        submitted(period, 3)
    officer, secretary = world.officer(2), world.secretary()
    with django_assert_num_queries(1):
        assert len(queries.work(officer, now)) == periods
    with django_assert_num_queries(2):
        queries.work(secretary, now)


@pytest.mark.parametrize("units", [1, 3])
def test_the_board_shows_the_period_due_last(world, period_of, submitted, units, django_assert_num_queries):
    year = world.year()
    today = timezone.localdate()
    period_of(year, title="Cũ", kind="ad_hoc")
    period = period_of(year)
    period.due_on = today - timedelta(days=3)
    period.save()
    later = period_of(year, title="Sau", kind="ad_hoc")
    later.due_on = today + timedelta(days=30)
    later.save()
    for number in range(1, units + 1):
        submitted(period, number, at=timezone.now() - timedelta(days=1))
    officer = world.officer(2)
    member_ids(year)
    with django_assert_num_queries(1):
        [column] = queries.columns(officer, year)
    assert str(column.title) == "Báo cáo tháng 10"
    assert str(column.cells[world.unit(1).pk].text) == "chậm 2 ngày, chờ nhận"
    expected = "chậm 2 ngày, chờ nhận" if units == 3 else "chưa nộp, trễ 3 ngày"
    assert str(column.cells[world.unit(3).pk].text) == expected


def test_a_year_without_periods_has_no_column(world):
    assert queries.columns(world.actor(Role.AUDITOR, world.organisation("Kiem tra")), world.year()) == []
