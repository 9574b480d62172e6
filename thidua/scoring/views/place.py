"""Where a page of scoring is (which unit in which year), and the page that asks for a reason."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from thidua.clusters.access import get_year_visible_to
from thidua.clusters.models import ClusterYear
from thidua.clusters.queries import frame_of
from thidua.kernel.errors import Absent
from thidua.people.models import Organisation
from thidua.scoring import queries
from thidua.scoring.access import get_unit_visible_to, reads_proof
from thidua.scoring.forms import ReasonForm


def place(
    request: HttpRequest, cluster: str, year: int, unit: str, *, proof: bool = False
) -> tuple[ClusterYear, Organisation]:
    """The year and the unit of an address, for one who may see its sheet (and, for `proof`, its evidence); Absent otherwise."""
    found = get_year_visible_to(request.actor, cluster, year)
    organisation = get_unit_visible_to(request.actor, found, unit)
    if proof and not reads_proof(request.actor, found, organisation.pk):
        raise Absent
    return found, organisation


def address(name: str, year: ClusterYear, unit: Organisation, *more: object) -> str:
    """The address of a page of the unit in the year."""
    return reverse(f"scoring:{name}", args=[year.cluster.slug, year.year, unit.slug, *more])


def with_reason(
    request: HttpRequest, year: ClusterYear, unit: Organisation, action: Callable, title: str, hint: str, back: str = "sheet"
) -> HttpResponse:
    """A page that asks for a reason and does one thing to the unit's sheet."""
    found = queries.sheet_of(year, unit)
    if found is None:
        raise Absent
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        form.attempt(action, sheet=found, reason=form.cleaned_data["reason"], actor=request.actor, now=request.now)
        if not form.errors:
            return redirect(address(back, year, unit))
    return reason_page(request, year, unit, form, title, hint, back)


def reason_page(
    request: HttpRequest, year: ClusterYear, unit: Organisation, form: ReasonForm, title: str, hint: str, back: str = "sheet"
) -> HttpResponse:
    """The page with the form, its title and what will happen."""
    context = {**frame_of(request.actor, year, "sheets" if back == "sheet" else "checks"), "form": form, "unit": unit}
    context |= {"title": title, "hint": hint, "back": address(back, year, unit)}
    return render(request, "scoring/reason.html", context, status=422 if form.errors else 200)
