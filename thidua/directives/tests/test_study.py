import json
from datetime import date
from decimal import Decimal

import pytest

from thidua.audit.models import JournalEntry
from thidua.clusters.models import ClusterYear, Membership
from thidua.directives import queries
from thidua.directives.actions import study as actions
from thidua.directives.actions.distribution import confirm_receipt
from thidua.directives.models import StudyCount, StudySession, UnitSize
from thidua.directives.queries import study as reads
from thidua.directives.tests.making import document, record, send, values
from thidua.kernel.actor import Role
from thidua.kernel.errors import Absent, Forbidden, Refused
from thidua.web.sentences import event_sentence


def told(event):
    entry = JournalEntry.objects.filter(event=event).latest("position")
    return event_sentence(event, json.loads(entry.facts))


def refused(action, **given):
    with pytest.raises(Refused) as caught:
        action(**given)
    return caught.value.code


def size(world, year, number, members, now, seen=None):
    return actions.set_size(year=year, unit=world.unit(number), members=members, seen=seen, actor=world.officer(number), now=now)


def test_one_session_covers_several_documents_and_the_journal_has_counts_only(world, now):
    year = world.year()
    session = record(world, year, 2, document(year), document(year, "04-NQ/TW"), now=now, place="  Hội  trường ")
    assert (session.place, session.revision, session.recorded_by_name) == ("Hội trường", 1, "unit_officer-don-vi-2")
    assert sorted(session.directives.values_list("number_text", flat=True)) == ["04-NQ/TW", "05-CT/TW"]
    assert told("StudyRecorded") == (
        "Don vi 2 ghi buổi học tập ngày 20-10-2021: Chỉ thị 04-NQ/TW, Chỉ thị 05-CT/TW; mời 130, dự 110"
    )


def test_groups_without_people_are_not_kept(world, now):
    year = world.year()
    session = record(world, year, 2, document(year), now=now, counts=(("members", 5, 4), ("others", 0, 0)))
    assert [count.audience for count in session.counts.all()] == ["members"]


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"held_on": date(2021, 11, 2)}, "directives.session_in_future"),
        ({"held_on": date(2021, 5, 31)}, "directives.session_before_document"),
        ({"held_on": date(2012, 10, 20)}, "directives.session_outside_year"),
        ({"counts": (("members", 5, 6),)}, "directives.more_than_invited"),
        ({"counts": ()}, "directives.nobody_attended"),
    ],
)
def test_a_session_that_cannot_be(world, now, more, code):
    year = world.year()
    directive = document(year, issued_on=date(2021, 6, 1))
    given = {"year": year, "unit": world.unit(2), "actor": world.officer(2), "now": now}
    assert refused(actions.record_session, values=values(directive, **more), **given) == code
    assert not StudySession.objects.exists()


def test_documents_must_be_of_the_register(world, now):
    year = world.year()
    given = {"year": year, "unit": world.unit(2), "actor": world.officer(2), "now": now}
    assert refused(actions.record_session, values=values(), **given) == "directives.no_document"
    gone = document(year)
    made = values(gone)
    gone.delete()
    with pytest.raises(Absent):
        actions.record_session(values=made, **given)


@pytest.mark.parametrize("role", [Role.UNIT_OFFICER, Role.UNIT_LEADER, Role.HEAD_SECRETARY])
def test_only_people_of_the_unit_write_of_it(world, now, role):
    year = world.year()
    session = record(world, year, 2, document(year), now=now)
    given = {"actor": world.actor(role, world.unit(1)), "now": now}
    made = values(*session.directives.all())
    for write in (
        lambda: actions.record_session(year=year, unit=world.unit(2), values=made, **given),
        lambda: actions.edit_session(session=session, values=made, revision=1, **given),
        lambda: actions.remove_session(session=session, reason="Ghi nhầm buổi", **given),
        lambda: actions.take_attendance(session=session, listed={"members": 1}, revision=1, **given),
        lambda: actions.set_size(year=year, unit=world.unit(2), members=5, seen=None, **given),
    ):
        with pytest.raises(Forbidden):
            write()


def test_nobody_writes_in_a_closed_year_or_of_a_unit_that_has_left(world, now):
    year = world.year()
    session = record(world, year, 2, document(year), now=now)
    given = {"session": session, "reason": "Ghi nhầm buổi", "actor": world.officer(2), "now": now}
    Membership.objects.filter(organisation=world.unit(2)).delete()
    assert refused(actions.remove_session, **given) == "directives.unit_left"
    Membership.objects.create(year=year, organisation=world.unit(2), position=2)
    ClusterYear.objects.update(stage="closed")
    assert refused(actions.remove_session, **given) == "clusters.year_closed"
    assert StudySession.objects.exists()


def test_an_edit_wants_the_newest_revision_and_writes_counts_anew(world, now):
    year = world.year()
    session = record(world, year, 2, document(year), now=now)
    other = document(year, "04-NQ/TW")
    given = {"session": session, "actor": world.leader(2), "now": now}
    actions.edit_session(values=values(other, counts=(("others", 7, 7),)), revision=1, **given)
    session.refresh_from_db()
    assert (session.revision, list(session.directives.all())) == (2, [other])
    assert list(StudyCount.objects.values_list("audience", "invited", "attended")) == [("others", 7, 7)]
    assert "(bản 2)" in told("StudyEdited")
    assert refused(actions.edit_session, values=values(other), revision=1, **given) == "directives.study_edited_meanwhile"


def test_a_session_goes_with_a_reason_that_the_journal_keeps(world, now):
    year = world.year()
    session = record(world, year, 2, document(year), now=now)
    given = {"session": session, "actor": world.officer(2), "now": now}
    assert refused(actions.remove_session, reason="nhầm", **given) == "directives.study_reason_too_short"
    actions.remove_session(reason="Ghi trùng với buổi sáng", **given)
    assert not StudySession.objects.exists()
    assert not StudyCount.objects.exists()
    assert told("StudyRemoved").endswith("mời 130, dự 110. Lý do: Ghi trùng với buổi sáng")
    with pytest.raises(Absent):
        actions.remove_session(reason="Ghi trùng với buổi sáng", **given)


def test_the_number_of_members_is_entered_once_and_changed_knowingly(world, now):
    year = world.year()
    size(world, year, 2, 120, now)
    assert refused(actions.set_size, year=year, unit=world.unit(2), members=5, seen=None, actor=world.officer(2), now=now) == (
        "directives.size_changed_meanwhile"
    )
    size(world, year, 2, 120, now, seen=120)
    size(world, year, 2, 121, now, seen=120)
    assert UnitSize.objects.get().members == 121
    assert JournalEntry.objects.filter(event="UnitSizeSet").count() == 2
    assert told("UnitSizeSet") == "Don vi 2 ghi số đảng viên trong năm: 121 (trước đó: 120)"
    given = {"year": year, "unit": world.unit(3), "seen": None, "actor": world.officer(3), "now": now}
    assert refused(actions.set_size, members=0, **given) == "directives.size_out_of_range"
    assert refused(actions.set_size, members=1_000_001, **given) == "directives.size_out_of_range"


def test_attendance_is_taken_from_a_list(world, now):
    year = world.year()
    session = record(world, year, 2, document(year), now=now)
    given = {"session": session, "actor": world.officer(2), "now": now}
    actions.take_attendance(listed={"members": 104}, revision=1, **given)
    assert sorted(StudyCount.objects.values_list("audience", "invited", "attended")) == [("members", 104, 104), ("youth", 30, 0)]
    assert told("AttendanceListed") == "Don vi 2 lấy số người dự từ danh sách cấp giấy chứng nhận: 110 thành 104 (bản 2)"
    assert refused(actions.take_attendance, listed={"members": 1}, revision=1, **given) == "directives.study_edited_meanwhile"
    assert refused(actions.take_attendance, listed={}, revision=2, **given) == "directives.nobody_attended"


def test_members_reached_are_those_who_attended_over_the_size(world, now):
    year = world.year()
    directive = document(year)
    size(world, year, 2, 120, now)
    record(world, year, 2, directive, now=now)
    record(world, year, 2, directive, document(year, "04-NQ/TW"), now=now, counts=(("members", 40, 36),))
    record(world, year, 3, directive, now=now)
    reach = reads.reach_of(year, directive)
    two, three = reach[world.unit(2).pk], reach[world.unit(3).pk]
    assert (two.sessions, two.invited, two.attended, two.members) == (2, 170, 146, 126)
    assert (two.share, two.is_over) == (Decimal("105.0"), True)
    assert (three.share, three.is_over) == (None, False)
    studied = queries.study_of(year, directive)
    assert (studied.units, len(studied.rows), studied.total.sessions) == (3, 2, 3)
    assert studied.total.share == Decimal("105.0")


def test_a_unit_asked_but_idle_lowers_the_common_share_and_one_not_asked_does_not(world, now):
    year = world.year(units=3)
    directive = document(year)
    send(world, year, directive, 3, now=now)
    for number in (1, 2, 3):
        size(world, year, number, 100, now)
    record(world, year, 2, directive, now=now)
    assert queries.study_of(year, directive).total.share == Decimal("45.0")


def test_the_table_tells_done_from_blank_from_not_asked(world, now):
    year = world.year(units=4)
    directive, alone = document(year), document(year, "04-NQ/TW", issued_on=date(2016, 10, 30))
    document(year, "01-CT/TW")
    send(world, year, directive, 1, 2, now=now)
    size(world, year, 1, 90, now)
    record(world, year, 1, directive, now=now)
    record(world, year, 4, alone, now=now)
    record(world, year, 1, directive, alone, now=now, counts=(("members", 9, 9),))
    table = reads.summary_of(year, "")
    assert [row.directive.number_text for row in table.rows] == ["04-NQ/TW", "05-CT/TW"]
    assert [[box.state for box in row.boxes] for row in table.rows] == [["done", "", "", "done"], ["done", "blank", "", ""]]
    assert table.rows[1].boxes[0].reach.share == Decimal("110.0")
    assert table.rows[0].boxes[0].reach.share == Decimal("10.0")
    assert table.rows[1].blanks == 1
    assert [reach.sessions for reach in table.totals] == [2, 0, 0, 1]
    assert (table.total.attended, table.sizes) == (229, [90, None, None, None])
    assert [row.directive for row in reads.summary_of(year, "", blanks_only=True).rows] == [directive]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_table_costs_the_same_for_any_number_of_documents(world, now, rows, django_assert_num_queries):
    year = world.year(units=rows + 1)
    for number in range(rows):
        directive = document(year, f"{number + 1:02d}-CT/TW")
        send(world, year, directive, 1, 2, now=now)
        record(world, year, number + 1, directive, now=now)
    with django_assert_num_queries(8):
        assert len(reads.summary_of(ClusterYear.objects.get(), "").rows) == rows


def test_figures_are_of_the_span_with_their_sources(world, now, django_assert_num_queries):
    year = world.year()
    directive, other = document(year), document(year, "04-NQ/TW", issued_on=date(2016, 10, 30))
    size(world, year, 2, 200, now)
    session = record(world, year, 2, directive, other, now=now, held_on=date(2021, 10, 1))
    record(world, year, 2, directive, now=now, held_on=date(2021, 10, 31), counts=(("members", 60, 60),))
    record(world, year, 2, directive, now=now, held_on=date(2021, 11, 1))
    record(world, year, 3, directive, now=now)
    unit = world.unit(2).pk
    with django_assert_num_queries(6):
        found = queries.figures_of(year, unit, date(2021, 10, 1), date(2021, 10, 31))
    assert set(found) == set(queries.FIGURES)
    assert {key: figure.value for key, figure in found.items()} == {
        "directives.received": 0, "directives.sessions": 2, "directives.invited": 190, "directives.attended": 170,
        "directives.share_of_members": Decimal("60.0"),
    }  # fmt: skip
    words, url = found["directives.sessions"].basis[-1]
    assert words == "01-10-2021: Chỉ thị 05-CT/TW, Chỉ thị 04-NQ/TW; mời 130, dự 110"
    assert url == f"/cum/cum-2/2021/van-ban/hoc-tap/don-vi-2/{session.pk}/"
    empty = queries.figures_of(year, world.unit(1).pk, date(2021, 1, 1), date(2021, 1, 31))
    assert empty["directives.share_of_members"].value is None


def test_receipts_count_by_the_day_of_the_installation(world, now):
    year = world.year()
    [row] = send(world, year, document(year), 2, now=now)
    confirm_receipt(distribution=row, actor=world.officer(2), now=now.replace(day=30, hour=18))

    def received(day):
        return queries.figures_of(year, world.unit(2).pk, day, day)["directives.received"]

    assert received(date(2021, 11, 30)).value == 0
    assert received(date(2021, 12, 1)).value == 1
    assert received(date(2021, 12, 1)).basis == (("1 văn bản đã xác nhận nhận", "/cum/cum-2/2021/van-ban/den/"),)


def test_many_sessions_are_named_up_to_a_dozen(world, now):
    year = world.year()
    directive = document(year)
    for day in range(1, 16):
        record(world, year, 2, directive, now=now, held_on=date(2021, 9, day))
    basis = queries.figures_of(year, world.unit(2).pk, date(2021, 9, 1), date(2021, 9, 30))["directives.sessions"].basis
    assert len(basis) == 13
    assert basis[-1] == ("và 3 buổi khác", "/cum/cum-2/2021/van-ban/hoc-tap/don-vi-2/")


def test_sessions_can_be_cited_by_their_unit_newest_first(world, now):
    year = world.year()
    directive = document(year)
    old = record(world, year, 2, directive, now=now, held_on=date(2021, 3, 1))
    new = record(world, year, 2, directive, now=now)
    unit = world.unit(2).pk
    assert [cited.pk for cited in queries.citables(year, unit)] == [new.pk, old.pk]
    found = queries.citable(year, unit, "study", old.pk)
    assert (found.title, found.day) == ("Học tập, quán triệt Chỉ thị 05-CT/TW", date(2021, 3, 1))
    assert found.words == "Trực tiếp; mời 130, dự 110 người, trong đó 90 đảng viên"
    assert type(found.title) is type(found.words) is str
    for wrong in ((world.unit(3).pk, "study", old.pk), (unit, "task", old.pk), (unit, "study", 10**6), (10**6, "study", old.pk)):
        assert queries.citable(year, *wrong) is None
    assert queries.citables(year, 10**6) == []
