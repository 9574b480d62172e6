"""What reminders say of reports that have not come."""

from datetime import date

import pytest

from thidua.clusters.access import member_ids
from thidua.kernel import ports
from thidua.reports import actions, queries

TODAY = date(2021, 11, 1)


def lines(year, today=TODAY):
    return {unit: found for owed in queries.owed(year, today) for unit, found in owed.lines.items()}


def test_a_report_is_owed_from_seven_days_before_its_day_until_it_is_submitted(world, period_of, submitted, opened):
    year = world.year()
    period = period_of(year, due_on=date(2021, 11, 8))
    period_of(year, title="Chưa đến", due_on=date(2021, 11, 9))
    assert lines(year, date(2021, 10, 31)) == {}
    submitted(period, 3)
    opened(period, 2)
    assert lines(year) == {world.unit(n).pk: ["Báo cáo tháng 10 năm 2021 (hạn 08-11-2021)"] for n in (1, 2)}
    (owed,) = queries.owed(year, date(2021, 11, 8))
    assert (str(owed.title), owed.heading.format(n=2)) == ("Báo cáo chưa nộp", "Chưa nộp 2 báo cáo:")


def test_what_is_late_or_was_sent_back_says_so_the_first_due_first(world, period_of, submitted, now):
    year = world.year()
    report = submitted(period_of(year, due_on=date(2021, 11, 20)), 2)
    period_of(year, title="Báo cáo quý III", due_on=date(2021, 10, 31))
    assert lines(year)[world.unit(2).pk] == ["Báo cáo quý III (hạn 31-10-2021, quá 1 ngày)"]
    actions.return_report(report=report, reason="Thiếu số liệu của chi bộ", actor=world.secretary(), now=now)
    assert lines(year)[world.unit(2).pk][1] == "Báo cáo tháng 10 năm 2021 (hạn 20-11-2021, bị trả lại để sửa)"


def test_it_is_wired_to_the_reminders():
    assert queries.owed in ports.OWED


@pytest.mark.parametrize("periods", [1, 3])
def test_it_takes_one_query(world, period_of, submitted, periods, django_assert_num_queries):
    year = world.year()
    for number in range(periods):
        submitted(period_of(year, title=f"Kỳ {number}", kind="ad_hoc"), 3)
    unit = world.unit(2).pk
    member_ids(year)
    with django_assert_num_queries(1):
        assert len(lines(year)[unit]) == periods
