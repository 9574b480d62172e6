"""Bad input at criteria, sheets and checks: files over the wire, and two people at one cell in the browser. A clear sentence
at the place, nothing lost, nothing half-saved."""

import csv
import io
from datetime import timedelta

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from playwright.sync_api import expect

from tests.journeys.practice_year import days_ago
from tests.journeys.test_bad_input import client_for, said_at, words
from tests.journeys.test_chain_bad_input import kept
from thidua.clusters.models import StageDates
from thidua.criteria import actions as criteria
from thidua.criteria.models import CriteriaVersion, TableProposal
from thidua.crosschecks.models import Mark, RoundState
from thidua.crosschecks.tests.conftest import Rounds
from thidua.kernel.actor import Role
from thidua.scoring.models import ScoreLine, ScoreSheet, SheetSnapshot, SheetUpload, Verdict, VerdictChange
from thidua.scoring.tests.conftest import SMALL, Field

YEAR = "/cum/cum-2/2021/"
IMPORT = f"{YEAR}tieu-chi/nhap/"
WHY = "Sổ theo dõi chỉ ghi bảy buổi."
ONE, TWO = "can-bo-mot", "can-bo-hai"
"""Two officers of the second unit."""


@pytest.fixture
def field(world, now) -> Field:
    """See Field."""
    return Field(world, now)


@pytest.fixture
def rounds(world, field, now) -> Rounds:
    """See Rounds."""
    return Rounds(world, field, now)


def uploaded(content: bytes, name: str) -> SimpleUploadedFile:
    """A file as it comes in."""
    return SimpleUploadedFile(name, content)


# tables

HEADER = ["code", "parent_code", "title_vi", "max_points", "kind"]
BAD = (
    ("B4", "X", "Mã cha X"),
    ("D4", "mười", "mười"),
    ("A5", "1.1", "1.1"),
    ("A6", "I", "đã dùng"),
    ("E6", "lạ", "lạ"),
)
"""Where what is wrong stands in the file below, what is written there, and what is said of it."""


def bad_table() -> bytes:
    """A table with a parent that is not there, words for points, a number for a code, a code twice, no such kind."""
    held = io.BytesIO()
    with xlsxwriter.Workbook(held, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Bảng")
        sheet.write_row(0, 0, HEADER)
        sheet.write_row(1, 0, ["I", "", "Mục một", 10, "points"])
        sheet.write_row(2, 0, ["I.1", "I", "Việc một", 10, "points"])
        sheet.write_row(3, 0, ["II", "X", "Việc hai", "mười", "points"])
        sheet.write_row(4, 0, [1.1, "", "Việc ba", 5, "points"])
        sheet.write_row(5, 0, ["I", "", "Việc bốn", 5, "lạ"])
    return held.getvalue()


@pytest.mark.django_db
def test_every_bad_cell_of_a_table_is_told(world):
    world.year()
    secretary = client_for(world, Role.HEAD_SECRETARY)
    answer = secretary.post(IMPORT, {"title": "Bảng của cụm", "table": uploaded(bad_table(), "bang.xlsx")})
    assert answer.status_code == 422
    kept(answer, 'value="Bảng của cụm"')
    told = {line.place: (line.value, line.sentence) for line in answer.context["form"].problem_lines}
    for place, value, sentence in BAD:
        assert place in told, f"nothing is said of {place}: {told}"
        assert value in told[place][0]
        assert sentence in told[place][1]
        assert place in words(answer)
    assert not TableProposal.objects.exists()
    assert not CriteriaVersion.objects.exists()


@pytest.mark.django_db
def test_a_template_of_an_older_version_says_both(field, world, now):
    field.open("preparing")
    secretary = client_for(world, Role.HEAD_SECRETARY)
    old = secretary.get(f"{YEAR}tieu-chi/ban-1.xlsx").getvalue()
    rows = [[cell.replace("Học tập đúng kế hoạch", "Học tập đủ") for cell in row] for row in csv.reader(SMALL.splitlines())]
    by = {"actor": world.secretary(), "now": now}
    draft = criteria.import_table(year=field.year, rows=rows, title="Bảng tiêu chí 2021", **by)
    criteria.publish_version(version=draft, decision="Biên bản hội nghị", reason="Sửa tên một việc", **by)
    given = {"title": "Bảng của cụm"}
    answer = secretary.post(IMPORT, given | {"table": uploaded(old, "bang-cu.xlsx")})
    assert answer.status_code == 422
    assert "Tệp này được tải từ bản 1" in words(answer)
    assert "Vẫn dùng tệp này" in words(answer)
    assert not TableProposal.objects.exists()
    meant = secretary.post(IMPORT, given | {"table": uploaded(old, "bang-cu.xlsx"), "any_version": "on"}, follow=True)
    assert "Học tập đúng kế hoạch" in words(meant)
    assert CriteriaVersion.objects.count() == 2


# sheets


@pytest.mark.django_db
def test_the_file_of_another_unit_is_not_taken(field, world):
    field.open()
    field.sheet(2)
    field.sheet(3)
    theirs = client_for(world, Role.UNIT_OFFICER, unit=3).get(f"{YEAR}tu-cham/don-vi-3/ngoai-tuyen/phieu.xlsx").getvalue()
    officer = client_for(world, Role.UNIT_OFFICER, unit=2)
    answer = officer.post(f"{YEAR}tu-cham/don-vi-2/ngoai-tuyen/", {"table": uploaded(theirs, "phieu.xlsx")})
    assert answer.status_code == 422
    assert "Tệp này là phiếu của đơn vị “Don vi 3”" in said_at(answer, "table")
    assert not SheetUpload.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"PK\x03\x04 torn", "Mã;Điểm\n".encode(), b"\xff\xfe\x00"])
def test_a_file_that_is_no_sheet(field, world, content):
    field.open()
    field.sheet(2)
    officer = client_for(world, Role.UNIT_OFFICER, unit=2)
    answer = officer.post(f"{YEAR}tu-cham/don-vi-2/ngoai-tuyen/", {"table": uploaded(content, "phieu.xlsx")})
    assert answer.status_code == 422
    assert said_at(answer, "table")
    assert not SheetUpload.objects.exists()


@pytest.mark.django_db
def test_a_recall_after_the_deadline(field, world):
    field.open()
    field.submitted(2)
    leader = client_for(world, Role.UNIT_LEADER, unit=2)
    StageDates.objects.create(year=field.year, stage="self_scoring", due_on=days_ago(1))
    answer = leader.post(f"{YEAR}tu-cham/don-vi-2/rut-lai/", {"reason": "Cần sửa số buổi học tập"}, follow=True)
    assert "thư ký cụm trưởng trả lại" in words(answer)
    assert ScoreSheet.objects.get(unit=world.unit(2)).status == "submitted"
    StageDates.objects.update(due_on=days_ago(0) + timedelta(days=1))
    assert leader.post(f"{YEAR}tu-cham/don-vi-2/rut-lai/", {"reason": "ngắn"}).status_code == 422
    assert ScoreSheet.objects.get(unit=world.unit(2)).status == "submitted"


@pytest.mark.django_db
def test_a_sheet_submitted_twice(field, world):
    field.open()
    field.sheet(2)
    leader = client_for(world, Role.UNIT_LEADER, unit=2)
    address = f"{YEAR}tu-cham/don-vi-2/nop/"
    assert leader.post(address).status_code == 302
    again = leader.post(address, follow=True)
    assert "nộp" in words(again)
    assert again.status_code != 500
    assert SheetSnapshot.objects.count() == 1


# cross-checks


def settle(client: Client, stamp: str):
    """Settle the round as seen with this stamp."""
    return client.post(f"{YEAR}tham-dinh/vong/1/chot/", {"stamp": stamp}, follow=True)


@pytest.mark.django_db
def test_a_round_settled_twice_or_with_an_old_preview(rounds, world):
    check = rounds.open({2: (1,), 3: (2,), 1: (3,)}, state=RoundState.CLOSED)
    secretary = client_for(world, Role.HEAD_SECRETARY)
    address = f"{YEAR}tham-dinh/vong/1/chot/"
    seen = secretary.get(address).context["settlement"].stamp
    rounds.put(check, state=RoundState.OPEN)
    checker = client_for(world, Role.UNIT_OFFICER, unit=1)
    key = f"{world.unit(2).pk}-A.1"
    marked = {f"points.{key}": "7", f"reason.{key}": WHY}
    assert checker.post(f"{YEAR}tham-dinh/vong/1/cham/don-vi-2/A.1/", marked).status_code == 302
    rounds.put(check, state=RoundState.CLOSED)
    assert "vừa" in words(settle(secretary, seen))
    assert not Verdict.objects.exists()
    stamp = secretary.get(address).context["settlement"].stamp
    assert "Đã chốt ngày" in words(settle(secretary, stamp))
    given = Verdict.objects.count(), VerdictChange.objects.count()
    assert given[0]
    settle(secretary, stamp)
    assert (Verdict.objects.count(), VerdictChange.objects.count()) == given


# in the browser


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_two_officers_at_one_sheet(field, world, visit):
    field.open()
    field.sheet(2, {})
    for name in (ONE, TWO):
        world.person(Role.UNIT_OFFICER, world.unit(2), name)
    one, two = (visit(name).sign_in("pw").open(f"{YEAR}tu-cham/don-vi-2/") for name in (ONE, TWO))
    one.type_and_see_saved("Điểm, A.1", "8")
    two.type_and_see_saved("Lý do, A.1", "Có danh sách dự học.")  # another cell of the line: nobody loses anything
    line = ScoreLine.objects.get(code="A.1")
    assert (line.points, line.reason) == (8, "Có danh sách dự học.")
    one.type_and_see_saved("Điểm, A.1", "9")
    two.type_and_see_saved("Điểm, A.1", "7", "Bạn nhập 7 điểm")
    row = two.page.get_by_role("row").filter(has=two.page.get_by_label("Điểm, A.1", exact=True))
    expect(row).to_contain_text("9")
    assert ScoreLine.objects.get(code="A.1").points == 9
    row.get_by_role("button").click()
    expect(two.page.get_by_label("Điểm, A.1", exact=True)).to_have_value("9")
    two.look().type_and_see_saved("Điểm, A.1", "7")
    assert ScoreLine.objects.get(code="A.1").points == 7


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_changed_point_without_a_reason(rounds, world, visit):
    rounds.open({2: (1,)})
    checker = visit(world.person(Role.UNIT_OFFICER, world.unit(1)).username).sign_in("pw")
    checker.open(f"{YEAR}tham-dinh/vong/1/bang/?phan=tat-ca")
    points = checker.page.get_by_label("Điểm, A.1, Don vi 2", exact=True)
    points.fill("7")
    points.press("Tab")
    checker.reads("lý do").look()
    assert not Mark.objects.exists()
    reason = checker.page.get_by_label("Lý do, A.1, Don vi 2", exact=True)
    reason.fill("ngắn")
    reason.press("Tab")
    checker.page.wait_for_load_state("networkidle")
    assert not Mark.objects.exists()
    expect(points).to_have_value("7")
    reason.fill(WHY)
    with checker.page.expect_response(lambda answer: answer.request.method == "POST"):
        reason.press("Tab")
    checker.look()
    assert Mark.objects.get().reason == WHY


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_back_button_after_settling(rounds, world, visit):
    check = rounds.open({2: (1,), 3: (2,), 1: (3,)})
    late = visit(world.person(Role.UNIT_OFFICER, world.unit(1)).username).sign_in("pw")
    late.open(f"{YEAR}tham-dinh/vong/1/bang/?phan=tat-ca")
    rounds.put(check, state=RoundState.CLOSED)
    secretary = visit(world.person(Role.HEAD_SECRETARY, world.unit(1)).username).sign_in("pw")
    secretary.open(f"{YEAR}tham-dinh/vong/1/chot/").press("Chốt vòng").reads("Đã chốt ngày")
    given = Verdict.objects.count()
    secretary.page.go_back()
    secretary.look()
    again = secretary.page.get_by_role("button", name="Chốt vòng", exact=True)
    if again.count():
        secretary.press("Chốt vòng")
    secretary.reads("Đã chốt ngày")
    assert Verdict.objects.count() == given
    field = late.page.get_by_label("Điểm, A.1, Don vi 2", exact=True)
    field.fill("7")
    field.press("Tab")
    late.reads("Vòng thẩm định này đang ở trạng thái").look()
    assert not Mark.objects.exists()
