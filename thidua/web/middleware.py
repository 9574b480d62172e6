"""Refusals that no form caught become a page with a sentence."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import override

from thidua.kernel.errors import Absent, Forbidden, Refused
from thidua.web.sentences import sentence_of


class RefusalMiddleware:
    """Absent → 404, Forbidden → 403, any other Refused → 409; each says what to do and leads back. So does the 405 of an
    address that takes only forms: someone who reloads a page or shares its address comes there."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != 405 or response.streaming or response.content:
            return response
        page = render(request, "405.html", {"takes_forms": "POST" in response.get("Allow", "")}, status=405)
        page["Allow"] = response.get("Allow", "")
        return page

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The page for a refusal; None for everything else."""
        if not isinstance(error, Refused):
            return None
        status = 404 if isinstance(error, Absent) else 403 if isinstance(error, Forbidden) else 409
        template = "404.html" if status == 404 else "web/refused.html"
        return render(request, template, {"sentence": sentence_of(error)}, status=status)


class LanguageMiddleware:
    """Vietnamese unless the reader has chosen otherwise. The browser's own language is not asked: many are set to English
    on desks where nobody reads it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response
