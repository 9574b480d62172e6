"""The reports of 2021: three quarters and the year's, what came late or was sent back, and the head's consolidated reports.

The figures are found by thidua in what the units of the demo recorded; the words are illustrative. The year's report is due
before the units score themselves, as criterion IV.1 of the illustrative table asks how late it came.
"""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from thidua.clusters.models import ClusterYear
from thidua.demo import cast
from thidua.demo.builder import as_, at, day
from thidua.people.models import Organisation
from thidua.reports import actions as reports
from thidua.reports.actions import PeriodValue, Typed, TypedPractices
from thidua.reports.models import ItemKind, Report, ReportPeriod
from thidua.reports.queries import consolidated as consolidating
from thidua.reports.rules.content import fingerprint
from thidua.reports.rules.periods import PROPOSED, PROPOSED_TITLE

SIGNER = "Lãnh đạo đơn vị"
NUMBER = "00-BC/MH"
"""Stands where a real report has its number: MH for minh hoạ."""
QUARTERS = (
    PeriodValue("Báo cáo quý I năm 2021", day("2021-01-01"), day("2021-03-31"), day("2021-04-10"), SIGNER),
    PeriodValue("Báo cáo quý II năm 2021", day("2021-04-01"), day("2021-06-30"), day("2021-07-10"), SIGNER),
    PeriodValue("Báo cáo quý III năm 2021", day("2021-07-01"), day("2021-09-30"), day("2021-10-10"), SIGNER),
)
YEAR = PeriodValue("Báo cáo tổng kết năm 2021", day("2021-01-01"), day("2021-10-15"), day("2021-10-20"), SIGNER)
LATE = {("benhvien", "year"): 2, ("gangthep", "year"): 9, ("gangthep", "II"): 3}
"""Days late, as the illustrative scores have them."""
EVERYBODY = frozenset(row.key for row in cast.UNITS)
LATE_COMERS = frozenset(key for key, which in LATE if which == "year")
RETURNED = ("gangthep", "II")
WORDS = {
    "Kết quả nổi bật": "Các nhiệm vụ đến hạn trong kỳ được thực hiện theo chương trình của đơn vị (lời minh hoạ).",
    "Hạn chế": "Một số chi bộ gửi kết quả về chậm (lời minh hoạ).",
    "Phương hướng kỳ tới": "Tiếp tục thực hiện chương trình hành động và kế hoạch năm (lời minh hoạ).",
}
PRACTICES = {
    "quansu": ("Học nghị quyết theo tổ, có câu hỏi ôn tập", "Mỗi tổ chọn một việc làm được ngay sau buổi học (minh hoạ)."),
    "coquan": ("Giao ban báo cáo viên hằng tháng", "Báo cáo viên và cộng tác viên nhận nội dung trong cùng một buổi (minh hoạ)."),
}


def ask(year: ClusterYear, now: datetime) -> None:
    """The secretary keeps the proposed template and sets the year's four periods with it."""
    by = {"actor": as_("thuky", now), "now": now}
    reports.save_template(year=year, title=PROPOSED_TITLE, items=PROPOSED, **by)
    for value in QUARTERS:
        reports.set_period(year=year, kind="quarter", value=value, items=PROPOSED, **by)
    reports.set_period(year=year, kind="year", value=YEAR, items=PROPOSED, **by)


def report(year: ClusterYear, units: dict[str, Organisation], which: str, keys: Collection[str]) -> None:
    """The units of `keys` write and submit the report of a quarter ("I", "II", "III") or of the year ("year")."""
    value = {"I": QUARTERS[0], "II": QUARTERS[1], "III": QUARTERS[2], "year": YEAR}[which]
    period = ReportPeriod.objects.get(year=year, title=value.title)
    for row in cast.UNITS:
        if row.key not in keys:
            continue
        days = LATE.get((row.key, which), -1)
        now = at(value.due_on.year, value.due_on.month, value.due_on.day + days, 15)
        written = _write(period, units[row.key], row.key, now)
        _submit(written, row.key, now)
        if (row.key, which) == RETURNED:
            _send_back(written, row.key, now)
        later = now.replace(hour=17)
        reports.accept_report(report=written, actor=as_("thuky", later), now=later)


def _write(period: ReportPeriod, unit: Organisation, key: str, now: datetime) -> Report:
    officer = as_(f"canbo-{key}", now)
    begun = reports.open_report(period=period, unit=unit, actor=officer, now=now)
    typed = {
        entry.item_id: Typed(text=entry.text or WORDS[entry.item.title], seen=fingerprint(None, entry.text, ""))
        for entry in begun.entries.select_related("item")
        if entry.item.kind == ItemKind.NARRATIVE and entry.item.title in WORDS
    }
    for entry in begun.entries.select_related("item").filter(item__kind=ItemKind.FIGURE, figure=None):
        why = "Không phát sinh trong kỳ (minh hoạ)" if entry.computed is not None else ""
        typed[entry.item_id] = Typed(figure=0, why_changed=why, seen=fingerprint(entry.figure, entry.text, ""))
    practices = TypedPractices([PRACTICES[key]], "") if key in PRACTICES else None
    reports.save_report(report=begun, typed=typed, practices=practices, actor=officer, now=now)
    return begun


def _submit(written: Report, key: str, now: datetime) -> None:
    written.refresh_from_db()
    reports.submit_report(report=written, revision=written.revision, actor=as_(f"lanhdao-{key}", now), now=now)


def _send_back(written: Report, key: str, now: datetime) -> None:
    reason = "Báo cáo chưa nêu việc của tháng 6, đề nghị bổ sung (minh hoạ)."
    reports.return_report(report=written, reason=reason, actor=as_("thuky", now), now=now)
    _submit(written, key, now.replace(hour=16))


def consolidate(year: ClusterYear, which: int, now: datetime) -> None:
    """The head's consolidated report over a quarter (0, 1, 2) or the year (3): the first text that thidua proposes, issued."""
    value = (*QUARTERS, YEAR)[which]
    by = {"actor": as_("thuky", now), "now": now}
    period = ReportPeriod.objects.select_related("year__cluster", "year__head").get(year=year, title=value.title)
    draft = reports.open_consolidated(period=period, **by)
    chosen = [candidate.key for candidate in consolidating.candidates_of(draft)]
    words = consolidating.draft_of(draft).words
    words = replace(words, directions=words.directions or WORDS["Phương hướng kỳ tới"])
    reports.write_consolidated(consolidated=draft, words=words, chosen=chosen, revision=draft.revision, **by)
    draft.refresh_from_db()
    seen = consolidating.fingerprint_of(consolidating.draft_of(draft))
    reports.issue_consolidated(consolidated=draft, number_text=NUMBER, issued_on=now.date(), seen=seen, **by)
