"""Medians of a group, scores over time, the table of forecasts and the words of a score."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua.forecasts.rules import wording
from thidua.forecasts.rules.decomposition import bins_of
from thidua.forecasts.rules.group import median_choices, median_interval, median_probability
from thidua.forecasts.rules.standing import Standing, over_time, weights_of
from thidua.forecasts.rules.summary import summaries, summarise
from thidua.forecasts.rules.table import ALL, COLUMNS, parse_forecasts

OPENED = datetime(2021, 3, 1, tzinfo=UTC)
CLOSED = datetime(2021, 3, 11, tzinfo=UTC)
chances = st.floats(0, 1)


def day(number):
    return OPENED + timedelta(days=number)


@given(st.lists(chances, min_size=1, max_size=9))
def test_the_median_of_chances_is_numpys(stated):
    assert median_probability(stated) == pytest.approx(np.median(stated), abs=1e-15)


def rows_of(width):
    return st.lists(st.lists(st.floats(0.01, 1), min_size=width, max_size=width), min_size=1, max_size=7)


@given(st.integers(2, 5).flatmap(rows_of))
def test_the_median_of_choices_is_a_whole(rows):
    stated = [[part / sum(row) for part in row] for row in rows]
    found = median_choices(stated)
    medians = np.median(stated, axis=0)
    assert sum(found) == pytest.approx(1)
    assert found == pytest.approx(list(medians / medians.sum()))


def test_where_each_is_sure_of_another_choice_the_mean_stands():
    assert median_choices([[1, 0, 0], [0, 1, 0], [0, 0, 1]]) == pytest.approx([1 / 3, 1 / 3, 1 / 3])


@given(st.lists(st.tuples(st.floats(-1e6, 1e6), st.floats(0, 1e6)), min_size=1, max_size=9))
def test_the_median_interval_never_crosses(made):
    low, high = median_interval([(low, low + width) for low, width in made])
    assert low <= high


def test_a_forecast_counts_for_the_time_it_stood():
    assert weights_of([day(2), day(7)], OPENED, CLOSED) == pytest.approx([0.5, 0.3])
    assert over_time([0.4, 0.0], [day(2), day(7)], OPENED, CLOSED) == Standing(pytest.approx(0.25), pytest.approx(0.8))


def test_before_the_opening_and_after_the_closing():
    moments = [day(-3), day(-1), day(5), day(12)]
    assert weights_of(moments, OPENED, CLOSED) == [0, 0.5, 0.5, 0]
    assert over_time([9.0, 0.2, 0.4, float("inf")], moments, OPENED, CLOSED).score == pytest.approx(0.3)


def test_nothing_stood():
    assert over_time([], [], OPENED, CLOSED) == Standing(None, 0)
    assert over_time([0.3], [CLOSED], OPENED, CLOSED) == Standing(None, 0)
    assert over_time([0.3], [OPENED], OPENED, OPENED) == Standing(None, 0)


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(-2, 12)), min_size=1, max_size=8))
def test_over_time_lies_between_the_best_and_the_worst(made):
    made.sort(key=lambda each: each[1])
    standing = over_time([score for score, _ in made], [day(at) for _, at in made], OPENED, CLOSED)
    assert 0 <= standing.covered <= 1
    if standing.score is not None:
        assert min(made)[0] - 1e-12 <= standing.score <= max(made)[0] + 1e-12


def table(*lines):
    return [list(COLUMNS), *([*line.split(";")] for line in lines)]


def test_a_table_is_read_with_open_rows_and_either_decimal_sign():
    parsed = parse_forecasts(table("A;q1;0.7;1", "", "A;q2;0,25;", " B ;q1; 1e-05;1.0", "B;q2;.5;"))
    assert parsed.problems == ()
    assert [tuple(line) for line in parsed.lines] == [
        (2, "A", "q1", 0.7, True), (4, "A", "q2", 0.25, None), (5, "B", "q1", 1e-05, True), (6, "B", "q2", 0.5, None),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "code", "column"),
    [
        (";q;0.5;1", "forecasts.name_missing", "forecaster"),
        ("A; ;0.5;1", "forecasts.name_missing", "question"),
        ("all;q;0.5;1", "forecasts.reserved_name", "forecaster"),
        ("A;q;;1", "forecasts.no_probability", "probability"),
        ("A;q;likely;1", "forecasts.not_a_number", "probability"),
        ("A;q;nan;1", "forecasts.not_a_number", "probability"),
        ("A;q;70%;1", "forecasts.not_a_number", "probability"),
        ("A;q;1_0;1", "forecasts.not_a_number", "probability"),
        ("A;q;1.0001;1", "forecasts.not_a_chance", "probability"),
        ("A;q;-0.1;0", "forecasts.not_a_chance", "probability"),
        ("A;q;70;0", "forecasts.not_a_chance", "probability"),
        ("A;q;1e999;0", "forecasts.not_a_chance", "probability"),
        ("A;q;0.5;2", "forecasts.not_an_outcome", "outcome"),
        ("A;q;0.5;yes", "forecasts.not_an_outcome", "outcome"),
    ],
)
def test_a_row_that_cannot_be_used_is_named(line, code, column):
    (problem,) = parse_forecasts(table("B;q0;0.5;0", line)).errors
    assert (problem.code, problem.row, problem.column) == (code, 3, column)
    for language in ("vi", "en"):
        assert wording.told(problem.code, language, **problem.facts)


def test_the_same_forecast_twice_and_an_outcome_both_ways():
    parsed = parse_forecasts(table("A;q;0.5;1", "A;q;0.6;1", "B;q;0.5;0"))
    twice, differ = parsed.notices
    assert (parsed.errors, len(parsed.lines)) == ([], 3)
    assert (twice.code, twice.row, twice.facts["first"]) == ("forecasts.twice", 3, 2)
    assert (differ.code, differ.row, differ.facts["first"]) == ("forecasts.outcomes_differ", 4, 2)


def test_a_row_left_open_beside_a_decided_one_is_told():
    parsed = parse_forecasts(table("A;q;0.5;", "B;q;0.5;1"))
    assert (parsed.errors, [(each.code, each.row, each.facts["first"]) for each in parsed.notices]) == (
        [], [("forecasts.outcome_left_out", 2, 3)],
    )  # fmt: skip


def test_each_forecaster_by_name_and_all_last():
    parsed = parse_forecasts(table("B;q1;0.9;1", "A;q1;0.2;1", "A;q2;0.4;", "B;q3;0;0"))
    found = summaries(parsed.lines)
    assert [(each.forecaster, each.n, each.open_rows) for each in found] == [("A", 1, 1), ("B", 2, 0), (ALL, 3, 1)]
    assert found[-1].parts.brier == pytest.approx((0.01 + 0.64 + 0) / 3)


def test_what_a_reader_should_know():
    def notes(*lines):
        return summarise("A", parse_forecasts(table(*lines)).lines).notes

    assert notes("A;q;0.5;") == ("forecasts.nothing_decided",)
    assert notes("A;q;0;1") == ("forecasts.impossible_came_true", "forecasts.one_outcome_only", "forecasts.too_few")
    assert notes(*(f"A;q{i};0.5;{i % 2}" for i in range(10))) == ("forecasts.few",)
    assert notes(*(f"A;q{i};0.5;{i % 2}" for i in range(30))) == ()


def test_words_of_bins():
    bins = bins_of([(0.7, True)] * 6 + [(0.7, False)] * 3 + [(0.1, False)] * 40)
    assert wording.of_bin(bins[7], "vi") == "Khi nói khoảng 70 %, đúng 6 trên 9 lần (67 %)."
    assert wording.of_bin(bins[7], "en") == "When about 70 % was said, it came true in 6 of 9 cases (67 %)."
    assert wording.verdict(bins[7], "vi").startswith("Khớp")
    assert wording.of_bin(bins[1], "vi") == "Khi nói khoảng 10 %, có xảy ra 0 trên 40 lần (0 %)."
    assert wording.verdict(bins[1], "vi") == "Xảy ra ít hơn đã nói: tỷ lệ thật có thể từ 0 % đến 9 %."
    assert (wording.of_bin(bins[2], "vi"), wording.verdict(bins[2], "vi")) == ("", "")
    assert wording.verdict(bins_of([(0.1, True)] * 9)[1], "en").startswith("More often")


def test_words_of_comparisons_and_numbers():
    assert wording.against_base_rate(0.234, 0.5, "vi") == "Tốt hơn luôn nói tỷ lệ chung 50 %: bớt được 23 % sai số."
    assert wording.against_base_rate(-0.5, 0.5, "en") == "Worse than always saying the base rate of 50 %: 50 % more error."
    assert wording.against_median(0.001, 0.182, "vi") == "Nếu luôn nói như trung vị của cụm thì cũng được 0,182."
    assert wording.against_median(0.2, 0.182, "vi").endswith("được 0,182: tốt hơn mức đó, bớt được 20 % sai số.")
    assert [wording.shortly(skill, "vi") for skill in (0.2, -0.2, 0.0, None)] == [
        ("ok", "tốt hơn 20 %"), ("late", "kém hơn 20 %"), ("wait", "ngang nhau"), ("wait", "–"),
    ]  # fmt: skip
    assert (wording.against_base_rate(None, 0.0, "vi"), wording.against_median(None, None, "vi")) == ("", "")
    assert [wording.number(value, "vi") for value in (None, float("inf"), 0.18249, -0.005)] == ["–", "vô hạn", "0,182", "−0,005"]
    assert (wording.number(1e-17, "en"), wording.percent(0.705, "vi", 1)) == ("0.000", "70,5")


def test_every_sentence_is_in_both_languages():
    assert all(vietnamese and english and vietnamese != english for vietnamese, english in wording.ALL_SENTENCES.values())
