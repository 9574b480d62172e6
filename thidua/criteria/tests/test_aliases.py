"""A table may name its columns, kinds and methods in Vietnamese; the machine's words stay valid."""

import pytest

from thidua.criteria.rules import COLUMNS, Kind, Method, aliases, parse_criteria, sentence
from thidua.criteria.tests.conftest import HEADER, SMALL

SPOKEN = ["Mã", "Mã cha", "Nội  dung", "ĐIỂM TỐI ĐA", "Loại", "Cách tính", "Minh chứng"]


def test_a_table_in_vietnamese_is_the_table_in_the_machines_words():
    rows = [
        ["T", "", "Tổng", "10", "Điểm", "", ""],
        ["1", "T", "Một", "10", "Tỉ lệ", "Theo tỷ lệ hoàn thành", "Bắt buộc"],
        ["2", "T", "Hai", "2", "thưởng", "chấm trực tiếp", "nên có"],
        ["3", "T", "Ba", "", "điều kiện loại", "", "không cần"],
    ]
    machine = [
        ["T", "", "Tổng", "10", "points", "", ""],
        ["1", "T", "Một", "10", "ratio", "proportional", "required"],
        ["2", "T", "Hai", "2", "bonus", "award", ""],
        ["3", "T", "Ba", "", "gate", "", "none"],
    ]
    found = parse_criteria([SPOKEN, *rows])
    assert found.errors == ()
    assert found.table == parse_criteria([[*HEADER, "method", "evidence"], *machine]).table


def test_every_word_has_a_name_and_no_name_has_two_senses():
    names = [name for group in (aliases.KINDS, aliases.METHODS, aliases.PROOFS) for found in group.values() for name in found]
    columns = [name for found in aliases.COLUMNS.values() for name in found]
    assert (set(aliases.KINDS), set(aliases.METHODS), set(aliases.COLUMNS)) == (set(Kind), set(Method), set(COLUMNS))
    assert (len(names), len(columns)) == (len(set(names)), len(set(columns)))


@pytest.mark.parametrize("word", [*Kind, *Method, "required", "none"])
def test_the_machines_words_stand_for_themselves(word):
    assert aliases.value_called(str(word).upper()) == word


def test_errors_name_both_words():
    wrong = parse_criteria([[*HEADER, "method"], ["T", "", "Tổng", "10", "mục", "đoán"]]).errors
    told = [sentence(problem, "vi") for problem in wrong]
    assert "“mục”; các loại là: điểm (points), tỷ lệ (ratio)" in told[0]
    assert "“đoán”; các cách tính là: chấm trực tiếp (award)" in told[1]
    missing = sentence(parse_criteria([["Mã", "Loại"]]).errors[0], "vi")
    assert "thiếu cột mã cha (parent_code), nội dung (title_vi), điểm tối đa (max_points)" in missing


def test_one_column_under_both_names_is_there_twice():
    assert [p.code for p in parse_criteria([[*HEADER, "Mã"], *SMALL[1:]]).errors] == ["criteria.repeated_column"]
