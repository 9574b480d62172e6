"""One member: the page, entering, editing, terms, leaving."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from thidua.clusters.access import require_open
from thidua.clusters.models import ClusterYear
from thidua.clusters.rules import Stage
from thidua.kernel.errors import Absent
from thidua.people.models import Organisation
from thidua.rapporteurs.access import get_member, get_unit, require_may_keep_corps
from thidua.rapporteurs.actions import corps as actions
from thidua.rapporteurs.forms.corps import EditForm, EnterForm, LeaveForm, ReasonForm, TermForm
from thidua.rapporteurs.models import CorpsKind, CorpsMember, Term, TermKind
from thidua.rapporteurs.queries import corps as queries
from thidua.rapporteurs.queries.member import member_page
from thidua.rapporteurs.rules.corps import ONE_DAY, day_of_year
from thidua.rapporteurs.views.place import page, year_of
from thidua.web.forms import Form
from thidua.web.http import refusal_told

GET_POST = require_http_methods(["GET", "POST"])


def unit_desk(request: HttpRequest, cluster: str, year: int, unit: str) -> tuple[ClusterYear, Organisation]:
    """Year and unit of the address, for one who may keep the unit's corps now."""
    found = year_of(request, cluster, year)
    organisation = get_unit(found, unit)
    require_may_keep_corps(request.actor, found, organisation.pk)
    require_open(found)
    return found, organisation


def _desk(request: HttpRequest, cluster: str, year: int, member: int) -> tuple[ClusterYear, CorpsMember]:
    """Year and member of the address, for one who may keep that corps now."""
    found = year_of(request, cluster, year)
    row = get_member(found, member)
    require_may_keep_corps(request.actor, found, row.unit_id)
    require_open(found)
    return found, row


def _term_desk(request: HttpRequest, cluster: str, year: int, member: int, term: int) -> tuple[ClusterYear, CorpsMember, Term]:
    found, row = _desk(request, cluster, year, member)
    kept = Term.objects.filter(member=row, pk=term).first()
    if kept is None:
        raise Absent
    kept.member = row
    return found, row, kept


def _to(year: ClusterYear, member: CorpsMember) -> HttpResponse:
    return redirect("rapporteurs:member", year.cluster.slug, year.year, member.pk)


def _newest(member: CorpsMember, form: Form) -> CorpsMember | None:
    """After a refusal: the member as saved now when someone saved since the form was opened; the form then holds the newest
    revision, so that saving again is a decision. None otherwise."""
    saved = queries.with_terms(CorpsMember.objects.select_related("unit", "post")).filter(pk=member.pk).first()
    if not form.is_bound or saved is None or form.data.get("revision") == str(saved.revision):
        return None
    data = form.data.copy()
    data["revision"] = str(saved.revision)
    form.data = data
    return saved


@require_GET
def member(request: HttpRequest, cluster: str, year: int, member: int) -> HttpResponse:
    """A member: who they are, terms, and what they did in the year."""
    found = year_of(request, cluster, year)
    row = get_member(found, member)
    today = localdate(request.now)
    day = day_of_year(found.year, today)
    keeps = found.stage != Stage.CLOSED and bool(queries.kept_units(request.actor, found, [row.unit]))
    return page(
        request, found, "member",
        member=row, shown=member_page(found, row, day, today), day=day, past=day < today, keeps=keeps,
        speaks=row.kind == CorpsKind.RAPPORTEUR,
    )  # fmt: skip


@GET_POST
def enter(request: HttpRequest, cluster: str, year: int, unit: str) -> HttpResponse:
    """Enter someone, with the decision when it is known."""
    found, organisation = unit_desk(request, cluster, year, unit)
    posts = queries.posts_for(organisation)
    form = EnterForm(request.POST or None, posts=posts, today=localdate(request.now))
    if request.method == "POST" and form.is_valid():
        made = form.attempt(
            actions.enter_member, year=found, unit=organisation, values=form.member_values, term=form.term, actor=request.actor,
            now=request.now,
        )  # fmt: skip
        if made is not None:
            messages.success(request, _("Đã ghi %(name)s vào đội ngũ.") % {"name": made.name})
            return _to(found, made)
    return page(request, found, "member_enter", form=form, unit=organisation)


@GET_POST
def edit(request: HttpRequest, cluster: str, year: int, member: int) -> HttpResponse:
    """Edit what is written of a member."""
    found, row = _desk(request, cluster, year, member)
    posts = queries.posts_for(row.unit, row)
    form = EditForm(request.POST, posts=posts) if request.method == "POST" else EditForm.of(row, posts)
    if request.method == "POST" and form.is_valid():
        saved = form.attempt(
            actions.edit_member, year=found, member=row, values=form.member_values,
            revision=form.cleaned_data["revision"] or 0, actor=request.actor, now=request.now,
        )  # fmt: skip
        if saved is not None:
            messages.success(request, _("Đã lưu thông tin của %(name)s.") % {"name": saved.name})
            return _to(found, saved)
    return page(request, found, "member_edit", form=form, member=row, saved=_newest(row, form))


@GET_POST
def enter_term(request: HttpRequest, cluster: str, year: int, member: int) -> HttpResponse:
    """Enter a decision that appoints or renews."""
    found, row = _desk(request, cluster, year, member)
    today, others = localdate(request.now), queries.spans_of(row.terms.all())
    typed = {"data": request.POST} if request.method == "POST" else {"initial": _next_term(row)}
    form = TermForm(**typed, today=today, others=others)
    if request.method == "POST" and form.is_valid():
        made = form.attempt(
            actions.enter_term, year=found, member=row, values=form.term_values, revision=form.cleaned_data["revision"] or 0,
            actor=request.actor, now=request.now,
        )  # fmt: skip
        if made is not None:
            messages.success(request, _("Đã ghi quyết định %(decision)s.") % {"decision": made.decision})
            return _to(found, row)
    return page(request, found, "member_term", form=form, member=row, term=None, saved=_newest(row, form))


def _next_term(member: CorpsMember) -> dict[str, object]:
    """What a further term most likely says: it follows the last one."""
    last = member.terms.last()
    if last is None:
        return {"term_kind": TermKind.APPOINTMENT, "revision": member.revision}
    return {
        "term_kind": TermKind.RENEWAL, "starts_on": last.ends_on + ONE_DAY, "issuer": last.issuer, "revision": member.revision,
    }  # fmt: skip


@GET_POST
def edit_term(request: HttpRequest, cluster: str, year: int, member: int, term: int) -> HttpResponse:
    """Correct a decision or its term."""
    found, row, kept = _term_desk(request, cluster, year, member, term)
    today, others = localdate(request.now), queries.spans_of(row.terms.exclude(pk=kept.pk))
    posted = request.method == "POST"
    form = TermForm(request.POST, today=today, others=others) if posted else TermForm.of(kept, row.revision, today=today)
    if request.method == "POST" and form.is_valid():
        saved = form.attempt(
            actions.edit_term, year=found, term=kept, values=form.term_values, revision=form.cleaned_data["revision"] or 0,
            actor=request.actor, now=request.now,
        )  # fmt: skip
        if saved is not None:
            messages.success(request, _("Đã lưu quyết định %(decision)s.") % {"decision": saved.decision})
            return _to(found, row)
    return page(request, found, "member_term", form=form, member=row, term=kept, saved=_newest(row, form))


@GET_POST
def remove_term(request: HttpRequest, cluster: str, year: int, member: int, term: int) -> HttpResponse:
    """Take out a term entered by mistake."""
    found, row, kept = _term_desk(request, cluster, year, member, term)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        form.attempt(actions.remove_term, year=found, term=kept, **form.cleaned_data, actor=request.actor, now=request.now)
        if form.is_valid():
            messages.success(request, _("Đã bỏ quyết định %(decision)s.") % {"decision": kept.decision})
            return _to(found, row)
    return page(request, found, "member_term_remove", form=form, member=row, term=kept)


@GET_POST
def remove(request: HttpRequest, cluster: str, year: int, member: int) -> HttpResponse:
    """Take out somebody entered by mistake."""
    found, row = _desk(request, cluster, year, member)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        form.attempt(actions.remove_member, year=found, member=row, **form.cleaned_data, actor=request.actor, now=request.now)
        if form.is_valid():
            messages.success(request, _("Đã xoá %(name)s khỏi danh sách.") % {"name": row.name})
            return redirect("rapporteurs:corps", found.cluster.slug, found.year)
    return page(request, found, "member_remove", form=form, member=row)


@GET_POST
def leave(request: HttpRequest, cluster: str, year: int, member: int) -> HttpResponse:
    """Write that a member no longer belongs to the corps."""
    found, row = _desk(request, cluster, year, member)
    form = LeaveForm(request.POST) if request.method == "POST" else LeaveForm(initial={"revision": row.revision})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        left = form.attempt(
            actions.leave_corps, year=found, member=row, left_on=given["left_on"], reason=given["reason"],
            revision=given["revision"] or 0, actor=request.actor, now=request.now,
        )  # fmt: skip
        if left is not None:
            messages.success(request, _("Đã ghi %(name)s thôi tham gia.") % {"name": row.name})
            return _to(found, row)
    return page(request, found, "member_leave", form=form, member=row, saved=_newest(row, form))


@require_POST
def undo_leaving(request: HttpRequest, cluster: str, year: int, member: int) -> HttpResponse:
    """The leaving was a mistake."""
    found, row = _desk(request, cluster, year, member)
    with refusal_told(request):
        back = actions.undo_leaving(year=found, member=row, actor=request.actor, now=request.now)
        if row.post_id and not back.post_id:
            messages.warning(request, _("Đã huỷ. Chức vụ để đăng nhập nay thuộc người khác, hãy chọn lại ở “Sửa thông tin”."))
        else:
            messages.success(request, _("Đã huỷ việc thôi tham gia."))
    return _to(found, row)
