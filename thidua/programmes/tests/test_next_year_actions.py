from datetime import date

import pytest

from thidua.clusters.models import ClusterYear, Membership
from thidua.kernel.actor import Role
from thidua.kernel.errors import Forbidden, Refused
from thidua.programmes import actions
from thidua.programmes.models import Programme, Task
from thidua.programmes.queries.documents import content_of
from thidua.programmes.queries.next_year import adopted_in, cluster_programme_for
from thidua.programmes.rules.content import digest
from thidua.programmes.rules.tasks import Change as Bulk
from thidua.programmes.rules.tasks import Draft
from thidua.programmes.rules.writing import Hands, Lists, TaskEntry, Written, check_hands
from thidua.programmes.tests.papers_desk import LISTS

from .test_documents_actions import journal, refusal


def following(desk, units=(1, 2, 3), stage="preparing"):
    """The year after, with some of the units."""
    year = ClusterYear.objects.create(
        cluster=desk.year.cluster, year=2022, stage=stage, head=desk.world.unit(2), previous=desk.year
    )
    for position, number in enumerate(units, 1):
        Membership.objects.create(year=year, organisation=desk.world.unit(number), position=position)
    return year


@pytest.mark.parametrize(
    ("hands", "code"),
    [
        (Hands(3, 1), "programmes.too_many_votes"),
        (Hands(2, 0, 2), "programmes.too_many_votes"),
        (Hands(1, 1), "programmes.not_carried"),
        (Hands(0, 0, 3), "programmes.not_carried"),
    ],
)
def test_hands_are_counted(hands, code):
    with pytest.raises(Refused) as refused:
        check_hands(hands, 3)
    assert refused.value.code == code
    check_hands(Hands(2, 1), 3)


def test_the_head_drafts_one_programme_a_year(hall):
    programme = hall.next_year()
    assert (programme.unit_id, programme.kind, programme.starts_on) == (None, "next_year", date(2022, 1, 1))
    assert Task.objects.get().unit_id is None
    refusal("programmes.next_year_exists", actions.draft_next_year, year=hall.year, **hall.by(hall.world.secretary()))
    for actor in (hall.world.leader(1), hall.world.officer(2)):
        with pytest.raises(Forbidden):
            actions.draft_next_year(year=hall.year, **hall.by(actor))


def test_tasks_are_written_with_the_document_and_keep_their_rows(hall):
    programme = hall.next_year()
    kept = Task.objects.get()
    entries = (TaskEntry("Mới", None), TaskEntry("Hội thi", date(2022, 6, 1), pk=kept.pk))
    hall.edit(programme, lists=Lists(tasks=entries))
    assert [(task.title, task.pk == kept.pk) for task in programme.tasks.all()] == [("Mới", False), ("Hội thi", True)]
    refusal("programmes.clause_unknown", hall.edit, programme, lists=Lists(tasks=(TaskEntry("X", None, (999,)),)))


def test_an_old_form_undoes_no_tasks_written_meanwhile(hall):
    programme, secretary = hall.next_year(), hall.by(hall.world.secretary())
    task = Task.objects.get()
    old = Lists(LISTS.goals, LISTS.indicators, (TaskEntry("Hội thi cũ", None, pk=task.pk),))

    def meanwhile():
        yield actions.add_task(programme=programme, draft=Draft("Việc mới"), **secretary)
        yield actions.add_task(programme=programme, draft=Draft("Việc con", parent_id=task.pk), **secretary)
        yield actions.edit_task(task=task, draft=Draft("Tên mới", "chỉ tiết"), revision=task.revision, **secretary)
        yield actions.bulk_edit(year=hall.year, task_ids=[task.pk], change=Bulk(due_on=date(2022, 6, 1)), **secretary)
        yield actions.remove_task(task=Task.objects.get(title="Việc mới"), **secretary)

    programme.refresh_from_db()
    seen = programme.revision
    for _written in meanwhile():
        refusal("programmes.edited_meanwhile", hall.edit, programme, lists=old, revision=seen)
        assert programme.revision > seen
        seen = programme.revision
    assert set(Task.objects.values_list("title", flat=True)) == {"Tên mới", "Việc con"}


def test_a_task_stays_with_the_progress_of_its_parts(hall):
    programme, secretary = hall.next_year(), hall.by(hall.world.secretary())
    part = actions.add_task(programme=programme, draft=Draft("Việc con", parent_id=Task.objects.get().pk), **secretary)
    actions.note_progress(task=part, percent=40, note="đã làm", **secretary)
    facts = refusal("programmes.task_has_progress", hall.edit, programme, lists=Lists(LISTS.goals, tasks=()))
    assert facts["title"] == "Việc con"
    assert part.notes.count() == 1


def test_units_remark_and_the_head_answers(hall):
    programme = hall.next_year()
    leader, secretary = hall.by(hall.world.leader(2)), hall.by(hall.world.secretary())
    unit = hall.world.unit(2)
    refusal("programmes.not_open_for_remarks", actions.make_remark, programme=programme, unit=unit, text="Góp ý", **leader)
    actions.open_for_remarks(programme=programme, **secretary)
    refusal("programmes.remarks_already_open", actions.open_for_remarks, programme=programme, **secretary)
    refusal("programmes.remark_empty", actions.make_remark, programme=programme, unit=unit, text="  ", **leader)
    remark = actions.make_remark(programme=programme, unit=unit, text=" Thêm hội thi ", **leader)
    delegate = hall.world.actor(Role.DELEGATE, hall.world.unit(3))
    with pytest.raises(Forbidden):
        actions.make_remark(programme=programme, unit=unit, text="Thay đơn vị khác", **hall.by(delegate))
    with pytest.raises(Forbidden):
        actions.answer_remark(remark=remark, text="Đồng ý", **leader)
    actions.answer_remark(remark=remark, text="Đồng ý, đã thêm", **secretary)
    remark.refresh_from_db()
    assert (remark.text, remark.answer, remark.answered_by_name) == (
        "Thêm hội thi", "Đồng ý, đã thêm", "head_secretary-don-vi-1",
    )  # fmt: skip
    hall.adopt(programme)
    refusal("programmes.adopted_stays", actions.make_remark, programme=programme, unit=unit, text="Muộn", **leader)


def test_the_conference_adopts_what_it_has_seen_by_show_of_hands(hall):
    programme = hall.next_year()
    assert adopted_in(hall.year) is None
    refusal("programmes.changed_meanwhile", hall.adopt, programme, seen="0" * 64)
    refusal("programmes.not_carried", hall.adopt, programme, Hands(1, 2))
    version = hall.adopt(programme, Hands(2, 0, 1))
    assert (version.number, version.votes_for, version.votes_abstained) == (1, 2, 1)
    adopted = adopted_in(hall.year)
    assert (adopted.for_year, adopted.votes) == (2022, (2, 0, 1))
    assert refusal("programmes.already_adopted", hall.adopt, programme, Hands(2, 0, 1))["version"] == 1
    assert hall.adopt(programme, Hands(3)).number == 2
    assert adopted_in(hall.year).votes == (3, 0, 0)
    assert journal()[-1] == "ProgrammeAdopted"


def test_only_the_conference_adopts_and_afterwards_the_text_stays(hall):
    programme = hall.next_year()
    for stage in ("running", "decided"):
        ClusterYear.objects.update(stage=stage)
        refusal("clusters.wrong_stage", hall.adopt, programme)
    ClusterYear.objects.update(stage="conference")
    hall.adopt(programme)
    hall.edit(programme, written=Written("Sửa ngay tại hội nghị"))
    ClusterYear.objects.update(stage="decided")
    refusal("programmes.adopted_stays", hall.edit, programme)
    with pytest.raises(Forbidden):
        actions.adopt_programme(programme=programme, hands=Hands(3), digest="", **hall.by(hall.world.leader(1)))


def test_units_begin_the_next_year_with_what_was_adopted(hall):
    directive = hall.directive()
    clause = directive.clauses.first()
    programme = hall.next_year(clauses=[clause.pk])
    by = hall.by(hall.world.secretary())
    refusal("programmes.not_adopted", actions.copy_into_units, programme=programme, **by)
    hall.adopt(programme)
    hall.edit(programme, written=Written("Sửa sau khi thông qua"))
    assert refusal("programmes.next_year_not_open", actions.copy_into_units, programme=programme, **by)["year"] == 2022
    year = following(hall)
    copied = actions.copy_into_units(programme=programme, **by)
    assert [copy.unit_id for copy in copied.made] == [hall.world.unit(n).pk for n in (1, 2, 3)]
    copy = Programme.objects.get(unit=hall.world.unit(2), origin=programme)
    content = content_of(copy)
    assert (copy.year_id, copy.kind, copy.approved_version, copy.digest) == (year.pk, "plan", 0, digest(content))
    assert content.grounds == "Căn cứ “Chương trình công tác năm 2022” đã được hội nghị tổng kết năm 2021 thông qua"
    assert content.goals == ("Mọi đảng viên học tập và làm theo",)
    assert content.indicators[0].name == "Tỷ lệ đảng viên học tập"
    assert [(task.title, task.due_on, task.clauses[0].pk) for task in content.tasks] == [
        ("Hội thi báo cáo viên", date(2022, 5, 19), clause.pk)
    ]
    assert cluster_programme_for(year).version.number == 1


def test_copying_again_only_makes_what_is_missing(hall):
    programme = hall.next_year()
    hall.adopt(programme)
    year = following(hall, units=(1, 2))
    by = hall.by(hall.world.secretary())
    assert len(actions.copy_into_units(programme=programme, **by).made) == 2
    assert actions.copy_into_units(programme=programme, **by).made == []
    Membership.objects.create(year=year, organisation=hall.world.unit(3), position=3)
    ClusterYear.objects.filter(pk=hall.year.pk).update(stage="decided")
    assert [copy.unit_id for copy in actions.copy_into_units(programme=programme, **by).made] == [hall.world.unit(3).pk]
    assert journal().count("ProgrammeCopied") == 2


def test_steps_of_the_next_year_are_for_its_programme_only(hall):
    programme = hall.programme()
    refusal("programmes.not_next_year", actions.open_for_remarks, programme=programme, **hall.by(hall.world.secretary()))
