"""The files of a report: look, add several, take off, download."""

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from thidua.files.queries import file_response
from thidua.kernel.errors import Absent
from thidua.reports import actions
from thidua.reports.access import WRITE_REPORT, require_may_write
from thidua.reports.forms.reports import FilesForm
from thidua.reports.models import Report, ReportFile
from thidua.reports.views.reports import address, allows, report_in, report_page
from thidua.web.http import refusal_told


@require_http_methods(["GET", "POST"])
def files(request: HttpRequest, cluster: str, year: int, period: int, unit: str) -> HttpResponse:
    """The files of the report. Of several uploads the good ones are kept and each bad one is named with its fault."""
    report = report_in(request, cluster, year, period, unit)
    form = FilesForm()
    if request.method == "POST":
        require_may_write(request.actor, report.period.year, report.unit_id)
        form = FilesForm(request.POST, request.FILES)
        if form.is_valid() and _attach(request, report, form):
            return redirect(address("files", report))
    editable = report.is_editable and allows(WRITE_REPORT, request, report)
    kept = list(report.files.select_related("file"))
    return report_page(request, report, "files", 422 if form.errors else 200, form=form, files=kept, editable=editable)


def _attach(request: HttpRequest, report: Report, form: FilesForm) -> bool:
    kept = 0
    for upload in form.cleaned_data["files"]:
        values = {"report": report, "upload": upload, "actor": request.actor, "now": request.now}
        kept += form.attempt(actions.attach_file, **values) is not None
    if kept:
        messages.success(request, ngettext("Đã thêm %(n)s tệp.", "Đã thêm %(n)s tệp.", kept) % {"n": kept})
    return not form.errors


def _file(report: Report, file_id: int) -> ReportFile:
    found = report.files.select_related("file").filter(pk=file_id).first()
    if found is None:
        raise Absent
    return found


@require_GET
def file(request: HttpRequest, cluster: str, year: int, period: int, unit: str, file_id: int) -> FileResponse:
    """One file, for who may read the report."""
    kept = _file(report_in(request, cluster, year, period, unit), file_id)
    return file_response(kept.file, inline=True)


@require_POST
def remove_file(request: HttpRequest, cluster: str, year: int, period: int, unit: str, file_id: int) -> HttpResponse:
    """Take a file off the report."""
    report = report_in(request, cluster, year, period, unit)
    kept = _file(report, file_id)
    with refusal_told(request):
        actions.remove_file(attached=kept, actor=request.actor, now=request.now)
        messages.success(request, _("Đã bỏ tệp “%(name)s”.") % {"name": kept.file.name})
    return redirect(address("files", report))
