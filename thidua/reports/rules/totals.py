"""What the units' figures make together, and how that differs from the last period. Pure.

A sum of percents says nothing, so a share (%, ‰, tỷ lệ, bình quân) is averaged over the units that gave one; every reader is
told which of the two was done. A difference is reckoned over the units that gave a figure both times: a total that grew
because one more unit reported has not grown.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from enum import StrEnum

from thidua.kernel.text import fold

PLACES = 2
"""Decimals of a mean: more would be noise."""

_WIDE = Context(prec=60, rounding=ROUND_HALF_UP)
_SHARES = ("phan tram", "phan nghin", "ty le", "ti le", "binh quan", "trung binh")


class How(StrEnum):
    """How figures were put together."""

    SUM = "sum"
    MEAN = "mean"


@dataclass(frozen=True, slots=True)
class Total:
    """Figures of one item over units: `value` (None when no unit gave one), how it was made, who gave one, who did not."""

    value: Decimal | None
    how: How
    given: tuple[int, ...]
    missing: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """The difference to the last period over `units`, those that gave a figure both times: their total now and `before`, the
    difference and the same in percent (one decimal; None when before is 0). `same_units`: nobody had to be left out."""

    now: Decimal
    before: Decimal
    difference: Decimal
    percent: Decimal | None
    units: tuple[int, ...]
    same_units: bool


Figures = Mapping[int, Decimal | None]
"""Figures by unit id."""


def how_of(unit_of_measure: str) -> How:
    """MEAN where the unit of measure is a share ("%", "‰", "phần trăm", "tỷ lệ", "bình quân …"), else SUM."""
    folded = fold(unit_of_measure)
    return How.MEAN if "%" in folded or "‰" in folded or folded.startswith(_SHARES) else How.SUM


def total_of(figures: Figures, units: Sequence[int], unit_of_measure: str) -> Total:
    """The sum or the mean (rounded half up to two decimals) of the units' figures; units in their given order."""
    given = tuple(unit for unit in units if figures.get(unit) is not None)
    how = how_of(unit_of_measure)
    value = _together([figures[unit] or Decimal(0) for unit in given], how) if given else None
    return Total(value, how, given, tuple(unit for unit in units if unit not in given))


def change_of(now: Figures, before: Figures, unit_of_measure: str) -> Change | None:
    """How the figures differ from those of the last period; None where no unit gave both."""
    both = tuple(unit for unit, value in now.items() if value is not None and before.get(unit) is not None)
    if not both:
        return None
    how = how_of(unit_of_measure)
    this, last = _together([now[u] or Decimal(0) for u in both], how), _together([before[u] or Decimal(0) for u in both], how)
    gave = {unit for unit, value in (*now.items(), *before.items()) if value is not None}
    return Change(this, last, this - last, percent_of(this - last, last), both, gave == set(both))


def percent_of(part: Decimal, whole: Decimal) -> Decimal | None:
    """The part in percent of the whole's size, one decimal; None of nothing."""
    return (part * 100 / abs(whole)).quantize(Decimal("0.1"), context=_WIDE) if whole else None


def item_key(title: str, unit_of_measure: str, source: str) -> tuple[str, str]:
    """By what an item is the same in two periods: what fills it in, or its title; and its unit of measure, always."""
    return (source or fold(title), fold(unit_of_measure))


def _together(values: Iterable[Decimal], how: How) -> Decimal:
    held = list(values)
    total = sum(held, Decimal(0))
    return total if how is How.SUM else (total / len(held)).quantize(Decimal(1).scaleb(-PLACES), context=_WIDE)
