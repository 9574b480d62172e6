"""The addresses of the product and `benchmark/bare/`.

The bare view is what one writes first in Django: one query for 60 rows, one template of its own that lists them in a table. It
passes the product's middleware and is signed in by the product's session like any page (two queries), but has no frame, no
roles, no translations, no style.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path

from thidua.audit.models import JournalEntry

ROWS = 60


def bare(request: HttpRequest) -> HttpResponse:
    """The first 60 rows of the journal."""
    return render(request, "rows.html", {"rows": JournalEntry.objects.order_by("position")[:ROWS]}, using="bare")


urlpatterns = [path("benchmark/bare/", bare, name="benchmark_bare"), path("", include("thidua.config.urls"))]
