from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from thidua.news import actions
from thidua.news.models import Article, Photo, Status

TYPED = {"title": "Hội nghị tổng kết", "lead": "Sapo.", "text": "Nội dung.", "byline": "Duy Phương", "do": "save"}


@pytest.fixture
def editor(desk, sign_in):
    return sign_in(desk.person)


def test_the_front_page_needs_and_sets_no_cookie(desk, client, camera):
    desk.photo(desk.published(), camera())
    answer = client.get(reverse("news:front"))
    assert answer.status_code == 200
    assert not answer.cookies
    assert "public" in answer["Cache-Control"]
    assert '<meta name="robots" content="index">' in answer.content.decode()
    assert "Ký giao ước thi đua" in answer.content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_front_page_asks_the_same_number_of_queries(desk, client, camera, django_assert_num_queries, rows):
    for number in range(rows):
        desk.photo(desk.published(title=f"Bài {number}"), camera())
    with django_assert_num_queries(3):  # how many, the articles, their photos
        client.get(reverse("news:front"))


def test_an_empty_front_page_says_so(db, client):
    assert "Chưa có tin nào" in client.get(reverse("news:front")).content.decode()


def test_search_and_pages(desk, client):
    for number in range(12):
        desk.published(title=f"Tin số {number}")
    front = client.get(reverse("news:front"))
    assert len(front.context["page"]) == 10
    assert len(client.get(reverse("news:front"), {"trang": "2"}).context["page"]) == 2
    assert client.get(reverse("news:front"), {"trang": "x"}).context["page"].number == 1
    found = client.get(reverse("news:front"), {"q": "TIN SO 11"})
    assert [article.title for article in found.context["page"]] == ["Tin số 11"]
    assert "Không có bài nào khớp" in client.get(reverse("news:front"), {"q": "xyz<b>"}).content.decode()
    with_controls = client.get(reverse("news:front"), {"q": "\0TIN SO\0 11\x1b"})
    assert [article.title for article in with_controls.context["page"]] == ["Tin số 11"]


def test_an_article_as_a_newspaper_shows_it(desk, client, camera, django_assert_num_queries):
    article = desk.published(text="Một <script>alert(1)</script>\n\n## Nhiệm vụ")
    desk.photo(article, camera())
    with django_assert_num_queries(3):  # the article, its photos, more news
        answer = client.get(article.get_absolute_url())
    page = answer.content.decode()
    assert not answer.cookies
    for part in ("Cập nhật:", "Thứ hai 01-11-2021 09:00", "Duy Phương", "Lễ ký", 'alt="Bảy người ngồi ký"', "In trang này"):
        assert part in page
    assert "<h2>Nhiệm vụ</h2>" in page
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert 'property="og:image" content="http://testserver/tin-tuc/anh/' in page


def test_the_print_view_has_no_frame(desk, client):
    article = desk.published()
    page = client.get(reverse("news:print", args=[article.slug])).content.decode()
    assert "site-head" not in page
    assert "site-foot" not in page
    assert "Ký giao ước thi đua" in page


def test_figures_that_are_illustrative_say_so_on_page_and_paper(desk, client):
    article = desk.published()
    Article.objects.update(illustrative=True)
    for name in ("news:article", "news:print"):
        assert "Số liệu minh hoạ" in client.get(reverse(name, args=[article.slug])).content.decode()


def test_a_draft_is_404_for_readers_and_a_preview_for_the_desk(desk, client, sign_in, world):
    article = desk()
    for name in ("news:article", "news:print"):
        assert client.get(reverse(name, args=[article.slug])).status_code == 404
    stranger = sign_in(world.person("unit_officer", world.unit(2)))
    assert stranger.get(article.get_absolute_url()).status_code == 404
    own = sign_in(desk.person).get(article.get_absolute_url())
    assert "chỉ người biên tập thấy trang này" in own.content.decode()
    assert "private" in own["Cache-Control"]


def test_a_withdrawn_article_leaves_only_its_note(desk, client, now):
    article = desk.published()
    actions.withdraw_article(article=article, reason="Sai tên một đơn vị", actor=desk.editor, now=now)
    for name in ("news:article", "news:print"):
        answer = client.get(reverse(name, args=[article.slug]))
        assert answer.status_code == 410
        assert "Sai tên một đơn vị" in answer.content.decode()
        assert "Đoạn một" not in answer.content.decode()
        assert "noindex" in answer.content.decode()
    assert "Ký giao ước" not in client.get(reverse("news:front")).content.decode()


def test_photos_are_public_with_their_article_only(desk, client, camera, now):
    article = desk()
    photo = desk.photo(article, camera())
    address = reverse("news:photo", args=[photo.pk])
    assert client.get(address).status_code == 404
    actions.publish_article(article=article, actor=desk.editor, now=now)
    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"], answer["Cache-Control"]) == (200, "image/jpeg", "public, max-age=3600")
    assert client.get(reverse("news:photo", args=[photo.pk + 1])).status_code == 404


@pytest.mark.parametrize("name", ["desk", "write"])
def test_the_desk_is_closed_to_others(db, world, client, sign_in, name):
    world.year()
    assert client.get(reverse(f"news:{name}")).status_code == 302
    assert sign_in(world.person("unit_officer", world.unit(2))).get(reverse(f"news:{name}")).status_code == 404


@pytest.mark.parametrize("name", ["edit", "publish", "withdraw", "photo_add"])
def test_another_desks_article_is_not_there(desk, world, sign_in, name):
    article = desk()
    stranger = sign_in(world.person("editor", world.unit(2)))
    assert stranger.post(reverse(f"news:{name}", args=[article.slug]), TYPED).status_code == 404


def test_writing_from_a_years_page(desk, editor):
    page = editor.get(reverse("news:year", args=["cum-2", 2021])).content.decode()
    assert f"{reverse('news:write')}?nam={desk.year.pk}" in page
    form = editor.get(reverse("news:write"), {"nam": desk.year.pk}).context["form"]
    assert form["year"].initial == desk.year
    answer = editor.post(reverse("news:write"), {**TYPED, "year": desk.year.pk, "organisation": desk.body.pk})
    made = Article.objects.get()
    assert answer.url == reverse("news:edit", args=[made.slug])
    assert (made.year, made.organisation, made.title) == (desk.year, desk.body, "Hội nghị tổng kết")


def test_the_years_page_shows_members_what_is_published(desk, world, sign_in):
    desk()
    desk.published(title="Đã đăng")
    page = sign_in(world.person("unit_officer", world.unit(2))).get(reverse("news:year", args=["cum-2", 2021])).content.decode()
    assert "Đã đăng" in page
    assert "Ký giao ước thi đua" not in page
    assert "Viết bài" not in page


def test_a_preview_keeps_nothing(desk, editor):
    answer = editor.post(reverse("news:write"), {**TYPED, "organisation": desk.body.pk, "do": "preview"})
    assert not Article.objects.exists()
    assert answer.content.decode().count("Hội nghị tổng kết") >= 2


def test_saving_and_publishing_in_one_step(desk, editor):
    article = desk()
    answer = editor.post(reverse("news:edit", args=[article.slug]), {**TYPED, "revision": 1, "do": "publish"})
    assert answer.url == article.get_absolute_url()
    article.refresh_from_db()
    assert (article.title, article.status) == ("Hội nghị tổng kết", Status.PUBLISHED)


def test_publishing_what_is_unfinished_saves_it_and_says_what_is_missing(desk, editor):
    article = desk()
    answer = editor.post(reverse("news:edit", args=[article.slug]), {**TYPED, "lead": "", "revision": 1, "do": "publish"})
    assert "Bài chưa có sapo" in answer.content.decode()
    article.refresh_from_db()
    assert (article.title, article.status) == ("Hội nghị tổng kết", Status.DRAFT)
    following = answer.context["form"].data["revision"]
    again = editor.post(reverse("news:edit", args=[article.slug]), {**TYPED, "revision": following, "do": "publish"})
    assert again.status_code == 302


def test_two_editors_at_once_lose_no_word(desk, editor, words, now):
    article = desk()
    theirs, at = words(text="Bản của người khác."), now + timedelta(hours=1)
    actions.edit_article(article=article, revision=1, year=None, words=theirs, actor=desk.editor, now=at)
    typed = {**TYPED, "text": "Bản của tôi.", "revision": 1}
    answer = editor.post(reverse("news:edit", args=[article.slug]), typed)
    page = answer.content.decode()
    assert "Bài đã được lưu ở nơi khác lúc 10:00 01-11-2021" in page
    assert "Bản của tôi." in page
    assert "<p>Bản của người khác.</p>" in page
    editor.post(reverse("news:edit", args=[article.slug]), {**typed, "revision": answer.context["form"].data["revision"]})
    article.refresh_from_db()
    assert article.text == "Bản của tôi."


def test_five_megabytes_of_text_come_back_with_a_sentence(desk, editor):
    article = desk()
    text = "Tuyên giáo " * 410_000
    assert len(text.encode()) > 5 * 2**20
    answer = editor.post(reverse("news:edit", args=[article.slug]), {**TYPED, "text": text, "revision": 1})
    page = answer.content.decode()
    assert "Nội dung dài 4.509.999 ký tự; nhiều nhất 100.000" in page
    assert page.count("Tuyên giáo ") >= 409_999
    article.refresh_from_db()
    assert article.text == "Đoạn một.\n\nĐoạn hai."


def test_a_photo_that_lies_leaves_its_words_typed(desk, editor, camera):
    article = desk()
    address = reverse("news:photo_add", args=[article.slug])
    liar = SimpleUploadedFile("anh.jpg", b"%PDF-1.4 xin chao")
    answer = editor.post(address, {"photo": liar, "alt": "Bảy người ngồi ký", "caption": "Lễ ký kết"})
    page = answer.content.decode()
    assert "Nội dung của tệp “anh.jpg” không thuộc loại được nhận (jpg, png)" in page
    assert "Bảy người ngồi ký" in page
    assert "Lễ ký kết" in page
    assert editor.post(address, {"photo": camera(), "alt": "Bảy người ngồi ký"}).status_code == 302
    assert editor.post(address, {"photo": camera(), "alt": " "}).context["form"].errors["alt"]
    assert Photo.objects.count() == 1


def test_removing_a_photo_is_of_its_own_article(desk, editor, camera):
    photo = desk.photo(desk(), camera())
    other = desk(title="Khác")
    assert editor.post(reverse("news:photo_remove", args=[other.slug, photo.pk])).status_code == 404
    assert editor.post(reverse("news:photo_remove", args=[photo.article.slug, photo.pk])).status_code == 302
    assert not Photo.objects.exists()


def test_withdrawing_asks_for_a_reason(desk, editor):
    article = desk.published()
    address = reverse("news:withdraw", args=[article.slug])
    assert "Hãy nêu lý do" in editor.post(address, {"reason": "sai"}).content.decode()
    assert editor.post(address, {"reason": "Sai tên một đơn vị"}).status_code == 302
    assert editor.post(reverse("news:publish", args=[article.slug])).status_code == 302
    assert editor.post(reverse("news:publish", args=[article.slug])).status_code == 409


@pytest.mark.parametrize("rows", [1, 3])
def test_the_desks_list_asks_the_same_number_of_queries(desk, editor, rows, django_assert_num_queries):
    for number in range(rows):
        desk(title=f"Bài {number}")
    with django_assert_num_queries(7):  # session, person, two for the actor, desks, count, articles
        assert editor.get(reverse("news:desk")).status_code == 200


def test_what_is_demanded_when_publishing_is_not_called_optional(editor):
    page = editor.get(reverse("news:write")).content.decode()
    assert [words for words in ("Sapo", "Nội dung") if f'{words} <span class="hint">(bắt buộc khi đăng)</span>' not in page] == []
    assert 'Người viết <span class="hint">(không bắt buộc)</span>' in page
