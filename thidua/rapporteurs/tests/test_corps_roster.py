import io
import re
import zipfile
from datetime import date

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook, SheetVisibleEnum

from thidua.directives.models import Level
from thidua.kernel.errors import Refused
from thidua.rapporteurs.actions import roster as actions
from thidua.rapporteurs.models import CorpsKind, CorpsMember, Term, TermKind
from thidua.rapporteurs.papers.roster import roster_template
from thidua.rapporteurs.rules import roster as rules
from thidua.rapporteurs.rules.corps import Span
from thidua.rapporteurs.tests.corps import member, url

TODAY = date(2021, 11, 1)
HEADINGS = list(rules.COLUMNS.values())
AN = ["Báo cáo viên", "Tỉnh, thành phố", "Nguyễn Văn An", "Trưởng phòng", "Kinh tế", "0208 385 1234", "05-QĐ/TU", "Tỉnh ủy",
      "15-12-2020", "01-01-2021", "24", ""]  # fmt: skip
BINH = ["CTV", "cơ sở", "Trần Thị Bình", "Chuyên viên", *[""] * 8]


def book(*rows, headings=HEADINGS, above=(), draw=None):
    """An XLSX with the rows under the headings; days become Excel's days, "=…" formulas with their value beside them."""
    held = io.BytesIO()
    with xlsxwriter.Workbook(held, {"in_memory": True}) as made:
        sheet = made.add_worksheet("Đội ngũ")
        day = made.add_format({"num_format": "dd/mm/yyyy"})
        for number, row in enumerate([*above, headings, *rows]):
            for column, value in enumerate(row):
                if isinstance(value, date):
                    sheet.write_datetime(number, column, value, day)
                elif isinstance(value, tuple):
                    sheet.write_formula(number, column, value[0], None, value[1])
                else:
                    sheet.write(number, column, value)
        if draw:
            draw(sheet)
    return held.getvalue()


def read(content, name="doi-ngu.xlsx"):
    return actions.read_roster(SimpleUploadedFile(name, content))


def check(*rows, kept=None):
    return rules.check(read(book(*rows)), kept or {}, TODAY)


def faults(*rows, kept=None):
    """(row, column, code) of every fault."""
    return [(one.row, one.column, one.code.removeprefix("rapporteurs.")) for one in check(*rows, kept=kept).faults]


def changed(row, **values):
    keys = list(rules.COLUMNS)
    return [values.get(key, cell) for key, cell in zip(keys, row, strict=True)]


def refused(action, *args, **values):
    with pytest.raises(Refused) as caught:
        action(*args, **values)
    return caught.value.code


def test_the_words_of_the_template_are_those_of_the_tables():
    assert set(rules.KINDS.values()) == set(CorpsKind.values)
    assert set(rules.LEVELS.values()) == set(Level.values)


def test_rows_are_read_with_excel_days_numbers_and_a_title_above():
    row = changed(AN, decided_on=date(2020, 12, 15), starts_on=date(2021, 1, 1), months=24.0)
    [found] = read(book([], row, above=[["Danh sách năm 2021"], []]))
    assert found.number == 5
    assert (found.cells["starts_on"], found.cells["months"]) == ("01-01-2021", "24")
    [planned] = rules.check([found], {}, TODAY).planned
    assert planned.how == "add"
    assert planned.term.span == Span(date(2021, 1, 1), date(2022, 12, 31), "05-QĐ/TU")


@pytest.mark.parametrize(
    ("values", "column", "code"),
    [
        ({"starts_on": "30-02-2021"}, "Từ ngày", "cell_no_day"),
        ({"decided_on": "hôm qua"}, "Ngày quyết định", "cell_no_day"),
        ({"months": "", "ends_on": "31-12-2020"}, "Đến ngày", "term_ends_before_start"),
        ({"months": "0"}, "Số tháng", "months_out_of_range"),
        ({"months": "200"}, "Số tháng", "months_out_of_range"),
        ({"months": "hai năm"}, "Số tháng", "cell_no_months"),
        ({"months": ""}, "Số tháng", "term_without_end"),
        ({"ends_on": "01-01-2023"}, "Đến ngày", "term_two_ends"),
        ({"decision": ""}, "Số quyết định", "cell_missing"),
        ({"decision": "x" * 61}, "Số quyết định", "cell_too_long"),
        ({"decided_on": "02-11-2021"}, "Ngày quyết định", "decided_in_future"),
        ({"kind": "Tuyên truyền viên"}, "Loại", "cell_no_kind"),
        ({"level": "Liên xã"}, "Cấp", "cell_no_level"),
        ({"name": ""}, "Họ và tên", "cell_missing"),
        ({"post_title": "x" * 201}, "Chức vụ", "cell_too_long"),
    ],
)
def test_each_wrong_cell_is_named(values, column, code):
    assert faults(AN, BINH, changed(AN, **{"name": "Phạm Thu Cúc"} | values)) == [(4, column, code)]


def test_every_wrong_cell_of_a_row_is_named_at_once():
    assert faults(changed(AN, level="?", starts_on="30-02-2021", months="200")) == [
        (2, "Cấp", "cell_no_level"),
        (2, "Từ ngày", "cell_no_day"),
        (2, "Số tháng", "months_out_of_range"),
    ]


def test_a_row_written_twice_is_told_with_the_first_one():
    found = check(AN, BINH, changed(AN, name="NGUYỄN VĂN AN"), BINH)
    assert [(one.row, one.code, one.facts["first"]) for one in found.faults] == [
        (4, "rapporteurs.cell_twice", 2),
        (5, "rapporteurs.cell_twice", 3),
    ]


def test_two_terms_of_one_member_in_the_file_may_follow_but_not_meet():
    later = changed(AN, decision="07-QĐ/TU", starts_on="01-01-2023")
    assert [one.how for one in check(AN, later).planned] == ["add", "renew"]
    assert faults(AN, changed(later, starts_on="31-12-2022")) == [(3, "Từ ngày", "terms_meet")]


def test_cells_merged_over_rows_are_empty_below_the_first():
    def merge(sheet):
        sheet.merge_range(1, 0, 2, 0, "Báo cáo viên")

    rows = read(book(AN, changed(BINH, kind=""), draw=merge))
    assert [(one.row, one.column, one.code) for one in rules.check(rows, {}, TODAY).faults] == [
        (3, "Loại", "rapporteurs.cell_missing")
    ]


def test_a_formula_counts_by_what_it_shows():
    shown = changed(AN, name=('="Nguyễn"&" Văn An"', "Nguyễn Văn An"))
    assert check(shown).planned[0].values["name"] == "Nguyễn Văn An"
    assert faults(changed(AN, name=("=A1", ""))) == [(2, "Họ và tên", "cell_missing")]
    assert faults(changed(AN, name=("=NA()", "#N/A"))) == [(2, "Họ và tên", "cell_missing")]


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"not a table", "a.xlsx", "files.wrong_kind"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "a.xls", "files.wrong_kind"),
        (b"", "a.xlsx", "files.empty"),
        (book(AN, headings=["Tên", "Nghề", *HEADINGS[4:]]), "a.xlsx", "rapporteurs.roster_no_header"),
        (book(AN, headings=[*HEADINGS[:11], "Sở thích"]), "a.xlsx", "rapporteurs.roster_stranger"),
        (book(AN, headings=[*HEADINGS[:11], "Cấp"]), "a.xlsx", "rapporteurs.roster_heading_twice"),
        (book(), "a.xlsx", "rapporteurs.roster_empty"),
        (book(*[changed(BINH, name=f"Người {n}") for n in range(501)]), "a.xlsx", "rapporteurs.roster_too_long"),
        (book(AN), "a.docx", "files.lies_about_type"),
    ],
)
def test_a_file_that_is_no_list_is_refused_in_words(content, name, code):
    with pytest.raises(Refused) as caught:
        read(content, name)
    assert (caught.value.code, caught.value.facts["field"]) == (code, "upload")


def test_a_file_with_macros_is_refused():
    held = io.BytesIO(book(AN))
    with zipfile.ZipFile(held, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"x")
    assert refused(read, held.getvalue()) == "files.macros"


@given(st.lists(st.dictionaries(st.sampled_from(list(rules.COLUMNS)), st.text(max_size=12)), max_size=6))
def test_whatever_stands_in_the_cells_is_answered(cells):
    rows = [rules.Row(number, one) for number, one in enumerate(cells, 2)]
    found = rules.check(rows, {}, TODAY)
    assert {row.row for row in found.planned} | {fault.row for fault in found.faults} == {row.number for row in rows}


def test_the_template_is_read_back_and_its_example_shows_how():
    content = roster_template(2021)
    assert refused(read, content) == "rapporteurs.roster_empty"
    example = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name("Ví dụ").to_python()
    assert example[0] == HEADINGS
    assert not rules.check([rules.Row(2, dict(zip(rules.COLUMNS, map(str, example[1]), strict=True)))], {}, TODAY).faults
    assert "01-01-2021" in example[1]
    later = CalamineWorkbook.from_filelike(io.BytesIO(roster_template(2024))).get_sheet_by_name("Ví dụ").to_python()
    assert {"15-12-2023", "01-01-2024"} < set(later[1])


def test_the_drop_downs_offer_each_word_whole_also_one_with_a_comma():
    content = io.BytesIO(roster_template(2021))
    with zipfile.ZipFile(content) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    assert re.findall(r"<formula1>(.+?)</formula1>", sheet) == ["'Lựa chọn'!$A$1:$A$2", "'Lựa chọn'!$B$1:$B$4"]
    book_of = CalamineWorkbook.from_filelike(io.BytesIO(content.getvalue()))
    offered = zip(*book_of.get_sheet_by_name("Lựa chọn").to_python(), strict=True)
    assert [list(filter(None, words)) for words in offered] == [list(rules.KINDS), list(rules.LEVELS)]
    assert "Tỉnh, thành phố" in rules.LEVELS
    assert [one.visible for one in book_of.sheets_metadata] == [SheetVisibleEnum.Visible] * 2 + [SheetVisibleEnum.Hidden]


def test_all_rows_are_taken_in_and_the_same_file_twice_adds_nothing(world, now):
    year, unit = world.year(), world.unit(2)
    old = member(unit, "Lê Văn Cũ", terms=[("2019-01-01", "2020-12-31")])
    renewed = changed(AN, name="LÊ VĂN CŨ", post_title="trưởng phòng", decision="09-QĐ/TU")
    rows = read(book(AN, BINH, renewed))
    base = {"year": year, "unit": unit, "actor": world.officer(2), "now": now}
    done = actions.import_corps(rows=rows, **base)
    assert [done.count(how) for how in ("add", "renew", "same")] == [2, 1, 0]
    assert sorted(CorpsMember.objects.values_list("name", "kind", "level")) == [
        ("Lê Văn Cũ", "rapporteur", "province"),
        ("Nguyễn Văn An", "rapporteur", "province"),
        ("Trần Thị Bình", "collaborator", "grassroots"),
    ]
    old.refresh_from_db()
    assert (old.revision, old.terms.last().kind, old.terms.last().ends_on) == (2, TermKind.RENEWAL, date(2022, 12, 31))
    assert CorpsMember.objects.get(name="Nguyễn Văn An").terms.get().kind == TermKind.APPOINTMENT
    assert refused(actions.import_corps, rows=rows, **base) == "rapporteurs.roster_nothing_new"
    assert (CorpsMember.objects.count(), Term.objects.count()) == (3, 3)


def test_one_wrong_row_keeps_all_out(world, now):
    year, unit = world.year(), world.unit(2)
    member(unit, "Nguyễn Văn An", terms=[("2021-06-01", "2022-05-31")])
    gone = member(unit, "Lê Văn Cũ", left_on=date(2021, 1, 1), left_reason="Nghỉ hưu")
    rows = read(book(BINH, AN, changed(AN, name=gone.name)))
    found = actions.checked(unit, rows, now)
    assert [(one.row, one.code) for one in found.faults] == [(3, "rapporteurs.terms_meet"), (4, "rapporteurs.cell_has_left")]
    base = {"year": year, "unit": unit, "actor": world.officer(2), "now": now}
    assert refused(actions.import_corps, rows=rows, **base) == "rapporteurs.roster_faulty"
    assert CorpsMember.objects.count() == 2


def test_what_was_looked_at_is_what_is_taken_in_and_by_that_unit_only(world):
    rows = read(book(AN))
    packed = actions.packed(world.unit(2), rows)
    assert actions.unpacked(world.unit(2), packed) == rows
    assert refused(actions.unpacked, world.unit(3), packed) == "rapporteurs.roster_stale"
    assert refused(actions.unpacked, world.unit(2), packed[:-2] + "xx") == "rapporteurs.roster_stale"


def test_the_pages_of_the_import(world, sign_in):
    year = world.year()
    client = sign_in(world.person("unit_officer", world.unit(2)))
    address = url("import_corps", year, "don-vi-2")
    assert "Tải tệp mẫu" in client.get(address).content.decode()
    assert client.get(url("corps_template", year)).status_code == 200
    answer = client.post(address, {"upload": SimpleUploadedFile("a.xlsx", b"no")})
    assert answer.status_code == 422
    assert "Nội dung của tệp “a.xlsx” không thuộc loại được nhận (xlsx)" in answer.content.decode()
    answer = client.post(address, {"upload": SimpleUploadedFile("a.xlsx", book(AN, changed(BINH, level="?")))})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "hàng 3, cột “Cấp”" in page
    assert "Nhập tất cả" not in page
    answer = client.post(address, {"upload": SimpleUploadedFile("a.xlsx", book(AN, BINH))})
    assert answer.status_code == 200
    assert not CorpsMember.objects.exists()
    taken = {"rows": answer.context["packed"]}
    answer = client.post(url("take_in_corps", year, "don-vi-2"), taken, follow=True)
    assert "thêm 2 người" in answer.content.decode()
    assert CorpsMember.objects.count() == 2
    again = client.post(url("take_in_corps", year, "don-vi-2"), taken)
    assert again.status_code == 422
    assert "đã có sẵn" in again.content.decode()
    stale = client.post(url("take_in_corps", year, "don-vi-2"), {"rows": "x"}, follow=True)
    assert "chọn lại tệp" in stale.content.decode()


def test_another_units_list_is_not_taken_in(world, sign_in):
    year = world.year()
    packed = actions.packed(world.unit(3), read(book(AN)))
    client = sign_in(world.person("unit_officer", world.unit(2)))
    for name, data in [("import_corps", {"upload": SimpleUploadedFile("a.xlsx", book(AN))}), ("take_in_corps", {"rows": packed})]:
        assert client.post(url(name, year, "don-vi-3"), data).status_code == 403
    assert client.post(url("take_in_corps", year, "khong-co"), {}).status_code == 404
    assert not CorpsMember.objects.exists()
