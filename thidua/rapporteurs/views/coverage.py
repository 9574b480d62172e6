"""Pages of coverage: topic × unit, and who has not spoken in a quarter."""

from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET

from thidua.clusters.models import ClusterYear
from thidua.directives.models import Level
from thidua.rapporteurs.forms.talks import QUARTERS
from thidua.rapporteurs.papers.talks import coverage_workbook, silent_workbook
from thidua.rapporteurs.queries.coverage import coverage_of, silent_in
from thidua.rapporteurs.queries.topics import may_set
from thidua.rapporteurs.rules.talks import quarter_at
from thidua.rapporteurs.views.place import filters_of, page, year_of


@require_GET
def coverage(request: HttpRequest, cluster: str, year: int) -> HttpResponse:
    """Which topic has been spoken of at which unit."""
    found = year_of(request, cluster, year)
    return page(request, found, "coverage", table=coverage_of(found), sets=may_set(request.actor, found))


@require_GET
def coverage_xlsx(request: HttpRequest, cluster: str, year: int) -> HttpResponse:
    """The same as a workbook."""
    found = year_of(request, cluster, year)
    return coverage_workbook(found, coverage_of(found))


def _asked(request: HttpRequest, year: ClusterYear) -> tuple[int, str]:
    """Quarter and level of the address; the quarter of today without one."""
    number, level = request.GET.get("quy", ""), request.GET.get("cap", "")
    quarter = int(number) if number in dict(QUARTERS) else quarter_at(year.year, localdate(request.now))
    return quarter, level if level in Level.values else ""


@require_GET
def silent(request: HttpRequest, cluster: str, year: int) -> HttpResponse:
    """Rapporteurs in term during a quarter who have not spoken in it."""
    found = year_of(request, cluster, year)
    quarter, level = _asked(request, found)
    return page(
        request, found, "coverage_silent", table=silent_in(found, quarter, level), quarter=str(quarter), level=level,
        quarters=QUARTERS, quarter_words=dict(QUARTERS)[str(quarter)], levels=Level.choices, filters=filters_of(request),
    )  # fmt: skip


@require_GET
def silent_xlsx(request: HttpRequest, cluster: str, year: int) -> HttpResponse:
    """The same as a workbook."""
    found = year_of(request, cluster, year)
    quarter, level = _asked(request, found)
    return silent_workbook(found, str(dict(QUARTERS)[str(quarter)]), silent_in(found, quarter, level))
