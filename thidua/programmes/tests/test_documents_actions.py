from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from thidua.audit.models import JournalEntry
from thidua.clusters.models import ClusterYear, Membership
from thidua.kernel.errors import Forbidden, Refused
from thidua.programmes import actions
from thidua.programmes.actions.documents import settle_document
from thidua.programmes.models import IndicatorFigure, Programme, ProgrammeVersion, Task
from thidua.programmes.queries.changes import told
from thidua.programmes.queries.documents import changes_since, content_in, content_of, state_of, version_of
from thidua.programmes.queries.indicators import indicator_figures, indicator_kinds, series_of, standings_of
from thidua.programmes.rules.content import IndicatorLine, digest
from thidua.programmes.rules.tasks import Change as Bulk
from thidua.programmes.rules.tasks import Draft, State
from thidua.programmes.rules.writing import IndicatorEntry, Lists, Written
from thidua.programmes.tests.papers_desk import LISTS, WRITTEN

DAY = date(2021, 6, 30)


def refusal(code, call, *args, **values):
    with pytest.raises(Refused) as refused:
        call(*args, **values)
    assert refused.value.code == code
    return refused.value.facts


def journal():
    return list(JournalEntry.objects.order_by("position").values_list("event", flat=True))


def test_a_directive_is_answered_clause_by_clause(desk):
    directive = desk.directive()
    first, second = directive.clauses.all()[:2]
    programme = desk.programme(directive=directive, clauses=[first.pk, second.pk], lists=None)
    tasks = list(programme.tasks.all())
    assert [(task.title, task.due_on) for task in tasks] == [
        ("Việc thứ 1", date(2021, 12, 1)),
        ("Việc thứ 2", date(2021, 12, 2)),
    ]
    assert [list(task.clauses.all()) for task in tasks] == [[first], [second]]
    assert {(task.unit_id, task.year_id, task.state) for task in tasks} == {(desk.world.unit(2).pk, desk.year.pk, "planned")}
    assert content_of(programme).tasks[0].clauses[0].words == "Mục 1, Chỉ thị 05-CT/TW"
    assert programme.digest == digest(content_of(programme))
    assert journal() == ["ProgrammeOpened"]


def test_a_clause_for_the_head_or_of_another_document_is_not_taken(desk):
    directive, other = desk.directive(), desk.directive("04-NQ/TW")
    for clause in (directive.clauses.get(position=99), other.clauses.first()):
        refusal("programmes.clause_of_another", desk.programme, directive=directive, clauses=[clause.pk])
    assert not Programme.objects.exists()


def test_days_have_their_reason(desk):
    directive = desk.directive()
    early = replace(WRITTEN, starts_on=date(2016, 5, 14))
    facts = refusal("programmes.before_directive", desk.programme, directive=directive, written=early)
    assert (facts["field"], facts["day"], facts["directive"]) == ("starts_on", date(2016, 5, 15), "Chỉ thị 05-CT/TW")
    turned = replace(WRITTEN, ends_on=date(2021, 1, 31))
    assert refusal("programmes.ends_before_start", desk.programme, written=turned)["field"] == "ends_on"
    assert refusal("programmes.title_missing", desk.programme, written=Written("  "))["field"] == "title"


@pytest.mark.parametrize("who", ["officer 3", "secretary", "superior"])
def test_only_the_unit_itself_writes(desk, who):
    programme = desk.programme()
    name, _, number = who.partition(" ")
    actor = getattr(desk.world, name)(*([int(number)] if number else []))
    with pytest.raises(Forbidden):
        actions.edit_programme(programme=programme, written=WRITTEN, lists=LISTS, revision=2, **desk.by(actor))
    with pytest.raises(Forbidden):
        actions.approve_programme(programme=programme, digest=programme.digest, **desk.by(actor))
    with pytest.raises(Forbidden):
        actions.create_programme(year=desk.year, unit=desk.world.unit(2), kind="plan", written=WRITTEN, **desk.by(actor))


def test_a_unit_that_left_is_told_so(desk):
    programme = desk.programme()
    Membership.objects.filter(organisation=desk.world.unit(2)).delete()
    desk.year = ClusterYear.objects.select_related("cluster").get(pk=desk.year.pk)
    assert refusal("programmes.unit_left", desk.programme)["unit"] == "Don vi 2"
    officer = desk.by(desk.world.officer(2))
    refusal("programmes.unit_left", actions.present_programme, programme=programme, **officer)
    refusal(
        "programmes.unit_left", actions.edit_programme, programme=programme, written=WRITTEN, lists=LISTS, revision=2, **officer
    )
    refusal("programmes.unit_left", actions.approve_programme, programme=programme, digest="", **desk.by(desk.world.leader(2)))


def test_a_closed_year_stays_as_it_is(desk):
    programme = desk.programme()
    ClusterYear.objects.update(stage="closed")
    refusal("clusters.year_closed", desk.edit, programme)
    refusal("clusters.year_closed", desk.approve, programme)


def test_who_saves_second_is_told_and_nothing_is_lost(desk):
    programme = desk.programme()
    refusal("programmes.edited_meanwhile", desk.edit, programme, revision=1, written=Written("Của người sau"))
    programme.refresh_from_db()
    assert programme.title == WRITTEN.title


def test_indicators_keep_their_rows_and_figures(desk):
    programme = desk.programme()
    indicator = programme.indicators.get()
    officer = desk.by(desk.world.officer(2))
    actions.record_figure(indicator=indicator, as_of=DAY, value=Decimal("97.25"), **officer)
    refusal("programmes.indicator_has_figures", desk.edit, programme, lists=Lists())
    renamed = IndicatorEntry(IndicatorLine("Tỷ lệ mới", "%", Decimal(99)), indicator.pk)
    desk.edit(programme, lists=Lists((), (IndicatorEntry(IndicatorLine("Số lớp", "lớp")), renamed)))
    assert [(i.name, i.pk == indicator.pk) for i in programme.indicators.all()] == [("Số lớp", False), ("Tỷ lệ mới", True)]
    assert IndicatorFigure.objects.get().indicator_id == indicator.pk


def test_approval_writes_a_version_that_never_changes(desk):
    programme = desk.programme()
    version = desk.approve(programme)
    assert (version.number, version.approved_by_name, version.post_title) == (1, "unit_leader-don-vi-2", "unit_leader")
    assert state_of(programme) == "approved"
    desk.edit(programme, written=replace(WRITTEN, title="Tên mới"))
    assert state_of(programme) == "changed"
    kept = version_of(programme, 1)
    assert content_in(kept).title == WRITTEN.title
    [change] = told(changes_since(kept, content_of(programme)))
    assert (change.part, change.pairs[0].before, change.pairs[0].after) == ("Tên", WRITTEN.title, "Tên mới")
    assert desk.approve(programme, reason=" Đổi tên ").reason == "Đổi tên"
    assert list(ProgrammeVersion.objects.values_list("number", flat=True)) == [1, 2]


def test_a_leader_approves_what_was_shown_and_something_new(desk):
    programme = desk.programme()
    seen = digest(content_of(programme))
    desk.edit(programme, written=replace(WRITTEN, measures="Khác"))
    refusal("programmes.changed_meanwhile", desk.approve, programme, seen=seen)
    desk.approve(programme)
    assert refusal("programmes.already_approved", desk.approve, programme)["version"] == 1
    empty = desk.programme(lists=Lists())
    refusal("programmes.nothing_to_approve", desk.approve, empty)
    refusal("programmes.nothing_to_approve", actions.present_programme, programme=empty, **desk.by(desk.world.officer(2)))


def test_running_the_tasks_changes_no_document(desk):
    directive = desk.directive()
    programme = desk.programme(directive=directive, clauses=[directive.clauses.first().pk])
    desk.approve(programme)
    Task.objects.update(state="done", is_open=False, percent=100, done_on=DAY)
    Task.objects.create(
        programme=programme, year=desk.year, unit=programme.unit, parent=Task.objects.get(), position=5, title="Phần nhỏ",
        changed_at=desk.now,
    )  # fmt: skip
    settle_document(programme)
    assert state_of(programme) == "approved"


def test_the_leader_is_waited_for_until_he_has_approved(desk):
    programme = desk.programme()
    actions.present_programme(programme=programme, **desk.by(desk.world.officer(2)))
    programme.refresh_from_db()
    assert state_of(programme) == "waiting"
    refusal("programmes.already_presented", actions.present_programme, programme=programme, **desk.by(desk.world.officer(2)))
    desk.approve(programme)
    assert (programme.presented_at, state_of(programme)) == (None, "approved")
    assert journal()[-2:] == ["ProgrammePresented", "ProgrammeApproved"]


def test_a_draft_may_be_thrown_away_an_approved_one_stays(desk):
    directive = desk.directive()
    draft = desk.programme(directive=directive, clauses=[directive.clauses.first().pk])
    figure = actions.record_figure(
        indicator=draft.indicators.get(), as_of=DAY, value=Decimal(1), **desk.by(desk.world.officer(2))
    )
    refusal("programmes.indicator_has_figures", actions.discard_programme, programme=draft, **desk.by(desk.world.officer(2)))
    actions.remove_figure(figure=figure, **desk.by(desk.world.officer(2)))
    task = draft.tasks.get()
    note = task.notes.create(noted_at=desk.now, noted_by_name="A", state="doing", percent=10)
    refusal("programmes.task_has_progress", actions.discard_programme, programme=draft, **desk.by(desk.world.officer(2)))
    note.delete()
    actions.discard_programme(programme=draft, **desk.by(desk.world.officer(2)))
    assert not Programme.objects.exists()
    assert not Task.objects.exists()
    approved = desk.programme()
    desk.approve(approved)
    refusal("programmes.approved_stays", actions.discard_programme, programme=approved, **desk.by(desk.world.officer(2)))


def test_a_figure_of_a_day_is_put_right_only_by_who_has_seen_it(desk):
    indicator = desk.programme().indicators.get()
    officer = desk.by(desk.world.officer(2))
    actions.record_figure(indicator=indicator, as_of=DAY, value=Decimal("97.25"), note="Quý II", **officer)
    facts = refusal(
        "programmes.figure_changed_meanwhile", actions.record_figure, indicator=indicator, as_of=DAY, value=Decimal(98), **officer
    )
    assert facts["value"] == Decimal("97.25")
    fixed = actions.record_figure(indicator=indicator, as_of=DAY, value=Decimal(98), revision=1, **officer)
    assert (fixed.revision, IndicatorFigure.objects.get().value) == (2, 98)
    assert journal()[-2:] == ["IndicatorFigureRecorded", "IndicatorFigureCorrected"]
    ahead = {"as_of": date(2021, 11, 2), "value": Decimal(1)}
    refusal("programmes.figure_in_future", actions.record_figure, indicator=indicator, **ahead, **officer)
    with pytest.raises(Forbidden):
        actions.record_figure(indicator=indicator, as_of=DAY, value=Decimal(1), revision=2, **desk.by(desk.world.officer(3)))


def test_figures_of_reports_take_the_latest_on_or_before_the_day(desk, django_assert_num_queries):
    indicator = desk.programme().indicators.get()
    other = desk.programme(3).indicators.get()
    for days, value in ((0, 90), (30, 95), (60, 99)):
        as_of = DAY + timedelta(days)
        actions.record_figure(indicator=indicator, as_of=as_of, value=Decimal(value), **desk.by(desk.world.officer(2)))
    actions.record_figure(indicator=other, as_of=DAY, value=Decimal(50), **desk.by(desk.world.officer(3)))
    unit, third = desk.world.unit(2), desk.world.unit(3)
    key = "programmes.indicator:ty-le-dang-vien-hoc-tap"
    assert indicator_kinds(desk.year)[key].unit_of_measure == "%"
    with django_assert_num_queries(2):
        figure = indicator_figures(desk.year, unit.pk, DAY + timedelta(31))[key]
    assert figure.value == 95
    assert figure.basis[0][0] == "Tỷ lệ đảng viên học tập, số liệu ngày 30-07-2021"
    assert indicator_figures(desk.year, unit.pk, DAY - timedelta(1))[key].value is None
    with django_assert_num_queries(2):
        series = series_of(desk.year, [unit.pk, third.pk])
    assert [(line[0], line[1], line[3], len(line[4])) for line in series] == [
        (unit.pk, "Tỷ lệ đảng viên học tập", Decimal("98.5"), 3),
        (third.pk, "Tỷ lệ đảng viên học tập", Decimal("98.5"), 1),
    ]
    [standing] = standings_of(indicator.programme)
    assert (standing.figure.value, standing.met) == (99, True)


def test_tasks_added_edited_and_removed_change_the_document(desk):
    programme = desk.programme()
    desk.approve(programme)
    officer, states = desk.by(desk.world.officer(2)), []

    def note():
        programme.refresh_from_db()
        states.append(state_of(programme))

    task = actions.add_task(programme=programme, draft=Draft("Mở lớp"), **officer)
    note()
    desk.approve(programme)
    task = actions.edit_task(task=task, draft=Draft("Mở lớp", due_on=date(2021, 12, 1)), revision=1, **officer)
    note()
    desk.approve(programme)
    actions.bulk_edit(year=desk.year, task_ids=[task.pk], change=Bulk(shift=3), **officer)
    note()
    desk.approve(programme)
    actions.bulk_edit(year=desk.year, task_ids=[task.pk], change=Bulk(state=State.DOING), **officer)
    note()
    actions.remove_task(task=actions.add_task(programme=programme, draft=Draft("Nhầm"), **officer), **officer)
    note()
    assert states == ["changed", "changed", "changed", "approved", "approved"]


def test_what_is_dropped_leaves_the_document_and_comes_back(desk):
    programme = desk.programme()
    officer = desk.by(desk.world.officer(2))
    kept, gone = (actions.add_task(programme=programme, draft=Draft(title), **officer) for title in ("Mở lớp", "Hội thi"))
    desk.approve(programme)
    actions.set_state(task=gone, state=State.DROPPED, reason="Gộp vào đợt khác", **officer)
    programme.refresh_from_db()
    assert state_of(programme) == "changed"
    assert [line.title for line in content_of(programme).tasks] == ["Mở lớp"]
    [change] = told(changes_since(version_of(programme, 1), content_of(programme)))
    assert (change.sign, change.name) == ("removed", "Hội thi")
    actions.note_progress(task=gone, state=State.DOING, reason="Làm lại", **officer)
    programme.refresh_from_db()
    assert state_of(programme) == "approved"
    actions.bulk_edit(
        year=desk.year, task_ids=[kept.pk, gone.pk], change=Bulk(state=State.DROPPED, reason="Thôi cả hai"), **officer
    )
    programme.refresh_from_db()
    assert (state_of(programme), content_of(programme).tasks) == ("changed", ())
    assert digest(content_of(programme)) == programme.digest
