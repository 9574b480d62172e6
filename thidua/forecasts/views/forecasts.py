"""The page on which a unit, or somebody by a post, forecasts."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from thidua.clusters.access import require_open
from thidua.forecasts.access import get_member_unit, require_may_forecast, require_may_forecast_by_post
from thidua.forecasts.actions.forecasts import make_forecast, newest_of, require_forecastable
from thidua.forecasts.forms.forecasts import ForecastForm
from thidua.forecasts.models import Question
from thidua.forecasts.queries.questions import choice_text
from thidua.forecasts.queries.story import forecast_words
from thidua.forecasts.rules import questions as rules
from thidua.forecasts.views.questions import GET_POST, page, question_in, see_newest, to_question
from thidua.kernel.errors import Absent
from thidua.people.models import Organisation, Post
from thidua.web.http import refusal_told


@GET_POST
def forecast_for_unit(request: HttpRequest, cluster: str, year: int, question: int, unit: str) -> HttpResponse:
    """Forecast for a unit."""
    asked = question_in(request, cluster, year, question)
    organisation = get_member_unit(asked.year, unit)
    require_may_forecast(request.actor, asked.year, organisation.pk)
    return _forecast(request, asked, organisation, None)


@GET_POST
def forecast_by_post(request: HttpRequest, cluster: str, year: int, question: int, post: int) -> HttpResponse:
    """Forecast by a post. Somebody else's post, or one no longer held, is not there."""
    asked = question_in(request, cluster, year, question)
    if post not in {holding.post_id for holding in request.actor.holdings}:
        raise Absent
    require_may_forecast_by_post(request.actor, asked.year, post)
    held = Post.objects.select_related("organisation").get(pk=post)
    return _forecast(request, asked, held.organisation, held)


def _forecast(request: HttpRequest, asked: Question, unit: Organisation, post: Post | None) -> HttpResponse:
    require_open(asked.year)
    if request.method == "GET" and rules.standing(asked.state, asked.closes_at, request.now) != rules.OPEN:
        with refusal_told(request):
            require_forecastable(asked, request.now)
        return to_question(asked)
    choices = [choice_text(asked.kind, choice.text) for choice in asked.choices.all()]
    newest = newest_of(asked, unit, post)
    form = ForecastForm(request.POST or None, question=asked, choices=choices, newest=newest)
    if request.method == "POST" and form.is_valid():
        made = form.attempt(
            make_forecast, question=asked, unit=unit, post=post, value=form.value, seen=form.cleaned_data["seen"],
            read=form.cleaned_data["read"], actor=request.actor, now=request.now,
        )  # fmt: skip
        if made is not None:
            messages.success(request, _("Đã ghi dự báo. Cập nhật được tới khi câu hỏi đóng."))
            return to_question(asked)
        see_newest(form, "seen", newest.pk if newest else None)
        see_newest(form, "read", asked.revision)
    return page(
        request, asked.year, "forecast", form=form, question=asked, unit=unit, post=post, newest=newest, choices=choices,
        standing=forecast_words(newest, asked, choices) if newest else "",
    )  # fmt: skip
