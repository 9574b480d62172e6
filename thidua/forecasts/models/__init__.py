"""Tables of digests and forecasts."""

from thidua.forecasts.models.digests import Digest, DigestRound, DigestState
from thidua.forecasts.models.questions import (
    Addition,
    AdditionKind,
    Choice,
    Dispute,
    Forecast,
    Question,
    QuestionKind,
    QuestionState,
    Resolution,
)

__all__ = [
    "Addition",
    "AdditionKind",
    "Choice",
    "Digest",
    "DigestRound",
    "DigestState",
    "Dispute",
    "Forecast",
    "Question",
    "QuestionKind",
    "QuestionState",
    "Resolution",
]
