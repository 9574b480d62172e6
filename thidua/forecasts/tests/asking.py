"""Makes questions and forecasts for tests, through the real actions."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from django.urls import reverse

from thidua.forecasts.actions.forecasts import make_forecast, newest_of
from thidua.forecasts.actions.questions import QuestionValue, ask_question
from thidua.forecasts.rules.questions import ForecastValue
from thidua.kernel.actor import Role
from thidua.people.models import Post
from thidua.people.queries import actor_of

CLOSES = datetime(2021, 11, 30, 10, tzinfo=UTC)
"""17:00 in Vietnam."""
OUTCOME_ON = date(2021, 12, 15)
AFTER = datetime(2021, 12, 15, 2, tzinfo=UTC)
"""The outcome's day."""
BASIS = "Công văn số 15 của Ban Tuyên giáo, trang 3"


def asked(**more):
    """What a form of a question gives: yes/no unless told."""
    plain = {
        "title": "Cụm có nộp đủ báo cáo năm trước ngày 15-12 không?", "background": "Năm ngoái đủ.",
        "decided_how": "Theo sổ nhận báo cáo của cụm trưởng.", "kind": "yes_no", "closes_at": CLOSES, "outcome_on": OUTCOME_ON,
    }  # fmt: skip
    return QuestionValue(**plain | more)


def ask(world, year, now, *, open_now=True, **more):
    """A question asked by the head's secretary."""
    return ask_question(year=year, value=asked(**more), open_now=open_now, actor=world.secretary(), now=now)


def number(**more):
    """A question about a number."""
    return {"kind": "number", "unit_of_measure": "báo cáo", "coverage": Decimal("0.80")} | more


def chances(*texts, reason="", certain=False):
    """A forecast of chances in percent."""
    return ForecastValue(tuple(Decimal(text) / 100 for text in texts), reason=reason, certain=certain)


def forecast(world, question, unit, now, value, actor=None, post=None):
    """A forecast by the officer of the n-th unit, or by a post there."""
    organisation = world.unit(unit)
    newest = newest_of(question, organisation, post)
    return make_forecast(
        question=question, unit=organisation, post=post, value=value, seen=newest.pk if newest else None,
        actor=actor or world.officer(unit), now=now,
    )  # fmt: skip


def with_post(world, person, role, unit, now):
    """The post that the person holds with the role at the n-th unit, and the actor."""
    post = Post.objects.get(organisation=world.unit(unit), roles=[role], tenures__person=person)
    return post, actor_of(person, now)


def later(now, **more):
    """A moment after."""
    return now + timedelta(**more)


def url(name, year, *rest):
    """An address of the slice."""
    return reverse(f"forecasts:{name}", args=[year.cluster.slug, year.year, *rest])


COLLABORATOR = Role.COLLABORATOR
