from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from thidua.audit.models import JournalEntry
from thidua.kernel.errors import Forbidden, Refused
from thidua.reports.actions import consolidated as actions
from thidua.reports.models import Consolidated, Practice
from thidua.reports.queries import consolidated as queries
from thidua.reports.rules.content import digest
from thidua.reports.rules.summary import Words, from_plain
from thidua.reports.tests.making import make_period, make_report

WORDS = Words("Tình hình tốt", "Có tiến bộ", "Tiếp tục")


@pytest.fixture
def period(world):
    """The third quarter: units 1 and 2 have reported, the second late; unit 3 has not."""
    made = make_period(world.year())
    make_report(made, world.unit(1), ["10", "98"], practices=[("Sổ tay", "Mỗi tháng một chuyên đề")])
    make_report(made, world.unit(2), ["5", None], late=2, practices=[("Sổ tay", "Của đơn vị 2"), ("Tổ tự học", "Theo thôn")])
    return made


@pytest.fixture
def draft(world, period, now):
    return actions.open_consolidated(period=period, actor=world.secretary(), now=now)


@pytest.fixture
def write(world, now):
    def go(draft, words=WORDS, chosen=(), revision=None, actor=None):
        seen = draft.revision if revision is None else revision
        actions.write_consolidated(
            consolidated=draft, words=words, chosen=chosen, revision=seen, actor=actor or world.secretary(), now=now
        )
        draft.refresh_from_db()

    return go


@pytest.fixture
def issue(world, now):
    def go(draft, number_text="15-BC/CTĐ", issued_on=date(2021, 10, 20), seen=None, actor=None):
        seen = queries.fingerprint_of(queries.draft_of(draft)) if seen is None else seen
        return actions.issue_consolidated(
            consolidated=draft, number_text=number_text, issued_on=issued_on, seen=seen, actor=actor or world.secretary(), now=now
        )

    return go


def code(raised):
    return raised.value.code


def test_it_begins_with_a_text_made_from_the_figures(draft):
    assert "2/3 đơn vị đã nộp báo cáo, trong đó 1 đơn vị nộp chậm: Don vi 2." in draft.situation
    assert "- Buổi học tập: 15 buổi." in draft.situation
    assert "- Đảng viên học tập: bình quân 98 %." in draft.situation
    assert JournalEntry.objects.filter(event="ConsolidatedBegun").count() == 1


def test_it_cannot_begin_twice_or_without_a_report(world, period, draft, now):
    with pytest.raises(Refused) as raised:
        actions.open_consolidated(period=period, actor=world.secretary(), now=now)
    assert code(raised) == "reports.consolidated_begun"
    with pytest.raises(Refused) as raised:
        actions.open_consolidated(period=make_period(period.year, number=2), actor=world.secretary(), now=now)
    assert code(raised) == "reports.nothing_submitted"


def test_a_report_that_was_sent_back_does_not_count(world, period):
    report = period.reports.get(unit=world.unit(2))
    report.status = "returned"
    report.save()
    summary = queries.summary_of(period)
    assert [unit.state for unit in summary.units] == ["in_time", "returned", "nothing"]
    assert summary.rows[0].total.value == Decimal(10)
    assert summary.rows[0].total.missing == (world.unit(2).pk, world.unit(3).pk)


def test_the_last_period_of_the_kind_is_compared_over_the_same_units(world, period):
    before = make_period(period.year, number=2, items=[("Buổi học tập", "buổi"), ("Việc khác", "việc")])
    make_report(before, world.unit(1), ["8", "1"])
    make_report(before, world.unit(3), ["90", "1"])
    first, second = queries.summary_of(period).rows
    assert (first.change.now, first.change.before, first.change.percent) == (Decimal(10), Decimal(8), Decimal("25.0"))
    assert not first.change.same_units
    assert (second.comparable, second.change) == (False, None)


def test_practices_are_told_in_the_order_chosen(world, draft, write):
    offered = {(c.unit.pk, c.title): c.key for c in queries.candidates_of(draft)}
    assert len(offered) == 3
    keys = [offered[world.unit(2).pk, "Tổ tự học"], offered[world.unit(1).pk, "Sổ tay"]]
    write(draft, chosen=keys)
    assert [told.title for told in queries.draft_of(draft).practices] == ["Tổ tự học", "Sổ tay"]
    write(draft, chosen=keys[1:])
    assert [(told.unit, told.text) for told in queries.draft_of(draft).practices] == [("Don vi 1", "Mỗi tháng một chuyên đề")]


def test_a_unit_that_writes_its_report_anew_takes_no_choice_away(world, draft, write):
    key = queries.key_of(world.unit(1).pk, "Sổ tay")
    write(draft, chosen=[key])
    Practice.objects.filter(report__unit=world.unit(1)).delete()
    gone = next(c for c in queries.candidates_of(draft) if c.key == key)
    assert (gone.gone, gone.position, gone.text) == (True, 1, "Mỗi tháng một chuyên đề")
    write(draft, chosen=[])
    assert key not in {c.key for c in queries.candidates_of(draft)}


@pytest.mark.parametrize(
    ("words", "chosen", "revision", "expected"),
    [
        (WORDS, (), 0, "reports.edited_meanwhile"),
        (WORDS, ("1-xyz",), None, "reports.practice_gone"),
        (WORDS, tuple(f"{i}" for i in range(31)), None, "reports.too_many_chosen"),
        (Words("a" * 20_001), (), None, "reports.text_too_long"),
    ],
)
def test_what_cannot_be_saved_leaves_the_draft_as_it_was(draft, write, words, chosen, revision, expected):
    before = draft.situation
    with pytest.raises(Refused) as raised:
        write(draft, words, chosen, revision)
    assert code(raised) == expected
    kept = Consolidated.objects.get()
    assert (kept.situation, kept.revision) == (before, 1)


def test_an_issue_keeps_what_was_read_whatever_comes_later(world, draft, write, issue):
    write(draft, chosen=[queries.key_of(world.unit(1).pk, "Sổ tay")])
    made = issue(draft)
    make_report(draft.period, world.unit(3), ["100", "50"])
    made.refresh_from_db()
    kept = from_plain(made.content)
    assert kept.rows[0].total.value == Decimal(15)
    assert kept.words == WORDS
    assert [told.title for told in kept.practices] == ["Sổ tay"]
    assert made.digest == digest(made.content)
    assert [unit.pk for unit in queries.late_comers(kept, draft.period)] == [world.unit(3).pk]
    assert JournalEntry.objects.get(event="ConsolidatedIssued").facts.count("15-BC/CTĐ") == 1


def test_a_report_that_comes_while_one_reads_stops_the_issue(world, draft, issue):
    seen = queries.fingerprint_of(queries.draft_of(draft))
    make_report(draft.period, world.unit(3), ["1", "50"])
    with pytest.raises(Refused) as raised:
        issue(draft, seen=seen)
    assert code(raised) == "reports.consolidated_changed"


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"number_text": "BC-15"}, "reports.number_shape"),
        ({"number_text": ""}, "reports.number_shape"),
        ({"issued_on": date(2021, 11, 2)}, "reports.issue_day_ahead"),
        ({"issued_on": date(2021, 6, 30)}, "reports.issue_day_early"),
    ],
)
def test_number_and_day_have_to_be_right(draft, write, issue, values, expected):
    write(draft)
    with pytest.raises(Refused) as raised:
        issue(draft, **values)
    assert code(raised) == expected
    assert not draft.issues.exists()


def test_a_part_without_words_is_not_issued(draft, write, issue):
    write(draft, Words("a", " ", "c"))
    with pytest.raises(Refused) as raised:
        issue(draft)
    assert code(raised) == "reports.part_empty"
    write(draft, replace(WORDS, signer=" "))
    with pytest.raises(Refused) as raised:
        issue(draft)
    assert code(raised) == "reports.signer_missing"


def test_the_head_says_who_signs_and_too_long_a_post_is_refused(draft, write, issue):
    assert draft.signer == "Cụm trưởng"
    with pytest.raises(Refused) as raised:
        write(draft, replace(WORDS, signer="x" * 201))
    assert (code(raised), raised.value.facts["field"]) == ("reports.text_too_long", "signer")
    write(draft, replace(WORDS, signer="Trưởng ban"))
    assert from_plain(issue(draft).content).words.signer == "Trưởng ban"


def test_issued_it_is_changed_only_after_it_was_opened_again_with_a_reason(world, draft, write, issue, now):
    write(draft)
    issue(draft)
    for again in (lambda: write(draft), lambda: issue(draft)):
        with pytest.raises(Refused) as raised:
            again()
        assert code(raised) == "reports.consolidated_issued"
    ask = {"consolidated": draft, "actor": world.secretary(), "now": now}
    with pytest.raises(Refused) as raised:
        actions.reopen_consolidated(**ask, reason="sai")
    assert code(raised) == "reports.reason_too_short"
    actions.reopen_consolidated(**ask, reason="Thiếu số liệu của một đơn vị")
    with pytest.raises(Refused) as raised:
        actions.reopen_consolidated(**ask, reason="Thiếu số liệu của một đơn vị")
    assert code(raised) == "reports.consolidated_not_issued"
    write(draft, Words("Mới", "Mới", "Mới"))
    second = issue(draft, number_text="16-BC/CTĐ")
    assert [(one.ordinal, one.in_force) for one in draft.issues.all()] == [(1, False), (2, True)]
    assert from_plain(draft.issues.first().content).words == WORDS
    assert second.ordinal == 2


@pytest.mark.parametrize("who", ["leader", "officer"])
def test_only_those_who_run_the_year_write_and_issue(world, period, draft, write, issue, now, who):
    actor = getattr(world, who)(2)
    with pytest.raises(Forbidden):
        write(draft, actor=actor)
    with pytest.raises(Forbidden):
        issue(draft, actor=actor)
    with pytest.raises(Forbidden):
        actions.open_consolidated(period=period, actor=actor, now=now)
    with pytest.raises(Forbidden):
        actions.reopen_consolidated(consolidated=draft, reason="Một lý do đủ dài", actor=actor, now=now)
    write(draft, actor=world.superior())


def test_a_closed_year_stays_as_it_is(draft, write):
    year = draft.period.year
    year.stage = "closed"
    year.save()
    with pytest.raises(Refused) as raised:
        write(draft)
    assert code(raised) == "clusters.year_closed"


def test_what_waits_is_what_is_due_and_not_in_force(world, period, write, issue, now, django_assert_num_queries):
    secretary, officer = world.secretary(), world.officer(2)
    with django_assert_num_queries(1):
        assert [str(work.title) for work in queries.consolidate_work(secretary, now)] == [f"Tổng hợp {period.title}"]
    with django_assert_num_queries(0):
        assert queries.consolidate_work(officer, now) == []
    draft = actions.open_consolidated(period=period, actor=secretary, now=now)
    assert len(queries.consolidate_work(secretary, now)) == 1
    write(draft)
    issue(draft)
    assert queries.consolidate_work(secretary, now) == []
    actions.reopen_consolidated(consolidated=draft, reason="Thiếu số liệu của một đơn vị", actor=secretary, now=now)
    assert len(queries.consolidate_work(secretary, now)) == 1


def test_nothing_waits_before_the_due_day_or_without_a_report(world, period, now):
    period.due_on = date(2021, 11, 1)
    period.save()
    assert queries.consolidate_work(world.secretary(), now) == []
    period.due_on = date(2021, 10, 31)
    period.save()
    assert len(queries.consolidate_work(world.secretary(), now)) == 1
    period.reports.update(status="drafting")
    assert queries.consolidate_work(world.secretary(), now) == []
