"""The one page that no slice owns: the choice of language."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.i18n import set_language


@login_not_required
def language(request: HttpRequest) -> HttpResponse:
    """GET: the languages to choose from; POST: remember the choice in a cookie and go back to `next`.

    A page of its own, so that pages for everyone can lead to it by a link: a form would need a cookie there.
    """
    if request.method == "POST":
        return set_language(request)
    return render(request, "web/language.html", {"back": request.GET.get("next", "/")})
