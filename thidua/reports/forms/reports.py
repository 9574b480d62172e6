"""The form of a unit's report: a field for each item, the practices, and what the writer was shown."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from thidua.kernel.errors import Refused
from thidua.kernel.points import parse_typed
from thidua.reports.actions import Saved, Typed, TypedPractices
from thidua.reports.models import Entry, ItemKind, Practice
from thidua.reports.queries.reports import Line, practices_seen
from thidua.reports.rules.content import (
    MOST_PRACTICE_TEXT,
    MOST_PRACTICES,
    MOST_TEXT,
    MOST_WHY,
    check_figure,
    fingerprint,
    is_changed,
    shown,
)
from thidua.reports.rules.periods import MOST_TITLE, REASON_LENGTH
from thidua.web.forms import Form, Result
from thidua.web.sentences import sentence, sentence_of

_ITEM = re.compile(r"(figure|text)-[0-9]+")


@dataclass(frozen=True, slots=True)
class FormRow:
    """An item on the page: what stands there, its fields, and what someone else has saved meanwhile."""

    line: Line
    value: BoundField
    why: BoundField | None
    seen: BoundField
    clash: Entry | None


class ReportForm(Form):
    """Fields are named for their items: figure-7 or text-7, why-7, seen-7; practices are title-1 and words-1, …"""

    def __init__(self, data: Any, lines: Sequence[Line], practices: Sequence[Practice]) -> None:
        super().__init__(data)
        self.lines, self.practices = list(lines), list(practices)
        self.clashes: dict[int, Entry | None] = {}
        self.practices_clash = False
        for line in self.lines:
            self._add_item(line)
        sent = sum(f"title-{place}" in self.data for place in range(1, MOST_PRACTICES + 2))
        self.places = range(1, max(sent, min(len(self.practices) + 1, MOST_PRACTICES)) + 1)
        for place in self.places:
            self._add_practice(place, self.practices[place - 1] if place <= len(self.practices) else None)
        self._add("practices_seen", forms.CharField(max_length=64, required=False, widget=forms.HiddenInput), self._practices())

    def _add(self, name: str, field: forms.Field, initial: object, *, label: object = "", classes: str = "form-control") -> None:
        field.initial, field.required, field.label = initial, False, label or field.label
        field.widget.attrs["class"] = classes
        self.fields[name] = field

    def _add_item(self, line: Line) -> None:
        pk, entry, title = line.item.pk, line.entry, line.item.title
        if line.item.kind == ItemKind.FIGURE:
            number = forms.CharField(max_length=40, widget=forms.TextInput({"inputmode": "decimal", "autocomplete": "off"}))
            self._add(f"figure-{pk}", number, shown(entry.figure if entry else None), label=title, classes="form-control pt")
        else:
            words = forms.CharField(max_length=MOST_TEXT, widget=forms.Textarea({"rows": 5}))
            self._add(f"text-{pk}", words, entry.text if entry else "", label=title)
        if entry is not None and entry.computed is not None:
            if line.item.kind == ItemKind.FIGURE:
                number.widget.attrs |= {"data-found": shown(entry.computed), "data-why": f"id_why-{pk}"}
            why = forms.CharField(max_length=MOST_WHY, widget=forms.Textarea({"rows": 2}))
            self._add(f"why-{pk}", why, entry.why_changed, label=_("Vì sao khác số tính được: %s") % title)
        seen = forms.CharField(max_length=64, widget=forms.HiddenInput)
        self._add(f"seen-{pk}", seen, _seen(entry))

    def _add_practice(self, place: int, practice: Practice | None) -> None:
        words = forms.CharField(max_length=MOST_PRACTICE_TEXT, widget=forms.Textarea({"rows": 3}))
        self._add(
            f"title-{place}",
            forms.CharField(max_length=MOST_TITLE),
            practice.title if practice else "",
            label=pgettext_lazy("title", "Tên"),
        )
        self._add(f"words-{place}", words, practice.text if practice else "", label=_("Nội dung, cách làm, kết quả"))

    def _practices(self) -> str:
        return practices_seen([(practice.title, practice.text) for practice in self.practices])

    def clean(self) -> dict[str, Any]:
        """Figures as numbers; a changed one with its reason. What was typed at an item that the head has since taken out is
        told, not dropped."""
        values = super().clean() or self.cleaned_data
        for name, typed in self.data.items():
            if _ITEM.fullmatch(name) and name not in self.fields and typed.strip():
                self.add_error(None, ValidationError(sentence("reports.item_gone", {"text": typed.strip()})))
        for line in self.lines:
            if line.item.kind == ItemKind.FIGURE:
                self._clean_figure(line, values)
        return values

    def _clean_figure(self, line: Line, values: dict[str, Any]) -> None:
        name, why = f"figure-{line.item.pk}", f"why-{line.item.pk}"
        try:
            values[name] = check_figure(_number(values.get(name, "")), name)
        except Refused as refused:
            self.add_error(name, ValidationError(sentence_of(refused)))
            return
        if why in self.fields and is_changed(values[name], line.entry.computed) and not values.get(why, "").strip():
            self.add_error(why, ValidationError(sentence("reports.why_missing", {})))

    def rows(self, kind: str) -> Iterator[FormRow]:
        """The rows of the items of a kind."""
        for line in self.lines:
            if line.item.kind == kind:
                pk = line.item.pk
                value = self[f"figure-{pk}" if kind == ItemKind.FIGURE else f"text-{pk}"]
                why = self[f"why-{pk}"] if f"why-{pk}" in self.fields else None
                yield FormRow(line, value, why, self[f"seen-{pk}"], self.clashes.get(pk))

    def figures(self) -> list[FormRow]:
        """The rows that are numbers."""
        return list(self.rows(ItemKind.FIGURE))

    def narratives(self) -> list[FormRow]:
        """The rows that are words."""
        return list(self.rows(ItemKind.NARRATIVE))

    def practice_rows(self) -> list[tuple[int, BoundField, BoundField]]:
        """The practices and one empty place."""
        return [(place, self[f"title-{place}"], self[f"words-{place}"]) for place in self.places]

    def typed(self) -> dict[int, Typed]:
        """What was typed, by item; an item that was not on the page that was sent is left alone."""
        found = {}
        for line in self.lines:
            pk, figure = line.item.pk, line.item.kind == ItemKind.FIGURE
            name = f"figure-{pk}" if figure else f"text-{pk}"
            if name in self.data:
                value, why = self.cleaned_data[name], self.cleaned_data.get(f"why-{pk}", "")
                seen = self.cleaned_data[f"seen-{pk}"]
                found[pk] = Typed(value if figure else None, "" if figure else value, why, seen)
        return found

    def typed_practices(self) -> TypedPractices:
        """The practices as typed."""
        rows = [(self.cleaned_data[f"title-{place}"], self.cleaned_data[f"words-{place}"]) for place in self.places]
        return TypedPractices(rows, self.cleaned_data["practices_seen"])

    def tell(self, saved: Saved) -> None:
        """Show what others have saved meanwhile beside what was typed. From now on the newest is what was seen, so that saving
        again is a decision and no accident. The form must have been made over the newest lines."""
        data = self.data.copy()
        for line in self.lines:
            data[f"seen-{line.item.pk}"] = _seen(line.entry)
        data["practices_seen"] = self._practices()
        self.data, self.clashes, self.practices_clash = data, saved.clashes, saved.practices_clash


def _seen(entry: Entry | None) -> str:
    if entry is None:
        return fingerprint(None, "", "")
    return fingerprint(entry.figure, entry.text, entry.why_changed)


def _number(text: str) -> Decimal | None:
    return parse_typed(text) if text.strip() else None


class ReasonForm(Form):
    """Why a report is sent back."""

    reason = forms.CharField(
        label=_("Lý do trả lại"), min_length=REASON_LENGTH, max_length=2000, widget=forms.Textarea({"rows": 4}),
        help_text=_("Đơn vị thấy lý do này ở đầu trang báo cáo. Hãy nói rõ cần sửa, bổ sung gì."),
    )  # fmt: skip


class SeveralFiles(forms.ClearableFileInput):
    """A file input that takes several files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One or several files."""

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """The list of uploads."""
        uploads = data if isinstance(data, list | tuple) else [data]
        return [super(FilesField, self).clean(one, initial) for one in uploads if one] or [super().clean(None, initial)]


class FilesForm(Form):
    """Files to add to a report."""

    files = FilesField(
        label=_("Tệp gửi kèm"),
        help_text=_("PDF, Word, Excel hoặc ảnh, mỗi tệp nhiều nhất 20 MB. Có thể chọn nhiều tệp cùng lúc."),
        widget=SeveralFiles(attrs={"class": "drop", "accept": ".pdf,.docx,.xlsx,.jpg,.jpeg,.png"}),
        allow_empty_file=True,
    )

    def attempt(self, action: Callable[..., Result], **values: object) -> Result | None:
        """As every form; what is wrong with a file stands at the files."""

        def at_the_files(**given: object) -> Result:
            try:
                return action(**given)
            except Refused as refused:
                refused.facts.setdefault("field", "files")
                raise

        return super().attempt(at_the_files, **values)
