"""The board by state and the timeline."""

from dataclasses import dataclass, replace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from thidua.clusters.access import get_year_visible_to
from thidua.kernel.errors import Absent, Forbidden, Refused
from thidua.kernel.text import small_int
from thidua.programmes import actions
from thidua.programmes.models import TaskState
from thidua.programmes.queries import tasks as queries
from thidua.programmes.rules.tasks import NEXT, State, needs_reason
from thidua.programmes.rules.timeline import Bar, Span, lay_out
from thidua.programmes.views.task import address, found_task
from thidua.programmes.views.tasks import list_context
from thidua.web.sentences import sentence_of


@require_GET
def board(request: HttpRequest, cluster: str, year: int) -> HttpResponse:
    """The tasks by state; a card moves by a small form."""
    found = get_year_visible_to(request.actor, cluster, year)
    wanted, context = list_context(request, found, "board")
    today = timezone.localdate(request.now)
    every = replace(wanted, state=queries.ALL_STATES)
    rows = queries.filtered(queries.visible_tasks(request.actor, found, wanted.unit), every, today)
    moves = {state.value: [(s, s.label) for s in TaskState if State(s) in NEXT[State(state)]] for state in TaskState}
    narrowed = replace(wanted, state="", sort="").query
    context |= {"columns": queries.board(rows, today), "moves": moves, "board_query": narrowed}
    return render(request, "programmes/board.html", context)


@require_POST
def move(request: HttpRequest, cluster: str, year: int, task: int) -> HttpResponse:
    """Move a card. What needs a reason, or a tick, is said on the task's page, with the state chosen already."""
    found = found_task(request, cluster, year, task)
    state = request.POST.get("state", "")
    if state not in TaskState:
        raise Absent
    asks = address("task", found) + f"?trang-thai={state}#tien-do"
    if state != found.state and needs_reason(State(found.state), State(state)):
        return redirect(asks)
    try:
        actions.set_state(task=found, state=State(state), actor=request.actor, now=request.now)
    except (Absent, Forbidden):
        raise
    except Refused as refused:
        messages.error(request, f"{found.title}: {sentence_of(refused)}")
        if refused.code == "programmes.needs_open":
            return redirect(asks)
    else:
        messages.success(request, _("Đã chuyển “%(title)s”.") % {"title": found.title})
    return HttpResponseRedirect(_back(request, reverse("programmes:board", args=[cluster, year])))


def _back(request: HttpRequest, otherwise: str) -> str:
    """The board as it was filtered: a path of this house, nothing else."""
    asked = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(asked, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return asked if safe and asked.startswith("/") else otherwise


@dataclass(frozen=True, slots=True)
class Drawn:
    """A row of the timeline: the task and its bar."""

    line: queries.Line
    bar: Bar


@require_GET
def timeline(request: HttpRequest, cluster: str, year: int) -> HttpResponse:
    """Fifty dated tasks a page over the months, drawn by the server, and the same as a table."""
    found = get_year_visible_to(request.actor, cluster, year)
    wanted, context = list_context(request, found, "timeline")
    today = timezone.localdate(request.now)
    rows = queries.in_time(queries.filtered(queries.visible_tasks(request.actor, found, wanted.unit), wanted, today))
    page = queries.page_of(rows, wanted, small_int(request.GET.get("trang", "")), today)
    spans = [Span(line.task.pk, line.task.starts_on, line.task.due_on) for line in page.lines]
    needs = queries.needs_among([span.pk for span in spans])
    drawing = lay_out(spans, needs, today)
    drawn = [Drawn(line, bar) for line, bar in zip(page.lines, drawing.bars, strict=True)] if drawing else []
    titles = {line.task.pk: line.task.title for line in page.lines}
    waits: dict[int, list[str]] = {}
    for waiting, needed in needs:
        waits.setdefault(waiting, []).append(titles[needed])
    context |= {"page": page, "drawing": drawing, "drawn": drawn, "waits": waits}
    return render(request, "programmes/timeline.html", context)
