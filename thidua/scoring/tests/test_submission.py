"""What is submitted is kept for good; how a sheet comes back, and until when its leader may take it."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from thidua.audit.models import JournalEntry
from thidua.clusters.models import StageDates
from thidua.kernel.errors import Forbidden, Refused
from thidua.people.queries.journal import facts_of
from thidua.scoring import actions
from thidua.scoring.models import ScoreSheet, SheetSnapshot
from thidua.scoring.queries.snapshots import is_intact, snapshot_rows
from thidua.scoring.tests.conftest import FULL

WHY = "Tính nhầm mục A.1"


@pytest.fixture
def due(field):
    """due(days): the stage of self-scoring is due so many days from now."""

    def put(days):
        day = localdate(field.now) + timedelta(days=days)
        StageDates.objects.update_or_create(year=field.year, stage="self_scoring", defaults={"due_on": day})

    return put


def test_a_submission_keeps_every_row_and_the_digest_of_the_journal(field, world, now):
    field.open()
    sheet = field.sheet(2)
    field.save(sheet, 2, "A.1", reason="Đủ hồ sơ", points="9")
    actions.submit_sheet(sheet=sheet, actor=world.leader(2), now=now)
    snapshot = SheetSnapshot.objects.get()
    assert (snapshot.number, snapshot.total, snapshot.submitted_by_name) == (1, 22, world.leader(2).name)
    assert is_intact(snapshot)
    assert snapshot.digest in JournalEntry.objects.get(event="SheetSubmitted").facts
    rows = {row.code: row for row in snapshot_rows(snapshot)}
    assert (rows["A.1"].said, rows["A.1"].points, rows["A.1"].reason) == ("9 điểm", "9", "Đủ hồ sơ")
    assert rows["A.2"].said == "40 / 50"
    assert rows["A"].points == "13"
    assert (rows["G"].maximum, rows["G"].said) == ("", "Không xảy ra")


def test_a_submission_keeps_what_was_answered_at_an_excluding_row(field, world, now):
    field.open()
    sheet = field.sheet(2)
    field.save(sheet, 2, "G", reason="Có một lần không giải trình", passed=False)
    actions.submit_sheet(sheet=sheet, actor=world.leader(2), now=now)
    (row,) = [row for row in snapshot_rows(SheetSnapshot.objects.get()) if row.code == "G"]
    assert row.said == "Có xảy ra"


def test_a_changed_snapshot_is_found_out(field, world):
    field.open()
    field.submitted(2)
    snapshot = SheetSnapshot.objects.get()
    snapshot.content["sealed"]["lines"][0][2]["points"] = "10"
    assert not is_intact(snapshot)


def test_later_edits_leave_the_snapshot_and_a_second_submission_gets_a_second(field, world, now):
    field.open()
    sheet = field.submitted(2)
    actions.recall_sheet(sheet=sheet, reason=WHY, actor=world.leader(2), now=now)
    field.save(sheet, 2, "A.1", points="7")
    first = SheetSnapshot.objects.get()
    assert (first.ended_why, first.total, first.ended_at) == (WHY, 22, now)
    actions.submit_sheet(sheet=sheet, actor=world.leader(2), now=now)
    assert list(SheetSnapshot.objects.values_list("number", "total", "ended_why")) == [(2, 20, ""), (1, 22, WHY)]


def test_the_leader_recalls_on_the_due_day_and_not_after_it(field, world, now, due):
    field.open()
    sheet = field.submitted(2)
    due(-1)
    with pytest.raises(Refused, match="recall_too_late"):
        actions.recall_sheet(sheet=sheet, reason=WHY, actor=world.leader(2), now=now)
    assert field.fresh(sheet).status == "submitted"
    due(0)
    actions.recall_sheet(sheet=sheet, reason=WHY, actor=world.leader(2), now=now)
    assert field.fresh(sheet).status == "drafting"


@pytest.mark.parametrize(("days", "words"), [(1, "đến hết ngày"), (-1, "Đã quá hạn nộp")])
def test_the_leader_reads_before_submitting_until_when_the_sheet_can_be_recalled(field, world, sign_in, days, words):
    field.open()
    sheet = field.sheet(2)
    StageDates.objects.create(year=field.year, stage="self_scoring", due_on=localdate() + timedelta(days=days))
    client = sign_in(world.person("unit_leader", world.unit(2)))
    address = f"/cum/cum-2/2021/tu-cham/{world.unit(2).slug}/"
    page = client.get(f"{address}nop/").content.decode()
    assert words in page
    actions.submit_sheet(sheet=sheet, actor=world.leader(2), now=field.now)
    assert client.get(f"{address}rut-lai/").status_code == (302 if days < 0 else 200)


def test_after_the_due_day_the_secretary_returns_the_sheet(field, world, now, due):
    field.open()
    sheet = field.submitted(2)
    due(-1)
    with pytest.raises(Refused, match="reason_too_short"):
        actions.return_sheet(sheet=sheet, reason="sai", actor=world.secretary(), now=now)
    actions.return_sheet(sheet=sheet, reason=WHY, actor=world.secretary(), now=now)
    assert field.fresh(sheet).status == "drafting"
    assert SheetSnapshot.objects.get().ended_why == WHY
    assert facts_of(JournalEntry.objects.get(event="SheetReturned"))["reason"] == WHY
    with pytest.raises(Refused, match="not_submitted"):
        actions.return_sheet(sheet=sheet, reason=WHY, actor=world.secretary(), now=now)


def test_no_unit_returns_a_sheet_and_nobody_does_during_the_check(field, world, now):
    field.open()
    sheet = field.submitted(2)
    for actor in (world.leader(2), world.officer(2), world.leader(3)):
        with pytest.raises(Forbidden):
            actions.return_sheet(sheet=sheet, reason=WHY, actor=actor, now=now)
    for stage in ("cross_checking", "closed"):
        field.stage(stage)
        with pytest.raises(Refused):
            actions.return_sheet(sheet=sheet, reason=WHY, actor=world.secretary(), now=now)
    assert ScoreSheet.objects.get().status == "submitted"


def test_an_incomplete_sheet_leaves_no_snapshot(field, world, now):
    field.open()
    sheet = field.sheet(2, {"A.1": FULL["A.1"]})
    with pytest.raises(Refused, match="lines_missing"):
        actions.submit_sheet(sheet=sheet, actor=world.leader(2), now=now)
    assert not SheetSnapshot.objects.exists()
