"""The form of a forecast: chances, or the two ends of an interval."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from thidua.forecasts.forms.probability import ProbabilityField
from thidua.forecasts.models import Forecast, Question, QuestionKind
from thidua.forecasts.rules.questions import MOST_TEXT, ForecastValue
from thidua.kernel.errors import Refused
from thidua.kernel.points import format_plain, format_vietnamese, parse_typed
from thidua.web.forms import Form
from thidua.web.sentences import sentence_of


class NumberField(forms.CharField):
    """A number as people type it, "1.234,5"; cleaned to a Decimal (None when empty and not required)."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput({"class": "num", "inputmode": "decimal", "autocomplete": "off"})
        super().__init__(max_length=40, widget=widget, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """What was typed stays; a number that is kept is shown in full."""
        if not isinstance(value, Decimal):
            return value
        return format_plain(value, fewest=0) if get_language() == "en" else format_vietnamese(value, most=6)

    def clean(self, value: Any) -> Any:
        """The number."""
        text = super().clean(value)
        if not text:
            return None
        try:
            return parse_typed(text)
        except Refused as refused:
            raise ValidationError(sentence_of(refused)) from None


class ForecastForm(Form):
    """A forecast of a question. `newest`: what this forecaster said last; the form begins with it and asks why it changes."""

    low = NumberField(label=_("Thấp nhất"))
    high = NumberField(label=_("Cao nhất"))
    certain = forms.BooleanField(label=_("Chắc chắn tuyệt đối: tôi hiểu rằng nếu sai thì điểm log là vô cùng"), required=False)
    reason = forms.CharField(label=_("Vì sao"), max_length=MOST_TEXT, required=False, widget=forms.Textarea({"rows": 3}))
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    read = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, question: Question, choices: Sequence[str], newest: Forecast | None, **kwargs: Any) -> None:
        self.question = question
        names = [] if question.kind == QuestionKind.NUMBER else list(choices)
        self.asked = names[:1] if question.kind == QuestionKind.YES_NO else names
        super().__init__(*args, initial={"read": question.revision, **_initial(newest, len(self.asked))}, **kwargs)
        for place, name in enumerate(self.asked, 1):
            field = ProbabilityField(label=name)
            field.widget.attrs["class"] = "form-control pt"  # added late, so not dressed by the house
            self.fields[f"choice_{place}"] = field
        if self.asked:
            del self.fields["low"], self.fields["high"]
        else:
            del self.fields["certain"]
        if newest is not None:
            self.fields["reason"].when_required = _("bắt buộc khi thay đổi dự báo")

    @property
    def chances(self) -> list[BoundField]:
        """The fields of chances, in order."""
        return [self[f"choice_{place}"] for place in range(1, len(self.asked) + 1)]

    @property
    def asks_certainty(self) -> bool:
        """Whether the box for certainty is shown: only to one who has typed 0 or 100."""
        return "certain" in self.fields and (bool(self.errors.get("certain")) or bool(self.data.get("certain")))

    @property
    def value(self) -> ForecastValue:
        """What was typed."""
        typed = self.cleaned_data
        chances = tuple(typed[f"choice_{place}"] for place in range(1, len(self.asked) + 1))
        if self.question.kind == QuestionKind.YES_NO:
            chances = (*chances, 1 - chances[0])
        return ForecastValue(chances, typed.get("low"), typed.get("high"), typed["reason"], bool(typed.get("certain")))


def _initial(newest: Forecast | None, asked: int) -> dict[str, Any]:
    if newest is None:
        return {}
    chances = {f"choice_{place}": Decimal(text) for place, text in enumerate(newest.probabilities[:asked], 1)}
    return {"low": newest.low, "high": newest.high, "seen": newest.pk, **chances}
