"""A chance as people type it: in percent."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from thidua.kernel.errors import Refused
from thidua.kernel.points import format_plain, format_vietnamese, parse_typed
from thidua.web.sentences import sentence_of


class ProbabilityField(forms.CharField):
    """Typed as `70`, `72,5` or `70 %`; cleaned to a Decimal from 0 to 1 (None when empty and not required). As initial value it
    takes such a Decimal. Shown by templates/forecasts/_probability.html."""

    default_error_messages = {"outside": _("Hãy nhập từ 0 đến 100 %.")}

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 12)
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}))
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        """What was typed stays; a chance that is kept is shown in percent."""
        if not isinstance(value, Decimal):
            return value
        percent = value * 100
        return format_plain(percent, fewest=0) if get_language() == "en" else format_vietnamese(percent, most=4)

    def clean(self, value: Any) -> Any:
        """The chance as a part of one."""
        text = super().clean(value).removesuffix("%").strip()
        if not text:
            return None
        try:
            percent = parse_typed(text)
        except Refused as refused:
            raise ValidationError(sentence_of(refused)) from None
        if not 0 <= percent <= 100:
            raise ValidationError(self.error_messages["outside"], code="outside")
        return percent / 100
