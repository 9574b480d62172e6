"""What is typed when a round is arranged."""

from django import forms
from django.utils.translation import gettext_lazy as _

from thidua.crosschecks.models import Aggregation, Mode, Visibility
from thidua.crosschecks.rules.plan import LARGEST_SEED, RoundPlan
from thidua.scoring.queries.entry import MOST_LETTERS
from thidua.web.forms import DayField, Form


class RoundForm(Form):
    """What the head lays down for a round."""

    title = forms.CharField(label=_("Tên vòng"), max_length=200, initial=_("Thẩm định chéo"))
    mode = forms.ChoiceField(label=_("Ai chấm"), choices=Mode)
    per_unit = forms.IntegerField(
        label=_("Mỗi đơn vị chấm bao nhiêu đơn vị khác"),
        min_value=1,
        initial=2,
        required=False,
        help_text=_("Chỉ dùng khi các đơn vị chấm chéo nhau. Mỗi đơn vị cũng được chừng ấy đơn vị chấm."),
    )
    visibility = forms.ChoiceField(label=_("Người chấm thấy điểm của nhau"), choices=Visibility, initial=Visibility.OWN_FIRST)
    names_hidden = forms.BooleanField(
        label=_("Ẩn tên người chấm với đơn vị được chấm"),
        required=False,
        help_text=_("Thư ký cụm trưởng, cấp trên và kiểm tra vẫn thấy."),
    )
    aggregation = forms.ChoiceField(
        label=_("Nhiều điểm thành một bằng cách nào"),
        choices=Aggregation,
        initial=Aggregation.MEDIAN,
        help_text=_("Ai không cho điểm thì không tính, không bao giờ tính là 0."),
    )
    due_on = DayField(label=_("Hạn chấm"), required=False)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["per_unit"].needed_when_shown = True

    def clean(self) -> dict[str, object]:
        """A number of units where units check each other."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("mode") == Mode.PAIRWISE and not cleaned.get("per_unit") and "per_unit" not in self.errors:
            self.add_error("per_unit", _("Hãy ghi mỗi đơn vị chấm bao nhiêu đơn vị."))
        return cleaned

    def plan(self) -> RoundPlan:
        """What was typed."""
        values = dict(self.cleaned_data)
        values["per_unit"] = values["per_unit"] or 0 if values["mode"] == Mode.PAIRWISE else 0
        return RoundPlan(**values)


class DrawForm(Form):
    """The seed of a draw; left empty, one is made up."""

    seed = forms.IntegerField(
        label=_("Số bốc thăm"),
        min_value=1,
        max_value=LARGEST_SEED,
        required=False,
        help_text=_("Để trống thì phần mềm chọn một số. Nên lấy số bốc trước mặt mọi người, ai cũng tính lại được."),
    )

    def __init__(self, *args: object, names_hidden: bool, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        if names_hidden:
            self.fields["seed"].help_text = _(
                "Để trống thì phần mềm chọn một số dài. Vòng này ẩn tên người chấm: ai biết số bốc thăm thì tính được ai chấm ai."
            )


class GiveUnitForm(Form):
    """One unit checks another."""

    checker = forms.ChoiceField(label=_("Đơn vị chấm"))
    unit = forms.ChoiceField(label=_("Đơn vị được chấm"))

    def __init__(self, *args: object, units: list[tuple[int, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        for name in ("checker", "unit"):
            self.fields[name].choices = [("", "…"), *units]


class GivePersonForm(Form):
    """A person checks all units, or the rows of an assessor in all units."""

    label = forms.ChoiceField(label=_("Bộ phận theo bảng tiêu chí"), required=False)
    person = forms.ChoiceField(label=_("Người chấm"))

    def __init__(
        self, *args: object, people: list[tuple[int, str]], labels: list[tuple[str, int]] | None, **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [("", "…"), *people]
        if labels is None:
            del self.fields["label"]
        else:
            self.fields["label"].choices = [(label, label or _("(dòng chưa ghi bộ phận)")) for label, _rows in labels]


class ReasonForm(Form):
    """Why a round is closed early, or a closed one takes marks again."""

    reason = forms.CharField(label=_("Lý do"), widget=forms.Textarea(attrs={"rows": 3}), max_length=MOST_LETTERS)
