"""A criterion as the cells of its row: the inverse of parsing. What parsing found in the words is written out in its column."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from decimal import Decimal

from thidua.criteria.rules.criterion import CriteriaTable, Criterion
from thidua.criteria.rules.extras import EXTRA_COLUMNS, extra_cells, written
from thidua.criteria.rules.parsing import COLUMNS
from thidua.criteria.rules.problems import Problem

MOST_CODE_LETTERS = 64
MOST_POINTS = Decimal(10) ** 8
"""Figures below it are kept exactly (14 digits, 6 of them decimals)."""

MOST_ASSESSOR_LETTERS = 200
MOST_LEVELS = 12
"""Levels of one table: the deepest real one has five."""

_PLAIN_FIGURES = ("max_points", "per_case", "cap", "over_rate", "over_cap", "adjust_cap", "floor")
FIGURE_COLUMNS = (*_PLAIN_FIGURES, "bonus_cap", "penalty_cap")


def cells_of(row: Criterion) -> dict[str, str]:
    """The cells by column name, in the order of `COLUMNS`; parsing them again gives the same criterion."""
    figures = {name: "" if (figure := getattr(row, name)) is None else written(figure) for name in _PLAIN_FIGURES}
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
        **{name: figures[name] for name in _PLAIN_FIGURES[1:]},
        **extra_cells(row),
    }


def rows_of(table: CriteriaTable) -> list[list[str]]:
    """The table as text: the header, then the cells of each row. Parsing gives the table back, its rows numbered from 2."""
    return [list(COLUMNS), *(list(cells_of(row).values()) for row in table.criteria)]


def digest(criteria: Iterable[Criterion]) -> str:
    """SHA-256 over the rows as JSON lists of their cells, one a line: the same wherever the same table was read.

    A row's cells of the columns in `EXTRA_COLUMNS` follow only where one of them says something: a table that uses none of them
    has the digest that it had before there were such columns.
    """
    lines = (json.dumps(_digested(cells_of(row)), ensure_ascii=False) for row in criteria)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _digested(cells: dict[str, str]) -> list[str]:
    listed = list(cells.values())
    return listed if any(cells[name] for name in EXTRA_COLUMNS) else listed[: -len(EXTRA_COLUMNS)]


def without_control_characters(text: str) -> str:
    """The text without characters that no one can see or type, line ends as one character."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in plain if c in "\n\t" or (c >= " " and c != "\x7f"))


def unkeepable(table: CriteriaTable) -> Iterator[Problem]:
    """What is too large to be kept: codes beyond 64 letters, names of assessors beyond 200, figures of 100 million and more,
    branches of more than twelve levels (told at the first row of each that lies too deep)."""
    depth = levels(table)
    for row in table.criteria:
        if depth[row.code] == MOST_LEVELS + 1:
            yield Problem("criteria.too_deep", row.row, "parent_code", {"item": row.code, "limit": MOST_LEVELS})
        if len(row.code) > MOST_CODE_LETTERS:
            yield Problem("criteria.code_too_long", row.row, "code", {"limit": MOST_CODE_LETTERS})
        if len(row.assessor) > MOST_ASSESSOR_LETTERS:
            yield Problem("criteria.assessor_too_long", row.row, "assessor", {"limit": MOST_ASSESSOR_LETTERS})
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
