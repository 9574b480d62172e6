"""Forecasting for a unit and by a post."""

import json
from decimal import Decimal

import pytest

from thidua.audit.models import JournalEntry
from thidua.clusters.models import Membership
from thidua.forecasts.access import forecasts_visible_to
from thidua.forecasts.actions.forecasts import make_forecast
from thidua.forecasts.actions.questions import close_question
from thidua.forecasts.models import Forecast
from thidua.forecasts.rules.questions import ForecastValue
from thidua.forecasts.tests.asking import CLOSES, ask, chances, forecast, later, number, with_post
from thidua.kernel.actor import Role
from thidua.kernel.errors import Forbidden, Refused
from thidua.people.models import Tenure
from thidua.people.queries import actor_of

WHY = "Vừa có số liệu tháng 11"


def make(world, question, unit, now, value, *, seen=None, actor=None, post=None):
    return make_forecast(
        question=question, unit=world.unit(unit), post=post, value=value, seen=seen, actor=actor or world.officer(unit), now=now
    )


def test_a_forecast_is_kept_to_the_digit_and_the_journal_says_nothing_of_it(world, now):
    question = ask(world, world.year(), now)
    made = forecast(world, question, 2, now, chances("72.5", "27.5"))
    made.refresh_from_db()
    assert made.probabilities == ["0.725", "0.275"]
    assert (made.reason, made.post, made.made_by) == ("", None, world.person(Role.UNIT_OFFICER, world.unit(2)))
    facts = json.loads(JournalEntry.objects.get(event="ForecastMade").facts)
    assert set(facts) == {"year_id", "question_id", "unit_id", "unit", "title"}


def test_a_change_of_mind_is_a_new_row_with_a_reason(world, now):
    question = ask(world, world.year(), now)
    first = forecast(world, question, 2, now, chances("70", "30"))
    with pytest.raises(Refused, match="why_changed"):
        forecast(world, question, 2, now, chances("60", "40"))
    forecast(world, question, 2, later(now, days=1), chances("60", "40", reason=WHY))
    assert [f.probabilities for f in Forecast.objects.order_by("pk")] == [["0.7", "0.3"], ["0.6", "0.4"]]
    assert Forecast.objects.get(pk=first.pk).made_at == now


def test_two_at_once_of_one_unit(world, now):
    question = ask(world, world.year(), now)
    make(world, question, 2, now, chances("70", "30"))
    with pytest.raises(Refused, match="forecast_meanwhile"):
        make(world, question, 2, now, chances("40", "60", reason=WHY), actor=world.leader(2))
    assert Forecast.objects.count() == 1


def test_a_number_between_two_ends(world, now):
    question = ask(world, world.year(), now, **number())
    made = forecast(world, question, 2, now, ForecastValue(low=Decimal("-1.5"), high=Decimal(1200)))
    assert (made.low, made.high, made.probabilities) == (Decimal("-1.5"), 1200, [])
    with pytest.raises(Refused, match="interval_reversed"):
        forecast(world, question, 3, now, ForecastValue(low=Decimal(5), high=Decimal(4)))


def test_not_on_a_draft_not_after_the_closing(world, now):
    year = world.year()
    draft = ask(world, year, now, open_now=False, title="Nháp")
    with pytest.raises(Refused, match="draft_no_forecast"):
        forecast(world, draft, 2, now, chances("50", "50"))
    question = ask(world, year, now)
    with pytest.raises(Refused, match="not_open"):
        forecast(world, question, 2, CLOSES, chances("50", "50"))
    close_question(question=question, reason=WHY, actor=world.secretary(), now=now)
    with pytest.raises(Refused, match="not_open"):
        forecast(world, question, 2, now, chances("50", "50"))
    year.stage = "closed"
    year.save()
    with pytest.raises(Refused, match="year_closed"):
        forecast(world, question, 2, now, chances("50", "50"))


def test_who_forecasts_for_a_unit(world, now):
    year = world.year()
    question = ask(world, year, now)
    value = chances("50", "50")
    for actor in (world.officer(3), world.secretary(), world.superior(), world.actor(Role.RAPPORTEUR, world.unit(2))):
        with pytest.raises(Forbidden):
            forecast(world, question, 2, now, value, actor=actor)
    Membership.objects.filter(year=year, organisation=world.unit(2)).delete()
    question.refresh_from_db()
    with pytest.raises(Refused, match="unit_left"):
        forecast(world, question, 2, now, value)


def test_by_a_post_while_it_is_held(world, now):
    question = ask(world, world.year(), now)
    person = world.person(Role.COLLABORATOR, world.unit(2))
    post, actor = with_post(world, person, Role.COLLABORATOR, 2, now)
    made = forecast(world, question, 2, now, chances("40", "60"), actor=actor, post=post)
    assert made.post == post
    forecast(world, question, 2, now, chances("90", "10"))
    with pytest.raises(Forbidden):
        forecast(world, question, 2, now, chances("40", "60", reason=WHY), actor=world.officer(2), post=post)
    Tenure.objects.filter(person=person).update(ends_on="2021-10-31")
    with pytest.raises(Forbidden):
        forecast(world, question, 2, now, chances("30", "70", reason=WHY), actor=actor_of(person, now), post=post)


def test_others_are_hidden_until_the_closing(world, now):
    question = ask(world, world.year(), now)
    forecast(world, question, 2, now, chances("70", "30"))
    forecast(world, question, 3, now, chances("20", "80"))
    person = world.person(Role.COLLABORATOR, world.unit(2))
    post, actor = with_post(world, person, Role.COLLABORATOR, 2, now)
    forecast(world, question, 2, now, chances("40", "60"), actor=actor, post=post)
    seen = {
        "officer": world.officer(2), "leader": world.leader(3), "post": actor, "secretary": world.secretary(),
        "superior": world.superior(),
    }  # fmt: skip
    units = {name: [(f.unit_id, f.post_id) for f in forecasts_visible_to(a, question, now)] for name, a in seen.items()}
    assert units == {
        "officer": [(world.unit(2).pk, None)], "leader": [(world.unit(3).pk, None)], "post": [(world.unit(2).pk, post.pk)],
        "secretary": [], "superior": [],
    }  # fmt: skip
    assert all(forecasts_visible_to(a, question, CLOSES).count() == 3 for a in seen.values())
