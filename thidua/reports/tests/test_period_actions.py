"""From the period set by the head to the report received."""

import json
from datetime import UTC, date, datetime
from functools import partial

import pytest

from thidua.audit.models import JournalEntry
from thidua.kernel.errors import Absent, Forbidden, Refused
from thidua.reports import actions, queries
from thidua.reports.models import Entry, PeriodItem, ReportPeriod, Submission, Template
from thidua.reports.rules.periods import PROPOSED, DueRule, ItemValue
from thidua.reports.tests.conftest import ITEMS

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def facts(event):
    return json.loads(JournalEntry.objects.filter(event=event).latest("position").facts)


def value_of(period, **values):
    held = {name: getattr(period, name) for name in ("title", "starts_on", "ends_on", "due_on", "signer", "instructions")}
    return actions.PeriodValue(**held | values)


def test_a_period_holds_its_items_in_order(world, period_of):
    period = period_of(world.year())
    assert [(item.position, item.title, item.required) for item in period.items.all()] == [
        (1, "Hội nghị đã tổ chức", True), (2, "Kết quả nổi bật", True), (3, "Kiến nghị", False),
    ]  # fmt: skip
    assert facts("PeriodSet")["due_on"] == "2021-11-05"


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"due_on": date(2021, 10, 30)}, "due_before_end"),
        ({"ends_on": date(2021, 9, 1)}, "span_reversed"),
        ({"title": "  "}, "title_empty"),
        ({"title": "Báo cáo tháng 10 năm 2021"}, "period_exists"),
    ],
)
def test_a_period_that_makes_no_sense_is_refused(world, period_of, values, code):
    year = world.year()
    period_of(year)
    with pytest.raises(Refused, match=rf"reports\.{code}"):
        period_of(year, **{"title": "Báo cáo khác"} | values)
    assert ReportPeriod.objects.count() == 1


def test_only_the_head_or_above_sets_periods_and_only_while_the_year_is_open(world, now):
    year = world.year()
    value = actions.PeriodValue("Kỳ", date(2021, 1, 1), date(2021, 1, 31), date(2021, 2, 5), "Trưởng ban")
    asked = {"kind": "ad_hoc", "value": value, "items": ITEMS, "now": now}
    for actor in (world.officer(1), world.leader(2)):
        with pytest.raises(Forbidden):
            actions.set_period(year=year, actor=actor, **asked)
    assert actions.set_period(year=year, actor=world.superior(), **asked).title == "Kỳ"
    closed = world.year(2020, stage="closed")
    with pytest.raises(Refused, match=r"clusters\.year_closed"):
        actions.set_period(year=closed, actor=world.secretary(), **asked)


def test_a_year_is_laid_out_in_one_step_around_what_is_there(world, period_of, now):
    year = world.year()
    period_of(year)
    asked = {"year": year, "kind": "month", "due": DueRule(5, day_of_month=True), "signer": "Trưởng ban", "instructions": ""}
    made = actions.lay_out_year(**asked, items=ITEMS, actor=world.secretary(), now=now)
    assert len(made) == 11
    assert {period.due_on.day for period in made} == {5}
    assert made[-1].due_on == date(2022, 1, 5)
    assert PeriodItem.objects.count() == 12 * 3
    assert len(facts("YearLaidOut")["titles"]) == 11
    with pytest.raises(Refused, match=r"reports\.year_laid_out"):
        actions.lay_out_year(**asked, items=ITEMS, actor=world.secretary(), now=now)


def test_another_due_day_needs_a_reason_and_late_reports_are_reckoned_from_it(world, period_of, submitted, now):
    period = period_of(world.year())
    report = submitted(period, at=datetime(2021, 11, 8, 3, tzinfo=UTC))
    assert report.days_late == 3
    later = value_of(period, due_on=date(2021, 11, 7))
    asked = {"period": period, "revision": 1, "actor": world.secretary(), "now": now}
    with pytest.raises(Refused, match=r"reports\.reason_too_short"):
        actions.edit_period(value=later, reason="", **asked)
    actions.edit_period(value=later, reason="Gia hạn cho đợt kiểm tra đột xuất", **asked)
    report.refresh_from_db()
    assert report.days_late == 1
    assert Submission.objects.get().days_late == 3
    assert facts("DueDayMoved")["old_due_on"] == "2021-11-05"
    with pytest.raises(Refused, match=r"reports\.due_earlier"):
        actions.edit_period(value=value_of(period), reason="Rút ngắn thời hạn nộp", **asked | {"revision": 2})
    other_span = value_of(period, starts_on=date(2021, 9, 1), due_on=date(2021, 11, 7))
    with pytest.raises(Refused, match=r"reports\.items_fixed"):
        actions.edit_period(value=other_span, reason="", **asked | {"revision": 2})


def test_an_edit_of_a_period_over_a_newer_one_is_refused(world, period_of, now):
    period = period_of(world.year())
    asked = {"period": period, "reason": "", "revision": 1, "actor": world.secretary(), "now": now}
    actions.edit_period(value=value_of(period, signer="Bí thư"), **asked)
    with pytest.raises(Refused, match=r"reports\.edited_meanwhile"):
        actions.edit_period(value=value_of(period, signer="Phó bí thư"), **asked)


def test_items_keep_what_units_have_written_and_are_fixed_once_one_has_submitted(world, period_of, written, opened, now):
    period = period_of(world.year())
    opened(period, 3)
    report = written(period)
    first, second, third = period.items.all()
    asked = {"period": period, "actor": world.secretary(), "now": now}
    keep = [ItemValue("narrative", "Kết quả chính", pk=second.pk), ItemValue("figure", "Hội nghị", pk=first.pk)]
    actions.set_items(items=[*keep, ItemValue("figure", "Tin, bài")], revision=1, **asked)
    assert [item.title for item in period.items.all()] == ["Kết quả chính", "Hội nghị", "Tin, bài"]
    assert not PeriodItem.objects.filter(pk=third.pk).exists()
    assert Entry.objects.get(report=report, item=second).text == "Đã quán triệt xong."
    with pytest.raises(Refused, match=r"reports\.item_in_use"):
        actions.set_items(items=[ItemValue("figure", "Kết quả chính", pk=second.pk), keep[1]], revision=2, **asked)
    with pytest.raises(Refused, match=r"reports\.edited_meanwhile"):
        actions.set_items(items=keep, revision=1, **asked)
    actions.set_items(items=keep, revision=2, **asked)
    report.refresh_from_db()
    actions.submit_report(report=report, revision=report.revision, actor=world.leader(2), now=now)
    with pytest.raises(Refused, match=r"reports\.items_fixed"):
        actions.set_items(items=keep, revision=3, **asked)


def test_an_item_of_another_period_is_refused(world, period_of, now):
    year = world.year()
    other = period_of(year, title="Kỳ khác").items.first()
    with pytest.raises(Refused, match=r"reports\.item_unknown"):
        actions.set_items(
            period=period_of(year), items=[ItemValue("figure", "A", pk=other.pk)], revision=1, actor=world.secretary(), now=now
        )


def test_a_source_that_nobody_offers_is_refused(world, period_of):
    with pytest.raises(Refused, match=r"reports\.source_unknown"):
        period_of(world.year(), items=[ItemValue("figure", "A", source="weather.rain")])


def test_a_period_goes_only_while_no_unit_has_opened_it(world, period_of, opened, now):
    year = world.year()
    spare, used = period_of(year, title="Thừa"), period_of(year)
    opened(used)
    actions.remove_period(period=spare, actor=world.secretary(), now=now)
    with pytest.raises(Refused, match=r"reports\.period_in_use"):
        actions.remove_period(period=used, actor=world.secretary(), now=now)
    assert list(ReportPeriod.objects.all()) == [used]


def test_a_template_is_kept_changed_and_removed(world, now):
    year = world.year()
    asked = {"year": year, "actor": world.secretary(), "now": now}
    template = actions.save_template(title=" Mẫu  tháng ", items=PROPOSED[6:], **asked)
    assert (template.title, template.items.count(), template.revision) == ("Mẫu tháng", 5, 1)
    with pytest.raises(Refused, match=r"reports\.template_exists"):
        actions.save_template(title="Mẫu tháng", items=PROPOSED[6:], **asked)
    actions.save_template(title="Mẫu tháng", items=PROPOSED[6:8], template=template, revision=1, **asked)
    assert template.items.count() == 2
    with pytest.raises(Refused, match=r"reports\.edited_meanwhile"):
        actions.save_template(title="Mẫu", items=PROPOSED[6:8], template=template, revision=1, **asked)
    with pytest.raises(Forbidden):
        actions.remove_template(template=template, **asked | {"actor": world.officer(2)})
    actions.remove_template(template=template, **asked)
    for late in (actions.remove_template, partial(actions.save_template, title="Mẫu", items=PROPOSED[6:8], revision=2)):
        with pytest.raises(Absent):
            late(template=template, **asked)
    assert JournalEntry.objects.filter(event="TemplateRemoved").count() == 1
    assert not Template.objects.exists()


def test_a_period_taken_back_twice_is_absent(world, period_of, now):
    period, by = period_of(world.year()), {"actor": world.secretary(), "now": now}
    actions.remove_period(period=period, **by)
    with pytest.raises(Absent):
        actions.remove_period(period=period, **by)
    assert JournalEntry.objects.filter(event="PeriodRemoved").count() == 1


def test_the_period_before_is_of_the_same_kind_also_over_the_turn_of_the_year(world, period_of):
    year = world.year()
    earlier = world.year(2020)
    december = period_of(earlier, title="T12", starts_on=date(2020, 12, 1), ends_on=date(2020, 12, 31), due_on=date(2021, 1, 5))
    january = period_of(year, title="T1", starts_on=date(2021, 1, 1), ends_on=date(2021, 1, 31), due_on=date(2021, 2, 5))
    period_of(year, title="Q", kind="quarter", starts_on=date(2021, 1, 1), ends_on=date(2021, 3, 31), due_on=date(2021, 4, 5))
    february = period_of(year, title="T2", starts_on=date(2021, 2, 1), ends_on=date(2021, 2, 28), due_on=date(2021, 3, 5))
    assert queries.previous_period(february) == january
    assert queries.previous_period(january) == december
    assert queries.previous_period(december) is None
