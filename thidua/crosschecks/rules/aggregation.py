"""Several checkers' values for one line made into one. Exact: fractions are kept until the value is rounded once.

A checker who gave no mark is left out, never counted as zero; that fewer marks came than were asked for is part of the answer.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from typing import Generic, TypeVar

MEAN, MEDIAN, AGREED = "mean", "median", "agreed"
PLACES = 6
"""Decimals of the points of a line: a mean that does not end is rounded half up to these."""

_WIDE = Context(prec=80, rounding=ROUND_HALF_UP)
_UNIT = Decimal(1).scaleb(-PLACES)

Figures = TypeVar("Figures")


@dataclass(frozen=True, slots=True)
class Given(Generic[Figures]):
    """One checker's mark: the figures as typed and what they come to in points."""

    figures: Figures
    value: Decimal


@dataclass(frozen=True, slots=True)
class Summary:
    """What the marks of one line come to. `value` is None where they decide nothing (no marks, or only agreement decides);
    `spread` is the greatest less the least; `given` of `asked` checkers gave a mark."""

    value: Decimal | None
    spread: Decimal
    given: int
    asked: int

    @property
    def missing(self) -> int:
        """Checkers who gave no mark."""
        return max(0, self.asked - self.given)


@dataclass(frozen=True, slots=True)
class Found(Generic[Figures]):
    """What a line becomes: the figures of a mark where all of them, or the one that decides, say the same in figures;
    otherwise only points."""

    figures: Figures | None
    points: Decimal


def mean(values: Sequence[Decimal]) -> Decimal | None:
    """The arithmetic mean, rounded half up once at six decimals; None of no values."""
    return _decimal(sum(map(Fraction, values), Fraction(0)) / len(values)) if values else None


def median(values: Sequence[Decimal]) -> Decimal | None:
    """The value in the middle, or half-way between the two in the middle; None of no values."""
    if not values:
        return None
    ordered, half = sorted(values), len(values) // 2
    return ordered[half] if len(values) % 2 else mean(ordered[half - 1 : half + 1])


def summarise(how: str, values: Sequence[Decimal], asked: int) -> Summary:
    """The marks of one line by the rule of the round. Under `agreed` marks that are all the same are agreed; others decide
    nothing until a value is agreed."""
    spread = max(values) - min(values) if values else Decimal(0)
    if how == MEAN:
        value = mean(values)
    elif how == MEDIAN:
        value = median(values)
    else:
        value = values[0] if values and not spread else None
    return Summary(value, spread, len(values), asked)


def found_from(how: str, marks: Sequence[Given[Figures]]) -> Found[Figures] | None:
    """What the marks make of the line, None where they decide nothing.

    Figures stay figures wherever possible ("4 of 5 cases", a band): all marks with the same figures keep them, and so does the
    median where all marks with its value have the same. Where marks with the same points have different figures, or the value
    lies between marks, points alone are granted.
    """
    summary = summarise(how, [mark.value for mark in marks], len(marks))
    if summary.value is None:
        return None
    deciding = [mark.figures for mark in marks if mark.value == summary.value]
    alike = bool(deciding) and all(figures == deciding[0] for figures in deciding)
    return Found(deciding[0] if alike else None, summary.value)


def unanimous(marks: Sequence[Given[Figures]]) -> Figures | None:
    """The figures that all marks share, for rows that carry no points (gates), where no mean can be made."""
    return marks[0].figures if marks and all(mark.figures == marks[0].figures for mark in marks) else None


def _decimal(value: Fraction) -> Decimal:
    exact = _WIDE.divide(Decimal(value.numerator), Decimal(value.denominator))
    rounded = exact.quantize(_UNIT, context=_WIDE)
    return rounded.quantize(Decimal(1), context=_WIDE) if rounded == rounded.to_integral_value() else rounded.normalize(_WIDE)
