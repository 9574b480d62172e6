"""Figures as they are shown: parts that add up to the sum beside them."""

from collections.abc import Sequence
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal

_WIDE = Context(prec=60, rounding=ROUND_HALF_UP)


def shown(value: Decimal, places: int) -> Decimal:
    """The figure with so many decimals, rounded half up: as a sum is shown."""
    return value.quantize(Decimal(1).scaleb(-places), context=_WIDE)


def apportioned(parts: Sequence[Decimal], total: Decimal, places: int) -> list[Decimal]:
    """The parts with so many decimals, such that they add up to `total`: the sum of the parts as it is shown, off by less than a
    step. Rounded down, what is then missing goes to the largest remainders, the first of equal ones (Hamilton). A part is off by
    less than a step, and one that needs no rounding stays as it is."""
    step = Decimal(1).scaleb(-places)
    found = [part.quantize(step, rounding=ROUND_FLOOR, context=_WIDE) for part in parts]
    missing = int((total - sum(found, Decimal(0))) / step)
    order = sorted(range(len(parts)), key=lambda n: found[n] - parts[n])
    for n in order[:missing]:
        found[n] += step
    return found
