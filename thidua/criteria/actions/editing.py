"""Writes of a draft row by row. Each makes the table anew by an edit of `rules.editing` and leaves a step to undo.

A draft being edited may contradict itself, so that points can be moved from one heading to another in two steps; what
contradicts is told on the page, and publishing refuses it. Two people may edit at once: an edit speaks of rows by their code,
and `stamp` (`stamp_of` the rows it is about) refuses only what someone else has changed meanwhile (criteria.row_changed).
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from enum import StrEnum

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from thidua.audit.actions import publish
from thidua.clusters.access import require_open
from thidua.clusters.models import ClusterYear
from thidua.criteria import events
from thidua.criteria.access import require_may_import
from thidua.criteria.actions.keeping import MOST_ROWS, keep_draft, lock_year
from thidua.criteria.models import CriteriaVersion
from thidua.criteria.queries import draft_version, published_version, table_of
from thidua.criteria.rules import CriteriaTable, Criterion, Kind, parse_criteria
from thidua.criteria.rules import editing as edits
from thidua.criteria.rules.cells import digest, unkeepable, without_control_characters
from thidua.kernel.actor import Actor
from thidua.kernel.errors import Refused


class Start(StrEnum):
    """What a draft begins with."""

    IN_FORCE = "published"
    EMPTY = "empty"


def stamp_of(table: CriteriaTable, code: str, *, with_below: bool = False) -> str:
    """What an edit of a row says it has looked at: the digest of the row, to delete it with all below it; empty where it is
    gone."""
    if code not in table.by_code:
        return ""
    return digest(table.subtree(code) if with_below else [table.by_code[code]])


@transaction.atomic
def start_draft(*, year: ClusterYear, start: Start, title: str, actor: Actor, now: datetime) -> CriteriaVersion:
    """Begin a draft with the criteria in force, or with one heading. Refuses where there is a draft (criteria.draft_there) or
    nothing in force to begin with (criteria.not_published), and an empty title (criteria.title_empty)."""
    locked = lock_year(year.pk)
    by = require_may_import(actor, locked)
    require_open(locked)
    if draft_version(locked) is not None:
        raise Refused("criteria.draft_there")
    if not title.strip():
        raise Refused("criteria.title_empty", field="title")
    if start is Start.EMPTY:
        root = Criterion(code="TONG", title=_("Tổng điểm của bảng"), kind=Kind.POINTS, unit="điểm")
        table, told = CriteriaTable.of([root]), _("Bắt đầu từ bảng trống")
    else:
        source = published_version(locked)
        if source is None:
            raise Refused("criteria.not_published")
        table, told = table_of(source), _("Bắt đầu từ bản {number} đang áp dụng").format(number=source.number)
    draft = keep_draft(locked, table, title.strip(), "", told=told, by=by, now=now)
    publish(events.CriteriaEdited(locked.pk, draft.pk, told, len(table.criteria), draft.digest), by, now=now)
    return draft


@transaction.atomic
def add_row(
    *, year: ClusterYear, cells: Mapping[str, str], target: str, place: edits.Place, actor: Actor, now: datetime
) -> CriteriaVersion:
    """Add a row to the draft beside or in another (`target` empty: at the end of the root). Refuses criteria.code_used,
    criteria.code_empty, criteria.row_gone, criteria.too_many_rows, and cells that cannot be read or kept, at their column."""
    told = _("Thêm dòng {code}").format(code=cells["code"].strip())
    return _edit(
        year,
        lambda before: (told, edits.added(edits.cells_in_order(before), _clean(cells), target=target, place=place)),
        actor,
        now,
    )


@transaction.atomic
def change_row(
    *, year: ClusterYear, code: str, stamp: str, cells: Mapping[str, str], actor: Actor, now: datetime
) -> CriteriaVersion:
    """Give a row of the draft these cells; columns left out stay as they are. Nothing to change leaves no step. Refuses as
    `add_row`, and a row that someone else has changed since it was looked at (criteria.row_changed)."""

    def edit(before: CriteriaTable) -> tuple[str, edits.Rows]:
        _require_same(before, code, stamp, with_below=False)
        return _("Sửa dòng {code}").format(code=code), edits.changed(edits.cells_in_order(before), code, _clean(cells))

    return _edit(year, edit, actor, now)


@transaction.atomic
def move_row(*, year: ClusterYear, code: str, target: str, place: edits.Place, actor: Actor, now: datetime) -> CriteriaVersion:
    """Move a row with all below it before, after or into another. Refuses criteria.move_impossible, criteria.row_gone."""
    told = _("Chuyển dòng {code}").format(code=code)
    return _edit(
        year, lambda before: (told, edits.moved(edits.cells_in_order(before), code, target=target, place=place)), actor, now
    )


@transaction.atomic
def shift_row(*, year: ClusterYear, code: str, shift: edits.Shift, actor: Actor, now: datetime) -> CriteriaVersion:
    """Move a row one step: up, down, in or out. Refuses criteria.move_impossible at the ends, criteria.row_gone."""
    told = _("Chuyển dòng {code}").format(code=code)
    return _edit(year, lambda before: (told, edits.shifted(edits.cells_in_order(before), code, shift)), actor, now)


@transaction.atomic
def delete_row(*, year: ClusterYear, code: str, stamp: str, actor: Actor, now: datetime) -> CriteriaVersion:
    """Delete a row with all below it. Refuses when any of them has changed since (criteria.row_changed), and the last row of
    the table (criteria.last_row)."""

    def edit(before: CriteriaTable) -> tuple[str, edits.Rows]:
        _require_same(before, code, stamp, with_below=True)
        return _told_deleted(len(before.subtree(code)) - 1, code), edits.deleted(edits.cells_in_order(before), code)

    return _edit(year, edit, actor, now)


@transaction.atomic
def renumber_rows(*, year: ClusterYear, code: str, actor: Actor, now: datetime) -> CriteriaVersion:
    """Count the codes below a row anew. Refuses criteria.code_used where a row elsewhere has one of them."""
    told = _("Đánh số lại các mục con của {code}").format(code=code)
    return _edit(year, lambda before: (told, edits.renumbered(edits.cells_in_order(before), code)), actor, now)


def _told_deleted(below: int, code: str) -> str:
    if not below:
        return _("Xóa dòng {code}").format(code=code)
    pattern = ngettext("Xóa dòng {code} và {count} dòng bên dưới", "Xóa dòng {code} và {count} dòng bên dưới", below)
    return pattern.format(code=code, count=below)


def _edit(
    year: ClusterYear, edit: Callable[[CriteriaTable], tuple[str, edits.Rows]], actor: Actor, now: datetime
) -> CriteriaVersion:
    """The draft after an edit, which answers with its words and the rows after it. What changes nothing leaves no trace."""
    locked = lock_year(year.pk)
    by = require_may_import(actor, locked)
    require_open(locked)
    draft = draft_version(locked)
    if draft is None:
        raise Refused("criteria.no_draft")
    told, rows = edit(table_of(draft))
    table = _parsed(rows)
    if digest(table.criteria) == draft.digest:
        return draft
    after = keep_draft(locked, table, draft.title, draft.source_name, told=told, by=by, now=now)
    publish(events.CriteriaEdited(locked.pk, after.pk, told, len(table.criteria), after.digest), by, now=now)
    return after


def _require_same(table: CriteriaTable, code: str, stamp: str, *, with_below: bool) -> None:
    found = stamp_of(table, code, with_below=with_below)
    if not found:
        raise Refused("criteria.row_gone", item=code)
    if found != stamp:
        raise Refused("criteria.row_changed", item=code)


def _parsed(rows: edits.Rows) -> CriteriaTable:
    """The table of the rows, whatever contradicts itself in it. Refuses what makes no tree or cannot be kept, at its column."""
    if len(rows) > MOST_ROWS:
        raise Refused("criteria.too_many_rows", limit=MOST_ROWS)
    parsed = parse_criteria(rows)
    wrong = next(iter(unkeepable(parsed.table) if parsed.table else parsed.errors), None)
    if wrong is not None or parsed.table is None:
        problem = wrong or parsed.problems[0]
        raise Refused(problem.code, **{**problem.facts, "field": problem.column or ""})
    return parsed.table


def _clean(cells: Mapping[str, str]) -> dict[str, str]:
    return {name: without_control_characters(text).strip() for name, text in cells.items()}
