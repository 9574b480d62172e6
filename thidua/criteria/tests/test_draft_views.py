"""A draft seen from the tree and from the page of publishing: where it contradicts itself, and the way back."""

import pytest

from thidua.criteria import actions, queries
from thidua.criteria.models import DraftStep
from thidua.criteria.tests.conftest import HEADER
from thidua.criteria.tests.test_editor_views import at, table, typed
from thidua.kernel.actor import Role
from thidua.kernel.errors import Refused


@pytest.fixture
def secretary(world, sign_in):
    return sign_in(world.person(Role.HEAD_SECRETARY, world.unit(1)))


def test_publishing_lists_where_the_draft_contradicts_itself_and_leads_to_the_rows(world, secretary, draft):
    year = world.year()
    draft(year)
    assert "mâu thuẫn" not in secretary.get(at(year, "publish")).content.decode()
    secretary.post(at(year, "editor-row"), typed(year, max_points="7,5"))
    row = table(year).by_code["T"].row
    page = secretary.get(at(year, "publish")).content.decode()
    assert "Còn 1 chỗ mâu thuẫn" in page
    assert f'<a href="{at(year)}?dong=T#r{row}">T</a>' in page
    given = {"version": queries.draft_version(year).pk, "decision": "Biên bản họp cụm"}
    assert secretary.post(at(year, "publish"), given).status_code == 422
    assert queries.published_version(year) is None


def test_the_tree_leads_to_the_editor_and_takes_the_newest_change_back(world, secretary, draft, sign_in):
    year = world.year()
    draft(year)
    assert "còn hoàn tác được" in secretary.get(at(year, "discard")).content.decode()
    secretary.post(at(year, "discard"), {"version": queries.draft_version(year).pk})
    page = secretary.get(at(year, "tree")).content.decode()
    step = DraftStep.objects.filter(year=year).first()
    assert f'<input type="hidden" name="step" value="{step.pk}">' in page
    secretary.post(at(year, "undo"), {"step": step.pk})
    assert queries.draft_version(year) is not None
    assert f'href="{at(year)}"' in secretary.get(at(year, "tree")).content.decode()
    unit = sign_in(world.person(Role.UNIT_OFFICER, world.unit(2)))
    assert 'name="step"' not in unit.get(at(year, "tree")).content.decode()


def test_a_unit_that_is_no_member_is_told_in_the_dry_run_and_in_the_editor(world, secretary, now):
    year = world.year()
    rows = [[*HEADER, "not_assigned"], ["T", "", "Tổng", "5", "points", "don-vi-2 so-la"]]
    given = {"year": year, "rows": rows, "title": "Bảng", "actor": world.secretary()}
    kept = actions.propose_table(**given, now=now)
    page = secretary.get(f"{at(year, 'import')}{kept.pk}/").content.decode()
    assert "<b>T</b>: so-la" in page
    assert "<b>T</b>: don-vi-2" not in page
    actions.accept_proposal(proposal=kept, actor=world.secretary(), now=now)
    assert "so-la (không phải đơn vị thành viên)" in secretary.get(at(year, query="?dong=T")).content.decode()


def test_what_is_worth_a_look_is_told_by_the_code_of_its_row(world, secretary, draft):
    year = world.year()
    draft(year, [HEADER, ["I", "", "Một", "", "points"], ["II", "", "Hai", "4", "points"]])
    page = secretary.get(at(year, "publish")).content.decode()
    assert "<li><b>I</b>: Mục I không ghi điểm tối đa." in page
    assert "<li>Bảng có nhiều gốc (I, II)" in page


def test_dots_are_no_reason_to_correct_criteria(world, draft, now):
    year = world.year(stage="running")
    version = draft(year)
    with pytest.raises(Refused, match="reason_too_short"):
        actions.publish_version(version=version, decision="QĐ 1", reason="." * 40, actor=world.secretary(), now=now)
