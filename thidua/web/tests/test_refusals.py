"""What is not accepted is a page with a sentence and a way home, never an empty answer."""

import pytest
from django.http import HttpResponse, HttpResponseNotAllowed
from django.template.loader import get_template

from thidua.kernel.actor import Role
from thidua.web.middleware import RefusalMiddleware

pytestmark = pytest.mark.django_db
HOME = '<a class="btn btn-primary" href="/">Về trang đầu</a>'


def test_an_address_that_takes_only_forms_says_so(world, sign_in):
    client = sign_in(world.person(Role.DELEGATE, world.organisation("Don vi 1")))
    answer = client.get("/nhat-ky/kiem-tra/")
    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert "chỉ nhận biểu mẫu" in answer.content.decode()


@pytest.mark.parametrize(("allowed", "words"), [("POST", "chỉ nhận biểu mẫu"), ("GET", "không nhận biểu mẫu")])
def test_an_empty_405_becomes_a_page_that_keeps_what_is_allowed(client, allowed, words):
    request = client.get("/tin-tuc/").wsgi_request
    answer = RefusalMiddleware(lambda _: HttpResponseNotAllowed([allowed]))(request)
    assert (answer.status_code, answer["Allow"]) == (405, allowed)
    assert words in answer.content.decode()
    assert HOME in answer.content.decode()


def test_a_405_that_says_something_itself_is_left_alone(rf):
    own = HttpResponse("{}", status=405)
    assert RefusalMiddleware(lambda _: own)(rf.get("/")) is own


def test_a_request_that_cannot_be_read_gets_a_page():
    page = get_template("400.html").render()
    assert HOME in page
    assert "không đọc được yêu cầu này" in page
