"""Pages of programmes as documents: the list, one programme, writing, approving, versions, papers."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from thidua.clusters.access import get_year_visible_to, may
from thidua.clusters.models import ClusterYear
from thidua.clusters.queries import members
from thidua.clusters.rules import Stage
from thidua.directives.models import Clause, Directive
from thidua.kernel import ports
from thidua.kernel.errors import Absent
from thidua.kernel.text import small_int
from thidua.paperwork.papers import paper_response
from thidua.people.models import Organisation
from thidua.programmes import actions, papers
from thidua.programmes.access import (
    APPROVE_PROGRAMME,
    WRITE_PROGRAMME,
    get_programme,
    may_see_tasks,
    require_may_approve,
    require_may_write,
    require_may_write_for,
)
from thidua.programmes.actions.documents import require_member
from thidua.programmes.forms.documents import ApproveForm, ListForms, NewForm, ProgrammeForm, ReturnForm
from thidua.programmes.forms.sheets import saved_sheet, typed_sheet
from thidua.programmes.models import Programme, ProgrammeKind, ProgrammeVersion
from thidua.programmes.queries import documents as queries
from thidua.programmes.queries.changes import told, told_both
from thidua.programmes.queries.indicators import standings_of
from thidua.programmes.queries.next_year import cluster_programme_for
from thidua.programmes.queries.parts import page_of
from thidua.programmes.rules.content import Content, difference, digest
from thidua.programmes.rules.progress import NOTHING, bar
from thidua.programmes.rules.together import put_together, read_seen
from thidua.web.http import refusal_told
from thidua.web.workbook import workbook_response

GET_POST = require_http_methods(["GET", "POST"])


def year_of(request: HttpRequest, cluster: str, year: int) -> ClusterYear:
    """The year for one who may see it."""
    return get_year_visible_to(request.actor, cluster, year)


def show(request: HttpRequest, year: ClusterYear, template: str, **context: object) -> HttpResponse:
    """A page of this part of the year. One that answers a form says that the form was not taken: 422."""
    part, status = str(context.pop("part", "programmes")), 422 if request.method == "POST" else 200
    return render(request, f"programmes/{template}.html", page_of(request.actor, year, part) | context, status=status)


def to_programme(programme: Programme) -> HttpResponse:
    """Back to the programme, or to the page of the cluster's own."""
    where = [programme.year.cluster.slug, programme.year.year]
    return (
        redirect("programmes:programme", *where, programme.pk) if programme.unit_id else redirect("programmes:next_year", *where)
    )


def _wanted(request: HttpRequest) -> queries.Wanted:
    asked = request.GET
    state, kind = asked.get("trang-thai", ""), asked.get("loai", "")
    return queries.Wanted(
        unit=asked.get("don-vi", ""),
        kind=kind if kind in ProgrammeKind.values else "",
        state=state if state in queries.STATES else "",
        directive=small_int(asked.get("van-ban", "")),
        sort=asked.get("xep", ""),
    )


@require_GET
def programmes(request: HttpRequest, cluster: str, year: int) -> HttpResponse:
    """The units' programmes, own first, with their states and progress; the cluster's own above them."""
    found, wanted = year_of(request, cluster, year), _wanted(request)
    page = queries.page_of(queries.programmes_of(request.actor, found, wanted), request.GET.get("trang"))
    own = [unit for unit in members(found) if may(WRITE_PROGRAMME, request.actor, found, unit.pk)]
    return show(
        request, found, "list",
        page=page, rows=queries.rows_of(page, request.actor, localdate(request.now)), wanted=wanted, units=members(found),
        kinds=[kind for kind in ProgrammeKind if kind != ProgrammeKind.NEXT_YEAR], writes_for=own,
        filtered=any((wanted.unit, wanted.kind, wanted.state, wanted.directive)), adopted=cluster_programme_for(found),
        is_open=found.stage != Stage.CLOSED,
    )  # fmt: skip


@require_GET
def programmes_workbook(request: HttpRequest, cluster: str, year: int) -> HttpResponse:
    """The same list, all pages, as XLSX."""
    found = year_of(request, cluster, year)
    listed = queries.programmes_of(request.actor, found, _wanted(request))
    rows = queries.rows_of(listed, request.actor, localdate(request.now))
    headers = [
        _("Đơn vị"),
        pgettext("title", "Tên"),
        _("Loại"),
        _("Văn bản"),
        _("Trạng thái"),
        _("Bản"),
        pgettext("heading", "Nhiệm vụ"),
        _("Xong"),
        _("Quá hạn"),
    ]
    states = {"draft": _("nháp"), "waiting": _("chờ duyệt"), "approved": _("đã duyệt"), "changed": _("sửa sau duyệt")}
    table = (
        (
            row.programme.unit.name_vi if row.programme.unit else "", row.title, row.programme.get_kind_display(),
            row.programme.directive.name if row.programme.directive else "", states[row.state], row.programme.approved_version,
            row.progress.total, row.progress.done, row.progress.overdue,
        )
        for row in rows
    )  # fmt: skip
    title = _("Chương trình, kế hoạch năm %(year)s") % {"year": found.year}
    note = _("Số liệu minh hoạ") if found.illustrative else ""
    return workbook_response(f"chuong-trinh-{found.cluster.slug}-{found.year}", title, headers, table, note)


def _unit_to_write_for(request: HttpRequest, year: ClusterYear) -> Organisation:
    """The unit named in the address, or the only one the person writes for. One that has left is told so; Absent otherwise."""
    mine = request.actor.organisations(*WRITE_PROGRAMME.roles)
    slug = request.GET.get("don-vi", "")
    if slug:
        unit = Organisation.objects.filter(slug=slug, pk__in=mine).first()
        if unit is None:
            raise Absent
        require_member(year, unit)
        return unit
    unit = next((unit for unit in members(year) if unit.pk in mine), None)
    if unit is None:
        raise Absent
    return unit


@GET_POST
def new(request: HttpRequest, cluster: str, year: int) -> HttpResponse:
    """Begin a programme: `?don-vi=` for which unit, `?van-ban=` for which document, whose clauses become tasks."""
    found = year_of(request, cluster, year)
    unit = _unit_to_write_for(request, found)
    require_may_write_for(request.actor, found, unit.pk)
    asked = small_int(request.GET.get("van-ban", ""))
    offered = queries.directives_for(found, unit, asked)
    directive = next((entry for entry in offered if entry.pk == asked), None)
    clauses = queries.clauses_for(found, unit, directive)
    if request.method == "POST":
        form = NewForm(request.POST, clauses=clauses)
        if form.is_valid():
            made = form.attempt(
                actions.create_programme, year=found, unit=unit, kind=form.cleaned_data["kind"], written=form.written,
                directive=directive, clauses=form.cleaned_data.get("clauses", ()), actor=request.actor, now=request.now,
            )  # fmt: skip
            if made is not None:
                messages.success(request, _("Đã lập. Hãy ghi mục tiêu, chỉ tiêu rồi trình lãnh đạo duyệt."))
                return redirect("programmes:edit", found.cluster.slug, found.year, made.pk)
    else:
        form = NewForm(clauses=clauses, initial=_initial(found, unit, directive, clauses))
    known = queries.saved_programmes_for(found, unit, directive)
    context = {"form": form, "unit": unit, "offered": offered, "directive": directive, "clauses": clauses, "known": known}
    return show(request, found, "new", **context)


def _initial(year: ClusterYear, unit: Organisation, directive: Directive | None, clauses: list[Clause]) -> dict[str, object]:
    """What is filled in for the writer: the words of a Vietnamese document, whatever the language of the page."""
    if directive is None:
        title = f"Kế hoạch công tác năm {year.year} của {unit.name_vi}"
        return {"kind": ProgrammeKind.PLAN, "title": title[:300]}
    name = directive.name if directive.number_text else f"“{directive.title}”"
    grounds = f"Căn cứ {name}: {directive.title}" if directive.number_text else f"Căn cứ {name}"
    title = f"Chương trình hành động thực hiện {name}"[:300]
    chosen = [clause.pk for clause in clauses]
    return {"kind": ProgrammeKind.ACTION, "title": title, "grounds": grounds, "clauses": chosen}


def shown_content(programme: Programme, is_reader: bool) -> tuple[Content, ProgrammeVersion | None]:
    """What this person reads: the content as it stands for those who read drafts, else the last version; and that version."""
    version = queries.version_of(programme, programme.approved_version) if programme.approved_version else None
    if is_reader or version is None:
        return queries.content_of(programme), version
    return queries.content_in(version), version


@require_GET
def programme(request: HttpRequest, cluster: str, year: int, programme: int) -> HttpResponse:
    """The document, its indicators with their latest figures, its tasks in short, and the step that is this person's."""
    found = year_of(request, cluster, year)
    current = get_programme(request.actor, found, programme)
    if current.unit_id is None:
        return redirect("programmes:next_year", found.cluster.slug, found.year)
    reads = may_see_tasks(request.actor, found, current.unit_id)
    content, version = shown_content(current, reads)
    is_open = found.stage != Stage.CLOSED
    progress = queries.progress_of([current.pk], localdate(request.now)).get(current.pk, NOTHING)
    cites = current.approved_version and current.unit_id
    return show(
        request, found, "programme",
        programme=current, content=content, version=version, reads=reads, state=queries.state_of(current),
        changes=told(queries.changes_since(version, content)), standings=standings_of(current, None if reads else content),
        writes=is_open and may(WRITE_PROGRAMME, request.actor, found, current.unit_id),
        approves=is_open and may(APPROVE_PROGRAMME, request.actor, found, current.unit_id),
        tasks=queries.lines_with_tasks(current, content) if reads else [], in_time=progress.open - progress.overdue,
        progress=progress, bar=bar(progress), today=localdate(request.now),
        citing=ports.citing_url(request.actor, found, current.unit_id, "programme", current.pk) if cites else "",
    )  # fmt: skip


@GET_POST
def edit(request: HttpRequest, cluster: str, year: int, programme: int) -> HttpResponse:
    """Edit texts, goals and indicators on one page; for the cluster's programme its tasks too. When another has saved
    meanwhile, the form comes back with the changes of both, and says where both changed the same."""
    found = year_of(request, cluster, year)
    current = get_programme(request.actor, found, programme)
    require_member(found, current.unit)
    require_may_write(request.actor, current)
    clauses = [] if current.unit_id else queries.clauses_of_year(found)
    posted = request.POST if request.method == "POST" else None
    sheet = saved_sheet(current)
    form = ProgrammeForm(posted) if posted is not None else ProgrammeForm.over(sheet, current.revision)
    lists, faulty = ListForms(posted, sheet, clauses), False
    meanwhile: dict[str, object] = {}
    if posted is not None and all([form.is_valid(), lists.is_valid()]):
        seen, typed, before = form.cleaned_data["revision"] or 0, typed_sheet(form, lists), read_seen(form.cleaned_data["seen"])
        form.attempt(
            actions.edit_programme, programme=current, written=form.written, lists=lists.lists, revision=seen,
            actor=request.actor, now=request.now,
        )  # fmt: skip
        if form.is_valid():
            messages.success(request, _("Đã lưu."))
            return redirect(request.path) if "more" in request.POST else to_programme(current)
        current = get_programme(request.actor, found, programme)
        if seen != current.revision:
            saved = saved_sheet(current)
            together = put_together(before, typed, saved)
            meanwhile = {"refusals": form.non_field_errors(), "both": told_both(together.both, clauses)}
            form, lists = ProgrammeForm.over(together.sheet, current.revision, saved), ListForms(None, together.sheet, clauses)
    elif posted is not None:
        faulty = not lists.is_valid()
    return show(
        request, found, "edit",
        part="programmes" if current.unit_id else "next_year", programme=current, form=form, lists=lists, faulty=faulty,
        **meanwhile,
    )  # fmt: skip


@require_POST
def present(request: HttpRequest, cluster: str, year: int, programme: int) -> HttpResponse:
    """Lay the programme before the leader."""
    found = year_of(request, cluster, year)
    current = get_programme(request.actor, found, programme)
    with refusal_told(request):
        actions.present_programme(programme=current, actor=request.actor, now=request.now)
        messages.success(request, _("Đã trình. Lãnh đạo đơn vị thấy việc này ở trang Việc của tôi."))
    return to_programme(current)


@require_POST
def withdraw(request: HttpRequest, cluster: str, year: int, programme: int) -> HttpResponse:
    """Take back what was presented."""
    found = year_of(request, cluster, year)
    current = get_programme(request.actor, found, programme)
    with refusal_told(request):
        actions.withdraw_programme(programme=current, actor=request.actor, now=request.now)
        messages.success(request, _("Đã rút trình. Sửa xong thì trình lại."))
    return to_programme(current)


@GET_POST
def return_programme(request: HttpRequest, cluster: str, year: int, programme: int) -> HttpResponse:
    """The leader sends the programme back with a reason."""
    found = year_of(request, cluster, year)
    current = get_programme(request.actor, found, programme)
    if current.unit_id is None:
        raise Absent
    require_member(found, current.unit)
    require_may_approve(request.actor, current)
    form = ReturnForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        form.attempt(
            actions.return_programme, programme=current, **form.cleaned_data, actor=request.actor, now=request.now
        )  # fmt: skip
        if form.is_valid():
            messages.success(request, _("Đã trả lại. Người soạn thấy lý do ở trang Việc của tôi."))
            return to_programme(current)
    return show(request, found, "return", programme=current, form=form, waits=current.presented_at is not None)


@require_POST
def discard(request: HttpRequest, cluster: str, year: int, programme: int) -> HttpResponse:
    """Throw a draft away."""
    found = year_of(request, cluster, year)
    current = get_programme(request.actor, found, programme)
    with refusal_told(request):
        actions.discard_programme(programme=current, actor=request.actor, now=request.now)
        messages.success(request, _("Đã bỏ dự thảo “%(title)s”.") % {"title": current.title})
        return redirect("programmes:programmes", found.cluster.slug, found.year)
    return to_programme(current)


@GET_POST
def approve(request: HttpRequest, cluster: str, year: int, programme: int) -> HttpResponse:
    """The leader reads the document and what is new in it, and approves it."""
    found = year_of(request, cluster, year)
    current = get_programme(request.actor, found, programme)
    if current.unit_id is None:
        raise Absent
    require_member(found, current.unit)
    by = require_may_approve(request.actor, current)
    content, version = shown_content(current, True)
    form = ApproveForm(request.POST) if request.method == "POST" else ApproveForm(initial={"digest": digest(content)})
    if request.method == "POST" and form.is_valid():
        made = form.attempt(
            actions.approve_programme, programme=current, **form.cleaned_data, actor=request.actor, now=request.now
        )
        if made is not None:
            messages.success(request, _("Đã duyệt bản %(number)s.") % {"number": made.number})
            return to_programme(current)
        data = form.data.copy()
        data["digest"] = digest(content)
        form.data = data
    form.fields["reason"].required = version is not None
    changes = told(queries.changes_since(version, content))
    return show(
        request, found, "approve",
        programme=current, content=content, version=version, changes=changes, form=form, by=by.using, digest=digest(content),
        ready=content.says_something and current.approved_digest != digest(content) and found.stage != Stage.CLOSED,
    )  # fmt: skip


def version_in(programme: Programme, number: int) -> ProgrammeVersion:
    """A version of the programme. Absent otherwise."""
    found = queries.version_of(programme, number)
    if found is None:
        raise Absent
    return found


@require_GET
def versions(request: HttpRequest, cluster: str, year: int, programme: int) -> HttpResponse:
    """All versions: who approved which when and why."""
    found = year_of(request, cluster, year)
    current = get_programme(request.actor, found, programme)
    return show(request, found, "versions", programme=current, versions=queries.versions_of(current), part=_part(current))


@require_GET
def version(request: HttpRequest, cluster: str, year: int, programme: int, number: int) -> HttpResponse:
    """One version as it was approved, and what is different from another (`?so-voi=`, the one before if not said)."""
    found = year_of(request, cluster, year)
    current = get_programme(request.actor, found, programme)
    kept = version_in(current, number)
    other = small_int(request.GET.get("so-voi", "")) if "so-voi" in request.GET else number - 1
    compared = queries.version_of(current, other) if other and other != number else None
    content = queries.content_in(kept)
    changes = told(difference(queries.content_in(compared), content)) if compared else []
    return show(
        request, found, "version",
        programme=current, kept=kept, content=content, compared=compared, changes=changes,
        others=[row for row in queries.versions_of(current) if row.number != number], part=_part(current),
    )  # fmt: skip


def _part(programme: Programme) -> str:
    return "programmes" if programme.unit_id else "next_year"


@require_GET
def paper(request: HttpRequest, cluster: str, year: int, programme: int, kind: str) -> HttpResponse:
    """The draft as DOCX or PDF, for those who read drafts."""
    found = year_of(request, cluster, year)
    current = get_programme(request.actor, found, programme)
    if not may_see_tasks(request.actor, found, current.unit_id):
        raise Absent
    content = queries.content_of(current)
    return paper_response(papers.programme_paper(current, content, None, ""), kind, f"du-thao-chuong-trinh-{current.pk}")


@require_GET
def version_paper(request: HttpRequest, cluster: str, year: int, programme: int, number: int, kind: str) -> HttpResponse:
    """A version as DOCX or PDF."""
    found = year_of(request, cluster, year)
    current = get_programme(request.actor, found, programme)
    kept = version_in(current, number)
    made = papers.programme_paper(current, queries.content_in(kept), kept, kept.digest)
    return paper_response(made, kind, f"chuong-trinh-{current.pk}-ban-{number}")
