"""What a digest says: the published table with its sources and trends, what changed, and what the head may write beside it.

A value of this module holds nothing that may not be published: it is what is kept, and what every page and paper shows.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from thidua.forecasts.rules.suppression import DIRECTIONS, FEWEST, OTHERS, Line, PublishedTable, Shown, publish
from thidua.kernel.errors import Refused
from thidua.kernel.text import fold, letters

FEWEST_TRENDS = 10
"""Reports on a topic from which their trend is told."""
SPLIT = "split"
"""The trend where no answer has more than half of the reports."""
VEILED = "veiled"
"""The key of the part of a bar that is withheld."""
MOST_TITLE, MOST_WORDS = 200, 5000
LEAST_REASON, MOST_REASON = 10, 500

_DAY = re.compile(r"\d{1,2}\s*[-/.]\s*\d{1,2}\s*[-/.]\s*\d{4}")
_TELEPHONE = re.compile(r"(?<![\d.,])(?:\+84|0)(?:[ .()-]{0,2}\d){8,10}(?!\d)")
_ADDRESS = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")


@dataclass(frozen=True, slots=True)
class Source:
    """What stands behind a topic: how many reports name it, from how many units, and how many saw which trend."""

    reports: int = 0
    units: int = 0
    trends: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class DigestLine:
    """A line of a digest. `title` empty: several topics in one. `cells`: by direction, None withheld. `reports`, `units`: how
    many stand behind it, None for several topics; `trend`: what more than half of at least FEWEST_TRENDS reports saw, SPLIT,
    or ""."""

    title: str
    cells: Shown
    total: int
    reports: int | None
    units: int | None
    trend: str

    @property
    def is_veiled(self) -> bool:
        """Whether a cell is withheld."""
        return None in self.cells


@dataclass(frozen=True, slots=True)
class Content:
    """All that a digest publishes of the counts. `reports`, `units`: how many sources, also those that heard nothing."""

    rounds: tuple[str, ...]
    reports: int
    units: int
    lines: tuple[DigestLine, ...]
    sums: Shown
    total: int | None

    @property
    def is_veiled(self) -> bool:
        """Whether a cell or a sum is withheld."""
        return None in self.sums or any(line.is_veiled for line in self.lines)


def content_of(
    counts: Iterable[Line], titles: Mapping[str, str], sources: Mapping[str, Source],
    *, rounds: Sequence[str], reports: int, units: int,
) -> Content:  # fmt: skip
    """The content of a digest from counts by topic and unit. `titles` and `sources` by the key of the line; of the merged line
    nobody says how many reports and units it has, nor a trend."""
    table: PublishedTable = publish(counts)
    lines = []
    for line in table.lines:
        if line.key == OTHERS:
            lines.append(DigestLine("", line.cells, line.total, None, None, ""))
        else:
            source = sources[line.key]
            lines.append(DigestLine(titles[line.key], line.cells, line.total, source.reports, source.units, trend_of(source)))
    return Content(tuple(rounds), reports, units, tuple(lines), table.sums, table.total)


def require_units(units: int) -> None:
    """Refuses a digest of reports from fewer units than a row needs (forecasts.too_few_units): of two, each would have the
    other's counts by subtraction. How many units have sent is no secret, so the refusal tells nothing."""
    if units < FEWEST:
        raise Refused("forecasts.too_few_units", field="rounds", least=FEWEST, units=units)


def trend_of(source: Source) -> str:
    """The trend that more than half of the reports on the topic saw; SPLIT when none has; "" below FEWEST_TRENDS reports."""
    seen = sum(number for _trend, number in source.trends)
    if seen < FEWEST_TRENDS:
        return ""
    return next((trend for trend, number in source.trends if 2 * number > seen), SPLIT)


# ---- kept as JSON ----


def to_plain(content: Content) -> dict[str, Any]:
    """As it is kept: {"rounds", "reports", "units", "lines": [{"title", "cells", "total", …}], "sums", "total"}."""
    return json.loads(json.dumps(asdict(content)))  # type: ignore[no-any-return]


def from_plain(plain: Mapping[str, Any]) -> Content:
    """What `to_plain` made."""
    lines = tuple(DigestLine(**{**line, "cells": tuple(line["cells"])}) for line in plain["lines"])
    return Content(**{**plain, "rounds": tuple(plain["rounds"]), "lines": lines, "sums": tuple(plain["sums"])})


def fingerprint(*, title: str, starts_on: date, ends_on: date, words: str, table: Mapping[str, Any]) -> str:
    """SHA-256 of what is issued: title, span, words and the published table, as JSON with sorted keys."""
    issued = {"title": title, "starts_on": str(starts_on), "ends_on": str(ends_on), "words": words, "table": dict(table)}
    text = json.dumps(issued, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


# ---- what changed ----


@dataclass(frozen=True, slots=True)
class Change:
    """A topic in two digests: both totals, and by direction the difference, None where either is withheld."""

    title: str
    before: int
    now: int
    cells: Shown

    @property
    def difference(self) -> int:
        """How many more."""
        return self.now - self.before


def changes(now: Content, before: Content) -> list[Change]:
    """What changed between two digests, by topics that both name. Made from two published tables only, so that it adds nothing
    to what their reader can work out; the merged line is left out, for it holds other topics each time."""
    earlier = {fold(line.title): line for line in before.lines if line.title}
    return [
        Change(line.title, found.total, line.total, tuple(map(_difference, line.cells, found.cells)))
        for line in now.lines
        if line.title and (found := earlier.get(fold(line.title))) is not None
    ]


def named_only_now(now: Content, before: Content) -> list[str]:
    """Topics that only this digest names. The one before may have had them among the others."""
    earlier = {fold(line.title) for line in before.lines}
    return [line.title for line in now.lines if line.title and fold(line.title) not in earlier]


def _difference(now: int | None, before: int | None) -> int | None:
    return None if now is None or before is None else now - before


# ---- bars ----


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a bar: `key` is a direction, or VEILED for what is withheld together; `x` and `width` in percent of the line, as
    an attribute of SVG wants them."""

    key: str
    count: int
    x: str
    width: str


def parts_of(line: DigestLine) -> list[Part]:
    """The line as a bar: what is shown by direction, then the rest as one part."""
    shown = [(key, cell) for key, cell in zip(DIRECTIONS, line.cells, strict=True) if cell is not None]
    rest = line.total - sum(cell for _key, cell in shown)
    found: list[Part] = []
    x = 0.0
    for key, count in [*shown, (VEILED, rest)]:
        width = 100 * count / line.total
        if count:
            found.append(Part(key, count, f"{x:.3f}", f"{width:.3f}"))
        x += width
    return found


# ---- what is written ----


def check_title(title: str) -> str:
    """The title without needless spaces. Refuses forecasts.digest_title_empty and forecasts.digest_title_long."""
    cleaned = " ".join(title.split())
    if not cleaned:
        raise Refused("forecasts.digest_title_empty", field="title")
    if len(cleaned) > MOST_TITLE:
        raise Refused("forecasts.digest_title_long", field="title", most=MOST_TITLE)
    return cleaned


def check_words(words: str) -> str:
    """The head's words. Refuses a text too long (forecasts.digest_words_long) and one with what looks like a telephone number or
    an e-mail address (forecasts.digest_words_contact): a digest points to nobody. Names cannot be told from words; the page
    asks for none."""
    cleaned = "\n".join(line.rstrip() for line in words.replace("\r\n", "\n").replace("\r", "\n").split("\n")).strip()
    if len(cleaned) > MOST_WORDS:
        raise Refused("forecasts.digest_words_long", field="words", most=MOST_WORDS)
    found = contact_in(cleaned)
    if found:
        raise Refused("forecasts.digest_words_contact", field="words", text=found)
    return cleaned


def contact_in(text: str) -> str:
    """The first thing in a text that looks like a Vietnamese telephone number (0 or +84 and eight to ten digits) or an e-mail
    address; "" when there is none. Days are no numbers of telephones."""
    found = _TELEPHONE.search(_DAY.sub("—", text)) or _ADDRESS.search(text)
    return found[0].strip() if found else ""


def check_reason(reason: str) -> str:
    """Why a draft is sent back. Refuses fewer than LEAST_REASON letters (forecasts.digest_reason_short)."""
    cleaned = " ".join(reason.split())
    if letters(cleaned) < LEAST_REASON:
        raise Refused("forecasts.digest_reason_short", field="reason", least=LEAST_REASON)
    return cleaned[:MOST_REASON]
