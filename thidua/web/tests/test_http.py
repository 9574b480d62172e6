"""A refusal is told on the page one comes from; what is about the person is not."""

import pytest
from django.contrib import messages
from django.contrib.messages import get_messages
from django.contrib.messages.storage.cookie import CookieStorage

from thidua.kernel.errors import Absent, Forbidden, Refused
from thidua.web.http import refusal_told


@pytest.fixture
def request_with_messages(rf):
    request = rf.post("/")
    request._messages = CookieStorage(request)
    return request


def test_a_refusal_becomes_a_message(request_with_messages):
    with refusal_told(request_with_messages):
        raise Refused("kernel.points_empty")
    (told,) = get_messages(request_with_messages)
    assert (told.level, str(told)) == (messages.ERROR, "Hãy nhập một số.")


@pytest.mark.parametrize("error", [Absent(), Forbidden("conference.minutes_later"), ValueError()])
def test_everything_else_passes(request_with_messages, error):
    with pytest.raises(type(error)), refusal_told(request_with_messages):
        raise error
    assert not list(get_messages(request_with_messages))
