"""Pages of rounds: the grid of who has sent, a round, a unit's collaborators; setting and changing rounds. No counts anywhere."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from thidua.clusters.access import get_year_visible_to, may, require_open
from thidua.clusters.models import ClusterYear
from thidua.clusters.rules import Stage
from thidua.kernel.text import small_int
from thidua.rapporteurs.access import SET_ROUNDS, get_round, get_unit, require_may_set_rounds
from thidua.rapporteurs.actions import rounds as actions
from thidua.rapporteurs.forms.rounds import EditRoundForm, LayOutRoundsForm, NewRoundForm
from thidua.rapporteurs.models import Rhythm, Round
from thidua.rapporteurs.queries import round_grid as grids
from thidua.rapporteurs.queries import rounds as queries
from thidua.rapporteurs.rules.rounds import QUARTERS, due_after, proposal
from thidua.rapporteurs.views.place import filters_of, note_of, page
from thidua.web.http import refusal_told
from thidua.web.workbook import workbook_response

GET_POST = require_http_methods(["GET", "POST"])
PAGE = 50
USUAL_DAYS = 5
STATES = {"missing": gettext_lazy("quá hạn chưa gửi"), "late": gettext_lazy("gửi chậm")}
WHOLE_YEAR = "nam"


def round_in(request: HttpRequest, cluster: str, year: int, round: int) -> Round:
    """The round of an address with its year, for whoever sees the year."""
    found = get_year_visible_to(request.actor, cluster, year)
    asked = get_round(found, round)
    asked.year = found
    return asked


def _runs(request: HttpRequest, year: ClusterYear) -> bool:
    """Whether this person sets rounds now; for showing a button. The action asks again."""
    return year.stage != Stage.CLOSED and may(SET_ROUNDS, request.actor, year)


def _for_runners(request: HttpRequest, cluster: str, year: int) -> ClusterYear:
    """The open year, for those who set its rounds."""
    found = get_year_visible_to(request.actor, cluster, year)
    require_may_set_rounds(request.actor, found)
    require_open(found)
    return found


def _grid(request: HttpRequest, year: ClusterYear) -> tuple[grids.Grid, dict[str, str]]:
    rhythm, state = request.GET.get("loai", ""), request.GET.get("tinh-trang", "")
    chosen = {"rhythm": rhythm if rhythm in Rhythm.values else "", "state": state if state in grids.STATES else ""}
    return grids.grid(request.actor, year, localdate(request.now), **chosen), chosen


@require_GET
def rounds(request: HttpRequest, cluster: str, year: int) -> HttpResponse:
    """Who has sent what: the grid unit × round."""
    found = get_year_visible_to(request.actor, cluster, year)
    grid, chosen = _grid(request, found)
    return page(
        request, found, "rounds", grid=grid, chosen=chosen, runs=_runs(request, found), rhythms=Rhythm.choices,
        states=STATES.items(), query=request.GET.urlencode(),
    )  # fmt: skip


@require_GET
def rounds_workbook(request: HttpRequest, cluster: str, year: int) -> HttpResponse:
    """The grid as it is filtered, as XLSX."""
    found = get_year_visible_to(request.actor, cluster, year)
    grid, _chosen = _grid(request, found)
    title = _("Cộng tác viên gửi báo cáo – %(year)s") % {"year": found}
    headers = [_("Đơn vị"), *(f"{head.title}\n{_('hạn')} {head.round.due_on:%d-%m-%Y}" for head in grid.heads)]
    name = f"ky-bao-cao-cong-tac-vien-{found.cluster.slug}-{found.year}"
    return workbook_response(name, title, headers, grids.table_of(grid), note_of(found))


def _list(request: HttpRequest, asked: Round) -> tuple[grids.RoundList, dict[str, str]]:
    unit, state = request.GET.get("don-vi", ""), request.GET.get("tinh-trang", "")
    chosen = {"unit": unit, "state": state if state in grids.STATES else ""}
    return grids.round_list(request.actor, asked, asked.year, localdate(request.now), **chosen), chosen


@require_GET
def one_round(request: HttpRequest, cluster: str, year: int, round: int) -> HttpResponse:
    """What a round asks for, and who has sent it."""
    asked = round_in(request, cluster, year, round)
    found, chosen = _list(request, asked)
    rows = Paginator(found.rows, PAGE).get_page(request.GET.get("trang"))
    runs, gathered = _runs(request, asked.year), queries.is_gathered(asked)
    return page(
        request, asked.year, "round", asked=asked, topics=queries.topics_of(asked), found=found, rows=rows, chosen=chosen,
        states=STATES.items(), filters=filters_of(request), query=request.GET.urlencode(), runs=runs, gathered=gathered,
        own=[row for row in found.rows if row.counts and not row.stand.sent and row.member.post_id],
        removable=runs and not found.sent and not gathered,
    )  # fmt: skip


@require_GET
def round_workbook(request: HttpRequest, cluster: str, year: int, round: int) -> HttpResponse:
    """A round's list as it is filtered, as XLSX."""
    asked = round_in(request, cluster, year, round)
    found, _chosen = _list(request, asked)
    headers = [_("Đơn vị"), _("Họ tên"), _("Chức vụ"), _("Tình trạng")]
    name = f"ky-bao-cao-{asked.year.cluster.slug}-{asked.year.year}-{asked.pk}"
    return workbook_response(name, asked.title, headers, grids.list_table(found), note_of(asked.year))


def _unit_page(request: HttpRequest, year: ClusterYear, slug: str) -> tuple[grids.UnitPage, dict[str, Any]]:
    unit, asked = get_unit(year, slug), request.GET.get("quy", "")
    today = localdate(request.now)
    quarter = None if asked == WHOLE_YEAR else small_int(asked) or grids.quarter_of(year, today)
    quarter = quarter if quarter in range(1, 5) else None
    return grids.unit_page(request.actor, year, unit, today, quarter), {"unit": unit, "quarter": quarter}


@require_GET
def round_unit(request: HttpRequest, cluster: str, year: int, unit: str) -> HttpResponse:
    """A unit's collaborators over the rounds of a quarter, and how punctual they are. `?quy=3`, or `nam` for the whole year."""
    found = get_year_visible_to(request.actor, cluster, year)
    table, chosen = _unit_page(request, found, unit)
    rows = Paginator(table.rows, PAGE).get_page(request.GET.get("trang"))
    return page(
        request, found, "round_unit", table=table, rows=rows, quarters=list(enumerate(QUARTERS, 1)), whole=WHOLE_YEAR,
        filters=filters_of(request), query=request.GET.urlencode(), **chosen,
    )  # fmt: skip


@require_GET
def round_unit_workbook(request: HttpRequest, cluster: str, year: int, unit: str) -> HttpResponse:
    """A unit's collaborators as the page shows them, as XLSX."""
    found = get_year_visible_to(request.actor, cluster, year)
    table, chosen = _unit_page(request, found, unit)
    title = _("Cộng tác viên của %(unit)s gửi báo cáo") % {"unit": chosen["unit"].name_vi}
    counted = [_("Kỳ phải gửi"), _("Kỳ đã gửi"), _("Kỳ đúng hạn")]
    headers = [_("Họ tên"), _("Chức vụ"), *(head.title for head in table.heads), *counted]
    name = f"cong-tac-vien-{unit}-{found.year}"
    return workbook_response(name, title, headers, grids.unit_table(table), note_of(found))


# ---- setting and changing rounds ----


@GET_POST
def new_round(request: HttpRequest, cluster: str, year: int) -> HttpResponse:
    """Ask the collaborators for a report. `?ky=monthly:3` fills in what March proposes."""
    found = _for_runners(request, cluster, year)
    choices = queries.choices_of(found)
    key = request.GET.get("ky") or queries.next_choice(choices, localdate(request.now))
    form = NewRoundForm(request.POST or None, initial=_proposed(found, key), offered=queries.agreed_topics(found))
    if request.method == "POST" and form.is_valid():
        made = form.attempt(
            actions.set_round, year=found, rhythm=form.cleaned_data["rhythm"], value=form.value, actor=request.actor,
            now=request.now,
        )  # fmt: skip
        if made is not None:
            messages.success(request, _("Đã đặt kỳ “%(title)s”.") % {"title": made.title})
            return redirect(queries.round_address("round", found, made.pk))
    return page(request, found, "round_new", form=form, choices=choices, key=key)


def _proposed(year: ClusterYear, key: str) -> dict[str, Any]:
    """What the form starts with for "monthly:3"; for an ad hoc round, and for what is no round, empty fields."""
    rhythm, _colon, number = key.partition(":")
    if rhythm not in Rhythm.values or rhythm == Rhythm.AD_HOC:
        return {"rhythm": Rhythm.AD_HOC}
    found = proposal(rhythm, year.year, small_int(number) or 0)
    return {
        "rhythm": rhythm, "title": found.title, "starts_on": found.starts_on, "ends_on": found.ends_on,
        "due_on": due_after(found.ends_on, USUAL_DAYS),
    }  # fmt: skip


@GET_POST
def lay_out_rounds(request: HttpRequest, cluster: str, year: int) -> HttpResponse:
    """All months or quarters of the year in one step."""
    found = _for_runners(request, cluster, year)
    form = LayOutRoundsForm(request.POST or None, offered=queries.agreed_topics(found))
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        made = form.attempt(
            actions.lay_out_rounds, year=found, rhythm=typed["rhythm"], days=typed["days"], topics=form.chosen,
            actor=request.actor, now=request.now,
        )  # fmt: skip
        if made is not None:
            messages.success(request, ngettext("Đã lập %(n)d kỳ.", "Đã lập %(n)d kỳ.", len(made)) % {"n": len(made)})
            return redirect(queries.round_address("rounds", found))
    return page(request, found, "round_lay_out", form=form)


@GET_POST
def edit_round(request: HttpRequest, cluster: str, year: int, round: int) -> HttpResponse:
    """Change a round; another due day needs a reason."""
    _for_runners(request, cluster, year)
    asked = round_in(request, cluster, year, round)
    chosen = list(asked.topics.all())
    offered = list(dict.fromkeys([*queries.agreed_topics(asked.year), *chosen]))
    posted = request.method == "POST"
    form = EditRoundForm(request.POST, offered=offered) if posted else EditRoundForm.of(asked, chosen, offered)
    clash = None
    if posted and form.is_valid():
        typed = form.cleaned_data
        form.attempt(
            actions.edit_round, asked=asked, value=form.value, reason=typed["reason"], revision=typed["revision"],
            actor=request.actor, now=request.now,
        )  # fmt: skip
        if form.is_valid():
            messages.success(request, _("Đã lưu kỳ."))
            return redirect(queries.round_address("round", asked.year, asked.pk))
        clash = _newest(form, asked)
    return page(
        request, asked.year, "round_edit", form=form, asked=asked, fixed=queries.is_fixed(asked), clash=clash,
        clash_topics=queries.topics_of(clash) if clash else [],
    )  # fmt: skip


def _newest(form: EditRoundForm, there: Round) -> Round | None:
    """What someone else has saved since, to be shown beside what was typed; from now on it is what was seen."""
    newest = Round.objects.get(pk=there.pk)
    if newest.revision == form.cleaned_data["revision"]:
        return None
    data = form.data.copy()
    data["revision"] = str(newest.revision)
    form.data = data
    return newest


@require_POST
def remove_round(request: HttpRequest, cluster: str, year: int, round: int) -> HttpResponse:
    """Take back a round to which nobody has sent a report."""
    asked = round_in(request, cluster, year, round)
    title = asked.title
    with refusal_told(request):
        actions.remove_round(asked=asked, actor=request.actor, now=request.now)
        messages.success(request, _("Đã xoá kỳ “%(title)s”.") % {"title": title})
        return redirect(queries.round_address("rounds", asked.year))
    return redirect(queries.round_address("round", asked.year, round))
