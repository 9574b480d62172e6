"""Stages, calendar and rotation."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua.clusters.rules import (
    STAGES,
    Stage,
    StageSpan,
    check_advance,
    check_calendar,
    check_step_back,
    next_stage,
    previous_stage,
    proposed_head,
    reached,
    same_day_next_year,
)
from thidua.kernel.errors import Refused


@pytest.mark.parametrize("current", STAGES)
@pytest.mark.parametrize("wanted", STAGES)
def test_only_the_next_stage_may_be_entered(current, wanted):
    step = STAGES.index(wanted) - STAGES.index(current)
    if step == 1:
        check_advance(current, wanted, missing=0)
        return
    with pytest.raises(Refused) as refused:
        check_advance(current, wanted, missing=0)
    assert refused.value.code == ("clusters.stage_skipped" if step > 1 else "clusters.stage_not_ahead")


def test_nothing_may_be_missing():
    with pytest.raises(Refused) as refused:
        check_advance("preparing", "pledged", missing=2)
    assert (refused.value.code, refused.value.facts["missing"]) == ("clusters.stage_not_ready", 2)


def test_next_and_previous_undo_each_other():
    for stage in STAGES[:-1]:
        assert previous_stage(next_stage(stage)) == stage
    assert next_stage(Stage.CLOSED) is None
    assert previous_stage(Stage.PREPARING) is None


def test_reached_is_the_order_of_the_year():
    assert reached("conference", "self_scoring")
    assert reached("conference", "conference")
    assert not reached("self_scoring", "conference")


@pytest.mark.parametrize(
    ("stage", "reason", "code"),
    [
        ("preparing", "một lý do đủ dài", "clusters.stage_first"),
        ("closed", "một lý do đủ dài", "clusters.year_closed"),
        ("running", "  sai  ", "clusters.reason_too_short"),
    ],
)
def test_stepping_back_is_refused_with_a_reason(stage, reason, code):
    with pytest.raises(Refused) as refused:
        check_step_back(stage, reason)
    assert refused.value.code == code


def test_stepping_back_goes_one_stage():
    assert check_step_back("running", "đơn vị 3 ký nhầm bản") == Stage.PLEDGED


def test_a_calendar_follows_the_stages():
    fine = [StageSpan(Stage.PREPARING, date(2021, 1, 5), None), StageSpan(Stage.PLEDGED, date(2021, 2, 12), date(2021, 2, 15))]
    check_calendar(fine)
    with pytest.raises(Refused) as refused:
        check_calendar([StageSpan(Stage.PLEDGED, date(2021, 2, 12), date(2021, 2, 1))])
    assert refused.value.facts["field"] == "pledged-due_on"
    with pytest.raises(Refused) as refused:
        check_calendar([StageSpan(Stage.PREPARING, date(2021, 3, 1), None), StageSpan(Stage.PLEDGED, date(2021, 2, 1), None)])
    assert refused.value.facts["field"] == "pledged-starts_on"


@pytest.mark.parametrize(
    ("rotation", "members", "current", "expected"),
    [
        ([1, 2, 3], [1, 2, 3], 1, 2),
        ([1, 2, 3], [1, 2, 3], 3, 1),
        ([1, 2, 3], [1, 3], 1, 3),
        ([], [7, 8], 7, 8),
        ([1, 2], [1, 2, 9], 9, 1),
        ([1], [1], 1, None),
        ([5, 1], [1, 5], None, 5),
    ],
)
def test_the_rotation_proposes_the_next_head(rotation, members, current, expected):
    assert proposed_head(rotation, members, current) == expected


@given(st.lists(st.integers(1, 9), unique=True, min_size=2, max_size=9))
def test_everyone_gets_their_turn_before_anyone_twice(units):
    head, held = units[0], []
    for _ in units:
        held.append(head)
        head = proposed_head(units, units, head)
    assert sorted(held) == sorted(units)


@given(st.dates(date(1999, 1, 1), date(2999, 12, 31)))
def test_a_copied_day_is_in_the_next_year(day):
    assert same_day_next_year(day).year == day.year + 1
    assert same_day_next_year(None) is None


def test_no_day_follows_the_last_year_of_the_calendar():
    assert same_day_next_year(date(9999, 12, 31)) is None
