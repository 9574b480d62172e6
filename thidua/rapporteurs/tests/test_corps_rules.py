from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua.kernel.errors import Refused
from thidua.rapporteurs.rules import corps as rules
from thidua.rapporteurs.rules.corps import Span, State

TODAY = date(2021, 11, 1)
DAYS = st.dates(date(1950, 1, 1), date(2150, 12, 31))
SPANS = st.builds(lambda start, days: Span(start, start + timedelta(days)), DAYS, st.integers(0, 3650))


def span(first, last, decision=""):
    return Span(date.fromisoformat(first), date.fromisoformat(last), decision)


@pytest.mark.parametrize(
    ("starts", "months", "ends"),
    [
        ("2021-01-01", 24, "2022-12-31"),
        ("2021-03-15", 12, "2022-03-14"),
        ("2021-08-31", 6, "2022-02-28"),
        ("2023-08-30", 6, "2024-02-29"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2021-12-01", 1, "2021-12-31"),
        ("2020-01-01", 120, "2029-12-31"),
    ],
)
def test_a_number_of_months_gives_the_last_day(starts, months, ends):
    assert rules.end_of(date.fromisoformat(starts), months) == date.fromisoformat(ends)


@pytest.mark.parametrize("months", [0, -1, 121, 200])
def test_no_term_of_no_months_or_of_two_hundred(months):
    with pytest.raises(Refused, match="months_out_of_range"):
        rules.end_of(TODAY, months)


@given(DAYS, st.integers(1, rules.MOST_MONTHS))
def test_the_months_of_a_term_are_found_again(start, months):
    end = rules.end_of(start, months)
    assert start <= end
    found = rules.months_of(Span(start, end))
    assert found is not None
    assert rules.end_of(start, found) == end


@given(DAYS, st.integers(1, rules.MOST_MONTHS - 1))
def test_more_months_end_later(start, months):
    assert rules.end_of(start, months) < rules.end_of(start, months + 1)


@pytest.mark.parametrize(
    ("months", "ends_on", "code"),
    [
        (None, None, "term_without_end"),
        (24, date(2023, 1, 1), "term_two_ends"),
        (None, date(2021, 10, 31), "term_ends_before_start"),
        (None, date(2031, 11, 1), "term_too_long"),
        (0, None, "months_out_of_range"),
    ],
)
def test_an_end_that_cannot_be_meant_is_told(months, ends_on, code):
    with pytest.raises(Refused, match=code):
        rules.settled_end(TODAY, months, ends_on)


def test_months_or_a_day_or_both_that_agree():
    end = date(2023, 10, 31)
    assert rules.settled_end(TODAY, 24, None) == end
    assert rules.settled_end(TODAY, None, end) == end
    assert rules.settled_end(TODAY, 24, end) == end


@given(SPANS, SPANS)
def test_two_spans_meet_when_a_day_lies_in_both(one, other):
    assert one.meets(other) == other.meets(one)
    latest_start = max(one.starts_on, other.starts_on)
    assert one.meets(other) == (one.covers(latest_start) and other.covers(latest_start))


def test_terms_of_one_member_never_have_a_day_in_common():
    kept = span("2020-01-01", "2021-12-31", "05-QĐ/TU")
    with pytest.raises(Refused) as refused:
        rules.check_term(span("2021-12-31", "2023-12-30"), [kept], decided_on=TODAY, today=TODAY)
    assert refused.value.code == "rapporteurs.terms_meet"
    assert refused.value.facts["decision"] == "05-QĐ/TU"
    rules.check_term(span("2022-01-01", "2023-12-31"), [kept], decided_on=TODAY, today=TODAY)


def test_no_decision_of_tomorrow():
    with pytest.raises(Refused, match="decided_in_future"):
        rules.check_term(span("2022-01-01", "2022-12-31"), [], decided_on=date(2021, 11, 2), today=TODAY)


@pytest.mark.parametrize(
    ("terms", "left_on", "state", "days"),
    [
        ([("2021-01-01", "2022-12-31")], None, State.IN_TERM, 425),
        ([("2020-01-01", "2021-11-24")], None, State.ENDS_SOON, 23),
        ([("2020-01-01", "2021-12-31")], None, State.ENDS_SOON, 60),
        ([("2020-01-01", "2022-01-01")], None, State.IN_TERM, 61),
        ([("2020-01-01", "2021-11-01")], None, State.ENDS_SOON, 0),
        ([("2020-01-01", "2021-10-31")], None, State.EXPIRED, -1),
        ([("2020-01-01", "2021-11-24"), ("2021-11-25", "2023-11-24")], None, State.IN_TERM, 753),
        ([("2020-01-01", "2021-11-24"), ("2021-11-26", "2023-11-24")], None, State.ENDS_SOON, 23),
        ([("2021-11-02", "2023-11-01")], None, State.AHEAD, 1),
        ([("2019-01-01", "2020-12-31"), ("2022-01-01", "2023-12-31")], None, State.AHEAD, 61),
        ([], None, State.NO_TERM, 0),
        ([("2021-01-01", "2022-12-31")], "2021-10-01", State.LEFT, -31),
        ([("2021-01-01", "2022-12-31")], "2021-11-01", State.LEFT, 0),
    ],
)
def test_how_a_member_stands(terms, left_on, state, days):
    found = rules.standing([span(*term) for term in terms], left_on and date.fromisoformat(left_on), TODAY)
    assert (found.state, found.days) == (state, days)


def test_on_the_last_day_of_a_past_year_nothing_ends_soon():
    there = rules.standing([span("2020-01-01", "2021-11-01")], None, TODAY, rules.NEVER_SOON)
    assert (there.state, there.days) == (State.IN_TERM, 0)


def test_all_that_is_wrong_with_the_days_is_told_at_once():
    kept = span("2020-01-01", "2021-12-31", "05-QĐ/TU")
    start, later = date(2021, 10, 1), date(2021, 11, 2)

    def faults(**given):
        return [
            (one.code.partition(".")[2], one.facts["field"]) for one in rules.term_faults(rules.Given(**given), [kept], TODAY)
        ]

    assert faults() == faults(starts_on=date(2022, 1, 1), months=24) == []
    assert faults(decided_on=later, starts_on=start) == [("decided_in_future", "decided_on"), ("term_without_end", "months")]
    assert faults(decided_on=later, starts_on=start, months=24) == [
        ("decided_in_future", "decided_on"), ("terms_meet", "starts_on"),
    ]  # fmt: skip
    assert faults(starts_on=start, months=12, ends_on=later) == [("term_two_ends", "ends_on"), ("terms_meet", "starts_on")]
    assert faults(starts_on=start, ends_on=date(2021, 9, 1)) == [("term_ends_before_start", "ends_on")]


@given(st.lists(SPANS, max_size=6), DAYS)
def test_the_order_in_which_terms_were_entered_changes_nothing(spans, day):
    there = rules.standing(spans, None, day)
    assert there == rules.standing(spans[::-1], None, day)
    assert (there.state in rules.IN_FORCE) == any(one.covers(day) for one in spans)
    assert (there.state in rules.IN_FORCE) == rules.in_term_between(spans, None, day, day)


@given(st.lists(SPANS, max_size=4), DAYS, DAYS)
def test_who_has_left_is_never_in_force(spans, left_on, day):
    there = rules.standing(spans, left_on, day)
    assert (there.state in rules.IN_FORCE) == rules.in_term_between(spans, left_on, day, day)
    if left_on <= day:
        assert there.state == State.LEFT


def test_leaving_needs_a_day_that_can_be_and_a_reason():
    for day, first, code in [
        (date(2021, 11, 2), None, "leaves_in_future"),
        (date(2020, 12, 31), date(2021, 1, 1), "leaves_before_term"),
    ]:
        with pytest.raises(Refused, match=code):
            rules.check_leaving(day, "Chuyển công tác", first=first, today=TODAY)
    with pytest.raises(Refused, match="reason_too_short"):
        rules.check_leaving(TODAY, "  ốm? \n  1", first=None, today=TODAY)
    assert rules.check_leaving(TODAY, " Nghỉ hưu ", first=None, today=TODAY) == "Nghỉ hưu"
    assert rules.check_leaving(TODAY, "Mất", first=None, today=TODAY) == "Mất"
    assert rules.check_leaving(TODAY, " Chuyển  công tác ", first=None, today=TODAY) == "Chuyển công tác"


def test_capitals_and_spaces_do_not_make_another_person_but_marks_do():
    one = rules.identity("rapporteur", "province", "Nguyễn  Thị Hà ", "Trưởng phòng")
    assert one == rules.identity("rapporteur", "province", "NGUYỄN THỊ HÀ", "trưởng phòng")
    assert one != rules.identity("rapporteur", "province", "Nguyễn Thị Hạ", "Trưởng phòng")


def test_a_past_year_is_seen_from_its_last_day():
    assert rules.day_of_year(2020, TODAY) == date(2020, 12, 31)
    assert rules.day_of_year(2021, TODAY) == TODAY
    assert rules.day_of_year(2022, TODAY) == TODAY


def test_names_are_sorted_by_the_given_name():
    assert rules.given_name_first("Nguyễn Văn An") == "An Nguyễn Văn"
    assert rules.given_name_first(" An ") == "An"
