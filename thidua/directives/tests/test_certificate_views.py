import json
import zipfile
from io import BytesIO

import pytest
import xlsxwriter
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from python_calamine import CalamineWorkbook

from thidua.directives.actions import study as actions
from thidua.directives.models import StudyCount
from thidua.directives.tests.making import document, record, url, values

NAME = "Hoàng Thị Rất Riêng"

pytestmark = pytest.mark.usefixtures("study_day")


def table(content):
    return CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python(skip_empty_area=False)


def filled(*lines, headings=("Số", "Họ và tên", "Nhóm", "Ký nhận"), name="danh-sach.xlsx"):
    """An uploaded list with these lines below the headings."""
    held = BytesIO()
    with xlsxwriter.Workbook(held, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for row, cells in enumerate([headings, *lines]):
            for column, text in enumerate(cells):
                sheet.write(row, column, text)
    return SimpleUploadedFile(name, held.getvalue())


def test_the_list_has_a_line_for_everybody_who_came_and_reads_back_as_it_was(world, as_, now):
    year = world.year(illustrative=True)
    session = record(world, year, 2, document(year), now=now, counts=(("members", 12, 11), ("youth", 2, 1)))
    client = as_("officer", 2)
    rows = table(client.get(url("list_workbook", year, "don-vi-2", session.pk)).content)
    assert rows[0][0] == "DANH SÁCH CẤP GIẤY CHỨNG NHẬN"
    assert rows[4][0] == "Số liệu minh hoạ"
    assert rows[6] == ["Số", "Họ và tên", "Nhóm", "Ký nhận"]
    assert rows[7] == ["01/…", "", "Đảng viên", ""]
    assert rows[18] == ["12/…", "", "Đoàn viên, hội viên", ""]
    assert len(rows) == 19
    lines = [[row[0], f"Người {n}", *row[2:]] for n, row in enumerate(rows[7:])]
    page = client.post(url("check_list", year, "don-vi-2", session.pk), {"list": filled(*lines)}).content.decode()
    assert "Danh sách hợp lệ, có 12 người" in page


def test_counts_are_taken_after_a_look_and_no_name_is_kept_anywhere(world, as_, now):
    year = world.year()
    session = record(world, year, 2, document(year), now=now, counts=(("members", 1, 1), ("youth", 30, 20)))
    client = as_("officer", 2)
    upload = filled(
        ["01/…", NAME, "Đảng viên"], ["02/…", "Lò Văn Hiếm Gặp", "Đảng viên"], ["03/…", "Giàng A Có Một", "Đối tượng khác"]
    )
    page = client.post(url("check_list", year, "don-vi-2", session.pk), {"list": upload}).content.decode()
    assert "Họ tên trong tệp vừa tải lên không được lưu ở bất cứ đâu" in page
    assert NAME not in page
    assert 'name="members" value="2"' in page
    assert StudyCount.objects.get(audience="members").attended == 1
    answer = client.post(
        url("take_list", year, "don-vi-2", session.pk), {"revision": "1", "members": "2", "youth": "", "others": "1"}, follow=True
    )
    assert "Họ tên trong tệp không được lưu" in answer.content.decode()
    assert sorted(StudyCount.objects.values_list("audience", "invited", "attended")) == [
        ("members", 2, 2), ("others", 1, 1), ("youth", 30, 0),
    ]  # fmt: skip
    kept = everything()
    assert "Hội trường" in kept
    for word in (NAME, "Hiếm Gặp", "Có Một", "danh-sach.xlsx"):
        assert word not in kept


def everything():
    """All rows of all tables as text: of the journal, of sessions in the web's sense, of files."""
    return json.dumps([list(model.objects.values()) for model in apps.get_models()], default=str, ensure_ascii=False)


def test_an_old_look_takes_nothing(world, as_, now):
    year = world.year()
    directive = document(year)
    session = record(world, year, 2, directive, now=now)
    actions.edit_session(session=session, values=values(directive), revision=1, actor=world.officer(2), now=now)
    client = as_("officer", 2)
    address = url("take_list", year, "don-vi-2", session.pk)
    assert (
        "Người khác vừa sửa buổi học này" in client.post(address, {"revision": "1", "members": "3"}, follow=True).content.decode()
    )
    client.post(address, {"revision": "x", "members": "-3"})
    assert StudyCount.objects.get(audience="members").attended == 90


def test_faults_are_told_by_row_column_and_value(world, as_, now):
    year = world.year()
    session = record(world, year, 2, document(year), now=now)
    upload = filled(
        ["01", "", "Đảng viên"], ["02", "An", "Cán bộ phường"], ["03", "Bình", "Đảng viên"], ["04", "bình", "Đảng viên"]
    )
    response = as_("officer", 2).post(url("check_list", year, "don-vi-2", session.pk), {"list": upload})
    page = response.content.decode()
    assert response.status_code == 422
    assert "Ghi họ và tên, hoặc xóa cả dòng" in page
    assert "Cán bộ phường" in page
    assert "Không có nhóm này. Chọn một trong: Đảng viên; Cán bộ, công chức, viên chức; " in page
    assert "Trùng với dòng 4" in page
    assert "Chưa có gì thay đổi" in page


def test_many_faults_are_told_up_to_a_hundred(world, as_, now):
    year = world.year()
    session = record(world, year, 2, document(year), now=now)
    upload = filled(*[[str(n), "An", f"Nhóm {n}"] for n in range(1, 131)])
    page = as_("officer", 2).post(url("check_list", year, "don-vi-2", session.pk), {"list": upload}).content.decode()
    assert "Và 30 chỗ khác." in page


def test_one_fault_in_many_rows_is_told_once(world, as_, now):
    year = world.year()
    session = record(world, year, 2, document(year), now=now)
    lines = [[str(n), "" if n != 4 else "An", "Đảng viên"] for n in range(1, 901)]
    page = as_("officer", 2).post(url("check_list", year, "don-vi-2", session.pk), {"list": filled(*lines)}).content.decode()
    assert page.count("Ghi họ và tên, hoặc xóa cả dòng") == 1
    assert "2–4, 6–901" in page
    assert "(899 dòng)" in page
    assert "Hãy chọn lại tệp" not in page


def macro():
    held = BytesIO(filled(["1", "An", "Đảng viên"]).read())
    with zipfile.ZipFile(held, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"x")
    return SimpleUploadedFile("danh-sach.xlsx", held.getvalue())


def far():
    held = BytesIO()
    with xlsxwriter.Workbook(held, {"in_memory": True}) as book:
        book.add_worksheet().write(1_048_575, 16_383, "xa")
    return SimpleUploadedFile("danh-sach.xlsx", held.getvalue())


def torn():
    held = BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("[Content_Types].xml", "<x/>")
        archive.writestr("xl/workbook.xml", "<workbook")
    return SimpleUploadedFile("danh-sach.xlsx", held.getvalue())


def tampered(change, part="xl/worksheets/sheet1.xml"):
    """A filled list, with a part of the archive changed."""
    held = BytesIO()
    with zipfile.ZipFile(filled(["1", "An", "Đảng viên"])) as whole, zipfile.ZipFile(held, "w") as changed:
        for member in whole.infolist():
            content = whole.read(member)
            changed.writestr(member.filename, change(content) if member.filename == part else content)
    return SimpleUploadedFile("danh-sach.xlsx", held.getvalue())


def lower():
    return tampered(lambda sheet: sheet.replace(b'r="A2"', b'r="xfd300000"'))


def unpackable():
    """Its sheet is said to be packed in a way in which it is not."""
    content = bytearray(filled(["1", "An", "Đảng viên"]).read())
    name = b"xl/worksheets/sheet1.xml"
    content[content.index(name) - 30 + 8] = 12
    content[content.rindex(name) - 46 + 10] = 12
    return SimpleUploadedFile("danh-sach.xlsx", bytes(content))


@pytest.mark.parametrize(
    ("upload", "words"),
    [
        (lower, "trải quá rộng"),
        (unpackable, "Không đọc được bảng trong tệp"),
        (lambda: filled(*[["", "", "Đảng viên"]] * 20_200), "Danh sách dài quá 20000 người"),
        (lambda: macro(), "Tệp văn phòng có macro không được nhận"),
        (lambda: SimpleUploadedFile("a.xlsx", b"%PDF-1.7 not a table"), "không thuộc loại được nhận (xlsx)"),
        (lambda: SimpleUploadedFile("a.xlsx", b"hello"), "không thuộc loại được nhận (xlsx)"),
        (lambda: filled(["1", "An", "Đảng viên"], name="a.xls"), "thực ra là tệp xlsx"),
        (far, "trải quá rộng"),
        (torn, "Không đọc được bảng trong tệp"),
        (lambda: filled(["1", "An"], headings=("Tên", "Nhóm")), "Không thấy dòng tên cột"),
        (lambda: filled(), "Danh sách chưa có dòng nào"),
        (lambda: "", "errorlist"),
    ],
)
def test_what_is_no_list_is_told_at_the_field(world, as_, now, upload, words):
    year = world.year()
    session = record(world, year, 2, document(year), now=now)
    response = as_("officer", 2).post(url("check_list", year, "don-vi-2", session.pk), {"list": upload()})
    assert response.status_code == 422
    assert words in response.content.decode()


def test_a_list_that_could_not_be_read_back_is_not_made(world, as_, now):
    year = world.year()
    session = record(world, year, 2, document(year), now=now, counts=(("members", 20_001, 20_001),))
    client = as_("officer", 2)
    answer = client.get(url("list_workbook", year, "don-vi-2", session.pk))
    assert answer.status_code == 409
    assert "Danh sách dài quá 20000 người" in answer.content.decode()
    page = client.get(url("session", year, "don-vi-2", session.pk)).content.decode()
    assert "Danh sách có nhiều nhất 20000 dòng" in page
    assert "Tải danh sách XLSX" not in page
