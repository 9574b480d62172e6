"""What a forecaster's yes/no forecasts amount to: scores, their parts, calibration, and what keeps a score from being told."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import isfinite
from operator import attrgetter

from thidua.forecasts.rules.decomposition import Decomposition, decompose
from thidua.forecasts.rules.scores import log_score, mean, skill
from thidua.forecasts.rules.table import ALL, Line

FEWEST = 10
"""Decided questions from which on a score is shown to people: below it, luck is most of it."""
FEW = 30
"""Below it a score is shown with a warning."""


@dataclass(frozen=True, slots=True)
class Summary:
    """The decided forecasts of one forecaster, or of all (`forecaster` is then table.ALL); `open_rows` are not decided yet.

    `parts` and the scores are None without a decided forecast; `log_score` is infinite when the impossible came true.
    """

    forecaster: str
    open_rows: int
    parts: Decomposition | None
    log_score: float | None

    @property
    def n(self) -> int:
        """How many forecasts are decided."""
        return self.parts.n if self.parts else 0

    @property
    def skill(self) -> float | None:
        """Against always saying the base rate; None where everything or nothing came true: that could not be beaten."""
        return skill(self.parts.brier, self.parts.uncertainty) if self.parts else None

    @property
    def notes(self) -> tuple[str, ...]:
        """Codes of what a reader should know: `forecasts.nothing_decided`, `.impossible_came_true`, `.one_outcome_only`,
        `.too_few` (below FEWEST), `.few` (below FEW)."""
        if self.parts is None or self.log_score is None:
            return ("forecasts.nothing_decided",)
        told = {
            "forecasts.impossible_came_true": not isfinite(self.log_score),
            "forecasts.one_outcome_only": not self.parts.uncertainty,
            "forecasts.too_few": self.n < FEWEST,
            "forecasts.few": FEWEST <= self.n < FEW,
        }
        return tuple(code for code, holds in told.items() if holds)


def summarise(forecaster: str, lines: Sequence[Line]) -> Summary:
    """The scores of these forecasts together, whoever made them."""
    pairs = [(line.probability, line.outcome) for line in lines if line.outcome is not None]
    surprise = mean(log_score(chance, outcome) for chance, outcome in pairs)
    return Summary(forecaster, len(lines) - len(pairs), decompose(pairs), surprise)


def summaries(lines: Iterable[Line]) -> list[Summary]:
    """Each forecaster by name, and last all together."""
    listed = sorted(lines, key=attrgetter("forecaster"))
    each = [summarise(name, list(own)) for name, own in groupby(listed, key=attrgetter("forecaster"))]
    return [*each, summarise(ALL, listed)]
