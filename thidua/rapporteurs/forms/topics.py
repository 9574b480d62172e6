"""Forms of topics."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from thidua.clusters.models import ClusterYear
from thidua.directives.models import Directive
from thidua.directives.queries.study import numbered
from thidua.people.models import Organisation
from thidua.rapporteurs.actions.topics import TopicValues
from thidua.rapporteurs.models import Topic
from thidua.rapporteurs.rules.talks import REASON_LENGTH
from thidua.web.forms import DayField, Form

OFFERED = 30
MOST_OTHERS = 20
NO_NAMES = _("Ghi phạm vi, nội dung chính. Không ghi tên người, không ghi ai nói gì.")


def _title() -> forms.CharField:
    return forms.CharField(label=_("Tên chủ đề"), max_length=200)


def _note() -> forms.CharField:
    return forms.CharField(
        label=_("Ghi chú"), max_length=5000, required=False, widget=forms.Textarea({"rows": 3}), help_text=NO_NAMES
    )


class TopicForm(Form):
    """A topic of the year. The newest documents are offered; any other of the register is named by its number."""

    title = _title()
    starts_on = DayField(label=_("Từ ngày"), required=False)
    ends_on = DayField(
        label=_("Đến ngày"), required=False, help_text=_("Để trống hai ngày nếu chủ đề dùng trong cả năm.")
    )  # fmt: skip
    note = _note()
    directives = forms.TypedMultipleChoiceField(
        label=_("Văn bản làm căn cứ"), coerce=int, widget=forms.CheckboxSelectMultiple, required=False
    )
    others = forms.CharField(
        label=_("Văn bản khác trong sổ"), required=False, max_length=600, widget=forms.Textarea({"rows": 2}),
        help_text=_("Ghi số và ký hiệu, mỗi văn bản một dòng, ví dụ 05-CT/TW."),
    )  # fmt: skip
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, year: ClusterYear, offered: Sequence[Directive], **kwargs: Any) -> None:
        self.year = year
        super().__init__(*args, **kwargs)
        choices = [(one.pk, f"{one.name} · {one.title}" if one.number_text else one.title) for one in offered]
        self.fields["directives"].choices = choices
        if not choices:
            del self.fields["directives"], self.fields["others"]

    @classmethod
    def of(cls, topic: Topic, **kwargs: Any) -> "TopicForm":
        """The form over a topic as it stands."""
        names = ("title", "note", "starts_on", "ends_on", "revision")
        initial: dict[str, Any] = {name: getattr(topic, name) for name in names}
        initial["directives"] = list(topic.directives.values_list("pk", flat=True))
        return cls(initial=initial, **kwargs)

    def clean_others(self) -> list[int]:
        """Ids of the documents named by number; a number that the register has not, or has twice, is told."""
        typed = [" ".join(line.split()) for line in self.cleaned_data["others"].splitlines() if line.strip()]
        if len(typed) > MOST_OTHERS:
            raise ValidationError(_("Nhiều nhất %(most)d văn bản một lần."), params={"most": MOST_OTHERS})
        found = numbered(self.year, typed)
        wrong = [number for number in typed if len(found[number]) != 1]
        if wrong:
            words = gettext("Sổ không có đúng một văn bản mang số: %(numbers)s. Hãy kiểm tra lại số trong Sổ văn bản.")
            raise ValidationError(words % {"numbers": "; ".join(wrong)})
        return [found[number][0] for number in typed]

    @property
    def values(self) -> TopicValues:
        """What the actions take."""
        given = self.cleaned_data
        documents = dict.fromkeys([*given.get("directives", ()), *given.get("others", ())])
        return TopicValues(given["title"], given["note"], given["starts_on"], given["ends_on"], tuple(documents))


class ProposeForm(Form):
    """What a unit proposes."""

    unit = forms.ChoiceField(label=_("Đơn vị đề nghị"))
    title = _title()
    note = _note()

    def __init__(self, *args: Any, units: Sequence[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.units = {str(unit.pk): unit for unit in units}
        self.fields["unit"].choices = [(pk, unit.name_vi) for pk, unit in self.units.items()]
        if len(units) == 1:
            self.fields["unit"].widget = forms.HiddenInput()
            self.initial["unit"] = units[0].pk

    @property
    def chosen(self) -> Organisation:
        """The unit it is proposed for."""
        return self.units[self.cleaned_data["unit"]]


class TurnDownForm(Form):
    """Why a proposal is not agreed to."""

    reason = forms.CharField(
        label=_("Lý do không duyệt"), min_length=REASON_LENGTH, max_length=300, widget=forms.Textarea({"rows": 2}),
        help_text=_("Đơn vị đề nghị đọc lý do này tại trang Chủ đề."),
    )  # fmt: skip
