"""Vietnamese text: one fold for index and query, one sort key for every list. Databases do neither right."""

import unicodedata
from functools import lru_cache

_TONES = "\u0300\u0309\u0303\u0301\u0323"  # huyền, hỏi, ngã, sắc, nặng: the order of Vietnamese dictionaries
_SHAPES = "\u0306\u0302\u031b"  # breve, circumflex, horn: letters of their own

_BLANKS = "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0"  # letters and marks with no ink

MOST_DIGITS = 18
"""Of a whole number that fits into 64 bits whatever its digits."""


def fold(text: str) -> str:
    """Lower case without marks, đ → d, white space single: "Giao  ước Đảng" → "giao uoc dang".

    Control characters are dropped: no word holds one, and PostgreSQL takes no NUL.
    """
    plain = unicodedata.normalize("NFD", text.lower()).replace("đ", "d")
    return " ".join("".join(c for c in plain if c.isspace() or not _is_mark_or_control(c)).split())


def _is_mark_or_control(char: str) -> bool:
    return bool(unicodedata.combining(char)) or unicodedata.category(char) == "Cc"


@lru_cache(maxsize=4096)
def sort_key(text: str) -> tuple[tuple[tuple[str, str], ...], tuple[int, ...], str]:
    """Key for Vietnamese order: a ă â b c d đ e ê … u ư; tones (none, huyền, hỏi, ngã, sắc, nặng) break ties."""
    letters: list[tuple[str, str]] = []
    tones: list[int] = []
    for char in unicodedata.normalize("NFD", text.lower()):
        if char == "đ":
            letters.append(("d", "đ"))
            tones.append(0)
        elif not unicodedata.combining(char):
            letters.append((char, ""))
            tones.append(0)
        elif letters and char in _SHAPES:
            letters[-1] = (letters[-1][0], str(_SHAPES.index(char)))
        elif letters and char in _TONES:
            tones[-1] = _TONES.index(char) + 1
    return tuple(letters), tuple(tones), text


def slug(text: str) -> str:
    """ASCII words joined by hyphens for addresses: "Cụm thi đua Tuyên giáo số 2" → "cum-thi-dua-tuyen-giao-so-2"."""
    return "-".join("".join(c if c.isascii() and c.isalnum() else " " for c in fold(text)).split())


def letters(text: str) -> int:
    """How many letters a text has: what a reason is measured by, since dots and figures say nothing."""
    return sum(char.isalpha() for char in text)


def visible(text: str) -> str:
    """The text without what nobody can see: zero-width and joining characters, marks that turn the direction of writing, blank
    letters. Two names that look the same are then the same, and a name of nothing is empty. White space stays."""
    return "".join(char for char in text if unicodedata.category(char) != "Cf" and char not in _BLANKS)


def small_int(text: str) -> int | None:
    """A whole number not below 0 out of an address or a hidden field: ASCII digits, at most 18 long, so that every database
    and Python's own parser take it. None for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS else None
