"""Words and lines of the tree."""

from decimal import Decimal

import pytest
from django.utils import translation

from thidua.criteria.queries import formula_in_words, lines_of, notices_of, summary_of
from thidua.criteria.rules import COLUMNS, CriteriaTable, Criterion, Kind, Method, parse_criteria
from thidua.criteria.tests.conftest import HEADER, SMALL


def row(**values) -> Criterion:
    return Criterion(code="1", **{"max_points": Decimal(5), **values})


@pytest.mark.parametrize(
    ("criterion", "words"),
    [
        (row(), "chấm 0–5"),
        (row(max_points=None), "chấm trực tiếp"),
        (row(method=Method.PROPORTIONAL), "thực hiện ÷ chỉ tiêu × 5"),
        (
            row(method=Method.PROPORTIONAL, over_rate=Decimal("0.1"), over_cap=Decimal(2)),
            "thực hiện ÷ chỉ tiêu × 5; vượt 1 % thưởng 0,1, tối đa 2",
        ),
        (row(method=Method.INVERSE), "chỉ tiêu ÷ thực hiện × 5"),
        (row(method=Method.RELATIVE_TO_LEADER), "đạt chỉ tiêu 2,5; vượt nhiều nhất cụm 5, còn lại theo tỷ lệ vượt"),
        (row(method=Method.PER_CASE, per_case=Decimal("0.5"), unit="bài"), "0,5/bài, tối đa 5"),
        (row(method=Method.BANDS), "chọn một trong các mức"),
        (row(method=Method.PASS_FAIL), "đạt 5, không đạt 0"),
        (row(method=Method.GRADE, grades=(("A", Decimal(1)), ("B", Decimal("0.75")))), "xếp loại: A 5 · B 3,75"),
        (row(method=Method.LATENESS, per_case=Decimal(-2)), "5; chậm mỗi ngày trừ 2, thấp nhất 0"),
        (row(method=Method.POOL, pool=(Decimal(60), Decimal(45))), "theo thứ hạng: 60 / 45"),
        (row(method=Method.WEIGHTED), "trọng số 5 × kết quả"),
        (
            row(kind=Kind.BONUS, method=Method.PER_CASE, per_case=Decimal(1), unit="giải pháp", max_points=None),
            "thưởng 1/giải pháp",
        ),
        (
            row(kind=Kind.PENALTY, method=Method.PER_CASE, per_case=Decimal("-0.25"), max_points=Decimal(-1)),
            "trừ 0,25/lần, tối đa 1",
        ),
        (row(kind=Kind.PENALTY, max_points=None), "trừ điểm"),
        (row(kind=Kind.PENALTY, per_case=Decimal(-2), max_points=Decimal(-2)), "trừ 2, tính một lần"),
        (row(kind=Kind.BONUS, per_case=Decimal(1), max_points=None, unit="%", rule_text="[+1/năm] chọn một mức"), "thưởng 1/năm"),
        (row(kind=Kind.GATE, max_points=None, method=Method.PASS_FAIL), "vi phạm thì không được xếp hạng"),
        (row(is_band=True), "mức được chọn: 5"),
        (row(penalty_cap=Decimal("1.5")), "chấm 0–5; trừ cả mục không quá 1,5"),
        (
            row(adjust_cap=Decimal(7), bonus_cap=Decimal(2)),
            "chấm 0–5; thưởng hoặc trừ cả mục không quá 7; thưởng cả mục không quá 2",
        ),
    ],
)
def test_every_method_has_its_words(criterion, words):
    assert formula_in_words(criterion) == words


def test_a_heading_says_that_it_adds_up_and_a_chooser_how_many_bands():
    rows = [
        [*HEADER, "rule_text_vi"],
        ["T", "", "Tổng", "5", "points", ""],
        ["1", "T", "Tỷ lệ", "5", "ratio", ""],
        ["1.1", "1", "cao", "5", "ratio", "[mức] trên 98%"],
        ["1.2", "1", "thấp", "3", "ratio", "[mức] dưới 98%"],
    ]
    table = parse_criteria(rows).table
    lines = lines_of(table)
    assert [line.formula for line in lines[:2]] == ["cộng các mục con", "chọn một trong 2 mức"]
    assert [(line.mark, line.rule) for line in lines[2:]] == [("band", "trên 98%"), ("band", "dưới 98%")]


def test_the_real_table_comes_to_what_its_source_says(real_rows):
    table = parse_criteria(real_rows).table
    summary = summary_of(table)
    assert summary.total == 100
    assert [section.points for section in summary.sections] == [80, 2, 10, 3, 5]
    assert sum(section.width for section in summary.sections) == 1000
    assert summary.counts[0] == "147 dòng"
    assert len(summary.sources) == 1
    assert notices_of(table) == []
    lines = {line.row.code: line for line in lines_of(table)}
    assert (lines["a"].points, lines["a3.2"].points, lines["b2.1"].points, lines["5.2"].points) == ("30", "−1,5", "+1", "")
    assert lines["5.2"].mark == "gate"
    assert lines["a7"].formula == "chấm 0–3, cộng thưởng, trừ phạt; trừ cả mục không quá 1,5"
    assert lines["a1"].formula == "chấm 0–3, trừ phạt; trừ cả mục không quá 1,5"
    assert lines["3.3.3.1b"].formula == "trừ 1,5, tính một lần"
    assert max(line.level for line in lines.values()) == 5


def test_several_roots_are_sections_of_their_sum():
    rows = [HEADER, ["A", "", "Một", "60", "points"], ["B", "", "Hai", "40", "points"], ["C", "", "Thưởng", "5", "bonus"]]
    summary = summary_of(parse_criteria(rows).table)
    assert (summary.total, [s.row.code for s in summary.sections]) == (100, ["A", "B"])


def test_a_table_of_gates_alone_divides_by_nothing():
    gate = Criterion(code="G", kind=Kind.GATE, method=Method.PASS_FAIL)
    summary = summary_of(CriteriaTable.of([gate]))
    assert (summary.total, summary.sections) == (0, [])


def test_a_silent_heading_shows_the_sum_of_its_parts():
    rows = [*SMALL[:1], ["T", "", "Tổng", "", "points"], *SMALL[2:]]
    assert lines_of(parse_criteria(rows).table)[0].points == "10"


def test_children_written_before_their_parents_stand_below_them():
    rows = [HEADER, ["1.1", "1", "con", "1", "points"], ["1", "", "cha", "1", "points"]]
    assert [line.row.code for line in lines_of(parse_criteria(rows).table)] == ["1", "1.1"]


def test_numbers_follow_the_readers_language():
    with translation.override("en"):
        assert "2.5" in formula_in_words(row(method=Method.RELATIVE_TO_LEADER))


def test_notices_point_at_rows_worth_a_look():
    table = parse_criteria([list(COLUMNS), ["1", "", "Không ghi điểm", "", "points", *[""] * 10]]).table
    assert [(p.code, p.row) for p in notices_of(table)] == [("criteria.no_maximum", 2)]
