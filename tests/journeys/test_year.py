"""A whole year of the practice cluster, by people who read nothing but the screen: at a desk and on a phone."""

import re
from importlib.resources import files
from pathlib import Path

import pytest
import typst
from PIL import Image
from playwright.sync_api import expect

from tests.journeys.visitor import text_of_docx, text_of_pdf
from thidua.demo import builder, practice
from thidua.demo.cast import PASSWORD
from thidua.people import actions as people

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TABLE = Path(str(files("thidua.demo") / "data" / "tuyen-giao-minh-hoa.csv"))
UNITS = [unit.name_vi for unit in practice.UNITS]
APPRAISER = "Tổ thẩm định · Cấp trên (thực hành) · Cơ quan cấp trên (thực hành)"
NEW_PASSWORD = "mua-thu-o-dinh-hoa"


@pytest.fixture
def cluster(db):
    """The practice cluster, which has no year, and someone who runs the installation."""
    now = builder.at(2021, 12, 1)
    builder.open_account(people.set_up_operator(username="quantri", name="Quản trị cài đặt", now=now), now)
    return practice.build(lambda words: None)


def test_a_year_from_opening_to_the_next(cluster, visit, tmp_path):
    secretary = first_sign_in(visit)
    year = open_year(secretary)
    set_up(secretary, year)
    import_criteria(secretary)
    pledge(visit, secretary, year)
    for stage in ("Ký giao ước", "Thực hiện", "Sơ kết", "Tự chấm điểm"):
        advance(secretary, year, stage)
    score(visit, year, tmp_path)
    advance(secretary, year, "Thẩm định")
    cross_check(visit, secretary, year)
    see_ranking(visit, year)
    plan_conference(secretary, year)
    advance(secretary, year, "Hội nghị")
    hold_conference(visit, secretary, year)
    publish_article(visit, secretary, year, tmp_path)
    advance(secretary, year, "Quyết định")
    record_decision(visit, year)
    open_next_year(visit, secretary, year)
    advance(secretary, year, "Đóng năm")
    secretary.reads("Đóng năm")


def to_year(visitor, year):
    """From anywhere to the page of the year."""
    return visitor.follow("Cụm").follow(str(year)).titled(f"Năm thi đua {year}")


def advance(secretary, year, stage):
    """Nothing is missing, so the year moves on."""
    to_year(secretary, year).follow(f"Chuyển sang {stage}…")
    secretary.press(f"Chuyển sang {stage}").reads(f"Đã chuyển sang giai đoạn “{stage}”.")


def first_sign_in(visit):
    """The operator prints a one-time code; the secretary opens the account with it."""
    operator = visit("quantri").sign_in(PASSWORD)
    operator.follow("Quản trị")
    operator.follow("Thư ký cụm · Thực hành 1")
    operator.press("In mã dùng một lần")
    code = re.search(r"[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}", operator.page.get_by_role("article").inner_text()).group()
    secretary = visit("thuky-thuchanh").open("/").follow("Đăng nhập")
    secretary.follow("Đăng nhập lần đầu bằng mã dùng một lần")
    secretary.write("Tên đăng nhập", "thuky-thuchanh")
    secretary.write("Mã dùng một lần", code)
    secretary.write("Mật khẩu mới", NEW_PASSWORD)
    secretary.write("Mật khẩu mới, nhập lại", NEW_PASSWORD)
    secretary.press("Đặt mật khẩu")
    return secretary.sign_in(NEW_PASSWORD)


def open_year(secretary):
    """Open the cluster's first year, as a rehearsal; the year's number that the page proposes."""
    secretary.titled("Việc của tôi").follow("Mở năm thi đua đầu tiên")
    year = int(secretary.page.get_by_label("Năm thi đua", exact=True).input_value())
    secretary.choose("Đơn vị cụm phó (không bắt buộc)", UNITS[1])
    secretary.tick("Năm tập dượt: ghi “số liệu minh hoạ” trên mọi trang và văn bản")
    secretary.press("Mở năm thi đua")
    secretary.titled(f"Năm thi đua {year}").reads("Số liệu minh hoạ", *UNITS)
    return year


def set_up(secretary, year):
    """The calendar, then the rules of the ranking."""
    secretary.turn_to("Thiết lập")
    for stage, start, due in (
        ("Chuẩn bị", f"05-01-{year}", f"05-02-{year}"),
        ("Tự chấm điểm", f"20-10-{year}", f"10-11-{year}"),
        ("Thẩm định", f"11-11-{year}", f"20-11-{year}"),
        ("Hội nghị", f"26-11-{year}", f"26-11-{year}"),
    ):
        secretary.write(f"{stage} – từ ngày", start)
        secretary.write(f"{stage} – hạn", due)
    secretary.press("Lưu lịch").reads("Đã lưu lịch của năm.")
    secretary.turn_to("Thiết lập").follow("Quy tắc xếp hạng")
    secretary.write("Khi bằng điểm, so lần lượt các mục (không bắt buộc)", "I, II")
    secretary.choose("Các đơn vị được xem xếp hạng từ giai đoạn", "Thẩm định")
    secretary.press("Lưu quy tắc").reads("Đã lưu quy tắc xếp hạng.")


def import_criteria(secretary):
    """A table from a file becomes the draft, then the version in force."""
    secretary.turn_to("Tiêu chí").follow("Nhập bảng tiêu chí")
    secretary.attach("Tệp bảng (CSV hoặc XLSX)", TABLE)
    secretary.press("Đọc bảng và xem trước").reads("không có ô nào phải sửa")
    secretary.press("Nhập cả bảng làm dự thảo").reads("dự thảo")
    secretary.follow("Ban hành…")
    secretary.write("Căn cứ ban hành", "Biên bản họp cụm (minh hoạ)")
    secretary.press("Ban hành bản 1").reads("bản 1 đang áp dụng", "Nắm tình hình, dự báo")


def pledge(visit, secretary, year):
    """Drafted from the criteria, with each unit's targets, frozen, confirmed by three leaders."""
    secretary.turn_to("Giao ước").press("Soạn giao ước")
    for number, unit in enumerate(UNITS, 1):
        officer = visit(f"canbo-th{number}").sign_in(PASSWORD)
        to_year(officer, year).turn_to("Giao ước").follow(f"Chỉ tiêu của Thực hành {number}")
        officer.write("Chỉ tiêu 1", "Đảng viên được học tập, quán triệt nghị quyết")
        officer.write("Con số của chỉ tiêu 1", f"9{number},5")
        officer.write("Đơn vị tính của chỉ tiêu 1", "%")
        officer.press("Lưu chỉ tiêu").reads(f"Đã lưu chỉ tiêu của {unit}.")
    secretary.turn_to("Giao ước").follow("Chốt giao ước…").press("Chốt giao ước")
    for number in (1, 2, 3):
        leader = visit(f"lanhdao-th{number}", "phone").sign_in(PASSWORD)
        to_year(leader, year).turn_to("Giao ước").follow(f"Ký xác nhận cho Thực hành {number}…")
        leader.press("Tôi đã đọc và xác nhận thay mặt đơn vị")
    secretary.turn_to("Giao ước").reads("các đơn vị đã ký đủ")


SCORES = {
    "Điểm, I.1": "9,5",
    "Điểm, I.2": "10",
    "Thực hiện, I.3": "38",
    "Chỉ tiêu, I.3": "40",
    "Thực hiện, II.1": "40",
    "Chỉ tiêu, II.1": "40",
    "Điểm, II.3": "6,5",
    "Điểm, III.1": "9",
    "Điểm, III.2": "5,5",
    "Ngày chậm, IV.1": "0",
    "Điểm, IV.2": "5",
    "Điểm, IV.3": "4,5",
    "Điểm, V.1": "9,25",
    "Số lần, VI": "1",
    "Số lần, VII": "0",
}
CHOICES = {"Mức, II.2": "A", "Kết quả, III.3": "Đạt"}


def score(visit, year, tmp_path):
    """One officer is saved as they type, the others press the button; the leaders submit and the sheets are locked."""
    proof = tmp_path / "ke-hoach-hoc-tap.pdf"
    proof.write_bytes(typst.compile("Kế hoạch học tập, quán triệt (minh hoạ)".encode(), format="pdf"))
    for number in (1, 2, 3):
        officer = to_year(visit(f"canbo-th{number}"), year).turn_to("Tự chấm").titled("Phiếu tự chấm")
        if number == 1:
            for label, text in (SCORES | {"Điểm, I.1": "10"}).items():
                officer.type_and_see_saved(label, text)
        else:
            for label, text in (SCORES | {"Điểm, I.1": f"{10 - number}"}).items():
                officer.write(label, text)
        for label, option in CHOICES.items():
            officer.choose(label, option)
        officer.press("Lưu").reads("đã chấm đủ")
        officer.follow("Thêm minh chứng I.1")
        officer.attach("Tệp minh chứng", proof)
        officer.press("Thêm tệp").reads("ke-hoach-hoc-tap.pdf")
        leader = to_year(visit(f"lanhdao-th{number}"), year).turn_to("Tự chấm")
        leader.follow("Nộp phiếu…").press("Nộp phiếu").reads("Phiếu đã khóa")


def cross_check(visit, secretary, year):
    """The appraiser confirms all but one line, which falls for a reason; the unit answers."""
    for unit in UNITS:
        to_year(secretary, year).turn_to("Thẩm định")
        secretary.choose("Người thẩm định", APPRAISER)
        secretary.choose("Đơn vị được thẩm định", unit)
        secretary.press("Giao thẩm định")
    appraiser = visit("thamdinh-thuchanh").sign_in(PASSWORD)
    for unit in UNITS:
        to_year(appraiser, year).turn_to("Thẩm định").follow(unit)
        if unit == UNITS[1]:
            appraiser.type_and_see_saved("Điểm, II.3", "5,5", "Hãy nêu lý do")
            appraiser.type_and_see_saved("Lý do thay đổi, II.3", "Hai kỳ báo cáo không đủ nội dung.", "thay đổi")
            officer = to_year(visit("canbo-th2"), year).turn_to("Thẩm định").follow(unit).follow("Trả lời…")
            officer.write("Ý kiến của đơn vị", "Đơn vị nhất trí.")
            officer.press("Gửi ý kiến").reads("Đơn vị nhất trí.")
            appraiser.page.reload()
            appraiser.reads("Đơn vị nhất trí.")
        appraiser.press("Xác nhận các dòng còn lại").press("Hoàn thành thẩm định").reads("Thẩm định hoàn thành")


def see_ranking(visit, year):
    """An officer sees where the unit stands and why."""
    officer = to_year(visit("canbo-th2"), year).turn_to("Xếp hạng").titled("Xếp hạng")
    officer.reads("Vì sao Thực hành 2 đứng thứ 2?", "Hai kỳ báo cáo không đủ nội dung.", "−1")


def plan_conference(secretary, year):
    """Date, place, agenda, delegates."""
    to_year(secretary, year).turn_to("Hội nghị").follow("Lên kế hoạch hội nghị")
    secretary.write("Ngày giờ", f"26-11-{year} 08:00")
    secretary.write("Địa điểm", "Hội trường Đơn vị thực hành 1")
    secretary.write("Chủ trì (chức vụ)", "Lãnh đạo Đơn vị thực hành 1")
    secretary.write("Thư ký (chức vụ)", "Thư ký cụm")
    secretary.press("Lưu kế hoạch").titled("Chương trình")
    secretary.press("Lưu chương trình").reads("Thông qua kết quả chấm điểm, xếp hạng")
    secretary.follow("Mời đại biểu").press("Thêm mọi người giữ chức vụ đại biểu").reads(*UNITS)


def hold_conference(visit, secretary, year):
    """Attendance, a nomination, a poll voted on phones, the minutes on paper."""
    to_year(secretary, year).turn_to("Hội nghị").press("Khai mạc")
    for unit in UNITS:
        secretary.tick(re.compile(f"^Lãnh đạo đơn vị\\s*{unit}"))
        secretary.reads("đã lưu")
    secretary.reads("Đủ số: 3/3")
    secretary.turn_to("Khen thưởng").follow("Suy tôn đơn vị đầu tiên")
    secretary.choose("Đơn vị", UNITS[0])
    secretary.choose("Danh hiệu, hình thức khen thưởng", "Cờ thi đua")
    secretary.press("Suy tôn").reads(f"Đã suy tôn {UNITS[0]}: Cờ thi đua.")
    secretary.turn_to("Hội nghị").follow("Cuộc bỏ phiếu mới…").press("Lập cuộc bỏ phiếu").press("Mở bỏ phiếu")
    for number, choice in ((1, "Đồng ý"), (2, "Đồng ý"), (3, "Không ý kiến")):
        delegate = to_year(visit(f"lanhdao-th{number}"), year).turn_to("Hội nghị").follow("Bỏ phiếu ngay")
        delegate.tick(choice)
        delegate.press("Xem lại phiếu").press("Bỏ phiếu vào hòm").reads("Phiếu của bạn đã được ghi vào hòm phiếu.")
        delegate.follow("Xem tỷ lệ đã bỏ phiếu").reads(f"{number}/3")
    secretary.turn_to("Hội nghị").press("Đóng, kiểm phiếu").reads("thông qua", "Đã kiểm phiếu")
    secretary.turn_to("Hội nghị").press("Kết thúc hội nghị").titled("Biên bản hội nghị")
    words = text_of_pdf(secretary.download("Tải PDF"))
    for fact in ("Hội trường Đơn vị thực hành 1", "SỐ LIỆU MINH HOẠ", "Cờ thi đua", f"Suy tôn danh hiệu năm {year}", *UNITS):
        assert fact in words
    on_docx = text_of_docx(secretary.download("DOCX"))
    assert "Hội trường Đơn vị thực hành 1" in on_docx
    assert "SỐ LIỆU MINH HOẠ" in on_docx


def publish_article(visit, secretary, year, tmp_path):
    """Written with a photo, published, read by someone without an account, who also opens the view for paper."""
    picture = tmp_path / "hoi-nghi.jpg"
    Image.new("RGB", (1200, 800), "#7d2a1f").save(picture)
    title = f"Cụm thực hành tổng kết năm {year}"
    secretary.turn_to("Tin tức").follow("Viết bài")
    secretary.write("Tiêu đề", title)
    secretary.write("Sapo (bắt buộc khi đăng)", "Ba đơn vị của cụm họp hội nghị tổng kết năm.")
    secretary.write("Nội dung (bắt buộc khi đăng)", "Hội nghị bỏ phiếu suy tôn một đơn vị.\n\n## Năm tới\n\nCụm ký giao ước mới.")
    secretary.press("Lưu bản nháp").follow("Thêm ảnh")
    secretary.attach("Ảnh", picture)
    secretary.write("Mô tả cho người không nhìn thấy ảnh", "Một khung màu nâu đỏ thay cho ảnh hội nghị")
    secretary.press("Thêm ảnh").reads("Đã thêm ảnh.").press("Lưu và đăng").titled(title)
    reader = visit().open("/tin-tuc/").follow(title).titled(title)
    expect(reader.page.get_by_role("img", name="Một khung màu nâu đỏ thay cho ảnh hội nghị")).to_be_visible()
    reader.follow("In trang này").titled(title).reads("Số liệu minh hoạ", "Cụm ký giao ước mới.")


def record_decision(visit, year):
    """What came back from the superior body."""
    superior = to_year(visit("captren-thuchanh").sign_in(PASSWORD), year).turn_to("Khen thưởng")
    superior.follow(f"Ghi quyết định {UNITS[0]}, Cờ thi đua")
    superior.tick("Được khen thưởng")
    superior.write("Số quyết định", "00-QĐ/MH (minh hoạ)")
    superior.write("Ngày quyết định", f"13-12-{year - 1}")
    superior.press("Lưu quyết định").reads("00-QĐ/MH (minh hoạ)")


def open_next_year(visit, secretary, year):
    """The next year is opened with the head that the rotation proposes; both leaders sign the hand-over."""
    to_year(secretary, year).follow("Mở năm sau…").reads(UNITS[1])
    secretary.press(f"Mở năm {year + 1}").reads(f"Đã mở năm {year + 1}.")
    to_year(secretary, year + 1).reads("Số liệu minh hoạ", *UNITS)
    for number in (1, 2):
        leader = to_year(visit(f"lanhdao-th{number}"), year).turn_to("Bàn giao")
        leader.press("Ký bàn giao")
    leader.reads("Hai bên đã ký. Việc bàn giao hoàn tất.")
    assert UNITS[1] in text_of_pdf(leader.download("Tải PDF"))
