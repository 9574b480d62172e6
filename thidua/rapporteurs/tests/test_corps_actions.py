from dataclasses import replace
from datetime import date

import pytest

from thidua.audit.models import JournalEntry
from thidua.clusters.models import Membership
from thidua.kernel.actor import Role
from thidua.kernel.errors import Absent, Forbidden, Refused
from thidua.rapporteurs.access import own_members
from thidua.rapporteurs.actions import corps as actions
from thidua.rapporteurs.actions.corps import MemberValues, TermValues
from thidua.rapporteurs.models import CorpsMember, Talk, Term
from thidua.rapporteurs.tests.corps import member, post, term

AN = MemberValues("rapporteur", "province", "Nguyễn Văn An", "Trưởng phòng", "Kinh tế", "0208 385 1234")
FIRST = TermValues("appointment", "05-QĐ/TU", "Tỉnh ủy", date(2020, 12, 15), date(2021, 1, 1), months=24)


@pytest.fixture
def year(world):
    return world.year()


@pytest.fixture
def enter(world, year, now):
    """enter(values, term, unit=2, actor=…) with the officer of the unit."""

    def go(values=AN, given=None, *, number=2, actor=None):
        by = actor or world.officer(number)
        return actions.enter_member(year=year, unit=world.unit(number), values=values, term=given, actor=by, now=now)

    return go


def refused(code, action, **values):
    with pytest.raises(Refused) as caught:
        action(**values)
    assert caught.value.code == f"rapporteurs.{code}"
    return caught.value


def test_a_member_is_entered_with_the_decision(enter):
    made = enter(replace(AN, name="  Nguyễn  Văn An "), FIRST)
    assert (made.name, made.folded, made.revision) == ("Nguyễn Văn An", "nguyen van an truong phong kinh te", 1)
    kept = made.terms.get()
    assert (kept.ends_on, kept.decision, kept.issuer) == (date(2022, 12, 31), "05-QĐ/TU", "Tỉnh ủy")
    told = list(JournalEntry.objects.order_by("pk").values_list("event", flat=True))[-2:]
    assert told == ["MemberEntered", "TermEntered"]


def test_a_wrong_term_enters_nobody(enter):
    wrong = replace(FIRST, months=0)
    assert refused("months_out_of_range", enter, given=wrong).facts["field"] == "months"
    refused("months_out_of_range", enter, given=replace(FIRST, months=200))
    refused("term_ends_before_start", enter, given=replace(FIRST, months=None, ends_on=date(2020, 12, 31)))
    refused("term_without_decision", enter, given=replace(FIRST, decision="  "))
    assert not CorpsMember.objects.exists()


def test_the_same_member_is_not_entered_twice(enter, world, now, year):
    made = enter()
    refused("member_there", enter, values=replace(AN, name="NGUYỄN VĂN AN", post_title=" trưởng phòng"))
    enter(replace(AN, kind="collaborator"))
    enter(replace(AN, name="Nguyễn Văn Ân"))
    enter(number=3)
    actions.leave_corps(
        year=year, member=made, left_on=date(2021, 10, 1), reason="Chuyển công tác", revision=1, actor=world.officer(2), now=now
    )
    assert refused("member_there_left", enter).facts["day"] == date(2021, 10, 1)


def test_two_who_edit_at_once_the_later_one_is_told(enter, world, year, now):
    made = enter()
    by = world.officer(2)
    actions.edit_member(year=year, member=made, values=replace(AN, field="Y tế"), revision=1, actor=by, now=now)
    again = {"year": year, "member": made, "revision": 1, "actor": by, "now": now}
    refused("member_changed_meanwhile", actions.edit_member, values=AN, **again)
    refused("member_changed_meanwhile", actions.enter_term, values=FIRST, **again)
    made.refresh_from_db()
    assert (made.field, made.revision) == ("Y tế", 2)
    assert "y te" in made.folded


def test_the_kind_stays_and_a_known_name_cannot_be_taken_by_editing(enter, world, year, now):
    made, other = enter(), enter(replace(AN, name="Trần Thị Bình"))
    base = {"year": year, "member": other, "revision": 1, "actor": world.officer(2), "now": now}
    refused("member_there", actions.edit_member, values=AN, **base)
    actions.edit_member(values=replace(AN, name="Trần Thị Bình", kind="collaborator"), **base)
    other.refresh_from_db()
    assert other.kind == made.kind == "rapporteur"


def test_terms_of_a_member_never_meet(enter, world, year, now):
    made = enter(AN, FIRST)
    base = {"year": year, "member": made, "actor": world.officer(2), "now": now}
    overlapping = replace(FIRST, kind="renewal", starts_on=date(2022, 12, 31))
    assert refused("terms_meet", actions.enter_term, values=overlapping, revision=1, **base).facts["decision"] == "05-QĐ/TU"
    following = actions.enter_term(values=replace(overlapping, starts_on=date(2023, 1, 1)), revision=1, **base)
    refused("terms_meet", actions.enter_term, values=replace(overlapping, starts_on=date(2022, 6, 1)), revision=2, **base)
    edit = {"year": year, "term": following, "actor": world.officer(2), "now": now, "revision": 2}
    refused("terms_meet", actions.edit_term, values=replace(overlapping, starts_on=date(2022, 1, 1)), **edit)
    saved = actions.edit_term(values=replace(overlapping, starts_on=date(2023, 2, 1)), **edit)
    assert saved.ends_on == date(2025, 1, 31)
    assert made.terms.count() == 2


def test_a_term_is_taken_out_with_a_reason(enter, world, year, now):
    made = enter(AN, FIRST)
    base = {"year": year, "term": made.terms.get(), "actor": world.officer(2), "now": now}
    refused("reason_too_short", actions.remove_term, reason="nhầm", **base)
    actions.remove_term(reason="Ghi nhầm sang người khác", **base)
    with pytest.raises(Absent):
        actions.remove_term(reason="Ghi nhầm sang người khác", **base)
    assert not Term.objects.exists()


def test_the_post_is_of_the_unit_carries_the_role_and_is_free(enter, world):
    own = post(world.unit(2), "Phó phòng", Role.RAPPORTEUR)
    refused("post_elsewhere", enter, values=replace(AN, post_id=post(world.unit(3), "Phó phòng", Role.RAPPORTEUR).pk))
    refused("post_without_role", enter, values=replace(AN, post_id=post(world.unit(2), "Văn thư", Role.COLLABORATOR).pk))
    refused("post_elsewhere", enter, values=replace(AN, post_id=0))
    enter(replace(AN, post_id=own.pk))
    taken = refused("post_taken", enter, values=replace(AN, name="Trần Thị Bình", post_id=own.pk))
    assert (taken.facts["field"], taken.facts["name"]) == ("post_id", "Nguyễn Văn An")


def test_a_successor_takes_the_post_and_undoing_the_leaving_leaves_it_there(enter, world, year, now):
    speaker = world.actor(Role.RAPPORTEUR, world.unit(2))
    own = speaker.holdings[0].post_id
    made = enter(replace(AN, post_id=own), FIRST)
    base = {"year": year, "member": made, "actor": world.officer(2), "now": now}
    refused("has_not_left", actions.undo_leaving, **base)
    refused("leaves_in_future", actions.leave_corps, left_on=date(2021, 11, 2), reason="Chuyển công tác", revision=1, **base)
    refused("leaves_before_term", actions.leave_corps, left_on=date(2020, 12, 31), reason="Chuyển công tác", revision=1, **base)
    actions.leave_corps(left_on=date(2021, 10, 1), reason="Chuyển công tác", revision=1, **base)
    refused("has_left", actions.leave_corps, left_on=date(2021, 10, 1), reason="Chuyển công tác", revision=2, **base)
    refused("has_left", actions.enter_term, values=FIRST, revision=2, **base)
    next_one = enter(replace(AN, name="Trần Thị Bình", post_id=own))
    back = actions.undo_leaving(**base)
    assert (back.left_on, back.left_reason, back.post_id) == (None, "", None)
    assert list(own_members(speaker)) == [next_one]
    alone = actions.leave_corps(
        year=year, member=next_one, left_on=date(2021, 11, 1), reason="Nghỉ hưu theo chế độ", revision=1, actor=world.officer(2),
        now=now,
    )  # fmt: skip
    assert actions.undo_leaving(year=year, member=alone, actor=world.officer(2), now=now).post_id == own


def test_only_who_has_done_nothing_yet_is_taken_out(enter, world, year, now):
    made = enter(AN, FIRST)
    talk = Talk.objects.create(
        year=year, unit=made.unit, speaker=made, held_on=date(2021, 3, 1), place="x", recorded_at=now, recorded_by_name="x"
    )
    base = {"year": year, "member": made, "reason": "Ghi nhầm đơn vị", "actor": world.officer(2), "now": now}
    refused("member_in_use", actions.remove_member, **base)
    talk.delete()
    actions.remove_member(**base)
    with pytest.raises(Absent):
        actions.remove_member(**base)
    assert not CorpsMember.objects.exists()


@pytest.mark.parametrize("who", ["secretary", "other", "speaker", "auditor"])
def test_who_does_not_keep_the_corps_is_refused(enter, world, year, now, who):
    made = enter(AN, FIRST)
    actor = {
        "secretary": world.secretary,
        "other": lambda: world.officer(3),
        "speaker": lambda: world.actor(Role.RAPPORTEUR, world.unit(2)),
        "auditor": lambda: world.actor(Role.AUDITOR, world.unit(2)),
    }[who]()
    base = {"year": year, "actor": actor, "now": now}
    for action, values in [
        (actions.enter_member, {"unit": world.unit(2), "values": replace(AN, name="B"), "term": None}),
        (actions.edit_member, {"member": made, "values": AN, "revision": 1}),
        (actions.remove_member, {"member": made, "reason": "Ghi nhầm đơn vị"}),
        (actions.enter_term, {"member": made, "values": FIRST, "revision": 1}),
        (actions.edit_term, {"term": made.terms.get(), "values": FIRST, "revision": 1}),
        (actions.remove_term, {"term": made.terms.get(), "reason": "Ghi nhầm đơn vị"}),
        (actions.leave_corps, {"member": made, "left_on": date(2021, 11, 1), "reason": "Chuyển công tác", "revision": 1}),
        (actions.undo_leaving, {"member": made}),
    ]:
        with pytest.raises(Forbidden):
            action(**values, **base)
    assert CorpsMember.objects.get().revision == 1


def test_the_superior_body_keeps_its_own_corps_and_that_of_any_unit(enter, world, year, now):
    body = year.cluster.superior_body
    made = actions.enter_member(year=year, unit=body, values=AN, term=FIRST, actor=world.superior(), now=now)
    assert made.unit == body
    enter(actor=world.superior())
    with pytest.raises(Forbidden):
        actions.enter_member(year=year, unit=body, values=replace(AN, name="B"), term=None, actor=world.officer(2), now=now)


def test_nothing_is_entered_for_a_unit_that_left_or_in_a_closed_year(world, year, now):
    kept = member(world.unit(2))
    later = term(kept, "2023-01-01", "2024-12-31")
    Membership.objects.filter(year=year, organisation=world.unit(2)).delete()
    base = {"actor": world.superior(), "now": now}
    refused("unit_left", actions.enter_member, year=year, unit=world.unit(2), values=AN, term=None, **base)
    refused("unit_left", actions.remove_term, year=year, term=later, reason="Ghi nhầm sang người khác", **base)
    year.stage = "closed"
    year.save()
    with pytest.raises(Refused) as caught:
        actions.enter_member(year=year, unit=world.unit(3), values=AN, term=None, **base)
    assert caught.value.code == "clusters.year_closed"
