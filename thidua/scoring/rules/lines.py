"""A score line: what one unit reports, or is granted, for one criterion. Format: commands.md, "Scores table".

`unit,code,points,actual,target,count,grade,days_late,passed,assigned`, empty where not used:

| column | what |
|---|---|
| unit, code | whose line, for which criterion (codes are text: `1.10` is not `1.1`) |
| points | points granted by hand; for a row of another method the granted value wins over the method |
| actual, target | result and plan of an indicator (`actual` is also the rank for the method `pool`) |
| count | occurrences of a bonus, penalty or gate |
| grade | A, B, C, D; at a row with alternatives, the code of the chosen `[mức]` |
| days_late | days after the deadline; early is 0 or negative |
| passed | 1 or 0: pass_fail rows, gates, the chosen `[mức]` |
| assigned | 0 where the indicator was not assigned to the unit; empty means 1 |
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from thidua.criteria.rules import CriteriaTable, Problem
from thidua.criteria.rules.grid import Record, Rows, read_grid

COLUMNS = ("unit", "code", "points", "actual", "target", "count", "grade", "days_late", "passed", "assigned")
_REQUIRED = ("unit", "code")
_YES = frozenset({"1", "true", "yes", "x", "có", "đạt", "đúng"})
_NO = frozenset({"0", "false", "no", "không", "không đạt", "chưa", "sai"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreLine:
    """One unit's figures for one criterion; None where nothing was filled in."""

    code: str
    unit: str = ""
    points: Decimal | None = None
    actual: Decimal | None = None
    target: Decimal | None = None
    count: Decimal | None = None
    grade: str = ""
    days_late: Decimal | None = None
    passed: bool | None = None
    assigned: bool = True

    @property
    def has_figures(self) -> bool:
        """Was anything but `assigned` filled in?"""
        figures = (self.points, self.actual, self.target, self.count, self.days_late, self.passed)
        return bool(self.grade) or any(figure is not None for figure in figures)


@dataclass(frozen=True, slots=True)
class ParsedScores:
    """The lines of a scores table in its order, and what is wrong with it (all problems are errors but unknown columns)."""

    lines: tuple[ScoreLine, ...]
    problems: tuple[Problem, ...]

    @property
    def errors(self) -> tuple[Problem, ...]:
        """What keeps the table from being scored."""
        return tuple(problem for problem in self.problems if problem.is_error)


def parse_scores(rows: Rows, table: CriteriaTable) -> ParsedScores:
    """Reads a scores table against the criteria it speaks of; never raises for what is in the cells.

    Problems beside those of every table: `scoring.unit_missing`, `.unknown_code`, `.duplicate_line`, `.not_yes_or_no`,
    `.negative_count`.
    """
    grid = read_grid(rows, required=_REQUIRED, optional=COLUMNS)
    problems = list(grid.problems)
    if any(problem.is_error and problem.row == 1 for problem in problems):
        return ParsedScores((), tuple(problems))
    lines: list[ScoreLine] = []
    seen: dict[tuple[str, str], int] = {}
    for record in grid.records:
        line = _line(record, problems)
        problems.extend(_place_problems(record, line, table.by_code, seen))
        lines.append(line)
    return ParsedScores(tuple(lines), tuple(sorted(problems, key=lambda problem: problem.row or 0)))


def _line(record: Record, problems: list[Problem]) -> ScoreLine:
    assigned = _yes_or_no(record, "assigned", problems)
    count = record.number("count", problems)
    if count is not None and count < 0:
        problems.append(Problem("scoring.negative_count", record.row, "count", {"figure": count}))
    return ScoreLine(
        unit=record.text("unit"),
        code=record.text("code"),
        points=record.number("points", problems),
        actual=record.number("actual", problems),
        target=record.number("target", problems),
        count=count,
        grade=record.text("grade"),
        days_late=record.number("days_late", problems),
        passed=_yes_or_no(record, "passed", problems),
        assigned=assigned is not False,
    )


def _yes_or_no(record: Record, column: str, problems: list[Problem]) -> bool | None:
    text = record.text(column).lower()
    if text and text not in _YES and text not in _NO:
        problems.append(Problem("scoring.not_yes_or_no", record.row, column, {"text": text}))
    return text in _YES if text in _YES | _NO else None


def _place_problems(
    record: Record, line: ScoreLine, known: Mapping[str, object], seen: dict[tuple[str, str], int]
) -> list[Problem]:
    found = []
    if not line.unit:
        found.append(Problem("scoring.unit_missing", record.row, "unit"))
    if line.code not in known:
        found.append(Problem("scoring.unknown_code", record.row, "code", {"item": line.code}))
    first = seen.setdefault((line.unit, line.code), record.row)
    if first != record.row:
        facts = {"item": line.code, "unit": line.unit, "first": first}
        found.append(Problem("scoring.duplicate_line", record.row, "code", facts))
    return found
