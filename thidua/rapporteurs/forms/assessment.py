"""Forms of assessment: the rules of a kind, and settling the grades."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from thidua.directives.models import Level
from thidua.kernel.errors import Refused
from thidua.kernel.points import format_vietnamese, parse_typed
from thidua.rapporteurs.actions.assessment import MOST_REASON, Decided
from thidua.rapporteurs.models import AssessmentRules, GradeName
from thidua.rapporteurs.queries.assessment import Row
from thidua.rapporteurs.queries.assessment_words import MEASURES, reasons_of
from thidua.rapporteurs.rules.schemes import GRADES, LEVELS, MEASURES_OF, Asked, Rounding, Scheme, scheme_of
from thidua.web.forms import Form
from thidua.web.sentences import sentence_of

ROUNDINGS = [
    (Rounding.DOWN, _("làm tròn xuống")),
    (Rounding.HALF_UP, _("làm tròn tới số gần nhất")),
    (Rounding.UP, _("làm tròn lên")),
]
LEAST_OF = {
    "rapporteur": _("Số buổi của cả năm, tính theo số tháng trong nhiệm kỳ. Không dùng thì để trống."),
    "collaborator": _("Số báo cáo gửi cả năm, tính theo số tháng trong nhiệm kỳ. Không dùng thì để trống."),
}
"""What the least number counts, by kind."""
MOST_PLACES = 1000
PLACES = _("Hãy ghi một số nguyên từ 0 đến 1000. Không đặt số chỗ tối thiểu thì ghi 0.")
_TYPED = {"class": "pt", "inputmode": "decimal", "autocomplete": "off"}


class NumberField(forms.CharField):
    """A number as people here type it (12,5); empty is None."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"required": False, "max_length": 30, "widget": forms.TextInput(dict(_TYPED))} | kwargs)

    def clean(self, value: Any) -> Decimal | None:
        """The number. Refuses what `kernel.points.parse_typed` refuses."""
        text = super().clean(value)
        if not text:
            if self.required:
                raise ValidationError(self.error_messages["required"], code="required")
            return None
        try:
            return parse_typed(text)
        except Refused as refused:
            raise ValidationError(sentence_of(refused)) from refused


def _check_places(value: int) -> None:
    if not 0 <= value <= MOST_PLACES:
        raise ValidationError(PLACES)


def shown(value: Decimal | None) -> str:
    """A number as it is typed."""
    return "" if value is None else format_vietnamese(value, most=6)


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """A measure in the form's table: whether it counts, its weight, its target at each level."""

    label: object
    on: BoundField
    weight: BoundField
    targets: list[BoundField]


class RulesForm(Form):
    """The rules of a kind. Fields are named for measures and levels: talks_on, talks_weight, talks_province, quota_province."""

    decision = forms.CharField(
        label=_("Văn bản đặt ra quy chế"), max_length=300, required=False,
        help_text=_("Số, ngày, cơ quan ban hành, điều khoản. Chưa ghi thì mọi mức xếp loại là “Cần xem xét”."),
    )  # fmt: skip
    good = NumberField(
        label=_("Tốt: từ (%)"), required=True, error_messages={"required": _("Hãy ghi từ bao nhiêu phần trăm thì xếp tốt.")}
    )
    fair = NumberField(
        label=_("Khá: từ (%)"), required=True, error_messages={"required": _("Hãy ghi từ bao nhiêu phần trăm thì xếp khá.")}
    )
    average = NumberField(
        label=_("Trung bình: từ (%)"), required=True,
        error_messages={"required": _("Hãy ghi từ bao nhiêu phần trăm thì xếp trung bình.")},
    )  # fmt: skip
    least = NumberField(label=_("Số tối thiểu trong năm"))
    at_most = forms.ChoiceField(
        label=_("Dưới số tối thiểu thì cao nhất là"),
        choices=[(name, GradeName(name).label) for name in GRADES[1:]],
        initial="weak",
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Hãy chọn một mức trong danh sách.")),
    )
    rounding = forms.ChoiceField(
        label=_("Số chỗ lẻ thì"), choices=ROUNDINGS, initial=Rounding.DOWN,
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Hãy chọn một cách làm tròn trong danh sách.")),
    )  # fmt: skip
    places_least = forms.IntegerField(
        label=_("Ít nhất mấy chỗ"),
        initial=1,
        widget=forms.NumberInput({"min": 0, "max": MOST_PLACES}),
        validators=[_check_places],
        error_messages=dict.fromkeys(("required", "invalid"), PLACES),
    )
    confirmed = forms.BooleanField(
        label=_("Tôi đã đối chiếu từng con số trên với văn bản nêu ở đầu trang, và chúng khớp nhau"), required=False,
        help_text=_("Mỗi lần sửa quy chế phải xác nhận lại. Chưa xác nhận thì số liệu vẫn hiện, mức xếp loại là “Cần xem xét”."),
    )  # fmt: skip
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any, kind: str, rules: AssessmentRules | None) -> None:
        super().__init__(data, initial=_initial(rules))
        self.kind = kind
        self.fields["least"].help_text = LEAST_OF[kind]
        for measure in MEASURES_OF[kind]:
            self._add(f"{measure}_on", forms.BooleanField(label=_("Tính"), required=False), "form-check-input")
            self._add(f"{measure}_weight", NumberField(label=_("Trọng số")))
            for level in LEVELS:
                self._add(f"{measure}_{level}", NumberField(label=Level(level).label))
        for level in LEVELS:
            self._add(f"quota_{level}", NumberField(label=Level(level).label))

    def _add(self, name: str, field: forms.Field, classes: str = "form-control") -> None:
        field.widget.attrs["class"] = f"{field.widget.attrs.get('class', '')} {classes}".strip()
        self.fields[name] = field

    @property
    def measures(self) -> Iterator[MeasureRow]:
        """The rows of the table of measures."""
        for measure in MEASURES_OF[self.kind]:
            targets = [self[f"{measure}_{level}"] for level in LEVELS]
            yield MeasureRow(MEASURES[measure], self[f"{measure}_on"], self[f"{measure}_weight"], targets)

    @property
    def quotas(self) -> list[BoundField]:
        """The share that may be graded good, level by level."""
        return [self[f"quota_{level}"] for level in LEVELS]

    @property
    def scheme(self) -> Scheme:
        """What was typed; the rules check it. A measure that is ticked without a weight has none, which they refuse."""
        typed = self.cleaned_data
        asked = [
            Asked(measure, typed[f"{measure}_weight"] or Decimal(0), _by_level(typed, f"{measure}_"))
            for measure in MEASURES_OF[self.kind]
            if typed[f"{measure}_on"]
        ]
        return Scheme(
            tuple(asked), typed["good"], typed["fair"], typed["average"], typed["least"], typed["at_most"],
            _by_level(typed, "quota_"), Rounding(typed["rounding"]), typed["places_least"],
        )  # fmt: skip


def _by_level(typed: dict[str, Any], prefix: str) -> dict[str, Decimal]:
    return {level: typed[f"{prefix}{level}"] for level in LEVELS if typed[f"{prefix}{level}"] is not None}


def _initial(rules: AssessmentRules | None) -> dict[str, object]:
    """The rules as they stand, the tick aside: whoever saves compares anew. Empty while there are none."""
    if rules is None:
        return {"revision": 0}
    scheme = scheme_of(rules.content)
    found: dict[str, object] = {"revision": rules.revision, "decision": rules.decision, "places_least": scheme.places_least}
    found |= {name: shown(getattr(scheme, name)) for name in ("good", "fair", "average", "least")}
    found |= {"at_most": scheme.at_most, "rounding": str(scheme.rounding)}
    found |= {f"quota_{level}": shown(share) for level, share in scheme.quota.items()}
    for asked in scheme.asked:
        found |= {f"{asked.measure}_on": True, f"{asked.measure}_weight": shown(asked.weight)}
        found |= {f"{asked.measure}_{level}": shown(target) for level, target in asked.targets.items()}
    return found


@dataclass(frozen=True, slots=True)
class OpenRow:
    """A member whom the rules leave to people: the row, and the fields for the decision."""

    row: Row
    grade: BoundField
    reason: BoundField

    @property
    def why(self) -> str:
        """Why it is left to people."""
        return reasons_of(self.row)[-1]


class SettleForm(Form):
    """Settling: the digest of what is shown, why again, and a decision for each member whom the rules leave to people."""

    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Lý do chốt lại"), max_length=MOST_REASON, required=False, help_text=_("Lần chốt trước vẫn được giữ.")
    )

    def __init__(self, data: Any, rows: Iterable[Row], *, seen: str, again: bool) -> None:
        super().__init__(data, initial={"seen": seen})
        self.again = again
        if not again:
            del self.fields["reason"]
        self.open_rows = list(rows)
        grades = [("", pgettext_lazy("grade", "Để “Cần xem xét”")), *((name, GradeName(name).label) for name in GRADES)]
        for row in self.open_rows:
            pk = row.member.pk
            select = forms.Select({"class": "form-select"})
            words = forms.TextInput({"class": "form-control", "placeholder": _("lý do, nếu chọn mức")})
            label = pgettext_lazy("grade", "Mức")
            self.fields[f"grade_{pk}"] = forms.ChoiceField(label=label, choices=grades, required=False, widget=select)
            self.fields[f"reason_{pk}"] = forms.CharField(label=_("Lý do"), max_length=MOST_REASON, required=False, widget=words)

    @property
    def decisions(self) -> Sequence[OpenRow]:
        """The rows with their fields."""
        return [OpenRow(row, self[f"grade_{row.member.pk}"], self[f"reason_{row.member.pk}"]) for row in self.open_rows]

    @property
    def decided(self) -> dict[int, Decided]:
        """What was decided, by member id."""
        typed = self.cleaned_data
        keys = [row.member.pk for row in self.open_rows]
        return {pk: Decided(typed[f"grade_{pk}"], typed[f"reason_{pk}"]) for pk in keys if typed[f"grade_{pk}"]}
