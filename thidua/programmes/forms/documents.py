"""Forms of programmes as documents."""

import json
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from thidua.directives.models import Clause
from thidua.kernel.errors import Refused
from thidua.kernel.points import format_vietnamese
from thidua.programmes.models import IndicatorFigure, ProgrammeKind
from thidua.programmes.queries.documents import clause_words
from thidua.programmes.rules.content import IndicatorLine
from thidua.programmes.rules.figures import MOST_DECIMALS, parse_figure
from thidua.programmes.rules.together import PLAIN, Row, Sheet
from thidua.programmes.rules.writing import (
    MOST_GOAL,
    MOST_LINES,
    MOST_NAME,
    MOST_REASON,
    MOST_TEXT,
    MOST_TITLE,
    MOST_UNIT_OF_MEASURE,
    Hands,
    IndicatorEntry,
    Lists,
    TaskEntry,
    Written,
)
from thidua.web.forms import DayField, Form
from thidua.web.sentences import sentence_of

SPARE_LINES = 3
"""Empty lines at the end of each list to write in; "save and add lines" brings more."""
MOST_ID = 2**62


class FigureField(forms.CharField):
    """A figure as people type it; None when empty."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=24, widget=forms.TextInput({"inputmode": "decimal", "autocomplete": "off"}), **kwargs)

    def clean(self, value: Any) -> Any:
        """The figure as Decimal."""
        typed = super().clean(value)
        if not typed:
            return None
        try:
            return parse_figure(typed)
        except Refused as refused:
            raise ValidationError(sentence_of(refused)) from refused


class ProgrammeForm(Form):
    """The texts and days of a programme. `revision` is the one that the writer saw, `seen` the sheet (rules.together) with its
    lists, so that what another has saved meanwhile can be told from what the writer changed."""

    title = forms.CharField(label=pgettext_lazy("title", "Tên"), max_length=MOST_TITLE, widget=forms.Textarea({"rows": 2}))
    starts_on = DayField(label=_("Bắt đầu"), required=False)
    ends_on = DayField(label=pgettext_lazy("day", "Kết thúc"), required=False)
    grounds = forms.CharField(
        label=_("Căn cứ"), required=False, max_length=MOST_TEXT, widget=forms.Textarea({"rows": 3}),
        help_text=_("Mỗi căn cứ một dòng."),
    )  # fmt: skip
    measures = forms.CharField(
        label=_("Biện pháp, tổ chức thực hiện"), required=False, max_length=MOST_TEXT, widget=forms.Textarea({"rows": 4})
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=MOST_ID)

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    @classmethod
    def over(cls, sheet: Sheet, revision: int, seen: Sheet | None = None) -> "ProgrammeForm":
        """The form over a sheet; `seen`: what is saved at that revision, where it is not the sheet itself."""
        days = {name: _day(sheet[name]) for name in ("starts_on", "ends_on")}
        kept = json.dumps(seen or sheet, ensure_ascii=False)
        return cls(initial={name: sheet[name] for name in PLAIN} | days | {"revision": revision, "seen": kept})

    @property
    def written(self) -> Written:
        """What was typed."""
        values = self.cleaned_data
        return Written(values["title"], values["grounds"], values["measures"], values["starts_on"], values["ends_on"])


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


class NewForm(ProgrammeForm):
    """A new programme: its kind, its texts, and the clauses that become tasks."""

    kind = forms.ChoiceField(
        label=_("Loại"),
        widget=forms.RadioSelect,
        choices=[(str(kind), kind.label) for kind in ProgrammeKind if kind != ProgrammeKind.NEXT_YEAR],
    )
    clauses = forms.TypedMultipleChoiceField(
        label=_("Mục của văn bản giao cho đơn vị"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Mỗi mục được chọn thành một nhiệm vụ dự kiến, có hạn của mục; sau đó sửa được."),
    )  # fmt: skip
    field_order = ("kind", "title", "clauses", "starts_on", "ends_on", "grounds", "measures")
    seen = None  # type: ignore[assignment]

    def __init__(self, *args: Any, clauses: Sequence[Clause] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["clauses"].choices = [(clause.pk, _clause_line(clause)) for clause in clauses]  # type: ignore[attr-defined]
        if not clauses:
            del self.fields["clauses"]


def _clause_line(clause: Clause) -> str:
    text = " ".join(clause.text.split())
    return f"{clause.lead} {text}".strip()


class GoalForm(Form):
    """One goal."""

    text = forms.CharField(label=_("Mục tiêu"), max_length=MOST_GOAL, required=False, widget=forms.Textarea({"rows": 2}))


class IndicatorForm(Form):
    """One indicator; a line without a name goes."""

    pk = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1, max_value=MOST_ID)
    name = forms.CharField(label=pgettext_lazy("indicator", "Chỉ tiêu"), max_length=MOST_NAME, required=False)
    target = FigureField(label=_("Mức đề ra"), required=False)
    unit_of_measure = forms.CharField(label=_("Đơn vị tính"), max_length=MOST_UNIT_OF_MEASURE, required=False)
    lower_is_better = forms.BooleanField(label=_("Càng thấp càng tốt"), required=False)

    def clean(self) -> dict[str, Any]:
        """A figure needs a name."""
        values = super().clean() or {}
        if not values.get("name") and (values.get("target") is not None or values.get("unit_of_measure")):
            self.add_error("name", _("Hãy ghi tên chỉ tiêu cho con số này, hoặc xoá cả dòng."))
        return values

    @property
    def entry(self) -> IndicatorEntry:
        """The indicator as typed."""
        values = self.cleaned_data
        line = IndicatorLine(values["name"], values["unit_of_measure"], values["target"], values["lower_is_better"])
        return IndicatorEntry(line, values["pk"])


class TaskForm(Form):
    """One task of the cluster's programme; a line without a title goes."""

    pk = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1, max_value=MOST_ID)
    title = forms.CharField(label=_("Nhiệm vụ"), max_length=MOST_TITLE, required=False, widget=forms.Textarea({"rows": 2}))
    due_on = DayField(label=_("Hạn"), required=False)
    clauses = forms.TypedMultipleChoiceField(
        label=_("Mục văn bản"), coerce=int, required=False, widget=forms.SelectMultiple({"size": 3})
    )

    def __init__(self, *args: Any, choices: Sequence[tuple[int, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["clauses"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A day needs a task."""
        values = super().clean() or {}
        if not values.get("title") and (values.get("due_on") or values.get("clauses")):
            self.add_error("title", _("Hãy ghi tên nhiệm vụ, hoặc xoá cả dòng."))
        return values

    @property
    def entry(self) -> TaskEntry:
        """The task as typed."""
        values = self.cleaned_data
        return TaskEntry(values["title"], values["due_on"], tuple(values["clauses"]), values["pk"])


def _formset(form: type[Form]) -> type[BaseFormSet]:
    return formset_factory(form, extra=SPARE_LINES, max_num=MOST_LINES + SPARE_LINES, absolute_max=MOST_LINES + 20)


GoalFormSet, IndicatorFormSet, TaskFormSet = _formset(GoalForm), _formset(IndicatorForm), _formset(TaskForm)


class ListForms:
    """The lists of a programme on one page: goals, indicators, and the tasks of the cluster's own."""

    def __init__(self, data: Any, sheet: Sheet, clauses: Sequence[Clause] = ()) -> None:
        self.goals = GoalFormSet(data, initial=[{"text": goal} for goal in sheet["goals"]], prefix="g")
        self.indicators = IndicatorFormSet(data, initial=[_initial(row) for row in sheet["indicators"]], prefix="i")
        self.tasks: BaseFormSet | None = None
        if "tasks" in sheet:
            choices = [(clause.pk, clause_words(clause)) for clause in clauses]
            initial = [row | {"due_on": _day(row["due_on"])} for row in sheet["tasks"]]
            self.tasks = TaskFormSet(data, initial=initial, prefix="t", form_kwargs={"choices": choices})

    def is_valid(self) -> bool:
        """Whether every line of every list can be read; all are checked, so that all faults show at once."""
        sets = [formset for formset in (self.goals, self.indicators, self.tasks) if formset is not None]
        return all([formset.is_valid() for formset in sets])

    @property
    def lists(self) -> Lists:
        """What was typed, without empty lines."""
        tasks = None
        if self.tasks is not None:
            tasks = tuple(form.entry for form in self.tasks.forms if form.cleaned_data.get("title"))
        return Lists(
            goals=tuple(form.cleaned_data["text"] for form in self.goals.forms if form.cleaned_data.get("text")),
            indicators=tuple(form.entry for form in self.indicators.forms if form.cleaned_data.get("name")),
            tasks=tasks,
        )


def _initial(indicator: Row) -> dict[str, Any]:
    target = indicator["target"]
    return indicator | {"target": target and format_vietnamese(Decimal(target), most=MOST_DECIMALS)}


class ApproveForm(Form):
    """The digest that the leader saw, and why the document was changed."""

    digest = forms.CharField(widget=forms.HiddenInput, max_length=64)
    reason = forms.CharField(
        label=_("Lý do điều chỉnh"), required=False, max_length=2000, widget=forms.Textarea({"rows": 2}),
        help_text=_("Ghi cùng bản được duyệt, hiện ở trang các bản."),
    )  # fmt: skip


class ReturnForm(Form):
    """Why the leader sends a programme back."""

    reason = forms.CharField(
        label=_("Lý do trả lại"), max_length=MOST_REASON, widget=forms.Textarea({"rows": 3}),
        help_text=_("Cần sửa gì, ở đâu. Người soạn đọc ở Việc của tôi và ở trang chương trình."),
    )  # fmt: skip


class FigureForm(Form):
    """The figure of a day; `revision` is that of the figure which the writer saw for the day (0: none)."""

    as_of = DayField(label=_("Ngày"))
    value = FigureField(label=_("Con số"))
    note = forms.CharField(label=_("Ghi chú, nguồn"), max_length=300, required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=MOST_ID)

    @classmethod
    def over(cls, figure: IndicatorFigure) -> "FigureForm":
        """The form over the figure of a day, to put it right."""
        value = format_vietnamese(figure.value, most=MOST_DECIMALS)
        return cls(initial={"as_of": figure.as_of, "value": value, "note": figure.note, "revision": figure.revision})

    def see_newest(self, revision: int) -> None:
        """After a refusal: carry the revision of what stands there by now."""
        data: Any = self.data.copy()
        data["revision"] = str(revision)
        self.data = data


class RemarkForm(Form):
    """Words of a unit on the cluster's draft, or the head's answer."""

    text = forms.CharField(label=_("Ý kiến góp ý"), max_length=MOST_TEXT, widget=forms.Textarea({"rows": 3}))


class HandsForm(Form):
    """A show of hands over the content that was shown."""

    votes_for = forms.IntegerField(label=_("Tán thành"), min_value=0, max_value=9999)
    votes_against = forms.IntegerField(label=_("Không tán thành"), min_value=0, max_value=9999)
    votes_abstained = forms.IntegerField(label=_("Không có ý kiến"), min_value=0, max_value=9999)
    digest = forms.CharField(widget=forms.HiddenInput, max_length=64)

    @property
    def hands(self) -> Hands:
        """The votes typed."""
        values = self.cleaned_data
        return Hands(values["votes_for"], values["votes_against"], values["votes_abstained"])
