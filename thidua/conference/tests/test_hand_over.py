"""The hand-over: drawn up when the next year is opened, signed by both."""

import pytest
from django.utils.translation import override

from thidua.audit.queries import head_digest
from thidua.awards import actions as awards
from thidua.awards.models import Title
from thidua.clusters.actions import open_next_year
from thidua.conference import actions, queries
from thidua.conference.models import HandOver
from thidua.conference.papers import hand_over_paper
from thidua.conference.queries.hand_over import digest_of, facts_of
from thidua.kernel.actor import Role
from thidua.kernel.errors import Forbidden, Refused
from thidua.paperwork.rules import Table

PAGE = "/cum/cum-2/2021/ban-giao/"


@pytest.fixture
def record(stand):
    """The hand-over from unit 1 to unit 2."""
    stand.conference(present=3)
    open_next_year(year=stand.year, head=stand.world.unit(2), **stand.by)
    return HandOver.objects.select_related("from_year__cluster__superior_body", "from_year__head", "to_year__head").get()


def _sign(stand, record, side, number, digest=None):
    record.refresh_from_db()
    digest = digest_of(facts_of(record)) if digest is None else digest
    leader = stand.world.leader(number)
    actions.sign_hand_over(hand_over=record, side=side, facts_digest=digest, actor=leader, now=stand.now)
    record.refresh_from_db()


def test_opening_the_next_year_draws_it_up(stand, record):
    facts = facts_of(record)
    assert (facts["year"], facts["next_year"]) == (2021, 2022)
    assert (facts["outgoing"], facts["incoming"]) == ("Don vi 1", "Don vi 2")
    assert facts["conference"]["present"] == 3
    assert not record.is_signed_off


def test_signed_by_both(stand, record):
    _sign(stand, record, "outgoing", 1)
    assert record.is_frozen
    assert not record.is_signed_off
    _sign(stand, record, "incoming", 2)
    assert record.is_signed_off
    assert record.outgoing_signed_by == "unit_leader, Don vi 1"
    assert record.journal_digest == head_digest()


def test_the_first_signature_freezes_the_facts(stand, record):
    _sign(stand, record, "incoming", 2)
    awards.nominate(year=stand.year, unit=stand.world.unit(3), title=Title.FLAG, **stand.by)
    assert facts_of(record)["nominations"] == []
    _sign(stand, record, "outgoing", 1)
    assert record.is_signed_off


def test_nobody_signs_what_was_not_read(stand, record):
    read = digest_of(facts_of(record))
    awards.nominate(year=stand.year, unit=stand.world.unit(3), title=Title.FLAG, **stand.by)
    with pytest.raises(Refused, match="facts_changed"):
        _sign(stand, record, "outgoing", 1, digest=read)


@pytest.mark.parametrize(("side", "number"), [("outgoing", 2), ("incoming", 1), ("outgoing", 3)])
def test_each_side_signs_for_itself(stand, record, side, number):
    with pytest.raises(Forbidden):
        _sign(stand, record, side, number)


def test_not_twice_and_only_by_a_leader(stand, record):
    _sign(stand, record, "outgoing", 1)
    with pytest.raises(Refused, match="signed_already"):
        _sign(stand, record, "outgoing", 1)
    with pytest.raises(Forbidden):
        actions.sign_hand_over(
            hand_over=record,
            side="incoming",
            facts_digest=digest_of(facts_of(record)),
            actor=stand.world.officer(2),
            now=stand.now,
        )


def test_work_waits_for_both_leaders_and_goes(stand, record):
    assert [work.url for work in queries.work(stand.world.leader(1), stand.now)] == [PAGE]
    assert [work.url for work in queries.work(stand.world.leader(2), stand.now)] == [PAGE]
    _sign(stand, record, "outgoing", 1)
    assert queries.work(stand.world.leader(1), stand.now) == []
    assert queries.work(stand.world.leader(3), stand.now) == []


def test_the_paper_carries_the_end_of_the_journal(stand, record):
    _sign(stand, record, "outgoing", 1)
    paper = hand_over_paper(record, facts_of(record), record.journal_digest)
    assert any(getattr(block, "text", "") == f"SHA-256: {record.journal_digest}" for block in paper.blocks)
    assert paper.footer
    _sign(stand, record, "incoming", 2)
    assert hand_over_paper(record, facts_of(record), record.journal_digest).footer == ""


def test_signing_through_the_page(stand, record, sign_in):
    stand.world.leader(1)
    client = sign_in(stand.world.person(Role.UNIT_LEADER, stand.world.unit(1)))
    page = client.get(PAGE).content.decode()
    assert page.count("/ban-giao/ky/") == 1
    digest = digest_of(facts_of(record))
    assert client.post(f"{PAGE}ky/incoming/", {"facts_digest": digest}).status_code == 403
    refused = client.post(f"{PAGE}ky/outgoing/", {"facts_digest": "other"}, follow=True)
    assert "Nội dung bàn giao vừa thay đổi" in refused.content.decode()
    assert client.post(f"{PAGE}ky/outgoing/", {"facts_digest": digest}).status_code == 302
    assert client.post(f"{PAGE}ky/neither/", {"facts_digest": digest}).status_code == 404
    assert "unit_leader, Don vi 1" in client.get(PAGE).content.decode()


def test_the_next_year_shows_what_it_took_over(stand, record, sign_in):
    client = sign_in(stand.world.person(Role.UNIT_OFFICER, stand.world.unit(3)))
    assert "2021 → 2022" in client.get("/cum/cum-2/2022/ban-giao/").content.decode()


def test_before_there_is_one(stand, sign_in):
    client = sign_in(stand.world.person(Role.UNIT_OFFICER, stand.world.unit(3)))
    assert "Chưa có biên bản bàn giao" in client.get(PAGE).content.decode()
    assert client.post(f"{PAGE}ky/outgoing/").status_code == 404
    assert client.get("/cum/cum-2/2021/ban-giao.pdf").status_code == 404


@pytest.mark.parametrize("kind", ["pdf", "docx"])
def test_the_paper_is_printed(stand, record, sign_in, kind):
    client = sign_in(stand.world.person(Role.UNIT_OFFICER, stand.world.unit(3)))
    answer = client.get(f"/cum/cum-2/2021/ban-giao.{kind}")
    assert answer.content.startswith(b"%PDF" if kind == "pdf" else b"PK")


@pytest.mark.parametrize("nominations", [1, 3])
def test_the_page_has_a_constant_number_of_queries(stand, record, sign_in, nominations, django_assert_num_queries):
    for number in range(1, nominations + 1):
        awards.nominate(year=stand.year, unit=stand.world.unit(number), title=Title.FLAG, **stand.by)
    client = sign_in(stand.world.person(Role.UNIT_OFFICER, stand.world.unit(3)))
    with django_assert_num_queries(12):
        client.get(PAGE)


def test_the_paper_is_in_vietnamese_whatever_the_reader_speaks(stand, record):
    awards.nominate(year=stand.year, unit=stand.world.unit(1), title=Title.FLAG, **stand.by)
    with override("en"):
        paper = hand_over_paper(record, facts_of(record), head_digest())
    (table,) = (block for block in paper.blocks if isinstance(block, Table) and len(block.headers) == 4)
    assert table.rows[0][:3] == ("Don vi 1", "Cờ thi đua", "Đã suy tôn, chờ quyết định")
