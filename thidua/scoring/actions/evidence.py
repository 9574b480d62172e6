"""Writes of evidence: files that prove a line."""

from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from thidua.audit.actions import publish
from thidua.clusters.access import require_stage
from thidua.clusters.rules import Stage
from thidua.criteria.queries import table_of
from thidua.files.actions import store_file, transaction_with_files
from thidua.kernel.actor import Actor
from thidua.kernel.errors import Refused
from thidua.scoring import events
from thidua.scoring.access import require_may_score
from thidua.scoring.actions import guard
from thidua.scoring.models import Evidence, ScoreSheet

MOST_FILES = 20
"""Most files for one criterion: more belong in one scanned dossier."""


@transaction_with_files()
def attach_evidence(
    *, sheet: ScoreSheet, code: str, upload: UploadedFile, note: str = "", actor: Actor, now: datetime
) -> Evidence:
    """Add a file to a criterion. Refuses what `files.actions.store_file` refuses (each names the file), the same content twice
    (scoring.same_file), more than 20 files (scoring.too_many_files), a criterion that is not there (scoring.unknown_code)."""
    locked = guard.lock(sheet)
    by = require_may_score(actor, locked.year, locked.unit_id)
    require_stage(locked.year, Stage.SELF_SCORING)
    guard.require_drafting(locked)
    if code not in table_of(locked.version).by_code:
        raise Refused("scoring.unknown_code", item=code)
    there = list(Evidence.objects.filter(sheet=locked, code=code).select_related("file"))
    if len(there) >= MOST_FILES:
        raise Refused("scoring.too_many_files", field="files", limit=MOST_FILES)
    kept = store_file(upload=upload, actor=by, now=now)
    if any(other.file.sha256 == kept.sha256 for other in there):
        raise Refused("scoring.same_file", field="files", name=kept.name)
    evidence = Evidence.objects.create(
        sheet=locked, code=code, file=kept, note=note.strip()[:300], added_at=now, added_by_name=guard.who(by)
    )
    guard.touch(locked, now)
    publish(events.EvidenceAttached(locked.year_id, locked.pk, code, kept.pk, kept.name, kept.sha256), by, now=now)
    return evidence


@transaction.atomic
def remove_evidence(*, evidence: Evidence, actor: Actor, now: datetime) -> None:
    """Take a file off a criterion while the sheet is being filled in. The journal keeps its name and checksum."""
    locked = guard.lock(evidence.sheet)
    by = require_may_score(actor, locked.year, locked.unit_id)
    require_stage(locked.year, Stage.SELF_SCORING)
    guard.require_drafting(locked)
    file = evidence.file
    evidence.delete()
    guard.touch(locked, now)
    publish(events.EvidenceRemoved(locked.year_id, locked.pk, evidence.code, file.pk, file.name, file.sha256), by, now=now)
