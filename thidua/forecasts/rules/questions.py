"""Pure rules of questions: how one stands at a moment, what may be asked, what a forecast must be, what an answer must say.

Chances are Decimals from 0 to 1. The moment is always an argument.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from thidua.kernel.errors import Refused
from thidua.kernel.text import fold

DRAFT, OPEN, CLOSED, RESOLVED, VOID = "draft", "open", "closed", "resolved", "void"
YES_NO, CHOICES, NUMBER = "yes_no", "choices", "number"
DECIDED = (RESOLVED, VOID)

FEWEST_CHOICES, MOST_CHOICES = 2, 10
MOST_CHOICE = 200
MOST_TITLE = 300
MOST_MEASURE = 60
MOST_TEXT = 5000
LEAST_REASON = 10
"""Letters of a reason, a basis, an answer to a dispute."""
COVERAGES = (Decimal("0.50"), Decimal("0.80"), Decimal("0.90"))
_FINEST = Decimal("0.001")


@dataclass(frozen=True, slots=True)
class ForecastValue:
    """A forecast as typed: `chances` by choice (empty for a number), or the interval. `certain`: 0 % and 100 % are meant."""

    chances: tuple[Decimal, ...] = ()
    low: Decimal | None = None
    high: Decimal | None = None
    reason: str = ""
    certain: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """How a question came out: a choice (its id), a number, or void. Exactly one of them."""

    choice: int | None = None
    value: Decimal | None = None
    void: bool = False


def standing(state: str, closes_at: datetime, now: datetime) -> str:
    """How a question stands: an open one is closed from `closes_at` on, whatever its row still says."""
    return CLOSED if state == OPEN and now >= closes_at else state


def check_year(year: int, today: date) -> None:
    """Refuses forecasts.year_over when no question can be asked in the year any more: an outcome comes after today, and no
    later than the end of the next year (`check_days`)."""
    if today >= date(year + 1, 12, 31):
        raise Refused("forecasts.year_over", year=str(year))


def check_days(closes_at: datetime, outcome_on: date, outcome_begins: datetime, *, year: int, now: datetime) -> None:
    """Forecasts end in the future and before the day of the outcome begins, so that nobody forecasts what is known.

    `outcome_begins`: the first moment of that day here. Refuses forecasts.closing_past, forecasts.outcome_day_outside (neither
    the year nor the next), forecasts.outcome_before_closing.
    """
    if closes_at <= now:
        raise Refused("forecasts.closing_past", field="closes_at", now=now)
    if not year <= outcome_on.year <= year + 1:
        raise Refused("forecasts.outcome_day_outside", field="outcome_on", first=str(year), last=str(year + 1))
    if outcome_begins < closes_at:
        raise Refused("forecasts.outcome_before_closing", field="outcome_on", closes_at=closes_at)


def check_earlier(closes_at: datetime, standing_until: datetime, now: datetime) -> None:
    """Forecasts may only end earlier. Refuses forecasts.closing_past and forecasts.closing_not_earlier."""
    if closes_at <= now:
        raise Refused("forecasts.closing_past", field="closes_at", now=now)
    if closes_at >= standing_until:
        raise Refused("forecasts.closing_not_earlier", field="closes_at", closes_at=standing_until)


def check_choices(kind: str, typed: Sequence[str]) -> tuple[str, ...]:
    """The choices, tidy; none for a number and for yes/no. Refuses fewer than two or more than ten
    (forecasts.choices_too_few, forecasts.choices_too_many), long ones (forecasts.choice_too_long) and the same twice, marks
    and case aside (forecasts.choice_twice)."""
    if kind != CHOICES:
        return ()
    choices = tuple(tidy for each in typed if (tidy := " ".join(each.split())))
    if len(choices) < FEWEST_CHOICES:
        raise Refused("forecasts.choices_too_few", field="choices", least=FEWEST_CHOICES)
    if len(choices) > MOST_CHOICES:
        raise Refused("forecasts.choices_too_many", field="choices", most=MOST_CHOICES, count=len(choices))
    seen: dict[str, str] = {}
    for line, choice in enumerate(choices, 1):
        if len(choice) > MOST_CHOICE:
            raise Refused("forecasts.choice_too_long", field="choices", line=line, most=MOST_CHOICE, length=len(choice))
        if (first := seen.setdefault(fold(choice), choice)) is not choice:
            raise Refused("forecasts.choice_twice", field="choices", first=first, second=choice)
    return choices


def check_reason(text: str, *, field: str = "reason") -> str:
    """The words, trimmed. Refuses forecasts.words_too_short."""
    words = text.strip()
    if sum(map(str.isalnum, words)) < LEAST_REASON:
        raise Refused("forecasts.words_too_short", field=field, least=LEAST_REASON)
    return words


def check_forecast(kind: str, choices: int, value: ForecastValue, *, first: bool) -> ForecastValue:
    """The forecast, with its reason trimmed. From the second on a forecaster says why (forecasts.why_changed).

    Refuses what `check_chances` and `check_interval` refuse, and forecasts.chances_missing when a choice has none.
    """
    if kind == NUMBER:
        check_interval(value.low, value.high)
        kept = ForecastValue(low=value.low, high=value.high, reason=value.reason.strip())
    else:
        if len(value.chances) != choices:
            raise Refused("forecasts.chances_missing", count=choices)
        check_chances(value.chances, certain=value.certain)
        kept = ForecastValue(chances=value.chances, reason=value.reason.strip(), certain=value.certain)
    if not first and not kept.reason:
        raise Refused("forecasts.why_changed", field="reason")
    return kept


def check_chances(chances: Sequence[Decimal], *, certain: bool) -> None:
    """Chances from 0 to 1, no finer than a tenth of a percent, that make one exactly.

    Refuses forecasts.chance_outside, forecasts.chance_too_fine, forecasts.sum_over or forecasts.sum_under with the sum, and 0 or
    1 unless `certain` (forecasts.certain_needs_tick): the log score of a certainty that fails has no end.
    """
    for place, chance in enumerate(chances, 1):
        if not 0 <= chance <= 1:
            raise Refused("forecasts.chance_outside", field=f"choice_{place}")
        if chance % _FINEST:
            raise Refused("forecasts.chance_too_fine", field=f"choice_{place}")
    whole = sum(chances, Decimal(0))
    if whole != 1:
        code = "forecasts.sum_over" if whole > 1 else "forecasts.sum_under"
        raise Refused(code, total=percent(whole), more=percent(abs(whole - 1)))
    if not certain and any(chance in (0, 1) for chance in chances):
        raise Refused("forecasts.certain_needs_tick", field="certain")


def check_interval(low: Decimal | None, high: Decimal | None) -> None:
    """Both ends, the low one not above the high one. Refuses forecasts.interval_missing, forecasts.interval_reversed."""
    if low is None or high is None:
        raise Refused("forecasts.interval_missing", field="low" if low is None else "high")
    if low > high:
        raise Refused("forecasts.interval_reversed", field="high", low=low, high=high)


def check_answer(kind: str, answer: Answer, choices: Sequence[int]) -> None:
    """One answer of the question's kind, or void. Refuses forecasts.no_answer."""
    said = (answer.choice is not None) + (answer.value is not None) + answer.void
    fits = answer.void or (answer.value is not None if kind == NUMBER else answer.choice in choices)
    if said != 1 or not fits:
        raise Refused("forecasts.no_answer", field="value" if kind == NUMBER else "outcome")


def kept_chance(chance: Decimal) -> str:
    """A chance as it is stored: "0.7", "0.125", "1"."""
    return f"{chance.normalize():f}" if chance else "0"


def percent(chance: Decimal) -> Decimal:
    """0.125 → 12.5, without zeros at the end."""
    value = (chance * 100).normalize()
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value
