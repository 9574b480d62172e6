"""The grid unit × period: who has submitted, in time or late, and what is still to come."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from thidua.clusters.models import ClusterYear
from thidua.clusters.queries import members
from thidua.kernel.actor import Actor
from thidua.kernel.ports import Cell
from thidua.people.models import Organisation
from thidua.reports.access import may_see_report
from thidua.reports.models import Report, ReportPeriod
from thidua.reports.queries.periods import period_address, periods_of
from thidua.reports.queries.reports import late_words, report_address
from thidua.reports.rules.lateness import NEAR_DAYS, Standing, standing
from thidua.reports.rules.periods import short_title

STATES = ("missing", "to_receive", "returned", "late")
"""What the grid can be filtered by: past due and not there; submitted and not received; sent back; came late."""


@dataclass(frozen=True, slots=True)
class Head:
    """A column: the period, its short title and address, and how many of the units have submitted."""

    period: ReportPeriod
    title: str
    url: str
    came: int


@dataclass(frozen=True, slots=True)
class Row:
    """A unit with a cell for each period."""

    unit: Organisation
    mine: bool
    cells: list[Cell]


@dataclass(frozen=True, slots=True)
class Grid:
    """The grid; `units` counts all members, also those that a filter hides."""

    heads: list[Head]
    rows: list[Row]
    units: int


def grid(actor: Actor, year: ClusterYear, today: date, *, kind: str = "", state: str = "") -> Grid:
    """The grid for whoever sees the year; a cell leads to the report where the actor may read it. `kind` leaves periods of one
    kind, `state` (one of STATES) leaves units of which it is true somewhere. The period due last comes first: late in the year
    the first columns are those that matter. Two queries (members apart)."""
    periods, units = periods_of(year, kind)[::-1], members(year)
    reports = {
        (report.period_id, report.unit_id): report
        for report in Report.objects.filter(period__in=periods).only("period", "unit", "status", "days_late")
    }
    stands = {
        (period.pk, unit.pk): stand_of(period, reports.get((period.pk, unit.pk)), today) for period in periods for unit in units
    }
    came = {period.pk: sum(stands[period.pk, unit.pk].came for unit in units) for period in periods}
    heads = [
        Head(period, short_title(period.title, year.year), period_address("period", year, period.pk), came[period.pk])
        for period in periods
    ]
    shown = [unit for unit in units if not state or any(_is(state, stands[period.pk, unit.pk]) for period in periods)]
    return Grid(heads, [_row(actor, year, unit, periods, stands) for unit in shown], len(units))


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit at one period, with its report if it has been opened."""

    unit: Organisation
    mine: bool
    stand: Standing
    cell: Cell
    report: Report | None


def rows_of(actor: Actor, period: ReportPeriod, today: date) -> list[UnitRow]:
    """How each member unit stands at one period. One query (members apart)."""
    reports = {report.unit_id: report for report in Report.objects.filter(period=period)}
    own, found = actor.organisations(), []
    for unit in members(period.year):
        report = reports.get(unit.pk)
        stand = stand_of(period, report, today)
        leads = may_see_report(actor, period.year, unit.pk) and (unit.pk in own or report is not None)
        url = report_address("report", period.year, period.pk, unit.slug) if leads else ""
        cell = Cell(stand.state, words_of(stand, period.due_on, period.year.year), url)
        found.append(UnitRow(unit, unit.pk in own, stand, cell, report))
    return found


def stand_of(period: ReportPeriod, report: Report | None, today: date) -> Standing:
    """How a unit with that report (None: not opened) stands at the period."""
    return standing(report.status if report else "", report.days_late if report else None, period.due_on, today)


def words_of(stand: Standing, due_on: date, year: int) -> str:
    """A standing in words: "đúng hạn", "chậm 2 ngày", "bị trả lại", "trễ 9 ngày", "còn 3 ngày", "hạn 05-12", and with its
    year a day that is not in the page's `year`: "hạn 10-01-2022"."""
    if stand.kind == "submitted":
        return _("%(late)s, chờ nhận") % {"late": late_words(stand.days)}
    if stand.kind == "accepted":
        return late_words(stand.days)
    if stand.kind == "returned":
        return _("bị trả lại")
    if stand.days > 0:
        return ngettext("chưa nộp, trễ %(days)d ngày", "chưa nộp, trễ %(days)d ngày", stand.days) % {"days": stand.days}
    if stand.days == 0:
        return _("hạn hôm nay")
    if -stand.days <= NEAR_DAYS:
        return ngettext("còn %(days)d ngày", "còn %(days)d ngày", -stand.days) % {"days": -stand.days}
    return _("hạn %(day)s") % {"day": date_format(due_on, "d-m" if due_on.year == year else "d-m-Y")}


def _row(
    actor: Actor, year: ClusterYear, unit: Organisation, periods: list[ReportPeriod], stands: dict[tuple[int, int], Standing]
) -> Row:
    may_see, own = may_see_report(actor, year, unit.pk), unit.pk in actor.organisations()
    cells = []
    for period in periods:
        stand = stands[period.pk, unit.pk]
        leads = may_see and (own or stand.kind != "absent")
        url = report_address("report", year, period.pk, unit.slug) if leads else ""
        cells.append(Cell(stand.state, words_of(stand, period.due_on, year.year), url))
    return Row(unit, own, cells)


def _is(state: str, stand: Standing) -> bool:
    return {
        "missing": not stand.came and stand.kind != "returned" and stand.days > 0,
        "to_receive": stand.kind == "submitted",
        "returned": stand.kind == "returned",
        "late": stand.came and stand.days > 0,
    }.get(state, True)


def table_of(found: Grid) -> Iterator[list[object]]:
    """The grid as rows of a workbook: the unit and the words of its cells; last the counts."""
    for row in found.rows:
        yield [row.unit.name_vi, *(cell.text for cell in row.cells)]
    yield [_("Đã nộp"), *(f"{head.came}/{found.units}" for head in found.heads)]
