"""What waits for whom, and what must be there before a year closes."""

from datetime import date

import pytest

from thidua.clusters import actions, queries
from thidua.clusters.models import StageDates
from thidua.clusters.rules import Stage
from thidua.kernel import ports
from thidua.kernel.errors import Refused


@pytest.fixture(autouse=True)
def _only_clusters(monkeypatch):
    monkeypatch.setattr(ports, "STAGE_CHECKS", {})
    monkeypatch.setattr(ports, "CODES", [])


def titles(actor, now):
    return [str(work.title) for work in queries.work(actor, now)]


def test_a_year_without_dates_asks_for_its_calendar(world, now):
    world.year()
    assert titles(world.secretary(), now) == ["Đặt lịch các giai đoạn"]


@pytest.mark.parametrize(
    ("stage", "due", "begins", "waits"),
    [
        (Stage.RUNNING, None, None, []),
        (Stage.RUNNING, date(2021, 11, 1), None, ["Chuyển sang giai đoạn “Sơ kết”"]),
        (Stage.RUNNING, date(2021, 11, 2), None, []),
        (Stage.RUNNING, None, date(2021, 11, 1), ["Chuyển sang giai đoạn “Sơ kết”"]),
        (Stage.CONFERENCE, date(2021, 11, 30), None, ["Chuyển sang giai đoạn “Quyết định”"]),
        (Stage.DECIDED, None, None, ["Chuyển sang giai đoạn “Đóng năm”", "Mở năm sau"]),
    ],
)
def test_the_next_stage_waits_when_its_day_or_its_work_has_come(world, now, stage, due, begins, waits):
    year = world.year(stage=stage)
    StageDates.objects.create(year=year, stage=stage, due_on=due)
    StageDates.objects.create(year=year, stage=queries.next_stage(stage), starts_on=begins)
    assert titles(world.secretary(), now) == waits


def test_nothing_is_told_to_be_ready_while_something_is_missing(world, now, monkeypatch):
    monkeypatch.setattr(ports, "STAGE_CHECKS", {"decided": [lambda year: [ports.Missing("clusters.no_due_date")]]})
    year = world.year(stage=Stage.CONFERENCE)
    StageDates.objects.create(year=year, stage=Stage.CONFERENCE, due_on=date(2021, 11, 30))
    assert titles(world.secretary(), now) == []


def test_a_head_without_secretary_is_told_to_its_leader_and_above(world, now, sign_in):
    year = world.year()
    for actor in (world.leader(1), world.superior()):
        assert titles(actor, now) == ["Nhờ quản trị giao chức vụ thư ký cụm cho đơn vị cụm trưởng"]
        assert queries.lacks_secretary(actor, year, now)
    assert titles(world.leader(2), now) == []
    assert not queries.lacks_secretary(world.leader(2), year, now)
    world.secretary()
    assert titles(world.leader(1), now) == []
    assert not queries.lacks_secretary(world.leader(1), year, now)


def test_a_year_closes_only_after_the_next_one_was_opened(world, now):
    year = world.year(stage=Stage.DECIDED)
    gap = queries.missing_next_year(year)[0]
    assert (gap.code, gap.facts) == ("clusters.no_next_year", {"year": 2022})
    actions.open_next_year(year=year, head=world.unit(2), actor=world.secretary(), now=now)
    assert queries.missing_next_year(year) == []


def test_a_tie_break_names_criteria_that_exist(world, now, monkeypatch):
    monkeypatch.setattr(ports, "CODES", [lambda year: frozenset({"I", "II"})])
    year = world.year()
    with pytest.raises(Refused) as refused:
        actions.agree_rules(year=year, tie_break=["I", "XYZ"], ranking_from="conference", actor=world.secretary(), now=now)
    assert (refused.value.code, refused.value.facts["codes"]) == ("clusters.tie_break_unknown", ["XYZ"])
    actions.agree_rules(year=year, tie_break=["I", "vote"], ranking_from="conference", actor=world.secretary(), now=now)
    year.refresh_from_db()
    assert year.tie_break == ["I", "vote"]


@pytest.mark.parametrize("years", [1, 3])
def test_work_takes_the_same_queries_for_any_number_of_years(world, now, years, django_assert_num_queries):
    for number in range(years):
        world.year(year=2021 + number, stage=Stage.RUNNING)
    actor = world.secretary()
    with django_assert_num_queries(4):
        queries.work(actor, now)
