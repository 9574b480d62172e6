"""Reads of the consolidated report: the figures of a period over its units, the practices to choose from, what was issued."""

import hashlib
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from thidua.clusters.models import ClusterYear
from thidua.clusters.queries import members
from thidua.clusters.rules import Stage
from thidua.kernel.actor import Actor, Role
from thidua.kernel.ports import Work
from thidua.people.models import Organisation
from thidua.reports.models import (
    ChosenPractice,
    Consolidated,
    Issue,
    PeriodItem,
    Practice,
    Report,
    ReportPeriod,
    ReportStatus,
)
from thidua.reports.queries.periods import figure_items, previous_period
from thidua.reports.queries.reports import WITH_THE_HEAD, entries_of
from thidua.reports.rules import summary as s
from thidua.reports.rules.content import digest
from thidua.reports.rules.totals import change_of, item_key, total_of

MOST_WORK = 10
"""Rows of *Việc của tôi* for consolidating."""

_STATES = {ReportStatus.RETURNED: s.RETURNED, ReportStatus.DRAFTING: s.DRAFTING}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A practice that may be told in the consolidated report. `key` names it in a form; `position` where it is told (None: it is
    not chosen); `gone`: chosen before, but no longer in a report that lies with the head."""

    key: str
    unit: Organisation
    title: str
    text: str
    position: int | None
    gone: bool = False

    @property
    def told(self) -> s.Told:
        """As the report tells it."""
        return s.Told(self.unit.pk, self.unit.name_vi, self.title, self.text)


def consolidated_of(period: ReportPeriod) -> Consolidated | None:
    """The head's draft, if it has been begun. One query."""
    return Consolidated.objects.filter(period=period).first()


def issues_of(period: ReportPeriod) -> list[Issue]:
    """What was issued, the newest first. One query."""
    return list(Issue.objects.filter(consolidated__period=period).order_by("-ordinal"))


def count_with_head(period: ReportPeriod) -> int:
    """How many units' reports lie with the head: submitted, or accepted. One query."""
    return Report.objects.filter(period=period, status__in=WITH_THE_HEAD).count()


def summary_of(period: ReportPeriod) -> s.Summary:
    """The figures of the period as they stand, beside those of the last one of its kind; no words yet. Seven queries."""
    units = _units(period)
    counted = [unit.pk for unit in units if unit.counted]
    last = previous_period(period)
    now, before = _figures(period), {_key(item): figures for item, figures in _figures(last)} if last else {}
    rows = []
    for item, given in now:
        figures = {unit: value for unit, value in given.items() if unit in counted}
        then = before.get(_key(item))
        rows.append(
            s.Row(
                title=item.title,
                unit_of_measure=item.unit_of_measure,
                figures=figures,
                total=total_of(figures, [unit.pk for unit in units], item.unit_of_measure),
                change=change_of(figures, then, item.unit_of_measure) if then else None,
                comparable=then is not None,
            )
        )
    return s.Summary(_value(period), _value(last) if last else None, tuple(units), tuple(rows))


def draft_of(consolidated: Consolidated, candidates: list[Candidate] | None = None) -> s.Summary:
    """The draft as it would be issued now. Nine queries; seven when the candidates are given."""
    held = candidates_of(consolidated) if candidates is None else candidates
    words = s.Words(consolidated.situation, consolidated.assessment, consolidated.directions, consolidated.signer)
    return replace(summary_of(consolidated.period), practices=chosen_in(held), words=words)


def fingerprint_of(summary: s.Summary) -> str:
    """By which whoever issues the report says which state of it was read."""
    return digest(s.to_plain(summary))


def chosen_in(candidates: list[Candidate]) -> tuple[s.Told, ...]:
    """The practices chosen, in their order."""
    chosen = [candidate for candidate in candidates if candidate.position is not None]
    return tuple(candidate.told for candidate in sorted(chosen, key=lambda c: c.position or 0))


def candidates_of(consolidated: Consolidated) -> list[Candidate]:
    """Practices in the reports that lie with the head, and those chosen before that are no longer there. Two queries."""
    chosen = {(row.unit_id, row.title): row for row in _chosen(consolidated)}
    offered = Practice.objects.filter(report__period=consolidated.period_id, report__status__in=WITH_THE_HEAD)
    found: dict[str, Candidate] = {}
    for row in offered.select_related("report__unit").order_by("report__unit__name_vi", "position", "pk"):
        before = chosen.pop((row.report.unit_id, row.title), None)
        made = Candidate(
            key_of(row.report.unit_id, row.title), row.report.unit, row.title, row.text, before.position if before else None
        )
        found.setdefault(made.key, made)
    for row in chosen.values():
        key = key_of(row.unit_id, row.title)
        found.setdefault(key, Candidate(key, row.unit, row.title, row.text, row.position, gone=True))
    return list(found.values())


def key_of(unit_id: int, title: str) -> str:
    """How a form names a practice: it stays the same when the unit writes its report anew."""
    return f"{unit_id}-{hashlib.sha256(title.encode()).hexdigest()[:12]}"


def late_comers(issued: s.Summary, period: ReportPeriod) -> list[s.UnitState]:
    """Units whose reports have come since the issue and are not in it. Two queries."""
    inside = {unit.pk for unit in issued.counted}
    return [unit for unit in _units(period) if unit.counted and unit.pk not in inside]


def consolidate_work(actor: Actor, now: datetime) -> list[Work]:
    """Periods whose due day has passed, with reports that lie with the head and no consolidated report in force; for those who
    run the year. One query."""
    heads, above = actor.organisations(Role.HEAD_SECRETARY), actor.organisations(Role.SUPERIOR_OFFICER)
    if not heads | above:
        return []
    mine = Q(year__head__in=heads) | Q(year__cluster__superior_body__in=above)
    in_force = Issue.objects.filter(consolidated__period=OuterRef("pk"), reopened_at=None)
    waiting = (
        ReportPeriod.objects.filter(mine, due_on__lt=localdate(now), reports__status__in=WITH_THE_HEAD)
        .exclude(year__stage=Stage.CLOSED)
        .annotate(issued=Subquery(in_force.values("pk")[:1]))
        .filter(issued=None)
        .select_related("year__cluster")
        .distinct()
        .order_by("due_on", "pk")
    )
    return [
        Work(format_lazy(_("Tổng hợp {period}"), period=period.title), period.year, address(period.year, period), period.due_on)
        for period in waiting[:MOST_WORK]
    ]


def address(year: ClusterYear, period: ReportPeriod) -> str:
    """Where the consolidated report of a period stands."""
    return reverse("reports:consolidated", args=[year.cluster.slug, year.year, period.pk])


def days_overdue(period: ReportPeriod, today: date) -> int:
    """Whole days since the due day; 0 until then."""
    return max((today - period.due_on).days, 0)


def _chosen(consolidated: Consolidated) -> list[ChosenPractice]:
    return list(ChosenPractice.objects.filter(consolidated=consolidated).select_related("unit"))


def _units(period: ReportPeriod) -> list[s.UnitState]:
    """The members in the order of the papers, then those that have left but whose reports came."""
    there = members(period.year)
    reports = {report.unit_id: report for report in Report.objects.filter(period=period).select_related("unit")}
    inside = {unit.pk for unit in there}
    left = [r.unit for r in reports.values() if r.unit_id not in inside and r.status in WITH_THE_HEAD]
    return [_unit(unit, reports.get(unit.pk), unit.pk in inside) for unit in [*there, *sorted(left, key=lambda u: u.order)]]


def _unit(unit: Organisation, report: Report | None, is_member: bool) -> s.UnitState:
    late = (report.days_late or 0) if report and report.status in WITH_THE_HEAD else 0
    came = s.LATE if late else s.IN_TIME
    state = s.NOTHING if report is None else _STATES.get(ReportStatus(report.status), came)
    return s.UnitState(unit.pk, unit.name_vi, unit.short, state, late, is_member)


def _figures(period: ReportPeriod) -> list[tuple[PeriodItem, dict[int, Decimal]]]:
    """The items that are numbers, each with its figures by unit."""
    given = entries_of(period)
    found = []
    for item in figure_items(period):
        entries = {unit: of_unit[item.pk] for unit, of_unit in given.items() if item.pk in of_unit}
        found.append((item, {unit: entry.figure for unit, entry in entries.items() if entry.figure is not None}))
    return found


def _key(item: PeriodItem) -> tuple[str, str]:
    return item_key(item.title, item.unit_of_measure, item.source)


def _value(period: ReportPeriod) -> s.Period:
    return s.Period(period.title, period.kind, period.starts_on, period.ends_on, period.due_on, period.signer)
