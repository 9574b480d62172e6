"""A conference through HTTP, as far as the slices below allow."""

from random import Random

import pytest

from thidua.awards import actions as awards
from thidua.ballots import actions as ballots
from thidua.ballots.models import Poll
from thidua.conference import actions
from thidua.conference.models import AgendaItem, Conference, Delegate
from thidua.conference.papers import minutes_paper
from thidua.conference.queries.minutes import minutes_of
from thidua.conference.tests.conftest import TWO_THIRDS
from thidua.kernel.actor import Role

PAGE = "/cum/cum-2/2021/hoi-nghi/"
PLANNED = {
    "starts_at": "2021-11-26T08:00", "place": "Hội trường", "chair": "Lãnh đạo cụm trưởng", "secretary": "Thư ký cụm",
    "quorum_numerator": "2", "quorum_denominator": "3",
}


@pytest.fixture
def secretary(stand, sign_in):
    """A client of the head's secretary."""
    return sign_in(stand.world.person(Role.HEAD_SECRETARY, stand.world.unit(1)))


@pytest.fixture
def officer(stand, client):
    """A client of a unit's officer."""
    person = stand.world.person(Role.UNIT_OFFICER, stand.world.unit(3))
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def _text(answer):
    return answer.content.decode()


def test_a_conference_from_the_empty_page_to_the_minutes(stand, client):
    def sign_in(person):
        client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    host = stand.world.person(Role.HEAD_SECRETARY, stand.world.unit(1))
    sign_in(host)
    assert "Lên kế hoạch hội nghị" in _text(client.get(PAGE))
    assert client.post(f"{PAGE}ke-hoach/", PLANNED)["Location"] == f"{PAGE}chuong-trinh/"
    agenda = client.get(f"{PAGE}chuong-trinh/")
    assert "Bình xét, suy tôn danh hiệu thi đua, khen thưởng" in _text(agenda)
    lines = {"agenda-TOTAL_FORMS": "2", "agenda-INITIAL_FORMS": "0"}
    lines |= {"agenda-0-title": "Báo cáo tổng kết", "agenda-0-minutes": "30"}
    lines |= {"agenda-1-title": "Bình xét", "agenda-1-notes": "Nhất trí"}
    assert client.post(f"{PAGE}chuong-trinh/", lines).status_code == 302
    client.post(f"{PAGE}dai-bieu/goi/")
    assert Delegate.objects.count() == 4
    client.post(f"{PAGE}khai-mac/")
    ids = [str(pk) for pk in Delegate.objects.values_list("pk", flat=True)]
    client.post(f"{PAGE}diem-danh/", {"shown": ids, "present": ids[:3]})
    assert "3/4 có mặt" in _text(client.get(PAGE))
    client.post("/cum/cum-2/2021/khen-thuong/suy-ton/", {"unit": stand.world.unit(2).pk, "title": "flag"})
    page = client.get(f"{PAGE}bo-phieu-moi/")
    assert "Don vi 2 – Cờ thi đua" in _text(page)
    (chosen,) = page.context["form"].initial["nominations"]
    poll = {"title": "Suy tôn", "nominations": [chosen], "fraction": "2/3", "base": "present"}
    assert client.post(f"{PAGE}bo-phieu-moi/", poll).status_code == 302
    held = Poll.objects.get()
    client.post(f"{PAGE}bo-phieu/{held.pk}/mo/")
    for person in stand.persons[:3]:
        voter = sign_in(person)
        assert "Bỏ phiếu ngay" in _text(voter.get(PAGE))
        voter.post(f"/cum/cum-2/2021/bo-phieu/{held.pk}/", {f"item-{held.items.get().pk}": "yes"})
    sign_in(host)
    assert client.post(f"{PAGE}bo-phieu/{held.pk}/dong/").status_code == 302
    assert "3/3 đồng ý, thông qua" in _text(client.get(PAGE))
    assert client.post(f"{PAGE}be-mac/")["Location"] == f"{PAGE}bien-ban/"
    minutes = _text(client.get(f"{PAGE}bien-ban/"))
    for words in ("Nhất trí", "3/4 đại biểu", "Don vi 2 – Cờ thi đua", "thông qua", "Hội nghị kết thúc lúc"):
        assert words in minutes
    assert client.get(f"{PAGE}bien-ban.pdf").content.startswith(b"%PDF")
    assert client.get(f"{PAGE}bien-ban.docx").content.startswith(b"PK")
    assert client.get(f"{PAGE}bien-ban.txt").status_code == 404


def test_a_bad_plan_keeps_what_was_typed(secretary):
    answer = secretary.post(f"{PAGE}ke-hoach/", PLANNED | {"starts_at": "mai", "quorum_numerator": "4"})
    assert answer.status_code == 422
    assert 'value="Hội trường"' in _text(answer)
    again = secretary.post(f"{PAGE}ke-hoach/", PLANNED | {"quorum_numerator": "4"})
    assert "Tỷ lệ có mặt tối thiểu phải" in _text(again)
    assert not Conference.objects.exists()


def test_notes_without_a_title_are_not_lost(stand, secretary):
    stand.conference()
    lines = {"agenda-TOTAL_FORMS": "1", "agenda-INITIAL_FORMS": "0", "agenda-0-title": "", "agenda-0-notes": "Điều đã bàn"}
    answer = secretary.post(f"{PAGE}chuong-trinh/", lines)
    assert answer.status_code == 422
    assert "Điều đã bàn" in _text(answer)
    assert "Hãy đặt tên cho mục đó" in _text(answer)
    assert AgendaItem.objects.count() == 2


def test_a_guest_through_the_form(stand, secretary):
    stand.conference(called=False)
    above = stand.year.cluster.superior_body
    assert secretary.post(f"{PAGE}dai-bieu/", {"unit": above.pk, "name": " "}).status_code == 422
    assert secretary.post(f"{PAGE}dai-bieu/", {"unit": above.pk, "name": "Lãnh đạo Ban"}).status_code == 302
    guest = Delegate.objects.get()
    refused = secretary.post(f"{PAGE}dai-bieu/{guest.pk}/quyen/", {"may_vote": "1"}, follow=True)
    assert "chưa biểu quyết được" in _text(refused)
    assert refused.redirect_chain == [(f"{PAGE}dai-bieu/", 302)]
    assert secretary.post(f"{PAGE}dai-bieu/{guest.pk}/bo/").status_code == 302
    assert secretary.post(f"{PAGE}dai-bieu/{guest.pk}/bo/").status_code == 404


def test_each_tick_marks_one_delegate_and_answers_only_figures(stand, secretary):
    held = stand.conference(started=True)
    poll = actions.propose_poll(
        conference=held, title="T", nominations=[], units=[stand.world.unit(1)], threshold=TWO_THIRDS, **stand.by
    )
    first, second, third, _fourth = Delegate.objects.values_list("pk", flat=True)
    # Three clicks, each sent before the answer to the one before has come: the browser knows nothing of the others' success.
    for pk, ticked in ((first, [first]), (second, [first, second]), (third, [first, second, third])):
        part = _text(secretary.post(f"{PAGE}diem-danh/{pk}/", {"present": ticked}, headers={"HX-Request": "true"}))
    assert set(Delegate.objects.filter(present=True).values_list("pk", flat=True)) == {first, second, third}
    assert "3/4 có mặt" in part
    assert "Đủ số: 3/4" in part
    assert "Mở bỏ phiếu cho 3 đại biểu" in part
    assert f'id="open-{poll.pk}" hx-swap-oob="true"' in part
    assert f'id="was-{third}" value="{third}"' in part
    assert 'type="checkbox"' not in part
    assert "<html" not in part


def test_a_late_tick_undoes_nobody_elses(stand, secretary):
    stand.conference(present=2)
    first, second, third, _fourth = Delegate.objects.values_list("pk", flat=True)
    for _twice in range(2):
        secretary.post(f"{PAGE}diem-danh/{third}/", {"present": [third]})
        secretary.post(f"{PAGE}diem-danh/{first}/", {"present": [third]})
    assert set(Delegate.objects.filter(present=True).values_list("pk", flat=True)) == {second, third}


def test_no_box_is_replaced_while_others_are_ticked(stand, secretary):
    stand.conference()
    page = _text(secretary.get(PAGE))
    for delegate in Delegate.objects.all():
        assert f'hx-post="{PAGE}diem-danh/{delegate.pk}/"' in page
    assert 'hx-swap="none"' in page
    assert "hx-sync" not in page


def test_who_marks_a_delegate(stand, secretary, client):
    stand.conference()
    delegate = Delegate.objects.first()
    assert secretary.post(f"{PAGE}diem-danh/{delegate.pk + 99}/").status_code == 404
    client.force_login(stand.persons[1], backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.post(f"{PAGE}diem-danh/{delegate.pk}/", {"present": [delegate.pk]}).status_code == 403


def test_attendance_without_javascript(stand, secretary):
    stand.conference()
    ids = [str(pk) for pk in Delegate.objects.values_list("pk", flat=True)]
    answer = secretary.post(f"{PAGE}diem-danh/", {"shown": ids, "was": ["", ""], "present": ids[:2]}, follow=True)
    assert "2/4 có mặt" in _text(answer)
    assert secretary.post(f"{PAGE}diem-danh/", {"shown": ["x", "²"], "present": ["-1"]}).status_code == 302


def test_a_refused_button_leads_back_with_a_sentence(stand, secretary):
    held = stand.conference(present=1)
    poll = actions.propose_poll(
        conference=held, title="T", nominations=[], units=[stand.world.unit(1)], threshold=TWO_THIRDS, **stand.by
    )
    for address, words in (
        (f"bo-phieu/{poll.pk}/mo/", "Hội nghị chưa khai mạc"),
        ("be-mac/", "Hội nghị chưa khai mạc"),
        ("khai-mac/", None),
        ("khai-mac/", "Hội nghị đã khai mạc."),
        (f"bo-phieu/{poll.pk}/mo/", "cần 3. Hãy điểm danh"),
    ):
        answer = secretary.post(PAGE + address, follow=True)
        assert answer.redirect_chain == [(PAGE, 302)]
        if words:
            assert words in _text(answer)
    closing = secretary.post(f"{PAGE}bo-phieu/{poll.pk}/dong/", follow=True)
    assert "Cuộc bỏ phiếu không mở" in _text(closing)


def test_the_quorum_says_how_many_open_a_poll_and_why(stand, secretary):
    held = stand.conference(present=2)
    Conference.objects.filter(pk=held.pk).update(quorum_numerator=1, quorum_denominator=4)
    for page in (PAGE, f"{PAGE}dai-bieu/"):
        assert "Cần 3 để phiếu được kín" in _text(secretary.get(page))
    assert "Chưa đủ: 2/4 có quyền biểu quyết, cần 3" in _text(secretary.get(PAGE))


def test_a_poll_before_any_nomination_points_to_commendations(stand, secretary):
    stand.conference()
    page = secretary.get(f"{PAGE}bo-phieu-moi/")
    assert "Tới Khen thưởng" in _text(page)
    assert page.context["form"].initial["title"] == ""


def test_what_is_voted_down_is_told_apart_in_the_minutes(stand, secretary):
    held = stand.conference(present=3, started=True)
    kept, fallen = (awards.nominate(year=stand.year, unit=stand.world.unit(n), title="flag", **stand.by) for n in (1, 2))
    poll = actions.propose_poll(
        conference=held, title="Suy tôn", nominations=[kept, fallen], units=[], threshold=TWO_THIRDS, **stand.by
    )
    actions.open_poll(conference=held, poll=poll, **stand.by)
    for number in (1, 2, 3):
        ballots.cast(poll=poll, choices=["yes", "no"], actor=stand.delegate(number), rng=Random(number))
    ballots.close_poll(poll=poll, **stand.by)
    (part,) = (part for part in minutes_of(held, with_ranking=True) if part.section == "nominations")
    _words, table, _more, items = part.drafted
    assert [row[1] for row in table.rows] == ["Don vi 1"]
    assert items.texts == ("Don vi 2 – Cờ thi đua: 0/3 đồng ý, cần 2",)
    form = secretary.get(f"{PAGE}bo-phieu-moi/").context["form"]
    assert form.initial["nominations"] == [kept.pk]
    assert [pk for pk, _name in form.fields["nominations"].choices] == [kept.pk, fallen.pk]


def test_a_closed_year_shows_no_ways_to_change_it(stand, secretary):
    stand.conference(present=3, started=True)
    stand.year.stage = "closed"
    stand.year.save()
    page = _text(secretary.get(PAGE))
    for words in ("Sửa, ghi chép", "Sửa kế hoạch", "Sửa danh sách", "Cuộc bỏ phiếu mới", "Kết thúc hội nghị", 'type="checkbox"'):
        assert words not in page
    Conference.objects.all()[0].agenda.all().delete()
    assert "Lập chương trình" not in _text(secretary.get(PAGE))


def test_a_poll_about_nothing_is_said_at_the_field(stand, secretary):
    stand.conference()
    poll = {"title": "Suy tôn", "fraction": "2/3", "base": "present"}
    answer = secretary.post(f"{PAGE}bo-phieu-moi/", poll)
    assert answer.status_code == 422
    assert "Hãy chọn ít nhất một đơn vị" in _text(answer)
    wrong = poll | {"nominees": [stand.world.unit(1).pk], "fraction": "4/3"}
    assert secretary.post(f"{PAGE}bo-phieu-moi/", wrong).status_code == 422
    assert not Poll.objects.exists()


def test_an_unopened_poll_is_taken_away(stand, secretary):
    stand.conference()
    poll = {"title": "Suy tôn", "fraction": "2/3", "base": "present", "nominees": [stand.world.unit(1).pk]}
    secretary.post(f"{PAGE}bo-phieu-moi/", poll)
    assert secretary.post(f"{PAGE}bo-phieu/{Poll.objects.get().pk}/bo/").status_code == 302
    assert not Poll.objects.exists()


def test_an_officer_looks_on(stand, officer):
    assert "Thư ký cụm trưởng sẽ đặt" in _text(officer.get(PAGE))
    stand.conference(present=3)
    page = _text(officer.get(PAGE))
    assert "Hội trường Công ty" in page
    assert 'type="checkbox"' not in page
    for address in ("ke-hoach/", "chuong-trinh/", "dai-bieu/", "bo-phieu-moi/"):
        assert officer.get(PAGE + address).status_code == 403
    for address in ("diem-danh/", "khai-mac/", "be-mac/", "dai-bieu/goi/"):
        assert officer.post(PAGE + address).status_code == 403


def test_minutes_are_read_by_all_once_the_conference_has_ended(stand, officer):
    held = stand.conference(present=3, started=True)
    assert officer.get(f"{PAGE}bien-ban/").status_code == 403
    assert officer.get(f"{PAGE}bien-ban.pdf").status_code == 403
    actions.end_conference(conference=held, **stand.by)
    assert officer.get(f"{PAGE}bien-ban/").status_code == 200
    assert officer.post(f"{PAGE}bien-ban/", {"section": "agenda", "text": "x"}).status_code == 403


def test_remarks_through_the_page(stand, secretary):
    stand.conference()
    assert secretary.post(f"{PAGE}bien-ban/", {"section": "closing", "text": "Biên bản lập 2 bản"}).status_code == 302
    assert "Biên bản lập 2 bản" in _text(secretary.get(f"{PAGE}bien-ban/"))
    assert secretary.post(f"{PAGE}bien-ban/", {"section": "other", "text": "x"}).status_code == 404


def test_the_ranking_is_withheld_from_whoever_may_not_see_it(stand):
    held = stand.conference()
    shown, hidden = ({p.section: p for p in minutes_of(held, with_ranking=may)} for may in (True, False))
    assert hidden["ranking"].drafted[0].text == "Bảng xếp hạng chưa đến lúc công bố cho các đơn vị."
    assert shown["ranking"].drafted != hidden["ranking"].drafted


def test_the_minutes_say_what_they_are(stand):
    held = stand.conference()
    held.year.illustrative = True
    paper = minutes_paper(held, minutes_of(held, with_ranking=True))
    assert paper.illustrative
    assert paper.kind_title == "BIÊN BẢN"
    assert "Dự thảo" in paper.footer
    assert [signature.post for signature in paper.signatures] == ["THƯ KÝ", "CHỦ TRÌ"]


def test_another_cluster_finds_nothing(stand, sign_in):
    stand.conference()
    stranger = sign_in(stand.world.person(Role.HEAD_SECRETARY, stand.world.organisation("Don vi khac")))
    for address in ("", "ke-hoach/", "dai-bieu/", "bien-ban/", "bien-ban.pdf"):
        assert stranger.get(PAGE + address).status_code == 404


def test_another_conferences_delegate_is_not_found(stand, secretary):
    stand.conference()
    delegate = Delegate.objects.first()
    stand.world.year(year=2022, stage="conference", units=4)
    assert secretary.post(f"/cum/cum-2/2022/hoi-nghi/dai-bieu/{delegate.pk}/bo/").status_code == 404


@pytest.mark.parametrize("delegates", [1, 3])
def test_the_page_has_a_constant_number_of_queries(stand, secretary, delegates, django_assert_num_queries):
    held = stand.conference(called=False)
    for number in range(delegates):
        actions.add_delegate(conference=held, unit=stand.world.unit(number + 1), name="Lãnh đạo", **stand.by)
        actions.propose_poll(
            conference=held, title="T", nominations=[], units=[stand.world.unit(number + 1)],
            threshold=TWO_THIRDS, **stand.by,
        )
    with django_assert_num_queries(14):
        secretary.get(PAGE)


def test_the_agenda_is_put_in_another_order_by_its_numbers(stand, secretary):
    stand.conference()
    first, second = AgendaItem.objects.values_list("pk", flat=True)
    lines = {"agenda-TOTAL_FORMS": "3", "agenda-INITIAL_FORMS": "2"}
    lines |= {"agenda-0-item_id": first, "agenda-0-place": "2", "agenda-0-title": "Báo cáo"}
    lines |= {"agenda-1-item_id": second, "agenda-1-place": "1", "agenda-1-title": "Bình xét"}
    lines |= {"agenda-2-place": "", "agenda-2-title": "Bế mạc"}
    assert secretary.post(f"{PAGE}chuong-trinh/", lines).status_code == 302
    assert list(AgendaItem.objects.values_list("title", flat=True)) == ["Bình xét", "Báo cáo", "Bế mạc"]
    assert set(AgendaItem.objects.values_list("pk", flat=True)) > {first, second}
