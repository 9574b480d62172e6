"""Forms of people: signing in and managing."""

from thidua.people.forms.accounts import (
    ActivationForm,
    AddKeyForm,
    AppCodeForm,
    AppCodeOffForm,
    ChangePasswordForm,
    EditKeyForm,
    LoginForm,
    ReauthenticateForm,
    RecoveryCodesForm,
    SecondStepAgainForm,
    SecondStepForm,
)

__all__ = [
    "ActivationForm",
    "AddKeyForm",
    "AppCodeForm",
    "AppCodeOffForm",
    "ChangePasswordForm",
    "EditKeyForm",
    "LoginForm",
    "ReauthenticateForm",
    "RecoveryCodesForm",
    "SecondStepAgainForm",
    "SecondStepForm",
]
