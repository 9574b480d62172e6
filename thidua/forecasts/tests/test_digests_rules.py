"""What a digest keeps and says besides its table."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua.forecasts.rules import digests as rules
from thidua.forecasts.rules.digests import Content, DigestLine, Source
from thidua.forecasts.rules.suppression import LEAST
from thidua.forecasts.tests.attack import spread
from thidua.kernel.errors import Refused

counts = st.lists(st.tuples(*[st.integers(0, 60)] * 4), max_size=6)


def content(rows, sources=None):
    lines = [spread(str(number), cells, 4) for number, cells in enumerate(rows)]
    titles = {line.key: f"Chủ đề {line.key}" for line in lines}
    found = {line.key: Source(12, 4, (("rising", 7), ("steady", 5))) for line in lines} | (sources or {})
    return rules.content_of(lines, titles, found, rounds=["Quý I"], reports=12, units=4)


@given(counts)
def test_what_is_kept_comes_back_the_same_and_holds_no_small_count(rows):
    made = content(rows)
    kept = rules.to_plain(made)
    assert rules.from_plain(json.loads(json.dumps(kept))) == made
    numbers = [cell for line in kept["lines"] for cell in line["cells"]] + kept["sums"]
    assert all(number is None or number >= LEAST for number in numbers)


@given(counts, counts)
def test_changes_tell_of_cells_shown_in_both_tables_only(now, before):
    new, old = content(now), content(before)
    shown_new, shown_old = ({line.title: line for line in one.lines if line.title} for one in (new, old))
    found = rules.changes(new, old)
    assert {one.title for one in found} == shown_new.keys() & shown_old.keys()
    for one in found:
        a, b = shown_new[one.title], shown_old[one.title]
        assert (one.now, one.before, one.difference) == (a.total, b.total, a.total - b.total)
        assert [cell is None for cell in one.cells] == [None in pair for pair in zip(a.cells, b.cells, strict=True)]
        assert all(c in (None, (x or 0) - (y or 0)) for c, x, y in zip(one.cells, a.cells, b.cells, strict=True))
    assert set(rules.named_only_now(new, old)) == shown_new.keys() - shown_old.keys()


def test_a_topic_says_how_many_stand_behind_it_and_the_merged_line_does_not():
    few = {"0": Source(3, 3, (("rising", 3),)), "1": Source(3, 3, (("rising", 3),))}
    found = content([(60, 40, 30, 20)] * 2 + [(9, 0, 0, 0)], few)
    made = {line.title: (line.reports, line.units, line.trend) for line in found.lines}
    assert made == {"Chủ đề 1": (3, 3, ""), "": (None, None, "")}


def test_a_digest_takes_reports_of_three_units():
    rules.require_units(3)
    with pytest.raises(Refused) as caught:
        rules.require_units(2)
    assert (caught.value.code, caught.value.facts["units"]) == ("forecasts.too_few_units", 2)


@pytest.mark.parametrize(
    ("trends", "told"),
    [
        ((("rising", 9),), ""),
        ((("rising", 10),), "rising"),
        ((("falling", 5), ("rising", 5)), "split"),
        ((("falling", 6), ("rising", 5)), "falling"),
        ((), ""),
    ],
)
def test_a_trend_is_told_in_words_from_ten_reports_on(trends, told):
    assert rules.trend_of(Source(trends=trends)) == told


@given(counts)
def test_a_bar_is_full_and_its_veiled_part_is_one(rows):
    for line in content(rows).lines:
        parts = rules.parts_of(line)
        assert sum(part.count for part in parts) == line.total
        assert sum(float(part.width) for part in parts) == pytest.approx(100, abs=0.01)
        assert [part.key for part in parts].count(rules.VEILED) == (1 if line.is_veiled else 0)


@pytest.mark.parametrize(
    "text", ["Gọi 0912345678", "0912.345.678", "(024) 3826 1234", "+84 912 345 678", "đt:0280-3855-123", "an.nguyen@example.vn"]
)  # fmt: skip
def test_what_points_to_a_person_is_refused(text):
    with pytest.raises(Refused) as caught:
        rules.check_words(f"Dân mong sớm có đường. {text}")
    assert caught.value.code == "forecasts.digest_words_contact"


@pytest.mark.parametrize(
    "text", ["Ngày 05-02-2022 14:30 họp", "01-01-2022 đến 31/03/2022", "1.234.567 lượt", "12,5 % so với 10,25 %", "Số 30/2020"]
)  # fmt: skip
def test_days_and_figures_are_no_telephone_numbers(text):
    assert rules.check_words(f" {text}\r\n- ý \n") == f"{text}\n- ý"


def test_title_reason_and_length():
    assert rules.check_title("  Dư luận   quý I ") == "Dư luận quý I"
    for code, call, text in [
        ("digest_title_empty", rules.check_title, "  "),
        ("digest_title_long", rules.check_title, "a" * 201),
        ("digest_words_long", rules.check_words, "a" * 5001),
        ("digest_reason_short", rules.check_reason, "1234567890 abc"),
    ]:
        with pytest.raises(Refused) as caught:
            call(text)
        assert caught.value.code == f"forecasts.{code}"


def test_the_digest_covers_all_that_is_issued():
    issued = {"title": "D", "starts_on": date(2022, 1, 1), "ends_on": date(2022, 3, 31), "words": "w", "table": {"a": 1}}
    first = rules.fingerprint(**issued)
    others = [{"title": "E"}, {"ends_on": date(2022, 3, 30)}, {"starts_on": date(2022, 1, 2)}, {"words": ""}, {"table": {"a": 2}}]
    assert len({first, *(rules.fingerprint(**issued | other) for other in others)}) == 6


def test_a_line_of_several_topics_is_not_compared():
    line = DigestLine("", (10, 10, 10, 10), 40, None, None, "")
    one = Content((), 1, 1, (line,), (10, 10, 10, 10), 40)
    assert rules.changes(one, one) == []
    assert rules.named_only_now(one, one) == []
