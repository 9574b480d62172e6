from datetime import date, timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from python_calamine import CalamineWorkbook

from thidua.clusters.models import ClusterYear
from thidua.kernel.actor import Role
from thidua.rapporteurs.forms.talks import AudienceForm
from thidua.rapporteurs.models import Material, Talk
from thidua.rapporteurs.queries.talks import talks_work
from thidua.rapporteurs.tests.talking import PNG, member, record, signed_in, talk, topic, url


@pytest.fixture(autouse=True)
def _day(monkeypatch, now):
    monkeypatch.setattr(timezone, "now", lambda: now)


@pytest.fixture
def officer(world, sign_in):
    return lambda number=2: sign_in(world.person(Role.UNIT_OFFICER, world.unit(number)))


def table(content):
    return CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python(skip_empty_area=False)


def typed(speaker, *topics, **more):
    plain = {"held_on": "20-10-2021", "place": "Hội trường", "form": "in_person", "note": "", "audience_members": "1.250"}
    return {"speaker": speaker.pk, "topics": [one.pk for one in topics]} | plain | more


def test_a_talk_is_recorded_from_its_topic(world, officer):
    year = world.year()
    one, two, speaker = topic(year, "A"), topic(year, "B"), member(world.unit(2))
    client = officer()
    page = client.get(url("record_talk", year), {"chu-de": two.pk}).content.decode()
    assert page.count("checked") == 1
    assert "Không ghi tên người nghe" in page
    answer = client.post(url("record_talk", year), typed(speaker, one, two, audience_youth="40"))
    made = Talk.objects.get()
    assert answer["Location"] == url("talk", year, made.pk)
    page = client.get(answer["Location"]).content.decode()
    assert "1.290" in page
    assert "Đảng viên: 1.250" in page
    assert "Đã tổ chức" in page
    assert "Đính chính" in page


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"held_on": "01-01-2022"}, "từ 01-01-2021 đến 31-12-2021"),
        ({"held_on": "02-11-2021"}, "chưa diễn ra nên chưa có người dự"),
        ({"held_on": "20-10-20211"}, "errorlist"),
        ({"audience_members": "0"}, "Hãy để trống nhóm không có người; buổi chưa có ai dự thì để là buổi dự kiến"),
        ({"audience_members": "-1"}, "Hãy ghi một số nguyên"),
        ({"audience_members": "1,5"}, "Hãy ghi một số nguyên"),
        ({"audience_members": "1000000000000"}, "Số người quá lớn (mỗi nhóm nhiều nhất 1000000)"),
        ({"topics": []}, "Hãy chọn ít nhất một chủ đề"),
        ({"topics": ["999999"]}, "errorlist"),
        ({"speaker": "999999"}, "errorlist"),
        ({"place": ""}, "errorlist"),
        ({"form": "dance"}, "errorlist"),
    ],
)
def test_wrong_input_keeps_what_was_typed(world, officer, more, words):
    year = world.year()
    speaker, spoken = member(world.unit(2)), topic(year)
    response = officer().post(url("record_talk", year), typed(speaker, spoken, note="Nói tại cơ sở") | more)
    page = response.content.decode()
    assert response.status_code == 422
    assert words in page
    assert "Nói tại cơ sở" in page
    assert not Talk.objects.exists()


def test_a_million_is_taken(world, officer):
    year = world.year()
    officer().post(url("record_talk", year), typed(member(world.unit(2)), topic(year), audience_members="1.000.000"))
    assert Talk.objects.get().listeners == 1_000_000


@pytest.mark.parametrize(("text", "number"), [("1.000", 1000), ("1 250", 1250), (" 12 ", 12), ("0", 0), ("", None)])
def test_a_thousand_is_written_with_a_point(text, number):
    form = AudienceForm({"audience_members": text})
    assert form.is_valid()
    assert form.audience.get("members") == number


@pytest.mark.parametrize("text", ["12.5", "1.0", "١٢", "1e3", "+5", "1.000.00"])
def test_what_is_no_number_is_refused(text):
    assert not AudienceForm({"audience_members": text}).is_valid()


def test_one_out_of_term_reads_the_days_of_the_term(world, officer):
    year = world.year()
    over = member(world.unit(2), "Lê Văn Cũ", terms=((date(2019, 1, 1), date(2020, 12, 31)),))
    response = officer().post(url("record_talk", year), typed(over, topic(year)))
    assert response.status_code == 422
    assert "Ngày 20-10-2021 không nằm trong nhiệm kỳ của Lê Văn Cũ (01-01-2019 – 31-12-2020)" in response.content.decode()
    gone = member(world.unit(2), "Lê Văn Thôi", left_on=date(2021, 6, 1))
    response = officer().post(url("record_talk", year), typed(gone, topic(year, "B")))
    assert "đã thôi làm báo cáo viên từ 01-06-2021" in response.content.decode()


def test_a_rapporteur_records_the_own_talk_and_nobody_elses(world, sign_in, now):
    year = world.year()
    spoken, other = topic(year), member(world.unit(2), "Người khác")
    own, person, _actor = signed_in(world, world.unit(2), now)
    client = sign_in(person)
    page = client.get(url("record_talk", year)).content.decode()
    assert "Trần Thị Bình" in page
    assert "Người khác" not in page
    assert f'type="hidden" name="speaker" value="{own.pk}"' in page
    assert client.post(url("record_talk", year), typed(other, spoken)).status_code == 422
    assert client.post(url("record_talk", year), typed(own, spoken)).status_code == 302
    of_other = record(world, year, 2, other, spoken, now=now)
    assert client.get(url("edit_talk", year, of_other.pk)).status_code == 403
    assert client.get(url("talk", year, of_other.pk)).status_code == 200


def test_the_superior_body_records_for_every_unit(world, sign_in):
    year = world.year()
    one, two = member(world.unit(2)), member(world.unit(3), "Của đơn vị 3")
    client = sign_in(world.person(Role.SUPERIOR_OFFICER, world.organisation("Ban Tuyen giao", "party_body")))
    topic(year)
    page = client.get(url("record_talk", year)).content.decode()
    assert '<optgroup label="Don vi 2">' in page
    assert f'value="{one.pk}"' in page
    assert f'value="{two.pk}"' in page


def test_a_form_without_rapporteurs_or_topics_says_what_is_missing(world, officer):
    year = world.year()
    assert "Chưa có báo cáo viên nào" in officer().get(url("record_talk", year)).content.decode()
    member(world.unit(2))
    assert "Chưa có chủ đề nào để chọn" in officer().get(url("record_talk", year)).content.decode()


def test_two_officers_who_edit_at_once_see_both(world, officer, now):
    year = world.year()
    made = talk(world, year, now, audience=())
    client, spoken = officer(), made.topics.get()
    address = url("edit_talk", year, made.pk)
    assert 'value="20-10-2021"' in client.get(address).content.decode()
    none = {"audience_members": "", "revision": "1"}
    assert client.post(address, typed(made.speaker, spoken, place="Hội trường A", **none)).status_code == 302
    response = client.post(address, typed(made.speaker, spoken, place="Hội trường B", **none))
    page = response.content.decode()
    assert response.status_code == 422
    assert "Người khác vừa sửa buổi này" in page
    assert 'value="Hội trường B"' in page
    assert "<dd>Hội trường A</dd>" in page
    assert 'name="revision" value="2"' in page


def test_a_held_talk_is_corrected_with_a_reason(world, officer, now):
    year = world.year()
    made = talk(world, year, now)
    client, spoken = officer(), made.topics.get()
    address = url("edit_talk", year, made.pk)
    assert "Lý do đính chính" in client.get(address).content.decode()
    change = typed(made.speaker, spoken, audience_members="70", revision="1")
    assert client.post(address, change).status_code == 422
    assert client.post(address, change | {"reason": "Đếm nhầm một nhóm"}).status_code == 302
    made.refresh_from_db()
    assert made.listeners == 70


def test_the_audience_is_counted_on_a_page_of_its_own(world, officer, now):
    year = world.year()
    made = talk(world, year, now, audience=())
    client = officer()
    address = url("count_audience", year, made.pk)
    assert address in client.get(url("talk", year, made.pk)).content.decode()
    assert "Hãy ghi số người dự của ít nhất một nhóm" in client.post(address, {"revision": "1"}).content.decode()
    zero = client.post(address, {"revision": "1", "audience_members": "0"})
    assert zero.status_code == 422
    assert "Hãy để trống nhóm không có người" in zero.content.decode()
    assert client.post(address, {"revision": "1", "audience_members": "30"}).status_code == 302
    assert client.get(address)["Location"] == url("talk", year, made.pk)


def test_what_waits_for_whom(world, now):
    year = world.year()
    own, _person, speaker = signed_in(world, world.unit(2), now)
    spoken = topic(year)
    past = record(world, year, 2, own, spoken, now=now, audience=())
    record(world, year, 2, own, spoken, now=now, audience=(), held_on=date(2021, 11, 20))
    record(world, year, 2, own, spoken, now=now)
    for actor in (speaker, world.officer(2), world.leader(2)):
        assert [(str(row.title), row.url) for row in talks_work(actor, now)] == [
            ("Ghi số người dự buổi ngày 20-10-2021 (Trần Thị Bình)", url("count_audience", year, past.pk))
        ]
    for actor in (world.officer(3), world.superior(), world.secretary()):
        assert talks_work(actor, now) == []
    for _more in range(11):
        record(world, year, 2, own, spoken, now=now, audience=())
    assert len(talks_work(speaker, now)) == 11
    ClusterYear.objects.update(stage="closed")
    assert talks_work(speaker, now) == []


def test_a_planned_talk_goes_and_a_held_one_stays(world, officer, now):
    year = world.year()
    held, planned = talk(world, year, now), talk(world, year, now, audience=())
    client = officer()
    kept = client.post(url("remove_talk", year, held.pk), follow=True).content.decode()
    assert "Buổi đã tổ chức thì không xoá" in kept
    client.post(url("remove_talk", year, planned.pk))
    assert list(Talk.objects.all()) == [held]


def test_files_of_a_talk(world, officer, now):
    year = world.year()
    made = talk(world, year, now)
    client = officer()
    address = url("add_material", year, made.pk)
    wrong = client.post(address, {"file": SimpleUploadedFile("a.pdf", b"MZ\x90\x00"), "title": "Đề cương"})
    assert wrong.status_code == 422
    assert 'value="Đề cương"' in wrong.content.decode()
    client.post(address, {"file": SimpleUploadedFile("a.png", PNG), "title": "Đề cương"})
    kept = Material.objects.get()
    page = officer(3).get(url("talk", year, made.pk)).content.decode()
    assert "Đề cương" in page
    assert url("remove_material", year, made.pk, kept.pk) not in page
    assert b"".join(officer(3).get(url("material", year, made.pk, kept.pk)).streaming_content) == PNG
    other = talk(world, year, now)
    client = officer()
    assert client.get(url("material", year, other.pk, kept.pk)).status_code == 404
    assert client.post(url("remove_material", year, other.pk, kept.pk)).status_code == 404
    client.post(url("remove_material", year, made.pk, kept.pk))
    assert not Material.objects.exists()


def test_a_role_too_weak_gets_a_sentence_and_a_wrong_address_nothing(world, officer, now, sign_in):
    year, other = world.year(), world.year(2022)
    made = talk(world, year, now, audience=())
    stranger = officer(3)
    for name in ("edit_talk", "count_audience"):
        assert stranger.get(url(name, year, made.pk)).status_code == 403
        assert stranger.post(url(name, year, made.pk)).status_code == 403
        assert stranger.get(url(name, other, made.pk)).status_code == 404
    for name in ("remove_talk", "add_material"):
        assert stranger.post(url(name, year, made.pk)).status_code == 403
        assert stranger.post(url(name, other, made.pk)).status_code == 404
    assert stranger.get(url("talk", other, made.pk)).status_code == 404
    editor = sign_in(world.person(Role.EDITOR, world.unit(2)))
    assert editor.get(url("record_talk", year)).status_code == 403
    assert Talk.objects.filter(pk=made.pk).exists()


def test_a_closed_year_is_only_to_be_read(world, officer, now):
    year = world.year()
    made = talk(world, year, now)
    ClusterYear.objects.update(stage="closed")
    client = officer()
    page = client.get(url("talk", year, made.pk)).content.decode()
    assert url("edit_talk", year, made.pk) not in page
    assert client.get(url("edit_talk", year, made.pk)).status_code == 409
    assert client.get(url("record_talk", year)).status_code == 409


def test_a_talk_leads_to_where_it_is_cited(world, officer, now, monkeypatch):
    year = world.year()
    held, planned = talk(world, year, now), talk(world, year, now, audience=())
    asked = []

    def offer(actor, year, unit_id, kind, pk):
        asked.append((unit_id, kind, pk))
        return "/minh-chung/"

    monkeypatch.setattr("thidua.kernel.ports.CITING", [offer])
    client = officer()
    assert 'href="/minh-chung/"' in client.get(url("talk", year, held.pk)).content.decode()
    assert 'href="/minh-chung/"' not in client.get(url("talk", year, planned.pk)).content.decode()
    assert asked == [(world.unit(2).pk, "talk", held.pk)]


# ---- the list ----


def test_the_list_filters_sorts_and_sums(world, officer, now):
    year = world.year(illustrative=True)
    one, two = topic(year, "Nghị quyết Đại hội"), topic(year, "Chuyển đổi số")
    first, second = member(world.unit(2)), member(world.unit(3), "Lê Thị Hoa")
    a = record(
        world, year, 2, first, one, two, now=now, held_on=date(2021, 2, 3), audience=(("members", 10),), place="Nhà văn hoá"
    )
    b = record(world, year, 3, second, two, now=now, audience=(("members", 300),), note="Nói theo cụm dân cư")
    c = record(world, year, 3, second, one, now=now, held_on=now.date() - timedelta(days=3), audience=())
    client = officer()

    def seen(**asked):
        page = client.get(url("talks", year), {k.replace("_", "-"): v for k, v in asked.items()}).content.decode()
        return {one for one in (a, b, c) if url("talk", year, one.pk) + '"' in page}

    assert seen() == {a, b, c}
    assert seen(don_vi="don-vi-3") == {b, c}
    assert seen(bao_cao_vien=first.pk) == {a}
    assert seen(chu_de=two.pk) == {a, b}
    assert seen(tinh_trang="da-to-chuc") == {a, b}
    assert seen(tinh_trang="du-kien") == seen(tinh_trang="cho-so") == {c}
    assert seen(quy=1) == {a}
    assert seen(tu="le hoa") == {b, c}
    assert seen(tu="van hoa") == {a}
    assert seen(tu="CHUYỂN ĐỔI") == {a, b}
    assert seen(tu="dân cư") == {b}
    assert seen(quy="9", don_vi="khong-co", chu_de="x") == {a, b, c}
    page = client.get(url("talks", year), {"chu-de": two.pk}).content.decode()
    assert "đã tổ chức 2, 310 lượt người nghe" in page
    assert "Không có buổi nào khớp" in client.get(url("talks", year), {"quy": "2"}).content.decode()
    rows = table(client.get(url("talks_xlsx", year), {"xep": "dong", "tinh-trang": "da-to-chuc"}).content)
    assert rows[1][0] == "Số liệu minh hoạ"
    assert [row[7] for row in rows[4:]] == [300, 10, 310]
    rows = table(client.get(url("talks_xlsx", year), {"xep": "cu"}).content)
    assert [row[1] for row in rows[4:7]] == ["03-02-2021", "20-10-2021", "29-10-2021"]


def test_an_empty_list_says_what_to_do_first(world, officer):
    assert "Năm này chưa có buổi tuyên truyền nào" in officer().get(url("talks", world.year())).content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_pages_cost_the_same_for_any_number_of_talks(world, officer, now, rows, django_assert_num_queries):
    year = world.year()
    for number in range(rows):
        spoken = topic(year, f"Chủ đề {number}")
        record(world, year, 2, member(world.unit(2), f"Người {number}"), spoken, topic(year, f"Khác {number}"), now=now)
    client = officer()
    client.get(url("talks", year))
    with django_assert_num_queries(13):
        client.get(url("talks", year))
    made = Talk.objects.first()
    with django_assert_num_queries(14):
        client.get(url("talk", year, made.pk))
    with django_assert_num_queries(9):
        client.get(url("record_talk", year))
