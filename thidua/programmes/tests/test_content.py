import hashlib
import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua.kernel.errors import Refused
from thidua.programmes.rules.content import (
    Change,
    ClauseLine,
    Content,
    Detail,
    IndicatorLine,
    TaskLine,
    difference,
    digest,
    plain,
    read,
)
from thidua.programmes.rules.figures import meets, parse_figure

WORDS = st.sampled_from(["", "Học tập", "Làm theo", "Quán triệt"])
DAYS = st.none() | st.dates(date(2021, 1, 1), date(2021, 1, 4))
FIGURES = st.none() | st.decimals(-9, 9, places=3)
CLAUSES = st.lists(st.builds(ClauseLine, st.integers(1, 3), WORDS), max_size=2).map(tuple)
CONTENTS = st.builds(
    Content, WORDS, WORDS, WORDS, DAYS, DAYS,
    goals=st.lists(WORDS, max_size=3).map(tuple),
    indicators=st.lists(st.builds(IndicatorLine, WORDS, WORDS, FIGURES, st.booleans()), max_size=3).map(tuple),
    tasks=st.lists(st.builds(TaskLine, WORDS, DAYS, DAYS, WORDS, CLAUSES), max_size=3).map(tuple),
)  # fmt: skip

SAMPLE = Content(
    "Chương trình hành động", "Căn cứ Chỉ thị 05-CT/TW", "Phân công, kiểm tra", date(2021, 2, 1), date(2021, 12, 31),
    goals=("Mọi đảng viên học tập",),
    indicators=(IndicatorLine("Tỷ lệ học tập", "%", Decimal("98.500")),),
    tasks=(TaskLine("Mở lớp", None, date(2021, 5, 1), "Bí thư", (ClauseLine(7, "Mục 1, Chỉ thị 05-CT/TW"),)),),
)  # fmt: skip


@given(CONTENTS, CONTENTS)
def test_there_is_a_difference_exactly_when_the_digests_differ(before, after):
    assert bool(difference(before, after)) == (digest(before) != digest(after))


@given(CONTENTS)
def test_what_is_written_out_is_read_back_and_goes_through_json(content):
    assert read(json.loads(json.dumps(plain(content)))) == content


@given(CONTENTS, CONTENTS)
def test_a_difference_read_backwards_turns_added_into_removed(before, after):
    def counted(changes, sign):
        return sorted((change.part, change.name) for change in changes if change.sign == sign)

    there, back = difference(before, after), difference(after, before)
    assert counted(there, "added") == counted(back, "removed")
    assert counted(there, "changed") == counted(back, "changed")
    assert counted(there, "reordered") == counted(back, "reordered")


def test_the_digest_is_that_of_the_canonical_json():
    written = (
        '{"ends_on":"2021-12-31","goals":["Mọi đảng viên học tập"],"grounds":"Căn cứ Chỉ thị 05-CT/TW","indicators":'
        '[{"lower_is_better":false,"name":"Tỷ lệ học tập","target":"98.5","unit_of_measure":"%"}],"measures":'
        '"Phân công, kiểm tra","starts_on":"2021-02-01","tasks":[{"clauses":[{"pk":7,"words":"Mục 1, Chỉ thị 05-CT/TW"}],'
        '"due_on":"2021-05-01","owner":"Bí thư","starts_on":null,"title":"Mở lớp"}],"title":"Chương trình hành động"}'
    )
    assert digest(SAMPLE) == hashlib.sha256(written.encode()).hexdigest()


def test_zeros_at_the_end_and_the_sign_of_zero_are_no_change():
    one, other = (replace(SAMPLE, indicators=(IndicatorLine("A", "", Decimal(figure)),)) for figure in ("-0.000", "0"))
    assert digest(one) == digest(other)
    assert plain(replace(SAMPLE, indicators=(IndicatorLine("A", "", Decimal("1E+3")),)))["indicators"][0]["target"] == "1000"


def test_the_difference_says_what_was_changed_how():
    task = replace(SAMPLE.tasks[0], due_on=date(2021, 6, 1))
    after = replace(SAMPLE, title="Chương trình", goals=("Mục tiêu mới",), tasks=(TaskLine("Báo cáo"), task))
    assert difference(SAMPLE, after) == [
        Change("changed", "title", "", (Detail("title", "Chương trình hành động", "Chương trình"),)),
        Change("removed", "goals", "Mọi đảng viên học tập"),
        Change("added", "goals", "Mục tiêu mới"),
        Change("added", "tasks", "Báo cáo"),
        Change("changed", "tasks", "Mở lớp", (Detail("due_on", date(2021, 5, 1), date(2021, 6, 1)),)),
    ]


def test_two_tasks_of_one_name_and_another_order_are_told_apart():
    two = replace(SAMPLE, tasks=(TaskLine("Họp"), TaskLine("Học"), TaskLine("Họp", due_on=date(2021, 3, 1))))
    assert difference(two, replace(two, tasks=two.tasks[:2])) == [Change("removed", "tasks", "Họp")]
    turned = replace(two, tasks=(two.tasks[1], two.tasks[0], two.tasks[2]))
    assert difference(two, turned) == [Change("reordered", "tasks")]


def test_a_goal_or_a_task_makes_a_document():
    assert SAMPLE.says_something
    assert not replace(SAMPLE, goals=(), tasks=()).says_something


@pytest.mark.parametrize(
    ("typed", "value"),
    [("98,5", "98.5"), ("1.234,5", "1234.5"), ("1,234.5", "1234.5"), ("1.250", "1250"), (" -3 ", "-3"), ("12.125", "12125")],
)
def test_figures_are_read_the_vietnamese_way_and_the_english_where_it_is_clear(typed, value):
    assert parse_figure(typed) == Decimal(value)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("1,2345", "programmes.figure_too_long"),
        ("1234567890123", "kernel.points_too_long"),
        ("chín", "kernel.points_not_a_number"),
        ("1,2,3", "kernel.points_not_a_number"),
        ("", "kernel.points_empty"),
    ],
)
def test_other_figures_are_refused(typed, code):
    with pytest.raises(Refused) as refused:
        parse_figure(typed)
    assert refused.value.code == code


def test_lower_may_be_better():
    assert meets(Decimal(98), Decimal(98), lower_is_better=False)
    assert not meets(Decimal(3), Decimal(2), lower_is_better=True)
    assert meets(None, Decimal(2), lower_is_better=True) is None
