"""Taking tasks in from a table: the template, the upload, the look at every row, the import."""

from io import BytesIO
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from thidua.clusters.access import get_year_visible_to, require_open
from thidua.kernel.errors import Absent
from thidua.programmes import actions
from thidua.programmes.access import get_programme, require_may_run_tasks
from thidua.programmes.forms.tasks import ImportForm, SheetForm
from thidua.programmes.models import Programme, TaskSheet
from thidua.programmes.queries import sheets as queries
from thidua.programmes.queries.parts import page_of
from thidua.programmes.rules.sheet import COLUMNS, MOST_ROWS, STATES, Fault
from thidua.web.sentences import sentence
from thidua.web.workbook import XLSX, new_workbook

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

GET_POST = require_http_methods(["GET", "POST"])
_WIDTHS = {"title": 44, "detail": 44, "owner": 26, "clauses": 20, "parent": 34}


def _programme(request: HttpRequest, cluster: str, year: int, programme: int) -> Programme:
    """The programme, for one who may write its tasks."""
    found = get_programme(request.actor, get_year_visible_to(request.actor, cluster, year), programme)
    require_may_run_tasks(request.actor, found)
    require_open(found.year)
    return found


@GET_POST
def upload(request: HttpRequest, cluster: str, year: int, programme: int) -> HttpResponse:
    """Choose a table; it is read and kept for a look."""
    found = _programme(request, cluster, year, programme)
    form = SheetForm(request.POST, request.FILES) if request.method == "POST" else SheetForm()
    if request.method == "POST" and form.is_valid():
        values = {"programme": found, "upload": form.cleaned_data["upload"], "actor": request.actor, "now": request.now}
        kept = form.attempt(actions.read_sheet, **values)
        if kept is not None:
            return redirect("programmes:import_sheet", cluster, year, found.pk, kept.pk)
    context = page_of(request.actor, found.year, "tasks") | {
        "form": form, "programme": found, "columns": list(COLUMNS.values()), "most": MOST_ROWS,
    }  # fmt: skip
    return render(request, "programmes/import.html", context, status=422 if form.errors else 200)


@GET_POST
def import_sheet(request: HttpRequest, cluster: str, year: int, programme: int, sheet: int) -> HttpResponse:
    """Every row with what is wrong in it; then the import of all of them."""
    found = _programme(request, cluster, year, programme)
    kept = TaskSheet.objects.filter(programme=found, pk=sheet).first()
    if kept is None:
        raise Absent
    kept.programme = found
    form = ImportForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        made = form.attempt(actions.import_sheet, sheet=kept, **form.cleaned_data, actor=request.actor, now=request.now)
        if made is not None:
            messages.success(request, ngettext("Đã nhập %(n)d nhiệm vụ.", "Đã nhập %(n)d nhiệm vụ.", made) % {"n": made})
            address = reverse("programmes:tasks", args=[cluster, year])
            return redirect(f"{address}?chuong-trinh={found.pk}&trang-thai=all&xep=moi")
    context = page_of(request.actor, found.year, "tasks") | _look(kept, request) | {"form": form, "programme": found}
    return render(request, "programmes/import_sheet.html", context, status=422 if form.errors else 200)


def _look(kept: TaskSheet, request: HttpRequest) -> dict[str, object]:
    """The rows for the page: each with its cells, and each faulty cell with what to do."""
    checked = queries.checked(kept, timezone.localdate(request.now))
    by_row: dict[int, dict[str, list[str]]] = {}
    for fault in checked.faults:
        by_row.setdefault(fault.row, {}).setdefault(fault.column, []).append(sentence(fault.code, dict(fault.facts)))
    known = {row.row for row in checked.known}
    rows = []
    for row in queries.rows_of(kept):
        faults = by_row.get(row.number, {})
        cells = [(title, row.cells.get(key, ""), faults.get(title, [])) for key, title in COLUMNS.items()]
        rows.append((row.number, cells, bool(faults), row.number in known))
    return {
        "sheet": kept, "rows": rows, "columns": list(COLUMNS.values()), "earlier": queries.same_file(kept),
        "faults": [(fault, _words(fault)) for fault in checked.faults], "known": len(known),
        "good": len(checked.planned) - len(known),
    }  # fmt: skip


def _words(fault: Fault) -> str:
    return sentence(fault.code, dict(fault.facts))


@require_GET
def template(request: HttpRequest, cluster: str, year: int, programme: int) -> HttpResponse:
    """The empty table with drop-downs of what the programme knows."""
    found = _programme(request, cluster, year, programme)
    offered, held = queries.offered_by(found), BytesIO()
    lists = {"owner": offered.posts, "clauses": offered.clauses, "parent": offered.parents}
    with new_workbook(held) as book:
        sheet, names = book.add_worksheet(_("Nhiệm vụ")), book.add_worksheet(_("Danh mục"))
        head = book.add_format({"bold": True, "bg_color": "#EFEEE8", "bottom": 1, "text_wrap": True, "valign": "top"})
        text, day = book.add_format({"text_wrap": True, "valign": "top"}), book.add_format({"num_format": "dd-mm-yyyy"})
        for column, (key, title) in enumerate(COLUMNS.items()):
            sheet.write_string(0, column, title, head)
            sheet.set_column(column, column, _WIDTHS.get(key, 13), day if key.endswith("_on") else text)
            if key == "state":
                sheet.data_validation(1, column, MOST_ROWS, column, {"validate": "list", "source": list(STATES)})
            if lists.get(key):
                _drop_down(sheet, names, column, title, lists[key])
        sheet.freeze_panes(1, 1)
    response = HttpResponse(held.getvalue(), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="mau-nhiem-vu-{found.pk}.xlsx"'
    return response


def _drop_down(
    sheet: "Worksheet", names: "Worksheet", column: int, title: str, choices: list[str]
) -> None:
    """Write the choices on the second sheet and offer them; other words are let in, for a cell may name several clauses."""
    names.write_string(0, column, title)
    for row, choice in enumerate(choices, 1):
        names.write_string(row, column, choice)
    source = f"='{names.get_name()}'!${chr(65 + column)}$2:${chr(65 + column)}${len(choices) + 1}"
    options = {"validate": "list", "source": source, "error_type": "information"}
    sheet.data_validation(1, column, MOST_ROWS, column, options)
