"""What the cells of a sheet that was filled in offline say."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from thidua.scoring.rules.offline import Origin, Way, guarded, in_file_words, named_columns, origin_in, read_filled, unguarded

HEADER = ["Mã", "Tiêu chí", "Điểm", "Thực hiện", "Chỉ tiêu", "Mức", "Kết quả", "Lý do", "Dấu"]
ORIGIN = Origin("tg-2021", 2021, "don-vi-a", "abcdef123456")
WAYS = {
    "A": Way(),
    "A.1": Way(("points",)),
    "A.2": Way(("actual", "target")),
    "B": Way(("grade",), {"B.1": "B.1", "B.1 · tốt (4)": "B.1", "B.10": "B.10"}, whole=True),
    "G": Way(("passed",), {"Không xảy ra": "", "0": "0", "Có xảy ra": "0"}),
    "N": Way(("points",), assigned=False),
}
names = st.text(st.characters(codec="ascii", categories=["Ll", "Nd"]), min_size=1, max_size=12)


def read(*rows):
    return read_filled([HEADER, *[[*row, *[""] * (len(HEADER) - len(row))] for row in rows]], WAYS, ("A", "don-vi-a"))


def codes(found):
    return [(problem.code, problem.row, problem.column) for problem in found.problems]


@given(names, st.integers(1900, 2200), names, names, st.integers(0, 10**6))
def test_a_stamp_reads_back(cluster, year, unit, version, revision):
    origin = Origin(cluster, year, unit, version)
    assert origin_in(origin.stamp(revision)) == (origin, revision)


@given(st.text(st.sampled_from("'=+-@ab1"), max_size=8))
def test_a_guarded_text_never_begins_like_a_formula_and_reads_back(text):
    assert guarded(text)[:1] not in ("=", "+", "-", "@")
    assert unguarded(guarded(text)) == text


@given(st.text(max_size=40))
def test_what_is_no_stamp_is_none_or_reads_back(text):
    found = origin_in(text)
    assert found is None or len(text.split("/")) == 5


def test_figures_reasons_and_revisions_are_read_under_the_words_of_the_workbook():
    found = read(["A.1", "", "7,5", "", "", "", "", "Đủ hồ sơ", ORIGIN.stamp(3)], ["A.2", "", "", "29", "36"])
    assert found.problems == ()
    first, second = found.rows
    assert (first.figures, first.reason, first.revision, first.row) == ({"points": Decimal("7.5")}, "Đủ hồ sơ", 3, 2)
    assert (second.figures, second.revision) == ({"actual": Decimal(29), "target": Decimal(36)}, None)
    assert found.origins == (ORIGIN,)


def test_choices_are_taken_by_value_by_words_and_in_any_letters():
    for text in ("B.1", "b.1", "B.1 · tốt (4)", "B.1 · tốt (4,0)"):
        assert read(["B", "", "", "", "", text]).rows[0].figures == {"grade": "B.1"}
    assert read(["B", "", "", "", "", "B.10"]).rows[0].figures == {"grade": "B.10"}
    assert read(["G", "", "", "", "", "", "có xảy ra"]).rows[0].figures == {"passed": False}
    assert read(["G", "", "", "", "", "", "Không xảy ra"]).rows[0].figures == {}


def test_every_bad_cell_is_told_with_its_row_and_column():
    found = read(
        ["A.1", "", "bảy"],
        ["A.2", "", "3"],
        ["X"],
        ["A.1", "", "3"],
        ["A", "", "", "", "", "", "", "lý do"],
        ["N", "", "3"],
        ["B", "", "", "", "", "B.7"],
        ["G", "", "", "", "", "", "đạt"],
    )
    assert codes(found) == [
        ("kernel.points_not_a_number", 2, "points"),
        ("scoring.column_not_used", 3, "points"),
        ("scoring.unknown_code", 4, "code"),
        ("scoring.duplicate_code", 5, "code"),
        ("scoring.heading_filled", 6, "reason"),
        ("scoring.row_not_assigned", 7, "points"),
        ("scoring.not_a_choice", 8, "grade"),
        ("scoring.not_a_choice", 9, "passed"),
    ]
    assert in_file_words(found.problems[1], HEADER).column == "Điểm"


def test_points_for_the_whole_row_and_a_choice_exclude_each_other():
    assert codes(read(["B", "", "3", "", "", "B.1"])) == [("scoring.two_ways", 2, "points")]
    assert read(["B", "", "3"]).rows[0].figures == {"points": Decimal(3)}


def test_rows_of_another_unit_are_told():
    found = read_filled([["unit", "code", "points"], ["don-vi-b", "A.1", "3"]], WAYS, ("A", "don-vi-a"))
    assert codes(found) == [("scoring.other_unit", 2, "unit")]


def test_a_file_without_codes_is_refused_as_a_whole():
    assert codes(read_filled([["Điểm"], ["3"]], WAYS, ("A",))) == [("criteria.missing_column", 1, "code")]
    assert [problem.code for problem in read_filled([], WAYS, ("A",)).problems] == ["criteria.missing_column"]


def test_columns_have_their_names_in_either_language():
    assert named_columns(["\ufeffMÃ", "points", " Lý do "]) == ["code", "points", "reason"]
