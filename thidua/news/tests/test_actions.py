import json
import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from PIL import Image

from thidua.audit.models import JournalEntry
from thidua.files.models import StoredFile
from thidua.kernel.errors import Absent, Forbidden, Refused
from thidua.news import actions
from thidua.news.models import Article, Photo, Status

LATER = timedelta(hours=2)


def last_entry():
    return JournalEntry.objects.latest("position")


def test_a_draft_is_journalled_without_its_text(desk):
    article = desk()
    entry = last_entry()
    assert (article.status, article.slug, article.revision) == (Status.DRAFT, "ky-giao-uoc-thi-dua", 1)
    assert (entry.event, entry.year_id) == ("ArticleWritten", desk.year.pk)
    assert "text" not in json.loads(entry.facts)


def test_two_articles_of_one_title_have_two_addresses(desk):
    assert [desk().slug, desk().slug] == ["ky-giao-uoc-thi-dua", "ky-giao-uoc-thi-dua-2"]


def test_only_the_desk_writes(desk, world, words, now):
    for actor in (world.officer(2), world.superior(), world.secretary()):
        with pytest.raises(Forbidden):
            actions.write_article(organisation=desk.body, year=None, words=words(), actor=actor, now=now)
    assert not Article.objects.exists()


def test_the_heads_secretary_writes_for_the_head(desk, world, words, now):
    made = actions.write_article(organisation=world.unit(1), year=desk.year, words=words(), actor=world.secretary(), now=now)
    assert last_entry().post_title == "head_secretary, Don vi 1"
    assert made.organisation == world.unit(1)


def test_a_year_of_others_is_refused(desk, world, words, now):
    stranger = world.organisation("Don vi xa")
    actor = world.actor("editor", stranger)
    with pytest.raises(Refused, match=r"news\.year_not_ours") as refused:
        actions.write_article(organisation=stranger, year=desk.year, words=words(), actor=actor, now=now)
    assert refused.value.facts["field"] == "year"


def test_an_edit_counts_on_and_refuses_an_old_start(desk, words, now):
    article = desk()
    first = actions.edit_article(
        article=article, revision=1, year=None, words=words(title="Hai"), actor=desk.editor, now=now + LATER
    )
    assert (first.revision, first.slug, first.updated_at) == (2, article.slug, now + LATER)
    with pytest.raises(Refused, match=r"news\.changed_meanwhile") as refused:
        actions.edit_article(article=article, revision=1, year=None, words=words(title="Ba"), actor=desk.editor, now=now)
    assert refused.value.facts["at"] == now + LATER
    assert Article.objects.get().title == "Hai"


def test_a_public_article_stays_whole(desk, words, now):
    article = desk.published()
    with pytest.raises(Refused, match=r"news\.lead_missing"):
        actions.edit_article(
            article=article, revision=article.revision, year=None, words=words(lead=""), actor=desk.editor, now=now
        )


def test_publishing_once(desk, now):
    article = desk.published()
    assert (article.published_at, last_entry().event) == (now, "ArticlePublished")
    with pytest.raises(Refused, match=r"news\.already_published"):
        actions.publish_article(article=article, actor=desk.editor, now=now)


def test_an_unfinished_draft_is_not_published(desk, now):
    with pytest.raises(Refused, match=r"news\.text_missing"):
        actions.publish_article(article=desk(text=" "), actor=desk.editor, now=now)


def test_withdrawing_gives_a_reason_and_can_be_undone(desk, now):
    article = desk.published()
    with pytest.raises(Refused, match=r"news\.reason_too_short"):
        actions.withdraw_article(article=article, reason="sai", actor=desk.editor, now=now)
    gone = actions.withdraw_article(article=article, reason="Sai tên một đơn vị", actor=desk.editor, now=now + LATER)
    assert (gone.status, gone.withdrawn_note, gone.withdrawn_at) == (Status.WITHDRAWN, "Sai tên một đơn vị", now + LATER)
    with pytest.raises(Refused, match=r"news\.not_published"):
        actions.withdraw_article(article=article, reason="Sai tên một đơn vị", actor=desk.editor, now=now)
    back = actions.publish_article(article=article, actor=desk.editor, now=now + LATER)
    assert (back.published_at, back.withdrawn_note, back.withdrawn_at) == (now, "", None)


def test_strangers_neither_publish_nor_withdraw(desk, world, now):
    with pytest.raises(Forbidden):
        actions.publish_article(article=desk(), actor=world.officer(1), now=now)
    with pytest.raises(Forbidden):
        actions.withdraw_article(article=desk.published(), reason="Sai tên một đơn vị", actor=world.secretary(), now=now)


def test_a_photo_is_kept_without_what_the_camera_wrote(desk, camera):
    photo = desk.photo(desk(), camera(60, 30))
    kept = photo.file.content.read()
    with Image.open(BytesIO(kept)) as picture:
        assert (picture.size, dict(picture.getexif())) == ((30, 60), {})
    assert (photo.width, photo.height, photo.file.name, b"SecretCamera" in kept) == (30, 60, "img-1.jpg", False)
    assert StoredFile.objects.count() == 1


def test_a_photo_needs_words_for_those_who_cannot_see_it(desk, camera, now):
    article = desk()
    with pytest.raises(Refused, match=r"news\.alt_missing"):
        actions.add_photo(article=article, upload=camera(), caption="", alt="  ", actor=desk.editor, now=now)
    photo = desk.photo(article, camera())
    with pytest.raises(IntegrityError), transaction.atomic():
        Photo.objects.filter(pk=photo.pk).update(alt="")


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("anh.jpg", b"%PDF-1.7 not a photo", "files.wrong_kind"),
        ("anh.jpg", b"just words", "files.wrong_kind"),
        ("anh.png", None, "files.lies_about_type"),
        ("anh.jpg", b"", "files.empty"),
    ],
)
def test_a_file_that_is_no_photo_is_refused_at_its_field(desk, camera, now, name, content, code):
    upload = SimpleUploadedFile(name, camera().read() if content is None else content)
    with pytest.raises(Refused, match=re.escape(code)) as refused:
        actions.add_photo(article=desk(), upload=upload, caption="", alt="Một ảnh", actor=desk.editor, now=now)
    assert refused.value.facts["field"] == "photo"
    assert not StoredFile.objects.exists()


def test_an_article_has_a_most_of_photos(desk, camera, now):
    article = desk()
    kept = desk.photo(article, camera())
    Photo.objects.bulk_create(
        Photo(article=article, file=kept.file, width=1, height=1, alt="a", position=n) for n in range(2, actions.MOST_PHOTOS + 1)
    )
    with pytest.raises(Refused, match=r"news\.too_many_photos"):
        desk.photo(article, camera())


def test_removing_a_photo_takes_its_file_along(desk, camera, now, django_capture_on_commit_callbacks):
    photo = desk.photo(desk(), camera())
    storage, name = photo.file.content.storage, photo.file.content.name
    with django_capture_on_commit_callbacks(execute=True):
        actions.remove_photo(photo=photo, actor=desk.editor, now=now)
    assert not storage.exists(name)
    assert not StoredFile.objects.exists()
    with pytest.raises(Absent):
        actions.remove_photo(photo=photo, actor=desk.editor, now=now)
