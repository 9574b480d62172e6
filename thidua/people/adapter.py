"""How django-allauth behaves and speaks here."""

from allauth.account.adapter import DefaultAccountAdapter, get_adapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

WRONG_CODE = gettext_lazy("Mã không đúng hoặc đã hết hạn. Hãy nhập mã mới nhất.")
WAIT = gettext_lazy("Đã thử sai quá nhiều lần. Hãy đợi 5 phút rồi thử lại.")
METHODS = {
    "reauthenticate": gettext_lazy("Dùng mật khẩu"),
    "mfa_reauthenticate": gettext_lazy("Dùng mã xác thực"),
    "mfa_reauthenticate:webauthn": gettext_lazy("Dùng khóa bảo mật"),
}


def client_address(request: HttpRequest) -> str | None:
    """Whose address a request comes from, for counting wrong passwords: as everywhere else, the last proxies of the installation
    (THIDUA_PROXIES) left out, and whatever a client wrote before them not believed. None where there is no connection."""
    try:
        return str(get_adapter().get_client_ip(request))
    except PermissionDenied:
        return None


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up by themselves: the operator makes accounts."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": gettext_lazy("Tài khoản này đang khóa. Hãy hỏi người quản trị."),
        "enter_current_password": gettext_lazy("Đây không phải mật khẩu hiện nay."),
        "incorrect_password": gettext_lazy("Mật khẩu không đúng."),
        "incorrect_code": WRONG_CODE,
        "rate_limited": WAIT,
        "too_many_login_attempts": WAIT,
        "username_password_mismatch": gettext_lazy("Tên đăng nhập hoặc mật khẩu không đúng."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Always closed."""
        return False

    def get_reauthentication_methods(self, user) -> list[dict]:
        """The ways to confirm who one is, in the words of the house."""
        return [way | {"description": METHODS[way["id"]]} for way in super().get_reauthentication_methods(user)]


class SecondStepAdapter(DefaultMFAAdapter):
    """The second step of sign-in, in the words of the house."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "cannot_generate_recovery_codes": gettext_lazy("Hãy bật ứng dụng xác thực hoặc khóa bảo mật trước."),
        "incorrect_code": WRONG_CODE,
    }

    def generate_authenticator_name(self, user, type: Authenticator.Type) -> str:
        """A name to start from: "Khóa 1"."""
        return _("Khóa %(number)d") % {"number": Authenticator.objects.filter(user=user, type=type).count() + 1}
