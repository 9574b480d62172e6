"""Points: exact decimal numbers, read as Vietnamese people and tables write them. Never float.

A value is carried with Python's 28 significant digits and *settled* at nine decimals before it is compared or published: a third
does not end in decimals, yet three thirds must tie with one whole, and a spreadsheet (15 digits) can recompute what is settled.
"""

import re
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache

from thidua.kernel.errors import Refused

SETTLED_PLACES = 9
"""Decimals kept when values are compared: a billionth of a point."""

_MOST_INTEGER_DIGITS = 12
_MOST_DECIMALS = 6
_BILLIONTH = Decimal(1).scaleb(-SETTLED_PLACES)
_WIDE = Context(prec=60, rounding=ROUND_HALF_UP)
_ZERO = Decimal(0)

_GROUPED = re.compile(r"([+-]?)([1-9][0-9]{0,2}(?:\.[0-9]{3})+)(?:,([0-9]+))?")
_COMMA = re.compile(r"([+-]?)([0-9]+),([0-9]+)")
_PLAIN = re.compile(r"([+-]?)([0-9]+)(?:\.([0-9]+))?")


def parse_typed(text: str) -> Decimal:
    """The number a person typed: `1.234,5`, `12,5`, `-0,25`, and `7.5` because phones offer a dot.

    A dot before exactly three digits separates thousands (`1.250` is 1250) unless the number starts with 0.
    Refuses `kernel.points_empty`, `kernel.points_not_a_number` `kernel.points_too_long` (12 digits, 6 decimals).
    """
    return _first_match(text, (_GROUPED, _COMMA, _PLAIN))


def parse_plain(text: str) -> Decimal:
    """The number in a cell of a table: `12.50` first, then `12,5` and `1.234,5` as Vietnamese spreadsheets export them.

    Here `1.250` is one and a quarter: a dot in a table is a decimal point. Refusals as in `parse_typed`.
    """
    return _first_match(text, (_PLAIN, _COMMA, _GROUPED))


@lru_cache(maxsize=8192)
def settle(value: Decimal) -> Decimal:
    """The value rounded half up to nine decimals, without trailing zeros: what is compared, ranked and published.

    Remembered, because the same few hundred values make up most sheets.
    """
    settled = value.quantize(_BILLIONTH, context=_WIDE).normalize(_WIDE)
    return settled.quantize(Decimal(1), context=_WIDE) if settled == settled.to_integral_value() else settled


def format_plain(value: Decimal, *, fewest: int = 2, most: int = 6) -> str:
    """`12.50`: a dot, no thousands, at least `fewest` and at most `most` decimals, rounded half up. For data and English."""
    whole, decimals = _digits(value, fewest, most)
    return f"{whole}.{decimals}" if decimals else whole


def format_vietnamese(value: Decimal, *, fewest: int = 0, most: int = 2) -> str:
    """`1.234,5`: for reading; rounded half up to `most` decimals, zeros at the end dropped down to `fewest`."""
    whole, decimals = _digits(value, fewest, most)
    sign, number = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    grouped = f"{int(number):,}".replace(",", ".")
    return f"{sign}{grouped},{decimals}" if decimals else f"{sign}{grouped}"


def places_for(values: Iterable[Decimal], *, fewest: int = 2) -> int:
    """How many decimals show these values in one column: `fewest`, or as many more (up to 6) as keep different ones different."""
    distinct = set(values)
    for places in range(fewest, _MOST_DECIMALS):
        if len({value.quantize(Decimal(1).scaleb(-places), context=_WIDE) for value in distinct}) == len(distinct):
            return places
    return max(fewest, _MOST_DECIMALS)


def _first_match(text: str, patterns: tuple[re.Pattern[str], ...]) -> Decimal:
    cleaned = text.strip().replace("\N{MINUS SIGN}", "-")
    if not cleaned:
        raise Refused("kernel.points_empty")
    for pattern in patterns:
        if found := pattern.fullmatch(cleaned):
            return _exact(text, found[1], found[2].replace(".", ""), found[3] or "")
    raise Refused("kernel.points_not_a_number", text=text.strip()[:40])


def _exact(text: str, sign: str, whole: str, decimals: str) -> Decimal:
    if len(whole.lstrip("0")) > _MOST_INTEGER_DIGITS or len(decimals.rstrip("0")) > _MOST_DECIMALS:
        raise Refused("kernel.points_too_long", text=text.strip()[:40], digits=_MOST_INTEGER_DIGITS, decimals=_MOST_DECIMALS)
    number = Decimal(f"{sign}{whole}.{decimals}" if decimals else f"{sign}{whole}")
    return number if number else _ZERO


def _digits(value: Decimal, fewest: int, most: int) -> tuple[str, str]:
    rounded = value.quantize(Decimal(1).scaleb(-most), context=_WIDE)
    whole, _, decimals = f"{rounded if rounded else abs(rounded):f}".partition(".")
    return whole, decimals.rstrip("0").ljust(fewest, "0")
