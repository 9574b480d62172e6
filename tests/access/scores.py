"""For walking the addresses of scoring in depth: one of everything about unit 2, which the appraiser checks in an open round."""

from io import BytesIO

import pypdfium2
from django.core.files.base import ContentFile

from thidua.criteria.models import TableProposal
from thidua.crosschecks.models import CheckRound, CheckTask, Mark
from thidua.files.models import StoredFile
from thidua.scoring.models import Conflict, Evidence, RowKeeper, ScoreSheet, SheetSnapshot, SheetUpload

SEALED = {"version": "", "rows": [], "sealed": {"lines": [], "files": []}}


def build(scene, world, now) -> None:
    """Rows straight into the tables; the sheet of unit 2 is there, submitted."""
    sheet, appraiser = ScoreSheet.objects.get(unit=world.unit(2)), scene.people["appraiser"]
    proposal = TableProposal.objects.create(
        year=scene.year, title="Bảng", rows=[["code"]], digest="d" * 64, made_at=now, made_by=scene.people["head_secretary"]
    )
    SheetSnapshot.objects.create(
        sheet=sheet,
        number=1,
        total=9,
        maximum=10,
        content=SEALED,
        digest="d" * 64,
        submitted_at=now,
        submitted_by_name="x",
    )
    upload = SheetUpload.objects.create(
        sheet=sheet, source_name="phieu.xlsx", rows=[], base=sheet.stamp, read_at=now, read_by=scene.people["unit_officer"]
    )
    keeper = RowKeeper.objects.create(year=scene.year, unit=sheet.unit, code="A", person=scene.people["unit_officer"])
    conflict = Conflict.objects.create(
        year=scene.year, kind="same_parent", checker=world.unit(1), unit=world.unit(3), state="proposed", declared_at=now
    )
    check = CheckRound.objects.create(
        year=scene.year, number=1, title="Vòng 1", mode="council", state="open", made_at=now, made_by_name="x", opened_at=now
    )
    task = CheckTask.objects.create(round=check, unit=sheet.unit, person=appraiser)
    Mark.objects.create(
        task=task, code="A.1", points=8, value=8, judgement="changed", reason="Thiếu văn bản", given_at=now, given_by_name="x"
    )
    drawn = Evidence.objects.create(sheet=sheet, code="A.1", file=_page(now), added_at=now, added_by_name="x")
    scene.ids |= {
        "proposal_id": proposal.pk, "upload_id": upload.pk, "keeper_id": keeper.pk, "conflict_id": conflict.pk,
        "pdf_id": drawn.pk, "key": "tien-giang-tnmt-phong-2022",
    }  # fmt: skip


def _page(now) -> StoredFile:
    """A PDF of one empty page."""
    held = BytesIO()
    document = pypdfium2.PdfDocument.new()
    document.new_page(200, 200)
    document.save(held)
    content = held.getvalue()
    return StoredFile.objects.create(
        sha256="c" * 64, size=len(content), mime="application/pdf", name="anh.pdf", content=ContentFile(content, "anh.pdf"),
        uploaded_at=now,
    )  # fmt: skip
