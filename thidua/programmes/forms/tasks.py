"""Forms of tasks: what a task says, its progress, steps, what it waits for, repetition, many at once, tables."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from thidua.directives.models import Clause
from thidua.people.models import Post
from thidua.programmes.actions.bulk import MOST_SHIFT
from thidua.programmes.actions.progress import MOST_NOTE, MOST_STEP
from thidua.programmes.models import Task, TaskState
from thidua.programmes.queries.sheets import clauses_named
from thidua.programmes.rules.tasks import MOST_REASON, MOST_TITLE, NEXT, Change, Draft, Every, State
from thidua.web.forms import DayField, Form

MOST_DETAIL = 20_000


def _post_field(label: object, empty: object) -> forms.TypedChoiceField:
    field = forms.TypedChoiceField(label=label, required=False, coerce=int, empty_value=None)
    field.choices = [("", empty)]
    return field


def _titles(posts: Iterable[Post]) -> list[tuple[int, str]]:
    return [(post.pk, post.title_vi) for post in posts]


def _words(clause: Clause) -> str:
    """A clause as its tick says it: document, name and how it begins."""
    return f"{clause.directive.name[:80]}, {clause.name}: {clause.text[:90]}"


class TaskForm(Form):
    """What a task says. `revision`: the state that the writer saw (0 for a new one)."""

    title = forms.CharField(label=_("Nhiệm vụ"), max_length=MOST_TITLE)
    detail = forms.CharField(label=_("Chi tiết"), required=False, max_length=MOST_DETAIL, widget=forms.Textarea({"rows": 4}))
    owner_post = _post_field(_("Chức vụ phụ trách"), _("Chưa giao"))
    starts_on = DayField(label=_("Bắt đầu"), required=False)
    due_on = DayField(label=_("Hạn"), required=False)
    parent = forms.TypedChoiceField(label=_("Là việc con của"), required=False, coerce=int, empty_value=None)
    clauses = forms.TypedMultipleChoiceField(
        label=_("Thực hiện các mục của văn bản"), required=False, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    others = forms.CharField(
        label=_("Thêm mục của văn bản khác"), required=False, max_length=2000,
        help_text=_("Ghi “số văn bản: tên mục”, cách nhau bằng dấu chấm phẩy. Ví dụ: 04-NQ/TW: Mục 2"),
    )  # fmt: skip
    revision = forms.IntegerField(widget=forms.HiddenInput, initial=0, required=False)

    def __init__(
        self,
        *args: Any,
        cluster_id: int,
        posts: Sequence[Post],
        parents: Sequence[Task],
        clauses: Sequence[Clause],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.cluster_id = cluster_id
        self._choose("owner_post", [("", _("Chưa giao")), *_titles(posts)])
        self._choose("parent", [("", _("Không, là nhiệm vụ chính")), *((task.pk, task.title) for task in parents)])
        self._choose("clauses", [(clause.pk, _words(clause)) for clause in clauses])
        if not clauses:
            del self.fields["clauses"]
        if not parents:
            del self.fields["parent"]

    def _choose(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def clean_others(self) -> list[int]:
        """The clauses named, by their ids."""
        found, unknown = clauses_named(self.cluster_id, self.cleaned_data["others"])
        if unknown:
            raise ValidationError(_("Không có mục này trong sổ văn bản của cụm: %(names)s.") % {"names": "; ".join(unknown)})
        return found

    @property
    def draft(self) -> Draft:
        """What was typed, as the action takes it."""
        values = self.cleaned_data
        clauses = frozenset([*values.get("clauses", []), *values["others"]])
        return Draft(
            values["title"], values["detail"], values["owner_post"], values["starts_on"], values["due_on"], clauses,
            values.get("parent"),
        )  # fmt: skip


class ProgressForm(Form):
    """How far a task is; the states offered are those that may follow."""

    state = forms.ChoiceField(label=_("Trạng thái"))
    percent = forms.IntegerField(label=_("Tiến độ, %"), min_value=0, max_value=100, required=False)
    reason = forms.CharField(
        label=_("Lý do"), required=False, max_length=MOST_REASON,
        help_text=_("Cần có khi chờ, thôi không làm hoặc mở lại."),
    )  # fmt: skip
    done_on = DayField(label=_("Ngày xong"), required=False, help_text=_("Để trống là hôm nay."))
    despite_needs = forms.BooleanField(label=_("Ghi là xong dù việc cần trước chưa xong"), required=False)
    note = forms.CharField(label=_("Ghi chú"), required=False, max_length=MOST_NOTE, widget=forms.Textarea({"rows": 3}))
    upload = forms.FileField(label=pgettext_lazy("one file", "Tệp minh chứng"), required=False)

    def __init__(self, *args: Any, task: Task, waits: bool, **kwargs: Any) -> None:
        kwargs["initial"] = {"state": task.state, "percent": task.percent} | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        here = State(task.state)
        field = self.fields["state"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(s.value, s.label) for s in TaskState if s == task.state or State(s.value) in NEXT[here]]
        if not waits:
            del self.fields["despite_needs"]

    @property
    def values(self) -> dict[str, Any]:
        """What was typed, as the action takes it."""
        values = dict(self.cleaned_data)
        return values | {"state": State(values["state"])}


class StepForm(Form):
    """A step of a checklist."""

    text = forms.CharField(label=_("Thêm bước"), max_length=MOST_STEP)


class NeedForm(Form):
    """Which task another waits for."""

    needed = forms.TypedChoiceField(label=_("Cần xong trước"), coerce=int)

    def __init__(self, *args: Any, tasks: Sequence[Task], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["needed"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Chọn nhiệm vụ")), *((task.pk, task.title) for task in tasks)]


class RepeatForm(Form):
    """How often and until when."""

    every = forms.ChoiceField(
        label=_("Lặp lại"),
        choices=[(Every.WEEK.value, _("Hằng tuần")), (Every.MONTH.value, _("Hằng tháng")), (Every.QUARTER.value, _("Hằng quý"))],
        initial=Every.MONTH.value,
    )
    until = DayField(label=_("Đến hết ngày"))


class BulkForm(Form):
    """One change to the tasks ticked in a list; empty fields change nothing."""

    state = forms.ChoiceField(label=_("Trạng thái"), required=False, choices=[("", _("giữ nguyên")), *TaskState.choices])
    reason = forms.CharField(label=_("Lý do"), required=False, max_length=MOST_REASON)
    due_on = DayField(label=_("Hạn mới"), required=False)
    shift = forms.IntegerField(label=_("Dời hạn, ngày"), required=False, min_value=-MOST_SHIFT, max_value=MOST_SHIFT)
    owner_post = _post_field(_("Chức vụ phụ trách"), _("giữ nguyên"))

    def __init__(self, *args: Any, posts: Sequence[Post], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["owner_post"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("giữ nguyên")), *_titles(posts)]
        if not posts:
            del self.fields["owner_post"]

    @property
    def change(self) -> Change:
        """What was typed, as the action takes it."""
        values = self.cleaned_data
        state = State(values["state"]) if values["state"] else None
        return Change(state, values["reason"], values["due_on"], values["shift"] or 0, values.get("owner_post"))


class SheetForm(Form):
    """A table of tasks."""

    upload = forms.FileField(
        label=_("Tệp XLSX hoặc CSV"), help_text=_("Chưa có gì được ghi: bạn xem từng hàng trước rồi mới nhập."),
    )  # fmt: skip


class ImportForm(Form):
    """Whether rows that the programme has already are left out."""

    skip_known = forms.BooleanField(label=_("Bỏ qua các hàng đã có trong chương trình"), required=False)
