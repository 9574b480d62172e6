"""The conference itself: its page, attendance, polls, minutes."""

import re

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from thidua.awards.models import VOTABLE
from thidua.awards.queries import nominations_of
from thidua.ballots import actions as ballots
from thidua.ballots.access import HOLD_POLL, get_poll_visible_to, require_may_hold_poll
from thidua.ballots.queries import may_still_vote
from thidua.clusters.access import get_year_visible_to, may
from thidua.clusters.models import ClusterYear
from thidua.clusters.queries import frame_of, members
from thidua.clusters.rules import Stage
from thidua.conference import actions, papers
from thidua.conference.access import (
    READ_DRAFT_MINUTES,
    RUN_CONFERENCE,
    conference_in,
    get_conference_in,
    get_delegate_in,
    require_may_read_minutes,
    require_may_run_conference,
)
from thidua.conference.forms import PollForm, RemarkForm
from thidua.conference.models import Conference, Section
from thidua.conference.queries import fingerprints
from thidua.conference.queries.hall import hall_of
from thidua.conference.queries.minutes import Part, minutes_of
from thidua.conference.rules import Movements, movements
from thidua.conference.views.planning import run_by
from thidua.kernel.actor import Actor
from thidua.kernel.errors import Absent
from thidua.paperwork.papers import paper_response
from thidua.programmes.queries import adopted_in
from thidua.scoring.access import may_see_ranking
from thidua.web.http import refusal_told

_ID = re.compile(r"[0-9]{1,18}")
"""What can be the id of a row: longer numbers fit no database's column, and Python reads none of thousands of digits."""


@require_safe
def conference(request: HttpRequest, cluster: str, year: int) -> HttpResponse:
    """When and where, agenda, delegates, polls; the way to every next step."""
    found = get_year_visible_to(request.actor, cluster, year)
    held = conference_in(found)
    context = frame_of(request.actor, found, "conference")
    if held is None:
        context["runs"] = may(RUN_CONFERENCE, request.actor, found) and found.stage != Stage.CLOSED
        return render(request, "conference/none.html", context)
    return render(request, "conference/conference.html", context | _of_hall(request.actor, held))


def _of_hall(actor: Actor, held: Conference) -> dict[str, object]:
    hall, is_open = hall_of(held), held.year.stage != Stage.CLOSED
    runs = is_open and may(RUN_CONFERENCE, actor, held.year)
    return {
        "conference": held,
        "hall": hall,
        "runs": runs,
        "starts": runs and held.year.stage == Stage.CONFERENCE and held.status == "planned",
        "holds_polls": is_open and may(HOLD_POLL, actor, held.year),
        "votes": may_still_vote(actor, [summary.poll for summary in hall.polls]),
        "adopted": adopted_in(held.year),
        "reads_minutes": held.ended or may(READ_DRAFT_MINUTES, actor, held.year),
    }


@require_POST
def attendance(request: HttpRequest, cluster: str, year: int) -> HttpResponse:
    """Mark who is present: only what this person changed counts."""
    held = get_conference_in(run_by(request, cluster, year))
    changed = movements(*(_ids(request, name) for name in ("shown", "was", "present")))
    with refusal_told(request):
        present = actions.mark_attendance(conference=held, movements=changed, actor=request.actor, now=request.now)
        messages.success(request, _("Đã điểm danh: %(n)d đại biểu có mặt.") % {"n": present})
    return redirect("conference:conference", cluster, year)


@require_POST
def attend(request: HttpRequest, cluster: str, year: int, delegate: int) -> HttpResponse:
    """Mark one delegate: present when the box is among those sent as ticked. The same twice is the same once.

    The answer holds the figures alone, so boxes that are being ticked meanwhile stay as they are.
    """
    held = get_conference_in(run_by(request, cluster, year))
    marked = get_delegate_in(held, delegate)
    one, nobody = frozenset({marked.pk}), frozenset[int]()
    changed = Movements(one, nobody) if marked.pk in _ids(request, "present") else Movements(nobody, one)
    actions.mark_attendance(conference=held, movements=changed, actor=request.actor, now=request.now)
    marked.refresh_from_db(fields=["present"])
    context = {"year": held.year, "delegate": marked, "oob": True} | _of_hall(request.actor, held)
    return render(request, "conference/conference.html#counted", context)


def _ids(request: HttpRequest, name: str) -> list[int]:
    return [int(value) for value in request.POST.getlist(name) if _ID.fullmatch(value)]


@require_POST
def start(request: HttpRequest, cluster: str, year: int) -> HttpResponse:
    """Open the session."""
    held = get_conference_in(run_by(request, cluster, year))
    with refusal_told(request):
        actions.start_conference(conference=held, actor=request.actor, now=request.now)
    return redirect("conference:conference", cluster, year)


@require_POST
def end(request: HttpRequest, cluster: str, year: int) -> HttpResponse:
    """Close the session; the minutes come next."""
    held = get_conference_in(run_by(request, cluster, year))
    with refusal_told(request):
        actions.end_conference(conference=held, actor=request.actor, now=request.now)
        messages.success(request, _("Hội nghị đã kết thúc. Hãy xem lại biên bản."))
        return redirect("conference:minutes", cluster, year)
    return redirect("conference:conference", cluster, year)


@require_http_methods(["GET", "POST"])
def poll_new(request: HttpRequest, cluster: str, year: int) -> HttpResponse:
    """Set up a poll about nominations and units."""
    found = _holds_polls(request, cluster, year)
    held = get_conference_in(found)
    nominations = [nomination for nomination in nominations_of(found) if nomination.status in VOTABLE]
    named = f"Suy tôn danh hiệu năm {found.year}" if nominations else ""
    initial = {"title": named, "nominations": [n.pk for n in nominations if n.is_open]}
    form = PollForm(request.POST or None, initial=initial, nominations=nominations, units=members(found))
    if request.method == "POST" and form.is_valid():
        made = form.attempt(actions.propose_poll, conference=held, actor=request.actor, now=request.now, **form.values)
        if made:
            messages.success(request, _("Đã lập cuộc bỏ phiếu. Khi đại biểu đã có mặt, hãy mở bỏ phiếu."))
            return redirect("conference:conference", cluster, year)
    context = frame_of(request.actor, found, "conference") | {"form": form, "nominations": nominations}
    return render(request, "conference/poll_new.html", context, status=422 if form.errors else 200)


def _holds_polls(request: HttpRequest, cluster: str, year: int) -> ClusterYear:
    found = get_year_visible_to(request.actor, cluster, year)
    require_may_hold_poll(request.actor, found)
    return found


@require_POST
def poll_open(request: HttpRequest, cluster: str, year: int, poll: int) -> HttpResponse:
    """Open a poll for the voters who are present."""
    held = get_conference_in(_holds_polls(request, cluster, year))
    voted_on = get_poll_visible_to(request.actor, cluster, year, poll)
    with refusal_told(request):
        actions.open_poll(conference=held, poll=voted_on, actor=request.actor, now=request.now)
    return redirect("conference:conference", cluster, year)


@require_POST
def poll_close(request: HttpRequest, cluster: str, year: int, poll: int) -> HttpResponse:
    """Close a poll and count."""
    voted_on = get_poll_visible_to(request.actor, cluster, year, poll)
    with refusal_told(request):
        ballots.close_poll(poll=voted_on, actor=request.actor, now=request.now)
    return redirect("ballots:poll", cluster, year, poll)


@require_POST
def poll_discard(request: HttpRequest, cluster: str, year: int, poll: int) -> HttpResponse:
    """Take away a poll that was never opened."""
    voted_on = get_poll_visible_to(request.actor, cluster, year, poll)
    with refusal_told(request):
        ballots.discard_poll(poll=voted_on, actor=request.actor, now=request.now)
    return redirect("conference:conference", cluster, year)


@require_http_methods(["GET", "POST"])
def minutes(request: HttpRequest, cluster: str, year: int) -> HttpResponse:
    """The minutes as drafted, with a field for remarks under each part for those who write them."""
    found = get_year_visible_to(request.actor, cluster, year)
    held = get_conference_in(found)
    require_may_read_minutes(request.actor, held)
    typed = _remark_typed(request, held) if request.method == "POST" else None
    if typed and typed.is_valid():
        messages.success(request, _("Đã lưu vào biên bản."))
        return redirect("conference:minutes", cluster, year)
    parts = minutes_of(held, with_ranking=may_see_ranking(request.actor, found))
    context = frame_of(request.actor, found, "conference") | {
        "conference": held,
        "parts": [(part, _remark_form(part, typed)) for part in parts],
        "writes": may(RUN_CONFERENCE, request.actor, found) and found.stage != Stage.CLOSED,
    }
    return render(request, "conference/minutes.html", context, status=422 if typed else 200)


def _remark_typed(request: HttpRequest, held: Conference) -> RemarkForm:
    """The remark that was sent: saved if the form is valid afterwards."""
    require_may_run_conference(request.actor, held.year)
    section = request.POST.get("section", "")
    if section not in Section.values:
        raise Absent
    form = RemarkForm.under(section, request.POST)
    if form.is_valid():
        values = {"section": section, "text": form.cleaned_data["text"], "seen": form.seen_code}
        form.attempt(actions.write_remark, conference=held, **values, actor=request.actor, now=request.now)
    return form


def _remark_form(part: Part, typed: RemarkForm | None) -> RemarkForm:
    code = fingerprints.of_remark(part.remark)
    if typed is None or typed.data["section"] != part.section:
        return RemarkForm.under(part.section, initial={"section": part.section, "text": part.remark, "seen": code})
    typed.see_newest(code)
    return typed


@require_safe
def minutes_paper(request: HttpRequest, cluster: str, year: int, kind: str) -> HttpResponse:
    """The minutes as PDF or DOCX."""
    found = get_year_visible_to(request.actor, cluster, year)
    held = get_conference_in(found)
    require_may_read_minutes(request.actor, held)
    parts = minutes_of(held, with_ranking=may_see_ranking(request.actor, found))
    return paper_response(papers.minutes_paper(held, parts), kind, f"bien-ban-hoi-nghi-{cluster}-{year}")
