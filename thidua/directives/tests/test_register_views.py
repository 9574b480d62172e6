"""Pages of the register."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from thidua.directives import actions, queries
from thidua.directives.actions import Duty, NewIssuer, Particulars
from thidua.directives.models import Clause, Directive, Relation
from thidua.directives.tests.papers import TEXT, docx_of
from thidua.kernel.actor import Role

pytestmark = pytest.mark.django_db

TYPED = {
    "issuer": "", "new_issuer": "Bộ Chính trị", "new_level": "central", "new_form": "party", "new_symbol": "TW",
    "kind": "directive", "number_text": "05 - CT/TW", "issued_on": "15-05-2016", "title": "Đẩy mạnh học tập và làm theo",
    "term": "khóa XII", "effect": "in_force",
}  # fmt: skip


@pytest.fixture
def year(world):
    return world.year()


@pytest.fixture
def url(year):
    def go(name, *rest):
        return reverse(f"directives:{name}", args=[year.cluster.slug, year.year, *rest])

    return go


@pytest.fixture
def secretary(world, year, sign_in):
    return sign_in(world.person(Role.HEAD_SECRETARY, world.unit(1)))


@pytest.fixture
def filled(world, year, now):
    """filled(n) → n documents of the bureau with text (the first from a file), a clause and a relation to the first."""

    def go(count):
        by = {"year": year, "actor": world.secretary(), "now": now}
        bureau = actions.enter_issuer(issuer=NewIssuer("Bộ Chính trị", symbol="TW"), **by)
        made = []
        for number in range(1, count + 1):
            facts = Particulars(
                bureau, "directive", f"Học tập lần {number}", f"{number}-CT/TW", date(2016, 5, number), term="khóa XII"
            )
            text = f"{TEXT}\nRiêng {number}"
            uploads = [] if made else [SimpleUploadedFile("van-ban.docx", docx_of(text))]
            one = actions.register_directive(particulars=facts, uploads=uploads, text=text if made else "", **by)
            actions.add_clause(directive=one, text="Báo cáo trước 30-6.", duty=Duty(label="1"), **by)
            if made:
                actions.relate(source=one, target=made[0], kind="amends", **by)
            made.append(one)
        return made

    return go


def page_of(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


def test_an_empty_register_says_what_comes_first(secretary, url, world, sign_in):
    assert "Vào sổ văn bản đầu tiên" in page_of(secretary, url("list"))
    reader = sign_in(world.person(Role.UNIT_OFFICER, world.unit(2)))
    page = page_of(reader, url("list"))
    assert "Thư ký cụm trưởng hoặc cơ quan cấp trên vào sổ" in page
    assert url("register") not in page


def test_a_document_is_registered_with_a_new_issuer_and_its_file_in_one_step(secretary, url):
    upload = SimpleUploadedFile("chi-thi.docx", docx_of(TEXT))
    response = secretary.post(url("register"), TYPED | {"uploads": [upload]})
    made = Directive.objects.get()
    assert response.url == url("directive", made.pk)
    page = page_of(secretary, response.url)
    assert "Chỉ thị 05-CT/TW" in page
    assert "Các cấp ủy tổ chức học tập." in page
    assert "chi-thi.docx" in page


def test_a_wrong_number_keeps_everything_typed_and_shows_an_example(secretary, url):
    page = secretary.post(url("register"), TYPED | {"number_text": "05/CT-TW", "note": "ghi chú dài"}).content.decode()
    assert "Ví dụ viết đúng: 05-CT/TW." in page
    for typed in ("05/CT-TW", "ghi chú dài", "Đẩy mạnh học tập và làm theo", "15-05-2016"):
        assert typed in page
    assert not Directive.objects.exists()


def test_a_document_that_is_there_is_linked(secretary, url, filled):
    there = filled(1)[0]
    again = TYPED | {"issuer": there.issuer_id, "new_issuer": "", "number_text": "01-ct/tw", "issued_on": "01-05-2016"}
    page = secretary.post(url("register"), again).content.decode()
    assert "đã có trong sổ" in page
    assert f'href="{url("directive", there.pk)}"' in page


def test_a_number_of_another_day_asks_for_a_tick(secretary, url, filled):
    there = filled(1)[0]
    again = TYPED | {"issuer": there.issuer_id, "new_issuer": "", "number_text": "01-CT/TW"}
    page = secretary.post(url("register"), again).content.decode()
    assert '<input type="checkbox" name="same_number_seen"' in page
    assert f'href="{url("directive", there.pk)}"' in page
    assert secretary.post(url("register"), again | {"same_number_seen": "on"}).status_code == 302


def test_a_scan_beyond_the_limit_keeps_what_was_typed(secretary, url, monkeypatch):
    monkeypatch.setattr("thidua.directives.actions.files.SCANS", 2**20)
    upload = SimpleUploadedFile("quet.pdf", b"%PDF-1.7" + b"0" * 2**20)
    page = secretary.post(url("register"), TYPED | {"uploads": [upload]}).content.decode()
    assert "nặng 2 MB, quá giới hạn 1 MB" in page
    assert "hãy chọn lại tệp" in page
    assert "Đẩy mạnh học tập và làm theo" in page


def test_a_scan_without_text_is_kept_and_the_text_can_be_typed(secretary, url):
    response = secretary.post(url("register"), TYPED | {"uploads": [SimpleUploadedFile("quet.pdf", b"%PDF-1.7 x")]})
    page = page_of(secretary, response.url)
    assert "Không đọc được bên trong tệp" in page
    made = Directive.objects.get()
    assert secretary.post(url("edit_text", made.pk), {"text": TEXT, "revision": made.revision}).status_code == 302
    assert "Tổ chức học tập trong quý II." in page_of(secretary, url("text", made.pk))


def test_two_people_editing_one_document(secretary, url, filled, world, year, now):
    made = filled(1)[0]
    form = page_of(secretary, url("edit", made.pk))
    assert 'value="01-CT/TW"' in form
    made.refresh_from_db()
    seen = made.revision
    other = Particulars(made.issuer, "directive", "Tên người khác lưu", "01-CT/TW", date(2016, 5, 1))
    actions.edit_directive(year=year, directive=made, particulars=other, revision=seen, actor=world.superior(), now=now)
    mine = TYPED | {"issuer": made.issuer_id, "new_issuer": "", "number_text": "01-CT/TW", "issued_on": "01-05-2016"}
    mine |= {"revision": seen, "title": "Tên của tôi"}
    page = secretary.post(url("edit", made.pk), mine).content.decode()
    assert "Người khác vừa lưu" in page
    assert "Tên người khác lưu" in page
    assert "Tên của tôi" in page
    assert secretary.post(url("edit", made.pk), mine | {"revision": seen + 1}).status_code == 302
    made.refresh_from_db()
    assert made.title == "Tên của tôi"


@pytest.mark.parametrize("query", ["chỉ thị 02", "chi thi 02", "02-CT/TW", "RIENG 2", "riêng 2", "trong quy rieng 2"])
def test_search_with_and_without_marks_over_number_issuer_and_text(secretary, url, filled, query):
    made = filled(3)
    page = page_of(secretary, url("list") + "?q=" + query)
    assert url("directive", made[1].pk) in page


def test_a_hit_in_the_text_is_shown(secretary, url, filled):
    filled(1)
    page = page_of(secretary, url("list") + "?q=cap uy")
    assert "<mark>cấp</mark> <mark>ủy</mark>" in page


@pytest.mark.parametrize("query", ['"', "a OR b", "NEAR(a b)", "words:x", "'; DROP", "*", "-học", "^a", "(((", "\x00x", "&|!:*"])
def test_what_is_typed_is_never_syntax(secretary, url, filled, query):
    filled(1)
    assert secretary.get(url("list"), {"q": query}).status_code == 200


def test_the_very_words_come_first_then_marks_then_the_rest(world, year, now):
    by = {"year": year, "actor": world.secretary(), "now": now}
    body = actions.enter_issuer(issuer=NewIssuer("Cụm", form="free"), **by)

    def entered(title, text=""):
        return actions.register_directive(particulars=Particulars(body, "other", title), text=text, **by)

    loose = entered("Một", "hoa tầp")
    exact = entered("Hai", "hòa và tập")
    head = entered("Hòa tập")
    found = queries.register.searched(Directive.objects.all(), "hòa tập")
    assert list(found) == [head, exact, loose]


@pytest.mark.parametrize(
    ("filters", "count"),
    [
        ({"issuer": "x"}, 3), ({"kind": "plan"}, 0), ({"kind": "directive"}, 3), ({"term": "khóa XII"}, 3),
        ({"effect": "replaced"}, 0), ({"nam": "2016"}, 3), ({"nam": "1999"}, 3), ({"sort": "so"}, 3), ({"trang": "99"}, 3),
    ],
)  # fmt: skip
def test_filters_stand_in_the_address(secretary, url, filled, filters, count):
    filled(3)
    response = secretary.get(url("list"), filters)
    assert response.context["rows"].paginator.count == count


def test_the_list_as_a_workbook(secretary, url, filled):
    filled(2)
    response = secretary.get(url("list_xlsx") + "?q=riêng 2")
    assert response["Content-Type"].endswith("spreadsheetml.sheet")


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_has_a_constant_number_of_queries(secretary, url, filled, count, django_assert_num_queries):
    filled(count)
    secretary.get(url("list"))
    with django_assert_num_queries(12):
        secretary.get(url("list") + "?q=học")


@pytest.mark.parametrize("count", [1, 3])
def test_a_document_has_a_constant_number_of_queries(secretary, url, filled, count, django_assert_num_queries):
    first = filled(count)[0]
    secretary.get(url("directive", first.pk))
    with django_assert_num_queries(15):
        secretary.get(url("directive", first.pk))


def test_relations_as_sentences_and_as_a_graph(secretary, url, filled):
    one, two = filled(2)
    page = page_of(secretary, url("directive", one.pk))
    assert '<svg class="graph"' in page
    assert "sửa đổi" in page
    typed = {"kind": "directed_by:in", "other": two.pk}
    assert secretary.post(url("relations", one.pk), typed).status_code == 302
    made = Relation.objects.get(kind="directed_by")
    assert (made.source_id, made.target_id) == (two.pk, one.pk)
    page = secretary.post(url("relations", two.pk), {"kind": "amends:in", "other": one.pk}).content.decode()
    assert "ban hành trước" in page
    assert secretary.post(url("remove_relation", one.pk, made.pk)).status_code == 302
    assert Relation.objects.count() == 1


def test_clauses_three_ways(secretary, url, filled):
    made = filled(1)[0]
    made.refresh_from_db()
    owner = {"owner_kind": "every_unit", "due_on": "30-06-2021"}
    ticked = owner | {"cach": "doan", "numbers": ["0", "1"], "revision": made.revision}
    assert secretary.post(url("clauses", made.pk), ticked).status_code == 302
    words = owner | {"cach": "tu-den", "first": "Tổ chức học tập", "last": "quý II."}
    assert secretary.post(url("clauses", made.pk), words).status_code == 302
    own = owner | {"cach": "rieng", "text": "Việc riêng", "owner_kind": "kinds", "unit_kinds": ["agency"]}
    assert secretary.post(url("clauses", made.pk), own).status_code == 302
    texts = list(made.clauses.values_list("text", flat=True))
    assert texts[1:] == ["I. MỤC TIÊU\nCác cấp ủy tổ chức học tập.", "Tổ chức học tập trong quý II.", "Việc riêng"]
    page = secretary.post(url("clauses", made.pk), words | {"first": "không có"}).content.decode()
    assert "Không thấy “không có”" in page
    page = secretary.post(url("clauses", made.pk), ticked | {"numbers": []}).content.decode()
    assert "Hãy đánh dấu ít nhất một đoạn." in page
    page = page_of(secretary, url("directive", made.pk))
    assert '<mark class="clause"' in page


def test_a_clause_is_edited_moved_and_removed_on_its_pages(secretary, url, filled):
    made = filled(1)[0]
    clause = Clause.objects.get()
    typed = {"text": "Mới", "label": "2", "owner_kind": "head", "revision": clause.revision}
    assert secretary.post(url("edit_clause", clause.pk), typed).status_code == 302
    page = secretary.post(url("edit_clause", clause.pk), typed | {"text": "Cũ"}).content.decode()
    assert "Đang lưu hiện nay" in page
    assert secretary.post(url("move_clause", clause.pk), {"way": "up"}).status_code == 302
    assert secretary.post(url("remove_clause", clause.pk)).status_code == 302
    assert not made.clauses.exists()


def test_files_are_added_downloaded_and_taken_off(secretary, url, filled):
    made = filled(1)[0]
    content = docx_of("khác")
    upload = SimpleUploadedFile("moi.docx", content)
    assert secretary.post(url("attach", made.pk), {"uploads": [upload], "note": "bản mới"}).status_code == 302
    entry = made.files.last()
    response = secretary.get(url("download", made.pk, entry.pk))
    assert b"".join(response.streaming_content)[:2] == b"PK"
    again = secretary.post(url("attach", made.pk), {"uploads": [SimpleUploadedFile("lai.docx", content)]})
    assert "đã có trong văn bản này" in again.content.decode()
    assert "Hãy chọn tệp." in secretary.post(url("attach", made.pk), {"uploads": [], "note": "x"}).content.decode()
    assert secretary.post(url("remove_file", made.pk, entry.pk)).status_code == 302
    assert secretary.get(url("download", made.pk, entry.pk)).status_code == 404


def test_a_class_shows_its_members(secretary, url, filled, world, year, now):
    by = {"year": year, "actor": world.secretary(), "now": now}
    issuer = filled(1)[0].issuer
    of = actions.register_directive(particulars=Particulars(issuer, "resolution", "Các cấp", is_class=True), **by)
    member = Particulars(issuer, "resolution", "Đại hội XIII", member_of=of)
    actions.register_directive(particulars=member, **by)
    assert "Đại hội XIII" in page_of(secretary, url("directive", of.pk))


def test_readers_read_and_do_not_write(world, url, filled, sign_in):
    made = filled(2)[0]
    clause = made.clauses.get()
    reader = sign_in(world.person(Role.UNIT_OFFICER, world.unit(2)))
    page = page_of(reader, url("directive", made.pk))
    assert url("edit", made.pk) not in page
    assert reader.get(url("text", made.pk)).status_code == 200
    for name, rest in [("register", []), ("edit", [made.pk]), ("edit_text", [made.pk]), ("attach", [made.pk]),
                       ("relations", [made.pk]), ("clauses", [made.pk]), ("edit_clause", [clause.pk])]:  # fmt: skip
        assert reader.get(url(name, *rest)).status_code == 403
    for name, rest in [("move_clause", [clause.pk]), ("remove_clause", [clause.pk]), ("remove_file", [made.pk, 1])]:
        assert reader.post(url(name, *rest)).status_code == 403
    assert Clause.objects.count() == 2


def test_another_cluster_and_what_is_not_there_are_404(secretary, url):
    assert secretary.get(url("directive", 999)).status_code == 404
    assert secretary.get(url("edit_clause", 999)).status_code == 404
    assert secretary.get(url("list").replace("cum-2", "cum-9")).status_code == 404


def test_other_slices_choose_documents_and_clauses(year, filled, django_assert_num_queries):
    made = filled(2)
    with django_assert_num_queries(1):
        assert [one.name for one in queries.directives_of(year)] == ["Chỉ thị 02-CT/TW", "Chỉ thị 01-CT/TW"]
    assert [clause.label for clause in queries.clauses_of(year, made[0])] == ["1"]


def test_a_file_that_the_store_has_lost_is_told_on_the_page(secretary, url, filled):
    [made] = filled(1)
    entry = made.files.get()
    entry.file.content.storage.delete(entry.file.content.name)
    answer = secretary.get(url("download", made.pk, entry.pk))
    assert answer.status_code == 409
    assert "Tệp “van-ban.docx” không còn trong kho" in answer.content.decode()
