"""Grades and their reasons: examples, the table of truth of feedback, and what holds for any rules and any corps."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua.kernel.errors import Refused
from thidua.kernel.shares import wilson
from thidua.rapporteurs.rules.assessment import Candidate, Figures, assess, free_places, in_percent, months_in_term
from thidua.rapporteurs.rules.quotas import Standing, fill, places
from thidua.rapporteurs.rules.schemes import (
    HUNDRED,
    LEVELS,
    Asked,
    Measure,
    Rounding,
    Scheme,
    check,
    content_of,
    scheme_of,
)

D = Decimal
EVERYWHERE = dict.fromkeys(LEVELS, D(10))


def scheme(*asked, **values):
    """Rules with these measures, each (name, weight, target at every level)."""
    found = tuple(Asked(Measure(name), D(weight), dict.fromkeys(LEVELS, D(target))) for name, weight, target in asked)
    return Scheme(found, D(85), D(70), D(50), **values)


def one(rules, *, level="province", confirmed=True, decision="QĐ 1", **figures):
    """The assessment of one member."""
    return assess(rules, [Candidate(1, level, Figures(**figures))], confirmed=confirmed, decision=decision)[0]


def codes(result):
    """The codes of a result: of its measures, then of its grade."""
    return [line.why.code.removeprefix("rapporteurs.why_") for line in result.lines], [
        reason.code.removeprefix("rapporteurs.why_") for reason in result.reasons
    ]


def test_twelve_talks_of_thirteen_bring_their_part_of_the_weight():
    found = one(scheme(("talks", 20, 13), ("listeners", 30, 600)), talks=12, listeners=900)
    first, second = found.lines
    assert (first.got, second.got) == (Fraction(20 * 12, 13), 30)
    assert first.why.facts == {"part": 12, "whole": None, "actual": "12.00", "target": "13.00", "got": "18.46", "weight": "20"}
    assert (found.percent, found.grade) == (D("96.92"), "good")
    assert codes(found) == (["talks", "listeners"], ["grade"])


@pytest.mark.parametrize(
    ("percent", "grade"),
    [("100", "good"), ("85", "good"), ("84.9", "fair"), ("70", "fair"), ("69.9", "average"), ("50", "average"), ("49.9", "weak"),
     ("0", "weak")],
)  # fmt: skip
def test_each_threshold_belongs_to_the_better_grade(percent, grade):
    talks = int(D(percent) * 10)
    assert one(scheme(("talks", 1, 1000)), talks=talks).grade == grade


TRUTH = [
    # useful, answers, target, state: whole interval against the target
    (60, 60, 90, "met"),  # 94.0–100
    (100, 100, 96, "met"),  # 96.3–100
    (95, 100, 85, "met"),  # 88.8–97.8
    (9, 10, 80, "undecided"),  # 59.6–98.2: nine of ten says little
    (10, 10, 80, "undecided"),  # 72.2–100
    (80, 100, 80, "undecided"),
    (50, 100, 65, "missed"),  # 40.4–59.6
    (0, 10, 28, "missed"),  # 0–27.8
    (9, 9, 10, "none"),
    (0, 0, 10, "none"),
]


@pytest.mark.parametrize(("useful", "answers", "target", "state"), TRUTH)
def test_feedback_is_met_missed_or_says_nothing(useful, answers, target, state):
    found = one(scheme(("talks", 50, 10), ("useful", 50, target)), talks=10, useful=useful, answers=answers)
    line = found.lines[1]
    assert codes(found)[0][1] == f"useful_{state}"
    assert (line.counts, line.got) == {"met": (True, 50), "missed": (True, 0)}.get(state, (False, 0))
    assert found.percent == (50 if state == "missed" else 100)
    assert found.possible == (100 if line.counts else 50)


@pytest.mark.parametrize(
    ("positive", "answers", "low", "high"), [(81, 263, "25.5289", "36.6210"), (0, 10, "0", "27.7533"), (10, 10, "72.2467", "100")]
)
def test_the_interval_in_percent(positive, answers, low, high):
    assert in_percent(wilson(positive, answers)) == (D(low), D(high))


def test_what_cannot_be_measured_leaves_the_sum_and_says_so():
    rules = scheme(("sent", 40, 100), ("on_time", 60, 90))
    found = one(rules)
    assert (found.percent, found.grade) == (None, "review")
    assert codes(found) == (["sent_none", "on_time_none"], ["nothing_counts"])
    topics = one(scheme(("talks", 1, 5), ("topics", 1, 50)), talks=5)
    assert (topics.percent, codes(topics)[0]) == (100, ["talks", "topics_none"])
    elsewhere = Scheme((Asked(Measure.TALKS, D(1), {"province": D(5)}),), D(85), D(70), D(50))
    assert codes(one(elsewhere, level="district", talks=5)) == (["no_target"], ["nothing_counts"])


def test_a_report_never_sent_is_late():
    found = one(scheme(("on_time", 10, 100)), owed=4, sent=3, on_time=3)
    assert (found.percent, found.lines[0].actual) == (75, 75)
    assert found.lines[0].why.facts["part"] == 3
    assert found.lines[0].why.facts["whole"] == 4


def test_targets_of_counts_shrink_with_the_months_in_term_and_shares_do_not():
    found = one(scheme(("talks", 10, 12), ("useful", 10, 50)), months=6, talks=6, useful=20, answers=20)
    assert [line.target for line in found.lines] == [6, 50]
    assert (found.percent, codes(found)[1]) == (100, ["months", "grade"])
    assert found.reasons[0].facts == {"months": 6}
    assert codes(one(scheme(("talks", 10, 12)), months=0, talks=3))[1] == ["not_in_term"]


@pytest.mark.parametrize(
    ("terms", "left", "months"),
    [
        ([((2020, 5, 1), (2022, 4, 30))], None, 12),
        ([((2021, 1, 18), (2022, 4, 30))], None, 11),  # 14 days of January
        ([((2021, 1, 17), (2022, 4, 30))], None, 12),  # 15 days of it
        ([((2020, 1, 1), (2021, 2, 14))], None, 1),
        ([((2020, 1, 1), (2021, 2, 7)), ((2021, 2, 20), (2021, 12, 31))], None, 12),  # 7 + 9 days of February
        ([((2020, 1, 1), (2021, 12, 31))], (2021, 7, 1), 6),
        ([((2020, 1, 1), (2020, 12, 31))], None, 0),
        ([], None, 0),
    ],
)
def test_months_in_term_are_counted_by_fifteen_days(terms, left, months):
    spans = [(date(*first), date(*last)) for first, last in terms]
    assert months_in_term(2021, spans, date(*left) if left else None) == months


def test_without_the_least_the_grade_is_capped():
    rules = scheme(("listeners", 1, 100), least=D(2), at_most="average")
    assert one(rules, listeners=100, talks=2).grade == "good"
    capped = one(rules, listeners=100, talks=1)
    assert (capped.grade, capped.percent, codes(capped)[1]) == ("average", 100, ["grade", "capped_talks"])
    assert one(rules, listeners=100, talks=1, months=6).grade == "good"  # the half of a year asks for one
    assert one(rules, listeners=10).grade == "weak"  # a cap lifts nobody
    reports = scheme(("on_time", 1, 100), least=D(1), at_most="weak")
    assert codes(one(reports, owed=1))[1] == ["grade"]  # weak already
    rules = scheme(("sent", 1, 100), least=D(5), at_most="fair")
    assert codes(one(rules, owed=4, sent=4))[1] == ["grade", "capped_reports"]


@pytest.mark.parametrize(
    ("confirmed", "decision", "code"), [(False, "QĐ 1", "unconfirmed"), (True, " ", "no_decision"), (False, "", "no_decision")]
)
def test_rules_that_nobody_confirmed_grade_nobody_yet_show_the_figures(confirmed, decision, code):
    found = one(scheme(("talks", 1, 10)), talks=10, confirmed=confirmed, decision=decision)
    assert (found.grade, found.percent, codes(found)[1]) == ("review", 100, ["grade", code])


def corps(*talks, level="province"):
    """Members with so many talks of ten."""
    return [Candidate(key, level, Figures(talks=each)) for key, each in enumerate(talks, 1)]


def graded(rules, members):
    """The grade by key."""
    return {found.key: found.grade for found in assess(rules, members, confirmed=True, decision="QĐ 1")}


def test_those_who_tie_at_the_border_are_left_to_people_and_those_below_drop():
    rules = scheme(("talks", 1, 20), quota={"province": D(40)})  # five members: two places
    assert graded(rules, corps(20, 19, 18, 17, 5)) == {1: "good", 2: "good", 3: "fair", 4: "fair", 5: "weak"}
    assert graded(rules, corps(20, 19, 19, 17, 5)) == {1: "good", 2: "review", 3: "review", 4: "fair", 5: "weak"}
    assert graded(rules, corps(20, 20, 19, 17, 5)) == {1: "good", 2: "good", 3: "fair", 4: "fair", 5: "weak"}
    assert graded(rules, corps(20, 20, 20, 17, 5)) == {1: "review", 2: "review", 3: "review", 4: "fair", 5: "weak"}
    assert graded(rules, corps(20, 19, 18, 17, 5, level="district")) == {1: "good", 2: "good", 3: "good", 4: "good", 5: "weak"}


def test_the_reason_of_the_quota_names_it():
    rules = scheme(("talks", 1, 10), quota={"province": D(20)})
    second = assess(rules, corps(20, 10, 9, 1), confirmed=True, decision="QĐ 1")[2]
    assert codes(second)[1] == ["grade", "beyond_quota"]
    assert second.reasons[-1].facts == {"quota": "20", "places": 1, "good": 3, "grade": "grade.fair"}


@pytest.mark.parametrize(
    ("members", "share", "rounding", "least", "expected"),
    [
        (10, "20", Rounding.DOWN, 1, 2), (14, "20", Rounding.DOWN, 1, 2), (13, "20", Rounding.HALF_UP, 1, 3),
        (11, "20", Rounding.UP, 1, 3), (4, "20", Rounding.DOWN, 1, 1), (4, "20", Rounding.DOWN, 0, 0),
        (2, "20", Rounding.DOWN, 5, 2), (0, "20", Rounding.DOWN, 1, 0), (7, "100", Rounding.UP, 1, 7),
    ],
)  # fmt: skip
def test_places_are_rounded_as_the_rules_say(members, share, rounding, least, expected):
    assert places(members, D(share), rounding, least) == expected


def test_with_no_place_at_all_everyone_is_beyond():
    assert fill({1: D(90), 2: D(90)}, 0) == {1: Standing.BEYOND, 2: Standing.BEYOND}


WRONG = [
    (Scheme((), D(85), D(70), D(50)), "no_measure"),
    (scheme(("sent", 1, 1)), "measure_unknown"),
    (scheme(("talks", 1, 1), ("talks", 1, 1)), "measure_unknown"),
    (scheme(("talks", 0, 1)), "weight_wrong"),
    (scheme(("talks", 1, 0)), "target_wrong"),
    (scheme(("useful", 1, 101)), "target_wrong"),
    (Scheme((Asked(Measure.TALKS, D(1), {}),), D(85), D(70), D(50)), "no_target"),
    (Scheme((Asked(Measure.TALKS, D(1), {"world": D(1)}),), D(85), D(70), D(50)), "target_wrong"),
    (Scheme((Asked(Measure.TALKS, D(1), EVERYWHERE),), D(70), D(70), D(50)), "thresholds_wrong"),
    (Scheme((Asked(Measure.TALKS, D(1), EVERYWHERE),), D(101), D(70), D(50)), "thresholds_wrong"),
    (scheme(("talks", 1, 1), least=D(0)), "least_wrong"),
    (scheme(("talks", 1, 1), at_most="good"), "cap_wrong"),
    (scheme(("talks", 1, 1), quota={"province": D(0)}), "quota_wrong"),
    (scheme(("talks", 1, 1), quota={"world": D(10)}), "quota_wrong"),
    (scheme(("talks", 1, 1), places_least=-1), "quota_wrong"),
]


@pytest.mark.parametrize(("wrong", "code"), WRONG)
def test_rules_that_cannot_be_reckoned_with_are_refused(wrong, code):
    with pytest.raises(Refused, match=f"^rapporteurs.{code}"):
        check(wrong, "rapporteur")


weights = st.decimals("0.5", "100", places=2)
targets = st.dictionaries(st.sampled_from(LEVELS), st.decimals("0.5", "100", places=1), min_size=1)
counts = st.integers(0, 40)


@st.composite
def schemes(draw):
    """Any rules for rapporteurs."""
    names = draw(
        st.lists(st.sampled_from([Measure.TALKS, Measure.LISTENERS, Measure.TOPICS, Measure.USEFUL]), min_size=1, unique=True)
    )
    asked = tuple(Asked(name, draw(weights), draw(targets)) for name in names)
    quota = draw(st.dictionaries(st.sampled_from(LEVELS), st.decimals("1", "100", places=1)))
    least = draw(st.none() | st.decimals("1", "20", places=0))
    return check(Scheme(asked, D(85), D(70), D(50), least, draw(st.sampled_from(["fair", "weak"])), quota), "rapporteur")


@st.composite
def figures(draw):
    """Anything one member may have done in a year."""
    agreed, answers = draw(st.integers(0, 12)), draw(st.integers(0, 200))
    return Figures(
        months=draw(st.integers(0, 12)), talks=draw(counts), listeners=draw(counts), agreed=agreed, answers=answers,
        topics=draw(st.integers(0, agreed)), useful=draw(st.integers(0, answers)),
    )  # fmt: skip


@st.composite
def members(draw):
    """Any corps."""
    found = draw(st.lists(st.tuples(st.sampled_from(LEVELS), figures()), max_size=12))
    return [Candidate(key, level, done) for key, (level, done) in enumerate(found)]


def run(rules, candidates):
    return {found.key: found for found in assess(rules, candidates, confirmed=True, decision="QĐ 1")}


@given(schemes(), members(), st.randoms(use_true_random=False))
def test_the_order_of_members_and_of_measures_changes_nothing(rules, corps, chance):
    mixed = list(corps)
    chance.shuffle(mixed)
    assert run(rules, corps) == run(rules, mixed)
    turned = Scheme(rules.asked[::-1], rules.good, rules.fair, rules.average, rules.least, rules.at_most, rules.quota)
    plain = {key: (found.percent, found.grade) for key, found in run(rules, corps).items()}
    assert plain == {key: (found.percent, found.grade) for key, found in run(turned, corps).items()}


@given(schemes(), figures(), st.sampled_from(["talks", "listeners", "topics", "useful"]), st.integers(1, 30))
def test_more_of_a_measure_never_lowers_the_percent(rules, done, name, more):
    most = {"topics": done.agreed, "useful": done.answers}.get(name, 10**6)
    values = {each: getattr(done, each) for each in Figures.__slots__}
    better = Figures(**values | {name: min(most, getattr(done, name) + more)})
    before, after = (run(rules, [Candidate(1, "province", each)])[1].percent for each in (done, better))
    if after is None:  # feedback alone, missed and now undecided: nothing is left to lower
        assert not before
    else:
        assert before is None or after >= before


@given(schemes(), members(), st.decimals("0.5", "9", places=1))
def test_scaling_every_weight_changes_nothing(rules, corps, factor):
    scaled = tuple(Asked(each.measure, each.weight * factor, each.targets) for each in rules.asked)
    other = Scheme(scaled, rules.good, rules.fair, rules.average, rules.least, rules.at_most, rules.quota)
    pairs = zip(run(rules, corps).values(), run(other, corps).values(), strict=True)
    assert all((one.percent, one.grade) == (two.percent, two.grade) for one, two in pairs)


@given(schemes(), members())
def test_a_quota_is_never_exceeded_and_nobody_passes_a_better_one(rules, corps):
    found = list(run(rules, corps).values())
    for level in rules.quota:
        here = [each for each in found if each.level == level]
        good = [each for each in here if each.grade == "good"]
        assert len(good) <= free_places(rules, level, here)
        tied = [each for each in here if each.reasons[-1].code == "rapporteurs.why_tied"]
        assert len({each.percent for each in tied}) <= 1
        assert not tied or len(tied) + len(good) > free_places(rules, level, here)
        dropped = [each for each in here if each.reasons[-1].code == "rapporteurs.why_beyond_quota"]
        assert all(each.percent < other.percent for each in dropped for other in (*good, *tied))


@given(schemes(), members())
def test_a_percent_lies_between_nothing_and_all_and_speaks_for_each_measure(rules, corps):
    for found in run(rules, corps).values():
        assert found.percent is None or 0 <= found.percent <= HUNDRED
        assert len(found.lines) == len(rules.asked)
        assert found.reasons
        assert all(0 <= line.got <= line.weight for line in found.lines)


@given(schemes())
def test_rules_are_kept_without_loss(rules):
    assert scheme_of(content_of(rules)) == rules
