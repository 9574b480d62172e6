"""How many of a level may be graded good, and who they are. Pure.

Places are filled from the highest percent down. Nobody is ever cut by the order of a list: if those who tie at the border do not
all fit, all of them are left for people to decide. Those below the border drop one grade.
"""

from collections.abc import Mapping
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from enum import StrEnum

from thidua.rapporteurs.rules.schemes import HUNDRED, Rounding

_MODES = {Rounding.DOWN: ROUND_FLOOR, Rounding.HALF_UP: ROUND_HALF_UP, Rounding.UP: ROUND_CEILING}


class Standing(StrEnum):
    """What the quota says of one who would be graded good."""

    WITHIN = "within"
    TIED = "tied"
    BEYOND = "beyond"


def places(members: int, share: Decimal, rounding: Rounding, least: int) -> int:
    """How many of `members` may be graded good when the quota is `share` percent: rounded as said, `least` at the least, and
    never more than there are."""
    found = int((members * share / HUNDRED).to_integral_value(_MODES[rounding]))
    return min(members, max(found, least))


def fill(percents: Mapping[int, Decimal], free: int) -> dict[int, Standing]:
    """Where each of those who would be graded good stands, when there are `free` places. The order of `percents` says nothing."""
    if len(percents) <= free:
        return dict.fromkeys(percents, Standing.WITHIN)
    ranked = sorted(percents.values(), reverse=True)
    first_out = ranked[free]
    tie_at_border = free > 0 and ranked[free - 1] == first_out
    found = {}
    for key, percent in percents.items():
        if percent > first_out:
            found[key] = Standing.WITHIN
        else:
            found[key] = Standing.TIED if tie_at_border and percent == first_out else Standing.BEYOND
    return found
