"""A table as its page shows it: the lines of the tree, and on top what they come to."""

import re
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import ngettext

from thidua.criteria.queries.words import formula_in_words
from thidua.criteria.rules import CriteriaTable, Criterion, Problem
from thidua.criteria.rules.cells import levels
from thidua.criteria.rules.checks import heading_sum, table_problems
from thidua.web.templatetags.thidua import points

DEEPEST = 5
"""The style sheet knows five levels; what lies deeper stands at the fifth."""

_BAND_MARK = re.compile(r"^\s*\[mức\]\s*", re.IGNORECASE)
_BAR = 1000
_MOST_SOURCES = 4


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the tree, ready to be shown. `mark` says what it is where it is no plain row: band, gate, bonus, penalty."""

    row: Criterion
    level: int
    mark: str
    points: str
    rule: str
    formula: str

    @property
    def anchor(self) -> str:
        """Where the row stands on its page."""
        return f"r{self.row.row}"


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the total: its line's place in the bar (thousandths) and its colour (1 to 6)."""

    row: Criterion
    points: Decimal
    start: int
    width: int
    part: int

    @property
    def anchor(self) -> str:
        """Where the section's line stands on the page."""
        return f"r{self.row.row}"


@dataclass(frozen=True, slots=True)
class Summary:
    """What a table comes to: the points of its frame, their sections, how many rows of what, and where it is from."""

    total: Decimal
    sections: list[Section]
    counts: list[str]
    sources: list[str]


def lines_of(table: CriteriaTable) -> list[Line]:
    """The rows as a tree, parents first. No query."""
    depth, frame = levels(table), table.frame()
    return [
        Line(row, min(depth[row.code], DEEPEST), _mark(row), _points(row, table, frame), _rule(row), formula_in_words(row, table))
        for row in table.top_down
    ]


def summary_of(table: CriteriaTable) -> Summary:
    """The frame of the table: a single root with parts is the total and its parts the sections. No query."""
    frame = table.frame()
    tops = [row for row in table.roots if row.is_additive]
    parts = list(table.parts(tops[0].code)) if len(tops) == 1 and table.parts(tops[0].code) else tops
    total = sum((frame[row.code] for row in tops), Decimal(0))
    return Summary(total, _sections(parts, frame), _counts(table), _sources(table))


def notices_of(table: CriteriaTable) -> list[Problem]:
    """What is worth a look before publishing, though nothing contradicts itself. No query."""
    return [problem for problem in table_problems(table) if not problem.is_error]


def _mark(row: Criterion) -> str:
    if row.is_band:
        return "band"
    return row.kind.value if row.is_gate or row.is_adjustment else ""


def _points(row: Criterion, table: CriteriaTable, frame: dict[str, Decimal]) -> str:
    """The column of points: what the row states, for a silent heading the sum of its parts, for a bonus or penalty its most
    with a sign; nothing where there is no most."""
    if row.is_gate:
        return ""
    if row.is_adjustment:
        return _signed(row.max_points)
    if row.max_points is None and row.is_additive and table.parts(row.code):
        return points(heading_sum(table, row, frame), 6)
    return points(row.max_points, 6)


def _signed(value: Decimal | None) -> str:
    if value is None:
        return ""
    return ("+" if value > 0 else "−" if value < 0 else "") + points(abs(value), 6)


def _rule(row: Criterion) -> str:
    """The rule in the table's own words, without the mark of a band, which the line shows in its way."""
    return _BAND_MARK.sub("", row.rule_text)


def _sections(parts: list[Criterion], frame: dict[str, Decimal]) -> list[Section]:
    whole = sum((frame[row.code] for row in parts), Decimal(0))
    found, reached = [], Decimal(0)
    for index, row in enumerate(parts):
        start = int(reached * _BAR / whole) if whole else 0
        reached += frame[row.code]
        end = int(reached * _BAR / whole) if whole else 0
        found.append(Section(row, frame[row.code], start, end - start, index % 6 + 1))
    return found


def _counts(table: CriteriaTable) -> list[str]:
    marks = Counter(_mark(row) for row in table.criteria)
    leaves = sum(1 for row in table.criteria if row.is_additive and not table.parts(row.code))
    found = [
        (len(table.criteria), ngettext("{count} dòng", "{count} dòng", len(table.criteria))),
        (leaves, ngettext("{count} mục chấm điểm", "{count} mục chấm điểm", leaves)),
        (marks["bonus"], ngettext("{count} điểm thưởng", "{count} điểm thưởng", marks["bonus"])),
        (marks["penalty"], ngettext("{count} điểm trừ", "{count} điểm trừ", marks["penalty"])),
        (marks["band"], ngettext("{count} mức để chọn", "{count} mức để chọn", marks["band"])),
        (marks["gate"], ngettext("{count} điều kiện loại", "{count} điều kiện loại", marks["gate"])),
    ]
    return [pattern.format(count=count) for count, pattern in found if count]


def _sources(table: CriteriaTable) -> list[str]:
    """The distinct sources that are safe to link to: a table is written by people, and an address may be anything."""
    found = dict.fromkeys(row.source_url for row in table.criteria if row.source_url.startswith(("https://", "http://")))
    return list(found)[:_MOST_SOURCES]
