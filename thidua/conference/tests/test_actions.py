"""Planning, holding and recording a conference."""

from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest

from thidua.audit.models import JournalEntry
from thidua.awards import actions as awards
from thidua.awards.models import Nomination, Title
from thidua.ballots import actions as ballots
from thidua.ballots.models import RollEntry
from thidua.conference import actions, queries
from thidua.conference.models import AgendaItem, Conference, Delegate, MinutesRemark
from thidua.conference.rules import AgendaLine, Movements
from thidua.conference.tests.conftest import PLAN, TWO_THIRDS
from thidua.kernel.actor import Role
from thidua.kernel.errors import Forbidden, Refused
from thidua.people.models import Organisation


def test_from_plan_to_end_with_a_poll(stand):
    held = stand.conference(present=3, started=True)
    nomination = awards.nominate(year=stand.year, unit=stand.world.unit(1), title=Title.FLAG, **stand.by)
    poll = actions.propose_poll(
        conference=held, title="Suy tôn", nominations=[nomination], units=[stand.world.unit(2)], threshold=TWO_THIRDS, **stand.by
    )
    first, second = (stand.world.unit(number).pk for number in (1, 2))
    assert list(poll.items.values_list("nominee_id", "label")) == [(first, "Cờ thi đua"), (second, "")]
    actions.open_poll(conference=held, poll=poll, **stand.by)
    poll.refresh_from_db()
    assert (poll.members, poll.present) == (4, 3)
    assert set(RollEntry.objects.values_list("person_id", flat=True)) == {person.pk for person in stand.persons[:3]}
    for number in (1, 2, 3):
        ballots.cast(poll=poll, choices=["yes", "no"], actor=stand.delegate(number), rng=Random(number))
    with pytest.raises(Refused, match="poll_open"):
        actions.end_conference(conference=held, **stand.by)
    gaps = [gap.code for gap in queries.missing_for_decisions(stand.year)]
    assert gaps == ["conference.not_ended", "conference.poll_still_open"]
    ballots.close_poll(poll=poll, **stand.by)
    assert Nomination.objects.get().basis["poll"]["carried"] is True
    actions.end_conference(conference=held, **stand.by)
    assert queries.missing_for_decisions(stand.year) == []


def test_the_plan_is_changed_in_place(stand):
    first = stand.conference()
    again = actions.plan_conference(year=stand.year, plan=replace(PLAN, place="Nơi khác"), **stand.by)
    assert (again.pk, Conference.objects.get().place) == (first.pk, "Nơi khác")
    with pytest.raises(Refused, match="quorum_impossible"):
        actions.plan_conference(year=stand.year, plan=replace(PLAN, quorum_numerator=4), **stand.by)


def test_the_agenda_keeps_its_points_their_order_and_their_notes(stand):
    held = stand.conference()
    first, second = AgendaItem.objects.all()
    lines = [
        AgendaLine(second.pk, "Bình xét", 20, "Đã thống nhất"),
        AgendaLine(None, "Ký giao ước", None, ""),
        AgendaLine(first.pk, "", None, ""),
    ]
    actions.set_agenda(conference=held, lines=lines, **stand.by)
    kept = list(AgendaItem.objects.values_list("pk", "title", "notes"))
    assert kept[0] == (second.pk, "Bình xét", "Đã thống nhất")
    assert [row[1] for row in kept] == ["Bình xét", "Ký giao ước"]


def test_another_conferences_point_is_not_taken_over(stand):
    held = stand.conference()
    theirs = stand.world.year(year=2022, stage="conference", units=4)
    other = actions.plan_conference(year=theirs, plan=PLAN, **stand.by)
    item = AgendaItem.objects.filter(conference=held).first()
    actions.set_agenda(conference=other, lines=[AgendaLine(item.pk, "Của tôi", None, "")], **stand.by)
    item.refresh_from_db()
    assert item.conference == held
    assert item.title == "Báo cáo tổng kết"


def test_calling_delegates_twice_adds_nobody_twice(stand):
    held = stand.conference()
    assert Delegate.objects.filter(conference=held, may_vote=True).count() == 4
    assert actions.call_delegates(conference=held, **stand.by) == 0
    newcomer = stand.world.person(Role.DELEGATE, stand.world.unit(2), username="second")
    assert actions.call_delegates(conference=held, **stand.by) == 1
    assert Delegate.objects.get(person=newcomer).unit == stand.world.unit(2)


def test_guests_come_from_the_cluster_and_above_and_do_not_vote(stand):
    held = stand.conference(called=False)
    above = stand.year.cluster.superior_body
    guest = actions.add_delegate(conference=held, unit=above, name="Lãnh đạo Ban", **stand.by)
    assert (guest.may_vote, guest.person) == (False, None)
    stranger = Organisation.objects.create(slug="khac", name_vi="Đơn vị khác")
    no_delegate = stand.world.person(Role.UNIT_OFFICER, stand.world.unit(1))
    for values, code in [
        ({"unit": stranger, "name": "Ai"}, "stranger"),
        ({"unit": above, "name": " "}, "unnamed"),
        ({"unit": above, "name": "Ai", "may_vote": True}, "vote_needs_account"),
        ({"unit": above, "name": "Ai", "may_vote": True, "person": no_delegate}, "vote_needs_account"),
    ]:
        with pytest.raises(Refused, match=code):
            actions.add_delegate(conference=held, **values, **stand.by)
    one = stand.persons[0]
    actions.add_delegate(conference=held, unit=stand.world.unit(1), name="Đại biểu", person=one, may_vote=True, **stand.by)
    with pytest.raises(Refused, match="called_already"):
        actions.add_delegate(conference=held, unit=stand.world.unit(1), name="Đại biểu", person=one, **stand.by)


def test_votes_and_places_stay_while_a_poll_is_open(stand):
    held = stand.conference(present=4, started=True)
    delegate = Delegate.objects.first()
    actions.set_vote(delegate=delegate, may_vote=False, **stand.by)
    actions.set_vote(delegate=delegate, may_vote=True, **stand.by)
    poll = actions.propose_poll(
        conference=held, title="T", nominations=[], units=[stand.world.unit(1)], threshold=TWO_THIRDS, **stand.by
    )
    actions.open_poll(conference=held, poll=poll, **stand.by)
    with pytest.raises(Refused, match="poll_running"):
        actions.set_vote(delegate=delegate, may_vote=False, **stand.by)
    with pytest.raises(Refused, match="poll_running"):
        actions.remove_delegate(delegate=delegate, **stand.by)


def test_no_poll_without_session_or_quorum(stand):
    held = stand.conference(present=2)
    values = {"title": "T", "nominations": [], "units": [stand.world.unit(1)], "threshold": TWO_THIRDS}
    poll = actions.propose_poll(conference=held, **values, **stand.by)
    with pytest.raises(Refused, match="not_in_session"):
        actions.open_poll(conference=held, poll=poll, **stand.by)
    actions.start_conference(conference=held, **stand.by)
    with pytest.raises(Refused, match="no_quorum") as refused:
        actions.open_poll(conference=held, poll=poll, **stand.by)
    assert refused.value.facts == {"present": 2, "needed": 3}


def test_attendance_back_and_forth(stand):
    held = stand.conference(present=3)
    (first, *_rest) = Delegate.objects.order_by("seat").values_list("pk", flat=True)
    left = Movements(frozenset(), frozenset({first}))
    assert actions.mark_attendance(conference=held, movements=left, **stand.by) == 2
    assert actions.mark_attendance(conference=held, movements=left, **stand.by) == 2


def test_after_the_end(stand):
    held = stand.conference(present=3, started=True)
    actions.end_conference(conference=held, **stand.by)
    delegate = Delegate.objects.first()
    for attempt in (
        lambda: actions.plan_conference(year=stand.year, plan=PLAN, **stand.by),
        lambda: actions.call_delegates(conference=held, **stand.by),
        lambda: actions.remove_delegate(delegate=delegate, **stand.by),
        lambda: actions.set_vote(delegate=delegate, may_vote=False, **stand.by),
        lambda: actions.mark_attendance(conference=held, movements=Movements(frozenset(), frozenset({delegate.pk})), **stand.by),
        lambda: actions.propose_poll(conference=held, title="T", nominations=[], threshold=TWO_THIRDS, **stand.by),
    ):
        with pytest.raises(Refused, match=r"conference\.ended"):
            attempt()
    with pytest.raises(Refused, match="not_in_session"):
        actions.end_conference(conference=held, **stand.by)
    actions.set_agenda(conference=held, lines=[AgendaLine(None, "Mục", None, "Ghi sau hội nghị")], **stand.by)


def test_start_once_and_at_the_stage(stand):
    held = stand.conference()
    actions.start_conference(conference=held, **stand.by)
    with pytest.raises(Refused, match="already_started"):
        actions.start_conference(conference=held, **stand.by)
    other = stand.world.year(year=2022, stage="running", units=4)
    early = actions.plan_conference(year=other, plan=PLAN, **stand.by)
    with pytest.raises(Refused, match="wrong_stage"):
        actions.start_conference(conference=early, **stand.by)


def test_remarks_are_written_changed_and_taken_away(stand):
    held = stand.conference()
    for text, kept in (("Một", ["Một"]), ("Hai", ["Hai"]), ("Hai", ["Hai"]), ("  ", [])):
        actions.write_remark(conference=held, section="agenda", text=text, **stand.by)
        assert list(MinutesRemark.objects.values_list("text", flat=True)) == kept


def test_a_closed_year_stays_as_it_is(stand):
    held = stand.conference()
    stand.year.stage = "closed"
    stand.year.save()
    for attempt in (
        lambda: actions.plan_conference(year=stand.year, plan=PLAN, **stand.by),
        lambda: actions.set_agenda(conference=held, lines=[], **stand.by),
        lambda: actions.call_delegates(conference=held, **stand.by),
        lambda: actions.write_remark(conference=held, section="agenda", text="x", **stand.by),
    ):
        with pytest.raises(Refused, match="year_closed"):
            attempt()


@pytest.mark.parametrize("role", [Role.UNIT_LEADER, Role.DELEGATE, Role.AUDITOR, Role.APPRAISER, Role.OPERATOR])
def test_who_may_run_a_conference(stand, role):
    with pytest.raises(Forbidden):
        actions.plan_conference(year=stand.year, plan=PLAN, actor=stand.world.actor(role, stand.world.unit(1)), now=stand.now)
    actions.plan_conference(year=stand.year, plan=PLAN, actor=stand.world.superior(), now=stand.now)


def test_what_is_missing_before_the_conference(stand):
    def codes():
        return [gap.code for gap in queries.missing_for_conference(stand.year)]

    assert codes() == ["conference.not_planned"]
    held = actions.plan_conference(year=stand.year, plan=PLAN, **stand.by)
    assert codes() == ["conference.no_agenda", "conference.too_few_units"]
    actions.set_agenda(conference=held, lines=[AgendaLine(None, "Mục", None, "")], **stand.by)
    actions.add_delegate(conference=held, unit=stand.year.cluster.superior_body, name="Khách", **stand.by)
    actions.add_delegate(conference=held, unit=stand.world.unit(1), name="Lãnh đạo 1", **stand.by)
    assert codes() == ["conference.too_few_units"]
    actions.add_delegate(conference=held, unit=stand.world.unit(2), name="Lãnh đạo 2", **stand.by)
    assert codes() == []


def test_the_board_shows_delegates(stand):
    held = stand.conference()
    (column,) = queries.columns(stand.secretary, stand.year)
    assert {cell.state for cell in column.cells.values()} == {"wait"}
    stand.attend(held, 3)
    (column,) = queries.columns(stand.secretary, stand.year)
    assert sorted(cell.state for cell in column.cells.values()) == ["ok", "ok", "ok", "wait"]


def test_work_of_the_secretary(stand):
    def titles():
        return [str(work.title) for work in queries.work(stand.secretary, stand.now)]

    assert titles() == ["Lên kế hoạch hội nghị"]
    held = stand.conference(present=3)
    assert titles() == []
    stand.now = PLAN.starts_at
    assert titles() == ["Khai mạc hội nghị"]
    actions.start_conference(conference=held, **stand.by)
    assert titles() == ["Suy tôn đơn vị tại hội nghị"]
    nomination = awards.nominate(year=stand.year, unit=stand.world.unit(1), title=Title.FLAG, **stand.by)
    assert titles() == ["Lập cuộc bỏ phiếu suy tôn"]
    poll = actions.propose_poll(
        conference=held, title="T", nominations=[nomination], units=[], threshold=TWO_THIRDS, **stand.by
    )
    assert titles() == ["Mở bỏ phiếu tại hội nghị"]
    actions.open_poll(conference=held, poll=poll, **stand.by)
    assert titles() == ["Đóng bỏ phiếu, kiểm phiếu"]
    ballots.close_poll(poll=poll, **stand.by)
    assert titles() == ["Kết thúc hội nghị"]
    actions.end_conference(conference=held, **stand.by)
    assert titles() == []
    assert queries.work(stand.delegate(1), stand.now) == []


def test_a_moved_conference_is_in_the_journal(stand):
    stand.conference()
    later = replace(PLAN, starts_at=PLAN.starts_at + timedelta(days=1))
    actions.plan_conference(year=stand.year, plan=later, **stand.by)
    rows = JournalEntry.objects.filter(event="ConferencePlanned", year_id=stand.year.pk)
    assert "2021-11-27" in rows.last().facts
