import json
from datetime import timedelta
from decimal import Decimal

import pytest

from thidua.audit.models import JournalEntry
from thidua.clusters import actions as clusters
from thidua.clusters.rules import Stage
from thidua.criteria import actions as criteria
from thidua.kernel.actor import Role
from thidua.kernel.errors import Forbidden, Refused
from thidua.people.models import Delegation, Post
from thidua.people.queries import actor_of
from thidua.pledges import actions, queries, rules
from thidua.pledges.models import Confirmation, Pledge, UnitTarget
from thidua.pledges.rules import Target


def sign(pledge, world, number, now, digest=None):
    pledge.refresh_from_db()
    return actions.confirm_pledge(
        pledge=pledge, unit=world.unit(number), digest=digest or pledge.digest, actor=world.leader(number), now=now
    )


def codes(year):
    return [missing.code for missing in queries.missing_for_pledged(year)]


def test_a_pledge_is_drafted_from_published_criteria_only(world, published, now):
    year = world.year()
    with pytest.raises(Refused, match=r"pledges\.criteria_not_published"):
        actions.draft_pledge(year=year, actor=world.secretary(), now=now)
    published(year)
    pledge = actions.draft_pledge(year=year, actor=world.secretary(), now=now)
    text = queries.text_of(pledge, year, queries.members_with_targets(pledge, year))
    assert "- 1. Nghị quyết: 6 điểm." in text
    assert "- 2. Báo cáo: 4 điểm." in text
    assert "đồng hạng" in text
    assert JournalEntry.objects.filter(event="PledgeDrafted", year_id=year.pk).count() == 1


def test_drafting_again_puts_the_usual_words_back_and_keeps_targets(world, drafted, now):
    year = world.year()
    pledge = drafted(year)
    actions.edit_pledge(pledge=pledge, preamble="Khác", body="Khác", revision=1, actor=world.secretary(), now=now)
    actions.set_targets(pledge=pledge, unit=world.unit(2), targets=[Target("Học")], actor=world.officer(2), now=now)
    again = actions.draft_pledge(year=year, actor=world.secretary(), now=now)
    assert again.pk == pledge.pk
    assert again.body == rules.DEFAULT_BODY
    assert UnitTarget.objects.filter(pledge=again).count() == 1


def test_an_edit_over_a_newer_edit_is_refused(world, drafted, now):
    pledge = drafted(world.year())
    values = {"pledge": pledge, "body": "Điều 1. Một", "actor": world.secretary(), "now": now}
    actions.edit_pledge(preamble="Đầu", revision=1, **values)
    with pytest.raises(Refused, match=r"pledges\.edited_meanwhile"):
        actions.edit_pledge(preamble="Sau", revision=1, **values)
    pledge.refresh_from_db()
    assert (pledge.preamble, pledge.revision) == ("Đầu", 2)


def test_targets_are_replaced_as_a_whole(world, drafted, now):
    pledge = drafted(world.year())
    first = [Target(" Học nghị quyết ", Decimal("98.5"), "%"), Target("Sáng kiến", Decimal(2))]
    actions.set_targets(pledge=pledge, unit=world.unit(2), targets=first, actor=world.officer(2), now=now)
    kept = [row.value for row in queries.targets_of(pledge, world.unit(2))]
    assert kept == [Target("Học nghị quyết", Decimal("98.5"), "%"), Target("Sáng kiến", Decimal(2))]
    actions.set_targets(pledge=pledge, unit=world.unit(2), targets=[Target("Một")], actor=world.leader(2), now=now)
    assert [row.text for row in queries.targets_of(pledge, world.unit(2))] == ["Một"]


def test_targets_saved_by_another_meanwhile_are_not_overwritten_unseen(world, drafted, now):
    pledge = drafted(world.year())
    values = {"pledge": pledge, "unit": world.unit(2), "actor": world.officer(2), "now": now}
    seen = queries.fingerprint([])
    actions.set_targets(targets=[Target("Một")], seen=seen, **values)
    with pytest.raises(Refused, match=r"pledges\.targets_edited_meanwhile"):
        actions.set_targets(targets=[Target("Hai")], seen=seen, **values)
    assert queries.targets_of(pledge, world.unit(2))[0].text == "Một"


def test_freezing_fixes_the_text_its_digest_and_what_it_rests_on(world, frozen, now):
    year = world.year(tie_break=["2"])
    pledge = frozen(year)
    assert pledge.is_open
    assert pledge.digest == rules.digest(pledge.frozen_text)
    assert (pledge.tie_break, pledge.unit_ids) == (["2"], [world.unit(n).pk for n in (1, 2, 3)])
    assert "- 2. Báo cáo.\n" in pledge.frozen_text
    for refused in (
        lambda: actions.freeze_pledge(pledge=pledge, actor=world.secretary(), now=now),
        lambda: actions.edit_pledge(pledge=pledge, preamble="x", body="x", revision=1, actor=world.secretary(), now=now),
        lambda: actions.set_targets(pledge=pledge, unit=world.unit(2), targets=[], actor=world.officer(2), now=now),
        lambda: actions.draft_pledge(year=year, actor=world.secretary(), now=now),
    ):
        with pytest.raises(Refused, match=r"pledges\.frozen"):
            refused()


def test_a_tie_break_that_the_criteria_lack_stops_the_freezing(world, drafted, now):
    pledge = drafted(world.year(tie_break=["IX"]))
    with pytest.raises(Refused, match=r"pledges\.tie_break_unknown"):
        actions.freeze_pledge(pledge=pledge, actor=world.secretary(), now=now)
    assert not Pledge.objects.get().is_open


def test_a_leader_confirms_once_and_only_the_text_that_was_shown(world, drafted, now):
    pledge = drafted(world.year())
    with pytest.raises(Refused, match=r"pledges\.not_frozen"):
        sign(pledge, world, 2, now, digest="0" * 64)
    actions.freeze_pledge(pledge=pledge, actor=world.secretary(), now=now)
    with pytest.raises(Refused, match=r"pledges\.text_changed"):
        sign(pledge, world, 2, now, digest="0" * 64)
    made = sign(pledge, world, 2, now)
    assert (made.person_name, made.post_title, made.on_behalf_of_name) == ("unit_leader-don-vi-2", "unit_leader", "")
    assert made.digest_confirmed == pledge.digest
    with pytest.raises(Refused, match=r"pledges\.already_confirmed"):
        sign(pledge, world, 2, now)
    assert JournalEntry.objects.filter(event="PledgeConfirmed").count() == 1


def test_a_leader_on_leave_confirms_through_another_and_both_names_stand(world, frozen, now):
    pledge = frozen(world.year())
    leader, deputy = world.person(Role.UNIT_LEADER, world.unit(2)), world.person(Role.UNIT_OFFICER, world.unit(2))
    days = {"starts_on": now.date(), "ends_on": now.date() + timedelta(3)}
    post = Post.objects.get(organisation=world.unit(2), title_vi="unit_leader")
    Delegation.objects.create(post=post, lender=leader, borrower=deputy, reason="đi công tác", **days)
    made = actions.confirm_pledge(
        pledge=pledge, unit=world.unit(2), digest=pledge.digest, actor=actor_of(deputy, now), now=now
    )
    assert (made.person_name, made.on_behalf_of_name) == (deputy.name, leader.name)
    row = JournalEntry.objects.get(event="PledgeConfirmed")
    assert (row.person_name, row.on_behalf_of_name) == (deputy.name, leader.name)


def test_a_unit_that_joined_after_the_freezing_cannot_confirm(world, frozen, now):
    year = world.year()
    pledge = frozen(year)
    late = world.organisation("Don vi 4")
    year.memberships.create(organisation=late, position=4)
    with pytest.raises(Refused, match=r"pledges\.not_in_text"):
        sign(pledge, world, 4, now)


def test_reopening_voids_confirmations_and_the_journal_keeps_them(world, frozen, now):
    pledge = frozen(world.year())
    before = pledge.digest
    sign(pledge, world, 2, now)
    with pytest.raises(Refused, match=r"pledges\.reason_too_short"):
        actions.reopen_pledge(pledge=pledge, reason="sai", actor=world.secretary(), now=now)
    actions.reopen_pledge(pledge=pledge, reason="Sửa chỉ tiêu đơn vị 3", actor=world.secretary(), now=now)
    pledge.refresh_from_db()
    assert (pledge.is_open, pledge.digest, pledge.frozen_text) == (False, "", "")
    assert not Confirmation.objects.exists()
    facts = json.loads(JournalEntry.objects.get(event="PledgeReopened").facts)
    assert facts["digest"] == before
    assert facts["voided_unit_ids"] == [world.unit(2).pk]
    with pytest.raises(Refused, match=r"pledges\.not_frozen"):
        actions.reopen_pledge(pledge=pledge, reason="Sửa chỉ tiêu đơn vị 3", actor=world.secretary(), now=now)


def test_after_reopening_an_old_page_does_not_confirm_a_new_text(world, frozen, now):
    pledge = frozen(world.year())
    seen = pledge.digest
    actions.reopen_pledge(pledge=pledge, reason="Sửa chỉ tiêu đơn vị 3", actor=world.secretary(), now=now)
    actions.set_targets(pledge=pledge, unit=world.unit(3), targets=[Target("Mới")], actor=world.officer(3), now=now)
    actions.freeze_pledge(pledge=pledge, actor=world.secretary(), now=now)
    with pytest.raises(Refused, match=r"pledges\.text_changed"):
        sign(pledge, world, 2, now, digest=seen)


@pytest.mark.parametrize("stage", [stage for stage in Stage if stage is not Stage.PREPARING])
def test_nothing_is_written_after_the_preparation(world, frozen, now, stage):
    year = world.year()
    pledge = frozen(year)
    year.stage = stage
    year.save()
    for write in (
        lambda: actions.draft_pledge(year=year, actor=world.secretary(), now=now),
        lambda: actions.edit_pledge(pledge=pledge, preamble="x", body="x", revision=1, actor=world.secretary(), now=now),
        lambda: actions.set_targets(pledge=pledge, unit=world.unit(2), targets=[], actor=world.officer(2), now=now),
        lambda: actions.freeze_pledge(pledge=pledge, actor=world.secretary(), now=now),
        lambda: actions.reopen_pledge(pledge=pledge, reason="Một lý do dài", actor=world.secretary(), now=now),
        lambda: sign(pledge, world, 2, now),
    ):
        with pytest.raises(Refused, match=r"clusters\.wrong_stage"):
            write()


def test_what_is_missing_before_the_year_is_pledged(world, published, now):
    year = world.year()
    assert codes(year) == ["pledges.not_drafted"]
    published(year)
    pledge = actions.draft_pledge(year=year, actor=world.secretary(), now=now)
    assert codes(year) == ["pledges.not_frozen"]
    actions.freeze_pledge(pledge=pledge, actor=world.secretary(), now=now)
    sign(pledge, world, 1, now)
    assert [m.facts["unit"] for m in queries.missing_for_pledged(year)] == ["Don vi 2", "Don vi 3"]
    sign(pledge, world, 2, now)
    sign(pledge, world, 3, now)
    assert codes(year) == []


@pytest.mark.parametrize("change", ["criteria", "tie_break", "members"])
def test_a_signed_pledge_does_not_hold_when_what_it_rests_on_has_changed(world, frozen, published, now, change):
    year = world.year()
    pledge = frozen(year)
    for number in (1, 2, 3):
        sign(pledge, world, number, now)
    if change == "criteria":
        published(year)
    elif change == "tie_break":
        clusters.agree_rules(year=year, tie_break=["1"], ranking_from="conference", actor=world.secretary(), now=now)
    else:
        year.memberships.get(organisation=world.unit(3)).delete()
    fresh = type(year).objects.select_related("cluster").get(pk=year.pk)
    assert codes(fresh) == ["pledges.outdated"]


def test_a_new_draft_of_criteria_does_not_void_the_pledge(world, frozen, now):
    year = world.year()
    frozen(year)
    rows = [["code", "parent_code", "title_vi", "max_points", "kind"], ["1", "", "Khác", "3", "points"]]
    criteria.import_table(year=year, rows=rows, title="Dự thảo", actor=world.secretary(), now=now)
    assert "pledges.outdated" not in codes(year)


@pytest.mark.parametrize("role", list(Role))
def test_who_may_do_what(world, drafted, now, role):
    year = world.year()
    pledge = drafted(year)
    above = world.organisation("Ban Tuyen giao", "party_body")
    actor = world.actor(role, above if role == Role.SUPERIOR_OFFICER else world.unit(1))
    runs, serves = {Role.HEAD_SECRETARY, Role.SUPERIOR_OFFICER}, {Role.UNIT_OFFICER, Role.UNIT_LEADER}
    unit = world.unit(1)
    steps = [
        (serves, lambda: actions.set_targets(pledge=pledge, unit=unit, targets=[], actor=actor, now=now)),
        (runs, lambda: actions.draft_pledge(year=year, actor=actor, now=now)),
        (runs, lambda: actions.freeze_pledge(pledge=pledge, actor=actor, now=now)),
    ]
    for allowed, step in steps:
        if role in allowed:
            step()
        else:
            with pytest.raises(Forbidden):
                step()
    if role not in runs:
        actions.freeze_pledge(pledge=pledge, actor=world.secretary(), now=now)
    pledge.refresh_from_db()
    if role == Role.UNIT_LEADER:
        actions.confirm_pledge(pledge=pledge, unit=unit, digest=pledge.digest, actor=actor, now=now)
    else:
        with pytest.raises(Forbidden):
            actions.confirm_pledge(pledge=pledge, unit=unit, digest=pledge.digest, actor=actor, now=now)


def test_a_leader_acts_for_the_own_unit_only(world, frozen, now):
    pledge = frozen(world.year())
    with pytest.raises(Forbidden):
        actions.confirm_pledge(pledge=pledge, unit=world.unit(3), digest=pledge.digest, actor=world.leader(2), now=now)
    with pytest.raises(Forbidden):
        actions.set_targets(pledge=pledge, unit=world.unit(3), targets=[], actor=world.officer(2), now=now)
