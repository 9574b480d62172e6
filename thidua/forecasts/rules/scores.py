"""Proper scores: what a forecast costs once the outcome is known. Whoever says what they believe pays least on average.

Plain floats: scores are statistics and never points. Lower is better everywhere.
"""

import math
from collections.abc import Iterable, Sequence


def brier(probability: float, came_true: bool) -> float:
    """(p − o)² of the chance that was given to "yes": 0 at best, 1 at worst, 0.25 for 50 %. Brier (1950) summed over both
    answers, which is twice this; for yes or no half of it is usual, and is what scikit-learn calls the Brier score."""
    return (probability - came_true) ** 2


def brier_of_choices(probabilities: Sequence[float], right: int) -> float:
    """Brier's own sum over all choices, Σ (pₖ − oₖ)²: from 0 to 2. `right`: index of the choice that came true. Not to be
    averaged with scores of yes/no questions, which are half of this sum."""
    return math.fsum((chance - (index == right)) ** 2 for index, chance in enumerate(probabilities))


def log_score(probability: float, came_true: bool) -> float:
    """−ln of the chance that was given to what happened, in nats: 0 at best, infinite for an outcome called impossible."""
    return _surprise(probability if came_true else 1 - probability)


def log_score_of_choices(probabilities: Sequence[float], right: int) -> float:
    """The same for several choices: only the chance of the right one counts."""
    return _surprise(probabilities[right])


def interval_score(low: float, high: float, value: float, coverage: float) -> float:
    """The width of the interval, and 2/α times the distance by which the value missed it; α = 1 − `coverage`. In the unit of the
    value. Gneiting and Raftery (2007), "Strictly proper scoring rules, prediction, and estimation", equation 43: least on
    average for the quantiles at α/2 and 1 − α/2."""
    missed = max(low - value, value - high, 0.0)
    return (high - low) + 2 / (1 - coverage) * missed


def holds(low: float, high: float, value: float) -> bool:
    """Whether the interval held the value; its ends belong to it."""
    return low <= value <= high


def mean(values: Iterable[float]) -> float | None:
    """The mean, summed without rounding on the way; None of nothing. Infinite as soon as one value is."""
    listed = list(values)
    return math.fsum(listed) / len(listed) if listed else None


def skill(score: float | None, reference: float | None) -> float | None:
    """How much of the reference's score was saved: 1 is perfect, 0 no better than the reference, below 0 worse. None where there
    is nothing to compare, or the reference cannot be improved on (0)."""
    if score is None or not reference:
        return None
    return 1 - score / reference


def _surprise(chance: float) -> float:
    return -math.log(chance) if chance > 0 else math.inf
