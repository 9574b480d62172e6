"""What is typed in the rows of a sheet, and the small forms beside it."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from thidua.criteria.rules import CriteriaTable, Criterion, Problem
from thidua.kernel.errors import Refused
from thidua.kernel.points import parse_typed
from thidua.kernel.text import small_int
from thidua.people.models import Person
from thidua.scoring import rules
from thidua.scoring.models import DECLARED, ScoreLine
from thidua.scoring.queries.entry import COLUMNS_OF, MOST_LETTERS, Entry, entry_of, may_be_granted_whole
from thidua.scoring.queries.sheets import Clash, Typed, inputs_for, options_of
from thidua.scoring.queries.words import figures_in_words
from thidua.scoring.rules.merging import Cell
from thidua.web.forms import Form, MomentField, Result
from thidua.web.sentences import sentence_of

MOST_TYPED = 40
"""Most letters of a figure that are looked at: no number is longer."""


def typed_row(data: Mapping[str, str], code: str, entry: Entry) -> Typed | None:
    """What was typed in the row of `code`; None when the row was not part of the page that was sent."""
    names = COLUMNS_OF[entry]
    if not any(f"{name}-{code}" in data for name in names):
        return None
    values = {name: data.get(f"{name}-{code}", "") for name in names}
    revision = data.get(f"revision-{code}", "")
    return Typed(values, data.get(f"reason-{code}", ""), small_int(revision) or 0, "")


def told(typed: Typed, refused: Refused) -> Typed:
    """What was typed with the sentence why it was not saved. After a clash the next save goes over the other person's."""
    revision = refused.facts.get("revision", typed.revision)
    return replace(typed, revision=revision, problem=sentence_of(refused))


def told_beside(
    typed: Typed, refused: Refused, row: Criterion, table: CriteriaTable, line: ScoreLine | None, entry: Entry
) -> Typed:
    """As `told`; after a clash the other person's change of the cell that does not clash stands in the row, and of the cell
    that does both values are told."""
    found, facts = told(typed, refused), refused.facts
    if refused.code != "scoring.changed_meanwhile":
        return found
    now = {field.name: field.value for field in inputs_for(entry, row, table, line.as_rule() if line else None)}
    clashes, cells = [], str(facts["cells"]).split()
    if Cell.FIGURES in cells:
        mine = figures_in_words(line_from(typed, row, table, entry))
        clashes.append(Clash(gettext("Số liệu"), mine, figures_in_words(line), tuple(now.items())))
    if Cell.REASON in cells:
        theirs = line.reason if line else ""
        clashes.append(Clash(gettext("Lý do"), typed.reason.strip() or "–", theirs or "–", (("reason", theirs),)))
    values = now if facts["figures_kept"] else typed.values
    problem = gettext("%(name)s cũng vừa sửa ô này. Số bạn nhập vẫn còn: lưu lần nữa để giữ số của bạn.") % {"name": facts["by"]}
    return replace(found, values=values, reason=facts["reason"], problem=problem, by=facts["by"], clashes=tuple(clashes))


def entry_typed(data: Mapping[str, str], row: Criterion, table: CriteriaTable, line: rules.ScoreLine | None) -> Entry | None:
    """How the row was filled in: as it usually is, or with points for the row as a whole."""
    if f"points-{row.code}" in data and may_be_granted_whole(row, table):
        return Entry.POINTS
    return entry_of(row, table, line)


def line_from(typed: Typed, row: Criterion, table: CriteriaTable, entry: Entry) -> rules.ScoreLine:
    """The typed row as a line. Refuses, at the row, what is no number (kernel.points_*) or no choice (scoring.not_in_list)."""
    figures: dict[str, Decimal | str | bool | None] = {}
    for name, text in typed.values.items():
        choices = options_of(entry, row, table)
        if choices:
            figures[name] = _chosen(text.strip(), name, dict(choices), row.code)
        elif text.strip():
            figures[name] = _number(text, row.code)
    return rules.ScoreLine(code=row.code, **figures)


def _number(text: str, code: str) -> Decimal:
    try:
        return parse_typed(text if len(text) <= MOST_TYPED else text[:MOST_TYPED] + "…")
    except Refused as refused:
        raise Refused(refused.code, **{**refused.facts, "field": code}) from None


def _chosen(text: str, name: str, choices: Mapping[str, str], code: str) -> str | bool | None:
    if text not in choices:
        raise Refused("scoring.not_in_list", field=code, text=text[:MOST_TYPED])
    if name == "passed":
        return None if text == "" else text == "1"
    return text


class ReasonForm(Form):
    """A reason for taking back, withholding, opening again."""

    reason = forms.CharField(label=_("Lý do"), widget=forms.Textarea(attrs={"rows": 3}), max_length=MOST_LETTERS, required=True)


class AnswerForm(Form):
    """The unit's answer to a change."""

    answer = forms.CharField(label=_("Ý kiến của đơn vị"), widget=forms.Textarea(attrs={"rows": 4}), max_length=MOST_LETTERS)


class SeveralFiles(forms.ClearableFileInput):
    """A file field that takes several."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files; the action looks into each."""

    widget = SeveralFiles

    def clean(self, data: object, initial: object = None) -> list:
        """The list of uploads."""
        uploads = data if isinstance(data, list | tuple) else [data]
        return [super(FilesField, self).clean(upload, initial) for upload in uploads if upload] or [super().clean(None, initial)]


class EvidenceForm(Form):
    """Files for one criterion."""

    files = FilesField(
        label=_("Tệp minh chứng"),
        help_text=_("PDF, Word, Excel hoặc ảnh, mỗi tệp nhiều nhất 20 MB. Có thể chọn nhiều tệp cùng lúc."),
        widget=SeveralFiles(attrs={"class": "drop", "accept": ".pdf,.docx,.xlsx,.jpg,.jpeg,.png"}),
        allow_empty_file=True,
    )
    note = forms.CharField(label=_("Ghi chú"), max_length=300, required=False)

    def attempt(self, action: Callable[..., Result], **values: object) -> Result | None:
        """As every form; what is wrong with a file stands at the files."""

        def at_the_files(**given: object) -> Result:
            try:
                return action(**given)
            except Refused as refused:
                refused.facts.setdefault("field", "files")
                raise

        return super().attempt(at_the_files, **values)


class AssignForm(Form):
    """Who appraises which unit."""

    person = forms.ChoiceField(label=_("Người thẩm định"))
    unit = forms.ChoiceField(label=_("Đơn vị được thẩm định"))

    def __init__(self, *args: object, people: list[tuple[int, str]], units: list[tuple[int, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [("", "…"), *people]
        self.fields["unit"].choices = [("", "…"), *units]


class ConflictForm(Form):
    """Who should not judge which unit, and why. `who` is a person ("p:7") or a whole unit ("u:3")."""

    who = forms.ChoiceField(label=_("Ai không nên thẩm định"), help_text=_("Một người, hoặc cả đơn vị."))
    unit = forms.ChoiceField(label=_("Đơn vị được thẩm định"))
    kind = forms.ChoiceField(label=_("Loại xung đột"), choices=[(kind.value, kind.label) for kind in DECLARED])
    words = forms.CharField(
        label=_("Nội dung"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=MOST_LETTERS,
        help_text=_("Chỉ thư ký cụm trưởng, cấp trên, kiểm tra và các bên liên quan đọc được."),
    )

    def __init__(self, *args: object, people: list[tuple[str, str]], units: list[tuple[int, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        whole = [(f"u:{pk}", name) for pk, name in units]
        self.fields["who"].choices = [("", "…"), (_("Người"), people), (_("Cả đơn vị"), whole)]
        self.fields["unit"].choices = [("", "…"), *units]

    def sides(self) -> tuple[int | None, int | None]:
        """Ids of the person and of the unit that should not judge; one of them None."""
        sort, _colon, pk = self.cleaned_data["who"].partition(":")
        return (int(pk), None) if sort == "p" else (None, int(pk))


class KeepersForm(Form):
    """Rows of a sheet and the person of the unit who fills them in."""

    person = forms.ChoiceField(label=_("Người phụ trách"))
    codes = forms.MultipleChoiceField(label=_("Dòng"), required=False)

    def __init__(self, *args: object, people: list[Person], codes: list[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [("", "…"), *((str(person.pk), person.name) for person in people)]
        self.fields["codes"].choices = codes


class UploadForm(Form):
    """A sheet that was filled in offline. `problems` are its bad cells, for the table of problems."""

    table = forms.FileField(
        label=_("Tệp phiếu đã điền (XLSX hoặc CSV)"),
        help_text=_("Chưa có gì thay đổi khi chọn tệp: phần mềm đọc thử và cho xem từng thay đổi trước."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv,text/csv", "class": "drop"}),
        allow_empty_file=True,
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.problems: tuple[Problem, ...] = ()

    def attempt(self, action: Callable[..., Result], **values: object) -> Result | None:
        """As every form; what is wrong with the file stands at the file, and its bad cells are kept."""

        def at_the_file(**given: object) -> Result:
            try:
                return action(**given)
            except Refused as refused:
                self.problems = refused.facts.get("problems", ())
                refused.facts["field"] = "table"
                raise

        return super().attempt(at_the_file, **values)


class MinutesForm(Form):
    """What score minutes say beside the points."""

    begun_at = MomentField(label=_("Bắt đầu"))
    ended_at = MomentField(label=_("Kết thúc"))
    place = forms.CharField(label=_("Địa điểm"), max_length=300)
    checkers = forms.CharField(
        label=_("Bên thẩm định"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=MOST_LETTERS,
        help_text=_("Mỗi người một dòng, kèm chức vụ: Nguyễn Văn A, Phó Trưởng ban."),
    )
    unit_people = forms.CharField(
        label=_("Đơn vị được thẩm định"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=MOST_LETTERS,
        help_text=_("Mỗi người một dòng, kèm chức vụ."),
    )
    opinion = forms.CharField(label=_("Ý kiến của đơn vị"), widget=forms.Textarea(attrs={"rows": 3}), max_length=MOST_LETTERS)
    copies = forms.IntegerField(label=_("Số bản"), min_value=1, max_value=99)
    kept_by = forms.CharField(
        label=_("Nơi giữ các bản"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=MOST_LETTERS,
        help_text=_("Mỗi nơi một dòng."),
    )
    chair = forms.CharField(label=_("Người chủ trì ký"), max_length=200)
    secretary = forms.CharField(label=_("Thư ký ký"), max_length=200)
    signer = forms.CharField(label=_("Đại diện đơn vị ký"), max_length=200)
