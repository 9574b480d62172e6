"""The collaborator's page: what was heard, in numbers. Opened by those who enter it and by nobody else."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from thidua.clusters.rules import Stage
from thidua.kernel.errors import Absent
from thidua.rapporteurs.access import get_member, is_own, may_count, require_may_read_counts, require_may_read_report
from thidua.rapporteurs.actions import counts as actions
from thidua.rapporteurs.forms.counts import CountsForm
from thidua.rapporteurs.models import CorpsKind, CorpsMember, Round
from thidua.rapporteurs.queries.counts import Desk, desk_of, report_of
from thidua.rapporteurs.queries.round_grid import words_of
from thidua.rapporteurs.queries.rounds import is_gathered, owes, round_address
from thidua.rapporteurs.rules.rounds import Sending, sending, standing
from thidua.rapporteurs.views.place import page
from thidua.rapporteurs.views.rounds import round_in
from thidua.web.http import refusal_told


def _who(request: HttpRequest, cluster: str, year: int, round: int, member: int) -> tuple[Round, CorpsMember]:
    """The round and the collaborator of an address, for those who read the counts. Forbidden for all others in the year."""
    asked = round_in(request, cluster, year, round)
    found = get_member(asked.year, member)
    if found.kind != CorpsKind.COLLABORATOR:
        raise Absent
    report = report_of(asked, found)
    if report is None:
        require_may_read_counts(request.actor, asked.year, found)
    else:
        require_may_read_report(request.actor, asked.year, report)
    return asked, found


@require_http_methods(["GET", "POST"])
def count(request: HttpRequest, cluster: str, year: int, round: int, member: int) -> HttpResponse:
    """A collaborator's report of a round: its table while it is a draft, else what it says."""
    asked, person = _who(request, cluster, year, round, member)
    desk = desk_of(asked, person, request.actor)
    if request.method == "POST":
        return _save(request, asked, person, desk)
    return _show(request, asked, person, CountsForm(None, desk, _sending(request, asked)))


def _sending(request: HttpRequest, asked: Round) -> Sending:
    return sending(asked.ends_on, asked.due_on, localdate(request.now), gathered=is_gathered(asked))


def _save(request: HttpRequest, asked: Round, member: CorpsMember, desk: Desk) -> HttpResponse:
    """Keep the draft, send it, or say that nothing was heard: whichever button was pressed."""
    form = CountsForm(request.POST, desk, _sending(request, asked))
    if form.is_valid() and _attempt(request, form, asked, member):
        return redirect(round_address("count", asked.year, asked.pk, member.pk))
    if form.cleaned_data.get("revision", desk.revision) != desk.revision:
        form.tell()
    return _show(request, asked, member, form)


def _attempt(request: HttpRequest, form: CountsForm, asked: Round, member: CorpsMember) -> bool:
    """Whether it was done; a refusal stands in the form."""
    given = {"asked": asked, "member": member, "actor": request.actor, "now": request.now}
    if "nothing" in request.POST:
        if any(line.total for line in form.lines):
            form.refuse("rapporteurs.something_counted")
            return False
        told = _("Đã gửi: kỳ này không có gì để báo.")
        done = form.attempt(actions.send_nothing, revision=form.cleaned_data["revision"], **given)
    elif "send" in request.POST:
        told = _("Đã gửi báo cáo.")
        done = form.attempt(actions.send_counts, counts=form.counts, **given)
    else:
        told = _("Đã lưu nháp. Báo cáo chưa gửi.")
        done = form.attempt(actions.save_counts, counts=form.counts, **given)
    if done is not None:
        messages.success(request, told)
    return done is not None


def _show(request: HttpRequest, asked: Round, member: CorpsMember, form: CountsForm) -> HttpResponse:
    today, report, open_year = localdate(request.now), form.desk.report, asked.year.stage != Stage.CLOSED
    sent = report is not None and report.sent_at is not None
    stand = standing(report.days_late if report and sent else None, asked.due_on, today)
    owed = owes(member, asked.year, asked.due_on)
    return page(
        request, asked.year, "count", asked=asked, member=member, form=form, report=report, sent=sent, stand=stand, owed=owed,
        words=words_of(stand, asked.due_on, asked.year.year), own=is_own(request.actor, member), begun=asked.starts_on <= today,
        writes=open_year and owed and not sent and asked.starts_on <= today,
        takes_back=open_year and sent and form.sending.back and may_count(request.actor, asked.year, member),
    )  # fmt: skip


@require_POST
def take_back(request: HttpRequest, cluster: str, year: int, round: int, member: int) -> HttpResponse:
    """Make a sent report a draft again."""
    asked, person = _who(request, cluster, year, round, member)
    with refusal_told(request):
        actions.take_back_report(asked=asked, member=person, actor=request.actor, now=request.now)
        messages.success(request, _("Đã lấy lại báo cáo. Hãy sửa rồi gửi lại trước khi hết hạn."))
    return redirect(round_address("count", asked.year, asked.pk, person.pk))
