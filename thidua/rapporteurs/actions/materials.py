"""Writes of materials: the files of a talk."""

from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from thidua.audit.actions import publish
from thidua.clusters.access import require_open
from thidua.files.actions import store_file, transaction_with_files
from thidua.files.rules import EVIDENCE
from thidua.kernel.actor import Actor
from thidua.kernel.errors import Absent, Refused
from thidua.rapporteurs import events
from thidua.rapporteurs.access import require_may_record_talk
from thidua.rapporteurs.actions.desk import lock_talk, require_member
from thidua.rapporteurs.models import Material, Talk
from thidua.rapporteurs.rules.talks import MOST_BYTES, MOST_MATERIALS


@transaction_with_files()
def add_material(*, talk: Talk, upload: UploadedFile, title: str, actor: Actor, now: datetime) -> Material:
    """Add a file to a talk; without a title it is called by its name.

    Refuses what `files.actions.store_file` refuses, the same content twice (rapporteurs.same_material), a 21st file
    (rapporteurs.too_many_materials), a closed year and a unit that has left.
    """
    locked, by = _opened(talk, actor)
    there = list(locked.materials.select_related("file"))
    if len(there) >= MOST_MATERIALS:
        raise Refused("rapporteurs.too_many_materials", field="file", most=MOST_MATERIALS)
    stored = store_file(upload=upload, kinds=EVIDENCE, most=MOST_BYTES, actor=by, now=now)
    if any(other.file.sha256 == stored.sha256 for other in there):
        raise Refused("rapporteurs.same_material", field="file", name=stored.name)
    called = " ".join(title.split()) or stored.name.rpartition(".")[0] or stored.name
    made = Material.objects.create(talk=locked, file=stored, title=called[:200], added_at=now, added_by_name=by.name)
    fact = events.MaterialAdded(
        locked.year_id, locked.pk, locked.unit.name_vi, locked.held_on, stored.name, stored.sha256
    )  # fmt: skip
    publish(fact, by, now=now)
    return made


@transaction.atomic
def remove_material(*, talk: Talk, material_id: int, actor: Actor, now: datetime) -> None:
    """Take a file off a talk; the journal keeps its name and checksum. Absent when it is not there."""
    locked, by = _opened(talk, actor)
    entry = locked.materials.select_related("file").filter(pk=material_id).first()
    if entry is None:
        raise Absent
    entry.delete()
    fact = events.MaterialRemoved(
        locked.year_id, locked.pk, locked.unit.name_vi, locked.held_on, entry.file.name, entry.file.sha256
    )  # fmt: skip
    publish(fact, by, now=now)


def _opened(talk: Talk, actor: Actor) -> tuple[Talk, Actor]:
    locked = lock_talk(talk)
    require_member(locked.year, locked.unit)
    by = require_may_record_talk(actor, locked.year, locked.speaker)
    require_open(locked.year)
    return locked, by
