"""Figures and reasons of scoring in the reader's words."""

from decimal import Decimal

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from thidua.criteria.rules import CriteriaTable
from thidua.kernel.points import format_plain, format_vietnamese
from thidua.scoring import rules
from thidua.scoring.models import ScoreLine, Verdict
from thidua.scoring.queries.entry import figures_of


def number(value: Decimal | None, most: int = 2, fewest: int = 0) -> str:
    """A figure as read: `91,75` (English `91.75`), rounded half up for the eye only; empty for none."""
    if value is None:
        return ""
    if get_language() == "en":
        return format_plain(value, fewest=fewest, most=most)
    return format_vietnamese(value, fewest=fewest, most=most)


def typed(value: Decimal | None) -> str:
    """A figure as it stands in an input: without thousands, exact."""
    if value is None:
        return ""
    plain = format_plain(value, fewest=0, most=6)
    return plain if get_language() == "en" else plain.replace(".", ",")


def change(value: Decimal, most: int = 2, fewest: int = 0) -> str:
    """A difference with its sign: `+0,5`, `−2`, `0`."""
    sign = "+" if value > 0 else "−" if value < 0 else ""
    return sign + number(abs(value), most, fewest)


def figures_in_words(line: rules.ScoreLine | ScoreLine | Verdict | None) -> str:
    """What a line says: "7 điểm", "4 lần", "29 / 36", "loại A"; an en dash for nothing."""
    pure = line.as_rule() if isinstance(line, ScoreLine) else line.as_rule(assigned=True) if isinstance(line, Verdict) else line
    found = figures_of(pure)
    words = []
    if "points" in found:
        words.append(_("%(points)s điểm") % {"points": number(found["points"], 6)})
    if "actual" in found or "target" in found:
        pair = [number(found[name], 6) if name in found else "–" for name in ("actual", "target")]
        words.append(" / ".join(pair) if "target" in found else pair[0])
    if "count" in found:
        words.append(_("%(count)s lần") % {"count": number(found["count"], 6)})
    if "grade" in found:
        words.append(_("mức %(grade)s") % {"grade": found["grade"]})
    if "days_late" in found:
        words.append(_("chậm %(days)s ngày") % {"days": number(found["days_late"], 6)})
    if "passed" in found:
        words.append(_("đạt") if found["passed"] else _("không đạt"))
    return ", ".join(words) or "–"


def gate_in_words(line: rules.ScoreLine | None) -> str:
    """What a sheet answers at a row that can exclude the unit: that nothing of the kind happened unless a line says it did."""
    return _("Có xảy ra") if line is not None and line.passed is False else _("Không xảy ra")


def why(table: CriteriaTable, evaluation: rules.Evaluation, code: str) -> list[str]:
    """Why a row has its value: the sentences of the rules, and the parts of a sum with their figures."""
    language = "en" if get_language() == "en" else "vi"
    sentences = []
    for reason in evaluation.reasons[code]:
        parts = reason.facts.get("parts")
        if parts:
            shown = " + ".join(f"{part} ({number(value)})" for part, value in parts)
            sentences.append(f"{shown} = {number(reason.facts['sum'])}")
        else:
            sentences.append(_without_item(rules.reason_sentence(reason, language), code))
    rule_text = table.by_code[code].rule_text
    return sentences + ([rule_text] if rule_text else [])


def warning_words(warning: rules.Reason) -> str:
    """A warning without its code in front: the row says which it is."""
    language = "en" if get_language() == "en" else "vi"
    return _without_item(rules.reason_sentence(warning, language), warning.item)


def _without_item(sentence: str, code: str) -> str:
    rest = sentence.removeprefix(f"{code}: ")
    return rest[:1].upper() + rest[1:]
