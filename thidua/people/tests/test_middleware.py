"""A form that comes slowly: the moment at which it counts is the one at which all of it is here."""

import io
from datetime import datetime

from django.http import HttpResponse
from django.utils import timezone

from thidua.people.middleware import ActorMiddleware


class Slow(io.BytesIO):
    """A body whose reading is noted."""

    read_at: datetime | None = None

    def read(self, *size):
        self.read_at = timezone.now()
        return super().read(*size)


def test_a_form_counts_from_the_moment_at_which_all_of_it_is_here(rf):
    late = rf.generic("POST", "/", b"a=b", content_type="application/x-www-form-urlencoded")
    late._stream = body = Slow(b"a=b")
    middleware = ActorMiddleware(lambda request: HttpResponse())
    late.user = type("Nobody", (), {"is_authenticated": False})()
    middleware(late)
    first_byte = late.now
    middleware.process_view(late, lambda request: HttpResponse(), (), {})
    assert first_byte < body.read_at < late.now
    assert late.POST["a"] == "b"


def test_a_page_counts_from_its_request(rf):
    request = rf.get("/")
    middleware = ActorMiddleware(lambda request: HttpResponse())
    middleware(request)
    asked = request.now
    middleware.process_view(request, lambda request: HttpResponse(), (), {})
    assert request.now == asked
