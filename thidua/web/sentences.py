"""Turns the code and facts of a refusal into a sentence, in the reader's language. Slices keep their own sentences."""

import re
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from functools import cache
from importlib import import_module

from django.apps import apps
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from thidua.kernel.errors import Refused
from thidua.kernel.points import format_plain, format_vietnamese

_DIGEST = re.compile(r"[0-9a-f]{64}")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?[+-]\d\d:\d\d")

SENTENCES = {
    "web.absent": _("Không tìm thấy trang này, hoặc trang không dành cho bạn."),
    "kernel.points_empty": _("Hãy nhập một số."),
    "kernel.points_not_a_number": _("“{text}” không phải là số. Hãy viết như 12,5 hoặc 1.234,5."),
    "kernel.points_too_long": _("“{text}” quá dài. Nhiều nhất {digits} chữ số trước dấu phẩy và {decimals} chữ số sau."),
}


@cache
def _gathered(table: str) -> dict[str, object]:
    found: dict[str, object] = {}
    for app in apps.get_app_configs():
        if app.name.startswith("thidua."):
            try:
                module = import_module(f"{app.name}.sentences")
            except ModuleNotFoundError as error:
                if error.name != f"{app.name}.sentences":
                    raise
                continue
            found.update(getattr(module, table, {}))
    return found


class _Fact:
    """A fact in a pattern: `{total}` as it reads, `{total:points}` where the pattern knows that it is a number of points."""

    __slots__ = ("__value",)

    def __init__(self, value: object) -> None:
        self.__value = value

    def __format__(self, kind: str) -> str:
        return points_in_words(self.__value) if kind == "points" else readable(self.__value)


class _Facts(dict[str, _Fact]):
    def __missing__(self, key: str) -> "_Fact":
        return _Fact("…")


def points_in_words(value: object) -> str:
    """Points (also as the journal keeps them, "89.5") with the reader's decimal sign; what is no number as it is."""
    try:
        exact = Decimal(str(value))
    except InvalidOperation:
        return readable(value)
    if not exact.is_finite():
        return str(value)
    return format_plain(exact, fewest=0, most=6) if get_language() == "en" else format_vietnamese(exact, most=6)


def readable(value: object) -> str:
    """A fact as a person reads it: days and moments (also as the journal keeps them), points, checksums cut short, and the
    names slices give to values; nothing is a dash. A text that looks like a number stays: "1.10" is the code of a criterion."""
    if value is None:
        return "–"
    if isinstance(value, str):
        value = _revived(value)
    if isinstance(value, datetime):
        return date_format(localtime(value), "DATETIME_FORMAT")
    if isinstance(value, date):
        return date_format(value)
    if isinstance(value, Decimal):
        return points_in_words(value)
    if isinstance(value, list | tuple):
        return ", ".join(readable(part) for part in value)
    if isinstance(value, str) and _DIGEST.fullmatch(value):
        return f"{value[:12]}…"
    return str(_gathered("VALUES").get(str(value), value))


def _revived(text: str) -> object:
    try:
        if _DAY.fullmatch(text):
            return date.fromisoformat(text)
        if _MOMENT.fullmatch(text):
            return datetime.fromisoformat(text)
    except ValueError:
        pass
    return text


def _filled(pattern: object, facts: dict[str, object]) -> str:
    """The slice's own pattern with the facts put in. A fact is never a pattern: braces that a person typed stay braces."""
    return str(pattern).format_map(_Facts({name: _Fact(value) for name, value in facts.items()}))


def sentence(code: str, facts: dict[str, object]) -> str:
    """The sentence for a code of a refusal; a code nobody wrote a sentence for is shown as it is (a test forbids it)."""
    pattern = _gathered("SENTENCES").get(code)
    if pattern is None:
        return code
    return _filled(pattern, facts)


def sentence_of(refused: Refused) -> str:
    """The sentence for a refusal."""
    return sentence(refused.code, refused.facts)


def event_sentence(event: str, facts: dict[str, object]) -> str:
    """A journal row in words: "Chuyển sang giai đoạn “Thẩm định”"."""
    pattern = _gathered("EVENTS").get(event)
    if pattern is None:
        return event
    return _filled(pattern, facts)


def all_sentences() -> dict[str, object]:
    """Every sentence of every slice by code."""
    return dict(_gathered("SENTENCES"))


def all_event_sentences() -> dict[str, object]:
    """Every event's words by event name."""
    return dict(_gathered("EVENTS"))
