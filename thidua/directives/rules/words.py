"""Words of a text for the index, words of a query, and where they hit."""

import re
import unicodedata
from itertools import islice
from string import ascii_uppercase

from thidua.kernel.text import fold

MOST_LETTERS = 40
MOST_INDEXED = 600_000
"""Characters of distinct words kept of one document: PostgreSQL takes one megabyte."""
MOST_ASKED = 12

_WORD = re.compile(r"[^\W_]+")
_AROUND = 90
_MOST_HITS = 5_000
"""Of single words that are weighed in one text."""
_VARIANTS = {
    "a": "aàảãáạăằẳẵắặâầẩẫấậ",
    "e": "eèẻẽéẹêềểễếệ",
    "i": "iìỉĩíị",
    "o": "oòỏõóọôồổỗốộơờởỡớợ",
    "u": "uùủũúụưừửữứự",
    "y": "yỳỷỹýỵ",
    "d": "dđ",
}
_PLAIN = str.maketrans(
    {letter: base for base, letters in _VARIANTS.items() for letter in letters + letters.upper()}
    | {letter: letter.lower() for letter in ascii_uppercase}
)


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
    """The passage that a search found, as (piece, whether it is a hit); empty when no word of the query occurs.

    It is where the words stand one after another, with their marks as typed or else without; where they nowhere do, it is
    where most of them stand close together. The last word may be a beginning, as in the index.
    """
    typed, folded = asked_words(query)
    if not folded:
        return []
    plain = _unmarked(text)
    found = _one_after_another(typed).search(_lowered(text)) or _one_after_another(folded).search(plain)
    place = found.start() if found else _densest(plain, folded)
    return _around(text, place, typed, folded) if place is not None else []


def _densest(plain: str, words: list[str]) -> int | None:
    """Where the most different words of the query stand within a line; the first such place."""
    found = [(hit.start(), hit.lastgroup) for hit in islice(_any(words).finditer(plain), _MOST_HITS)]
    best, place = 0, None
    for number, (start, _word) in enumerate(found):
        near = {word for at, word in islice(found, number, number + _AROUND) if at < start + _AROUND}
        if len(near) > best:
            best, place = len(near), start
    return place


def _around(text: str, at: int, typed: list[str], folded: list[str]) -> list[tuple[str, bool]]:
    start, end = max(0, at - _AROUND), min(len(text), at + 2 * _AROUND)
    while start and not text[start - 1].isspace() and at - start < 2 * _AROUND:
        start -= 1
    while end < len(text) and not text[end].isspace() and end - at < 3 * _AROUND:
        end += 1
    shown = " ".join(text[start:end].split())
    shown = f"{'… ' if start else ''}{shown}{' …' if end < len(text) else ''}"
    hits = list(_any(typed).finditer(_lowered(shown)))
    if len({hit.lastgroup for hit in hits}) < len(set(typed)):
        hits = list(_any(folded).finditer(_unmarked(shown)))
    pieces, here = [], 0
    for hit in hits:
        pieces += [(shown[here : hit.start()], False), (shown[hit.start() : hit.end()], True)]
        here = hit.end()
    return [piece for piece in (*pieces, (shown[here:], False)) if piece[0]]


def _unmarked(text: str) -> str:
    """In lower case without Vietnamese marks, letter for letter, so that places in it are places in the text (NFC)."""
    return text.translate(_PLAIN)


def _lowered(text: str) -> str:
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else text


def _one_after_another(words: list[str]) -> re.Pattern[str]:
    return re.compile(r"[\W_]+".join(_spelt(words)))


def _any(words: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?P<word{number}>{word})" for number, word in enumerate(_spelt(words))))


def _spelt(words: list[str]) -> list[str]:
    """Patterns of whole words, the last one as the beginning of a word. The letters come first: that is what re finds fast."""
    ends = [r"(?![^\W_])"] * (len(words) - 1) + [r"[^\W_]*"]
    return [rf"{word}(?<![^\W_]{word}){end}" for word, end in zip(words, ends, strict=True)]
