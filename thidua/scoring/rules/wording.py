"""One sentence, in Vietnamese and English, for every reason, warning and problem of scoring.

The facts of a reason fill the placeholders; `{item}` is its criterion. Extra facts (figures a method used, parts of a sum) stand
in the value for pages that show more than the sentence.
"""

from thidua.criteria.rules.wording import PROBLEMS, Language, say
from thidua.scoring.rules.reasons import Reason

SENTENCES: dict[str, tuple[str, str]] = {
    # Problems of a scores table
    "scoring.unit_missing": ("Dòng này không ghi đơn vị.", "This row names no unit."),
    "scoring.unknown_code": ("Mã {item} không có trong bảng tiêu chí.", "Code {item} is not in the criteria table."),
    "scoring.duplicate_line": (
        "Đơn vị “{unit}” đã có dòng cho mã {item} ở dòng {first}.",
        "The unit “{unit}” already has a line for {item} at row {first}.",
    ),
    "scoring.not_yes_or_no": ("“{text}” không phải là 1 hoặc 0.", "“{text}” is neither 1 nor 0."),
    "scoring.negative_count": ("Số lần không được âm ({figure}).", "A count must not be negative ({figure})."),
    "scoring.too_fine": (
        "Điểm {points} có nhiều hơn {places} chữ số thập phân.",
        "The points {points} have more than {places} decimals.",
    ),
    "scoring.too_large": ("Điểm quá lớn để tính chính xác.", "The points are too large to be computed exactly."),
    "scoring.tie_break_unknown": (
        "Tiêu chí phân định {item} không có trong bảng tiêu chí.",
        "The tie-break criterion {item} is not in the criteria table.",
    ),
    # Why a row has its value
    "scoring.granted": ("{item}: được chấm {points} điểm.", "{item}: granted {points} points."),
    "scoring.by_award": ("{item}: được chấm {points} điểm.", "{item}: granted {points} points."),
    "scoring.by_proportional": (
        "{item}: thực hiện {actual} trên chỉ tiêu {target} → {points} điểm.",
        "{item}: {actual} achieved of a target of {target} → {points} points.",
    ),
    "scoring.by_inverse": (
        "{item}: cần giảm còn {target}, thực tế {actual} → {points} điểm.",
        "{item}: to be lowered to {target}, actually {actual} → {points} points.",
    ),
    "scoring.by_relative_to_leader": (
        "{item}: thực hiện {actual} trên chỉ tiêu {target}, so với đơn vị dẫn đầu của cụm → {points} điểm.",
        "{item}: {actual} of a target of {target}, relative to the leader of the cluster → {points} points.",
    ),
    "scoring.by_per_case": ("{item}: {count} trường hợp → {points} điểm.", "{item}: {count} cases → {points} points."),
    "scoring.by_bands": ("{item}: theo mức đã chọn → {points} điểm.", "{item}: the chosen band → {points} points."),
    "scoring.by_pass_fail": ("{item}: đạt hoặc không đạt → {points} điểm.", "{item}: passed or not → {points} points."),
    "scoring.by_grade": ("{item}: xếp loại {grade} → {points} điểm.", "{item}: grade {grade} → {points} points."),
    "scoring.by_lateness": (
        "{item}: chậm {days_late} ngày → {points} điểm.",
        "{item}: {days_late} days late → {points} points.",
    ),
    "scoring.by_pool": ("{item}: theo thứ hạng ở cấp trên → {points} điểm.", "{item}: by rank outside → {points} points."),
    "scoring.by_weighted": ("{item}: hệ số nhân {actual} → {points} điểm.", "{item}: weight times {actual} → {points} points."),
    "scoring.sum_of_parts": ("{item}: tổng các mục con = {sum}.", "{item}: the sum of its items = {sum}."),
    "scoring.adjusted": (
        "{item}: thưởng {bonus}, trừ {penalty}, cộng lại {sum}.",
        "{item}: bonus {bonus}, penalty {penalty}, together {sum}.",
    ),
    "scoring.capped": ("{item}: {sum} vượt giới hạn, còn {bounded}.", "{item}: {sum} is beyond the cap, leaving {bounded}."),
    "scoring.not_scored": ("{item}: chưa chấm.", "{item}: not scored yet."),
    "scoring.unassigned": ("{item}: không giao cho đơn vị.", "{item}: not assigned to the unit."),
    "scoring.band_chosen": ("{item}: mức được chọn, {points} điểm.", "{item}: the band chosen, {points} points."),
    "scoring.band_not_chosen": ("{item}: không chọn mức này.", "{item}: this band is not chosen."),
    "scoring.gate_holds": ("{item}: không vướng điều kiện loại.", "{item}: the gate holds."),
    "scoring.gate_failed": ("{item}: vướng điều kiện loại.", "{item}: the gate fails."),
    # Warnings
    "scoring.above_allowed": (
        "{item}: được chấm {points}, cao hơn mức {allowed} mà bảng cho phép; vẫn tính như đã chấm.",
        "{item}: granted {points}, above the {allowed} the table allows; computed as granted.",
    ),
    "scoring.below_allowed": (
        "{item}: được chấm {points}, thấp hơn mức {allowed} mà bảng cho phép; vẫn tính như đã chấm.",
        "{item}: granted {points}, below the {allowed} the table allows; computed as granted.",
    ),
    "scoring.heading_differs": (
        "{item}: ghi {points} nhưng các mục con cộng lại là {sum}; lấy tổng các mục con.",
        "{item}: granted {points} but its items make {sum}; the sum is taken.",
    ),
    "scoring.adjusted_without_points": (
        "{item}: có thưởng hoặc trừ nhưng chưa có điểm của chính mục.",
        "{item}: has bonuses or penalties but no points of its own yet.",
    ),
    "scoring.several_bands": (
        "{item}: chọn nhiều mức cùng lúc ({chosen}); lấy mức thấp nhất.",
        "{item}: several bands are chosen ({chosen}); the lowest is taken.",
    ),
    "scoring.unassigned_figures": (
        "{item}: không giao cho đơn vị nhưng có số liệu; số liệu không được tính.",
        "{item}: not assigned to the unit yet filled in; the figures do not count.",
    ),
    "scoring.gate_points": ("{item}: điều kiện loại không mang điểm ({points}).", "{item}: a gate carries no points ({points})."),
    "scoring.figures_not_enough": (
        "{item}: số liệu chưa đủ cho cách tính {method}.",
        "{item}: the figures are not enough for the method {method}.",
    ),
    "scoring.target_not_positive": (
        "{item}: chỉ tiêu phải lớn hơn 0 ({target}).",
        "{item}: the target must be above 0 ({target}).",
    ),
    "scoring.negative_figure": (
        "{item}: số liệu không được âm (thực hiện {actual}, chỉ tiêu {target}).",
        "{item}: figures must not be negative (actual {actual}, target {target}).",
    ),
    "scoring.unknown_grade": (
        "{item}: không có loại “{grade}”; các loại là {known}.",
        "{item}: there is no grade “{grade}”; the grades are {known}.",
    ),
    "scoring.not_a_rank": ("{item}: {figure} không phải là thứ hạng.", "{item}: {figure} is not a rank."),
    # Why a unit has its place
    "scoring.ranked_by_total": ("Xếp theo tổng điểm {total}.", "Ranked by the total of {total} points."),
    "scoring.ranked_by_percent": (
        "Cụm có chỉ tiêu không giao nên xếp theo tỷ lệ: {total} trên {maximum} điểm là {percent} %.",
        "Something in the cluster was not assigned, so percentages rank: {total} of {maximum} points is {percent} %.",
    ),
    "scoring.tie_broken": (
        "Bằng điểm với đơn vị khác; phân định bằng tiêu chí {item} ({points} điểm).",
        "Equal in points to another unit; told apart by criterion {item} ({points} points).",
    ),
    "scoring.tied": ("{units} đơn vị đồng hạng.", "{units} units share this rank."),
    "scoring.tied_vote": (
        "{units} đơn vị đồng hạng; cụm bỏ phiếu phân định.",
        "{units} units share this rank until the cluster votes.",
    ),
    "scoring.not_assigned": ("Không giao chỉ tiêu {item}.", "Criterion {item} was not assigned."),
    "scoring.gate_excludes": ("Không xếp hạng vì điều kiện loại {item}.", "Not ranked because of the gate {item}."),
    "scoring.nothing_assigned": (
        "Không xếp hạng vì không được giao chỉ tiêu nào.",
        "Not ranked: nothing was assigned to the unit.",
    ),
}

ALL_SENTENCES: dict[str, tuple[str, str]] = {**PROBLEMS, **SENTENCES}
"""For `thidua.criteria.rules.sentence` with the problems of a scores table."""


def reason_sentence(reason: Reason, language: Language) -> str:
    """The reason or warning in words: `C2: được chấm 5,7, cao hơn mức 5,5 mà bảng cho phép; vẫn tính như đã chấm.`"""
    return say(SENTENCES, reason.code, {"item": reason.item, **reason.facts}, language)
