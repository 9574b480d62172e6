import hashlib
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua.criteria.rules import CriteriaTable, Criterion, Kind
from thidua.kernel.errors import Refused
from thidua.pledges import rules
from thidua.pledges.rules import Rubric, Target

ROWS = [
    Criterion(code="I", title="Nghị quyết", max_points=Decimal(60)),
    Criterion(code="II", title="Báo cáo", max_points=Decimal("39.5")),
    Criterion(code="T", title="Sáng kiến", kind=Kind.BONUS, cap=Decimal(5)),
    Criterion(code="P", title="Nộp chậm", kind=Kind.PENALTY),
    Criterion(code="G", title="Không ai bị kỷ luật", kind=Kind.GATE),
]
RUBRIC = Rubric("Bảng tiêu chí", 2, "biên bản ngày 05-01", "ab" * 32, ("I. Nghị quyết: 60 điểm",), ("I. Nghị quyết",))


def text(**changes):
    values = {"cluster": "Cụm 2", "year": 2022, "preamble": "Mở đầu.", "body": "Điều 1. Chung\n- Một;"}
    return rules.compose(**(values | {"rubric": RUBRIC, "targets": []} | changes))


def test_sections_say_their_points_in_words():
    assert rules.section_lines(CriteriaTable.of(ROWS)) == (
        "I. Nghị quyết: 60 điểm",
        "II. Báo cáo: 39,5 điểm",
        "T. Sáng kiến: điểm thưởng, nhiều nhất 5 điểm",
        "P. Nộp chậm: điểm trừ",
        "G. Không ai bị kỷ luật: điều kiện xếp hạng",
    )


def test_below_a_single_top_row_its_children_are_the_sections():
    rows = [Criterion(code="T", title="Tổng"), Criterion(code="1", parent="T", title="A", max_points=Decimal(7))]
    assert rules.section_lines(CriteriaTable.of(rows)) == ("1. A: 7 điểm",)


def test_a_tie_break_names_rows_of_the_table_and_no_others():
    table = CriteriaTable.of(ROWS)
    assert rules.tie_break_lines(["II", "I"], table) == ("II. Báo cáo", "I. Nghị quyết")
    with pytest.raises(Refused, match=r"pledges\.tie_break_unknown"):
        rules.tie_break_lines(["IX"], table)


def test_the_text_holds_everything_in_order():
    targets = [("Đơn vị A", [Target("Tỷ lệ học nghị quyết", Decimal("98.5"), "%")]), ("Đơn vị B", [])]
    assert text(targets=targets).split("\n") == [
        "GIAO ƯỚC THI ĐUA NĂM 2022",
        "Cụm 2",
        "Mở đầu.",
        "Điều 1. Chung",
        "- Một;",
        "Điều 2. Tiêu chí và thang điểm",
        "Các đơn vị tự chấm, thẩm định và xếp hạng theo “Bảng tiêu chí” (bản 2, ban hành theo biên bản ngày 05-01), gồm:",
        "- I. Nghị quyết: 60 điểm.",
        "Mã kiểm tra SHA-256 của bảng tiêu chí: " + "ab" * 32,
        "Điều 3. Khi bằng điểm",
        "Các đơn vị có tổng điểm bằng nhau thì so lần lượt điểm của các mục sau, đơn vị cao hơn đứng trước;"
        " vẫn bằng nhau thì đồng hạng:",
        "- I. Nghị quyết.",
        "Điều 4. Chỉ tiêu đăng ký của từng đơn vị",
        "1. Đơn vị A",
        "- Tỷ lệ học nghị quyết: 98,5 %",
        "2. Đơn vị B",
        "- Không đăng ký chỉ tiêu riêng.",
        "",
    ]


def test_without_a_tie_break_equal_totals_share_a_rank_and_the_text_says_so():
    shared = Rubric("B", 1, "", "0" * 64, (), ())
    assert "Các đơn vị có tổng điểm bằng nhau thì đồng hạng." in text(rubric=shared)
    assert "so lần lượt" not in text(rubric=shared)


def test_articles_are_numbered_after_those_the_secretary_wrote():
    assert "Điều 8. Tiêu chí và thang điểm" in text(body="Điều 7. Bảy\nĐiều 2. Hai")
    assert "Điều 1. Tiêu chí và thang điểm" in text(body="Không chia điều.")


def test_lines_are_read_back_as_what_they_are():
    lines = rules.read(text(targets=[("Đơn vị A", [])]))
    assert [line.kind for line in lines[:3]] == ["plain", "article", "item"]
    assert lines[-2] == rules.Line("unit", "1. Đơn vị A")
    assert lines[-1] == rules.Line("item", "Không đăng ký chỉ tiêu riêng.")


@given(st.text(), st.text(), st.text())
def test_a_text_is_settled_whatever_people_type(preamble, body, target):
    made = text(preamble=preamble, body=body, targets=[("A", [Target(target)])])
    assert made == text(preamble=preamble, body=body, targets=[("A", [Target(target)])])
    assert made.endswith("\n")
    assert all(line == " ".join(line.split()) and line for line in made[:-1].split("\n"))
    assert made.split("\n")[:2] == ["GIAO ƯỚC THI ĐUA NĂM 2022", "Cụm 2"]


def test_the_digest_is_what_sha256sum_says():
    assert rules.digest("Giao ước\n") == hashlib.sha256("Giao ước\n".encode()).hexdigest()
    assert rules.short("0123456789abcdef" * 4) == "0123 4567 89ab cdef"


@pytest.mark.parametrize(
    ("target", "line"),
    [
        (Target("Học nghị quyết"), "Học nghị quyết"),
        (Target("Lớp học", Decimal(1250), "lượt"), "Lớp học: 1.250 lượt"),
        (Target("Sáng kiến", Decimal("0.000001")), "Sáng kiến: 0,000001"),
        (Target("Văn bản", None, "bản"), "Văn bản: bản"),
    ],
)
def test_a_target_reads_as_people_write_it(target, line):
    assert rules.target_line(target) == line


def test_what_is_written_is_checked():
    with pytest.raises(Refused, match=r"pledges\.text_empty"):
        rules.check_written("Mở", " \n ")
    with pytest.raises(Refused, match=r"pledges\.text_too_long"):
        rules.check_written("Mở", "x" * (rules.MOST_BODY + 1))
    with pytest.raises(Refused, match=r"pledges\.too_many_targets"):
        rules.check_targets([Target("x")] * (rules.MOST_TARGETS + 1))
    with pytest.raises(Refused, match=r"pledges\.target_empty"):
        rules.check_targets([Target("x"), Target(" ", Decimal(1))])
    with pytest.raises(Refused, match=r"pledges\.target_too_long"):
        rules.check_targets([Target("x" * 501)])
    with pytest.raises(Refused, match=r"pledges\.reason_too_short"):
        rules.check_reason("   sai   ")
