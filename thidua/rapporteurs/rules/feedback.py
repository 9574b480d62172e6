"""What listeners' answers say, and when anyone may read them. Counts only; pure.

The threshold of ten is that of digests: a result of fewer people tells too much of each.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from thidua.kernel.errors import Refused
from thidua.kernel.shares import Band, wilson

FEWEST = 10
"""Sheets before a result is shown."""
ANSWERS = (1, 2, 3, 4, 5)
POSITIVE = (4, 5)
"""Answers that count as useful."""
MOST_REMARK = 500
"""Letters of a remark."""
LONGEST_OPEN = timedelta(days=7)
LATEST_OPENING = timedelta(days=7)
"""After the day of a talk its listeners may still be asked for so long: later they remember another one."""

Counts = tuple[int, int, int, int, int]
"""Sheets by answer, 1 to 5."""


class Closing(StrEnum):
    """When a form closes by itself, as chosen at its opening."""

    DAY_AFTER = "24h"
    END_OF_DAY = "day"
    THREE_DAYS = "3d"
    WEEK = "7d"


_SPANS = {
    Closing.DAY_AFTER: timedelta(hours=24),
    Closing.THREE_DAYS: timedelta(days=3),
    Closing.WEEK: LONGEST_OPEN,
}


class Verdict(StrEnum):
    """Whether a form's result may be read, or why not. OPEN comes first: a counter watched tells the last answer."""

    OPEN = "open"
    TOO_FEW = "too_few"
    NO_AUDIENCE = "no_audience"
    TOO_MANY = "too_many"
    SHOWN = "shown"


def closes_at(choice: Closing, *, now: datetime, day_starts: datetime, day_ends: datetime) -> datetime:
    """The moment at which a form opened `now` closes. `day_starts`, `day_ends`: the day of the talk. A form that is prepared
    before the day counts its time from the beginning of the day.

    Refuses the end of a day that has passed (rapporteurs.feedback_day_past, field closes).
    """
    if choice is Closing.END_OF_DAY:
        if day_ends <= now:
            raise Refused("rapporteurs.feedback_day_past", field="closes")
        return day_ends
    return max(now, day_starts) + _SPANS[choice]


def is_too_late(held_on: date, today: date) -> bool:
    """Whether the day of a talk is too far back to ask its listeners."""
    return today - held_on > LATEST_OPENING


def check_not_too_late(held_on: date, today: date) -> None:
    """Refuses rapporteurs.feedback_too_late."""
    if is_too_late(held_on, today):
        raise Refused("rapporteurs.feedback_too_late", day=held_on, days=LATEST_OPENING.days)


def verdict(*, is_over: bool, answers: int, listeners: int) -> Verdict:
    """Whether the result of a form may be read. Too few comes before the audience, so that changing the audience tells nothing
    of a small number. `listeners` 0: the audience is not counted yet, so nobody can say whether there are too many sheets."""
    if not is_over:
        return Verdict.OPEN
    if answers < FEWEST:
        return Verdict.TOO_FEW
    if listeners == 0:
        return Verdict.NO_AUDIENCE
    return Verdict.TOO_MANY if answers > listeners else Verdict.SHOWN


@dataclass(frozen=True, slots=True)
class Share:
    """How many of the sheets found something good (4 or 5)."""

    positive: int
    answers: int

    @property
    def interval(self) -> Band:
        """The 95 % interval of the share; see `kernel.shares.wilson`."""
        return wilson(self.positive, self.answers)

    @property
    def percent(self) -> int:
        """The share in whole per cent."""
        return _percent(self.positive / self.answers)

    @property
    def low(self) -> int:
        """The lower end of the interval in whole per cent."""
        return _percent(self.interval[0])

    @property
    def high(self) -> int:
        """The upper end of the interval in whole per cent."""
        return _percent(self.interval[1])


@dataclass(frozen=True, slots=True)
class QuestionResult:
    """One question: sheets by answer, and the share of 4 and 5."""

    question: str
    counts: Counts

    @property
    def share(self) -> Share:
        """Sheets with 4 or 5 of all."""
        return Share(sum(self.counts[answer - 1] for answer in POSITIVE), sum(self.counts))

    @property
    def bars(self) -> list[tuple[str, str, str]]:
        """The distribution as parts of a bar of width 100: (x, width, class), from 1–2 to 5."""
        one, two, three, four, five = self.counts
        parts = [(one + two, "part-4"), (three, "part-6"), (four, "part-3"), (five, "part-1")]
        whole, before = sum(self.counts), 0
        found: list[tuple[str, str, str]] = []
        for number, part in parts:
            if number:
                found.append((f"{100 * before / whole:.2f}", f"{100 * number / whole:.2f}", part))
            before += number
        return found


@dataclass(frozen=True, slots=True)
class Result:
    """The result of a form that may be read."""

    answers: int
    questions: tuple[QuestionResult, ...]

    def of(self, question: str) -> QuestionResult:
        """The result of one question."""
        return next(found for found in self.questions if found.question == question)


def result(counters: Iterable[tuple[str, int, int]], questions: Sequence[str]) -> Result:
    """The result out of counters (question, answer, number), in the order of `questions`; what is not there is zero."""
    held = {(question, answer): number for question, answer, number in counters}
    found = tuple(QuestionResult(question, _five(held, question)) for question in questions)
    return Result(max((sum(one.counts) for one in found), default=0), found)


def _five(held: Mapping[tuple[str, int], int], question: str) -> Counts:
    one, two, three, four, five = (held.get((question, answer), 0) for answer in ANSWERS)
    return one, two, three, four, five


def check_sheet(answers: Mapping[str, int], questions: Sequence[str]) -> None:
    """Refuses a sheet that does not answer each question 1 to 5 and nothing else (rapporteurs.feedback_incomplete)."""
    if set(answers) != set(questions) or any(answer not in ANSWERS for answer in answers.values()):
        raise Refused("rapporteurs.feedback_incomplete")


def clean_remark(text: str) -> str:
    """A remark with plain line ends and no white space around it. Refuses more than MOST_REMARK letters
    (rapporteurs.remark_too_long, field remark)."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    if len(plain) > MOST_REMARK:
        raise Refused("rapporteurs.remark_too_long", field="remark", most=MOST_REMARK, length=len(plain))
    return plain


def _percent(share: float) -> int:
    return int(100 * share + 0.5)
