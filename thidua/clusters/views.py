"""Pages of clusters and their years."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from thidua.clusters import actions, forms, queries
from thidua.clusters.access import (
    FORM_CLUSTER,
    RUN_YEAR,
    clusters_to_open_by,
    get_cluster_managed_by,
    get_cluster_to_open_by,
    get_year_visible_to,
    may,
    require_may_run_year,
)
from thidua.clusters.models import ClusterYear, StageChoice
from thidua.clusters.rules import Stage, next_stage, previous_stage
from thidua.kernel import ports
from thidua.kernel.actor import Role
from thidua.people.access import may_anywhere, require_anywhere
from thidua.web.workbook import workbook_response

GET_POST = require_http_methods(["GET", "POST"])


@require_GET
def years(request: HttpRequest) -> HttpResponse:
    """The cluster years that the person may see, and for a superior body's officer the way to form a cluster."""
    found = queries.years_for(request.actor)
    context = {
        "years": found,
        "may_form": may_anywhere(FORM_CLUSTER, request.actor),
        "clusters": queries.managed_clusters(request.actor),
        "to_open": list(clusters_to_open_by(request.actor)),
    }
    return render(request, "clusters/years.html", context)


@require_GET
def year(request: HttpRequest, cluster: str, year: int) -> HttpResponse:
    """Where the year stands: its stages, the board unit × stage, what waits; `?lich-su`: and how it came there."""
    found = get_year_visible_to(request.actor, cluster, year)
    following = next_stage(found.stage)
    board = queries.board(request.actor, found)  # first: it reads the members, and all that follows asks who they are
    runs = may(RUN_YEAR, request.actor, found)
    context = queries.frame_of(request.actor, found, "year") | {
        "today": timezone.localdate(request.now),
        "steps": queries.line_of_stages(found, timezone.localdate(request.now)),
        "board": board,
        "runs": runs,
        "following": StageChoice(following) if following else None,
        "missing": queries.missing_before(found, following) if runs and following else [],
        "panels": [panel for offer in ports.PANELS for panel in offer(request.actor, found)],
        "opens_next": runs and found.has_reached(Stage.CONFERENCE) and not ClusterYear.objects.filter(previous=found).exists(),
        "without_secretary": queries.lacks_secretary(request.actor, found, request.now),
        "moves": queries.moves_of(found) if "lich-su" in request.GET else None,
    }
    return render(request, "clusters/year.html", context)


@require_GET
def board_workbook(request: HttpRequest, cluster: str, year: int) -> HttpResponse:
    """The board as XLSX."""
    found = get_year_visible_to(request.actor, cluster, year)
    board = queries.board(request.actor, found)
    rows = [[row.unit.name_vi, *(cell.text if cell else "" for cell in row.cells)] for row in board.rows]
    note = _("Số liệu minh hoạ") if found.illustrative else ""
    return workbook_response(f"{found.cluster.slug}-{found.year}", str(found), [_("Đơn vị"), *board.titles], rows, note)


def _run(request: HttpRequest, cluster: str, year: int) -> ClusterYear:
    found = get_year_visible_to(request.actor, cluster, year)
    require_may_run_year(request.actor, found)
    return found


@GET_POST
def advance(request: HttpRequest, cluster: str, year: int) -> HttpResponse:
    """What is missing before the next stage; the button when nothing is."""
    found = _run(request, cluster, year)
    if request.method == "POST":
        actions.advance_stage(year=found, stage=request.POST.get("stage", ""), actor=request.actor, now=request.now)
        messages.success(
            request, _("Đã chuyển sang giai đoạn “%(stage)s”.") % {"stage": StageChoice(request.POST["stage"]).label}
        )
        return redirect(found)
    following = next_stage(found.stage)
    if following is None:
        return redirect(found)
    context = queries.frame_of(request.actor, found, "year") | {
        "following": StageChoice(following),
        "missing": queries.missing_before(found, following),
    }
    return render(request, "clusters/advance.html", context)


@GET_POST
def step_back(request: HttpRequest, cluster: str, year: int) -> HttpResponse:
    """Go back one stage, with a reason."""
    found = _run(request, cluster, year)
    form = forms.StepBackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        form.attempt(actions.step_back, year=found, reason=form.cleaned_data["reason"], actor=request.actor, now=request.now)
        if form.is_valid():
            return redirect(found)
    before = previous_stage(found.stage)
    context = queries.frame_of(request.actor, found, "year") | {"form": form, "before": StageChoice(before) if before else None}
    return render(request, "clusters/step_back.html", context)


@GET_POST
def calendar(request: HttpRequest, cluster: str, year: int) -> HttpResponse:
    """Set the dates of the stages."""
    found = _run(request, cluster, year)
    form = forms.CalendarForm(request.POST or None, initial=queries.calendar_values(found))
    if request.method == "POST" and form.is_valid():
        form.attempt(actions.set_calendar, year=found, spans=form.spans(), actor=request.actor, now=request.now)
        if form.is_valid():
            messages.success(request, _("Đã lưu lịch của năm."))
            return redirect(found)
    return render(
        request, "clusters/calendar.html", queries.frame_of(request.actor, found, "settings") | {"form": form, "part": "calendar"}
    )


@GET_POST
def members(request: HttpRequest, cluster: str, year: int) -> HttpResponse:
    """Set members, head and deputy while the year is being prepared."""
    found = _run(request, cluster, year)
    initial = {"members": [unit.pk for unit in queries.members(found)], "head": found.head_id, "deputy": found.deputy_id}
    form = forms.MembersForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        form.attempt(actions.set_membership, year=found, **form.cleaned_data, actor=request.actor, now=request.now)
        if form.is_valid():
            messages.success(request, _("Đã lưu thành viên và cụm trưởng."))
            return redirect(found)
    return render(
        request, "clusters/members.html", queries.frame_of(request.actor, found, "settings") | {"form": form, "part": "members"}
    )


@GET_POST
def rules(request: HttpRequest, cluster: str, year: int) -> HttpResponse:
    """Choose the tie-break and from when units see the ranking."""
    found = _run(request, cluster, year)
    form = forms.RulesForm(request.POST) if request.method == "POST" else forms.RulesForm.of(found)
    if request.method == "POST" and form.is_valid():
        form.attempt(actions.agree_rules, year=found, **form.rules(), actor=request.actor, now=request.now)
        if form.is_valid():
            messages.success(request, _("Đã lưu quy tắc xếp hạng."))
            return redirect(found)
    return render(
        request, "clusters/rules.html", queries.frame_of(request.actor, found, "settings") | {"form": form, "part": "rules"}
    )


@GET_POST
def next_year(request: HttpRequest, cluster: str, year: int) -> HttpResponse:
    """Open the next year: members, calendar and criteria are copied, the rotation proposes the head."""
    found = _run(request, cluster, year)
    proposed = queries.next_head(found)
    units = queries.members(found)
    form = forms.NextYearForm(request.POST or None, members=units, initial={"head": proposed.pk if proposed else None})
    if request.method == "POST" and form.is_valid():
        opened = form.attempt(actions.open_next_year, year=found, **form.cleaned_data, actor=request.actor, now=request.now)
        if opened:
            messages.success(request, _("Đã mở năm %(year)d. Việc đầu tiên: xem lại tiêu chí và lịch.") % {"year": opened.year})
            return redirect(found if not may(RUN_YEAR, request.actor, opened) else opened)
    context = queries.frame_of(request.actor, found, "year") | {"form": form, "proposed": proposed, "units": units}
    return render(request, "clusters/next_year.html", context)


@GET_POST
def form_cluster(request: HttpRequest) -> HttpResponse:
    """A superior body's officer forms a cluster."""
    require_anywhere(FORM_CLUSTER, request.actor)
    bodies = sorted(request.actor.organisations(Role.SUPERIOR_OFFICER))
    form = forms.ClusterForm(request.POST or None, bodies=bodies, initial={"superior_body": bodies[0]})
    if request.method == "POST" and form.is_valid():
        formed = form.attempt(actions.form_cluster, **form.cleaned_data, actor=request.actor, now=request.now)
        if formed:
            messages.success(request, _("Đã lập cụm. Bây giờ hãy mở năm thi đua đầu tiên."))
            return redirect("clusters:first_year", formed.slug)
    return render(request, "clusters/form_cluster.html", {"form": form})


@GET_POST
def first_year(request: HttpRequest, cluster: str) -> HttpResponse:
    """Open the first year of a cluster."""
    found = get_cluster_to_open_by(request.actor, cluster)
    units = queries.rotation_units(found)
    initial = {
        "year": timezone.localdate(request.now).year,
        "members": [u.pk for u in units],
        "head": units[0].pk if units else None,
    }
    form = forms.FirstYearForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        opened = form.attempt(actions.open_first_year, cluster=found, **form.cleaned_data, actor=request.actor, now=request.now)
        if opened:
            messages.success(
                request, _("Đã mở năm %(year)d. Việc đầu tiên: đặt lịch và nhập bảng tiêu chí.") % {"year": opened.year}
            )
            return redirect(opened)
    return render(request, "clusters/first_year.html", {"form": form, "cluster": found, "illustrative": False})


@GET_POST
def rotation(request: HttpRequest, cluster: str) -> HttpResponse:
    """The order in which units hold the head's office, beside who held it so far."""
    found = get_cluster_managed_by(request.actor, cluster)
    units, places = queries.rotation_of(found)
    form = forms.RotationForm(request.POST or None, units=units, initial={f"unit-{pk}": place for pk, place in places.items()})
    if request.method == "POST" and form.is_valid():
        form.attempt(actions.set_rotation, cluster=found, rotation=form.order(), actor=request.actor, now=request.now)
        if form.is_valid():
            messages.success(request, _("Đã lưu vòng luân phiên."))
            return redirect("clusters:years")
    context = {"form": form, "cluster": found, "heads": queries.heads_so_far(found)}
    return render(request, "clusters/rotation.html", context)
