"""Forms of study."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from thidua.clusters.models import ClusterYear
from thidua.directives.actions.study import SessionValues, counts_of
from thidua.directives.models import Audience, Directive, StudyForm, StudySession
from thidua.directives.queries.study import numbered
from thidua.directives.rules.study import MOST_PEOPLE, REASON_LENGTH, Count
from thidua.kernel.text import small_int
from thidua.web.forms import DayField, Form

COUNTS = tuple(f"{audience}_{what}" for audience in Audience.values for what in ("invited", "attended"))
MOST_OTHERS = 20
_GROUPED = re.compile(r"[0-9]{1,3}([. \u00a0][0-9]{3}){1,3}")


class PeopleField(forms.IntegerField):
    """A number of people as typed: "1250", "1.250" or "1 250". Never a fraction: "1.000" is a thousand and not one."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput({"class": "num", "inputmode": "numeric", "autocomplete": "off"})
        super().__init__(max_value=MOST_PEOPLE, widget=widget, **kwargs)

    def to_python(self, value: Any) -> int | None:
        """The number; refuses whatever is neither plain digits nor groups of three."""
        text = str(value or "").strip() if not isinstance(value, int) else str(value)
        if _GROUPED.fullmatch(text):
            text = "".join(filter(str.isdigit, text))
        elif text and small_int(text) is None:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(text)


@dataclass(frozen=True, slots=True)
class CountRow:
    """A line of the table of counts: a group and its two fields."""

    label: str
    invited: BoundField
    attended: BoundField


class SessionForm(Form):
    """A study session. The documents offered are ticked; any other of the register is named by its number."""

    directives = forms.TypedMultipleChoiceField(
        label=_("Văn bản được học tập, quán triệt"), coerce=int, widget=forms.CheckboxSelectMultiple, required=False
    )
    others = forms.CharField(
        label=_("Văn bản khác trong sổ"), required=False, max_length=600, widget=forms.Textarea({"rows": 2}),
        help_text=_("Ghi số và ký hiệu, mỗi văn bản một dòng, ví dụ 05-CT/TW."),
    )  # fmt: skip
    held_on = DayField(label=_("Ngày tổ chức"))
    form = forms.ChoiceField(label=_("Hình thức"), choices=StudyForm.choices)
    speaker = forms.CharField(
        label=_("Báo cáo viên"), max_length=200, required=False,
        help_text=_("Ghi chức danh, ví dụ “Báo cáo viên cấp tỉnh”; không cần ghi tên người."),
    )  # fmt: skip
    place = forms.CharField(label=_("Địa điểm"), max_length=200, required=False)
    note = forms.CharField(label=_("Ghi chú"), max_length=5000, required=False, widget=forms.Textarea({"rows": 2}))
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, year: ClusterYear, offered: Sequence[Directive], **kwargs: Any) -> None:
        self.year = year
        super().__init__(*args, **kwargs)
        self.fields["directives"].choices = [(d.pk, f"{d.name} · {d.title}" if d.number_text else d.title) for d in offered]
        for name in COUNTS:
            self.fields[name] = PeopleField(label="", min_value=0, required=False)
            self.fields[name].widget.attrs["class"] = "form-control pt"  # added late, so not dressed by the house

    @classmethod
    def of(cls, session: StudySession, **kwargs: Any) -> "SessionForm":
        """The form over a session as it stands."""
        initial: dict[str, Any] = {
            name: getattr(session, name) for name in ("held_on", "form", "speaker", "place", "note", "revision")
        }
        initial["directives"] = [directive.pk for directive in session.directives.all()]
        for count in counts_of(session):
            initial[f"{count.audience}_invited"], initial[f"{count.audience}_attended"] = count.invited, count.attended
        return cls(initial=initial, **kwargs)

    @property
    def plain_fields(self) -> list[BoundField]:
        """The visible fields that are not counts."""
        return [field for field in self.visible_fields() if field.name not in COUNTS]

    @property
    def count_rows(self) -> list[CountRow]:
        """The table of counts."""
        return [CountRow(str(label), self[f"{key}_invited"], self[f"{key}_attended"]) for key, label in Audience.choices]

    def clean_others(self) -> list[int]:
        """Ids of the documents named by number; a number that the register has not, or has twice, is told."""
        typed = [" ".join(line.split()) for line in self.cleaned_data["others"].splitlines() if line.strip()]
        if len(typed) > MOST_OTHERS:
            raise ValidationError(_("Nhiều nhất %(most)d văn bản một buổi."), params={"most": MOST_OTHERS})
        found = numbered(self.year, typed)
        errors = []
        for number in typed:
            if not found[number]:
                errors.append(
                    gettext("Sổ văn bản không có số “%(number)s”. Kiểm tra lại số, hoặc nhờ thư ký cụm trưởng vào sổ trước.")
                    % {"number": number}
                )
            elif len(found[number]) > 1:
                errors.append(
                    gettext("Có %(n)d văn bản mang số “%(number)s”. Hãy mở trang của văn bản rồi ghi buổi học từ đó.")
                    % {"n": len(found[number]), "number": number}
                )
        if errors:
            raise ValidationError(errors)
        return [found[number][0] for number in typed]

    @property
    def values(self) -> SessionValues:
        """What the actions take."""
        given = self.cleaned_data
        counts = tuple(
            Count(key, given[f"{key}_invited"] or 0, given[f"{key}_attended"] or 0)
            for key in Audience.values
            if given[f"{key}_invited"] or given[f"{key}_attended"]
        )
        documents = tuple(dict.fromkeys([*given["directives"], *given["others"]]))
        plain = {name: given[name] for name in ("held_on", "form", "speaker", "place", "note")}
        return SessionValues(directives=documents, counts=counts, **plain)


class RemoveForm(Form):
    """Why a session is taken out."""

    reason = forms.CharField(
        label=_("Lý do bỏ buổi này"), min_length=REASON_LENGTH, max_length=1000, widget=forms.Textarea({"rows": 2}),
        help_text=_("Nhật ký giữ lại số liệu của buổi và lý do này."),
    )  # fmt: skip


class SizeForm(Form):
    """How many members of the Party the unit has; `seen` is the figure that was shown."""

    members = PeopleField(label=_("Số đảng viên của đơn vị trong năm"), min_value=1)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    @classmethod
    def of(cls, size: int | None) -> "SizeForm":
        """The form over the figure as it stands."""
        return cls(initial={"members": size, "seen": size})


class ListForm(Form):
    """A filled list of certificates."""

    list = forms.FileField(
        label=_("Danh sách đã điền (XLSX)"), widget=forms.ClearableFileInput({"accept": ".xlsx"}),
        help_text=_("Phần mềm chỉ đếm số người theo nhóm. Họ tên không được lưu ở bất cứ đâu."),
    )  # fmt: skip


class TakeForm(Form):
    """The counts that a checked list gave, as the person confirms them. No name."""

    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for audience in Audience.values:
            self.fields[audience] = forms.IntegerField(
                min_value=0, max_value=MOST_PEOPLE, required=False, widget=forms.HiddenInput
            )

    @property
    def listed(self) -> dict[str, int]:
        """The counts by group."""
        return {audience: self.cleaned_data[audience] for audience in Audience.values if self.cleaned_data.get(audience)}
