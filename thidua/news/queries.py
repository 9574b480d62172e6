"""Reads of news: lists for readers and for the desk, and what the slice contributes to pages below."""

from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from thidua.clusters.access import may, years_visible_to
from thidua.clusters.models import ClusterYear
from thidua.kernel.actor import Actor
from thidua.kernel.ports import Tab, Work
from thidua.news.access import DESK_ROLES, WRITE_ARTICLE, articles_editable_by
from thidua.news.models import Article, Status
from thidua.news.rules.articles import words_of


def published(query: str = "") -> QuerySet[Article]:
    """What readers see, newest first, with photos; every word of the query must occur, with or without marks. Two queries."""
    found = Article.objects.filter(status=Status.PUBLISHED).select_related("organisation")
    for word in words_of(query):
        found = found.filter(folded__contains=word)
    return found.order_by("-published_at", "-pk").prefetch_related("photos")


def more_news(article: Article) -> list[Article]:
    """The five newest other articles, for the foot of an article. One query."""
    return list(Article.objects.filter(status=Status.PUBLISHED).exclude(pk=article.pk).order_by("-published_at", "-pk")[:5])


def desk_of(actor: Actor) -> QuerySet[Article]:
    """Everything of the actor's own desks, last changed first. One query."""
    return articles_editable_by(actor).order_by("-updated_at", "-pk")


def articles_about(year: ClusterYear, actor: Actor) -> list[Article]:
    """The year's articles: published ones, and all of the actor's own desks. One query."""
    shown = Article.objects.filter(year=year).select_related("organisation").order_by("-updated_at", "-pk")
    own = actor.organisations(*DESK_ROLES)
    return [article for article in shown if article.is_public or article.organisation_id in own]


def years_to_write_about(actor: Actor) -> QuerySet[ClusterYear]:
    """The years an article of the actor may be about, newest first."""
    return years_visible_to(actor).order_by("-year", "cluster__name_vi")


def tabs(actor: Actor, year: ClusterYear) -> list[Tab]:
    """The year's news page, for those who write it."""
    if not may(WRITE_ARTICLE, actor, year):
        return []
    return [Tab("news", gettext_lazy("Tin tức"), reverse("news:year", args=[year.cluster.slug, year.year]))]


def work(actor: Actor, now: datetime) -> list[Work]:
    """Drafts that wait to be finished and published. One query, none for those who have no desk."""
    if not actor.holds(*DESK_ROLES):
        return []
    return [_to_finish(draft) for draft in desk_of(actor).filter(status=Status.DRAFT)[:20]]


def _to_finish(draft: Article) -> Work:
    title = _("Hoàn thành và đăng bài “%(title)s”") % {"title": draft.title}
    return Work(title, draft.year or draft.organisation, reverse("news:edit", args=[draft.slug]), None)
