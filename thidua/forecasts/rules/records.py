"""Track records: what a forecaster's forecasts of decided questions amount to, beside the median of all who answered.

The forecast that stood when the question closed counts; how the earlier ones did over time stands beside it. The three kinds of
questions are never mixed: their scores have different scales.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from thidua.forecasts.rules.decomposition import Decomposition, decompose
from thidua.forecasts.rules.group import median_choices, median_interval, median_probability
from thidua.forecasts.rules.questions import CHOICES, NUMBER, YES_NO
from thidua.forecasts.rules.scores import (
    brier,
    brier_of_choices,
    holds,
    interval_score,
    log_score,
    log_score_of_choices,
    mean,
    skill,
)
from thidua.forecasts.rules.standing import Standing, over_time
from thidua.forecasts.rules.summary import FEW, FEWEST


@dataclass(frozen=True, slots=True)
class Decided:
    """A question that came out: the choice at index `right` (of a yes/no question 0 is "yes"), or the number `value`."""

    pk: int
    title: str
    year: int
    kind: str
    opened: datetime
    closed: datetime
    right: int = 0
    value: float = 0.0
    coverage: float = 0.8
    measure: str = ""
    answer: str = ""

    @property
    def came_true(self) -> bool:
        """Of a yes/no question: whether it was "yes"."""
        return self.right == 0


@dataclass(frozen=True, slots=True)
class Stated:
    """One forecast: the chance of each choice in turn, or an interval."""

    made_at: datetime
    chances: tuple[float, ...] = ()
    low: float = 0.0
    high: float = 0.0


@dataclass(frozen=True, slots=True)
class Line:
    """A forecaster's forecast of a question and what it cost.

    `score`: Brier's (of choices: the sum over them) or the interval's; `surprise`: the log score, None for numbers; `median`:
    what the group's median would have cost; `over_time` is None for a median.
    """

    question: Decided
    stated: Stated
    score: float
    surprise: float | None
    median: float
    over_time: Standing | None

    @property
    def on_right(self) -> float:
        """Of chances: the one that was given to what came true."""
        return self.stated.chances[self.question.right]

    @property
    def held(self) -> bool:
        """Of a number: whether the interval held it."""
        return holds(self.stated.low, self.stated.high, self.question.value)


@dataclass(frozen=True)
class Scores:
    """All lines of one kind, at least one."""

    kind: str
    lines: tuple[Line, ...]

    @property
    def n(self) -> int:
        """Decided questions."""
        return len(self.lines)

    @property
    def is_of_median(self) -> bool:
        """Whether it is the group's median itself."""
        return all(line.over_time is None for line in self.lines)

    @property
    def wanting(self) -> int:
        """How many more decided questions are needed before anything is shown; 0 when it is."""
        return max(FEWEST - self.n, 0)

    @property
    def is_small(self) -> bool:
        """Whether what is shown needs a warning."""
        return self.n < FEW

    @cached_property
    def score(self) -> float | None:
        """The mean score; of intervals None, since their questions have different units of measure."""
        return None if self.kind == NUMBER else mean(line.score for line in self.lines)

    @cached_property
    def median(self) -> float | None:
        """What always saying the group's median would have scored on the same questions."""
        return None if self.kind == NUMBER else mean(line.median for line in self.lines)

    @property
    def against_median(self) -> float | None:
        """Skill against the group's median."""
        return skill(self.score, self.median)

    @cached_property
    def surprise(self) -> float | None:
        """The mean log score."""
        return None if self.kind == NUMBER else mean(line.surprise for line in self.lines if line.surprise is not None)

    @cached_property
    def over_time(self) -> Standing:
        """The mean of the scores weighted by time, over questions where something stood, and the part of the time covered."""
        timed = [line.over_time for line in self.lines if line.over_time]
        score = None if self.kind == NUMBER else mean(each.score for each in timed if each.score is not None)
        return Standing(score, mean(each.covered for each in timed) or 0.0)

    @cached_property
    def parts(self) -> Decomposition | None:
        """Of yes/no questions: the Brier score's parts and the bins of calibration."""
        if self.kind != YES_NO:
            return None
        return decompose([(line.stated.chances[0], line.question.came_true) for line in self.lines])

    @property
    def against_base_rate(self) -> float | None:
        """Of yes/no questions: skill against always saying the base rate."""
        return skill(self.parts.brier, self.parts.uncertainty) if self.parts else None

    @property
    def coverages(self) -> list[tuple[float, int, int]]:
        """Of numbers: for each level asked for (0.8), how many intervals held the value and how many there were."""
        levels = sorted({line.question.coverage for line in self.lines}) if self.kind == NUMBER else []
        inside = [(level, [line.held for line in self.lines if line.question.coverage == level]) for level in levels]
        return [(level, sum(held), len(held)) for level, held in inside]

    @property
    def better(self) -> tuple[int, int]:
        """On how many questions it was better, and worse, than the group's median."""
        return (sum(line.score < line.median for line in self.lines), sum(line.score > line.median for line in self.lines))


def lines_of(question: Decided, forecasts: dict[object, Sequence[Stated]]) -> tuple[dict[object, Line], Line | None]:
    """The line of each forecaster who had a forecast when the question closed, and that of their median (None without any).
    `forecasts`: by forecaster, in the order in which they were made; later ones do not count."""
    before = {who: [each for each in stated if each.made_at <= question.closed] for who, stated in forecasts.items()}
    counted = {who: stated for who, stated in before.items() if stated}
    if not counted:
        return {}, None
    middle = median_of(question, [stated[-1] for stated in counted.values()])
    cost = score_of(question, middle)
    lines: dict[object, Line] = {who: _line(question, stated, cost) for who, stated in counted.items()}
    return lines, Line(question, middle, cost, surprise_of(question, middle), cost, None)


def median_of(question: Decided, last: Sequence[Stated]) -> Stated:
    """What the middle of the group said last."""
    if question.kind == NUMBER:
        low, high = median_interval([(each.low, each.high) for each in last])
        return Stated(question.closed, low=low, high=high)
    if question.kind == YES_NO:
        chance = median_probability([each.chances[0] for each in last])
        return Stated(question.closed, (chance, 1 - chance))
    return Stated(question.closed, tuple(median_choices([each.chances for each in last])))


def score_of(question: Decided, stated: Stated) -> float:
    """What a forecast cost, by the question's kind."""
    if question.kind == NUMBER:
        return interval_score(stated.low, stated.high, question.value, question.coverage)
    if question.kind == YES_NO:
        return brier(stated.chances[0], question.came_true)
    return brier_of_choices(stated.chances, question.right)


def surprise_of(question: Decided, stated: Stated) -> float | None:
    """The log score; None for numbers."""
    if question.kind == NUMBER:
        return None
    if question.kind == YES_NO:
        return log_score(stated.chances[0], question.came_true)
    return log_score_of_choices(stated.chances, question.right)


def scores_of(lines: Iterable[Line]) -> dict[str, Scores]:
    """The lines by kind, for the kinds there are: yes/no, choices, numbers."""
    listed = list(lines)
    kinds = {kind: tuple(line for line in listed if line.question.kind == kind) for kind in (YES_NO, CHOICES, NUMBER)}
    return {kind: Scores(kind, inside) for kind, inside in kinds.items() if inside}


def by_year(lines: Iterable[Line]) -> list[tuple[int, dict[str, Scores]]]:
    """The scores of each year, the newest first."""
    years: dict[int, list[Line]] = {}
    for line in lines:
        years.setdefault(line.question.year, []).append(line)
    return [(year, scores_of(years[year])) for year in sorted(years, reverse=True)]


def _line(question: Decided, stated: Sequence[Stated], median: float) -> Line:
    costs = [score_of(question, each) for each in stated]
    standing = over_time(costs, [each.made_at for each in stated], question.opened, question.closed)
    return Line(question, stated[-1], costs[-1], surprise_of(question, stated[-1]), median, standing)
