"""Forms of outcomes and disputes."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from thidua.forecasts.forms.forecasts import NumberField
from thidua.forecasts.models import Question, QuestionKind
from thidua.forecasts.rules.questions import MOST_TEXT, Answer
from thidua.kernel.text import small_int
from thidua.web.forms import Form

VOID, VALUE = "void", "value"


class DecisionForm(Form):
    """How a question came out and from where that can be checked. `choices`: pairs of id and text."""

    outcome = forms.ChoiceField(label=pgettext_lazy("question", "Kết quả"), widget=forms.RadioSelect)
    value = NumberField(label=_("Con số"), required=False)
    basis = forms.CharField(
        label=_("Căn cứ"), max_length=MOST_TEXT, widget=forms.Textarea({"rows": 3}),
        help_text=_("Ghi chỗ kiểm tra được: số và ngày của văn bản, trang báo cáo, địa chỉ trên mạng."),
    )  # fmt: skip

    def __init__(self, *args: Any, question: Question, choices: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        void = (VOID, _("Không tính: không ghi được kết quả theo căn cứ đã nêu, không ai được chấm điểm"))
        if question.kind == QuestionKind.NUMBER:
            self.fields["outcome"].choices = [(VALUE, _("Một con số")), void]
            self.fields["outcome"].initial = VALUE
            self.fields["value"].help_text = question.unit_of_measure
            self.fields["value"].when_required = _("khi có kết quả")
        else:
            self.fields["outcome"].choices = [*((str(pk), text) for pk, text in choices), void]
            del self.fields["value"]

    @property
    def said(self) -> Answer:
        """What was chosen."""
        chosen = self.cleaned_data.get("outcome", "")
        if chosen == VOID:
            return Answer(void=True)
        if chosen == VALUE:
            return Answer(value=self.cleaned_data.get("value"))
        return Answer(choice=small_int(chosen))


class DisputeForm(Form):
    """Why a unit thinks that a question was decided wrongly."""

    reason = forms.CharField(
        label=_("Lý do khiếu nại"), max_length=MOST_TEXT, widget=forms.Textarea({"rows": 4}),
        help_text=_("Nêu kết quả nào mới đúng theo căn cứ của câu hỏi, và kiểm tra ở đâu."),
    )  # fmt: skip


class AnswerForm(DecisionForm):
    """The answer to a dispute; when it is upheld, also the new outcome."""

    upheld = forms.ChoiceField(
        label=_("Trả lời"), widget=forms.RadioSelect,
        choices=[("no", _("Bác: kết quả giữ nguyên")), ("yes", _("Chấp nhận: ghi kết quả mới"))],
    )  # fmt: skip
    answer = forms.CharField(label=_("Vì sao trả lời như vậy"), max_length=MOST_TEXT, widget=forms.Textarea({"rows": 3}))
    field_order = ("upheld", "answer", "outcome", "value", "basis")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("outcome", "basis"):
            self.fields[name].required = False
            self.fields[name].when_required = _("khi chấp nhận")
        self.fields["outcome"].label = _("Kết quả mới")

    def clean(self) -> dict[str, Any]:
        """When upheld, an outcome and its basis."""
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        if typed.get("upheld") == "yes":
            for name in ("outcome", "basis"):
                if not typed.get(name) and name not in self.errors:
                    self.add_error(name, ValidationError(self.fields[name].error_messages["required"]))
        return typed

    @property
    def is_upheld(self) -> bool:
        """Whether the unit is told that it is right."""
        return bool(self.cleaned_data.get("upheld") == "yes")
