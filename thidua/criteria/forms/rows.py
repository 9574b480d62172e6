"""The form of one row of a draft: what every row has, and the figures of its method."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from thidua.criteria.queries import KINDS, METHODS
from thidua.criteria.rules import Kind, Method, Proof
from thidua.criteria.rules.conventions import is_band
from thidua.criteria.rules.extras import written
from thidua.kernel.errors import Refused
from thidua.kernel.points import format_vietnamese, parse_plain, parse_typed
from thidua.web.forms import Form
from thidua.web.sentences import sentence_of

BAND_MARK = "[mức]"

FIGURES_OF: dict[Method, tuple[str, ...]] = {
    Method.AWARD: ("max_points", "cap"),
    Method.PROPORTIONAL: ("max_points", "over_rate", "over_cap"),
    Method.INVERSE: ("max_points",),
    Method.RELATIVE_TO_LEADER: ("max_points",),
    Method.PER_CASE: ("max_points", "per_case", "cap"),
    Method.BANDS: ("max_points",),
    Method.PASS_FAIL: ("max_points",),
    Method.GRADE: ("max_points", "grades"),
    Method.LATENESS: ("max_points", "per_case", "floor"),
    Method.POOL: ("max_points", "pool"),
    Method.WEIGHTED: ("max_points",),
}
"""What a row of each method states: commands.md, "Criteria table"."""
_OF_METHODS = ("max_points", "per_case", "cap", "over_rate", "over_cap", "floor", "grades", "pool")
_CAPS = ("adjust_cap", "bonus_cap", "penalty_cap")
_NUMBERS = ("max_points", "per_case", "cap", "over_rate", "over_cap", "floor", *_CAPS)
_SIGNED = ("max_points", "per_case")
"""Figures of a penalty that a table writes with a minus; people type them with or without."""

EVIDENCE = {
    Proof.ASKED: _("Nên có; thiếu thì nhắc"),
    Proof.REQUIRED: _("Bắt buộc; thiếu thì không nộp được phiếu"),
    Proof.NOT_NEEDED: _("Không cần"),
}


class FigureField(forms.CharField):
    """A number as people type it, cleaned into the way a table writes it."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"inputmode": "decimal", "autocomplete": "off"}
        super().__init__(required=False, max_length=40, widget=forms.TextInput(attrs=attrs), **kwargs)

    def clean(self, value: Any) -> str:
        """Refuses what is no number."""
        text = super().clean(value)
        try:
            return written(parse_typed(text)) if text else ""
        except Refused as refused:
            raise ValidationError(sentence_of(refused)) from None


class RowForm(Form):
    """One row, changed (`at` is its code) or new (`at` empty, put at `place` of `target`); `cells` is what was typed."""

    at = forms.CharField(required=False, widget=forms.HiddenInput)
    stamp = forms.CharField(required=False, widget=forms.HiddenInput)
    target = forms.CharField(required=False, widget=forms.HiddenInput)
    place = forms.CharField(required=False, widget=forms.HiddenInput)
    code = forms.CharField(label=_("Mã"), max_length=64)
    title_vi = forms.CharField(label=_("Nội dung tiêu chí"), max_length=5000, widget=forms.Textarea(attrs={"rows": 2}))
    kind = forms.ChoiceField(label=_("Loại dòng"), choices=[(kind.value, words) for kind, words in KINDS.items()])
    is_band = forms.BooleanField(label=_("Là một mức để chọn của mục cha"), required=False)
    method = forms.ChoiceField(label=_("Cách tính"), choices=[(method.value, words) for method, words in METHODS.items()])
    max_points = FigureField(
        label=_("Điểm tối đa"), help_text=_("Trọng số, nếu tính theo trọng số. Điểm trừ gõ 2 hay −2 đều được.")
    )
    per_case = FigureField(label=_("Điểm mỗi lần, mỗi ngày chậm"))
    cap = FigureField(label=_("Nhiều nhất"), help_text=_("Nếu khác điểm tối đa."))
    over_rate = FigureField(label=_("Thưởng cho mỗi 1 % vượt chỉ tiêu"))
    over_cap = FigureField(label=_("Thưởng vượt chỉ tiêu nhiều nhất"))
    floor = FigureField(label=_("Thấp nhất"))
    grades = forms.CharField(
        label=_("Xếp loại và hệ số"),
        required=False,
        max_length=500,
        help_text=_("Ví dụ A=1; B=0,8; C=60%. Để trống: A=1; B=0,75; C=0,5; D=0."),
    )
    pool = forms.CharField(
        label=_("Điểm theo thứ hạng"),
        required=False,
        max_length=500,
        help_text=_("Ghi điểm từng hạng, từ hạng nhất, cách nhau bằng dấu /, ví dụ 60/45/30."),
    )
    adjust_cap = FigureField(label=_("Thưởng và trừ cộng lại không quá"))
    bonus_cap = FigureField(label=_("Tổng thưởng không quá"))
    penalty_cap = FigureField(label=_("Tổng trừ không quá"))
    rule_text_vi = forms.CharField(
        label=_("Cách chấm bằng lời"), required=False, max_length=10000, widget=forms.Textarea(attrs={"rows": 3})
    )
    unit = forms.CharField(
        label=_("Đơn vị tính"),
        required=False,
        max_length=200,
        help_text=_("Điểm mỗi lần thì ghi tính theo gì: lần, vụ, báo cáo…"),
    )
    source_url = forms.CharField(label=_("Căn cứ (địa chỉ văn bản)"), required=False, max_length=1000)
    assessor = forms.CharField(
        label=_("Ai theo dõi, chấm"), required=False, max_length=200, widget=forms.TextInput(attrs={"list": "assessors"})
    )
    evidence = forms.ChoiceField(
        label=_("Minh chứng"), required=False, choices=[(proof.value, words) for proof, words in EVIDENCE.items()]
    )
    not_assigned = forms.MultipleChoiceField(
        label=_("Không giao cho"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Đơn vị được chọn không chấm dòng này."),
    )

    def __init__(self, *args: Any, units: Iterable[tuple[str, str]], old: Mapping[str, str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.old = old or {}
        named = dict(units)
        stranger = _("{slug} (không phải đơn vị thành viên)")
        left = {slug: stranger.format(slug=slug) for slug in self.old.get("not_assigned", "").split() if slug not in named}
        self.fields["not_assigned"].choices = [*named.items(), *left.items()]  # type: ignore[attr-defined]

    @staticmethod
    def initial_of(cells: Mapping[str, str]) -> dict[str, Any]:
        """What the fields hold for a row: numbers as people read them, the mark of a band as its box."""
        numbers = {name: format_vietnamese(parse_plain(cells[name]), most=6) for name in _NUMBERS if cells.get(name)}
        words = cells.get("rule_text_vi", "")
        band = is_band(words)
        text = words.strip()[len(BAND_MARK) :].strip() if band else words
        return {**cells, **numbers, "not_assigned": cells.get("not_assigned", "").split(), "is_band": band, "rule_text_vi": text}

    @property
    def cells(self) -> dict[str, str]:
        """The row by column name. Figures of the method it had before go with that method; a penalty gets its minus."""
        given = self.cleaned_data
        plain = ("code", "title_vi", "kind", "method", "unit", "source_url", "assessor", "evidence", *_CAPS)
        kept = self.old if self.old.get("method") == given["method"] else {}
        shown = FIGURES_OF[Method(given["method"])]
        figures = {name: given[name] if name in shown else kept.get(name, "") for name in _OF_METHODS}
        if given["kind"] == Kind.PENALTY:
            figures |= {name: f"-{figures[name].lstrip('-')}" for name in _SIGNED if figures[name].strip("-0.")}
        if given["method"] == Method.PER_CASE and given["unit"].strip().lower() in ("", "điểm"):
            given = given | {"unit": "lần"}
        words = f"{BAND_MARK} {given['rule_text_vi']}".strip() if given["is_band"] else given["rule_text_vi"]
        rest = {"rule_text_vi": words, "not_assigned": " ".join(given["not_assigned"])}
        return {name: given[name] for name in plain} | figures | rest

    def clean(self) -> dict[str, Any]:
        """A gate passes or fails, so it has no method to choose."""
        cleaned = super().clean() or {}
        if cleaned.get("kind") == Kind.GATE:
            cleaned |= {"method": Method.PASS_FAIL.value, "max_points": ""}
        return cleaned

    @property
    def figures(self) -> list[tuple[BoundField, str]]:
        """The fields that only some methods have, each with the methods that show it."""
        return [
            (self[name], " ".join(method.value for method, names in FIGURES_OF.items() if name in names)) for name in _OF_METHODS
        ]

    @property
    def caps(self) -> list[BoundField]:
        """Bounds of the bonus and penalty rows below this one."""
        return [self[name] for name in _CAPS]
