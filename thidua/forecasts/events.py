"""What happened to digests, questions and forecasts. Facts in the past tense."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class QuestionAsked:
    """A question was written down, open to forecasts at once."""

    year_id: int
    question_id: int
    title: str
    closes_at: datetime
    outcome_on: date


@dataclass(frozen=True, slots=True)
class QuestionDrafted:
    """A question was written down that takes no forecasts yet."""

    year_id: int
    question_id: int
    title: str
    closes_at: datetime
    outcome_on: date


@dataclass(frozen=True, slots=True)
class QuestionEdited:
    """A question nobody had forecast yet was changed."""

    year_id: int
    question_id: int
    title: str
    closes_at: datetime
    outcome_on: date
    revision: int


@dataclass(frozen=True, slots=True)
class QuestionOpened:
    """A draft takes forecasts now."""

    year_id: int
    question_id: int
    title: str
    closes_at: datetime


@dataclass(frozen=True, slots=True)
class QuestionRemoved:
    """A draft was thrown away."""

    year_id: int
    title: str


@dataclass(frozen=True, slots=True)
class BackgroundAdded:
    """More background, after the question was opened."""

    year_id: int
    question_id: int
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class ClosingBroughtForward:
    """Forecasts end earlier than was said."""

    year_id: int
    question_id: int
    title: str
    before: datetime
    closes_at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class QuestionClosed:
    """Forecasts were ended by hand."""

    year_id: int
    question_id: int
    title: str
    reason: str


@dataclass(frozen=True, slots=True)
class ForecastMade:
    """A unit, or somebody by a post at the unit, forecast. Never what: others would read it before the closing."""

    year_id: int
    question_id: int
    unit_id: int
    unit: str
    title: str


@dataclass(frozen=True, slots=True)
class QuestionDecided:
    """How a question came out, for the n-th time."""

    year_id: int
    question_id: int
    title: str
    number: int
    outcome: str
    basis: str


@dataclass(frozen=True, slots=True)
class DisputeRaised:
    """A unit says that a question was decided wrongly."""

    year_id: int
    question_id: int
    title: str
    unit_id: int
    unit: str
    number: int
    reason: str


@dataclass(frozen=True, slots=True)
class DisputeUpheld:
    """A dispute was right: the question is decided anew in the same step."""

    year_id: int
    question_id: int
    title: str
    unit_id: int
    unit: str
    answer: str


@dataclass(frozen=True, slots=True)
class DisputeTurnedDown:
    """A dispute was answered and the outcome stays."""

    year_id: int
    question_id: int
    title: str
    unit_id: int
    unit: str
    answer: str


@dataclass(frozen=True, slots=True)
class DigestDrafted:
    """Rounds were gathered into a digest. No count is told: the published table alone says what may be said."""

    year_id: int
    digest_id: int
    title: str
    rounds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DigestEdited:
    """Title or words of a draft were changed."""

    year_id: int
    digest_id: int
    title: str
    revision: int


@dataclass(frozen=True, slots=True)
class DigestChecked:
    """Somebody other than the drafter found a draft right."""

    year_id: int
    digest_id: int
    title: str


@dataclass(frozen=True, slots=True)
class DigestSentBack:
    """Somebody other than the drafter sent a draft back."""

    year_id: int
    digest_id: int
    title: str
    reason: str


@dataclass(frozen=True, slots=True)
class DigestIssued:
    """A digest became final."""

    year_id: int
    digest_id: int
    title: str
    digest: str
