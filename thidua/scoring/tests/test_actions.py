"""Writes of sheets: who may, when, and what is refused at which cell."""

import json
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from thidua.audit.models import JournalEntry
from thidua.kernel.actor import Role
from thidua.kernel.errors import Absent, Forbidden, Refused
from thidua.scoring import actions
from thidua.scoring.models import ScoreLine, ScoreSheet, Verdict
from thidua.scoring.queries.results import result_of, self_result
from thidua.scoring.tests.conftest import FULL, columns


def refused(code):
    """The block is refused with exactly this code; the refusal is at `.value`."""
    return pytest.raises(Refused, match=f"^{code}")


def test_a_sheet_is_opened_once_and_journalled_once(field, world, now):
    field.open()
    first = field.sheet(2, {})
    again = actions.open_sheet(year=field.year, unit=world.unit(2), actor=world.leader(2), now=now)
    assert again == first
    assert JournalEntry.objects.filter(event="SheetOpened").count() == 1


@pytest.mark.parametrize("stage", ["preparing", "running", "cross_checking", "conference", "closed"])
def test_a_sheet_is_opened_and_filled_in_the_stage_of_self_scoring_only(field, world, now, stage):
    field.open()
    sheet = field.sheet(2)
    field.stage(stage)
    with refused("clusters.wrong_stage"):
        actions.open_sheet(year=field.year, unit=world.unit(3), actor=world.officer(3), now=now)
    with refused("clusters.wrong_stage"):
        field.save(sheet, 2, "A.1", points="8")


def test_without_published_criteria_there_is_nothing_to_score(world, now):
    year = world.year(stage="self_scoring")
    with refused("scoring.no_criteria"):
        actions.open_sheet(year=year, unit=world.unit(2), actor=world.officer(2), now=now)


def test_only_people_of_the_unit_fill_in_its_sheet(field, world, now):
    field.open()
    sheet = field.sheet(2)
    for actor in (
        world.officer(3),
        world.leader(1),
        world.secretary(),
        world.superior(),
        world.actor(Role.AUDITOR, world.unit(2)),
    ):
        with pytest.raises(Forbidden):
            actions.save_line(sheet=sheet, line=columns("A.1", {"points": "1"}), actor=actor, now=now)
        with pytest.raises(Forbidden):
            actions.open_sheet(year=field.year, unit=world.unit(2), actor=actor, now=now)


def test_a_saved_line_is_there_and_typing_leaves_no_row_in_the_journal(field, now):
    field.open()
    sheet = field.sheet(2, {})
    before = JournalEntry.objects.count()
    saved = field.save(sheet, 2, "A.1", points="8.25", reason="98,6 % đảng viên dự")
    assert (saved.points, saved.reason, saved.revision) == (Decimal("8.25"), "98,6 % đảng viên dự", 1)
    assert JournalEntry.objects.count() == before
    assert self_result(field.fresh(sheet)).total == Decimal("8.25")


def test_the_same_line_twice_is_one_revision(field):
    field.open()
    sheet = field.sheet(2)
    again = field.save(sheet, 2, "A.1", points="9", revision=0)
    assert again.revision == 1


def test_two_officers_at_one_cell_both_values_are_told_and_other_rows_are_not_touched(field):
    field.open()
    sheet = field.sheet(2, {})
    field.save(sheet, 2, "A.1", points="8", revision=0)
    with refused("scoring.changed_meanwhile") as refusal:
        field.save(sheet, 2, "A.1", points="7", revision=0)
    told = {"field": "A.1", "by": "unit_officer-don-vi-2", "value": "8 điểm", "revision": 1}
    assert refusal.value.facts.items() >= (told | {"cells": "figures"}).items()
    field.save(sheet, 2, "B.1", days_late="0", revision=0)
    assert ScoreLine.objects.get(sheet=sheet, code="A.1").points == 8
    field.save(sheet, 2, "A.1", points="7", revision=1)
    assert ScoreLine.objects.get(sheet=sheet, code="A.1").points == 7


def test_points_above_the_maximum_need_a_reason_and_stay_marked(field):
    field.open()
    sheet = field.sheet(2, {})
    with refused("scoring.above_maximum") as refusal:
        field.save(sheet, 2, "A.1", points="10.5", reason="vượt")
    assert refusal.value.facts["allowed"] == 10
    assert refusal.value.facts["field"] == "A.1"
    field.save(sheet, 2, "A.1", points="10.5", reason="Đoàn kiểm tra đã chấm như vậy")
    warnings = self_result(field.fresh(sheet)).warnings
    assert [(warning.code, warning.item) for warning in warnings] == [("scoring.above_allowed", "A.1")]


@pytest.mark.parametrize("reason", ["..........", "          ", "----------------"])
def test_a_reason_is_made_of_words(field, reason):
    field.open()
    sheet = field.sheet(2, {})
    with refused("scoring.above_maximum"):
        field.save(sheet, 2, "A.1", points="11", reason=reason)


@pytest.mark.parametrize(
    ("code", "figures", "refusal"),
    [
        ("A.1", {"points": "-1"}, "scoring.below_minimum"),
        ("A.1", {"points": "1.2345678"}, "scoring.figure_too_long"),
        ("A.1", {"points": "123456789"}, "scoring.figure_too_long"),
        ("A.2", {"actual": "5", "target": "0"}, "scoring.target_not_positive"),
        ("A.3", {"count": "-2"}, "scoring.negative_count"),
        ("B.2", {"grade": "B.9"}, "scoring.unknown_band"),
        ("X.1", {"points": "1"}, "scoring.unknown_code"),
    ],
)
def test_what_cannot_be_is_refused_at_its_cell(field, code, figures, refusal):
    field.open()
    sheet = field.sheet(2, {})
    with refused(refusal) as caught:
        field.save(sheet, 2, code, **figures)
    assert caught.value.facts["field"] == code
    assert not ScoreLine.objects.exists()


def test_a_reason_has_a_limit(field):
    field.open()
    sheet = field.sheet(2, {})
    field.save(sheet, 2, "A.1", points="5", reason="à" * 2000)
    with refused("scoring.reason_too_long") as refusal:
        field.save(sheet, 2, "A.1", points="5", reason="à" * 2001)
    assert refusal.value.facts["length"] == 2001


def test_only_the_leader_submits_and_the_sheet_is_locked(field, world, now):
    field.open()
    sheet = field.sheet(2)
    with pytest.raises(Forbidden):
        actions.submit_sheet(sheet=sheet, actor=world.officer(2), now=now)
    with pytest.raises(Forbidden):
        actions.submit_sheet(sheet=sheet, actor=world.leader(3), now=now)
    actions.submit_sheet(sheet=sheet, actor=world.leader(2), now=now)
    with refused("scoring.already_submitted"):
        field.save(sheet, 2, "A.1", points="8")
    with refused("scoring.already_submitted"):
        actions.submit_sheet(sheet=sheet, actor=world.leader(2), now=now)
    entry = JournalEntry.objects.get(event="SheetSubmitted")
    assert '"total":"22"' in entry.facts
    assert len(json.loads(entry.facts)["digest"]) == 64


def test_a_sheet_with_holes_is_not_submitted_and_the_holes_are_named(field, world, now):
    field.open()
    sheet = field.sheet(2, {"A.1": {"points": "9"}})
    with refused("scoring.lines_missing") as refusal:
        actions.submit_sheet(sheet=sheet, actor=world.leader(2), now=now)
    assert refusal.value.facts == {"missing": 3, "codes": "A.2, B.1, B.2"}


def test_points_that_later_lie_above_need_their_reason_at_submission(field, world, now):
    """A bonus counted at its own row takes the room that the heading's points had used."""
    header = "code,parent_code,title_vi,max_points,kind,rule_text_vi,method,per_case"
    field.open(rows=[row.split(",") for row in (header, "A,,Mục,5,points,,,", "A.1,A,Thưởng,2,bonus,,per_case,1")])
    sheet = field.sheet(2, {"A": {"points": "6"}, "A.1": {"count": "1"}})
    with refused("scoring.lines_unexplained"):
        actions.submit_sheet(sheet=sheet, actor=world.leader(2), now=now)
    field.save(sheet, 2, "A", points="6", reason="Đoàn kiểm tra công nhận")
    actions.submit_sheet(sheet=sheet, actor=world.leader(2), now=now)


def test_a_leader_takes_the_sheet_back_with_a_reason_before_the_check_begins(field, world, now):
    field.open()
    sheet = field.submitted(2)
    with refused("scoring.reason_too_short"):
        actions.recall_sheet(sheet=sheet, reason="sai", actor=world.leader(2), now=now)
    with pytest.raises(Forbidden):
        actions.recall_sheet(sheet=sheet, reason="Tính nhầm mục A.1", actor=world.officer(2), now=now)
    actions.recall_sheet(sheet=sheet, reason="Tính nhầm mục A.1", actor=world.leader(2), now=now)
    field.save(sheet, 2, "A.1", points="8")
    actions.submit_sheet(sheet=sheet, actor=world.leader(2), now=now)
    field.stage("cross_checking")
    with refused("clusters.wrong_stage"):
        actions.recall_sheet(sheet=sheet, reason="Tính nhầm mục A.1", actor=world.leader(2), now=now)


def test_the_head_withholds_a_unit_that_sent_nothing_and_may_let_it_back(field, world, now):
    field.open()
    with pytest.raises(Forbidden):
        actions.withhold_unit(year=field.year, unit=world.unit(2), reason="Không gửi báo cáo", actor=world.leader(2), now=now)
    sheet = actions.withhold_unit(
        year=field.year, unit=world.unit(2), reason="Không gửi báo cáo", actor=world.secretary(), now=now
    )
    with refused("scoring.unit_withheld"):
        field.save(sheet, 2, "A.1", points="8")
    actions.readmit_unit(sheet=sheet, reason="Đã gửi bù báo cáo", actor=world.secretary(), now=now)
    field.save(sheet, 2, "A.1", points="8")


def test_a_stranger_to_the_year_is_not_withheld(field, world, now):
    field.open()
    with pytest.raises(Absent):
        actions.withhold_unit(
            year=field.year, unit=world.organisation("Don vi la"), reason="Không gửi báo cáo", actor=world.secretary(), now=now
        )


def test_what_is_not_assigned_leaves_the_denominator_and_is_not_missing(field, world, now):
    field.open()
    sheet = field.sheet(2, {code: figures for code, figures in FULL.items() if code != "A.2"})
    with pytest.raises(Forbidden):
        actions.assign_criterion(sheet=sheet, code="A.2", assigned=False, actor=world.leader(2), now=now)
    actions.assign_criterion(sheet=sheet, code="A.2", assigned=False, actor=world.secretary(), now=now)
    result = result_of(field.fresh(sheet))
    assert (result.claimed.maximum, result.completeness.missing) == (20, ())
    field.save(sheet, 2, "A.2", actual="1", target="2")
    assert result_of(field.fresh(sheet)).claimed.maximum == 20


def test_every_write_gives_the_sheet_a_new_stamp(field, world, now):
    field.open()
    sheet = field.sheet(2)
    stamps = {sheet.stamp}
    field.save(sheet, 2, "A.1", points="8")
    stamps.add(field.fresh(sheet).stamp)
    actions.submit_sheet(sheet=sheet, actor=world.leader(2), now=now)
    stamps.add(field.fresh(sheet).stamp)
    assert len(stamps) == 3


def test_the_tables_themselves_refuse_what_no_action_writes(field, now):
    field.open()
    sheet = field.sheet(2)
    with pytest.raises(IntegrityError), transaction.atomic():
        ScoreSheet.objects.filter(pk=sheet.pk).update(status="submitted", submitted_at=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        ScoreSheet.objects.filter(pk=sheet.pk).update(status="withheld", excluded_reason="")
    with pytest.raises(IntegrityError), transaction.atomic():
        Verdict.objects.create(sheet=sheet, code="A.1", judgement="changed", reason="", given_at=now)
