import re
from html.parser import HTMLParser
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from thidua.kernel.errors import Refused
from thidua.news.rules import articles, markup, photos

ALLOWED = {"p", "br", "h2", "ul", "li"}
TYPED = st.lists(
    st.sampled_from(["## ", "- ", "\n", "\n\n", "\r\n", "<script>", "</p>", "<img src=x onerror=a()>", "&lt;", "&", '"', "<"])
    | st.text(max_size=12)
).map("".join)


class Reader(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.tags, self.words = [], []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, attrs))

    def handle_data(self, data):
        self.words.append(data)

    def handle_comment(self, data):
        self.tags.append(("comment", data))


def read(html):
    reader = Reader()
    reader.feed(html)
    reader.close()
    return reader


@given(TYPED)
def test_nothing_that_was_typed_becomes_a_tag(text):
    assert [(tag, attrs) for tag, attrs in read(markup.to_html(text)).tags if tag not in ALLOWED or attrs] == []


@given(TYPED)
def test_no_letter_is_lost(text):
    shown = "".join(read(markup.to_html(text)).words)
    lines = [line.strip() for line in text.splitlines()]
    typed = [line[len(mark) :] for line in lines for mark in [next((m for m in ("## ", "- ") if line.startswith(m)), "")]]
    assert "".join(shown.split()) == "".join("".join(typed).split())


@given(TYPED)
def test_every_tag_is_closed(text):
    html = markup.to_html(text)
    for tag in ALLOWED - {"br"}:
        assert html.count(f"<{tag}>") == html.count(f"</{tag}>")


def test_paragraphs_lists_and_headings():
    html = markup.to_html("Mở đầu\nhai dòng\n\n## Nhiệm vụ <2022>\n- một\n- hai & ba\n\nKết")
    assert html == (
        "<p>Mở đầu<br>hai dòng</p>\n<h2>Nhiệm vụ &lt;2022&gt;</h2>\n<ul><li>một</li><li>hai &amp; ba</li></ul>\n<p>Kết</p>"
    )
    assert markup.to_html("  \n\n") == ""


def test_the_beginning_is_cut_at_a_word():
    assert markup.beginning("## Mục\n\n- một hai ba", 100) == "Mục một hai ba"
    assert markup.beginning("một hai ba", 8) == "một hai…"
    assert markup.beginning("mộthaiba", 5) == "mộth…"


def test_words_are_judged_at_their_field():
    with pytest.raises(Refused) as refused:
        articles.check_words(title="!!!", lead="", text="")
    assert (refused.value.code, refused.value.facts["field"]) == ("news.title_empty", "title")
    for field, length in (("title", 201), ("lead", 1001), ("text", 100_001)):
        with pytest.raises(Refused, match=rf"news\.{field}_too_long"):
            articles.check_words(**{"title": "a", "lead": "", "text": "", field: "a" * length})
    articles.check_words(title="a" * 200, lead="b" * 1000, text="c" * 100_000)


def test_publishing_needs_lead_and_text():
    for lead, text, code in (("  ", "a", "news.lead_missing"), ("a", "\n", "news.text_missing")):
        with pytest.raises(Refused, match=re.escape(code)):
            articles.check_publishable(lead=lead, text=text)
    articles.check_publishable(lead="a", text="b")


def test_a_reason_says_something():
    with pytest.raises(Refused, match=r"news\.reason_too_short"):
        articles.check_reason("  sai    ")
    assert articles.check_reason(" Sai tên đơn vị ") == "Sai tên đơn vị"


def test_addresses_are_free_and_never_a_page_of_the_desk():
    taken = {"hoi-nghi", "hoi-nghi-2"}
    assert articles.free_slug("Hội nghị", taken.__contains__) == "hoi-nghi-3"
    assert articles.free_slug("Viết", taken.__contains__) == "bai-viet"
    assert articles.free_slug("Ảnh", taken.__contains__) == "bai-anh"
    assert articles.free_slug("Bài mới", taken.__contains__) == "bai-bai-moi"
    assert len(articles.free_slug("dài " * 80, taken.__contains__)) <= articles.SLUG_LENGTH


def test_a_search_is_folded_like_the_articles():
    assert articles.words_of("  Giao ƯỚC đảng ") == ("giao", "uoc", "dang")
    assert "giao uoc" in articles.folded(title="Ký Giao ước", lead="", text="")


def test_a_photo_is_turned_scaled_and_bare(camera):
    picture = photos.fit_for_web(camera(400, 4000).read())
    assert (picture.width, picture.height) == (1600, 160)
    with Image.open(BytesIO(picture.content)) as kept:
        assert kept.format == "JPEG"
        assert not kept.getexif()
        assert not {"icc_profile", "comment"} & kept.info.keys()
    assert b"SecretCamera" not in picture.content


def test_a_small_photo_keeps_its_size(camera):
    assert (photos.fit_for_web(camera(40, 30).read()).width, photos.fit_for_web(camera(40, 30).read()).height) == (30, 40)


def test_a_very_tall_photo_is_made_low_enough_to_be_kept():
    content = BytesIO()
    Image.new("L", (100, 70_000)).save(content, "PNG")
    picture = photos.fit_for_web(content.getvalue())
    assert (picture.width, picture.height) == (3, 2400)


@pytest.mark.parametrize("mode", ["RGBA", "L", "P", "LA"])
def test_every_kind_of_colour_becomes_a_plain_picture(mode):
    content = BytesIO()
    Image.new(mode, (20, 10)).save(content, "PNG")
    assert photos.fit_for_web(content.getvalue()).width == 20


def test_a_photo_cut_short_is_refused(camera):
    whole = camera(600, 600).read()
    with pytest.raises(Refused, match=r"news\.photo_broken"):
        photos.fit_for_web(whole[: len(whole) // 2])
