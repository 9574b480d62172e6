"""Forms of the consolidated report."""

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from thidua.reports.models import Consolidated
from thidua.reports.queries.consolidated import Candidate
from thidua.reports.rules.issuing import MOST_NUMBER
from thidua.reports.rules.periods import MOST_TITLE, REASON_LENGTH
from thidua.reports.rules.summary import Words
from thidua.web.forms import DayField, Form
from thidua.web.sentences import sentence

PICK, ORDER = "pick-", "order-"
PARTS = ("situation", "assessment", "directions", "signer")
"""What is written, in the order of `Words`."""


def _part(label: object, rows: int, help_text: object = "") -> forms.CharField:
    field = forms.CharField(label=label, required=False, help_text=help_text, widget=forms.Textarea({"rows": rows}))
    field.when_required = _("cần có khi ban hành")  # type: ignore[attr-defined]
    return field


class ConsolidatedForm(Form):
    """The words of the consolidated report and the practices told in it: for each candidate a tick and its place."""

    situation = _part(_("Tình hình"), 10, _("Mỗi dòng là một đoạn; dòng bắt đầu bằng “- ” là gạch đầu dòng."))
    assessment = _part(_("Đánh giá"), 8, _("Ưu điểm, hạn chế, nguyên nhân: phần của cụm trưởng."))
    directions = _part(_("Phương hướng, nhiệm vụ"), 8)
    signer = forms.CharField(
        label=_("Người ký báo cáo"), max_length=MOST_TITLE, help_text=_("Ký thay mặt cụm (TM. CỤM THI ĐUA), ví dụ “Cụm trưởng”.")
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any, consolidated: Consolidated, candidates: Sequence[Candidate]) -> None:
        words = {name: getattr(consolidated, name) for name in (*PARTS, "revision")}
        super().__init__(data, initial=words)
        self.candidates = list(candidates)
        for one in self.candidates:
            pick = forms.BooleanField(required=False, label=one.title, initial=one.position is not None)
            pick.widget.attrs["class"] = "form-check-input"
            order = forms.IntegerField(required=False, min_value=1, max_value=99, label=_("Thứ tự"), initial=one.position)
            order.widget.attrs |= {"class": "form-control pt", "aria-label": _("Thứ tự của “%s”") % one.title}
            self.fields[PICK + one.key], self.fields[ORDER + one.key] = pick, order

    def clean(self) -> dict[str, Any] | None:
        """A practice ticked on a page that has since changed is told about, not dropped."""
        known = {PICK + one.key for one in self.candidates}
        if any(name.startswith(PICK) and name not in known for name in self.data):
            raise ValidationError(sentence("reports.practice_gone", {}))
        return super().clean()

    def parts(self) -> list[BoundField]:
        """The fields of the words."""
        return [self[name] for name in PARTS]

    def rows(self) -> Iterator[tuple[Candidate, BoundField, BoundField]]:
        """Each candidate with its tick and its place."""
        for one in self.candidates:
            yield one, self[PICK + one.key], self[ORDER + one.key]

    def words(self) -> Words:
        """What was typed."""
        return Words(*(self.cleaned_data[name] for name in PARTS))

    def chosen(self) -> list[str]:
        """The keys ticked, by the places typed; those without a place follow in the order of the page."""
        ticked = [one.key for one in self.candidates if self.cleaned_data[PICK + one.key]]
        return sorted(ticked, key=lambda key: self.cleaned_data[ORDER + key] or 100)

    def see(self, revision: int) -> None:
        """After a refusal the form shows the newest state as seen, so that saving again is a decision and no accident."""
        data = self.data.copy()
        data["revision"] = str(revision)
        self.data = data


class IssueForm(Form):
    """Number and day of the paper; `seen` says which state of the draft was read."""

    number_text = forms.CharField(label=_("Số, ký hiệu"), max_length=MOST_NUMBER, help_text=_("Ví dụ 15-BC/CTĐ."))
    issued_on = DayField(label=_("Ngày ban hành"))
    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def see(self, fingerprint: str) -> None:
        """After a refusal the page shows the newest draft, which is then the one that was read."""
        data = self.data.copy()
        data["seen"] = fingerprint
        self.data = data


class ReopenForm(Form):
    """Why an issued report is opened again."""

    reason = forms.CharField(
        label=_("Lý do mở lại"), min_length=REASON_LENGTH, max_length=2000, widget=forms.Textarea({"rows": 3}),
        help_text=_("Mọi người đọc được lý do này ở trang báo cáo và trong nhật ký."),
    )  # fmt: skip
