"""Reports that units have not submitted, for those who remind them."""

from collections import defaultdict
from datetime import date

from django.utils.translation import gettext_lazy as _

from thidua.clusters.access import member_ids
from thidua.clusters.models import ClusterYear
from thidua.kernel.ports import Owed
from thidua.reports.models import ReportPeriod, ReportStatus
from thidua.reports.queries.contributions import SOON
from thidua.reports.queries.reports import WITH_THE_HEAD


def owed(year: ClusterYear, today: date) -> list[Owed]:
    """The reports due within seven days or already, that a unit has not submitted or that were sent back, the first due first.
    What was sent back is owed whatever its day. Nothing while no such period is there. One query (members apart)."""
    periods = ReportPeriod.objects.filter(year=year).order_by("due_on", "pk")
    there: dict[tuple[int, str, date], dict[int | None, str]] = defaultdict(dict)
    for pk, title, due_on, unit, status in periods.values_list("pk", "title", "due_on", "reports__unit_id", "reports__status"):
        there[pk, title, due_on][unit] = status
    units, lines = member_ids(year), defaultdict(list)
    for (_pk, title, due_on), statuses in there.items():
        for unit in units:
            status = statuses.get(unit)
            returned = status == ReportStatus.RETURNED
            if returned or (due_on <= today + SOON and status not in WITH_THE_HEAD):
                lines[unit].append(_line(title, due_on, today, returned))
    return [Owed(_("Báo cáo chưa nộp"), "Chưa nộp {n} báo cáo:", "báo cáo chưa nộp", dict(lines))] if lines else []


def _line(title: str, due_on: date, today: date, returned: bool) -> str:
    """A line of an official letter: Vietnamese, the day with two figures each."""
    over = (today - due_on).days
    notes = [f"hạn {due_on:%d-%m-%Y}", *([f"quá {over} ngày"] if over > 0 else []), *(["bị trả lại để sửa"] if returned else [])]
    return f"{title} ({', '.join(notes)})"
