"""Taking a file in."""

import hashlib
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from thidua.files import inspection
from thidua.files.models import StoredFile
from thidua.files.rules import EVIDENCE, MAX_BYTES, Kind, extension, megabytes, names
from thidua.kernel.actor import Actor
from thidua.kernel.errors import Refused

_stored: ContextVar[list[StoredFile] | None] = ContextVar("stored within the transaction", default=None)


@contextmanager
def transaction_with_files() -> Iterator[None]:
    """A transaction for an action that stores files: when it is rolled back, for whatever reason, the content that was stored
    within it leaves the disk as its row leaves the table. As a decorator: `@transaction_with_files()`."""
    outer, here = _stored.get(), list[StoredFile]()
    before = _stored.set(here)
    try:
        with transaction.atomic():
            yield
    except BaseException:
        for kept in here:
            kept.content.delete(save=False)
        raise
    finally:
        _stored.reset(before)
    if outer is not None:
        outer.extend(here)


def check_upload(*, upload: UploadedFile, kinds: tuple[Kind, ...] = EVIDENCE, most: int = MAX_BYTES) -> Kind:
    """What an upload is by its content, for one who wants to work on it before it is kept. Leaves it at its start. `most`: the
    limit in bytes.

    Refuses: files.empty, files.too_big, files.wrong_kind, files.lies_about_type (the name says one thing, the content
    another), and what `inspection.kind_of` refuses. Every refusal names the file.
    """
    name = _name_of(upload)
    if not upload.size:
        raise Refused("files.empty", name=name)
    if upload.size > most:
        raise Refused("files.too_big", name=name, size=megabytes(upload.size), megabytes=most // 2**20)
    kind = inspection.kind_of(upload)
    if kind is None or kind not in kinds:
        raise Refused("files.wrong_kind", name=name, allowed=names(kinds))
    if extension(name) not in kind.extensions:
        raise Refused("files.lies_about_type", name=name, real=kind.extensions[0])
    return kind


def store_file(
    *, upload: UploadedFile, kinds: tuple[Kind, ...] = EVIDENCE, most: int = MAX_BYTES, actor: Actor, now: datetime
) -> StoredFile:
    """Check an upload by its content (refuses as `check_upload`) and keep it. The caller has let the actor through its gate, and
    acts within `transaction_with_files`."""
    kind = check_upload(upload=upload, kinds=kinds, most=most)
    name = _name_of(upload)
    checksum = hashlib.sha256()
    for chunk in upload.chunks():
        checksum.update(chunk)
    upload.seek(0)
    kept = StoredFile(sha256=checksum.hexdigest(), size=upload.size, mime=kind.mime, name=name, uploaded_at=now)
    kept.uploaded_by_id = actor.person_id
    kept.content.save(f"{uuid.uuid4().hex}.{kind.extensions[0]}", upload, save=False)
    within = _stored.get()
    if within is not None:
        within.append(kept)
    kept.save()
    return kept


def _name_of(upload: UploadedFile) -> str:
    return upload.name.replace("\x00", "").rsplit("/", 1)[-1].rsplit("\\", 1)[-1][-255:]
