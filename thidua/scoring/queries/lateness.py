"""Days late for a criterion scored by them: what the register of reports knows, and what of it an officer may take over."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from thidua.clusters.models import ClusterYear
from thidua.kernel.text import fold
from thidua.people.models import Organisation
from thidua.reports.queries import Lateness, lateness_of

ALL = "*"
"""In the address: the days of all reports together."""


@dataclass(frozen=True, slots=True)
class Taken:
    """Days late to be entered, the words that say where they come from, and the reports that may be cited for them."""

    days: int
    reason: str
    reports: tuple[Lateness, ...]


@dataclass(frozen=True, slots=True)
class ReportsLate:
    """The reports of a unit with their days late. A criterion may count them together or one of them: the table does not say
    which, so the officer chooses."""

    reports: list[Lateness]

    @property
    def total(self) -> int:
        """Days late of all together."""
        return sum(report.days for report in self.reports)

    def take(self, which: str) -> Taken | None:
        """The days of one report (by its title) or of all (`ALL`); None for what is not there."""
        if which == ALL and self.reports:
            late = [report for report in self.reports if report.days]
            reason = "; ".join(map(_words, late)) or _("Các báo cáo đều gửi đúng hạn")
            return Taken(self.total, reason, _citable(late or self.reports))
        report = next((report for report in self.reports if report.title == which), None)
        return Taken(report.days, _words(report), _citable([report])) if report else None


def _citable(reports: list[Lateness]) -> tuple[Lateness, ...]:
    return tuple(report for report in reports if report.report is not None)


def _words(report: Lateness) -> str:
    """`Báo cáo quý I: 3 ngày`, whether or not the period's title begins with that word; and what it waits for now."""
    facts = {"period": report.title, "days": report.days}
    named = fold(report.title).startswith("bao cao")
    words = (_("%(period)s: %(days)s ngày") if named else _("Báo cáo %(period)s: %(days)s ngày")) % facts
    return f"{words} ({report.waits})" if report.waits else words


def reports_late(year: ClusterYear, unit: Organisation, today: date) -> ReportsLate:
    """The unit's reports that came or should have come by today. Two queries."""
    return ReportsLate(lateness_of(year, unit.pk, today))
