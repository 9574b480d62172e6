"""What every write to reports begins with: the row locked, the year open, the unit still a member."""

from thidua.clusters.access import member_ids, require_open
from thidua.clusters.models import ClusterYear
from thidua.kernel.errors import Absent, Refused
from thidua.people.models import Organisation
from thidua.reports.models import Report, ReportPeriod


def lock_year(year: ClusterYear) -> ClusterYear:
    """The year's row, locked: titles of its periods and of the cluster's templates are given one at a time."""
    return ClusterYear.objects.select_for_update(of=("self",)).select_related("cluster", "head").get(pk=year.pk)


def lock_period(period: ReportPeriod) -> ReportPeriod:
    """The period's row, locked, with its year. Absent when someone took it back a moment ago."""
    periods = ReportPeriod.objects.select_for_update(of=("self",)).select_related("year__cluster", "year__head")
    found = periods.filter(pk=period.pk).first()
    if found is None:
        raise Absent
    return found


def lock_report(report: Report, *, with_period: bool = False) -> Report:
    """The report's row, locked (with its period's, whose items and due day then stay), with year and unit.

    Refuses a unit that has left (reports.unit_left) and a closed year.
    """
    locking = Report.objects.select_for_update(of=("self", "period") if with_period else ("self",))
    locked = locking.select_related("period__year__cluster", "period__year__head", "unit").get(pk=report.pk)
    require_member(locked.period.year, locked.unit)
    require_open(locked.period.year)
    return locked


def require_member(year: ClusterYear, unit: Organisation) -> None:
    """Refuses reports.unit_left."""
    if unit.pk not in member_ids(year):
        raise Refused("reports.unit_left", unit=unit.name_vi)


def require_editable(report: Report) -> None:
    """Refuses reports.not_editable while the report lies with the head."""
    if not report.is_editable:
        raise Refused("reports.not_editable")
