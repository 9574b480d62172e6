import io
import re
import zipfile
from datetime import date
from typing import ClassVar

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from thidua.kernel.errors import Forbidden, Refused
from thidua.programmes import actions
from thidua.programmes.actions import imports
from thidua.programmes.models import Task, TaskSheet
from thidua.programmes.queries import sheets
from thidua.programmes.queries.sheets import offered_by
from thidua.programmes.rules import sheet as rules
from thidua.programmes.tests import made

HEADINGS = list(rules.COLUMNS.values())
TODAY = date(2021, 11, 1)
NOTHING = rules.Known({}, {}, {}, frozenset())


def book(rows, headings=HEADINGS, above=()):
    """An XLSX with the rows under the headings; days are written as Excel's days."""
    held = io.BytesIO()
    with xlsxwriter.Workbook(held, {"in_memory": True}) as workbook:
        sheet = workbook.add_worksheet("Việc")
        day = workbook.add_format({"num_format": "dd/mm/yyyy"})
        for index, row in enumerate([*above, headings, *rows]):
            for column, value in enumerate(row):
                if isinstance(value, date):
                    sheet.write_datetime(index, column, value, day)
                elif value is not None:
                    sheet.write(index, column, value)
    return held.getvalue()


def rows(*cells):
    return [rules.Row(number, row) for number, row in enumerate(cells, 2)]


def read(content, name="viec.xlsx"):
    """The table in an upload."""
    return imports._table_in(SimpleUploadedFile(name, content))


def code_of(action, *args, **values):
    with pytest.raises(Refused) as refused:
        action(*args, **values)
    return refused.value.code


def test_an_xlsx_is_read_with_its_days_and_numbers_of_rows():
    content = book([["Mở lớp", "chi\ntiết", None, date(2021, 3, 5)], [], ["Hội thi", 12.0]], above=[["Kế hoạch năm"], []])
    table = read(content)
    assert table.sheet == "Việc"
    assert [row.number for row in table.rows] == [4, 6]
    assert table.rows[0].cells == {"title": "Mở lớp", "detail": "chi\ntiết", "starts_on": "05-03-2021"}
    assert table.rows[1].cells == {"title": "Hội thi", "detail": "12"}


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_csv_is_read_with_any_usual_delimiter(delimiter):
    text = delimiter.join(["NHIỆM VỤ", "Hạn hoàn thành"]) + "\n" + delimiter.join(["Mở lớp", "5/3/2021"]) + "\n"
    assert read(b"\xef\xbb\xbf" + text.encode()).rows == [rules.Row(2, {"title": "Mở lớp", "due_on": "5/3/2021"})]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"PK\x03\x04 not an archive", "files.wrong_kind"),
        (b"\xff\xfe\x00", "programmes.sheet_not_text"),
        ("tên,hạn\nA,B".encode(), "programmes.sheet_no_header"),
        ("Nhiệm vụ,Hạn\n".encode(), "programmes.sheet_empty"),
        (("Nhiệm vụ\n" + "x\n" * 1001).encode(), "programmes.sheet_too_long"),
        ('Nhiệm vụ,Hạn\n"mở,1\n'.encode(), "programmes.sheet_damaged"),
        ("Nhiệm vụ\n".encode() + b"\n" * 20_000, "files.sheet_too_long"),
        ("Nhiệm vụ".encode() + b"," * 500, "files.sheet_too_wide"),
        (b"a\n" * (2**21 + 1), "programmes.sheet_too_heavy"),
    ],
)
def test_files_that_are_no_table(content, code):
    assert code_of(read, content) == code


def with_sheet(data):
    """An XLSX whose sheet has this XML in the place of its only cell."""
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book([], ["Nhiệm vụ"]))) as whole, zipfile.ZipFile(held, "w") as changed:
        for member in whole.infolist():
            content = whole.read(member)
            if member.filename == "xl/worksheets/sheet1.xml":
                content = re.sub(rb"(?<=<sheetData>).*(?=</sheetData>)", lambda found: found[0] + data, content, flags=re.S)
            changed.writestr(member.filename, content)
    return held.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        b'<row r="300000"><c r="xfd300000"><v>1</v></c></row>',
        b'<row r="300000"><c r="XFD00000300000"><v>1</v></c></row>',
        b'<row r="1048576"><c><v>1</v></c></row><row r="2"><c r="XFD2"><v>1</v></c></row>',
    ],
)
def test_a_furthest_cell_that_would_fill_the_memory(data):
    assert code_of(read, with_sheet(data)) == "files.sheet_too_wide"


@pytest.mark.parametrize("text", ["05-03-2021", "5/3/2021", "05.03.2021", "2021-03-05", "05 - 03 - 2021"])
def test_days_as_people_write_them(text):
    assert rules.day(text) == date(2021, 3, 5)


@pytest.mark.parametrize("text", ["", "31-02-2021", "5/3/21", "tháng 3", "44260", "01-01-1800", "2021-13-01"])
def test_what_is_no_day(text):
    assert rules.day(text) is None


@given(st.dates(date(1900, 1, 1), date(2200, 12, 31)))
def test_every_day_comes_back(day):
    assert rules.day(f"{day:%d/%m/%Y}") == rules.day(f"{day.day}-{day.month}-{day.year}") == day


@pytest.mark.parametrize(
    ("cells", "column", "code"),
    [
        ({"detail": "x"}, "Nhiệm vụ", "programmes.cell_missing"),
        ({"title": "x" * 301}, "Nhiệm vụ", "programmes.cell_too_long"),
        ({"title": "A", "due_on": "31-02-2021"}, "Hạn", "programmes.cell_no_day"),
        ({"title": "A", "starts_on": "02-03-2021", "due_on": "01-03-2021"}, "Hạn", "programmes.task_ends_before_start"),
        ({"title": "A", "owner": "Ai đó"}, "Chức vụ phụ trách", "programmes.cell_no_post"),
        ({"title": "A", "owner": "phó phòng"}, "Chức vụ phụ trách", "programmes.cell_posts"),
        ({"title": "A", "state": "Đang chờ"}, "Trạng thái", "programmes.cell_no_state"),
        ({"title": "A", "state": "Xong"}, "Ngày xong", "programmes.cell_done_needs_day"),
        ({"title": "A", "done_on": "01-03-2021"}, "Ngày xong", "programmes.cell_day_needs_done"),
        ({"title": "A", "state": "xong", "done_on": "02-11-2021"}, "Ngày xong", "programmes.done_in_future"),
        ({"title": "A", "clauses": "Mục 1; Mục 9"}, "Mục", "programmes.cell_no_clause"),
        ({"title": "A", "clauses": "Mục 2"}, "Mục", "programmes.cell_clauses"),
        ({"title": "A", "parent": "Không có"}, "Là việc con của", "programmes.cell_no_parent"),
        ({"title": "A", "parent": "A"}, "Là việc con của", "programmes.cell_no_parent"),
    ],
)
def test_every_bad_cell_is_named(cells, column, code):
    known = rules.Known({"pho phong": [1, 2]}, {"muc 1": [1], "muc 2": [2, 3]}, {}, frozenset())
    found = rules.check(rows({"title": "Tốt"}, cells), known, TODAY)
    assert [(fault.row, fault.column, fault.code) for fault in found.faults] == [(3, column, code)]
    assert [row.draft.title for row in found.planned] == ["Tốt"]


def test_a_row_twice_names_both():
    found = rules.check(rows({"title": "A"}, {"title": "B"}, {"title": " a "}), NOTHING, TODAY)
    assert [(fault.row, fault.facts["rows"]) for fault in found.faults] == [(2, [2, 4]), (4, [2, 4])]


def test_parents_may_stand_below_their_parts():
    found = rules.check(rows({"title": "Con", "parent": "cha"}, {"title": "Cha"}), NOTHING, TODAY)
    assert [(row.row, row.parent_row) for row in found.planned] == [(2, 3), (3, None)]


@pytest.fixture
def place(world, now):
    """A running year, a programme for a document, its officer."""
    year = world.year(stage="running")
    document = made.directive(year, now)
    return made.programme(year, world.unit(2), now, directive=document), world.officer(2)


def kept(programme, officer, now, content, name="viec.xlsx"):
    upload = SimpleUploadedFile(name, content)
    return actions.read_sheet(programme=programme, upload=upload, actor=officer, now=now)


def test_a_table_becomes_tasks(world, place, now):
    programme, officer = place
    post = made.post(world.unit(2))
    lines = [
        ["Lớp 1", "ở xã", "trưởng phòng", date(2021, 10, 1), "20/10/2021", "Xong", "19-10-2021", "Mục 1", "Mở lớp"],
        ["Mở lớp", None, officer.name, None, "31-12-2021", "Đang làm", None, "mục 1; 05-CT/TW: Mục 2"],
    ]
    sheet = kept(programme, officer, now, book(lines))
    assert not Task.objects.exists()
    assert actions.import_sheet(sheet=sheet, actor=officer, now=now) == 2
    part, parent = Task.objects.order_by("position")
    assert (part.parent, part.owner_post, part.state, part.done_on) == (parent, post, "done", date(2021, 10, 19))
    assert (part.starts_on, part.due_on, part.detail) == (date(2021, 10, 1), date(2021, 10, 20), "ở xã")
    assert sorted(parent.clauses.values_list("label", flat=True)) == ["Mục 1", "Mục 2"]
    assert parent.owner_post.title_vi == "unit_officer"
    assert part.notes.get().note == "viec.xlsx"
    assert code_of(actions.import_sheet, sheet=sheet, actor=officer, now=now) == "programmes.sheet_imported"


def test_a_clause_without_a_label_goes_by_its_place(place, now):
    programme, officer = place
    made.directive(programme.year, now, number="06-CT/TW", clauses=("", "II.1", ""))
    lines = [["Mở lớp", None, None, None, None, None, None, "06-CT/TW: Mục 3; 06-CT/TW: II.1"]]
    sheet = kept(programme, officer, now, book(lines))
    assert actions.import_sheet(sheet=sheet, actor=officer, now=now) == 1
    assert sorted(Task.objects.get().clauses.values_list("position", flat=True)) == [2, 3]
    programme.directive.clauses.update(label="")
    assert offered_by(programme).clauses == ["Mục 1", "Mục 2"]
    sheet = kept(programme, officer, now, book([["Hội thi", None, None, None, None, None, None, "Mục 2"]]))
    actions.import_sheet(sheet=sheet, actor=officer, now=now)
    assert Task.objects.get(title="Hội thi").clauses.get().position == 2


def test_headings_of_earlier_templates_are_still_read():
    table = rules.table_of([("", rules.csv_rows("Nhiệm vụ,Điều khoản,Nhiệm vụ cha\nA,Mục 1,B\n".encode()))])
    assert table.rows[0].cells == {"title": "A", "clauses": "Mục 1", "parent": "B"}


def test_one_bad_cell_and_nothing_is_made(place, now):
    programme, officer = place
    sheet = kept(programme, officer, now, book([["Tốt"], ["Xấu", None, None, None, "hôm qua"]]))
    found = sheets.checked(sheet, TODAY)
    assert [(fault.row, fault.value) for fault in found.faults] == [(3, "hôm qua")]
    assert code_of(actions.import_sheet, sheet=sheet, actor=officer, now=now) == "programmes.sheet_faulty"
    assert not Task.objects.exists()


def test_the_same_file_twice_is_noticed(place, now):
    programme, officer = place
    content = book([["Mở lớp"], ["Lớp 1", *[None] * 7, "Mở lớp"]])
    actions.import_sheet(sheet=kept(programme, officer, now, content), actor=officer, now=now)
    again = kept(programme, officer, now, content)
    assert sheets.same_file(again).imported_at == now
    assert code_of(actions.import_sheet, sheet=again, actor=officer, now=now) == "programmes.sheet_known"
    assert code_of(actions.import_sheet, sheet=again, skip_known=True, actor=officer, now=now) == "programmes.sheet_all_known"
    more = kept(programme, officer, now, book([["Mở lớp"], ["Lớp 2", *[None] * 7, "Mở lớp"]]))
    assert actions.import_sheet(sheet=more, skip_known=True, actor=officer, now=now) == 1
    assert Task.objects.get(title="Lớp 2").parent == Task.objects.get(title="Mở lớp")


def test_a_strange_heading_is_not_dropped_silently(place, now):
    programme, officer = place
    upload = SimpleUploadedFile("viec.csv", "Nhiệm vụ,Kinh phí\nMở lớp,10\n".encode())
    with pytest.raises(Refused) as refused:
        actions.read_sheet(programme=programme, upload=upload, actor=officer, now=now)
    assert (refused.value.code, refused.value.facts["headings"]) == ("programmes.sheet_stranger", ["Kinh phí"])


def test_who_may_not_import(world, place, now):
    programme, officer = place
    sheet = kept(programme, officer, now, book([["Mở lớp"]]))
    for actor in (world.officer(3), world.secretary()):
        with pytest.raises(Forbidden):
            actions.import_sheet(sheet=sheet, actor=actor, now=now)
        with pytest.raises(Forbidden):
            kept(programme, actor, now, book([["Mở lớp"]]))


def test_tables_that_were_only_looked_at_do_not_pile_up(place, now):
    programme, officer = place
    for number in range(7):
        kept(programme, officer, now, book([[f"Việc {number}"]]))
    assert TaskSheet.objects.count() == 5


class Watched(SimpleUploadedFile):
    """An upload that notes in how many transactions each reading of it happens."""

    depths: ClassVar[list[int]] = []

    def read(self, *size):
        self.depths.append(len(connection.savepoint_ids))
        return super().read(*size)


def test_a_table_is_read_before_the_writing_begins(place, now):
    programme, officer = place
    before = len(connection.savepoint_ids)
    actions.read_sheet(programme=programme, upload=Watched("viec.xlsx", book([["Mở lớp"]])), actor=officer, now=now)
    assert set(Watched.depths) == {before}
