"""The cross-check: never one's own unit, no change without a reason, each change kept."""

import json

import pytest

from thidua.audit.models import JournalEntry
from thidua.kernel.actor import Role
from thidua.kernel.errors import Forbidden, Refused
from thidua.people.models import Delegation, Post, Tenure
from thidua.people.queries import actor_of
from thidua.scoring import actions
from thidua.scoring.models import AppraiserAssignment, Verdict, VerdictChange
from thidua.scoring.queries.results import result_of, self_result, verified_result
from thidua.scoring.tests.tables import real_results


def refused(code):
    return pytest.raises(Refused, match=f"^{code}")


@pytest.fixture
def checked(field):
    """The submitted sheet of unit 2 at the stage of cross-checking, and its appraiser."""
    field.open()
    sheet = field.submitted(2)
    appraiser = field.appraiser(2)
    field.stage("cross_checking")
    return field.fresh(sheet), appraiser


def test_who_holds_any_post_at_the_unit_is_not_given_it(field, world, now):
    field.open()
    person = world.person(Role.APPRAISER, world.unit(2))
    with refused("scoring.appraiser_of_own_unit"):
        actions.assign_appraiser(year=field.year, person=person, unit=world.unit(2), actor=world.secretary(), now=now)
    actions.assign_appraiser(year=field.year, person=person, unit=world.unit(3), actor=world.secretary(), now=now)


def test_a_lent_post_at_the_unit_is_a_post_there(field, world, now):
    field.open()
    person, lender = world.person(Role.APPRAISER, world.unit(3)), world.person(Role.UNIT_OFFICER, world.unit(2))
    post = Post.objects.get(organisation=world.unit(2))
    Delegation.objects.create(
        post=post, lender=lender, borrower=person, starts_on="2021-01-01", ends_on="2021-12-31", reason="đi học"
    )
    with refused("scoring.appraiser_of_own_unit"):
        actions.assign_appraiser(year=field.year, person=person, unit=world.unit(2), actor=world.secretary(), now=now)


def test_a_post_that_came_after_the_assignment_shuts_the_appraiser_out(field, world, checked):
    sheet, _ = checked
    person = world.person(Role.APPRAISER, world.organisation("Ban Tuyen giao"))
    post = Post.objects.create(organisation=world.unit(2), title_vi="Chuyên viên", roles=["delegate"])
    Tenure.objects.create(person=person, post=post, starts_on="2021-01-01")
    with pytest.raises(Forbidden, match=r"scoring\.own_unit"):
        field.judge(sheet, actor_of(person, field.now), "A.1", points="9")


def test_the_secretary_alone_assigns_and_only_appraisers(field, world, now):
    field.open()
    person = world.person(Role.APPRAISER, world.unit(3))
    with pytest.raises(Forbidden):
        actions.assign_appraiser(year=field.year, person=person, unit=world.unit(2), actor=world.leader(1), now=now)
    with refused("scoring.not_an_appraiser"):
        actions.assign_appraiser(
            year=field.year,
            person=world.person(Role.DELEGATE, world.unit(3)),
            unit=world.unit(2),
            actor=world.secretary(),
            now=now,
        )
    field.stage("conference")
    with refused("clusters.wrong_stage"):
        actions.assign_appraiser(year=field.year, person=person, unit=world.unit(2), actor=world.secretary(), now=now)


def test_assigning_twice_is_one_assignment_and_it_can_be_taken_away(field, world, now, checked):
    sheet, appraiser = checked
    field.appraiser(2)
    given = AppraiserAssignment.objects.get()
    actions.unassign_appraiser(assignment=given, actor=world.secretary(), now=now)
    with pytest.raises(Forbidden, match=r"scoring\.not_your_unit"):
        field.judge(sheet, appraiser, "A.1", points="9")


def test_nobody_else_judges(field, world, checked):
    sheet, _ = checked
    for actor in (
        world.secretary(),
        world.superior(),
        world.leader(3),
        world.leader(2),
        world.actor(Role.APPRAISER, world.unit(3)),
    ):
        with pytest.raises(Forbidden):
            field.judge(sheet, actor, "A.1", points="9")


@pytest.mark.parametrize("stage", ["self_scoring", "conference", "closed"])
def test_judging_belongs_to_its_stage(field, checked, stage):
    sheet, appraiser = checked
    field.stage(stage)
    with refused("clusters.wrong_stage"):
        field.judge(sheet, appraiser, "A.1", points="9")


def test_the_same_figures_confirm_and_other_figures_need_a_reason(field, checked):
    sheet, appraiser = checked
    assert field.judge(sheet, appraiser, "A.1", points="9").judgement == "confirmed"
    with refused("scoring.reason_too_short") as refusal:
        field.judge(sheet, appraiser, "B.1", days_late="4", reason="muộn")
    assert refusal.value.facts == {"field": "B.1", "letters": 10}
    changed = field.judge(sheet, appraiser, "B.1", days_late="4", reason="Báo cáo quý III đến ngày 14-10")
    assert changed.judgement == "changed"
    assert self_result(sheet).total == 22
    assert verified_result(field.fresh(sheet)).total == 21


def test_each_change_is_kept_and_journalled_a_confirmation_is_not(field, checked):
    sheet, appraiser = checked
    field.judge(sheet, appraiser, "A.1", points="9")
    field.judge(sheet, appraiser, "A.1", points="7", reason="Chỉ có hồ sơ của 7 lớp")
    field.judge(sheet, appraiser, "A.1", points="8", reason="Đơn vị bổ sung hồ sơ một lớp")
    field.judge(sheet, appraiser, "A.1", points="8", reason="Đơn vị bổ sung hồ sơ một lớp")
    assert list(VerdictChange.objects.values_list("was", "becomes", "reason")) == [
        ({"points": "9"}, {"points": "7"}, "Chỉ có hồ sơ của 7 lớp"),
        ({"points": "7"}, {"points": "8"}, "Đơn vị bổ sung hồ sơ một lớp"),
    ]
    facts = [json.loads(entry.facts) for entry in JournalEntry.objects.filter(event="VerdictChanged")]
    assert [(fact["was"], fact["becomes"]) for fact in facts] == [("9 điểm", "7 điểm"), ("7 điểm", "8 điểm")]


def test_an_appraiser_may_add_what_the_unit_left_out(field, checked):
    sheet, appraiser = checked
    field.judge(sheet, appraiser, "B.3", count="1", reason="Số liệu quý II sai đã phải đính chính")
    assert verified_result(field.fresh(sheet)).total == 21
    with refused("scoring.nothing_to_judge"):
        field.judge(sheet, appraiser, "A.3")


def test_two_appraisers_at_one_cell(field, checked):
    sheet, appraiser = checked
    field.judge(sheet, appraiser, "A.1", points="7", reason="Chỉ có hồ sơ của 7 lớp", revision=0)
    with refused("scoring.changed_meanwhile") as refusal:
        field.judge(sheet, appraiser, "A.1", points="6", reason="Chỉ có hồ sơ của 6 lớp", revision=0)
    assert (refusal.value.facts["value"], refusal.value.facts["revision"]) == ("7 điểm", 1)


def test_the_rest_is_confirmed_at_once_and_only_then_is_the_check_finished(field, checked, now):
    sheet, appraiser = checked
    field.judge(sheet, appraiser, "A.1", points="7", reason="Chỉ có hồ sơ của 7 lớp")
    with refused("scoring.lines_not_judged") as refusal:
        actions.finish_check(sheet=sheet, actor=appraiser, now=now)
    assert refusal.value.facts == {"missing": 3, "codes": "A.2, B.1, B.2"}
    assert actions.confirm_all_remaining(sheet=sheet, actor=appraiser, now=now) == 3
    assert actions.confirm_all_remaining(sheet=sheet, actor=appraiser, now=now) == 0
    actions.finish_check(sheet=sheet, actor=appraiser, now=now)
    with refused("scoring.check_finished"):
        field.judge(sheet, appraiser, "A.1", points="9")
    facts = json.loads(JournalEntry.objects.get(event="CheckFinished").facts)
    assert (facts["total"], facts["changed"]) == ("20", 1)
    actions.reopen_check(sheet=sheet, reason="Đơn vị đã bổ sung hồ sơ", actor=appraiser, now=now)
    field.judge(sheet, appraiser, "A.1", points="9")
    assert verified_result(field.fresh(sheet)).total == 22


def test_the_unit_answers_a_change_and_nothing_else(field, world, checked, now):
    sheet, appraiser = checked
    field.judge(sheet, appraiser, "A.1", points="7", reason="Chỉ có hồ sơ của 7 lớp")
    field.judge(sheet, appraiser, "A.2", actual="40", target="50")
    with pytest.raises(Forbidden):
        actions.answer_verdict(sheet=sheet, code="A.1", answer="Hồ sơ ở tệp 4, trang 12", actor=world.officer(3), now=now)
    with refused("scoring.not_changed"):
        actions.answer_verdict(sheet=sheet, code="A.2", answer="Hồ sơ ở tệp 4, trang 12", actor=world.officer(2), now=now)
    actions.answer_verdict(sheet=sheet, code="A.1", answer="Hồ sơ ở tệp 4, trang 12", actor=world.officer(2), now=now)
    assert Verdict.objects.get(code="A.1").unit_answer == "Hồ sơ ở tệp 4, trang 12"
    assert JournalEntry.objects.filter(event="VerdictAnswered").count() == 1


def test_a_line_scored_anew_after_a_step_back_waits_to_be_confirmed_again(field, world, checked, now):
    sheet, appraiser = checked
    actions.confirm_all_remaining(sheet=sheet, actor=appraiser, now=now)
    field.stage("self_scoring")
    actions.recall_sheet(sheet=sheet, reason="Bổ sung số liệu quý IV", actor=world.leader(2), now=now)
    field.save(sheet, 2, "A.1", points="8")
    assert result_of(field.fresh(sheet)).to_judge == ["A.1"]


def test_the_real_sheet_of_tien_giang_comes_out_as_in_its_minutes(field, world, now):
    """124.4 self-scored, 118.4 verified, and every node of the results file between (rubrics/README)."""
    field.open_real()
    results = real_results()
    sheet = field.sheet(2, {})
    table = result_of(sheet).table
    leaves = [row for row in results if not any(table.by_code[other["code"]].parent == row["code"] for other in results)]
    for row in leaves:
        field.save(sheet, 2, row["code"], points=row["self_score"], reason=row["note_vi"] or "Theo báo cáo 403/BC-PTNMT")
    sheet = field.fresh(sheet)
    result = result_of(sheet)
    assert {row["code"]: float(result.claimed.values[row["code"]]) for row in results} == {
        row["code"]: float(row["self_score"]) for row in results
    }
    assert {"C2", "C4"} <= {warning.item for warning in result.claimed.warnings}
    assert result.completeness.missing == ()
    actions.submit_sheet(sheet=sheet, actor=world.leader(2), now=now)
    appraiser = field.appraiser(2)
    field.stage("cross_checking")
    for row in leaves:
        if row["self_score"] != row["verified_score"]:
            field.judge(sheet, appraiser, row["code"], points=row["verified_score"], reason=row["note_vi"])
    actions.confirm_all_remaining(sheet=sheet, actor=appraiser, now=now)
    actions.finish_check(sheet=sheet, actor=appraiser, now=now)
    verified = verified_result(field.fresh(sheet))
    assert {row["code"]: float(verified.values[row["code"]]) for row in results} == {
        row["code"]: float(row["verified_score"]) for row in results
    }
    assert [change.code for change in result_of(field.fresh(sheet)).changed] == ["a7", "d2"]
