"""Opening an account with a one-time code, and ending one's own sessions."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from thidua.people import actions
from thidua.people.forms import ActivationForm


@login_not_required
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def activate(request: HttpRequest) -> HttpResponse:
    """User name, one-time code, new password; leads on to the sign-in page."""
    form = ActivationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("username", "code", "password")}
        if form.attempt(actions.activate, **given, now=request.now):
            messages.success(request, _("Đã đặt mật khẩu. Hãy đăng nhập bằng mật khẩu đó."))
            return redirect("account_login")
    return render(request, "people/activate.html", {"form": form}, status=422 if form.errors else 200)


@require_POST
def end_session(request: HttpRequest, session_id: int) -> HttpResponse:
    """End one of one's own sessions in another browser."""
    actions.end_own_session(session_id=session_id, actor=request.actor, now=request.now)
    messages.success(request, _("Phiên đó đã kết thúc."))
    return redirect("usersessions_list")
