"""Pages on which a question is decided, and disputes raised and answered."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from thidua.clusters.access import require_open
from thidua.forecasts.access import (
    get_dispute,
    get_member_unit,
    require_may_answer_dispute,
    require_may_decide,
    require_may_dispute,
)
from thidua.forecasts.actions import decisions as actions
from thidua.forecasts.forms.decisions import AnswerForm, DecisionForm, DisputeForm
from thidua.forecasts.models import Question
from thidua.forecasts.queries.questions import choice_text, outcome_words
from thidua.forecasts.queries.story import resolutions_of
from thidua.forecasts.views.questions import GET_POST, page, question_in, to_question


def _choices(question: Question) -> list[tuple[int, str]]:
    return [(choice.pk, choice_text(question.kind, choice.text)) for choice in question.choices.all()]


@GET_POST
def decide(request: HttpRequest, cluster: str, year: int, question: int) -> HttpResponse:
    """Say how a question came out."""
    asked = question_in(request, cluster, year, question)
    require_may_decide(request.actor, asked)
    require_open(asked.year)
    form = DecisionForm(request.POST or None, question=asked, choices=_choices(asked))
    if request.method == "POST" and form.is_valid():
        basis = form.cleaned_data["basis"]
        made = form.attempt(
            actions.decide_question, question=asked, answer=form.said, basis=basis, actor=request.actor, now=request.now
        )
        if made is not None:
            messages.success(request, _("Đã ghi kết quả."))
            return to_question(asked)
    return page(request, asked.year, "decision", form=form, question=asked)


@GET_POST
def dispute(request: HttpRequest, cluster: str, year: int, question: int, unit: str) -> HttpResponse:
    """Say that a question was decided wrongly, for a unit."""
    asked = question_in(request, cluster, year, question)
    organisation = get_member_unit(asked.year, unit)
    require_may_dispute(request.actor, asked.year, organisation.pk)
    require_open(asked.year)
    form = DisputeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        made = form.attempt(
            actions.raise_dispute, question=asked, unit=organisation, reason=reason, actor=request.actor, now=request.now
        )
        if made is not None:
            messages.success(request, _("Đã gửi khiếu nại."))
            return to_question(asked)
    newest = next(iter(resolutions_of(asked)), None)
    outcome = outcome_words(asked, newest) if newest else ""
    return page(request, asked.year, "dispute", form=form, question=asked, unit=organisation, newest=newest, outcome=outcome)


@GET_POST
def answer_dispute(request: HttpRequest, cluster: str, year: int, question: int, dispute: int) -> HttpResponse:
    """Answer a dispute; when it is upheld, decide the question anew in the same step."""
    asked = question_in(request, cluster, year, question)
    raised = get_dispute(asked, dispute)
    require_may_answer_dispute(request.actor, asked)
    require_open(asked.year)
    form = AnswerForm(request.POST or None, question=asked, choices=_choices(asked))
    if request.method == "POST" and form.is_valid():
        given = {"dispute": raised, "answer": form.cleaned_data["answer"], "actor": request.actor, "now": request.now}
        if form.is_upheld:
            form.attempt(actions.uphold_dispute, outcome=form.said, basis=form.cleaned_data["basis"], **given)
        else:
            form.attempt(actions.turn_down_dispute, **given)
        if form.is_valid():
            messages.success(request, _("Đã trả lời khiếu nại."))
            return to_question(asked)
    newest = resolutions_of(asked)[0]
    outcome = outcome_words(asked, newest)
    return page(request, asked.year, "dispute_answer", form=form, question=asked, dispute=raised, newest=newest, outcome=outcome)
