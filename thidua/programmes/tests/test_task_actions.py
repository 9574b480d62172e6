from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from thidua.audit.models import JournalEntry
from thidua.clusters.models import Membership
from thidua.kernel.errors import Absent, Forbidden, Refused
from thidua.programmes import actions
from thidua.programmes.actions.bulk import BulkRefused
from thidua.programmes.models import ProgressNote, Task
from thidua.programmes.rules.tasks import Change, Draft, Every, State
from thidua.programmes.tests import made

DAY = date(2021, 11, 20)


@pytest.fixture
def place(world, now):
    """A running year, the second unit's programme and officer."""
    year = world.year(stage="running")
    return year, made.programme(year, world.unit(2), now), world.officer(2)


def refusal(action, **values):
    with pytest.raises(Refused) as refused:
        action(**values)
    return refused.value


def test_a_task_is_added_with_all_it_says(world, place, now):
    year, programme, officer = place
    document = made.directive(year, now)
    post, parent = made.post(world.unit(2)), made.task(programme, now, "Việc lớn")
    clauses = frozenset(document.clauses.values_list("pk", flat=True))
    draft = Draft("  Mở  lớp ", "chi tiết", post.pk, date(2021, 11, 2), DAY, clauses, parent.pk)
    task = actions.add_task(programme=programme, draft=draft, actor=officer, now=now)
    kept = Task.objects.get(pk=task.pk)
    assert (kept.title, kept.folded, kept.year_id, kept.unit_id) == ("Mở lớp", "mo lop", year.pk, world.unit(2).pk)
    assert (kept.owner_post, kept.parent, kept.position, kept.is_open) == (post, parent, 2, True)
    assert set(kept.clauses.all()) == set(document.clauses.all())
    assert JournalEntry.objects.get().event == "TaskAdded"


@pytest.mark.parametrize(
    ("values", "code", "field"),
    [
        ({"title": " "}, "programmes.task_title_missing", "title"),
        ({"title": "x" * 301}, "programmes.task_title_too_long", "title"),
        ({"starts_on": DAY + timedelta(1)}, "programmes.task_ends_before_start", "due_on"),
        ({"clause_ids": frozenset({999})}, "programmes.clause_unknown", "clauses"),
        ({"parent_id": 999}, "programmes.parent_unknown", "parent"),
        ({"owner_post_id": 999}, "programmes.post_elsewhere", "owner_post"),
    ],
)
def test_what_a_task_cannot_say(place, now, values, code, field):
    _year, programme, officer = place
    draft = Draft(**{"title": "Mở lớp", "due_on": DAY} | values)
    refused = refusal(actions.add_task, programme=programme, draft=draft, actor=officer, now=now)
    assert (refused.code, refused.facts["field"]) == (code, field)
    assert not Task.objects.exists()


def test_a_post_of_another_unit_is_refused(world, place, now):
    _year, programme, officer = place
    draft = Draft("Mở lớp", owner_post_id=made.post(world.unit(3)).pk)
    assert refusal(actions.add_task, programme=programme, draft=draft, actor=officer, now=now).code == "programmes.post_elsewhere"


def test_a_day_before_the_document_is_refused(world, place, now):
    year, programme, officer = place
    document = made.directive(year, now, issued_on=DAY)
    early = Draft("Mở lớp", due_on=DAY - timedelta(1), clause_ids=frozenset({document.clauses.first().pk}))
    refused = refusal(actions.add_task, programme=programme, draft=early, actor=officer, now=now)
    assert (refused.code, refused.facts["directive"]) == ("programmes.task_before_directive", "Chỉ thị 05-CT/TW")
    programme.directive = document
    programme.save()
    bare = Draft("Mở lớp", due_on=DAY - timedelta(1))
    refused = refusal(actions.add_task, programme=programme, draft=bare, actor=officer, now=now)
    assert refused.code == "programmes.task_before_directive"


def test_a_unit_that_left_is_told_so(world, place, now):
    year, programme, officer = place
    Membership.objects.filter(year=year, organisation=world.unit(2)).delete()
    programme.year.__dict__.pop("_member_ids", None)
    refused = refusal(actions.add_task, programme=programme, draft=Draft("Mở lớp"), actor=officer, now=now)
    assert refused.code == "programmes.unit_left"


def test_who_may_not(world, place, now):
    year, programme, officer = place
    task = made.task(programme, now)
    for actor in (world.officer(3), world.secretary(), world.superior()):
        with pytest.raises(Forbidden):
            actions.add_task(programme=programme, draft=Draft("x"), actor=actor, now=now)
        with pytest.raises(Forbidden):
            actions.set_state(task=task, state=State.DOING, actor=actor, now=now)
    year.stage = "closed"
    year.save()
    assert refusal(actions.add_task, programme=programme, draft=Draft("x"), actor=officer, now=now).code == "clusters.year_closed"


def test_tasks_of_the_clusters_programme_are_the_secretarys(world, place, now):
    year, _programme, officer = place
    next_year = made.programme(year, None, now)
    draft = Draft("Hội thi", owner_post_id=made.post(world.unit(1)).pk)
    task = actions.add_task(programme=next_year, draft=draft, actor=world.secretary(), now=now)
    assert task.unit_id is None
    with pytest.raises(Forbidden):
        actions.add_task(programme=next_year, draft=draft, actor=officer, now=now)


def test_two_who_edit_one_task(place, now):
    _year, programme, officer = place
    task = made.task(programme, now)
    actions.edit_task(task=task, draft=Draft("Mới"), revision=1, actor=officer, now=now)
    refused = refusal(actions.edit_task, task=task, draft=Draft("Mới hơn"), revision=1, actor=officer, now=now)
    assert refused.code == "programmes.task_edited_meanwhile"
    task.refresh_from_db()
    assert (task.title, task.folded, task.revision) == ("Mới", "moi", 2)


def test_parts_have_one_level_and_close_first(place, now):
    _year, programme, officer = place
    parent, part = made.task(programme, now, "Cha"), made.task(programme, now, "Con")
    actions.edit_task(task=part, draft=Draft("Con", parent_id=parent.pk), revision=1, actor=officer, now=now)
    deeper = Draft("Cháu", parent_id=part.pk)
    assert refusal(actions.add_task, programme=programme, draft=deeper, actor=officer, now=now).code == "programmes.one_level"
    under = Draft("Cha", parent_id=made.task(programme, now, "Ông").pk)
    refused = refusal(actions.edit_task, task=parent, draft=under, revision=1, actor=officer, now=now)
    assert refused.code == "programmes.one_level"
    refused = refusal(actions.set_state, task=parent, state=State.DONE, actor=officer, now=now)
    assert (refused.code, refused.facts["titles"]) == ("programmes.subtasks_open", "“Con”")
    actions.set_state(task=part, state=State.DONE, actor=officer, now=now)
    actions.set_state(task=parent, state=State.DONE, actor=officer, now=now)
    refused = refusal(actions.set_state, task=part, state=State.DOING, reason="sót", actor=officer, now=now)
    assert refused.code == "programmes.parent_closed"
    late = Draft("Con nữa", parent_id=parent.pk)
    assert refusal(actions.add_task, programme=programme, draft=late, actor=officer, now=now).code == "programmes.parent_closed"


def test_a_circle_is_named(place, now):
    _year, programme, officer = place
    a, b, c = (made.task(programme, now, title) for title in "ABC")
    actions.add_need(task=a, needed=b, actor=officer, now=now)
    actions.add_need(task=b, needed=c, actor=officer, now=now)
    refused = refusal(actions.add_need, task=c, needed=a, actor=officer, now=now)
    assert (refused.code, refused.facts["chain"]) == ("programmes.circle", "“C” → “A” → “B” → “C”")
    assert refusal(actions.add_need, task=a, needed=a, actor=officer, now=now).facts["chain"] == "“A” → “A”"
    actions.remove_need(task=b, needed=c, actor=officer, now=now)
    actions.add_need(task=c, needed=a, actor=officer, now=now)
    refused = refusal(actions.edit_task, task=c, draft=Draft("C", parent_id=b.pk), revision=1, actor=officer, now=now)
    assert refused.facts["chain"] == "“B” → “C” → “A” → “B”"  # a task waits for its parts


def test_only_tasks_of_the_unit_are_waited_for(world, place, now):
    year, programme, officer = place
    other = made.task(made.programme(year, world.unit(3), now), now)
    task = made.task(programme, now)
    assert refusal(actions.add_need, task=task, needed=other, actor=officer, now=now).code == "programmes.need_elsewhere"


def test_done_while_a_needed_task_is_open_takes_a_tick_and_is_kept(place, now):
    _year, programme, officer = place
    task, needed = made.task(programme, now, "A"), made.task(programme, now, "B")
    actions.add_need(task=task, needed=needed, actor=officer, now=now)
    refused = refusal(actions.set_state, task=task, state=State.DONE, actor=officer, now=now)
    assert (refused.code, refused.facts["titles"]) == ("programmes.needs_open", "“B”")
    note = actions.set_state(task=task, state=State.DONE, despite_needs=True, actor=officer, now=now)
    assert note.despite == "“B”"
    task.refresh_from_db()
    assert (task.state, task.is_open, task.percent, task.done_on) == ("done", False, 100, date(2021, 11, 1))


def test_progress_with_a_file_begins_a_task_and_opening_again_goes_back(place, now):
    _year, programme, officer = place
    task = made.task(programme, now)
    upload = SimpleUploadedFile("anh.pdf", b"%PDF-1.4 content")
    note = actions.note_progress(task=task, percent=60, note="đã mở 3 lớp", upload=upload, actor=officer, now=now)
    assert (note.file.name, note.state, note.percent) == ("anh.pdf", "doing", 60)
    actions.note_progress(task=task, state=State.DONE, note="xong", done_on=date(2021, 10, 30), actor=officer, now=now)
    actions.set_state(task=task, state=State.DOING, reason="còn thiếu một lớp", actor=officer, now=now)
    task.refresh_from_db()
    assert (task.state, task.percent, task.done_on, task.state_reason) == ("doing", 60, None, "")
    assert list(task.notes.values_list("note", flat=True)) == ["đã mở 3 lớp", "xong", "còn thiếu một lớp"]
    assert task.revision == 1


def test_nothing_and_bad_files_leave_no_note(place, now):
    _year, programme, officer = place
    task = made.task(programme, now)
    assert refusal(actions.note_progress, task=task, percent=0, actor=officer, now=now).code == "programmes.nothing_noted"
    bad = SimpleUploadedFile("x.exe", b"MZ")
    assert refusal(actions.note_progress, task=task, upload=bad, actor=officer, now=now).code == "files.wrong_kind"
    long = refusal(actions.note_progress, task=task, note="x" * 5001, actor=officer, now=now)
    assert long.code == "programmes.note_too_long"
    assert not ProgressNote.objects.exists()


def test_a_refused_note_leaves_no_file_behind(place, now, settings):
    _year, programme, officer = place
    task, needed = made.task(programme, now), made.task(programme, now, "B")
    task.needs.add(needed)
    upload = SimpleUploadedFile("x.pdf", b"%PDF-1.4 x")
    refused = refusal(actions.note_progress, task=task, state=State.DONE, upload=upload, actor=officer, now=now)
    assert refused.code == "programmes.needs_open"
    assert [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()] == []


def test_a_checklist(place, now):
    _year, programme, officer = place
    task = made.task(programme, now)
    step = actions.add_step(task=task, text=" Mời  báo cáo viên ", actor=officer, now=now)
    actions.tick_step(step=step, done=True, actor=officer, now=now)
    actions.tick_step(step=step, done=True, actor=officer, now=now)
    step.refresh_from_db()
    assert (step.text, step.done_at, step.done_by_name) == ("Mời báo cáo viên", now, officer.name)
    assert refusal(actions.remove_step, step=step, actor=officer, now=now).code == "programmes.step_done"
    actions.tick_step(step=step, done=False, actor=officer, now=now)
    actions.remove_step(step=step, actor=officer, now=now)
    assert not task.checklist.exists()
    events = ["ChecklistStepAdded", "ChecklistStepTicked", "ChecklistStepTicked", "ChecklistStepRemoved"]
    assert list(JournalEntry.objects.order_by("position").values_list("event", flat=True)) == events


def test_what_another_removed_a_moment_ago_is_absent(place, now):
    _year, programme, officer = place
    by = {"actor": officer, "now": now}
    task = made.task(programme, now)
    step = actions.add_step(task=task, text="Mời báo cáo viên", **by)
    actions.remove_step(step=step, **by)
    actions.remove_task(task=task, **by)
    actions.discard_programme(programme=programme, **by)
    for action, values in (
        (actions.remove_step, {"step": step}),
        (actions.tick_step, {"step": step, "done": True}),
        (actions.remove_task, {"task": task}),
        (actions.set_state, {"task": task, "state": State.DOING}),
        (actions.discard_programme, {"programme": programme}),
        (actions.add_task, {"programme": programme, "draft": Draft("Muộn")}),
    ):
        assert isinstance(refusal(action, **values, **by), Absent), action
    removals = JournalEntry.objects.filter(event__in=["ChecklistStepRemoved", "TaskRemoved", "ProgrammeDiscarded"])
    assert removals.count() == 3


def test_a_step_taken_off_twice_is_absent(place, now):
    _year, programme, officer = place
    step = actions.add_step(task=made.task(programme, now), text="Mời báo cáo viên", actor=officer, now=now)
    actions.remove_step(step=step, actor=officer, now=now)
    assert isinstance(refusal(actions.remove_step, step=step, actor=officer, now=now), Absent)
    assert isinstance(refusal(actions.tick_step, step=step, done=True, actor=officer, now=now), Absent)


def test_only_what_nobody_worked_on_is_removed(place, now):
    _year, programme, officer = place
    task, part = made.task(programme, now), made.task(programme, now, "Con")
    Task.objects.filter(pk=part.pk).update(parent=task)
    assert refusal(actions.remove_task, task=task, actor=officer, now=now).code == "programmes.has_subtasks"
    actions.note_progress(task=part, percent=5, actor=officer, now=now)
    assert refusal(actions.remove_task, task=part, actor=officer, now=now).code == "programmes.worked_on"
    Task.objects.filter(pk=part.pk).update(parent=None)
    actions.remove_task(task=task, actor=officer, now=now)
    assert list(Task.objects.all()) == [part]


def test_a_task_is_repeated_to_the_end_of_the_year(world, place, now):
    year, programme, officer = place
    clause = made.directive(year, now).clauses.first()
    task = made.task(programme, now, "Giao ban", starts_on=date(2021, 8, 25), due_on=date(2021, 8, 31))
    task.clauses.add(clause)
    actions.add_step(task=task, text="Mời họp", actor=officer, now=now)
    found = actions.repeat_task(task=task, every=Every.MONTH, until=date(2021, 12, 31), actor=officer, now=now)
    rows = [(t.title, t.starts_on, t.due_on) for t in Task.objects.filter(series=task.pk)]
    assert rows == [
        ("Giao ban (tháng 8)", date(2021, 8, 25), date(2021, 8, 31)),
        ("Giao ban (tháng 9)", date(2021, 9, 24), date(2021, 9, 30)),
        ("Giao ban (tháng 10)", date(2021, 10, 25), date(2021, 10, 31)),
        ("Giao ban (tháng 11)", date(2021, 11, 24), date(2021, 11, 30)),
        ("Giao ban (tháng 12)", date(2021, 12, 25), date(2021, 12, 31)),
    ]
    assert all(list(t.clauses.all()) == [clause] and t.checklist.count() == 1 for t in found)
    again = refusal(actions.repeat_task, task=task, every=Every.MONTH, until=date(2022, 12, 31), actor=officer, now=now)
    assert again.code == "programmes.repeated_already"
    no_day = made.task(programme, now)
    refused = refusal(actions.repeat_task, task=no_day, every=Every.WEEK, until=DAY, actor=officer, now=now)
    assert refused.code == "programmes.repeat_needs_day"


def test_many_at_once(world, place, now):
    year, programme, officer = place
    parent = made.task(programme, now, "Cha", due_on=DAY)
    part = made.task(programme, now, "Con", due_on=DAY, parent=parent)
    post = made.post(world.unit(2))
    change = Change(state=State.DONE, shift=7, owner_post_id=post.pk)
    assert actions.bulk_edit(year=year, task_ids=[parent.pk, part.pk], change=change, actor=officer, now=now) == 2
    rows = set(Task.objects.values_list("state", "is_open", "due_on", "owner_post", "revision"))
    assert rows == {("done", False, DAY + timedelta(7), post.pk, 2)}
    back = Change(state=State.DOING, reason="làm lại")
    actions.bulk_edit(year=year, task_ids=[part.pk, parent.pk], change=back, actor=officer, now=now)
    assert set(Task.objects.values_list("state", flat=True)) == {"doing"}
    facts = JournalEntry.objects.filter(event="TasksChanged").first().facts
    assert '"state=done, shift=7' in facts


def test_many_at_once_is_all_or_nothing_and_names_each(place, now):
    year, programme, officer = place
    good, done, undated = (made.task(programme, now, t, state=s) for t, s in (("A", "doing"), ("B", "done"), ("C", "doing")))
    Task.objects.filter(pk__in=[good.pk, done.pk]).update(due_on=DAY)
    ids = [good.pk, done.pk, undated.pk]
    with pytest.raises(BulkRefused) as refused:
        actions.bulk_edit(year=year, task_ids=ids, change=Change(state=State.DONE, shift=1), actor=officer, now=now)
    faults = [(task.title, fault.code) for task, fault in refused.value.faults]
    assert faults == [("B", "programmes.same_state"), ("C", "programmes.nothing_to_shift")]
    good.refresh_from_db()
    assert (good.state, good.due_on) == ("doing", DAY)
    assert not ProgressNote.objects.exists()


def test_many_at_once_of_others(world, place, now):
    year, programme, officer = place
    theirs = made.task(made.programme(year, world.unit(3), now), now)
    mine = made.task(programme, now)
    with pytest.raises(Absent):
        actions.bulk_edit(year=year, task_ids=[mine.pk, theirs.pk], change=Change(shift=1), actor=officer, now=now)
    with pytest.raises(Forbidden):
        actions.bulk_edit(year=year, task_ids=[mine.pk], change=Change(shift=1), actor=world.secretary(), now=now)
    for ids, change, code in (
        ([], Change(shift=1), "programmes.bulk_none"),
        ([mine.pk], Change(), "programmes.bulk_nothing"),
        (list(range(201)), Change(shift=1), "programmes.bulk_too_many"),
        ([mine.pk], Change(shift=400), "programmes.shift_too_far"),
    ):
        assert refusal(actions.bulk_edit, year=year, task_ids=ids, change=change, actor=officer, now=now).code == code
