"""From the rows of a criteria table to its tree, with every problem and its place. Format: commands.md, "Criteria table"."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from thidua.criteria.rules import conventions
from thidua.criteria.rules.aliases import column_called, named, value_called
from thidua.criteria.rules.checks import structure_problems, table_problems
from thidua.criteria.rules.criterion import ADJUSTMENT_KINDS, CriteriaTable, Criterion, Kind, Method
from thidua.criteria.rules.extras import EXTRA_COLUMNS, extra_fields
from thidua.criteria.rules.grid import Record, Rows, read_grid
from thidua.criteria.rules.problems import Problem

REQUIRED_COLUMNS = ("code", "parent_code", "title_vi", "max_points", "kind")
OPTIONAL_COLUMNS = ("rule_text_vi", "unit", "source_url")
MACHINE_COLUMNS = ("method", "per_case", "cap", "over_rate", "over_cap", "adjust_cap", "floor")
COLUMNS = (*REQUIRED_COLUMNS, *OPTIONAL_COLUMNS, *MACHINE_COLUMNS, *EXTRA_COLUMNS)


@dataclass(frozen=True, slots=True)
class ParsedCriteria:
    """A table as far as it could be read, and its problems in the order of the rows.

    `table` is None when the rows make no tree (wrong cells, repeated codes, cycles…); a table whose sums contradict its headings
    is there and can be scored with, but has errors.
    """

    table: CriteriaTable | None
    problems: tuple[Problem, ...]

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that make the answer of `check-criteria` "no"."""
        return tuple(problem for problem in self.problems if problem.is_error)


def parse_criteria(rows: Rows) -> ParsedCriteria:
    """Reads a whole table: rows as lists of text under a header, or as mappings. Never raises for what is in the cells."""
    optional = (*OPTIONAL_COLUMNS, *MACHINE_COLUMNS, *EXTRA_COLUMNS)
    grid = read_grid(rows, required=REQUIRED_COLUMNS, optional=optional, called=column_called)
    problems = list(grid.problems)
    if any(p.code in ("criteria.missing_column", "criteria.repeated_column") for p in problems):
        return ParsedCriteria(None, tuple(problems))
    with_bands = {r.text("parent_code") for r in grid.records if conventions.is_band(r.text("rule_text_vi"))}
    criteria = [_criterion(record, with_bands, problems) for record in grid.records]
    problems.extend(structure_problems(criteria))
    if not criteria or any(problem.is_error for problem in problems):
        return ParsedCriteria(None, _in_order(problems))
    table = CriteriaTable.of(criteria)
    problems.extend(table_problems(table))
    return ParsedCriteria(table, _in_order(problems))


def default_method(kind: Kind, *, has_bands: bool, per_case: Decimal | None) -> Method:
    """The method of a row that names none: the kind decides.

    A gate passes or fails; a row with `[mức]` alternatives takes the one chosen; a bonus or penalty counts cases when the points
    per case are known; everything else is granted by hand.
    """
    if kind is Kind.GATE:
        return Method.PASS_FAIL
    if has_bands:
        return Method.BANDS
    if kind in ADJUSTMENT_KINDS and per_case is not None:
        return Method.PER_CASE
    return Method.AWARD


def _criterion(record: Record, with_bands: set[str], problems: list[Problem]) -> Criterion:
    rule_text = record.text("rule_text_vi")
    code, kind = record.text("code"), _kind(record, problems)
    per_case = record.number("per_case", problems)
    if per_case is None and kind in ADJUSTMENT_KINDS:
        per_case = conventions.per_case_in(rule_text)
    method = _method(record, problems) or default_method(kind, has_bands=code in with_bands, per_case=per_case)
    adjust_cap = record.number("adjust_cap", problems)
    return Criterion(
        code=code,
        parent=record.text("parent_code"),
        title=record.text("title_vi"),
        max_points=record.number("max_points", problems),
        kind=kind,
        rule_text=rule_text,
        unit=record.text("unit"),
        source_url=record.text("source_url"),
        method=method,
        is_band=conventions.is_band(rule_text) and kind is not Kind.GATE,
        per_case=per_case,
        cap=record.number("cap", problems),
        over_rate=record.number("over_rate", problems),
        over_cap=record.number("over_cap", problems),
        adjust_cap=conventions.adjust_cap_in(rule_text) if adjust_cap is None else abs(adjust_cap),
        floor=record.number("floor", problems),
        row=record.row,
        **extra_fields(record, method, problems),
    )


def _kind(record: Record, problems: list[Problem]) -> Kind:
    text = value_called(record.text("kind"))
    if text in set(Kind):
        return Kind(text)
    problems.append(Problem("criteria.unknown_kind", record.row, "kind", {"text": record.text("kind"), "known": named(Kind)}))
    return Kind.POINTS


def _method(record: Record, problems: list[Problem]) -> Method | None:
    text = value_called(record.text("method"))
    if not text:
        return None
    if text in set(Method):
        return Method(text)
    facts = {"text": record.text("method"), "known": named(Method)}
    problems.append(Problem("criteria.unknown_method", record.row, "method", facts))
    return None


def _in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted(problems, key=lambda problem: problem.row or 0))
