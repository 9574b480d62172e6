"""What a listener sees on a phone: the five questions, without an account, without a script, once a phone."""

import re
import secrets

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from thidua.clusters.rules import Stage
from thidua.kernel.errors import Absent, Refused
from thidua.rapporteurs.access import get_form
from thidua.rapporteurs.actions import feedback as actions
from thidua.rapporteurs.forms.feedback import SheetForm
from thidua.rapporteurs.models import FeedbackForm
from thidua.rapporteurs.queries.feedback import day_starts, has_answered, is_over
from thidua.rapporteurs.views.feedback_rate import too_many_from_here, too_many_in_all, too_many_unknown
from thidua.web.sentences import sentence_of

COOKIE = "phieu"
"""A random number, sent back to its own form only. Nothing else is in it."""
COOKIE_DAYS = 9
"""Longer than any form is open."""
_NUMBER = re.compile(r"[A-Za-z0-9_-]{20,60}")
_NOT_IN_A_CODE = re.compile(r"[^a-z0-9]")


@login_not_required
@never_cache
@csrf_exempt  # only so that a phone without cookies is told what to do: whatever writes is behind csrf_protect below
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, code: str) -> HttpResponse:
    """The sheet of a form. POST counts it once a phone; a phone that keeps no cookie is told what to do."""
    form = _found(request, code)
    if form is None:
        return _busy(request)
    if request.method != "POST":
        return _sheet_page(request, form) if code == form.code else redirect("rapporteurs:answer", form.code)
    if too_many_from_here(request, form.code):
        return _crowded(request, form)
    if not _cookie(request):
        return _page(request, form, "sheet", sheet=SheetForm(request.POST), trouble=_no_cookie(), status=403)
    return _send(request, form)


@csrf_protect
def _send(request: HttpRequest, form: FeedbackForm) -> HttpResponse:
    sheet = SheetForm(request.POST)
    if not sheet.is_valid():
        return _page(request, form, "sheet", sheet=sheet, status=422)
    if too_many_in_all(request, form.code):
        return _crowded(request, form)
    try:
        actions.answer(
            form=form, answers=sheet.answers, remark=sheet.cleaned_data["remark"], cookie=_cookie(request), now=request.now
        )
    except Refused as refused:
        if refused.code == "rapporteurs.remark_too_long":
            sheet.add_error("remark", sentence_of(refused))
            return _page(request, form, "sheet", sheet=sheet, status=422)
        state = "answered" if refused.code == "rapporteurs.feedback_answered" else "shut"
        return _page(request, form, state, sentence=sentence_of(refused), status=409)
    return redirect("rapporteurs:answered", form.code)


@login_not_required
@never_cache
@require_safe
def answered(request: HttpRequest, code: str) -> HttpResponse:
    """Thanks, for a phone that has answered; the sheet for all others."""
    form = _found(request, code)
    if form is None:
        return _busy(request)
    if not has_answered(form, _cookie(request)):
        return redirect("rapporteurs:answer", form.code)
    return _page(request, form, "thanks")


def _found(request: HttpRequest, code: str) -> FeedbackForm | None:
    """The form of a code as typed (capitals, hyphens do not matter). Absent for an unknown one; None after too many of them."""
    try:
        return get_form(_NOT_IN_A_CODE.sub("", code.lower()))
    except Absent:
        if too_many_unknown(request):
            return None
        raise


def _crowded(request: HttpRequest, form: FeedbackForm) -> HttpResponse:
    words = _("Đang có quá nhiều người gửi cùng lúc. Hãy đợi một phút rồi bấm gửi lại; những gì bạn đã chọn vẫn còn đây.")
    return _page(request, form, "sheet", sheet=SheetForm(request.POST), trouble=words, status=429)


def _busy(request: HttpRequest) -> HttpResponse:
    return render(request, "rapporteurs/public_busy.html", status=429)


def _sheet_page(request: HttpRequest, form: FeedbackForm) -> HttpResponse:
    if is_over(form, request.now) or form.talk.year.stage == Stage.CLOSED:
        actions.close_due(now=request.now)
        return _page(request, form, "shut", sentence=sentence_of(Refused("rapporteurs.feedback_closed")))
    if request.now < day_starts(form.talk.held_on):
        early = Refused("rapporteurs.feedback_too_early", day=form.talk.held_on)
        return _page(request, form, "shut", sentence=sentence_of(early))
    if has_answered(form, _cookie(request)):
        return _page(request, form, "answered", sentence=sentence_of(Refused("rapporteurs.feedback_answered")))
    return _page(request, form, "sheet", sheet=SheetForm())


def _page(
    request: HttpRequest, form: FeedbackForm, state: str, *, status: int = 200, sheet: SheetForm | None = None,
    trouble: str = "", sentence: str = "",
) -> HttpResponse:  # fmt: skip
    """One address, four things to say: the sheet, thanks, that this phone has answered, that nothing is taken (now)."""
    context = {
        "form": form,
        "talk": form.talk,
        "topics": list(form.talk.topics.all()),
        "illustrative": form.talk.year.illustrative,
        "state": state,
        "sheet": sheet,
        "trouble": trouble,
        "sentence": sentence,
    }
    response = render(request, "rapporteurs/public_form.html", context, status=status)
    response._has_been_logged = True  # the log of refused requests (django.utils.log) would tell when somebody tried
    if state == "sheet" and not _cookie(request):
        _mark(response, form)
    return response


def _cookie(request: HttpRequest) -> str:
    value = request.COOKIES.get(COOKIE, "")
    return value if _NUMBER.fullmatch(value) else ""


def _mark(response: HttpResponse, form: FeedbackForm) -> None:
    """Give the phone its random number, for this form's addresses only."""
    response.set_cookie(
        COOKIE, secrets.token_urlsafe(24), max_age=COOKIE_DAYS * 86400, path=reverse("rapporteurs:answer", args=[form.code]),
        secure=settings.BEHIND_TLS, httponly=True, samesite="Lax",
    )  # fmt: skip


def _no_cookie() -> str:
    return _(
        "Điện thoại đang chặn cookie nên chưa gửi được: mỗi máy cần giữ một mã ngẫu nhiên để chỉ gửi một lần. Hãy bật cookie "
        "(hoặc mở bằng trình duyệt thường, không phải trong ứng dụng nhắn tin), tải lại trang rồi gửi."
    )
