"""What views share besides forms."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib import messages
from django.http import HttpRequest

from thidua.kernel.errors import Absent, Forbidden, Refused
from thidua.web.sentences import sentence_of


@contextmanager
def refusal_told(request: HttpRequest) -> Iterator[None]:
    """For a button without a form: a refusal within becomes a message on the page that the view then leads back to.

    Absent and Forbidden pass through: they are answers about the person, with pages of their own.
    """
    try:
        yield
    except (Absent, Forbidden):
        raise
    except Refused as refused:
        messages.error(request, sentence_of(refused))
