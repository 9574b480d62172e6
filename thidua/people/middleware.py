"""Who acts in a request."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from thidua.kernel.actor import Actor
from thidua.people.queries import actor_of

NOBODY = Actor(None, "")


class ActorMiddleware:
    """Sets `request.actor` (kernel.actor.Actor), read from the database only if a view asks, and `request.now`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.now = timezone.now()
        request.actor = SimpleLazyObject(lambda: _actor(request))
        return self.get_response(request)


def _actor(request: HttpRequest) -> Actor:
    return actor_of(request.user, request.now) if request.user.is_authenticated else NOBODY
