"""Points are read as people write them, and never lose a digit."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua.kernel.errors import Refused
from thidua.kernel.points import format_plain, format_vietnamese, parse_plain, parse_typed, places_for, settle

exact_points = st.decimals(min_value=-10**9, max_value=10**9, places=6, allow_nan=False)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("1.234,5", "1234.5"),
        ("12,5", "12.5"),
        ("0,25", "0.25"),
        ("-0,5", "-0.5"),
        ("\N{MINUS SIGN}1", "-1"),
        ("+2", "2"),
        (" 7 ", "7"),
        ("7.5", "7.5"),
        ("12.50", "12.50"),
        ("1.250", "1250"),
        ("0.125", "0.125"),
        ("1.234.567", "1234567"),
    ],
)
def test_numbers_as_people_type_them(typed: str, number: str) -> None:
    assert parse_typed(typed) == Decimal(number)


@pytest.mark.parametrize(
    ("cell", "number"),
    [("12.50", "12.50"), ("1.250", "1.250"), ("12,5", "12.5"), ("1.234,5", "1234.5"), ("-0.5", "-0.5"), ("1234567", "1234567")],
)
def test_numbers_as_tables_hold_them(cell: str, number: str) -> None:
    assert parse_plain(cell) == Decimal(number)


@pytest.mark.parametrize("parse", [parse_typed, parse_plain])
@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "kernel.points_empty"),
        ("  ", "kernel.points_empty"),
        ("năm", "kernel.points_not_a_number"),
        ("NaN", "kernel.points_not_a_number"),
        ("Infinity", "kernel.points_not_a_number"),
        ("1e5", "kernel.points_not_a_number"),
        ("1,234.5", "kernel.points_not_a_number"),
        ("1.23,4", "kernel.points_not_a_number"),
        ("٣", "kernel.points_not_a_number"),
        ("5 điểm", "kernel.points_not_a_number"),
        ("1_000", "kernel.points_not_a_number"),
        ("1234567890123", "kernel.points_too_long"),
        ("0,1234567", "kernel.points_too_long"),
    ],
)
def test_what_is_not_a_number_is_refused(parse, text: str, code: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(Refused) as refusal:
        parse(text)
    assert refusal.value.code == code


@pytest.mark.parametrize(
    ("number", "vietnamese", "plain"),
    [
        ("1234.5", "1.234,5", "1234.50"),
        ("12.50", "12,5", "12.50"),
        ("-0.25", "-0,25", "-0.25"),
        ("124.4", "124,4", "124.40"),
        ("1000000", "1.000.000", "1000000.00"),
        ("2.005", "2,01", "2.005"),
        ("-0.001", "0", "-0.001"),
        ("0", "0", "0.00"),
    ],
)
def test_numbers_as_they_are_shown(number: str, vietnamese: str, plain: str) -> None:
    assert format_vietnamese(Decimal(number)) == vietnamese
    assert format_plain(Decimal(number)) == plain


@given(exact_points)
def test_what_is_shown_in_full_reads_back_as_the_same_number(points: Decimal) -> None:
    assert parse_plain(format_plain(points)) == points
    assert parse_typed(format_vietnamese(points, fewest=1, most=6)) == points


def test_three_thirds_settle_to_one_whole() -> None:
    third = Decimal(1) / Decimal(3)
    assert third + third + third != 1
    assert settle(third + third + third) == 1
    assert str(settle(Decimal("2.500"))) == "2.5"
    assert str(settle(Decimal("100"))) == "100"


@pytest.mark.parametrize(
    ("values", "places"),
    [
        (["98.75", "96.654", "96.5", "96.5"], 2),
        (["96.654", "96.652"], 3),
        (["96.6541", "96.6549", "1"], 3),
        ([], 2),
        (["0.1234561", "0.1234562"], 6),
    ],
)
def test_a_column_shows_as_many_decimals_as_keep_values_apart(values, places):
    assert places_for(Decimal(value) for value in values) == places


@given(st.lists(st.decimals(-1000, 1000, places=6), max_size=8))
def test_different_values_never_look_the_same_in_a_column(values):
    places = places_for(values)
    shown = {format_plain(value, fewest=places, most=places) for value in values}
    assert len(shown) == len({format_plain(value, fewest=6, most=6) for value in values})
