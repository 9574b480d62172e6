"""Pages of the dry run, the library, the versions and their difference."""

import html

import pytest

from thidua.clusters.models import Cluster, ClusterYear
from thidua.criteria import actions, papers, queries
from thidua.criteria.models import TableProposal
from thidua.criteria.papers import read_table
from thidua.criteria.rules import parse_criteria
from thidua.criteria.tests.conftest import HEADER, SMALL
from thidua.criteria.tests.test_views import PAGE, send, tsv, xlsx
from thidua.kernel.actor import Role
from thidua.people.models import Organisation

CHANGED = [
    HEADER,
    ["T", "", "Tổng", "12", "points"],
    ["1", "T", "Nghị quyết của cấp trên", "6", "points"],
    ["2", "T", "Sáng kiến", "2", "points"],
    ["3", "T", "Báo cáo", "4", "points"],
]


@pytest.fixture
def secretary(world, sign_in):
    """A client signed in as the head's secretary of a year being prepared."""
    world.year()
    return sign_in(world.person(Role.HEAD_SECRETARY, world.unit(1)))


def text(response):
    """The page as a person reads it."""
    return html.unescape(response.content.decode())


def year():
    """The year of the tests."""
    return ClusterYear.objects.get(year=2021)


def test_the_dry_run_says_what_would_change_and_changes_nothing(secretary, draft):
    standing = draft(year())
    sent = send(secretary, pasted=tsv(CHANGED))
    page = text(secretary.get(sent.url))
    assert "Thêm 1 dòng, sửa 2 dòng, đổi mã 1 dòng; tổng điểm từ 10 thành 12." in page
    assert '<ins class="came"> của cấp trên</ins>' in page
    assert queries.draft_version(year()) == standing


def test_no_drops_the_table_and_yes_takes_it_in(secretary):
    sent = send(secretary, pasted=tsv(SMALL))
    assert secretary.post(sent.url, {"drop": "1"}).url == PAGE + "nhap/"
    assert queries.draft_version(year()) is None
    sent = send(secretary, pasted=tsv(SMALL))
    assert secretary.post(sent.url).url == PAGE + "?ban=1"
    assert secretary.get(sent.url).status_code == 404


def test_over_another_draft_the_page_refuses_and_offers_no_yes(secretary, draft):
    sent = send(secretary, pasted=tsv(CHANGED))
    draft(year())
    assert "Nhập cả bảng làm dự thảo" not in text(secretary.get(sent.url))
    answer = secretary.post(sent.url)
    assert answer.status_code == 422
    assert "dự thảo đã đổi" in text(answer)


def test_a_dry_run_is_for_the_person_who_made_it(world, secretary, sign_in):
    sent = send(secretary, pasted=tsv(SMALL))
    theirs = sign_in(world.person(Role.SUPERIOR_OFFICER, Organisation.objects.get(name_vi="Ban Tuyen giao")))
    assert theirs.get(sent.url).status_code == 404
    assert theirs.post(sent.url).status_code == 404
    assert sign_in(world.person(Role.UNIT_OFFICER, world.unit(2))).get(sent.url).status_code == 403


def test_every_bad_cell_is_named_as_the_spreadsheet_names_it(secretary):
    bad = [HEADER, ["T", "", "Tổng", 10, "mục"], [1.1, "T", "Nghị quyết", "mười", "points"]]
    answer = send(secretary, xlsx(bad), "bang.xlsx")
    page = text(answer)
    assert answer.status_code == 422
    assert [place in page for place in ("<b>E2</b>", "<b>A3</b>", "<b>D3</b>")] == [True] * 3
    assert "trang tính “Sheet1”" in page
    assert 'value="Bảng của tôi"' in page
    assert not TableProposal.objects.exists()


def test_a_file_of_another_version_is_told_and_can_be_insisted_on(secretary, published):
    old = published(year())
    stamp = papers.Stamp("cum-2", 2020, 1, old.digest)
    content = papers.workbook_of(parse_criteria(CHANGED).table, stamp=stamp)
    refused = send(secretary, content, "cu.xlsx")
    assert refused.status_code == 422
    assert "bản 1, năm 2020, cụm cum-2" in text(refused)
    assert 'name="any_version"' in text(refused)
    assert send(secretary, content, "cu.xlsx", any_version="on").status_code == 302


def test_an_example_is_copied_through_the_same_dry_run(secretary):
    sent = secretary.post(PAGE + "thu-vien/", {"example": "toi-gian-minh-hoa"})
    assert "Ví dụ: Bảng tối giản" in text(secretary.get(sent.url))
    secretary.post(sent.url)
    assert queries.table_of(queries.draft_version(year())).by_code["I"].max_points == 60


@pytest.mark.parametrize("chosen", [{}, {"example": "../../etc"}, {"version": "x"}])
def test_nothing_chosen_is_told(secretary, chosen):
    answer = secretary.post(PAGE + "thu-vien/", chosen)
    assert answer.status_code == 422
    assert "Hãy chọn một bảng" in text(answer)


@pytest.mark.parametrize("chosen", [{"example": "khong-co"}, {"version": "999999"}])
def test_what_the_library_does_not_hold_is_not_there(secretary, chosen):
    assert secretary.post(PAGE + "thu-vien/", chosen).status_code == 404


def test_an_example_that_contradicts_itself_is_refused_with_its_sentence(secretary):
    answer = secretary.post(PAGE + "thu-vien/", {"example": "thong-ke-hung-yen-2026"})
    assert answer.status_code == 422
    assert not TableProposal.objects.exists()


def test_last_year_is_offered_and_another_clusters_table_only_to_those_who_see_it(world, secretary, published, now):
    last = world.year(2020)
    version = published(last)
    far = Cluster.objects.create(slug="xa", name_vi="Cụm xa", superior_body=world.organisation("Noi khac"))
    strange = ClusterYear.objects.create(cluster=far, year=2020, head=world.organisation("Don vi xa"))
    unseen = actions.import_table(
        year=strange,
        rows=SMALL,
        title="Bảng lạ",
        actor=world.actor(Role.SUPERIOR_OFFICER, far.superior_body),
        now=now,
    )
    page = text(secretary.get(PAGE + "thu-vien/"))
    assert f'name="version" value="{version.pk}"' in page
    assert "Bảng lạ" not in page
    assert secretary.post(PAGE + "thu-vien/", {"version": version.pk}).status_code == 302
    assert secretary.post(PAGE + "thu-vien/", {"version": unseen.pk}).status_code == 404


def test_a_unit_reads_the_library_and_cannot_copy(world, sign_in):
    world.year()
    client = sign_in(world.person(Role.UNIT_OFFICER, world.unit(2)))
    assert "Chép và xem trước" not in text(client.get(PAGE + "thu-vien/"))
    assert client.post(PAGE + "thu-vien/", {"example": "toi-gian-minh-hoa"}).status_code == 403
    assert client.get(PAGE + "thu-vien/toi-gian-minh-hoa.xlsx").status_code == 200
    assert client.get(PAGE + "thu-vien/khong-co.xlsx").status_code == 404


def test_versions_say_what_adopted_them_and_why(secretary, published):
    published(year())
    published(year(), CHANGED, reason="theo kết luận của hội nghị")
    page = text(secretary.get(PAGE + "cac-ban/"))
    assert "Lý do: theo kết luận của hội nghị" in page
    assert "?a=2021-1&b=2021-2" in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_versions_costs_the_same_for_one_and_for_three(secretary, published, django_assert_num_queries, count):
    for number in range(count):
        published(year(), SMALL if number % 2 else CHANGED)
    secretary.get(PAGE + "cac-ban/")
    with django_assert_num_queries(9):
        secretary.get(PAGE + "cac-ban/")


@pytest.mark.parametrize("count", [1, 3])
def test_the_library_costs_the_same_for_one_and_for_three(world, secretary, published, django_assert_num_queries, count):
    for number in range(count):
        published(world.year(2010 + number))
    secretary.get(PAGE + "thu-vien/")
    with django_assert_num_queries(7):
        secretary.get(PAGE + "thu-vien/")


def test_two_years_are_compared_by_their_names_in_the_address(world, secretary, published):
    published(world.year(2020), SMALL)
    published(year(), CHANGED)
    page = text(secretary.get(PAGE + "so-sanh/?a=2020-1&b=2021-1"))
    assert "tổng điểm từ 10 thành 12" in page
    assert page.count('<tr class="tree-') == 4
    assert text(secretary.get(PAGE + "so-sanh/?a=2020-1&b=2021-1&chi=added")).count('<tr class="tree-') == 1
    assert text(secretary.get(PAGE + "so-sanh/?a=2020-1&b=2020-1&chi=all")).count('<tr class="tree-') == 3


def test_without_names_the_newest_is_compared_with_the_one_before(secretary, published):
    published(year(), SMALL)
    published(year(), CHANGED)
    page = text(secretary.get(PAGE + "so-sanh/"))
    assert '<option value="2021-1" selected>' in page
    assert '<option value="2021-2" selected>' in page


@pytest.mark.parametrize("names", ["a=2019-1", "b=x", "a=2021-9&b=2021-1"])
def test_a_version_that_is_not_there_is_not_compared(secretary, published, names):
    published(year())
    assert secretary.get(f"{PAGE}so-sanh/?{names}").status_code == 404
    assert secretary.get(f"{PAGE}so-sanh.xlsx?{names}").status_code == 404


def test_a_single_table_has_nothing_to_be_compared_with(secretary, published):
    published(year())
    assert "Chưa có hai bảng để so sánh" in text(secretary.get(PAGE + "so-sanh/"))
    assert secretary.get(PAGE + "so-sanh.xlsx").status_code == 404


def test_the_difference_as_a_workbook(secretary, published):
    published(year(), SMALL)
    published(year(), CHANGED)
    rows = read_table(secretary.get(PAGE + "so-sanh.xlsx").content)
    assert rows[3][:2] == ["Mã ở bản 2021-1", "Mã ở bản 2021-2"]
    assert rows[4][:6] == ["T", "T", "Tổng", "10", "12", "sửa"]
    assert rows[4][6] == "Điểm tối đa: 10 → 12"
    assert rows[6][:6] == ["", "2", "Sáng kiến", "", "2", "thêm mới"]


@pytest.mark.parametrize("path", ["cac-ban/", "so-sanh/", "thu-vien/"])
def test_who_does_not_see_the_year_sees_none_of_it(world, sign_in, path):
    world.year()
    stranger = sign_in(world.person(Role.UNIT_LEADER, world.organisation("Noi khac")))
    assert stranger.get(PAGE + path).status_code == 404


def test_a_closed_year_offers_no_copy(world, sign_in):
    world.year(stage="closed")
    client = sign_in(world.person(Role.HEAD_SECRETARY, world.unit(1)))
    assert "Chép và xem trước" not in text(client.get(PAGE + "thu-vien/"))
    answer = client.post(PAGE + "thu-vien/", {"example": "toi-gian-minh-hoa"})
    assert answer.status_code == 422


def test_a_closed_year_has_no_form_to_import(world, sign_in):
    closed = world.year(stage="decided")
    type(closed).objects.filter(pk=closed.pk).update(stage="closed")
    page = text(sign_in(world.person(Role.HEAD_SECRETARY, world.unit(1))).get(PAGE + "nhap/"))
    assert "Năm đã khép lại" in page
    assert "Đọc bảng và xem trước" not in page


def test_the_browsers_file_is_spoken_of_only_where_one_was_chosen(secretary):
    words = "Trình duyệt không giữ được tệp đã chọn"
    assert words not in text(send(secretary, pasted=tsv([HEADER, ["T", "", "Tổng", "mười", "points"]])))
    assert words in text(send(secretary, xlsx([HEADER, ["T", "", "Tổng", "mười", "points"]]), "bang.xlsx"))


def test_the_first_version_is_compared_with_the_one_after_it_at_once(world, published):
    first = world.year(year=2020)
    old = published(first)
    new = published(world.year(), CHANGED)
    listed = [new, old]
    assert queries.choose_two(listed, first, "", "") == (old, new)
    assert queries.choose_two(listed, new.year, "", "") == (old, new)
