"""Writes of a draft as a whole: take a table in, throw it away, carry it over into the next year, take a change back."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from thidua.audit.actions import publish
from thidua.clusters.access import require_open
from thidua.clusters.models import ClusterYear
from thidua.criteria import events, rules
from thidua.criteria.access import require_may_import
from thidua.criteria.actions.keeping import before_of, checked_table, keep_draft, keep_step, lock_draft, lock_year, put_draft
from thidua.criteria.models import CriteriaVersion, DraftStep
from thidua.criteria.queries import draft_version, published_version, table_of
from thidua.kernel.actor import Actor
from thidua.kernel.errors import Refused


@transaction.atomic
def import_table(
    *, year: ClusterYear, rows: Sequence[Sequence[str]], title: str, source_name: str = "", actor: Actor, now: datetime
) -> CriteriaVersion:
    """Take a table in as the year's draft, in the place of the draft that was there; `undo_draft` brings that one back.

    `rows` are cells as text, header first, as `papers.read_table` and `csv.reader` give them. All or nothing: a table with
    any error, such as sums that contradict their headings, is refused (criteria.table_has_problems) with the fact
    `problems`: every `rules.Problem` with its row and column. Also refuses criteria.title_empty, criteria.too_many_rows
    and a closed year (clusters.year_closed).
    """
    locked = lock_year(year.pk)
    by = require_may_import(actor, locked)
    require_open(locked)
    if not title.strip():
        raise Refused("criteria.title_empty", field="title")
    table = checked_table(rows)
    told = _("Nhập bảng “{title}”").format(title=title.strip())
    draft = keep_draft(locked, table, title.strip(), source_name, told=told, by=by, now=now)
    facts = (draft.number, draft.title, draft.source_name, len(table.criteria), draft.digest)
    publish(events.CriteriaImported(locked.pk, draft.pk, *facts), by, now=now)
    return draft


@transaction.atomic
def discard_draft(*, version: CriteriaVersion, actor: Actor, now: datetime) -> None:
    """Throw a draft away; `undo_draft` brings it back. Refuses a published version (criteria.already_published) and a
    draft that is not there any more (criteria.draft_replaced)."""
    locked = lock_year(version.year_id)
    by = require_may_import(actor, locked)
    require_open(locked)
    draft = lock_draft(version)
    publish(events.CriteriaDiscarded(locked.pk, draft.number, draft.title), by, now=now)
    before = before_of(draft)
    draft.delete()
    keep_step(locked, before, told=_("Bỏ dự thảo “{title}”").format(title=draft.title), after="", by=by, now=now)


@transaction.atomic
def carry_over(*, year_id: int, previous_year_id: int, actor: Actor, now: datetime) -> CriteriaVersion | None:
    """Give a year that follows another the other's criteria in force as its draft; None when there are none.

    Part of opening the year, so whoever opened it has passed that gate and is not asked again.
    """
    year, previous = lock_year(year_id), ClusterYear.objects.get(pk=previous_year_id)
    source = published_version(previous)
    if source is None or draft_version(year) is not None:
        return None
    table = table_of(source)
    title = source.title.replace(str(previous.year), str(year.year))
    named = _("Chép từ bản {number} năm {year}").format(number=source.number, year=previous.year)
    draft = keep_draft(year, table, title, named, told=named, by=actor, now=now)
    publish(events.CriteriaCarriedOver(year.pk, draft.pk, source.pk, len(table.criteria), draft.digest), actor, now=now)
    return draft


@transaction.atomic
def undo_draft(*, year: ClusterYear, step: int, actor: Actor, now: datetime) -> CriteriaVersion | None:
    """Take the newest change of the draft back: what stood before it stands again, or nothing where there was no draft.

    `step` is the key of the change that was looked at. Refuses criteria.nothing_to_undo, a change that is not the newest
    any more (criteria.draft_replaced), and a draft that is not what the change left (criteria.undo_stale).
    """
    locked = lock_year(year.pk)
    by = require_may_import(actor, locked)
    require_open(locked)
    newest = DraftStep.objects.select_for_update().filter(year=locked).first()
    if newest is None:
        raise Refused("criteria.nothing_to_undo")
    if newest.pk != step:
        raise Refused("criteria.draft_replaced")
    draft = draft_version(locked)
    before = rules.parse_criteria(newest.rows).table if newest.rows is not None else None
    if (draft.digest if draft else "") != newest.after or (newest.rows is not None and before is None):
        raise Refused("criteria.undo_stale")
    restored = None
    if before is not None:
        restored = put_draft(locked, before, newest.title, newest.source_name, by=by, now=now)
    elif draft is not None:
        draft.delete()
    newest.delete()
    publish(events.CriteriaChangeUndone(locked.pk, newest.told, restored.digest if restored else ""), by, now=now)
    return restored
