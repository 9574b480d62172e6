import hashlib
import io
from datetime import UTC, date, datetime

import pytest
from django.urls import reverse
from docx import Document

from thidua.clusters.models import StageDates
from thidua.kernel.actor import Role
from thidua.pledges import actions, papers, queries
from thidua.pledges.models import Pledge, UnitTarget
from thidua.pledges.rules import Target

TARGETS = {
    "t-TOTAL_FORMS": "2",
    "t-INITIAL_FORMS": "0",
    "t-0-text": "Học nghị quyết",
    "t-0-figure": "98,5",
    "t-0-unit_of_measure": "%",
}


def url(name, year, *rest):
    return reverse(f"pledges:{name}", args=[year.cluster.slug, year.year, *rest])


@pytest.fixture
def as_(world, sign_in):
    """as_("secretary") or as_("leader", 2) → a client signed in as that person."""
    roles = {"secretary": Role.HEAD_SECRETARY, "leader": Role.UNIT_LEADER, "officer": Role.UNIT_OFFICER}

    def go(name, number=1):
        return sign_in(world.person(roles[name], world.unit(number)))

    return go


def test_the_pledge_goes_from_nothing_to_signed_by_all_on_its_pages(world, published, as_):
    year = world.year()
    published(year)
    secretary = as_("secretary")
    assert "Soạn giao ước" in secretary.get(url("pledge", year)).content.decode()
    assert secretary.post(url("draft", year)).status_code == 302
    typed = TARGETS | {"seen": queries.fingerprint([])}
    assert as_("officer", 2).post(url("targets", year, "don-vi-2"), typed).status_code == 302
    secretary = as_("secretary")
    page = secretary.get(url("pledge", year)).content.decode()
    assert "Học nghị quyết: 98,5 %" in page
    assert "Don vi 1; Don vi 3." in secretary.get(url("freeze", year)).content.decode()
    assert secretary.post(url("freeze", year)).status_code == 302
    digest = Pledge.objects.get().digest
    for number in (1, 2, 3):
        leader = as_("leader", number)
        shown = leader.get(url("confirm", year, f"don-vi-{number}")).content.decode()
        assert digest in shown
        assert leader.post(url("confirm", year, f"don-vi-{number}"), {"digest": digest}).status_code == 302
    page = leader.get(url("pledge", year)).content.decode()
    assert "các đơn vị đã ký đủ" in page
    assert digest in page


def test_an_empty_page_says_what_comes_first(world, as_, published):
    year = world.year()
    criteria = reverse("criteria:tree", args=[year.cluster.slug, year.year])
    assert f'href="{criteria}">Tới trang tiêu chí' in as_("secretary").get(url("pledge", year)).content.decode()
    published(year)
    page = as_("officer", 2).get(url("pledge", year)).content.decode()
    assert "Thư ký cụm trưởng soạn giao ước" in page
    assert "<button class=\"btn btn-primary\"" not in page


def test_a_wrong_line_keeps_everything_typed(world, drafted, as_):
    year = world.year()
    drafted(year)
    wrong = TARGETS | {"t-0-figure": "chín tám", "t-1-text": "", "t-1-figure": "5", "t-1-unit_of_measure": "lớp"}
    response = as_("officer", 2).post(url("targets", year, "don-vi-2"), wrong)
    page = response.content.decode()
    assert response.status_code == 200
    assert "“chín tám” không phải là số" in page
    assert "Hãy ghi chỉ tiêu cho con số này" in page
    for typed in ("Học nghị quyết", 'value="chín tám"', 'value="lớp"'):
        assert typed in page
    assert not UnitTarget.objects.exists()


def test_two_officers_at_once_lose_nothing(world, drafted, as_, now):
    year = world.year()
    pledge = drafted(year)
    seen = queries.fingerprint([])
    actions.set_targets(pledge=pledge, unit=world.unit(2), targets=[Target("Của người kia")], actor=world.leader(2), now=now)
    client = as_("officer", 2)
    page = client.post(url("targets", year, "don-vi-2"), TARGETS | {"seen": seen}).content.decode()
    assert "Người khác vừa lưu chỉ tiêu" in page
    assert "Học nghị quyết" in page
    assert queries.targets_of(pledge, world.unit(2))[0].text == "Của người kia"
    newest = queries.fingerprint(queries.targets_of(pledge, world.unit(2)))
    assert f'value="{newest}"' in page
    assert client.post(url("targets", year, "don-vi-2"), TARGETS | {"seen": newest}).status_code == 302
    assert queries.targets_of(pledge, world.unit(2))[0].text == "Học nghị quyết"


def test_two_secretaries_at_once_lose_nothing(world, drafted, as_):
    year = world.year()
    drafted(year)
    client = as_("secretary")
    assert client.post(url("edit", year), {"preamble": "Một", "body": "Điều 1. A", "revision": "1"}).status_code == 302
    page = client.post(url("edit", year), {"preamble": "Hai", "body": "Điều 1. B", "revision": "1"}).content.decode()
    assert "Người khác vừa sửa giao ước" in page
    assert "Điều 1. B" in page
    assert 'name="revision" value="2"' in page
    assert Pledge.objects.get().preamble == "Một"


def test_an_empty_or_endless_text_is_refused_at_its_field(world, drafted, as_):
    year = world.year()
    drafted(year)
    page = as_("secretary").post(url("edit", year), {"preamble": "  ", "body": "x" * 50_001, "revision": "1"}).content.decode()
    assert page.count("errorlist") >= 2
    assert Pledge.objects.get().revision == 1


def test_reopening_needs_a_reason(world, frozen, as_):
    year = world.year()
    frozen(year)
    client = as_("secretary")
    assert client.post(url("reopen", year), {"reason": "sai"}).status_code == 200
    assert Pledge.objects.get().is_open
    assert client.post(url("reopen", year), {"reason": "Đơn vị 3 đề nghị sửa chỉ tiêu"}).status_code == 302
    assert not Pledge.objects.get().is_open


def test_an_old_page_does_not_confirm(world, frozen, as_):
    year = world.year()
    frozen(year)
    response = as_("leader", 2).post(url("confirm", year, "don-vi-2"), {"digest": "0" * 64})
    assert response.status_code == 409
    assert "Văn bản giao ước đã đổi" in response.content.decode()


@pytest.mark.parametrize("page", ["targets", "confirm"])
def test_pages_of_another_unit_and_of_no_unit_are_not_there(world, frozen, as_, page):
    year = world.year()
    frozen(year)
    world.organisation("Don vi 9")
    for slug in ("don-vi-3", "don-vi-9", "khong-co"):
        assert as_("leader", 2).get(url(page, year, slug)).status_code == 404
        assert as_("leader", 2).post(url(page, year, slug), {"digest": "x"}).status_code == 404


@pytest.mark.parametrize(("page", "rest"), [("edit", ()), ("freeze", ()), ("reopen", ()), ("confirm", ("don-vi-2",))])
def test_a_role_too_weak_gets_a_sentence(world, frozen, as_, page, rest):
    year = world.year()
    frozen(year)
    assert as_("officer", 2).get(url(page, year, *rest)).status_code == 403
    assert as_("officer", 2).post(url(page, year, *rest)).status_code == 403


def test_strangers_see_nothing(world, frozen, sign_in, client):
    year = world.year()
    frozen(year)
    assert client.get(url("pledge", year)).status_code == 302
    outside = sign_in(world.person(Role.UNIT_LEADER, world.organisation("Ngoai cum"), "nguoi-ngoai"))
    for name, rest in (("pledge", ()), ("paper", ("pdf",)), ("paper", ("txt",)), ("edit", ())):
        assert outside.get(url(name, year, *rest)).status_code == 404


def test_a_year_without_a_pledge_has_no_paper(world, as_):
    year = world.year()
    for name, rest in (("paper", ("pdf",)), ("edit", ()), ("freeze", ()), ("targets", ("don-vi-1",))):
        assert as_("secretary").get(url(name, year, *rest)).status_code == 404


def test_the_text_file_has_the_digest_that_the_page_shows(world, frozen, as_):
    year = world.year()
    pledge = frozen(year)
    response = as_("leader", 2).get(url("paper", year, "txt"))
    assert hashlib.sha256(response.content).hexdigest() == pledge.digest
    assert as_("leader", 2).get(url("paper", year, "exe")).status_code == 404


def test_the_paper_holds_the_text_every_confirmation_and_says_what_they_are(world, frozen, as_, now):
    year = world.year(illustrative=True)
    pledge = frozen(year)
    at = datetime(2022, 2, 5, 2, 12, tzinfo=UTC)
    actions.confirm_pledge(pledge=pledge, unit=world.unit(2), digest=pledge.digest, actor=world.leader(2), now=at)
    response = as_("leader", 2).get(url("paper", year, "docx"))
    document = Document(io.BytesIO(response.content))
    cells = [p.text for table in document.tables for row in table.rows for cell in row.cells for p in cell.paragraphs]
    words = [p.text for p in document.paragraphs]
    assert "ĐẢNG CỘNG SẢN VIỆT NAM" in cells
    assert "unit_leader-don-vi-2" in cells
    assert "lúc 09:12 ngày 05-02-2022" in cells
    assert cells.count("(Chưa xác nhận)") == 2
    assert papers.WHAT_A_CONFIRMATION_IS in words
    assert any(pledge.digest in line for line in words)
    assert "MINH HOẠ" in document.sections[0].first_page_header.paragraphs[0].text
    assert as_("leader", 2).get(url("paper", year, "pdf")).content.startswith(b"%PDF-")


def test_a_draft_paper_says_that_it_is_one(world, drafted):
    year = world.year()
    pledge = drafted(year)
    rows = queries.members_with_targets(pledge, year)
    paper = papers.paper_of(pledge, year, queries.text_of(pledge, year, rows), rows)
    assert "Dự thảo" in paper.abstract
    assert paper.day is None
    assert papers.WHAT_A_CONFIRMATION_IS not in [getattr(block, "text", "") for block in paper.blocks]


@pytest.mark.parametrize("units", [2, 4])
def test_the_page_costs_the_same_for_any_number_of_units(world, frozen, as_, now, django_assert_num_queries, units):
    year = world.year(units=units)
    pledge = frozen(year)
    for number in range(1, units):
        actions.confirm_pledge(pledge=pledge, unit=world.unit(number), digest=pledge.digest, actor=world.leader(number), now=now)
    client = as_("leader", 1)
    client.get(url("pledge", year))
    with django_assert_num_queries(11):
        assert client.get(url("pledge", year)).status_code == 200


def test_contributions_to_the_year(world, published, now, django_assert_num_queries):
    year = world.year()
    StageDates.objects.create(year=year, stage="preparing", due_on=date(2021, 2, 15))

    def titles(actor):
        return [(str(work.title), work.due_on) for work in queries.work(actor, now)]

    def states():
        [column] = queries.columns(world.secretary(), year)
        return [column.cells[world.unit(n).pk].state for n in (1, 2, 3)]

    due = date(2021, 2, 15)
    assert titles(world.secretary()) == []
    assert states() == ["wait"] * 3
    published(year)
    assert titles(world.secretary()) == [("Soạn giao ước thi đua", due)]
    assert titles(world.officer(2)) == []
    pledge = actions.draft_pledge(year=year, actor=world.secretary(), now=now)
    assert titles(world.secretary()) == [("Chốt giao ước thi đua", due)]
    assert titles(world.officer(2)) == titles(world.leader(2)) == [("Ghi chỉ tiêu đăng ký thi đua", due)]
    actions.set_targets(pledge=pledge, unit=world.unit(2), targets=[Target("Một")], actor=world.officer(2), now=now)
    assert titles(world.officer(2)) == []
    actions.freeze_pledge(pledge=pledge, actor=world.secretary(), now=now)
    pledge.refresh_from_db()
    assert titles(world.secretary()) == titles(world.officer(3)) == []
    assert titles(world.leader(2)) == [("Ký xác nhận giao ước thi đua", due)]
    actions.confirm_pledge(pledge=pledge, unit=world.unit(2), digest=pledge.digest, actor=world.leader(2), now=now)
    assert titles(world.leader(2)) == []
    assert states() == ["due", "ok", "due"]
    actor = world.leader(3)
    with django_assert_num_queries(1):
        assert titles(actor) == [("Ký xác nhận giao ước thi đua", due)]
    with django_assert_num_queries(2):
        assert len(queries.missing_for_pledged(year)) == 2
