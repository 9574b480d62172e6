from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua.programmes.rules.reminders import Gap, Occasion, OtherGap, Owed, letter, letter_to_all, with_day

TODAY = date(2021, 11, 1)
OCCASION = Occasion("Cụm thi đua số 2", 2021, "Công an tỉnh", TODAY)


def test_a_letter_names_each_kind_of_gap_and_its_lines():
    owed = Owed(documents=Gap(("Chỉ thị 05-CT/TW",), 1), tasks=Gap(("Học tập (hạn 15-10-2021, quá 17 ngày)", "Báo cáo"), 5))
    assert letter("Đại học Y", owed, OCCASION) == (
        "Kính gửi: Đại học Y\n"
        "\n"
        "Qua theo dõi việc thực hiện nhiệm vụ năm 2021 của Cụm thi đua số 2, tính đến ngày 01-11-2021, "
        "Công an tỉnh (cụm trưởng) xin thông báo:\n"
        "Quý đơn vị còn 6 nội dung cần hoàn thành, cụ thể:\n"
        "\n"
        "1. Chưa xác nhận đã nhận 1 văn bản:\n"
        "- Chỉ thị 05-CT/TW.\n"
        "2. Có 5 nhiệm vụ đã quá hạn nhưng chưa hoàn thành:\n"
        "- Học tập (hạn 15-10-2021, quá 17 ngày);\n"
        "- Báo cáo;\n"
        "- và 3 nội dung khác.\n"
        "\n"
        "Đề nghị quý đơn vị quan tâm chỉ đạo, sớm hoàn thành và cập nhật kết quả; trường hợp có khó khăn, vướng mắc, đề nghị "
        "trao đổi với đơn vị cụm trưởng để phối hợp giải quyết.\n"
        "Trân trọng./."
    )


def test_the_letter_to_all_names_those_who_owe_only():
    owing = [("Đơn vị A", Owed(clauses=Gap((), 2))), ("Đơn vị B", Owed()), ("Đơn vị C", Owed(programmes=Gap((), 1)))]
    text = letter_to_all(owing, OCCASION)
    assert "1. Đơn vị A: 2 mục chưa có nhiệm vụ." in text
    assert "2. Đơn vị C: 1 chương trình, kế hoạch chưa duyệt." in text
    assert "Đơn vị B" not in text


def test_what_another_slice_has_found_stands_in_both_letters():
    reports = OtherGap("Chưa nộp {n} báo cáo:", "báo cáo chưa nộp", Gap(("Báo cáo quý I",), 2))
    owed = Owed(tasks=Gap(("Học tập",), 1), others=(reports,))
    assert "2. Chưa nộp 2 báo cáo:\n- Báo cáo quý I;\n- và 1 nội dung khác.\n" in letter("Đơn vị A", owed, OCCASION)
    assert "còn 3 nội dung" in letter("Đơn vị A", owed, OCCASION)
    assert "1. Đơn vị A: 1 nhiệm vụ quá hạn, 2 báo cáo chưa nộp." in letter_to_all([("Đơn vị A", owed)], OCCASION)


def test_who_owes_nothing_gets_no_letter():
    assert letter("Đơn vị A", Owed(), OCCASION) == letter_to_all([("Đơn vị A", Owed())], OCCASION) == ""


LATE = Owed(tasks=Gap((), 1))


@pytest.mark.parametrize(
    "write", [lambda occasion: letter("A", LATE, occasion), lambda occasion: letter_to_all([("A", LATE)], occasion)]
)
def test_a_letter_about_illustrative_figures_says_so(write):
    assert write(Occasion("Cụm", 2021, "A", TODAY, illustrative=True)).startswith("(Số liệu minh hoạ)\n")
    assert "minh hoạ" not in write(OCCASION)


@given(st.integers(-400, 400))
def test_only_a_day_that_is_past_is_called_so(days):
    words = with_day("Học tập", TODAY + timedelta(days), TODAY)
    assert ("quá" in words) == (days < 0)
    assert words.startswith("Học tập (hạn ")


def test_a_line_keeps_no_mark_of_its_own():
    assert with_day("Báo cáo quý.", TODAY, TODAY) == "Báo cáo quý (hạn 01-11-2021)"
    assert with_day("Mở lớp;", None, TODAY) == "Mở lớp"


@given(st.lists(st.integers(0, 30), min_size=4, max_size=4))
def test_no_gap_is_lost(counts):
    owed = Owed(*(Gap(("một dòng",) * min(count, 10), count) for count in counts))
    text = letter("A", owed, OCCASION)
    lines = text.count("- một dòng")
    more = sum(int(line.split()[2]) for line in text.splitlines() if line.startswith("- và "))
    assert lines + more == owed.count == sum(counts)
