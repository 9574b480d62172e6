"""Marks of several checkers, what was 11 becomes 7, agreed values, and the verdicts that settling makes of them."""

import json
from dataclasses import replace
from decimal import Decimal

import pytest

from thidua.audit.models import JournalEntry
from thidua.crosschecks.actions import marks, remarks, settling
from thidua.crosschecks.models import Agreement, CheckRound, Mark, MarkChange
from thidua.crosschecks.queries.settling import settlement_of
from thidua.kernel.errors import Forbidden, Refused
from thidua.scoring.models import CellRemark, Conflict, Verdict
from thidua.scoring.queries.results import verified_result

WHY = "Chỉ có 3 lớp được tổ chức"


def refused(code):
    return pytest.raises(Refused, match=f"^{code}")


@pytest.fixture
def mark(world, rounds, line, now):
    """mark(check, 2, by=1, "A.1", points="7", reason=…): the officer of one unit marks a line of another."""

    def go(check, number, by, code, reason="", revision=None, **figures):
        task = rounds.task(check, number, by)
        values = {"line": line(code, figures), "reason": reason, "revision": revision}
        return marks.give_mark(task=task, **values, actor=world.officer(by), now=now)

    return go


@pytest.fixture
def finish(world, rounds, now):
    """finish(check, 2, by=1): the rest agreed with, and the task ended."""

    def go(check, number, by):
        task = rounds.task(check, number, by)
        marks.confirm_rest_of_task(task=task, actor=world.leader(by), now=now)
        marks.finish_task(task=task, actor=world.leader(by), now=now)

    return go


def test_the_units_own_figures_agree_and_others_need_a_reason(rounds, mark):
    check = rounds.open({2: (1, 3)})
    assert mark(check, 2, 1, "A.1", points="9").judgement == "confirmed"
    with refused("scoring.reason_too_short"):
        mark(check, 2, 3, "A.1", points="7", reason="ít quá")
    given = mark(check, 2, 3, "A.1", points="7", reason=WHY)
    assert (given.judgement, given.value) == ("changed", Decimal(7))
    assert mark(check, 2, 1, "A.2", actual="25", target="50", reason=WHY).value == Decimal("2.5")


def test_what_was_11_becomes_7_and_every_step_is_kept(rounds, mark):
    check = rounds.open({2: (1,)})
    mark(check, 2, 1, "A.1", points="7", reason=WHY)
    mark(check, 2, 1, "A.1", points="8", reason="Đã xem thêm minh chứng", revision=1)
    assert [(c.was, c.becomes) for c in MarkChange.objects.all()] == [
        ({"points": "9"}, {"points": "7"}),
        ({"points": "7"}, {"points": "8"}),
    ]
    told = JournalEntry.objects.filter(event="MarkChanged").order_by("position").last()
    assert json.loads(told.facts)["becomes"] == "8 điểm"


def test_two_at_once_are_told_and_the_same_twice_is_once(rounds, mark):
    check = rounds.open({2: (1,)})
    mark(check, 2, 1, "A.1", points="7", reason=WHY, revision=0)
    assert mark(check, 2, 1, "A.1", points="7", reason=WHY, revision=0).revision == 1
    with refused("scoring.changed_meanwhile"):
        mark(check, 2, 1, "A.1", points="6", reason=WHY, revision=0)
    assert Mark.objects.get().value == 7


@pytest.mark.parametrize(
    ("code", "figures", "refusal"),
    [
        ("A.1", {"points": "11"}, None),
        ("A.1", {"points": "7.1234567"}, "scoring.figure_too_long"),
        ("A.1", {}, "crosschecks.nothing_marked"),
        ("A.2", {"actual": "1"}, "crosschecks.figures_not_enough"),
        ("A.2", {"actual": "1", "target": "0"}, "scoring.target_not_positive"),
        ("B.2", {"grade": "B.2.9"}, "scoring.unknown_band"),
        ("X.1", {"points": "1"}, "crosschecks.not_in_task"),
    ],
)
def test_figures_that_the_table_cannot_take(rounds, mark, code, figures, refusal):
    check = rounds.open({2: (1,)})
    if refusal is None:
        assert mark(check, 2, 1, code, reason=WHY, **figures).value == 11
        return
    with refused(refusal):
        mark(check, 2, 1, code, reason=WHY, **figures)
    assert not Mark.objects.exists()


def test_only_the_checker_marks_never_ones_own_unit_nor_with_a_conflict(rounds, world, line, now):
    check = rounds.open({2: (1,), 3: (2,)})
    task = rounds.task(check, 2, 1)
    give = {"task": task, "line": line("A.1", {"points": "9"}), "now": now}
    for actor in (world.officer(3), world.superior(), world.secretary(), world.officer(2)):
        with pytest.raises(Forbidden):
            marks.give_mark(**give, actor=actor)
    values = {"kind": "interest", "state": "standing", "declared_at": now}
    Conflict.objects.create(year=check.year, checker=world.unit(1), unit=world.unit(2), **values)
    with pytest.raises(Forbidden):
        marks.give_mark(**give, actor=world.officer(1))


def test_marks_are_given_in_an_open_round_in_its_stage_only(rounds, field, mark, finish):
    check = rounds.open({2: (1, 3)})
    finish(check, 2, 3)
    with refused("crosschecks.task_finished"):
        mark(check, 2, 3, "A.1", points="7", reason=WHY)
    for state in ("draft", "closed", "settled"):
        rounds.put(check, state=state)
        with refused("crosschecks.wrong_state"):
            mark(check, 2, 1, "A.1", points="9")
    rounds.put(check, state="open")
    field.stage("closed")
    with refused("clusters."):
        mark(check, 2, 1, "A.1", points="9")


def test_rows_of_others_are_not_in_the_task(rounds, mark, finish):
    check = rounds.open({2: (1,)})
    task = rounds.task(check, 2, 1)
    task.codes = ["B"]
    task.save()
    with refused("crosschecks.not_in_task"):
        mark(check, 2, 1, "A.1", points="9")
    finish(check, 2, 1)
    assert set(Mark.objects.values_list("code", flat=True)) == {"B.1", "B.2"}


def test_a_task_ends_when_every_line_has_a_mark_and_may_go_on(rounds, mark, world, now):
    check = rounds.open({2: (1,)})
    task, actor = rounds.task(check, 2, 1), world.leader(1)
    mark(check, 2, 1, "A.1", points="7", reason=WHY)
    with refused("crosschecks.lines_not_marked"):
        marks.finish_task(task=task, actor=actor, now=now)
    assert marks.confirm_rest_of_task(task=task, actor=actor, now=now) == 3
    marks.finish_task(task=task, actor=actor, now=now)
    told = json.loads(JournalEntry.objects.get(event="TaskFinished").facts)
    assert (told["marks"], told["changed"]) == (4, 1)
    marks.resume_task(task=task, actor=actor, now=now)
    with refused("crosschecks.task_open"):
        marks.resume_task(task=task, actor=actor, now=now)


def by_code(check, unit=0):
    return {line.code: line for line in settlement_of(check).units[unit].lines}


def test_missing_checkers_are_left_out_and_said(rounds, mark):
    check = rounds.open({2: (1, 3, 4)}, units=4, aggregation="mean")
    mark(check, 2, 1, "A.1", points="8", reason=WHY)
    mark(check, 2, 3, "A.1", points="7", reason=WHY)
    lines = by_code(check)
    assert lines["A.1"].value == Decimal("7.5")
    assert (lines["A.1"].summary.given, lines["A.1"].summary.asked) == (2, 3)
    assert "2/3" in lines["A.1"].reason
    assert lines["B.1"].found is None
    assert not lines["B.1"].waits


def test_settling_makes_verdicts_once(rounds, mark, finish, world, field, now):
    check = rounds.open({2: (1, 3), 3: (1,)}, aggregation="median")
    mark(check, 2, 1, "A.1", points="7", reason=WHY)
    mark(check, 2, 1, "A.2", actual="30", target="50", reason=WHY)
    mark(check, 2, 3, "A.2", actual="30", target="50", reason=WHY)
    for number, by in ((2, 1), (2, 3), (3, 1)):
        finish(check, number, by)
    with refused("crosschecks.wrong_state"):
        settling.settle_round(check=check, actor=world.secretary(), now=now)
    check = rounds.put(check, state="closed")
    settling.settle_round(check=check, stamp=settlement_of(check).stamp, actor=world.secretary(), now=now)
    verdicts = {v.code: v for v in Verdict.objects.filter(sheet=rounds.sheets[2])}
    assert verdicts["A.1"].figures()["points"] == 8  # the median of 7 and 9
    assert (verdicts["A.2"].points, verdicts["A.2"].actual) == (None, 30)
    assert verdicts["B.1"].judgement == "confirmed"
    assert verified_result(field.fresh(rounds.sheets[2])).total == 20
    assert field.fresh(rounds.sheets[2]).checked_at is not None
    assert field.fresh(rounds.sheets[1]).checked_at is None
    assert CheckRound.objects.get().state == "settled"
    with refused("crosschecks.wrong_state"):
        settling.settle_round(check=check, actor=world.secretary(), now=now)


def test_what_changed_since_the_preview_is_looked_at_again(rounds, finish, world, now):
    check = rounds.open({2: (1,)})
    finish(check, 2, 1)
    check = rounds.put(check, state="closed")
    stamp = settlement_of(check).stamp
    Mark.objects.filter(code="A.1").update(points=5, value=5, judgement="changed", reason=WHY)
    with refused("crosschecks.settled_meanwhile"):
        settling.settle_round(check=check, stamp=stamp, actor=world.secretary(), now=now)


@pytest.fixture
def agree(world, line, now):
    """agree(check, 2, "A.1", points="8") as the officer of the superior body."""

    def go(check, number, code, reason="Hai bên đã họp và thống nhất", revision=None, actor=None, **figures):
        values = {"line": line(code, figures), "reason": reason, "revision": revision}
        return settling.agree_value(check=check, unit=world.unit(number), **values, actor=actor or world.superior(), now=now)

    return go


def test_under_agreement_different_marks_wait_for_a_value(rounds, mark, finish, agree, world, now):
    check = rounds.open({2: (1, 3)}, aggregation="agreed")
    mark(check, 2, 1, "A.1", points="7", reason=WHY)
    finish(check, 2, 1)
    finish(check, 2, 3)
    check = rounds.put(check, state="closed")
    with refused("crosschecks.lines_not_agreed"):
        settling.settle_round(check=check, actor=world.superior(), now=now)
    with refused("scoring.reason_too_short"):
        agree(check, 2, "A.1", points="8", reason="họp")
    agree(check, 2, "A.1", points="8")
    with refused("scoring.changed_meanwhile"):
        agree(check, 2, "A.1", points="6", revision=0)
    settling.settle_round(check=check, actor=world.superior(), now=now)
    assert Verdict.objects.get(code="A.1").points == 8


def test_nobody_agrees_on_a_value_for_the_own_unit(rounds, agree, world, now):
    check = rounds.open({1: (2,), 2: (1,)}, state="closed")
    with pytest.raises(Forbidden, match="agree_own_unit"):
        agree(check, 1, "A.1", points="10", actor=world.secretary())
    with pytest.raises(Forbidden):
        agree(check, 2, "A.1", points="10", actor=world.leader(3))
    agree(check, 2, "A.1", points="10", actor=world.secretary())
    kwargs = {"check": check, "unit": world.unit(2), "code": "A.1", "now": now}
    settling.withdraw_agreement(**kwargs, reason="Ghi nhầm tiêu chí", actor=world.secretary())
    assert not Agreement.objects.exists()
    with refused("crosschecks.nothing_agreed"):
        settling.withdraw_agreement(**kwargs, reason="Ghi nhầm tiêu chí", actor=world.secretary())


def test_one_checker_alone_takes_no_unit_out_of_the_ranking(rounds, mark):
    check = rounds.open({2: (1, 3)})
    mark(check, 2, 1, "G")
    assert not by_code(check)["G"].waits
    mark(check, 2, 1, "G", passed=False, reason=WHY)
    assert by_code(check)["G"].waits
    mark(check, 2, 3, "G", passed=False, reason=WHY)
    assert by_code(check)["G"].found.passed is False


def test_a_check_that_ended_otherwise_stops_the_settling(rounds, field, finish, world, now):
    check = rounds.open({2: (1,)})
    finish(check, 2, 1)
    field.finish(rounds.sheets[2], 2)
    check = rounds.put(check, state="closed")
    with refused("crosschecks.checked_outside"):
        settling.settle_round(check=check, actor=world.secretary(), now=now)


def test_both_sides_talk_about_a_line_and_others_do_not(rounds, world, now):
    check = rounds.open({2: (1,)}, units=4)
    say = {"year": check.year, "unit": world.unit(2), "code": "A.1", "now": now}
    remarks.say_remark(**say, text="Vì sao 7 điểm?", actor=world.officer(2))
    remarks.say_remark(**say, text="Thiếu quyết định mở lớp.", actor=world.officer(1))
    assert list(CellRemark.objects.values_list("from_unit", flat=True)) == [True, False]
    with pytest.raises(Forbidden, match="no_thread"):
        remarks.say_remark(**say, text="Tôi cũng có ý kiến", actor=world.officer(3))
    with refused("crosschecks.remark_empty"):
        remarks.say_remark(**say, text="  ", actor=world.officer(2))


def test_verdicts_name_the_round_they_come_from(world, rounds, mark, now):
    check = rounds.open({2: (1,)})
    mark(check, 2, 1, "A.1", points="7", reason=WHY)
    marks.confirm_rest_of_task(task=rounds.task(check, 2, 1), actor=world.officer(1), now=now)
    superior = world.superior()
    settling.settle_round(check=rounds.put(check, state="closed"), actor=superior, now=now)
    told = f"Vòng thẩm định 1 (người chốt: {superior.name})"
    verdict = Verdict.objects.get(code="A.1")
    assert (verdict.given_by_name, verdict.changes.get().changed_by_name) == (told, told)
    verdict.sheet.refresh_from_db()
    assert verdict.sheet.checked_by_name == told


def test_a_name_too_long_is_cut_beside_a_verdict(world, rounds):
    check = rounds.open({2: (1,)})
    assert len(settling._told_by(check, replace(world.superior(), name="N" * 300))) == 300
