"""The pages of the offline sheet and of the score minutes."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from thidua.scoring import actions
from thidua.scoring.models import ScoreLine, ScoreMinutes, SheetUpload

SESSION = {
    "begun_at": "05-11-2021 08:00",
    "ended_at": "05-11-2021 10:30",
    "place": "Phòng họp số 2",
    "checkers": "Lê Văn A, Phó Trưởng ban\nTrần Thị B, chuyên viên",
    "unit_people": "Phạm Văn C, Trưởng phòng",
    "opinion": "Thống nhất với kết quả chấm điểm.",
    "copies": "3",
    "kept_by": "Cụm trưởng\nĐơn vị",
    "chair": "Lê Văn A",
    "secretary": "Trần Thị B",
    "signer": "Phạm Văn C",
}


@pytest.fixture
def at(field, world):
    """at("offline", 2, …) → the address."""
    return lambda name, number, *more: reverse(
        f"scoring:{name}", args=[field.year.cluster.slug, field.year.year, world.unit(number).slug, *more]
    )


def sent(text, name="phieu.csv"):
    """An upload."""
    return {"table": SimpleUploadedFile(name, text.encode())}


def test_download_send_look_take_in_undo(field, world, sign_in, at):
    field.open(illustrative=True)
    sheet = field.sheet(2)
    client = sign_in(world.person("unit_officer", world.unit(2)))
    assert client.get(at("sheet", 2)).content.decode().count(at("offline", 2)) == 1
    assert client.get(at("offline_file", 2, "xlsx")).content.startswith(b"PK")
    assert client.get(at("offline_file", 2, "pdf")).status_code == 404
    text = client.get(at("offline_file", 2, "csv")).content.decode("utf-8-sig").replace("A.1,9,", "A.1,7,")
    answer = client.post(at("offline", 2), sent(text))
    kept = SheetUpload.objects.get()
    assert answer.url == at("upload", 2, kept.pk)
    page = client.get(answer.url).content.decode()
    assert "9 điểm" in page
    assert "7 điểm" in page
    assert client.post(answer.url).status_code == 302
    assert ScoreLine.objects.get(sheet=sheet, code="A.1").points == 7
    assert "Hoàn tác cả tệp" in client.get(answer.url).content.decode()
    assert "phieu.csv" in client.get(at("offline", 2)).content.decode()
    assert client.post(at("undo_upload", 2, kept.pk)).status_code == 302
    assert ScoreLine.objects.get(sheet=sheet, code="A.1").points == 9


def test_bad_cells_are_listed_with_what_stands_there(field, world, sign_in, at):
    field.open()
    field.sheet(2)
    client = sign_in(world.person("unit_officer", world.unit(2)))
    page = client.post(at("offline", 2), sent("Mã;Điểm\nA.1;bảy\nZ;1\n"))
    assert page.status_code == 422
    assert [(cell.row, cell.column, cell.value) for cell in page.context["bad"]] == [(2, "Điểm", "bảy"), (3, "Mã", "Z")]
    assert client.post(at("offline", 2), sent("%PDF-1.7")).status_code == 422
    assert client.post(at("offline", 2), {}).status_code == 422


def test_other_units_and_onlookers_do_not_come_in(field, world, sign_in, at):
    field.open()
    field.sheet(2)
    client = sign_in(world.person("unit_officer", world.unit(2)))
    client.post(at("offline", 2), sent("code,points\nA.1,7\n"))
    kept = SheetUpload.objects.get()
    client = sign_in(world.person("unit_officer", world.unit(3)))
    for address in (at("offline", 2), at("offline_file", 2, "csv"), at("upload", 2, kept.pk), at("upload", 3, kept.pk)):
        assert client.get(address).status_code == 404
    assert client.post(at("undo_upload", 3, kept.pk)).status_code == 404
    client = sign_in(world.person("auditor", world.unit(1)))
    assert client.get(at("offline", 2)).status_code == 403
    assert client.get(at("upload", 2, kept.pk)).status_code == 404


def test_minutes_are_written_after_the_check_and_printed(field, world, sign_in, at, body):
    field.open(illustrative=True)
    sheet = field.submitted(2)
    field.stage("cross_checking")
    appraiser = field.appraiser(2)
    person = world.person("appraiser", body)
    client = sign_in(person)
    assert "Chưa lập được biên bản" in client.get(at("minutes", 2)).content.decode()
    assert client.post(at("minutes", 2), SESSION).status_code == 422
    assert client.get(at("minutes_file", 2, "pdf")).status_code == 409
    field.judge(sheet, appraiser, "A.1", "Thiếu hồ sơ một buổi", points="7")
    actions.confirm_all_remaining(sheet=sheet, actor=appraiser, now=field.now)
    actions.finish_check(sheet=sheet, actor=appraiser, now=field.now)
    assert client.get(at("minutes_file", 2, "pdf")).status_code == 409
    page = client.post(at("minutes", 2), {**SESSION, "ended_at": "05-11-2021 07:00"})
    assert page.status_code == 422
    assert "Phòng họp số 2" in page.content.decode()
    assert client.post(at("minutes", 2), SESSION).status_code == 302
    assert client.post(at("minutes", 2), {**SESSION, "copies": "4"}).status_code == 302
    assert ScoreMinutes.objects.get().copies == 4
    assert client.get(at("minutes_file", 2, "pdf")).content.startswith(b"%PDF")
    words = docx_words(client.get(at("minutes_file", 2, "docx")).content)
    assert "Học tập đúng kế hoạch (tự chấm 9; Thiếu hồ sơ một buổi)" in words
    assert "Tổng điểm thống nhất: 20 điểm (so với tự chấm: −2 điểm)" in words
    assert "Tự chấm" in words
    assert "MINH HOẠ" in words
    actions.reopen_check(sheet=field.fresh(sheet), reason="Đơn vị có ý kiến", actor=appraiser, now=field.now)
    field.judge(field.fresh(sheet), appraiser, "A.1", "Thiếu hồ sơ hai buổi", points="6")
    actions.finish_check(sheet=field.fresh(sheet), actor=appraiser, now=field.now)
    assert client.get(at("minutes_file", 2, "docx")).status_code == 409
    assert client.post(at("minutes", 2), SESSION).status_code == 302
    assert client.get(at("minutes_file", 2, "docx")).status_code == 200


def test_the_unit_reads_its_minutes_and_does_not_write_them(checking, field, world, sign_in, at):
    (_one, two, _three), _appraiser = checking
    field.finish(two, 2)
    client = sign_in(world.person("unit_leader", world.unit(2)))
    page = client.get(at("minutes", 2))
    assert page.status_code == 200
    assert page.context["form"] is None
    assert client.post(at("minutes", 2), SESSION).status_code == 403
    client = sign_in(world.person("head_secretary", world.unit(1)))
    assert client.post(at("minutes", 2), SESSION).status_code == 302
    field.stage("closed")
    assert client.get(at("minutes", 2)).context["form"] is None
    assert client.post(at("minutes", 2), SESSION).status_code == 422
    assert client.get(at("minutes_file", 2, "pdf")).status_code == 200
    client = sign_in(world.person("unit_leader", world.unit(3)))
    assert client.get(at("minutes_file", 2, "pdf")).status_code == 200
    field.stage("cross_checking")
    assert client.get(at("minutes", 2)).status_code == 404
    assert client.get(at("minutes_file", 2, "pdf")).status_code == 404


def docx_words(content):
    """All words of a document, headers too."""
    from docx import Document

    document = Document(io.BytesIO(content))
    lines = [paragraph.text for paragraph in document.paragraphs]
    lines += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    lines += [p.text for section in document.sections for p in section.first_page_header.paragraphs]
    return "\n".join(lines)
