"""Before the conference: plan, agenda, delegates."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from thidua.clusters.access import get_year_visible_to
from thidua.clusters.models import ClusterYear
from thidua.clusters.queries import frame_of, members
from thidua.conference import actions
from thidua.conference.access import conference_in, get_conference_in, get_delegate_in, require_may_run_conference
from thidua.conference.forms import AgendaFormSet, DelegateForm, PlanForm, SeenForm, agenda_values
from thidua.conference.models import Conference
from thidua.conference.queries import fingerprints
from thidua.conference.queries.hall import delegates_of, quorum_of
from thidua.conference.rules import CUSTOMARY_AGENDA, Plan
from thidua.web.http import refusal_told

GET_POST = require_http_methods(["GET", "POST"])


def run_by(request: HttpRequest, cluster: str, year: int) -> ClusterYear:
    """The year for one who runs its conference; Absent or Forbidden for others."""
    found = get_year_visible_to(request.actor, cluster, year)
    require_may_run_conference(request.actor, found)
    return found


@GET_POST
def plan(request: HttpRequest, cluster: str, year: int) -> HttpResponse:
    """When and where; the first time the agenda comes next."""
    found = run_by(request, cluster, year)
    planned = conference_in(found)
    initial = {name: getattr(planned, name) for name in Plan.__slots__} if planned else {}
    form = PlanForm(request.POST or None, initial=initial | {"seen": fingerprints.of_plan(planned)})
    if request.method == "POST" and form.is_valid():
        values = {"plan": form.plan, "seen": form.seen_code}
        if form.attempt(actions.plan_conference, year=found, **values, actor=request.actor, now=request.now):
            messages.success(request, _("Đã lưu kế hoạch hội nghị."))
            return redirect("conference:conference" if planned else "conference:agenda", cluster, year)
        planned = conference_in(found)
        form.see_newest(fingerprints.of_plan(planned))
    context = frame_of(request.actor, found, "conference") | {"form": form, "saved": planned}
    return render(request, "conference/plan.html", context, status=422 if form.errors else 200)


@GET_POST
def agenda(request: HttpRequest, cluster: str, year: int) -> HttpResponse:
    """The agenda and the notes of what was said and agreed."""
    found = run_by(request, cluster, year)
    held = get_conference_in(found)
    items = list(held.agenda.all())
    seen = SeenForm(request.POST or None, initial={"seen": fingerprints.of_agenda(items)})
    forms = AgendaFormSet(request.POST or None, initial=agenda_values(items, CUSTOMARY_AGENDA), prefix="agenda")
    if request.method == "POST" and seen.is_valid() and forms.is_valid():
        values = {"lines": forms.lines, "seen": seen.seen_code}
        seen.attempt(actions.set_agenda, conference=held, **values, actor=request.actor, now=request.now)
        if seen.is_valid():
            messages.success(request, _("Đã lưu chương trình."))
            return redirect("conference:conference", cluster, year)
        items = list(held.agenda.all())
        seen.see_newest(fingerprints.of_agenda(items))
    context = frame_of(request.actor, found, "conference") | {"forms": forms, "seen": seen, "saved": items}
    return render(request, "conference/agenda.html", context, status=422 if seen.errors or not _fine(forms) else 200)


def _fine(forms) -> bool:
    return not forms.is_bound or forms.is_valid()


@GET_POST
def delegates(request: HttpRequest, cluster: str, year: int) -> HttpResponse:
    """Who is called, who has the vote; a form for guests."""
    found = run_by(request, cluster, year)
    held = get_conference_in(found)
    form = DelegateForm(request.POST or None, units=[*members(found), found.cluster.superior_body])
    if request.method == "POST" and form.is_valid():
        made = form.attempt(actions.add_delegate, conference=held, actor=request.actor, now=request.now, **form.cleaned_data)
        if made:
            return redirect("conference:delegates", cluster, year)
    called = delegates_of(held)
    shown = {"form": form, "conference": held, "delegates": called, "quorum": quorum_of(held, called)}
    context = frame_of(request.actor, found, "conference") | shown
    return render(request, "conference/delegates.html", context, status=422 if form.errors else 200)


@require_POST
def call(request: HttpRequest, cluster: str, year: int) -> HttpResponse:
    """Put all holders of delegates' posts on the list."""
    held = _held(request, cluster, year)
    with refusal_told(request):
        made = actions.call_delegates(conference=held, actor=request.actor, now=request.now)
        if made:
            messages.success(request, ngettext("Đã thêm %(n)d đại biểu.", "Đã thêm %(n)d đại biểu.", made) % {"n": made})
        else:
            messages.warning(request, _("Không có thêm ai giữ chức vụ đại biểu ở các đơn vị thành viên."))
    return redirect("conference:delegates", cluster, year)


@require_POST
def vote(request: HttpRequest, cluster: str, year: int, delegate: int) -> HttpResponse:
    """Give the vote or take it."""
    found = get_delegate_in(_held(request, cluster, year), delegate)
    may_vote = request.POST.get("may_vote") == "1"
    with refusal_told(request):
        actions.set_vote(delegate=found, may_vote=may_vote, actor=request.actor, now=request.now)
    return redirect("conference:delegates", cluster, year)


@require_POST
def remove(request: HttpRequest, cluster: str, year: int, delegate: int) -> HttpResponse:
    """Take a delegate off the list."""
    found = get_delegate_in(_held(request, cluster, year), delegate)
    with refusal_told(request):
        actions.remove_delegate(delegate=found, actor=request.actor, now=request.now)
    return redirect("conference:delegates", cluster, year)


def _held(request: HttpRequest, cluster: str, year: int) -> Conference:
    return get_conference_in(run_by(request, cluster, year))
