"""Pages of the year's reports: the grid, periods, their items, the cluster's templates."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.forms import BaseFormSet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from thidua.clusters.access import get_year_visible_to, may, require_open
from thidua.clusters.models import ClusterYear
from thidua.clusters.queries import frame_of
from thidua.clusters.rules import Stage
from thidua.kernel.errors import Absent
from thidua.kernel.text import small_int
from thidua.reports import actions
from thidua.reports.access import SET_PERIODS, get_period, require_may_set_periods
from thidua.reports.forms.periods import (
    EditPeriodForm,
    LayOutForm,
    NewPeriodForm,
    RevisionForm,
    TemplateForm,
    items_formset,
    items_in,
)
from thidua.reports.models import PeriodKind, ReportPeriod, Template
from thidua.reports.queries import grid as grids
from thidua.reports.queries import periods as queries
from thidua.reports.queries.sources import figure_kinds
from thidua.reports.rules.periods import PROPOSED, PROPOSED_TITLE, DueRule, ItemValue, proposal
from thidua.web.forms import Form
from thidua.web.http import refusal_told
from thidua.web.workbook import workbook_response

GET_POST = require_http_methods(["GET", "POST"])
STATES = {
    "missing": gettext_lazy("quá hạn chưa nộp"),
    "to_receive": gettext_lazy("chờ tiếp nhận"),
    "returned": gettext_lazy("bị trả lại"),
    "late": gettext_lazy("nộp chậm"),
}


def page(request: HttpRequest, year: ClusterYear, template: str, status: int = 200, /, **context: Any) -> HttpResponse:
    """A page of the reports of the year."""
    frame = frame_of(request.actor, year, "reports")
    return render(request, f"reports/{template}.html", frame | context, status=status)


def period_in(request: HttpRequest, cluster: str, year: int, period: int) -> ReportPeriod:
    """The period of an address with its year, for whoever sees the year."""
    found = get_year_visible_to(request.actor, cluster, year)
    asked = get_period(found, period)
    asked.year = found
    return asked


def _for_the_head(request: HttpRequest, cluster: str, year: int) -> ClusterYear:
    """The open year, for those who set its periods."""
    found = get_year_visible_to(request.actor, cluster, year)
    require_may_set_periods(request.actor, found)
    require_open(found)
    return found


def _grid(request: HttpRequest, year: ClusterYear) -> tuple[grids.Grid, dict[str, str]]:
    kind, state = request.GET.get("loai", ""), request.GET.get("tinh-trang", "")
    chosen = {"kind": kind if kind in PeriodKind.values else "", "state": state if state in grids.STATES else ""}
    return grids.grid(request.actor, year, localdate(request.now), **chosen), chosen


@require_GET
def reports(request: HttpRequest, cluster: str, year: int) -> HttpResponse:
    """Who has submitted what: the grid unit × period, and the next step of this person."""
    found = get_year_visible_to(request.actor, cluster, year)
    grid, chosen = _grid(request, found)
    runs = may(SET_PERIODS, request.actor, found) and found.stage != Stage.CLOSED
    return page(
        request, found, "grid", grid=grid, chosen=chosen, runs=runs, kinds=PeriodKind.choices, states=STATES.items(),
        query=request.GET.urlencode(),
    )  # fmt: skip


@require_GET
def workbook(request: HttpRequest, cluster: str, year: int) -> HttpResponse:
    """The grid as it is filtered, as XLSX."""
    found = get_year_visible_to(request.actor, cluster, year)
    grid, _chosen = _grid(request, found)
    note = _("Số liệu minh hoạ") if found.illustrative else ""
    title = _("Tình hình nộp báo cáo – %(year)s") % {"year": found}
    headers = [_("Đơn vị"), *(f"{head.title}\n{_('hạn')} {head.period.due_on:%d-%m-%Y}" for head in grid.heads)]
    name = f"tinh-hinh-bao-cao-{found.cluster.slug}-{found.year}"
    return workbook_response(name, title, headers, grids.table_of(grid), note)


@require_GET
def period(request: HttpRequest, cluster: str, year: int, period: int) -> HttpResponse:
    """What a period asks for, and how each unit stands at it."""
    asked = period_in(request, cluster, year, period)
    rows = grids.rows_of(request.actor, asked, localdate(request.now))
    runs = may(SET_PERIODS, request.actor, asked.year) and asked.year.stage != Stage.CLOSED
    return page(
        request, asked.year, "period", period=asked, items=queries.items_of(asked), kinds=figure_kinds(asked.year), rows=rows,
        runs=runs, own=[row for row in rows if row.mine], came=sum(row.stand.came for row in rows),
        used=any(row.stand.kind != "absent" for row in rows),
    )  # fmt: skip


@GET_POST
def new_period(request: HttpRequest, cluster: str, year: int) -> HttpResponse:
    """Ask for a report. `?ky=month:3` fills in what March proposes."""
    found = _for_the_head(request, cluster, year)
    choices = queries.choices_of(found)
    key = request.GET.get("ky") or queries.next_choice(choices, localdate(request.now))
    origins = _origins(found)
    form = NewPeriodForm(request.POST or None, initial=_proposed(found, key), choices=origins)
    if request.method == "POST" and form.is_valid():
        made = form.attempt(
            actions.set_period, year=found, kind=form.cleaned_data["kind"], value=form.value,
            items=_items_from(found, form.cleaned_data["items_from"]), actor=request.actor, now=request.now,
        )  # fmt: skip
        if made is not None:
            messages.success(request, _("Đã đặt kỳ “%(title)s”. Hãy xem lại các mục.") % {"title": made.title})
            return redirect("reports:items", found.cluster.slug, found.year, made.pk)
    return page(request, found, "new_period", 422 if form.errors else 200, form=form, choices=choices, key=key)


def _proposed(year: ClusterYear, key: str) -> dict[str, Any]:
    """What the form starts with for "month:3"; for an ad hoc period, and for what is no period, empty fields."""
    kind, _colon, number = key.partition(":")
    last = ReportPeriod.objects.filter(year=year).order_by("-pk").first()
    held: dict[str, Any] = {"signer": last.signer if last else "", "kind": PeriodKind.AD_HOC}
    if kind in PeriodKind.values and kind != PeriodKind.AD_HOC:
        found = proposal(kind, year.year, small_int(number) or 0)
        due = DueRule(5, day_of_month=True).day_after(found.span.ends_on)
        held |= {
            "kind": kind,
            "title": found.title,
            "starts_on": found.span.starts_on,
            "ends_on": found.span.ends_on,
            "due_on": due,
        }
    return held


def _origins(year: ClusterYear) -> list[tuple[str, object]]:
    """Where items of a new period may come from: the cluster's templates, the proposal (unless the cluster has one of that
    title, which is what it has made of it), periods there are."""
    saved = queries.templates_of(year)
    templates = [(f"template:{template.pk}", _("Mẫu đã lưu: %s") % template.title) for template in saved]
    periods = [(f"period:{one.pk}", _("Kỳ đã có: %s") % one.title) for one in queries.periods_of(year)]
    if not {PROPOSED_TITLE, _(PROPOSED_TITLE)} & {template.title for template in saved}:
        templates.append(("proposed", _("Gợi ý của phần mềm: %s") % _(PROPOSED_TITLE)))
    return [*templates, *periods]


def _items_from(year: ClusterYear, origin: str) -> Sequence[ItemValue]:
    """The items behind a choice of `_origins`."""
    kind, _colon, key = origin.partition(":")
    if kind == "template":
        return queries.values_of(list(_template(year, int(key)).items.all()))
    if kind == "period":
        return queries.values_of(queries.items_of(get_period(year, int(key))))
    return PROPOSED


@GET_POST
def lay_out(request: HttpRequest, cluster: str, year: int) -> HttpResponse:
    """All months or quarters of the year in one step."""
    found = _for_the_head(request, cluster, year)
    last = ReportPeriod.objects.filter(year=found).order_by("-pk").first()
    initial = {"signer": last.signer if last else ""}
    form = LayOutForm(request.POST or None, initial=initial, choices=_origins(found))
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        made = form.attempt(
            actions.lay_out_year, year=found, kind=typed["kind"], due=form.due, signer=typed["signer"],
            instructions=typed["instructions"], items=_items_from(found, typed["items_from"]),
            actor=request.actor, now=request.now,
        )  # fmt: skip
        if made is not None:
            messages.success(request, ngettext("Đã lập %(n)d kỳ.", "Đã lập %(n)d kỳ.", len(made)) % {"n": len(made)})
            return redirect("reports:reports", found.cluster.slug, found.year)
    return page(request, found, "lay_out", 422 if form.errors else 200, form=form)


@GET_POST
def edit_period(request: HttpRequest, cluster: str, year: int, period: int) -> HttpResponse:
    """Change a period; another due day needs a reason."""
    _for_the_head(request, cluster, year)
    asked = period_in(request, cluster, year, period)
    form = EditPeriodForm(request.POST) if request.method == "POST" else EditPeriodForm.of(asked)
    clash = None
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        form.attempt(
            actions.edit_period, period=asked, value=form.value, reason=typed["reason"], revision=typed["revision"],
            actor=request.actor, now=request.now,
        )  # fmt: skip
        if form.is_valid():
            messages.success(request, _("Đã lưu kỳ báo cáo."))
            return redirect(queries.period_address("period", asked.year, asked.pk))
        clash = _newest(form, asked, typed["revision"])
    fixed = queries.is_fixed(asked)
    return page(
        request, asked.year, "edit_period", 422 if form.errors else 200, form=form, period=asked, fixed=fixed, clash=clash
    )


def _newest(form: Form, there: ReportPeriod | Template, seen: int) -> ReportPeriod | Template | None:
    """What someone else has saved since, to be shown beside what was typed; from now on it is what was seen."""
    newest = type(there).objects.get(pk=there.pk)
    if newest.revision == seen:
        return None
    data = form.data.copy()
    data["revision"] = str(newest.revision)
    form.data = data
    return newest


@GET_POST
def items(request: HttpRequest, cluster: str, year: int, period: int) -> HttpResponse:
    """What the reports of a period hold, until one has been submitted."""
    _for_the_head(request, cluster, year)
    asked = period_in(request, cluster, year, period)
    saved = queries.values_of(queries.items_of(asked), keep=True)
    form = RevisionForm(request.POST or None, initial={"revision": asked.revision})
    formset = items_formset(request.POST or None, saved, figure_kinds(asked.year))
    clash = None
    if request.method == "POST" and form.is_valid() and formset.is_valid():
        typed = items_in(formset)
        form.attempt(
            actions.set_items, period=asked, items=typed, **form.cleaned_data, actor=request.actor, now=request.now
        )  # fmt: skip
        if form.is_valid():
            messages.success(request, _("Đã lưu các mục của kỳ."))
            more = "more" in request.POST
            return redirect(request.path if more else queries.period_address("period", asked.year, asked.pk))
        clash = _newest(form, asked, form.cleaned_data["revision"])
    return _items_page(
        request, asked.year, form, formset, period=asked, fixed=queries.is_fixed(asked), clash=saved if clash else None
    )


def _items_page(request: HttpRequest, year: ClusterYear, form: Form, formset: BaseFormSet, **context: Any) -> HttpResponse:
    wrong = form.errors or any(formset.errors)
    return page(request, year, "items", 422 if wrong else 200, form=form, formset=formset, **context)


@require_POST
def remove_period(request: HttpRequest, cluster: str, year: int, period: int) -> HttpResponse:
    """Take back a period that no unit has opened."""
    asked = period_in(request, cluster, year, period)
    title = asked.title
    with refusal_told(request):
        actions.remove_period(period=asked, actor=request.actor, now=request.now)
        messages.success(request, _("Đã xoá kỳ “%(title)s”.") % {"title": title})
        return redirect("reports:reports", cluster, year)
    return redirect(queries.period_address("period", asked.year, period))


def _template(year: ClusterYear, template_id: int) -> Template:
    found = Template.objects.filter(cluster=year.cluster_id, pk=template_id).first()
    if found is None:
        raise Absent
    return found


@require_GET
def templates(request: HttpRequest, cluster: str, year: int) -> HttpResponse:
    """The cluster's templates."""
    found = _for_the_head(request, cluster, year)
    periods = queries.periods_of(found)
    return page(request, found, "templates", templates=queries.templates_of(found), proposed=PROPOSED, periods=periods)


@GET_POST
def template(request: HttpRequest, cluster: str, year: int, template_id: int | None = None) -> HttpResponse:
    """A template of the cluster; a new one starts with the proposal, or with a period's items (`?tu=<period>`)."""
    found = _for_the_head(request, cluster, year)
    there = _template(found, template_id) if template_id else None
    title, values = _template_start(request, found, there)
    initial = {"revision": there.revision if there else 0, "title": title}
    form = TemplateForm(request.POST or None, initial=initial)
    formset = items_formset(request.POST or None, values, figure_kinds(found))
    clash = None
    if request.method == "POST" and form.is_valid() and formset.is_valid():
        made = form.attempt(
            actions.save_template, year=found, items=items_in(formset), template=there, **form.cleaned_data,
            actor=request.actor, now=request.now,
        )  # fmt: skip
        if made is not None:
            messages.success(request, _("Đã lưu mẫu “%(title)s”.") % {"title": made.title})
            return redirect("reports:templates", cluster, year)
        clash = _newest(form, there, form.cleaned_data["revision"]) if there else None
    return _items_page(request, found, form, formset, template=there, is_template=True, clash=values if clash else None)


def _template_start(request: HttpRequest, year: ClusterYear, there: Template | None) -> tuple[str, Sequence[ItemValue]]:
    if there is not None:
        return there.title, queries.values_of(list(there.items.all()))
    period_id = small_int(request.GET.get("tu", ""))
    if period_id is not None:
        return "", queries.values_of(queries.items_of(get_period(year, period_id)))
    return "", PROPOSED


@require_POST
def remove_template(request: HttpRequest, cluster: str, year: int, template_id: int) -> HttpResponse:
    """Remove a template."""
    found = _for_the_head(request, cluster, year)
    there = _template(found, template_id)
    actions.remove_template(year=found, template=there, actor=request.actor, now=request.now)
    messages.success(request, _("Đã xoá mẫu “%(title)s”. Các kỳ đã đặt giữ nguyên mục của mình.") % {"title": there.title})
    return redirect("reports:templates", cluster, year)
