"""What is typed in a cell of the grid, and the small forms beside it."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from thidua.criteria.rules import CriteriaTable, Criterion
from thidua.kernel.errors import Refused
from thidua.kernel.points import parse_typed
from thidua.kernel.text import small_int
from thidua.scoring import rules
from thidua.scoring.queries import Entry, Typed
from thidua.scoring.queries.entry import COLUMNS_OF, MOST_LETTERS
from thidua.scoring.queries.sheets import options_of
from thidua.web.forms import Form
from thidua.web.sentences import sentence_of

MOST_TYPED = 40
"""Most letters of a figure that are looked at: no number is longer."""
SAME = "="
"""Typed in a cell: the unit's own figures."""


def typed_cell(data: Mapping[str, str], key: str, entry: Entry) -> Typed | None:
    """What was typed in the cell `key`; None when it was not part of what was sent."""
    names = COLUMNS_OF[entry]
    if not any(f"{name}.{key}" in data for name in names):
        return None
    values = {name: data.get(f"{name}.{key}", "") for name in names}
    reason = data.get(f"reason.{key}", "").replace("\r\n", "\n")
    return Typed(values, reason, small_int(data.get(f"revision.{key}", "")) or 0, "")


def is_empty(typed: Typed) -> bool:
    """Whether no figure was typed: nothing was said of the line."""
    return not any(value.strip() for value in typed.values.values())


def told(typed: Typed, refused: Refused) -> Typed:
    """What was typed with the sentence why it was not saved. After a clash the next save goes over the other person's."""
    return replace(typed, revision=refused.facts.get("revision", typed.revision), problem=sentence_of(refused))


def line_from(typed: Typed, row: Criterion, table: CriteriaTable, entry: Entry, said: rules.ScoreLine | None) -> rules.ScoreLine:
    """The typed cell as a line; "=" stands for the unit's own figures (`said`). Refuses, at the row, what is no number
    (kernel.points_*) or no choice (scoring.not_in_list)."""
    if said is not None and any(value.strip() == SAME for value in typed.values.values()):
        return replace(said, unit="", assigned=True)
    if entry is Entry.GATE:
        return _gate(typed.values["passed"].strip(), row, said)
    figures: dict[str, Decimal | str | bool | None] = {}
    choices = dict(options_of(entry, row, table))
    for name, text in typed.values.items():
        if choices:
            figures[name] = _chosen(text.strip(), name, choices, row.code)
        elif text.strip():
            figures[name] = _number(text, row.code)
    return rules.ScoreLine(code=row.code, **figures)


def _gate(text: str, row: Criterion, said: rules.ScoreLine | None) -> rules.ScoreLine:
    if text not in ("0", "1"):
        raise Refused("scoring.not_in_list", field=row.code, text=text[:MOST_TYPED])
    if text == "0":
        return rules.ScoreLine(code=row.code, passed=False)
    holds = said is not None and said.passed is not False and not said.count
    return replace(said, unit="", assigned=True) if said is not None and holds else rules.ScoreLine(code=row.code)


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


class RemarkForm(Form):
    """A remark in the conversation about a line."""

    text = forms.CharField(label=_("Ý kiến trao đổi"), widget=forms.Textarea(attrs={"rows": 3}), max_length=MOST_LETTERS)


class AgreeForm(Form):
    """Why a value was agreed, or is withdrawn; the figures stand beside it."""

    reason = forms.CharField(
        label=_("Căn cứ thống nhất"),
        help_text=_("Họp ngày nào, với ai, vì sao chọn giá trị này. Đơn vị đọc được."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=MOST_LETTERS,
        required=False,
    )
