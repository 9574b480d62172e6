"""Reads of periods and templates."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse

from thidua.clusters.models import ClusterYear
from thidua.reports.models import Item, ItemKind, PeriodItem, Report, ReportPeriod, Template
from thidua.reports.rules.periods import COUNTS, ItemValue, proposals

SUBMITTED = Q(first_submitted_at__isnull=False)


def periods_of(year: ClusterYear, kind: str = "") -> list[ReportPeriod]:
    """The year's periods by the day they are due; of one kind if named. One query."""
    found = ReportPeriod.objects.filter(year=year).order_by("due_on", "pk")
    return list(found.filter(kind=kind) if kind else found)


def previous_period(period: ReportPeriod) -> ReportPeriod | None:
    """The period of the same kind that ended last before this one starts, in this year of the cluster or an earlier one.
    One query."""
    found = ReportPeriod.objects.filter(year__cluster__years=period.year_id, kind=period.kind, ends_on__lt=period.starts_on)
    return found.select_related("year__cluster").order_by("-ends_on", "-pk").first()


def items_of(period: ReportPeriod) -> list[PeriodItem]:
    """The items in their order. One query; read once for each object of the period."""
    if "_items" not in period.__dict__:
        period.__dict__["_items"] = list(period.items.all())
    return list(period.__dict__["_items"])


def is_fixed(period: ReportPeriod) -> bool:
    """Whether a report of the period has been submitted, after which span and items stay. One query."""
    return Report.objects.filter(SUBMITTED, period=period).exists()


def is_in_use(period: ReportPeriod) -> bool:
    """Whether a unit has opened its report. One query."""
    return Report.objects.filter(period=period).exists()


def values_of(items: list[Item] | list[PeriodItem], *, keep: bool = False) -> list[ItemValue]:
    """Items as values; with their keys if they are to be changed and not copied (`keep`)."""
    return [
        ItemValue(item.kind, item.title, item.unit_of_measure, item.source, item.required, item.hint, item.pk if keep else None)
        for item in items
    ]


def templates_of(year: ClusterYear) -> list[Template]:
    """The cluster's templates with the count of their items. One query."""
    return list(Template.objects.filter(cluster=year.cluster_id).annotate(count=Count("items")))


@dataclass(frozen=True, slots=True)
class Choice:
    """A period that may be set next: `key` is "month:3"."""

    key: str
    title: str


def choices_of(year: ClusterYear) -> list[Choice]:
    """The months, quarters, half year and year that have no period yet. One query."""
    there = set(ReportPeriod.objects.filter(year=year).values_list("title", flat=True))
    return [
        Choice(f"{kind}:{number}", proposed.title)
        for kind in COUNTS
        for number, proposed in enumerate(proposals(kind, year.year), 1)
        if proposed.title not in there
    ]


def next_choice(choices: list[Choice], today: date) -> str:
    """The month before today's if it still lacks a period, else the first choice; "" when there is none: what a head who opens
    the form most likely wants."""
    keys = [choice.key for choice in choices]
    month = f"month:{max(1, today.month - 1)}"
    return month if month in keys else next(iter(keys), "")


def figure_items(period: ReportPeriod) -> list[PeriodItem]:
    """The items that are numbers, in their order. One query."""
    return [item for item in items_of(period) if item.kind == ItemKind.FIGURE]


def period_address(name: str, year: ClusterYear, period_id: int, *more: object) -> str:
    """The address of a page of a period."""
    return reverse(f"reports:{name}", args=[year.cluster.slug, year.year, period_id, *more])


def has_template(year: ClusterYear, title: str) -> bool:
    """Whether the cluster has a template of that title. One query."""
    return Template.objects.filter(cluster=year.cluster_id, title=title).exists()


def with_reports(year: ClusterYear) -> list[ReportPeriod]:
    """The periods, each saying whether a unit has opened its report (`used`). One query."""
    opened = Report.objects.filter(period=OuterRef("pk"))
    return list(ReportPeriod.objects.filter(year=year).annotate(used=Exists(opened)).order_by("due_on", "pk"))
