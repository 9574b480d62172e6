"""The page of a unit's year: what its corps did, in counts."""

from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET

from thidua.kernel.ports import citing_url
from thidua.rapporteurs.access import get_unit, may_see_grades
from thidua.rapporteurs.queries.citables import CORPS, year_of_unit
from thidua.rapporteurs.queries.summary import grades_of_unit, others_of, topics_of_unit
from thidua.rapporteurs.views.place import page, year_of


@require_GET
def unit_summary(request: HttpRequest, cluster: str, year: int, unit: str) -> HttpResponse:
    """Talks, listeners, topics, who spoke, reports; grades in counts, once they are settled, for those who may read them."""
    found = year_of(request, cluster, year)
    body = get_unit(found, unit)
    span = year_of_unit(found, body.pk)
    sees = may_see_grades(request.actor, found, body.pk)
    return page(
        request, found, "unit_summary", unit=body, span=span, topics=topics_of_unit(found, span), units=others_of(found),
        grades=grades_of_unit(found, body.pk) if sees else [], sees=sees, today=localdate(request.now),
        citing=citing_url(request.actor, found, body.pk, CORPS, body.pk) if span.talks or span.done.owed else "",
    )  # fmt: skip
