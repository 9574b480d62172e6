"""Walks every address of the project with every role and compares with the table."""

import re
from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse

from tests.access.rows import ANYONE, EVERYBODY, Row
from tests.access.scene import build
from tests.access.table import TABLE
from thidua.config import wiring
from thidua.kernel import ports
from thidua.kernel.actor import Role


def addresses(patterns=None, before="", space="") -> Iterator[tuple[str, str]]:
    """(name with its namespace, pattern) of everything that can be asked for."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        here = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, here, space + (f"{pattern.namespace}:" if pattern.namespace else ""))
        else:
            yield f"{space}{pattern.name}", here


PATTERNS = dict(addresses())


@pytest.fixture
def scene(world, now):
    """One of everything; see scene.build."""
    return build(world, now)


@pytest.fixture
def clients(scene):
    """A client of each role, and one of nobody."""
    found = {ANYONE: Client()}
    for role, person in scene.people.items():
        found[role] = Client()
        found[role].force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return found


def test_every_address_is_in_the_table_and_the_table_knows_no_other():
    assert sorted(PATTERNS) == sorted(TABLE)


def test_every_address_has_a_name_of_its_own():
    names = [name for name, _pattern in addresses()]
    assert [name for name in names if names.count(name) > 1 or name.endswith("None")] == []


def address_of(name: str, row: Row, scene) -> str:
    wanted = re.findall(r"<(?:\w+:)?(\w+)>", PATTERNS[name])
    return reverse(name, kwargs={argument: _id(scene, {**scene.ids, **row.ids}[argument]) for argument in wanted})


def _id(scene, given: object) -> object:
    """An id as the row gives it; "@name" is another of the scene's."""
    return scene.ids[given[1:]] if isinstance(given, str) and given.startswith("@") else given


def status(client: Client, address: str, *, post: bool) -> int:
    """The answer, with everything undone that it did."""
    with transaction.atomic():
        response = client.post(address) if post else client.get(address)
        if response.streaming:
            response.getvalue()  # read to its end, so that the test client closes it as a server would
        transaction.set_rollback(True)
    return response.status_code


def parts() -> list[str]:
    """The slices (and "" for what the libraries bring), so that one world serves many addresses."""
    return sorted({name.rpartition(":")[0] for name in TABLE})


def rows_of(part: str) -> Iterator[tuple[str, Row]]:
    for name, rows in TABLE.items():
        if name.rpartition(":")[0] == part:
            yield from ((name, row) for row in (rows if isinstance(rows, list) else [rows]))


@pytest.mark.parametrize("part", parts())
def test_each_role_gets_what_the_table_says(part, scene, clients):
    wrong = []
    for name, row in rows_of(part):
        scene.at(row.stage)
        address = address_of(name, row, scene)
        for who in EVERYBODY:
            got = status(clients[who], address, post=row.post)
            if got not in row.expected[who]:
                wrong.append(f"{name} at {row.stage}, {who}: {got}, not {sorted(row.expected[who])} ({address})")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("part", parts())
def test_what_one_may_not_open_one_may_not_send(part, scene, clients):
    """The same gate for a form that is sent without ever having been shown (405: the address takes no form at all)."""
    wrong = []
    for name, row in rows_of(part):
        shut = [who for who in EVERYBODY if row.expected[who] <= {403, 404} or (who == ANYONE and row.expected[who] == {302})]
        scene.at(row.stage)
        address = address_of(name, row, scene)
        for who in shut if not row.post else ():
            got = status(clients[who], address, post=True)
            if got not in row.expected[who] | {405}:
                wrong.append(f"{name} at {row.stage}, {who}: {got}, not {sorted(row.expected[who])} ({address})")
    assert not wrong, "\n".join(wrong)


def test_the_page_of_roles_names_every_power(scene, clients):
    page = clients[Role.DELEGATE].get(reverse("people:roles")).content.decode()
    for power in ports.POWERS:
        assert str(power.title) in page, power.code
    ticks = page.count(">✓</span>")
    assert ticks == sum(len(power.roles) for power in ports.POWERS)


def test_every_power_of_every_slice_is_wired():
    from importlib import import_module
    from pathlib import Path

    package = Path(wiring.__file__).parents[1]
    found = [import_module(f"thidua.{path.parent.name}.access") for path in sorted(package.glob("*/access.py"))]
    assert {module.__name__ for module in found} == {module.__name__ for module in wiring.POWERS}
    for module in found:
        constants = {value.code for value in vars(module).values() if type(value).__name__ == "Power" and _is_own(value, module)}
        assert constants == {power.code for power in module.POWERS}, module.__name__


def _is_own(power, module) -> bool:
    return power.code.split(".")[0] == module.__name__.split(".")[1]


def test_no_two_powers_share_a_code():
    codes = [power.code for power in ports.POWERS]
    assert len(codes) == len(set(codes))
