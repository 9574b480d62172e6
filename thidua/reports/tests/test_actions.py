"""From the period set by the head to the report received."""

import json
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from thidua.audit.models import JournalEntry
from thidua.clusters.models import Membership
from thidua.kernel.actor import Role
from thidua.kernel.errors import Forbidden, Refused
from thidua.people.models import Delegation, Post
from thidua.people.queries import actor_of
from thidua.reports import actions, queries
from thidua.reports.models import Consolidated, Entry, Issue, Report, Submission
from thidua.reports.rules import content
from thidua.reports.rules.periods import DueRule, ItemValue
from thidua.reports.rules.summary import Words
from thidua.reports.tests.conftest import NOTHING

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def facts(event):
    return json.loads(JournalEntry.objects.filter(event=event).latest("position").facts)


def test_a_report_opens_once_and_only_for_ones_own_member_unit(world, period_of, opened, now):
    year = world.year()
    period = period_of(year)
    report = opened(period)
    assert opened(period) == report
    assert report.entries.count() == 3
    assert JournalEntry.objects.filter(event="ReportOpened").count() == 1
    for actor in (world.officer(3), world.secretary()):
        with pytest.raises(Forbidden):
            actions.open_report(period=period, unit=world.unit(2), actor=actor, now=now)
    Membership.objects.filter(year=year, organisation=world.unit(3)).delete()
    with pytest.raises(Refused, match=r"reports\.unit_left"):
        opened(period, 3)
    Membership.objects.filter(year=year, organisation=world.unit(2)).delete()
    with pytest.raises(Refused, match=r"reports\.unit_left"):
        actions.save_report(report=report, typed={}, actor=world.officer(2), now=now)


def test_two_people_lose_nothing_item_by_item(world, period_of, opened, now):
    period = period_of(world.year())
    report = opened(period)
    first, second, third = period.items.all()
    asked = {"report": report, "now": now}
    mine = {second.pk: actions.Typed(text="Của tôi", seen=NOTHING), third.pk: actions.Typed(text="", seen=NOTHING)}
    theirs = {second.pk: actions.Typed(text="Của người kia", seen=NOTHING), first.pk: actions.Typed(Decimal(4), seen=NOTHING)}
    assert actions.save_report(typed=mine, actor=world.officer(2), **asked).is_whole
    saved = actions.save_report(typed=theirs, actor=world.leader(2), **asked)
    assert saved.changed == ["Hội nghị đã tổ chức"]
    assert {key: entry.text for key, entry in saved.clashes.items()} == {second.pk: "Của tôi"}
    again = {second.pk: actions.Typed(text="Của người kia", seen=content.fingerprint(None, "Của tôi", ""))}
    assert actions.save_report(typed=again, actor=world.leader(2), **asked).is_whole
    entry = Entry.objects.get(report=report, item=second)
    assert (entry.text, entry.revision, entry.edited_by_name) == ("Của người kia", 3, world.leader(2).name)


def test_what_one_did_not_touch_is_not_written_over_another(world, period_of, opened, now):
    period = period_of(world.year())
    report = opened(period)
    second = period.items.all()[1]
    asked = {"report": report, "now": now}
    actions.save_report(typed={second.pk: actions.Typed(text="Mới", seen=NOTHING)}, actor=world.officer(2), **asked)
    saved = actions.save_report(typed={second.pk: actions.Typed(text="", seen=NOTHING)}, actor=world.leader(2), **asked)
    assert saved.is_whole
    assert Entry.objects.get(item=second).text == "Mới"


def test_practices_are_whole_or_refused(world, period_of, opened, now):
    report = opened(period_of(world.year()))
    asked = {"report": report, "typed": {}, "actor": world.officer(2), "now": now}
    seen = queries.practices_seen([])
    rows = [("Sinh hoạt theo chuyên đề", "Mỗi tháng một chuyên đề."), ("", "")]
    actions.save_report(practices=actions.TypedPractices(rows, seen), **asked)
    assert [practice.title for practice in report.practices.all()] == ["Sinh hoạt theo chuyên đề"]
    assert actions.save_report(practices=actions.TypedPractices([("Khác", "Khác")], seen), **asked).practices_clash
    newest = queries.practices_seen([(practice.title, practice.text) for practice in report.practices.all()])
    for wrong, code in (
        ([("Chỉ có tên", "")], "practice_incomplete"), ([("A", "b"), ("a", "c")], "practice_twice"),
        ([(f"T{n}", "x") for n in range(11)], "too_many_practices"), ([("A", "x" * 5001)], "text_too_long"),
    ):  # fmt: skip
        with pytest.raises(Refused, match=rf"reports\.{code}"):
            actions.save_report(practices=actions.TypedPractices(wrong, newest), **asked)
    assert report.practices.count() == 1


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        (actions.Typed(Decimal("1.2345"), seen=NOTHING), "figure_decimals"),
        (actions.Typed(text="x" * 20_001, seen=NOTHING), "text_too_long"),
    ],
)
def test_an_entry_beyond_its_bounds_is_refused_with_its_item(world, period_of, opened, now, typed, code):
    period = period_of(world.year())
    report = opened(period)
    item = period.items.all()[1 if typed.text else 0]
    with pytest.raises(Refused, match=rf"reports\.{code}") as refused:
        actions.save_report(report=report, typed={item.pk: typed}, actor=world.officer(2), now=now)
    assert refused.value.facts["field"] == f"{'text' if typed.text else 'figure'}-{item.pk}"


def test_a_report_lacking_what_is_asked_cannot_be_submitted(world, period_of, opened, now):
    report = opened(period_of(world.year()))
    with pytest.raises(Refused, match=r"reports\.incomplete") as refused:
        actions.submit_report(report=report, revision=report.revision, actor=world.leader(2), now=now)
    assert refused.value.facts["count"] == 2
    assert [line.item.title for line in queries.gaps_of(queries.lines_of(report))] == ["Hội nghị đã tổ chức", "Kết quả nổi bật"]


def test_only_the_leader_submits_what_was_shown_and_only_once(world, period_of, written, now):
    report = written(period_of(world.year()))
    for actor in (world.officer(2), world.leader(3), world.secretary()):
        with pytest.raises(Forbidden):
            actions.submit_report(report=report, revision=report.revision, actor=actor, now=now)
    asked = {"report": report, "actor": world.leader(2), "now": now}
    with pytest.raises(Refused, match=r"reports\.changed_meanwhile"):
        actions.submit_report(revision=report.revision - 1, **asked)
    made = actions.submit_report(revision=report.revision, **asked)
    assert made.content["items"][0] | {"item": 0} == {
        "item": 0, "kind": "figure", "title": "Hội nghị đã tổ chức", "unit_of_measure": "hội nghị", "source": "",
        "figure": "3", "text": "", "computed": "", "why_changed": "", "basis": [],
    }  # fmt: skip
    assert content.digest(Submission.objects.get().content) == made.digest
    with pytest.raises(Refused, match=r"reports\.not_editable"):
        actions.submit_report(revision=report.revision + 1, **asked)
    with pytest.raises(Refused, match=r"reports\.not_editable"):
        actions.save_report(report=report, typed={}, actor=world.officer(2), now=now)


def test_lent_power_leaves_both_names(world, period_of, written, now):
    report = written(period_of(world.year()))
    lender = world.person(Role.UNIT_LEADER, world.unit(2))
    borrower = world.person(Role.UNIT_OFFICER, world.unit(2))
    Delegation.objects.create(
        post=Post.objects.get(organisation=world.unit(2), title_vi="unit_leader"), lender=lender, borrower=borrower,
        starts_on=date(2021, 10, 1), ends_on=date(2021, 12, 1), reason="đi công tác",
    )  # fmt: skip
    made = actions.submit_report(report=report, revision=report.revision, actor=actor_of(borrower, now), now=now)
    assert (made.submitted_by_name, made.on_behalf_of_name, made.post_title) == (borrower.name, lender.name, "unit_leader")


def test_a_report_is_returned_mended_submitted_again_and_received(world, period_of, submitted, now):
    period = period_of(world.year())
    report = submitted(period)
    assert (report.status, report.days_late) == ("submitted", 0)
    head = {"report": report, "actor": world.secretary(), "now": now}
    with pytest.raises(Refused, match=r"reports\.reason_too_short"):
        actions.return_report(reason="thiếu", **head)
    with pytest.raises(Forbidden):
        actions.return_report(reason="Thiếu số liệu quý trước", report=report, actor=world.leader(2), now=now)
    actions.return_report(reason="Thiếu số liệu quý trước", **head)
    for action in (actions.accept_report, lambda **asked: actions.return_report(reason="Thiếu số liệu quý trước", **asked)):
        with pytest.raises(Refused, match=r"reports\.not_submitted"):
            action(**head)
    assert queries.entries_of(period) == {}
    report.refresh_from_db()
    late = datetime(2021, 11, 9, 3, tzinfo=UTC)
    again = actions.submit_report(report=report, revision=report.revision, actor=world.leader(2), now=late)
    assert (again.number, again.days_late) == (2, 4)
    actions.accept_report(**head | {"now": late})
    report.refresh_from_db()
    assert (report.status, report.days_late, report.times_returned) == ("accepted", 0, 1)
    assert list(queries.entries_of(period)) == [world.unit(2).pk]
    assert [(one.number, bool(one.returned_at), bool(one.accepted_at)) for one in report.submissions.all()] == [
        (1, True, False), (2, False, True),
    ]  # fmt: skip
    actions.return_report(reason="Phát hiện sai số liệu", **head)
    report.refresh_from_db()
    assert (report.status, report.times_returned) == ("returned", 2)


def test_lateness_for_scoring(world, period_of, submitted, now):
    year = world.year()
    submitted(period_of(year), at=datetime(2021, 11, 8, 3, tzinfo=UTC))
    period_of(year, title="Báo cáo tháng 9", starts_on=date(2021, 9, 1), ends_on=date(2021, 9, 30), due_on=date(2021, 10, 5))
    period_of(year, title="Chưa tới", due_on=date(2021, 12, 5))
    found = queries.lateness_of(year, world.unit(2).pk, date(2021, 11, 9))
    rows = [(each.title, each.kind, each.days, each.returned) for each in found]
    assert rows == [("Báo cáo tháng 9", "Tháng", 35, 0), ("Báo cáo tháng 10 năm 2021", "Tháng", 3, 0)]
    assert found[1].url.endswith("/don-vi-2/")
    assert [each.report for each in found] == [None, Report.objects.get().pk]
    report, evening = Report.objects.get(), datetime(2021, 11, 9, 18, tzinfo=UTC)  # the 10th in Vietnam
    actions.return_report(report=report, reason="Thiếu số liệu quý trước", actor=world.secretary(), now=evening)
    sent_back = queries.lateness_of(year, world.unit(2).pk, date(2021, 11, 20))[1]
    assert (sent_back.days, sent_back.waits) == (10, "bị trả lại ngày 10-11-2021, chưa nộp lại")
    report.refresh_from_db()
    actions.submit_report(report=report, revision=report.revision, actor=world.leader(2), now=evening + timedelta(days=3))
    again = queries.lateness_of(year, world.unit(2).pk, date(2021, 11, 20))[1]
    assert (again.days, again.returned, again.waits) == (3, 1, "")
    outsider = world.organisation("Ngoai cum")
    assert queries.lateness_of(year, outsider.pk, date(2021, 11, 9)) == []


def test_files_are_kept_once_and_named_in_the_submission(world, period_of, written, now):
    report = written(period_of(world.year()))
    asked = {"actor": world.officer(2), "now": now}
    kept = actions.attach_file(report=report, upload=SimpleUploadedFile("bao-cao.pdf", PDF), **asked)
    with pytest.raises(Refused, match=r"reports\.same_file"):
        actions.attach_file(report=report, upload=SimpleUploadedFile("khac.pdf", PDF), **asked)
    with pytest.raises(Forbidden):
        actions.attach_file(report=report, upload=SimpleUploadedFile("x.pdf", PDF + b"x"), actor=world.officer(3), now=now)
    report.refresh_from_db()
    made = actions.submit_report(report=report, revision=report.revision, actor=world.leader(2), now=now)
    assert made.content["files"] == [{"name": "bao-cao.pdf", "sha256": kept.file.sha256, "size": len(PDF)}]
    with pytest.raises(Refused, match=r"reports\.not_editable"):
        actions.remove_file(attached=kept, **asked)
    actions.return_report(report=report, reason="Tệp gửi kèm bị nhầm", actor=world.secretary(), now=now)
    actions.remove_file(attached=kept, **asked)
    assert report.files.count() == 0
    assert Submission.objects.get().content["files"]


def test_submitted_reports_can_be_cited(world, period_of, submitted, opened, now):
    year = world.year()
    period = period_of(year)
    report = submitted(period, at=now + timedelta(days=6))
    other = opened(period, 3)
    [found] = queries.citables(year, world.unit(2).pk)
    assert (found.kind, found.pk, found.title, found.day) == ("report", report.pk, period.title, date(2021, 11, 7))
    assert found.words == "Nộp ngày 07-11-2021, chậm 2 ngày; đã nộp."
    assert queries.citable(year, world.unit(2).pk, "report", report.pk) == found
    assert queries.citable(year, world.unit(3).pk, "report", report.pk) is None
    assert queries.citable(year, world.unit(3).pk, "report", other.pk) is None
    assert queries.citable(year, world.unit(2).pk, "task", report.pk) is None


def test_nothing_of_a_closed_year_changes(world, period_of, written, now):
    """Every write of the slice is named here: a new one must be, too."""
    year = world.year()
    period = period_of(year)
    report = written(period)
    items = [ItemValue("figure", "Một")]
    template = actions.save_template(year=year, title="Mẫu", items=items, actor=world.secretary(), now=now)
    attached = actions.attach_file(report=report, upload=SimpleUploadedFile("a.pdf", PDF), actor=world.officer(2), now=now)
    draft = Consolidated.objects.create(period=period, edited_at=now)
    Issue.objects.create(
        consolidated=draft, ordinal=1, number_text="1-BC", issued_on=now.date(), issued_at=now, content={}, digest="0"
    )
    year.stage = "closed"
    year.save()
    value = actions.PeriodValue("Kỳ", date(2021, 9, 1), date(2021, 9, 30), date(2021, 10, 5), "Trưởng ban")
    of_unit, of_head = {"report": report, "actor": world.officer(2)}, {"actor": world.secretary()}
    whole, of_year = of_head | {"consolidated": draft}, of_head | {"year": year}
    asked = {
        "set_period": of_year | {"kind": "month", "value": value, "items": items},
        "lay_out_year": of_year
        | {"kind": "month", "due": DueRule(5), "signer": "Trưởng ban", "instructions": "", "items": items},
        "edit_period": of_head | {"period": period, "value": value, "reason": "Dời hạn nộp báo cáo", "revision": 1},
        "set_items": of_head | {"period": period, "items": items, "revision": 1},
        "remove_period": of_head | {"period": period},
        "save_template": of_year | {"title": "Mẫu khác", "items": items},
        "remove_template": of_year | {"template": template},
        "open_report": {"period": period, "unit": world.unit(3), "actor": world.officer(3)},
        "save_report": of_unit | {"typed": {}},
        "recompute_report": of_unit,
        "submit_report": of_unit | {"revision": report.revision, "actor": world.leader(2)},
        "accept_report": of_unit | of_head,
        "return_report": of_unit | of_head | {"reason": "Thiếu số liệu của chi bộ"},
        "attach_file": of_unit | {"upload": SimpleUploadedFile("b.pdf", PDF)},
        "remove_file": {"attached": attached, "actor": world.officer(2)},
        "open_consolidated": of_head | {"period": period},
        "write_consolidated": whole | {"words": Words(), "chosen": [], "revision": 1},
        "issue_consolidated": whole | {"number_text": "1-BC", "issued_on": now.date(), "seen": ""},
        "reopen_consolidated": whole | {"reason": "Thiếu số liệu của chi bộ"},
    }  # fmt: skip
    assert asked.keys() == {name for name in actions.__all__ if name.islower()}
    for name, values in asked.items():
        with pytest.raises(Refused) as refused:
            getattr(actions, name)(now=now, **values)
        assert refused.value.code == "clusters.year_closed", name
    assert Report.objects.get().status == "drafting"
