"""The first text of a consolidated report, made from its figures for the head to edit. Pure; papers are in Vietnamese.

It says what the figures say and praises nobody: judging is the head's part.
"""

from collections.abc import Iterable

from thidua.kernel.points import format_vietnamese
from thidua.reports.rules.summary import LATE, Row, Summary, UnitState, Words
from thidua.reports.rules.totals import Change, How

MOST_NAMED = 10
"""Units or items named in one sentence; more are counted."""


def proposed(summary: Summary) -> Words:
    """The three parts from the figures of the period."""
    return Words(_situation(summary), _assessment(summary), _directions(summary))


def figure_words(row: Row) -> str:
    """A row's total as a sentence reads it: "120 buổi", "bình quân 97,5 %"."""
    if row.total.value is None:
        return "chưa có số liệu"
    value = f"{format_vietnamese(row.total.value, most=3)} {row.unit_of_measure}".strip()
    return f"bình quân {value}" if row.total.how is How.MEAN else value


def change_words(change: Change, unit_of_measure: str) -> str:
    """The difference in words: "tăng 12 buổi (11,1 %)", "giảm 0,5 điểm phần trăm", "không đổi"."""
    if not change.difference:
        return "không đổi"
    way = "tăng" if change.difference > 0 else "giảm"
    size = format_vietnamese(abs(change.difference), most=3)
    if "%" in unit_of_measure:
        return f"{way} {size} điểm phần trăm"
    share = f" ({format_vietnamese(abs(change.percent), most=1)} %)" if change.percent is not None else ""
    return f"{way} {size} {unit_of_measure}".strip() + share


def _situation(summary: Summary) -> str:
    late = summary.in_state(LATE)
    lines = [
        f"Tính đến khi tổng hợp, {len(summary.counted)}/{len(summary.units)} đơn vị đã nộp báo cáo"
        + (f", trong đó {len(late)} đơn vị nộp chậm: {_units(late)}." if late else ", đều đúng hạn." if summary.counted else ".")
    ]
    if summary.absent:
        lines.append(f"Chưa có báo cáo của: {_units(summary.absent)}. Số liệu dưới đây chưa gồm các đơn vị này.")
    lines += [f"- {row.title}: {figure_words(row)}." for row in summary.rows if row.total.value is not None]
    return "\n".join(lines)


def _assessment(summary: Summary) -> str:
    if summary.last is None:
        return "Chưa có kỳ trước cùng loại để so sánh."
    changed = [(row, row.change) for row in summary.rows if row.change is not None]
    lines = [f"So với {summary.last.title} (tính trên các đơn vị có số liệu cả hai kỳ):"]
    for sign, words in ((1, "Tăng"), (-1, "Giảm"), (0, "Không đổi")):
        told = [_changed(row, change) for row, change in changed if _sign(change) == sign]
        if told:
            lines.append(f"- {words}: {_listed(told)}.")
    if len(lines) == 1:
        return f"Không có số liệu nào so được với {summary.last.title}."
    return "\n".join(lines)


def _directions(summary: Summary) -> str:
    lines = []
    if summary.absent:
        lines.append(f"- Đề nghị {_units(summary.absent)} hoàn thành và nộp báo cáo.")
    gaps = [row.title for row in summary.rows if summary.counted and set(row.total.missing) & {u.pk for u in summary.counted}]
    if gaps:
        lines.append(f"- Các đơn vị bổ sung số liệu còn thiếu: {_listed(gaps)}.")
    if summary.practices:
        lines.append("- Các đơn vị trao đổi, vận dụng những cách làm nêu ở mục Cách làm hay.")
    return "\n".join(lines)


def _changed(row: Row, change: Change) -> str:
    words = change_words(change, row.unit_of_measure)
    return row.title if not change.difference else f"{row.title} {words}"


def _sign(change: Change) -> int:
    return (change.difference > 0) - (change.difference < 0)


def _units(units: Iterable[UnitState]) -> str:
    return _listed([unit.name for unit in units])


def _listed(names: list[str]) -> str:
    if len(names) <= MOST_NAMED:
        return "; ".join(names)
    return "; ".join(names[:MOST_NAMED]) + f"; và {len(names) - MOST_NAMED} mục khác"
