"""Opening, answering, closing, moderating."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from thidua.audit.models import JournalEntry
from thidua.clusters.models import ClusterYear, Membership
from thidua.kernel.actor import Role
from thidua.kernel.errors import Forbidden, Refused
from thidua.rapporteurs.actions import feedback as actions
from thidua.rapporteurs.actions.talks import edit_talk
from thidua.rapporteurs.models import FeedbackCount, FeedbackForm, FeedbackQuestion, FeedbackRemark, FeedbackTicket, RemarkState
from thidua.rapporteurs.queries.feedback import feedback_of, result_of, useful_by_speaker
from thidua.rapporteurs.queries.feedback_list import feedback_work
from thidua.rapporteurs.rules.feedback import Closing, Verdict
from thidua.rapporteurs.tests.asking import TODAY, Hall, cookie, sheet
from thidua.rapporteurs.tests.talking import member, values


@pytest.fixture
def hall(world, now) -> Hall:
    """See Hall."""
    return Hall(world, now)


def refused_code(call, **values):
    with pytest.raises(Refused) as refused:
        call(**values)
    return refused.value.code


def tally(form):
    """Counters that are not zero."""
    return {(c.question, c.answer): c.number for c in FeedbackCount.objects.filter(form=form, number__gt=0)}


def test_the_speaker_opens_the_form(hall, now):
    form = actions.open_form(talk=hall.talk, closes=Closing.DAY_AFTER, actor=hall.speaker_actor, now=now)
    assert form.closes_at == now + timedelta(hours=24)
    assert set(form.code) <= set(actions.LETTERS)
    assert FeedbackCount.objects.filter(form=form, number=0).count() == 25
    assert JournalEntry.objects.filter(event="FeedbackOpened").count() == 1


@pytest.mark.parametrize("role", [Role.HEAD_SECRETARY, Role.AUDITOR, Role.COLLABORATOR, Role.RAPPORTEUR, Role.UNIT_OFFICER])
def test_those_of_other_units_may_not_open_it(hall, now, role):
    with pytest.raises(Forbidden):
        actions.open_form(talk=hall.talk, closes=Closing.DAY_AFTER, actor=hall.world.actor(role, hall.world.unit(3)), now=now)


def test_a_form_is_opened_once_for_ever(hall, now):
    form = hall.open()
    again = {"talk": hall.talk, "closes": Closing.DAY_AFTER, "actor": hall.officer, "now": now}
    assert refused_code(actions.open_form, **again) == "rapporteurs.feedback_opened_before"
    hall.close(form)
    assert refused_code(actions.open_form, **again) == "rapporteurs.feedback_opened_before"


def test_a_closed_year_asks_nobody(hall, now):
    form = hall.open(hall.add_talk())
    ClusterYear.objects.update(stage="closed")
    asked = {"talk": hall.talk, "closes": Closing.DAY_AFTER, "actor": hall.officer, "now": now}
    assert refused_code(actions.open_form, **asked) == "clusters.year_closed"
    answering = {"form": form, "answers": sheet(), "remark": "", "cookie": cookie(1), "now": now}
    assert refused_code(actions.answer, **answering) == "rapporteurs.feedback_closed"


def test_a_unit_that_has_left_asks_nobody(hall, now):
    Membership.objects.filter(organisation=hall.world.unit(2)).delete()
    asked = {"talk": hall.talk, "closes": Closing.DAY_AFTER, "actor": hall.world.superior(), "now": now}
    assert refused_code(actions.open_form, **asked) == "rapporteurs.unit_left"


def test_a_sheet_moves_five_counters(hall):
    form = hall.open()
    hall.answer(form, 1, 4, useful=5)
    assert tally(form) == {("clear", 4): 1, ("relevant", 4): 1, ("delivery", 4): 1, ("time", 4): 1, ("useful", 5): 1}
    form.refresh_from_db()
    assert form.answers == 1


def test_a_phone_answers_once(hall):
    form = hall.open()
    hall.answer(form, 1, 4, remark="hay")
    with pytest.raises(Refused) as refused:
        hall.answer(form, 1, 1, remark="dở")
    assert refused.value.code == "rapporteurs.feedback_answered"
    form.refresh_from_db()
    assert (form.answers, FeedbackCount.objects.filter(form=form, answer=1, number__gt=0).count()) == (1, 0)
    assert [remark.text for remark in form.remarks.all()] == ["hay"]


def test_a_phone_answers_each_talk(hall):
    first, second = hall.open(), hall.open(hall.add_talk())
    hall.answer(first, 1)
    hall.answer(second, 1)
    assert len(set(FeedbackTicket.objects.values_list("digest", flat=True))) == 2


def test_no_answer_before_the_day_nor_after_the_closing(hall, now):
    later = hall.add_talk(held_on=TODAY + timedelta(days=2), listeners=0)
    form = hall.open(later)
    values = {"form": form, "answers": sheet(), "remark": "", "cookie": cookie(1)}
    assert refused_code(actions.answer, **values, now=now + timedelta(hours=30)) == "rapporteurs.feedback_too_early"
    actions.answer(**values, now=now + timedelta(days=2))
    values["cookie"] = cookie(2)
    assert refused_code(actions.answer, **values, now=form.closes_at) == "rapporteurs.feedback_closed"
    assert FeedbackForm.objects.get(pk=form.pk).answers == 1


def test_what_is_refused_counts_nothing(hall, now):
    form = hall.open()
    for answers in ({}, sheet(6), sheet(0), sheet() | {"extra": 1}):
        values = {"form": form, "answers": answers, "remark": "", "cookie": cookie(1), "now": now}
        assert refused_code(actions.answer, **values) == "rapporteurs.feedback_incomplete"
    values = {"form": form, "answers": sheet(), "remark": "x" * 501, "cookie": cookie(1), "now": now}
    assert refused_code(actions.answer, **values) == "rapporteurs.remark_too_long"
    assert (tally(form), FeedbackTicket.objects.count(), FeedbackForm.objects.get().answers) == ({}, 0, 0)


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(*[st.integers(1, 5)] * 5), min_size=2, max_size=6), st.randoms())
def test_the_order_of_the_answers_changes_nothing(hall, sheets, random):
    questions, results = FeedbackQuestion.values, []
    for turn in range(2):
        form = hall.open(hall.add_talk())
        for number, marks in enumerate(sheets):
            answers = dict(zip(questions, marks, strict=True))
            actions.answer(form=form, answers=answers, remark="", cookie=cookie(number), now=hall.now)
        results.append(result_of(form))
        if turn == 0:
            random.shuffle(sheets)
    assert results[0] == results[1]


def test_closing_forgets_the_phones_and_the_order_of_remarks(hall):
    remarks = [f"lời {number:02d}" for number in range(12)]
    form = hall.open()
    for number, text in enumerate(remarks):
        hall.answer(form, number, remark=text)
    before = set(FeedbackRemark.objects.values_list("pk", flat=True))
    hall.close(form)
    assert FeedbackTicket.objects.count() == 0
    assert sorted(FeedbackRemark.objects.values_list("text", flat=True)) == remarks
    assert not before & set(FeedbackRemark.objects.values_list("pk", flat=True))
    if connection.vendor == "sqlite":  # the order of arrival in the file is that of the new random keys
        with connection.cursor() as cursor:
            cursor.execute("SELECT id FROM rapporteurs_feedbackremark ORDER BY rowid")
            ids = [row[0] for row in cursor.fetchall()]
        assert ids == sorted(ids)
    assert JournalEntry.objects.filter(event="FeedbackClosed").count() == 1


def test_remarks_of_fewer_than_ten_sheets_are_not_kept(hall):
    hall.asked([5] * 9, remarks=["hay"])
    assert FeedbackRemark.objects.count() == 0


def test_closing_twice_is_no_news(hall):
    form = hall.asked()
    at = form.closed_at
    hall.close(form)
    assert form.closed_at == at
    assert JournalEntry.objects.filter(event="FeedbackClosed").count() == 1


def test_forms_close_by_themselves_at_their_time(hall, now):
    form, other = hall.open(), hall.open(hall.add_talk(), Closing.WEEK)
    hall.answer(form, 1)
    assert actions.close_due(now=form.closes_at - timedelta(seconds=1)) == 0
    assert actions.close_due(now=form.closes_at + timedelta(hours=5)) == 1
    assert actions.close_due(now=form.closes_at + timedelta(hours=5)) == 0
    form.refresh_from_db()
    other.refresh_from_db()
    assert (form.closed_at, other.closed_at) == (form.closes_at, None)
    assert FeedbackTicket.objects.count() == 0


def test_what_is_over_is_over_before_anybody_has_put_it_away(hall, now):
    form = hall.open()
    for number in range(10):
        hall.answer(form, number)
    found = feedback_of(hall.talk, hall.officer, form.closes_at)
    assert found.verdict is Verdict.SHOWN
    assert found.result.answers == 10


def test_nothing_is_told_while_open_nor_below_ten(hall, now):
    form = hall.open()
    for number in range(9):
        hall.answer(form, number, remark="hay")
    found = feedback_of(hall.talk, hall.officer, now)
    assert (found.verdict, found.result, found.remarks, found.may_moderate) == (Verdict.OPEN, None, (), False)
    hall.close(form)
    found = feedback_of(hall.talk, hall.officer, now)
    assert (found.verdict, found.result, found.remarks, found.may_moderate) == (Verdict.TOO_FEW, None, (), False)


def test_more_sheets_than_people_are_not_counted(world, now):
    hall = Hall(world, now, listeners=9)
    hall.asked()
    found = feedback_of(hall.talk, hall.officer, now)
    assert (found.verdict, found.result) == (Verdict.TOO_MANY, None)
    assert useful_by_speaker(hall.year) == {}


def test_a_moderator_who_did_not_speak_decides(hall, now):
    form = hall.asked(remarks=["một", "hai", "ba"])
    states = {r.pk: RemarkState.HIDDEN if r.text == "hai" else RemarkState.SHOWN for r in form.remarks.all()}
    actions.moderate(form=form, states=states, revision=1, actor=hall.officer, now=now)
    assert sorted(feedback_of(hall.talk, hall.speaker_actor, now).remarks) == ["ba", "một"]
    assert JournalEntry.objects.filter(event="RemarksModerated").count() == 1
    actions.moderate(form=form, states=states, revision=2, actor=hall.officer, now=now)
    assert JournalEntry.objects.filter(event="RemarksModerated").count() == 1


def test_the_speaker_never_moderates_even_as_an_officer(hall, now, world):
    form = hall.asked(remarks=["hay"])
    with pytest.raises(Forbidden):
        actions.moderate(form=form, states={}, revision=1, actor=hall.speaker_actor, now=now)
    post = hall.speaker.post
    post.roles = [Role.RAPPORTEUR, Role.UNIT_OFFICER]
    post.save()
    both = world.actor(Role.RAPPORTEUR, world.unit(2))
    assert both.holds(Role.UNIT_OFFICER)
    with pytest.raises(Forbidden):
        actions.moderate(form=form, states={}, revision=1, actor=both, now=now)
    assert feedback_work(both, now) == []


def test_whoever_was_answered_stays_the_speaker(hall, now):
    other = member(hall.world.unit(2), "Phạm Thị Dung")
    hall.answer(hall.open(), 1)
    changed = values(other, hall.topic, held_on=TODAY)
    given = {"talk": hall.talk, "values": changed, "revision": 1, "actor": hall.officer, "now": now, "reason": "Ghi nhầm người"}
    with pytest.raises(Refused) as refused:
        edit_talk(**given)
    assert (refused.value.code, refused.value.facts) == ("rapporteurs.talk_asked", {"field": "speaker"})


def test_two_moderators_do_not_undo_each_other_unseen(hall, now):
    form = hall.asked(remarks=["hay"])
    [remark] = form.remarks.all()
    actions.moderate(form=form, states={remark.pk: "shown"}, revision=1, actor=hall.officer, now=now)
    values = {"form": form, "states": {remark.pk: "hidden"}, "revision": 1, "actor": hall.world.superior(), "now": now}
    assert refused_code(actions.moderate, **values) == "rapporteurs.remarks_moderated_meanwhile"


def test_remarks_of_another_form_are_not_touched(hall, now):
    form, other = hall.asked(remarks=["hay"]), hall.asked(remarks=["khác"], talk=hall.add_talk())
    states = {remark.pk: "shown" for remark in other.remarks.all()}
    actions.moderate(form=form, states=states, revision=1, actor=hall.officer, now=now)
    assert [remark.state for remark in other.remarks.all()] == ["waiting"]


def test_remarks_are_not_moderated_while_open(hall, now):
    form = hall.open()
    values = {"form": form, "states": {}, "revision": 1, "actor": hall.officer, "now": now}
    assert refused_code(actions.moderate, **values) == "rapporteurs.remarks_not_yet"


def test_remarks_wait_for_those_who_may_moderate(hall, now, django_assert_num_queries):
    hall.asked(remarks=["hay", "dở"])
    hall.asked(remarks=["hay"], talk=hall.add_talk())
    hall.asked([5] * 9, remarks=["hay"], talk=hall.add_talk())
    hall.asked(talk=hall.add_talk())
    with django_assert_num_queries(1):
        assert len(feedback_work(hall.officer, now)) == 2
    assert len(feedback_work(hall.world.superior(), now)) == 2
    assert feedback_work(hall.world.officer(3), now) == []
    assert feedback_work(hall.speaker_actor, now) == []


def test_the_sums_of_each_speaker(hall, django_assert_num_queries):
    other = hall.other_speaker()
    hall.asked([5] * 8 + [3] * 2)
    hall.asked([4] * 12, talk=hall.add_talk())
    hall.asked([1] * 10, talk=hall.add_talk(speaker=other))
    hall.asked([5] * 9, talk=hall.add_talk(speaker=other))
    hall.asked([5] * 10, talk=hall.add_talk(listeners=9))
    hall.open(hall.add_talk())
    with django_assert_num_queries(1):
        found = useful_by_speaker(hall.year)
    assert found == {hall.speaker.pk: (20, 22, 2), other.pk: (0, 10, 1)}


@pytest.mark.django_db(transaction=True)
def test_one_phone_many_times_at_once(hall):
    form = hall.open()
    said, start = [], threading.Barrier(4)

    def send(value):
        start.wait()
        try:
            hall.answer(form, 1, value, remark=f"lời {value}")
            said.append("counted")
        except Refused as refused:
            said.append(refused.code)
        finally:
            connection.close()

    _at_once(send, [1, 2, 3, 4])
    assert sorted(said) == ["counted"] + ["rapporteurs.feedback_answered"] * 3
    assert sum(tally(form).values()) == 5
    assert FeedbackForm.objects.get().answers == FeedbackRemark.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_many_phones_at_once_are_all_counted(hall):
    form = hall.open()
    start = threading.Barrier(6)

    def send(number):
        start.wait()
        try:
            hall.answer(form, number)
        finally:
            connection.close()

    _at_once(send, range(6))
    assert set(tally(form).values()) == {6}
    assert FeedbackForm.objects.get().answers == 6


@pytest.mark.django_db(transaction=True)
def test_an_answer_beside_the_closing_is_counted_or_refused_whole(hall):
    form = hall.open()
    for number in range(9):
        hall.answer(form, number)
    start, said = threading.Barrier(2), []

    def act(what):
        start.wait()
        try:
            hall.close(form) if what == "close" else hall.answer(form, 99)
            said.append(what)
        except Refused as refused:
            said.append(refused.code)
        finally:
            connection.close()

    _at_once(act, ["close", "answer"])
    kept = FeedbackForm.objects.get()
    assert kept.answers == (10 if "answer" in said else 9)
    assert set(tally(form).values()) == {kept.answers}
    assert FeedbackTicket.objects.count() == 0


def _at_once(call, values):
    threads = [threading.Thread(target=call, args=(value,)) for value in values]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
