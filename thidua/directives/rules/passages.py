"""Passages of a text: finding them by the words they begin and end with, keeping their place, showing them."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

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
        ending = _words(last).search(text, start)
        if ending is None:
            raise Refused("directives.passage_not_found", field="last", words=" ".join(last.split())[:80])
        end = max(end, ending.end())
    if end - start > MOST_PASSAGE:
        raise Refused("directives.passage_long", field="last", length=end - start, most=MOST_PASSAGE)
    return start, end


def relocated(text: str, words: str, near: int = 0) -> tuple[int, int] | None:
    """Where the same words stand in a text that has changed: the place nearest to `near`; None when they are gone."""
    if not words.strip():
        return None
    places = [found.span() for found in _words(words).finditer(text)]
    return min(places, key=lambda span: abs(span[0] - near)) if places else None


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
    if not words.strip():
        return []
    places = [found.span() for found in _words(words).finditer(text)]
    same_case = [found.span() for found in _words(words, 0).finditer(text)]
    return same_case if len(same_case) == 1 else places


def _words(words: str, flags: int = re.IGNORECASE) -> re.Pattern[str]:
    return re.compile(r"\s+".join(map(re.escape, words.split())), flags)
