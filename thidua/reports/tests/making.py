"""Periods and reports put straight into the tables, for the tests of what is made of them."""

from datetime import UTC, date, datetime
from decimal import Decimal

from thidua.reports.models import Entry, PeriodItem, Practice, Report, ReportPeriod, Submission

AT = datetime(2021, 10, 5, 3, 0, tzinfo=UTC)
ITEMS = [("Buổi học tập", "buổi"), ("Đảng viên học tập", "%")]


def make_period(year, *, number=3, items=ITEMS, kind="quarter"):
    """The number-th quarter of 2021 with the items, each (title, unit of measure); due on the 5th of the next month."""
    first, last = {2: (date(2021, 4, 1), date(2021, 6, 30)), 3: (date(2021, 7, 1), date(2021, 9, 30))}[number]
    period = ReportPeriod.objects.create(
        year=year, kind=kind, title=f"Báo cáo quý {'I' * number} năm 2021", starts_on=first, ends_on=last,
        due_on=date(2021, last.month + 1, 5), signer="Trưởng ban",
    )  # fmt: skip
    for position, (title, unit_of_measure) in enumerate(items, 1):
        PeriodItem.objects.create(period=period, position=position, title=title, unit_of_measure=unit_of_measure)
    PeriodItem.objects.create(period=period, position=99, kind="narrative", title="Khó khăn")
    return period


def make_report(period, unit, figures, *, status="submitted", late=0, practices=()):
    """A unit's report with a figure (or None) for each item that asks for one, and practices (title, text)."""
    came = status != "drafting"
    report = Report.objects.create(
        period=period, unit=unit, status=status, first_submitted_at=AT if came else None, days_late=late if came else None,
        opened_at=AT, opened_by_name="Người soạn",
    )  # fmt: skip
    for item, figure in zip(period.items.filter(kind="figure"), figures, strict=True):
        value = None if figure is None else Decimal(figure)
        Entry.objects.create(report=report, item=item, figure=value, edited_at=AT)
    for position, (title, text) in enumerate(practices, 1):
        Practice.objects.create(report=report, position=position, title=title, text=text)
    return report


def submit(report, content):
    """A submission of the report with that content."""
    return Submission.objects.create(
        report=report, number=1, submitted_at=AT, submitted_by_name="Nguyễn Văn A", post_title="Trưởng ban", days_late=0,
        content=content, digest="0" * 64,
    )  # fmt: skip
