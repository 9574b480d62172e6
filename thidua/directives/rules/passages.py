"""Passages of a text: finding them by the words they begin and end with, keeping their place, showing them."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from thidua.kernel.errors import Refused

MOST_PASSAGE = 10_000
"""Characters of one clause: beyond it it is no clause but a document."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of text for the page; `clause` is the id of the clause it belongs to, None between clauses."""

    text: str
    clause: int | None = None


def paragraphs(text: str) -> list[tuple[int, int]]:
    """Where each line that is not blank begins and ends, without the white space around it."""
    return [found.span() for found in re.finditer(r"\S(?:[^\n]*\S)?", text)]


def runs(chosen: Iterable[int]) -> list[tuple[int, int]]:
    """Chosen numbers as runs of neighbours, first and last: {1, 2, 5} → [(1, 2), (5, 5)]."""
    found: list[tuple[int, int]] = []
    for number in sorted(set(chosen)):
        if found and number == found[-1][1] + 1:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return found


def passage(text: str, first: str, last: str) -> tuple[int, int]:
    """Where the passage stands that begins with the words `first` and ends with the words `last` (empty: `first` is all).

    White space does not count, nor case unless it tells two places apart. Refuses directives.passage_not_found,
    directives.passage_unclear (the first words stand more than once), directives.passage_long.
    """
    begins = _places(text, first)
    if not begins:
        raise Refused("directives.passage_not_found", field="first", words=" ".join(first.split())[:80])
    if len(begins) > 1:
        raise Refused("directives.passage_unclear", field="first", words=" ".join(first.split())[:80], times=len(begins))
    start, end = begins[0]
    if last.strip():
        endings = Searchable(text[start:]).places(last)
        if not endings:
            raise Refused("directives.passage_not_found", field="last", words=" ".join(last.split())[:80])
        end = max(end, start + endings[0][1])
    if end - start > MOST_PASSAGE:
        raise Refused("directives.passage_long", field="last", length=end - start, most=MOST_PASSAGE)
    return start, end


class Searchable:
    """A text in which words are looked for without regard to white space and case: what stands between white space joined by
    single spaces, and where each piece began. Each search takes time in proportion to the text, however many the words."""

    def __init__(self, text: str, *, same_case: bool = False) -> None:
        self._plain = str if same_case else _lowered
        pieces = [(found.start(), found.group()) for found in re.finditer(r"\S+", text)]
        self._starts = [start for start, _piece in pieces]
        self._flat = self._plain(" ".join(piece for _start, piece in pieces))
        self._begins = list(accumulate((len(piece) + 1 for _start, piece in pieces), initial=0))[:-1]

    def places(self, words: str) -> list[tuple[int, int]]:
        """Where the words stand in the text, begin and end, one after the other; nowhere for blank ones."""
        wanted = self._plain(" ".join(words.split()))
        found, here = [], self._flat.find(wanted) if wanted else -1
        while here >= 0:
            stop = here + len(wanted)
            found.append((self._at(here), self._at(stop - 1) + 1))
            here = self._flat.find(wanted, stop)
        return found

    def nearest(self, words: str, near: int = 0) -> tuple[int, int] | None:
        """Of the places of the words the one nearest to `near`; None when they are not there."""
        return min(self.places(words), key=lambda span: abs(span[0] - near), default=None)

    def _at(self, place: int) -> int:
        piece = bisect_right(self._begins, place) - 1
        return self._starts[piece] + place - self._begins[piece]


def relocated(text: str, words: str, near: int = 0) -> tuple[int, int] | None:
    """Where the same words stand in a text that has changed: the place nearest to `near`; None when they are gone."""
    return Searchable(text).nearest(words, near)


def segments(text: str, marks: Sequence[tuple[int, int, int]], start: int = 0, end: int | None = None) -> list[Segment]:
    """The text from `start` to `end` cut at its marks (start, end, clause id). Where marks overlap the earlier one wins."""
    end = len(text) if end is None else min(end, len(text))
    found, here = [], start
    for begin, stop, clause in sorted(marks):
        begin, stop = max(begin, here), min(stop, end)
        if begin >= stop:
            continue
        if begin > here:
            found.append(Segment(text[here:begin]))
        found.append(Segment(text[begin:stop], clause))
        here = stop
    if here < end:
        found.append(Segment(text[here:end]))
    return found


def _places(text: str, words: str) -> list[tuple[int, int]]:
    places, same_case = Searchable(text).places(words), Searchable(text, same_case=True).places(words)
    return same_case if len(same_case) == 1 else places


def _lowered(text: str) -> str:
    """In lower case, character by character where one would become two, so that places stay."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(small if len(small := character.lower()) == 1 else character for character in text)
