"""The optional columns that say what the words of a rule say as well, or what no word says: caps of one side, grades, points by
rank, evidence, who scores the row, and the units to which it is not assigned.

A cell that is filled in wins over the words of `rule_text_vi`; an empty one leaves the words their meaning. Written back, a cell
stays empty where the words say the same, so a table that uses none of these columns is written as it always was.
"""

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any, TypeVar

from thidua.criteria.rules import conventions
from thidua.criteria.rules.aliases import named, value_called
from thidua.criteria.rules.criterion import Criterion, Method, Proof
from thidua.criteria.rules.grid import Record
from thidua.criteria.rules.problems import Problem
from thidua.kernel.errors import Refused
from thidua.kernel.points import format_plain, parse_plain

T = TypeVar("T")

EXTRA_COLUMNS = ("bonus_cap", "penalty_cap", "evidence", "assessor", "not_assigned", "grades", "pool")

MOST_GRADES = 26
MOST_PLACES = 100
"""Most places with points of their own in an outside contest."""
_MOST_GRADE_LETTERS = 20
_STEP = Decimal(1).scaleb(-6)
_SLUG = re.compile(r"[-a-z0-9_]{1,120}")
_GRADE = re.compile(r"\s*(.+?)\s*=\s*([^=%]+?)\s*(%?)\s*")


def grades_in_cell(text: str) -> tuple[tuple[str, Decimal], ...]:
    """The fraction of the points for each grade of `A=1; B=0,8; C=60%`. Refuses criteria.grades_unreadable: a piece that is no
    grade, a grade twice, a fraction outside 0–1 or with more than six decimals."""
    found: dict[str, Decimal] = {}
    for piece in filter(str.strip, text.split(";")):
        matched = _GRADE.fullmatch(piece)
        fraction = _fraction(matched[2], bool(matched[3])) if matched else None
        if matched is None or fraction is None or matched[1] in found or len(matched[1]) > _MOST_GRADE_LETTERS:
            raise Refused("criteria.grades_unreadable", text=piece.strip())
        found[matched[1]] = fraction
    if len(found) > MOST_GRADES:
        raise Refused("criteria.grades_unreadable", text=text.strip())
    return tuple(found.items())


def pool_in_cell(text: str) -> tuple[Decimal, ...]:
    """The points by rank of `60/45/30`, best rank first. Refuses criteria.pool_unreadable."""
    try:
        found = tuple(parse_plain(piece) for piece in text.split("/"))
    except Refused:
        raise Refused("criteria.pool_unreadable", text=text.strip()) from None
    if len(found) > MOST_PLACES:
        raise Refused("criteria.pool_unreadable", text=text.strip())
    return found


def slugs_in_cell(text: str) -> tuple[str, ...]:
    """The units of `not_assigned`, separated by blanks, commas or semicolons, each once. Refuses criteria.unit_unreadable."""
    found = tuple(dict.fromkeys(re.findall(r"[^\s,;]+", text)))
    for slug in found:
        if not _SLUG.fullmatch(slug):
            raise Refused("criteria.unit_unreadable", text=slug)
    return found


def proof_in_cell(text: str) -> Proof:
    """`required`, `none`, or empty: evidence is asked for. Refuses criteria.unknown_evidence."""
    try:
        return Proof(value_called(text))
    except ValueError:
        raise Refused("criteria.unknown_evidence", text=text.strip(), known=named([Proof.REQUIRED, Proof.NOT_NEEDED])) from None


def extra_fields(record: Record, method: Method, problems: list[Problem]) -> dict[str, Any]:
    """The fields of a criterion that these columns fill; what cannot be read is added to `problems`."""
    words = record.text("rule_text_vi")
    grades: tuple[tuple[str, Decimal], ...] = ()
    pool: tuple[Decimal, ...] = ()
    if method is Method.GRADE:
        grades = _read(record, "grades", grades_in_cell, problems) or conventions.grades_in(words)
    if method is Method.POOL:
        pool = _read(record, "pool", pool_in_cell, problems) or conventions.pool_in(words)
    bonus, penalty = record.number("bonus_cap", problems), record.number("penalty_cap", problems)
    return {
        "bonus_cap": conventions.bonus_cap_in(words) if bonus is None else abs(bonus),
        "penalty_cap": conventions.penalty_cap_in(words) if penalty is None else abs(penalty),
        "evidence": _read(record, "evidence", proof_in_cell, problems) or Proof.ASKED,
        "assessor": record.text("assessor"),
        "not_assigned": _read(record, "not_assigned", slugs_in_cell, problems) or (),
        "grades": grades,
        "pool": pool,
    }


def extra_cells(row: Criterion) -> dict[str, str]:
    """The cells of these columns: empty where the words of the rule already say it."""
    words = row.rule_text
    caps = (("bonus_cap", conventions.bonus_cap_in(words)), ("penalty_cap", conventions.penalty_cap_in(words)))
    grades = row.method is Method.GRADE and row.grades != conventions.grades_in(words)
    pool = row.method is Method.POOL and row.pool != conventions.pool_in(words)
    return {
        **{name: "" if getattr(row, name) in (None, said) else written(getattr(row, name)) for name, said in caps},
        "evidence": row.evidence.value,
        "assessor": row.assessor,
        "not_assigned": " ".join(row.not_assigned),
        "grades": grades_cell(row.grades) if grades else "",
        "pool": pool_cell(row.pool) if pool else "",
    }


def grades_cell(grades: tuple[tuple[str, Decimal], ...]) -> str:
    """`A=1; B=0.8`."""
    return "; ".join(f"{grade}={written(fraction)}" for grade, fraction in grades)


def pool_cell(pool: tuple[Decimal, ...]) -> str:
    """`60/45/30`."""
    return "/".join(written(points) for points in pool)


def written(figure: Decimal) -> str:
    """The figure as a table writes it, without zeros at the end."""
    return format_plain(figure, fewest=0)


def _fraction(text: str, is_percent: bool) -> Decimal | None:
    try:
        fraction = parse_plain(text) / (100 if is_percent else 1)
    except Refused:
        return None
    return fraction if 0 <= fraction <= 1 and fraction == fraction.quantize(_STEP) else None


def _read(record: Record, column: str, reader: Callable[[str], T], problems: list[Problem]) -> T | None:
    text = record.text(column)
    if not text:
        return None
    try:
        return reader(text)
    except Refused as refusal:
        problems.append(Problem(refusal.code, record.row, column, refusal.facts))
        return None
