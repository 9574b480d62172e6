"""Public pages of news, and the desk where they are written."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from thidua.clusters.access import get_year_visible_to, may
from thidua.clusters.queries import frame_of
from thidua.files.queries import file_response
from thidua.kernel.errors import Absent
from thidua.news import actions, queries
from thidua.news.access import (
    WRITE_ARTICLE,
    desks_of,
    get_article_editable_by,
    get_article_readable_by,
    get_photo_readable_by,
    may_edit,
)
from thidua.news.forms import ArticleForm, PhotoForm, WithdrawForm
from thidua.news.models import Article, Status
from thidua.people.access import may_anywhere

PAGE = 10
FRESH = 60
"""Seconds a page for anonymous readers may be kept by a cache on the way: a withdrawal is seen a minute later at most."""


@login_not_required
@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """The newest articles, or what a search (`?q=`) finds."""
    query = request.GET.get("q", "").strip()[:200]
    page = Paginator(queries.published(query), PAGE).get_page(request.GET.get("trang"))
    writes = may_anywhere(WRITE_ARTICLE, request.actor)
    return _public(request, "news/front.html", {"page": page, "query": query, "writes": writes})


@login_not_required
@require_safe
def article(request: HttpRequest, slug: str) -> HttpResponse:
    """One article; of one that was withdrawn only the note (410); a draft for its editors."""
    found = get_article_readable_by(request.actor, slug)
    editable = may_edit(request.actor, found)
    if found.status == Status.WITHDRAWN and not editable:
        return _public(request, "news/withdrawn.html", {"article": found}, status=410)
    context = {"article": found, "illustrative": found.illustrative, "editable": editable, "more": queries.more_news(found)}
    return _public(request, "news/article.html", context)


@login_not_required
@require_safe
def print_article(request: HttpRequest, slug: str) -> HttpResponse:
    """The article for A4, without the frame of the site."""
    found = get_article_readable_by(request.actor, slug)
    if found.status == Status.WITHDRAWN and not may_edit(request.actor, found):
        return _public(request, "news/withdrawn.html", {"article": found}, status=410)
    return _public(request, "news/print.html", {"article": found, "illustrative": found.illustrative})


@login_not_required
@require_safe
def photo(request: HttpRequest, photo: int) -> FileResponse:
    """The picture itself. It never changes under its address; an hour is kept so that a withdrawal takes effect."""
    found = get_photo_readable_by(request.actor, photo)
    response = file_response(found.file, inline=True)
    public = found.article.is_public
    patch_cache_control(response, **({"public": True, "max_age": 3600} if public else {"private": True, "no_store": True}))
    return response


def desk(request: HttpRequest) -> HttpResponse:
    """Everything the person's desks have written. Absent for those who write nowhere."""
    if not desks_of(request.actor).exists():
        raise Absent
    page = Paginator(queries.desk_of(request.actor), 50).get_page(request.GET.get("trang"))
    return render(request, "news/desk.html", {"page": page})


def year(request: HttpRequest, cluster: str, year: int) -> HttpResponse:
    """The articles about a cluster year."""
    found = get_year_visible_to(request.actor, cluster, year)
    context = frame_of(request.actor, found, "news")
    context |= {"articles": queries.articles_about(found, request.actor), "writes": may(WRITE_ARTICLE, request.actor, found)}
    return render(request, "news/year.html", context)


def write(request: HttpRequest) -> HttpResponse:
    """A new draft; `?nam=` names the cluster year it is about."""
    actor = request.actor
    if not desks_of(actor).exists():
        raise Absent
    about = queries.years_to_write_about(actor).filter(pk=_number(request.GET.get("nam"))).first()
    initial = {"year": about, "illustrative": bool(about and about.illustrative)}
    form = ArticleForm(request.POST or None, initial=initial, actor=actor)
    if form.is_valid() and not _previews(request):
        typed = form.cleaned_data
        made = form.attempt(
            actions.write_article, organisation=typed["organisation"], year=typed["year"], words=form.words(),
            illustrative=typed["illustrative"], actor=actor, now=request.now,
        )
        if made is not None:
            messages.success(request, _("Đã lưu bản nháp. Thêm ảnh rồi đăng khi bài sẵn sàng."))
            return redirect("news:edit", made.slug)
    return render(request, "news/write.html", {"form": form, "preview": _preview(request, form)})


def edit(request: HttpRequest, slug: str) -> HttpResponse:
    """The form of an article: save, look at it first, or save and publish. Nothing typed is lost by a refusal."""
    found = get_article_editable_by(request.actor, slug)
    form = ArticleForm(request.POST or None, actor=request.actor, article=found)
    if form.is_valid() and not _previews(request):
        saved = _save(request, form, found)
        if saved is not None:
            return redirect("news:article", slug) if request.POST.get("do") == "publish" else redirect("news:edit", slug)
        found.refresh_from_db()
    collided = form.is_bound and bool(form.non_field_errors())
    context = {"form": form, "article": found, "preview": _preview(request, form), "collided": collided}
    return render(request, "news/edit.html", context)


@require_POST
def publish(request: HttpRequest, slug: str) -> HttpResponse:
    """Publish an article as it is saved."""
    found = get_article_editable_by(request.actor, slug)
    actions.publish_article(article=found, actor=request.actor, now=request.now)
    messages.success(request, _("Đã đăng bài. Người đọc thấy bài từ bây giờ."))
    return redirect("news:article", slug)


def withdraw(request: HttpRequest, slug: str) -> HttpResponse:
    """Take a public article back, with a reason."""
    found = get_article_editable_by(request.actor, slug)
    form = WithdrawForm(request.POST or None)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        if form.attempt(actions.withdraw_article, article=found, reason=reason, actor=request.actor, now=request.now):
            messages.success(request, _("Đã gỡ bài. Địa chỉ của bài nay chỉ còn nêu lý do."))
            return redirect("news:edit", slug)
    return render(request, "news/withdraw.html", {"form": form, "article": found})


def photo_add(request: HttpRequest, slug: str) -> HttpResponse:
    """Add a photo with its words."""
    found = get_article_editable_by(request.actor, slug)
    form = PhotoForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        typed = form.cleaned_data
        added = form.attempt(
            actions.add_photo, article=found, upload=typed["photo"], caption=typed["caption"], alt=typed["alt"],
            credit=typed["credit"], actor=request.actor, now=request.now,
        )
        if added is not None:
            messages.success(request, _("Đã thêm ảnh."))
            return redirect("news:edit", slug)
    return render(request, "news/photo_add.html", {"form": form, "article": found})


@require_POST
def photo_remove(request: HttpRequest, slug: str, photo: int) -> HttpResponse:
    """Take a photo out of an article."""
    found = get_article_editable_by(request.actor, slug).photos.filter(pk=photo).first()
    if found is None:
        raise Absent
    actions.remove_photo(photo=found, actor=request.actor, now=request.now)
    messages.success(request, _("Đã bỏ ảnh."))
    return redirect("news:edit", slug)


def _save(request: HttpRequest, form: ArticleForm, article: Article) -> Article | None:
    """Save what was typed, then publish it if that was asked; None when refused, with the words kept in the form."""
    typed = form.cleaned_data
    saved = form.attempt(
        actions.edit_article, article=article, revision=typed["revision"] or 0, year=typed["year"], words=form.words(),
        illustrative=typed["illustrative"], actor=request.actor, now=request.now,
    )
    if saved is None:
        if form.non_field_errors():
            form.start_from(Article.objects.values_list("revision", flat=True).get(pk=article.pk))
        return None
    if request.POST.get("do") != "publish":
        messages.success(request, _("Đã lưu; người đọc thấy ngay.") if saved.is_public else _("Đã lưu bản nháp."))
        return saved
    shown = form.attempt(actions.publish_article, article=saved, actor=request.actor, now=request.now)
    if shown is None:
        form.start_from(saved.revision)
        messages.warning(request, _("Đã lưu bản nháp nhưng chưa đăng được."))
        return None
    messages.success(request, _("Đã đăng bài. Người đọc thấy bài từ bây giờ."))
    return shown


def _previews(request: HttpRequest) -> bool:
    return request.POST.get("do") == "preview"


def _preview(request: HttpRequest, form: ArticleForm) -> Article | None:
    """The typed words as an article that is kept nowhere."""
    if not (_previews(request) and form.is_valid()):
        return None
    words = form.words()
    return Article(title=words.title, lead=words.lead, text=words.text, byline=words.byline, updated_at=request.now)


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else None


def _public(request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """A page for everyone. For anonymous readers it needs and sets no cookie, so a cache on the way may keep it a moment."""
    signed_in = request.user.is_authenticated
    if not signed_in:
        context["csrf_token"] = "NOTPROVIDED"  # what Django's own tag reads as "none": the page has no form that writes
    response = render(request, template, context, status=status)
    patch_cache_control(response, **({"private": True, "no_cache": True} if signed_in else {"public": True, "max_age": FRESH}))
    return response
