"""Dates, relations, passages, words and the graph."""

import re
from datetime import date, timedelta
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua.directives.rules import dates, graph, passages, words
from thidua.kernel.errors import Refused

DAY = date(2021, 5, 18)
TEXT = "I. MỤC TIÊU\n\nCác cấp ủy tổ chức   học tập.\nTổ chức học tập trong quý II.\nBáo cáo trước 30-6."


def checked(**values):
    usual = {"issued_on": DAY, "effective_on": None, "expires_on": None, "number": "01-KL/TW", "number_year": None}
    dates.check_dates(**usual | {"today": DAY} | values)


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"issued_on": None}, "date_wanted"),
        ({"issued_on": DAY + timedelta(1)}, "date_ahead"),
        ({"number_year": 2020}, "number_year"),
        ({"effective_on": DAY - timedelta(1)}, "effective_early"),
        ({"expires_on": DAY - timedelta(1)}, "expires_early"),
        ({"effective_on": DAY + timedelta(9), "expires_on": DAY + timedelta(5)}, "expires_early"),
    ],
)
def test_dates_that_cannot_be_true(values, code):
    with pytest.raises(Refused) as refused:
        checked(**values)
    assert refused.value.code == f"directives.{code}"


@pytest.mark.parametrize(
    "values",
    [{}, {"issued_on": None, "number": ""}, {"effective_on": DAY + timedelta(90)}, {"number_year": 2021}, {"expires_on": DAY}],
)
def test_dates_that_can(values):
    checked(**values)


@pytest.mark.parametrize(
    ("kind", "source", "target", "old"),
    [
        ("replaces", date(2020, 1, 1), DAY, True),
        ("amends", date(2020, 1, 1), DAY, True),
        ("concretises", date(2020, 1, 1), DAY, True),
        ("replaces", DAY, DAY, False),
        ("paired", date(2020, 1, 1), DAY, False),
        ("directed_by", date(2020, 1, 1), DAY, False),
        ("replaces", None, DAY, False),
    ],
)
def test_what_is_older_cannot_replace(kind, source, target, old):
    assert dates.is_too_old(kind, source, target) is old


@pytest.mark.parametrize(
    ("edges", "source", "target", "closes"),
    [
        ([], 1, 2, False),
        ([(2, 1)], 1, 2, True),
        ([(2, 3), (3, 1)], 1, 2, True),
        ([(1, 3), (2, 3)], 1, 2, False),
        ([], 1, 1, True),
    ],
)
def test_circles(edges, source, target, closes):
    assert dates.closes_circle(edges, source, target) is closes


@given(st.lists(st.tuples(st.integers(1, 6), st.integers(1, 6)), max_size=20))
def test_edges_taken_one_by_one_never_make_a_circle(wished):
    edges = []
    for source, target in wished:
        if not dates.closes_circle(edges, source, target):
            edges.append((source, target))
    reach = {node: {b for a, b in edges if a == node} for node in range(1, 7)}
    for _ in range(6):
        reach = {node: ends.union(*(reach[end] for end in ends)) if ends else ends for node, ends in reach.items()}
    assert all(node not in ends for node, ends in reach.items())


def test_paragraphs_are_lines_without_the_space_around_them():
    assert [TEXT[a:b] for a, b in passages.paragraphs("  Một \n\n\tHai\u00a0\nB")] != []
    assert [text[a:b] for text in ["  Một \n\n\tHai ba\nB"] for a, b in passages.paragraphs(text)] == ["Một", "Hai ba", "B"]


def test_neighbours_make_one_run():
    assert passages.runs([5, 1, 2, 2]) == [(1, 2), (5, 5)]
    assert passages.runs([]) == []


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("các cấp ủy tổ chức học tập", "", "Các cấp ủy tổ chức   học tập"),
        ("Các cấp ủy", "quý II.", "Các cấp ủy tổ chức   học tập.\nTổ chức học tập trong quý II."),
        ("Báo cáo trước 30-6.", "30-6.", "Báo cáo trước 30-6."),
        ("Tổ chức", "quý II.", "Tổ chức học tập trong quý II."),
    ],
)
def test_a_passage_is_found_by_its_first_and_last_words(first, last, expected):
    start, end = passages.passage(TEXT, first, last)
    assert TEXT[start:end] == expected


@pytest.mark.parametrize(
    ("first", "last", "code"),
    [
        ("Không có câu này", "", "passage_not_found"),
        ("", "", "passage_not_found"),
        ("Báo cáo", "Các cấp ủy", "passage_not_found"),
        ("học tập", "", "passage_unclear"),
    ],
)
def test_a_passage_that_cannot_be_found_is_refused(first, last, code):
    with pytest.raises(Refused) as refused:
        passages.passage(TEXT, first, last)
    assert refused.value.code == f"directives.{code}"


def test_a_passage_of_a_whole_document_is_refused():
    with pytest.raises(Refused) as refused:
        passages.passage("đầu " + "x" * passages.MOST_PASSAGE + " cuối", "đầu", "cuối")
    assert refused.value.code == "directives.passage_long"


def test_words_are_found_again_nearest_to_where_they_stood():
    assert passages.relocated("a b a", "a", near=4) == (4, 5)
    assert passages.relocated("mở đầu.\nTổ  chức học tập trong quý II.", "Tổ chức học tập") == (8, 24)
    assert passages.relocated("không còn", "Tổ chức") is None
    assert passages.relocated("trống", "  ") is None
    assert passages.relocated("İ  MỞ\u00a0Lớp ở xã", "mở lớp") == (3, 9)


def test_a_thousand_words_are_found_in_the_longest_text_at_once():
    clause = [f"từ {number}" for number in range(1000)]
    text = " \n".join([*clause[:-1], "khác"]) * 110 + "\n\n" + "  ".join(clause).upper()
    assert len(text) > 800_000
    began = perf_counter()
    start, end = passages.relocated(text, " ".join(clause))
    assert perf_counter() - began < 2
    assert (start, end) == (len(text) - len("  ".join(clause)), len(text))


@given(st.text("aA b\n", max_size=30), st.text("aAb ", max_size=4), st.booleans())
def test_words_are_found_where_a_pattern_finds_them(text, wanted, same_case):
    flags = 0 if same_case else re.IGNORECASE
    pattern = re.compile(r"\s+".join(map(re.escape, wanted.split())), flags)
    expected = [found.span() for found in pattern.finditer(text)] if wanted.strip() else []
    assert passages.Searchable(text, same_case=same_case).places(wanted) == expected


@given(
    st.text("ab \n", max_size=60),
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60), st.integers(1, 3)), max_size=5),
    st.integers(0, 60),
    st.integers(0, 60),
)
def test_segments_are_the_whole_text_between_two_places(text, marks, start, end):
    whole = "".join(segment.text for segment in passages.segments(text, marks, start, end))
    assert whole == text[start : max(start, end)]


def test_segments_carry_their_clause():
    found = passages.segments("một hai ba", [(4, 7, 9)])
    assert [(segment.text, segment.clause) for segment in found] == [("một ", None), ("hai", 9), (" ba", None)]


def test_the_index_holds_words_with_and_without_marks_once():
    assert words.index_words("Chỉ thị 05-CT/TW", "chỉ") == ["chỉ", "thị", "05", "ct", "tw", "chi", "thi"]


def test_the_index_of_one_document_has_a_limit():
    many = " ".join(f"tu{number}" for number in range(100_000))
    assert sum(len(word) + 1 for word in words.index_words(many)) <= words.MOST_INDEXED


@given(st.text(max_size=200))
def test_no_word_is_ever_syntax(query):
    for word in [*words.asked_words(query)[0], *words.asked_words(query)[1], *words.index_words(query)]:
        assert word.isalnum()


@pytest.mark.parametrize(("query", "hit"), [("học tập", ["học", "tập"]), ("hoc", ["học"]), ("HOC TA", ["học", "tập"])])
def test_a_snippet_shows_the_first_hit(query, hit):
    shown = words.snippet(f"{'Mở đầu. ' * 60}Các cấp ủy tổ chức học tập. {'Kết. ' * 90}", query)
    assert [piece for piece, is_hit in shown if is_hit] == hit
    assert shown[0][0].startswith("… ")
    assert shown[-1][0].endswith(" …")


@pytest.mark.parametrize("query", ["nêu gương của", "neu guong cua", "NEU GUONG cu"])
def test_a_snippet_shows_the_passage_and_not_the_first_single_word(query):
    text = f"Của cải nêu trên. {'Mở đầu của một đoạn. ' * 60}Trách nhiệm nêu gương\n của cán bộ. {'Kết. ' * 90}"
    shown = words.snippet(text, query)
    assert [piece for piece, is_hit in shown if is_hit][-3:] == ["nêu", "gương", "của"]
    assert "Trách nhiệm nêu gương của cán bộ." in "".join(piece for piece, _is_hit in shown)


def test_a_snippet_of_words_that_stand_apart_shows_where_most_are_together():
    text = f"Cán bộ. {'Mở đầu. ' * 60}Đảng viên và cán bộ ở cơ sở. {'Kết. ' * 60}"
    assert "Đảng viên và cán bộ ở cơ sở." in "".join(piece for piece, _is_hit in words.snippet(text, "co so can bo"))


def test_a_snippet_marks_every_word_once_whatever_its_case():
    shown = words.snippet("ĐỐI VỚI ĐẢNG VIÊN (đảng viên)", "đảng viên")
    assert [piece for piece, is_hit in shown if is_hit] == ["ĐẢNG", "VIÊN", "đảng", "viên"]
    assert "".join(piece for piece, _is_hit in shown) == "ĐỐI VỚI ĐẢNG VIÊN (đảng viên)"


def test_no_snippet_without_a_hit():
    assert words.snippet("Một đoạn", "khác") == []
    assert words.snippet("Một đoạn", "  ") == []


def test_what_refers_to_a_document_stands_above_it_and_the_rest_below():
    links = [
        graph.Link(7, "Kết luận 01-KL/TW", "Tiếp tục thực hiện", ("cụ thể hóa", "theo chỉ đạo của"), "in"),
        graph.Link(8, "Nghị quyết 04-NQ/TW", "T" * 99, ("gắn với",), "both"),
        graph.Link(9, "Chỉ thị 03-CT/TW", "", ("thay thế",), "out"),
    ]
    drawn = graph.layout("Chỉ thị 05-CT/TW", "Đẩy mạnh học tập", links)
    places = {box.key: box.y for box in drawn.boxes}
    assert places[7] < places[None] < places[8] < places[9]
    assert max(places.values()) + graph.BOX_HEIGHT == drawn.height
    assert [len(line.heads) for line in drawn.lines] == [1, 2, 1]
    assert [[words for words, _x, _y in line.labels] for line in drawn.lines] == [
        ["cụ thể hóa", "theo chỉ đạo của"],
        ["gắn với"],
        ["thay thế"],
    ]
    assert all(len(box.title) <= 37 for box in drawn.boxes)


@pytest.mark.parametrize(
    ("ways", "way"), [(["both", "out"], "out"), (["in", "both"], "in"), (["in", "out"], "both"), (["both"], "both")]
)
def test_several_relations_to_one_document_are_one_line(ways, way):
    assert graph.common_way(ways) == way
