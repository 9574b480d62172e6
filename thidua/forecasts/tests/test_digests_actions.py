"""Digests from gathering to issue, and what each step refuses."""

from datetime import date, timedelta

import pytest

from thidua.audit.models import JournalEntry
from thidua.forecasts.actions import digests as actions
from thidua.forecasts.models import Digest, DigestRound, DigestState
from thidua.forecasts.queries import round_gathered, work
from thidua.forecasts.rules.digests import from_plain
from thidua.forecasts.tests.digesting import LARGE, draft, issue, make_report, make_reports, make_round, make_topic
from thidua.kernel.errors import Absent, Forbidden, Refused
from thidua.kernel.ports import round_gathered as port


@pytest.fixture
def year(world):
    return world.year()


@pytest.fixture
def asked(world, year):
    """A round with one large topic, one with a small mixed count and one that hardly anyone speaks of."""
    wages, roads, dust = (make_topic(year, title) for title in ("Tiền lương", "Đường sá", "Bụi"))
    found = make_round(year)
    make_report(found, world.unit(1), {wages: LARGE, roads: (20, 15, 10, 3), dust: (1, 0, 0, 0)})
    make_report(found, world.unit(2), {wages: (30, 20, 10, 10), roads: (20, 15, 12, 4), dust: (0, 2, 0, 0)})
    make_report(found, world.unit(3), {wages: (1, 0, 10, 0), roads: (2, 3, 11, 0)})
    make_report(found, world.unit(2), {})
    make_report(found, world.unit(4), {wages: (500, 0, 0, 0)}, sent=False)
    return found


def refused(code, act, **values):
    with pytest.raises(Refused) as caught:
        act(**values)
    assert caught.value.code == code
    return caught.value


def test_a_draft_keeps_the_published_table_of_sent_reports_only(world, year, asked, now):
    made = draft(world, year, [asked], now=now)
    content = from_plain(made.table)
    assert (content.reports, content.units, content.rounds) == (4, 3, ("Quý III",))
    assert [(line.title, line.total) for line in content.lines] == [("Tiền lương", 231), ("", 118)]
    assert content.total == 349
    assert (made.starts_on, made.ends_on, made.state) == (asked.starts_on, asked.ends_on, DigestState.DRAFT)
    assert "7" not in str(made.table["lines"][1]["cells"])
    assert round_gathered(asked.pk)
    assert port(asked.pk)


def test_topics_that_hardly_anybody_or_nobody_counted_are_not_named(world, year, asked, now):
    make_topic(year, "Chưa ai nói")
    made = draft(world, year, [asked], now=now)
    assert "Chưa ai nói" not in str(made.table)
    assert "Bụi" not in str(made.table)


def test_the_journal_tells_no_count(world, year, asked, now):
    made = issue(world, draft(world, year, [asked], now=now), now=now)
    told = list(JournalEntry.objects.filter(event__contains="Digest").order_by("position"))
    assert [entry.event for entry in told] == ["DigestDrafted", "DigestChecked", "DigestIssued"]
    assert not any(str(number) in entry.facts for entry in told for number in (231, 118, 349))
    assert made.digest in told[-1].facts


def test_a_round_is_gathered_once(world, year, asked, now):
    """So that no two digests share a round: the difference of two tables that do would be a third one, never checked."""
    draft(world, year, [asked], now=now)
    other = make_round(year, "Quý IV", due_on=date(2021, 10, 31))
    caught = refused("forecasts.round_gathered", draft, world=world, year=year, rounds=[other, asked], now=now, title="Khác")
    assert caught.facts["round"] == "Quý III"
    assert DigestRound.objects.count() == 1


@pytest.mark.parametrize("day", [date(2021, 11, 1), date(2021, 12, 1)])
def test_a_round_that_is_not_over_is_not_gathered(world, year, asked, now, day):
    asked.due_on = day
    asked.save()
    refused("forecasts.round_not_due", draft, world=world, year=year, rounds=[asked], now=now)


def test_nothing_is_gathered_from_no_round_no_report_or_another_year(world, year, asked, now):
    refused("forecasts.rounds_missing", draft, world=world, year=year, rounds=[], now=now)
    empty = make_round(year, "Tháng 9")
    refused("forecasts.no_reports", draft, world=world, year=year, rounds=[empty], now=now)
    refused("forecasts.no_reports", draft, world=world, year=year, rounds=[asked, empty], now=now)
    with pytest.raises(Absent):
        draft(world, world.year(2020), [asked], now=now)
    assert not Digest.objects.exists()


def test_reports_of_two_units_are_not_gathered_and_the_round_stays_free(world, year, now):
    """Else the one unit would take its own counts off the table and have the other's."""
    asked = make_round(year)
    reports = make_reports(asked, world, {make_topic(year, "Tiền lương"): LARGE}, units=(1, 1, 2))
    caught = refused("forecasts.too_few_units", draft, world=world, year=year, rounds=[asked], now=now)
    assert caught.facts == {"least": 3, "units": 2, "field": "rounds"} or caught.facts == {"least": 3, "units": 2}
    assert not round_gathered(asked.pk)
    make_report(asked, world.unit(3), {})
    assert draft(world, year, [asked], now=now).table["reports"] == len(reports) + 1


def test_a_plan_writes_nothing_and_refuses_the_same(world, year, asked, now):
    values = {"year": year, "title": "D", "words": "", "actor": world.secretary(), "now": now}
    plan = actions.plan_digest(**values, rounds=[asked.pk])
    assert (plan.reports, plan.units, [one.title for one in plan.rounds]) == (4, 3, ["Quý III"])
    refused("forecasts.rounds_missing", actions.plan_digest, **values, rounds=[])
    assert not Digest.objects.exists()
    assert not round_gathered(asked.pk)


def test_a_title_is_given_once_and_not_empty(world, year, asked, now):
    draft(world, year, [asked], now=now)
    other = make_round(year, "Tháng 9")
    make_reports(other, world, {})
    refused("forecasts.digest_exists", draft, world=world, year=year, rounds=[other], now=now, title=" Dư luận  quý III ")
    refused("forecasts.digest_title_empty", draft, world=world, year=year, rounds=[other], now=now, title=" ")


def test_a_report_that_comes_later_changes_nothing(world, year, asked, now):
    made = draft(world, year, [asked], now=now)
    before = made.table
    make_report(asked, world.unit(4), {make_topic(year, "Muộn"): LARGE}, at=now + timedelta(hours=1))
    made = actions.edit_digest(
        digest=made, title="Tên khác", words="Ổn định.", revision=1, actor=world.secretary(), now=now
    )  # fmt: skip
    assert issue(world, made, now=now).table == before


def test_words_with_a_telephone_number_are_refused_at_every_step(world, year, asked, now):
    words = "Liên hệ 0912 345 678"
    refused("forecasts.digest_words_contact", draft, world=world, year=year, rounds=[asked], now=now, words=words)
    made = draft(world, year, [asked], now=now)
    refused(
        "forecasts.digest_words_contact", actions.edit_digest,
        digest=made, title="Tên", words=words, revision=1, actor=world.secretary(), now=now,
    )  # fmt: skip


def test_whoever_wrote_last_does_not_check(world, year, asked, now):
    made = draft(world, year, [asked], now=now)
    step = {"digest": made, "revision": 1, "actor": world.secretary(), "now": now}
    refused("forecasts.own_digest", actions.check_digest, **step)
    refused("forecasts.own_digest", actions.send_back_digest, **step, reason="Chưa đúng tên kỳ báo cáo")
    actions.edit_digest(digest=made, title="Tên", words="", revision=1, actor=world.superior(), now=now)
    refused("forecasts.own_digest", actions.check_digest, **step | {"actor": world.superior(), "revision": 2})
    assert actions.check_digest(**step | {"revision": 2}).state == DigestState.CHECKED


def test_sent_back_with_a_reason_and_written_anew(world, year, asked, now):
    made = draft(world, year, [asked], now=now)
    step = {"digest": made, "revision": 1, "actor": world.superior(), "now": now}
    refused("forecasts.digest_reason_short", actions.send_back_digest, **step, reason="sai 12345678")
    back = actions.send_back_digest(**step, reason="Nhận định chưa nêu kiến nghị")
    assert (back.state, back.returned_reason) == (DigestState.DRAFT, "Nhận định chưa nêu kiến nghị")
    again = actions.edit_digest(digest=back, title="Tên", words="Kiến nghị.", revision=2, actor=world.secretary(), now=now)
    assert again.returned_reason == ""
    checked = actions.check_digest(digest=again, revision=3, actor=world.superior(), now=now)
    refused(
        "forecasts.digest_not_draft", actions.edit_digest,
        digest=checked, title="Tên", words="", revision=4, actor=world.secretary(), now=now,
    )  # fmt: skip
    back = actions.send_back_digest(
        digest=checked, revision=4, actor=world.superior(), now=now, reason="Đọc lại thấy thiếu kỳ báo cáo"
    )
    assert (back.state, back.checked_by_name) == (DigestState.DRAFT, "")


def test_what_changed_meanwhile_is_read_again_first(world, year, asked, now):
    made = draft(world, year, [asked], now=now)
    actions.edit_digest(digest=made, title="Tên", words="", revision=1, actor=world.secretary(), now=now)
    refused("forecasts.digest_changed", actions.check_digest, digest=made, revision=1, actor=world.superior(), now=now)
    refused(
        "forecasts.digest_edited_meanwhile", actions.edit_digest,
        digest=made, title="Tên", words="x", revision=1, actor=world.secretary(), now=now,
    )  # fmt: skip


def test_only_a_checked_digest_is_issued_and_only_once(world, year, asked, now):
    made = draft(world, year, [asked], now=now)
    refused("forecasts.digest_not_checked", actions.issue_digest, digest=made, revision=1, actor=world.superior(), now=now)
    actions.check_digest(digest=made, revision=1, actor=world.superior(), now=now)
    first = actions.issue_digest(digest=made, revision=2, actor=world.secretary(), now=now)
    assert len(first.digest) == 64
    refused("forecasts.digest_issued", actions.issue_digest, digest=made, revision=2, actor=world.superior(), now=now)
    assert JournalEntry.objects.filter(event="DigestIssued").count() == 1


def test_what_is_issued_is_never_changed(world, year, asked, now):
    made = issue(world, draft(world, year, [asked], now=now), now=now)
    values = {"digest": made, "revision": made.revision, "now": now}
    refused("forecasts.digest_not_draft", actions.edit_digest, **values, title="x", words="", actor=world.secretary())
    refused("forecasts.digest_issued", actions.check_digest, **values, actor=world.superior())
    refused("forecasts.digest_issued", actions.send_back_digest, **values, actor=world.superior(), reason="Muốn sửa lại tên")
    refused("forecasts.digest_issued", actions.issue_digest, **values, actor=world.superior())


def test_others_do_not_draft_check_or_issue(world, year, asked, now):
    made = draft(world, year, [asked], now=now)
    other = make_round(year, "Tháng 9")
    for actor in (world.officer(1), world.leader(2)):
        with pytest.raises(Forbidden):
            draft(world, year, [other], now=now, actor=actor)
        for act, more in (
            (actions.check_digest, {}),
            (actions.issue_digest, {}),
            (actions.send_back_digest, {"reason": "x" * 20}),
        ):
            with pytest.raises(Forbidden):
                act(digest=made, revision=1, actor=actor, now=now, **more)


def test_a_closed_year_takes_no_digest(world, year, asked, now):
    made = draft(world, year, [asked], now=now)
    year.stage = "closed"
    year.save()
    refused("clusters.year_closed", draft, world=world, year=year, rounds=[asked], now=now, title="x")
    refused("clusters.year_closed", actions.check_digest, digest=made, revision=1, actor=world.superior(), now=now)


def _titles(actor, now):
    return [str(one.title) for one in work(actor, now)]


def test_work_names_the_next_step_and_whose_it_is(world, year, asked, now):
    assert _titles(world.secretary(), now) == ["Tổng hợp dư luận: 1 kỳ đã qua hạn"]
    assert _titles(world.officer(1), now) == []
    made = draft(world, year, [asked], now=now)
    assert _titles(world.secretary(), now) == []
    assert _titles(world.superior(), now) == ["Kiểm tra: Dư luận quý III"]
    actions.send_back_digest(digest=made, revision=1, actor=world.superior(), now=now, reason="Thiếu nhận định của cụm")
    assert _titles(world.secretary(), now) == ["Sửa bản bị trả lại: Dư luận quý III"]
    assert _titles(world.superior(), now) == []
    made = actions.edit_digest(digest=made, title="D", words="", revision=2, actor=world.secretary(), now=now)
    actions.check_digest(digest=made, revision=3, actor=world.superior(), now=now)
    assert _titles(world.secretary(), now) == _titles(world.superior(), now) == ["Ban hành: D"]


def test_work_takes_two_queries(world, year, asked, now, django_assert_num_queries):
    from thidua.forecasts.queries.digests import digest_work

    secretary, officer = world.secretary(), world.officer(1)
    for number in range(3):
        other = make_round(year, f"Tháng {number}")
        make_reports(other, world, {})
        draft(world, year, [other], now=now, title=f"D{number}", actor=world.superior())
    with django_assert_num_queries(2):
        assert len(digest_work(secretary, now)) == 4
    with django_assert_num_queries(0):
        digest_work(officer, now)
