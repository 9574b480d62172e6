"""Vietnamese folding, order and addresses."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua.kernel.text import fold, slug, small_int, sort_key, visible


@pytest.mark.parametrize(
    ("text", "folded"),
    [("Giao  ước Đảng", "giao uoc dang"), ("KIM LOẠI MÀU", "kim loai mau"), ("", ""), ("số 04-NQ/TW", "so 04-nq/tw")],
)
def test_fold_drops_marks_and_case(text, folded):
    assert fold(text) == folded


@given(st.text())
def test_fold_is_the_same_for_composed_and_decomposed_text(text):
    assert fold(unicodedata.normalize("NFC", text)) == fold(unicodedata.normalize("NFD", text))


def test_sort_key_follows_the_vietnamese_alphabet():
    words = ["Đại học", "Dân vận", "ăn", "an", "ân", "ba", "bà", "bả", "bã", "bá", "bạ", "Ê", "e", "ơ", "ô", "o", "ư", "u"]
    expected = ["an", "ăn", "ân", "ba", "bà", "bả", "bã", "bá", "bạ", "Dân vận", "Đại học", "e", "Ê", "o", "ô", "ơ", "u", "ư"]
    assert sorted(words, key=sort_key) == expected


def test_slug_is_ascii_words():
    assert slug("Cụm thi đua Tuyên giáo số 2") == "cum-thi-dua-tuyen-giao-so-2"


@pytest.mark.parametrize("text", ["giao\0 ước", "\x1bgiao\x00 \x07ước", "giao\t\nước\x7f"])
def test_fold_drops_control_characters_and_keeps_the_words_apart(text):
    assert fold(text) == "giao uoc"


@given(st.text())
def test_fold_leaves_no_control_character(text):
    assert not [char for char in fold(text) if unicodedata.category(char) == "Cc"]


@given(st.integers(0, 10**18 - 1))
def test_a_small_int_is_read(number):
    assert small_int(str(number)) == number


@pytest.mark.parametrize("text", ["", "-1", "1.0", " 1", "٣", "²", "9" * 19, "9" * 5000])
def test_what_is_no_small_int_is_none(text):
    assert small_int(text) is None


@given(st.text())
def test_what_is_visible_stays_as_it_is(text):
    assert visible(visible(text)) == visible(text)
    assert [char for char in text if char.isalpha() and unicodedata.category(char) != "Lo"] == [
        char for char in visible(text) if char.isalpha() and unicodedata.category(char) != "Lo"
    ]


def test_vietnamese_is_visible_composed_or_not():
    words = "Đảng ủy Khối các cơ quan tỉnh"
    assert visible(words) == words
    assert visible(unicodedata.normalize("NFD", words)) == unicodedata.normalize("NFD", words)
