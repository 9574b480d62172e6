"""One task: look, write, progress, steps, what it waits for, repetition, files."""

from datetime import date

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from thidua.clusters.access import get_year_visible_to, require_open
from thidua.files.queries import file_response
from thidua.kernel.errors import Absent
from thidua.kernel.ports import citing_url
from thidua.kernel.text import small_int
from thidua.programmes import actions
from thidua.programmes.access import get_programme, get_task, may_see_tasks, require_may_run_tasks
from thidua.programmes.forms.tasks import NeedForm, ProgressForm, RepeatForm, StepForm, TaskForm
from thidua.programmes.models import ChecklistItem, Programme, Task
from thidua.programmes.queries import task_page as queries
from thidua.programmes.queries.citables import may_cite
from thidua.programmes.queries.parts import page_of
from thidua.programmes.queries.tasks import Line, lines_of
from thidua.programmes.rules.tasks import Every
from thidua.web.http import refusal_told

GET_POST = require_http_methods(["GET", "POST"])


def found_task(request: HttpRequest, cluster: str, year: int, task: int) -> Task:
    """The task of an address for one who may read it."""
    return get_task(request.actor, get_year_visible_to(request.actor, cluster, year), task)


def run_task(request: HttpRequest, cluster: str, year: int, task: int) -> Task:
    """The task of an address for one who may run it; the gate before any form is read."""
    found = found_task(request, cluster, year, task)
    require_may_run_tasks(request.actor, found.programme)
    return found


def address(page: str, task: Task, *more: object) -> str:
    """The address of a page of the task."""
    return reverse(f"programmes:{page}", args=[task.year.cluster.slug, task.year.year, task.pk, *more])


def to_task(task: Task, place: str = "") -> HttpResponse:
    """Back to the task, at a place of its page."""
    return redirect(address("task", task) + (f"#{place}" if place else ""))


@require_GET
def task(request: HttpRequest, cluster: str, year: int, task: int) -> HttpResponse:
    """Everything about a task."""
    return _page(request, found_task(request, cluster, year, task))


def _page(
    request: HttpRequest, found: Task, progress: ProgressForm | None = None, step: StepForm | None = None,
    need: NeedForm | None = None,
) -> HttpResponse:  # fmt: skip
    desk, today = queries.desk_of(found), timezone.localdate(request.now)
    runs = queries.may_run(request.actor, found.programme)
    wrong = any(form is not None and form.errors for form in (progress, step, need))
    if runs:
        asked = {"state": request.GET["trang-thai"]} if "trang-thai" in request.GET else {}
        progress = progress or ProgressForm(task=found, waits=bool(desk.open_needs), initial=asked)
        step, need = step or StepForm(), need or NeedForm(tasks=queries.needed_choices(desk))
    citing = citing_url(request.actor, found.year, found.unit_id, "task", found.pk) if may_cite(found) else ""
    context = page_of(request.actor, found.year, "tasks") | {
        "desk": desk, "task": found, "line": _line(found, today), "today": today, "runs": runs, "citing": citing,
        "progress": progress, "step": step, "need": need, "may_remove": runs and not desk.notes and not desk.parts,
    }  # fmt: skip
    return render(request, "programmes/task.html", context, status=422 if wrong else 200)


def _line(found: Task, today: date) -> Line:
    return lines_of([found], today)[0]


@GET_POST
def new_task(request: HttpRequest, cluster: str, year: int, programme: int) -> HttpResponse:
    """Add a task to a programme; `?muc=`: for a clause, `?cha=`: as a part of a task."""
    found = get_year_visible_to(request.actor, cluster, year)
    within = get_programme(request.actor, found, programme)
    if not may_see_tasks(request.actor, found, within.unit_id):
        raise Absent
    require_may_run_tasks(request.actor, within)
    require_open(found)
    clause, parent = small_int(request.GET.get("muc", "")), small_int(request.GET.get("cha", ""))
    initial = {"clauses": [clause] if clause else [], "parent": parent}
    form = _form(request, within, None, initial, clause, parent)
    if request.method == "POST" and form.is_valid():
        values = {"programme": within, "draft": form.draft, "actor": request.actor, "now": request.now}
        made = form.attempt(actions.add_task, **values)
        if made is not None:
            messages.success(request, _("Đã thêm nhiệm vụ “%(title)s”.") % {"title": made.title})
            _tell_late_day(request, within, made)
            return redirect(request.get_full_path()) if "more" in request.POST else to_task(made)
    return _form_page(request, within, form, None, None)


@GET_POST
def edit_task(request: HttpRequest, cluster: str, year: int, task: int) -> HttpResponse:
    """Change what a task says; when someone saved meanwhile, both stand side by side."""
    found = found_task(request, cluster, year, task)
    require_may_run_tasks(request.actor, found.programme)
    require_open(found.year)
    names = ("title", "detail", "owner_post", "starts_on", "due_on", "parent", "revision")
    initial = {name: getattr(found, f"{name}_id" if name in {"owner_post", "parent"} else name) for name in names}
    initial["clauses"] = list(found.clauses.values_list("pk", flat=True))
    form, saved = _form(request, found.programme, found, initial), None
    if request.method == "POST" and form.is_valid():
        revision = form.cleaned_data["revision"] or 0
        values = {"task": found, "draft": form.draft, "revision": revision, "actor": request.actor, "now": request.now}
        made = form.attempt(actions.edit_task, **values)
        if made is not None:
            messages.success(request, _("Đã lưu nhiệm vụ."))
            _tell_late_day(request, found.programme, made)
            return to_task(found)
        found.refresh_from_db()
        if found.revision != revision:
            saved, data = queries.desk_of(found), form.data.copy()
            data["revision"] = str(found.revision)
            form.data = data
    return _form_page(request, found.programme, form, found, saved)


def _tell_late_day(request: HttpRequest, programme: Programme, task: Task) -> None:
    """Say that a task is due after its programme has ended: that may be meant, and may be a slip."""
    if task.due_on and programme.ends_on and task.due_on > programme.ends_on:
        days = {"due": date_format(task.due_on), "end": date_format(programme.ends_on)}
        words = _("Hạn %(due)s sau ngày kết thúc của chương trình (%(end)s). Nếu không cố ý, hãy sửa một trong hai ngày.")
        messages.warning(request, words % days)


def _form(
    request: HttpRequest, programme: Programme, task: Task | None, initial: dict, clause: int | None = None,
    parent: int | None = None,
) -> TaskForm:  # fmt: skip
    return TaskForm(
        request.POST if request.method == "POST" else None,
        initial=initial,
        cluster_id=programme.year.cluster_id,
        posts=queries.posts_for(programme),
        parents=queries.parents_for(programme, task, parent),
        clauses=queries.clauses_for(programme, task, clause),
    )


def _form_page(
    request: HttpRequest, programme: Programme, form: TaskForm, task: Task | None, saved: queries.TaskDesk | None
) -> HttpResponse:
    context = {"form": form, "programme": programme, "task": task, "saved": saved}
    page = page_of(request.actor, programme.year, "tasks") | context
    return render(request, "programmes/task_form.html", page, status=422 if form.errors else 200)


@require_POST
def note(request: HttpRequest, cluster: str, year: int, task: int) -> HttpResponse:
    """Note progress, with state and file."""
    found = run_task(request, cluster, year, task)
    waits = found.needs.filter(is_open=True).exists()
    form = ProgressForm(request.POST, request.FILES, task=found, waits=waits)
    if form.is_valid():
        form.attempt(actions.note_progress, task=found, **form.values, actor=request.actor, now=request.now)
    if form.errors:
        return _page(request, found_task(request, cluster, year, task), progress=form)
    messages.success(request, _("Đã ghi tiến độ."))
    return to_task(found, "tien-do")


@require_POST
def add_step(request: HttpRequest, cluster: str, year: int, task: int) -> HttpResponse:
    """Add a step to the checklist."""
    found, form = run_task(request, cluster, year, task), StepForm(request.POST)
    if form.is_valid():
        form.attempt(actions.add_step, task=found, **form.cleaned_data, actor=request.actor, now=request.now)
    return _page(request, found, step=form) if form.errors else to_task(found, "cac-buoc")


@require_POST
def step(request: HttpRequest, cluster: str, year: int, task: int, step: int) -> HttpResponse:
    """Tick a step, take its tick away, or take it off."""
    found = found_task(request, cluster, year, task)
    item = ChecklistItem.objects.filter(task=found, pk=step).select_related("task").first()
    if item is None:
        raise Absent
    with refusal_told(request):
        if "remove" in request.POST:
            actions.remove_step(step=item, actor=request.actor, now=request.now)
        else:
            actions.tick_step(step=item, done="done" in request.POST, actor=request.actor, now=request.now)
    return to_task(found, "cac-buoc")


@require_POST
def add_need(request: HttpRequest, cluster: str, year: int, task: int) -> HttpResponse:
    """Say that the task waits for another."""
    found = run_task(request, cluster, year, task)
    form = NeedForm(request.POST, tasks=queries.needed_choices(queries.desk_of(found)))
    if form.is_valid():
        needed = get_task(request.actor, found.year, form.cleaned_data["needed"])
        form.attempt(actions.add_need, task=found, needed=needed, actor=request.actor, now=request.now)
    return _page(request, found, need=form) if form.errors else to_task(found, "cho-nhau")


@require_POST
def remove_need(request: HttpRequest, cluster: str, year: int, task: int, needed: int) -> HttpResponse:
    """The task no longer waits for another."""
    found = found_task(request, cluster, year, task)
    other = get_task(request.actor, found.year, needed)
    with refusal_told(request):
        actions.remove_need(task=found, needed=other, actor=request.actor, now=request.now)
    return to_task(found, "cho-nhau")


@GET_POST
def repeat_task(request: HttpRequest, cluster: str, year: int, task: int) -> HttpResponse:
    """Write a task out once for each period."""
    found = found_task(request, cluster, year, task)
    require_may_run_tasks(request.actor, found.programme)
    form = RepeatForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        every, until = Every(form.cleaned_data["every"]), form.cleaned_data["until"]
        values = {"task": found, "every": every, "until": until, "actor": request.actor, "now": request.now}
        made = form.attempt(actions.repeat_task, **values)
        if made is not None:
            words = ngettext("Đã ghi ra %(n)d lần.", "Đã ghi ra %(n)d lần.", len(made)) % {"n": len(made)}
            messages.success(request, words)
            return to_task(found)
    context = page_of(request.actor, found.year, "tasks") | {"form": form, "task": found}
    return render(request, "programmes/task_repeat.html", context, status=422 if form.errors else 200)


@require_POST
def remove_task(request: HttpRequest, cluster: str, year: int, task: int) -> HttpResponse:
    """Take away a task that was never worked on, and lead to its programme's list; a refusal is told on the task's page."""
    found = found_task(request, cluster, year, task)
    with refusal_told(request):
        actions.remove_task(task=found, actor=request.actor, now=request.now)
        messages.success(request, _("Đã xoá nhiệm vụ “%(title)s”.") % {"title": found.title})
        where = [found.year.cluster.slug, found.year.year]
        return redirect(reverse("programmes:tasks", args=where) + f"?chuong-trinh={found.programme_id}")
    return to_task(found)


@require_GET
def file(request: HttpRequest, cluster: str, year: int, task: int, note: int) -> FileResponse:
    """The file of a note, for who may read the task."""
    kept = queries.note_with_file(found_task(request, cluster, year, task), note)
    if kept is None or kept.file is None:
        raise Absent
    return file_response(kept.file, inline=True)
