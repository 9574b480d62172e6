"""What scoring shows on the year's pages and in Việc của tôi, and what must be there before the year moves on."""

from datetime import date, datetime

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from thidua.clusters.models import ClusterYear, Membership, StageDates
from thidua.clusters.queries import due_on, members
from thidua.clusters.rules import Stage
from thidua.kernel.actor import Actor, Role
from thidua.kernel.ports import Cell, Column, Missing, Panel, Tab, Work
from thidua.scoring.access import UNIT_ROLES, may_see_ranking, seen_units
from thidua.scoring.models import AppraiserAssignment, ScoreSheet, SheetStatus
from thidua.scoring.queries.overview import is_late, progress
from thidua.scoring.queries.results import Result, results_of, sheets_of
from thidua.scoring.queries.standing import ranking

TOP = 3
"""Places shown on the year's page."""


def tabs(actor: Actor, year: ClusterYear) -> list[Tab]:
    """Tự chấm and Thẩm định for who has sheets to read, Xếp hạng for who may see it. No query but the year's members, read
    once, and for an appraiser the assignments."""
    found = []
    if seen_units(actor, year):
        found = [Tab("sheets", _("Tự chấm"), _address("sheets", year)), Tab("checks", _("Thẩm định"), _address("checks", year))]
    if may_see_ranking(actor, year):
        found.append(Tab("ranking", _("Xếp hạng"), _address("ranking", year)))
    return found


def columns(actor: Actor, year: ClusterYear) -> list[Column]:
    """How far each unit's sheet is and what lacks evidence, once self-scoring has begun. Six queries at most, two when nothing
    has changed. A unit's progress is for all members to see; the sheet itself only for those who may read it."""
    if not year.has_reached(Stage.SELF_SCORING):
        return []
    sheets = sheets_of(year)
    results = results_of(sheets.values(), sheets.values())
    late = is_late(year, due_on(year, Stage.SELF_SCORING), timezone.localdate())
    seen = seen_units(actor, year)
    scored, proved = {}, {}
    for unit in members(year):
        sheet = sheets.get(unit.pk)
        result = results.get(sheet.pk) if sheet else None
        url = _address("sheet", year, unit.slug) if unit.pk in seen else ""
        state, text = progress(sheet, result, late=late)
        scored[unit.pk] = Cell(state, text, url)
        if result is not None and result.lines:
            lacking = len(result.completeness.without_evidence)
            proved[unit.pk] = Cell("late" if lacking else "ok", str(lacking), f"{url}?loc=minh-chung" if url and lacking else url)
    return [Column(_("Tự chấm"), scored), Column(_("Thiếu minh chứng"), proved)]


def panels(actor: Actor, year: ClusterYear) -> list[Panel]:
    """The first places, for who may see the ranking, once there are any."""
    if not year.has_reached(Stage.CROSS_CHECKING) or not may_see_ranking(actor, year):
        return []
    page = ranking(year)
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
    """What scoring waits for from this person, in all years. Seven queries at most; none for who has no part in it."""
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
    """What waits at one unit, and the page where it is done; empty for nothing."""
    if year.stage == Stage.CROSS_CHECKING:
        unanswered = [v for v in result.changed if not v.unit_answer] if result and sheet.status == SheetStatus.SUBMITTED else []
        if unanswered and sheet.checked_at is None:
            return _("Xem và trả lời %(n)s thay đổi của thẩm định") % {"n": len(unanswered)}, "check"
        return "", ""
    if sheet is None:
        return _("Bắt đầu tự chấm"), "sheet"
    if sheet.status != SheetStatus.DRAFTING:
        return "", ""
    if result.completeness.missing:
        return _("Chấm %(n)s tiêu chí còn thiếu") % {"n": len(result.completeness.missing)}, "sheet"
    if result.completeness.unexplained:
        return _("Nêu căn cứ cho %(n)s tiêu chí vượt mức") % {"n": len(result.completeness.unexplained)}, "sheet"
    return (_("Nộp phiếu tự chấm"), "submit") if leads else ("", "")


def _work_of_appraiser(actor: Actor, dues: Dues) -> list[Work]:
    """Sheets given to the actor, or to whom lent the power, that are not checked yet. Two queries."""
    lenders = {h.lender_id for h in actor.holdings if h.lender_id and Role.APPRAISER in h.roles}
    given = AppraiserAssignment.objects.filter(person__in={actor.person_id, *lenders}, year__stage=Stage.CROSS_CHECKING).exclude(
        unit__in=actor.organisations()
    )
    given = list(given.select_related("year__cluster", "unit"))
    open_sheets = Q(status=SheetStatus.SUBMITTED, checked_at=None, year__in=[assignment.year_id for assignment in given])
    waiting = set(ScoreSheet.objects.filter(open_sheets).values_list("year_id", "unit_id"))
    return [
        Work(
            _("Thẩm định %(unit)s") % {"unit": a.unit.short}, a.year, _address("check", a.year, a.unit.slug),
            dues.get((a.year_id, Stage.CROSS_CHECKING)),
        )
        for a in given
        if (a.year_id, a.unit_id) in waiting
    ]  # fmt: skip


def _work_of_head(heads: frozenset[int], dues: Dues) -> list[Work]:
    """Units that nobody appraises yet, once self-scoring runs. Two queries."""
    stages = (Stage.SELF_SCORING, Stage.CROSS_CHECKING)
    places = Membership.objects.filter(year__head__in=heads, year__stage__in=stages).select_related("year__cluster")
    given = set(AppraiserAssignment.objects.filter(year__head__in=heads).values_list("year_id", "unit_id"))
    bare: dict[ClusterYear, int] = {}
    for place in places.order_by("pk"):
        if (place.year_id, place.organisation_id) not in given:
            bare[place.year] = bare.get(place.year, 0) + 1
    return [
        Work(
            _("Phân công thẩm định cho %(n)s đơn vị") % {"n": number}, year, _address("checks", year),
            dues.get((year.pk, Stage.SELF_SCORING)),
        )
        for year, number in bare.items()
    ]  # fmt: skip


def _address(name: str, year: ClusterYear, *more: str) -> str:
    return reverse(f"scoring:{name}", args=[year.cluster.slug, year.year, *more])
