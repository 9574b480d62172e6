"""The list of tasks: filters, many at once, XLSX."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_GET, require_POST

from thidua.clusters.access import get_year_visible_to, may
from thidua.clusters.models import ClusterYear
from thidua.clusters.rules import Stage
from thidua.kernel.errors import Absent, Forbidden, Refused
from thidua.kernel.text import small_int
from thidua.programmes import actions
from thidua.programmes.access import DRAFT_NEXT_YEAR, RUN_TASKS, sees_all_units
from thidua.programmes.forms.tasks import BulkForm
from thidua.programmes.models import Task, TaskState
from thidua.programmes.queries import tasks as queries
from thidua.programmes.queries.parts import page_of
from thidua.programmes.rules.tasks import OVERDUE
from thidua.programmes.views.progress import RUNG_TITLES
from thidua.web.sentences import sentence_of
from thidua.web.workbook import workbook_response

MOST_ROWS_OF_WORKBOOK = 20_000


def list_context(request: HttpRequest, year: ClusterYear, part: str) -> tuple[queries.Wanted, dict[str, object]]:
    """What the list, the board and the timeline have in common: what the address asks, and the choices of the filters."""
    wanted = queries.wanted_of(request.GET)
    choices = queries.choices_of(request.actor, year, wanted)
    own = queries.own_units(request.actor, year)
    context = page_of(request.actor, year, part) | {
        "wanted": wanted,
        "choices": choices,
        "sees_all": sees_all_units(request.actor, year),
        "has_own": bool(own),
        "states": TaskState,
        "rungs": [(key, RUNG_TITLES[step]) for key, step in queries.RUNG_WORDS.items()],
        "today": timezone.localdate(request.now),
        "is_open": year.stage != Stage.CLOSED,
        "runs": _runs(request, year, wanted, own),
    }
    return wanted, context


def _runs(request: HttpRequest, year: ClusterYear, wanted: queries.Wanted, own: frozenset[int]) -> bool:
    """Whether the tasks shown can be this person's to write: shows the ticks; the action asks for each task."""
    if year.stage == Stage.CLOSED:
        return False
    if wanted.unit == queries.CLUSTER:
        return may(DRAFT_NEXT_YEAR, request.actor, year)
    return bool(own) and may(RUN_TASKS, request.actor, year)


@require_GET
def tasks(request: HttpRequest, cluster: str, year: int) -> HttpResponse:
    """The tasks, those overdue first, fifty a page."""
    found = get_year_visible_to(request.actor, cluster, year)
    return render(request, "programmes/tasks.html", _list(request, found))


def _list(request: HttpRequest, year: ClusterYear) -> dict[str, object]:
    wanted, context = list_context(request, year, "tasks")
    today = timezone.localdate(request.now)
    rows = queries.filtered(queries.visible_tasks(request.actor, year, wanted.unit), wanted, today)
    page = queries.page_of(rows, wanted, small_int(request.GET.get("trang", "")), today)
    choices = context["choices"]
    assert isinstance(choices, queries.Choices)
    return context | {
        "page": page,
        "sorts": {"": _("Hạn gần trước"), "han-xa": _("Hạn xa trước"), "moi": _("Mới thêm trước")},
        "bulk": BulkForm(request.POST if request.method == "POST" else None, posts=choices.posts),
        "ticked": set(request.POST.getlist("task")),
    }


@require_POST
def bulk(request: HttpRequest, cluster: str, year: int) -> HttpResponse:
    """Change the ticked tasks together; a refusal shows the list again with the ticks, what was typed, and each reason."""
    found = get_year_visible_to(request.actor, cluster, year)
    context = _list(request, found)
    form, faults = context["bulk"], []
    assert isinstance(form, BulkForm)
    ids = [number for text in request.POST.getlist("task") if (number := small_int(text)) is not None]
    if form.is_valid():
        try:
            changed = actions.bulk_edit(year=found, task_ids=ids, change=form.change, actor=request.actor, now=request.now)
        except (Absent, Forbidden):
            raise
        except Refused as refused:
            form.add_error(None, sentence_of(refused))
            of_tasks = refused.faults if isinstance(refused, actions.BulkRefused) else []
            faults = [(task, sentence_of(fault)) for task, fault in of_tasks]
        else:
            messages.success(request, ngettext("Đã đổi %(n)d nhiệm vụ.", "Đã đổi %(n)d nhiệm vụ.", changed) % {"n": changed})
            query = request.META.get("QUERY_STRING", "")
            return redirect(reverse("programmes:tasks", args=[cluster, year]) + (f"?{query}" if query else ""))
    return render(request, "programmes/tasks.html", context | {"faults": faults}, status=422)


@require_GET
def tasks_workbook(request: HttpRequest, cluster: str, year: int) -> HttpResponse:
    """The filtered list as XLSX; the note says so when it is cut."""
    found = get_year_visible_to(request.actor, cluster, year)
    wanted, today = queries.wanted_of(request.GET), timezone.localdate(request.now)
    rows = queries.filtered(queries.visible_tasks(request.actor, found, wanted.unit), wanted, today)
    rows = queries.listed(rows).order_by(*queries.SORTS[wanted.sort])[: MOST_ROWS_OF_WORKBOOK + 1]
    lines = queries.lines_of(rows, today)
    notes = [_("Số liệu minh hoạ")] if found.illustrative else []
    if len(lines) > MOST_ROWS_OF_WORKBOOK:
        notes.append(_("Chỉ gồm %(n)d nhiệm vụ đầu; hãy lọc bớt để tải phần còn lại.") % {"n": MOST_ROWS_OF_WORKBOOK})
    headers = [
        _("Nhiệm vụ"), _("Đơn vị"), pgettext("programme", "Chương trình"), _("Là việc con của"), _("Chức vụ phụ trách"),
        _("Bắt đầu"), _("Hạn"), _("Trạng thái"), _("Tiến độ, %"), _("Ngày xong"), _("Quá hạn"), _("Lý do"),
    ]  # fmt: skip
    table = [_cells(line.task, line.rung == OVERDUE) for line in lines[:MOST_ROWS_OF_WORKBOOK]]
    name, title = f"nhiem-vu-{found.cluster.slug}-{found.year}", pgettext("heading", "Nhiệm vụ")
    return workbook_response(name, title, headers, table, " · ".join(notes))


def _cells(task: Task, is_late: bool) -> list[object]:
    unit = task.unit.name_vi if task.unit else _("Cụm")
    owner, parent = task.owner_post.title_vi if task.owner_post else "", task.parent.title if task.parent else ""
    days = [f"{day:%d-%m-%Y}" if day else "" for day in (task.starts_on, task.due_on, task.done_on)]
    return [
        task.title, unit, task.programme.title, parent, owner, days[0], days[1], task.get_state_display(), task.percent,
        days[2], _("có") if is_late else "", task.state_reason,
    ]  # fmt: skip
