"""The list of questions, the page of one, asking and editing, and what ends or adds to one."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from thidua.clusters.access import get_year_visible_to, may, require_open
from thidua.clusters.models import ClusterYear
from thidua.clusters.queries import frame_of
from thidua.clusters.rules import Stage
from thidua.forecasts.access import (
    ASK,
    DECIDE,
    get_question_visible_to,
    require_may_ask,
    require_may_decide,
    units_to_forecast_for,
)
from thidua.forecasts.actions import questions as actions
from thidua.forecasts.forms.questions import BackgroundForm, ClosingForm, FilterForm, QuestionForm
from thidua.forecasts.models import Question, Resolution
from thidua.forecasts.papers.questions import forecasts_workbook, list_workbook
from thidua.forecasts.queries import questions as queries
from thidua.forecasts.queries import story
from thidua.forecasts.rules import questions as rules
from thidua.kernel.errors import Forbidden
from thidua.web.forms import Form
from thidua.web.http import refusal_told

GET_POST = require_http_methods(["GET", "POST"])
MOST_EXPORTED = 5_000


def page(request: HttpRequest, year: ClusterYear, template: str, *, status: int | None = None, **context: Any) -> HttpResponse:
    """A page of the slice within the year. One that answers a form says that the form was not taken: 422, unless told."""
    status = status or (422 if request.method == "POST" else 200)
    return render(request, f"forecasts/{template}.html", frame_of(request.actor, year, "forecasts") | context, status=status)


def question_in(request: HttpRequest, cluster: str, year: int, question: int) -> Question:
    """The question of an address with its year, for one who may see it."""
    found = get_year_visible_to(request.actor, cluster, year)
    asked = get_question_visible_to(request.actor, found, question)
    asked.year = found
    return asked


def to_question(question: Question) -> HttpResponse:
    """Back to the question's page."""
    return redirect("forecasts:question", question.year.cluster.slug, question.year.year, question.pk)


def _desk(request: HttpRequest, cluster: str, year: int, question: int) -> Question:
    """The question, for one who asks in an open year."""
    found = question_in(request, cluster, year, question)
    require_may_ask(request.actor, found.year)
    require_open(found.year)
    return found


def _filters(request: HttpRequest) -> str:
    kept = request.GET.copy()
    kept.pop("trang", None)
    return kept.urlencode()


@require_GET
def questions(request: HttpRequest, cluster: str, year: int) -> HttpResponse:
    """The questions of the year: filters, 50 a page."""
    found = get_year_visible_to(request.actor, cluster, year)
    own = units_to_forecast_for(request.actor, found)
    form = FilterForm(request.GET, has_unit=bool(own))
    listed = queries.listed(request.actor, found, form.wanted, request.now)
    may_ask, is_over = found.stage != Stage.CLOSED and may(ASK, request.actor, found), queries.is_over(found, request.now)
    pages = Paginator(listed, queries.PAGE).get_page(request.GET.get("trang"))
    return page(
        request, found, "questions", form=form, rows=pages, lines=queries.rows_of(pages, request.actor, found, request.now),
        filters=_filters(request), is_filtered=any(request.GET.get(name) for name in form.fields), has_unit=bool(own),
        may_ask=may_ask and not is_over, is_over=may_ask and is_over,
    )  # fmt: skip


@require_GET
def questions_xlsx(request: HttpRequest, cluster: str, year: int) -> HttpResponse:
    """The same as a workbook, all pages, with the filters of the address."""
    found = get_year_visible_to(request.actor, cluster, year)
    wanted = FilterForm(request.GET, has_unit=True).wanted
    listed = queries.listed(request.actor, found, wanted, request.now)[:MOST_EXPORTED]
    return list_workbook(found, queries.rows_of(listed, request.actor, found, request.now))


@require_GET
def question(request: HttpRequest, cluster: str, year: int, question: int) -> HttpResponse:
    """A question: how it is decided, what the reader may do, forecasts as far as they are seen, its story."""
    return question_page(request, question_in(request, cluster, year, question))


def question_page(request: HttpRequest, asked: Question) -> HttpResponse:
    """The page of a question."""
    year, actor, now = asked.year, request.actor, request.now
    stands = rules.standing(asked.state, asked.closes_at, now)
    cell, words = queries.state_of(asked, now)
    resolutions = story.resolutions_of(asked)
    return page(
        request, year, "question", status=200, question=asked, stands=stands, cell=cell, words=words,
        choices=[queries.choice_text(asked.kind, choice.text) for choice in asked.choices.all()],
        seen=story.seen_of(asked, actor, now, resolutions[0] if resolutions else None), is_due=queries.is_due(asked, now),
        **_outcomes(request, asked, resolutions), **_steps(request, asked, stands),
    )  # fmt: skip


def _outcomes(request: HttpRequest, asked: Question, resolutions: list[Resolution]) -> dict[str, Any]:
    """How the question came out, what is disputed about it, and its story."""
    newest = resolutions[0] if resolutions else None
    disputed = {one.unit_id for one in newest.disputes.all()} if newest else set()
    own = queries.own_units(request.actor, asked.year) if newest and asked.year.stage != Stage.CLOSED else []
    return {
        "story": story.story_of(asked, resolutions, request.actor, request.now),
        "newest": newest,
        "outcome": queries.outcome_words(asked, newest) if newest else "",
        "waiting": [one for resolution in resolutions for one in resolution.disputes.all() if one.upheld is None],
        "disputers": [unit for unit in own if unit.pk not in disputed],
    }


def _steps(request: HttpRequest, asked: Question, stands: str) -> dict[str, Any]:
    """What this person may do now."""
    if asked.year.stage == Stage.CLOSED:
        return {"places": []}
    asks = may(ASK, request.actor, asked.year)
    decides, barred = _deciding(request, asked)
    return {
        "asks": asks,
        "editable": asks and actions.is_editable(asked, request.now),
        "decides": decides,
        "barred": barred,
        "places": queries.places_of(request.actor, asked) if stands == rules.OPEN else [],
    }


def _deciding(request: HttpRequest, question: Question) -> tuple[bool, bool]:
    """Whether this person may decide, and whether only a forecast stands in the way."""
    if not may(DECIDE, request.actor, question.year):
        return False, False
    try:
        require_may_decide(request.actor, question)
    except Forbidden:
        return False, True
    return True, False


@require_GET
def forecasts_xlsx(request: HttpRequest, cluster: str, year: int, question: int) -> HttpResponse:
    """The forecasts of a question as far as the reader sees them, as a workbook."""
    asked = question_in(request, cluster, year, question)
    return forecasts_workbook(asked.year, asked, story.seen_of(asked, request.actor, request.now))


@GET_POST
def new_question(request: HttpRequest, cluster: str, year: int) -> HttpResponse:
    """Ask a question, open at once or as a draft."""
    found = get_year_visible_to(request.actor, cluster, year)
    require_may_ask(request.actor, found)
    require_open(found)
    if request.method == "GET" and queries.is_over(found, request.now):
        return redirect("forecasts:questions", found.cluster.slug, found.year)
    form = QuestionForm(request.POST or None, year=found.year)
    if request.method == "POST" and form.is_valid():
        open_now = "draft" not in request.POST
        made = form.attempt(
            actions.ask_question, year=found, value=form.value, open_now=open_now, actor=request.actor, now=request.now
        )
        if made is not None:
            told = _("Đã đặt câu hỏi; các đơn vị dự báo được từ bây giờ.") if open_now else _("Đã lưu bản nháp.")
            messages.success(request, told)
            return to_question(made)
    return page(request, found, "question_form", form=form)


@GET_POST
def edit_question(request: HttpRequest, cluster: str, year: int, question: int) -> HttpResponse:
    """Change a question nobody has forecast; when someone saved meanwhile, what is saved is shown beside what was typed."""
    asked = _desk(request, cluster, year, question)
    form = QuestionForm(request.POST, year=asked.year.year) if request.method == "POST" else QuestionForm.of(asked)
    stale = False
    if request.method == "POST" and form.is_valid():
        seen = form.cleaned_data["revision"] or 0
        made = form.attempt(
            actions.edit_question, question=asked, value=form.value, revision=seen, actor=request.actor, now=request.now
        )
        if made is not None:
            messages.success(request, _("Đã lưu câu hỏi."))
            return to_question(asked)
        asked.refresh_from_db(fields=None)
        stale = seen != asked.revision
        see_newest(form, "revision", asked.revision)
    choices = [queries.choice_text(asked.kind, choice.text) for choice in asked.choices.all()]
    return page(request, asked.year, "question_form", form=form, question=asked, stale=stale, choices=choices)


def see_newest(form: Form, field: str, value: object) -> None:
    """After a refusal the form shows what is newest as seen, so that sending again is a decision and not an accident."""
    data = form.data.copy()
    data[field] = "" if value is None else str(value)
    form.data = data


@require_POST
def open_question(request: HttpRequest, cluster: str, year: int, question: int) -> HttpResponse:
    """Let a draft take forecasts."""
    asked = _desk(request, cluster, year, question)
    with refusal_told(request):
        actions.open_question(question=asked, actor=request.actor, now=request.now)
        messages.success(request, _("Đã mở nhận dự báo."))
    return to_question(asked)


@GET_POST
def remove_question(request: HttpRequest, cluster: str, year: int, question: int) -> HttpResponse:
    """Throw a draft away."""
    asked = _desk(request, cluster, year, question)
    form = Form(request.POST or None)
    if request.method == "POST":
        with refusal_told(request):
            actions.remove_question(question=asked, actor=request.actor, now=request.now)
            messages.success(request, _("Đã bỏ bản nháp."))
            return redirect("forecasts:questions", asked.year.cluster.slug, asked.year.year)
        return to_question(asked)
    return page(request, asked.year, "question_remove", form=form, question=asked)


@GET_POST
def add_background(request: HttpRequest, cluster: str, year: int, question: int) -> HttpResponse:
    """Tell forecasters more."""
    asked = _desk(request, cluster, year, question)
    form = BackgroundForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        form.attempt(actions.add_background, question=asked, **form.cleaned_data, actor=request.actor, now=request.now)
        if form.is_valid():
            messages.success(request, _("Đã bổ sung bối cảnh."))
            return to_question(asked)
    return page(request, asked.year, "question_background", form=form, question=asked)


@GET_POST
def close_question(request: HttpRequest, cluster: str, year: int, question: int) -> HttpResponse:
    """End forecasts at once, or earlier than was said."""
    asked = _desk(request, cluster, year, question)
    at_once = "at_once" in request.POST
    form = ClosingForm(request.POST or None, now=at_once)
    if request.method == "POST" and form.is_valid():
        given: dict[str, Any] = {"reason": form.cleaned_data["reason"], "actor": request.actor, "now": request.now}
        if at_once:
            form.attempt(actions.close_question, question=asked, **given)
        else:
            form.attempt(actions.bring_closing_forward, question=asked, closes_at=form.cleaned_data["closes_at"], **given)
        if form.is_valid():
            messages.success(request, _("Đã đóng nhận dự báo.") if at_once else _("Đã rút hạn nhận dự báo."))
            return to_question(asked)
    return page(request, asked.year, "question_close", form=form, question=asked)
