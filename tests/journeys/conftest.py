"""A browser, and people who visit it. See visitor.py for how a person behaves."""

import os
import shutil

import pytest
from playwright.sync_api import expect, sync_playwright

from tests.journeys.visitor import Visitor

WIDTHS = {"desktop": {"width": 1440, "height": 900}, "phone": {"width": 390, "height": 844}}
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
PATIENCE = 20_000
"""Milliseconds that a person waits for a page: a machine that runs other tests beside a journey answers late, not wrong."""
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage"]


@pytest.fixture(scope="module")
def browser():
    """Debian's Chromium for the tests of one module. Closed at its end: while playwright's loop runs in this thread, Django
    takes every query for one out of async code."""
    path = next(filter(None, map(shutil.which, CHROMIUM)), None)
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as player:
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
        opened = player.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield opened
        opened.close()
        os.environ.pop("DJANGO_ALLOW_ASYNC_UNSAFE", None)


@pytest.fixture(params=WIDTHS)
def width(request):
    """The name of a width: every journey is made at a desk and on a phone."""
    return request.param


@pytest.fixture
def visit(browser, live_server, width):
    """visit("thuky-thuchanh") → a visitor with a browser of their own, who signs in when asked to. The same name, the same
    visitor. `kind`: say one who has only a keyboard. At the end nobody may have anything to complain about."""
    visitors, examined = {}, set()

    def come(name="", width=width, kind=Visitor):
        if name not in visitors:
            touched = {"viewport": WIDTHS[width], "has_touch": width == "phone"}
            context = browser.new_context(base_url=live_server.url, locale="vi-VN", accept_downloads=True, **touched)
            context.set_default_timeout(PATIENCE)
            visitors[name] = kind(context, name, examined)
        return visitors[name]

    yield come
    complaints = [f"{name}: {complaint}" for name, visitor in visitors.items() for complaint in visitor.complaints]
    for visitor in visitors.values():
        visitor.context.close()
    assert not complaints, "\n".join(complaints)
