"""Scores and calibration in the words of rules.wording, in the reader's language."""

from django import template
from django.utils.translation import get_language

from thidua.criteria.rules.wording import Language
from thidua.forecasts.rules import wording
from thidua.forecasts.rules.calibration import band_of
from thidua.forecasts.rules.decomposition import Bin
from thidua.forecasts.rules.records import Scores
from thidua.web.templatetags.thidua import cell

register = template.Library()


def language() -> Language:
    """The reader's language, as the wording knows it."""
    return "en" if get_language() == "en" else "vi"


@register.filter
def score(value: float | None, places: int = 3) -> str:
    """A score as read: 0,182."""
    return wording.number(value, language(), places)


@register.filter
def share(value: float | None, places: int = 0) -> str:
    """A part of one as percent: 67 %."""
    return "–" if value is None else f"{wording.percent(value, language(), places)} %"


@register.filter
def chance(value: float) -> str:
    """A chance as it was typed: 70 %, 12,5 %."""
    text = wording.percent(value, language(), 1)
    return f"{text[:-2] if text.endswith('0') else text} %"


@register.filter
def in_words(each: Bin) -> str:
    """What was said in a bin and how often it came true."""
    return wording.of_bin(each, language())


@register.filter
def verdict(each: Bin) -> str:
    """Whether that is in line with what was said."""
    return wording.verdict(each, language())


@register.filter
def band_in_words(each: Bin) -> str:
    """The band around what came true: 35–88 %."""
    around = band_of(each)
    return f"{wording.percent(around.low, language())}–{wording.percent(around.high, language())} %" if around else "–"


@register.filter
def against_base_rate(scores: Scores) -> str:
    """Better or worse than always saying the base rate."""
    parts = scores.parts
    return wording.against_base_rate(scores.against_base_rate, parts.base_rate, language()) if parts else ""


@register.filter
def against_median(scores: Scores) -> str:
    """Better or worse than the group's median."""
    return wording.against_median(scores.against_median, scores.median, language())


@register.simple_tag
def beside_median(scores: Scores) -> str:
    """The same in a cell of a table: better or worse by how much."""
    return cell(*wording.shortly(scores.against_median, language()))


@register.filter
def wanting_in_words(scores: Scores) -> str:
    """How many more decided questions are needed."""
    return wording.told("wanting", language(), more=scores.wanting) if scores.wanting else ""


@register.filter
def coverages_in_words(scores: Scores) -> list[str]:
    """How often the intervals of each level held the value."""
    return [
        wording.told(
            "coverage", language(), coverage=wording.percent(level, language()), hits=held, n=n,
            share=wording.percent(held / n, language()),
        )
        for level, held, n in scores.coverages
    ]  # fmt: skip
