"""Scores weighted by time: an early good forecast is worth more than one on the eve.

Between the opening of a question and its closing each forecast counts for the time it stood, until the next one of the same
forecaster. Before the first nothing counts; how much of the time was covered is told beside the score.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Standing:
    """A score over time: `score` (None: nothing stood for a while) and `covered`, the part of the time with a forecast, 0 … 1."""

    score: float | None
    covered: float


def weights_of(moments: Sequence[datetime], opened: datetime, closed: datetime) -> list[float]:
    """For how large a part of the time from `opened` to `closed` each forecast stood. `moments` in order; those before the
    opening stand from the opening, those after the closing never. No time at all: only zeros."""
    whole = (closed - opened).total_seconds()
    if whole <= 0:
        return [0.0] * len(moments)
    starts = [min(max(moment, opened), closed) for moment in moments]
    ends = [*starts[1:], closed]
    return [(end - start).total_seconds() / whole for start, end in zip(starts, ends, strict=False)]


def over_time(scores: Sequence[float], moments: Sequence[datetime], opened: datetime, closed: datetime) -> Standing:
    """The mean of the scores, each weighted by the time its forecast stood."""
    weights = weights_of(moments, opened, closed)
    covered = math.fsum(weights)
    if not covered:
        return Standing(None, 0.0)
    counted = [(score, weight) for score, weight in zip(scores, weights, strict=True) if weight]
    return Standing(math.fsum(score * weight for score, weight in counted) / covered, min(covered, 1.0))
