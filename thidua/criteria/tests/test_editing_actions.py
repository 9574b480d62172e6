"""A draft is edited row by row; every change can be taken back, and nobody's change is lost under another's."""

import pytest

from thidua.audit.models import JournalEntry
from thidua.criteria import actions, queries
from thidua.criteria.models import CriteriaVersion, DraftStep
from thidua.criteria.rules.cells import cells_of
from thidua.criteria.rules.editing import Place, Shift
from thidua.kernel.actor import Role
from thidua.kernel.errors import Forbidden, Refused

BLANK = {"kind": "points", "method": "award", "rule_text_vi": "", "unit": "", "title_vi": "", "max_points": ""}


def refused(action, **values):
    with pytest.raises(Refused) as caught:
        action(**values)
    return caught.value


def codes(year):
    return [row.code for row in queries.table_of(queries.draft_version(year)).top_down]


def row(year, code):
    return queries.table_of(queries.draft_version(year)).by_code[code]


def change(year, at, actor, now, **cells):
    table = queries.table_of(queries.draft_version(year))
    given = {"stamp": actions.stamp_of(table, at), "cells": {**cells_of(table.by_code[at]), **cells}}
    return actions.change_row(year=year, code=at, **given, actor=actor, now=now)


@pytest.fixture
def by(world, now):
    return {"actor": world.secretary(), "now": now}


def undo(year, by):
    return actions.undo_draft(year=year, step=DraftStep.objects.filter(year=year).first().pk, **by)


def test_a_draft_starts_with_what_is_in_force_or_with_one_heading(world, published, by):
    year = world.year()
    assert refused(actions.start_draft, year=year, start="published", title="B", **by).code == "criteria.not_published"
    assert refused(actions.start_draft, year=year, start="empty", title=" ", **by).code == "criteria.title_empty"
    actions.start_draft(year=year, start=actions.Start.EMPTY, title="Bảng", **by)
    assert codes(year) == ["TONG"]
    assert refused(actions.start_draft, year=year, start="empty", title="B", **by).code == "criteria.draft_there"
    in_force = published(year)
    started = actions.start_draft(year=year, start=actions.Start.IN_FORCE, title="Bảng", **by)
    assert (started.digest, started.number) == (in_force.digest, in_force.number + 1)


def test_rows_are_added_changed_moved_and_deleted(world, draft, by):
    year = world.year()
    draft(year)
    actions.add_row(year=year, cells={**BLANK, "code": " 1.1 ", "max_points": "6"}, target="1", place=Place.INTO, **by)
    change(year, "1", **by, code="A", evidence="required", assessor="Phòng Tổ chức", grades="", bonus_cap="1,5")
    assert codes(year) == ["T", "A", "1.1", "2"]
    assert (row(year, "1.1").parent, row(year, "A").evidence, str(row(year, "A").bonus_cap)) == ("A", "required", "1.5")
    actions.shift_row(year=year, code="2", shift=Shift.UP, **by)
    actions.move_row(year=year, code="1.1", target="2", place=Place.BEFORE, **by)
    assert codes(year) == ["T", "1.1", "2", "A"]
    actions.renumber_rows(year=year, code="T", **by)
    assert codes(year) == ["T", "T.1", "T.2", "T.3"]
    table = queries.table_of(queries.draft_version(year))
    actions.delete_row(year=year, code="T.3", stamp=actions.stamp_of(table, "T.3", with_below=True), **by)
    assert codes(year) == ["T", "T.1", "T.2"]
    assert JournalEntry.objects.filter(event="CriteriaEdited", year_id=year.pk).count() == 6


def test_every_change_is_taken_back_in_turn(world, draft, by):
    year = world.year()
    first = draft(year).digest
    change(year, "1", **by, title_vi="Quán triệt nghị quyết")
    second = queries.draft_version(year).digest
    actions.discard_draft(version=queries.draft_version(year), **by)
    assert undo(year, by).digest == second
    assert undo(year, by).digest == first
    assert undo(year, by) is None
    assert queries.draft_version(year) is None
    assert refused(actions.undo_draft, year=year, step=1, **by).code == "criteria.nothing_to_undo"


def test_what_was_looked_at_is_what_is_taken_back(world, draft, by):
    year = world.year()
    draft(year)
    looked_at = DraftStep.objects.get().pk
    change(year, "1", **by, title_vi="Khác")
    assert refused(actions.undo_draft, year=year, step=looked_at, **by).code == "criteria.draft_replaced"
    CriteriaVersion.objects.filter(year=year).update(digest="x")
    error = refused(actions.undo_draft, year=year, step=DraftStep.objects.first().pk, **by)
    assert error.code == "criteria.undo_stale"


def test_a_row_changed_by_someone_else_is_refused_and_other_rows_are_not(world, draft, by):
    year = world.year()
    table = queries.table_of(draft(year))
    looked_at = {code: actions.stamp_of(table, code) for code in ("1", "2")}
    whole = actions.stamp_of(table, "T", with_below=True)
    change(year, "1", **by, title_vi="Khác")
    cells = {**cells_of(table.by_code["1"]), "title_vi": "Của tôi"}
    error = refused(actions.change_row, year=year, code="1", stamp=looked_at["1"], cells=cells, **by)
    assert error.code == "criteria.row_changed"
    assert refused(actions.delete_row, year=year, code="T", stamp=whole, **by).code == "criteria.row_changed"
    actions.change_row(year=year, code="2", stamp=looked_at["2"], cells={**cells_of(table.by_code["2"]), "title_vi": "B"}, **by)
    assert (row(year, "1").title, row(year, "2").title) == ("Khác", "B")


def test_nothing_changed_leaves_no_step(world, draft, by):
    year = world.year()
    version = draft(year)
    assert change(year, "1", **by) == version
    assert DraftStep.objects.count() == 1


@pytest.mark.parametrize(
    ("cells", "code", "field"),
    [
        ({"code": "2"}, "criteria.code_used", "code"),
        ({"code": " "}, "criteria.code_empty", "code"),
        ({"code": "m" * 65}, "criteria.code_too_long", "code"),
        ({"max_points": "100000000"}, "criteria.figure_too_big", "max_points"),
        ({"max_points": "mười"}, "kernel.points_not_a_number", "max_points"),
        ({"method": "grade", "grades": "A=2"}, "criteria.grades_unreadable", "grades"),
        ({"method": "pool", "pool": "a/b"}, "criteria.pool_unreadable", "pool"),
        ({"not_assigned": "Sở Y tế"}, "criteria.unit_unreadable", "not_assigned"),
        ({"evidence": "nộp"}, "criteria.unknown_evidence", "evidence"),
        ({"assessor": "a" * 201}, "criteria.assessor_too_long", "assessor"),
    ],
)
def test_what_cannot_be_read_or_kept_is_refused_at_its_column(world, draft, by, cells, code, field):
    year = world.year()
    draft(year)
    table = queries.table_of(queries.draft_version(year))
    given = {"stamp": actions.stamp_of(table, "1"), "cells": {**cells_of(table.by_code["1"]), **cells}}
    error = refused(actions.change_row, year=year, code="1", **given, **by)
    assert (error.code, error.facts["field"]) == (code, field)


def test_an_edited_draft_may_contradict_itself_but_is_not_published_so(world, draft, by):
    year = world.year()
    draft(year)
    version = change(year, "1", **by, max_points="7")
    error = refused(actions.publish_version, version=version, decision="Biên bản", **by)
    assert (error.code, error.facts["count"]) == ("criteria.draft_has_problems", 1)
    done = actions.publish_version(version=change(year, "T", **by, max_points="11"), decision="Biên bản", **by)
    assert not done.is_draft
    assert not DraftStep.objects.exists()


def test_without_a_draft_or_in_a_closed_year_nothing_is_edited(world, draft, by):
    year = world.year(stage="decided")
    assert refused(actions.shift_row, year=year, code="2", shift=Shift.UP, **by).code == "criteria.no_draft"
    draft(year)
    type(year).objects.filter(pk=year.pk).update(stage="closed")
    calls = [
        (actions.shift_row, {"code": "2", "shift": Shift.UP}),
        (actions.renumber_rows, {"code": "T"}),
        (actions.undo_draft, {"step": DraftStep.objects.get().pk}),
        (actions.start_draft, {"start": "empty", "title": "B"}),
    ]
    assert {refused(call, year=year, **values, **by).code for call, values in calls} == {"clusters.year_closed"}


@pytest.mark.parametrize("role", [Role.UNIT_LEADER, Role.UNIT_OFFICER, Role.APPRAISER, Role.AUDITOR])
def test_a_role_too_weak_edits_nothing(world, draft, now, role):
    year = world.year()
    version = draft(year)
    actor = world.actor(role, world.unit(1))
    for action, values in (
        (actions.start_draft, {"start": "empty", "title": "B"}),
        (actions.add_row, {"cells": {**BLANK, "code": "3"}, "target": "", "place": Place.INTO}),
        (actions.change_row, {"code": "1", "stamp": "", "cells": {}}),
        (actions.move_row, {"code": "1", "target": "2", "place": Place.AFTER}),
        (actions.shift_row, {"code": "2", "shift": Shift.UP}),
        (actions.delete_row, {"code": "2", "stamp": ""}),
        (actions.renumber_rows, {"code": "T"}),
        (actions.undo_draft, {"step": DraftStep.objects.get().pk}),
    ):
        with pytest.raises(Forbidden):
            action(year=year, **values, actor=actor, now=now)
    assert queries.draft_version(year) == version
