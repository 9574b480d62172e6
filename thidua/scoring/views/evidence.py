"""What proves one criterion: its files (add several, take off, download), what is cited for it, and days late of reports."""

from typing import BinaryIO, cast

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from thidua.clusters.queries import frame_of
from thidua.criteria.rules import Criterion, Method
from thidua.files.inspection import first_page_of, read_text
from thidua.files.models import StoredFile
from thidua.files.queries import file_response
from thidua.files.rules import DOCX, EVIDENCE, PDF, PICTURES
from thidua.kernel.errors import Absent, Refused
from thidua.scoring import actions, queries
from thidua.scoring.access import get_evidence_visible_to, require_may_score
from thidua.scoring.forms import EvidenceForm
from thidua.scoring.queries.lateness import ALL
from thidua.scoring.queries.words import figures_in_words
from thidua.scoring.views.place import address, place
from thidua.web.http import refusal_told

KIND_OF_MIME = {kind.mime: kind for kind in EVIDENCE}
MOST_SHOWN = 50
"""Most of what the unit has recorded that one page offers; who looks for more searches."""


def evidence(request: HttpRequest, cluster: str, year: int, unit: str, code: str) -> HttpResponse:
    """What proves a criterion, and what the unit has recorded that might. Of several uploads the good ones are kept and each
    bad one is named with its fault."""
    found, organisation = place(request, cluster, year, unit, proof=True)
    desk = queries.desk_of(request.actor, found, organisation)
    if desk.version is None:
        raise Absent
    result = queries.desk_result(desk)
    row = result.table.by_code.get(code)
    if row is None:
        raise Absent
    form = EvidenceForm()
    if request.method == "POST":
        require_may_score(request.actor, found, organisation.pk)
        form = EvidenceForm(request.POST, request.FILES)
        if form.is_valid() and _attach(request, desk, code, form):
            return redirect(address("evidence", found, organisation, code))
        desk = queries.desk_of(request.actor, found, organisation)
    line = result.lines.get(code)
    context = {
        **frame_of(request.actor, found, "sheets"),
        "desk": desk, "form": form, "row": row, "n": result.table.criteria.index(row),
        "line": line, "said": figures_in_words(line) if line else "",
        "sheet_url": address("sheet", found, organisation), "here": address("evidence", found, organisation, code),
        "citing": address("citations", found, organisation), **_recorded(request, desk, result, row),
    }  # fmt: skip
    if row.method is Method.LATENESS:
        context |= _late(request, desk, result, row, context["proof"])
    return render(request, "scoring/evidence.html", context, status=422 if form.errors else 200)


def _attach(request: HttpRequest, desk: queries.Desk, code: str, form: EvidenceForm) -> bool:
    sheet = actions.open_sheet(year=desk.year, unit=desk.unit, actor=request.actor, now=request.now)
    note, kept = form.cleaned_data["note"], 0
    for upload in form.cleaned_data["files"]:
        values = {"sheet": sheet, "code": code, "upload": upload, "note": note, "actor": request.actor, "now": request.now}
        kept += form.attempt(actions.attach_evidence, **values) is not None
    if kept:
        messages.success(request, ngettext("Đã thêm %(n)s tệp.", "Đã thêm %(n)s tệp.", kept) % {"n": kept})
    return not form.errors


def _recorded(request: HttpRequest, desk: queries.Desk, result: queries.Result, row: Criterion) -> dict[str, object]:
    """The proof of the row and, for who may cite, what the unit has recorded: searched (`?tim=`, `?loai=`), newest first."""
    if not desk.may_cite:
        return {"proof": queries.proof_of(desk.year, desk.unit, result.table, row.code)}
    known = queries.citables_of(desk.year, desk.unit.pk)
    proof = queries.proof_of(desk.year, desk.unit, result.table, row.code, known)
    words, kind = request.GET.get("tim", "").strip(), request.GET.get("loai", "")
    found = queries.matching(known, words, kind if kind in queries.KINDS else "")
    cited = {(each.citation.kind, each.citation.source) for each in proof.cited}
    shown = [(each, queries.KINDS[each.kind], (each.kind, each.pk) in cited) for each in found[:MOST_SHOWN]]
    more = max(0, len(found) - MOST_SHOWN)
    return {
        "proof": proof,
        "known": bool(known),
        "shown": shown,
        "more": more,
        "words": words,
        "kind": kind,
        "kinds": queries.KINDS.items(),
    }


def _late(
    request: HttpRequest, desk: queries.Desk, result: queries.Result, row: Criterion, proof: queries.Proof
) -> dict[str, object]:
    """The reports with their days late, and the days that the officer has chosen (`?dung=`) as they will be saved by the sheet's
    own form, which also cites the reports that they come from. A row that was granted points has no days to fill in."""
    late = queries.reports_late(desk.year, desk.unit, localdate(request.now))
    line = result.lines.get(row.code)
    entry = queries.entry_of(row, result.table, line.as_rule() if line else None)
    usable = desk.editable and entry is queries.Entry.DAYS
    taken = late.take(request.GET.get("dung", "")) if usable else None
    cited = {each.citation.source for each in proof.cited if each.citation.kind == "report"}
    cites = [report for report in taken.reports if report.report not in cited] if taken and desk.may_cite else []
    return {
        "late": late, "usable": usable, "taken": taken, "cites": cites, "all_reports": ALL,
        "revision": line.revision if line else 0,
    }  # fmt: skip


@require_GET
def file(request: HttpRequest, cluster: str, year: int, unit: str, evidence_id: int) -> FileResponse:
    """One file, for who may read the sheet."""
    found, organisation = place(request, cluster, year, unit, proof=True)
    kept = get_evidence_visible_to(request.actor, found, organisation, evidence_id)
    return file_response(kept.file, inline=True)


@require_GET
def look(request: HttpRequest, cluster: str, year: int, unit: str, evidence_id: int) -> HttpResponse:
    """What a file says, in the page: a picture as it is, a PDF by its first page and its text, a document by its text."""
    found, organisation = place(request, cluster, year, unit, proof=True)
    kept = get_evidence_visible_to(request.actor, found, organisation, evidence_id)
    kind = KIND_OF_MIME.get(kept.file.mime)
    context = {
        **frame_of(request.actor, found, "sheets"), "unit": organisation, "item": kept,
        "is_picture": kind in PICTURES, "is_pdf": kind is PDF,
        "back": address("evidence", found, organisation, kept.code),
    }  # fmt: skip
    if kind in (PDF, DOCX):
        with _opened(kept.file) as content:
            context["reading"] = read_text(content, kind)
    return render(request, "scoring/look.html", context)


@require_GET
def first_page(request: HttpRequest, cluster: str, year: int, unit: str, evidence_id: int) -> HttpResponse:
    """The first page of a PDF as a picture. Its content never changes, so a browser keeps it."""
    found, organisation = place(request, cluster, year, unit, proof=True)
    kept = get_evidence_visible_to(request.actor, found, organisation, evidence_id)
    if kept.file.mime != PDF.mime:
        raise Absent
    with _opened(kept.file) as content:
        picture = first_page_of(content)
    if picture is None:
        raise Absent
    response = HttpResponse(picture, content_type="image/png")
    response["Cache-Control"] = "private, max-age=86400, immutable"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _opened(stored: StoredFile) -> BinaryIO:
    try:
        return cast(BinaryIO, stored.content.open("rb"))
    except FileNotFoundError:
        raise Refused("files.lost", name=stored.name) from None


@require_POST
def remove_file(request: HttpRequest, cluster: str, year: int, unit: str, evidence_id: int) -> HttpResponse:
    """Take a file off its criterion."""
    found, organisation = place(request, cluster, year, unit, proof=True)
    kept = get_evidence_visible_to(request.actor, found, organisation, evidence_id)
    code, name = kept.code, kept.file.name
    with refusal_told(request):
        actions.remove_evidence(evidence=kept, actor=request.actor, now=request.now)
        messages.success(request, _("Đã bỏ tệp “%(name)s”.") % {"name": name})
    return redirect(address("evidence", found, organisation, code))
