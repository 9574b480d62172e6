"""Tự chấm in the browser: cells, the whole form without JavaScript, evidence, submission, and who gets which page."""

import re
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from python_calamine import CalamineWorkbook

from thidua.criteria.queries import table_of
from thidua.kernel.actor import Role
from thidua.scoring import queries
from thidua.scoring.access import get_unit_visible_to
from thidua.scoring.models import Evidence, ScoreLine, ScoreSheet
from thidua.scoring.tests.conftest import FULL
from thidua.scoring.tests.tables import real_results

YEAR = "/cum/cum-2/2021/"
SHEET = f"{YEAR}tu-cham/don-vi-2/"
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@pytest.fixture
def officer(world, sign_in):
    """A client signed in as the officer of unit 2."""
    return lambda: sign_in(world.person(Role.UNIT_OFFICER, world.unit(2)))


def png() -> bytes:
    stream = BytesIO()
    Image.new("RGB", (4, 4)).save(stream, "PNG")
    return stream.getvalue()


def cell(page, name):
    """The value in the field of that name."""
    found = re.search(rf'<input[^>]*name="{re.escape(name)}"[^>]*>', page)
    return re.search(r'value="([^"]*)"', found[0])[1]


def test_an_officer_starts_on_an_empty_sheet_and_the_first_cell_opens_it(field, world, officer):
    field.open()
    client = officer()
    page = client.get(SHEET).content.decode()
    assert "4 chưa chấm" in page
    assert not ScoreSheet.objects.exists()
    answer = client.post(f"{SHEET}dong/A.1/", {"points-A.1": "8,5", "reason-A.1": "", "revision-A.1": "0"})
    assert answer.status_code == 200
    assert ScoreLine.objects.get().points == 8.5
    parts = answer.content.decode()
    assert 'id="totals"' in parts
    assert "3 chưa chấm" in parts
    assert 'hx-swap-oob="true"' in parts
    assert 'name="revision-A.1" value="1"' in parts
    assert "8,5" in parts


def test_a_bad_cell_answers_422_with_its_sentence_and_saves_nothing(field, world, officer):
    field.open()
    client = officer()
    for typed, words in [("abc", "không phải là số"), ("11", "Tối đa 10 điểm"), ("1" * 30, "quá dài")]:
        answer = client.post(f"{SHEET}dong/A.1/", {"points-A.1": typed, "reason-A.1": "", "revision-A.1": "0"})
        assert answer.status_code == 422
        assert words in answer.content.decode()
    assert not ScoreLine.objects.exists()


def test_two_officers_the_second_reads_both_values_and_may_save_over(field, world, officer):
    field.open()
    sheet = field.sheet(2, {})
    client = officer()
    client.get(SHEET)
    field.save(sheet, 2, "A.1", points="8")
    typed = {"points-A.1": "7", "reason-A.1": "", "revision-A.1": "0"}
    answer = client.post(f"{SHEET}dong/A.1/", typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "unit_officer-don-vi-2 cũng vừa sửa ô này" in page
    assert "Bạn nhập <b>7 điểm</b>" in page
    assert "unit_officer-don-vi-2 vừa lưu <b>8 điểm</b>" in page
    assert 'name="revision-A.1" value="1"' in page
    whole = client.post(SHEET, typed)
    assert cell(whole.content.decode(), "points-A.1") == "7"
    client.post(SHEET, {**typed, "revision-A.1": "1"})
    assert ScoreLine.objects.get().points == 7


def test_without_javascript_good_rows_are_saved_and_bad_ones_are_told_with_what_was_typed(field, world, officer):
    field.open()
    client = officer()
    answer = client.post(
        SHEET,
        {
            "points-A.1": "9,5", "reason-A.1": "Đủ hồ sơ", "revision-A.1": "0",
            "actual-A.2": "bốn mươi", "target-A.2": "50", "reason-A.2": "", "revision-A.2": "0",
            "days_late-B.1": "2", "reason-B.1": "", "revision-B.1": "0",
            "grade-B.2": "B.7", "reason-B.2": "", "revision-B.2": "0",
        },
    )  # fmt: skip
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sorted(ScoreLine.objects.values_list("code", flat=True)) == ["A.1", "B.1"]
    assert "2 dòng chưa lưu được" in page
    assert cell(page, "actual-A.2") == "bốn mươi"
    assert cell(page, "target-A.2") == "50"
    assert "“B.7” không có trong danh sách" in page
    assert cell(page, "points-A.1") == "9,5"


def test_the_whole_form_saves_and_says_how_many(field, world, officer):
    field.open()
    client = officer()
    typed = {"points-A.1": "9", "reason-A.1": "", "revision-A.1": "0", "count-A.3": "", "reason-A.3": "", "revision-A.3": "0"}
    answer = client.post(SHEET, typed, follow=True)
    assert "Đã lưu 1 dòng." in answer.content.decode()
    assert ScoreLine.objects.count() == 1


def test_five_megabytes_in_a_reason_get_a_sentence_and_are_kept(field, world, officer):
    field.open()
    client = officer()
    text = "dài " * (5 * 2**20 // 5)
    answer = client.post(SHEET, {"points-A.1": "9", "reason-A.1": text, "revision-A.1": "0"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "nhiều nhất 2.000" in page or "nhiều nhất 2000" in page
    assert text.strip() in page
    assert not ScoreLine.objects.exists()


def test_hostile_words_are_only_words(field, world, officer):
    field.open()
    client = officer()
    client.post(SHEET, {"points-A.1": "9", "reason-A.1": "</textarea><script>alert(1)</script>", "revision-A.1": "0"})
    page = client.get(SHEET).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_a_heading_is_not_typed_and_an_unknown_row_is_not_there(field, world, officer):
    field.open()
    client = officer()
    assert client.post(f"{SHEET}dong/A/", {"points-A": "20"}).status_code == 200
    assert not ScoreLine.objects.exists()
    assert client.post(f"{SHEET}dong/Z.9/", {"points-Z.9": "20"}).status_code == 404


def test_filters_are_in_the_address(field, world, officer):
    field.open()
    field.sheet(2, {"A.1": {"points": "9"}})
    client = officer()
    page = client.get(f"{SHEET}?loc=thieu").content.decode()
    assert 'name="points-A.1"' not in page
    assert 'name="actual-A.2"' in page
    proofs = client.get(f"{SHEET}?loc=minh-chung").content.decode()
    assert 'name="points-A.1"' in proofs
    assert 'name="actual-A.2"' not in proofs


def test_computed_rows_say_why(field, world, officer):
    field.open()
    field.sheet(2)
    page = officer().get(SHEET).content.decode()
    assert "Thực hiện 40 trên chỉ tiêu 50 → 4 điểm." in page
    assert "A.1 (9) + A.2 (4) = 13" in page


def test_who_gets_the_sheet(field, world, sign_in):
    field.open()
    field.submitted(2)
    body = world.organisation("Ban Tuyen giao", "party_body")
    for role, place, status in [
        (Role.UNIT_OFFICER, world.unit(2), 200),
        (Role.UNIT_LEADER, world.unit(2), 200),
        (Role.UNIT_OFFICER, world.unit(3), 404),
        (Role.UNIT_LEADER, world.unit(3), 404),
        (Role.DELEGATE, world.unit(2), 404),
        (Role.EDITOR, world.unit(1), 404),
        (Role.HEAD_SECRETARY, world.unit(1), 200),
        (Role.SUPERIOR_OFFICER, body, 200),
        (Role.AUDITOR, world.organisation("Thanh tra"), 200),
        (Role.APPRAISER, body, 404),
        (Role.OPERATOR, world.unit(2), 404),
    ]:
        client = sign_in(world.person(role, place))
        assert client.get(SHEET).status_code == status, role
        assert client.get(f"{SHEET}phieu.xlsx").status_code == status, role
        assert client.get(f"{SHEET}minh-chung/A.1/").status_code == status, role
        own = place == world.unit(2) and status == 200
        typed = client.post(f"{SHEET}dong/A.1/", {"points-A.1": "1"})
        assert typed.status_code == (422 if own else 404 if status == 404 else 403), role
        assert ("Phiếu đã nộp nên đã khóa" in typed.content.decode()) == own


def test_readers_see_figures_and_no_fields(field, world, sign_in):
    field.open()
    field.sheet(2)
    page = sign_in(world.person(Role.HEAD_SECRETARY, world.unit(1))).get(SHEET).content.decode()
    assert 'name="points-A.1"' not in page
    assert "9 điểm" in page


def test_the_list_leads_people_of_one_unit_to_their_sheet_and_shows_all_to_the_head(field, world, sign_in):
    field.open()
    field.sheet(2)
    answer = sign_in(world.person(Role.UNIT_OFFICER, world.unit(2))).get(f"{YEAR}tu-cham/")
    assert answer.url == SHEET
    page = sign_in(world.person(Role.HEAD_SECRETARY, world.unit(1))).get(f"{YEAR}tu-cham/").content.decode()
    assert "100 %" in page
    assert page.count("chưa bắt đầu") == 2
    assert sign_in(world.person(Role.DELEGATE, world.unit(2))).get(f"{YEAR}tu-cham/").status_code == 404


def test_submitting_shows_what_is_missing_and_locks(field, world, sign_in):
    field.open()
    sheet = field.sheet(2, {"A.1": {"points": "9"}})
    client = sign_in(world.person(Role.UNIT_OFFICER, world.unit(2)))
    assert client.post(f"{SHEET}nop/").status_code == 403
    client = sign_in(world.person(Role.UNIT_LEADER, world.unit(2)))
    assert "còn 3 tiêu chí chưa chấm" in client.get(f"{SHEET}nop/").content.decode()
    refused = client.post(f"{SHEET}nop/", follow=True)
    assert refused.redirect_chain == [(f"{SHEET}nop/", 302)]
    assert "A.2, B.1, B.2" in refused.content.decode()
    for code in ("A.2", "B.1", "B.2"):
        field.save(sheet, 2, code, **FULL[code])
    assert client.post(f"{SHEET}nop/", follow=True).status_code == 200
    page = client.get(SHEET).content.decode()
    assert "Phiếu đã khóa" in page
    assert 'name="points-A.1"' not in page
    short = client.post(f"{SHEET}rut-lai/", {"reason": "sai"})
    assert short.status_code == 422
    assert re.search(r">\s*sai</textarea>", short.content.decode())
    client.post(f"{SHEET}rut-lai/", {"reason": "Tính nhầm mục A.1"})
    assert ScoreSheet.objects.get().status == "drafting"


def test_the_secretary_withholds_and_readmits_a_unit(field, world, sign_in):
    field.open()
    client = sign_in(world.person(Role.HEAD_SECRETARY, world.unit(1)))
    assert client.get(f"{SHEET}khong-xep-hang/").status_code == 200
    assert client.post(f"{SHEET}khong-xep-hang/", {"reason": "Không gửi báo cáo giải trình"}).status_code == 302
    assert "Không gửi báo cáo giải trình" in client.get(f"{YEAR}tu-cham/").content.decode()
    assert client.post(f"{SHEET}xep-hang-lai/", {"reason": "Đã gửi bù báo cáo"}).status_code == 302
    assert ScoreSheet.objects.get().status == "drafting"


def test_several_files_the_good_ones_stay_and_each_bad_one_is_named(field, world, officer):
    field.open()
    client = officer()
    uploads = [
        SimpleUploadedFile("ke-hoach.pdf", PDF),
        SimpleUploadedFile("noi-doi.pdf", png()),
        SimpleUploadedFile("trong.pdf", b""),
        SimpleUploadedFile("virus.exe", b"MZ" + b"0" * 50),
        SimpleUploadedFile("anh.png", png()),
    ]
    answer = client.post(f"{SHEET}minh-chung/A.1/", {"files": uploads, "note": "Kế hoạch năm"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "“noi-doi.pdf” thực ra là tệp png" in page
    assert "“trong.pdf” trống" in page
    assert "“virus.exe” không thuộc loại" in page
    assert sorted(Evidence.objects.values_list("file__name", flat=True)) == ["anh.png", "ke-hoach.pdf"]
    again = client.post(f"{SHEET}minh-chung/A.1/", {"files": [SimpleUploadedFile("ban-sao.pdf", PDF)]})
    assert "đã có ở tiêu chí này" in again.content.decode()
    assert "2 minh chứng" in client.get(SHEET).content.decode()


def test_no_file_is_said_at_the_field(field, world, officer):
    field.open()
    answer = officer().post(f"{SHEET}minh-chung/A.1/", {"note": "quên chọn tệp"})
    assert answer.status_code == 422
    assert "quên chọn tệp" in answer.content.decode()
    assert not ScoreSheet.objects.exists()


def test_a_criterion_has_at_most_twenty_files(field, world, officer):
    field.open()
    client = officer()
    uploads = [SimpleUploadedFile(f"{n}.pdf", PDF + str(n).encode()) for n in range(21)]
    answer = client.post(f"{SHEET}minh-chung/A.1/", {"files": uploads})
    assert "nhiều nhất 20 tệp" in answer.content.decode()
    assert Evidence.objects.count() == 20


def test_a_file_is_for_who_may_read_the_sheet_and_goes_with_a_click(field, world, sign_in, officer):
    field.open()
    client = officer()
    client.post(f"{SHEET}minh-chung/A.1/", {"files": [SimpleUploadedFile("ke-hoach.pdf", PDF)]})
    evidence = Evidence.objects.get()
    address = f"{SHEET}tep/{evidence.pk}/"
    response = client.get(address)
    assert b"".join(response.streaming_content) == PDF
    assert response["X-Content-Type-Options"] == "nosniff"
    other = sign_in(world.person(Role.UNIT_OFFICER, world.unit(3)))
    assert other.get(address).status_code == 404
    assert other.get(f"{YEAR}tu-cham/don-vi-3/tep/{evidence.pk}/").status_code == 404
    assert other.post(f"{address}bo/").status_code == 404
    secretary = sign_in(world.person(Role.HEAD_SECRETARY, world.unit(1)))
    assert b"".join(secretary.get(address).streaming_content) == PDF
    assert secretary.post(f"{address}bo/").status_code == 403
    assert officer().post(f"{address}bo/").status_code == 302
    assert not Evidence.objects.exists()


def test_the_page_of_the_real_sheet_shows_every_node_of_its_result(field, world, officer):
    field.open_real(year=2022)
    results = real_results()
    client = officer()
    address = "/cum/cum-2/2022/tu-cham/don-vi-2/"
    sheet = field.sheet(2, {})
    table = table_of(sheet.version)
    parents = {table.by_code[row["code"]].parent for row in results}
    for row in results:
        if row["code"] not in parents:
            field.save(sheet, 2, row["code"], points=row["self_score"], reason=row["note_vi"] or "Theo báo cáo 403/BC-PTNMT")
    page = client.get(address).content.decode()
    assert '<span class="big-number">124,4</span>' in page
    numbers = {row.code: n for n, row in enumerate(table.criteria)}
    for row in results:
        expected = f"{float(row['self_score']):g}".replace(".", ",")
        if row["code"] == "T":
            continue
        if row["code"] in parents:
            shown = re.search(rf'<span id="v{numbers[row["code"]]}">(?:= )?([0-9,]+)', page)
            assert shown[1] == expected, row["code"]
        else:
            assert cell(page, f"points-{row['code']}") == expected, row["code"]
    assert "cao hơn mức 5,5 mà bảng cho phép" in page


def test_the_workbook_recomputes_its_total(field, world, officer):
    field.open(illustrative=True)
    field.sheet(2)
    response = officer().get(f"{SHEET}phieu.xlsx")
    sheet = CalamineWorkbook.from_filelike(BytesIO(response.content)).get_sheet_by_index(0).to_python()
    by_code = {row[0]: row for row in sheet[4:]}
    assert "Số liệu minh hoạ" in sheet[1][0]
    assert by_code["A"][4] == by_code["A.1"][4] + by_code["A.2"][4] + by_code["A.3"][4] == 13
    assert sheet[-1][4] == 22


@pytest.mark.parametrize("lines", [{"A.1": {"points": "9"}}, FULL])
def test_a_sheet_is_read_with_the_same_queries_however_many_rows(field, world, lines, django_assert_num_queries):
    """Members, unit, sheet; lines, verdicts, evidence the first time only."""
    field.open()
    field.sheet(2, lines)
    actor = world.officer(2)
    for cost in (6, 3):
        year = field.stage("self_scoring")
        with django_assert_num_queries(cost):
            unit = get_unit_visible_to(actor, year, "don-vi-2")
            queries.rows_of(queries.desk_result(queries.desk_of(actor, year, unit)))


@pytest.mark.parametrize("units", [1, 3])
def test_the_list_costs_the_same_queries_however_many_sheets(field, world, units, django_assert_num_queries):
    field.open()
    for number in range(1, units + 1):
        field.sheet(number)
    secretary = world.secretary()
    for cost in (7, 4):
        year = field.stage("self_scoring")
        with django_assert_num_queries(cost):
            queries.sheet_list(secretary, year, field.now)
