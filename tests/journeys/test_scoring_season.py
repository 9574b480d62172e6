"""A scoring season by keyboard alone: a table from the library, a sheet, a round of cross-checks, and the ranking explained."""

import re
from functools import cache

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.journeys.keyboard import KeyboardVisitor
from tests.journeys.practice_year import days_ago, open_practice_year
from tests.journeys.test_year import to_year
from thidua.clusters.models import ClusterYear
from thidua.crosschecks.models import CheckTask
from thidua.demo.builder import as_
from thidua.demo.cast import PASSWORD
from thidua.kernel.points import parse_typed
from thidua.people.models import Organisation
from thidua.scoring import actions as scoring
from thidua.scoring.rules import ScoreLine

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

EXAMPLE = "Bảng tối giản 100 điểm"
ROUND = "Thẩm định chéo"
WHY_SCORED = "Dự 9 trong 10 hoạt động của cụm."
WHY_CHANGED = "Sổ theo dõi chỉ ghi bảy hoạt động đã dự."
CHECKED = 2
"""The unit whose sheet is filled in on the screen, and whose points a checker changes."""


@pytest.fixture
def year(db) -> int:
    """This year of the practice cluster, in preparation and without criteria."""
    return open_practice_year().year


@pytest.mark.parametrize("width", ["desktop"], indirect=True)
def test_a_season_without_a_mouse(year, visit):
    @cache
    def sit(name):
        return visit(name, kind=KeyboardVisitor).sign_in(PASSWORD)

    secretary = sit("thuky-thuchanh")
    copy_table(secretary, year)
    move_and_undo(secretary)
    edit_row(secretary)
    publish(secretary)
    turn_stage("self_scoring")
    fill_sheet(sit("canbo-th2"), year)
    submit_sheet(sit("lanhdao-th2"), year)
    for number in (1, 3):
        submit_another(number)
    turn_stage("cross_checking")
    lay_round(secretary, year)
    for task in CheckTask.objects.select_related("unit", "checker").order_by("pk"):
        mark(sit(f"canbo-th{task.checker.name_vi[-1]}"), year, task.unit)
    settle(secretary, year)
    read_why(secretary, year)
    suppose(secretary)


def turn_stage(stage):
    """The year moves on; how it does is the matter of another journey."""
    ClusterYear.objects.update(stage=stage)


def copy_table(secretary, year):
    """An example from the library, looked at first."""
    to_year(secretary, year).turn_to("Tiêu chí").follow("Chọn từ thư viện").titled("Thư viện bảng tiêu chí")
    secretary.press(f"Chép và xem trước {EXAMPLE}").reads("không có ô nào phải sửa")
    secretary.press("Nhập cả bảng làm dự thảo").reads("dự thảo")
    secretary.follow("Soạn dự thảo").titled("Soạn bảng tiêu chí").reads("mọi mục đã khớp điểm")


def codes(visitor) -> list[str]:
    """The codes of the tree from top to bottom."""
    return visitor.page.locator("tr[data-code]").evaluate_all("(rows) => rows.map((row) => row.dataset.code)")


def titles(visitor) -> list[str]:
    """What the rows of the tree are about, from top to bottom."""
    cells = visitor.page.locator("tr[data-code] td.wide")
    return cells.evaluate_all("(cells) => cells.map((cell) => cell.firstChild.data.trim())")


def move_and_undo(secretary):
    """The arrows go from row to row, Alt with an arrow takes the row along; one button takes it back."""
    before = titles(secretary)
    secretary.reach(secretary.page.get_by_role("link", name="II.1", exact=True))
    secretary.strike("ArrowUp", "ArrowDown").go("Alt+ArrowDown")
    moved = titles(secretary)
    first = before.index("Báo cáo năm đúng hạn")
    assert moved[first : first + 2] == [before[first + 1], before[first]]
    expect(secretary.page.locator("tr[data-code] a:focus")).to_have_count(1)
    secretary.go("Alt+ArrowUp")
    assert titles(secretary) == before
    secretary.go("Alt+ArrowLeft").reads("chỗ chưa khớp")
    secretary.press("Hoàn tác").reads("Đã hoàn tác.", "mọi mục đã khớp điểm")
    assert titles(secretary) == before


def edit_row(secretary):
    """A row is opened; how it is reckoned is told in words while one types, and too many points at the heading."""
    secretary.follow("II.1")
    secretary.write("Điểm mỗi lần, mỗi ngày chậm", "0,5")
    expect(secretary.page.locator("#row-formula")).to_contain_text("0,5")
    secretary.write("Điểm tối đa", "12")
    secretary.press("Lưu dòng").reads("Đã lưu dòng II.1.", "1 chỗ chưa khớp")
    secretary.press("Hoàn tác").reads("mọi mục đã khớp điểm").follow("III")
    secretary.write("Nội dung tiêu chí", "Tham gia hoạt động chung của cụm")
    secretary.press("Lưu dòng").reads("Đã lưu dòng III.", "mọi mục đã khớp điểm")


def publish(secretary):
    """The draft becomes the version in force."""
    secretary.follow("Ban hành…").write("Căn cứ ban hành", "Biên bản họp cụm (minh hoạ)")
    secretary.press("Ban hành bản 1").reads("bản 1 đang áp dụng", "Tham gia hoạt động chung của cụm")


def fill_sheet(officer, year):
    """Down the column of points by Enter, back up by an arrow, choices by their arrows, a reason with Ctrl+Enter."""
    to_year(officer, year).turn_to("Tự chấm").titled("Phiếu tự chấm")
    officer.write("Thực hiện, I.1", "36")
    officer.strike("Tab").on("Chỉ tiêu, I.1").retype("40")
    officer.strike("Enter").on("Ngày chậm, II.1").retype("1")
    officer.strike("Enter").on("Điểm, III").retype("17")
    officer.strike("Enter").on("Số lần, IV").retype("1")
    officer.strike("ArrowUp").on("Điểm, III").retype("18")
    reason = officer.page.get_by_label(re.compile("^Lý do.*, III$"))
    officer.reach(reason)
    officer.retype(WHY_SCORED)
    officer.strike("Control+Enter")
    expect(reason).not_to_be_focused()
    officer.choose("Mức, I.2", "A")
    officer.choose("Kết quả, II.2", "Đạt")
    officer.strike("Tab", "?")
    expect(officer.page.get_by_role("status").filter(has_text="Đã lưu ✓")).to_be_visible()
    officer.reads("đã chấm đủ").look()
    officer.page.reload()
    officer.reads("đã chấm đủ", WHY_SCORED)
    expect(officer.page.get_by_label("Điểm, III", exact=True)).to_have_value("18")


def submit_sheet(leader, year):
    """The leader reads the sums and submits."""
    to_year(leader, year).turn_to("Tự chấm").reads(WHY_SCORED)
    leader.follow("Nộp phiếu…").titled("Nộp phiếu tự chấm").press("Nộp phiếu").reads("Phiếu đã khóa")


FIGURES = {
    "I.1": {"actual": "36", "target": "40"}, "I.2": {"grade": "A"}, "II.1": {"days_late": "0"}, "II.2": {"passed": True},
    "III": {"points": "16"}, "IV": {"count": "0"},
}  # fmt: skip


def submit_another(number):
    """Another unit has scored itself, too: a bit lower from unit to unit."""
    now, officer = timezone.now(), as_(f"canbo-th{number}", timezone.now())
    unit = Organisation.objects.get(name_vi=f"Đơn vị thực hành {number}")
    sheet = scoring.open_sheet(year=ClusterYear.objects.get(), unit=unit, actor=officer, now=now)
    for code, figures in (FIGURES | {"III": {"points": str(18 - number)}}).items():
        exact = {name: parse_typed(value) if name not in ("grade", "passed") else value for name, value in figures.items()}
        scoring.save_line(sheet=sheet, line=ScoreLine(code=code, **exact), reason="", revision=None, actor=officer, now=now)
    scoring.submit_sheet(sheet=sheet, actor=as_(f"lanhdao-th{number}", now), now=now)


def rounds(visitor, year):
    """The page of rounds."""
    to_year(visitor, year).turn_to("Thẩm định")
    pages = visitor.page.get_by_role("navigation", name="Các trang của mục này")
    return visitor.follow("Vòng thẩm định", pages).titled("Vòng thẩm định")


def lay_round(secretary, year):
    """Each unit checks one other, as drawn by a number that anybody can reckon with."""
    rounds(secretary, year).follow("Lập vòng thẩm định")
    secretary.write(re.compile("^Mỗi đơn vị chấm bao nhiêu"), "1")
    secretary.write(re.compile("^Hạn chấm"), f"{days_ago(-9):%d-%m-%Y}")
    secretary.press("Lập vòng").titled(ROUND).reads("Bốc thăm chia cặp")
    secretary.write(re.compile("^Số bốc thăm"), "2021")
    secretary.press("Chia cặp").unfold("Số bốc thăm 2021").reads("đúng như kết quả, không ai chỉnh tay")
    secretary.press("Mở vòng").reads("Đang chấm", "0 trong 3 phần việc")


def mark(checker, year, unit):
    """In the grid: "=" agrees, another figure asks for a reason, the rest is agreed to in one go."""
    rounds(checker, year).follow(f"1. {ROUND}").follow("Bảng chấm")
    checker.reads("gõ dấu = để đồng ý")
    short = unit.short
    checker.write(f"Thực hiện, I.1, {short}", "=")
    checker.strike("Enter").on(f"Ngày chậm, II.1, {short}").retype("=")
    checker.strike("Enter").on(f"Điểm, III, {short}")
    if unit.name_vi.endswith(str(CHECKED)):
        change(checker, short)
    checker.press("Đồng ý các dòng còn lại").reads("đủ dòng")
    checker.press("Chấm xong đơn vị này").reads("đã chấm xong")


def change(checker, short):
    """Without a reason the point is not taken; with one it is, and the row says so."""
    checker.retype("14")
    checker.strike("Enter")
    reason = checker.page.get_by_label(f"Lý do, III, {short}", exact=True)
    checker.reach(reason)
    checker.look().retype(WHY_CHANGED)
    checker.strike("Control+Enter")
    cell = checker.page.get_by_role("cell").filter(has=checker.page.get_by_label(f"Điểm, III, {short}", exact=True))
    expect(cell).to_contain_text("khác tự chấm")
    checker.look()


def settle(secretary, year):
    """Closed, looked through, settled."""
    rounds(secretary, year).reads("3/3").follow(f"1. {ROUND}").follow("Đóng vòng…").press("Đóng vòng").follow("Chốt kết quả")
    secretary.reads(WHY_CHANGED).press("Chốt vòng").reads("Đã chốt ngày")


def read_why(secretary, year):
    """From the self-score to the final place: who took four points, why, and how firm the place is."""
    to_year(secretary, year).turn_to("Xếp hạng").titled("Xếp hạng").follow(f"Vì sao Thực hành {CHECKED} đứng ở đây?")
    secretary.reads(WHY_CHANGED, "−4", "Thứ hạng này chắc đến đâu")
    secretary.unfold("nên không quyết định thứ hạng").reads("Tỷ lệ nhiệm vụ hoàn thành")


def suppose(secretary):
    """What if the four points had stayed; nothing is saved."""
    secretary.follow("Thử giả định…").titled("Thử giả định")
    secretary.choose("Đơn vị", f"Thực hành {CHECKED}")
    secretary.choose("Tiêu chí", "III Tham gia hoạt động chung của cụm")
    secretary.write("Điểm giả định", "20")
    secretary.press("Tính thử").reads("Nếu vậy thì")
    row = secretary.page.get_by_role("row").filter(has_text=f"Thực hành {CHECKED}")
    expect(row).to_contain_text("+6")
    secretary.write(re.compile("Thực hiện nhiệm vụ được giao"), "nhiều")
    secretary.press("Tính thử").reads("không phải là số", "hãy sửa chỗ báo lỗi")
    secretary.follow("Bỏ mọi giả định").reads("chưa giả định gì")
