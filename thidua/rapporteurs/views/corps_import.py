"""Taking a unit's corps in from a spreadsheet: the template, the upload with every row looked at, the import."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from thidua.clusters.models import ClusterYear
from thidua.kernel.errors import Refused
from thidua.people.models import Organisation
from thidua.rapporteurs.actions import roster as actions
from thidua.rapporteurs.forms.corps import RosterForm
from thidua.rapporteurs.papers.roster import roster_template
from thidua.rapporteurs.rules.roster import COLUMNS, MOST_ROWS, Row
from thidua.rapporteurs.views.corps_member import unit_desk
from thidua.rapporteurs.views.place import page, year_of
from thidua.web.sentences import sentence, sentence_of
from thidua.web.workbook import XLSX

GET_POST = require_http_methods(["GET", "POST"])
MOST_FAULTS = 200
"""Faults named on the page; the rest is a number."""


@GET_POST
def upload(request: HttpRequest, cluster: str, year: int, unit: str) -> HttpResponse:
    """Choose a file; then every row with what it would do, and every fault. Nothing is written."""
    found, organisation = unit_desk(request, cluster, year, unit)
    form = RosterForm(request.POST, request.FILES) if request.method == "POST" else RosterForm()
    if request.method == "POST" and form.is_valid():
        rows = form.attempt(actions.read_roster, upload=form.cleaned_data["upload"])
        if rows is not None:
            return _look(request, found, organisation, rows, form)
    return page(request, found, "corps_import", form=form, unit=organisation, columns=list(COLUMNS.values()), most=MOST_ROWS)


def _look(
    request: HttpRequest, year: ClusterYear, unit: Organisation, rows: list[Row], form: RosterForm | None, refused: str = ""
) -> HttpResponse:
    """The rows, each with what it would do; faults by row and column. 422 when they cannot be taken in as they are."""
    checked = actions.checked(unit, rows, request.now)
    hows = {row.row: row.how for row in checked.planned}
    faulty: dict[int, dict[str, list[str]]] = {}
    named = []
    for fault in checked.faults:
        words = sentence(fault.code, dict(fault.facts))
        faulty.setdefault(fault.row, {}).setdefault(fault.column, []).append(words)
        named.append((fault, words))
    shown = [
        (row.number, hows.get(row.number, ""), [(title, row.cells.get(key, ""), faulty.get(row.number, {}).get(title, []))
         for key, title in COLUMNS.items()])
        for row in rows
    ]  # fmt: skip
    counts = {how: checked.count(how) for how in ("add", "renew", "same")}
    ready = not checked.faults and counts["add"] + counts["renew"] > 0
    return page(
        request, year, "corps_import_check", status=422 if checked.faults or refused else 200,
        unit=unit, rows=shown, columns=list(COLUMNS.values()), faults=named[:MOST_FAULTS],
        more_faults=max(len(named) - MOST_FAULTS, 0), fault_count=len(named), counts=counts, ready=ready, refused=refused,
        packed=actions.packed(unit, rows) if ready else "", form=form,
    )  # fmt: skip


@require_POST
def take_in(request: HttpRequest, cluster: str, year: int, unit: str) -> HttpResponse:
    """Take in the rows that were looked at: all of them or none."""
    found, organisation = unit_desk(request, cluster, year, unit)
    try:
        rows = actions.unpacked(organisation, request.POST.get("rows", ""))
    except Refused as refused:
        messages.error(request, sentence_of(refused))
        return redirect("rapporteurs:import_corps", cluster, year, organisation.slug)
    try:
        done = actions.import_corps(year=found, unit=organisation, rows=rows, actor=request.actor, now=request.now)
    except Refused as refused:
        if refused.code not in ("rapporteurs.roster_faulty", "rapporteurs.roster_nothing_new"):
            raise
        return _look(request, found, organisation, rows, None, sentence_of(refused))
    words = _("Đã nhập: thêm %(added)d người, ghi thêm %(renewed)d nhiệm kỳ, %(same)d hàng đã có sẵn.")
    numbers = {"added": done.count("add"), "renewed": done.count("renew"), "same": done.count("same")}
    messages.success(request, words % numbers)
    address = reverse("rapporteurs:corps", args=[found.cluster.slug, found.year])
    return redirect(f"{address}?don-vi={organisation.pk}")


@require_GET
def template(request: HttpRequest, cluster: str, year: int) -> HttpResponse:
    """The empty spreadsheet with drop-downs, and a sheet with an example that explains each column."""
    found = year_of(request, cluster, year)
    response = HttpResponse(roster_template(found.year), content_type=XLSX)
    response["Content-Disposition"] = 'attachment; filename="mau-nhap-doi-ngu.xlsx"'
    return response
