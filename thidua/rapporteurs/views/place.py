"""What the views of this slice share."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from thidua.clusters.access import get_year_visible_to
from thidua.clusters.models import ClusterYear
from thidua.clusters.queries import frame_of
from thidua.web.forms import Form


def year_of(request: HttpRequest, cluster: str, year: int) -> ClusterYear:
    """The year of the address, for one who may see it."""
    return get_year_visible_to(request.actor, cluster, year)


def page(request: HttpRequest, year: ClusterYear, template: str, *, status: int | None = None, **context: object) -> HttpResponse:
    """A page of the slice within the year. One that answers a form says that the form was not taken: 422, unless told."""
    status = status or (422 if request.method == "POST" else 200)
    return render(request, f"rapporteurs/{template}.html", frame_of(request.actor, year, "rapporteurs") | context, status=status)


def filters_of(request: HttpRequest) -> str:
    """The address's filters without the page number, to be kept by the links from page to page."""
    kept = request.GET.copy()
    kept.pop("trang", None)
    return kept.urlencode()


def note_of(year: ClusterYear) -> str:
    """What a workbook of the year says below its title."""
    return "Số liệu minh hoạ" if year.illustrative else ""


def see_newest(form: Form, field: str, value: object) -> None:
    """After a refusal the form shows what is newest as seen, so that saving again is a decision and not an accident."""
    data = form.data.copy()
    data[field] = "" if value is None else str(value)
    form.data = data
