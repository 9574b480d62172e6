import json
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua.reports.rules import summary as s
from thidua.reports.rules.content import digest
from thidua.reports.rules.totals import Change, How, Total, change_of, how_of, item_key, percent_of, total_of
from thidua.reports.rules.wording import change_words, figure_words, proposed

D = Decimal
FIGURES = st.dictionaries(
    st.integers(1, 9), st.none() | st.decimals(-(10**9), 10**9, places=3, allow_nan=False, allow_infinity=False)
)
UNITS = tuple(range(1, 10))


@pytest.mark.parametrize(
    ("unit_of_measure", "how"),
    [("%", How.MEAN), ("‰", How.MEAN), ("Phần trăm", How.MEAN), ("tỷ lệ", How.MEAN), ("Tỉ lệ %", How.MEAN),
     ("bình quân/người", How.MEAN), ("buổi", How.SUM), ("", How.SUM), ("triệu đồng", How.SUM), ("tỷ đồng", How.SUM)],
)  # fmt: skip
def test_shares_are_averaged_and_counts_are_summed(unit_of_measure, how):
    assert how_of(unit_of_measure) == how


def test_a_total_says_who_gave_and_who_did_not():
    figures = {1: D("2.5"), 2: None, 3: D("4")}
    assert total_of(figures, (1, 2, 3, 4), "buổi") == Total(D("6.5"), How.SUM, (1, 3), (2, 4))
    assert total_of(figures, (1, 2, 3, 4), "%").value == D("3.25")
    assert total_of({}, (1, 2), "%") == Total(None, How.MEAN, (), (1, 2))


def test_zero_is_a_figure_and_blank_is_none():
    assert total_of({1: D(0)}, (1, 2), "buổi") == Total(D(0), How.SUM, (1,), (2,))


def test_a_difference_leaves_out_who_reported_only_once():
    found = change_of({1: D(10), 2: D(5), 3: None}, {1: D(8), 3: D(90)}, "buổi")
    assert found == Change(D(10), D(8), D(2), D("25.0"), (1,), same_units=False)
    assert change_of({1: D(10)}, {1: D(8), 2: None}, "buổi").same_units
    assert change_of({1: D(10)}, {2: D(8)}, "buổi") is None


def test_percent_of_nothing_is_not_told_and_of_less_than_nothing_keeps_its_way():
    assert change_of({1: D(10)}, {1: D(0)}, "buổi").percent is None
    assert percent_of(D(5), D(-10)) == D("50.0")


@given(FIGURES)
def test_the_sum_is_the_sum_of_what_was_given(figures):
    found = total_of(figures, UNITS, "buổi")
    assert set(found.given) | set(found.missing) == set(UNITS)
    assert not set(found.given) & set(found.missing)
    assert (found.value is None) == (not found.given)
    assert (found.value or D(0)) == sum((figures[unit] for unit in found.given), D(0))


@given(FIGURES)
def test_a_mean_lies_between_the_least_and_the_most(figures):
    found = total_of(figures, UNITS, "%")
    if found.given:
        values = [figures[unit] for unit in found.given]
        assert round(min(values) - D("0.005"), 3) <= found.value <= round(max(values) + D("0.005"), 3)


@given(FIGURES, FIGURES, st.sampled_from(["buổi", "%"]))
def test_the_way_back_is_the_same_difference_with_the_other_sign(now, before, unit_of_measure):
    there, back = change_of(now, before, unit_of_measure), change_of(before, now, unit_of_measure)
    assert (there is None) == (back is None)
    if there and back:
        assert there.difference == -back.difference
        assert there.before + there.difference == there.now
        assert set(there.units) == set(back.units)
        assert there.same_units == back.same_units


def test_an_item_is_known_by_its_source_else_by_its_title_and_always_by_its_unit_of_measure():
    assert item_key("Số buổi  HỌC tập", "Buổi", "") == item_key("số buổi học tập", "buổi", "")
    assert item_key("A", "buổi", "directives.sessions") == item_key("B", "buổi", "directives.sessions")
    assert item_key("A", "buổi", "") != item_key("A", "%", "")


# The summary as a value


def row(title, figures, before=None, unit_of_measure="buổi", units=(1, 2, 3)):
    held = {unit: D(value) for unit, value in figures.items()}
    change = change_of(held, {u: D(v) for u, v in before.items()}, unit_of_measure) if before else None
    return s.Row(title, unit_of_measure, held, total_of(held, units, unit_of_measure), change, before is not None)


PERIOD = s.Period("Quý III", "quarter", date(2021, 7, 1), date(2021, 9, 30), date(2021, 10, 5), "Trưởng ban")
UNIT_STATES = (
    s.UnitState(1, "Công an tỉnh", "CA", s.IN_TIME),
    s.UnitState(2, "Đại học", "ĐH", s.LATE, 2),
    s.UnitState(3, "Khối", "Khối", s.NOTHING),
)


@pytest.fixture
def summary():
    return s.Summary(
        PERIOD, s.Period("Quý II", "quarter", date(2021, 4, 1), date(2021, 6, 30), date(2021, 7, 5)), UNIT_STATES,
        (row("Học tập", {1: "12.5", 2: "7"}, {1: "10", 2: "9"}), row("Chuyên cần", {1: "98.25"}, {1: "97"}, "%")),
        (s.Told(1, "Công an tỉnh", "Sổ tay", "Mỗi tháng một chuyên đề"),), s.Words("a", "b", "c"),
    )  # fmt: skip


def test_what_is_kept_is_read_back_as_it_was(summary):
    plain = s.to_plain(summary)
    assert s.from_plain(json.loads(json.dumps(plain))) == summary
    assert digest(plain) == digest(json.loads(json.dumps(plain, sort_keys=True)))
    plain["words"]["situation"] += "."
    assert digest(plain) != digest(s.to_plain(summary))


def test_the_first_text_says_what_the_figures_say(summary):
    words = proposed(summary)
    assert words.situation.split("\n") == [
        "Tính đến khi tổng hợp, 2/3 đơn vị đã nộp báo cáo, trong đó 1 đơn vị nộp chậm: Đại học.",
        "Chưa có báo cáo của: Khối. Số liệu dưới đây chưa gồm các đơn vị này.",
        "- Học tập: 19,5 buổi.",
        "- Chuyên cần: bình quân 98,25 %.",
    ]
    assert "- Tăng: Học tập tăng 0,5 buổi (2,6 %); Chuyên cần tăng 1,25 điểm phần trăm." in words.assessment
    assert words.directions.split("\n") == [
        "- Đề nghị Khối hoàn thành và nộp báo cáo.",
        "- Các đơn vị bổ sung số liệu còn thiếu: Chuyên cần.",
        "- Các đơn vị trao đổi, vận dụng những cách làm nêu ở mục Cách làm hay.",
    ]


def test_without_a_last_period_nothing_is_compared(summary):
    alone = s.Summary(PERIOD, None, UNIT_STATES[:1], (row("Học tập", {1: "1"}),))
    assert proposed(alone).assessment == "Chưa có kỳ trước cùng loại để so sánh."
    assert proposed(alone).situation.startswith("Tính đến khi tổng hợp, 1/1 đơn vị đã nộp báo cáo, đều đúng hạn.")


def test_a_change_in_words():
    assert change_words(change_of({1: D(3)}, {1: D(3)}, "buổi"), "buổi") == "không đổi"
    assert change_words(change_of({1: D(3)}, {1: D(4)}, "buổi"), "buổi") == "giảm 1 buổi (25 %)"
    assert change_words(change_of({1: D(3)}, {1: D(0)}, "buổi"), "buổi") == "tăng 3 buổi"
    assert figure_words(row("Không ai", {})) == "chưa có số liệu"
