"""Forms of pledges."""

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from thidua.kernel.errors import Refused
from thidua.kernel.points import format_vietnamese, parse_typed
from thidua.pledges.models import Pledge, UnitTarget
from thidua.pledges.rules import (
    MOST_BODY,
    MOST_PREAMBLE,
    MOST_TARGET,
    MOST_TARGETS,
    MOST_UNIT_OF_MEASURE,
    REASON_LENGTH,
    Target,
)
from thidua.web.forms import Form
from thidua.web.sentences import sentence_of


class PledgeForm(Form):
    """Preamble and articles; `revision` tells which state the writer saw."""

    preamble = forms.CharField(label=_("Lời mở đầu"), max_length=MOST_PREAMBLE, widget=forms.Textarea({"rows": 3}))
    body = forms.CharField(
        label=_("Các điều khoản"),
        max_length=MOST_BODY,
        widget=forms.Textarea({"rows": 16}),
        help_text=_("Mỗi dòng là một đoạn. Dòng bắt đầu bằng “Điều 1.” là tên điều; dòng bắt đầu bằng “- ” là gạch đầu dòng."),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)

    @classmethod
    def of(cls, pledge: Pledge) -> "PledgeForm":
        """The form over the draft as it stands."""
        return cls(initial={"preamble": pledge.preamble, "body": pledge.body, "revision": pledge.revision})


class ReopenForm(Form):
    """Why a frozen pledge is opened again."""

    reason = forms.CharField(
        label=_("Lý do mở lại"), min_length=REASON_LENGTH, max_length=2000, widget=forms.Textarea({"rows": 3}),
        help_text=_("Các đơn vị và nhật ký sẽ thấy lý do này."),
    )  # fmt: skip


class SeenForm(Form):
    """Which targets the writer saw (queries.fingerprint); refusals of the whole page stand here."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)


class TargetForm(Form):
    """One target: words, a figure as Vietnamese people write it, its unit of measure."""

    text = forms.CharField(label=_("Chỉ tiêu"), max_length=MOST_TARGET, required=False)
    figure = forms.CharField(label=_("Con số"), max_length=24, required=False, widget=forms.TextInput({"inputmode": "decimal"}))
    unit_of_measure = forms.CharField(label=_("Đơn vị tính"), max_length=MOST_UNIT_OF_MEASURE, required=False)

    def clean_figure(self):
        """The figure as Decimal, None when empty."""
        typed = self.cleaned_data["figure"]
        if not typed.strip():
            return None
        try:
            return parse_typed(typed)
        except Refused as refused:
            raise ValidationError(sentence_of(refused)) from refused

    def clean(self):
        """A figure needs words."""
        values = super().clean()
        if not values.get("text") and (values.get("figure") is not None or values.get("unit_of_measure")):
            self.add_error("text", _("Hãy ghi chỉ tiêu cho con số này, hoặc xoá cả dòng."))
        return values

    @property
    def target(self) -> Target | None:
        """The target, None for an empty line."""
        values = self.cleaned_data
        return Target(values["text"], values["figure"], values["unit_of_measure"]) if values.get("text") else None


TargetFormSet = formset_factory(TargetForm, extra=4, max_num=MOST_TARGETS + 4, absolute_max=MOST_TARGETS + 20)


def targets_formset(data, targets: list[UnitTarget]) -> BaseFormSet:
    """A line for each target and four more to write in; a line that is emptied goes."""
    initial = [
        {
            "text": row.text,
            "figure": "" if row.target is None else format_vietnamese(row.target, most=6),
            "unit_of_measure": row.unit_of_measure,
        }
        for row in targets
    ]
    return TargetFormSet(data, initial=initial, prefix="t")


def targets_in(formset: BaseFormSet) -> list[Target]:
    """The targets typed, in order, without empty lines."""
    return [form.target for form in formset.forms if form.target is not None]
