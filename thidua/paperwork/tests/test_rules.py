from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua.paperwork.rules import (
    Signature,
    Table,
    breakable,
    layout_for,
    lines_of,
    number_line,
    place_and_day,
    printable,
    signature_rows,
)
from thidua.paperwork.tests.samples import paper


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2021, 2, 5), "Thái Nguyên, ngày 05 tháng 02 năm 2021"),
        (date(2021, 11, 26), "Thái Nguyên, ngày 26 tháng 11 năm 2021"),
        (date(2021, 3, 10), "Thái Nguyên, ngày 10 tháng 3 năm 2021"),
        (None, "Thái Nguyên, ngày … tháng … năm …"),
    ],
)
def test_the_day_is_written_as_the_decree_says(day, words):
    assert place_and_day(paper(day=day)) == words


def test_without_a_place_the_day_begins_the_line():
    assert place_and_day(paper(place="")) == "Ngày 05 tháng 02 năm 2021"


def test_a_party_number_has_no_colon():
    assert number_line(paper(number="12/BB-CTĐ")) == "Số: 12/BB-CTĐ"
    assert number_line(paper(number="12-BB/BTGTU", layout="party")) == "Số 12-BB/BTGTU"
    assert number_line(paper(number="")) == ""


@pytest.mark.parametrize(
    ("kind", "layout"), [("party_body", "party"), ("party_committee", "party"), ("agency", "state"), ("company", "state")]
)
def test_party_bodies_have_the_party_layout(kind, layout):
    assert layout_for(kind) == layout


def test_a_table_with_a_row_too_short_is_refused_at_once():
    with pytest.raises(ValueError, match="2 columns"):
        Table(("TT", "Đơn vị"), (("1",),))


def test_widths_given_win_over_widths_guessed():
    assert Table(("TT", "Đơn vị"), (), numeric=(0,)).shares() == (1, 3)
    assert Table(("TT", "Đơn vị"), (), widths=(1, 9)).shares() == (1, 9)


@pytest.mark.parametrize(
    ("count", "rows"), [(0, []), (1, [1]), (2, [2]), (3, [3]), (4, [2, 2]), (7, [2, 2, 2, 1])]
)
def test_signatures_stand_in_rows(count, rows):
    signatures = [Signature(name=str(i)) for i in range(count)]
    assert [len(row) for row in signature_rows(signatures)] == rows
    assert [s for row in signature_rows(signatures) for s in row] == signatures


def test_what_cannot_be_printed_goes():
    assert printable("a\x00b\u202ec\x1b[1m\td\r\ne") == "abc[1m d\ne"
    assert printable("Tiê\u0301ng") == "Tiếng"


@given(st.text())
def test_printable_is_settled_and_safe_for_xml(text):
    once = printable(text)
    assert printable(once) == once
    assert not any(ord(c) < 32 and c != "\n" for c in once)


def test_only_words_too_long_for_a_line_may_break_inside():
    assert breakable("một hai ba", 3) == "một hai ba"
    assert breakable("abcdefgh", 3) == "abc\u200bdef\u200bgh"


def test_empty_lines_say_nothing():
    assert lines_of(" một \n\n  \nhai ") == ["một", "hai"]
