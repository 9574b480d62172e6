"""Forms of commendations."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from thidua.awards.models import Nomination, NominationStatus, Title
from thidua.awards.rules import Decision
from thidua.awards.sentences import SENTENCES
from thidua.people.models import Organisation
from thidua.web.forms import DayField, Form

OUTCOMES = [("granted", _("Được khen thưởng")), ("declined", _("Không được khen thưởng"))]


class NominationForm(Form):
    """Which unit is put forward for what."""

    unit = forms.ModelChoiceField(Organisation.objects.none(), label=_("Đơn vị"), empty_label=_("Chọn đơn vị"))
    title = forms.ChoiceField(label=_("Danh hiệu, hình thức khen thưởng"), choices=Title.choices)
    other_title = forms.CharField(
        label=_("Tên hình thức khác"), required=False, max_length=200, help_text=_("Chỉ ghi khi chọn “Hình thức khác”.")
    )

    def __init__(self, *args: Any, units: Sequence[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = Organisation.objects.filter(pk__in=[unit.pk for unit in units])
        self.fields["unit"].choices = [("", _("Chọn đơn vị")), *((unit.pk, unit.name_vi) for unit in units)]


class _AskedByRule(forms.CharField):
    """A field that the answer beside it makes necessary: never called optional; `rules.check_decision` asks for it."""

    def validate(self, value: str) -> None:
        """Nothing by itself."""


class DecisionForm(Form):
    """What the superior body decided."""

    use_required_attribute = False  # the browser cannot know which answer asks for which field

    outcome = forms.ChoiceField(label=_("Kết quả"), choices=OUTCOMES, widget=forms.RadioSelect, initial="granted")
    number = _AskedByRule(
        label=_("Số quyết định"), max_length=100, help_text=_("Bắt buộc khi được khen thưởng. Ví dụ: 15-QĐ/BTGTU")
    )
    day = DayField(label=_("Ngày quyết định"), error_messages={"required": SENTENCES["awards.no_day"]})
    decided_by = forms.CharField(
        label=_("Cơ quan, chức vụ ký"), max_length=300, error_messages={"required": SENTENCES["awards.no_decider"]}
    )
    note = _AskedByRule(
        label=_("Ghi chú"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Bắt buộc khi không được khen thưởng: ghi lý do."),
    )

    @staticmethod
    def values_of(nomination: Nomination) -> dict[str, object]:
        """What is written down already, to begin with."""
        return {
            "outcome": "declined" if nomination.status == NominationStatus.DECLINED else "granted",
            "number": nomination.decision_number,
            "day": nomination.decision_date,
            "decided_by": nomination.decided_by or nomination.year.cluster.superior_body.name_vi,
            "note": nomination.decision_note,
        }

    @property
    def decision(self) -> Decision:
        """What was typed, as the rules take it."""
        typed = self.cleaned_data
        return Decision(typed["outcome"] == "granted", typed["number"], typed["day"], typed["decided_by"], typed["note"])
