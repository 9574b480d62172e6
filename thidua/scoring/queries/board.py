"""What scoring shows on the year's pages and in Việc của tôi, and what must be there before the year moves on."""

from collections.abc import Callable
from datetime import date, datetime

from django.db.models import Count, F, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from thidua.clusters.models import ClusterYear, Membership, StageDates
from thidua.clusters.queries import dates_of, members
from thidua.clusters.rules import Stage
from thidua.kernel.actor import Actor, Role
from thidua.kernel.ports import Cell, Column, Missing, Panel, Tab, Work
from thidua.scoring.access import UNIT_ROLES, may_see_ranking, reads_some_sheet, seen_units
from thidua.scoring.models import AppraiserAssignment, Judgement, ScoreSheet, SheetStatus, Verdict
from thidua.scoring.queries.overview import check_progress, is_late, is_past, progress
from thidua.scoring.queries.results import Result, results_of, sheets_of
from thidua.scoring.queries.standing import ranking

TOP = 3
"""Places shown on the year's page."""


def tabs(actor: Actor, year: ClusterYear) -> list[Tab]:
    """Tự chấm and Thẩm định for who has sheets to read, Xếp hạng for who may see it. No query but the year's members, read
    once, and for an appraiser the assignments."""
    found = []
    if reads_some_sheet(actor, year):
        found = [Tab("sheets", _("Tự chấm"), _address("sheets", year)), Tab("checks", _("Thẩm định"), _address("checks", year))]
    if may_see_ranking(actor, year):
        found.append(Tab("ranking", _("Xếp hạng"), _address("ranking", year)))
    return found


def pinned(actor: Actor, year: ClusterYear) -> dict[int, list[tuple[object, str]]]:
    """PINNED: how many sheets are scored with each version of the criteria; a link for who reads them. One query."""
    counted = ScoreSheet.objects.filter(year=year).order_by().values_list("version_id").annotate(count=Count("pk"))
    words = {version: ngettext("{n} phiếu tự chấm", "{n} phiếu tự chấm", n).format(n=n) for version, n in counted}
    url = _address("sheets", year) if seen_units(actor, year) else ""
    return {version: [(text, url)] for version, text in words.items()}


def columns(actor: Actor, year: ClusterYear) -> list[Column]:
    """How far each unit's sheet is, what lacks evidence and how far its check is, once self-scoring has begun. Six queries at
    most, two when nothing has changed. A unit's progress is for all members to see; the sheet itself only for those who may
    read it. Once the year is past self-scoring a file can no longer be added, so what lacks one is told, not urged."""
    if not year.has_reached(Stage.SELF_SCORING):
        return []
    sheets = _sheets(year)
    results = results_of(sheets.values(), sheets.values())
    dates, today = dates_of(year), timezone.localdate()
    late = is_late(year, _due(dates, Stage.SELF_SCORING), today)
    check_late = year.has_reached(Stage.CONFERENCE) or is_past(_due(dates, Stage.CROSS_CHECKING), today)
    lacks_evidence = "wait" if year.has_reached(Stage.CROSS_CHECKING) else "late"
    seen = seen_units(actor, year)
    scored, proved, checked = {}, {}, {}
    sheet_url, check_url = _addresses("sheet", year), _addresses("check", year)
    for unit in members(year):
        sheet = sheets.get(unit.pk)
        result = results.get(sheet.pk) if sheet else None
        url = sheet_url(unit.slug) if unit.pk in seen else ""
        state, text = progress(sheet, result, late=late)
        scored[unit.pk] = Cell(state, text, url)
        if result is not None and result.lines:
            lacking = len(result.completeness.without_evidence)
            cell_url = f"{url}?loc=minh-chung" if url and lacking else url
            proved[unit.pk] = Cell(lacks_evidence if lacking else "ok", str(lacking), cell_url)
        state, text = check_progress(sheet, result, late=check_late)
        opened = url and sheet is not None and sheet.status == SheetStatus.SUBMITTED
        checked[unit.pk] = Cell(state, text, check_url(unit.slug) if opened else "")
    return [Column(_("Tự chấm"), scored), Column(_("Thiếu minh chứng"), proved), Column(_("Thẩm định"), checked)]


def _sheets(year: ClusterYear) -> dict[int, ScoreSheet]:
    """The sheets that the year's page shows; read once for each object of the year, as the columns and the card both ask."""
    if "_board_sheets" not in year.__dict__:
        year.__dict__["_board_sheets"] = sheets_of(year)
    return year.__dict__["_board_sheets"]


def _due(dates: dict[str, StageDates], stage: Stage) -> date | None:
    return dates[stage].due_on if stage in dates else None


def panels(actor: Actor, year: ClusterYear) -> list[Panel]:
    """The first places, for who may see the ranking, once there are any."""
    if not year.has_reached(Stage.CROSS_CHECKING) or not may_see_ranking(actor, year):
        return []
    page = ranking(year, first=TOP, sheets=_sheets(year))
    if not page.rows:
        return []
    title = _("Xếp hạng tạm tính") if page.provisional else _("Xếp hạng")
    url = _address("ranking", year)
    rows = [(f"{row.rank}. {row.unit.short}", row.total, f"{url}?don-vi={row.unit.slug}") for row in page.rows[:TOP]]
    return [Panel(title, rows)]


def missing_sheets(year: ClusterYear) -> list[Missing]:
    """Before the cross-check every member has submitted, or is withheld by the head."""
    sheets = sheets_of(year)
    results = results_of(sheets.values(), sheets.values())
    found = []
    for unit in members(year):
        sheet = sheets.get(unit.pk)
        if sheet is None or sheet.status == SheetStatus.DRAFTING:
            percent = results[sheet.pk].completeness.percent if sheet else 0
            facts = {"unit": unit.name_vi, "percent": percent}
            found.append(Missing("scoring.sheet_missing", facts, _address("sheet", year, unit.slug)))
    return found


def missing_checks(year: ClusterYear) -> list[Missing]:
    """Before the conference every submitted sheet is checked. One query."""
    waiting = ScoreSheet.objects.filter(year=year, status=SheetStatus.SUBMITTED, checked_at=None).select_related("unit")
    return [
        Missing("scoring.check_missing", {"unit": sheet.unit.name_vi}, _address("check", year, sheet.unit.slug))
        for sheet in waiting.order_by("pk")
    ]


def work(actor: Actor, now: datetime) -> list[Work]:
    """What scoring waits for from this person, in all years. Ten queries at most; none for who has no part in it."""
    units = actor.organisations(*UNIT_ROLES)
    heads = actor.organisations(Role.HEAD_SECRETARY)
    appraises = actor.holds(Role.APPRAISER)
    if not (units or heads or appraises):
        return []
    dues = {
        (row.year_id, row.stage): row.due_on
        for row in StageDates.objects.filter(
            year__stage__in=(Stage.SELF_SCORING, Stage.CROSS_CHECKING), stage__in=(Stage.SELF_SCORING, Stage.CROSS_CHECKING)
        )
    }
    found = _work_of_units(actor, units, dues) if units else []
    found += _work_of_appraiser(actor, dues) if appraises else []
    return found + (_work_of_head(heads, dues) if heads else [])


Dues = dict[tuple[int, str], date | None]


def _work_of_units(actor: Actor, units: frozenset[int], dues: Dues) -> list[Work]:
    """Scoring what is missing, submitting, answering changes. Five queries."""
    places = Membership.objects.filter(
        organisation__in=units, year__stage__in=(Stage.SELF_SCORING, Stage.CROSS_CHECKING)
    ).select_related("year__cluster", "year__head", "organisation")
    pairs = [(place.year, place.organisation) for place in places.order_by("pk")]
    sheets = {
        (sheet.year_id, sheet.unit_id): sheet
        for sheet in ScoreSheet.objects.filter(year__in=[year for year, _unit in pairs]).select_related("version")
    }
    own = [sheets[key] for year, unit in pairs if (key := (year.pk, unit.pk)) in sheets]
    results = results_of(own, sheets.values())
    leads = actor.organisations(Role.UNIT_LEADER)
    found = []
    for year, unit in pairs:
        sheet = sheets.get((year.pk, unit.pk))
        result = results.get(sheet.pk) if sheet else None
        title, name = _unit_title(year, sheet, result, unit.pk in leads)
        if title:
            found.append(Work(title, f"{unit.short} · {year}", _address(name, year, unit.slug), dues.get((year.pk, year.stage))))
    return found


def _unit_title(year: ClusterYear, sheet: ScoreSheet | None, result: Result | None, leads: bool) -> tuple[str, str]:
    """What waits at one unit, and the page where it is done; empty for nothing. A change may be answered until the stage ends,
    also after its check is finished."""
    if year.stage == Stage.CROSS_CHECKING:
        changed = result.changed if result and sheet.status == SheetStatus.SUBMITTED else []
        if number := sum(not verdict.unit_answer for verdict in changed):
            words = ngettext("Xem và trả lời %(n)s thay đổi của thẩm định", "Xem và trả lời %(n)s thay đổi của thẩm định", number)
            return words % {"n": number}, "check"
        return "", ""
    if sheet is None:
        return _("Bắt đầu tự chấm"), "sheet"
    if sheet.status != SheetStatus.DRAFTING:
        return "", ""
    if number := len(result.completeness.missing):
        words = ngettext("Chấm %(n)s tiêu chí còn thiếu", "Chấm %(n)s tiêu chí còn thiếu", number)
        return words % {"n": number}, "sheet"
    if number := len(result.completeness.unexplained):
        words = ngettext("Nêu căn cứ cho %(n)s tiêu chí vượt mức", "Nêu căn cứ cho %(n)s tiêu chí vượt mức", number)
        return words % {"n": number}, "sheet"
    if number := len(result.completeness.unproved):
        words = ngettext("Thêm minh chứng bắt buộc cho %(n)s tiêu chí", "Thêm minh chứng bắt buộc cho %(n)s tiêu chí", number)
        return words % {"n": number}, "sheet"
    return (_("Nộp phiếu tự chấm"), "submit") if leads else ("", "")


def _work_of_appraiser(actor: Actor, dues: Dues) -> list[Work]:
    """Sheets given to the actor, or to whom lent the power, that are not checked yet, and
    the answers that came to those that are. Three queries."""
    lenders = {h.lender_id for h in actor.holdings if h.lender_id and Role.APPRAISER in h.roles}
    given = AppraiserAssignment.objects.filter(person__in={actor.person_id, *lenders}, year__stage=Stage.CROSS_CHECKING).exclude(
        unit__in=actor.organisations()
    )
    given = list(given.select_related("year__cluster", "unit"))
    open_sheets = Q(status=SheetStatus.SUBMITTED, checked_at=None, year__in=[assignment.year_id for assignment in given])
    waiting = set(ScoreSheet.objects.filter(open_sheets).values_list("year_id", "unit_id"))
    found = [
        Work(
            _("Thẩm định %(unit)s") % {"unit": a.unit.short}, a.year, _address("check", a.year, a.unit.slug),
            dues.get((a.year_id, Stage.CROSS_CHECKING)),
        )
        for a in given
        if (a.year_id, a.unit_id) in waiting
    ]  # fmt: skip
    own = {(a.year_id, a.unit_id) for a in given}
    late = late_answers().filter(sheet__year__in=[a.year_id for a in given], sheet__unit__in=[a.unit_id for a in given])
    return found + _work_of_answers([row for row in _by_sheet(late) if (row[0].year_id, row[0].unit_id) in own], dues)


def late_answers() -> QuerySet[Verdict]:
    """Answers of units to changes that came after the check was finished, while the cross-check still runs. Whoever finishes the
    check again, with or without another change, has heard them."""
    running = {"sheet__year__stage": Stage.CROSS_CHECKING, "sheet__status": SheetStatus.SUBMITTED}
    return Verdict.objects.filter(**running, judgement=Judgement.CHANGED, answered_at__gt=F("sheet__checked_at"))


def _by_sheet(answers: QuerySet[Verdict]) -> list[tuple[ScoreSheet, int]]:
    """Each sheet with the number of those answers. One query."""
    sheets = ScoreSheet.objects.filter(verdicts__in=answers).annotate(answers=Count("verdicts"))
    return [(sheet, sheet.answers) for sheet in sheets.select_related("year__cluster", "unit").order_by("pk")]


def _work_of_answers(answered: list[tuple[ScoreSheet, int]], dues: Dues) -> list[Work]:
    """Reading what units answered to a finished check. No query."""
    return [
        Work(
            ngettext("Xem %(n)s ý kiến của %(unit)s về thẩm định", "Xem %(n)s ý kiến của %(unit)s về thẩm định", number)
            % {"n": number, "unit": sheet.unit.short},
            sheet.year, _address("check", sheet.year, sheet.unit.slug), dues.get((sheet.year_id, Stage.CROSS_CHECKING)),
        )
        for sheet, number in answered
    ]  # fmt: skip


def _work_of_head(heads: frozenset[int], dues: Dues) -> list[Work]:
    """Units that nobody appraises yet, once self-scoring runs, but for those out of the ranking; and answers of units to a
    finished check: they hinder no stage, so the head is told of them here. Three queries."""
    stages = (Stage.SELF_SCORING, Stage.CROSS_CHECKING)
    places = Membership.objects.filter(year__head__in=heads, year__stage__in=stages).select_related("year__cluster")
    given = AppraiserAssignment.objects.filter(year__head__in=heads).values_list("year_id", "unit_id")
    withheld = ScoreSheet.objects.filter(year__head__in=heads, status=SheetStatus.WITHHELD).values_list("year_id", "unit_id")
    settled = set(given.order_by().union(withheld))
    bare: dict[ClusterYear, int] = {}
    for place in places.order_by("pk"):
        if (place.year_id, place.organisation_id) not in settled:
            bare[place.year] = bare.get(place.year, 0) + 1
    found = [
        Work(
            ngettext("Phân công thẩm định cho %(n)s đơn vị", "Phân công thẩm định cho %(n)s đơn vị", number) % {"n": number},
            year, _address("checks", year), dues.get((year.pk, Stage.SELF_SCORING)),
        )
        for year, number in bare.items()
    ]  # fmt: skip
    return found + _work_of_answers(_by_sheet(late_answers().filter(sheet__year__head__in=heads)), dues)


def _addresses(name: str, year: ClusterYear) -> Callable[[str], str]:
    """slug of a unit → its page of that name: one address is made, and the slug put in its place."""
    before, _gap, after = _address(name, year, "0-unit-0").rpartition("0-unit-0")
    return lambda slug: f"{before}{slug}{after}"


def _address(name: str, year: ClusterYear, *more: str) -> str:
    return reverse(f"scoring:{name}", args=[year.cluster.slug, year.year, *more])
