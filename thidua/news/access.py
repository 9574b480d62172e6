"""Who reads, and who writes for whom. Readers need no account: what is published is for everyone."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from thidua.kernel.actor import Actor, Power, Role
from thidua.kernel.errors import Absent
from thidua.news.models import Article, Photo, Status
from thidua.people.access import require
from thidua.people.models import Organisation

DESK_ROLES = (Role.EDITOR, Role.HEAD_SECRETARY)

WRITE_ARTICLE = Power("news.write", _("Viết, sửa bài và thêm ảnh cho đơn vị mình"), DESK_ROLES)
PUBLISH_ARTICLE = Power("news.publish", _("Đăng bài, gỡ bài của đơn vị mình"), DESK_ROLES)

POWERS = (WRITE_ARTICLE, PUBLISH_ARTICLE)


def desks_of(actor: Actor) -> QuerySet[Organisation]:
    """The organisations for which the actor may write."""
    return Organisation.objects.filter(pk__in=actor.organisations(*DESK_ROLES))


def require_at_desk(power: Power, actor: Actor, organisation_id: int) -> Actor:
    """An editor, or the secretary, of the organisation that publishes."""
    return require(power, actor, dict.fromkeys(DESK_ROLES, frozenset({organisation_id})))


def articles_editable_by(actor: Actor) -> QuerySet[Article]:
    """Articles of the actor's own desks, whatever their status."""
    own = actor.organisations(*DESK_ROLES)
    return Article.objects.filter(organisation__in=own).select_related("year__cluster", "organisation")


def may_edit(actor: Actor, article: Article) -> bool:
    """Whether the article is of the actor's own desk; for showing or hiding what leads to its form."""
    return article.organisation_id in actor.organisations(*DESK_ROLES)


def get_article_editable_by(actor: Actor, slug: str) -> Article:
    """The article for those who may edit it; Absent for all others."""
    found = articles_editable_by(actor).filter(slug=slug).first()
    if found is None:
        raise Absent
    return found


def get_article_readable_by(actor: Actor, slug: str) -> Article:
    """A published or withdrawn article for everyone (of a withdrawn one the page shows only the note), a draft for those
    who may edit it. Absent otherwise."""
    found = Article.objects.filter(slug=slug).select_related("organisation").prefetch_related("photos").first()
    if found is None or (found.status == Status.DRAFT and not may_edit(actor, found)):
        raise Absent
    return found


def get_photo_readable_by(actor: Actor, photo_id: int) -> Photo:
    """A photo of a published article for everyone, of any other for those who may edit it. Absent otherwise."""
    found = Photo.objects.filter(pk=photo_id).select_related("article", "file").first()
    if found is None or not (found.article.is_public or may_edit(actor, found.article)):
        raise Absent
    return found
