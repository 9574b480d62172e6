"""The rules of scoring as spreadsheet formulas, one set for each row of a unit: what `evaluation` computes, written for Excel and
LibreOffice. Only functions both know; nothing is rounded on the way, so that three thirds stay one whole."""

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal

from thidua.criteria.rules import CriteriaTable, Criterion, Method
from thidua.kernel.points import format_plain

FIRST_ROW = 6
"""The row, counted from 1, of the first criterion on the sheet of the criteria and on that of every unit."""

POINTS, ACTUAL, TARGET, COUNT, GRADE, DAYS, PASSED, ASSIGNED = "CDEFGHIJ"
"""Columns of a unit's figures."""
OUT, HELP, OWN, SCORED, VALUE, LOST, MAXIMUM, FAILS = "KLMNOPQR"
"""Columns computed: not assigned; excess over target, or the smallest chosen band; own points; is scored; value; maximum lost;
maximum assigned; gate failed."""
MAX, EACH, LOWEST, HIGHEST, OVER_RATE, OVER_CAP, ADJUST, BONUS, PENALTY, FLOOR, FRAME = "FGHIJKLMNOR"
"""Columns of the criteria."""
FARTHEST = "1E+99"


class Rules:
    """Formulas for the units of one version. `criteria` is the name of its sheet, `best` gives, for a row scored relative to the
    leader, the address of the cluster's best excess."""

    def __init__(self, table: CriteriaTable, criteria: str, best: Callable[[str], str]) -> None:
        self.table, self.best = table, best
        self.sheet = quoted(criteria)
        self.rows = {row.code: FIRST_ROW + n for n, row in enumerate(table.criteria)}

    def cell(self, column: str, code: str) -> str:
        """A cell of the unit's own sheet."""
        return f"{column}{self.rows[code]}"

    def rule(self, column: str, code: str) -> str:
        """A cell of the sheet of the criteria."""
        return f"{self.sheet}!${column}${self.rows[code]}"

    def out(self, row: Criterion) -> str:
        """1 where the row, or one above it, was not assigned."""
        above = self.cell(OUT, row.parent) if row.parent else "0"
        return f"=IF({self._unassigned(row)},1,{above})"

    def help(self, row: Criterion, *, relative: bool) -> str:
        """How far the result lies above its target (`relative`: some version scores the code so), or the least of the bands."""
        if relative:
            actual, target = self.cell(ACTUAL, row.code), self.cell(TARGET, row.code)
            filled = f"AND(ISNUMBER({actual}),ISNUMBER({target}),NOT({self._unassigned(row)}))"
            return f"=IF({filled},IF({target}>0,MAX(0,({actual}-{target})/{target}),0),0)"
        bands = self.table.bands(row.code)
        if row.method is not Method.BANDS or not bands:
            return ""
        sizes = (f"IF({self.cell(SCORED, band.code)}=1,ABS({self.cell(VALUE, band.code)}),{FARTHEST})" for band in bands)
        return f"=MIN({','.join(sizes)})"

    def own(self, row: Criterion) -> str:
        """The row's own points: granted by hand first, then by its method; "" where there are none."""
        if row.is_gate or row.is_band:
            return ""
        granted = self.cell(POINTS, row.code)
        found = self._chosen(row) if row.method is Method.BANDS else '""' if self.table.parts(row.code) else self._by_method(row)
        return f"=IF(ISNUMBER({granted}),{granted},{found})"

    def scored(self, row: Criterion) -> str:
        """1 where the row counts as scored: it has points of its own, or one of its parts has."""
        if row.is_gate:
            return "=0"
        out = self.cell(OUT, row.code)
        if row.is_band:
            return f"=IF({out}=1,0,IF(OR({self._chooses(row)}),1,0))"
        below = self._sum(SCORED, self.table.parts(row.code))
        return f"=IF({out}=1,0,IF(OR(ISNUMBER({self.cell(OWN, row.code)}),{below}>0),1,0))"

    def value(self, row: Criterion) -> str:
        """The row's points: its parts' sum where any is scored, else its own, then its bonuses and penalties within the caps."""
        if row.is_gate:
            return "=0"
        if row.is_band:
            granted = self.cell(POINTS, row.code)
            return f"=IF({self.cell(SCORED, row.code)}=1,IF(ISNUMBER({granted}),{granted},{self.top(row)}),0)"
        own, parts = self.cell(OWN, row.code), self.table.parts(row.code)
        base = f"IF(ISNUMBER({own}),{own},0)"
        if parts:
            whole = self.capped(row, self._sum(VALUE, parts)) if row.is_adjustment else self._sum(VALUE, parts)
            base = f"IF(AND(ISNUMBER({own}),{self._sum(SCORED, parts)}=0),{own},{whole})"
        return f"=IF({self.cell(OUT, row.code)}=1,0,{base}{self._adjustment(row)})"

    def lost(self, row: Criterion) -> str:
        """What of the row's points was not assigned."""
        frame, parts = self.rule(FRAME, row.code), self.table.parts(row.code) if row.is_additive else ()
        return f"=IF({self.cell(OUT, row.code)}=1,{frame},MIN({self._sum(LOST, parts)},{frame}))"

    def maximum(self, row: Criterion) -> str:
        """What the row stands for, less what was not assigned."""
        return f"={self.rule(FRAME, row.code)}-{self.cell(LOST, row.code)}"

    def fails(self, row: Criterion) -> str:
        """1 where a gate fails: it is said not to pass, or what it excludes has occurred."""
        if not row.is_gate:
            return ""
        passed, count = self.cell(PASSED, row.code), self.cell(COUNT, row.code)
        no = f"AND(ISNUMBER({passed}),{passed}=0)"
        happened = f"AND(NOT(ISNUMBER({passed})),N({count})>0)"
        return f"=IF({self.cell(OUT, row.code)}=1,0,IF(OR({no},{happened}),1,0))"

    def frame(self, row: Criterion) -> str:
        """On the sheet of the criteria: the points a row stands for when everything is assigned (`CriteriaTable.frame`)."""
        if row.is_gate:
            return "=0"
        parts = self.table.parts(row.code) if row.is_additive else ()
        known = self._sum(FRAME, parts)
        if parts and row.max_points is None:
            return f"={known}"
        if parts and all(part.method is not Method.WEIGHTED for part in parts):
            stated = "*".join(f"({self.cell(FRAME, part.code)}<>0)" for part in parts)
            return f"=IF({stated}=1,{known},{self.cell(MAX, row.code)})"
        if row.max_points is not None:
            return f"={self.cell(MAX, row.code)}"
        bands = self.table.bands(row.code)
        return f"=MAX({','.join(self.cell(FRAME, band.code) for band in bands)})" if bands else "=0"

    def _unassigned(self, row: Criterion) -> str:
        assigned = self.cell(ASSIGNED, row.code)
        return f"AND(ISNUMBER({assigned}),{assigned}=0)"

    def _chooses(self, row: Criterion) -> str:
        """When a `[mức]` is the one chosen: by its parent's grade, or by passed, count or points of its own."""
        passed, count, points = (self.cell(column, row.code) for column in (PASSED, COUNT, POINTS))
        itself = f"N({passed})=1,N({count})>0,N({points})<>0"
        return f'EXACT({self.cell(GRADE, row.parent)}&"",{self.rule("A", row.code)}),{itself}' if row.parent else itself

    def _chosen(self, row: Criterion) -> str:
        bands, least = self.table.bands(row.code), self.cell(HELP, row.code)
        if not bands:
            return '""'
        found = '""'
        for band in reversed(bands):
            value = self.cell(VALUE, band.code)
            found = f"IF(AND({self.cell(SCORED, band.code)}=1,ABS({value})={least}),{value},{found})"
        return found

    def _by_method(self, row: Criterion) -> str:
        formula = _METHODS.get(row.method)
        return formula(self, row) if formula else '""'

    def top(self, row: Criterion) -> str:
        """The row's maximum, 0 where it states none."""
        return self.rule(MAX, row.code) if row.max_points is not None else "0"

    def capped(self, row: Criterion, value: str) -> str:
        """A value within the bounds of a bonus or penalty row."""
        lowest, highest = row.bounds
        value = value if lowest is None else f"MAX({self.rule(LOWEST, row.code)},{value})"
        return value if highest is None else f"MIN({self.rule(HIGHEST, row.code)},{value})"

    def _adjustment(self, row: Criterion) -> str:
        rows = self.table.adjustments(row.code)
        if not rows:
            return ""
        bonus = "+".join(f"MAX(0,{self.cell(VALUE, child.code)})" for child in rows)
        penalty = "+".join(f"MIN(0,{self.cell(VALUE, child.code)})" for child in rows)
        if row.bonus_cap is not None:
            bonus = f"MIN({bonus},{self.rule(BONUS, row.code)})"
        if row.penalty_cap is not None:
            penalty = f"MAX({penalty},-{self.rule(PENALTY, row.code)})"
        both, cap = f"({bonus}+{penalty})", self.rule(ADJUST, row.code)
        return f"+{both}" if row.adjust_cap is None else f"+MAX(-{cap},MIN({cap},{both}))"

    def _sum(self, column: str, rows: Sequence[Criterion]) -> str:
        return f"({'+'.join(self.cell(column, row.code) for row in rows)})" if rows else "0"


def quoted(sheet: str) -> str:
    """A sheet's name as formulas write it."""
    return "'" + sheet.replace("'", "''") + "'"


def literal(figure: Decimal) -> str:
    """A figure inside a formula."""
    return format_plain(figure, fewest=0, most=9)


def rank_of(inside: str, keys: Iterable[tuple[str, str]]) -> str:
    """1 and the units that are before this one: `keys` are (the column of all units, this unit's cell), the first decides, the
    next where it is equal; `inside` is the column that says who is ranked."""
    before = "0"
    for everyone, own in reversed(list(keys)):
        before = f"(({everyone}>{own})+({everyone}={own})*{before})"
    return f"1+SUMPRODUCT(({inside}=1)*{before})"


def _two(rules: Rules, row: Criterion) -> tuple[str, str, str]:
    actual, target = rules.cell(ACTUAL, row.code), rules.cell(TARGET, row.code)
    return actual, target, f"AND(ISNUMBER({actual}),ISNUMBER({target}))"


def _proportional(rules: Rules, row: Criterion) -> str:
    actual, target, filled = _two(rules, row)
    top = rules.top(row)
    over = f"{rules.rule(OVER_RATE, row.code)}*({actual}-{target})*100/{target}" if row.over_rate else "0"
    over = over if row.over_cap is None else f"MIN({over},{rules.rule(OVER_CAP, row.code)})"
    reached = f"IF({actual}<{target},MAX(0,{top}*{actual}/{target}),{top}+{over})"
    return f'IF({filled},IF({target}>0,{reached},""),"")'


def _inverse(rules: Rules, row: Criterion) -> str:
    actual, target, filled = _two(rules, row)
    share = f"IF({actual}<={target},{rules.top(row)},{rules.top(row)}*{target}/{actual})"
    return f'IF({filled},IF(OR({actual}<0,{target}<0),"",{share}),"")'


def _relative(rules: Rules, row: Criterion) -> str:
    actual, target, filled = _two(rules, row)
    half, own = f"{rules.top(row)}/2", rules.cell(HELP, row.code)
    above = f"{half}+{half}*({own}/MAX({own},{rules.best(row.code)}))"
    return f'IF({filled},IF({target}>0,IF({actual}<={target},MAX(0,{half}*{actual}/{target}),{above}),""),"")'


def _per_case(rules: Rules, row: Criterion) -> str:
    count = rules.cell(COUNT, row.code)
    points = rules.capped(row, f"{count}*{rules.rule(EACH, row.code)}")
    return '""' if row.per_case is None else f'IF(ISNUMBER({count}),{points},"")'


def _pass_fail(rules: Rules, row: Criterion) -> str:
    passed = rules.cell(PASSED, row.code)
    return f'IF(ISNUMBER({passed}),IF({passed}=1,{rules.top(row)},0),"")'


def _grade(rules: Rules, row: Criterion) -> str:
    cell, found = rules.cell(GRADE, row.code), '""'
    for letter, fraction in reversed(row.grades):
        name = letter.replace('"', '""')
        found = f'IF(EXACT(UPPER(TRIM({cell})),"{name}"),{rules.top(row)}*{literal(fraction)},{found})'
    return found


def _lateness(rules: Rules, row: Criterion) -> str:
    days = rules.cell(DAYS, row.code)
    floor = "0" if row.floor is None else rules.rule(FLOOR, row.code)
    late = f"MAX({floor},{rules.top(row)}-{rules.rule(EACH, row.code)}*MAX(0,{days}))"
    return '""' if row.per_case is None else f'IF(ISNUMBER({days}),{late},"")'


def _pool(rules: Rules, row: Criterion) -> str:
    actual, count = rules.cell(ACTUAL, row.code), rules.cell(COUNT, row.code)
    figures = ",".join(literal(figure) for figure in row.pool)

    def points(place: str) -> str:
        found = f"IF({place}<={len(row.pool)},CHOOSE({place},{figures}),0)" if row.pool else "0"
        return f'IF(AND({place}>=1,{place}=INT({place})),{found},"")'

    return f'IF(ISNUMBER({actual}),{points(actual)},IF(ISNUMBER({count}),{points(count)},""))'


def _weighted(rules: Rules, row: Criterion) -> str:
    actual = rules.cell(ACTUAL, row.code)
    return f'IF(ISNUMBER({actual}),{rules.top(row)}*{actual},"")'


_METHODS: dict[Method, Callable[[Rules, Criterion], str]] = {
    Method.PROPORTIONAL: _proportional,
    Method.INVERSE: _inverse,
    Method.RELATIVE_TO_LEADER: _relative,
    Method.PER_CASE: _per_case,
    Method.PASS_FAIL: _pass_fail,
    Method.GRADE: _grade,
    Method.LATENESS: _lateness,
    Method.POOL: _pool,
    Method.WEIGHTED: _weighted,
}
