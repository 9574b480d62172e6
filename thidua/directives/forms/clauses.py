"""Forms of clauses and relations."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from thidua.directives.actions import Duty
from thidua.directives.models import Clause, OwnerKind, RelationKind
from thidua.directives.rules.passages import MOST_PASSAGE
from thidua.people.models import OrganisationKind
from thidua.web.forms import DayField, Form


class DutyForm(Form):
    """Whom a clause addresses and by when."""

    label = forms.CharField(
        label=pgettext_lazy("clauses", "Tên mục"),
        max_length=60,
        required=False,
        help_text=_("Ví dụ: “Mục 2.1”, “Khoản 3 Điều 4”."),
    )
    owner_kind = forms.ChoiceField(label=_("Ai thực hiện"), choices=OwnerKind.choices, initial=OwnerKind.EVERY_UNIT)
    unit_kinds = forms.MultipleChoiceField(
        label=_("Loại đơn vị (khi giao theo loại)"), choices=OrganisationKind.choices, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    due_on = DayField(label=_("Hạn"), required=False)

    @property
    def duty(self) -> Duty:
        """What the actions take."""
        given = self.cleaned_data
        return Duty(given["label"], given["owner_kind"], given["unit_kinds"], given["due_on"])


class WordsForm(DutyForm):
    """A passage by the words it begins and ends with."""

    first = forms.CharField(
        label=_("Từ"), max_length=MOST_PASSAGE, widget=forms.Textarea({"rows": 2}),
        help_text=_("Vài chữ đầu của đoạn, chép đúng từ lời văn."),
    )  # fmt: skip
    last = forms.CharField(
        label=_("Đến"), max_length=600, required=False, widget=forms.Textarea({"rows": 2}),
        help_text=_("Vài chữ cuối của đoạn. Để trống nếu ô trên đã là cả đoạn."),
    )  # fmt: skip
    field_order = ("first", "last")


class ParagraphsForm(DutyForm):
    """Paragraphs that are ticked, counted from 0 in the text of a revision."""

    numbers = forms.TypedMultipleChoiceField(coerce=int, required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: object, count: int, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["numbers"].choices = [(number, number) for number in range(count)]  # type: ignore[attr-defined]


class OwnWordsForm(DutyForm):
    """A clause in words of its own, or an existing one to be changed."""

    text = forms.CharField(label=_("Nội dung"), max_length=MOST_PASSAGE, widget=forms.Textarea({"rows": 4}))
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    field_order = ("label", "text")

    @classmethod
    def of(cls, clause: Clause) -> "OwnWordsForm":
        """The form over a clause as it is saved."""
        names = ("label", "text", "owner_kind", "unit_kinds", "due_on", "revision")
        return cls(initial={name: getattr(clause, name) for name in names})


class RelationForm(Form):
    """What a document has to do with another; kinds with ":in" are seen from the other side."""

    WAYS = (
        (RelationKind.PAIRED.value, _("gắn với")),
        (RelationKind.DIRECTED_BY.value, _("theo chỉ đạo của")),
        (RelationKind.CONCRETISES.value, _("cụ thể hóa")),
        (RelationKind.REPLACES.value, _("thay thế")),
        (RelationKind.AMENDS.value, _("sửa đổi")),
        ("directed_by:in", _("chỉ đạo")),
        ("concretises:in", _("được cụ thể hóa bởi")),
        ("replaces:in", _("được thay thế bởi")),
        ("amends:in", _("được sửa đổi bởi")),
    )
    kind = forms.ChoiceField(label=_("Quan hệ"), choices=WAYS)
    other = forms.TypedChoiceField(label=_("Với văn bản"), coerce=int, widget=forms.RadioSelect)
