"""The sheet for several officers: clashes, filters, last year beside, whose rows; what was submitted; evidence in the page."""

import re
from datetime import timedelta
from io import BytesIO

import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.timezone import localdate
from docx import Document

from thidua.clusters.models import ClusterYear, StageDates
from thidua.kernel.actor import Role
from thidua.scoring import actions, queries
from thidua.scoring.models import Evidence, RowKeeper, ScoreLine, ScoreSheet, SheetSnapshot
from thidua.scoring.tests.conftest import FULL
from thidua.scoring.tests.test_views import SHEET, cell, png


@pytest.fixture
def client_of(world, sign_in):
    """client_of(Role.UNIT_LEADER, 2): a client signed in with that post; without a number at the head."""

    def make(role, number=1):
        return sign_in(world.person(role, world.unit(number)))

    return make


@pytest.fixture
def officer(client_of):
    return lambda: client_of(Role.UNIT_OFFICER, 2)


def typed(points, reason, revision):
    return {"points-A.1": points, "reason-A.1": reason, "revision-A.1": str(revision)}


def test_another_persons_reason_comes_with_the_answer(field, officer):
    field.open()
    sheet = field.sheet(2, {"A.1": {"points": "8"}})
    client = officer()
    field.save(sheet, 2, "A.1", points="8", reason="Lý do của Lan")
    answer = client.post(f"{SHEET}dong/A.1/", typed("9", "", 1))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert re.search(r'<textarea[^>]*id="f\d+reason"[^>]*hx-swap-oob="true"[^>]*>Lý do của Lan</textarea>', page)
    assert ScoreLine.objects.get().points == 9


def test_an_answer_without_another_persons_change_leaves_the_fields_alone(field, officer):
    field.open()
    page = officer().post(f"{SHEET}dong/A.1/", typed("9", "", 0)).content.decode()
    assert "<textarea" not in page


def test_a_clash_keeps_the_other_cell_of_the_other_person(field, officer):
    field.open()
    sheet = field.sheet(2, {"A.1": {"points": "8"}})
    client = officer()
    field.save(sheet, 2, "A.1", points="7", reason="Lý do của Lan")
    answer = client.post(SHEET, typed("9", "", 1))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert (cell(page, "points-A.1"), cell(page, "revision-A.1")) == ("9", "2")
    assert ">Lý do của Lan</textarea>" in page
    assert "vừa lưu <b>7 điểm</b>" in page
    client.post(SHEET, typed("9", "Lý do của Lan", 2))
    line = ScoreLine.objects.get()
    assert (line.points, line.reason) == (9, "Lý do của Lan")


def test_an_old_page_sent_whole_overwrites_nothing(field, officer):
    field.open()
    sheet = field.sheet(2, {"A.1": {"points": "8"}})
    client = officer()
    field.save(sheet, 2, "A.1", points="7")
    answer = client.post(SHEET, typed("8", "", 1), follow=True)
    assert "Đã lưu 0 dòng." in answer.content.decode()
    assert ScoreLine.objects.get().points == 7


def rows_in(page):
    return re.findall(r'<tr class="tree-\d" id="r\d+"[^>]*><td>([^<]*)</td>', page)


def test_mine_are_the_rows_given_to_me_with_their_headings(field, world, officer, now):
    field.open()
    client = officer()
    assert "Chưa có dòng nào giao cho bạn" in client.get(f"{SHEET}?loc=cua-toi").content.decode()
    answer = client.post(f"{SHEET}phan-viec/", {"person": "", "codes": ["B"]})
    assert answer.status_code == 422
    assert re.search(r'value="B"[^>]* checked', answer.content.decode())
    person = world.person(Role.UNIT_OFFICER, world.unit(2))
    answer = client.post(f"{SHEET}phan-viec/", {"person": person.pk, "codes": ["B.2"]}, follow=True)
    assert "Đã giao 1 dòng" in answer.content.decode()
    assert rows_in(client.get(f"{SHEET}?loc=cua-toi").content.decode()) == ["B", "B.2", "B.2.1", "B.2.2"]
    keeper = RowKeeper.objects.get()
    assert client.post(f"{SHEET}phan-viec/{keeper.pk}/thoi/").status_code == 302
    assert client.post(f"{SHEET}phan-viec/{keeper.pk}/thoi/").status_code == 404


def test_who_gives_rows(field, client_of):
    field.open()
    assert client_of(Role.UNIT_LEADER, 2).get(f"{SHEET}phan-viec/").status_code == 200
    assert client_of(Role.HEAD_SECRETARY).get(f"{SHEET}phan-viec/").status_code == 403
    assert client_of(Role.UNIT_OFFICER, 3).get(f"{SHEET}phan-viec/").status_code == 404


def test_new_is_what_others_changed_since_my_own_last_save(field, world, officer, now):
    field.open()
    sheet = field.sheet(2, FULL)
    client = officer()
    assert "Chưa ai sửa gì" in client.get(f"{SHEET}?loc=thay-doi").content.decode()
    line = queries.result_of(sheet).lines["A.1"].as_rule()
    leader = world.leader(2)
    later = now + timedelta(minutes=5)
    actions.save_line(sheet=sheet, line=line, reason="Lãnh đạo đã xem", actor=leader, now=later)
    page = client.get(f"{SHEET}?loc=thay-doi").content.decode()
    assert rows_in(page) == ["A", "A.1"]
    assert f"{leader.name} sửa lúc" in page


def test_after_a_recall_new_is_what_changed_since_the_submission(field, world, officer, now):
    field.open()
    sheet = field.submitted(2)
    actions.recall_sheet(sheet=sheet, reason="Tính nhầm mục A.1", actor=world.leader(2), now=now)
    field.now = now + timedelta(hours=1)
    field.save(sheet, 2, "B.1", days_late="1")
    page = officer().get(f"{SHEET}?loc=thay-doi").content.decode()
    assert rows_in(page) == ["B", "B.1"]
    assert "Tính nhầm mục A.1" in page
    assert f"{SHEET}ban-nop/1/" in page


def last_year(field, world, now, *, checked=True):
    """Last year's sheet of unit 2, with 22 points, beside the open one."""
    field.open()
    year = field.year
    earlier = ClusterYear.objects.get(pk=year.pk)
    earlier.pk, earlier.year, earlier.stage = None, year.year - 1, "closed"
    earlier.save()
    sheet = field.submitted(2)
    moment = now if checked else None
    ScoreSheet.objects.filter(pk=sheet.pk).update(year=earlier, checked_at=moment, checked_by_name="Tổ thẩm định")


@pytest.mark.parametrize(("checked", "shown"), [(True, True), (False, False)])
def test_last_years_verified_points_stand_beside(field, world, officer, now, checked, shown):
    last_year(field, world, now, checked=checked)
    page = officer().get(SHEET).content.decode()
    assert ("Năm trước" in page) is shown
    assert ('data-label="Năm trước">9</td>' in page) is shown


def test_the_snapshot_as_page_and_papers(field, client_of, world):
    field.open()
    field.submitted(2)
    leader = client_of(Role.UNIT_LEADER, 2)
    assert f"{SHEET}ban-nop/1/" in leader.get(SHEET).content.decode()
    page = leader.get(f"{SHEET}ban-nop/1/").content.decode()
    assert "khớp với nội dung bên dưới" in page
    assert "40 / 50" in page
    assert leader.get(f"{SHEET}ban-nop/1.pdf").content.startswith(b"%PDF")
    docx = Document(BytesIO(leader.get(f"{SHEET}ban-nop/1.docx").content))
    words = " ".join(cell.text for table in docx.tables for row in table.rows for cell in row.cells)
    assert "Học tập đúng kế hoạch" in words
    for path in ("ban-nop/2/", "ban-nop/1.exe", "ban-nop/2.pdf"):
        assert leader.get(f"{SHEET}{path}").status_code == 404
    assert client_of(Role.HEAD_SECRETARY).get(f"{SHEET}ban-nop/1/").status_code == 200
    for path in ("ban-nop/1/", "ban-nop/1.pdf"):
        assert client_of(Role.UNIT_OFFICER, 3).get(f"{SHEET}{path}").status_code == 404
    snapshot = SheetSnapshot.objects.get()
    snapshot.content["sealed"]["lines"].pop()
    snapshot.save()
    assert "nội dung đã bị sửa" in client_of(Role.UNIT_LEADER, 2).get(f"{SHEET}ban-nop/1/").content.decode()


def test_after_the_due_day_the_leader_is_told_and_the_secretary_returns(field, client_of, now):
    field.open()
    field.submitted(2)
    leader = client_of(Role.UNIT_LEADER, 2)
    assert f"{SHEET}rut-lai/" in leader.get(SHEET).content.decode()
    due = localdate(now) - timedelta(days=1)
    StageDates.objects.update_or_create(year=field.year, stage="self_scoring", defaults={"due_on": due})
    page = leader.get(SHEET).content.decode()
    assert f"{SHEET}rut-lai/" not in page
    assert "đề nghị thư ký cụm trưởng trả lại" in page
    assert leader.get(f"{SHEET}tra-lai/").status_code == 403
    secretary = client_of(Role.HEAD_SECRETARY)
    assert f"{SHEET}tra-lai/" in secretary.get(SHEET).content.decode()
    answer = secretary.post(f"{SHEET}tra-lai/", {"reason": "ngắn"})
    assert answer.status_code == 422
    assert ">ngắn</textarea>" in answer.content.decode().replace("\n", "")
    assert secretary.post(f"{SHEET}tra-lai/", {"reason": "Đơn vị cần sửa mục A.1"}).status_code == 302
    assert "Đơn vị cần sửa mục A.1" in client_of(Role.UNIT_LEADER, 2).get(SHEET).content.decode()


def attach(field, name, content):
    upload = SimpleUploadedFile(name, content)
    sheet = ScoreSheet.objects.get()
    values = {"sheet": sheet, "code": "A.1", "upload": upload, "actor": field.world.officer(2), "now": field.now}
    return actions.attach_evidence(**values)


def real_pdf():
    document = pypdfium2.PdfDocument.new()
    document.new_page(595, 842)
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def real_docx():
    document, stream = Document(), BytesIO()
    document.add_paragraph("Báo cáo <b>số</b> 3")
    document.save(stream)
    return stream.getvalue()


def test_evidence_is_looked_at_in_the_page(field, officer, client_of):
    field.open()
    field.sheet(2, {})
    client = officer()
    picture, pdf, docx = (attach(field, *each) for each in [("a.png", png()), ("b.pdf", real_pdf()), ("c.docx", real_docx())])
    assert f'src="{SHEET}tep/{picture.pk}/"' in client.get(f"{SHEET}tep/{picture.pk}/xem/").content.decode()
    page = client.get(f"{SHEET}tep/{pdf.pk}/xem/").content.decode()
    assert f'src="{SHEET}tep/{pdf.pk}/trang-1.png"' in page
    assert "Không có chữ để đọc" in page
    drawn = client.get(f"{SHEET}tep/{pdf.pk}/trang-1.png")
    assert (drawn["Content-Type"], drawn.content[:4]) == ("image/png", b"\x89PNG")
    assert client.get(f"{SHEET}tep/{picture.pk}/trang-1.png").status_code == 404
    assert "Báo cáo &lt;b&gt;số&lt;/b&gt; 3" in client.get(f"{SHEET}tep/{docx.pk}/xem/").content.decode()
    other = client_of(Role.UNIT_OFFICER, 3)
    for path in ("xem/", "trang-1.png"):
        assert other.get(f"{SHEET}tep/{pdf.pk}/{path}").status_code == 404
    assert Evidence.objects.count() == 3


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_the_same_queries_however_many_rows(field, officer, rows, django_assert_num_queries):
    field.open()
    field.sheet(2, dict(list(FULL.items())[:rows]))
    client = officer()
    client.get(SHEET)
    with django_assert_num_queries(PAGE):
        client.get(SHEET)
    with django_assert_num_queries(PAGE + 1):
        client.get(f"{SHEET}?loc=cua-toi")


PAGE = 12
"""Session, person, posts and lent powers, year, members, unit and sheet; the last snapshot, last year's sheet, the version in
force; the frame."""
