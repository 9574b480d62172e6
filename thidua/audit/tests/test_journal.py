"""publish() and the chain."""

from dataclasses import dataclass
from datetime import UTC, datetime
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction

from thidua.audit import actions
from thidua.audit.actions import PublishedOutsideTransaction, publish
from thidua.audit.models import JournalEntry
from thidua.audit.queries import verify
from thidua.kernel.actor import Actor, Holding

NOW = datetime(2021, 11, 26, 7, 21, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class SomethingHappened:
    year_id: int
    what: str


def write(*whats, actor=None):
    with transaction.atomic():
        for what in whats:
            publish(SomethingHappened(7, what), actor or Actor(None, "thidua"), now=NOW)


@pytest.mark.django_db(transaction=True)
def test_a_fact_outside_a_transaction_is_a_programming_error():
    with pytest.raises(PublishedOutsideTransaction):
        publish(SomethingHappened(7, "x"), Actor(None, "thidua"), now=NOW)


@pytest.mark.django_db
def test_each_row_is_hashed_with_the_one_before():
    write("một", "hai", "ba")
    assert verify() == (3, None)
    first, second, _ = JournalEntry.objects.all()
    assert second.previous == first.digest
    assert first.year_id == 7


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("tamper", "position", "reason"),
    [
        (lambda rows: rows.filter(position=2).update(facts='{"what":"khác"}'), 2, "digest"),
        (lambda rows: rows.filter(position=2).update(person_name="Người khác"), 2, "digest"),
        (lambda rows: rows.filter(position=2).update(year_id=None), 2, "digest"),
        (lambda rows: rows.filter(position=2).update(facts="not JSON"), 2, "digest"),
        (lambda rows: rows.filter(position=2).delete(), 2, "gap"),
        (lambda rows: rows.filter(position=3).delete(), 3, "head"),
        (lambda rows: rows.filter(position=3).update(previous="0" * 64), 3, "previous"),
    ],
)
def test_every_kind_of_tampering_is_found(tamper, position, reason):
    write("một", "hai", "ba")
    tamper(JournalEntry.objects.all())
    broken = verify()[1]
    assert (broken.position, broken.reason) == (position, reason)
    out = StringIO()
    with pytest.raises(SystemExit) as left:
        call_command("verify_journal", stdout=out)
    assert left.value.code == 1
    assert str(position) in out.getvalue()


@pytest.mark.django_db
def test_a_lent_power_leaves_both_names(world):
    lender = world.person("unit_leader", world.unit(2))
    borrower = world.person("unit_officer", world.unit(2))
    holding = Holding(1, "Bí thư", 2, "Đơn vị 2", frozenset(), lender_id=lender.pk, lender_name=lender.name)
    write("ký", actor=Actor(borrower.pk, borrower.name, (holding,), using=holding))
    entry = JournalEntry.objects.get()
    assert (entry.person_name, entry.on_behalf_of_name, entry.post_title) == (borrower.name, lender.name, "Bí thư, Đơn vị 2")


@pytest.mark.django_db
def test_a_reaction_that_fails_in_the_transaction_undoes_the_fact(monkeypatch):
    def fail(event, actor, now):
        raise ValueError("no")

    monkeypatch.setitem(actions.IN_TRANSACTION, SomethingHappened, [fail])
    with pytest.raises(ValueError, match="no"):
        write("một")
    assert not JournalEntry.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_reaction_that_fails_after_the_commit_harms_nobody(monkeypatch):
    seen = []

    def fail(event, actor, now):
        raise ValueError("no")

    monkeypatch.setitem(actions.AFTER_COMMIT, SomethingHappened, [fail, lambda e, a, n: seen.append(e.what)])
    write("một")
    assert seen == ["một"]
    assert verify() == (1, None)
