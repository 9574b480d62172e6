"""Writing the items of a period or of a template."""

from collections.abc import Sequence

from thidua.clusters.models import ClusterYear
from thidua.kernel.errors import Refused
from thidua.reports.models import Entry, Item, PeriodItem, ReportPeriod
from thidua.reports.queries.sources import figure_kinds
from thidua.reports.rules.periods import ItemValue

INDICATOR = "programmes.indicator:"
"""Sources of this kind name an indicator that units keep in their programmes: a template may name one before a unit does."""


def check_sources(year: ClusterYear, items: Sequence[ItemValue]) -> None:
    """Refuses a source that no slice offers (reports.source_unknown). One query, if any item has a source."""
    named = [item.source for item in items if item.source and not item.source.startswith(INDICATOR)]
    known = figure_kinds(year) if named else {}
    for source in named:
        if source not in known:
            raise Refused("reports.source_unknown", source=source)


def create_items(owner: ReportPeriod, items: Sequence[ItemValue]) -> None:
    """The items of a new period."""
    PeriodItem.objects.bulk_create(fill_item(PeriodItem(period=owner), item, position) for position, item in enumerate(items, 1))


def fill_item(row: Item, item: ItemValue, position: int) -> Item:
    """The row with the values of the item."""
    row.position, row.kind, row.title, row.unit_of_measure = position, item.kind, item.title, item.unit_of_measure
    row.source, row.hint, row.required = item.source, item.hint, item.required
    return row


def replace_items(period: ReportPeriod, items: Sequence[ItemValue]) -> None:
    """Make the items of a period be these. Refuses to drop, or to change the kind of, one that a unit has written to
    (reports.item_in_use), and one that is not of the period (reports.item_unknown)."""
    there = {row.pk: row for row in period.items.all()}
    if any(item.pk is not None and item.pk not in there for item in items):
        raise Refused("reports.item_unknown")
    kept = {item.pk for item in items if item.pk is not None and there[item.pk].kind == item.kind}
    _drop([row for row in there.values() if row.pk not in kept])
    for position, item in enumerate(items, 1):
        row = there[item.pk] if item.pk in kept else PeriodItem(period=period)
        fill_item(row, item, position).save()


def _drop(rows: list[PeriodItem]) -> None:
    """Remove items with what thidua itself filled in for them."""
    entries = Entry.objects.filter(item__in=rows)
    typed = entries.exclude(edited_by_name="").select_related("item").first()
    if typed is not None:
        raise Refused("reports.item_in_use", title=typed.item.title)
    entries.delete()
    PeriodItem.objects.filter(pk__in=[row.pk for row in rows]).delete()
