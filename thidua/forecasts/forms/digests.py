"""Forms of digests."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from thidua.forecasts.models import Digest
from thidua.forecasts.queries.digests import RoundChoice
from thidua.forecasts.rules.digests import MOST_REASON, MOST_TITLE, MOST_WORDS
from thidua.web.forms import Form


def _title() -> forms.CharField:
    return forms.CharField(label=_("Tên bản tổng hợp"), max_length=MOST_TITLE, help_text=_("Ví dụ “Dư luận quý III năm 2022”."))


def _words() -> forms.CharField:
    return forms.CharField(
        label=_("Nhận định của cụm"), required=False, max_length=MOST_WORDS, widget=forms.Textarea({"rows": 8}),
        help_text=_(
            "Nói về con số, không nói về người: không ghi tên, chức vụ, nơi ở, số điện thoại của ai. "
            "Mỗi dòng là một đoạn; dòng bắt đầu bằng “- ” là gạch đầu dòng."
        ),
    )  # fmt: skip


class DraftForm(Form):
    """Which rounds go into a new digest, its title, and words."""

    rounds = forms.TypedMultipleChoiceField(
        label=_("Gom các kỳ báo cáo"), coerce=int, widget=forms.CheckboxSelectMultiple,
        help_text=_("Kỳ đã gom thì không gom lại: báo cáo gửi sau đó không vào bản nào. Hãy chọn kỳ đã đủ báo cáo."),
        error_messages={
            "required": _("Hãy chọn ít nhất một kỳ báo cáo."),
            "invalid_choice": _("Một kỳ vừa chọn đã vào bản tổng hợp khác, hoặc không còn. Hãy chọn lại."),
        },
    )  # fmt: skip
    title = _title()
    words = _words()

    def __init__(self, data: Any, choices: Sequence[RoundChoice]) -> None:
        super().__init__(data)
        offered = [(str(one.round.pk), _choice(one)) for one in choices]
        self.fields["rounds"].choices = offered  # type: ignore[attr-defined]


def _choice(one: RoundChoice) -> str:
    sent = ngettext("%(n)d báo cáo đã gửi", "%(n)d báo cáo đã gửi", one.sent) % {"n": one.sent}
    units = ngettext("%(n)d đơn vị", "%(n)d đơn vị", one.units) % {"n": one.units}
    return f"{one.round.title} ({sent}, {units})"


class EditForm(Form):
    """Title and words of a draft."""

    title = _title()
    words = _words()
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any, digest: Digest) -> None:
        super().__init__(data, initial={name: getattr(digest, name) for name in ("title", "words", "revision")})

    def see(self, revision: int) -> None:
        """After a clash the form shows the newest state as seen, so that saving again is a decision and no accident."""
        data = self.data.copy()
        data["revision"] = str(revision)
        self.data = data


class RevisionForm(Form):
    """The revision that was read: for the buttons that check and issue."""

    revision = forms.IntegerField(widget=forms.HiddenInput)


class SendBackForm(RevisionForm):
    """Why a draft is sent back."""

    reason = forms.CharField(
        label=_("Cần sửa gì"), max_length=MOST_REASON, widget=forms.Textarea({"rows": 3}),
        help_text=_("Người soạn đọc được ở trang dự thảo; lý do cũng ghi vào nhật ký."),
    )  # fmt: skip

    see = EditForm.see
