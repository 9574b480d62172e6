"""Taking tasks in from a table: first it is read and kept for a look, then all of its rows become tasks, or none."""

import hashlib
from dataclasses import replace
from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.timezone import localdate

from thidua.audit.actions import publish
from thidua.files.actions import check_upload
from thidua.files.inspection import Limits, sheets_of
from thidua.files.rules import MAX_BYTES, XLSX, megabytes
from thidua.kernel.actor import Actor
from thidua.kernel.errors import Refused
from thidua.kernel.text import fold
from thidua.programmes import events
from thidua.programmes.actions.documents import settle_document
from thidua.programmes.actions.progress import move_task
from thidua.programmes.actions.task_row import gate, lock_programme, next_position
from thidua.programmes.actions.tasks import place_task
from thidua.programmes.models import Programme, Task, TaskSheet
from thidua.programmes.queries.sheets import checked
from thidua.programmes.rules import sheet as rules
from thidua.programmes.rules.tasks import State

KEPT_UNUSED = 5
"""Tables a programme keeps without having imported them; older ones go."""


def read_sheet(*, programme: Programme, upload: UploadedFile, actor: Actor, now: datetime) -> TaskSheet:
    """Read an XLSX or CSV and keep its rows for a look; no task is made. It is read before the writing begins: others write
    meanwhile, however long that takes.

    Refuses what `files.check_upload` refuses (macros, bombs, too big), what `files.inspection.sheets_of`, `rules.table_of` and
    `rules.csv_rows` refuse, and a heading that is no column (programmes.sheet_stranger): its cells would be lost.
    """
    gate(programme, actor)
    table = _table_in(upload)
    if table.strangers:
        columns = list(rules.COLUMNS.values())
        raise Refused("programmes.sheet_stranger", field="upload", headings=table.strangers, columns=columns)
    checksum = hashlib.sha256()
    for chunk in upload.chunks():
        checksum.update(chunk)
    return _keep(programme, table, upload.name or "", checksum.hexdigest(), actor, now)


def _table_in(upload: UploadedFile) -> rules.Table:
    """By the content, never by the name."""
    if (upload.size or 0) > MAX_BYTES:
        raise Refused(
            "files.too_big", field="upload", name=upload.name, size=megabytes(upload.size), megabytes=MAX_BYTES // 2**20
        )
    content = upload.read(rules.MOST_CSV + 1)
    upload.seek(0)
    if not content.startswith(b"PK\x03\x04"):
        return rules.table_of([("", rules.csv_rows(content))])
    check_upload(upload=upload, kinds=(XLSX,))
    sheets = sheets_of(upload, Limits(most_rows=rules.MOST_LINES))
    return rules.table_of((sheet.name, sheet.rows) for sheet in sheets)


@transaction.atomic
def _keep(programme: Programme, table: rules.Table, name: str, sha256: str, actor: Actor, now: datetime) -> TaskSheet:
    locked = lock_programme(programme)
    by = gate(locked, actor)
    unused = TaskSheet.objects.filter(programme=locked, imported_at=None).order_by("-pk")
    TaskSheet.objects.filter(pk__in=list(unused.values_list("pk", flat=True)[KEPT_UNUSED - 1 :])).delete()
    rows = [{"row": row.number, "cells": dict(row.cells)} for row in table.rows]
    return TaskSheet.objects.create(
        programme=locked, name=name[-255:], sheet=table.sheet[:100], rows=rows, read_at=now, sha256=sha256,
        read_by_name=by.name[:300],
    )  # fmt: skip


@transaction.atomic
def import_sheet(*, sheet: TaskSheet, skip_known: bool = False, actor: Actor, now: datetime) -> int:
    """Make every row a task; how many were made. The rows are checked again against the programme as it is now.

    Refuses programmes.sheet_imported (a second time), .sheet_faulty, and rows whose title the programme has already
    (.sheet_known) unless they are to be left out.
    """
    programme = lock_programme(sheet.programme)
    by = gate(programme, actor)
    kept = TaskSheet.objects.select_for_update().get(pk=sheet.pk)
    if kept.imported_at is not None:
        raise Refused("programmes.sheet_imported", day=localdate(kept.imported_at))
    kept.programme = programme
    found = checked(kept, localdate(now))
    if found.faults:
        raise Refused("programmes.sheet_faulty", count=len(found.faults))
    if found.known and not skip_known:
        raise Refused("programmes.sheet_known", field="skip_known", count=len(found.known))
    wanted = [row for row in found.planned if not row.is_known]
    if not wanted:
        raise Refused("programmes.sheet_all_known")
    _make(programme, found, wanted, kept.name, by, now)
    kept.imported_at = now
    kept.save(update_fields=["imported_at"])
    settle_document(programme)
    fact = events.TasksImported(programme.year_id, programme.unit_id, programme.pk, len(wanted), kept.name, kept.sha256)
    publish(fact, by, now=now)
    return len(wanted)


def _make(programme: Programme, found: rules.Checked, wanted: list[rules.Planned], name: str, by: Actor, now: datetime) -> None:
    """Parents before their parts, each in the place of its row. A parent that was left out is the task of that title."""
    start, order = next_position(programme), [row.row for row in wanted]
    by_row: dict[int, Task] = {}
    titles = {row.row: row.draft.title for row in found.planned}
    for row in sorted(wanted, key=lambda planned: planned.parent_row is not None):
        draft = row.draft
        if row.parent_row is not None:
            parent = by_row.get(row.parent_row) or _there(programme, titles[row.parent_row])
            draft = replace(draft, parent_id=parent.pk)
        task = place_task(programme, draft, start + order.index(row.row), now=now)
        if row.state != State.PLANNED:
            move_task(task, row.state, reason=name, done_on=row.done_on, despite_needs=True, by=by, now=now, told=False)
        by_row[row.row] = task


def _there(programme: Programme, title: str) -> Task:
    found = Task.objects.filter(programme=programme, folded=fold(title), parent=None).first()
    if found is None:
        raise Refused("programmes.parent_unknown")
    return found
