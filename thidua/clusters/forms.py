"""Forms of clusters."""

from collections.abc import Sequence
from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from thidua.clusters.models import ClusterYear, StageChoice
from thidua.clusters.rules import STAGES, VOTE, Stage, StageSpan, place
from thidua.people.models import Organisation
from thidua.people.queries import organisations
from thidua.web.forms import DayField, DayInput, Form


def _sorted_units() -> list[tuple[int, str]]:
    return [(unit.pk, unit.name_vi) for unit in sorted(organisations(), key=lambda unit: unit.order)]


class UnitsField(forms.TypedMultipleChoiceField):
    """Several organisations, in Vietnamese order, answered as a list in the order of the list."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs) -> None:
        super().__init__(coerce=int, choices=_sorted_units, **kwargs)

    def clean(self, value) -> list[Organisation]:
        """The organisations chosen."""
        chosen = super().clean(value)
        found = Organisation.objects.in_bulk(chosen)
        return [found[pk] for pk in chosen]


class ClusterForm(Form):
    """Form a cluster from units; their order is the first rotation."""

    superior_body = forms.ModelChoiceField(Organisation.objects.none(), label=_("Cơ quan cấp trên"))
    name_vi = forms.CharField(label=_("Tên cụm, khối"), max_length=300)
    name_en = forms.CharField(label=_("Tên tiếng Anh"), max_length=300, required=False)
    rotation = UnitsField(label=_("Các đơn vị trong cụm"))

    def __init__(self, *args, bodies: Sequence[int], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["superior_body"].queryset = Organisation.objects.filter(pk__in=bodies)


class FirstYearForm(Form):
    """Open the first year of a cluster."""

    year = forms.IntegerField(label=_("Năm thi đua"), min_value=1948, max_value=2200)
    members = UnitsField(label=_("Đơn vị thành viên"))
    head = forms.ModelChoiceField(Organisation.objects.none(), label=_("Đơn vị cụm trưởng"))
    deputy = forms.ModelChoiceField(Organisation.objects.none(), label=_("Đơn vị cụm phó"), required=False)
    illustrative = forms.BooleanField(label=_("Năm tập dượt: ghi “số liệu minh hoạ” trên mọi trang và văn bản"), required=False)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["head"].queryset = self.fields["deputy"].queryset = organisations()


class MembersForm(Form):
    """Members, head and deputy of a year being prepared."""

    members = UnitsField(label=_("Đơn vị thành viên"))
    head = forms.ModelChoiceField(Organisation.objects.none(), label=_("Đơn vị cụm trưởng"))
    deputy = forms.ModelChoiceField(Organisation.objects.none(), label=_("Đơn vị cụm phó"), required=False)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["head"].queryset = self.fields["deputy"].queryset = organisations()


class CalendarForm(Form):
    """Two days for each stage."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for stage in STAGES:
            for part in ("starts_on", "due_on"):
                name = f"{stage}-{part}"
                field = DayField(required=False, widget=DayInput(attrs={"class": "form-control"}))
                field.label = f"{StageChoice(stage).label} – {_('từ ngày') if part == 'starts_on' else _('hạn')}"
                field.widget.attrs["aria-label"] = field.label
                self.fields[name] = field

    def rows(self):
        """(stage's name, its two bound fields) for the table."""
        return [(StageChoice(stage).label, self[f"{stage}-starts_on"], self[f"{stage}-due_on"]) for stage in STAGES]

    def spans(self) -> list[StageSpan]:
        """The days as rules want them."""
        days: dict[str, date | None] = self.cleaned_data
        return [StageSpan(stage, days[f"{stage}-starts_on"], days[f"{stage}-due_on"]) for stage in STAGES]


class RulesForm(Form):
    """Tie-break and from when units see the ranking."""

    tie_break = forms.CharField(
        label=_("Khi bằng điểm, so lần lượt các mục"),
        required=False,
        max_length=300,
        help_text=_("Mã tiêu chí, cách nhau bằng dấu phẩy, ví dụ: I, II.1. Chốt khi ký giao ước."),
    )
    vote = forms.BooleanField(label=_("Vẫn bằng nhau thì bỏ phiếu (không chọn: đồng hạng)"), required=False)
    ranking_from = forms.ChoiceField(
        label=_("Các đơn vị được xem xếp hạng từ giai đoạn"),
        choices=[(stage.value, StageChoice(stage).label) for stage in STAGES if place(stage) >= place(Stage.CROSS_CHECKING)],
    )

    @classmethod
    def of(cls, year: ClusterYear) -> "RulesForm":
        """The form with what the year has now."""
        codes = [code for code in year.tie_break if code != VOTE]
        initial = {"tie_break": ", ".join(codes), "vote": VOTE in year.tie_break, "ranking_from": year.ranking_from}
        return cls(initial=initial)

    def rules(self) -> dict[str, object]:
        """The tie-break as the year keeps it, and the stage."""
        typed = self.cleaned_data["tie_break"].replace(";", ",").split(",")
        codes = [code.strip() for code in typed if code.strip()]
        return {
            "tie_break": codes + ([VOTE] if self.cleaned_data["vote"] else []),
            "ranking_from": self.cleaned_data["ranking_from"],
        }


class StepBackForm(Form):
    """Why the year goes back one stage."""

    reason = forms.CharField(label=_("Lý do"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000)


class NextYearForm(Form):
    """Who heads the next year; the rotation's proposal is chosen already."""

    head = forms.ModelChoiceField(Organisation.objects.none(), label=_("Đơn vị cụm trưởng năm sau"))
    deputy = forms.ModelChoiceField(Organisation.objects.none(), label=_("Đơn vị cụm phó năm sau"), required=False)

    def __init__(self, *args, members: Sequence[Organisation], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        queryset = Organisation.objects.filter(pk__in=[unit.pk for unit in members])
        self.fields["head"].queryset = self.fields["deputy"].queryset = queryset


class RotationForm(Form):
    """The order in which units hold the head's office: a number beside each unit."""

    def __init__(self, *args, units: Sequence[Organisation], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.units = list(units)
        for unit in self.units:
            self.fields[f"unit-{unit.pk}"] = forms.IntegerField(
                label=unit.name_vi,
                required=False,
                min_value=1,
                max_value=99,
                widget=forms.NumberInput(attrs={"class": "form-control w-pt"}),
            )

    def order(self) -> list[Organisation]:
        """The units that were given a number, by number."""
        places = [(self.cleaned_data[f"unit-{unit.pk}"], unit) for unit in self.units]
        return [unit for place_, unit in sorted(((p, u) for p, u in places if p), key=lambda pair: pair[0])]
