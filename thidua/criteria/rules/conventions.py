"""What the rule texts of real tables say in words: the conventions of the README beside the real tables, as expressions.

| in the rule text | means |
|---|---|
| starts with `[mức]` | an alternative band of its parent (pick one), not additive |
| `[+0,5/báo cáo]`, `[-1/trường hợp]` | points per occurrence of a bonus or penalty row |
| `tổng trừ … không quá 1,5` | bound of the sum of the penalties of the row |
| `tổng thưởng … không quá 2` | bound of the sum of its bonuses |
| `tổng cộng hoặc trừ … không quá 7` | bound of bonuses and penalties together, on both sides |
| `A=1; B=0,8; C=0,6; D=0` | the fraction of the points for each grade |
| `60/45/30/15/0` | points by rank in an outside contest |
"""

import re
from decimal import Decimal

from thidua.kernel.points import parse_plain

STANDARD_GRADES = (("A", Decimal(1)), ("B", Decimal("0.75")), ("C", Decimal("0.5")), ("D", Decimal(0)))
"""commands.md: "A m, B 0.75 m, C 0.5 m, D 0 unless the table says other fractions"."""

_NUMBER = r"[0-9]{1,9}(?:[.,][0-9]{1,6})?"
_BAND = re.compile(r"\s*\[mức\]", re.IGNORECASE)
_PER_CASE = re.compile(rf"\[([+\-\N{{MINUS SIGN}}]{_NUMBER})/[^\]]+\]")
_CASE = re.compile(rf"\[[+\-\N{{MINUS SIGN}}]{_NUMBER}/([^\]]+)\]")
_CAP = r"[^;,.]*?không quá\s+(" + _NUMBER + r")"
_OR = r"(?:hoặc|và|hay)"
_BOTH_CAP = re.compile(rf"tổng (?:điểm )?(?:cộng|thưởng) {_OR} (?:điểm )?(?:trừ|phạt)" + _CAP, re.IGNORECASE)
_PENALTY_CAP = re.compile(r"tổng (?:điểm )?(?:trừ|phạt)" + _CAP, re.IGNORECASE)
_BONUS_CAP = re.compile(rf"tổng (?:điểm cộng|(?:điểm )?thưởng)(?! {_OR})" + _CAP, re.IGNORECASE)
# "Tổng cộng không quá 100" speaks of the whole total, not of the bonuses: it is left alone.
_GRADE = re.compile(rf"\b([A-Z])\s*=\s*({_NUMBER})\s*(%?)")
_POOL = re.compile(rf"(?<![\w/]){_NUMBER}(?:\s*/\s*{_NUMBER})+(?![\w/])")


def is_band(rule_text: str) -> bool:
    """Does the rule start with `[mức]`: an alternative band?"""
    return _BAND.match(rule_text) is not None


def per_case_in(rule_text: str) -> Decimal | None:
    """The signed points per occurrence of `[±x/đơn vị]`; None where there are none (`[30/kỳ]` has no sign: a plain figure)."""
    found = _PER_CASE.search(rule_text)
    return parse_plain(found[1]) if found else None


def case_in(rule_text: str) -> str:
    """What counts as one occurrence in `[±x/đơn vị]`: the "báo cáo" of `[+0,5/báo cáo]`; empty where there is none."""
    found = _CASE.search(rule_text)
    return found[1].strip() if found else ""


def adjust_cap_in(rule_text: str) -> Decimal | None:
    """The x of "tổng cộng hoặc trừ … không quá x"."""
    return _figure(_BOTH_CAP, rule_text)


def penalty_cap_in(rule_text: str) -> Decimal | None:
    """The x of "tổng trừ … không quá x", written positive."""
    return _figure(_PENALTY_CAP, rule_text)


def bonus_cap_in(rule_text: str) -> Decimal | None:
    """The x of "tổng thưởng … không quá x"."""
    return _figure(_BONUS_CAP, rule_text)


def grades_in(rule_text: str) -> tuple[tuple[str, Decimal], ...]:
    """The fraction for each grade (`A=1; B=0,8` or `B=80%`), the standard ones where the text states none."""
    stated = tuple((name, parse_plain(figure) / (100 if percent else 1)) for name, figure, percent in _GRADE.findall(rule_text))
    return stated or STANDARD_GRADES


def pool_in(rule_text: str) -> tuple[Decimal, ...]:
    """The points by rank of `60/45/30/15/0`, best rank first; empty where the text states none."""
    found = _POOL.search(rule_text)
    return tuple(parse_plain(figure) for figure in re.split(r"\s*/\s*", found[0])) if found else ()


def _figure(pattern: re.Pattern[str], rule_text: str) -> Decimal | None:
    found = pattern.search(rule_text)
    return parse_plain(found[1]) if found else None
