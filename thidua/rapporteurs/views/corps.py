"""Pages of the corps."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from thidua.rapporteurs.views.place import page, year_of


@require_GET
def front(request: HttpRequest, cluster: str, year: int) -> HttpResponse:
    """The front page of the slice: the corps of the year."""
    found = year_of(request, cluster, year)
    return page(request, found, "corps")
