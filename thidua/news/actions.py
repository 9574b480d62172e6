"""Writes of news: drafting, editing, photos, publishing, withdrawing."""

from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import PurePath

from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.db import transaction
from django.db.models import Max

from thidua.audit.actions import publish
from thidua.clusters.access import member_ids
from thidua.clusters.models import ClusterYear
from thidua.files.actions import check_upload, store_file, transaction_with_files
from thidua.files.models import StoredFile
from thidua.files.rules import PICTURES
from thidua.kernel.actor import Actor
from thidua.kernel.errors import Absent, Refused
from thidua.kernel.text import slug
from thidua.news import events
from thidua.news.access import PUBLISH_ARTICLE, WRITE_ARTICLE, require_at_desk
from thidua.news.models import Article, Photo, Status
from thidua.news.rules import articles as rules
from thidua.news.rules.photos import fit_for_web
from thidua.people.models import Organisation

MOST_PHOTOS = 20


@dataclass(frozen=True, slots=True)
class Words:
    """What an editor types."""

    title: str
    lead: str
    text: str
    byline: str


@transaction.atomic
def write_article(
    *, organisation: Organisation, year: ClusterYear | None, words: Words, illustrative: bool = False, actor: Actor, now: datetime
) -> Article:
    """Begin a draft. Refuses what `rules.articles.check_words` refuses, and a year that is not the organisation's
    (news.year_not_ours, field year)."""
    by = require_at_desk(WRITE_ARTICLE, actor, organisation.pk)
    _check(organisation, year, words)
    address = rules.free_slug(words.title, lambda candidate: Article.objects.filter(slug=candidate).exists())
    article = Article.objects.create(
        organisation=organisation, year=year, slug=address, illustrative=illustrative, updated_at=now, **_columns(words)
    )
    publish(events.ArticleWritten(article.pk, article.year_id, organisation.pk, article.title), by, now=now)
    return article


@transaction.atomic
def edit_article(
    *, article: Article, revision: int, year: ClusterYear | None, words: Words, illustrative: bool = False,
    actor: Actor, now: datetime,
) -> Article:
    """Change an article; readers of a published one see it at once. `revision` is the one the editor started from.

    Refuses as `write_article`, and when somebody saved meanwhile (news.changed_meanwhile with when).
    """
    locked = _lock(article)
    by = require_at_desk(WRITE_ARTICLE, actor, locked.organisation_id)
    _check(locked.organisation, year, words)
    if locked.revision != revision:
        raise Refused("news.changed_meanwhile", at=locked.updated_at)
    if locked.is_public:
        rules.check_publishable(lead=words.lead, text=words.text)
    locked.year, locked.illustrative = year, illustrative
    for column, value in _columns(words).items():
        setattr(locked, column, value)
    _touch(locked, now)
    publish(events.ArticleEdited(locked.pk, locked.year_id, locked.revision, locked.title, locked.is_public), by, now=now)
    return locked


@transaction_with_files()
def add_photo(
    *, article: Article, upload: UploadedFile, caption: str, alt: str, credit: str = "", actor: Actor, now: datetime
) -> Photo:
    """Add a photo, drawn anew (see `rules.photos`); the bytes that were uploaded are not kept.

    Refuses one without words for those who cannot see it (news.alt_missing), more than MOST_PHOTOS (news.too_many_photos),
    and what is no sound JPEG or PNG (as `files.actions.check_upload`; news.photo_broken).
    """
    locked = _lock(article)
    by = require_at_desk(WRITE_ARTICLE, actor, locked.organisation_id)
    if not alt.strip():
        raise Refused("news.alt_missing", field="alt")
    if locked.photos.count() >= MOST_PHOTOS:
        raise Refused("news.too_many_photos", field="photo", most=MOST_PHOTOS)
    file, width, height = _store_photo(upload, by, now)
    last = locked.photos.aggregate(last=Max("position"))["last"] or 0
    photo = Photo.objects.create(
        article=locked, file=file, width=width, height=height, position=last + 1,
        caption=caption.strip(), alt=alt.strip(), credit=credit.strip(),
    )
    _touch(locked, now)
    publish(events.PhotoAdded(locked.pk, locked.year_id, photo.pk, file.sha256, locked.title), by, now=now)
    return photo


@transaction.atomic
def remove_photo(*, photo: Photo, actor: Actor, now: datetime) -> None:
    """Take a photo out of its article, and its file off the disk once that is certain. Absent when it is gone already."""
    locked = _lock(photo.article)
    by = require_at_desk(WRITE_ARTICLE, actor, locked.organisation_id)
    found = locked.photos.select_related("file").filter(pk=photo.pk).first()
    if found is None:
        raise Absent
    found.delete()
    found.file.delete()
    transaction.on_commit(lambda: found.file.content.delete(save=False), robust=True)
    _touch(locked, now)
    publish(events.PhotoRemoved(locked.pk, locked.year_id, photo.pk, locked.title), by, now=now)


@transaction.atomic
def publish_article(*, article: Article, actor: Actor, now: datetime) -> Article:
    """Show an article to everyone; one that was withdrawn may come back. Refuses an article that is public
    (news.already_published), without lead (news.lead_missing) or text (news.text_missing)."""
    locked = _lock(article)
    by = require_at_desk(PUBLISH_ARTICLE, actor, locked.organisation_id)
    if locked.is_public:
        raise Refused("news.already_published")
    rules.check_publishable(lead=locked.lead, text=locked.text)
    locked.status, locked.withdrawn_at, locked.withdrawn_note = Status.PUBLISHED, None, ""
    locked.published_at = locked.published_at or now
    _touch(locked, now)
    publish(events.ArticlePublished(locked.pk, locked.year_id, locked.revision, locked.title), by, now=now)
    return locked


@transaction.atomic
def withdraw_article(*, article: Article, reason: str, actor: Actor, now: datetime) -> Article:
    """Take a public article back; its address then tells readers the reason. Refuses one that is not public
    (news.not_published) and a reason that explains nothing (news.reason_too_short, field reason)."""
    locked = _lock(article)
    by = require_at_desk(PUBLISH_ARTICLE, actor, locked.organisation_id)
    if not locked.is_public:
        raise Refused("news.not_published")
    locked.status, locked.withdrawn_at, locked.withdrawn_note = Status.WITHDRAWN, now, rules.check_reason(reason)
    _touch(locked, now)
    publish(events.ArticleWithdrawn(locked.pk, locked.year_id, locked.title, locked.withdrawn_note), by, now=now)
    return locked


def _lock(article: Article) -> Article:
    return Article.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=article.pk)


def _touch(article: Article, now: datetime) -> None:
    article.revision += 1
    article.updated_at = now
    article.save()


def _check(organisation: Organisation, year: ClusterYear | None, words: Words) -> None:
    rules.check_words(title=words.title, lead=words.lead, text=words.text)
    if year is not None and organisation.pk not in member_ids(year) | {year.cluster.superior_body_id}:
        raise Refused("news.year_not_ours", field="year", organisation=organisation.name_vi)


def _columns(words: Words) -> dict[str, str]:
    kept = {name: value.replace("\r\n", "\n").strip() for name, value in asdict(words).items()}
    return {**kept, "folded": rules.folded(title=kept["title"], lead=kept["lead"], text=kept["text"])}


def _store_photo(upload: UploadedFile, by: Actor, now: datetime) -> tuple[StoredFile, int, int]:
    try:
        check_upload(upload=upload, kinds=PICTURES)
    except Refused as refused:
        raise Refused(refused.code, **{**refused.facts, "field": "photo"}) from refused
    picture = fit_for_web(upload.read())
    name = f"{slug(PurePath(upload.name).stem)[:80] or 'anh'}.jpg"
    file = store_file(upload=SimpleUploadedFile(name, picture.content, "image/jpeg"), kinds=PICTURES, actor=by, now=now)
    return file, picture.width, picture.height
