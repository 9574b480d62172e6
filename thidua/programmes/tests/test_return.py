"""A programme that was presented: sent back by the leader, or taken back by those who wrote it."""

from dataclasses import replace

import pytest

from thidua.audit.models import JournalEntry
from thidua.kernel.errors import Forbidden, Refused
from thidua.programmes import actions
from thidua.programmes.queries.contributions import document_work
from thidua.programmes.queries.documents import state_of
from thidua.programmes.tests.papers_desk import WRITTEN
from thidua.programmes.tests.test_documents_actions import refusal
from thidua.programmes.tests.test_documents_views import page, url
from thidua.programmes.tests.test_next_year_views import as_ as _as

as_ = _as
WHY = "Thiếu chỉ tiêu về học tập, hãy bổ sung"


def journal():
    return list(JournalEntry.objects.order_by("position").values_list("event", flat=True))


def send_back(desk, programme, reason=WHY, actor=None):
    actions.return_programme(programme=programme, reason=reason, **desk.by(actor or desk.world.leader(2)))
    programme.refresh_from_db()


def test_the_leader_sends_back_with_a_reason(desk):
    programme = desk.programme()
    desk.present(programme)
    for short in ("", "   ", "Sửa lại đi", "1234567890 .,;:!?"):
        assert refusal("programmes.return_reason_short", send_back, desk, programme, short)["field"] == "reason"
    send_back(desk, programme, f"  {WHY} ")
    assert (state_of(programme), programme.return_reason, programme.returned_by_name) == ("draft", WHY, "unit_leader-don-vi-2")
    assert journal()[-1] == "ProgrammeReturned"
    refusal("programmes.not_presented", send_back, desk, programme)
    desk.present(programme)
    assert (programme.returned_at, programme.return_reason) == (None, "")


@pytest.mark.parametrize("who", ["officer", "secretary"])
def test_only_the_leader_sends_back(desk, who):
    programme = desk.programme()
    desk.present(programme)
    actor = desk.world.officer(2) if who == "officer" else desk.world.secretary()
    with pytest.raises(Forbidden):
        send_back(desk, programme, actor=actor)


def test_what_was_presented_can_be_taken_back_once(desk):
    programme = desk.programme()
    officer = desk.by(desk.world.officer(2))
    refusal("programmes.not_presented", actions.withdraw_programme, programme=programme, **officer)
    desk.present(programme)
    with pytest.raises(Forbidden):
        actions.withdraw_programme(programme=programme, **desk.by(desk.world.officer(3)))
    actions.withdraw_programme(programme=programme, **officer)
    programme.refresh_from_db()
    assert (state_of(programme), journal()[-1]) == ("draft", "ProgrammeWithdrawn")
    refusal("programmes.not_presented", actions.withdraw_programme, programme=programme, **officer)


def test_a_second_version_says_why(desk):
    programme = desk.programme()
    desk.approve(programme, reason="")
    desk.edit(programme, written=replace(WRITTEN, title="Tên mới"))
    facts = refusal("programmes.change_reason_missing", desk.approve, programme, reason="  ")
    assert (facts["field"], facts["version"]) == ("reason", 1)
    assert desk.approve(programme, reason="Đổi tên").number == 2


def test_the_officer_finds_what_was_sent_back_until_it_is_presented_again(desk, now, django_assert_num_queries):
    programme = desk.programme()
    desk.present(programme)
    officer = desk.world.officer(2)
    assert document_work(officer, now) == []
    send_back(desk, programme)
    with django_assert_num_queries(1):
        [found] = document_work(officer, now)
    assert str(found.title) == f"Sửa “{programme.title}” bị trả lại: {WHY}"
    assert found.url == url("programme", desk.year, programme.pk)
    assert document_work(desk.world.officer(3), now) == []
    desk.present(programme)
    assert document_work(desk.world.officer(2), now) == []


def test_on_the_screen(desk, as_):
    programme = desk.programme()
    one, back = url("programme", desk.year, programme.pk), url("return_programme", desk.year, programme.pk)
    assert "không còn chờ duyệt" in page(as_("unit_leader", 2), back)
    desk.present(programme)
    assert "Rút trình" in page(as_("unit_officer", 2), one)
    assert "Trả lại kèm lý do" not in page(as_("unit_officer", 2), one)
    leader = as_("unit_leader", 2)
    assert "Trả lại kèm lý do" in page(leader, one)
    assert "Trả lại kèm lý do" in page(leader, url("approve", desk.year, programme.pk))
    refused = leader.post(back, {"reason": "Chưa"})
    assert refused.status_code == 422
    assert "ít nhất 10 chữ cái" in refused.content.decode()
    assert ">\nChưa</textarea>" in refused.content.decode()
    assert leader.post(back, {"reason": WHY}).url == one
    assert WHY in page(as_("unit_officer", 2), one)
    officer = as_("unit_officer", 2)
    officer.post(url("present", desk.year, programme.pk))
    assert WHY not in page(officer, one)
    assert officer.post(url("withdraw", desk.year, programme.pk)).url == one
    assert "Trình lãnh đạo duyệt" in page(officer, one)
    assert officer.get(back).status_code == 403
    assert as_("unit_leader", 3).get(back).status_code == 404


def test_a_closed_year_sends_nothing_back(desk):
    programme = desk.programme()
    desk.present(programme)
    type(desk.year).objects.update(stage="closed")
    with pytest.raises(Refused, match="year_closed"):
        send_back(desk, programme)
