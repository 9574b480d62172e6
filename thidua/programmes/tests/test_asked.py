"""The way from a document that asks for a programme to the programme."""

import pytest
from django.urls import reverse

from thidua.kernel.actor import Role
from thidua.programmes.queries import programme_answers
from thidua.programmes.tests.chain import Chain


@pytest.fixture
def chain(world, now):
    return Chain(world, now)


def pair(chain, number, directive):
    return chain.world.unit(number).pk, directive.pk


def test_a_writer_begins_the_programme_and_then_opens_it(chain, world, django_assert_num_queries):
    asks, other = chain.directive(), chain.directive("06-CT/TW")
    there = chain.programme(2, directive=other)
    asked = [pair(chain, 2, asks), pair(chain, 2, other), pair(chain, 3, asks)]
    officer = world.officer(2)
    found = programme_answers(officer, chain.year, asked)
    assert {key: tab.key for key, tab in found.items()} == {asked[0]: "new", asked[1]: "programme"}
    assert found[asked[0]].url == f"{chain.url('new')}?don-vi=don-vi-2&van-ban={asks.pk}"
    assert found[asked[1]].url.endswith(f"/chuong-trinh/{there.pk}/")
    with django_assert_num_queries(2):
        programme_answers(officer, chain.year, asked)


def test_nobody_begins_without_the_role_or_in_a_closed_year(chain, world):
    asked = [pair(chain, 2, chain.directive())]
    assert programme_answers(world.secretary(), chain.year, asked) == {}
    chain.year.stage = "closed"
    assert programme_answers(world.officer(2), chain.year, asked) == {}


def test_the_inbox_leads_there(chain, world, sign_in):
    asks, tells = chain.directive(), chain.directive("06-CT/TW")
    chain.sent(asks, 2, due_action="programme")
    chain.sent(tells, 2, due_action="note")
    client = sign_in(world.person(Role.UNIT_OFFICER, world.unit(2)))
    inbox = client.get(reverse("directives:inbox", args=[chain.year.cluster.slug, chain.year.year])).content.decode()
    assert inbox.count("Lập chương trình hành động</a>") == 1
    begin = f"{chain.url('new')}?don-vi=don-vi-2&van-ban={asks.pk}"
    assert begin.replace("&", "&amp;") in inbox
    assert client.get(begin).status_code == 200
