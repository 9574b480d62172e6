"""The chain, lived on the screen: a directive comes in, a unit answers it with a programme, its work becomes a report, and both
become evidence."""

import re

import pytest
import typst
from playwright.sync_api import expect

from tests.journeys.practice_year import days_ago, open_year, typed
from tests.journeys.test_year import UNITS, advance, to_year
from tests.journeys.visitor import text_of_docx, text_of_pdf
from thidua.demo.cast import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ISSUER, NUMBER, NAME = "Cơ quan cấp trên (thực hành)", "07-CT/TH", "Chỉ thị 07-CT/TH"
TITLE = "Về đợt học tập chuyên đề của cụm thực hành"
ASKED = "Mỗi đơn vị tổ chức học tập chuyên đề cho toàn thể đảng viên và lập kế hoạch thực hiện."
TEXT = f"""#set text(font: "Liberation Serif", lang: "vi")
Văn bản này chỉ dùng để thực hành.

{ASKED}

Cụm trưởng theo dõi, đôn đốc và tổng hợp kết quả.
"""
CLAUSE = "Việc 1"
PROGRAMME = "Chương trình hành động thực hiện đợt học tập chuyên đề"
TASK = "Gửi tài liệu học tập tới các chi bộ"
PERIOD = "Báo cáo đợt học tập chuyên đề"


@pytest.fixture
def year(db) -> int:
    """The practice cluster in the midst of a year, with criteria in force; the year's number."""
    return open_year().year


def test_from_a_directive_to_the_evidence(year, visit, tmp_path):
    secretary, officer, leader = (visit(name).sign_in(PASSWORD) for name in ("thuky-thuchanh", "canbo-th2", "lanhdao-th2"))
    register(secretary, year, tmp_path)
    find_without_diacritics(secretary, year)
    mark_clause(secretary)
    send(secretary)
    receive(officer, year)
    study(officer, year)
    write_programme(officer, year)
    add_task(officer)
    note_progress(officer, tmp_path)
    approve(officer, leader, year)
    see_the_blank(secretary, year)
    set_period(secretary, year)
    report(officer, leader, year)
    send_back_and_receive(secretary, leader, year)
    consolidate(secretary, year)
    cite(officer, year)
    take_lateness(secretary, officer, year)


def register(secretary, year, tmp_path):
    """The document comes in as a PDF; its text is taken from the file."""
    paper = tmp_path / "chi-thi-07.pdf"
    paper.write_bytes(typst.compile(TEXT.encode(), format="pdf"))
    to_year(secretary, year).turn_to("Văn bản").titled("Sổ văn bản").follow("Vào sổ văn bản đầu tiên")
    secretary.write("Tên cơ quan mới (không bắt buộc)", ISSUER)
    secretary.write("Ký hiệu cuối số (không bắt buộc)", "TH")
    secretary.choose("Loại văn bản", "Chỉ thị")
    secretary.write("Số, ký hiệu (không bắt buộc)", NUMBER)
    secretary.write("Ngày ban hành (khi có số)", typed(days_ago(30)))
    secretary.write("Trích yếu", TITLE)
    secretary.attach("Tệp (không bắt buộc)", paper)
    secretary.press("Vào sổ").titled(NUMBER).reads(ASKED, "chi-thi-07.pdf", "Số liệu minh hoạ")


def find_without_diacritics(secretary, year):
    """Words of the text, typed without marks, lead to it."""
    to_year(secretary, year).turn_to("Văn bản")
    secretary.write("Tìm", "toan the dang vien")
    secretary.press("Tìm").reads("1 văn bản")
    expect(secretary.page.get_by_role("row").filter(has_text=NUMBER)).to_contain_text("toàn thể đảng viên")
    secretary.follow(NAME)


def mark_clause(secretary):
    """A paragraph of the text becomes a clause."""
    secretary.follow("Chia mục cần thực hiện")
    secretary.tick(ASKED)
    secretary.write("Tên mục (không bắt buộc)", CLAUSE)
    secretary.write("Hạn (không bắt buộc)", typed(days_ago(-20)))
    secretary.press("Thành mục").reads("1 mục", f"{CLAUSE}:")
    secretary.follow("Xong, về trang văn bản")


def send(secretary):
    """To every unit, to be studied."""
    secretary.follow("Gửi tới đơn vị…")
    secretary.write("Hạn (không bắt buộc)", typed(days_ago(-10)))
    secretary.press("Gửi văn bản").reads("Đã gửi 3/3 đơn vị, đã nhận 0")


def receive(officer, year):
    """What waits stands on the first page; one button confirms it."""
    to_year(officer, year).turn_to("Văn bản").follow("Văn bản đến")
    officer.press(re.compile("Xác nhận đã nhận")).reads("đã nhận")


def study(officer, year):
    """Members of the unit, then a session with counts."""
    to_year(officer, year).turn_to("Văn bản").follow("Học tập, quán triệt").follow("Thực hành 2")
    officer.write("Số đảng viên của đơn vị trong năm", "40")
    officer.press("Lưu số đảng viên").follow("Ghi buổi học tập")
    officer.tick(re.compile(NUMBER))
    officer.write("Ngày tổ chức", typed(days_ago(12)))
    officer.write("Báo cáo viên (không bắt buộc)", "Báo cáo viên của đơn vị")
    officer.write("Đảng viên: được mời", "40")
    officer.write("Đảng viên: có mặt", "38")
    officer.press("Lưu buổi học tập").titled("Buổi học tập").reads("38")


def write_programme(officer, year):
    """From the document, with its clause ticked: a draft that others do not see."""
    to_year(officer, year).turn_to("Chương trình, nhiệm vụ").follow("Lập chương trình, kế hoạch")
    officer.choose("Thực hiện văn bản", f"{NAME}: {TITLE}")
    officer.page.wait_for_url(re.compile("van-ban="))
    officer.look().tick(re.compile(ASKED))
    officer.write("Tên", PROGRAMME)
    officer.press("Lập").titled("Sửa nội dung")
    officer.write("Mục tiêu 1", "Mọi đảng viên được học tập chuyên đề")
    officer.press("Lưu").titled(PROGRAMME).reads(ASKED, "nháp")


def add_task(officer):
    """One more task than the clause asks for, with a post and a day."""
    officer.follow("Thêm nhiệm vụ")
    officer.write("Nhiệm vụ", TASK)
    officer.choose("Chức vụ phụ trách (không bắt buộc)", "Cán bộ thi đua")
    officer.write("Bắt đầu (không bắt buộc)", typed(days_ago(14)))
    officer.write("Hạn (không bắt buộc)", typed(days_ago(8)))
    officer.press("Lưu").reads(TASK)


def note_progress(officer, tmp_path):
    """Done, with a word and a file."""
    proof = tmp_path / "bien-nhan.pdf"
    proof.write_bytes(typst.compile("Biên nhận tài liệu (minh hoạ)".encode(), format="pdf"))
    officer.choose("Trạng thái", "Xong")
    officer.write("Ngày xong", typed(days_ago(9)))
    officer.write("Ghi chú (không bắt buộc)", "Đã gửi tới mọi chi bộ.")
    officer.attach("Tệp minh chứng (không bắt buộc)", proof)
    officer.press("Ghi tiến độ").titled("Xong").reads("Đã gửi tới mọi chi bộ.", "bien-nhan.pdf", "100%")


def approve(officer, leader, year):
    """The officer lays the programme before the leader, who approves what they read."""
    to_year(officer, year).turn_to("Chương trình, nhiệm vụ").follow(PROGRAMME)
    officer.press("Trình lãnh đạo duyệt").reads("chờ lãnh đạo duyệt")
    to_year(leader, year).turn_to("Chương trình, nhiệm vụ").follow(PROGRAMME).follow("Xem và duyệt…").reads(TASK, ASKED)
    leader.press("Duyệt nội dung này").titled(PROGRAMME).reads("đã duyệt bản 1")
    assert "Gửi tài liệu học tập" in text_of_docx(leader.download("DOCX"))


def see_the_blank(secretary, year):
    """The matrix shows who has no task for the clause; the reminder says so in words."""
    to_year(secretary, year).turn_to("Chương trình, nhiệm vụ").follow("Bao phủ văn bản").follow(NAME)
    row = secretary.page.get_by_role("row").filter(has_text=CLAUSE)
    expect(row.get_by_role("cell").first).to_have_text("2/3")
    secretary.reads("2 ô trống").follow("Nhắc việc")
    letter = secretary.page.get_by_label("Lời nhắc chung").input_value()
    assert "Đơn vị thực hành 3" in letter
    assert "Đơn vị thực hành 2" not in letter
    own = secretary.page.get_by_label(UNITS[2], exact=True).input_value()
    assert f"{NUMBER}" in own
    assert CLAUSE in own


def set_period(secretary, year):
    """A period that is due already, with the items that thidua proposes."""
    to_year(secretary, year).turn_to("Báo cáo").follow("Đặt một kỳ")
    secretary.write("Tên kỳ báo cáo", PERIOD)
    secretary.write("Từ ngày", typed(days_ago(29)))
    secretary.write("Đến ngày", typed(days_ago(5)))
    secretary.write("Hạn nộp", typed(days_ago(4)))
    secretary.write("Người ký báo cáo", "Lãnh đạo đơn vị")
    secretary.press("Đặt kỳ và xem các mục").titled(f"Các mục của {PERIOD}").press("Lưu các mục").titled(PERIOD)


FILLED = {
    "Hội nghị học tập, quán triệt đã tổ chức": "1",
    "Tỷ lệ đảng viên được học tập, quán triệt": "95",
    "Nhiệm vụ đến hạn trong kỳ": "1",
    "Nhiệm vụ đã hoàn thành": "1",
    "Nhiệm vụ quá hạn": "0",
}


def report(officer, leader, year):
    """Pre-filled from what was recorded; the officer writes the words, the leader submits late."""
    to_year(officer, year).turn_to("Báo cáo").follow("Đợt học tập chuyên đề").follow("Báo cáo của Thực hành 2")
    officer.press("Mở báo cáo").titled(UNITS[1])
    for label, figure in FILLED.items():
        expect(officer.page.get_by_label(label, exact=True)).to_have_value(figure)
    for label in ("Kết quả nổi bật", "Hạn chế", "Phương hướng kỳ tới"):
        officer.write(re.compile(f"^{label}"), f"{label}: lời của bài kiểm thử.")
    best = officer.page.get_by_role("group", name="Cách làm hay 1")
    officer.write("Tên", "Học theo tổ", best)
    officer.write("Nội dung, cách làm, kết quả", "Mỗi tổ chọn một việc làm ngay.", best)
    officer.press("Lưu").reads("Đã lưu báo cáo.", "đã đủ các mục bắt buộc")
    leader.open("/").follow(f"Xem và nộp: {PERIOD}").press("Lưu và tới bước nộp…").titled("Nộp báo cáo").reads("chậm 4 ngày")
    leader.press("Nộp báo cáo").reads("Đã nộp báo cáo.", "chậm 4 ngày")


def send_back_and_receive(secretary, leader, year):
    """Sent back with a reason, submitted again, received."""
    secretary.open("/").follow(f"Tiếp nhận: {PERIOD}").follow("Trả lại…")
    secretary.write("Lý do trả lại", "Đề nghị nêu rõ việc của từng chi bộ.")
    secretary.press("Trả lại báo cáo").reads("Đã trả lại báo cáo")
    leader.open("/").follow(f"Sửa và nộp lại: {PERIOD}").reads("Đề nghị nêu rõ việc của từng chi bộ.")
    leader.write(re.compile("^Kết quả nổi bật"), "Việc của từng chi bộ đã nêu rõ.")
    leader.press("Lưu và tới bước nộp…").press("Nộp báo cáo").reads("Lần 2")
    secretary.open("/").follow(f"Tiếp nhận: {PERIOD}").reads("Việc của từng chi bộ đã nêu rõ.")
    secretary.press("Tiếp nhận").reads("Đã tiếp nhận báo cáo")


def consolidate(secretary, year):
    """The head adds its words to the sums and issues the consolidated report."""
    to_year(secretary, year).turn_to("Báo cáo").follow("Đợt học tập chuyên đề").follow("Báo cáo tổng hợp")
    secretary.press("Soạn báo cáo tổng hợp").titled("Sửa báo cáo tổng hợp")
    secretary.tick(re.compile(r"^\s*Học theo tổ"))
    secretary.write("Đánh giá (cần có khi ban hành)", "Một đơn vị đã làm xong.")
    secretary.write("Phương hướng, nhiệm vụ (cần có khi ban hành)", "Đôn đốc hai đơn vị còn lại.")
    secretary.press("Lưu bản nháp").follow("Ban hành…")
    secretary.write("Số, ký hiệu", "00-BC/TH")
    secretary.write("Ngày ban hành", typed(days_ago(0)))
    secretary.press("Ban hành").titled("đã ban hành").reads("Mỗi tổ chọn một việc làm ngay.")
    words = text_of_pdf(secretary.download("PDF"))
    for fact in ("00-BC/TH", "Đôn đốc hai đơn vị còn lại.", "Học theo tổ", "SỐ LIỆU MINH HOẠ"):
        assert fact in words


def cite(officer, year):
    """The task and the report become evidence, one press each."""
    to_year(officer, year).turn_to("Chương trình, nhiệm vụ").follow(PROGRAMME).follow(TASK)
    officer.follow("Dùng làm minh chứng").press("Dẫn, I.2").titled(TASK)
    to_year(officer, year).turn_to("Báo cáo").follow("Đợt học tập chuyên đề")
    officer.follow("chậm 4 ngày")
    officer.follow("Dùng làm minh chứng").press("Dẫn, IV.1").titled(UNITS[1])


def take_lateness(secretary, officer, year):
    """When units score themselves, the criterion shows what was cited and offers the days late."""
    for stage in ("Sơ kết", "Tự chấm điểm"):
        advance(secretary, year, stage)
    sheet = to_year(officer, year).turn_to("Tự chấm").page.get_by_role("row")
    officer.follow("1 minh chứng", sheet.filter(has_text="I.2")).titled("I.2").reads(TASK)
    officer.follow("Trở lại phiếu").follow("Xem ngày chậm").titled("IV.1").reads(PERIOD).follow("Dùng 4 ngày")
    officer.press("Lưu vào phiếu")
    expect(officer.page.get_by_label("Ngày chậm, IV.1", exact=True)).to_have_value("4")
