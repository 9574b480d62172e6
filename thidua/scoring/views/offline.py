"""The sheet filled in offline: download, dry run, taking in, undoing."""

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import shorten

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from thidua.clusters.models import ClusterYear
from thidua.clusters.queries import frame_of
from thidua.criteria.actions import TableFile
from thidua.criteria.rules import Problem
from thidua.kernel.errors import Absent
from thidua.people.models import Organisation
from thidua.scoring import actions, queries
from thidua.scoring.access import get_upload_visible_to, require_may_score
from thidua.scoring.forms import UploadForm
from thidua.scoring.models import SheetUpload
from thidua.scoring.papers.offline import MOST_MEGABYTES, offline_csv, offline_workbook, read_upload
from thidua.scoring.papers.tables import MIME
from thidua.scoring.queries import Desk
from thidua.scoring.queries.offline import upload_words, uploads_of
from thidua.scoring.rules.offline import in_file_words, named_columns
from thidua.scoring.views.place import address, place
from thidua.web.http import refusal_told
from thidua.web.sentences import sentence

_FILES = {"xlsx": (offline_workbook, MIME), "csv": (offline_csv, "text/csv; charset=utf-8")}


@dataclass(frozen=True, slots=True)
class BadCell:
    """A cell that must be mended: where it is in the file, what stands there, what to do."""

    row: int | None
    column: str
    value: str
    sentence: str


def offline(request: HttpRequest, cluster: str, year: int, unit: str) -> HttpResponse:
    """Download the sheet, send it back: the dry run is kept and shown on a page of its own; bad cells are told here."""
    found, organisation = place(request, cluster, year, unit)
    require_may_score(request.actor, found, organisation.pk)
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    bad: list[BadCell] = []
    if request.method == "POST" and form.is_valid():
        kept, bad = _try(request, found, organisation, form)
        if kept is not None:
            return redirect(address("upload", found, organisation, kept.pk))
    desk = queries.desk_of(request.actor, found, organisation)
    context = {
        **_frame(request, desk), "form": form, "bad": bad, "uploads": uploads_of(desk.sheet),
        "stamp": desk.sheet.stamp if desk.sheet else "",
    }  # fmt: skip
    return render(request, "scoring/offline.html", context, status=422 if form.errors else 200)


def _frame(request: HttpRequest, desk: Desk) -> dict[str, object]:
    back = address("sheet", desk.year, desk.unit)
    return {**frame_of(request.actor, desk.year, "sheets"), "desk": desk, "unit": desk.unit, "back": back}


def _try(
    request: HttpRequest, year: ClusterYear, unit: Organisation, form: UploadForm
) -> tuple[SheetUpload | None, list[BadCell]]:
    upload = form.cleaned_data["table"]
    file = form.attempt(read_upload, content=upload.read(MOST_MEGABYTES * 2**20 + 1))
    if file is None:
        return None, []
    values = {"rows": file.rows, "source_name": upload.name, "found": _named(file), "actor": request.actor, "now": request.now}
    kept = form.attempt(actions.try_upload, year=year, unit=unit, **values)
    return kept, [_bad_cell(file.rows, problem) for problem in form.problems]


def _named(file: TableFile) -> list[Problem]:
    """What reading the file had to say, with the columns under their names in the scores table."""
    found = []
    for problem in file.problems:
        column = named_columns([problem.column])[0] if problem.column else None
        found.append(Problem(problem.code, problem.row, column, problem.facts, problem.severity))
    return found


def _bad_cell(rows: Sequence[Sequence[str]], problem: Problem) -> BadCell:
    header, value = rows[0] if rows else [], ""
    names = named_columns(header)
    if problem.row and problem.column in names and problem.row <= len(rows):
        row, at = rows[problem.row - 1], names.index(problem.column)
        value = shorten(row[at], 80, placeholder="…") if at < len(row) else ""
    column = in_file_words(problem, header).column or ""
    return BadCell(problem.row, column, value, sentence(problem.code, dict(problem.facts)))


@require_GET
def download(request: HttpRequest, cluster: str, year: int, unit: str, kind: str) -> HttpResponse:
    """The sheet as a file to fill in."""
    found, organisation = place(request, cluster, year, unit)
    require_may_score(request.actor, found, organisation.pk)
    desk = queries.desk_of(request.actor, found, organisation)
    if kind not in _FILES or desk.version is None:
        raise Absent
    write, mime = _FILES[kind]
    response = HttpResponse(write(desk, queries.desk_result(desk)), content_type=mime)
    name = f"phieu-{organisation.slug}-{found.year}-dien-ngoai-tuyen.{kind}"
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["Cache-Control"] = "private, no-store"
    return response


def upload(request: HttpRequest, cluster: str, year: int, unit: str, upload_id: int) -> HttpResponse:
    """What a file would change, line by line; sending the page takes all of it in."""
    found, organisation = place(request, cluster, year, unit)
    kept = get_upload_visible_to(request.actor, found, organisation, upload_id)
    if request.method == "POST":
        with refusal_told(request):
            lines = actions.take_upload(upload=kept, actor=request.actor, now=request.now)
            told = ngettext("Đã nhận tệp: %(n)d dòng thay đổi.", "Đã nhận tệp: %(n)d dòng thay đổi.", lines)
            messages.success(request, told % {"n": lines})
        return redirect(address("upload", found, organisation, kept.pk))
    desk = queries.desk_of(request.actor, found, organisation)
    rows = upload_words(kept, queries.desk_result(desk))
    stands = desk.sheet.stamp == (kept.after if kept.taken_at else kept.base)
    context = {
        **_frame(request, desk), "kept": kept, "rows": rows, "clashes": sum(row.clash for row in rows), "stands": stands,
        "may_take": desk.editable and stands and kept.taken_at is None,
        "may_undo": desk.editable and stands and kept.taken_at is not None and kept.undone_at is None,
    }  # fmt: skip
    return render(request, "scoring/upload.html", context)


@require_POST
def undo(request: HttpRequest, cluster: str, year: int, unit: str, upload_id: int) -> HttpResponse:
    """Put back what stood there before the file was taken in."""
    found, organisation = place(request, cluster, year, unit)
    kept = get_upload_visible_to(request.actor, found, organisation, upload_id)
    with refusal_told(request):
        lines = actions.undo_upload(upload=kept, actor=request.actor, now=request.now)
        told = ngettext("Đã hoàn tác: %(n)d dòng trở lại như cũ.", "Đã hoàn tác: %(n)d dòng trở lại như cũ.", lines)
        messages.success(request, told % {"n": lines})
    return redirect(address("upload", found, organisation, kept.pk))
