"""A criterion as the cells of its row: the inverse of parsing. What parsing found in the words is written out in its column."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from decimal import Decimal

from thidua.criteria.rules.criterion import CriteriaTable, Criterion
from thidua.criteria.rules.problems import Problem
from thidua.kernel.points import format_plain

MOST_CODE_LETTERS = 64
MOST_POINTS = Decimal(10) ** 8
"""Figures below it are kept exactly (14 digits, 6 of them decimals)."""

FIGURE_COLUMNS = ("max_points", "per_case", "cap", "over_rate", "over_cap", "adjust_cap", "floor")


def cells_of(row: Criterion) -> dict[str, str]:
    """The cells by column name, in the order of `COLUMNS`; parsing them again gives the same criterion."""
    figures = {name: "" if (figure := getattr(row, name)) is None else format_plain(figure, fewest=0) for name in FIGURE_COLUMNS}
    return {
        "code": row.code,
        "parent_code": row.parent,
        "title_vi": row.title,
        "max_points": figures["max_points"],
        "kind": row.kind.value,
        "rule_text_vi": row.rule_text,
        "unit": row.unit,
        "source_url": row.source_url,
        "method": row.method.value,
        **{name: figures[name] for name in FIGURE_COLUMNS[1:]},
    }


def digest(criteria: Iterable[Criterion]) -> str:
    """SHA-256 over the rows as JSON lists of their cells, one a line: the same wherever the same table was read."""
    lines = (json.dumps(list(cells_of(row).values()), ensure_ascii=False) for row in criteria)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def without_control_characters(text: str) -> str:
    """The text without characters that no one can see or type, line ends as one character."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in plain if c in "\n\t" or (c >= " " and c != "\x7f"))


def unkeepable(table: CriteriaTable) -> Iterator[Problem]:
    """What is too large to be kept: codes beyond 64 letters, figures of 100 million and more."""
    for row in table.criteria:
        if len(row.code) > MOST_CODE_LETTERS:
            yield Problem("criteria.code_too_long", row.row, "code", {"limit": MOST_CODE_LETTERS})
        for name in FIGURE_COLUMNS:
            figure = getattr(row, name)
            if figure is not None and abs(figure) >= MOST_POINTS:
                yield Problem("criteria.figure_too_big", row.row, name, {"figure": figure, "limit": MOST_POINTS})


def levels(table: CriteriaTable) -> dict[str, int]:
    """How deep each code lies in the tree; 1 at the top."""
    found: dict[str, int] = {}
    for row in table.top_down:
        found[row.code] = found.get(row.parent, 0) + 1
    return found
