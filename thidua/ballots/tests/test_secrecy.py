"""That nothing this slice keeps ties a person to a choice."""

import json
import re
import threading
from pathlib import Path
from random import Random

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import connection, models
from django.utils.timezone import now as clock

from thidua.audit.models import JournalEntry
from thidua.ballots import actions
from thidua.ballots.models import Poll, RollEntry, UrnBallot
from thidua.kernel.errors import Refused
from thidua.people.models import Person


def _reaches(model, target):
    """Models that foreign keys lead to from the model, at any distance."""
    seen, todo = set(), [model]
    while todo:
        for field in todo.pop()._meta.get_fields():
            if isinstance(field, models.ForeignKey) and field.related_model not in seen:
                seen.add(field.related_model)
                todo.append(field.related_model)
    return target in seen


def test_the_urn_leads_to_no_person_and_holds_no_time():
    assert {field.name for field in UrnBallot._meta.get_fields()} == {"id", "poll", "choices"}
    assert not _reaches(UrnBallot, Person)
    assert not _reaches(UrnBallot, RollEntry)


def test_the_roll_holds_a_mark_and_no_time():
    assert {field.name for field in RollEntry._meta.get_fields()} == {"id", "poll", "person", "has_voted"}


def test_no_table_anywhere_points_at_a_ballot_or_at_a_line_of_the_roll():
    pointing = {
        field.model.__name__
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey | models.ManyToManyField) and field.related_model in (UrnBallot, RollEntry)
    }
    assert pointing == set()


def test_the_journal_of_a_finished_poll_names_no_voter_and_holds_no_ballot(hall):
    poll = hall.poll()
    before = JournalEntry.objects.count()
    for number, choices in enumerate((["yes", "no"], ["no", "yes"], ["abstain", "yes"]), 1):
        hall.cast(poll, number, *choices)
    assert JournalEntry.objects.count() == before
    hall.close(poll)
    rows = JournalEntry.objects.filter(event__in=["PollCreated", "PollOpened", "BallotClosed"])
    voters = {person.pk for person in hall.persons}
    assert {row.event for row in rows} == {"PollCreated", "PollOpened", "BallotClosed"}
    for row in rows:
        assert row.person_id not in voters
        assert not re.search(r"person|voter_|roll|choices", row.facts)
    totals = json.loads(rows.get(event="BallotClosed").facts)["totals"]
    assert [(t["yes"], t["no"], t["abstain"]) for t in totals] == [(1, 1, 1), (2, 1, 0)]


def test_a_ballot_on_its_way_is_not_kept_in_the_session(hall, sign_in):
    poll = hall.poll()
    client = sign_in(hall.persons[0])
    address = f"/cum/cum-2/2021/bo-phieu/{poll.pk}/"
    ballot = {f"item-{item.pk}": "abstain" for item in poll.items.all()}
    client.post(address + "xem-lai/", ballot)
    client.post(address, ballot)
    assert UrnBallot.objects.count() == 1
    kept = [json.dumps(session.get_decoded()) for session in Session.objects.filter(expire_date__gt=clock())]
    assert kept
    assert not any("abstain" in text or "item-" in text for text in kept)


def test_the_order_of_the_urn_is_not_the_order_of_voting(hall):
    """With the seed of the fixture: numbers are drawn, so reading by number is not reading by time."""
    poll = hall.poll(items=1)
    order = [("yes",), ("no",), ("abstain",), ("yes",), ("no",)]
    for number, choice in enumerate(order, 1):
        hall.cast(poll, number, *choice)
    assert [tuple(ballot.choices) for ballot in UrnBallot.objects.all()] != order
    numbers = list(UrnBallot.objects.values_list("pk", flat=True))
    assert numbers == sorted(numbers)
    assert min(numbers) > 2**40


def test_closing_rewrites_roll_and_urn_each_in_one_go(hall):
    poll = hall.poll()
    for number in range(1, 6):
        hall.cast(poll, number, "yes", "no")
    before = list(UrnBallot.objects.values_list("pk", "choices"))
    hall.close(poll)
    assert list(UrnBallot.objects.values_list("pk", "choices")) == before
    assert RollEntry.objects.filter(poll=poll, has_voted=True).count() == 5
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(DISTINCT xmin::text) FROM ballots_rollentry")
            assert cursor.fetchone() == (1,)


@pytest.mark.django_db(transaction=True)
def test_the_same_person_at_two_machines_at_once(hall):
    poll = hall.poll()
    said, start = [], threading.Barrier(4)

    def vote(choice):
        start.wait()
        try:
            actions.cast(poll=poll, choices=[choice, choice], actor=hall.delegates[0], rng=Random(choice))
            said.append("cast")
        except Refused as refused:
            said.append(refused.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=vote, args=(choice,)) for choice in ("yes", "no", "abstain", "yes")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(said) == ["ballots.already_voted"] * 3 + ["cast"]
    assert UrnBallot.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_after_closing_the_write_ahead_log_tells_nothing(hall):
    poll = hall.poll()
    for number in range(1, 6):
        hall.cast(poll, number, "yes", "no")
    hall.close(poll)
    if connection.vendor == "sqlite":  # PostgreSQL's log is its administrator's to guard, as the page says
        assert Path(f"{connection.settings_dict['NAME']}-wal").stat().st_size == 0
    assert Poll.objects.get().status == "closed"
