"""What the middle of a group said: each question's median over its forecasters. A score to hold one's own beside."""

from collections.abc import Sequence
from statistics import median


def median_probability(probabilities: Sequence[float]) -> float:
    """The median chance of a yes/no question; the mean of the two in the middle when they are even in number."""
    return median(probabilities)


def median_choices(forecasts: Sequence[Sequence[float]]) -> list[float]:
    """The median of each choice, divided by their sum so that they make a whole again. Where every median is 0 (each forecaster
    sure of another choice) the mean of the forecasts, which is already a whole."""
    medians = [median(chances) for chances in zip(*forecasts, strict=True)]
    total = sum(medians)
    if total <= 0:
        medians = [sum(chances) for chances in zip(*forecasts, strict=True)]
        total = sum(medians)
    return [middle / total for middle in medians]


def median_interval(intervals: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """The median of the lower ends and the median of the upper ends; never crossed, since no interval is."""
    return median(low for low, _ in intervals), median(high for _, high in intervals)
