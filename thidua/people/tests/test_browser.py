"""Signing in, in a real browser under the strict policy: one-time code, password, app code, passkey, sessions."""

import os
import random
import re
import shutil

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from playwright.sync_api import expect, sync_playwright

from thidua.kernel.actor import SYSTEM
from thidua.people import actions
from thidua.people.models import Person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSWORD = "mua-thu-hanoi-42"


@pytest.fixture(scope="module")
def browser():
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    with sync_playwright() as player:
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # playwright's loop runs in this thread; the server has its own
        opened = player.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield opened
        opened.close()
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def site(live_server):
    return live_server.url.replace("127.0.0.1", "localhost")  # passkeys belong to names, not to numbers


@pytest.fixture
def page(browser, site):
    context = browser.new_context(base_url=site, locale="vi-VN")
    opened = context.new_page()
    complaints = []
    opened.on("console", lambda said: complaints.append(said.text) if "Content Security Policy" in said.text else None)
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    yield opened
    context.close()
    assert complaints == []


@pytest.fixture
def person(now):
    return actions.set_up_operator(username="van-hanh", name="Vận hành", now=now)


def sign_in(page, password=PASSWORD):
    page.goto("/tai-khoan/dang-nhap/")
    page.get_by_label("Tên đăng nhập").fill("van-hanh")
    page.get_by_label("Mật khẩu").fill(password)
    page.get_by_role("button", name="Đăng nhập", exact=True).click()


def with_password(person):
    person.set_password(PASSWORD)
    person.save()


def app_code(secret):
    _before, now, _after = yield_hotp_counters_from_time()
    return format_hotp_value(hotp_value(secret, now))


def test_a_code_on_paper_opens_the_account(page, person):
    from django.utils import timezone

    code = actions.issue_sign_in_code(person=person, actor=SYSTEM, now=timezone.now(), rng=random.Random(5))
    page.goto("/tai-khoan/dang-nhap/")
    page.get_by_role("link", name="Đăng nhập lần đầu bằng mã dùng một lần").click()
    page.get_by_label("Tên đăng nhập").fill("Van-Hanh")
    page.get_by_label("Mã dùng một lần").fill("AAAA")
    page.get_by_label("Mật khẩu mới", exact=True).fill(PASSWORD)
    page.get_by_label("Mật khẩu mới, nhập lại").fill(PASSWORD)
    page.get_by_role("button", name="Đặt mật khẩu").click()
    expect(page.get_by_text("Tên đăng nhập hoặc mã không đúng")).to_be_visible()
    expect(page.get_by_label("Tên đăng nhập")).to_have_value("Van-Hanh")
    page.get_by_label("Mã dùng một lần").fill(code.lower())
    page.get_by_label("Mật khẩu mới", exact=True).fill(PASSWORD)
    page.get_by_label("Mật khẩu mới, nhập lại").fill(PASSWORD)
    page.get_by_role("button", name="Đặt mật khẩu").click()
    expect(page.get_by_text("Đã đặt mật khẩu")).to_be_visible()
    sign_in(page)
    expect(page.get_by_text("Vận hành").first).to_be_visible()


def test_an_app_code_and_recovery_codes(page, person):
    with_password(person)
    sign_in(page)
    page.goto("/tai-khoan/bao-mat/")
    page.get_by_role("link", name="Bật").click()
    page.get_by_label("Mật khẩu").fill(PASSWORD)  # who changes the way in says again who it is
    page.get_by_role("button", name="Xác nhận").click()
    secret = page.locator("#totp-secret").inner_text()
    assert page.locator("img[src^='data:image/svg+xml']").evaluate("image => image.naturalWidth") > 0
    page.get_by_label("Mã xác thực").fill("000000" if app_code(secret) != "000000" else "111111")
    page.get_by_role("button", name="Bật").click()
    expect(page.get_by_text("Mã không đúng hoặc đã hết hạn")).to_be_visible()
    page.get_by_label("Mã xác thực").fill(app_code(secret))
    page.get_by_role("button", name="Bật").click()
    codes = re.findall(r"\b\d{8}\b", page.locator("main").inner_text())
    assert len(codes) == 10
    page.context.clear_cookies()
    sign_in(page)
    page.get_by_label("Mã xác thực").fill(codes[0])
    page.get_by_role("button", name="Đăng nhập", exact=True).click()
    page.goto("/tai-khoan/bao-mat/")
    expect(page.get_by_text("còn 9 mã")).to_be_visible()


def test_a_passkey_opens_the_account_without_a_password(page, person):
    with_password(person)
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    options |= {"isUserVerified": True, "automaticPresenceSimulation": True}
    device.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    sign_in(page)
    page.goto("/tai-khoan/bao-mat/khoa/them/")
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Xác nhận").click()
    page.get_by_label("Tên gọi").fill("Máy ở cơ quan")
    page.get_by_role("button", name="Thêm khóa này").click()
    expect(page.get_by_text("Đã thêm khóa bảo mật.")).to_be_visible()
    page.goto("/tai-khoan/bao-mat/khoa/")
    expect(page.get_by_role("rowheader", name="Máy ở cơ quan")).to_be_visible()
    page.context.clear_cookies()
    page.goto("/tai-khoan/dang-nhap/")
    page.get_by_role("button", name="Đăng nhập bằng khóa bảo mật").click()
    expect(page.locator("details.menu summary")).to_contain_text("Vận hành")
    page.context.clear_cookies()
    sign_in(page)  # with the password, the key is the second step
    page.get_by_role("button", name="Dùng khóa bảo mật").click()
    expect(page.locator("details.menu summary")).to_contain_text("Vận hành")


def test_without_a_passkey_the_page_says_so(page, person):
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    device.send("WebAuthn.addVirtualAuthenticator", {"options": options | {"isUserVerified": False}})
    page.goto("/tai-khoan/dang-nhap/")
    page.get_by_role("button", name="Đăng nhập bằng khóa bảo mật").click()
    expect(page.get_by_text("Thiết bị chưa xác nhận được")).to_be_visible()


def test_a_session_elsewhere_is_ended(browser, page, person, site):
    with_password(person)
    elsewhere = browser.new_context(base_url=site, locale="vi-VN").new_page()
    sign_in(elsewhere)
    sign_in(page)
    page.goto("/tai-khoan/phien/")
    page.get_by_role("button", name="Kết thúc", exact=True).click()
    expect(page.get_by_text("Phiên đó đã kết thúc.")).to_be_visible()
    elsewhere.goto("/tai-khoan/bao-mat/")
    expect(elsewhere.get_by_role("heading", name="Đăng nhập")).to_be_visible()
    elsewhere.context.close()
    assert Person.objects.get().username == "van-hanh"
