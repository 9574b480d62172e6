"""Pages of distribution: sending, who has what, and what has come in for a unit."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.formats import date_format
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from thidua.clusters.access import may, require_open
from thidua.clusters.models import ClusterYear
from thidua.clusters.rules import Stage
from thidua.directives.access import (
    DISTRIBUTE,
    RECEIVE,
    get_directive,
    get_distribution,
    require_may_distribute,
)
from thidua.directives.actions import distribution as actions
from thidua.directives.forms.distribution import ChangeForm, SendForm
from thidua.directives.models import Directive, Distribution, DueAction
from thidua.directives.queries import distribution as queries
from thidua.directives.views.place import filters_of, note_of, page, see_newest, year_of
from thidua.kernel import ports
from thidua.kernel.errors import Absent
from thidua.web.http import refusal_told
from thidua.web.workbook import workbook_response

GET_POST = require_http_methods(["GET", "POST"])
STATES = {"cho-nhan": "waiting", "cho-hoc": "study"}


def _to_state(year: ClusterYear, directive_id: int) -> HttpResponse:
    return redirect("directives:state", year.cluster.slug, year.year, directive_id)


@require_GET
def state(request: HttpRequest, cluster: str, year: int, directive: int) -> HttpResponse:
    """A document unit by unit: sent, received, studied, share reached."""
    found = year_of(request, cluster, year)
    document = get_directive(found, directive)
    distributed = queries.state_of(found, document, request.actor, localdate(request.now))
    return page(request, found, "state", directive=document, distribution=distributed, today=localdate(request.now))


@require_GET
def state_workbook(request: HttpRequest, cluster: str, year: int, directive: int) -> HttpResponse:
    """The same as a workbook."""
    found = year_of(request, cluster, year)
    document = get_directive(found, directive)
    distributed = queries.state_of(found, document, request.actor, localdate(request.now))
    headers = [
        _("Đơn vị"), _("Việc cần làm"), _("Hạn"), _("Ngày gửi"), _("Ngày nhận"), _("Người nhận"), _("Số buổi"),
        _("Người dự"), _("Đảng viên dự"), _("Đảng viên của đơn vị"), _("Tỷ lệ đảng viên (%)"),
    ]  # fmt: skip
    rows = [_state_line(row) for row in distributed.rows]
    title = _("Phát hành %(name)s, năm %(year)d") % {"name": document.name, "year": found.year}
    return workbook_response(f"phat-hanh-{document.pk}", title, headers, rows, note_of(found))


def _state_line(row: queries.UnitState) -> list[object]:
    sent, reach = row.sent, row.reach
    share = reach.share
    return [
        row.unit.name_vi,
        sent.get_due_action_display() if sent else _("chưa gửi"),
        date_format(sent.due_on) if sent and sent.due_on else "",
        date_format(localtime(sent.sent_at)) if sent else "",
        date_format(localtime(sent.received_at)) if sent and sent.received_at else "",
        sent.received_by_name if sent else "",
        reach.sessions,
        reach.attended,
        reach.members,
        reach.size,
        share,
    ]


@GET_POST
def send(request: HttpRequest, cluster: str, year: int, directive: int) -> HttpResponse:
    """Send a document to the units that have not got it."""
    found = year_of(request, cluster, year)
    document = get_directive(found, directive)
    require_may_distribute(request.actor, found)
    require_open(found)
    distributed = queries.distribution_of(found, document, request.actor)
    form = SendForm(request.POST or None, units=[row.unit for row in distributed.unsent])
    if request.method == "POST" and form.is_valid():
        made = form.attempt(
            actions.send_directive, year=found, directive=document, **form.values, actor=request.actor, now=request.now
        )
        if made is not None:
            messages.success(request, _("Đã gửi %(name)s tới %(n)d đơn vị.") % {"name": document.name, "n": len(made)})
            return _to_state(found, document.pk)
    return page(request, found, "send", directive=document, distribution=distributed, form=form)


def _place(request: HttpRequest, cluster: str, year: int, sent: int) -> tuple[ClusterYear, Distribution]:
    found = year_of(request, cluster, year)
    return found, get_distribution(found, sent)


@GET_POST
def change(request: HttpRequest, cluster: str, year: int, sent: int) -> HttpResponse:
    """Change what is asked of a unit, or take the document back while the unit has not confirmed it."""
    found, row = _place(request, cluster, year, sent)
    require_may_distribute(request.actor, found)
    require_open(found)
    form = ChangeForm(request.POST) if request.method == "POST" else ChangeForm.of(row)
    stale = False
    if request.method == "POST" and form.is_valid():
        form.attempt(actions.change_distribution, distribution=row, **form.cleaned_data, actor=request.actor, now=request.now)
        if form.is_valid():
            messages.success(request, _("Đã đổi yêu cầu. Đơn vị thấy ngay ở trang Văn bản đến."))
            return _to_state(found, row.directive_id)
        stale = form.cleaned_data["seen"] != queries.seen_of(row)
        see_newest(form, "seen", queries.seen_of(row))
    return page(request, found, "change", sent=row, directive=row.directive, form=form, stale=stale)


@require_POST
def withdraw(request: HttpRequest, cluster: str, year: int, sent: int) -> HttpResponse:
    """Take a document back from a unit."""
    found, row = _place(request, cluster, year, sent)
    with refusal_told(request):
        actions.withdraw_distribution(distribution=row, actor=request.actor, now=request.now)
        messages.success(request, _("Đã rút văn bản gửi %(unit)s.") % {"unit": row.unit.name_vi})
    return _to_state(found, row.directive_id)


@require_POST
def receive(request: HttpRequest, cluster: str, year: int, sent: int) -> HttpResponse:
    """Confirm receipt for one's unit, and go back to where the button stood."""
    found, row = _place(request, cluster, year, sent)
    with refusal_told(request):
        actions.confirm_receipt(distribution=row, actor=request.actor, now=request.now)
        messages.success(request, _("Đã xác nhận nhận %(name)s.") % {"name": row.directive.name})
    if request.POST.get("ve") == "van-ban":
        return _to_state(found, row.directive_id)
    return redirect("directives:inbox", found.cluster.slug, found.year)


def _wanted(request: HttpRequest) -> queries.InboxFilter:
    return queries.InboxFilter(
        STATES.get(request.GET.get("loc", ""), ""), request.GET.get("viec", ""), request.GET.get("xep") == "moi"
    )


@require_GET
def inbox(request: HttpRequest, cluster: str, year: int) -> HttpResponse:
    """What has been sent to one's unit: waiting for receipt first, then by due date."""
    found = year_of(request, cluster, year)
    units = queries.inbox_units(request.actor, found)
    wanted, number = _wanted(request), request.GET.get("trang", "")
    rows = queries.page_of_inbox(found, [unit.pk for unit in units], wanted, number)
    asked = [(row.unit_id, row.directive_id) for row in rows if row.due_action == DueAction.PROGRAMME]
    answers = ports.answers_to(request.actor, found, asked)
    return page(
        request, found, "inbox",
        units=units, wanted=wanted, rows=rows, answers={row.pk: answers.get((row.unit_id, row.directive_id)) for row in rows},
        filters=filters_of(request), is_filtered=bool(wanted.state or wanted.action), actions_of=DueAction.choices,
        today=localdate(request.now), may_receive=_own(request, found, RECEIVE.roles),
        may_send=may(DISTRIBUTE, request.actor, found),
    )  # fmt: skip


def _own(request: HttpRequest, year: ClusterYear, roles: tuple) -> frozenset[int]:
    """Units for which the actor may act now."""
    return frozenset() if year.stage == Stage.CLOSED else request.actor.organisations(*roles)


@require_GET
def inbox_workbook(request: HttpRequest, cluster: str, year: int) -> HttpResponse:
    """The same as a workbook, all pages, with the filters of the address. Absent for one without a unit in the year."""
    found = year_of(request, cluster, year)
    units = queries.inbox_units(request.actor, found)
    if not units:
        raise Absent
    headers = [
        _("Văn bản"), _("Trích yếu"), _("Ngày ban hành"), _("Đơn vị"), _("Việc cần làm"), _("Hạn"), _("Ngày gửi"),
        _("Ngày nhận"), _("Người nhận"), _("Đã học tập"), _("Ghi chú"),
    ]  # fmt: skip
    rows = [_inbox_line(row) for row in queries.inbox_of(found, [unit.pk for unit in units], _wanted(request))]
    return workbook_response(
        f"van-ban-den-{found.year}", _("Văn bản đến năm %(year)d") % {"year": found.year}, headers, rows, note_of(found)
    )


def _inbox_line(row: Distribution) -> list[object]:
    directive: Directive = row.directive
    return [
        directive.name,
        directive.title,
        date_format(directive.issued_on) if directive.issued_on else "",
        row.unit.name_vi,
        row.get_due_action_display(),
        date_format(row.due_on) if row.due_on else "",
        date_format(localtime(row.sent_at)),
        date_format(localtime(row.received_at)) if row.received_at else "",
        row.received_by_name,
        _("rồi") if row.studied else _("chưa"),  # type: ignore[attr-defined]
        row.note,
    ]
