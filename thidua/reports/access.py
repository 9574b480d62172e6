"""Who may ask for reports, write, submit, send back and consolidate them, and who reads them.

A unit's report is read by the unit, by those who run the year or stand above it, by appraisers and auditors. The grid of who has
submitted and the consolidated report once issued are read by whoever sees the year.
"""

from django.utils.translation import gettext_lazy as _

from thidua.clusters.access import may, where_in
from thidua.clusters.models import ClusterYear
from thidua.kernel.actor import Actor, Power, Role
from thidua.kernel.errors import Absent
from thidua.people.access import require
from thidua.reports.models import Report, ReportPeriod

UNIT = (Role.UNIT_OFFICER, Role.UNIT_LEADER)
RUN = (Role.HEAD_SECRETARY, Role.SUPERIOR_OFFICER)
SET_PERIODS = Power("reports.set_periods", _("Đặt kỳ báo cáo và mẫu báo cáo"), RUN)
WRITE_REPORT = Power("reports.write", _("Soạn báo cáo của đơn vị mình"), UNIT)
SUBMIT_REPORT = Power("reports.submit", _("Nộp báo cáo thay mặt đơn vị mình"), (Role.UNIT_LEADER,))
RECEIVE_REPORT = Power("reports.receive", _("Tiếp nhận hoặc trả lại báo cáo của đơn vị"), RUN)
CONSOLIDATE = Power("reports.consolidate", _("Soạn, ban hành báo cáo tổng hợp"), RUN)
SEE_REPORT = Power(
    "reports.see", _("Xem báo cáo của đơn vị"), (*UNIT, *RUN, Role.APPRAISER, Role.AUDITOR)
)  # fmt: skip

POWERS = (SET_PERIODS, WRITE_REPORT, SUBMIT_REPORT, RECEIVE_REPORT, CONSOLIDATE, SEE_REPORT)


def require_may_set_periods(actor: Actor, year: ClusterYear) -> Actor:
    """The head's secretary, or an officer of the superior body."""
    return require(SET_PERIODS, actor, where_in(year))


def require_may_write(actor: Actor, year: ClusterYear, unit_id: int) -> Actor:
    """Officer or leader of the unit itself."""
    return require(WRITE_REPORT, actor, where_in(year, unit_id))


def require_may_submit(actor: Actor, year: ClusterYear, unit_id: int) -> Actor:
    """The leader of the unit, or whom the leader has lent the power."""
    return require(SUBMIT_REPORT, actor, where_in(year, unit_id))


def require_may_receive(actor: Actor, year: ClusterYear) -> Actor:
    """The same people as for the periods."""
    return require(RECEIVE_REPORT, actor, where_in(year))


def require_may_consolidate(actor: Actor, year: ClusterYear) -> Actor:
    """The same people as for the periods."""
    return require(CONSOLIDATE, actor, where_in(year))


def may_see_report(actor: Actor, year: ClusterYear, unit_id: int) -> bool:
    """Whether the actor reads the reports of the unit."""
    return may(SEE_REPORT, actor, year, unit_id)


def get_period(year: ClusterYear, period_id: int) -> ReportPeriod:
    """A period of the year, for whoever has been let into the year. Absent otherwise."""
    found = ReportPeriod.objects.filter(year=year, pk=period_id).first()
    if found is None:
        raise Absent
    return found


def get_report(actor: Actor, year: ClusterYear, period_id: int, unit_slug: str) -> Report:
    """A unit's report for those who may read it. Absent otherwise."""
    reports = Report.objects.select_related("period__year__cluster", "unit")
    found = reports.filter(period__year=year, period=period_id, unit__slug=unit_slug).first()
    if found is None or not may_see_report(actor, year, found.unit_id):
        raise Absent
    return found
