"""Forms of the corps: the filter of the list, a member, a term, leaving, the spreadsheet."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from thidua.directives.models import Level
from thidua.people.models import Organisation, Post
from thidua.rapporteurs.actions.corps import MemberValues, TermValues
from thidua.rapporteurs.models import CorpsKind, CorpsMember, Term, TermKind
from thidua.rapporteurs.queries.corps import SORTS, STATE_TITLES, Filter
from thidua.rapporteurs.rules.corps import MOST_MONTHS, REASON_LENGTH, Given, Span, months_of, term_faults
from thidua.web.forms import DayField, Form
from thidua.web.sentences import sentence_of

TERM = ("term_kind", "decision", "issuer", "decided_on", "starts_on", "months", "ends_on")
_NEEDED = ("decision", "decided_on", "starts_on")


class FilterForm(Form):
    """The filter in the address bar; what is wrong there filters nothing."""

    q = forms.CharField(label=_("Tìm"), required=False, max_length=200, widget=forms.TextInput({"type": "search"}))

    def __init__(self, data: Any, units: Sequence[Organisation]) -> None:
        super().__init__(data)
        self.fields["q"].widget.attrs["placeholder"] = _("Tên, chức vụ, lĩnh vực; có dấu hoặc không dấu")
        offered = {
            "don-vi": (_("Đơn vị"), [("", _("Mọi đơn vị")), *((str(unit.pk), unit.name_vi) for unit in units)]),
            "loai": (_("Loại"), [("", _("Mọi loại")), *CorpsKind.choices]),
            "cap": (_("Cấp"), [("", _("Mọi cấp")), *Level.choices]),
            "tinh-trang": (_("Tình trạng"), [("", _("Đang tham gia")), *((s.value, t) for s, t in STATE_TITLES.items())]),
            "xep": (_("Sắp xếp"), list(SORTS.items())),
        }
        for name, (label, choices) in offered.items():
            self.fields[name] = forms.ChoiceField(
                label=label, choices=choices, required=False, widget=forms.Select({"class": "form-select"})
            )

    @property
    def wanted(self) -> Filter:
        """The filter; fields that cannot be read count as empty."""
        self.is_valid()
        got = {name: self.cleaned_data.get(name) or "" for name in self.fields}
        unit = int(got["don-vi"]) if got["don-vi"] else None
        return Filter(got["q"], unit, got["loai"], got["cap"], got["tinh-trang"], got["xep"] or next(iter(SORTS)))


class MemberForm(Form):
    """What is written of a member. The kind cannot be changed later: what they have done hangs on it."""

    kind = forms.ChoiceField(label=_("Loại"), choices=CorpsKind.choices)
    level = forms.ChoiceField(label=_("Cấp"), choices=Level.choices, initial=Level.GRASSROOTS)
    name = forms.CharField(label=_("Họ và tên"), max_length=200, help_text=_("Như trong quyết định."))
    post_title = forms.CharField(label=_("Chức vụ"), max_length=200)
    field = forms.CharField(
        label=_("Lĩnh vực"), max_length=200, required=False, help_text=_("Ví dụ: kinh tế, quốc phòng – an ninh.")
    )
    contact = forms.CharField(
        label=_("Liên hệ theo chức vụ"), max_length=200, required=False,
        help_text=_("Điện thoại cơ quan hoặc thư công vụ. Không ghi số riêng: ai xem được năm này đều đọc được."),
    )  # fmt: skip
    post_id = forms.TypedChoiceField(
        label=_("Chức vụ để đăng nhập"), required=False, coerce=int, empty_value=None,
        help_text=_("Ai giữ chức vụ này tự ghi buổi hoặc gửi báo cáo. Chưa có tài khoản thì để trống: cán bộ đơn vị ghi thay."),
    )  # fmt: skip
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, posts: Sequence[Post], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(post.pk, post.title_vi) for post in posts]
        self.fields["post_id"].choices = [("", _("Chưa có tài khoản")), *named]

    @property
    def member_values(self) -> MemberValues:
        """What the actions take."""
        names = ("kind", "level", "name", "post_title", "field", "contact", "post_id")
        return MemberValues(**{name: self.cleaned_data.get(name, "") for name in names})


class EditForm(MemberForm):
    """The same over a member that is there."""

    kind = None

    @classmethod
    def of(cls, member: CorpsMember, posts: Sequence[Post]) -> "EditForm":
        """The form over a member as they stand."""
        names = ("level", "name", "post_title", "field", "contact", "post_id", "revision")
        return cls(initial={name: getattr(member, name) for name in names}, posts=posts)


class MonthsField(forms.IntegerField):
    """A number of months. What is out of range is told by the rules, so that import and form say the same."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.NumberInput({"class": "num", "min": 1, "max": MOST_MONTHS, "autocomplete": "off"})
        super().__init__(widget=widget, **kwargs)


class TermForm(Form):
    """A decision and its term. The end is typed as a day or follows from a number of months. `others`: the terms beside which it
    may not stand; `today`: no decision is of a later day. All that is wrong with the days is told at once."""

    term_kind = forms.ChoiceField(label=pgettext_lazy("decision", "Quyết định"), choices=TermKind.choices)
    decision = forms.CharField(label=_("Số quyết định"), max_length=60)
    issuer = forms.CharField(label=_("Cơ quan ban hành"), max_length=200, required=False)
    decided_on = DayField(label=_("Ngày quyết định"))
    starts_on = DayField(label=pgettext_lazy("term", "Từ ngày"))
    months = MonthsField(
        label=_("Số tháng"), required=False, help_text=_("Ví dụ 24; phần mềm tính ra ngày cuối. Hoặc ghi ngày cuối ở ô dưới.")
    )
    ends_on = DayField(label=pgettext_lazy("term", "Đến hết ngày"), required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, today: date, others: Sequence[Span] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today, self.others = today, others

    def clean(self) -> dict[str, Any]:
        """Every fault of the days at its field; the action looks once more."""
        given = super().clean() or self.cleaned_data
        days = {name: given.get(name) for name in ("decided_on", "starts_on", "months", "ends_on")}
        if not {"months", "ends_on"}.intersection(self.errors):
            for refused in term_faults(Given(**days), self.others, self.today):
                self.add_error(str(refused.facts["field"]), sentence_of(refused))
        return given

    @classmethod
    def of(cls, term: Term, revision: int, *, today: date) -> "TermForm":
        """The form over a term as it stands: its months where it has whole ones, else its last day."""
        months = months_of(Span(term.starts_on, term.ends_on))
        names = ("decision", "issuer", "decided_on", "starts_on")
        end = {"months": months} if months else {"ends_on": term.ends_on}
        plain = {name: getattr(term, name) for name in names}
        return cls(initial=plain | end | {"term_kind": term.kind, "revision": revision}, today=today)

    @property
    def term_values(self) -> TermValues:
        """What the actions take."""
        given = self.cleaned_data
        return TermValues(kind=given["term_kind"], **{name: given[name] for name in TERM if name != "term_kind"})


class EnterForm(TermForm, MemberForm):
    """A new member, and the decision when it is known: all of it or nothing."""

    field_order = ("kind", "level", "name", "post_title", "field", "contact", "post_id", *TERM)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in TERM:
            self.fields[name].required = False
            self.fields[name].widget.is_required = False
        self.fields["term_kind"].required = True

    @property
    def member_fields(self) -> list[BoundField]:
        """The fields about the person."""
        return [bound for bound in self.visible_fields() if bound.name not in TERM]

    @property
    def term_fields(self) -> list[BoundField]:
        """The fields about the decision."""
        return [bound for bound in self.visible_fields() if bound.name in TERM]

    def clean(self) -> dict[str, Any]:
        """A decision begun is a decision to be finished."""
        given = super().clean() or self.cleaned_data
        if self.has_term:
            for name in _NEEDED:
                if not given.get(name) and name not in self.errors:
                    self.add_error(name, ValidationError(_("Hãy ghi cả phần này, hoặc để trống mọi ô của quyết định.")))
        return given

    @property
    def has_term(self) -> bool:
        """Whether anything of a decision was typed."""
        return any(self.data.get(self.add_prefix(name), "").strip() for name in TERM if name != "term_kind")

    @property
    def term(self) -> TermValues | None:
        """The decision, or None when nothing of it was typed."""
        return self.term_values if self.has_term else None


class ReasonForm(Form):
    """Why something entered by mistake is taken out."""

    reason = forms.CharField(
        label=_("Lý do"), min_length=REASON_LENGTH, max_length=300, widget=forms.Textarea({"rows": 2}),
        help_text=_("Nhật ký giữ lại lý do này."),
    )  # fmt: skip


class LeaveForm(Form):
    """From which day, and why."""

    left_on = DayField(label=_("Thôi tham gia từ ngày"), help_text=_("Ngày đầu tiên không còn trong đội ngũ."))
    reason = forms.CharField(
        label=_("Lý do"), max_length=300, widget=forms.Textarea({"rows": 2}), help_text=_("Ví dụ: chuyển công tác, nghỉ hưu.")
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)


class RosterForm(Form):
    """A unit's corps as a spreadsheet."""

    upload = forms.FileField(
        label=_("Danh sách đã điền (XLSX)"), widget=forms.ClearableFileInput({"accept": ".xlsx"}),
        help_text=_("Phần mềm đọc và cho xem trước từng hàng; chưa ghi gì cho tới khi bạn bấm nhập."),
    )  # fmt: skip
