"""What a unit answers to its check reaches the appraiser and the head, and who waits for whom."""

from datetime import timedelta

from thidua.kernel.actor import Role
from thidua.scoring import actions, queries

YEAR = "/cum/cum-2/2021/"
CHECK = f"{YEAR}tham-dinh/don-vi-2/"


def test_an_answer_to_a_finished_check_reaches_the_appraiser_and_the_head(field, world, body, checking):
    sheets, appraiser = checking
    field.judge(sheets[1], appraiser, "A.1", points="7", reason="Chỉ có hồ sơ của 7 lớp")
    field.finish(sheets[1], 2)
    later, latest = field.now + timedelta(hours=1), field.now + timedelta(hours=2)
    found = lambda actor: [(str(w.title), w.url) for w in queries.work(actor, later) if w.url == CHECK]  # noqa: E731
    assert found(world.secretary()) == []
    actions.answer_verdict(sheet=sheets[1], code="A.1", answer="Hồ sơ ở tệp 4, trang 12", actor=world.officer(2), now=later)
    told = [("Xem 1 ý kiến của Don vi 2 về thẩm định", CHECK)]
    assert found(appraiser) == found(world.secretary()) == told
    assert found(world.officer(2)) == found(world.leader(3)) == []
    actions.reopen_check(sheet=sheets[1], reason="Xem lại hồ sơ ở tệp 4", actor=appraiser, now=latest)
    assert found(world.secretary()) == []
    assert found(appraiser) == [("Thẩm định Don vi 2", CHECK)]
    actions.finish_check(sheet=sheets[1], actor=appraiser, now=latest)
    assert found(appraiser) == found(world.secretary()) == []


def test_an_answer_to_a_finished_check_is_told_on_its_page(field, world, sign_in, body, checking):
    sheets, appraiser = checking
    field.judge(sheets[1], appraiser, "A.1", points="7", reason="Chỉ có hồ sơ của 7 lớp")
    field.finish(sheets[1], 2)
    later = field.now + timedelta(hours=1)
    actions.answer_verdict(sheet=sheets[1], code="A.1", answer="Hồ sơ ở tệp 4, trang 12", actor=world.officer(2), now=later)
    page = sign_in(world.person(Role.APPRAISER, body)).get(CHECK).content.decode()
    assert "1 ý kiến của đơn vị đến sau khi thẩm định xong" in page


def test_a_unit_out_of_the_ranking_waits_for_no_appraiser(field, world, sign_in, now):
    field.open()
    actions.withhold_unit(year=field.year, unit=world.unit(3), reason="Có đơn đang xem xét", actor=world.secretary(), now=now)
    assert [str(work.title) for work in queries.work(world.secretary(), now)] == ["Phân công thẩm định cho 2 đơn vị"]
    page = sign_in(world.person(Role.HEAD_SECRETARY, world.unit(1))).get(f"{YEAR}tham-dinh/").content.decode()
    assert "2 đơn vị chưa có người thẩm định" in page
    assert page.count("chưa giao") == 2
    assert queries.sheet_list(world.secretary(), field.year, now).waiting == 2
