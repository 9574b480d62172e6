"""The write of a forecast: a row for a unit, or for somebody by a post. Rows are never changed."""

from datetime import datetime

from django.db import transaction

from thidua.audit.actions import publish
from thidua.clusters.access import member_ids, require_open
from thidua.forecasts import events
from thidua.forecasts.access import require_may_forecast, require_may_forecast_by_post
from thidua.forecasts.actions.questions import lock_question
from thidua.forecasts.models import Forecast, Question
from thidua.forecasts.rules import questions as rules
from thidua.forecasts.rules.questions import ForecastValue
from thidua.kernel.actor import Actor
from thidua.kernel.errors import Refused
from thidua.people.models import Organisation, Post


@transaction.atomic
def make_forecast(
    *, question: Question, unit: Organisation, post: Post | None, value: ForecastValue, seen: int | None,
    actor: Actor, now: datetime, read: int | None = None,
) -> Forecast:  # fmt: skip
    """What the unit (without `post`), or the holder of the post, expects from now on. `seen`: the id of the newest forecast of
    this forecaster that the writer saw; `read`: the revision of the question that the writer read (None: nobody read a page).

    Refuses a unit that has left (forecasts.unit_left), a draft (forecasts.draft_no_forecast), a question that has closed
    (forecasts.not_open), a question edited since it was read (forecasts.question_edited: the chances may belong to other choices
    now), another forecast meanwhile (forecasts.forecast_meanwhile), and what `rules.check_forecast` refuses.
    """
    locked = lock_question(question)
    if post is None and unit.pk not in member_ids(locked.year):
        raise Refused("forecasts.unit_left", unit=unit.name_vi)
    by = (
        require_may_forecast(actor, locked.year, unit.pk)
        if post is None
        else require_may_forecast_by_post(actor, locked.year, post.pk)
    )
    require_open(locked.year)
    require_forecastable(locked, now)
    if read is not None and read != locked.revision:
        raise Refused("forecasts.question_edited")
    newest = newest_of(locked, unit, post)
    if (newest.pk if newest else None) != seen:
        raise Refused("forecasts.forecast_meanwhile")
    checked = rules.check_forecast(locked.kind, locked.choices.count(), value, first=newest is None)
    made = Forecast.objects.create(
        question=locked, unit=unit, post=post, probabilities=[rules.kept_chance(chance) for chance in checked.chances],
        low=checked.low, high=checked.high, reason=checked.reason, made_at=now, made_by_id=by.person_id,
    )  # fmt: skip
    publish(events.ForecastMade(locked.year_id, locked.pk, unit.pk, unit.name_vi, locked.title), by, now=now)
    return made


def newest_of(question: Question, unit: Organisation, post: Post | None) -> Forecast | None:
    """What a forecaster expects now. One query."""
    return Forecast.objects.filter(question=question, unit=unit, post=post).order_by("made_at", "pk").last()


def require_forecastable(question: Question, now: datetime) -> None:
    """Refuses a draft (forecasts.draft_no_forecast) and a question that has closed (forecasts.not_open)."""
    stands = rules.standing(question.state, question.closes_at, now)
    if stands == rules.DRAFT:
        raise Refused("forecasts.draft_no_forecast")
    if stands != rules.OPEN:
        raise Refused("forecasts.not_open", closed_at=question.closed_at or question.closes_at)
