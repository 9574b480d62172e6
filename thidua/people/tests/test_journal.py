"""The journal page: rows in words, both names of a lent power, the filter, the chain."""

from dataclasses import dataclass
from io import BytesIO

import pytest
from django.db import transaction
from django.urls import reverse
from python_calamine import CalamineWorkbook

from thidua.audit.actions import publish
from thidua.audit.models import JournalEntry
from thidua.kernel.actor import SYSTEM, Power, Role
from thidua.people import actions, events
from thidua.people.queries import actor_of


@pytest.fixture
def auditor(world, sign_in):
    return sign_in(world.person(Role.AUDITOR, world.organisation("Thanh tra")))


def text(response) -> str:
    return response.content.decode()


def rows_of(response) -> list[str]:
    return [str(row["words"]) for row in response.context["entries"]]


def test_a_lent_power_shows_both_names(world, auditor, now, django_capture_on_commit_callbacks):
    unit = world.organisation("Don vi 1")
    lender, borrower = (
        world.person(Role.UNIT_LEADER, unit, "lanh-dao"),
        world.person(Role.DELEGATE, world.organisation("X"), "thay"),
    )
    post = lender.tenures.get().post
    values = {"post": post, "starts_on": now.date(), "ends_on": now.date(), "reason": "Đi họp"}
    actions.lend_power(**values, borrower=borrower, actor=actor_of(lender, now), now=now)
    by = actor_of(borrower, now).by(Power("people.trial", "Thử", (Role.UNIT_LEADER,)), {Role.UNIT_LEADER: [unit.pk]})
    publish(events.OrganisationEntered(unit.pk, "Thử"), by, now=now)
    page = auditor.get(reverse("people:journal"))
    assert rows_of(page) == ["Lập đơn vị “Thử”", "Ủy quyền chức vụ “unit_leader, Don vi 1” cho thay từ 01-11-2021 đến 01-11-2021"]
    assert "thay" in text(page)
    assert "theo ủy quyền của lanh-dao" in text(page)
    mine = auditor.get(reverse("people:journal"), {"username": "Lanh-Dao"})
    assert len(rows_of(mine)) == 2  # what was done for someone is found under that name too


def test_the_filter_is_in_the_address(auditor, now):
    page = reverse("people:journal")
    actions.enter_organisation(name_vi="Đơn vị", kind="other", actor=SYSTEM, now=now)
    actions.enter_person(username="moi", name="Mới", actor=SYSTEM, now=now)
    assert rows_of(auditor.get(page, {"event": "PersonEntered"})) == ["Lập tài khoản “moi”"]
    assert len(rows_of(auditor.get(page, {"first_day": "2021-11-01", "last_day": "2021-11-01"}))) == 2
    assert rows_of(auditor.get(page, {"first_day": "2021-11-02"})) == []
    assert rows_of(auditor.get(page, {"last_day": "2021-10-31"})) == []
    assert auditor.get(page, {"first_day": "hôm qua", "event": "NoSuch", "truoc": "-1"}).status_code == 200


@pytest.mark.parametrize("asked", [{"first_day": "01-01-0001"}, {"last_day": "31-12-9999"}])
def test_days_at_the_ends_of_the_calendar_are_refused_at_their_field(auditor, asked):
    assert "Năm phải từ 1900 đến 2200" in text(auditor.get(reverse("people:journal"), asked))
    assert auditor.get(reverse("people:journal_xlsx"), asked).status_code == 200


@dataclass(frozen=True)
class ClusterFormed:
    """As clusters.events says it: the journal is read here, below the clusters."""

    cluster_id: int
    name: str


@dataclass(frozen=True)
class YearOpened:
    """The same."""

    year_id: int
    cluster_id: int
    year: int


def test_a_year_is_known_by_the_name_the_journal_tells(auditor, now):
    with transaction.atomic():
        publish(ClusterFormed(7, "Cụm số 9"), SYSTEM, now=now)
        publish(YearOpened(41, 7, 2021), SYSTEM, now=now)
    page = auditor.get(reverse("people:journal"), {"year_id": 41})
    assert rows_of(page) == ["Mở năm thi đua 2021"]
    assert '<a href="?year_id=41">Cụm số 9 · 2021</a>' in text(page)
    book = auditor.get(reverse("people:journal_xlsx"))
    rows = CalamineWorkbook.from_filelike(BytesIO(book.content)).get_sheet_by_index(0).to_python()
    assert [row[5:7] for row in rows[4:]] == [["Cụm số 9 · 2021", "Mở năm thi đua 2021"], ["", "Lập cụm “Cụm số 9”"]]


def test_older_rows_are_a_page_away(auditor, now):
    for number in range(120):
        actions.enter_person(username=f"p-{number}", name="X", actor=SYSTEM, now=now)
    seen, address = [], reverse("people:journal")
    page = auditor.get(address)
    while page.context["older"]:
        seen += rows_of(page)
        page = auditor.get(address, {"truoc": page.context["older"]})
    seen += rows_of(page)
    assert seen == [f"Lập tài khoản “p-{number}”" for number in reversed(range(120))]


@pytest.mark.parametrize("more", [1, 3])
def test_the_journal_asks_the_same_number_of_questions(auditor, now, django_assert_num_queries, more):
    for number in range(more):
        actions.enter_person(username=f"p-{number}", name="X", actor=SYSTEM, now=now)
    with django_assert_num_queries(8):
        auditor.get(reverse("people:journal"))


def test_the_chain_is_verified_and_the_first_break_is_named(auditor, now):
    for number in range(3):
        actions.enter_person(username=f"p-{number}", name="X", actor=SYSTEM, now=now)
    address = reverse("people:verify_journal")
    assert "đã tính lại 3 dòng" in text(auditor.post(address))
    JournalEntry.objects.filter(position=2).update(person_name="Người khác")
    assert "Nhật ký không nguyên vẹn từ dòng 2: nội dung dòng này đã bị sửa." in text(auditor.post(address))
    JournalEntry.objects.filter(position=2).delete()
    assert "từ dòng 2: thiếu dòng này" in text(auditor.post(address))


def test_the_journal_is_exported_as_text_not_formulas(auditor, now):
    actions.enter_person(username="moi", name="=1+1", actor=SYSTEM, now=now)
    actions.enter_organisation(name_vi="=HYPERLINK(1)", kind="other", actor=SYSTEM, now=now)
    book = auditor.get(reverse("people:journal_xlsx"), {"event": "OrganisationEntered"})
    rows = CalamineWorkbook.from_filelike(BytesIO(book.content)).get_sheet_by_index(0).to_python()
    assert [row[0] for row in rows[4:]] == [2.0]
    assert rows[4][6] == "Lập đơn vị “=HYPERLINK(1)”"
    assert rows[4][9] == JournalEntry.objects.get(position=2).digest
