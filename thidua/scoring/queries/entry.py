"""What is typed at each row of a table: one figure, two for indicators, or a choice; nothing at headings."""

from dataclasses import dataclass
from enum import StrEnum

from thidua.criteria.rules import ROOT, CriteriaTable, Criterion, Method, Proof
from thidua.scoring import rules
from thidua.scoring.models import FIGURES


class Entry(StrEnum):
    """The way a row is filled in."""

    POINTS = "points"
    RATIO = "ratio"
    ACTUAL = "actual"
    RANK = "rank"
    COUNT = "count"
    BAND = "band"
    PASSED = "passed"
    GATE = "gate"
    GRADE = "grade"
    DAYS = "days"


COLUMNS_OF: dict[Entry, tuple[str, ...]] = {
    Entry.POINTS: ("points",),
    Entry.RATIO: ("actual", "target"),
    Entry.ACTUAL: ("actual",),
    Entry.RANK: ("actual",),
    Entry.COUNT: ("count",),
    Entry.BAND: ("grade",),
    Entry.PASSED: ("passed",),
    Entry.GATE: ("passed",),
    Entry.GRADE: ("grade",),
    Entry.DAYS: ("days_late",),
}
"""The columns of the scores table that a row's inputs fill."""

_BY_METHOD = {
    Method.AWARD: Entry.POINTS,
    Method.PROPORTIONAL: Entry.RATIO,
    Method.INVERSE: Entry.RATIO,
    Method.RELATIVE_TO_LEADER: Entry.RATIO,
    Method.PER_CASE: Entry.COUNT,
    Method.BANDS: Entry.BAND,
    Method.PASS_FAIL: Entry.PASSED,
    Method.GRADE: Entry.GRADE,
    Method.LATENESS: Entry.DAYS,
    Method.POOL: Entry.RANK,
    Method.WEIGHTED: Entry.ACTUAL,
}


def entry_of(row: Criterion, table: CriteriaTable, line: rules.ScoreLine | None = None) -> Entry | None:
    """How the row is filled in; None at headings and at the alternatives below a row.

    Points granted to a row of another method, or to a heading as a whole, win over what is below (commands.md): such a row
    shows its granted points.
    """
    if row.is_band:
        return None
    if row.is_gate:
        return Entry.GATE
    if line is not None and line.points is not None:
        return Entry.POINTS
    if table.parts(row.code):
        return None
    return _BY_METHOD[row.method]


def may_be_granted_whole(row: Criterion, table: CriteriaTable) -> bool:
    """Whether points may be typed for the row as a whole in place of its bands or parts: rows with bands, and the lowest
    headings below the sections (a section is always the sum of what it holds)."""
    if row.is_band or row.is_gate:
        return False
    parts = table.parts(row.code)
    if not parts:
        return row.method is Method.BANDS
    return not _is_section(row, table) and not any(table.parts(part.code) for part in parts)


def _is_section(row: Criterion, table: CriteriaTable) -> bool:
    """The roots, and the parts of a single root."""
    return row.parent == ROOT or (len(table.parts(ROOT)) == 1 and table.by_code[row.parent].parent == ROOT)


@dataclass(frozen=True, slots=True)
class Completeness:
    """What a sheet still lacks, as codes in the order of the table.

    `required` rows count towards the total and have no parts; `missing` are those without figures. `unexplained` rows lie beyond
    what the table allows and say no reason. `unproved` rows claim points that must be proved and are not. `without_evidence`
    rows claim points that nothing proves, the unproved ones among them: told; rows that need no evidence are not counted.
    """

    required: tuple[str, ...]
    missing: tuple[str, ...]
    unexplained: tuple[str, ...]
    without_evidence: tuple[str, ...]
    unproved: tuple[str, ...] = ()

    @property
    def percent(self) -> int:
        """How much of what is required is there, rounded down."""
        return 100 if not self.required else 100 * (len(self.required) - len(self.missing)) // len(self.required)

    @property
    def is_complete(self) -> bool:
        """Whether the sheet may be submitted."""
        return not (self.missing or self.unexplained or self.unproved)


BEYOND = frozenset({"scoring.above_allowed", "scoring.below_allowed"})
"""Warnings that ask for a reason of the unit."""


def completeness(
    table: CriteriaTable,
    sheet: rules.Evaluation,
    lines: dict[str, rules.ScoreLine],
    reasons: dict[str, str],
    evidence: dict[str, int],
) -> Completeness:
    """What is missing on a sheet. `reasons` and `evidence` (how many files and citations) go by code."""
    unassigned = {row.code for code in sheet.unassigned for row in table.subtree(code)}
    granted = _below_granted(table, lines)
    required, missing, without = [], [], []
    for row in table.criteria:
        entry = None if row.code in unassigned or row.code in granted else entry_of(row, table, lines.get(row.code))
        if entry is None or entry is Entry.GATE:
            continue
        counts = row.is_additive
        scored = sheet.reasons[row.code][:1] != () and sheet.reasons[row.code][0].code != "scoring.not_scored"
        if counts:
            required.append(row.code)
            if not scored:
                missing.append(row.code)
        if row.evidence is not Proof.NOT_NEEDED and scored and sheet.values[row.code] > 0 and not evidence.get(row.code):
            without.append(row.code)
    beyond = [warning.item for warning in sheet.warnings if warning.code in BEYOND]
    unexplained = [code for code in beyond if len(reasons.get(code, "").strip()) < REASON_LENGTH]
    unproved = [code for code in without if table.by_code[code].evidence is Proof.REQUIRED]
    return Completeness(tuple(required), tuple(missing), tuple(unexplained), tuple(without), tuple(unproved))


REASON_LENGTH = 10
"""Fewest letters of a reason: "ok" explains nothing."""
MOST_LETTERS = 2000
"""Most letters of a reason or answer: a long page."""


def _below_granted(table: CriteriaTable, lines: dict[str, rules.ScoreLine]) -> set[str]:
    """Additive rows whose heading was granted points as a whole while none of them is filled in."""
    found: set[str] = set()
    for row in table.top_down:
        line = lines.get(row.code)
        parts = table.parts(row.code)
        whole = line is not None and line.points is not None and not any(_filled(part, table, lines) for part in parts)
        if row.code in found or whole:
            found.update(part.code for part in parts)
    return found


def _filled(row: Criterion, table: CriteriaTable, lines: dict[str, rules.ScoreLine]) -> bool:
    return any(below.code in lines and lines[below.code].has_figures for below in table.subtree(row.code))


def figures_of(line: rules.ScoreLine | None) -> dict[str, object]:
    """The columns of a line that are filled in."""
    if line is None:
        return {}
    return {name: value for name in FIGURES if (value := getattr(line, name)) not in (None, "")}
