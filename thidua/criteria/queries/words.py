"""A criterion in words: what kind of row it is, and how its points come about."""

from collections.abc import Callable
from decimal import Decimal

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from thidua.criteria.rules import CriteriaTable, Criterion, Kind, Method
from thidua.criteria.rules.conventions import case_in
from thidua.kernel.points import format_plain, format_vietnamese

KINDS = {
    Kind.POINTS: gettext_lazy("điểm"),
    Kind.RATIO: gettext_lazy("tỷ lệ"),
    Kind.COUNT: gettext_lazy("số lượng"),
    Kind.BONUS: gettext_lazy("thưởng"),
    Kind.PENALTY: gettext_lazy("trừ"),
    Kind.GATE: gettext_lazy("điều kiện loại"),
}
"""The kinds of rows as people call them."""

METHODS = {
    Method.AWARD: gettext_lazy("chấm trực tiếp, từ 0 đến điểm tối đa"),
    Method.PROPORTIONAL: gettext_lazy("thực hiện ÷ chỉ tiêu × điểm tối đa"),
    Method.INVERSE: gettext_lazy("chỉ tiêu ÷ thực hiện × điểm tối đa, cho chỉ tiêu phải giảm"),
    Method.RELATIVE_TO_LEADER: gettext_lazy("đạt chỉ tiêu được một nửa, phần còn lại so với đơn vị vượt nhiều nhất"),
    Method.PER_CASE: gettext_lazy("số trường hợp × điểm mỗi trường hợp"),
    Method.BANDS: gettext_lazy("chọn một trong các mức"),
    Method.PASS_FAIL: gettext_lazy("đạt thì đủ điểm, không đạt thì 0"),
    Method.GRADE: gettext_lazy("xếp loại A, B, C, D"),
    Method.LATENESS: gettext_lazy("trừ theo số ngày chậm"),
    Method.POOL: gettext_lazy("điểm theo thứ hạng ở cuộc thi bên ngoài"),
    Method.WEIGHTED: gettext_lazy("trọng số × kết quả"),
}
"""The methods as people call them."""


def formula_in_words(row: Criterion, table: CriteriaTable | None = None) -> str:
    """How the points of a row come about: "thưởng 1/giải pháp, tối đa 3"; "trừ 2 mỗi ngày chậm, thấp nhất 0".

    With its `table` a heading says that it adds up its rows, and how many bands there are to choose from.
    """
    if row.is_gate:
        return _("vi phạm thì không được xếp hạng")
    if row.is_band:
        return _("mức được chọn: {points}").format(points=_figure(row.max_points))
    if table is not None and table.parts(row.code):
        own = _("cộng các mục con")
    elif row.is_adjustment and row.method in (Method.AWARD, Method.PER_CASE):
        own = _of_an_adjustment(row)
    else:
        own = _BY_METHOD[row.method](row, table)
    return own + _bounds_of_adjustments(row)


def _figure(value: Decimal | None) -> str:
    if value is None:
        return "?"
    return format_plain(value, fewest=0) if get_language() == "en" else format_vietnamese(value, most=6)


def _of_an_adjustment(row: Criterion) -> str:
    is_penalty = row.kind is Kind.PENALTY
    cap = row.bounds[0] if is_penalty else row.bounds[1]
    if row.per_case is None:
        words = _("trừ điểm") if is_penalty else _("thưởng điểm")
    elif cap is not None and abs(cap) == abs(row.per_case):
        pattern = _("trừ {points}, tính một lần") if is_penalty else _("thưởng {points}, tính một lần")
        return pattern.format(points=_figure(abs(cap)))
    else:
        pattern = _("trừ {points}/{case}") if is_penalty else _("thưởng {points}/{case}")
        words = pattern.format(points=_figure(abs(row.per_case)), case=_case(row))
    return words if cap is None else words + _(", tối đa {cap}").format(cap=_figure(abs(cap)))


def _case(row: Criterion) -> str:
    """What is counted: as the rule says, else the unit of the row, unless that is points."""
    unit = "" if row.unit.strip().lower() in ("điểm", "%") else row.unit
    return case_in(row.rule_text) or unit or _("lần")


def _award(row: Criterion, table: CriteriaTable | None) -> str:
    words = _("chấm trực tiếp") if row.max_points is None else _("chấm 0–{points}").format(points=_figure(row.max_points))
    kinds = {child.kind for child in table.adjustments(row.code)} if table else set()
    if Kind.BONUS in kinds:
        words += _(", cộng thưởng")
    if Kind.PENALTY in kinds:
        words += _(", trừ phạt")
    return words


def _proportional(row: Criterion, table: CriteriaTable | None) -> str:
    words = _("thực hiện ÷ chỉ tiêu × {points}").format(points=_figure(row.max_points))
    if row.over_rate:
        words += _("; vượt 1 % thưởng {points}").format(points=_figure(row.over_rate))
        if row.over_cap is not None:
            words += _(", tối đa {cap}").format(cap=_figure(row.over_cap))
    return words


def _inverse(row: Criterion, table: CriteriaTable | None) -> str:
    return _("chỉ tiêu ÷ thực hiện × {points}").format(points=_figure(row.max_points))


def _relative_to_leader(row: Criterion, table: CriteriaTable | None) -> str:
    half = None if row.max_points is None else row.max_points / 2
    pattern = _("đạt chỉ tiêu {half}; vượt nhiều nhất cụm {points}, còn lại theo tỷ lệ vượt")
    return pattern.format(half=_figure(half), points=_figure(row.max_points))


def _per_case(row: Criterion, table: CriteriaTable | None) -> str:
    words = _("{points}/{case}").format(points=_figure(row.per_case), case=_case(row))
    high = row.bounds[1]
    return words if high is None else words + _(", tối đa {cap}").format(cap=_figure(high))


def _bands(row: Criterion, table: CriteriaTable | None) -> str:
    if table is None:
        return str(METHODS[Method.BANDS])
    return _("chọn một trong {count} mức").format(count=len(table.bands(row.code)))


def _pass_fail(row: Criterion, table: CriteriaTable | None) -> str:
    return _("đạt {points}, không đạt 0").format(points=_figure(row.max_points))


def _grade(row: Criterion, table: CriteriaTable | None) -> str:
    most = row.max_points or Decimal(0)
    return _("xếp loại: ") + " · ".join(f"{grade} {_figure(most * fraction)}" for grade, fraction in row.grades)


def _lateness(row: Criterion, table: CriteriaTable | None) -> str:
    pattern = _("{points}; chậm mỗi ngày trừ {each}, thấp nhất {floor}")
    least = row.floor if row.floor is not None else Decimal(0)
    return pattern.format(points=_figure(row.max_points), each=_figure(abs(row.per_case or Decimal(0))), floor=_figure(least))


def _pool(row: Criterion, table: CriteriaTable | None) -> str:
    return _("theo thứ hạng: ") + " / ".join(_figure(points) for points in row.pool)


def _weighted(row: Criterion, table: CriteriaTable | None) -> str:
    return _("trọng số {weight} × kết quả").format(weight=_figure(row.max_points))


_BY_METHOD: dict[Method, Callable[[Criterion, CriteriaTable | None], str]] = {
    Method.AWARD: _award,
    Method.PROPORTIONAL: _proportional,
    Method.INVERSE: _inverse,
    Method.RELATIVE_TO_LEADER: _relative_to_leader,
    Method.PER_CASE: _per_case,
    Method.BANDS: _bands,
    Method.PASS_FAIL: _pass_fail,
    Method.GRADE: _grade,
    Method.LATENESS: _lateness,
    Method.POOL: _pool,
    Method.WEIGHTED: _weighted,
}


_BOUNDS = (
    ("adjust_cap", gettext_lazy("; thưởng hoặc trừ cả mục không quá {cap}")),
    ("bonus_cap", gettext_lazy("; thưởng cả mục không quá {cap}")),
    ("penalty_cap", gettext_lazy("; trừ cả mục không quá {cap}")),
)


def _bounds_of_adjustments(row: Criterion) -> str:
    caps = ((getattr(row, name), words) for name, words in _BOUNDS)
    return "".join(str(words).format(cap=_figure(cap)) for cap, words in caps if cap is not None)
