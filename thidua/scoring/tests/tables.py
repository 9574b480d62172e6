"""Small criteria tables and score lines for the tests of this slice, and the real ones."""

import csv
from decimal import Decimal
from pathlib import Path

from thidua.criteria.papers import read_table
from thidua.criteria.rules import CriteriaTable, parse_criteria
from thidua.scoring.rules import ScoreLine

DATA = Path(__file__).parents[2] / "demo" / "data"
HEADER = ["code", "parent_code", "title_vi", "max_points", "kind", "rule_text_vi", "method", "per_case", "adjust_cap"]


def table(*lines: str) -> CriteriaTable:
    """A table from lines such as `a|T|10|points|rule|method|per_case|adjust_cap`."""
    rows = [[code, parent, f"Title {code}", *cells] for code, parent, *cells in (line.split("|") for line in lines)]
    parsed = parse_criteria([HEADER, *rows])
    assert parsed.table is not None, parsed.problems
    return parsed.table


def granted(unit: str = "", **points: str) -> list[ScoreLine]:
    """Lines of points granted by hand, by code."""
    return [ScoreLine(unit=unit, code=code, points=Decimal(figure)) for code, figure in points.items()]


def real_table() -> CriteriaTable:
    """Tiền Giang 2022: 147 rows."""
    parsed = parse_criteria(read_table(DATA / "tien-giang-tnmt-phong-2022.csv"))
    assert parsed.table is not None
    return parsed.table


def real_results() -> list[dict[str, str]]:
    """One unit's real result, item by item."""
    with (DATA / "tien-giang-tnmt-phong-2022-results.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))
