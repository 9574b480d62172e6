"""Years with periods, and reports on their way."""

from datetime import date
from decimal import Decimal

import pytest

from thidua.reports import actions
from thidua.reports.rules.content import fingerprint
from thidua.reports.rules.periods import ItemValue

ITEMS = (
    ItemValue("figure", "Hội nghị đã tổ chức", "hội nghị"),
    ItemValue("narrative", "Kết quả nổi bật"),
    ItemValue("narrative", "Kiến nghị", required=False),
)
NOTHING = fingerprint(None, "", "")


@pytest.fixture
def period_of(world, now):
    """period_of(year, due_on=…) → a period of October, due on 5 November 2021, with a figure and two narratives."""

    def go(year, title="Báo cáo tháng 10 năm 2021", kind="month", items=ITEMS, **values):
        days = {"starts_on": date(2021, 10, 1), "ends_on": date(2021, 10, 31), "due_on": date(2021, 11, 5)} | values
        value = actions.PeriodValue(title=title, signer="Trưởng ban", **days)
        return actions.set_period(year=year, kind=kind, value=value, items=items, actor=world.secretary(), now=now)

    return go


@pytest.fixture
def opened(world, now):
    """opened(period, 2) → the report of the second unit, empty."""

    def go(period, number=2):
        return actions.open_report(period=period, unit=world.unit(number), actor=world.officer(number), now=now)

    return go


@pytest.fixture
def written(world, opened, now):
    """written(period, 2, figure="3") → a report with everything the period asks for."""

    def go(period, number=2, figure="3", text="Đã quán triệt xong."):
        report = opened(period, number)
        first, second, _third = period.items.all()
        typed = {
            first.pk: actions.Typed(figure=Decimal(figure), seen=NOTHING),
            second.pk: actions.Typed(text=text, seen=NOTHING),
        }
        actions.save_report(report=report, typed=typed, actor=world.officer(number), now=now)
        report.refresh_from_db()
        return report

    return go


@pytest.fixture
def submitted(world, written, now):
    """submitted(period, 2) → such a report, submitted by the unit's leader (at another moment: at=…)."""

    def go(period, number=2, at=None, **values):
        report = written(period, number, **values)
        leader = world.leader(number)
        actions.submit_report(report=report, revision=report.revision, actor=leader, now=at or now)
        report.refresh_from_db()
        return report

    return go
