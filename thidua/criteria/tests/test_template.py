"""The template that comes back: locked keys, lists to choose from, the hidden stamp, and nothing lost on the way."""

import io
import re
import unicodedata
import zipfile

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from thidua.criteria.inspection.stamp import SHEET, lines_of, stamp_in
from thidua.criteria.papers import Stamp, look_into, read_table, workbook_of
from thidua.criteria.papers.workbook import ROOM
from thidua.criteria.rules import parse_criteria
from thidua.criteria.rules.cells import cells_of, digest
from thidua.criteria.tests.conftest import CONTRADICTORY, REAL, SMALL

STAMP = Stamp("cum-2", 2021, 3, "ab" * 32)
TITLES = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "Zs")), max_size=30).map(
    lambda text: unicodedata.normalize("NFC", text).strip()
)


def parsed(rows):
    """The table of rows that hold one."""
    found = parse_criteria(rows).table
    assert found is not None
    return found


def part(content, name):
    """A part of the file, as it is packed."""
    return zipfile.ZipFile(io.BytesIO(content)).read(name).decode()


def made(*rows):
    """A file of these rows in which numbers are numbers."""
    held = io.BytesIO()
    with xlsxwriter.Workbook(held) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return held.getvalue()


@pytest.mark.parametrize("path", [REAL, CONTRADICTORY])
def test_a_real_table_comes_back_as_it_went(path):
    table = parsed(read_table(path))
    found = look_into(workbook_of(table, [("Bảng", "thử")], STAMP))
    assert digest(parsed(found.rows).criteria) == digest(table.criteria)
    assert found.stamp == STAMP
    assert found.problems == ()
    assert found.sheet == "Bảng tiêu chí"


@settings(max_examples=12)
@given(
    st.lists(st.tuples(st.integers(1, 99), st.integers(0, 99), TITLES), unique_by=lambda row: row[0], min_size=1, max_size=6),
    st.sampled_from(["points", "ratio", "count"]),
)
def test_export_then_import_is_the_identity(rows, kind):
    cells = [["code", "parent_code", "title_vi", "max_points", "kind", "rule_text_vi"]]
    cells += [[f"1.{code}0", "", title, f"{points}.25", kind, title[::-1].strip()] for code, points, title in rows]
    table = parsed(cells)
    again = parsed(read_table(workbook_of(table, stamp=STAMP)))
    assert [cells_of(row) for row in again.criteria] == [cells_of(row) for row in table.criteria]


def test_keys_and_column_names_are_locked_and_all_else_is_free():
    content = workbook_of(parsed(SMALL), stamp=STAMP)
    sheet, formats = part(content, "xl/worksheets/sheet1.xml"), part(content, "xl/styles.xml")
    each = re.findall(r"<xf [^>]*/>|<xf .*?</xf>", re.search(r"<cellXfs.*</cellXfs>", formats)[0])
    locked = {str(index): 'locked="0"' not in xf for index, xf in enumerate(each)}
    cells = {place: locked[style] for place, style in re.findall(r'<c r="([A-Z]+[0-9]+)" s="([0-9]+)"', sheet)}
    assert {place for place, is_locked in cells.items() if is_locked and place[-1] != "1"} == {"A2", "A3", "A4", "B2", "B3", "B4"}
    assert {is_locked for place, is_locked in cells.items() if place.endswith("1")} == {True}
    assert not any(locked[style] for style in re.findall(r'<col [^>]*style="([0-9]+)"', sheet))  # new rows are typed with codes
    assert "<sheetProtection sheet=" in sheet
    assert "password" not in sheet


def test_kinds_and_methods_are_chosen_from_lists_in_new_rows_too():
    sheet = part(workbook_of(parsed(SMALL), stamp=STAMP), "xl/worksheets/sheet1.xml")
    lists = dict(re.findall(r'<dataValidation [^>]*sqref="([^"]+)"><formula1>"(.*?)"</formula1>', sheet))
    assert lists[f"E2:E{len(SMALL) + ROOM}"] == "points,ratio,count,bonus,penalty,gate"
    assert any("relative_to_leader" in words for words in lists.values())


def test_the_stamp_is_hidden():
    book = part(workbook_of(parsed(SMALL), stamp=STAMP), "xl/workbook.xml")
    assert re.search(rf'<sheet name="{SHEET}" sheetId="2" state="hidden"', book)


def test_a_stamp_whose_year_a_program_made_a_number_of_is_read():
    lines = {name: float(text) if text.isdigit() else text for name, text in lines_of(STAMP)}
    assert stamp_in([type("S", (), {"name": SHEET, "rows": list(lines.items())})]) == STAMP


@pytest.mark.parametrize("spoilt", [{"kind": "scores"}, {"year": "hai nghìn"}, {"number": "-1"}])
def test_a_stamp_that_somebody_wrote_into_is_none(spoilt):
    lines = dict(lines_of(STAMP)) | spoilt
    sheet = type("S", (), {"name": SHEET, "rows": [tuple(line) for line in lines.items()]})
    assert stamp_in([sheet]) is None


def test_a_table_that_was_never_stamped_has_no_stamp():
    assert look_into(workbook_of(parsed(SMALL))).stamp is None
    assert look_into(REAL).stamp is None


def test_every_code_stored_as_a_number_is_told_and_not_the_first_alone():
    found = look_into(made(SMALL[0], [1.1, "", "Một", 2, "points"], ["1.10", 1.1, "Hai", 2, "points"]))
    assert [(p.code, p.row, p.column) for p in found.problems] == [
        ("criteria.code_is_number", 2, "code"),
        ("criteria.code_is_number", 3, "parent_code"),
    ]
    assert found.rows[2][0] == "1.10"


def test_codes_that_look_like_numbers_or_formulas_stay_text():
    rows = [SMALL[0], ["1.1", "", "=1+1", "1", "points"], ["1.10", "", "@SUM(A1)", "2", "points"], ["01", "", "+3", "", "points"]]
    content = workbook_of(parsed(rows), stamp=STAMP)
    assert [row[:3] for row in look_into(content).rows[1:]] == [row[:3] for row in rows[1:]]
    assert "<f>" not in part(content, "xl/worksheets/sheet1.xml")
