"""How far a share that was counted may be from the chance behind it."""

from math import sqrt
from typing import NamedTuple

CONFIDENCE = 0.95
_Z = 1.959963984540054
"""The normal quantile at 97.5 %: 95 % lie between −z and z."""


class Band(NamedTuple):
    """A range of shares, both ends from 0 to 1."""

    low: float
    high: float

    def holds(self, share: float) -> bool:
        """Whether the share lies in it, ends included."""
        return self.low <= share <= self.high


def wilson(counted: int, n: int) -> Band:
    """The 95 % score interval of `counted` out of `n`, without correction for continuity. Raises ValueError for no share at all.

    Wilson (1927). Brown, Cai and DasGupta (2001), "Interval estimation for a binomial proportion", recommend it for small n,
    where the exact interval of Clopper and Pearson is much too wide and the textbook one covers far too little.
    """
    if not 0 <= counted <= n or n == 0:
        raise ValueError(f"no share: {counted} of {n}")
    share, spread = counted / n, _Z * _Z / n
    middle = (share + spread / 2) / (1 + spread)
    half = _Z / (1 + spread) * sqrt(share * (1 - share) / n + spread / (4 * n))
    low = 0.0 if counted == 0 else max(0.0, middle - half)
    high = 1.0 if counted == n else min(1.0, middle + half)
    return Band(low, high)
