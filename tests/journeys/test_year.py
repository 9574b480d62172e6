"""A whole year of the practice cluster, by people who read nothing but the screen: at a desk and on a phone."""

import re
from importlib.resources import files
from pathlib import Path

import pytest

from thidua.demo import builder, practice
from thidua.demo.cast import PASSWORD
from thidua.people import actions as people

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TABLE = Path(str(files("thidua.demo") / "data" / "tuyen-giao-minh-hoa.csv"))
UNITS = [unit.name_vi for unit in practice.UNITS]
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
    pledge(visit, secretary)


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
    secretary.press("Nhập làm dự thảo").reads("dự thảo")
    secretary.follow("Ban hành…")
    secretary.write("Căn cứ ban hành", "Biên bản họp cụm (minh hoạ)")
    secretary.press("Ban hành bản 1").reads("bản 1 đang áp dụng", "Nắm tình hình, dự báo")


def pledge(visit, secretary):
    """Drafted from the criteria, with each unit's targets, frozen, confirmed by three leaders."""
    secretary.turn_to("Giao ước").press("Soạn giao ước")
    for number, unit in enumerate(UNITS, 1):
        officer = visit(f"canbo-th{number}").sign_in(PASSWORD)
        officer.follow("Cụm").follow("Cụm thực hành").turn_to("Giao ước").follow(f"Chỉ tiêu của Thực hành {number}")
        officer.write("Chỉ tiêu 1", "Đảng viên được học tập, quán triệt nghị quyết")
        officer.write("Con số của chỉ tiêu 1", f"9{number},5")
        officer.write("Đơn vị tính của chỉ tiêu 1", "%")
        officer.press("Lưu chỉ tiêu").reads(f"Đã lưu chỉ tiêu của {unit}.")
    secretary.turn_to("Giao ước").follow("Chốt giao ước…").press("Chốt giao ước")
    for number in (1, 2, 3):
        leader = visit(f"lanhdao-th{number}").sign_in(PASSWORD)
        leader.follow("Cụm").follow("Cụm thực hành").turn_to("Giao ước").follow(f"Ký xác nhận cho Thực hành {number}…")
        leader.press("Tôi đã đọc và xác nhận thay mặt đơn vị")
    secretary.turn_to("Giao ước").reads("các đơn vị đã ký đủ")
