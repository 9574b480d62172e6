"""Murphy's decomposition of the Brier score over ten equal bins: what is lost by bad calibration, what is gained by telling cases
apart, what nobody can help.

Murphy (1973), "A new vector partition of the probability score". It is exact where all forecasts of a bin are equal; within a bin
they differ, and what that adds is given as well: Stephenson, Coelho and Jolliffe (2008), "Two extra components in the Brier score
decomposition".
"""

import math
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

BINS = 10
_EDGES = [edge / BINS for edge in range(1, BINS)]
"""The floats that the decimals 0.1 … 0.9 are read as, so that what was typed as an edge lies in the bin it begins."""

Pair = tuple[float, bool]
"""The chance that was given to "yes", and whether it came true."""


@dataclass(frozen=True, slots=True)
class Bin:
    """Forecasts from `start` up to, but not including, `end` (the last bin includes 1); means are None while there are none."""

    start: float
    end: float
    n: int
    came_true: int
    mean_forecast: float | None

    @property
    def observed(self) -> float | None:
        """The share that came true."""
        return self.came_true / self.n if self.n else None


@dataclass(frozen=True, slots=True)
class Decomposition:
    """The Brier score of at least one forecast, and its parts. brier = binned_brier + within_bins, up to rounding of floats."""

    n: int
    base_rate: float
    brier: float
    reliability: float
    resolution: float
    uncertainty: float
    within_bins: float
    bins: tuple[Bin, ...]

    @property
    def binned_brier(self) -> float:
        """Reliability − resolution + uncertainty: the Brier score if each forecast were its bin's mean."""
        return self.reliability - self.resolution + self.uncertainty


def bin_of(probability: float) -> int:
    """Which bin, 0 … 9: [0, 0.1) … [0.9, 1]."""
    return bisect_right(_EDGES, probability)


def bins_of(pairs: Iterable[Pair]) -> tuple[Bin, ...]:
    """All ten bins, empty ones too."""
    return tuple(_bin(index, sorted_in) for index, sorted_in in enumerate(_sorted(pairs)))


def decompose(pairs: Sequence[Pair]) -> Decomposition | None:
    """The parts of the mean (p − o)²; None without forecasts. The order of the pairs changes nothing, not even the last digit."""
    n = len(pairs)
    if not n:
        return None
    sorted_in = _sorted(pairs)
    bins = tuple(_bin(index, inside) for index, inside in enumerate(sorted_in))
    base_rate = sum(each.came_true for each in bins) / n
    filled = [(each, each.mean_forecast, each.came_true / each.n) for each in bins if each.mean_forecast is not None]
    return Decomposition(
        n=n,
        base_rate=base_rate,
        brier=math.fsum((chance - outcome) ** 2 for chance, outcome in pairs) / n,
        reliability=math.fsum(each.n * (forecast - observed) ** 2 for each, forecast, observed in filled) / n,
        resolution=math.fsum(each.n * (observed - base_rate) ** 2 for each, _, observed in filled) / n,
        uncertainty=base_rate * (1 - base_rate),
        within_bins=math.fsum(_within(each, inside) for each, inside in zip(bins, sorted_in, strict=True)) / n,
        bins=bins,
    )


def _sorted(pairs: Iterable[Pair]) -> list[list[Pair]]:
    inside: list[list[Pair]] = [[] for _ in range(BINS)]
    for pair in pairs:
        inside[bisect_right(_EDGES, pair[0])].append(pair)
    return inside


def _bin(index: int, inside: list[Pair]) -> Bin:
    n = len(inside)
    forecast = math.fsum(chance for chance, _ in inside) / n if n else None
    return Bin(index / BINS, (index + 1) / BINS, n, sum(outcome for _, outcome in inside), forecast)


def _within(each: Bin, inside: list[Pair]) -> float:
    """Within one bin, the variance of the forecasts less twice their covariance with the outcomes, times n."""
    forecast, observed = each.mean_forecast, each.observed
    if forecast is None or observed is None:
        return 0.0
    return math.fsum((chance - forecast) * ((chance - forecast) - 2 * (outcome - observed)) for chance, outcome in inside)
