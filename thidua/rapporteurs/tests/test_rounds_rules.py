"""Spans and due days of rounds, who owes them, lateness and punctuality."""

import itertools
from datetime import UTC, date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua.kernel.errors import Refused
from thidua.rapporteurs.rules.rounds import (
    Due,
    check_days,
    check_reason,
    days_late,
    due_after,
    owes,
    proposal,
    proposals,
    punctuality,
    short_title,
    standing,
    unit_standing,
)

HERE = ZoneInfo("Asia/Ho_Chi_Minh")
TERM = (date(2021, 1, 1), date(2021, 12, 31))
DUE = date(2021, 11, 5)


def test_rounds_are_proposed_by_month_and_quarter():
    march = proposal("monthly", 2021, 3)
    assert (march.title, march.starts_on, march.ends_on) == (
        "Báo cáo cộng tác viên tháng 3 năm 2021", date(2021, 3, 1), date(2021, 3, 31),
    )  # fmt: skip
    third = proposal("quarterly", 2021, 3)
    assert (third.title, third.starts_on, third.ends_on) == (
        "Báo cáo cộng tác viên quý III năm 2021", date(2021, 7, 1), date(2021, 9, 30),
    )  # fmt: skip
    assert proposal("monthly", 2024, 2).ends_on == date(2024, 2, 29)
    assert short_title(march.title, 2021) == "Tháng 3"
    assert short_title("Dư luận về dịch", 2021) == "Dư luận về dịch"


@pytest.mark.parametrize("rhythm", ["monthly", "quarterly"])
@given(year=st.integers(1901, 2199))
def test_the_rounds_of_a_year_cover_it_without_a_gap(rhythm, year):
    spans = proposals(rhythm, year)
    assert (spans[0].starts_on, spans[-1].ends_on) == (date(year, 1, 1), date(year, 12, 31))
    assert all(b.starts_on - a.ends_on == timedelta(days=1) for a, b in itertools.pairwise(spans))
    assert len({span.title for span in spans}) == len(spans)


@pytest.mark.parametrize(("rhythm", "number"), [("monthly", 13), ("quarterly", 0), ("ad_hoc", 1)])
def test_there_is_no_such_round(rhythm, number):
    with pytest.raises(Refused, match=r"rapporteurs\.no_such_round"):
        proposal(rhythm, 2021, number)


def test_an_ad_hoc_year_cannot_be_laid_out():
    with pytest.raises(Refused, match=r"rapporteurs\.no_such_round"):
        proposals("ad_hoc", 2021)


def test_a_round_is_due_so_many_days_after_its_end():
    assert due_after(date(2021, 12, 31), 5) == date(2022, 1, 5)
    assert due_after(date(2021, 12, 31), 0) == date(2021, 12, 31)
    for days in (-1, 61):
        with pytest.raises(Refused, match=r"rapporteurs\.due_days"):
            due_after(date(2021, 12, 31), days)


@pytest.mark.parametrize(
    ("days", "code"),
    [
        ((date(2021, 3, 2), date(2021, 3, 1), date(2021, 3, 5)), "rapporteurs.span_reversed"),
        ((date(2019, 3, 1), date(2021, 3, 1), date(2021, 3, 5)), "rapporteurs.days_outside"),
        ((date(2021, 3, 1), date(2021, 3, 31), date(2031, 4, 5)), "rapporteurs.days_outside"),
        ((date(2021, 3, 1), date(2021, 3, 31), date(2021, 3, 30)), "rapporteurs.due_before_end"),
    ],
)
def test_days_that_make_no_sense(days, code):
    with pytest.raises(Refused, match=code):
        check_days(2021, *days)


def test_a_reason_has_words():
    assert check_reason("  Gia hạn do dịch ") == "Gia hạn do dịch"
    with pytest.raises(Refused, match=r"rapporteurs\.due_reason"):
        check_reason("............")


@pytest.mark.parametrize(
    ("terms", "left_on", "owed"),
    [
        ([TERM], None, True),
        ([(date(2021, 1, 1), DUE)], None, True),
        ([(DUE, date(2022, 1, 1))], None, True),
        ([(date(2021, 1, 1), date(2021, 11, 4))], None, False),
        ([(date(2021, 11, 6), date(2022, 1, 1))], None, False),
        ([(date(2019, 1, 1), date(2020, 12, 31)), TERM], None, True),
        ([], None, False),
        ([TERM], date(2021, 11, 4), False),
        ([TERM], DUE, False),
        ([TERM], date(2021, 11, 6), True),
        ([TERM], date(2021, 11, 30), True),
    ],
)
def test_who_owes_a_round(terms, left_on, owed):
    assert owes(terms, left_on, DUE) is owed


def test_days_late_are_whole_days_where_the_installation_stands():
    assert days_late(datetime(2021, 11, 5, 16, 59, tzinfo=UTC), DUE, HERE) == 0
    assert days_late(datetime(2021, 11, 5, 17, 0, tzinfo=UTC), DUE, HERE) == 1
    assert days_late(datetime(2021, 10, 1, tzinfo=UTC), DUE, HERE) == 0


def test_a_standing_has_a_colour():
    assert standing(0, DUE, date(2021, 12, 1)).state == "ok"
    assert standing(2, DUE, date(2021, 12, 1)).state == "due"
    assert (standing(None, DUE, date(2021, 11, 8)).state, standing(None, DUE, date(2021, 11, 8)).missing) == ("late", True)
    assert (standing(None, DUE, DUE).state, standing(None, DUE, DUE).missing) == ("due", False)
    assert standing(None, DUE, date(2021, 10, 1)).state == "wait"


def test_a_unit_stands_as_its_slowest():
    today = date(2021, 11, 8)
    all_in = unit_standing([standing(0, DUE, today)] * 2, DUE, today)
    some_late = unit_standing([standing(0, DUE, today), standing(3, DUE, today)], DUE, today)
    one_missing = unit_standing([standing(3, DUE, today), standing(None, DUE, today)], DUE, today)
    assert (all_in.state, all_in.sent, all_in.owed, all_in.missing) == ("ok", 2, 2, 0)
    assert (some_late.state, some_late.late) == ("due", 1)
    assert (one_missing.state, one_missing.sent, one_missing.missing, one_missing.days) == ("late", 1, 1, 3)


def test_punctuality_counts_what_was_due_or_came():
    ahead = DUE + timedelta(days=60)
    rounds = [
        Due(DUE, True, 0),
        Due(DUE, True, 2),
        Due(DUE, True, None),
        Due(DUE, False, None),
        Due(DUE, False, 0),
        Due(ahead, True, None),
        Due(ahead, True, 0),
    ]
    assert punctuality(rounds, DUE + timedelta(days=1)) == (5, 4, 3)
    assert punctuality(rounds, DUE) == (4, 4, 3)
    assert punctuality([], DUE) == (0, 0, 0)


_DUES = st.builds(
    Due, st.dates(date(2021, 1, 1), date(2022, 1, 31)), st.booleans(), st.none() | st.integers(min_value=0, max_value=40)
)


@given(rounds=st.lists(_DUES, max_size=20), today=st.dates(date(2021, 1, 1), date(2022, 3, 1)), seed=st.integers())
def test_punctuality_does_not_depend_on_the_order(rounds, today, seed):
    found = punctuality(rounds, today)
    shuffled = rounds.copy()
    Random(seed).shuffle(shuffled)
    assert punctuality(shuffled, today) == found
    assert found.on_time <= found.sent <= found.owed <= len(rounds)


@given(rounds=st.lists(_DUES, max_size=20), today=st.dates(date(2021, 1, 1), date(2022, 3, 1)))
def test_a_later_day_never_makes_fewer_rounds_due(rounds, today):
    before, after = punctuality(rounds, today), punctuality(rounds, today + timedelta(days=30))
    assert before.owed <= after.owed
    assert before[1:] == after[1:]
