"""Forms of distribution."""

from collections.abc import Iterable
from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from thidua.directives.models import Distribution, DueAction
from thidua.directives.queries.distribution import seen_of
from thidua.people.models import Organisation
from thidua.web.forms import DayField, Form


class SendForm(Form):
    """To whom a document is sent, what they are asked to do and by when. Every unit that has not got it is ticked."""

    units = forms.TypedMultipleChoiceField(
        label=_("Gửi tới"), coerce=int, widget=forms.CheckboxSelectMultiple, required=False,
        error_messages={"invalid_choice": _("Một đơn vị đã chọn đã được gửi rồi, hoặc không còn là thành viên. Hãy chọn lại.")},
    )  # fmt: skip
    due_action = forms.ChoiceField(label=_("Việc cần làm"), choices=DueAction.choices, initial=DueAction.STUDY)
    due_on = DayField(label=_("Hạn"), required=False)
    note = forms.CharField(label=_("Ghi chú cho đơn vị"), max_length=300, required=False)

    def __init__(self, *args: object, units: Iterable[Organisation], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        choices = [(unit.pk, unit.name_vi) for unit in units]
        self.fields["units"].choices = choices  # type: ignore[attr-defined]
        self.fields["units"].initial = [pk for pk, _name in choices]

    @property
    def values(self) -> dict[str, object]:
        """What `actions.send_directive` takes."""
        given = self.cleaned_data
        return {"unit_ids": given["units"], **{name: given[name] for name in ("due_action", "due_on", "note")}}


class ChangeForm(Form):
    """What is asked of one unit, or of all that have the document."""

    due_action = forms.ChoiceField(label=_("Việc cần làm"), choices=DueAction.choices)
    due_on = DayField(label=_("Hạn"), required=False)
    for_all = forms.BooleanField(label=_("Đổi cho mọi đơn vị đã được gửi văn bản này"), required=False)
    seen = forms.CharField(widget=forms.HiddenInput, max_length=60)

    @classmethod
    def of(cls, sent: Distribution) -> "ChangeForm":
        """The form over what is asked now."""
        due: date | None = sent.due_on
        return cls(initial={"due_action": sent.due_action, "due_on": due, "seen": seen_of(sent)})
