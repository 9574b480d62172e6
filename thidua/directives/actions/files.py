"""Writes of a document's files. What a file says is read before the transaction: a parser may take half a minute."""

from dataclasses import dataclass
from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from thidua.audit.actions import publish
from thidua.clusters.models import ClusterYear
from thidua.directives import events
from thidua.directives.actions import desk
from thidua.directives.actions.texts import put_text
from thidua.directives.models import Directive, DirectiveFile, TextSource
from thidua.files.actions import check_upload, store_file, transaction_with_files
from thidua.files.inspection import Reading, read_text
from thidua.files.rules import EVIDENCE, SCANS
from thidua.kernel.actor import Actor
from thidua.kernel.errors import Absent, Refused

MOST_FILES = 20
"""Most files of one document: more belong in one scan."""


@dataclass(frozen=True, slots=True)
class Taken:
    """An upload that has passed its checks, and what could be read in it."""

    upload: UploadedFile
    reading: Reading
    note: str = ""


def take_in(upload: UploadedFile, note: str = "") -> Taken:
    """Check an upload and read its text. Refuses what `files.actions.check_upload` refuses; the limit is that of scans."""
    kind = check_upload(upload=upload, kinds=EVIDENCE, most=SCANS)
    return Taken(upload, read_text(upload, kind), note)


def attach_file(
    *, year: ClusterYear, directive: Directive, upload: UploadedFile, note: str = "", actor: Actor, now: datetime
) -> DirectiveFile:
    """Add a file to a document; its text becomes the document's where there is none yet.

    Refuses what `take_in` refuses, the same content twice (directives.same_file), a 21st file (directives.too_many_files).
    """
    desk.admitted(year, actor)
    return _attach(year, directive, take_in(upload, note), actor, now)


@transaction_with_files()
def _attach(year: ClusterYear, directive: Directive, taken: Taken, actor: Actor, now: datetime) -> DirectiveFile:
    locked, by = desk.opened(year, directive, actor)
    kept = keep(locked, taken, by, now)
    if taken.reading.text and not locked.text:
        put_text(locked, taken.reading.text, TextSource.EXTRACTED)
    locked.revision += 1
    locked.save()
    publish(events.DirectiveFileAttached(year.pk, locked.pk, locked.name, kept.file.name, kept.file.sha256), by, now=now)
    return kept


def keep(directive: Directive, taken: Taken, by: Actor, now: datetime) -> DirectiveFile:
    """Store a checked upload with its document, within the caller's `transaction_with_files`."""
    there = list(directive.files.select_related("file"))
    if len(there) >= MOST_FILES:
        raise Refused("directives.too_many_files", field="uploads", most=MOST_FILES)
    stored = store_file(upload=taken.upload, kinds=EVIDENCE, most=SCANS, actor=by, now=now)
    if any(other.file.sha256 == stored.sha256 for other in there):
        raise Refused("directives.same_file", field="uploads", name=stored.name)
    return DirectiveFile.objects.create(
        directive=directive, file=stored, note=" ".join(taken.note.split())[:300], missing=taken.reading.missing,
        added_at=now, added_by_name=by.name,
    )  # fmt: skip


@transaction.atomic
def remove_file(*, year: ClusterYear, directive: Directive, file_id: int, actor: Actor, now: datetime) -> None:
    """Take a file off a document. The text stays; the journal keeps the file's name and checksum. Absent when it is not there."""
    locked, by = desk.opened(year, directive, actor)
    entry = locked.files.select_related("file").filter(pk=file_id).first()
    if entry is None:
        raise Absent
    entry.delete()
    locked.revision += 1
    locked.save(update_fields=["revision"])
    publish(events.DirectiveFileRemoved(year.pk, locked.pk, locked.name, entry.file.name, entry.file.sha256), by, now=now)
