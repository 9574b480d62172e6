"""Forms of the conference."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import formset_factory
from django.utils.translation import gettext_lazy as _

from thidua.awards.models import Nomination
from thidua.ballots.models import BaseChoice
from thidua.ballots.rules import Base, Threshold
from thidua.conference.models import AgendaItem
from thidua.conference.rules import AgendaLine, Plan
from thidua.people.models import Organisation
from thidua.web.forms import Form, MomentField, MomentInput

SPARE_LINES = 2
"""Empty lines at the end of the agenda to add points without JavaScript."""

YEARS = range(1900, 2201)
"""In which a conference can take place; beyond them a slip of the hand, and dates that no database keeps."""

FRACTIONS = ("1/2", "2/3", "3/4", "9/10")
"""The thresholds that clusters use (see ballots.rules)."""


MOST_WORDS = 20_000
"""Characters of notes under a point of the agenda, and of a remark in the minutes."""


class Words(forms.CharField):
    """Free words, counted as browsers count them: a line break is one character. Without NUL, which no database keeps."""

    def to_python(self, value: Any) -> str:
        """What was typed, with line breaks of one kind."""
        return str(super().to_python(str(value or "").replace("\x00", "").replace("\r\n", "\n")))


class SeenForm(Form):
    """Carries the code of what its writer saw (queries.fingerprints)."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
    is_stale = False
    """Whether somebody else saved meanwhile, so that the page shows what is saved by now."""

    def see_newest(self, code: str) -> None:
        """After a refusal: carry the code of what is saved by now, so that saving again is a decision and not an accident."""
        typed = self.data.get("seen", "")
        self.is_stale = typed not in ("", code)
        if self.is_stale:
            data: Any = self.data.copy()
            data["seen"] = code
            self.data = data

    @property
    def seen_code(self) -> str | None:
        """As the actions take it: None where the form came without one."""
        return self.cleaned_data["seen"] or None


class RemarkForm(SeenForm):
    """The secretary's words under one part of the minutes."""

    section = forms.CharField(widget=forms.HiddenInput)
    text = Words(required=False, max_length=MOST_WORDS, widget=forms.Textarea({"rows": 2}))

    @classmethod
    def under(cls, section: str, *args: Any, **kwargs: Any) -> "RemarkForm":
        """The form of one part; each has ids of its own, as the page shows one under every part."""
        return cls(*args, auto_id=f"remark-{section}-%s", **kwargs)


class PlanForm(SeenForm):
    """When, where, under whom, and the quorum."""

    starts_at = forms.DateTimeField(
        label=_("Ngày giờ"), widget=MomentInput, error_messages={"invalid": MomentField.default_error_messages["invalid"]}
    )
    place = forms.CharField(label=_("Địa điểm"), max_length=300)
    chair = forms.CharField(label=_("Chủ trì (chức vụ)"), max_length=300)
    secretary = forms.CharField(label=_("Thư ký (chức vụ)"), max_length=300)
    quorum_numerator = forms.IntegerField(
        label=_("Tỷ lệ có mặt tối thiểu để bỏ phiếu: tử số"),
        min_value=1,
        max_value=100,
        initial=2,
        help_text=_("Do cụm thống nhất, ví dụ 2/3 số đại biểu có quyền biểu quyết. Chưa đủ thì không mở bỏ phiếu được."),
    )
    quorum_denominator = forms.IntegerField(
        label=_("Tỷ lệ có mặt tối thiểu để bỏ phiếu: mẫu số"), min_value=1, max_value=100, initial=3
    )

    def clean_starts_at(self) -> datetime:
        """Refuses a year outside YEARS."""
        typed = self.cleaned_data["starts_at"]
        if typed.year not in YEARS:
            raise ValidationError(_("Hãy xem lại năm: từ %(first)s đến %(last)s."), params={"first": YEARS[0], "last": YEARS[-1]})
        return typed

    @property
    def plan(self) -> Plan:
        """What was typed, as the action takes it."""
        return Plan(**{name: self.cleaned_data[name] for name in Plan.__slots__})


class AgendaLineForm(Form):
    """One point of the agenda."""

    item_id = forms.IntegerField(required=False, widget=forms.HiddenInput)
    place = forms.IntegerField(label=_("Thứ tự"), required=False, min_value=1, max_value=999)
    title = forms.CharField(label=_("Tên mục"), max_length=300, required=False)
    minutes = forms.IntegerField(label=_("Số phút"), required=False, min_value=1, max_value=1440)
    notes = Words(
        label=_("Ghi chép: ý kiến, kết luận"), required=False, max_length=MOST_WORDS, widget=forms.Textarea(attrs={"rows": 2})
    )

    @property
    def line(self) -> AgendaLine:
        """What was typed, as the rules take it."""
        typed = self.cleaned_data
        return AgendaLine(typed.get("item_id"), typed.get("title", ""), typed.get("minutes"), typed.get("notes", ""))


class _AgendaFormSet(forms.BaseFormSet):
    """The agenda's lines by the places typed; lines without one come last, as they stand."""

    @property
    def lines(self) -> list[AgendaLine]:
        """What was typed, in its order."""
        last = len(self.forms) + 1000
        return [form.line for form in sorted(self.forms, key=lambda form: form.cleaned_data.get("place") or last)]


AgendaFormSet = formset_factory(AgendaLineForm, formset=_AgendaFormSet, extra=SPARE_LINES, max_num=60, absolute_max=100)


def agenda_values(items: Sequence[AgendaItem], customary: Sequence[str]) -> list[dict[str, object]]:
    """What the agenda's form begins with: the agenda, or the customary one where there is none yet."""
    if not items:
        return [{"place": place, "title": title} for place, title in enumerate(customary, 1)]
    return [
        {"item_id": item.pk, "place": place, "title": item.title, "minutes": item.minutes, "notes": item.notes}
        for place, item in enumerate(items, 1)
    ]


class DelegateForm(Form):
    """A delegate or guest without the vote, named by post."""

    unit = forms.ModelChoiceField(Organisation.objects.none(), label=_("Đơn vị"))
    name = forms.CharField(
        label=_("Chức vụ"), max_length=200, help_text=_("Ghi theo chức vụ, ví dụ “Lãnh đạo 1”, không cần họ tên.")
    )

    def __init__(self, *args: Any, units: Sequence[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = Organisation.objects.filter(pk__in=[unit.pk for unit in units])
        self.fields["unit"].choices = [("", _("Chọn đơn vị")), *((unit.pk, unit.name_vi) for unit in units)]


class PollForm(Form):
    """What is voted on and when it is carried."""

    title = forms.CharField(label=_("Tên cuộc bỏ phiếu"), max_length=200)
    nominations = forms.TypedMultipleChoiceField(
        label=_("Các đơn vị đã được suy tôn"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    nominees = forms.TypedMultipleChoiceField(
        label=_("Đơn vị khác (bỏ phiếu chung, không gắn danh hiệu)"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    fraction = forms.ChoiceField(label=_("Ngưỡng thông qua"), choices=[(part, part) for part in FRACTIONS], initial="2/3")
    strict = forms.BooleanField(label=_("Phải quá ngưỡng (không tính bằng)"), required=False)
    base = forms.ChoiceField(label=_("Tính trên"), choices=BaseChoice.choices, initial=Base.PRESENT)

    def __init__(self, *args: Any, nominations: Sequence[Nomination], units: Sequence[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known_nominations, self.known_units = nominations, units
        self.fields["nominations"].choices = [(n.pk, f"{n.unit.name_vi} – {n.title_text}") for n in nominations]
        self.fields["nominees"].choices = [(unit.pk, unit.name_vi) for unit in units]
        if not nominations:
            del self.fields["nominations"]

    @property
    def values(self) -> dict[str, object]:
        """What was typed, as the action takes it."""
        typed = self.cleaned_data
        part, whole = typed["fraction"].split("/")
        chosen, units = set(typed.get("nominations", ())), set(typed["nominees"])
        return {
            "title": typed["title"],
            "nominations": [n for n in self.known_nominations if n.pk in chosen],
            "units": [unit for unit in self.known_units if unit.pk in units],
            "threshold": Threshold(int(part), int(whole), typed["strict"], Base(typed["base"])),
        }
