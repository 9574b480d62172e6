"""Practising to say chances: which statements come up, and what the answers show. Nothing about the person is kept."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from thidua.forecasts.rules.decomposition import Pair
from thidua.forecasts.rules.scores import brier

A_GO = 10
"""Statements in one go."""
_TIMID = 0.05
"""Nearer than this to one half, a chance says nothing."""
_SURE = 0.9
_FAR = 0.15
"""How far the mean confidence may be from the share that was right before it is remarked on: ten answers tell no finer."""


class Advice(StrEnum):
    """What to try next."""

    SAYS_NOTHING = "says_nothing"
    TOO_SURE = "too_sure"
    TOO_TIMID = "too_timid"
    IN_LINE = "in_line"


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a go of answers shows: the mean Brier score, how sure the answers were on average (0.5 … 1), how often the likelier
    side was right (one half for an even chance), and of the answers given with 90 % or more, how many there were and held."""

    n: int
    brier: float
    confidence: float
    right: float
    sure: int
    sure_right: int
    advice: Advice

    @property
    def sure_wrong(self) -> int:
        """Answers that were all but certain, and wrong."""
        return self.sure - self.sure_right


def pick(names: Sequence[str], seed: str, count: int = A_GO) -> list[str]:
    """So many of the names in an order that the seed alone decides: the same address shows the same statements again."""
    return sorted(names, key=lambda name: hashlib.sha256(f"{seed}/{name}".encode()).digest())[:count]


def judge(answers: Sequence[Pair]) -> Judgement:
    """What at least one answer shows: the chance given to a statement, and whether it is true."""
    n = len(answers)
    confidence = sum(max(chance, 1 - chance) for chance, _ in answers) / n
    right = sum(_rightness(chance, truth) for chance, truth in answers) / n
    sure = [_rightness(chance, truth) for chance, truth in answers if max(chance, 1 - chance) >= _SURE]
    return Judgement(
        n=n,
        brier=sum(brier(chance, truth) for chance, truth in answers) / n,
        confidence=confidence,
        right=right,
        sure=len(sure),
        sure_right=int(sum(sure)),
        advice=_advice(answers, confidence - right),
    )


def _rightness(chance: float, truth: bool) -> float:
    return 0.5 if chance == 0.5 else float((chance > 0.5) == truth)


def _advice(answers: Sequence[Pair], excess: float) -> Advice:
    if all(abs(chance - 0.5) <= _TIMID for chance, _ in answers):
        return Advice.SAYS_NOTHING
    if excess > _FAR:
        return Advice.TOO_SURE
    return Advice.TOO_TIMID if excess < -_FAR else Advice.IN_LINE
