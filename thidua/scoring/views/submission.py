"""A sheet leaves the unit and comes back: submitting, recalling, returning; and what was submitted, as page and paper."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from thidua.clusters.models import ClusterYear
from thidua.clusters.queries import due_on, frame_of
from thidua.clusters.rules import Stage
from thidua.kernel.errors import Absent
from thidua.paperwork.papers import paper_response
from thidua.scoring import actions, queries
from thidua.scoring.access import get_snapshot_visible_to, require_may_return, require_may_score, require_may_submit
from thidua.scoring.papers.snapshot import snapshot_paper
from thidua.scoring.views.place import address, place, with_reason
from thidua.web.http import refusal_told


def submit(request: HttpRequest, cluster: str, year: int, unit: str) -> HttpResponse:
    """The leader looks at what is there and what is missing, and submits."""
    found, organisation = place(request, cluster, year, unit)
    require_may_submit(request.actor, found, organisation.pk)
    desk = queries.desk_of(request.actor, found, organisation)
    if desk.sheet is None:
        raise Absent
    if request.method == "POST":
        with refusal_told(request):
            actions.submit_sheet(sheet=desk.sheet, actor=request.actor, now=request.now)
            messages.success(request, _("Đã nộp phiếu. Từ bây giờ phiếu được khóa."))
            return redirect("scoring:sheet", cluster, year, unit)
        return redirect("scoring:submit", cluster, year, unit)
    result = queries.desk_result(desk)
    context = {
        **frame_of(request.actor, found, "sheets"), "desk": desk, "totals": queries.totals_of(result),
        "lacks": queries.lacks_of(result), "sections": queries.sections_of(result),
        "due": due_on(found, Stage.SELF_SCORING), "late": _is_late(request, found),
    }  # fmt: skip
    return render(request, "scoring/submit.html", context)


@require_POST
def carry(request: HttpRequest, cluster: str, year: int, unit: str) -> HttpResponse:
    """The unit takes its sheet over to the version of the criteria in force."""
    found, organisation = place(request, cluster, year, unit)
    require_may_score(request.actor, found, organisation.pk)
    sheet = queries.sheet_of(found, organisation)
    if sheet is None:
        raise Absent
    with refusal_told(request):
        carried = actions.carry_sheet(sheet=sheet, actor=request.actor, now=request.now)
        told = _("Phiếu đã theo bản {number}. Hãy xem các dòng còn thiếu.")
        messages.success(request, told.format(number=carried.version.number))
    return redirect("scoring:sheet", cluster, year, unit)


def recall(request: HttpRequest, cluster: str, year: int, unit: str) -> HttpResponse:
    """The leader takes the sheet back, until the day it is due; afterwards the sheet says who may return it."""
    found, organisation = place(request, cluster, year, unit)
    require_may_submit(request.actor, found, organisation.pk)
    if request.method == "GET" and _is_late(request, found):
        return redirect("scoring:sheet", cluster, year, unit)
    title = _("Rút lại phiếu tự chấm")
    hint = _("Phiếu trở lại trạng thái đang chấm. Lý do được ghi vào nhật ký.")
    return with_reason(request, found, organisation, actions.recall_sheet, title, hint)


def _is_late(request: HttpRequest, year: ClusterYear) -> bool:
    """Whether the day is over until which a leader may take a sheet back."""
    due = due_on(year, Stage.SELF_SCORING)
    return due is not None and localdate(request.now) > due


def give_back(request: HttpRequest, cluster: str, year: int, unit: str) -> HttpResponse:
    """The head's secretary returns the sheet to its unit."""
    found, organisation = place(request, cluster, year, unit)
    require_may_return(request.actor, found)
    title = _("Trả lại phiếu cho đơn vị")
    hint = _("Đơn vị sửa được phiếu và nộp lại. Lý do được ghi vào nhật ký và hiện trên phiếu của đơn vị.")
    return with_reason(request, found, organisation, actions.return_sheet, title, hint)


@require_GET
def snapshot(request: HttpRequest, cluster: str, year: int, unit: str, number: int) -> HttpResponse:
    """What the unit submitted the n-th time, whether it is still what the journal announced, and the other submissions."""
    found, organisation = place(request, cluster, year, unit)
    kept = get_snapshot_visible_to(request.actor, found, organisation, number)
    context = {
        **frame_of(request.actor, found, "sheets"), "unit": organisation, "kept": kept, "rows": queries.snapshot_rows(kept),
        "intact": queries.is_intact(kept), "all": queries.snapshots_of(kept.sheet),
        "back": address("sheet", found, organisation),
    }  # fmt: skip
    return render(request, "scoring/snapshot.html", context)


@require_GET
def snapshot_file(request: HttpRequest, cluster: str, year: int, unit: str, number: int, kind: str) -> HttpResponse:
    """The same as a paper, PDF or DOCX."""
    found, organisation = place(request, cluster, year, unit)
    kept = get_snapshot_visible_to(request.actor, found, organisation, number)
    paper = snapshot_paper(kept, found, organisation, queries.snapshot_rows(kept))
    return paper_response(paper, kind, f"phieu-da-nop-{organisation.slug}-{found.year}-{number}")
