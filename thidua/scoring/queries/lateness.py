"""Days late for a criterion scored by them: what the register of reports knows, and what of it an officer may take over."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from thidua.clusters.models import ClusterYear
from thidua.kernel.text import fold
from thidua.people.models import Organisation
from thidua.reports.queries import lateness_of

ALL = "*"
"""In the address: the days of all reports together."""


@dataclass(frozen=True, slots=True)
class ReportDays:
    """How late one report came: `days` is 0 for one in time; `returned` is how often it was sent back."""

    title: str
    days: int
    returned: int
    url: str


@dataclass(frozen=True, slots=True)
class Taken:
    """Days late to be entered, and the words that say where they come from."""

    days: int
    reason: str


@dataclass(frozen=True, slots=True)
class ReportsLate:
    """The reports of a unit with their days late. A criterion may count them together or one of them: the table does not say
    which, so the officer chooses."""

    reports: list[ReportDays]

    @property
    def total(self) -> int:
        """Days late of all together."""
        return sum(report.days for report in self.reports)

    def take(self, which: str) -> Taken | None:
        """The days of one report (by its title) or of all (`ALL`); None for what is not there."""
        if which == ALL and self.reports:
            late = [report for report in self.reports if report.days]
            return Taken(self.total, "; ".join(map(_words, late)) or _("Các báo cáo đều gửi đúng hạn"))
        report = next((report for report in self.reports if report.title == which), None)
        return Taken(report.days, _words(report)) if report else None


def _words(report: ReportDays) -> str:
    """`Báo cáo quý I: 3 ngày`, whether or not the period's title begins with that word."""
    facts = {"period": report.title, "days": report.days}
    named = fold(report.title).startswith("bao cao")
    return (_("%(period)s: %(days)s ngày") if named else _("Báo cáo %(period)s: %(days)s ngày")) % facts


def reports_late(year: ClusterYear, unit: Organisation, today: date) -> ReportsLate:
    """The unit's reports that came or should have come by today. Two queries."""
    return ReportsLate([ReportDays(*each) for each in lateness_of(year, unit.pk, today)])
