"""What can be inconsistent in a criteria table. Each check is one small function that yields problems with their rows."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from thidua.criteria.rules.criterion import ROOT, CriteriaTable, Criterion, Kind, Method
from thidua.criteria.rules.problems import Problem, notice

_NEED_MAXIMUM = frozenset(
    {
        Method.PROPORTIONAL,
        Method.INVERSE,
        Method.RELATIVE_TO_LEADER,
        Method.PASS_FAIL,
        Method.GRADE,
        Method.LATENESS,
        Method.WEIGHTED,
    }
)


def structure_problems(criteria: Sequence[Criterion]) -> Iterator[Problem]:
    """What keeps rows from being a tree: no code, a repeated code, an unknown parent, a cycle (told once, at its first row)."""
    first_rows: dict[str, int] = {}
    for row in criteria:
        if not row.code:
            yield Problem("criteria.code_missing", row.row, "code")
        elif row.code in first_rows:
            yield Problem("criteria.duplicate_code", row.row, "code", {"item": row.code, "first": first_rows[row.code]})
        first_rows.setdefault(row.code, row.row)
    for row in criteria:
        if row.parent != ROOT and row.parent not in first_rows:
            yield Problem("criteria.unknown_parent", row.row, "parent_code", {"item": row.code, "parent": row.parent})
    yield from _cycles(criteria)


def table_problems(table: CriteriaTable) -> Iterator[Problem]:
    """Every inconsistency of a table whose tree stands."""
    for check in CHECKS:
        yield from check(table)


def heading_sum(table: CriteriaTable, heading: Criterion, frame: Mapping[str, Decimal] | None = None) -> Decimal:
    """The sum of what the parts of a heading state (a part that states nothing stands for the sum of its own parts). A weighted
    part states a weight and no points, so it adds nothing. Who asks for many headings gives the table's `frame` along."""
    known = table.frame() if frame is None else frame
    return sum((_stated(part, known) for part in table.parts(heading.code) if part.method is not Method.WEIGHTED), Decimal(0))


def weighted_parts(table: CriteriaTable, heading: Criterion) -> tuple[Criterion, ...]:
    """The parts of a heading whose points have no ceiling, so that its points cannot be compared with a sum."""
    return tuple(part for part in table.parts(heading.code) if part.method is Method.WEIGHTED)


def _cycles(criteria: Sequence[Criterion]) -> Iterator[Problem]:
    parent_of = {row.code: row.parent for row in criteria}
    safe: set[str] = {ROOT}
    for row in criteria:
        path: dict[str, None] = {}
        code = row.code
        while code in parent_of and code not in safe and code not in path:
            path[code] = None
            code = parent_of[code]
        if code in path:
            walked = list(path)
            loop = [*walked[walked.index(code) :], code]
            yield Problem("criteria.cycle", row.row, "parent_code", {"item": row.code, "loop": " → ".join(loop)})
        safe.update(path)


def _stated(part: Criterion, frame: Mapping[str, Decimal]) -> Decimal:
    return frame[part.code] if part.max_points is None else part.max_points


def _sums_differ(table: CriteriaTable) -> Iterator[Problem]:
    """README: points, ratio and count children add up to the parent. Beside weighted rows, which have no ceiling, the others may
    come to less, which cannot be checked further, but never to more."""
    frame = table.frame()
    for heading in table.criteria:
        parts = table.parts(heading.code) if heading.is_additive else ()
        if not parts or heading.max_points is None:
            continue
        total = heading_sum(table, heading, frame)
        silent = [part.code for part in parts if part.max_points is None and not frame[part.code]]
        weighted = [part.code for part in weighted_parts(table, heading)]
        if total > heading.max_points or (total != heading.max_points and not silent and not weighted):
            facts = {"item": heading.code, "stated": heading.max_points, "sum": total, "difference": total - heading.max_points}
            yield Problem("criteria.sum_differs", heading.row, "max_points", facts)
        elif weighted:
            facts = {"item": heading.code, "weighted": ", ".join(weighted), "sum": total, "stated": heading.max_points}
            yield notice("criteria.sum_weighted", heading.row, "max_points", **facts)
        elif silent:
            yield notice("criteria.sum_unknown", heading.row, "max_points", item=heading.code, silent=", ".join(silent))


def _signs(table: CriteriaTable) -> Iterator[Problem]:
    """commands.md: bonus ≥ 0, penalty ≤ 0; a row that adds up is never negative."""
    for row in table.criteria:
        for column, figure in (("max_points", row.max_points), ("per_case", row.per_case)):
            if figure is None or not figure:
                continue
            if row.kind is Kind.PENALTY and figure > 0:
                yield Problem("criteria.positive_penalty", row.row, column, {"item": row.code, "figure": figure})
            if row.kind is Kind.BONUS and figure < 0:
                yield Problem("criteria.negative_bonus", row.row, column, {"item": row.code, "figure": figure})
            if row.kind not in (Kind.PENALTY, Kind.BONUS) and figure < 0:
                yield Problem("criteria.negative_points", row.row, column, {"item": row.code, "figure": figure})


def _gates(table: CriteriaTable) -> Iterator[Problem]:
    """README: a gate removes from the ranking and carries no points."""
    for row in table.criteria:
        if not row.is_gate:
            continue
        if row.max_points:
            yield Problem("criteria.gate_with_points", row.row, "max_points", {"item": row.code, "figure": row.max_points})
        if table.children(row.code):
            yield Problem("criteria.gate_with_rows", row.row, "code", {"item": row.code})
        if row.method is not Method.PASS_FAIL:
            yield Problem("criteria.gate_method", row.row, "method", {"item": row.code, "method": row.method})


def _bands(table: CriteriaTable) -> Iterator[Problem]:
    """README: `[mức]` rows are alternatives of their parent, of which one is picked."""
    for row in table.criteria:
        bands = table.bands(row.code)
        if row.method is Method.BANDS and not bands:
            yield Problem("criteria.bands_missing", row.row, "method", {"item": row.code})
        if bands and table.parts(row.code):
            yield Problem("criteria.bands_beside_parts", row.row, "code", {"item": row.code, "band": bands[0].code})
        for band in bands:
            if band.max_points is None:
                yield Problem("criteria.band_without_points", band.row, "max_points", {"item": band.code})
            elif row.max_points is not None and abs(band.max_points) > abs(row.max_points):
                facts = {"item": band.code, "figure": band.max_points, "parent": row.code, "stated": row.max_points}
                yield Problem("criteria.band_above_parent", band.row, "max_points", facts)
        if row.is_band and not row.parent:
            yield Problem("criteria.band_without_parent", row.row, "parent_code", {"item": row.code})


def _method_needs(table: CriteriaTable) -> Iterator[Problem]:
    """Each method of commands.md has the figures its formula speaks of."""
    for row in table.criteria:
        facts = {"item": row.code, "method": row.method}
        if row.method in _NEED_MAXIMUM and row.max_points is None and not row.is_gate:
            yield Problem("criteria.method_needs_maximum", row.row, "max_points", facts)
        if row.method in (Method.PER_CASE, Method.LATENESS) and row.per_case is None:
            yield Problem("criteria.method_needs_per_case", row.row, "per_case", facts)
        if row.method is Method.POOL and not row.pool:
            yield Problem("criteria.method_needs_pool", row.row, "rule_text_vi", facts)
        if row.method not in (Method.AWARD, Method.BANDS) and table.parts(row.code):
            yield notice("criteria.method_on_heading", row.row, "method", **facts)


def _roots(table: CriteriaTable) -> Iterator[Problem]:
    """One root is usual; several are added up, which a table with parts outside its total may not mean."""
    roots = table.parts(ROOT)
    if not roots:
        yield Problem("criteria.no_points", table.criteria[0].row, "kind")
    elif len(roots) > 1:
        yield notice("criteria.several_roots", roots[1].row, "parent_code", roots=", ".join(row.code for row in roots))


def _silent_rows(table: CriteriaTable) -> Iterator[Problem]:
    """A row that adds up and states no points has no ceiling: usual in drafts, worth a look."""
    for row in table.criteria:
        if row.is_additive and row.max_points is None and not table.children(row.code):
            yield notice("criteria.no_maximum", row.row, "max_points", item=row.code)


CHECKS: tuple[Callable[[CriteriaTable], Iterable[Problem]], ...] = (
    _sums_differ,
    _signs,
    _gates,
    _bands,
    _method_needs,
    _roots,
    _silent_rows,
)
