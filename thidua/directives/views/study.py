"""Pages of study: the year's table, a unit's sessions and its members, a session."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from thidua.clusters.access import require_open
from thidua.clusters.models import ClusterYear
from thidua.directives.access import get_session, get_unit, require_may_study
from thidua.directives.actions import study as actions
from thidua.directives.forms.study import ListForm, RemoveForm, SessionForm, SizeForm
from thidua.directives.models import StudyForm, StudySession
from thidua.directives.queries import study as queries
from thidua.directives.rules.certificates import MOST_NAMES
from thidua.directives.views.place import filters_of, note_of, number_in, page, see_newest, year_of
from thidua.kernel.ports import citing_url
from thidua.people.models import Organisation
from thidua.web.workbook import workbook_response

GET_POST = require_http_methods(["GET", "POST"])
MOST_EXPORTED = 100_000


def place_of(request: HttpRequest, cluster: str, year: int, unit: str) -> tuple[ClusterYear, Organisation]:
    """Year and unit of the address."""
    found = year_of(request, cluster, year)
    return found, get_unit(found, unit)


def session_of(request: HttpRequest, cluster: str, year: int, unit: str, session: int) -> tuple[ClusterYear, StudySession]:
    """Year and session of the address; with documents and counts read."""
    found, organisation = place_of(request, cluster, year, unit)
    get_session(found, organisation, session)
    return found, queries.sessions_of(found, organisation).get(pk=session)


def _require_writer(request: HttpRequest, year: ClusterYear, unit: Organisation) -> None:
    require_may_study(request.actor, year, unit.pk)
    require_open(year)


@require_GET
def summary(request: HttpRequest, cluster: str, year: int) -> HttpResponse:
    """The table document × unit of the year."""
    found = year_of(request, cluster, year)
    blanks_only = request.GET.get("loc") == "con-trong"
    table = queries.summary_of(found, request.GET.get("trang", ""), blanks_only=blanks_only)
    own = queries.own_units(found, request.actor)
    return page(request, found, "study", table=table, blanks_only=blanks_only, filters=filters_of(request), own=own)


@require_GET
def summary_workbook(request: HttpRequest, cluster: str, year: int) -> HttpResponse:
    """The same as a workbook: shares in percent, blanks as words, all pages."""
    found = year_of(request, cluster, year)
    table = queries.summary_of(found, "1", blanks_only=request.GET.get("loc") == "con-trong", per_page=MOST_EXPORTED)
    headers = [_("Văn bản"), *[unit.name_vi for unit in table.units], _("Tỷ lệ chung (%)"), _("Chưa học")]
    rows: list[list[object]] = [
        [row.directive.name, *map(_box_value, row.boxes), row.total.share, row.blanks] for row in table.rows
    ]
    rows.append([_("Số buổi trong năm"), *[reach.sessions for reach in table.totals], table.total.sessions])
    rows.append([_("Lượt người dự"), *[reach.attended for reach in table.totals], table.total.attended])
    rows.append([_("Số đảng viên"), *table.sizes, table.total.size])
    title = _("Học tập, quán triệt năm %(year)d: tỷ lệ đảng viên (%%)") % {"year": found.year}
    return workbook_response(f"hoc-tap-{found.year}", title, headers, rows, note_of(found))


def _box_value(box: queries.Box) -> object:
    if box.state == "blank":
        return _("chưa học")
    if box.state == "":
        return ""
    return _("đã học") if box.reach.share is None else box.reach.share


@require_GET
def unit_study(request: HttpRequest, cluster: str, year: int, unit: str) -> HttpResponse:
    """A unit's sessions of the year, and its number of members."""
    found, organisation = place_of(request, cluster, year, unit)
    return _unit_page(request, found, organisation)


def _unit_page(request: HttpRequest, year: ClusterYear, unit: Organisation, size_form: SizeForm | None = None) -> HttpResponse:
    wanted = _wanted(request)
    size = queries.sizes_of(year).get(unit.pk)
    return page(
        request, year, "unit_study", status=422 if size_form else 200,
        unit=unit, sessions=queries.page_of_sessions(year, unit, wanted, request.GET.get("trang", "")), wanted=wanted,
        documents=queries.documents_of_unit(year, unit), total=queries.total_of_unit(year, unit), forms_of=StudyForm.choices,
        filters=filters_of(request), may_study=queries.may_study(request.actor, year, unit), size=size,
        size_form=size_form or SizeForm.of(size),
    )  # fmt: skip


def _wanted(request: HttpRequest) -> queries.SessionFilter:
    return queries.SessionFilter(request.GET.get("hinh-thuc", ""), number_in(request, "van-ban"), request.GET.get("xep") == "cu")


@require_GET
def unit_workbook(request: HttpRequest, cluster: str, year: int, unit: str) -> HttpResponse:
    """The unit's sessions as a workbook, with the filters of the address."""
    found, organisation = place_of(request, cluster, year, unit)
    headers = [
        _("Ngày"), _("Văn bản"), _("Hình thức"), _("Báo cáo viên"), _("Địa điểm"), _("Mời"), _("Dự"),
        _("Đảng viên dự"), _("Ghi chú"),
    ]  # fmt: skip
    rows = [
        [
            date_format(line.session.held_on), "; ".join(document.name for document in line.documents),
            line.session.get_form_display(), line.session.speaker, line.session.place,
            line.invited, line.attended, line.members, line.session.note,
        ]
        for line in map(queries.line_of, queries.filtered_sessions(found, organisation, _wanted(request)))
    ]  # fmt: skip
    title = _("Các buổi học tập, quán triệt của %(unit)s, năm %(year)d") % {"unit": organisation.name_vi, "year": found.year}
    return workbook_response(f"hoc-tap-{organisation.slug}-{found.year}", title, headers, rows, note_of(found))


@require_POST
def set_size(request: HttpRequest, cluster: str, year: int, unit: str) -> HttpResponse:
    """Enter the unit's number of members."""
    found, organisation = place_of(request, cluster, year, unit)
    _require_writer(request, found, organisation)
    form = SizeForm(request.POST)
    if form.is_valid():
        form.attempt(actions.set_size, year=found, unit=organisation, **form.cleaned_data, actor=request.actor, now=request.now)
        if form.is_valid():
            messages.success(request, _("Đã lưu số đảng viên; các tỷ lệ được tính lại."))
            return redirect("directives:unit_study", found.cluster.slug, found.year, organisation.slug)
        see_newest(form, "seen", queries.sizes_of(found).get(organisation.pk))
    return _unit_page(request, found, organisation, form)


@GET_POST
def record_session(request: HttpRequest, cluster: str, year: int, unit: str) -> HttpResponse:
    """Record a session; `?van-ban=` ticks the document it came from."""
    found, organisation = place_of(request, cluster, year, unit)
    _require_writer(request, found, organisation)
    chosen = [pk] if (pk := number_in(request, "van-ban")) else []
    offered = queries.offered(found, organisation, chosen)
    if request.method == "POST":
        form = SessionForm(request.POST, year=found, offered=offered)
    else:
        form = SessionForm(year=found, offered=offered, initial={"directives": chosen})
    if request.method == "POST" and form.is_valid():
        made = form.attempt(
            actions.record_session, year=found, unit=organisation, values=form.values, actor=request.actor, now=request.now
        )
        if made is not None:
            messages.success(request, _("Đã ghi buổi học tập, quán triệt."))
            return _to_session(found, made)
    return page(request, found, "session_form", unit=organisation, form=form)


def _to_session(year: ClusterYear, session: StudySession) -> HttpResponse:
    return redirect("directives:session", year.cluster.slug, year.year, session.unit.slug, session.pk)


@require_GET
def session(request: HttpRequest, cluster: str, year: int, unit: str, session: int) -> HttpResponse:
    """A session with its counts, its list of certificates, and the link that cites it."""
    found, row = session_of(request, cluster, year, unit, session)
    return session_page(request, found, row)


def session_page(
    request: HttpRequest, year: ClusterYear, row: StudySession, *, list_form: ListForm | None = None, **context: object
) -> HttpResponse:
    """The page of a session; with `list_form` bound, what was wrong about an upload."""
    return page(
        request, year, "session", status=422 if list_form else 200,
        unit=row.unit, line=queries.line_of(row), session=row, list_form=list_form or ListForm(),
        may_study=queries.may_study(request.actor, year, row.unit), most_names=MOST_NAMES,
        citing=citing_url(request.actor, year, row.unit_id, "study", row.pk), **context,
    )  # fmt: skip


@GET_POST
def edit_session(request: HttpRequest, cluster: str, year: int, unit: str, session: int) -> HttpResponse:
    """Change a session; when someone saved meanwhile, what is saved is shown beside what was typed."""
    found, row = session_of(request, cluster, year, unit, session)
    _require_writer(request, found, row.unit)
    offered = queries.offered(found, row.unit, [document.pk for document in row.directives.all()])
    if request.method == "POST":
        form = SessionForm(request.POST, year=found, offered=offered)
    else:
        form = SessionForm.of(row, year=found, offered=offered)
    stale = False
    if request.method == "POST" and form.is_valid():
        seen = form.cleaned_data["revision"] or 0
        made = form.attempt(
            actions.edit_session, session=row, values=form.values, revision=seen, actor=request.actor, now=request.now
        )
        if made is not None:
            messages.success(request, _("Đã lưu buổi học tập, quán triệt."))
            return _to_session(found, row)
        stale = seen != row.revision
        see_newest(form, "revision", row.revision)
    return page(request, found, "session_form", unit=row.unit, form=form, session=row, line=queries.line_of(row), stale=stale)


@GET_POST
def remove_session(request: HttpRequest, cluster: str, year: int, unit: str, session: int) -> HttpResponse:
    """Take a session out, with a reason."""
    found, row = session_of(request, cluster, year, unit, session)
    _require_writer(request, found, row.unit)
    form = RemoveForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        form.attempt(actions.remove_session, session=row, **form.cleaned_data, actor=request.actor, now=request.now)
        if form.is_valid():
            messages.success(request, _("Đã bỏ buổi học tập; nhật ký giữ lại số liệu và lý do."))
            return redirect("directives:unit_study", found.cluster.slug, found.year, row.unit.slug)
    return page(request, found, "remove_session", unit=row.unit, form=form, session=row, line=queries.line_of(row))
