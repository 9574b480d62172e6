"""Forms of questions."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from thidua.forecasts.actions.questions import QuestionValue
from thidua.forecasts.models import Question, QuestionKind
from thidua.forecasts.queries.questions import SORTS, STATES, Filter
from thidua.forecasts.rules.questions import COVERAGES, LEAST_REASON, MOST_MEASURE, MOST_TEXT, MOST_TITLE, percent
from thidua.web.forms import DayField, Form, MomentField

_PLAIN = ("title", "background", "decided_how", "kind", "unit_of_measure", "closes_at", "outcome_on")


class HourField(MomentField):
    """A moment with its hour. A day alone would mean its first minute, which nobody expects of "until the 30th"."""

    def to_python(self, value: Any) -> Any:
        """The moment; refuses a day without an hour."""
        if isinstance(value, str) and value.strip() and ":" not in value:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(value)


class QuestionForm(Form):
    """A question: what, how it is decided, the kind of answer, until when, and when one will know."""

    title = forms.CharField(
        label=_("Câu hỏi"), max_length=MOST_TITLE,
        help_text=_("Hỏi điều sẽ rõ vào một ngày, ví dụ “Cụm có nộp đủ báo cáo năm trước ngày 15-12-{year} không?”."),
    )  # fmt: skip
    background = forms.CharField(
        label=_("Bối cảnh"), max_length=MOST_TEXT, required=False, widget=forms.Textarea({"rows": 3}),
        help_text=_("Số liệu các năm trước, điều gì có thể thay đổi. Khi đã có người dự báo thì chỉ bổ sung, không sửa."),
    )  # fmt: skip
    decided_how = forms.CharField(
        label=_("Căn cứ nào để ghi kết quả"), max_length=MOST_TEXT, min_length=LEAST_REASON, widget=forms.Textarea({"rows": 2}),
        help_text=_(
            "Viết sao cho hai người đọc đều ghi cùng một kết quả, ví dụ “Theo sổ nhận báo cáo của cụm trưởng lúc 17:00 ngày "
            "15-12-{year}; báo cáo gửi sau giờ đó tính là chưa nộp”. Không sửa được khi đã có người dự báo."
        ),
    )  # fmt: skip
    kind = forms.ChoiceField(
        label=_("Trả lời bằng"), choices=QuestionKind.choices, widget=forms.RadioSelect, initial=QuestionKind.YES_NO
    )
    choices = forms.CharField(
        label=_("Các khả năng"), required=False, max_length=MOST_TEXT, widget=forms.Textarea({"rows": 4}),
        help_text=_("Mỗi dòng một khả năng, 2 đến 10 dòng. Chúng không được trùng nhau và phải gồm mọi điều có thể xảy ra."),
    )  # fmt: skip
    unit_of_measure = forms.CharField(
        label=_("Đơn vị tính"), required=False, max_length=MOST_MEASURE, help_text=_("Ví dụ “báo cáo”, “buổi”, “%”.")
    )
    coverage = forms.TypedChoiceField(
        label=_("Khoảng phải chứa kết quả với xác suất"), required=False, initial="0.80", empty_value="0.80",
        choices=[(str(one), f"{percent(one)} %") for one in COVERAGES],
        help_text=_("80 %: nếu dự báo tốt, cứ 10 khoảng thì khoảng 8 khoảng chứa kết quả."),
    )  # fmt: skip
    closes_at = HourField(label=_("Nhận dự báo tới"), help_text=_("Sau giờ này câu hỏi tự đóng."))
    outcome_on = DayField(label=_("Ngày có kết quả"), help_text=_("Sau ngày đóng. Từ ngày này mới ghi được kết quả."))
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, year: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("title", "decided_how"):
            self.fields[name].help_text = str(self.fields[name].help_text).format(year=year)
        for name in ("choices", "unit_of_measure", "coverage"):
            self.fields[name].needed_when_shown = True

    @classmethod
    def of(cls, question: Question) -> "QuestionForm":
        """The form over a question as it stands."""
        held: dict[str, Any] = {name: getattr(question, name) for name in (*_PLAIN, "revision")}
        held["coverage"] = f"{question.coverage:.2f}"
        if question.kind == QuestionKind.CHOICES:
            held["choices"] = "\n".join(choice.text for choice in question.choices.all())
        return cls(initial=held, year=question.year.year)

    @property
    def value(self) -> QuestionValue:
        """What was typed."""
        typed = self.cleaned_data
        plain = {name: typed[name] for name in _PLAIN}
        coverage = next((one for one in COVERAGES if str(one) == typed["coverage"]), COVERAGES[1])
        return QuestionValue(**plain, choices=tuple(typed["choices"].splitlines()), coverage=coverage)


class FilterForm(Form):
    """What the list shows."""

    tt = forms.ChoiceField(label=_("Tình trạng"), required=False, choices=[("", _("Mọi tình trạng")), *STATES.items()])
    loai = forms.ChoiceField(label=_("Trả lời bằng"), required=False, choices=[("", _("Mọi loại")), *QuestionKind.choices])
    don_vi = forms.ChoiceField(
        label=_("Đơn vị tôi"), required=False, choices=[("", _("Mọi câu hỏi")), ("thieu", _("Chưa dự báo"))]
    )
    xep = forms.ChoiceField(label=_("Sắp xếp"), required=False, choices=SORTS.items())

    def __init__(self, *args: Any, has_unit: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_unit:
            del self.fields["don_vi"]

    @property
    def wanted(self) -> Filter:
        """The filter; what the address says wrongly filters nothing."""
        self.is_valid()
        typed = self.cleaned_data
        return Filter(typed.get("tt", ""), typed.get("loai", ""), typed.get("don_vi") == "thieu", typed.get("xep", ""))


class BackgroundForm(Form):
    """More background for a question that has been opened."""

    text = forms.CharField(
        label=_("Bổ sung bối cảnh"), max_length=MOST_TEXT, widget=forms.Textarea({"rows": 4}),
        help_text=_("Hiện kèm ngày giờ, dưới bối cảnh đã có. Người đã dự báo có thể cập nhật dự báo của mình."),
    )  # fmt: skip


class ClosingForm(Form):
    """When forecasts end, earlier than was said, and why."""

    closes_at = HourField(label=_("Đóng nhận dự báo lúc"), required=False)
    reason = forms.CharField(
        label=_("Lý do"), max_length=2000, widget=forms.Textarea({"rows": 2}),
        help_text=_("Mọi người thấy lý do này. Đóng rồi thì không mở lại."),
    )  # fmt: skip

    def __init__(self, *args: Any, now: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["closes_at"].required = not now
        self.fields["closes_at"].when_required = _("để trống khi đóng ngay")
