import pytest

from thidua.kernel.errors import Absent
from thidua.news import actions
from thidua.news.access import get_article_editable_by, get_article_readable_by, get_photo_readable_by
from thidua.news.queries import articles_about, published, tabs, work
from thidua.people.middleware import NOBODY


def test_a_draft_is_absent_for_all_who_may_not_edit_it(desk, world):
    slug = desk().slug
    assert get_article_readable_by(desk.editor, slug).slug == slug
    for actor in (NOBODY, world.secretary(), world.superior(), world.officer(2), world.actor("auditor", desk.body)):
        with pytest.raises(Absent):
            get_article_readable_by(actor, slug)
        with pytest.raises(Absent):
            get_article_editable_by(actor, slug)


def test_what_is_published_everyone_reads_and_only_the_desk_edits(desk, world):
    slug = desk.published().slug
    assert get_article_readable_by(NOBODY, slug)
    assert get_article_editable_by(desk.editor, slug)
    with pytest.raises(Absent):
        get_article_editable_by(world.secretary(), slug)


def test_photos_follow_their_article(desk, camera, now):
    article = desk()
    photo = desk.photo(article, camera())
    with pytest.raises(Absent):
        get_photo_readable_by(NOBODY, photo.pk)
    assert get_photo_readable_by(desk.editor, photo.pk)
    actions.publish_article(article=article, actor=desk.editor, now=now)
    assert get_photo_readable_by(NOBODY, photo.pk)
    actions.withdraw_article(article=article, reason="Sai tên một đơn vị", actor=desk.editor, now=now)
    with pytest.raises(Absent):
        get_photo_readable_by(NOBODY, photo.pk)


def test_the_tab_and_the_drafts_are_for_the_desk(desk, world):
    desk()
    desk.published(title="Đã đăng")
    assert [tab.key for tab in tabs(desk.editor, desk.year)] == ["news"]
    assert [tab.key for tab in tabs(world.secretary(), desk.year)] == ["news"]
    assert tabs(world.officer(2), desk.year) == []
    assert len(articles_about(desk.year, desk.editor)) == 2
    assert [article.title for article in articles_about(desk.year, world.officer(2))] == ["Đã đăng"]


def test_a_draft_waits_for_its_desk(desk, world, now, django_assert_num_queries):
    desk()
    with django_assert_num_queries(1):
        waiting = work(desk.editor, now)
    assert [(str(each.title), each.due_on) for each in waiting] == [("Hoàn thành và đăng bài “Ký giao ước thi đua”", None)]
    officer = world.officer(2)
    with django_assert_num_queries(0):
        assert work(officer, now) == []


def test_search_needs_every_word_with_or_without_marks(desk):
    desk.published(title="Hội nghị tổng kết Đảng bộ")
    desk.published(title="Ký giao ước 100%")
    assert [a.title for a in published("dang BO tổng")] == ["Hội nghị tổng kết Đảng bộ"]
    assert [a.title for a in published("100%")] == ["Ký giao ước 100%"]
    assert list(published("hoi giao-uoc")) == []
    assert published("").count() == 2
