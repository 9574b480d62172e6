"""The page of an indicator: its figures over time, recorded and put right."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from thidua.clusters.access import may
from thidua.clusters.models import ClusterYear
from thidua.clusters.rules import Stage
from thidua.kernel import ports
from thidua.kernel.errors import Absent
from thidua.kernel.text import small_int
from thidua.programmes import actions
from thidua.programmes.access import WRITE_PROGRAMME, get_programme, may_see_tasks, require_may_write
from thidua.programmes.actions.documents import require_member
from thidua.programmes.forms.documents import FigureForm
from thidua.programmes.models import Indicator, IndicatorFigure
from thidua.programmes.queries.documents import approved_content
from thidua.programmes.queries.indicators import figures_on, states
from thidua.programmes.rules.figures import meets
from thidua.programmes.views.documents import GET_POST, show, year_of
from thidua.web.http import refusal_told


def _indicator(request: HttpRequest, year: ClusterYear, programme: int, indicator: int) -> Indicator:
    current = get_programme(request.actor, year, programme)
    found = current.indicators.filter(pk=indicator).first() if current.unit_id else None
    if found is None or not (may_see_tasks(request.actor, year, current.unit_id) or states(approved_content(current), found)):
        raise Absent
    found.programme = current
    return found


@GET_POST
def indicator(request: HttpRequest, cluster: str, year: int, programme: int, indicator: int) -> HttpResponse:
    """All figures against the target, with their notes for who reads drafts; `?sua=<id>` puts one right."""
    found = year_of(request, cluster, year)
    current = _indicator(request, found, programme, indicator)
    figures = figures_on(current)
    form = _form(request, figures)
    if request.method == "POST":
        require_member(found, current.programme.unit)
        require_may_write(request.actor, current.programme)
        if form.is_valid() and _recorded(request, form, current):
            messages.success(request, _("Đã ghi số liệu."))
            return redirect(request.path)
    unit_id = current.programme.unit_id or 0
    return show(
        request, found, "indicator",
        indicator=current, programme=current.programme, form=form, unit=current.programme.unit,
        reads=may_see_tasks(request.actor, found, unit_id),
        rows=[(row, meets(row.value, current.target, lower_is_better=current.lower_is_better)) for row in figures],
        writes=found.stage != Stage.CLOSED and may(WRITE_PROGRAMME, request.actor, found, unit_id),
        citing=ports.citing_url(request.actor, found, unit_id, "indicator", current.pk) if figures else "",
    )  # fmt: skip


def _form(request: HttpRequest, figures: list[IndicatorFigure]) -> FigureForm:
    if request.method == "POST":
        return FigureForm(request.POST)
    asked = small_int(request.GET.get("sua", ""))
    chosen = next((figure for figure in figures if figure.pk == asked), None)
    return FigureForm.over(chosen) if chosen else FigureForm(initial={"as_of": localdate(request.now), "revision": 0})


def _recorded(request: HttpRequest, form: FigureForm, indicator: Indicator) -> bool:
    values = form.cleaned_data | {"revision": form.cleaned_data["revision"] or 0}
    made = form.attempt(actions.record_figure, indicator=indicator, **values, actor=request.actor, now=request.now)
    if made is None:
        standing = IndicatorFigure.objects.filter(indicator=indicator, as_of=values["as_of"]).first()
        form.see_newest(standing.revision if standing else 0)
    return made is not None


@require_POST
def remove_figure(request: HttpRequest, cluster: str, year: int, programme: int, indicator: int, figure: int) -> HttpResponse:
    """Take the figure of a day out."""
    found = year_of(request, cluster, year)
    current = _indicator(request, found, programme, indicator)
    row = IndicatorFigure.objects.select_related("indicator__programme").filter(indicator=current, pk=figure).first()
    if row is None:
        raise Absent
    with refusal_told(request):
        actions.remove_figure(figure=row, actor=request.actor, now=request.now)
        messages.success(request, _("Đã xoá số liệu."))
    return redirect("programmes:indicator", found.cluster.slug, found.year, programme, indicator)
