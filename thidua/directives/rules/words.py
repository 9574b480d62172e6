"""Words of a text for the index, words of a query, and where they hit."""

import re
import unicodedata
from functools import lru_cache

from thidua.kernel.text import fold

MOST_LETTERS = 40
MOST_INDEXED = 600_000
"""Characters of distinct words kept of one document: PostgreSQL takes one megabyte."""
MOST_ASKED = 12

_WORD = re.compile(r"[^\W_]+")
_AROUND = 90
_VARIANTS = {
    "a": "aàảãáạăằẳẵắặâầẩẫấậ",
    "e": "eèẻẽéẹêềểễếệ",
    "i": "iìỉĩíị",
    "o": "oòỏõóọôồổỗốộơờởỡớợ",
    "u": "uùủũúụưừửữứự",
    "y": "yỳỷỹýỵ",
    "d": "dđ",
}


def words_of(text: str) -> list[str]:
    """Words in lower case with their marks, NFC, cut at MOST_LETTERS; only letters and digits, so no word is ever syntax."""
    return [word[:MOST_LETTERS] for word in _WORD.findall(unicodedata.normalize("NFC", text).lower())]


def index_words(*texts: str) -> list[str]:
    """The distinct words of the texts, each as it is written and without marks, as the index keeps them."""
    written = dict.fromkeys(word for text in texts for word in words_of(text))
    distinct = dict.fromkeys((*written, *(part for word in written for part in words_of(fold(word)))))
    kept, length = [], 0
    for word in distinct:
        length += len(word.encode()) + 1
        if length > MOST_INDEXED:
            break
        kept.append(word)
    return kept


def asked_words(query: str) -> tuple[list[str], list[str]]:
    """The words of a query, as typed and without marks; at most MOST_ASKED of each."""
    return words_of(query)[:MOST_ASKED], words_of(fold(query))[:MOST_ASKED]


def snippet(text: str, query: str) -> list[tuple[str, bool]]:
    """A line of the text around the first hit, as (piece, whether it is a hit); empty when no word of the query occurs.

    The words as typed are looked for before the words without marks.
    """
    typed, folded = asked_words(query)
    for words, pattern in ((typed, _exactly), (folded, _however_marked)):
        for word in sorted(words, key=len, reverse=True):
            if found := pattern(word).search(text):
                return _around(text, found.start(), re.compile("|".join(pattern(w).pattern for w in words), re.IGNORECASE))
    return []


def _around(text: str, at: int, hits: re.Pattern[str]) -> list[tuple[str, bool]]:
    start, end = max(0, at - _AROUND), min(len(text), at + 2 * _AROUND)
    while start and not text[start - 1].isspace() and at - start < 2 * _AROUND:
        start -= 1
    while end < len(text) and not text[end].isspace() and end - at < 3 * _AROUND:
        end += 1
    shown = " ".join(text[start:end].split())
    shown = f"{'… ' if start else ''}{shown}{' …' if end < len(text) else ''}"
    pieces, here = [], 0
    for hit in hits.finditer(shown):
        pieces += [(shown[here : hit.start()], False), (hit[0], True)]
        here = hit.end()
    return [piece for piece in (*pieces, (shown[here:], False)) if piece[0]]


@lru_cache(maxsize=256)
def _exactly(word: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_]){re.escape(word)}[^\W_]*", re.IGNORECASE)


@lru_cache(maxsize=256)
def _however_marked(word: str) -> re.Pattern[str]:
    letters = "".join(f"[{_VARIANTS[char]}]" if char in _VARIANTS else re.escape(char) for char in word)
    return re.compile(rf"(?<![^\W_]){letters}[^\W_]*", re.IGNORECASE)
