"""Pages of topics: the year's list, a topic with its reach, setting and proposing."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from thidua.clusters.access import require_open
from thidua.clusters.models import ClusterYear
from thidua.directives.models import Directive
from thidua.directives.queries import directives_of
from thidua.kernel.errors import Forbidden
from thidua.people.models import Organisation
from thidua.rapporteurs.access import PROPOSE_TOPIC, get_topic, require_may_set_topics
from thidua.rapporteurs.actions import topics as actions
from thidua.rapporteurs.forms.topics import OFFERED, ProposeForm, TopicForm, TurnDownForm
from thidua.rapporteurs.models import Topic
from thidua.rapporteurs.queries import topics as queries
from thidua.rapporteurs.views.place import page, see_newest, year_of
from thidua.web.http import refusal_told

GET_POST = require_http_methods(["GET", "POST"])


def _topic_of(request: HttpRequest, cluster: str, year: int, topic: int) -> tuple[ClusterYear, Topic]:
    found = year_of(request, cluster, year)
    there = get_topic(found, topic)
    there.year = found
    return found, there


def _to_topic(year: ClusterYear, topic: Topic) -> HttpResponse:
    return redirect("rapporteurs:topic", year.cluster.slug, year.year, topic.pk)


def _require_setter(request: HttpRequest, year: ClusterYear) -> None:
    require_may_set_topics(request.actor, year)
    require_open(year)


@require_GET
def topics(request: HttpRequest, cluster: str, year: int) -> HttpResponse:
    """The topics of the year in order, how far each has come, and what units propose."""
    found = year_of(request, cluster, year)
    there = queries.topics_of(found)
    sets = queries.may_set(request.actor, found)
    return page(
        request, found, "topics", sets=sets, proposes=[] if sets else queries.proposing_for(request.actor, found),
        agreed=[topic for topic in there if topic.agreed], proposed=[topic for topic in there if not topic.agreed],
    )  # fmt: skip


def _offered(year: ClusterYear, chosen: list[int]) -> list[Directive]:
    """Documents that the form offers: those chosen first, then the newest. One query."""
    there = directives_of(year)
    return [one for one in there if one.pk in chosen] + [one for one in there if one.pk not in chosen][:OFFERED]


@GET_POST
def new_topic(request: HttpRequest, cluster: str, year: int) -> HttpResponse:
    """Set a topic."""
    found = year_of(request, cluster, year)
    _require_setter(request, found)
    form = TopicForm(request.POST or None, year=found, offered=_offered(found, []))
    if request.method == "POST" and form.is_valid():
        made = form.attempt(actions.set_topic, year=found, values=form.values, actor=request.actor, now=request.now)
        if made is not None:
            messages.success(request, _("Đã đặt chủ đề “%(title)s”.") % {"title": made.title})
            return redirect("rapporteurs:topics", cluster, year)
    return page(request, found, "topic_form", form=form)


@GET_POST
def edit_topic(request: HttpRequest, cluster: str, year: int, topic: int) -> HttpResponse:
    """Change a topic; when someone saved meanwhile, what is saved is shown beside what was typed."""
    found, there = _topic_of(request, cluster, year, topic)
    _require_setter(request, found)
    chosen = list(there.directives.values_list("pk", flat=True))
    given: dict[str, Any] = {"year": found, "offered": _offered(found, chosen)}
    form = TopicForm(request.POST, **given) if request.method == "POST" else TopicForm.of(there, **given)
    stale = False
    if request.method == "POST" and form.is_valid():
        seen = form.cleaned_data["revision"] or 0
        made = form.attempt(
            actions.edit_topic, topic=there, values=form.values, revision=seen, actor=request.actor, now=request.now
        )
        if made is not None:
            messages.success(request, _("Đã lưu chủ đề."))
            return _to_topic(found, made)
        stale = seen != there.revision
        see_newest(form, "revision", there.revision)
    documents = queries.detail_of(there).documents if stale else []
    return page(request, found, "topic_form", form=form, topic=there, stale=stale, documents=documents)


@GET_POST
def propose_topic(request: HttpRequest, cluster: str, year: int) -> HttpResponse:
    """Propose a topic for one's unit."""
    found = year_of(request, cluster, year)
    units = _proposing_for(request, found)
    form = ProposeForm(request.POST or None, units=units)
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("title", "note")}
        made = form.attempt(
            actions.propose_topic, year=found, unit=form.chosen, **given, actor=request.actor, now=request.now
        )  # fmt: skip
        if made is not None:
            messages.success(request, _("Đã gửi đề nghị tới cụm trưởng. Kết quả hiện ở trang này."))
            return redirect("rapporteurs:topics", cluster, year)
    return page(request, found, "topic_propose", form=form)


def _proposing_for(request: HttpRequest, year: ClusterYear) -> list[Organisation]:
    require_open(year)
    units = queries.proposing_for(request.actor, year)
    if not units:
        raise Forbidden("people.not_allowed", action=PROPOSE_TOPIC.title)
    return units


@require_GET
def topic(request: HttpRequest, cluster: str, year: int, topic: int) -> HttpResponse:
    """A topic: its documents, its reach by unit, its talks; a proposal with what was answered."""
    found, there = _topic_of(request, cluster, year, topic)
    return _topic_page(request, found, there, TurnDownForm())


def _topic_page(request: HttpRequest, year: ClusterYear, there: Topic, form: TurnDownForm) -> HttpResponse:
    return page(
        request, year, "topic", topic=there, detail=queries.detail_of(there), sets=queries.may_set(request.actor, year),
        withdraws=queries.may_withdraw(request.actor, there), form=form,
    )  # fmt: skip


@require_POST
def answer_topic(request: HttpRequest, cluster: str, year: int, topic: int) -> HttpResponse:
    """Agree to a proposal (`agree` in what is sent), or turn it down with a reason."""
    found, there = _topic_of(request, cluster, year, topic)
    _require_setter(request, found)
    given = {"topic": there, "actor": request.actor, "now": request.now}
    if "agree" in request.POST:
        with refusal_told(request):
            actions.agree_topic(**given)
            messages.success(request, _("Đã duyệt chủ đề. Từ nay các đơn vị dùng được."))
        return _to_topic(found, there)
    form = TurnDownForm(request.POST)
    if form.is_valid() and form.attempt(actions.turn_down_topic, reason=form.cleaned_data["reason"], **given):
        messages.success(request, _("Đã ghi là không duyệt; đơn vị đề nghị đọc lý do tại trang này."))
        return _to_topic(found, there)
    return _topic_page(request, found, there, form)


@require_POST
def retire_topic(request: HttpRequest, cluster: str, year: int, topic: int) -> HttpResponse:
    """No longer offer a topic, or offer it again (`restore` in what is sent)."""
    found, there = _topic_of(request, cluster, year, topic)
    action = actions.restore_topic if "restore" in request.POST else actions.retire_topic
    with refusal_told(request):
        done = action(topic=there, actor=request.actor, now=request.now)
        said = _("Đã ngừng dùng chủ đề.") if done.retired else _("Chủ đề được dùng lại.")
        messages.success(request, said)
    return _to_topic(found, there)


@require_POST
def move_topic(request: HttpRequest, cluster: str, year: int, topic: int) -> HttpResponse:
    """One place up (`up` in what is sent) or down."""
    _found, there = _topic_of(request, cluster, year, topic)
    with refusal_told(request):
        actions.move_topic(topic=there, up="up" in request.POST, actor=request.actor, now=request.now)
    return redirect("rapporteurs:topics", cluster, year)


@require_POST
def remove_topic(request: HttpRequest, cluster: str, year: int, topic: int) -> HttpResponse:
    """Take out a topic that nothing uses, or take back a proposal."""
    found, there = _topic_of(request, cluster, year, topic)
    with refusal_told(request):
        actions.remove_topic(topic=there, actor=request.actor, now=request.now)
        messages.success(request, _("Đã xoá chủ đề “%(title)s”.") % {"title": there.title})
        return redirect("rapporteurs:topics", cluster, year)
    return _to_topic(found, there)
