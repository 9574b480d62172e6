"""The operator's pages: accounts, organisations, posts."""

from collections.abc import Callable
from secrets import SystemRandom

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from thidua.people import actions
from thidua.people.access import (
    MANAGE_PEOPLE,
    get_organisation_managed_by,
    get_person_managed_by,
    get_post_managed_by,
    get_tenure_managed_by,
    require_anywhere,
)
from thidua.people.forms import EndTenureForm, OrganisationForm, PersonForm, PostForm, RenameForm, TenureForm
from thidua.people.queries.directory import accounts, directory, open_accounts, posts_of, tenures_of
from thidua.people.rules import CODE_LIVES


def administration(request: HttpRequest) -> HttpResponse:
    """Accounts, searched and page by page."""
    require_anywhere(MANAGE_PEOPLE, request.actor)
    text, today = request.GET.get("tim", "").strip()[:100], timezone.localtime(request.now).date()
    page = accounts(text, request.GET.get("trang", 1), today)
    return render(request, "people/administration.html", {"page": page, "text": text, "part": "accounts"})


def new_person(request: HttpRequest) -> HttpResponse:
    """Enter an account."""
    require_anywhere(MANAGE_PEOPLE, request.actor)
    form = PersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        entered = form.attempt(actions.enter_person, **form.cleaned_data, actor=request.actor, now=request.now)
        if entered:
            messages.success(request, _("Đã lập tài khoản. In mã để người dùng tự đặt mật khẩu."))
            return redirect("people:person", entered.pk)
    return _form(request, form, _("Lập tài khoản"), _("Lập tài khoản"), part="accounts")


def person(request: HttpRequest, person_id: int) -> HttpResponse:
    """An account: state, posts, sessions, second step, and what may be done with it."""
    found = get_person_managed_by(request.actor, person_id)
    context = {
        "person": found,
        "tenures": tenures_of(found),
        "today": timezone.localtime(request.now).date(),
        "sessions": UserSession.objects.filter(user=found).count(),
        "second_step": Authenticator.objects.filter(user=found).exists(),
    }
    return render(request, "people/person.html", context)


@require_POST
@never_cache
def print_code(request: HttpRequest, person_id: int) -> HttpResponse:
    """Issue a one-time code and show it, this once, as a sheet to print."""
    found = get_person_managed_by(request.actor, person_id)
    code = actions.issue_sign_in_code(person=found, actor=request.actor, now=request.now, rng=SystemRandom())
    context = {
        "person": found,
        "code": code,
        "tenures": [t for t in tenures_of(found) if t.ends_on is None],
        "issued_on": timezone.localtime(request.now).date(),
        "expires_on": timezone.localtime(request.now + CODE_LIVES).date(),
    }
    return render(request, "people/code_sheet.html", context)


def _on_person(action: Callable, done: Callable[[], str]) -> Callable[..., HttpResponse]:
    @require_POST
    def view(request: HttpRequest, person_id: int) -> HttpResponse:
        action(person=get_person_managed_by(request.actor, person_id), actor=request.actor, now=request.now)
        messages.success(request, done())
        return redirect("people:person", person_id)

    view.__doc__ = action.__doc__
    return view


suspend = _on_person(actions.suspend_person, lambda: _("Đã khóa tài khoản."))
reinstate = _on_person(actions.reinstate_person, lambda: _("Đã mở lại tài khoản."))
revoke_sessions = _on_person(actions.revoke_sessions, lambda: _("Đã kết thúc mọi phiên đăng nhập."))
remove_second_step = _on_person(actions.remove_second_step, lambda: _("Đã gỡ bước xác thực thứ hai."))


def managed_organisations(request: HttpRequest) -> HttpResponse:
    """The tree of organisations, for changing it."""
    require_anywhere(MANAGE_PEOPLE, request.actor)
    text = request.GET.get("tim", "").strip()[:100]
    context = {"found": directory(text), "text": text, "part": "organisations"}
    return render(request, "people/managed_organisations.html", context)


def new_organisation(request: HttpRequest, slug: str = "") -> HttpResponse:
    """Enter an organisation, at the top or below another."""
    require_anywhere(MANAGE_PEOPLE, request.actor)
    parent = get_organisation_managed_by(request.actor, slug) if slug else None
    form = OrganisationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        values = {**form.cleaned_data, "parent": parent, "actor": request.actor, "now": request.now}
        entered = form.attempt(actions.enter_organisation, **values)
        if entered:
            messages.success(request, _("Đã lập đơn vị. Thêm chức vụ để giao cho người phụ trách."))
            return redirect("people:managed_organisation", entered.slug)
    title = _("Lập đơn vị thuộc %(parent)s") % {"parent": parent} if parent else _("Lập đơn vị")
    return _form(request, form, title, _("Lập đơn vị"), organisation=parent)


def managed_organisation(request: HttpRequest, slug: str) -> HttpResponse:
    """An organisation: its posts and who holds them, for changing them."""
    found = get_organisation_managed_by(request.actor, slug)
    today = timezone.localtime(request.now).date()
    context = {"organisation": found, "posts": posts_of(found, today), "today": today}
    return render(request, "people/managed_organisation.html", context)


def rename(request: HttpRequest, slug: str) -> HttpResponse:
    """Another name from a day on."""
    found = get_organisation_managed_by(request.actor, slug)
    now_named = {"name_vi": found.name_vi, "short_name": found.short_name, "name_en": found.name_en}
    form = RenameForm(request.POST or None, initial=now_named)
    if request.method == "POST" and form.is_valid():
        values = {**form.cleaned_data, "organisation": found, "actor": request.actor, "now": request.now}
        if form.attempt(actions.rename_organisation, **values):
            messages.success(request, _("Đã đổi tên. Tên cũ còn trong lịch sử của đơn vị."))
            return redirect("people:managed_organisation", slug)
    return _form(request, form, _("Đổi tên %(name)s") % {"name": found}, _("Đổi tên"), organisation=found)


def new_post(request: HttpRequest, slug: str) -> HttpResponse:
    """A post at an organisation, with its roles."""
    found = get_organisation_managed_by(request.actor, slug)
    form = PostForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        values = {**form.cleaned_data, "organisation": found, "actor": request.actor, "now": request.now}
        if form.attempt(actions.enter_post, **values):
            messages.success(request, _("Đã lập chức vụ. Giao chức vụ cho người giữ."))
            return redirect("people:managed_organisation", slug)
    return _form(request, form, _("Lập chức vụ"), _("Lập chức vụ"), organisation=found)


def give_post(request: HttpRequest, post_id: int) -> HttpResponse:
    """Give a post to a person from a day on."""
    post = get_post_managed_by(request.actor, post_id)
    today = timezone.localtime(request.now).date()
    form = TenureForm(request.POST or None, initial={"starts_on": today, "person": request.GET.get("nguoi", "")})
    if request.method == "POST" and form.is_valid():
        values = {**form.cleaned_data, "post": post, "actor": request.actor, "now": request.now}
        if form.attempt(actions.give_post, **values):
            messages.success(request, _("Đã giao chức vụ."))
            return redirect("people:managed_organisation", post.organisation.slug)
    title, at = _("Giao chức vụ %(post)s") % {"post": post.title_vi}, post.organisation
    return _form(request, form, title, _("Giao"), organisation=at, people=open_accounts())


def end_tenure(request: HttpRequest, tenure_id: int) -> HttpResponse:
    """The last day of a person in a post."""
    tenure = get_tenure_managed_by(request.actor, tenure_id)
    form = EndTenureForm(request.POST or None, initial={"ends_on": timezone.localtime(request.now).date()})
    if request.method == "POST" and form.is_valid():
        form.attempt(actions.end_tenure, tenure=tenure, **form.cleaned_data, actor=request.actor, now=request.now)
        if not form.errors:
            messages.success(request, _("Đã ghi ngày thôi giữ chức vụ."))
            return redirect("people:managed_organisation", tenure.post.organisation.slug)
    names = {"name": tenure.person.name, "post": tenure.post.title_vi}
    title = _("%(name)s thôi giữ chức vụ %(post)s") % names
    return _form(request, form, title, _("Ghi"), organisation=tenure.post.organisation)


def _form(request: HttpRequest, form, title: str, button: str, part: str = "organisations", **more) -> HttpResponse:
    context = {"form": form, "title": title, "button": button, "part": part, **more}
    return render(request, "people/form.html", context, status=422 if form.errors else 200)
