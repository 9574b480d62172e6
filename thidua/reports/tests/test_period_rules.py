"""What a period covers, when it is due, what it asks for; what came late."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua.kernel.errors import Refused
from thidua.reports.rules import periods as rules
from thidua.reports.rules.lateness import Standing, day_in, days_late, lateness, standing
from thidua.reports.rules.periods import DueRule, ItemValue, Span

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
DUE = date(2021, 11, 5)


@pytest.mark.parametrize(
    ("kind", "number", "title", "span"),
    [
        ("month", 3, "Báo cáo tháng 3 năm 2021", Span(date(2021, 3, 1), date(2021, 3, 31))),
        ("month", 2, "Báo cáo tháng 2 năm 2021", Span(date(2021, 2, 1), date(2021, 2, 28))),
        ("quarter", 4, "Báo cáo quý IV năm 2021", Span(date(2021, 10, 1), date(2021, 12, 31))),
        ("mid_year", 1, "Báo cáo 6 tháng đầu năm 2021", Span(date(2021, 1, 1), date(2021, 6, 30))),
        ("year", 1, "Báo cáo năm 2021", Span(date(2021, 1, 1), date(2021, 12, 31))),
    ],
)
def test_a_kind_proposes_title_and_span(kind, number, title, span):
    assert rules.proposal(kind, 2021, number) == rules.Proposal(title, span)


@pytest.mark.parametrize(("kind", "number"), [("month", 0), ("month", 13), ("quarter", 5), ("ad_hoc", 1), ("nonsense", 1)])
def test_there_is_no_thirteenth_month(kind, number):
    with pytest.raises(Refused, match=r"reports\.no_such_period"):
        rules.proposal(kind, 2021, number)


@given(st.sampled_from(["month", "quarter", "year"]), st.integers(1900, 2200))
def test_periods_of_a_kind_cover_the_year_without_gap_or_overlap(kind, year):
    spans = [proposed.span for proposed in rules.proposals(kind, year)]
    assert (spans[0].starts_on, spans[-1].ends_on) == (date(year, 1, 1), date(year, 12, 31))
    assert all(after.starts_on - before.ends_on == timedelta(days=1) for before, after in pairwise(spans))


@pytest.mark.parametrize(
    ("rule", "ends_on", "due"),
    [
        (DueRule(5), date(2021, 3, 31), date(2021, 4, 5)),
        (DueRule(0), date(2021, 3, 31), date(2021, 3, 31)),
        (DueRule(5, day_of_month=True), date(2021, 12, 31), date(2022, 1, 5)),
        (DueRule(31, day_of_month=True), date(2021, 1, 31), date(2021, 2, 28)),
        (DueRule(31, day_of_month=True), date(2024, 1, 31), date(2024, 2, 29)),
    ],
)
def test_a_rule_says_the_due_day(rule, ends_on, due):
    assert rule.day_after(ends_on) == due


@given(st.integers(0, 60), st.booleans(), st.dates(date(1900, 1, 1), date(2199, 1, 1)))
def test_no_rule_makes_a_report_due_before_its_span_ends(number, day_of_month, ends_on):
    rule = DueRule(max(1, min(number, 31)) if day_of_month else number, day_of_month)
    rules.check_rule(rule)
    assert rule.day_after(ends_on) >= ends_on


@pytest.mark.parametrize("rule", [DueRule(-1), DueRule(61), DueRule(0, True), DueRule(32, True)])
def test_a_rule_beyond_its_bounds_is_refused(rule):
    with pytest.raises(Refused, match=r"reports\.due_rule"):
        rules.check_rule(rule)


@pytest.mark.parametrize(
    ("days", "code"),
    [
        ((date(2021, 3, 31), date(2021, 3, 1), date(2021, 4, 5)), "span_reversed"),
        ((date(2021, 3, 1), date(2021, 3, 31), date(2021, 3, 30)), "due_before_end"),
        ((date(2021, 3, 1), date(2021, 3, 31), date(2201, 4, 5)), "days_outside"),
        ((date(2012, 3, 1), date(2021, 3, 31), date(2021, 4, 5)), "days_outside"),
    ],
)
def test_days_that_make_no_sense_are_refused(days, code):
    with pytest.raises(Refused, match=rf"reports\.{code}"):
        rules.check_days(2021, *days)


def test_a_year_that_runs_from_december_to_november_is_taken():
    rules.check_days(2021, date(2020, 12, 1), date(2021, 11, 30), date(2021, 11, 30))


@pytest.mark.parametrize(
    ("items", "code"),
    [
        ([], "no_items"),
        ([ItemValue("figure", f"Mục {n}") for n in range(61)], "too_many_items"),
        ([ItemValue("figure", "Một"), ItemValue("figure", "  ")], "item_empty"),
        ([ItemValue("figure", "Kết quả"), ItemValue("narrative", "KẾT  QUẢ")], "item_twice"),
        ([ItemValue("narrative", "Kết quả", source="directives.sessions")], "source_sort"),
        ([ItemValue("figure", "Việc xong", source="programmes.done_list")], "source_sort"),
    ],
)
def test_items_that_cannot_stand_are_refused(items, code):
    with pytest.raises(Refused, match=rf"reports\.{code}"):
        rules.check_items(items)


def test_words_of_items_are_trimmed_and_a_narrative_has_no_measure():
    item = rules.check_items([ItemValue("narrative", "  Kết   quả ", "lớp", "directives.session_list", hint=" gợi ý ")])
    assert item == [ItemValue("narrative", "Kết quả", "", "directives.session_list", hint="gợi ý")]


def test_the_proposed_template_passes_its_own_check():
    assert rules.check_items(rules.PROPOSED) == list(rules.PROPOSED)


@pytest.mark.parametrize("reason", ["", "   ", "gia hạn", "1234567890!!"])
def test_a_reason_needs_ten_letters(reason):
    with pytest.raises(Refused, match=r"reports\.reason_too_short"):
        rules.check_reason(reason)


@pytest.mark.parametrize(
    ("moment", "late"),
    [
        (datetime(2021, 11, 5, 16, 59, 59, tzinfo=UTC), 0),  # 23:59:59 of the due day in Vietnam
        (datetime(2021, 11, 5, 17, 0, tzinfo=UTC), 1),  # midnight: the day after
        (datetime(2021, 11, 6, 16, 59, 59, tzinfo=UTC), 1),
        (datetime(2021, 11, 6, 17, 0, tzinfo=UTC), 2),
        (datetime(2021, 10, 1, 0, 0, tzinfo=UTC), 0),
        (datetime(2021, 12, 5, 3, 0, tzinfo=UTC), 30),
    ],
)
def test_days_late_are_whole_days_in_the_time_zone_of_the_installation(moment, late):
    assert days_late(moment, DUE, HANOI) == late


@given(st.integers(-(10**9), 5 * 10**9).map(lambda seconds: datetime.fromtimestamp(seconds, UTC)), st.integers(0, 2000))
def test_days_late_is_never_negative_and_grows_by_one_a_day(moment, days):
    late = days_late(moment, DUE, HANOI)
    assert late >= 0
    assert (late == 0) == (day_in(moment, HANOI) <= DUE)
    if late:
        assert days_late(moment + timedelta(days=days), DUE, HANOI) == late + days


@pytest.mark.parametrize(
    ("status", "late", "today", "expected"),
    [
        ("accepted", 0, date(2021, 12, 1), Standing("accepted", 0, "ok")),
        ("submitted", 2, date(2021, 12, 1), Standing("submitted", 2, "due")),
        ("returned", 0, date(2021, 11, 4), Standing("returned", 0, "late")),
        ("drafting", None, date(2021, 11, 6), Standing("drafting", 1, "late")),
        ("", None, date(2021, 11, 5), Standing("absent", 0, "due")),
        ("", None, date(2021, 10, 22), Standing("absent", -14, "due")),
        ("", None, date(2021, 10, 21), Standing("absent", -15, "wait")),
    ],
)
def test_a_unit_stands_at_a_period(status, late, today, expected):
    assert standing(status, late, DUE, today) == expected


@pytest.mark.parametrize(
    ("status", "late", "today", "expected"),
    [
        ("", None, date(2021, 11, 5), None),
        ("", None, date(2021, 11, 8), 3),
        ("drafting", None, date(2021, 11, 8), 3),
        ("returned", 2, date(2021, 12, 31), 2),
        ("accepted", 0, date(2021, 12, 31), 0),
        ("submitted", 0, date(2021, 10, 31), 0),
    ],
)
def test_lateness_for_scoring_is_that_of_the_first_submission(status, late, today, expected):
    assert lateness(status, late, DUE, today) == expected


@pytest.mark.parametrize(
    ("status", "late", "returned_on", "today", "expected"),
    [
        ("returned", 0, date(2021, 11, 3), date(2021, 11, 5), 0),
        ("returned", 0, date(2021, 11, 3), date(2021, 11, 8), 3),
        ("returned", 0, date(2021, 11, 10), date(2021, 11, 10), 0),
        ("returned", 0, date(2021, 11, 10), date(2021, 12, 31), 51),
        ("returned", 4, date(2021, 11, 10), date(2021, 11, 12), 4),
        ("returned", 4, date(2021, 11, 10), date(2021, 11, 15), 5),
        ("submitted", 0, date(2021, 11, 10), date(2021, 12, 31), 0),
    ],
)
def test_a_report_sent_back_and_never_submitted_again_is_late_until_today(status, late, returned_on, today, expected):
    assert lateness(status, late, DUE, today, returned_on) == expected


@pytest.mark.parametrize(
    ("title", "short"),
    [
        ("Báo cáo tháng 3 năm 2021", "Tháng 3"), ("Báo cáo quý IV năm 2021", "Quý IV"), ("Báo cáo năm 2021", "Năm 2021"),
        ("Báo cáo tháng 12 năm 2020", "Tháng 12 năm 2020"), ("Phòng, chống dịch", "Phòng, chống dịch"),
    ],
)  # fmt: skip
def test_a_title_is_short_where_the_year_is_known(title, short):
    assert rules.short_title(title, 2021) == short
