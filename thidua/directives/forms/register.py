"""Forms of the register: the filter of the list, a document's particulars, its text, its files."""

from collections.abc import Callable
from typing import Any, TypeVar

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from thidua.clusters.models import ClusterYear
from thidua.directives.actions import NewIssuer, Particulars
from thidua.directives.models import Directive, DirectiveKind, Effect, Issuer, Level, NumberForm
from thidua.directives.queries.register import SORTS, Filter, classes_of, issuers_of, terms_of, years_of
from thidua.files.rules import SCANS, megabytes
from thidua.kernel.errors import Refused
from thidua.web.forms import DayField, Form

Result = TypeVar("Result")

MOST_UPLOADS = 10
SORT_TITLES = {
    "moi": _("Mới ban hành trước"),
    "cu": _("Cũ trước"),
    "so": _("Theo số, ký hiệu"),
    "vao-so": _("Mới vào sổ trước"),
}
TOO_BIG = _("Tệp này nặng hơn {limit} MB. Hãy quét lại ở 200 dpi, đen trắng, hoặc chia thành nhiều tệp.")


class ScanInput(forms.ClearableFileInput):
    """One or several files; the script warns before a file beyond the limit is sent (data-max-bytes)."""

    allow_multiple_selected = True

    def __init__(self) -> None:
        super().__init__({"multiple": True, "data-max-bytes": SCANS, "accept": ".pdf,.docx,.xlsx,.jpg,.jpeg,.png"})

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        said = str(TOO_BIG).format(limit=megabytes(SCANS))
        return super().get_context(name, value, {**(attrs or {}), "data-too-big": said})


class ScansField(forms.FileField):
    """Several files; cleans to a list."""

    widget = ScanInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        given = [one for one in (data if isinstance(data, list | tuple) else [data]) if one]
        if len(given) > MOST_UPLOADS:
            raise forms.ValidationError(_("Nhiều nhất %(most)d tệp một lần."), params={"most": MOST_UPLOADS})
        if self.required and not given:
            raise forms.ValidationError(_("Hãy chọn tệp."))
        return given


def scans_field(*, required: bool) -> ScansField:
    """The field for scans and documents, with its limit in words."""
    return ScansField(
        label=_("Tệp"),
        required=required,
        help_text=_("PDF hoặc DOCX lấy được lời văn; bản quét vẫn giữ, lời văn gõ sau. Mỗi tệp nhiều nhất 100 MB."),
    )


class FilterForm(Form):
    """The filter in the address bar; what is wrong there filters nothing."""

    q = forms.CharField(label=_("Tìm"), required=False, max_length=200, widget=forms.TextInput({"type": "search"}))
    issuer = forms.TypedChoiceField(label=_("Cơ quan ban hành"), required=False, coerce=int, empty_value=None)
    kind = forms.ChoiceField(label=_("Loại"), required=False, choices=[("", _("Mọi loại")), *DirectiveKind.choices])
    term = forms.ChoiceField(label=_("Khóa, nhiệm kỳ"), required=False)
    effect = forms.ChoiceField(label=_("Hiệu lực"), required=False, choices=[("", _("Mọi tình trạng")), *Effect.choices])
    nam = forms.TypedChoiceField(label=_("Năm ban hành"), required=False, coerce=int, empty_value=None)
    sort = forms.ChoiceField(label=_("Sắp xếp"), required=False, choices=list(SORT_TITLES.items()))

    def __init__(self, data: Any, year: ClusterYear) -> None:
        super().__init__(data)
        self.fields["q"].widget.attrs["placeholder"] = _("Số, tên, lời văn; có dấu hoặc không dấu")
        self.fields["issuer"].choices = [("", _("Mọi cơ quan")), *((one.pk, one.name_vi) for one in issuers_of(year))]
        self.fields["term"].choices = [("", _("Mọi khóa")), *((term, term) for term in terms_of(year))]
        self.fields["nam"].choices = [("", _("Mọi năm")), *((number, number) for number in years_of(year))]

    @property
    def wanted(self) -> Filter:
        """The filter; fields that cannot be read count as empty."""
        self.is_valid()
        got = self.cleaned_data.get
        return Filter(
            query=got("q") or "", issuer=got("issuer"), kind=got("kind") or "", term=got("term") or "",
            effect=got("effect") or "", issued_in=got("nam"), sort=got("sort") or next(iter(SORTS)),
        )  # fmt: skip


class DirectiveForm(Form):
    """What is known of a document. An issuer that is not in the list is entered at once with it."""

    issuer = forms.TypedChoiceField(label=_("Cơ quan ban hành"), required=False, coerce=int, empty_value=None)
    new_issuer = forms.CharField(label=_("Tên cơ quan mới"), max_length=200, required=False)
    new_level = forms.ChoiceField(label=_("Cấp"), choices=Level.choices, required=False)
    new_form = forms.ChoiceField(label=_("Kiểu ghi số, ký hiệu"), choices=NumberForm.choices, required=False)
    new_symbol = forms.CharField(
        label=_("Ký hiệu cuối số"),
        max_length=30,
        required=False,
        help_text=_("Ví dụ: TW, TU, UBND. Để trống thì không kiểm tra."),
    )
    kind = forms.ChoiceField(label=_("Loại văn bản"), choices=DirectiveKind.choices)
    number_text = forms.CharField(
        label=_("Số, ký hiệu"),
        max_length=100,
        required=False,
        help_text=_("Ví dụ: 05-CT/TW, 12/QĐ-UBND. Để trống nếu không có số."),
    )
    same_number_seen = forms.BooleanField(
        label=_("Đúng là hai văn bản khác nhau cùng số"), required=False, widget=forms.HiddenInput
    )
    issued_on = DayField(label=_("Ngày ban hành"), required=False)
    title = forms.CharField(label=_("Trích yếu"), max_length=600, widget=forms.Textarea({"rows": 3}))
    term = forms.CharField(label=_("Khóa, nhiệm kỳ"), max_length=120, required=False, help_text=_("Ví dụ: khóa XIII."))
    effect = forms.ChoiceField(label=_("Hiệu lực"), choices=Effect.choices)
    effective_on = DayField(label=_("Có hiệu lực từ"), required=False)
    expires_on = DayField(label=_("Hết hiệu lực từ"), required=False)
    is_class = forms.BooleanField(
        label=_("Là một nhóm văn bản (ví dụ: nghị quyết đại hội các cấp), không mang số"), required=False
    )
    member_of = forms.TypedChoiceField(label=_("Thuộc nhóm"), required=False, coerce=int, empty_value=None)
    note = forms.CharField(label=_("Ghi chú"), max_length=2000, required=False, widget=forms.Textarea({"rows": 2}))
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, year: ClusterYear, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._issuers = {one.pk: one for one in issuers_of(year)}
        self._classes = {one.pk: one for one in classes_of(year)}
        self.fields["issuer"].when_required = _("hoặc ghi cơ quan mới")
        self.fields["issued_on"].when_required = _("khi có số")
        blank = _("Chọn cơ quan") if self._issuers else _("Sổ chưa có cơ quan nào; ghi cơ quan mới bên dưới")
        self.fields["issuer"].choices = [("", blank), *((pk, one.name_vi) for pk, one in self._issuers.items())]
        self.fields["member_of"].choices = [
            ("", _("Không thuộc nhóm nào")),
            *((pk, one.title) for pk, one in self._classes.items()),
        ]

    @classmethod
    def of(cls, directive: Directive, year: ClusterYear) -> "DirectiveForm":
        """The form over a document as it is saved."""
        names = ("kind", "number_text", "issued_on", "title", "term", "effect", "effective_on", "expires_on", "is_class", "note")
        initial = {name: getattr(directive, name) for name in (*names, "revision")}
        return cls(initial=initial | {"issuer": directive.issuer_id, "member_of": directive.member_of_id}, year=year)

    @property
    def chosen_issuer(self) -> Issuer | None:
        """The issuer picked from the list."""
        return self._issuers.get(self.cleaned_data.get("issuer"))

    @property
    def particulars(self) -> Particulars:
        """What the actions take."""
        given = self.cleaned_data
        new = NewIssuer(
            given["new_issuer"], given["new_level"] or Level.CENTRAL, given["new_form"] or NumberForm.PARTY, given["new_symbol"]
        )
        return Particulars(
            issuer=new if given["new_issuer"] or self.chosen_issuer is None else self.chosen_issuer,
            number=given["number_text"],
            member_of=self._classes.get(given["member_of"]),
            **{name: given[name] for name in PLAIN},
        )

    def ask_about_same_number(self) -> None:
        """Show the tick that confirms a number used on two days."""
        self.fields["same_number_seen"].widget = forms.CheckboxInput({"class": "form-check-input"})


PLAIN = (
    "kind", "title", "issued_on", "term", "effect", "effective_on", "expires_on", "note", "is_class", "same_number_seen",
)  # fmt: skip


class RegisterForm(DirectiveForm):
    """A document that comes in, with its files and, where they have none, its text."""

    uploads = scans_field(required=False)
    text = forms.CharField(
        label=_("Lời văn"), max_length=2_000_000, required=False, widget=forms.Textarea({"rows": 6}),
        help_text=_("Để trống thì lấy từ tệp. Bản quét không có chữ: dán hoặc gõ lời văn vào đây, hoặc để sau."),
    )  # fmt: skip

    def attempt(self, action: Callable[..., Result], **values: Any) -> Result | None:
        """As every form; what is wrong with a file stands at the files."""

        def at_the_files(**given: Any) -> Result:
            try:
                return action(**given)
            except Refused as refused:
                if refused.code.startswith("files."):
                    refused.facts.setdefault("field", "uploads")
                raise

        return super().attempt(at_the_files, **values)


class TextForm(Form):
    """The text of a document, typed or corrected."""

    text = forms.CharField(label=_("Lời văn"), max_length=2_000_000, required=False, widget=forms.Textarea({"rows": 24}))
    revision = forms.IntegerField(widget=forms.HiddenInput)


class FileForm(Form):
    """Files for a document."""

    uploads = scans_field(required=True)
    note = forms.CharField(label=_("Ghi chú"), max_length=300, required=False)
