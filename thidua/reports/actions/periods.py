"""Writes of periods and templates: what the head asks of every unit, and by when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import get_default_timezone

from thidua.audit.actions import publish
from thidua.clusters.access import require_open
from thidua.clusters.models import ClusterYear
from thidua.kernel.actor import Actor
from thidua.kernel.errors import Refused
from thidua.reports import events
from thidua.reports.access import require_may_set_periods
from thidua.reports.actions.guard import lock_period, lock_year
from thidua.reports.actions.items import check_sources, create_items, replace_items
from thidua.reports.models import Consolidated, Report, ReportPeriod
from thidua.reports.queries.periods import is_fixed, is_in_use
from thidua.reports.rules.lateness import days_late
from thidua.reports.rules.periods import DueRule, ItemValue, check_days, check_items, check_reason, check_rule, proposals


@dataclass(frozen=True, slots=True)
class PeriodValue:
    """A period as it is typed."""

    title: str
    starts_on: date
    ends_on: date
    due_on: date
    signer: str
    instructions: str = ""


@transaction.atomic
def set_period(
    *, year: ClusterYear, kind: str, value: PeriodValue, items: Sequence[ItemValue], actor: Actor, now: datetime
) -> ReportPeriod:
    """Ask every unit for a report. Refuses what `check_days` and `check_items` refuse, a title that the year has already
    (reports.period_exists), and an empty title or signer (reports.title_empty, reports.signer_empty)."""
    locked = lock_year(year)
    by = require_may_set_periods(actor, locked)
    require_open(locked)
    checked = check_items(items)
    check_sources(locked, checked)
    period = _create(locked, kind, value, checked)
    publish(events.PeriodSet(locked.pk, period.pk, period.title, period.due_on), by, now=now)
    return period


@transaction.atomic
def lay_out_year(
    *, year: ClusterYear, kind: str, due: DueRule, signer: str, instructions: str, items: Sequence[ItemValue],
    actor: Actor, now: datetime,
) -> list[ReportPeriod]:  # fmt: skip
    """Set every month or quarter of the year that is not there yet, each due as the rule says. Refuses reports.year_laid_out
    when none is missing, reports.due_rule, and what `set_period` refuses."""
    locked = lock_year(year)
    by = require_may_set_periods(actor, locked)
    require_open(locked)
    check_rule(due)
    there = set(ReportPeriod.objects.filter(year=locked).values_list("title", flat=True))
    missing = [proposed for proposed in proposals(kind, locked.year) if proposed.title not in there]
    if not missing:
        raise Refused("reports.year_laid_out", field="kind")
    checked, made = check_items(items), []
    check_sources(locked, checked)
    for proposed in missing:
        span = proposed.span
        value = PeriodValue(proposed.title, span.starts_on, span.ends_on, due.day_after(span.ends_on), signer, instructions)
        made.append(_create(locked, kind, value, checked))
    publish(events.YearLaidOut(locked.pk, kind, tuple(period.title for period in made)), by, now=now)
    return made


@transaction.atomic
def edit_period(*, period: ReportPeriod, value: PeriodValue, reason: str, revision: int, actor: Actor, now: datetime) -> None:
    """Change a period. Another due day needs a reason of ten letters (reports.reason_too_short).

    Once a report has been submitted the span stays (reports.items_fixed) and the due day only moves back (reports.due_earlier):
    days late are then reckoned anew from the new day, while each submission keeps those it was recorded with.
    Refuses reports.edited_meanwhile and what `set_period` refuses.
    """
    locked = lock_period(period)
    by = require_may_set_periods(actor, locked.year)
    require_open(locked.year)
    lock_year(locked.year)
    if revision != locked.revision:
        raise Refused("reports.edited_meanwhile")
    fixed, old_due = is_fixed(locked), locked.due_on
    if fixed and (value.starts_on, value.ends_on) != (locked.starts_on, locked.ends_on):
        raise Refused("reports.items_fixed", field="starts_on")
    if fixed and value.due_on < old_due:
        raise Refused("reports.due_earlier", field="due_on", day=old_due)
    why = check_reason(reason) if value.due_on != old_due else ""
    _fill(locked, value)
    locked.revision += 1
    locked.save()
    if why:
        _reckon_lateness(locked)
        publish(events.DueDayMoved(locked.year_id, locked.pk, locked.title, old_due, locked.due_on, why), by, now=now)
    publish(events.PeriodChanged(locked.year_id, locked.pk, locked.title), by, now=now)


@transaction.atomic
def set_items(*, period: ReportPeriod, items: Sequence[ItemValue], revision: int, actor: Actor, now: datetime) -> None:
    """Say what the reports of a period hold. An item with `pk` changes that one, so that what units have begun stays.

    Refuses once a report has been submitted (reports.items_fixed), reports.edited_meanwhile, an item that a unit has written
    to being dropped or made another kind (reports.item_in_use), and what `check_items` refuses.
    """
    locked = lock_period(period)
    by = require_may_set_periods(actor, locked.year)
    require_open(locked.year)
    if revision != locked.revision:
        raise Refused("reports.edited_meanwhile")
    if is_fixed(locked):
        raise Refused("reports.items_fixed")
    checked = check_items(items)
    check_sources(locked.year, checked)
    replace_items(locked, checked)
    locked.revision += 1
    locked.save(update_fields=["revision"])
    publish(events.ItemsSet(locked.year_id, locked.pk, locked.title, len(checked)), by, now=now)


@transaction.atomic
def remove_period(*, period: ReportPeriod, actor: Actor, now: datetime) -> None:
    """Take back a period that no unit has opened (reports.period_in_use) and the head has not consolidated
    (reports.period_consolidated)."""
    locked = lock_period(period)
    by = require_may_set_periods(actor, locked.year)
    require_open(locked.year)
    if is_in_use(locked):
        raise Refused("reports.period_in_use")
    if Consolidated.objects.filter(period=locked).exists():
        raise Refused("reports.period_consolidated")
    fact = events.PeriodRemoved(locked.year_id, locked.title)
    locked.delete()
    publish(fact, by, now=now)


def _create(year: ClusterYear, kind: str, value: PeriodValue, items: Sequence[ItemValue]) -> ReportPeriod:
    period = ReportPeriod(year=year, kind=kind)
    _fill(period, value)
    period.save()
    create_items(period, items)
    return period


def _fill(period: ReportPeriod, value: PeriodValue) -> None:
    """Put checked values into the period."""
    title, signer = " ".join(value.title.split()), " ".join(value.signer.split())
    if not title:
        raise Refused("reports.title_empty", field="title")
    if not signer:
        raise Refused("reports.signer_empty", field="signer")
    check_days(period.year.year, value.starts_on, value.ends_on, value.due_on)
    if ReportPeriod.objects.filter(year=period.year, title=title).exclude(pk=period.pk).exists():
        raise Refused("reports.period_exists", field="title", title=title)
    period.title, period.signer, period.instructions = title, signer, value.instructions.strip()
    period.starts_on, period.ends_on, period.due_on = value.starts_on, value.ends_on, value.due_on


def _reckon_lateness(period: ReportPeriod) -> None:
    for report in Report.objects.filter(period=period, first_submitted_at__isnull=False):
        report.days_late = days_late(report.first_submitted_at, period.due_on, get_default_timezone())
        report.save(update_fields=["days_late"])
