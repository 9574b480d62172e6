"""The forecast table: forecaster, question, probability, outcome. Rows of text in; forecasts and every problem with its row."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from thidua.criteria.rules.grid import Record, Rows, read_grid
from thidua.criteria.rules.problems import Problem, notice

COLUMNS = ("forecaster", "question", "probability", "outcome")
ALL = "all"
"""Stands for all forecasters together, so nobody may be called that."""

_NUMBER = re.compile(r"[+-]?([0-9]+(?:[.,][0-9]*)?|[.,][0-9]+)(?:[eE][+-]?[0-9]+)?", re.ASCII)
_OUTCOMES = {"0": False, "1": True, "0.0": False, "1.0": True, "0,0": False, "1,0": True}
"""Spreadsheets and data frames write 1.0 in a column that has empty cells."""


class Line(NamedTuple):
    """One forecast; `outcome` is None while the question is open."""

    row: int
    forecaster: str
    question: str
    probability: float
    outcome: bool | None


@dataclass(frozen=True, slots=True)
class ParsedForecasts:
    """The forecasts in the order of the file, and the problems; with an error among them nothing should be computed."""

    lines: tuple[Line, ...]
    problems: tuple[Problem, ...]

    @property
    def errors(self) -> list[Problem]:
        """What makes the table unusable."""
        return [problem for problem in self.problems if problem.is_error]

    @property
    def notices(self) -> list[Problem]:
        """What is only worth a look."""
        return [problem for problem in self.problems if not problem.is_error]


def parse_forecasts(rows: Rows) -> ParsedForecasts:
    """Reads the table. A probability is written 0.7, 0,7 or 7e-1; an outcome 0, 1 or nothing.

    Errors: the frame's `criteria.*`, `forecasts.name_missing`, `.reserved_name`, `.no_probability`, `.not_a_number`,
    `.not_a_chance`, `.not_an_outcome`. Notices: a forecaster twice at a question (`forecasts.twice`), a question that came out
    both ways (`.outcomes_differ`), a row left open whose question is decided elsewhere (`.outcome_left_out`): every row counts
    as it stands, and the reader is told.
    """
    grid = read_grid(rows, required=COLUMNS, optional=())
    problems = list(grid.problems)
    if any(problem.is_error for problem in problems):
        return ParsedForecasts((), tuple(problems))
    if not grid.records:
        problems.append(Problem("criteria.empty_table"))
    lines = [line for record in grid.records if (line := _line(record, problems)) is not None]
    problems += _repeated(lines)
    problems += _contradicting(lines)
    return ParsedForecasts(tuple(lines), tuple(problems))


def _line(record: Record, problems: list[Problem]) -> Line | None:
    before = len(problems)
    forecaster, question = record.text("forecaster"), record.text("question")
    if not forecaster:
        problems.append(Problem("forecasts.name_missing", record.row, "forecaster"))
    if not question:
        problems.append(Problem("forecasts.name_missing", record.row, "question"))
    if forecaster == ALL:
        problems.append(Problem("forecasts.reserved_name", record.row, "forecaster", {"name": ALL}))
    probability = _probability(record, problems)
    outcome = record.text("outcome")
    if outcome and outcome not in _OUTCOMES:
        problems.append(Problem("forecasts.not_an_outcome", record.row, "outcome", {"text": outcome}))
    if probability is None or len(problems) > before:
        return None
    return Line(record.row, forecaster, question, probability, _OUTCOMES[outcome] if outcome else None)


def _probability(record: Record, problems: list[Problem]) -> float | None:
    text = record.text("probability")
    if not text:
        problems.append(Problem("forecasts.no_probability", record.row, "probability"))
    elif not _NUMBER.fullmatch(text):
        problems.append(Problem("forecasts.not_a_number", record.row, "probability", {"text": text}))
    elif not 0 <= (probability := float(text.replace(",", "."))) <= 1:
        problems.append(Problem("forecasts.not_a_chance", record.row, "probability", {"text": text}))
    else:
        return probability
    return None


def _repeated(lines: Iterable[Line]) -> list[Problem]:
    first: dict[tuple[str, str], int] = {}
    found = []
    for line in lines:
        row = first.setdefault((line.forecaster, line.question), line.row)
        if row != line.row:
            facts = {"forecaster": line.forecaster, "question": line.question, "first": row}
            found.append(notice("forecasts.twice", line.row, "question", **facts))
    return found


def _contradicting(lines: Iterable[Line]) -> list[Problem]:
    """Questions that came out both ways, and rows left open whose question is decided elsewhere."""
    decided: dict[str, Line] = {}
    found, open_lines = [], []
    for line in lines:
        if line.outcome is None:
            open_lines.append(line)
        elif decided.setdefault(line.question, line).outcome != line.outcome:
            facts = {"question": line.question, "first": decided[line.question].row}
            found.append(notice("forecasts.outcomes_differ", line.row, "outcome", **facts))
    for line in open_lines:
        if known := decided.get(line.question):
            facts = {"question": line.question, "first": known.row}
            found.append(notice("forecasts.outcome_left_out", line.row, "outcome", **facts))
    return found
