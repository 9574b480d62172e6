"""Tables of digests and forecasts."""

from thidua.forecasts.models.digests import Digest, DigestRound, DigestState
from thidua.forecasts.models.questions import Choice, Dispute, Forecast, Question, QuestionKind, QuestionState, Resolution

__all__ = [
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
