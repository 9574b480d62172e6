"""Decided questions with forecasts, laid directly into the tables."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from thidua.forecasts.models import Choice, Forecast, Question, Resolution

OPENED = datetime(2021, 2, 1, tzinfo=UTC)
CLOSED = datetime(2021, 3, 1, tzinfo=UTC)


def question(year, title, kind="yes_no", choices=("Có", "Không"), **values):
    """A question that is closed and not decided yet."""
    moments = {"opened_at": OPENED, "closes_at": CLOSED, "closed_at": CLOSED, "asked_at": OPENED}
    plain = {"decided_how": "Theo báo cáo.", "outcome_on": "2021-03-10", "state": "closed", "asked_by_name": "A"}
    made = Question.objects.create(year=year, title=title, kind=kind, **{**moments, **plain, **values})
    if kind != "number":
        Choice.objects.bulk_create(Choice(question=made, position=at, text=text) for at, text in enumerate(choices, 1))
    return made


def decide(asked, right=None, value=None, void=False, number=1):
    """How it came out: the choice at position `right`, or the number."""
    choice = asked.choices.get(position=right) if right else None
    asked.state = "void" if void else "resolved"
    asked.save()
    return Resolution.objects.create(
        question=asked,
        number=number,
        choice=choice,
        value=value,
        void=void,
        basis="Báo cáo",
        resolved_at=CLOSED,
        resolved_by_name="B",
    )


def state(asked, unit, *chances, post=None, low=None, high=None, days=1):
    """A forecast, so many days after the opening."""
    return Forecast.objects.create(
        question=asked, unit=unit, post=post, probabilities=[str(chance) for chance in chances], low=low, high=high,
        made_at=OPENED + timedelta(days=days),
    )  # fmt: skip


def yes_no(year, count, *units, chance="0.7", true_every=3, start=0, **values):
    """So many yes/no questions, of which each `true_every`-th came out "no"; every unit says the chance."""
    made = []
    for at in range(start, start + count):
        asked = question(year, f"Câu {at} của năm {year.year}?", **values)
        for each in units:
            state(asked, each, chance, 1 - Decimal(chance))
        decide(asked, right=2 if at % true_every == 0 else 1)
        made.append(asked)
    return made
