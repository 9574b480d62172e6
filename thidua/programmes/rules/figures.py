"""Figures of indicators (shares, counts, money), read as people type them and held against a target. Pure."""

import re
from decimal import Decimal

from thidua.kernel.errors import Refused
from thidua.kernel.points import parse_typed

MOST_INTEGER_DIGITS, MOST_DECIMALS = 12, 3
"""What the column keeps: 15 digits, 3 of them decimals."""

_ENGLISH = re.compile(r"([+-]?[1-9][0-9]{0,2}(?:,[0-9]{3})+)\.([0-9]+)")
_TOO_LARGE = Decimal(10) ** MOST_INTEGER_DIGITS


def parse_figure(text: str) -> Decimal:
    """The number a person typed: `1.234,5` and `12,5`, and `1,234.5` where it can mean nothing else.

    Refuses what `kernel.points.parse_typed` refuses, and more than 12 digits or 3 decimals (programmes.figure_too_long).
    """
    typed = text.strip()
    english = _ENGLISH.fullmatch(typed)
    value = parse_typed(f"{english[1].replace(',', '.')},{english[2]}" if english else typed)
    if abs(value) >= _TOO_LARGE or value != round(value, MOST_DECIMALS):
        raise Refused("programmes.figure_too_long", text=typed[:40], digits=MOST_INTEGER_DIGITS, decimals=MOST_DECIMALS)
    return value


def meets(value: Decimal | None, target: Decimal | None, *, lower_is_better: bool) -> bool | None:
    """Whether a figure reaches its target; None where there is nothing to compare."""
    if value is None or target is None:
        return None
    return value <= target if lower_is_better else value >= target
