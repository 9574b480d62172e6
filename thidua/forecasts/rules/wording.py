"""Scores in words that a leader understands, in Vietnamese and English: the command line and the pages say the same.

Sentences stand here by code, so that those who compute never write words; numbers are written the way of the language.
"""

from collections.abc import Mapping
from decimal import Decimal
from math import isinf

from thidua.criteria.rules.wording import PROBLEMS, Language, say
from thidua.forecasts.rules.calibration import band_of
from thidua.forecasts.rules.decomposition import Bin
from thidua.kernel.points import format_plain, format_vietnamese

TABLE: dict[str, tuple[str, str]] = {
    "forecasts.name_missing": ("Ô này không được để trống.", "This cell must not be empty."),
    "forecasts.reserved_name": (
        "“{name}” dành cho dòng tổng của mọi người dự báo; hãy dùng tên khác hoặc bỏ dòng tổng.",
        "“{name}” is kept for the row of all forecasters; use another name, or leave out rows that are totals.",
    ),
    "forecasts.no_probability": ("Thiếu xác suất.", "The probability is missing."),
    "forecasts.not_a_number": (
        "“{text}” không phải là số; xác suất viết như 0.7 hoặc 0,7.",
        "“{text}” is not a number; a probability is written as 0.7.",
    ),
    "forecasts.not_a_chance": (
        "Xác suất phải từ 0 đến 1, không phải “{text}”; 70 % viết là 0,7.",
        "A probability lies between 0 and 1, not “{text}”; 70 % is written as 0.7.",
    ),
    "forecasts.not_an_outcome": (
        "Kết quả là 0, 1 hoặc để trống khi chưa có, không phải “{text}”.",
        "An outcome is 0, 1, or empty while it is open, not “{text}”.",
    ),
    "forecasts.twice": (
        "{forecaster} đã dự báo câu “{question}” ở dòng {first}; cả hai dòng đều được tính.",
        "{forecaster} has a forecast for “{question}” at row {first} already; both rows count.",
    ),
    "forecasts.outcomes_differ": (
        "Kết quả của câu “{question}” khác với dòng {first}; mỗi dòng tính theo kết quả của mình.",
        "The outcome of “{question}” differs from row {first}; each row counts with its own.",
    ),
    "forecasts.outcome_left_out": (
        "Câu “{question}” đã có kết quả ở dòng {first} nhưng dòng này để trống; tính là chưa có kết quả.",
        "“{question}” has its outcome at row {first} but not here; this row counts as open.",
    ),
}
"""What is wrong with a forecast table."""

NOTES: dict[str, tuple[str, str]] = {
    "forecasts.nothing_decided": (
        "Chưa có câu nào có kết quả nên chưa có điểm.",
        "No question is decided yet, so there is no score.",
    ),
    "forecasts.impossible_came_true": (
        "Điểm logarit là vô hạn: có điều được cho là không thể (0 %) hoặc chắc chắn (100 %) mà xảy ra ngược lại.",
        "The log score is infinite: something called impossible (0 %) or certain (100 %) came out the other way.",
    ),
    "forecasts.one_outcome_only": (
        "Mọi câu đều ra cùng một kết quả nên không so được với tỷ lệ chung.",
        "All questions came out the same way, so there is no comparison with the base rate.",
    ),
    "forecasts.too_few": (
        "Dưới 10 câu đã có kết quả: may rủi là chính, chưa nên kết luận.",
        "Fewer than 10 decided questions: mostly luck, not yet a basis for any conclusion.",
    ),
    "forecasts.few": (
        "Dưới 30 câu đã có kết quả: điểm còn dao động nhiều.",
        "Fewer than 30 decided questions: the score may still change a lot.",
    ),
}
"""What a reader of a score should know."""

WORDS: dict[str, tuple[str, str]] = {
    "brier_explained": ("Brier: 0 là tốt nhất, luôn nói 50 % thì được 0,25. Brier = lệch − phân biệt + bất định + trong khoảng.",
                        "Brier: 0 is best, always saying 50 % scores 0.25. Brier = reliability − resolution + uncertainty + "
                        "within bins."),
    "bin": ("Khi nói khoảng {forecast} %, đúng {came_true} trên {n} lần ({observed} %).",
            "When about {forecast} % was said, it came true in {came_true} of {n} cases ({observed} %)."),
    "bin_low": ("Khi nói khoảng {forecast} %, có xảy ra {came_true} trên {n} lần ({observed} %).",
                "When about {forecast} % was said, it came true in {came_true} of {n} cases ({observed} %)."),
    "band_holds": ("Khớp: từng ấy lần thì tỷ lệ thật có thể từ {low} % đến {high} %.",
                   "In line: with so many cases the true share may be {low} % to {high} %."),
    "band_above": ("Xảy ra nhiều hơn đã nói: tỷ lệ thật có thể từ {low} % đến {high} %.",
                   "More often than was said: the true share may be {low} % to {high} %."),
    "band_below": ("Xảy ra ít hơn đã nói: tỷ lệ thật có thể từ {low} % đến {high} %.",
                   "Less often than was said: the true share may be {low} % to {high} %."),
    "skill_better": ("Tốt hơn luôn nói tỷ lệ chung {base_rate} %: bớt được {skill} % sai số.",
                     "Better than always saying the base rate of {base_rate} %: {skill} % less error."),
    "skill_worse": ("Kém hơn luôn nói tỷ lệ chung {base_rate} %: sai số nhiều hơn {skill} %.",
                    "Worse than always saying the base rate of {base_rate} %: {skill} % more error."),
    "skill_equal": ("Ngang với luôn nói tỷ lệ chung {base_rate} %.",
                    "The same as always saying the base rate of {base_rate} %."),
    "median_better": ("Nếu luôn nói như trung vị của cụm thì được {median}: tốt hơn mức đó, bớt được {skill} % sai số.",
                      "Always saying the cluster's median would have scored {median}: this is better by {skill} %."),
    "median_worse": ("Nếu luôn nói như trung vị của cụm thì được {median}: kém hơn mức đó, sai số nhiều hơn {skill} %.",
                     "Always saying the cluster's median would have scored {median}: this is worse by {skill} %."),
    "median_equal": ("Nếu luôn nói như trung vị của cụm thì cũng được {median}.",
                     "Always saying the cluster's median would have scored {median} as well."),
    "better": ("tốt hơn {skill} %", "{skill} % better"),
    "worse": ("kém hơn {skill} %", "{skill} % worse"),
    "equal": ("ngang nhau", "the same"),
    "coverage": ("Khoảng {coverage} % chứa giá trị thật {hits}/{n} lần ({share} %).",
                 "Intervals of {coverage} % held the true value in {hits} of {n} cases ({share} %)."),
    "wanting": ("Cần thêm {more} câu đã có kết quả.", "{more} more decided questions are needed."),
}  # fmt: skip
"""Scores for people."""

ALL_SENTENCES: dict[str, tuple[str, str]] = {**PROBLEMS, **TABLE, **NOTES, **WORDS}


def told(code: str, language: Language, **facts: object) -> str:
    """The sentence of a code of this module."""
    return say(ALL_SENTENCES, code, facts, language)


def number(value: float | None, language: Language, places: int = 3) -> str:
    """A score as read: 0,182 (English: 0.182); a dash for none, a word for infinite."""
    if value is None:
        return "–"
    if isinf(value):
        return "vô hạn" if language == "vi" else "infinite"
    exact = round(Decimal(repr(value)), places + 6)
    write = format_vietnamese if language == "vi" else format_plain
    text = write(exact, fewest=places, most=places)
    return text.replace("-", "−")


def percent(share: float | None, language: Language, places: int = 0) -> str:
    """A share as a number of percent, without the sign: 0.7 → 70."""
    return "–" if share is None else number(share * 100, language, places)


def of_bin(each: Bin, language: Language) -> str:
    """What was said in a bin and how often it came true; empty for an empty bin."""
    if each.mean_forecast is None:
        return ""
    facts: Mapping[str, object] = {
        "forecast": percent(each.mean_forecast, language),
        "observed": percent(each.observed, language),
        "came_true": each.came_true,
        "n": each.n,
    }
    return told("bin" if each.mean_forecast >= 0.5 else "bin_low", language, **facts)


def verdict(each: Bin, language: Language) -> str:
    """Whether the share that came true is in line with what was said, given how few cases there are; empty for an empty bin."""
    around = band_of(each)
    if around is None or each.mean_forecast is None:
        return ""
    said = each.mean_forecast
    which = "band_above" if said < around.low else "band_below" if said > around.high else "band_holds"
    return told(which, language, low=percent(around.low, language), high=percent(around.high, language))


def against_base_rate(skill: float | None, base_rate: float, language: Language) -> str:
    """Better or worse than always saying the base rate; empty where that cannot be said."""
    return _compared("skill", skill, language, base_rate=percent(base_rate, language))


def against_median(skill: float | None, median: float | None, language: Language) -> str:
    """Better or worse than the group's median, with its score; empty where there is none."""
    return _compared("median", skill, language, median=number(median, language))


def shortly(skill: float | None, language: Language) -> tuple[str, str]:
    """How a score compares with its reference, as the state of a cell and two or three words."""
    if skill is None:
        return "wait", "–"
    which = _which(skill)
    state = {"better": "ok", "worse": "late", "equal": "wait"}[which]
    return state, told(which, language, skill=abs(round(skill * 100)))


def _compared(what: str, skill: float | None, language: Language, **facts: object) -> str:
    if skill is None:
        return ""
    return told(f"{what}_{_which(skill)}", language, skill=abs(round(skill * 100)), **facts)


def _which(skill: float) -> str:
    rounded = round(skill * 100)
    return "better" if rounded > 0 else "worse" if rounded < 0 else "equal"
