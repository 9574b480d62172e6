"""Forms of criteria."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from textwrap import shorten
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from thidua.criteria.actions import MOST_ROWS
from thidua.criteria.papers import look_into
from thidua.criteria.rules import COLUMNS, Problem
from thidua.criteria.rules.aliases import column_called
from thidua.kernel.errors import Refused
from thidua.web.forms import Form, Result
from thidua.web.sentences import sentence, sentence_of

MOST_MEGABYTES = 2
"""Largest table taken in, as a file or pasted: the largest real one has 35 kilobytes."""


@dataclass(frozen=True, slots=True)
class ProblemLine:
    """One line of the table of problems: where, what stands there, and what is wrong with it and to be done."""

    sheet: str
    row: int | None
    column: str | None
    value: str
    sentence: str
    place: str = ""
    """As spreadsheets name the cell: "D12"."""


class TableForm(Form):
    """A criteria table as a file or pasted, with its title. `problems` are what was wrong in it, for the table of problems."""

    title = forms.CharField(label=gettext_lazy("Tên bảng tiêu chí"), max_length=300)
    table = forms.FileField(
        label=gettext_lazy("Tệp bảng (CSV hoặc XLSX)"),
        required=False,
        allow_empty_file=True,
        help_text=format_lazy(
            gettext_lazy("Trang tính đầu tiên được đọc. Nhiều nhất {rows} dòng, {megabytes} MB."),
            rows=MOST_ROWS,
            megabytes=MOST_MEGABYTES,
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.xlsx,text/csv"}),
    )
    pasted = forms.CharField(
        label=gettext_lazy("Dán bảng chép từ Excel"),
        required=False,
        strip=False,
        help_text=gettext_lazy("Chép cả dòng tiêu đề. Nội dung đã dán được giữ lại nếu bảng còn chỗ phải sửa."),
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false", "wrap": "off"}),
    )
    any_version = forms.BooleanField(label=gettext_lazy("Vẫn dùng tệp này dù nó được tải từ bản khác"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.problems: tuple[Problem, ...] = ()
        self.is_stale = False
        self.sheet = ""

    def clean(self) -> dict[str, Any]:
        """Adds `rows`, `source_name`, `found` (what is wrong in the file itself) and `stamp`.

        What cannot be read as a table stands at its field.
        """
        cleaned = super().clean() or {}
        upload, pasted = cleaned.get("table"), cleaned.get("pasted") or ""
        if upload and pasted.strip():
            self.add_error("table", sentence("criteria.given_twice", {}))
        elif upload:
            self._read("table", upload.read(MOST_MEGABYTES * 2**20 + 1))
            cleaned["source_name"] = upload.name
        elif pasted.strip():
            self._read("pasted", pasted.strip("\r\n").encode())
            cleaned["source_name"] = ""
        elif "table" not in self.errors:
            self.add_error("table", sentence("criteria.nothing_given", {}))
        return cleaned

    def attempt(self, action: Callable[..., Result], **values: Any) -> Result | None:
        """As every form; keeps the problems of a refused table for `problem_lines`, and says so where the table was given."""

        def noting(**given: Any) -> Result:
            try:
                return action(**given)
            except Refused as refused:
                self.problems = refused.facts.get("problems", ())  # type: ignore[assignment]
                self.is_stale = refused.code == "criteria.stale_template"
                if refused.facts.get("field") == "table" and self.cleaned_data["pasted"].strip():
                    refused.facts["field"] = "pasted"
                raise

        return super().attempt(noting, **values)

    @property
    def problem_lines(self) -> list[ProblemLine]:
        """The problems with what stands in their cells, in the order of the table."""
        rows = self.cleaned_data.get("rows", []) if self.problems else []
        return [
            ProblemLine(self.sheet, p.row, p.column, _cell(rows, p), sentence(p.code, dict(p.facts)), _place(rows, p))
            for p in self.problems
        ]

    @property
    def unknown_columns(self) -> list[str]:
        """Names in the header that the format does not know; they were left out."""
        header = self.cleaned_data["rows"][0]
        return [name for cell in header if (name := cell.strip()) and column_called(name) not in COLUMNS]

    @property
    def ways(self) -> list[forms.BoundField]:
        """The two ways to give the table, of which one is enough."""
        return [self["table"], self["pasted"]]

    def _read(self, field: str, content: bytes) -> None:
        try:
            table = look_into(content, most_megabytes=MOST_MEGABYTES)
            if not table.rows:
                raise Refused("criteria.empty_table")
            self.sheet = table.sheet
            self.cleaned_data |= {"rows": table.rows, "found": table.problems, "stamp": table.stamp}
        except Refused as refused:
            self.add_error(field, _placed(refused))


def _placed(refused: Refused) -> str:
    """The sentence of a refusal with its row and column, where it has them."""
    row, column = refused.facts.get("row"), refused.facts.get("column")
    text = sentence_of(refused)
    if row and column:
        return _("Dòng {row}, cột {column}: {text}").format(row=row, column=column, text=text)
    return _("Dòng {row}: {text}").format(row=row, text=text) if row else text


def _cell(rows: Sequence[Sequence[str]], problem: Problem) -> str:
    """What stands in the cell of a problem; empty where it has no cell, shortened where it is long."""
    if not problem.row or not problem.column or problem.row > len(rows):
        return ""
    header = [column_called(name) for name in rows[0]]
    row = rows[problem.row - 1]
    place = header.index(problem.column) if problem.column in header else len(row)
    return shorten(row[place], 80, placeholder="…") if place < len(row) else ""


def _place(rows: Sequence[Sequence[str]], problem: Problem) -> str:
    """The cell of a problem as spreadsheets name it; empty where it has none."""
    header = [column_called(name) for name in rows[0]]
    if not problem.row or problem.column not in header:
        return ""
    number, letters = header.index(problem.column) + 1, ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{problem.row}"


class LibraryForm(Form):
    """Which example, or which version of another year, to start from."""

    example = forms.SlugField(required=False)
    version = forms.IntegerField(required=False, min_value=1)

    def clean(self) -> dict[str, Any]:
        """One of the two."""
        cleaned = super().clean() or {}
        if not cleaned.get("example") and not cleaned.get("version"):
            raise forms.ValidationError(sentence("criteria.nothing_chosen", {}))
        return cleaned


class PublishForm(Form):
    """What adopts a draft; why, where a pledge already rests on the criteria before it."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    decision = forms.CharField(
        label=gettext_lazy("Căn cứ ban hành"),
        max_length=300,
        help_text=gettext_lazy("Số và ngày quyết định, hoặc biên bản hội nghị các đơn vị đã thống nhất."),
    )
    reason = forms.CharField(
        label=gettext_lazy("Lý do điều chỉnh"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Năm thi đua đã qua giai đoạn chuẩn bị: các đơn vị cần biết vì sao tiêu chí thay đổi."),
    )

    def __init__(self, *args: Any, is_correction: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_correction:
            del self.fields["reason"]


class DiscardForm(Form):
    """Which draft was looked at when it was thrown away."""

    version = forms.IntegerField(widget=forms.HiddenInput)
