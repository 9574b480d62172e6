"""The files of one criterion: look, add several, take off, download."""

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from thidua.clusters.queries import frame_of
from thidua.files.queries import file_response
from thidua.kernel.errors import Absent, Refused
from thidua.scoring import actions, queries
from thidua.scoring.access import get_evidence_visible_to, require_may_score
from thidua.scoring.forms import EvidenceForm
from thidua.scoring.models import Evidence
from thidua.scoring.views.place import address, place
from thidua.web.http import refusal_told


def evidence(request: HttpRequest, cluster: str, year: int, unit: str, code: str) -> HttpResponse:
    """The files of a criterion. Of several uploads the good ones are kept and each bad one is named with its fault."""
    found, organisation = place(request, cluster, year, unit)
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
    context = {
        **frame_of(request.actor, found, "sheets"),
        "desk": desk, "form": form, "row": row, "line": result.lines.get(code), "files": _files(desk, code),
        "sheet_url": address("sheet", found, organisation), "here": address("evidence", found, organisation, code),
    }  # fmt: skip
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


def _files(desk: queries.Desk, code: str) -> list[Evidence]:
    if desk.sheet is None:
        return []
    return list(Evidence.objects.filter(sheet=desk.sheet, code=code).select_related("file"))


@require_GET
def file(request: HttpRequest, cluster: str, year: int, unit: str, evidence_id: int) -> FileResponse:
    """One file, for who may read the sheet."""
    found, organisation = place(request, cluster, year, unit)
    kept = get_evidence_visible_to(request.actor, found, organisation, evidence_id)
    try:
        return file_response(kept.file, inline=True)
    except FileNotFoundError:
        raise Refused("scoring.file_lost", name=kept.file.name) from None


@require_POST
def remove_file(request: HttpRequest, cluster: str, year: int, unit: str, evidence_id: int) -> HttpResponse:
    """Take a file off its criterion."""
    found, organisation = place(request, cluster, year, unit)
    kept = get_evidence_visible_to(request.actor, found, organisation, evidence_id)
    code, name = kept.code, kept.file.name
    with refusal_told(request):
        actions.remove_evidence(evidence=kept, actor=request.actor, now=request.now)
        messages.success(request, _("Đã bỏ tệp “%(name)s”.") % {"name": name})
    return redirect(address("evidence", found, organisation, code))
