"""A sheet goes out as a file and comes back: dry run, taking in, undoing, others at work meanwhile."""

import csv
import io

import pytest

from thidua.audit.models import JournalEntry
from thidua.kernel.errors import Forbidden, Refused
from thidua.scoring import actions
from thidua.scoring.models import LineSave, ScoreLine, ScoreSheet, SheetUpload
from thidua.scoring.papers.offline import offline_csv, offline_workbook, read_upload
from thidua.scoring.queries import desk_of, desk_result, result_of
from thidua.scoring.queries.offline import upload_words
from thidua.scoring.rules.offline import named_columns


@pytest.fixture
def table(field, world):
    """table(2, {"A.1": {"points": "7"}}) → the rows of the unit's file, with these cells changed."""

    def make(number, changes, write=offline_workbook):
        desk = desk_of(world.officer(number), field.year, world.unit(number))
        rows = read_upload(write(desk, desk_result(desk))).rows
        names = named_columns(rows[0])
        for row in rows[1:]:
            for name, text in changes.get(row[names.index("code")], {}).items():
                row[names.index(name)] = text
        return rows

    return make


@pytest.fixture
def tried(field, world):
    """tried(2, rows) → the dry run by the unit's officer."""

    def go(number, rows, actor=None):
        values = {"year": field.year, "unit": world.unit(number), "rows": rows, "source_name": "phieu.xlsx", "now": field.now}
        return actions.try_upload(**values, actor=actor or world.officer(number))

    return go


def points(sheet, code):
    return ScoreLine.objects.get(sheet=sheet, code=code).points


@pytest.mark.parametrize("write", [offline_workbook, offline_csv])
def test_a_file_that_nobody_touched_changes_nothing(field, table, tried, write):
    field.open()
    sheet = field.sheet(2)
    field.save(sheet, 2, "A.3", reason="Hai sáng kiến cấp tỉnh", count="2")
    field.save(sheet, 2, "G", passed=False)
    with pytest.raises(Refused, match="upload_changes_nothing"):
        tried(2, table(2, {}, write))


@pytest.mark.parametrize("write", [offline_workbook, offline_csv])
def test_what_was_filled_in_is_tried_taken_in_and_undone(field, world, now, table, tried, write):
    field.open()
    sheet = field.sheet(2)
    upload = tried(2, table(2, {"A.1": {"points": "7,5", "reason": "Thiếu một buổi"}, "B.2": {"grade": "B.2.2"}}, write))
    assert points(sheet, "A.1") == 9
    shown = {row.code: (row.was, row.becomes, row.reason) for row in upload_words(upload, result_of(field.fresh(sheet)))}
    assert shown == {"A.1": ("9 điểm", "7,5 điểm", "Thiếu một buổi"), "B.2": ("mức B.2.1", "mức B.2.2", "")}
    assert actions.take_upload(upload=upload, actor=world.officer(2), now=now) == 2
    assert str(points(sheet, "A.1").normalize()) == "7.5"
    assert ScoreLine.objects.get(sheet=sheet, code="A.1").reason == "Thiếu một buổi"
    assert actions.undo_upload(upload=upload, actor=world.officer(2), now=now) == 2
    line = ScoreLine.objects.get(sheet=sheet, code="A.1")
    assert (line.points, line.reason) == (9, "")
    assert JournalEntry.objects.filter(event__in=["UploadTaken", "UploadUndone"]).count() == 2


def test_the_file_opens_a_sheet_that_was_not_there(field, world, now, table, tried):
    field.open()
    upload = tried(2, table(2, {"A.1": {"points": "8"}}))
    actions.take_upload(upload=upload, actor=world.officer(2), now=now)
    assert points(ScoreSheet.objects.get(), "A.1") == 8
    actions.undo_upload(upload=upload, actor=world.officer(2), now=now)
    assert points(ScoreSheet.objects.get(), "A.1") is None


def test_what_others_saved_meanwhile_stays_and_a_clash_is_told(field, world, now, table, tried):
    field.open()
    sheet = field.sheet(2)
    rows = table(2, {"A.1": {"points": "6"}, "B.1": {"reason": "Báo cáo quý II gửi muộn"}})
    field.save(sheet, 2, "A.1", points="8")
    field.save(sheet, 2, "B.1", days_late="4")
    field.save(sheet, 2, "A.2", actual="50", target="50")
    upload = tried(2, rows)
    assert {row["code"]: row["clash"] for row in upload.rows} == {"A.1": True, "B.1": False}
    assert all(row["by"] for row in upload.rows)
    actions.take_upload(upload=upload, actor=world.officer(2), now=now)
    late = ScoreLine.objects.get(sheet=sheet, code="B.1")
    assert (points(sheet, "A.1"), late.days_late, late.reason) == (6, 4, "Báo cáo quý II gửi muộn")
    assert ScoreLine.objects.get(sheet=sheet, code="A.2").actual == 50


def test_an_officer_who_looked_before_the_file_came_is_merged_with_it(field, world, now, table, tried):
    field.open()
    sheet = field.sheet(2)
    upload = tried(2, table(2, {"A.1": {"points": "7"}, "B.1": {"reason": "Gửi qua bưu điện"}}))
    actions.take_upload(upload=upload, actor=world.officer(2), now=now)
    assert set(LineSave.objects.filter(sheet=sheet, revision=2).values_list("code", "points")) == {("A.1", 7), ("B.1", None)}
    line = field.save(sheet, 2, "A.1", points="9", reason="Thiếu một buổi", revision=1)
    assert (line.points, line.reason, line.revision) == (7, "Thiếu một buổi", 3)
    with pytest.raises(Refused, match="changed_meanwhile"):
        field.save(sheet, 2, "A.1", points="5", reason="Thiếu một buổi", revision=1)
    actions.take_upload(upload=tried(2, table(2, {"A.1": {"points": "6"}})), actor=world.officer(2), now=now)
    actions.undo_upload(upload=SheetUpload.objects.latest("pk"), actor=world.officer(2), now=now)
    assert field.save(sheet, 2, "A.1", points="7", reason="Thiếu hai buổi", revision=5).revision == 6


def test_an_emptied_cell_is_emptied_but_a_file_without_stamps_erases_nothing(field, world, now, table, tried):
    field.open()
    sheet = field.sheet(2)
    emptied = tried(2, table(2, {"A.1": {"points": ""}}))
    assert [(row["code"], row["figures"]) for row in emptied.rows] == [("A.1", {})]
    bare = tried(2, [["code", "points"], ["A.1", ""], ["A.2", ""], ["A.3", ""], ["B.2", "3"]])
    assert [(row["code"], row["figures"]) for row in bare.rows] == [("B.2", {"points": "3"})]
    assert points(sheet, "A.1") == 9


def test_all_bad_cells_are_told_and_nothing_is_kept(field, table, tried):
    field.open()
    sheet = field.sheet(2)
    rows = table(2, {"A.1": {"points": "12"}, "A.2": {"target": "0"}, "B.1": {"days_late": "1,2345"}, "A.3": {"count": "1"}})
    with pytest.raises(Refused) as refused:
        tried(2, rows)
    found = {problem.code for problem in refused.value.facts["problems"]}
    assert found == {"scoring.above_maximum", "scoring.target_not_positive", "scoring.figure_too_long"}
    assert not SheetUpload.objects.exists()
    assert points(sheet, "A.1") == 9


def test_cells_that_cannot_be_read_do_not_hide_those_the_table_refuses(field, table, tried):
    field.open()
    field.sheet(2)
    with pytest.raises(Refused) as refused:
        tried(2, table(2, {"A.1": {"points": "12"}, "A.2": {"actual": "chín"}, "B.2": {"grade": "E"}}))
    assert [(problem.code, problem.column) for problem in refused.value.facts["problems"]] == [
        ("scoring.above_maximum", "code"), ("kernel.points_not_a_number", "actual"), ("scoring.not_a_choice", "grade"),
    ]  # fmt: skip


def test_a_reason_that_begins_like_a_formula_is_no_formula_in_the_csv_and_comes_back_as_typed(field, world, table, tried):
    field.open()
    sheet = field.sheet(2)
    said = '=HYPERLINK("http://a.vn","xem")'
    field.save(sheet, 2, "A.1", reason=said, points="9")
    desk = desk_of(world.officer(2), field.year, world.unit(2))
    rows = list(csv.DictReader(io.StringIO(offline_csv(desk, desk_result(desk)).decode("utf-8-sig"))))
    assert [row["reason"] for row in rows if row["code"] == "A.1"] == [f"'{said}"]
    with pytest.raises(Refused, match="upload_changes_nothing"):
        tried(2, table(2, {}, offline_csv))


def test_a_file_of_another_unit_or_version_is_refused(field, table, tried):
    field.open()
    field.sheet(2)
    with pytest.raises(Refused, match="other_sheet"):
        tried(3, table(2, {"A.1": {"points": "7"}}))
    rows = table(2, {"A.1": {"points": "7"}})
    at = named_columns(rows[0]).index("stamp")
    for row in rows[1:]:
        parts = row[at].split("/")
        row[at] = "/".join([*parts[:3], "0" * 12, parts[4]])
    with pytest.raises(Refused, match="other_version"):
        tried(2, rows)


def test_a_dry_run_that_is_out_of_date_is_not_taken_in_nor_one_twice(field, world, now, table, tried):
    field.open()
    sheet = field.sheet(2)
    old, new = tried(2, table(2, {"A.1": {"points": "7"}})), tried(2, table(2, {"A.1": {"points": "6"}}))
    officer = world.officer(2)
    with pytest.raises(Refused, match="upload_not_taken"):
        actions.undo_upload(upload=new, actor=officer, now=now)
    actions.take_upload(upload=new, actor=officer, now=now)
    with pytest.raises(Refused, match="upload_outdated"):
        actions.take_upload(upload=old, actor=officer, now=now)
    with pytest.raises(Refused, match="upload_taken"):
        actions.take_upload(upload=new, actor=officer, now=now)
    field.save(sheet, 2, "A.1", points="5")
    with pytest.raises(Refused, match="upload_changed_since"):
        actions.undo_upload(upload=new, actor=officer, now=now)


def test_only_the_unit_itself_and_only_while_it_scores(field, world, now, table, tried):
    field.open()
    sheet = field.sheet(2)
    rows = table(2, {"A.1": {"points": "7"}})
    for actor in (world.officer(3), world.secretary()):
        with pytest.raises(Forbidden):
            tried(2, rows, actor)
    upload = tried(2, rows)
    with pytest.raises(Forbidden):
        actions.take_upload(upload=upload, actor=world.officer(3), now=now)
    actions.submit_sheet(sheet=sheet, actor=world.leader(2), now=now)
    for step in (lambda: tried(2, rows), lambda: actions.take_upload(upload=upload, actor=world.officer(2), now=now)):
        with pytest.raises(Refused, match="already_submitted"):
            step()
    field.stage("closed")
    with pytest.raises(Refused):
        tried(2, rows)


def test_the_csv_is_a_scores_table(field, world):
    field.open()
    field.sheet(2)
    desk = desk_of(world.officer(2), field.year, world.unit(2))
    rows = list(csv.DictReader(io.StringIO(offline_csv(desk, desk_result(desk)).decode("utf-8-sig"))))
    (late,) = [row for row in rows if row["code"] == "B.1"]
    assert (late["unit"], late["days_late"], late["assigned"]) == (world.unit(2).slug, "2", "1")
