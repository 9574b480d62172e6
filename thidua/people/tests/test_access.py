"""The gate: who gets through, by which post, and what others are told."""

import pytest

from thidua.kernel.actor import SYSTEM, Actor, Role
from thidua.kernel.errors import Absent, Forbidden
from thidua.people import access
from thidua.people.adapter import client_address
from thidua.people.models import Delegation


def test_the_gate_names_the_post_that_opened_it(world):
    unit = world.organisation("Don vi 1")
    passed = access.require(access.LEND_POWER, world.actor(Role.UNIT_LEADER, unit), {Role.UNIT_LEADER: [unit.pk]})
    assert (passed.using.post_title, passed.using.organisation_id) == ("unit_leader", unit.pk)


def test_a_role_counts_only_where_its_post_stands(world):
    here, there = world.organisation("Don vi 1"), world.organisation("Don vi 2")
    with pytest.raises(Forbidden) as refused:
        access.require(access.LEND_POWER, world.actor(Role.UNIT_LEADER, here), {Role.UNIT_LEADER: [there.pk]})
    assert refused.value.facts["action"] == access.LEND_POWER.title


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.OPERATOR])
def test_only_the_operator_manages(world, role):
    actor = world.actor(role, world.organisation("Don vi 1"))
    with pytest.raises(Forbidden):
        access.require_may_manage(actor)
    person = world.person(role, world.organisation("Don vi 1"))
    tenure = person.tenures.get()
    for absent in (
        lambda: access.get_person_managed_by(actor, person.pk),
        lambda: access.get_post_managed_by(actor, tenure.post_id),
        lambda: access.get_tenure_managed_by(actor, tenure.pk),
        lambda: access.get_organisation_managed_by(actor, "don-vi-1"),
    ):
        with pytest.raises(Absent):
            absent()


def test_the_operator_manages_what_is_there(world):
    actor = world.actor(Role.OPERATOR, world.organisation("Van hanh"))
    tenure = world.person(Role.UNIT_LEADER, world.organisation("Don vi 1")).tenures.get()
    assert access.get_person_managed_by(actor, tenure.person_id) == tenure.person
    assert access.get_post_managed_by(actor, tenure.post_id) == tenure.post
    assert access.get_tenure_managed_by(actor, tenure.pk) == tenure
    assert access.require_may_manage(SYSTEM) is SYSTEM
    with pytest.raises(Absent):
        access.get_organisation_managed_by(actor, "khong-co")


def test_who_holds_no_post_sees_no_organisation(world):
    world.organisation("Don vi 1")
    with pytest.raises(Absent):
        access.get_organisation_visible_to(Actor(1, "Không chức vụ"), "don-vi-1")
    assert access.get_organisation_visible_to(world.actor(Role.DELEGATE, world.organisation("X")), "don-vi-1")


def test_a_delegation_belongs_to_its_lender(world, now):
    unit = world.organisation("Don vi 1")
    lender, borrower = world.person(Role.UNIT_LEADER, unit), world.person(Role.UNIT_OFFICER, unit)
    day = now.date()
    post = lender.tenures.get().post
    lent = Delegation.objects.create(post=post, lender=lender, borrower=borrower, starts_on=day, ends_on=day, reason="x")
    assert access.get_delegation_lent_by(world.actor(Role.UNIT_LEADER, unit), lent.pk) == lent
    for other in (world.actor(Role.UNIT_OFFICER, unit), Actor(None, "")):
        with pytest.raises(Absent):
            access.get_delegation_lent_by(other, lent.pk)


def test_reading_the_journal_and_running_the_installation_are_never_lent(world):
    for role in (Role.AUDITOR, Role.OPERATOR):
        person = world.person(role, world.organisation("Van hanh"))
        with pytest.raises(Forbidden):
            access.require_may_lend(world.actor(role, world.organisation("Van hanh")), person.tenures.get().post)


@pytest.mark.parametrize(("proxies", "address"), [(0, "10.0.0.9"), (1, "10.0.0.2"), (2, "10.0.0.1")])
def test_an_address_is_read_past_the_installations_own_proxies_only(settings, rf, proxies, address):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    request = rf.get("/", headers={"X-Forwarded-For": "6.6.6.6, 10.0.0.1, 10.0.0.2"}, REMOTE_ADDR="10.0.0.9")
    assert client_address(request) == address
