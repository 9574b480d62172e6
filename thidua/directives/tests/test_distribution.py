import json
from datetime import date, timedelta

import pytest

from thidua.audit.models import JournalEntry
from thidua.clusters.models import ClusterYear, Membership
from thidua.directives import queries
from thidua.directives.actions import distribution as actions
from thidua.directives.models import Distribution
from thidua.directives.queries import distribution as reads
from thidua.directives.tests.making import document, record, send
from thidua.kernel.actor import Actor, Role
from thidua.kernel.errors import Absent, Forbidden, Refused
from thidua.web.sentences import event_sentence

TODAY = date(2021, 11, 1)


def events():
    return list(JournalEntry.objects.order_by("position").values_list("event", flat=True))


def told(event):
    entry = JournalEntry.objects.filter(event=event).latest("position")
    return event_sentence(event, json.loads(entry.facts))


def refused(action, **given):
    with pytest.raises(Refused) as caught:
        action(**given)
    return caught.value.code


def change(row, world, now, **more):
    given = {"due_action": "study", "due_on": date(2021, 12, 15), "for_all": False, "seen": reads.seen_of(row)} | more
    return {"distribution": row, "actor": world.secretary(), "now": now} | given


def test_a_document_goes_to_the_units_and_the_journal_tells(world, now):
    year = world.year()
    made = send(world, year, document(year), 1, 2, now=now, note="  Đọc  kỹ ")
    assert [(row.unit.name_vi, row.note, row.received_at) for row in made] == [
        ("Don vi 1", "Đọc kỹ", None),
        ("Don vi 2", "Đọc kỹ", None),
    ]
    assert told("DirectiveSent") == (
        "Gửi văn bản Chỉ thị 05-CT/TW tới Don vi 1, Don vi 2. Yêu cầu: Học tập, quán triệt, 30-11-2021"
    )


def test_what_cannot_be_sent(world, now):
    year = world.year()
    directive = document(year, issued_on=date(2021, 10, 30))
    given = {
        "year": year, "directive": directive, "unit_ids": [world.unit(1).pk], "due_action": "study", "due_on": None, "note": "",
        "actor": world.secretary(), "now": now,
    }  # fmt: skip
    outside = world.organisation("Ngoai cum").pk
    assert refused(actions.send_directive, **given | {"unit_ids": []}) == "directives.no_unit"
    assert refused(actions.send_directive, **given | {"unit_ids": [outside]}) == "directives.unit_left"
    assert refused(actions.send_directive, **given | {"due_on": date(2021, 10, 29)}) == "directives.due_before_document"
    assert refused(actions.send_directive, **given | {"due_on": date(2021, 10, 31)}) == "directives.due_in_past"
    assert len(actions.send_directive(**given)) == 1
    assert (
        refused(actions.send_directive, **given | {"unit_ids": [world.unit(1).pk, world.unit(2).pk]}) == "directives.already_sent"
    )
    ClusterYear.objects.update(stage="closed")
    assert refused(actions.send_directive, **given | {"unit_ids": [world.unit(2).pk]}) == "clusters.year_closed"
    assert Distribution.objects.count() == 1


def test_a_document_of_another_cluster_is_not_there(world, now):
    year = world.year()
    directive = document(year)
    other = type(year.cluster).objects.create(slug="khac", name_vi="Cụm khác", superior_body=year.cluster.superior_body)
    type(directive).objects.filter(pk=directive.pk).update(cluster=other)
    with pytest.raises(Absent):
        send(world, year, directive, 1, now=now)


@pytest.mark.parametrize("role", [Role.UNIT_LEADER, Role.UNIT_OFFICER, Role.DELEGATE])
def test_units_do_not_send_change_or_withdraw(world, now, role):
    year = world.year()
    directive = document(year)
    [row] = send(world, year, directive, 2, now=now)
    actor = world.actor(role, world.unit(1))
    with pytest.raises(Forbidden):
        actions.send_directive(
            year=year,
            directive=directive,
            unit_ids=[world.unit(3).pk],
            due_action="note",
            due_on=None,
            note="",
            actor=actor,
            now=now,
        )
    with pytest.raises(Forbidden):
        actions.change_distribution(**change(row, world, now) | {"actor": actor})
    with pytest.raises(Forbidden):
        actions.withdraw_distribution(distribution=row, actor=actor, now=now)


def test_what_is_asked_can_be_changed_for_one_or_all(world, now):
    year = world.year()
    one, two, three = send(world, year, document(year), 1, 2, 3, now=now)
    actions.change_distribution(**change(one, world, now))
    assert told("DistributionChanged") == (
        "Đổi yêu cầu về văn bản Chỉ thị 05-CT/TW với Don vi 1. Trước: Học tập, quán triệt, 30-11-2021. "
        "Nay: Học tập, quán triệt, 15-12-2021"
    )
    actions.change_distribution(**change(two, world, now, for_all=True, due_action="report", due_on=None))
    assert set(Distribution.objects.values_list("due_action", "due_on")) == {("report", None)}
    assert "Don vi 1, Don vi 2, Don vi 3" in told("DistributionChanged")
    three.refresh_from_db()
    same = change(three, world, now, due_action="report", due_on=None, for_all=True)
    assert refused(actions.change_distribution, **same) == "directives.nothing_changed"


def test_a_change_keeps_to_days_and_to_what_was_seen(world, now):
    year = world.year()
    [row] = send(world, year, document(year), 1, now=now)
    assert (
        refused(actions.change_distribution, **change(row, world, now, due_on=TODAY - timedelta(days=1)))
        == "directives.due_in_past"
    )
    assert refused(actions.change_distribution, **change(row, world, now, seen="note")) == "directives.sent_changed_meanwhile"
    later = now + timedelta(days=60)
    actions.change_distribution(**change(row, world, later, due_action="report", due_on=row.due_on))
    row.refresh_from_db()
    assert (row.due_action, row.due_on) == ("report", date(2021, 11, 30))


def test_a_unit_confirms_once_and_a_second_time_says_so(world, now):
    year = world.year()
    [row] = send(world, year, document(year), 2, now=now)
    with pytest.raises(Forbidden):
        actions.confirm_receipt(distribution=row, actor=world.officer(3), now=now)
    actions.confirm_receipt(distribution=row, actor=world.officer(2), now=now)
    with pytest.raises(Refused) as caught:
        actions.confirm_receipt(distribution=row, actor=world.leader(2), now=now + timedelta(days=1))
    assert caught.value.code == "directives.already_received"
    assert caught.value.facts["by"] == "unit_officer-don-vi-2"
    row.refresh_from_db()
    assert (row.received_at, row.received_by_name) == (now, "unit_officer-don-vi-2")
    assert events().count("ReceiptConfirmed") == 1


def test_what_was_received_is_not_withdrawn(world, now):
    year = world.year()
    kept, taken = send(world, year, document(year), 1, 2, now=now)
    actions.confirm_receipt(distribution=kept, actor=world.officer(1), now=now)
    given = {"actor": world.secretary(), "now": now}
    assert refused(actions.withdraw_distribution, distribution=kept, **given) == "directives.received_already"
    actions.withdraw_distribution(distribution=taken, **given)
    assert list(Distribution.objects.values_list("unit__name_vi", flat=True)) == ["Don vi 1"]
    with pytest.raises(Absent):
        actions.withdraw_distribution(distribution=Distribution(pk=taken.pk), **given)


def test_a_unit_that_has_left_confirms_nothing_but_stays_on_the_page(world, now):
    year = world.year()
    directive = document(year)
    [row] = send(world, year, directive, 3, now=now)
    Membership.objects.filter(organisation=world.unit(3)).delete()
    year = ClusterYear.objects.get()
    assert refused(actions.confirm_receipt, distribution=row, actor=world.officer(3), now=now) == "directives.unit_left"
    shown = reads.distribution_of(year, directive, world.officer(3))
    assert [row.unit.name_vi for row in shown.rows] == ["Don vi 1", "Don vi 2", "Don vi 3"]
    assert shown.mine == []


def test_the_blocks_of_a_document_know_who_may_what(world, now, django_assert_num_queries):
    year = world.year()
    directive = document(year)
    [row, _other] = send(world, year, directive, 2, 3, now=now)
    assert queries.distribution_of(year, directive).may_send is False
    shown = queries.distribution_of(year, directive, world.secretary())
    assert (shown.sent, shown.received, shown.may_send) == (2, 0, True)
    assert [state.unit.name_vi for state in shown.unsent] == ["Don vi 1"]
    assert queries.distribution_of(year, directive, world.leader(2)).mine == [row]
    assert [unit.name_vi for unit in queries.study_of(year, directive, world.leader(2)).own] == ["Don vi 2"]
    assert queries.study_of(year, directive).own == []
    year.stage = "closed"
    assert queries.distribution_of(year, directive, world.leader(2)).mine == []
    assert queries.study_of(year, directive, world.leader(2)).own == []
    with django_assert_num_queries(1):
        queries.distribution_of(year, directive, None)
    with django_assert_num_queries(2):
        queries.study_of(year, directive)


def test_who_is_late(world, now):
    year = world.year(units=4)
    directive = document(year)
    send(world, year, directive, 1, 2, 3, now=now)
    for row in Distribution.objects.filter(unit__in=[world.unit(2), world.unit(3)]):
        actions.confirm_receipt(distribution=row, actor=world.actor(Role.UNIT_OFFICER, row.unit), now=now)
    record(world, year, 3, directive, now=now)
    shown = reads.state_of(year, directive, world.secretary(), date(2021, 12, 1))
    assert [row.is_late for row in shown.rows] == [True, True, False, False]
    shown = reads.state_of(year, directive, world.secretary(), date(2021, 11, 30))
    assert not any(row.is_late for row in shown.rows)


def test_the_inbox_has_what_waits_first_then_by_due_date(world, now):
    year = world.year()
    days = {"01-CT/TW": date(2021, 12, 1), "02-CT/TW": date(2021, 11, 20), "03-CT/TW": None, "04-CT/TW": date(2021, 11, 10)}
    for number, due_on in days.items():
        send(world, year, document(year, number), 2, now=now, due_on=due_on)
    actions.confirm_receipt(
        distribution=Distribution.objects.get(directive__number_text="04-CT/TW"), actor=world.officer(2), now=now
    )
    unit = [world.unit(2).pk]

    def numbers(**wanted):
        return [row.directive.number_text for row in reads.inbox_of(year, unit, reads.InboxFilter(**wanted))]

    assert numbers() == ["02-CT/TW", "01-CT/TW", "03-CT/TW", "04-CT/TW"]
    assert numbers(state="waiting") == ["02-CT/TW", "01-CT/TW", "03-CT/TW"]
    record(world, year, 2, document(year, "09-CT/TW"), *[r.directive for r in Distribution.objects.all()[:2]], now=now)
    assert len(numbers(state="study")) == 2
    assert numbers(action="report") == []
    assert numbers(newest=True)[0] == "03-CT/TW"


def test_work_is_receipts_then_studies_by_due_date_in_two_queries(world, now, django_assert_num_queries):
    year = world.year()
    first = document(year, "01-CT/TW")
    send(world, year, first, 2, now=now, due_on=date(2021, 11, 10))
    send(world, year, document(year, "02-CT/TW"), 2, 3, now=now, due_on=date(2021, 11, 5), due_action="note")
    actor = world.officer(2)

    def titles():
        return [str(work.title) for work in queries.work(actor, now)]

    assert titles() == ["Xác nhận đã nhận Chỉ thị 02-CT/TW", "Xác nhận đã nhận Chỉ thị 01-CT/TW"]
    for row in Distribution.objects.filter(unit=world.unit(2)):
        actions.confirm_receipt(distribution=row, actor=actor, now=now)
    assert titles() == ["Ghi buổi học tập, quán triệt Chỉ thị 01-CT/TW"]
    assert queries.work(actor, now)[0].url == f"/cum/cum-2/2021/van-ban/hoc-tap/don-vi-2/ghi/?van-ban={first.pk}"
    record(world, year, 2, first, now=now)
    with django_assert_num_queries(2):
        assert titles() == []
    with django_assert_num_queries(0):
        assert queries.work(Actor(None, "Người không chức vụ"), now) == []
    ClusterYear.objects.update(stage="closed")
    assert queries.work(world.officer(3), now) == []


def test_much_work_is_ten_rows_and_one_that_tells_of_the_rest(world, now, django_assert_num_queries):
    year = world.year()
    for number in range(1, 14):
        send(world, year, document(year, f"{number:02d}-CT/TW"), 2, now=now)
    actor = world.officer(2)
    with django_assert_num_queries(2):
        found = queries.work(actor, now)
    assert len(found) == 11
    assert str(found[-1].title) == "và 3 văn bản khác chờ xử lý"
    assert found[-1].url == "/cum/cum-2/2021/van-ban/den/"
