"""A header and rows of text, as records by column name: the shape shared by criteria tables and scores tables."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from thidua.criteria.rules.aliases import named
from thidua.criteria.rules.problems import Problem, notice
from thidua.kernel.errors import Refused
from thidua.kernel.points import parse_plain

Rows = Sequence[Sequence[str]] | Sequence[Mapping[str, str]]
"""A table as text: lists of cells whose first list is the header, or one mapping per row."""


@dataclass(frozen=True, slots=True)
class Record:
    """The cells of one row of the file by column name; absent columns read as empty."""

    row: int
    cells: Mapping[str, str]

    def text(self, column: str) -> str:
        """The cell without the blanks around it."""
        return (self.cells.get(column) or "").strip()

    def number(self, column: str, problems: list[Problem]) -> Decimal | None:
        """The number in the cell, None where it is empty; what is not a number is added to `problems`."""
        text = self.text(column)
        if not text:
            return None
        try:
            return parse_plain(text)
        except Refused as refusal:
            problems.append(Problem(refusal.code, self.row, column, refusal.facts))
            return None


@dataclass(frozen=True, slots=True)
class Grid:
    """The records of a table, and what is wrong with its frame: header and row lengths. Blank rows are left out."""

    records: tuple[Record, ...]
    problems: tuple[Problem, ...]


def read_grid(
    rows: Rows, *, required: Iterable[str], optional: Iterable[str], called: Callable[[str], str] | None = None
) -> Grid:
    """The records under the header. Problems: `criteria.empty_table`, `.missing_column`, `.repeated_column`, `.extra_cells`;
    an unknown column is a notice, since it may be a known one misspelt. `called` gives the name of a column that a header calls
    otherwise; then the problems tell both."""
    header, body = _split(rows, called)
    tell = named if called else ", ".join
    problems = list(_header_problems(header, tuple(required), tuple(optional), tell))
    if not body and not any(p.is_error for p in problems):
        problems.append(Problem("criteria.empty_table"))
    records = []
    for number, cells in body:
        if not any(cell.strip() for cell in cells):
            continue
        if any(cell.strip() for cell in cells[len(header) :]):
            problems.append(Problem("criteria.extra_cells", number, facts={"cells": len(cells), "columns": len(header)}))
        records.append(Record(number, dict(zip(header, cells, strict=False))))
    return Grid(tuple(records), tuple(problems))


def _split(rows: Rows, called: Callable[[str], str] | None) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """Column names in lower case, and the rows below with their numbers in the file."""
    listed: list[list[str]] = []
    for index, row in enumerate(rows):
        if isinstance(row, Mapping):
            if index == 0:
                listed.append([str(name) for name in row])
            listed.append([str(value or "") for value in row.values()])
        else:
            listed.append([str(cell) for cell in row])
    header = [name.strip().lstrip("\ufeff").lower() for name in listed[0]] if listed else []
    header = [called(name) for name in header] if called else header
    return header, list(enumerate(listed[1:], start=2))


def _header_problems(
    header: list[str], required: tuple[str, ...], optional: tuple[str, ...], tell: Callable[[Iterable[str]], str]
) -> Iterable[Problem]:
    missing = [name for name in required if name not in header]
    if missing:
        yield Problem("criteria.missing_column", 1, missing[0], {"missing": tell(missing), "expected": tell(required)})
        return
    for name in dict.fromkeys(header):
        if name and header.count(name) > 1:
            yield Problem("criteria.repeated_column", 1, name, {"name": tell([name])})
        if name and name not in required and name not in optional:
            yield notice("criteria.unknown_column", 1, name, name=name)
