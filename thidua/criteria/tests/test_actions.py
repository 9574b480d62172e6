"""Drafts, versions, and that what is published stays."""

import pytest

from thidua.audit.models import JournalEntry
from thidua.clusters.actions import open_next_year
from thidua.criteria import actions, queries
from thidua.criteria.models import CriteriaVersion, Criterion
from thidua.criteria.papers import read_table
from thidua.criteria.rules import parse_criteria
from thidua.criteria.tests.conftest import CONTRADICTORY, HEADER, SMALL
from thidua.kernel.actor import Role
from thidua.kernel.errors import Forbidden, Refused

OTHER = [HEADER, ["A", "", "Khác", "5", "points"]]


def refused(call, **values):
    with pytest.raises(Refused) as caught:
        call(**values)
    return caught.value


def test_a_draft_holds_the_table_as_it_was_read(world, draft, real_rows):
    version = draft(world.year(), real_rows)
    assert queries.table_of(version) == parse_criteria(real_rows).table
    assert Criterion.objects.get(version=version, code="3.3.2.1a").level == 4
    assert (version.number, version.is_draft, len(version.digest)) == (1, True, 64)


def test_the_second_import_takes_the_place_of_the_first(world, draft):
    year = world.year()
    first, second = draft(year), draft(year, OTHER, "Bảng khác")
    assert [v.pk for v in queries.versions(year)] == [second.pk]
    assert first.pk != second.pk
    assert second.number == 1
    assert list(Criterion.objects.values_list("code", flat=True)) == ["A"]


def test_a_table_that_contradicts_itself_is_refused_with_both_numbers_and_nothing_is_kept(world, now):
    year = world.year()
    error = refused(
        actions.import_table, year=year, rows=read_table(CONTRADICTORY), title="Bảng", actor=world.secretary(), now=now
    )
    assert error.code == "criteria.table_has_problems"
    (problem,) = error.facts["problems"]
    assert (problem.row, problem.column) == (13, "max_points")
    assert {str(problem.facts["stated"]), str(problem.facts["sum"])} == {"210", "260"}
    assert not CriteriaVersion.objects.exists()
    assert not JournalEntry.objects.exists()


def test_a_refused_import_leaves_the_draft_that_was_there(world, draft, now):
    year = world.year()
    kept = draft(year)
    refused(actions.import_table, year=year, rows=[HEADER], title="Bảng", actor=world.secretary(), now=now)
    assert queries.draft_version(year) == kept
    assert kept.criteria.count() == 3


def test_every_problem_is_told_not_only_the_first(world, now):
    rows = [HEADER, ["1", "", "a", "x", "points"], ["1", "9", "b", "1", "mục"], ["", "1", "c", "1", "points"]]
    error = refused(actions.import_table, year=world.year(), rows=rows, title="Bảng", actor=world.secretary(), now=now)
    assert [(p.row, p.code.split(".")[1]) for p in error.facts["problems"]] == [
        (2, "points_not_a_number"),
        (3, "unknown_kind"),
        (3, "duplicate_code"),
        (3, "unknown_parent"),
        (4, "code_missing"),
    ]


@pytest.mark.parametrize(
    ("rows", "title", "code"),
    [
        (SMALL, "  ", "criteria.title_empty"),
        ([HEADER, *([str(i), "", "a", "1", "points"] for i in range(2001))], "Bảng", "criteria.too_many_rows"),
        ([], "Bảng", "criteria.table_has_problems"),
        ([HEADER, ["", "", " ", "", ""]], "Bảng", "criteria.table_has_problems"),
        ([HEADER, ["1" * 65, "", "a", "1", "points"]], "Bảng", "criteria.table_has_problems"),
        ([HEADER, ["1", "", "a", "100000000", "points"]], "Bảng", "criteria.table_has_problems"),
    ],
)
def test_what_is_no_table_is_refused(world, now, rows, title, code):
    error = refused(actions.import_table, year=world.year(), rows=rows, title=title, actor=world.secretary(), now=now)
    assert error.code == code
    assert error.facts.get("count") != 0


def test_publishing_needs_what_adopts_it(world, draft, now):
    version = draft(world.year())
    error = refused(actions.publish_version, version=version, decision=" ", actor=world.secretary(), now=now)
    assert (error.code, error.facts["field"]) == ("criteria.decision_empty", "decision")
    assert queries.published_version(version.year) is None


def test_a_published_version_is_in_force_and_its_draft_is_gone(world, published):
    year = world.year()
    version = published(year)
    assert queries.published_version(year) == version
    assert queries.draft_version(year) is None
    assert queries.missing_for_pledge(year) == []


def test_no_action_changes_a_published_version(world, published, draft, now):
    year = world.year()
    version = published(year)
    before = list(Criterion.objects.filter(version=version).values())
    secretary = world.secretary()
    assert refused(actions.discard_draft, version=version, actor=secretary, now=now).code == "criteria.already_published"
    assert (
        refused(actions.publish_version, version=version, decision="x", actor=secretary, now=now).code
        == "criteria.already_published"
    )
    later = draft(year, OTHER)
    actions.discard_draft(version=later, actor=secretary, now=now)
    again = published(year, OTHER)
    version.refresh_from_db()
    assert list(Criterion.objects.filter(version=version).values()) == before
    assert (version.number, again.number) == (1, 2)
    assert queries.published_version(year) == again
    assert [v.number for v in queries.versions(year)] == [2, 1]


def test_what_was_looked_at_is_what_is_published(world, draft, now):
    year = world.year()
    looked_at = draft(year)
    draft(year, OTHER)
    for action, values in ((actions.publish_version, {"decision": "x"}), (actions.discard_draft, {})):
        assert refused(action, version=looked_at, **values, actor=world.secretary(), now=now).code == "criteria.draft_replaced"
    assert queries.draft_version(year) is not None


def test_a_correction_after_the_pledge_needs_a_reason(world, draft, now):
    version = draft(world.year(stage="running"))
    values = {"version": version, "decision": "Biên bản", "actor": world.secretary(), "now": now}
    error = refused(actions.publish_version, **values, reason="sai")
    assert (error.code, error.facts["field"]) == ("criteria.reason_too_short", "reason")
    done = actions.publish_version(**values, reason="Sửa theo kết luận họp cụm")
    assert done.reason == "Sửa theo kết luận họp cụm"


def test_a_closed_year_keeps_its_criteria(world, draft, now):
    year = world.year(stage="decided")
    version = draft(year)
    type(year).objects.filter(pk=year.pk).update(stage="closed")
    secretary = world.secretary()
    calls = [
        (actions.import_table, {"year": year, "rows": SMALL, "title": "Bảng"}),
        (actions.publish_version, {"version": version, "decision": "x", "reason": "một lý do đủ dài"}),
        (actions.discard_draft, {"version": version}),
    ]
    assert {refused(call, **values, actor=secretary, now=now).code for call, values in calls} == {"clusters.year_closed"}


@pytest.mark.parametrize("role", [Role.UNIT_LEADER, Role.UNIT_OFFICER, Role.APPRAISER, Role.EDITOR, Role.AUDITOR, Role.DELEGATE])
def test_a_role_too_weak_changes_nothing(world, draft, now, role):
    year = world.year()
    version = draft(year)
    actor = world.actor(role, world.unit(1))
    for action, values in (
        (actions.import_table, {"year": year, "rows": OTHER, "title": "Bảng"}),
        (actions.publish_version, {"version": version, "decision": "x"}),
        (actions.discard_draft, {"version": version}),
    ):
        with pytest.raises(Forbidden):
            action(**values, actor=actor, now=now)
    assert queries.draft_version(year) == version


def test_the_secretary_of_another_unit_is_not_the_heads(world, now):
    with pytest.raises(Forbidden):
        actions.import_table(
            year=world.year(), rows=SMALL, title="Bảng", actor=world.actor(Role.HEAD_SECRETARY, world.unit(2)), now=now
        )


def test_the_superior_body_may_import_and_publish(world, now):
    year = world.year()
    version = actions.import_table(year=year, rows=SMALL, title="Bảng", actor=world.superior(), now=now)
    actions.publish_version(version=version, decision="Quyết định của Ban", actor=world.superior(), now=now)
    assert queries.published_version(year).published_by_name == world.superior().name


def test_the_journal_tells_the_whole_story(world, published, draft, now):
    year = world.year()
    published(year)
    actions.discard_draft(version=draft(year), actor=world.secretary(), now=now)
    told = list(JournalEntry.objects.order_by("position").values_list("event", "year_id"))
    assert told == [
        ("CriteriaImported", year.pk),
        ("CriteriaPublished", year.pk),
        ("CriteriaImported", year.pk),
        ("CriteriaDiscarded", year.pk),
    ]


def test_the_next_year_begins_with_a_copy_as_its_draft(world, published, now):
    year = world.year(stage="decided")
    version = published(year)
    opened = open_next_year(year=year, head=world.unit(2), actor=world.secretary(), now=now)
    copy = queries.draft_version(opened)
    assert copy.digest == version.digest
    assert queries.table_of(copy) == queries.table_of(version)
    assert (copy.number, queries.published_version(opened)) == (1, None)
    assert queries.missing_for_pledge(opened)[0].code == "criteria.not_published"


def test_a_year_without_criteria_hands_nothing_on(world, draft, now):
    year = world.year(stage="decided")
    draft(year)
    opened = open_next_year(year=year, head=world.unit(2), actor=world.secretary(), now=now)
    assert queries.versions(opened) == []
