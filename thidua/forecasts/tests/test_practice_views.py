"""Practice: an address for each go, what was typed stays, feedback, and no trace of anybody."""

import pytest
from django.urls import reverse

from thidua.audit.models import JournalEntry
from thidua.forecasts.queries.practice import statements_for
from thidua.kernel.actor import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def year(world):
    return world.year(stage="running")


@pytest.fixture
def at(year):
    return reverse("forecasts:practice", args=[year.cluster.slug, year.year])


@pytest.fixture
def client(world, year, sign_in):
    return sign_in(world.person(Role.COLLABORATOR, world.unit(2)))


def typed(seed, chance=None):
    """Answers in percent: the truth, or the same everywhere."""
    return {each.id: chance or ("100" if each.truth else "0 %") for each in statements_for(seed)}


@pytest.mark.parametrize("seed", ["", "abc", "1234567890", "-1"])
def test_a_go_without_a_number_gets_one(client, at, seed):
    answer = client.get(at, {"de": seed})
    assert answer.status_code == 302
    assert client.get(answer["Location"]).status_code == 200


def test_ten_statements_with_fields_that_work_without_script(client, at):
    text = client.get(at, {"de": "5"}).content.decode()
    for each in statements_for("5"):
        assert f'name="{each.id}"' in text
        assert each.explanation_vi not in text
    assert text.count('type="range"') == text.count("data-with-script hidden") == 10


def test_knowing_everything(client, at):
    answer = client.post(f"{at}?de=5", typed("5"))
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "0,000</span> điểm Brier" in text
    assert "Mức chắc chắn của bạn khớp" in text
    assert "đúng 10 trên 10 lần" in text
    for each in statements_for("5"):
        assert each.source in text


def test_knowing_nothing(client, at):
    text = client.post(f"{at}?de=5", typed("5", "50")).content.decode()
    assert "0,250</span> điểm Brier" in text
    assert "Bạn dè dặt quá" in text


def test_being_too_sure(client, at):
    text = client.post(f"{at}?de=5", typed("5", "97,5")).content.decode()
    assert "Bạn chắc chắn quá" in text
    assert "97,5 %" in text


@pytest.mark.parametrize("wrong", ["", "abc", "101", "-3", "nan"])
def test_what_cannot_be_a_chance_is_refused_and_all_that_was_typed_stays(client, at, wrong):
    values = typed("5", "62,5")
    first = next(iter(values))
    answer = client.post(f"{at}?de=5", {**values, first: wrong})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Còn 1 câu chưa có số hợp lệ" in text
    assert text.count('value="62,5"') == 9
    assert not wrong or f'value="{wrong}"' in text


def test_nothing_is_kept(client, at):
    before = JournalEntry.objects.count()
    session = dict(client.session)
    client.post(f"{at}?de=5", typed("5"))
    assert JournalEntry.objects.count() == before
    assert dict(client.session) == session


def test_in_english(client, at):
    client.cookies["django_language"] = "en"
    text = client.get(at, {"de": "5"}).content.decode()
    assert all(each.statement_vi not in text for each in statements_for("5"))
