"""Writes of a cluster's templates."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from thidua.audit.actions import publish
from thidua.clusters.access import require_open
from thidua.clusters.models import ClusterYear
from thidua.kernel.actor import Actor
from thidua.kernel.errors import Absent, Refused
from thidua.reports import events
from thidua.reports.access import require_may_set_periods
from thidua.reports.actions.guard import lock_year
from thidua.reports.actions.items import check_sources, fill_item
from thidua.reports.models import Template, TemplateItem
from thidua.reports.rules.periods import ItemValue, check_items


@transaction.atomic
def save_template(
    *, year: ClusterYear, title: str, items: Sequence[ItemValue], template: Template | None = None, revision: int = 0,
    actor: Actor, now: datetime,
) -> Template:  # fmt: skip
    """Make a template of the cluster, or change one. Periods have copies of their own and stay as they are.

    Refuses reports.title_empty, reports.template_exists, reports.edited_meanwhile, and what `check_items` refuses.
    """
    by = require_may_set_periods(actor, year)
    require_open(year)
    lock_year(year)
    locked = Template(cluster=year.cluster, revision=0)
    if template is not None:
        locked = _lock(template)
        if revision != locked.revision:
            raise Refused("reports.edited_meanwhile")
    name, checked = " ".join(title.split()), check_items(items)
    check_sources(year, checked)
    if not name:
        raise Refused("reports.title_empty", field="title")
    if Template.objects.filter(cluster=year.cluster, title=name).exclude(pk=locked.pk).exists():
        raise Refused("reports.template_exists", field="title", title=name)
    locked.title, locked.revision = name, locked.revision + 1
    locked.save()
    locked.items.all().delete()
    TemplateItem.objects.bulk_create(
        fill_item(TemplateItem(template=locked), item, position) for position, item in enumerate(checked, 1)
    )
    publish(events.TemplateSaved(year.pk, locked.pk, name, len(checked)), by, now=now)
    return locked


@transaction.atomic
def remove_template(*, year: ClusterYear, template: Template, actor: Actor, now: datetime) -> None:
    """Remove a template; periods keep their copies. Absent when someone removed it a moment ago."""
    by = require_may_set_periods(actor, year)
    require_open(year)
    locked = _lock(template)
    fact = events.TemplateRemoved(year.pk, locked.title)
    locked.delete()
    publish(fact, by, now=now)


def _lock(template: Template) -> Template:
    found = Template.objects.select_for_update().filter(pk=template.pk).first()
    if found is None:
        raise Absent
    return found
