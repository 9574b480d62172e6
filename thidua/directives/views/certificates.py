"""The list of certificates of a session: out as a workbook, back as counts. Names are never kept."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from thidua.clusters.access import require_open
from thidua.clusters.models import ClusterYear
from thidua.directives.access import require_may_study
from thidua.directives.actions.study import counts_of, take_attendance
from thidua.directives.forms.study import ListForm, TakeForm
from thidua.directives.models import Audience, StudySession
from thidua.directives.papers.certificates import certificate_list, read_certificates
from thidua.directives.rules.certificates import ReadList, SameFault, gathered
from thidua.directives.rules.study import with_list
from thidua.directives.views.place import page
from thidua.directives.views.study import session_of, session_page
from thidua.files.actions import check_upload
from thidua.files.rules import XLSX as XLSX_KIND
from thidua.kernel.errors import Refused
from thidua.web.http import refusal_told
from thidua.web.sentences import sentence
from thidua.web.workbook import XLSX

MOST_FAULTS = 100
MOST_SPANS = 12
"""Runs of rows named for one fault."""


def _writer(request: HttpRequest, cluster: str, year: int, unit: str, session: int) -> tuple[ClusterYear, StudySession]:
    found, row = session_of(request, cluster, year, unit, session)
    require_may_study(request.actor, found, row.unit_id)
    require_open(found)
    return found, row


@require_GET
def list_workbook(request: HttpRequest, cluster: str, year: int, unit: str, session: int) -> HttpResponse:
    """The list with blank names, for the unit's own people."""
    found, row = session_of(request, cluster, year, unit, session)
    require_may_study(request.actor, found, row.unit_id)
    attended = {count.audience: count.attended for count in counts_of(row)}
    content = certificate_list(
        unit=row.unit.name_vi,
        held_on=row.held_on,
        documents=[document.name for document in row.directives.all()],
        groups=[(str(label), attended.get(key, 0)) for key, label in Audience.choices],
        illustrative=found.illustrative,
    )
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="danh-sach-giay-chung-nhan-{row.held_on:%d-%m-%Y}-{row.pk}.xlsx"'
    return response


@require_POST
def check_list(request: HttpRequest, cluster: str, year: int, unit: str, session: int) -> HttpResponse:
    """Read a filled list: its faults cell by cell, or the counts to be confirmed."""
    found, row = _writer(request, cluster, year, unit, session)
    form = ListForm(request.POST, request.FILES)
    read = form.attempt(_read, form=form) if form.is_valid() else None
    if read is None:
        return session_page(request, found, row, list_form=form)
    if read.faults:
        same = gathered(read.faults)
        faults = [_told(one) for one in same[:MOST_FAULTS]]
        return session_page(request, found, row, list_form=form, faults=faults, more_faults=len(same) - len(faults))
    return _confirm_page(request, found, row, TakeForm(initial=read.counts | {"revision": row.revision}), read.counts)


def _told(same: SameFault) -> dict[str, object]:
    fault = same.fault
    spans = [str(first) if first == last else f"{first}–{last}" for first, last in same.spans[:MOST_SPANS]]
    rows = ", ".join([*spans, "…"] if len(same.spans) > MOST_SPANS else spans)
    words = sentence(fault.code, dict(fault.facts))
    return {"rows": rows, "count": same.count, "column": fault.column, "value": fault.value, "sentence": words}


def _read(form: ListForm) -> ReadList:
    upload = form.cleaned_data["list"]
    try:
        check_upload(upload=upload, kinds=(XLSX_KIND,))
    except Refused as refused:
        raise Refused(refused.code, **{**refused.facts, "field": "list"}) from None
    return read_certificates(upload, {str(label): key for key, label in Audience.choices})


def _confirm_page(
    request: HttpRequest, year: ClusterYear, row: StudySession, form: TakeForm, counts: dict[str, int], status: int = 200
) -> HttpResponse:
    before = {count.audience: count for count in counts_of(row)}
    after = {count.audience: count for count in with_list(list(before.values()), counts)}
    rows = [(label, before.get(key), after[key]) for key, label in Audience.choices if key in after]
    return page(
        request, year, "list_check", status=status,
        unit=row.unit, session=row, form=form, rows=rows, listed=sum(counts.values()),
        raised=any(new.invited > (old.invited if old else 0) for _label, old, new in rows),
    )  # fmt: skip


@require_POST
def take_list(request: HttpRequest, cluster: str, year: int, unit: str, session: int) -> HttpResponse:
    """Take the counts that the person has seen."""
    found, row = _writer(request, cluster, year, unit, session)
    form = TakeForm(request.POST)
    if form.is_valid():
        with refusal_told(request):
            take_attendance(
                session=row, listed=form.listed, revision=form.cleaned_data["revision"], actor=request.actor, now=request.now
            )
            messages.success(request, _("Đã lấy số người dự từ danh sách. Họ tên trong tệp không được lưu."))
    return redirect("directives:session", found.cluster.slug, found.year, row.unit.slug, row.pk)
