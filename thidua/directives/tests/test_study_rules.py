from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua.directives.rules import study as rules
from thidua.directives.rules.certificates import HEADINGS, read_list
from thidua.directives.rules.study import Count, Studied
from thidua.kernel.errors import Refused

TODAY = date(2021, 11, 1)
GROUPS = {"Đảng viên": "members", "Đoàn viên, hội viên": "youth"}
DAYS = st.dates(date(2000, 1, 1), date(2040, 1, 1))


@pytest.mark.parametrize(
    ("due_on", "issued_on", "code"),
    [
        (date(2021, 10, 31), None, "directives.due_in_past"),
        (date(2021, 11, 5), date(2021, 11, 6), "directives.due_before_document"),
    ],
)
def test_a_due_date_is_a_day_to_come_after_the_document(due_on, issued_on, code):
    with pytest.raises(Refused) as refused:
        rules.check_due(due_on, issued_on, TODAY)
    assert (refused.value.code, refused.value.facts["field"]) == (code, "due_on")


@given(st.none() | DAYS, st.none() | DAYS, DAYS)
def test_due_dates_that_pass_are_late_enough(due_on, issued_on, today):
    try:
        rules.check_due(due_on, issued_on, today)
    except Refused:
        assert due_on < today or due_on < issued_on
    else:
        assert due_on is None or (due_on >= today and (issued_on is None or due_on >= issued_on))


@pytest.mark.parametrize(
    ("held_on", "documents", "code"),
    [
        (TODAY, [], "directives.no_document"),
        (TODAY + timedelta(days=1), [Studied("A", None)], "directives.session_in_future"),
        (date(2019, 12, 31), [Studied("A", None)], "directives.session_outside_year"),
        (date(2021, 3, 1), [Studied("A", None), Studied("B", date(2021, 3, 2))], "directives.session_before_document"),
    ],
)
def test_a_session_was_held_after_its_documents_about_the_year(held_on, documents, code):
    with pytest.raises(Refused) as refused:
        rules.check_session(held_on, documents, year=2021, today=TODAY)
    assert refused.value.code == code


def test_a_session_on_the_day_of_its_document_and_of_today_is_fine():
    rules.check_session(TODAY, [Studied("A", TODAY), Studied("B", None)], year=2021, today=TODAY)
    rules.check_session(date(2020, 1, 1), [Studied("A", None)], year=2021, today=TODAY)


@pytest.mark.parametrize(
    ("counts", "code", "field"),
    [
        ([], "directives.nobody_attended", None),
        ([Count("members", 10, 0)], "directives.nobody_attended", None),
        ([Count("members", 10, 9), Count("youth", 3, 4)], "directives.more_than_invited", "youth_attended"),
        ([Count("members", 1_000_001, 1)], "directives.too_many_people", "members_invited"),
    ],
)
def test_counts_are_checked_at_their_group(counts, code, field):
    with pytest.raises(Refused) as refused:
        rules.check_counts(counts)
    assert (refused.value.code, refused.value.facts.get("field")) == (code, field)


def test_a_share_has_one_decimal_half_up_and_may_pass_a_hundred():
    assert rules.share(1, 3) == Decimal("33.3")
    assert rules.share(1, 16) == Decimal("6.3")
    assert rules.share(150, 100) == Decimal("150.0")
    assert rules.share(5, None) is None


@given(st.integers(0, 10**6), st.integers(1, 10**6))
def test_a_share_is_within_a_twentieth_of_the_exact_one(attended, size):
    assert abs(rules.share(attended, size) * size - Decimal(attended) * 100) <= Decimal(size) / 20


def test_attendance_from_a_list_raises_the_invited_and_empties_groups_not_listed():
    before = [Count("members", 100, 90), Count("youth", 30, 20)]
    assert rules.with_list(before, {"members": 110, "others": 2}) == [
        Count("members", 110, 110),
        Count("youth", 30, 0),
        Count("others", 2, 2),
    ]


COUNTS = st.dictionaries(st.sampled_from(["members", "youth", "others"]), st.integers(0, 50))


@given(COUNTS, COUNTS)
def test_a_list_never_has_more_there_than_invited(invited, listed):
    after = rules.with_list([Count(group, n, 0) for group, n in invited.items()], listed)
    assert all(count.attended <= count.invited for count in after)
    assert sum(count.attended for count in after) == sum(listed.values())


def test_a_reason_says_something():
    assert rules.check_reason("  Ghi nhầm  buổi ") == "Ghi nhầm buổi"
    with pytest.raises(Refused, match=r"directives\.study_reason_too_short"):
        rules.check_reason("  nhầm     ")


def sheet(*lines):
    return [["DANH SÁCH"], [], list(HEADINGS), *lines]


def faults(*lines):
    return [(f.row, f.column, f.code) for f in read_list(sheet(*lines), GROUPS).faults]


def test_a_filled_list_gives_counts_by_group():
    read = read_list(
        sheet(["01/…", "An", "Đảng viên", ""], ["02/…", "Bình", "đảng viên ", ""], [3.0, "Cúc", "Đoàn viên, hội viên"], []),
        GROUPS,
    )
    assert (read.counts, read.faults) == ({"members": 2, "youth": 1}, ())


def test_columns_may_stand_in_any_order():
    rows = [["Nhóm", "", "Họ và tên"], ["Đảng viên", "", "An"]]
    assert read_list(rows, GROUPS).counts == {"members": 1}


def test_every_fault_names_its_cell():
    assert faults(
        ["01/…", "", "Đảng viên"],
        ["02/…", "An", "Đảng viên"],
        ["02/…", "AN", "Đảng viên"],
        ["03/…", "An", "Cán bộ"],
        ["04/…", "Lan", ""],
    ) == [
        (4, "Họ và tên", "directives.list_name_missing"),
        (6, "Họ và tên", "directives.list_name_twice"),
        (6, "Số", "directives.list_number_twice"),
        (7, "Nhóm", "directives.list_group_unknown"),
        (8, "Nhóm", "directives.list_group_missing"),
    ]


def test_names_that_differ_in_a_mark_are_two_people_and_composed_or_not_they_are_one():
    assert faults(["1", "Hoa", "Đảng viên"], ["2", "Hòa", "Đảng viên"]) == []
    assert faults(["1", "Ho\u0300a", "Đảng viên"], ["2", "Hòa", "Đảng viên"]) == [(5, "Họ và tên", "directives.list_name_twice")]


def test_a_blank_mark_instead_of_a_number_may_stand_on_every_line():
    assert faults(["…", "An", "Đảng viên"], ["…", "Bình", "Đảng viên"]) == []


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([], "directives.list_without_headings"),
        ([["Tên", "Nhóm"], ["An", "Đảng viên"]], "directives.list_without_headings"),
        (sheet(), "directives.list_empty"),
        (sheet(["", " ", "", ""]), "directives.list_empty"),
    ],
)
def test_a_sheet_that_is_no_list_is_refused(rows, code):
    with pytest.raises(Refused) as refused:
        read_list(rows, GROUPS)
    assert refused.value.code == code


CELLS = st.one_of(st.text(max_size=8), st.floats(), st.dates(), st.booleans(), st.sampled_from(["An", "Đảng viên"]))


@given(st.lists(st.lists(CELLS, max_size=5), max_size=8))
def test_whatever_is_typed_is_counted_or_told(lines):
    if not any("".join(str(cell).split()) for line in lines for cell in line[:4]):
        with pytest.raises(Refused, match=r"directives\.list_empty"):
            read_list(sheet(*lines), GROUPS)
        return
    read = read_list(sheet(*lines), GROUPS)
    assert sum(read.counts.values()) <= len(lines)
    assert all(4 <= fault.row < 4 + len(lines) for fault in read.faults)
