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
from thidua.people.forms.management import (
    EndTenureForm,
    JournalFilterForm,
    LendForm,
    OrganisationForm,
    PersonForm,
    PostForm,
    RenameForm,
    TenureForm,
)

__all__ = [
    "ActivationForm",
    "AddKeyForm",
    "AppCodeForm",
    "AppCodeOffForm",
    "ChangePasswordForm",
    "EditKeyForm",
    "EndTenureForm",
    "JournalFilterForm",
    "LendForm",
    "LoginForm",
    "OrganisationForm",
    "PersonForm",
    "PostForm",
    "ReauthenticateForm",
    "RecoveryCodesForm",
    "RenameForm",
    "SecondStepAgainForm",
    "SecondStepForm",
    "TenureForm",
]
