import re
from datetime import date

import pytest
from django.urls import reverse

from thidua.kernel.actor import Role
from thidua.reports.actions import consolidated as actions
from thidua.reports.models import Consolidated
from thidua.reports.queries import consolidated as queries
from thidua.reports.tests.making import make_period, make_report

ROLES = {"secretary": Role.HEAD_SECRETARY, "leader": Role.UNIT_LEADER, "officer": Role.UNIT_OFFICER, "delegate": Role.DELEGATE}
TYPED = {
    "situation": "Tình hình mới", "assessment": "Đánh giá mới", "directions": "Phương hướng mới", "signer": "Trưởng ban",
}  # fmt: skip


def url(name, period, *more):
    return reverse(f"reports:{name}", args=[period.year.cluster.slug, period.year.year, period.pk, *more])


@pytest.fixture
def as_(world, sign_in):
    """as_("secretary") or as_("leader", 2) → a client signed in as that person."""

    def go(name, number=1):
        return sign_in(world.person(ROLES[name], world.unit(number)))

    return go


@pytest.fixture
def period(world):
    """The third quarter: units 1 and 2 have reported."""
    made = make_period(world.year())
    make_report(made, world.unit(1), ["10", "98"], practices=[("Sổ tay", "Mỗi tháng một chuyên đề")])
    make_report(made, world.unit(2), ["5", None], late=2, practices=[("Tổ tự học", "Theo thôn")])
    return made


@pytest.fixture
def draft(world, period, now):
    return actions.open_consolidated(period=period, actor=world.secretary(), now=now)


@pytest.fixture
def issued(world, draft, now):
    seen = queries.fingerprint_of(queries.draft_of(draft))
    values = {"number_text": "15-BC/CTĐ", "issued_on": date(2021, 10, 20), "seen": seen}
    return actions.issue_consolidated(consolidated=draft, **values, actor=world.secretary(), now=now)


def page_of(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


def test_the_head_goes_from_nothing_to_an_issued_report(as_, period, settings):
    client = as_("secretary")
    page = page_of(client, url("consolidated", period))
    assert "2/3 đơn vị đã nộp" in page
    assert client.post(url("consolidated_begin", period)).headers["Location"] == url("consolidated_edit", period)
    page = page_of(client, url("consolidated_edit", period))
    assert 'name="signer" value="Cụm trưởng"' in page
    keys = re.findall(r'name="pick-([^"]+)"', page)
    assert len(keys) == 2
    places = {f"order-{keys[0]}": "2", f"order-{keys[1]}": "1"}
    typed = TYPED | {"revision": "1"} | dict.fromkeys((f"pick-{key}" for key in keys), "on") | places
    assert client.post(url("consolidated_edit", period), typed).status_code == 302
    page = page_of(client, url("consolidated", period))
    assert page.index("Theo thôn") < page.index("Mỗi tháng một chuyên đề")
    seen = re.search(r'name="seen" value="(\w{64})"', page_of(client, url("consolidated_issue", period)))[1]
    typed = {"number_text": "15-BC/CTĐ", "issued_on": "20-10-2021", "seen": seen}
    assert client.post(url("consolidated_issue", period), typed).status_code == 302
    page = page_of(as_("delegate", 3), url("consolidated", period))
    assert "Tình hình mới" in page
    assert "<dd>Trưởng ban</dd>" in page
    assert "15-BC/CTĐ" in page
    assert "Mở lại để sửa…" not in page


def test_before_any_report_the_head_is_told_what_comes_first(world, as_):
    empty = make_period(world.year())
    page = page_of(as_("secretary"), url("consolidated", empty))
    assert "Chưa có đơn vị nào nộp báo cáo" in page
    assert "Soạn báo cáo tổng hợp" not in page
    assert f'href="{url("period", empty)}">' in page
    assert as_("secretary").post(url("consolidated_begin", empty)).status_code == 409


def test_nobody_else_reads_the_draft(as_, draft):
    page = page_of(as_("leader", 2), url("consolidated", draft.period))
    assert "Chưa ban hành báo cáo tổng hợp kỳ này" in page
    assert draft.situation[:30] not in page
    for name in ("consolidated_edit", "consolidated_issue", "consolidated_reopen"):
        assert as_("leader", 2).get(url(name, draft.period)).status_code == 403
    assert as_("leader", 2).post(url("consolidated_begin", draft.period)).status_code == 403
    for kind in ("pdf", "docx", "xlsx"):
        assert as_("leader", 2).get(url("consolidated_paper", draft.period, kind)).status_code == 404


def test_who_does_not_see_the_year_sees_nothing(world, sign_in, issued):
    stranger = sign_in(world.person(Role.UNIT_LEADER, world.organisation("Don vi ngoai")))
    period = issued.consolidated.period
    for address in (url("consolidated", period), url("consolidated_paper", period, "pdf"), url("consolidated_edit", period)):
        assert stranger.get(address).status_code == 404


def test_two_who_write_at_once_lose_nothing_and_see_both(world, as_, draft, now):
    actions.write_consolidated(
        consolidated=draft, words=actions.Words("Của người kia", "x", "y"), chosen=[], revision=1, actor=world.superior(), now=now
    )
    response = as_("secretary").post(url("consolidated_edit", draft.period), TYPED | {"revision": "1"})
    page = response.content.decode()
    assert response.status_code == 200
    assert "Tình hình mới</textarea>" in page
    assert "<p>Của người kia</p>" in page
    assert 'name="revision" value="2"' in page
    assert Consolidated.objects.get().situation == "Của người kia"
    assert as_("secretary").post(url("consolidated_edit", draft.period), TYPED | {"revision": "2"}).status_code == 302


def test_a_wrong_place_or_a_practice_that_went_away_keeps_what_was_typed(as_, draft):
    key = queries.candidates_of(draft)[0].key
    for wrong in ({f"pick-{key}": "on", f"order-{key}": "0"}, {"pick-9-abc": "on"}):
        response = as_("secretary").post(url("consolidated_edit", draft.period), TYPED | {"revision": "1"} | wrong)
        assert response.status_code == 200
        assert "Tình hình mới</textarea>" in response.content.decode()
    assert "không còn trong báo cáo của đơn vị" in response.content.decode()


def test_a_report_that_came_meanwhile_is_shown_before_the_issue(world, as_, draft):
    client = as_("secretary")
    seen = re.search(r'name="seen" value="(\w{64})"', page_of(client, url("consolidated_issue", draft.period)))[1]
    make_report(draft.period, world.unit(3), ["7", "50"])
    typed = {"number_text": "15-BC/CTĐ", "issued_on": "20-10-2021", "seen": seen}
    response = client.post(url("consolidated_issue", draft.period), typed)
    page = response.content.decode()
    assert "vừa thay đổi" in page
    assert 'value="15-BC/CTĐ"' in page
    again = re.search(r'name="seen" value="(\w{64})"', page)[1]
    assert client.post(url("consolidated_issue", draft.period), typed | {"seen": again}).status_code == 302


def test_a_correction_leaves_the_old_issue_to_the_readers(world, as_, issued):
    period = issued.consolidated.period
    client = as_("secretary")
    assert client.post(url("consolidated_reopen", period), {"reason": "sai"}).status_code == 200
    assert client.post(url("consolidated_reopen", period), {"reason": "Thiếu số liệu đơn vị 3"}).status_code == 302
    assert "Ban hành…" in page_of(client, url("consolidated", period))
    assert page_of(client, url("consolidated", period) + "?lan=1").count("15-BC/CTĐ")
    page = page_of(as_("officer", 3), url("consolidated", period))
    assert "15-BC/CTĐ" in page
    assert "đang được mở lại để sửa" in page
    for missing in ("?lan=7", "?lan=0"):
        assert as_("officer", 3).get(url("consolidated", period) + missing).status_code == 404


def test_reports_after_the_issue_are_told_to_the_head_alone(world, as_, issued):
    make_report(issued.consolidated.period, world.unit(3), ["7", "50"])
    address = url("consolidated", issued.consolidated.period)
    assert "Nộp sau khi ban hành" in page_of(as_("secretary"), address)
    page = page_of(as_("officer", 3), address)
    assert "Nộp sau khi ban hành" not in page
    assert "tổng của 2/3 đơn vị" in page


def test_what_cannot_be_compared_is_told_once_and_lines_read_as_a_list(world, as_, now):
    year = world.year()
    make_report(make_period(year, number=2, items=[("Buổi học tập", "buổi")]), world.unit(1), ["4"])
    period = make_period(year, items=[("Buổi học tập", "buổi"), ("Mới", "việc"), ("Cũng mới", "việc")])
    make_report(period, world.unit(1), ["5", "1", "2"])
    actions.open_consolidated(period=period, actor=world.secretary(), now=now)
    page = page_of(as_("secretary"), url("consolidated", period))
    told, table = page.split("<table", 1)
    assert "Không so được vì kỳ trước không có mục: Mới; Cũng mới." in told
    assert "hông so được" not in table
    assert "<ul><li>Buổi học tập: 5 buổi.</li>" in page


def test_in_a_closed_year_it_is_only_read(as_, issued):
    year = issued.consolidated.period.year
    year.stage = "closed"
    year.save()
    client = as_("secretary")
    assert "Mở lại để sửa…" not in page_of(client, url("consolidated", issued.consolidated.period))
    assert client.get(url("consolidated_reopen", issued.consolidated.period)).status_code == 409


@pytest.mark.parametrize("units", [1, 3])
def test_the_draft_takes_the_same_queries_for_one_unit_and_for_three(world, as_, now, units, django_assert_num_queries):
    period = make_period(world.year(units=units))
    before = make_period(period.year, number=2)
    for number in range(1, units + 1):
        make_report(before, world.unit(number), ["4", "80"])
        make_report(period, world.unit(number), ["5", "90"], practices=[("Sổ tay", "Chuyên đề"), ("Tổ tự học", "Theo thôn")])
    actions.open_consolidated(period=period, actor=world.secretary(), now=now)
    client = as_("secretary")
    page_of(client, url("consolidated", period))
    with django_assert_num_queries(18):
        page_of(client, url("consolidated", period))
    with django_assert_num_queries(17):
        page_of(client, url("consolidated_edit", period))
