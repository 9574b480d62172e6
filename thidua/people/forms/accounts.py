"""Signing in: the forms of django-allauth in the look and words of the house, and the one-time code."""

from allauth.account import forms as account
from allauth.mfa.base import forms as second_step
from allauth.mfa.recovery_codes import forms as recovery_codes
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.contrib.auth.password_validation import password_validators_help_text_html
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from thidua.web.forms import Form, House

PLAIN = {"autocapitalize": "none", "spellcheck": "false"}
NEW = {"autocomplete": "new-password"}


def _say(field: forms.Field, label: object, hint: object = "") -> None:
    field.label, field.help_text = label, hint
    field.widget.attrs.pop("placeholder", None)


class LoginForm(House, account.LoginForm):
    """User name and password. The name counts in small letters only, so that wrong tries add up."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _say(self.fields["login"], _("Tên đăng nhập"))
        _say(self.fields["password"], _("Mật khẩu"))
        self.fields["login"].widget.attrs |= PLAIN | {"autofocus": True}

    def clean_login(self):
        """The user name as it is kept."""
        return super().clean_login().lower()


class ChangePasswordForm(House, account.ChangePasswordForm):
    """The old password once, the new one twice."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _say(self.fields["oldpassword"], _("Mật khẩu hiện nay"))
        _say(self.fields["password1"], _("Mật khẩu mới"), password_validators_help_text_html())
        _say(self.fields["password2"], _("Mật khẩu mới, nhập lại"))

    def clean(self):
        """Refuses two passwords that differ, at the second."""
        found = forms.Form.clean(self)
        first, second = self.cleaned_data.get("password1"), self.cleaned_data.get("password2")
        if first and second and first != second:
            self.add_error("password2", _("Hai lần nhập chưa giống nhau."))
        return found


class ReauthenticateForm(House, account.ReauthenticateForm):
    """The password once more, before something that matters."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _say(self.fields["password"], _("Mật khẩu"))


class _CodeForm(House):
    hint = _("6 chữ số trong ứng dụng, hoặc một mã dự phòng.")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _say(self.fields["code"], _("Mã xác thực"), self.hint)
        self.fields["code"].widget.attrs |= {"inputmode": "numeric", "autofocus": True}
        self.fields["code"].widget.attrs["class"] += " otp"


class SecondStepForm(_CodeForm, second_step.AuthenticateForm):
    """The code of the app (or a recovery code) at sign-in."""


class SecondStepAgainForm(_CodeForm, second_step.ReauthenticateForm):
    """The code once more, before something that matters."""


class AppCodeForm(_CodeForm, totp.ActivateTOTPForm):
    """The first code of an app that is being linked."""

    hint = _("6 chữ số mà ứng dụng đang hiện.")


class AppCodeOffForm(House, totp.DeactivateTOTPForm):
    """Nothing to type: one button."""


class RecoveryCodesForm(House, recovery_codes.GenerateRecoveryCodesForm):
    """Nothing to type: one button."""


class AddKeyForm(House, webauthn.AddWebAuthnForm):
    """A name for a key or phone, and whether it may open the account without a password."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _say(self.fields["name"], _("Tên gọi"), _("Để nhận ra khóa này về sau, ví dụ “Điện thoại của tôi”."))
        without = _("Đăng nhập không cần mật khẩu (thiết bị sẽ hỏi vân tay, khuôn mặt hoặc mã PIN)")
        _say(self.fields["passwordless"], without)
        self.fields["passwordless"].initial = True


class EditKeyForm(House, webauthn.EditWebAuthnForm):
    """Another name for a key."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _say(self.fields["name"], _("Tên gọi"))


class ActivationForm(Form):
    """User name, one-time code and the password to be."""

    username = forms.CharField(label=_("Tên đăng nhập"), max_length=80)
    code = forms.CharField(
        label=_("Mã dùng một lần"), max_length=40, help_text=_("12 ký tự in trên tờ mã; viết hoa hay thường đều được.")
    )
    password = forms.CharField(
        label=_("Mật khẩu mới"),
        strip=False,
        max_length=200,
        help_text=password_validators_help_text_html(),
        widget=forms.PasswordInput(NEW),
    )
    password_again = forms.CharField(
        label=_("Mật khẩu mới, nhập lại"), strip=False, max_length=200, widget=forms.PasswordInput(NEW)
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["username"].widget.attrs |= {"autocomplete": "username"} | PLAIN
        self.fields["code"].widget.attrs |= {"autocomplete": "one-time-code"} | PLAIN

    def clean(self):
        """Refuses two passwords that differ, at the second."""
        found = super().clean()
        first, second = self.cleaned_data.get("password"), self.cleaned_data.get("password_again")
        if first and second and first != second:
            raise ValidationError({"password_again": _("Hai lần nhập chưa giống nhau.")})
        return found
