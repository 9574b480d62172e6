"""Forms of the house: what was typed is kept, and a refusal stands at its field."""

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models.fields import BLANK_CHOICE_DASH
from django.utils.translation import gettext_lazy as _

from thidua.kernel.errors import Absent, Forbidden, Refused
from thidua.kernel.text import visible
from thidua.web.sentences import sentence_of

Result = TypeVar("Result")

DAY = "%d-%m-%Y"
FIRST_YEAR, LAST_YEAR = 1900, 2200
_DASHES = BLANK_CHOICE_DASH[0][1]


class DayInput(forms.DateInput):
    """A day typed as dd-mm-yyyy (web.formats names the other forms that are read). Not the browser's picker: on an English
    browser it would show 02/05/2021 for the 5th of February."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        usual = {"placeholder": _("ngày-tháng-năm"), "inputmode": "numeric", "autocomplete": "off"}
        super().__init__({**usual, **(attrs or {})}, format=DAY)


class MomentInput(forms.DateTimeInput):
    """Day and time typed as dd-mm-yyyy hh:mm."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        usual = {"placeholder": _("ngày-tháng-năm giờ:phút"), "autocomplete": "off"}
        super().__init__({**usual, **(attrs or {})}, format=f"{DAY} %H:%M")


def within_years(value: date) -> None:
    """Refuses a day or moment outside 1900–2200: a slip of the hand, and the ends of the calendar have no neighbouring day
    to reckon with."""
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise ValidationError(_("Năm phải từ 1900 đến 2200. Hãy kiểm tra lại năm vừa nhập."))


class DayField(forms.DateField):
    """A day as people type it, within the years of the house."""

    widget = DayInput
    default_error_messages = {"invalid": _("Hãy nhập ngày như 05-02-2022.")}
    default_validators = [within_years]


class MomentField(forms.DateTimeField):
    """A day with its time, within the years of the house."""

    widget = MomentInput
    default_error_messages = {"invalid": _("Hãy nhập ngày và giờ như 05-02-2022 14:30.")}
    default_validators = [within_years]


class House:
    """Mixed into any form class (also of a library): Tabler's classes, error marks for screen readers, and `attempt`."""

    template_name = "web/form.html"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():  # type: ignore[attr-defined]
            _dress(field)
            _see(field)

    def attempt(self, action: Callable[..., Result], **values: Any) -> Result | None:
        """Run an action; a refusal becomes an error at the field named in its facts (or of the whole form) and None.

        Absent and Forbidden pass through: they are answers about the person, not about what was typed.
        """
        try:
            return action(**values)
        except (Absent, Forbidden):
            raise
        except Refused as refused:
            field = str(refused.facts.get("field", ""))
            self.add_error(field if field in self.fields else NON_FIELD_ERRORS, sentence_of(refused))  # type: ignore[attr-defined]
            return None


def _see(field: forms.Field) -> None:
    """Drop from words what nobody can see, before anything else looks at them. A password is taken as it is."""
    if isinstance(field, forms.CharField) and not isinstance(field.widget, forms.PasswordInput):
        read = field.to_python
        field.to_python = lambda value: read(visible(value) if isinstance(value, str) else value)  # type: ignore[method-assign]


def _dress(field: forms.Field) -> None:
    widget = field.widget
    if isinstance(widget, forms.CheckboxInput | forms.RadioSelect | forms.CheckboxSelectMultiple):
        name = "form-check-input"
    elif isinstance(widget, forms.Select):
        name = "form-select"
    else:
        name = "form-control"
    widget.attrs["class"] = f"{widget.attrs.get('class', '')} {name}".strip()
    _name_nothing(field)


def _name_nothing(field: forms.Field) -> None:
    """Words for the choice of nothing, in place of the framework's dashes."""
    if isinstance(field, forms.ModelChoiceField):
        if field.empty_label == _DASHES:
            field.empty_label = _("Chọn…")
    elif isinstance(field, forms.ChoiceField) and ("", _DASHES) in (choices := list(field.choices)):
        field.choices = [(value, _("Chọn…") if value == "" else label) for value, label in choices]


class Form(House, forms.Form):
    """A plain form of the house."""


class ModelForm(House, forms.ModelForm):
    """A form over a table's row; it validates and shows, the action saves."""
