"""Who acts in a request."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from thidua.kernel.actor import Actor
from thidua.people.queries import actor_of

NOBODY = Actor(None, "")


class ActorMiddleware:
    """Sets `request.actor` (kernel.actor.Actor), read from the database only if a view asks, and `request.now`.

    A form counts from the moment at which all of it is here, not from its first byte: who sends the head of a form before a
    deadline and its body afterwards is late. The body is read before the view, and what the actor may do is asked at that moment.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.now = timezone.now()
        request.actor = SimpleLazyObject(lambda: _actor(request))
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable[..., HttpResponse], *given: object) -> None:
        """Read what was sent, and take the moment anew."""
        if request.method == "POST":
            _ = request.POST
            request.now = timezone.now()
            request.actor = SimpleLazyObject(lambda: _actor(request))


class PrivateMiddleware:
    """What a signed-in person was sent is theirs: pages are asked for anew, files are not kept, and signing out clears what the
    browser has kept, so that its Back button shows nothing to the next one at the desk."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        was_signed_in = settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated
        response = self.get_response(request)
        if was_signed_in and not request.user.is_authenticated:
            response.headers["Clear-Site-Data"] = '"cache"'
        if was_signed_in or request.user.is_authenticated:
            is_page = response.headers.get("Content-Type", "").startswith("text/html")
            response.headers.setdefault("Cache-Control", "private, no-cache" if is_page else "private, no-store")
        return response


def _actor(request: HttpRequest) -> Actor:
    return actor_of(request.user, request.now) if request.user.is_authenticated else NOBODY
