"""Opening, moving and setting a year, with the gate and the journal."""

from datetime import date

import pytest

from thidua.audit.models import JournalEntry
from thidua.clusters import actions, queries
from thidua.clusters.models import ClusterYear, StageDates, StageMove
from thidua.clusters.rules import Stage, StageSpan
from thidua.kernel import ports
from thidua.kernel.errors import Forbidden, Refused


@pytest.fixture
def nothing_missing(monkeypatch):
    monkeypatch.setattr(ports, "STAGE_CHECKS", {})


def test_the_secretary_moves_the_year_on_and_the_journal_knows(world, now, nothing_missing):
    year = world.year()
    actions.advance_stage(year=year, stage=Stage.PLEDGED, actor=world.secretary(), now=now)
    assert ClusterYear.objects.get().stage == Stage.PLEDGED
    entry = JournalEntry.objects.get()
    assert (entry.event, entry.year_id, entry.post_title) == ("StageEntered", year.pk, "head_secretary, Don vi 1")


def test_a_stage_is_not_skipped_and_nothing_is_written(world, now, nothing_missing):
    year = world.year()
    with pytest.raises(Refused, match="stage_skipped"):
        actions.advance_stage(year=year, stage=Stage.RUNNING, actor=world.secretary(), now=now)
    assert not StageMove.objects.exists()
    assert not JournalEntry.objects.exists()


def test_moving_twice_from_the_same_page_is_refused(world, now, nothing_missing):
    year = world.year()
    actions.advance_stage(year=year, stage=Stage.PLEDGED, actor=world.secretary(), now=now)
    with pytest.raises(Refused, match="stage_not_ahead"):
        actions.advance_stage(year=year, stage=Stage.PLEDGED, actor=world.secretary(), now=now)


def test_what_is_missing_stops_the_year(world, now, monkeypatch):
    monkeypatch.setattr(
        ports, "STAGE_CHECKS", {"pledged": [lambda year: [ports.Missing("clusters.no_due_date", {"stage": "conference"})]]}
    )
    with pytest.raises(Refused, match="stage_not_ready"):
        actions.advance_stage(year=world.year(), stage=Stage.PLEDGED, actor=world.secretary(), now=now)


@pytest.mark.parametrize("who", ["officer", "leader"])
def test_a_unit_does_not_run_the_year(world, now, who):
    with pytest.raises(Forbidden):
        actions.advance_stage(year=world.year(), stage=Stage.PLEDGED, actor=getattr(world, who)(2), now=now)


def test_stepping_back_keeps_the_reason(world, now):
    year = world.year(stage="running")
    actions.step_back(year=year, reason="đơn vị 3 ký nhầm bản", actor=world.secretary(), now=now)
    move = StageMove.objects.get()
    assert (move.stage, move.reason) == ("pledged", "đơn vị 3 ký nhầm bản")


def test_the_next_year_copies_members_and_calendar_and_proposes_the_head(world, now):
    year = world.year(stage="conference")
    spans = [StageSpan(Stage.SELF_SCORING, date(2021, 10, 20), date(2021, 11, 10))]
    actions.set_calendar(year=year, spans=spans, actor=world.secretary(), now=now)
    proposed = queries.next_head(year)
    assert proposed == world.unit(2)
    opened = actions.open_next_year(year=year, head=proposed, actor=world.secretary(), now=now)
    assert (opened.year, opened.stage, opened.previous) == (2022, "preparing", year)
    assert queries.members(opened) == queries.members(year)
    assert StageDates.objects.get(year=opened).due_on == date(2022, 11, 10)
    with pytest.raises(Refused, match="year_exists"):
        actions.open_next_year(year=year, head=proposed, actor=world.secretary(), now=now)


def test_the_next_year_waits_for_the_conference(world, now):
    year = world.year(stage="cross_checking")
    with pytest.raises(Refused, match="wrong_stage"):
        actions.open_next_year(year=year, head=world.unit(2), actor=world.secretary(), now=now)


def test_the_tie_break_is_fixed_once_the_pledge_is_signed(world, now):
    year = world.year(stage="pledged")
    with pytest.raises(Refused, match="tie_break_fixed"):
        actions.agree_rules(year=year, tie_break=["I"], ranking_from="conference", actor=world.secretary(), now=now)
    actions.agree_rules(year=year, tie_break=[], ranking_from="decided", actor=world.secretary(), now=now)
    assert ClusterYear.objects.get().ranking_from == "decided"


def test_members_change_only_while_preparing(world, now):
    year = world.year()
    units = [world.unit(1), world.unit(3)]
    actions.set_membership(year=year, members=units, head=units[1], deputy=units[0], actor=world.secretary(), now=now)
    assert queries.members(year) == units
    with pytest.raises(Refused, match="head_not_member"):
        actions.set_membership(year=year, members=units, head=world.unit(2), deputy=None, actor=world.superior(), now=now)
    ClusterYear.objects.update(stage="pledged")
    with pytest.raises(Refused, match="wrong_stage"):
        actions.set_membership(year=year, members=units, head=units[0], deputy=None, actor=world.superior(), now=now)


def test_a_cluster_is_formed_above_and_opened_by_its_first_head(world, now):
    body = world.organisation("Ban Tuyen giao", "party_body")
    units = [world.unit(1), world.unit(2)]
    cluster = actions.form_cluster(superior_body=body, name_vi="Cụm mới số 9", rotation=units, actor=world.superior(), now=now)
    with pytest.raises(Forbidden):
        actions.open_first_year(cluster=cluster, year=2022, members=units, head=units[0], actor=world.leader(1), now=now)
    opened = actions.open_first_year(cluster=cluster, year=2022, members=units, head=units[0], actor=world.secretary(), now=now)
    assert (opened.cluster.slug, opened.year) == ("cum-moi-so-9", 2022)
    with pytest.raises(Refused, match="has_years"):
        actions.open_first_year(cluster=cluster, year=2023, members=units, head=units[0], actor=world.superior(), now=now)
    with pytest.raises(Refused, match="name_taken"):
        actions.form_cluster(superior_body=body, name_vi="CỤM mới số 9", actor=world.superior(), now=now)
