"""Figures that a report finds in what the unit has recorded, and what happens when they change."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils.translation import override

from thidua.kernel.errors import Refused
from thidua.programmes.models import Indicator, IndicatorFigure, Programme, Task
from thidua.reports import actions, queries
from thidua.reports.models import Entry
from thidua.reports.queries.sources import figure_kinds, figures_for
from thidua.reports.rules.content import fingerprint
from thidua.reports.rules.periods import PROPOSED, ItemValue

ITEMS = (
    ItemValue("figure", "Nhiệm vụ đến hạn", "nhiệm vụ", "programmes.tasks_due"),
    ItemValue("figure", "Tỷ lệ chi bộ đạt", "%", "programmes.indicator:ty-le-chi-bo-dat"),
    ItemValue("figure", "Tự ghi", "việc"),
)


@pytest.fixture
def programme(world, now):
    """programme(year) → one of the second unit with a task due in October and an indicator."""

    def go(year):
        made = Programme.objects.create(
            year=year, unit=world.unit(2), kind="plan", title="Kế hoạch năm", opened_at=now, opened_by_name="Cán bộ"
        )
        add_task(made, now)
        indicator = Indicator.objects.create(programme=made, position=1, name="Tỷ lệ chi bộ đạt", unit_of_measure="%")
        values = {"recorded_at": now, "recorded_by_name": "Cán bộ"}
        IndicatorFigure.objects.create(indicator=indicator, as_of=date(2021, 10, 20), value=Decimal("87.5"), **values)
        return made

    return go


def add_task(programme, now):
    Task.objects.create(
        programme=programme, year=programme.year, unit=programme.unit, position=programme.tasks.count() + 1, title="Việc",
        due_on=date(2021, 10, 15), changed_at=now,
    )  # fmt: skip


def entries(report):
    return {entry.item.title: entry for entry in Entry.objects.filter(report=report).select_related("item")}


def test_every_proposed_source_is_offered_by_a_slice(world):
    year = world.year()
    kinds = figure_kinds(year)
    assert {item.source for item in PROPOSED if item.source} <= kinds.keys()
    assert kinds.keys() <= figures_for(year, world.unit(2).pk, date(2021, 10, 1), date(2021, 10, 31)).keys()


def test_a_report_opens_with_what_was_found_and_from_where(world, period_of, opened, programme):
    year = world.year()
    programme(year)
    report = opened(period_of(year, items=ITEMS))
    found = entries(report)
    due = found["Nhiệm vụ đến hạn"]
    assert (due.figure, due.computed, due.edited_by_name) == (1, 1, "")
    assert due.basis[0]["words"]
    assert due.basis[0]["url"].startswith("/cum/cum-2/2021/nhiem-vu/")
    assert found["Tỷ lệ chi bộ đạt"].figure == Decimal("87.5")
    assert (found["Tự ghi"].figure, found["Tự ghi"].computed, found["Tự ghi"].basis) == (None, None, [])


def test_words_begin_with_what_was_done_in_the_period(world, period_of, opened, programme):
    year = world.year()
    made = programme(year)
    done = {"state": "done", "is_open": False, "percent": 100}
    Task.objects.filter(programme=made).update(title="Học tập nghị quyết.", done_on=date(2021, 10, 12), **done)
    items = (
        ItemValue("narrative", "Kết quả", source="programmes.done_list"),
        ItemValue("narrative", "Học tập", source="directives.session_list"),
        ItemValue("narrative", "Hạn chế"),
    )
    found = entries(opened(period_of(year, items=items)))
    assert found["Kết quả"].text == "- Học tập nghị quyết (xong 12-10-2021)"
    assert found["Kết quả"].basis[0]["url"].startswith("/cum/cum-2/2021/nhiem-vu/")
    assert (found["Học tập"].text, found["Hạn chế"].text) == ("", "")


def test_words_nobody_touched_are_renewed_and_typed_ones_stay(world, period_of, opened, programme, now):
    year = world.year()
    made = programme(year)
    items = [ItemValue("narrative", title, source="programmes.done_list") for title in ("Kết quả", "Việc khác")]
    report = opened(period_of(year, items=items))
    asked = {"report": report, "actor": world.officer(2), "now": now}
    found = entries(report)
    typed = {found["Việc khác"].item_id: actions.Typed(text="Tự viết", seen=fingerprint(None, "", ""))}
    assert actions.save_report(typed=typed, **asked).is_whole
    Task.objects.filter(programme=made).update(state="done", is_open=False, percent=100, done_on=date(2021, 10, 12))
    assert actions.recompute_report(**asked) == 2
    found = entries(report)
    assert (found["Kết quả"].text, found["Việc khác"].text) == ("- Việc (xong 12-10-2021)", "Tự viết")
    assert found["Việc khác"].basis[0]["words"] == "Việc (xong 12-10-2021)"
    assert actions.recompute_report(**asked) == 0


def test_what_is_found_reads_alike_whoever_opens_the_report(world, period_of, opened, programme):
    year = world.year()
    made = programme(year)
    Task.objects.filter(programme=made).update(state="done", is_open=False, percent=100, done_on=date(2021, 10, 12))
    with override("en"):
        found = entries(opened(period_of(year, items=(*ITEMS, ItemValue("narrative", "Kết quả", source="programmes.done_list")))))
    assert found["Kết quả"].text == "- Việc (xong 12-10-2021)"
    assert found["Nhiệm vụ đến hạn"].basis[0]["words"].startswith("nhiệm vụ có hạn")


def test_a_computed_figure_changes_only_with_a_reason(world, period_of, opened, programme, now):
    year = world.year()
    programme(year)
    report = opened(period_of(year, items=ITEMS))
    entry = entries(report)["Nhiệm vụ đến hạn"]
    seen = fingerprint(Decimal(1), "", "")
    asked = {"report": report, "actor": world.officer(2), "now": now}
    with pytest.raises(Refused, match=r"reports\.why_missing") as refused:
        actions.save_report(typed={entry.item_id: actions.Typed(Decimal(4), seen=seen)}, **asked)
    assert refused.value.facts["field"] == f"why-{entry.item_id}"
    why = "Ba việc của chi bộ trực thuộc chưa nhập"
    assert actions.save_report(typed={entry.item_id: actions.Typed(Decimal(4), "", why, seen)}, **asked).is_whole
    entry.refresh_from_db()
    assert (entry.figure, entry.computed, entry.why_changed) == (4, 1, why)
    back = actions.Typed(Decimal("1.0"), "", why, fingerprint(Decimal(4), "", why))
    assert actions.save_report(typed={entry.item_id: back}, **asked).is_whole
    entry.refresh_from_db()
    assert (entry.figure, entry.why_changed) == (1, "")


def test_computing_anew_follows_the_records_and_leaves_what_was_typed(world, period_of, opened, programme, now):
    year = world.year()
    made = programme(year)
    report = opened(period_of(year, items=ITEMS))
    asked = {"report": report, "actor": world.officer(2), "now": now}
    assert actions.recompute_report(**asked) == 0
    rate = entries(report)["Tỷ lệ chi bộ đạt"]
    seen = fingerprint(Decimal("87.5"), "", "")
    typed = {rate.item_id: actions.Typed(Decimal(90), "", "Số chốt cuối tháng", seen)}
    actions.save_report(typed=typed, **asked)
    add_task(made, now)
    IndicatorFigure.objects.update(value=Decimal("88"))
    assert actions.recompute_report(**asked) == 2
    found = entries(report)
    assert (found["Nhiệm vụ đến hạn"].figure, found["Nhiệm vụ đến hạn"].computed) == (2, 2)
    assert (found["Tỷ lệ chi bộ đạt"].figure, found["Tỷ lệ chi bộ đạt"].computed) == (90, 88)
    assert found["Tỷ lệ chi bộ đạt"].why_changed == "Số chốt cuối tháng"
    assert [line.item.title for line in queries.lines_of(report) if line.is_changed] == ["Tỷ lệ chi bộ đạt"]


def test_a_figure_found_later_than_one_was_typed_needs_a_reason_before_submitting(world, period_of, opened, programme, now):
    year = world.year()
    programme(year)
    held = IndicatorFigure.objects.get()
    held.delete()
    report = opened(period_of(year, items=ITEMS))
    found = entries(report)
    nothing = fingerprint(None, "", "")
    typed = {found[title].item_id: actions.Typed(Decimal(90), seen=nothing) for title in ("Tỷ lệ chi bộ đạt", "Tự ghi")}
    assert actions.save_report(report=report, typed=typed, actor=world.officer(2), now=now).is_whole
    assert queries.gaps_of(queries.lines_of(report)) == []
    held.save(force_insert=True)
    actions.recompute_report(report=report, actor=world.officer(2), now=now)
    assert [(line.item.title, line.gap) for line in queries.gaps_of(queries.lines_of(report))] == [("Tỷ lệ chi bộ đạt", "why")]
