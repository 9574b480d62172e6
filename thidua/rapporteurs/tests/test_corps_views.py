import subprocess
from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from django.utils import timezone
from python_calamine import CalamineWorkbook

from thidua.clusters.models import Cluster, ClusterYear
from thidua.kernel.actor import Role
from thidua.rapporteurs.models import CorpsMember, Talk
from thidua.rapporteurs.queries import work
from thidua.rapporteurs.tests.corps import member, post, term, url
from thidua.rapporteurs.tests.making_rounds import make_report, make_round, make_topic

MEMBER = {
    "level": "province",
    "name": "Nguyễn Văn An",
    "post_title": "Trưởng phòng",
    "field": "Kinh tế",
    "contact": "0208 385 1234",
}
TERM = {
    "term_kind": "appointment", "decision": "05-QĐ/TU", "issuer": "Tỉnh ủy", "decided_on": "15-12-2020",
    "starts_on": "01-01-2021", "months": "24", "ends_on": "",
}  # fmt: skip
NO_TERM = {**dict.fromkeys(TERM, ""), "term_kind": "appointment"}


@pytest.fixture(autouse=True)
def _one_day(monkeypatch, now):
    """Pages ask for the moment; the tests live on 1 November 2021."""
    monkeypatch.setattr(timezone, "now", lambda: now)


@pytest.fixture
def year(world):
    return world.year()


@pytest.fixture
def officer(world, sign_in, year):
    """A client signed in as the officer of the second unit."""
    return sign_in(world.person("unit_officer", world.unit(2)))


def text_of(content):
    """The text of a PDF; a form feed ends each page."""
    return subprocess.run(["pdftotext", "-", "-"], input=content, capture_output=True, check=True).stdout.decode()


def names_in(answer):
    return [line.member.name for line in answer.context["rows"]]


def three(world):
    """In term, soon to end, and a collaborator whose term is over."""
    member(world.unit(2), "Nguyễn Văn An", folded="nguyen van an truong phong kinh te")
    member(world.unit(3), "Lê Hoàng Dũng", terms=[("2020-01-01", "2021-11-24")], level="district", folded="le hoang dung")
    member(world.unit(2), "Trần Thị Ánh", "collaborator", terms=[("2019-01-01", "2020-12-31")], folded="tran thi anh")


def test_an_empty_list_says_what_to_do_first(officer, year):
    page = officer.get(url("corps", year)).content.decode()
    assert "Việc đầu tiên" in page
    assert url("enter_member", year, "don-vi-2") in page
    assert url("import_corps", year, "don-vi-2") in page


def test_the_front_page_counts_and_names_whose_term_ends(officer, world, year):
    three(world)
    answer = officer.get(url("corps", year))
    page = answer.content.decode()
    assert names_in(answer) == ["Nguyễn Văn An", "Trần Thị Ánh", "Lê Hoàng Dũng"]
    assert "còn 23 ngày" in page
    assert "hết từ 31-12-2020" in page
    rows = {str(row.title): [(count.in_force, count.others) for count in row.counts] for row in answer.context["corps"].rows}
    assert rows == {"Tỉnh, thành phố": [(1, 0), (0, 1)], "Huyện và tương đương": [(1, 0), (0, 0)]}
    assert [line.member.name for line in answer.context["ending"]] == ["Lê Hoàng Dũng"]


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ({"q": "TRAN anh"}, ["Trần Thị Ánh"]),
        ({"q": "kinh tế"}, ["Nguyễn Văn An"]),
        ({"loai": "collaborator"}, ["Trần Thị Ánh"]),
        ({"cap": "district"}, ["Lê Hoàng Dũng"]),
        ({"tinh-trang": "ends_soon"}, ["Lê Hoàng Dũng"]),
        ({"tinh-trang": "left"}, []),
        ({"xep": "han"}, ["Lê Hoàng Dũng", "Nguyễn Văn An", "Trần Thị Ánh"]),
        ({"xep": "?", "cap": "?", "don-vi": "x", "trang": "z"}, ["Nguyễn Văn An", "Trần Thị Ánh", "Lê Hoàng Dũng"]),
        ({"q": "không ai"}, []),
    ],
)
def test_the_list_filters_and_sorts(officer, world, year, asked, names):
    three(world)
    assert names_in(officer.get(url("corps", year), asked)) == names
    unit = {"don-vi": world.unit(3).pk}
    assert names_in(officer.get(url("corps", year), unit)) == ["Lê Hoàng Dũng"]


def test_the_list_has_pages_of_fifty(officer, world, year):
    for number in range(51):
        member(world.unit(2), f"Người {number:02d}", terms=())
    answer = officer.get(url("corps", year), {"trang": "2", "tinh-trang": "no_term"})
    assert names_in(answer) == ["Người 50"]
    assert "tinh-trang=no_term&amp;trang=1" in answer.content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_the_front_page_asks_the_same_number_of_queries(officer, world, year, number, django_assert_num_queries):
    for n in range(number):
        member(world.unit(n + 1), f"Người {n}", terms=[("2020-01-01", "2020-12-31"), ("2021-01-01", "2021-12-01")])
    with django_assert_num_queries(9):
        officer.get(url("corps", year))


@pytest.mark.parametrize("number", [1, 3])
def test_a_members_page_asks_the_same_number_of_queries(officer, world, year, number, now, django_assert_num_queries):
    speaker = member(world.unit(2))
    for n in range(number):
        talk = Talk.objects.create(
            year=year, unit=speaker.unit, speaker=speaker, held_on=date(2021, 3, n + 1), place="Hội trường", listeners=10,
            recorded_at=now, recorded_by_name="x",
        )  # fmt: skip
        talk.topics.add(make_topic(year, f"Chủ đề {n}"))
        term(speaker, f"{2023 + n}-01-01", f"{2023 + n}-12-31")
    with django_assert_num_queries(11):
        page = officer.get(url("member", year, speaker.pk)).content.decode()
    assert f"{number} buổi đã tổ chức, {number}0 lượt người nghe" in page


def test_a_members_page_shows_topics_spoken_of_and_not(officer, world, year, now):
    speaker = member(world.unit(2))
    one, _other, _retired = make_topic(year, "Chuyển đổi số"), make_topic(year, "Y tế"), make_topic(year, "Cũ", retired=True)
    for listeners in (40, 0):
        talk = Talk.objects.create(
            year=year, unit=speaker.unit, speaker=speaker, held_on=date(2021, 3, 1), place="Hội trường", listeners=listeners,
            recorded_at=now, recorded_by_name="x",
        )  # fmt: skip
        talk.topics.add(one)
    answer = officer.get(url("member", year, speaker.pk))
    spoken = answer.context["shown"].spoken
    assert [(line.topic.title, line.talks) for line in spoken.topics] == [("Chuyển đổi số", 1), ("Y tế", 0)]
    assert (spoken.covered, spoken.held, spoken.listeners) == (1, 1, 40)
    assert "dự kiến" in answer.content.decode()


def test_a_collaborators_page_tells_punctuality_and_never_a_count(officer, world, year):
    one = member(world.unit(2), kind="collaborator")
    topic = make_topic(year, "Giá đất")
    for place, late in enumerate((0, 4), 1):
        asked = make_round(year, f"Kỳ {place}", due_on=date(2021, 10, place))
        make_report(asked, one, [(topic, 777, 0, 0, 0)], late=late)
    make_report(make_round(year, "Kỳ 3", due_on=date(2021, 10, 12)), one, [(topic, 777, 0, 0, 0)], sent=False)
    make_round(year, "Kỳ 4", due_on=date(2021, 11, 5))
    make_round(year, "Trước nhiệm kỳ", starts_on=date(2020, 1, 1), ends_on=date(2020, 1, 31), due_on=date(2020, 2, 5))
    answer = officer.get(url("member", year, one.pk))
    words = [(line.round.title, str(line.words)) for line in answer.context["shown"].rounds]
    assert words == [
        ("Kỳ 4", "chưa đến hạn"),
        ("Kỳ 3", "chưa gửi, quá 20 ngày"),
        ("Kỳ 2", "chậm 4 ngày"),
        ("Kỳ 1", "đúng hạn"),
    ]
    page = answer.content.decode()
    assert "777" not in page
    assert "Giá đất" not in page


def test_someone_is_entered_with_a_decision_and_what_was_typed_is_kept(officer, world, year):
    address, own = url("enter_member", year, "don-vi-2"), post(world.unit(2), "Phó phòng", Role.RAPPORTEUR)
    post(world.unit(2), "Văn thư", Role.EDITOR)
    page = officer.get(address).content.decode()
    assert "Phó phòng" in page
    assert "Văn thư" not in page
    assert "Không ghi số riêng" in page
    typed = MEMBER | TERM | {"kind": "rapporteur", "post_id": own.pk}
    for wrong, words in [
        ({"starts_on": "30-02-2021"}, "Hãy nhập ngày như"),
        ({"months": "0"}, "Số tháng phải từ 1 đến 120"),
        ({"months": "200"}, "Số tháng phải từ 1 đến 120"),
        ({"months": "", "ends_on": "31-12-2020"}, "Ngày cuối phải từ ngày bắt đầu"),
        ({"decision": ""}, "Hãy ghi cả phần này"),
        ({"name": ""}, ""),
    ]:
        answer = officer.post(address, typed | wrong)
        assert answer.status_code == 422
        page = answer.content.decode()
        assert words in page
        assert "0208 385 1234" in page
    assert not CorpsMember.objects.exists()
    made_at = officer.post(address, typed)["Location"]
    made = CorpsMember.objects.get()
    assert made_at == url("member", year, made.pk)
    assert (made.post, made.terms.get().ends_on) == (own, date(2022, 12, 31))


def test_a_post_of_another_unit_is_no_choice(officer, world, year):
    other = post(world.unit(3), "Phó phòng", Role.RAPPORTEUR)
    answer = officer.post(url("enter_member", year, "don-vi-2"), MEMBER | NO_TERM | {"kind": "rapporteur", "post_id": other.pk})
    assert answer.status_code == 422
    assert not CorpsMember.objects.exists()


def test_who_edits_later_sees_what_is_saved_now_and_keeps_their_words(officer, world, year):
    made = member(world.unit(2))
    stale = MEMBER | {"post_id": "", "revision": "1"}
    officer.post(url("edit_member", year, made.pk), stale | {"field": "Y tế"})
    answer = officer.post(url("edit_member", year, made.pk), stale)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Đang lưu" in page
    assert "Y tế" in page
    assert 'value="Kinh tế"' in page
    assert 'name="revision" value="2"' in page
    assert officer.post(url("edit_member", year, made.pk), stale | {"revision": "2"}).status_code == 302
    made.refresh_from_db()
    assert (made.field, made.revision) == ("Kinh tế", 3)


def test_a_renewal_follows_the_last_term_and_may_not_meet_it(officer, world, year):
    made = member(world.unit(2))
    page = officer.get(url("enter_term", year, made.pk)).content.decode()
    assert 'value="01-01-2023"' in page
    given = TERM | {"term_kind": "renewal", "decision": "09-QĐ/TU", "starts_on": "31-12-2022", "revision": "1"}
    answer = officer.post(url("enter_term", year, made.pk), given)
    assert answer.status_code == 422
    assert "Trùng ngày với nhiệm kỳ theo quyết định 01-QĐ/TU" in answer.content.decode()
    assert officer.post(url("enter_term", year, made.pk), given | {"starts_on": "01-01-2023"}).status_code == 302
    added = made.terms.last()
    assert added.ends_on == date(2024, 12, 31)
    assert 'value="24"' in officer.get(url("edit_term", year, made.pk, added.pk)).content.decode()
    changed = given | {"months": "", "starts_on": "01-01-2023", "ends_on": "30-06-2024", "revision": "2"}
    assert officer.post(url("edit_term", year, made.pk, added.pk), changed).status_code == 302
    assert officer.post(url("remove_term", year, made.pk, added.pk), {"reason": "nhầm"}).status_code == 422
    assert officer.post(url("remove_term", year, made.pk, added.pk), {"reason": "Ghi nhầm sang người khác"}).status_code == 302
    assert made.terms.count() == 1


def test_leaving_and_its_undoing(officer, world, year):
    made = member(world.unit(2))
    leave = {"left_on": "02-11-2021", "reason": "Chuyển công tác", "revision": "1"}
    answer = officer.post(url("leave_corps", year, made.pk), leave)
    assert answer.status_code == 422
    assert "Chuyển công tác" in answer.content.decode()
    page = officer.post(url("leave_corps", year, made.pk), leave | {"left_on": "01-11-2021"}, follow=True).content.decode()
    assert "thôi từ 01-11-2021" in page
    assert names_in(officer.get(url("corps", year))) == []
    assert names_in(officer.get(url("corps", year), {"tinh-trang": "left"})) == ["Nguyễn Văn An"]
    officer.post(url("undo_leaving", year, made.pk))
    assert "vẫn đang tham gia" in officer.post(url("undo_leaving", year, made.pk), follow=True).content.decode()
    assert officer.get(url("remove_member", year, made.pk)).status_code == 200
    officer.post(url("remove_member", year, made.pk), {"reason": "Ghi nhầm đơn vị"})
    assert not CorpsMember.objects.exists()


def test_the_list_on_paper_and_the_cards(officer, world, year):
    three(world)
    member(world.unit(2), "Nguyễn " + "Thị Rất Dài " * 16, post_title="Phó Trưởng phòng " * 11)
    member(world.unit(2), "K" * 200, post_title="x" * 200)
    year.illustrative = True
    year.save()
    content = BytesIO(officer.get(url("corps_workbook", year), {"loai": "collaborator"}).content)
    rows = CalamineWorkbook.from_filelike(content).get_sheet_by_index(0).to_python()
    assert [row[0] for row in rows[4:]] == ["Trần Thị Ánh"]
    assert rows[4][-1] == "Hết nhiệm kỳ: hết từ 31-12-2020"
    paper = text_of(officer.get(url("corps_paper", year, "pdf"), {"cap": "district"}).content)
    assert "Lê Hoàng Dũng" in paper
    assert "Nguyễn Văn An" not in paper
    assert "SỐ LIỆU MINH HOẠ" in paper
    assert officer.get(url("corps_paper", year, "docx")).content.startswith(b"PK")
    assert officer.get(url("corps_paper", year, "exe")).status_code == 404
    cards = officer.get(url("corps_cards", year)).content
    words = text_of(cards)
    assert words.count("\f") == 1
    assert "THẺ BÁO CÁO VIÊN" in words
    assert "31-12-2022" in words
    assert "Trần Thị Ánh" not in words
    assert words.count("Số liệu minh hoạ") == 4
    assert officer.get(url("corps_cards", year), {"loai": "collaborator"}).status_code == 404


def test_nine_cards_are_two_pages(officer, world, year):
    for number in range(9):
        member(world.unit(2), f"Người {number}")
    assert text_of(officer.get(url("corps_cards", year)).content).count("\f") == 2


def test_others_read_and_do_not_write(world, sign_in, year):
    made = member(world.unit(2))
    kept = made.terms.get()
    client = sign_in(world.person("unit_officer", world.unit(3)))
    page = client.get(url("member", year, made.pk)).content.decode()
    assert "Sửa thông tin" not in page
    for name, *rest in [
        ("edit_member", made.pk), ("remove_member", made.pk), ("leave_corps", made.pk), ("undo_leaving", made.pk),
        ("enter_term", made.pk), ("edit_term", made.pk, kept.pk), ("remove_term", made.pk, kept.pk), ("enter_member", "don-vi-2"),
    ]:  # fmt: skip
        assert client.post(url(name, year, *rest), {}).status_code == 403, name
    other = member(world.unit(3), "Lê Hoàng Dũng")
    assert client.post(url("edit_term", year, other.pk, kept.pk), {}).status_code == 404


def test_a_member_of_another_cluster_is_not_there(world, sign_in, officer, year):
    elsewhere = world.organisation("Don vi la")
    body = world.organisation("Ban khac")
    cluster = Cluster.objects.create(slug="cum-3", name_vi="Cụm số 3", superior_body=body)
    hidden = ClusterYear.objects.create(cluster=cluster, year=2021, stage="preparing", head=elsewhere)
    made = member(elsewhere)
    assert officer.get(url("member", year, made.pk)).status_code == 404
    assert officer.post(url("edit_member", year, made.pk), MEMBER).status_code == 404
    assert officer.get(url("corps", hidden)).status_code == 404
    assert officer.get(url("member", hidden, made.pk)).status_code == 404
    assert officer.get(url("enter_member", year, elsewhere.slug)).status_code == 404
    assert made.name not in officer.get(url("corps", year)).content.decode()


def test_a_closed_year_is_only_read(officer, world, year):
    made = member(world.unit(2))
    year.stage = "closed"
    year.save()
    page = officer.get(url("corps", year)).content.decode()
    assert made.name in page
    assert "Thêm người" not in page
    assert "Ghi quyết định" not in officer.get(url("member", year, made.pk)).content.decode()
    assert officer.post(url("leave_corps", year, made.pk), {}).status_code == 409


def test_an_officer_is_told_whose_term_ends_and_who_has_no_decision(world, year, now):
    for number in range(12):
        member(world.unit(2), f"Người {number:02d}", terms=[("2020-01-01", f"2021-11-{number + 5:02d}")])
    member(world.unit(2), "Đã gia hạn", terms=[("2020-01-01", "2021-11-03"), ("2021-11-04", "2023-11-03")])
    member(world.unit(2), "Chưa có", terms=())
    member(world.unit(2), "Cũng chưa", terms=())
    member(world.unit(2), "Đã thôi", terms=(), left_on=date(2021, 1, 1))
    member(world.unit(3), "Đơn vị khác", terms=())
    rows = [row for row in work(world.officer(2), now) if "doi-ngu" in row.url or "bao-cao-vien" in row.url]
    titles = [str(row.title) for row in rows]
    assert titles[0] == "Công nhận lại: Người 00"
    assert rows[0].due_on == date(2021, 11, 5)
    assert titles[10:] == ["và 2 người khác sắp hết nhiệm kỳ", "Ghi quyết định công nhận: 2 người chưa có"]
    assert not [row for row in work(world.actor(Role.RAPPORTEUR, world.unit(2)), now) if "Công nhận lại" in str(row.title)]
    year.stage = "closed"
    year.save()
    assert not [row for row in work(world.officer(2), now) if "Công nhận lại" in str(row.title)]


def test_a_past_year_is_seen_from_its_last_day(sign_in, world, monkeypatch, year):
    made = member(world.unit(2), terms=[("2021-01-01", "2022-06-30")])
    monkeypatch.setattr(timezone, "now", lambda: datetime(2023, 1, 1, tzinfo=UTC))
    officer = sign_in(world.person("unit_officer", world.unit(2)))
    page = officer.get(url("corps", year)).content.decode()
    assert "tính đến 31-12-2021" in page
    assert "đến 30-06-2022" in officer.get(url("member", year, made.pk)).content.decode()
