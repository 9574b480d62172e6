"""How far a share that was counted may be from the chance behind it: the bands of a calibration plot."""

import math
from typing import NamedTuple

from thidua.forecasts.rules.decomposition import Bin

LEVEL = 0.95
_Z = 1.959963984540054
"""The normal quantile at 97.5 %: 95 % lie between −z and z."""


class Band(NamedTuple):
    """A range of shares, both ends from 0 to 1."""

    low: float
    high: float

    def holds(self, share: float) -> bool:
        """Whether the share lies in it, ends included."""
        return self.low <= share <= self.high


def band(came_true: int, n: int) -> Band | None:
    """Wilson's score interval for a binomial share at 95 %; None of nothing.

    Wilson (1927); Brown, Cai and DasGupta (2001), "Interval estimation for a binomial proportion", recommend it for small n,
    where the exact interval of Clopper and Pearson is much too wide and the textbook one covers far too little.
    """
    if n < 1:
        return None
    share, square = came_true / n, _Z * _Z
    middle = (share + square / (2 * n)) / (1 + square / n)
    half = _Z / (1 + square / n) * math.sqrt(share * (1 - share) / n + square / (4 * n * n))
    return Band(max(middle - half, 0.0) if came_true else 0.0, min(middle + half, 1.0) if came_true < n else 1.0)


def band_of(each: Bin) -> Band | None:
    """The band around the share observed in a bin; None for an empty one."""
    return band(each.came_true, each.n)
