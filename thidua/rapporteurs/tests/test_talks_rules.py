from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua.kernel.errors import Refused
from thidua.rapporteurs.rules import talks as rules
from thidua.rapporteurs.rules.talks import Span, Spoken, Sum

DAY = date(2021, 10, 20)
TERM = Span(date(2020, 1, 1), date(2021, 12, 31))
ALWAYS = Span(None, None)


def code(function, *given, **more):
    with pytest.raises(Refused) as caught:
        function(*given, **more)
    return caught.value.code


def test_a_quarter_has_its_days():
    assert rules.quarter_span(2021, 1) == Span(date(2021, 1, 1), date(2021, 3, 31))
    assert rules.quarter_span(2024, 1).ends_on == date(2024, 3, 31)
    assert rules.quarter_span(2021, 4) == Span(date(2021, 10, 1), date(2021, 12, 31))


@given(st.dates(date(2000, 1, 1), date(2100, 12, 31)))
def test_each_day_lies_in_the_quarter_at_it_and_in_no_other(day):
    at = rules.quarter_at(day.year, day)
    assert [quarter for quarter in (1, 2, 3, 4) if rules.quarter_span(day.year, quarter).holds(day)] == [at]
    assert rules.year_span(day.year).holds(day)


def test_outside_the_year_the_nearest_quarter_is_shown():
    assert rules.quarter_at(2021, date(2020, 8, 1)) == 1
    assert rules.quarter_at(2021, date(2022, 2, 1)) == 4


def test_a_title_says_something():
    assert rules.check_title("  Học tập   Nghị quyết ") == "Học tập Nghị quyết"
    assert code(rules.check_title, " … ") == "rapporteurs.topic_without_title"


def test_a_topic_ends_after_it_begins():
    rules.check_topic_span(Span(DAY, DAY))
    rules.check_topic_span(Span(None, DAY))
    assert code(rules.check_topic_span, Span(DAY, DAY - timedelta(days=1))) == "rapporteurs.topic_ends_early"


def test_a_reason_explains():
    assert rules.check_reason(" đã có chủ đề  tương tự ") == "đã có chủ đề tương tự"
    assert code(rules.check_reason, "  sai      ") == "rapporteurs.reason_too_short"


def test_a_talk_lies_in_its_year():
    rules.check_day(date(2021, 1, 1), 2021)
    rules.check_day(date(2021, 12, 31), 2021)
    assert code(rules.check_day, date(2022, 1, 1), 2021) == "rapporteurs.talk_outside_year"
    assert code(rules.check_day, date(2020, 12, 31), 2021) == "rapporteurs.talk_outside_year"


def test_only_a_rapporteur_in_term_speaks():
    rules.check_speaker("A", [TERM], None, DAY)
    rules.check_speaker("A", [TERM], DAY, DAY - timedelta(days=1))
    assert code(rules.check_speaker, "A", [TERM], DAY, DAY) == "rapporteurs.speaker_left"
    assert code(rules.check_speaker, "A", [], None, DAY) == "rapporteurs.speaker_without_term"
    with pytest.raises(Refused) as caught:
        rules.check_speaker("A", [TERM, Span(date(2022, 7, 1), date(2024, 6, 30))], None, date(2022, 3, 1))
    assert caught.value.code == "rapporteurs.speaker_out_of_term"
    assert caught.value.facts["terms"] == "01-01-2020 – 31-12-2021; 01-07-2022 – 30-06-2024"


@pytest.mark.parametrize(
    ("topic", "refusal"),
    [
        (Spoken("A", False, False, ALWAYS), "rapporteurs.topic_not_agreed"),
        (Spoken("A", True, True, ALWAYS), "rapporteurs.topic_retired"),
        (Spoken("A", True, False, Span(date(2021, 11, 1), None)), "rapporteurs.topic_outside_days"),
    ],
)
def test_topics_new_to_a_talk_are_agreed_in_use_and_of_the_day(topic, refusal):
    assert code(rules.check_topics, [topic], DAY) == refusal
    rules.check_topics([Spoken(topic.title, topic.agreed, topic.retired, topic.span, kept=True)], DAY)


def test_a_talk_has_one_topic_and_not_too_many():
    some = Spoken("A", True, False, ALWAYS)
    rules.check_topics([some] * rules.MOST_AT_ONCE, DAY)
    assert code(rules.check_topics, [], DAY) == "rapporteurs.no_topic"
    assert code(rules.check_topics, [some] * (rules.MOST_AT_ONCE + 1), DAY) == "rapporteurs.too_many_at_once"


@pytest.mark.parametrize(
    ("attended", "refusal"),
    [(-1, "of_none"), (0, "of_none"), (rules.MOST_LISTENERS + 1, "too_big"), (10**12, "too_big")],
)
def test_an_audience_that_cannot_be(attended, refusal):
    assert code(rules.check_audience, {"members": 5, "youth": attended}, DAY, DAY) == f"rapporteurs.audience_{refusal}"


def test_an_audience_that_can_be():
    rules.check_audience({"members": 1, "youth": rules.MOST_LISTENERS}, DAY, DAY)
    rules.check_audience({}, DAY + timedelta(days=1), DAY)
    assert code(rules.check_audience, {"members": 1}, DAY + timedelta(days=1), DAY) == "rapporteurs.audience_before_talk"


TOPICS, UNITS = [1, 2, 3, 4], [10, 20, 30]
CELLS = st.lists(
    st.tuples(st.sampled_from([*TOPICS, 9]), st.sampled_from([*UNITS, 90]), st.builds(Sum, st.just(1), st.integers(1, 500)))
)


@given(CELLS, st.randoms())
def test_the_order_of_talks_does_not_matter(cells, chance):
    mixed = list(cells)
    chance.shuffle(mixed)
    assert rules.coverage(TOPICS, UNITS, mixed) == rules.coverage(TOPICS, UNITS, cells)


@given(CELLS)
def test_coverage_adds_up_and_begins_with_what_reached_the_fewest(cells):
    lines = rules.coverage(TOPICS, UNITS, cells)
    assert sorted(line.topic for line in lines) == TOPICS
    assert [line.reached for line in lines] == sorted(line.reached for line in lines)
    known = [part for topic, unit, part in cells if topic in TOPICS and unit in UNITS]
    assert sum((line.total for line in lines), Sum()) == sum(known, Sum())
    for line in lines:
        assert sum(line.boxes, Sum()) == line.total
        assert line.reached == len({unit for topic, unit, _part in cells if topic == line.topic and unit in UNITS})
        of_one = [part for topic, unit, part in cells if (topic, unit) == (line.topic, UNITS[0])]
        assert line.boxes[0] == sum(of_one, Sum())
