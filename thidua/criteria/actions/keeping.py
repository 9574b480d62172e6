"""What every change of a draft does: lock, read the table, keep it whole in the draft's place, and leave a step to undo.

A draft's rows are never changed: each change writes the table anew, so the key of a version always means the same rows.
"""

from collections.abc import Sequence
from datetime import datetime

from thidua.clusters.models import ClusterYear
from thidua.criteria import rules
from thidua.criteria.models import CriteriaVersion, Criterion, DraftStep
from thidua.criteria.queries import draft_version, published_version, table_of
from thidua.criteria.rules.cells import digest, levels, rows_of, unkeepable, without_control_characters
from thidua.kernel.actor import Actor
from thidua.kernel.errors import Refused

MOST_ROWS = 2_000
"""Rows of one table: the largest real one has 147."""
MOST_STEPS = 100
"""Steps of one draft that can be taken back; older ones are let go."""


def lock_year(year_id: int) -> ClusterYear:
    """The year, locked: changes of its draft wait for one another."""
    return ClusterYear.objects.select_for_update(of=("self",)).select_related("cluster").get(pk=year_id)


def lock_draft(version: CriteriaVersion) -> CriteriaVersion:
    """The draft that was looked at, locked. Refuses criteria.draft_replaced and criteria.already_published."""
    found = CriteriaVersion.objects.select_for_update().filter(pk=version.pk).first()
    if found is None:
        raise Refused("criteria.draft_replaced")
    if not found.is_draft:
        raise Refused("criteria.already_published")
    return found


def checked_table(rows: Sequence[Sequence[str]]) -> rules.CriteriaTable:
    """The table of these cells, header first. Refuses criteria.too_many_rows, and any error with all of them
    (criteria.table_has_problems)."""
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


def keep_draft(
    year: ClusterYear, table: rules.CriteriaTable, title: str, source_name: str, *, told: str, by: Actor, now: datetime
) -> CriteriaVersion:
    """The table as the year's draft, in the place of the old one, and a step that says so in words (`told`). The year is
    locked."""
    before = before_of(draft_version(year))
    draft = put_draft(year, table, title, source_name, by=by, now=now)
    keep_step(year, before, told=told, after=draft.digest, by=by, now=now)
    return draft


def before_of(draft: CriteriaVersion | None) -> dict[str, object]:
    """What a step keeps of the draft that stood there: to be read before it is replaced or deleted."""
    if draft is None:
        return {"title": "", "source_name": "", "rows": None}
    return {"title": draft.title, "source_name": draft.source_name, "rows": rows_of(table_of(draft))}


def keep_step(year: ClusterYear, before: dict[str, object], *, told: str, after: str, by: Actor, now: datetime) -> None:
    """Keep what a change replaced. `after` is the digest of the draft that stands there now, empty for none."""
    DraftStep.objects.create(year=year, **before, told=told[:300], after=after, made_at=now, made_by_name=by.name)
    oldest = DraftStep.objects.filter(year=year).values_list("pk", flat=True)[MOST_STEPS - 1 : MOST_STEPS]
    for pk in oldest:
        DraftStep.objects.filter(year=year, pk__lt=pk).delete()


def put_draft(
    year: ClusterYear, table: rules.CriteriaTable, title: str, source_name: str, *, by: Actor, now: datetime
) -> CriteriaVersion:
    """The new draft with its rows, in the place of the old one, without a step. The year is locked."""
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
