"""Forms of listeners' opinions: the sheet on the phone, the opening, moderation, the filters of the list."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from thidua.people.models import Organisation
from thidua.rapporteurs.models import FeedbackQuestion, FeedbackRemark, RemarkState
from thidua.rapporteurs.queries.feedback_list import FeedbackFilter
from thidua.rapporteurs.rules.feedback import ANSWERS, MOST_REMARK, Closing
from thidua.web.forms import DayField, Form

STATES = (
    ("", _("Mọi tình trạng")),
    ("open", _("Đang mở")),
    ("shown", _("Có kết quả")),
    ("withheld", _("Đã đóng, không hiện")),
)
CLOSINGS = (
    (str(Closing.DAY_AFTER), _("24 giờ sau khi mở")),
    (str(Closing.END_OF_DAY), _("Hết ngày diễn ra buổi")),
    (str(Closing.THREE_DAYS), _("3 ngày sau khi mở")),
    (str(Closing.WEEK), _("7 ngày sau khi mở")),
)


class OpenForm(Form):
    """When the form of a talk closes by itself."""

    closes = forms.TypedChoiceField(
        label=_("Tự đóng"), choices=CLOSINGS, coerce=Closing, widget=forms.RadioSelect, initial=str(Closing.DAY_AFTER),
        error_messages={"required": _("Hãy chọn khi nào phiếu tự đóng.")},
        help_text=_("Mở trước ngày diễn ra: thời gian tính từ 0 giờ ngày ấy."),
    )  # fmt: skip


class SheetForm(Form):
    """One listener's sheet: five questions and a remark."""

    remark = forms.CharField(
        label=_("Góp ý thêm"), required=False, strip=False, widget=forms.Textarea({"rows": 3}),
        help_text=_("Nhiều nhất 500 ký tự. Đừng ghi tên ai, kể cả tên bạn."),
    )  # fmt: skip

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        for question, words in FeedbackQuestion.choices:
            self.fields[question] = forms.TypedChoiceField(
                label=words, choices=[(answer, str(answer)) for answer in ANSWERS], coerce=int, widget=forms.RadioSelect,
                error_messages={"required": _("Hãy chọn một ô."), "invalid_choice": _("Hãy chọn một ô từ 1 đến 5.")},
            )  # fmt: skip
        self.fields["remark"].widget.attrs["maxlength"] = str(MOST_REMARK)

    @property
    def questions(self) -> list[BoundField]:
        """The fields of the five questions, in their order."""
        return [self[question] for question in FeedbackQuestion.values]

    @property
    def missing(self) -> int:
        """How many questions are still to be answered."""
        return sum(question in self.errors for question in FeedbackQuestion.values)

    @property
    def answers(self) -> dict[str, int]:
        """The answers of a valid sheet."""
        return {question: self.cleaned_data[question] for question in FeedbackQuestion.values}


class ModerateForm(Form):
    """What may be read: a choice for each remark, and one for all that nobody has decided yet."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    rest = forms.ChoiceField(
        label=_("Những lời để trống"), required=False,
        choices=[("", _("Để nguyên")), ("shown", _("Cho hiện tất cả")), ("hidden", _("Không cho hiện lời nào"))],
    )  # fmt: skip

    def __init__(self, remarks: Sequence[FeedbackRemark], data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.remarks = remarks
        for remark in remarks:
            self.fields[_name(remark)] = forms.ChoiceField(
                label=remark.text, required=False, widget=forms.RadioSelect, initial=_decided(remark),
                choices=[(RemarkState.SHOWN, RemarkState.SHOWN.label), (RemarkState.HIDDEN, RemarkState.HIDDEN.label)],
            )  # fmt: skip
            self.fields[_name(remark)].widget.attrs["class"] = "form-check-input"  # added late, so not dressed by the house

    @property
    def rows(self) -> list[tuple[FeedbackRemark, BoundField]]:
        """Each remark with its field."""
        return [(remark, self[_name(remark)]) for remark in self.remarks]

    @property
    def states(self) -> dict[UUID, str]:
        """What a valid form decides, by remark; those left open only if the form says what becomes of the rest."""
        rest = self.cleaned_data["rest"]
        wanted = {
            remark.pk: self.cleaned_data[_name(remark)] or (rest if not _decided(remark) else "") for remark in self.remarks
        }
        return {pk: state for pk, state in wanted.items() if state}

    @property
    def decides(self) -> bool:
        """Whether a valid form decides anything anew."""
        return any(self.states.get(remark.pk, remark.state) != remark.state for remark in self.remarks)


def _name(remark: FeedbackRemark) -> str:
    return f"remark-{remark.pk}"


def _decided(remark: FeedbackRemark) -> str:
    return "" if remark.state == RemarkState.WAITING else remark.state


class FeedbackFilterForm(Form):
    """The filter in the address bar; what is wrong there filters nothing."""

    unit = forms.ChoiceField(label=_("Đơn vị"), required=False)
    state = forms.ChoiceField(label=_("Tình trạng"), required=False, choices=STATES)
    since = DayField(label=_("Từ ngày"), required=False)
    until = DayField(label=_("Đến ngày"), required=False)
    sort = forms.ChoiceField(
        label=_("Sắp xếp"), required=False, choices=[("", _("Mới nhất trước")), ("oldest", _("Cũ nhất trước"))]
    )

    def __init__(self, data: Any, units: Sequence[Organisation]) -> None:
        super().__init__(data)
        self.fields["unit"].choices = [("", _("Mọi đơn vị")), *((unit.slug, unit.name_vi) for unit in units)]

    @property
    def wanted(self) -> FeedbackFilter:
        """The filter; fields that cannot be read count as empty."""
        self.is_valid()
        got = self.cleaned_data.get
        return FeedbackFilter(
            unit=got("unit") or "", state=got("state") or "", since=got("since"), until=got("until"),
            oldest=got("sort") == "oldest",
        )  # fmt: skip
