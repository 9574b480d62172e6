"""The page of one sheet: every row ready to be shown, so that the template only puts it in place."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from urllib.parse import quote

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from thidua.clusters.access import may
from thidua.clusters.models import ClusterYear
from thidua.clusters.rules import Stage
from thidua.criteria.models import CriteriaVersion
from thidua.criteria.queries import published_version, table_of
from thidua.criteria.rules import ROOT, CriteriaTable, Criterion, Method
from thidua.kernel.actor import Actor, Role
from thidua.people.models import Organisation
from thidua.people.queries import leaders_of
from thidua.scoring import rules
from thidua.scoring.access import RETURN, SCORE, SUBMIT, WITHHOLD
from thidua.scoring.models import ScoreSheet, SheetStatus
from thidua.scoring.queries.beside import NOTHING, Beside
from thidua.scoring.queries.entry import COLUMNS_OF, Entry, completeness, entry_of, may_be_granted_whole
from thidua.scoring.queries.proof import counts_of
from thidua.scoring.queries.results import Result, result_of
from thidua.scoring.queries.words import figures_in_words, number, typed, warning_words, why

FILTERS = {
    "": lambda row: True,
    "thieu": lambda row: row.missing or bool(row.warning),
    "minh-chung": lambda row: row.unproved,
    "thay-doi": lambda row: bool(row.news),
    "cua-toi": lambda row: row.mine,
}
"""What `?loc=` in the address shows: everything, what is missing or marked, what claims points that nothing proves, what was
changed since, one's own rows."""


@dataclass(frozen=True, slots=True)
class Input:
    """One field of a row; `options` (value, words, chosen) make it a choice."""

    name: str
    label: str
    value: str
    options: tuple[tuple[str, str, bool], ...] = ()


@dataclass(frozen=True, slots=True)
class Clash:
    """A cell that two people changed: what each wrote, and the fields (name, value) that hold the other's figures."""

    label: str
    mine: str
    theirs: str
    fields: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Typed:
    """What a person typed in a row that could not be saved, kept as it was, with the sentence why; where another person changed
    the same cells, who did (`by`) and what stands there now."""

    values: Mapping[str, str]
    reason: str
    revision: int
    problem: str
    by: str = ""
    clashes: tuple[Clash, ...] = ()


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row of the sheet. `n` is its place in the table (in ids), `path` its code in addresses, `counts_days` says that it is
    scored by days late; all else is ready to show."""

    n: int
    code: str
    path: str
    level: int
    title: str
    hint: str
    maximum: str
    inputs: tuple[Input, ...]
    said: str
    value: str
    why: tuple[str, ...]
    reason: str
    revision: int
    proofs: int
    counts_days: bool
    missing: bool
    unproved: bool
    warning: str
    whole: bool
    assigned: bool
    is_gate: bool
    problem: str = ""
    by: str = ""
    clashes: tuple[Clash, ...] = ()
    before: str = ""
    news: str = ""
    mine: bool = False


@dataclass(frozen=True, slots=True)
class Totals:
    """The line on top of a sheet. `lost` citations are of criteria that the table does not hold."""

    total: str
    maximum: str
    missing: int
    unproved: int
    unproved_points: str
    warnings: int
    percent: int
    lost: int


@dataclass(frozen=True, slots=True)
class Desk:
    """A unit's sheet and what this person may do with it now. `sheet` is None until its first line is saved; what the unit has
    recorded may be cited before."""

    year: ClusterYear
    unit: Organisation
    sheet: ScoreSheet | None
    version: CriteriaVersion | None
    editable: bool
    may_cite: bool
    may_submit: bool
    may_recall: bool
    may_return: bool
    may_withhold: bool
    may_readmit: bool


def sheet_of(year: ClusterYear, unit: Organisation) -> ScoreSheet | None:
    """The unit's sheet, if it has been opened. One query."""
    return ScoreSheet.objects.filter(year=year, unit=unit).select_related("version", "unit").first()


def desk_of(actor: Actor, year: ClusterYear, unit: Organisation) -> Desk:
    """The unit's sheet with what the actor may do. Two queries."""
    sheet = sheet_of(year, unit)
    if sheet is not None:
        sheet.year = year
    status = sheet.status if sheet else SheetStatus.DRAFTING
    scoring = year.stage == Stage.SELF_SCORING
    ranking = year.stage in (Stage.SELF_SCORING, Stage.CROSS_CHECKING) and may(WITHHOLD, actor, year)
    leads = scoring and may(SUBMIT, actor, year, unit.pk)
    version = sheet.version if sheet else published_version(year)
    fills_in = version is not None and status == SheetStatus.DRAFTING and may(SCORE, actor, year, unit.pk)
    return Desk(
        year=year,
        unit=unit,
        sheet=sheet,
        version=version,
        editable=scoring and fills_in,
        may_cite=fills_in and not year.has_reached(Stage.CROSS_CHECKING),
        may_submit=leads and sheet is not None and status == SheetStatus.DRAFTING,
        may_recall=leads and status == SheetStatus.SUBMITTED,
        may_return=scoring and status == SheetStatus.SUBMITTED and may(RETURN, actor, year),
        may_withhold=ranking and version is not None and status != SheetStatus.WITHHELD,
        may_readmit=ranking and status == SheetStatus.WITHHELD,
    )


def desk_result(desk: Desk) -> Result:
    """The sheet's result; that of an empty sheet, with what is cited already, when it has not been opened. At most four
    queries."""
    if desk.sheet is not None:
        return result_of(desk.sheet)
    table = table_of(desk.version)
    empty = rules.evaluate_unit(table, [])
    place = (desk.year.pk, desk.unit.pk)
    cited = counts_of([place]).get(place, {})
    key = (desk.version.digest, *sorted(f"{code}:{number}" for code, number in cited.items()))
    return Result(key, table, {}, {}, cited, empty, empty, completeness(table, empty, {}, {}, cited), {})


def who_submits(desk: Desk, result: Result, now: datetime) -> str | None:
    """Once everything is scored, who submits the sheet that this person filled in but may not submit: the names of the unit's
    leaders, empty when the post is vacant. None when there is nothing to say. One query at most."""
    if not desk.editable or desk.may_submit or not result.completeness.is_complete:
        return None
    leaders = leaders_of([desk.unit.pk], Role.UNIT_LEADER, now).get(desk.unit.pk, [])
    return ", ".join(dict.fromkeys(person.name for person in leaders))


def totals_of(result: Result) -> Totals:
    """What stands on top of the sheet."""
    lacks, claimed = result.completeness, result.claimed
    unproved = sum(claimed.values[code] for code in lacks.without_evidence)
    return Totals(
        total=number(claimed.total),
        maximum=number(claimed.maximum),
        missing=len(lacks.missing),
        unproved=len(lacks.without_evidence),
        unproved_points=number(unproved) if unproved else "0",
        warnings=len(claimed.warnings),
        percent=lacks.percent,
        lost=sum(number for code, number in result.evidence.items() if code not in result.table.by_code),
    )


def rows_of(
    result: Result,
    *,
    only: str = "",
    whole: str = "",
    kept: Mapping[str, Typed] | None = None,
    codes: Iterable[str] | None = None,
    beside: Beside = NOTHING,
) -> list[SheetRow]:
    """The rows of a sheet. `only` is a key of FILTERS (headings of what is shown stay), `whole` the code of a row to be granted
    points as a whole, `kept` what could not be saved, `codes` the rows wanted (all by default), `beside` what stands
    beside them."""
    levels = levels_of(result.table)
    marks = _Marks(result)
    wanted = None if codes is None else set(codes)
    rows = [
        _row(result, row, n, levels[row.code], marks, whole == row.code, (kept or {}).get(row.code), beside)
        for n, row in enumerate(result.table.criteria)
        if (wanted is None or row.code in wanted) and not is_frame(row, result.table)
    ]
    test = FILTERS.get(only, FILTERS[""])
    if not only or test is FILTERS[""]:
        return rows
    shown: set[str] = set()
    for row in rows:
        if test(row) or row.problem:
            shown.update(path_to(result.table, row.code))
    return [row for row in rows if row.code in shown]


def path_to(table: CriteriaTable, code: str) -> list[str]:
    """The code and those of its headings, up to the root: the rows whose figures change with it."""
    found = []
    while code != ROOT:
        found.append(code)
        code = table.by_code[code].parent
    return found


def is_frame(row: Criterion, table: CriteriaTable) -> bool:
    """A single root that only adds up its sections: its figures are the totals on top of the page."""
    return row.parent == ROOT and len(table.roots) == 1 and bool(table.parts(row.code))


def levels_of(table: CriteriaTable) -> dict[str, int]:
    """How deep each row stands, 1 to 5; below a single root its sections are level 1."""
    depth = {ROOT: 0}
    for row in table.top_down:
        depth[row.code] = depth[row.parent] + 1
    lift = 1 if len(table.roots) == 1 and table.parts(table.roots[0].code) else 0
    return {code: min(max(deep - lift, 1), 5) for code, deep in depth.items() if code != ROOT}


class _Marks:
    """Sets that every row asks."""

    def __init__(self, result: Result) -> None:
        lacks = result.completeness
        self.missing, self.unproved = frozenset(lacks.missing), frozenset(lacks.without_evidence)
        self.warnings: dict[str, list[rules.Reason]] = {}
        for warning in result.claimed.warnings:
            self.warnings.setdefault(warning.item, []).append(warning)
        self.unassigned = {row.code for code in result.claimed.unassigned for row in result.table.subtree(code)}
        self.lines = {code: line.as_rule() for code, line in result.lines.items()}
        self._filled: set[str] = set()
        for code, line in self.lines.items():
            if line.has_figures and code in result.table.by_code:
                self._filled.update(path_to(result.table, code)[1:])

    def scored_below(self, code: str) -> bool:
        """Whether any row below is filled in."""
        return code in self._filled


def _row(
    result: Result, row: Criterion, n: int, level: int, marks: _Marks, whole: bool, kept: Typed | None, beside: Beside
) -> SheetRow:
    table, line = result.table, result.lines.get(row.code)
    said = marks.lines.get(row.code)
    entry = Entry.POINTS if whole and may_be_granted_whole(row, table) else entry_of(row, table, said)
    assigned = row.code not in marks.unassigned
    value, reasons = _value(result, row, entry, said)
    return SheetRow(
        n=n,
        code=row.code,
        path=quote(row.code, safe=""),
        level=level,
        title=row.title,
        hint=row.rule_text,
        maximum=number(row.max_points) if row.max_points is not None and not row.is_gate else "",
        inputs=inputs_for(entry, row, table, said, kept.values if kept else None) if entry and assigned else (),
        said=figures_in_words(line) if line is not None and entry else "",
        value=value,
        why=tuple(reasons),
        reason=kept.reason if kept else line.reason if line else "",
        revision=kept.revision if kept else line.revision if line else 0,
        proofs=result.evidence.get(row.code, 0),
        counts_days=row.method is Method.LATENESS,
        missing=row.code in marks.missing,
        unproved=row.code in marks.unproved,
        warning=" ".join(warning_words(warning) for warning in marks.warnings.get(row.code, ())),
        whole=entry is not Entry.POINTS and may_be_granted_whole(row, table) and not marks.scored_below(row.code),
        assigned=assigned,
        is_gate=row.is_gate,
        problem=kept.problem if kept else "",
        by=kept.by if kept else "",
        clashes=kept.clashes if kept else (),
        before=beside.before.get(row.code, ""),
        news=beside.news.get(row.code, ""),
        mine=row.code in beside.mine,
    )


def _value(result: Result, row: Criterion, entry: Entry | None, line: rules.ScoreLine | None) -> tuple[str, list[str]]:
    """The computed value of a row with its reasons; nothing where it only repeats what was typed."""
    if row.is_gate or row.is_band:
        return "", []
    value = result.claimed.values[row.code]
    if entry is Entry.POINTS and (line is None or line.points is None or line.points == value):
        return "", []
    if entry is not None and line is None and not value:
        return "", []
    return number(value), why(result.table, result.claimed, row.code)


@lru_cache(maxsize=4)
def _labels(language: str | None) -> dict[str, str]:
    """What is written at each field, in the language that is on."""
    return {
        "points": _("Điểm"),
        "actual": pgettext("score sheet", "Thực hiện"),
        "target": _("Chỉ tiêu"),
        "count": _("Số lần"),
        "days_late": _("Ngày chậm"),
        "grade": _("Mức"),
        "passed": _("Kết quả"),
        "rank": _("Thứ hạng"),
    }


def inputs_for(
    entry: Entry, row: Criterion, table: CriteriaTable, line: rules.ScoreLine | None, kept: Mapping[str, str] | None = None
) -> tuple[Input, ...]:
    """The fields of a row with what stands in them: the line's figures, or what was typed (`kept`) exactly as it was."""
    found, labels = [], _labels(get_language())
    for name in COLUMNS_OF[entry]:
        value = kept.get(name, "") if kept is not None else _text(getattr(line, name)) if line else ""
        label = labels["rank" if entry is Entry.RANK else name]
        choices = options_of(entry, row, table)
        options = tuple((key, words, key == value) for key, words in choices) if choices else ()
        found.append(Input(name, label, value, options))
    return tuple(found)


def options_of(entry: Entry, row: Criterion, table: CriteriaTable) -> list[tuple[str, str]]:
    """The choices of a row that is chosen, not typed; empty for others."""
    if entry is Entry.BAND:
        bands = [(band.code, f"{band.title or band.code} ({number(band.max_points)})") for band in table.bands(row.code)]
        return [("", _("Chọn mức…")), *bands]
    if entry is Entry.GRADE:
        return [("", "…"), *((grade, grade) for grade, _share in row.grades)]
    if entry is Entry.PASSED:
        return [("", "…"), ("1", _("Đạt")), ("0", _("Không đạt"))]
    if entry is Entry.GATE:
        return [("", _("Không xảy ra")), ("0", _("Có xảy ra"))]
    return []


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    return value if isinstance(value, str) else typed(value)
