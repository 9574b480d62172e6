"""That nothing that is kept holds one listener's sheet, or joins two answers of it."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import connection, models
from django.test import Client

from thidua.audit.models import JournalEntry
from thidua.people.models import Person
from thidua.rapporteurs.actions.feedback import moderate
from thidua.rapporteurs.models import FeedbackCount, FeedbackForm, FeedbackRemark, FeedbackTicket
from thidua.rapporteurs.tests.asking import QUESTIONS, Hall

AGENT, ADDRESS = "MayDienThoaiLa/9.9", "203.0.113.77"


@pytest.fixture
def hall(world, now, monkeypatch) -> Hall:
    monkeypatch.setattr("django.utils.timezone.now", lambda: now + timedelta(minutes=5))
    return Hall(world, now)


def everything():
    """Every row of every table as (table, values)."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            yield from ((table, row) for row in cursor.fetchall())


def test_after_twelve_sheets_no_row_joins_what_one_of_them_said(hall, caplog):
    form = hall.open()
    journal, sessions = JournalEntry.objects.count(), Session.objects.count()
    before = {table for table, _row in everything()}
    sheets = [{q: 1 + (n + 2 * i) % 5 for i, q in enumerate(QUESTIONS)} for n in range(12)]
    numbers = []
    for number, answers in enumerate(sheets):
        client = Client(HTTP_USER_AGENT=AGENT, REMOTE_ADDR=ADDRESS)
        client.get(f"/y-kien/{form.code}/")
        numbers.append(client.cookies["phieu"].value)
        assert client.post(f"/y-kien/{form.code}/", answers | {"remark": f"góp ý {number}"}).status_code == 302
    rows = list(everything())
    assert (JournalEntry.objects.count(), Session.objects.count()) == (journal, sessions)
    assert {table for table, _row in rows} - before == {"rapporteurs_feedbackticket", "rapporteurs_feedbackremark"}
    for table, row in rows:
        text = "|".join(map(str, row))
        assert AGENT not in text
        assert ADDRESS not in text
        assert not any(number in text for number in numbers), table
        assert sum(question in text for question in ("clear", "relevant", "delivery")) <= 1 or table.startswith("django_"), table
    assert AGENT not in caplog.text
    assert ADDRESS not in caplog.text
    assert FeedbackCount.objects.count() == 25
    assert FeedbackForm.objects.get().answers == 12


def test_the_log_does_not_tell_when_somebody_tried(hall, caplog):
    form, client = hall.open(), Client()
    address, sheet = f"/y-kien/{form.code}/", dict.fromkeys(QUESTIONS, 5)
    said = [Client().post(address, sheet).status_code]
    client.get(address)
    said += [client.post(address, typed).status_code for typed in ({}, sheet | {"remark": "x" * 501}, sheet, sheet)]
    assert said == [403, 422, 422, 302, 409]
    assert "y-kien" not in caplog.text


def test_what_is_kept_of_a_phone_and_of_words_has_no_time_no_order_and_no_answer():
    assert {field.name for field in FeedbackTicket._meta.get_fields()} == {"id", "form", "digest"}
    assert {field.name for field in FeedbackRemark._meta.get_fields()} == {"id", "form", "text", "state", "moderated_by_name"}
    assert {field.name for field in FeedbackCount._meta.get_fields()} == {"id", "form", "question", "answer", "number"}
    for model in (FeedbackTicket, FeedbackRemark):
        assert isinstance(model._meta.pk, models.UUIDField)


def test_no_table_points_at_a_phone_a_remark_or_a_counter():
    pointing = {
        field.model.__name__
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey | models.ManyToManyField)
        and field.related_model in (FeedbackTicket, FeedbackRemark, FeedbackCount)
    }
    assert pointing == set()


def test_a_person_who_is_signed_in_leaves_no_name(hall, sign_in):
    form = hall.open()
    client = sign_in(Person.objects.get(pk=hall.speaker_person.pk))
    client.get(f"/y-kien/{form.code}/")
    before = sorted(map(repr, everything()))
    client.post(f"/y-kien/{form.code}/", dict.fromkeys(QUESTIONS, 5))
    changed = {row for row in map(repr, everything()) if row not in before}
    tables = {row.split("'")[1] for row in changed}
    assert tables == {"rapporteurs_feedbackticket", "rapporteurs_feedbackcount", "rapporteurs_feedbackform"}
    assert not any(hall.speaker_person.username in row for row in changed)


@pytest.mark.django_db(transaction=True)
def test_closing_rewrites_counters_and_remarks_in_one_go(hall):
    form = hall.open()
    for number in range(12):
        hall.answer(form, number, 1 + number % 5, remark=f"góp ý {number}")
    before = sorted(FeedbackCount.objects.values_list("question", "answer", "number"))
    hall.close(form)
    assert sorted(FeedbackCount.objects.values_list("question", "answer", "number")) == before
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for table in ("feedbackcount", "feedbackremark"):
                cursor.execute(f"SELECT count(DISTINCT xmin::text) FROM rapporteurs_{table}")
                assert cursor.fetchone() == (1,)


def test_the_journal_says_that_it_was_opened_closed_and_moderated_and_no_more(hall, now):
    form = hall.asked([5] * 7 + [2] * 5, remarks=["hay"])
    moderate(form=form, states={form.remarks.get().pk: "shown"}, revision=1, actor=hall.officer, now=now)
    rows = list(JournalEntry.objects.filter(event__in=["FeedbackOpened", "FeedbackClosed", "RemarksModerated"]))
    assert [row.event for row in rows] == ["FeedbackOpened", "FeedbackClosed", "RemarksModerated"]
    assert JournalEntry.objects.count() == 3
    for row in rows:
        assert "hay" not in row.facts
        assert "12" not in row.facts.replace(str(hall.talk.pk), "")
