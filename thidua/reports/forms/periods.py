"""Forms of periods and templates."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from thidua.kernel.ports import FigureKind
from thidua.kernel.text import small_int
from thidua.reports.actions import PeriodValue
from thidua.reports.models import ItemKind, PeriodKind, ReportPeriod
from thidua.reports.rules.periods import (
    MOST_DUE_DAYS,
    MOST_HINT,
    MOST_INSTRUCTIONS,
    MOST_ITEM_TITLE,
    MOST_ITEMS,
    MOST_MEASURE,
    MOST_TITLE,
    DueRule,
    ItemValue,
    begins_words,
    fits,
)
from thidua.web.forms import DayField, Form
from thidua.web.sentences import sentence

NAMES = ("title", "starts_on", "ends_on", "due_on", "signer", "instructions")


class _Asked(Form):
    """What every period says besides its days."""

    signer = forms.CharField(
        label=_("Người ký báo cáo"), max_length=MOST_TITLE, help_text=_("Chức vụ ký báo cáo của đơn vị, ví dụ “Trưởng ban”.")
    )
    instructions = forms.CharField(
        label=_("Hướng dẫn cho đơn vị"), max_length=MOST_INSTRUCTIONS, required=False, widget=forms.Textarea({"rows": 3})
    )


class PeriodForm(_Asked):
    """A period: its title, the days it covers, by when it is due."""

    title = forms.CharField(label=_("Tên kỳ báo cáo"), max_length=MOST_TITLE)
    starts_on = DayField(label=_("Từ ngày"))
    ends_on = DayField(label=_("Đến ngày"))
    due_on = DayField(label=_("Hạn nộp"), help_text=_("Nộp sau ngày này tính là chậm, theo số ngày trọn."))
    field_order = NAMES

    @property
    def value(self) -> PeriodValue:
        """What was typed."""
        return PeriodValue(**{name: self.cleaned_data[name] for name in NAMES})


class ItemsFromForm(Form):
    """Where the items of a new period come from."""

    items_from = forms.ChoiceField(label=_("Các mục lấy từ"), help_text=_("Sửa được ở bước sau, tới khi có đơn vị nộp."))

    def __init__(self, *args: Any, choices: Sequence[tuple[str, object]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["items_from"].choices = choices


class NewPeriodForm(PeriodForm, ItemsFromForm):
    """A new period of a kind."""

    kind = forms.ChoiceField(choices=PeriodKind.choices, widget=forms.HiddenInput)
    field_order = (*NAMES, "items_from")


class EditPeriodForm(PeriodForm):
    """A period as it stands, and why it is due on another day."""

    reason = forms.CharField(
        label=_("Lý do dời hạn nộp"), max_length=2000, required=False, widget=forms.Textarea({"rows": 2}),
        help_text=_("Chỉ cần khi hạn nộp đổi. Mọi đơn vị và nhật ký thấy lý do này; số ngày chậm được tính lại theo hạn mới."),
    )  # fmt: skip
    revision = forms.IntegerField(widget=forms.HiddenInput)
    field_order = ("title", "starts_on", "ends_on", "due_on", "reason", "signer", "instructions")

    @classmethod
    def of(cls, period: ReportPeriod) -> "EditPeriodForm":
        """The form over the period as it stands."""
        return cls(initial={name: getattr(period, name) for name in (*NAMES, "revision")})


class LayOutForm(_Asked, ItemsFromForm):
    """All months or quarters of the year, each due by one rule."""

    kind = forms.ChoiceField(
        label=_("Lập các kỳ"), widget=forms.RadioSelect,
        choices=[("month", _("12 tháng")), ("quarter", _("4 quý"))], initial="month",
    )  # fmt: skip
    rule = forms.ChoiceField(
        label=_("Hạn nộp"), widget=forms.RadioSelect, initial="day",
        choices=[("day", _("Ngày … của tháng sau")), ("after", _("Số ngày … sau ngày cuối kỳ"))],
    )  # fmt: skip
    number = forms.IntegerField(
        label=_("Ngày, hoặc số ngày"), min_value=0, max_value=MOST_DUE_DAYS, initial=5,
        help_text=_("Tháng sau không có ngày ấy thì là ngày cuối tháng. Mỗi kỳ vẫn sửa riêng được."),
    )  # fmt: skip
    field_order = ("kind", "rule", "number", "signer", "instructions", "items_from")

    @property
    def due(self) -> DueRule:
        """The rule of the due day."""
        return DueRule(self.cleaned_data["number"], day_of_month=self.cleaned_data["rule"] == "day")


class ItemForm(Form):
    """One item; a line without a title is none. `place` sorts the lines."""

    pk = forms.CharField(required=False, widget=forms.HiddenInput, max_length=20)
    place = forms.IntegerField(
        label=_("TT"), required=False, min_value=1, max_value=999, widget=forms.NumberInput({"class": "pt"})
    )
    kind = forms.ChoiceField(label=_("Loại"), choices=ItemKind.choices)
    title = forms.CharField(label=_("Tên mục"), max_length=MOST_ITEM_TITLE, required=False)
    unit_of_measure = forms.CharField(
        label=_("Đơn vị tính"), max_length=MOST_MEASURE, required=False, widget=forms.TextInput({"placeholder": _("đơn vị tính")})
    )
    source = forms.ChoiceField(label=_("Điền sẵn từ"), required=False)
    required = forms.BooleanField(label=_("Bắt buộc"), required=False, initial=True)
    hint = forms.CharField(
        label=_("Gợi ý cho người viết"), max_length=MOST_HINT, required=False,
        widget=forms.TextInput({"placeholder": _("gợi ý cho người viết")}),
    )  # fmt: skip

    def __init__(self, *args: Any, sources: Sequence[tuple[object, object]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source"].choices = sources

    def clean(self) -> dict[str, Any]:
        """A source that cannot fill in an item of the kind is told at its line."""
        typed = super().clean() or self.cleaned_data
        if typed.get("title") and not fits(typed.get("kind", ""), typed.get("source", "")):
            self.add_error("source", ValidationError(sentence("reports.source_sort", {"title": typed["title"]})))
        return typed

    @property
    def value(self) -> ItemValue | None:
        """The item, None for an empty line."""
        typed = self.cleaned_data
        if not typed.get("title"):
            return None
        names = ("kind", "title", "unit_of_measure", "source", "required", "hint")
        return ItemValue(**{name: typed[name] for name in names}, pk=small_int(typed["pk"]))


ItemFormSet = formset_factory(ItemForm, extra=3, max_num=MOST_ITEMS + 3, absolute_max=MOST_ITEMS + 20)


def items_formset(data: Any, items: Sequence[ItemValue], kinds: Mapping[str, FigureKind]) -> BaseFormSet:
    """A line for each item and three more to write in; a line whose title is emptied goes. `kinds`: what can fill in an item,
    by key."""
    initial = [
        {
            "pk": item.pk or "", "place": place, "kind": item.kind, "title": item.title, "unit_of_measure": item.unit_of_measure,
            "source": item.source, "required": item.required, "hint": item.hint,
        }
        for place, item in enumerate(items, 1)
    ]  # fmt: skip
    gone = {item.source: item.source for item in items if item.source and item.source not in kinds}
    named = {key: kind.title for key, kind in kinds.items()} | gone
    return ItemFormSet(data, initial=initial, prefix="i", form_kwargs={"sources": _sources(named)})


def _sources(named: Mapping[str, object]) -> list[tuple[object, object]]:
    """What can be chosen: nothing, a figure, or a list for words."""
    figures = [(key, title) for key, title in named.items() if not begins_words(key)]
    lists = [(key, title) for key, title in named.items() if begins_words(key)]
    return [("", _("tự ghi")), (_("Cho mục số liệu"), figures), (_("Cho mục lời văn"), lists)]


def items_in(formset: BaseFormSet) -> list[ItemValue]:
    """The items typed, sorted by their place; lines without one follow as they stand."""
    typed = [(form.cleaned_data.get("place") or 1000, form.value) for form in formset.forms]
    return [item for _place, item in sorted(typed, key=lambda row: row[0]) if item is not None]


class RevisionForm(Form):
    """Which state the writer saw; refusals of the whole page stand here."""

    revision = forms.IntegerField(widget=forms.HiddenInput)


class TemplateForm(RevisionForm):
    """A template's title."""

    title = forms.CharField(label=_("Tên mẫu"), max_length=MOST_TITLE)
