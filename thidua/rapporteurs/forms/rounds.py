"""Forms of rounds."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from thidua.rapporteurs.actions.rounds import RoundValue
from thidua.rapporteurs.models import Rhythm, Round, Topic
from thidua.rapporteurs.rules.rounds import MOST_DUE_DAYS, MOST_TITLE
from thidua.web.forms import DayField, Form

NAMES = ("title", "starts_on", "ends_on", "due_on")


class _Asked(Form):
    """What every round asks for."""

    topics = forms.TypedMultipleChoiceField(
        label=_("Chủ đề"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Không đánh dấu chủ đề nào thì kỳ hỏi mọi chủ đề đã thống nhất của năm, kể cả chủ đề thêm sau."),
    )  # fmt: skip

    def __init__(self, *args: Any, offered: Sequence[Topic], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["topics"].choices = [(topic.pk, topic.title) for topic in offered]
        if not offered:
            del self.fields["topics"]

    @property
    def chosen(self) -> tuple[int, ...]:
        """The topics ticked."""
        return tuple(self.cleaned_data.get("topics", ()))


class RoundForm(_Asked):
    """A round: its title, the days it covers, by when it is due, and topics."""

    title = forms.CharField(label=_("Tên kỳ báo cáo"), max_length=MOST_TITLE)
    starts_on = DayField(label=_("Từ ngày"))
    ends_on = DayField(label=_("Đến ngày"))
    due_on = DayField(label=_("Hạn nộp"), help_text=_("Nộp sau ngày này tính là chậm, theo số ngày trọn."))
    field_order = (*NAMES, "topics")

    @property
    def value(self) -> RoundValue:
        """What was typed."""
        return RoundValue(**{name: self.cleaned_data[name] for name in NAMES}, topics=self.chosen)


class NewRoundForm(RoundForm):
    """A new round of a rhythm."""

    rhythm = forms.ChoiceField(choices=Rhythm.choices, widget=forms.HiddenInput)


class EditRoundForm(RoundForm):
    """A round as it stands, and why it is due on another day."""

    reason = forms.CharField(
        label=_("Lý do dời hạn nộp"), max_length=2000, required=False, widget=forms.Textarea({"rows": 2}),
        help_text=_("Chỉ cần khi hạn nộp đổi. Nhật ký giữ lý do này; số ngày chậm được tính lại theo hạn mới."),
    )  # fmt: skip
    revision = forms.IntegerField(widget=forms.HiddenInput)
    field_order = (*NAMES, "reason", "topics")

    @classmethod
    def of(cls, asked: Round, chosen: Sequence[Topic], offered: Sequence[Topic]) -> "EditRoundForm":
        """The form over the round as it stands."""
        initial: dict[str, Any] = {name: getattr(asked, name) for name in (*NAMES, "revision")}
        return cls(initial=initial | {"topics": [topic.pk for topic in chosen]}, offered=offered)


class LayOutRoundsForm(_Asked):
    """All months or quarters of the year, each due so many days after its end."""

    rhythm = forms.ChoiceField(
        label=_("Lập các kỳ"), widget=forms.RadioSelect, initial=Rhythm.MONTHLY,
        choices=[(Rhythm.MONTHLY, _("12 tháng")), (Rhythm.QUARTERLY, _("4 quý"))],
    )  # fmt: skip
    days = forms.IntegerField(
        label=_("Hạn nộp: số ngày sau ngày cuối kỳ"), min_value=0, max_value=MOST_DUE_DAYS, initial=5,
        help_text=_("Ví dụ ghi 5: kỳ tháng 3 phải nộp chậm nhất ngày 05-4. Mỗi kỳ vẫn sửa riêng được."),
    )  # fmt: skip
    field_order = ("rhythm", "days", "topics")
