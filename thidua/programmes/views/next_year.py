"""Pages of the cluster's programme of the next year: draft, remarks, adoption at the conference, copies for the units."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from thidua.clusters.access import may, require_stage
from thidua.clusters.models import ClusterYear
from thidua.clusters.queries import members
from thidua.clusters.rules import Stage
from thidua.kernel.actor import Actor
from thidua.kernel.errors import Absent
from thidua.people.models import Organisation
from thidua.programmes import actions
from thidua.programmes.access import (
    ADOPT_NEXT_YEAR,
    DRAFT_NEXT_YEAR,
    REMARK,
    may_read_draft,
    require_may_adopt,
    require_may_draft_next_year,
)
from thidua.programmes.forms.documents import HandsForm, RemarkForm
from thidua.programmes.models import Programme, Remark
from thidua.programmes.queries import documents
from thidua.programmes.queries import next_year as queries
from thidua.programmes.queries.changes import told
from thidua.programmes.rules.content import digest
from thidua.programmes.views.documents import GET_POST, show, shown_content, year_of
from thidua.web.http import refusal_told


def _programme(year: ClusterYear) -> Programme:
    found = queries.programme_of_next_year(year)
    if found is None:
        raise Absent
    return found


def _back(year: ClusterYear) -> HttpResponse:
    return redirect("programmes:next_year", year.cluster.slug, year.year)


def _units_remarking(actor: Actor, year: ClusterYear) -> list[Organisation]:
    return [unit for unit in members(year) if may(REMARK, actor, year, unit.pk)]


@require_GET
def next_year(request: HttpRequest, cluster: str, year: int) -> HttpResponse:
    """Where the cluster's programme of the next year stands: text, remarks, adoption, copies; and the next step."""
    found = year_of(request, cluster, year)
    current = queries.programme_of_next_year(found)
    context: dict[str, object] = {"drafts": may(DRAFT_NEXT_YEAR, request.actor, found), "is_open": found.stage != Stage.CLOSED}
    if current is None or not may_read_draft(request.actor, current):
        return show(request, found, "next_year_none", part="next_year", in_writing=current is not None, **context)
    content, version = shown_content(current, True)
    following = queries.following_year(found)
    discussed = bool(current.presented_at) and not current.approved_version and found.stage != Stage.CLOSED
    return show(
        request, found, "next_year", part="next_year",
        programme=current, content=content, version=version, changes=told(documents.changes_since(version, content)),
        remarks=queries.remarks_of(current), discussed=discussed, form=RemarkForm(),
        in_conference=found.stage == Stage.CONFERENCE,
        units=_units_remarking(request.actor, found) if discussed else [], adopts=may(ADOPT_NEXT_YEAR, request.actor, found),
        following=following, without=queries.units_without_copy(current, following) if following and version else [],
        editable=context["is_open"] and (not version or found.stage == Stage.CONFERENCE), **context,
    )  # fmt: skip


@require_POST
def draft(request: HttpRequest, cluster: str, year: int) -> HttpResponse:
    """Begin the draft and go on to write it."""
    found = year_of(request, cluster, year)
    with refusal_told(request):
        made = actions.draft_next_year(year=found, actor=request.actor, now=request.now)
        return redirect("programmes:edit", found.cluster.slug, found.year, made.pk)
    return _back(found)


@require_POST
def open_remarks(request: HttpRequest, cluster: str, year: int) -> HttpResponse:
    """Ask the units."""
    found = year_of(request, cluster, year)
    with refusal_told(request):
        actions.open_for_remarks(programme=_programme(found), actor=request.actor, now=request.now)
        messages.success(request, _("Đã gửi dự thảo xin ý kiến các đơn vị."))
    return _back(found)


@require_POST
def remark(request: HttpRequest, cluster: str, year: int, unit: str) -> HttpResponse:
    """A remark of a unit. What was typed is kept when it is refused."""
    found = year_of(request, cluster, year)
    current = _programme(found)
    by_slug = {member.slug: member for member in members(found) if member.pk in request.actor.organisations(*REMARK.roles)}
    if unit not in by_slug:
        raise Absent
    form = RemarkForm(request.POST)
    if form.is_valid():
        form.attempt(
            actions.make_remark, programme=current, unit=by_slug[unit], **form.cleaned_data, actor=request.actor, now=request.now
        )
        if form.is_valid():
            messages.success(request, _("Đã gửi góp ý."))
            return _back(found)
    return show(request, found, "remark", part="next_year", form=form, unit=by_slug[unit], programme=current)


@GET_POST
def answer(request: HttpRequest, cluster: str, year: int, remark: int) -> HttpResponse:
    """The head's answer to a remark."""
    found = year_of(request, cluster, year)
    current = _programme(found)
    asked = Remark.objects.select_related("unit", "programme").filter(programme=current, pk=remark).first()
    if asked is None:
        raise Absent
    require_may_draft_next_year(request.actor, found)
    form = RemarkForm(request.POST if request.method == "POST" else None, initial={"text": asked.answer})
    form.fields["text"].label = _("Trả lời")
    if request.method == "POST" and form.is_valid():
        form.attempt(actions.answer_remark, remark=asked, **form.cleaned_data, actor=request.actor, now=request.now)
        if form.is_valid():
            messages.success(request, _("Đã trả lời góp ý của %(unit)s.") % {"unit": asked.unit.name_vi})
            return _back(found)
    return show(request, found, "answer", part="next_year", form=form, remark=asked, programme=current)


@GET_POST
def adopt(request: HttpRequest, cluster: str, year: int) -> HttpResponse:
    """Record the show of hands at the conference over the content that is shown."""
    found = year_of(request, cluster, year)
    current = _programme(found)
    require_may_adopt(request.actor, found)
    require_stage(found, Stage.CONFERENCE)
    content, version = shown_content(current, True)
    total = queries.count_of_members(found)
    start = {"digest": digest(content), "votes_against": 0, "votes_abstained": 0}
    form = HandsForm(request.POST if request.method == "POST" else None, initial=start)
    if request.method == "POST" and form.is_valid():
        form.attempt(
            actions.adopt_programme, programme=current, hands=form.hands, digest=form.cleaned_data["digest"],
            actor=request.actor, now=request.now,
        )  # fmt: skip
        if form.is_valid():
            messages.success(request, _("Đã ghi việc hội nghị thông qua chương trình."))
            return _back(found)
        data = form.data.copy()
        data["digest"] = digest(content)
        form.data = data
    changes = told(documents.changes_since(version, content))
    context = {"programme": current, "content": content, "version": version, "changes": changes, "form": form, "total": total}
    return show(request, found, "adopt", part="next_year", **context)


@require_POST
def copy(request: HttpRequest, cluster: str, year: int) -> HttpResponse:
    """Copy the adopted programme into the units of the following year."""
    found = year_of(request, cluster, year)
    with refusal_told(request):
        copied = actions.copy_into_units(programme=_programme(found), actor=request.actor, now=request.now)
        count, where = len(copied.made), {"year": copied.following.year}
        if count:
            words = ngettext(
                "Đã đưa chương trình về %(count)d đơn vị năm %(year)s.",
                "Đã đưa chương trình về %(count)d đơn vị năm %(year)s.",
                count,
            )
            messages.success(request, words % (where | {"count": count}))
        else:
            messages.info(request, _("Mọi đơn vị của năm %(year)s đã có bản của mình; không tạo thêm gì.") % where)
    return _back(found)
