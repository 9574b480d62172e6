"""Pages of listeners' opinions for those who signed in: opening and closing a form, its QR code, results, remarks."""

from ipaddress import ip_address

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from thidua.clusters.access import require_open
from thidua.clusters.models import ClusterYear
from thidua.kernel.errors import Absent
from thidua.rapporteurs.access import get_talk, require_may_moderate, require_may_record_talk
from thidua.rapporteurs.actions import feedback as actions
from thidua.rapporteurs.forms.feedback import FeedbackFilterForm, ModerateForm, OpenForm
from thidua.rapporteurs.models import FeedbackForm, FeedbackQuestion, RemarkState, Talk
from thidua.rapporteurs.papers.feedback import SIZES, in_letters, poster, qr_path
from thidua.rapporteurs.queries import feedback as queries
from thidua.rapporteurs.queries import feedback_list as lists
from thidua.rapporteurs.rules.feedback import Verdict
from thidua.rapporteurs.tasks import close_forms
from thidua.rapporteurs.views.place import filters_of, note_of, page, year_of
from thidua.web.http import refusal_told
from thidua.web.workbook import workbook_response

MOST_EXPORTED = 20_000


def _place(request: HttpRequest, cluster: str, year: int, talk: int) -> tuple[ClusterYear, Talk]:
    found = year_of(request, cluster, year)
    asked = get_talk(found, talk)
    asked.year = found
    return found, asked


def _back(talk: Talk) -> HttpResponse:
    return redirect("rapporteurs:talk_feedback", talk.year.cluster.slug, talk.year.year, talk.pk)


def _form_of(talk: Talk) -> FeedbackForm:
    found = FeedbackForm.objects.filter(talk=talk).first()
    if found is None:
        raise Absent
    found.talk = talk
    return found


def local_host(host: str) -> str:
    """The host, if only this machine reaches it: phones do not."""
    name = host.rpartition(":")[0] if host.rpartition(":")[2].isdigit() else host
    try:
        is_local = ip_address(name.strip("[]")).is_loopback
    except ValueError:
        is_local = name == "localhost" or name.endswith(".localhost")
    return host if is_local else ""


def _address(request: HttpRequest, form: FeedbackForm) -> str:
    return request.build_absolute_uri(reverse("rapporteurs:answer", args=[form.code]))


@require_GET
def listing(request: HttpRequest, cluster: str, year: int) -> HttpResponse:
    """Talks whose listeners were asked, with their results: filters, order, 50 a page."""
    found = year_of(request, cluster, year)
    actions.close_due(now=request.now)
    form = FeedbackFilterForm(request.GET, lists.units_asked(found))
    rows = Paginator(lists.forms_of(found, form.wanted, request.now), lists.PAGE).get_page(request.GET.get("trang"))
    rows.object_list = [lists.row_of(one, request.now) for one in rows.object_list]
    is_filtered = any(request.GET.get(name) for name in form.fields)
    return page(request, found, "feedback", form=form, rows=rows, filters=filters_of(request), is_filtered=is_filtered)


@require_GET
def workbook(request: HttpRequest, cluster: str, year: int) -> HttpResponse:
    """The same as a workbook, all pages, with the filters of the address."""
    found = year_of(request, cluster, year)
    wanted = FeedbackFilterForm(request.GET, lists.units_asked(found)).wanted
    shares = [_("%(question)s: điểm 4–5 (%%)") % {"question": label} for label in FeedbackQuestion.labels]
    headers = [
        _("Ngày"), _("Đơn vị"), _("Người nói"), _("Chủ đề"), _("Tình trạng"), _("Số phiếu"), *shares,
        _("Có ích: từ (%)"), _("Có ích: đến (%)"),
    ]  # fmt: skip
    forms = lists.forms_of(found, wanted, request.now)[:MOST_EXPORTED]
    lines = (_line(lists.row_of(one, request.now)) for one in forms)
    return workbook_response("y-kien-nguoi-nghe", _("Ý kiến người nghe"), headers, lines, note_of(found))


def _line(row: lists.FeedbackRow) -> list[object]:
    about: list[object] = [
        date_format(row.talk.held_on),
        row.talk.unit.name_vi,
        row.talk.speaker.name,
        row.topics,
        STATES[row.verdict](),
    ]
    if row.result is None or row.useful is None:
        return about
    shares = [one.share.percent for one in row.result.questions]
    return [*about, row.result.answers, *shares, row.useful.low, row.useful.high]


STATES = {
    Verdict.OPEN: lambda: _("Đang mở"),
    Verdict.SHOWN: lambda: _("Có kết quả"),
    Verdict.TOO_FEW: lambda: _("Chưa đủ 10 phiếu nên không hiện"),
    Verdict.NO_AUDIENCE: lambda: _("Chưa ghi số người dự"),
    Verdict.TOO_MANY: lambda: _("Số phiếu nhiều hơn số người dự"),
}


@require_GET
def talk_feedback(request: HttpRequest, cluster: str, year: int, talk: int) -> HttpResponse:
    """The form of one talk: how to open it, its QR code while it is open, its result afterwards."""
    _found, asked = _place(request, cluster, year, talk)
    actions.close_due(now=request.now)
    return _talk_page(request, asked, OpenForm(), 200)


def _talk_page(request: HttpRequest, talk: Talk, form: OpenForm, status: int) -> HttpResponse:
    feedback = queries.feedback_of(talk, request.actor, request.now)
    shown: dict[str, object] = {}
    if feedback.form and feedback.may_close:
        address = _address(request, feedback.form)
        shown = {"address": address, "short": in_letters(address), "qr": qr_path(address)}
    if feedback.may_open or feedback.may_close:
        shown["local_host"] = local_host(request.get_host())
    topics = list(talk.topics.all())
    return page(
        request, talk.year, "feedback_talk", status=status, talk=talk, topics=topics, feedback=feedback, form=form, **shown
    )


@require_POST
def open_feedback(request: HttpRequest, cluster: str, year: int, talk: int) -> HttpResponse:
    """Ask the listeners of a talk."""
    _found, asked = _place(request, cluster, year, talk)
    require_may_record_talk(request.actor, asked.year, asked.speaker)
    form = OpenForm(request.POST)
    opened = form.is_valid() and form.attempt(
        actions.open_form, talk=asked, closes=form.cleaned_data["closes"], actor=request.actor, now=request.now
    )
    if not opened:
        return _talk_page(request, asked, form, 422)
    close_forms.using(run_after=opened.closes_at).enqueue(opened.closes_at.isoformat())
    messages.success(request, _("Đã mở phiếu ý kiến. Chiếu mã QR này hoặc in tờ A4, A5 để người nghe quét."))
    if request.now < queries.day_starts(asked.held_on):
        moved = _("Buổi chưa đến ngày: phiếu nhận ý kiến từ ngày %(day)s và tự đóng lúc %(at)s.")
        at = date_format(localtime(opened.closes_at), "DATETIME_FORMAT")
        messages.info(request, moved % {"day": date_format(asked.held_on), "at": at})
    return _back(asked)


@require_POST
def close_feedback(request: HttpRequest, cluster: str, year: int, talk: int) -> HttpResponse:
    """Close the form before its time."""
    _found, asked = _place(request, cluster, year, talk)
    require_may_record_talk(request.actor, asked.year, asked.speaker)
    with refusal_told(request):
        actions.close_form(form=_form_of(asked), actor=request.actor, now=request.now)
        messages.success(request, _("Đã đóng phiếu ý kiến."))
    return _back(asked)


@require_GET
def poster_pdf(request: HttpRequest, cluster: str, year: int, talk: int, size: str) -> HttpResponse:
    """The poster with the QR code, to be printed."""
    found, asked = _place(request, cluster, year, talk)
    require_may_record_talk(request.actor, found, asked.speaker)
    form = _form_of(asked)
    if size not in SIZES:
        raise Absent
    content = poster(
        size=size, address=_address(request, form), unit=asked.unit.name_vi, held_on=asked.held_on,
        topics=[topic.title for topic in asked.topics.all()], closes_at=form.closes_at, illustrative=found.illustrative,
    )  # fmt: skip
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="y-kien-{asked.held_on:%d-%m-%Y}-{size}.pdf"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def moderate_remarks(request: HttpRequest, cluster: str, year: int, talk: int) -> HttpResponse:
    """Remarks to be read by one who did not speak: show each or not."""
    found, asked = _place(request, cluster, year, talk)
    require_may_moderate(request.actor, asked)
    require_open(found)
    actions.close_due(now=request.now)
    kept = _form_of(asked)
    is_shown = queries.verdict_of(kept, request.now) is Verdict.SHOWN
    remarks = list(kept.remarks.all()) if is_shown else []
    if request.method != "POST":
        form = ModerateForm(remarks, initial={"revision": kept.revision})
        return _moderation_page(request, asked, form, is_shown, 200)
    form = ModerateForm(remarks, request.POST)
    if form.is_valid() and kept.revision == form.cleaned_data["revision"] and not form.decides:
        form.add_error(None, _("Chưa chọn lời nào. Hãy chọn “Cho hiện” hoặc “Không cho hiện” rồi lưu."))
    if form.is_valid():
        form.attempt(
            actions.moderate, form=kept, states=form.states, revision=form.cleaned_data["revision"], actor=request.actor,
            now=request.now,
        )  # fmt: skip
    if not form.is_valid():
        return _moderation_page(request, asked, form, is_shown, 422, kept.revision)
    messages.success(request, _("Đã lưu. Những lời cho hiện nằm ở trang kết quả của buổi."))
    return _back(asked)


def _moderation_page(
    request: HttpRequest, talk: Talk, form: ModerateForm, is_shown: bool, status: int, revision: int | None = None
) -> HttpResponse:
    """`revision`: the one that stands now, so that sending once more is a decision with open eyes."""
    waiting = sum(remark.state == RemarkState.WAITING for remark in form.remarks)
    return page(
        request, talk.year, "feedback_moderate", status=status,
        talk=talk, form=form, is_shown=is_shown, waiting=waiting, revision=revision,
    )  # fmt: skip
