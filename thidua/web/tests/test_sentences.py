"""Facts in sentences: as people read them, and never as patterns."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils.translation import override

from thidua.web.sentences import event_sentence, points_in_words, readable


@pytest.mark.parametrize(
    ("fact", "words"),
    [
        ("2026-12-02T01:00:00+00:00", "08:00 02-12-2026"),
        ("2026-12-02T01:00:00.123456+00:00", "08:00 02-12-2026"),
        (datetime(2026, 12, 2, 1, tzinfo=UTC), "08:00 02-12-2026"),
        ("2026-12-02", "02-12-2026"),
        (date(2026, 12, 2), "02-12-2026"),
        (None, "–"),
        ("2026-13-45", "2026-13-45"),
        ("2026-13-45T01:00:00+00:00", "2026-13-45T01:00:00+00:00"),
        ("từ 2026-12-02", "từ 2026-12-02"),
        (Decimal("89.50"), "89,5"),
        ("1.10", "1.10"),
        ("ab" * 32, "abababababab…"),
    ],
)
def test_a_fact_reads_as_people_write_it(fact, words):
    assert readable(fact) == words


def test_points_are_points_only_where_the_sentence_says_so():
    facts = {"unit": "Đơn vị 1", "code": "1.10", "was": "89.5", "becomes": "1234.25", "reason": "12.5"}
    words = "Thẩm định “Đơn vị 1”, tiêu chí 1.10: 89,5 thành 1.234,25, vì 12.5"
    assert event_sentence("VerdictChanged", facts) == words
    with override("en"):
        assert "criterion 1.10: 89.5 became 1234.25" in event_sentence("VerdictChanged", facts)
    assert [points_in_words(odd) for odd in ("–", "NaN", "")] == ["–", "NaN", ""]


def test_what_a_person_typed_is_never_a_pattern():
    typed = "{unit.__class__} {0} {total:points} %(unit)s {"
    facts = {"unit": typed, "total": "7.5"}
    assert event_sentence("SheetSubmitted", facts) == f"“{typed}” nộp phiếu tự chấm: 7,5 điểm"


def test_a_missing_fact_leaves_a_gap():
    assert event_sentence("SheetSubmitted", {}) == "“…” nộp phiếu tự chấm: … điểm"
