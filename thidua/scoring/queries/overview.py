"""Where each unit stands: the list of sheets, what one sheet lacks, and its sections."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from thidua.clusters.access import may
from thidua.clusters.models import ClusterYear
from thidua.clusters.queries import due_on, members
from thidua.clusters.rules import Stage
from thidua.criteria.rules import ROOT, CriteriaTable, Criterion
from thidua.kernel.actor import Actor
from thidua.people.models import Organisation
from thidua.scoring.access import WITHHOLD, own_units, seen_units
from thidua.scoring.models import ScoreSheet, SheetStatus
from thidua.scoring.queries.results import Result, results_of, sheets_of
from thidua.scoring.queries.words import change, number, warning_words


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """One unit in the list of sheets. `state` and `text` are those of a cell."""

    unit: Organisation
    sheet: ScoreSheet | None
    is_own: bool
    state: str
    text: str
    total: str
    percent: int
    unproved: int | None
    warnings: int


@dataclass(frozen=True, slots=True)
class SheetList:
    """The list of sheets that a person sees, how many are in, and how many are still waited for: not those out of the ranking."""

    entries: list[SheetEntry]
    submitted: int
    waiting: int
    due_on: date | None
    may_withhold: bool


def sheet_list(actor: Actor, year: ClusterYear, now: datetime) -> SheetList | None:
    """The units whose sheets the actor may read, in the order of the papers; None when there are none. Eight queries at most,
    however many units."""
    seen = seen_units(actor, year)
    if not seen:
        return None
    own = own_units(actor, year)
    sheets = sheets_of(year)
    results = results_of([sheet for unit, sheet in sheets.items() if unit in seen], sheets.values())
    due = due_on(year, Stage.SELF_SCORING)
    today = timezone.localtime(now).date()
    entries = [
        _entry(unit, sheets.get(unit.pk), results, unit.pk in own, due, today, year) for unit in members(year) if unit.pk in seen
    ]
    submitted = sum(entry.state == "ok" for entry in entries)
    may_withhold = year.stage in (Stage.SELF_SCORING, Stage.CROSS_CHECKING) and may(WITHHOLD, actor, year)
    withheld = sum(entry.sheet is not None and entry.sheet.status == SheetStatus.WITHHELD for entry in entries)
    return SheetList(entries, submitted, len(entries) - submitted - withheld, due, may_withhold)


def _entry(
    unit: Organisation,
    sheet: ScoreSheet | None,
    results: dict[int, Result],
    is_own: bool,
    due: date | None,
    today: date,
    year: ClusterYear,
) -> SheetEntry:
    result = results.get(sheet.pk) if sheet else None
    state, text = progress(sheet, result, late=is_late(year, due, today))
    return SheetEntry(
        unit=unit,
        sheet=sheet,
        is_own=is_own,
        state=state,
        text=text,
        total=number(result.claimed.total) if result and result.lines else "",
        percent=result.completeness.percent if result else 0,
        unproved=len(result.completeness.without_evidence) if result and result.lines else None,
        warnings=len(result.claimed.warnings) if result else 0,
    )


def is_late(year: ClusterYear, due: date | None, today: date) -> bool:
    """Whether self-scoring is overdue: its day is past, or the year has moved on."""
    return (is_past(due, today) and year.has_reached(Stage.SELF_SCORING)) or year.has_reached(Stage.CROSS_CHECKING)


def is_past(due: date | None, today: date) -> bool:
    """Whether the day by which something is due, if there is one, is over."""
    return due is not None and today > due


def progress(sheet: ScoreSheet | None, result: Result | None, *, late: bool) -> tuple[str, str]:
    """How far a sheet is, as state and words of a cell: `✓ nộp 05-11`, `◷ 71 %`, `! quá hạn, 71 %`, `– chưa bắt đầu`."""
    if sheet is not None and sheet.status == SheetStatus.WITHHELD:
        return "wait", _("không xếp hạng")
    if sheet is not None and sheet.status == SheetStatus.SUBMITTED:
        return "ok", _("nộp %(day)s") % {"day": short_day(sheet.submitted_at)}
    if result is None or not result.lines:
        return ("late", _("chưa bắt đầu, quá hạn")) if late else ("wait", _("chưa bắt đầu"))
    share = {"percent": result.completeness.percent}
    return ("late", _("quá hạn, %(percent)s %%") % share) if late else ("due", _("%(percent)s %%") % share)


def check_progress(sheet: ScoreSheet | None, result: Result | None, *, late: bool) -> tuple[str, str]:
    """How far the check of a sheet is, as state and words of a cell: `✓ xong 20-11`, `◷ 40 %`, `! quá hạn, 40 %`, `– chưa`."""
    if sheet is not None and sheet.status == SheetStatus.WITHHELD:
        return "wait", _("không xếp hạng")
    if sheet is None or result is None or sheet.status != SheetStatus.SUBMITTED:
        return "wait", _("chưa")
    if sheet.checked_at is not None:
        return "ok", _("xong %(day)s") % {"day": short_day(sheet.checked_at)}
    lines = result.judged + len(result.to_judge)
    share = {"percent": 100 * result.judged // lines if lines else 0}
    if late:
        return "late", _("quá hạn, %(percent)s %%") % share
    return ("due", _("%(percent)s %%") % share) if result.judged else ("wait", _("chưa"))


def short_day(moment: datetime) -> str:
    """`05-11`: the day in Vietnam."""
    return date_format(timezone.localtime(moment), "d-m")


@dataclass(frozen=True, slots=True)
class Lacking:
    """One row that a sheet's reader should look at: what it lacks, in words."""

    code: str
    title: str
    state: str
    text: str


def lacks_of(result: Result) -> list[Lacking]:
    """Everything the sheet lacks, what hinders its submission first."""
    lacks, titles = result.completeness, {row.code: row.title for row in result.table.criteria}
    found = [Lacking(code, titles[code], "late", _("chưa chấm")) for code in lacks.missing]
    found += [Lacking(code, titles[code], "late", _("vượt mức mà chưa nêu căn cứ")) for code in lacks.unexplained]
    found += [Lacking(code, titles[code], "late", _("bắt buộc có minh chứng mà chưa có")) for code in lacks.unproved]
    told = set(lacks.unexplained)
    found += [
        Lacking(warning.item, titles[warning.item], "due", warning_words(warning))
        for warning in result.claimed.warnings
        if warning.item not in told
    ]
    asked = [code for code in lacks.without_evidence if code not in lacks.unproved]
    return found + [Lacking(code, titles[code], "wait", _("chưa có minh chứng")) for code in asked]


@dataclass(frozen=True, slots=True)
class SectionSum:
    """One section of a table with its points; no maximum for what stands beside the sections."""

    code: str
    title: str
    claimed: str
    verified: str
    maximum: str


def sections(table: CriteriaTable) -> tuple[Criterion, ...]:
    """The rows that a bar is cut into: the parts of a single root, or else the roots themselves."""
    roots = table.parts("")
    return table.parts(roots[0].code) or roots if len(roots) == 1 else roots


def sections_of(result: Result) -> list[SectionSum]:
    """The sections of a sheet with their sums, then what is added to or taken from the whole, so that they make the total:
    bonuses and penalties that stand beside the sections, and what a cap of the whole leaves out. Those have no maximum."""
    table, claimed, verified = result.table, result.claimed, result.verified
    shown, beside = sections(table), []
    sums = [
        SectionSum(
            row.code,
            row.title,
            number(claimed.values[row.code]),
            number(verified.values[row.code]),
            number(claimed.maxima[row.code]),
        )
        for row in shown
    ]
    for row in beside_sections(table, shown):
        if claimed.values[row.code] or verified.values[row.code]:
            beside.append(row)
            sums.append(SectionSum(row.code, row.title, change(claimed.values[row.code]), change(verified.values[row.code]), ""))
    counted = (*shown, *beside)
    rest = claimed.total - sum(claimed.values[row.code] for row in counted)
    rest_verified = verified.total - sum(verified.values[row.code] for row in counted)
    if rest or rest_verified:
        sums.append(SectionSum("", _("Điều chỉnh theo giới hạn của bảng"), change(rest), change(rest_verified), ""))
    return sums


def beside_sections(table: CriteriaTable, shown: tuple[Criterion, ...]) -> list[Criterion]:
    """Bonuses and penalties that no section holds: those at the roots, and those of the single root that is cut into sections."""
    frames = {row.parent for row in shown} | {ROOT}
    return [row for frame in sorted(frames) for row in table.adjustments(frame)]
