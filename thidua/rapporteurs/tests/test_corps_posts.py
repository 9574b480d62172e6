"""The post through which a member signs in: linking and unlinking are told, nobody does it to themselves; leaving after talks."""

import json
from dataclasses import replace
from datetime import date

import pytest

from thidua.audit.models import JournalEntry
from thidua.kernel.actor import Role
from thidua.kernel.errors import Refused
from thidua.kernel.text import letters
from thidua.people.models import Post
from thidua.people.queries import actor_of
from thidua.rapporteurs.actions import corps as actions
from thidua.rapporteurs.actions.corps import MemberValues
from thidua.rapporteurs.models import Talk
from thidua.rapporteurs.rules import talks as talk_rules
from thidua.rapporteurs.tests.corps import member, post

BINH = MemberValues("rapporteur", "province", "Trần Thị Bình", "Chuyên viên")


@pytest.fixture
def year(world):
    return world.year()


def told():
    """Before and after of every change of a post, as the journal has them."""
    facts = JournalEntry.objects.filter(event="MemberPostChanged").order_by("pk").values_list("facts", flat=True)
    return [(one["before"], one["after"]) for one in map(json.loads, facts)]


def test_the_journal_tells_linking_and_unlinking_of_a_post(world, year, now):
    by = {"year": year, "actor": world.officer(2), "now": now}
    first, second = (post(world.unit(2), title, Role.RAPPORTEUR) for title in ("Phó phòng", "Phó ban"))
    made = actions.enter_member(unit=world.unit(2), values=replace(BINH, post_id=first.pk), term=None, **by)
    actions.edit_member(member=made, values=replace(BINH, post_id=first.pk, field="Y tế"), revision=1, **by)
    actions.edit_member(member=made, values=replace(BINH, post_id=second.pk), revision=2, **by)
    actions.edit_member(member=made, values=BINH, revision=3, **by)
    actions.enter_member(unit=world.unit(2), values=replace(BINH, name="Không tài khoản"), term=None, **by)
    assert told() == [("corps.no_post", "Phó phòng"), ("Phó phòng", "Phó ban"), ("Phó ban", "corps.no_post")]


def test_nobody_changes_the_post_of_a_member_for_whom_they_act(world, year, now):
    person = world.person(Role.RAPPORTEUR, world.unit(2))
    own = Post.objects.get(organisation=world.unit(2), title_vi=str(Role.RAPPORTEUR))
    own.roles = [Role.RAPPORTEUR, Role.UNIT_OFFICER]
    own.save()
    made = member(world.unit(2), BINH.name, post=own, post_title=BINH.post_title)
    actor = actor_of(person, now)
    go = {"year": year, "member": made, "actor": actor, "now": now}
    other = post(world.unit(2), "Phó ban", Role.RAPPORTEUR)
    for wanted in (None, other.pk):
        with pytest.raises(Refused, match=r"rapporteurs\.own_post"):
            actions.edit_member(values=replace(BINH, post_id=wanted), revision=1, **go)
    actions.edit_member(values=replace(BINH, field="Y tế", post_id=own.pk), revision=1, **go)
    actions.edit_member(values=BINH, revision=2, **(go | {"actor": world.officer(2)}))
    assert told() == [(own.title_vi, "corps.no_post")]


def test_who_spoke_on_a_day_has_not_left_by_then(world, year, now):
    made = member(world.unit(2))
    for day, listeners in ((date(2021, 9, 1), 30), (date(2021, 10, 5), 40), (date(2021, 10, 20), 0)):
        Talk.objects.create(
            year=year, unit=made.unit, speaker=made, held_on=day, place="x", listeners=listeners, recorded_at=now,
            recorded_by_name="x",
        )  # fmt: skip
    go = {"year": year, "member": made, "reason": "Chuyển công tác", "revision": 1, "actor": world.officer(2), "now": now}
    for day in (date(2021, 9, 2), date(2021, 10, 5)):
        with pytest.raises(Refused, match=r"rapporteurs\.leaves_before_talk") as caught:
            actions.leave_corps(left_on=day, **go)
        assert (caught.value.facts["day"], caught.value.facts["field"]) == (date(2021, 10, 5), "left_on")
    assert actions.leave_corps(left_on=date(2021, 10, 6), **go).left_on == date(2021, 10, 6)


def test_dots_and_figures_are_no_reason():
    assert (letters("..........  123"), letters("Đính chính 2")) == (0, 9)
    for words in ("..........", "1234567890", "- - - - - - -", "vì sai 123456"):
        with pytest.raises(Refused, match=r"rapporteurs\.reason_too_short"):
            talk_rules.check_reason(words)
    assert talk_rules.check_reason(" Ghi  nhầm ngày họp ") == "Ghi nhầm ngày họp"
