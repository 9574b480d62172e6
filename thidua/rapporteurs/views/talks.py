"""Pages of talks: the list, a talk, planning, recording, counting, correcting."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from thidua.clusters.access import require_open
from thidua.clusters.models import ClusterYear
from thidua.kernel.errors import Forbidden
from thidua.kernel.ports import citing_url
from thidua.kernel.text import small_int
from thidua.rapporteurs.access import RECORD_TALK, get_talk, require_may_record_talk
from thidua.rapporteurs.actions import talks as actions
from thidua.rapporteurs.forms.talks import AudienceForm, FilterForm, MaterialForm, TalkEntryForm
from thidua.rapporteurs.models import CorpsMember, Talk
from thidua.rapporteurs.papers.talks import talks_workbook
from thidua.rapporteurs.queries import talks as queries
from thidua.rapporteurs.queries import topics
from thidua.rapporteurs.queries.feedback import feedback_of
from thidua.rapporteurs.views.place import filters_of, page, see_newest, year_of
from thidua.web.http import refusal_told

GET_POST = require_http_methods(["GET", "POST"])


def talk_of(request: HttpRequest, cluster: str, year: int, talk: int) -> tuple[ClusterYear, Talk]:
    """Year and talk of the address."""
    found = year_of(request, cluster, year)
    there = get_talk(found, talk)
    there.year = found
    return found, there


def to_talk(year: ClusterYear, talk: Talk) -> HttpResponse:
    """To the talk's page."""
    return redirect("rapporteurs:talk", year.cluster.slug, year.year, talk.pk)


def require_writer(request: HttpRequest, talk: Talk) -> None:
    """Refuses whoever may not write to the talk, and a closed year."""
    require_may_record_talk(request.actor, talk.year, talk.speaker)
    require_open(talk.year)


def _filter(request: HttpRequest, year: ClusterYear) -> FilterForm:
    data = request.GET.copy()
    data.setdefault("xep", "moi")
    return FilterForm(data, units=queries.bodies_of(year), speakers=queries.speakers_of(year), topics=topics.agreed_topics(year))


@require_GET
def talks(request: HttpRequest, cluster: str, year: int) -> HttpResponse:
    """The talks of the year with filters and sums."""
    found = year_of(request, cluster, year)
    form, today = _filter(request, found), localdate(request.now)
    wanted = form.wanted
    there = queries.listed(found, wanted, today)
    return page(
        request, found, "talks", form=form, wanted=wanted, rows=queries.page_of(there, request.GET.get("trang", "")),
        totals=queries.totals_of(there), today=today, filters=filters_of(request),
        records=queries.may_record_some(request.actor, found),
    )  # fmt: skip


@require_GET
def talks_xlsx(request: HttpRequest, cluster: str, year: int) -> HttpResponse:
    """The same as a workbook, all pages."""
    found = year_of(request, cluster, year)
    there = queries.listed(found, _filter(request, found).wanted, localdate(request.now))
    return talks_workbook(found, there, queries.totals_of(there))


def _speakers(request: HttpRequest, year: ClusterYear, keep: int | None = None) -> list[CorpsMember]:
    """Rapporteurs whom the person may choose; Forbidden for one who records nobody's talks."""
    speakers = queries.speakers_for(request.actor, year, keep)
    if not speakers and not queries.may_record_some(request.actor, year):
        raise Forbidden("people.not_allowed", action=RECORD_TALK.title)
    return speakers


@GET_POST
def record_talk(request: HttpRequest, cluster: str, year: int) -> HttpResponse:
    """Plan or record a talk; `?chu-de=` ticks a topic, `?bao-cao-vien=` chooses a speaker."""
    found = year_of(request, cluster, year)
    require_open(found)
    given: dict[str, Any] = {"speakers": _speakers(request, found), "topics": topics.topics_offered(found)}
    if request.method == "POST":
        form = TalkEntryForm(request.POST, year=found.year, **given)
    else:
        asked = {name: small_int(request.GET.get(word, "")) for name, word in (("speaker", "bao-cao-vien"), ("topic", "chu-de"))}
        form = TalkEntryForm(initial={"speaker": asked["speaker"], "topics": [asked["topic"]]}, year=found.year, **given)
    twin = None
    if request.method == "POST" and form.is_valid():
        wanted, again = form.values, form.cleaned_data["again"]
        made = form.attempt(
            actions.record_talk, year=found, values=wanted, actor=request.actor, now=request.now, again=again
        )  # fmt: skip
        if made is not None:
            messages.success(request, _("Đã ghi buổi tuyên truyền.") if made.held else _("Đã ghi buổi dự kiến."))
            return to_talk(found, made)
        if "again" in form.errors:
            twin = next(iter(queries.twins_of(found, wanted.speaker, wanted.held_on, wanted.place)), None)
    sets = topics.may_set(request.actor, found)
    return page(request, found, "talk_form", form=form, twin=twin, today=localdate(request.now), sets=sets, **given)


@require_GET
def talk(request: HttpRequest, cluster: str, year: int, talk: int) -> HttpResponse:
    """A talk with everything that belongs to it."""
    found, there = talk_of(request, cluster, year, talk)
    return talk_page(request, found, there, MaterialForm())


def talk_page(request: HttpRequest, year: ClusterYear, there: Talk, form: MaterialForm) -> HttpResponse:
    """The page of a talk; with `form` bound, what was wrong about an upload."""
    cites = there.held and citing_url(request.actor, year, there.unit_id, "talk", there.pk)
    return page(
        request, year, "talk", talk=there, detail=queries.detail_of(there), form=form, citing=cites or "",
        records=queries.may_record(request.actor, there), today=localdate(request.now),
        feedback=feedback_of(there, request.actor, request.now),
    )  # fmt: skip


@GET_POST
def edit_talk(request: HttpRequest, cluster: str, year: int, talk: int) -> HttpResponse:
    """Change a planned talk, correct one that was held; when someone saved meanwhile, what is saved is shown beside."""
    found, there = talk_of(request, cluster, year, talk)
    require_writer(request, there)
    kept = tuple(topic.pk for topic in there.topics.all())
    given: dict[str, Any] = {
        "speakers": queries.speakers_for(request.actor, found, there.speaker_id), "topics": topics.topics_offered(found, kept),
    }  # fmt: skip
    if request.method == "POST":
        form = TalkEntryForm(request.POST, year=found.year, correcting=there.held, **given)
    else:
        form = TalkEntryForm.of(there, year=found.year, **given)
    stale = False
    if request.method == "POST" and form.is_valid():
        seen = form.cleaned_data["revision"] or 0
        made = form.attempt(
            actions.edit_talk, talk=there, values=form.values, revision=seen, reason=form.cleaned_data.get("reason", ""),
            actor=request.actor, now=request.now,
        )  # fmt: skip
        if made is not None:
            messages.success(request, _("Đã lưu buổi tuyên truyền."))
            return to_talk(found, made)
        stale = seen != there.revision
        see_newest(form, "revision", there.revision)
    detail = queries.detail_of(there) if stale else None
    return page(request, found, "talk_form", form=form, talk=there, stale=stale, detail=detail, **given)


@GET_POST
def count_audience(request: HttpRequest, cluster: str, year: int, talk: int) -> HttpResponse:
    """Write how many listened to a planned talk."""
    found, there = talk_of(request, cluster, year, talk)
    require_writer(request, there)
    if there.held:
        messages.info(request, _("Buổi này đã ghi số người dự. Muốn sửa, hãy bấm “Đính chính”."))
        return to_talk(found, there)
    form = AudienceForm(request.POST or None, initial={"revision": there.revision})
    if request.method == "POST" and form.is_valid():
        seen = form.cleaned_data["revision"] or 0
        made = form.attempt(
            actions.count_audience, talk=there, audience=form.audience, revision=seen, actor=request.actor, now=request.now
        )
        if made is not None:
            messages.success(request, _("Đã ghi số người dự."))
            return to_talk(found, made)
        see_newest(form, "revision", there.revision)
    return page(request, found, "talk_audience", form=form, talk=there, detail=queries.detail_of(there))


@require_POST
def remove_talk(request: HttpRequest, cluster: str, year: int, talk: int) -> HttpResponse:
    """Take out a planned talk."""
    found, there = talk_of(request, cluster, year, talk)
    with refusal_told(request):
        actions.remove_talk(talk=there, actor=request.actor, now=request.now)
        messages.success(request, _("Đã xoá buổi dự kiến."))
        return redirect("rapporteurs:talks", cluster, year)
    return to_talk(found, there)
