"""Writes of criteria: take in a draft, publish it as a version that stays, throw it away, carry it over into the next year."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from thidua.audit.actions import publish
from thidua.clusters.access import require_open
from thidua.clusters.models import ClusterYear
from thidua.clusters.rules import REASON_LENGTH, Stage
from thidua.criteria import events, rules
from thidua.criteria.access import require_may_import, require_may_publish
from thidua.criteria.models import CriteriaVersion, Criterion
from thidua.criteria.queries import draft_version, published_version, table_of
from thidua.criteria.rules.cells import digest, levels, unkeepable, without_control_characters
from thidua.kernel.actor import Actor
from thidua.kernel.errors import Refused

MOST_ROWS = 2_000
"""Rows of one table: the largest real one has 147."""


@transaction.atomic
def import_table(
    *, year: ClusterYear, rows: Sequence[Sequence[str]], title: str, source_name: str = "", actor: Actor, now: datetime
) -> CriteriaVersion:
    """Take a table in as the year's draft, in the place of the draft that was there.

    `rows` are cells as text, header first, as `papers.read_table` and `csv.reader` give them. All or nothing: a table with
    any error, such as sums that contradict their headings, is refused (criteria.table_has_problems) with the fact
    `problems`: every `rules.Problem` with its row and column. Also refuses criteria.title_empty, criteria.too_many_rows
    and a closed year (clusters.year_closed).
    """
    locked = _lock(year)
    by = require_may_import(actor, locked)
    require_open(locked)
    if not title.strip():
        raise Refused("criteria.title_empty", field="title")
    table = _checked(rows)
    draft = _keep_draft(locked, table, title.strip(), source_name, by, now)
    facts = (draft.number, draft.title, draft.source_name, len(table.criteria), draft.digest)
    publish(events.CriteriaImported(locked.pk, draft.pk, *facts), by, now=now)
    return draft


@transaction.atomic
def publish_version(*, version: CriteriaVersion, decision: str, reason: str = "", actor: Actor, now: datetime) -> CriteriaVersion:
    """Publish a draft: from now on it is the criteria in force, and no action changes it. `decision` says what adopts it.

    Past the preparation of the year this corrects criteria that a pledge rests on, so it needs a `reason`
    (criteria.reason_too_short). Refuses a draft that has been replaced meanwhile (criteria.draft_replaced): what was looked
    at is what is published. Also criteria.already_published, criteria.decision_empty, clusters.year_closed.
    """
    locked = _lock(version.year)
    by = require_may_publish(actor, locked)
    require_open(locked)
    draft = _lock_draft(version)
    if not decision.strip():
        raise Refused("criteria.decision_empty", field="decision")
    if locked.stage != Stage.PREPARING and len(reason.strip()) < REASON_LENGTH:
        raise Refused("criteria.reason_too_short", field="reason", letters=REASON_LENGTH)
    draft.decision, draft.reason = decision.strip(), reason.strip()
    draft.published_at, draft.published_by_name = now, by.name
    draft.save(update_fields=["decision", "reason", "published_at", "published_by_name"])
    facts = (draft.number, draft.title, draft.decision, draft.reason, draft.digest)
    publish(events.CriteriaPublished(locked.pk, draft.pk, *facts), by, now=now)
    return draft


@transaction.atomic
def discard_draft(*, version: CriteriaVersion, actor: Actor, now: datetime) -> None:
    """Throw a draft away with its rows. Refuses a published version (criteria.already_published) and a draft that is not
    there any more (criteria.draft_replaced)."""
    locked = _lock(version.year)
    by = require_may_import(actor, locked)
    require_open(locked)
    draft = _lock_draft(version)
    publish(events.CriteriaDiscarded(locked.pk, draft.number, draft.title), by, now=now)
    draft.delete()


@transaction.atomic
def carry_over(*, year_id: int, previous_year_id: int, actor: Actor, now: datetime) -> CriteriaVersion | None:
    """Give a year that follows another the other's criteria in force as its draft; None when there are none.

    Part of opening the year, so whoever opened it has passed that gate and is not asked again.
    """
    year, previous = _lock_by_key(year_id), ClusterYear.objects.get(pk=previous_year_id)
    source = published_version(previous)
    if source is None or draft_version(year) is not None:
        return None
    table = table_of(source)
    title = source.title.replace(str(previous.year), str(year.year))
    named = _("Chép từ bản {number} năm {year}").format(number=source.number, year=previous.year)
    draft = _keep_draft(year, table, title, named, actor, now)
    publish(events.CriteriaCarriedOver(year.pk, draft.pk, source.pk, len(table.criteria), draft.digest), actor, now=now)
    return draft


def _checked(rows: Sequence[Sequence[str]]) -> rules.CriteriaTable:
    if len(rows) > MOST_ROWS + 1:
        raise Refused("criteria.too_many_rows", limit=MOST_ROWS, field="table")
    parsed = rules.parse_criteria([[without_control_characters(cell) for cell in row] for row in rows])
    problems = [*parsed.errors, *(unkeepable(parsed.table) if parsed.table else ())]
    if parsed.table is None and not problems:  # nothing but blank rows
        problems = [rules.Problem("criteria.empty_table")]
    if problems or parsed.table is None:
        in_order = tuple(sorted(problems, key=lambda problem: problem.row or 0))
        raise Refused("criteria.table_has_problems", count=len(problems), problems=in_order, field="table")
    return parsed.table


def _keep_draft(
    year: ClusterYear, table: rules.CriteriaTable, title: str, source_name: str, by: Actor, now: datetime
) -> CriteriaVersion:
    """The new draft with its rows, in the place of the old one. The year is locked."""
    CriteriaVersion.objects.filter(year=year, published_at__isnull=True).delete()
    newest = published_version(year)
    draft = CriteriaVersion.objects.create(
        year=year,
        number=newest.number + 1 if newest else 1,
        title=title[:300],
        source_name=source_name[-255:],
        imported_at=now,
        imported_by_name=by.name,
        digest=digest(table.criteria),
    )
    depth = levels(table)
    Criterion.objects.bulk_create(
        _row(draft, position, depth[row.code], row) for position, row in enumerate(table.criteria, start=1)
    )
    return draft


def _row(version: CriteriaVersion, position: int, level: int, row: rules.Criterion) -> Criterion:
    return Criterion(
        version=version,
        position=position,
        level=level,
        code=row.code,
        parent_code=row.parent,
        title_vi=row.title,
        max_points=row.max_points,
        kind=row.kind.value,
        rule_text_vi=row.rule_text,
        unit=row.unit,
        source_url=row.source_url,
        method=row.method.value,
        is_band=row.is_band,
        per_case=row.per_case,
        cap=row.cap,
        over_rate=row.over_rate,
        over_cap=row.over_cap,
        adjust_cap=row.adjust_cap,
        bonus_cap=row.bonus_cap,
        penalty_cap=row.penalty_cap,
        floor=row.floor,
        evidence=row.evidence.value,
        assessor=row.assessor,
        not_assigned=list(row.not_assigned),
        grades=[[grade, str(fraction)] for grade, fraction in row.grades],
        pool=[str(points) for points in row.pool],
    )


def _lock(year: ClusterYear) -> ClusterYear:
    return _lock_by_key(year.pk)


def _lock_by_key(year_id: int) -> ClusterYear:
    return ClusterYear.objects.select_for_update(of=("self",)).select_related("cluster").get(pk=year_id)


def _lock_draft(version: CriteriaVersion) -> CriteriaVersion:
    found = CriteriaVersion.objects.select_for_update().filter(pk=version.pk).first()
    if found is None:
        raise Refused("criteria.draft_replaced")
    if not found.is_draft:
        raise Refused("criteria.already_published")
    return found
