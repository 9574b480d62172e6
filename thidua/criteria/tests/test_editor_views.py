"""The page on which a draft is edited: it works by plain forms, keeps what was typed, and costs the same for any table."""

import pytest
from django.urls import reverse

from thidua.criteria import actions, queries
from thidua.criteria.models import DraftStep
from thidua.criteria.queries.editor import editor_lines
from thidua.criteria.rules import CriteriaTable, parse_criteria
from thidua.criteria.tests.conftest import HEADER, SMALL
from thidua.kernel.actor import Role
from thidua.kernel.errors import Refused

PAGES = ("editor", "editor-start", "editor-row", "editor-preview", "editor-move", "editor-renumber", "editor-delete", "undo")


def at(year, name="editor", query=""):
    return reverse(f"criteria:{name}", args=[year.cluster.slug, year.year]) + query


def table(year):
    return queries.table_of(queries.draft_version(year))


def typed(year, code="1", **more):
    """What the form of a row sends."""
    row = table(year).by_code.get(code)
    blank = {"at": code, "stamp": actions.stamp_of(table(year), code), "target": "", "place": ""}
    cells = {"code": code, "title_vi": row.title if row else "Mới", "kind": "points", "method": "award", "max_points": "6"}
    return {**blank, **cells, **more}


@pytest.fixture
def secretary(world, sign_in):
    return sign_in(world.person(Role.HEAD_SECRETARY, world.unit(1)))


def test_without_a_draft_the_page_says_how_to_begin(world, secretary, published):
    year = world.year()
    assert "Soạn từ bảng trống" in secretary.get(at(year)).content.decode()
    published(year)
    assert "Soạn từ bản đang áp dụng" in secretary.get(at(year)).content.decode()
    secretary.post(at(year, "editor-start"), {"start": "published"})
    assert queries.draft_version(year).number == 2
    assert secretary.post(at(year, "editor-start"), {"start": "other"}).status_code == 404


def test_the_tree_tells_sums_and_gaps(world, secretary, draft):
    year = world.year()
    draft(year)
    secretary.post(at(year, "editor-row"), typed(year, max_points="7,5"))
    page = secretary.get(at(year)).content.decode()
    assert "thừa 1,5" in page
    assert "còn 1 chỗ chưa khớp" in page


def test_a_row_is_saved_with_everything_that_can_be_said_of_it(world, secretary, draft):
    year = world.year()
    draft(year)
    unit = world.unit(2)
    more = {"method": "grade", "grades": "A=1; B=0,8", "assessor": "Phòng Tổ chức", "evidence": "required", "per_case": "3"}
    answer = secretary.post(at(year, "editor-row"), typed(year, **more, bonus_cap="1,5", not_assigned=[unit.slug]))
    assert answer.status_code == 302
    row = table(year).by_code["1"]
    assert (row.method, [grade for grade, _ in row.grades], row.assessor) == ("grade", ["A", "B"], "Phòng Tổ chức")
    assert (row.evidence, row.not_assigned, str(row.bonus_cap), row.per_case) == ("required", (unit.slug,), "1.5", None)
    page = secretary.get(at(year, query="?dong=1")).content.decode()
    for words in ("A=1; B=0.8", "chấm: Phòng Tổ chức", "bắt buộc minh chứng", f"không giao: {unit}", "xếp loại: A 6"):
        assert words in page


def test_a_penalty_is_typed_with_or_without_its_minus(world, secretary, draft):
    year = world.year()
    draft(year)
    new = {"at": "", "stamp": "", "target": "1", "place": "into", "kind": "penalty", "method": "per_case"}
    secretary.post(at(year, "editor-row"), typed(year, "1.1", **new | {"max_points": "2", "per_case": "-0,5"}))
    row = table(year).by_code["1.1"]
    assert (row.parent, str(row.max_points), str(row.per_case)) == ("1", "-2", "-0.5")


def test_a_band_is_a_box_and_a_gate_has_no_method(world, secretary, draft):
    year = world.year()
    draft(year)
    new = {"at": "", "stamp": "", "target": "2", "place": "into"}
    secretary.post(at(year, "editor-row"), typed(year, "2.1", **new | {"is_band": "on", "rule_text_vi": "trên 90%"}))
    secretary.post(at(year, "editor-row"), typed(year, "G", **new | {"target": "", "kind": "gate"}))
    assert (table(year).by_code["2.1"].rule_text, table(year).by_code["2"].method) == ("[mức] trên 90%", "bands")
    assert (table(year).by_code["G"].method, table(year).by_code["G"].max_points) == ("pass_fail", None)
    assert 'value="on"' not in secretary.get(at(year, query="?dong=2")).content.decode()


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"at": "1", "code": "2"}, "Mã 2 đã dùng"),
        ({"max_points": "mười"}, "không phải là số"),
        ({"title_vi": ""}, "bắt buộc"),
        ({"method": "pool", "pool": "nhất"}, "không phải là điểm theo thứ hạng"),
        ({"not_assigned": ["khac"]}, "khac"),
        ({"stamp": "cũ"}, "vừa được người khác sửa"),
    ],
)
def test_what_cannot_be_saved_is_told_and_kept_as_typed(world, secretary, draft, more, told):
    year = world.year()
    before = draft(year)
    answer = secretary.post(at(year, "editor-row"), typed(year, unit="báo cáo này") | more)
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert "báo cáo này" in answer.content.decode()
    assert queries.draft_version(year) == before


def test_the_formula_is_told_before_anything_is_saved(world, secretary, draft):
    year = world.year()
    before = draft(year)
    lateness = {"method": "lateness", "max_points": "7", "per_case": "0,5"}
    page = secretary.post(at(year, "editor-preview"), typed(year, **lateness)).content.decode()
    assert "7; chậm mỗi ngày trừ 0,5, thấp nhất 0" in page
    assert "lệch 1" in page
    assert "<html" not in page
    assert queries.draft_version(year) == before
    assert "Mã 2 đã dùng" in secretary.post(at(year, "editor-preview"), typed(year, code="1") | {"code": "2"}).content.decode()


def test_rows_move_by_steps_and_by_places(world, secretary, draft):
    year = world.year()
    draft(year)
    answer = secretary.post(at(year, "editor-move"), {"code": "2", "shift": "up"})
    assert answer.url == at(year, query="?dong=2#r3")
    secretary.post(at(year, "editor-move"), {"code": "2", "target": "1", "place": "into"})
    assert table(year).by_code["2"].parent == "1"
    page = secretary.post(at(year, "editor-move"), {"code": "T", "shift": "up"}, follow=True).content.decode()
    assert "không chuyển tới đó được" in page
    secretary.post(at(year, "editor-renumber"), {"code": "T"})
    assert set(table(year).by_code) == {"T", "T.1", "T.1.1"}


def test_deleting_asks_first_and_can_be_taken_back(world, secretary, draft):
    year = world.year()
    draft(year)
    page = secretary.get(at(year, "editor-delete", "?dong=T")).content.decode()
    assert "2 dòng bên dưới cũng bị xóa" in page
    stamp = actions.stamp_of(table(year), "2", with_below=True)
    secretary.post(at(year, "editor-delete"), {"dong": "2", "stamp": "cũ"})
    assert "2" in table(year).by_code
    secretary.post(at(year, "editor-delete"), {"dong": "2", "stamp": stamp})
    assert "2" not in table(year).by_code
    secretary.post(at(year, "undo"), {"step": DraftStep.objects.first().pk})
    assert "2" in table(year).by_code
    assert "Không còn thay đổi" not in secretary.post(at(year, "undo"), {"step": "x"}, follow=True).content.decode()
    assert secretary.get(at(year, "editor-delete", "?dong=9")).status_code == 302


def test_who_may_not_edit_is_told_so_and_strangers_find_nothing(world, sign_in, draft):
    year = world.year()
    draft(year)
    officer = sign_in(world.person(Role.UNIT_OFFICER, world.unit(1)))
    for name in PAGES:
        answer = officer.get(at(year, name)) if name in ("editor", "editor-delete") else officer.post(at(year, name))
        assert answer.status_code == 403, name


def test_a_closed_year_is_read_but_not_edited(world, secretary, draft):
    year = world.year(stage="decided")
    draft(year)
    type(year).objects.filter(pk=year.pk).update(stage="closed")
    page = secretary.get(at(year, query="?dong=1")).content.decode()
    assert "Lưu dòng" not in page
    assert secretary.post(at(year, "editor-row"), typed(year, max_points="5")).status_code == 422


@pytest.mark.parametrize("rows", [SMALL[:2], SMALL, [HEADER, *([str(i), "", "Dòng", "1", "points"] for i in range(60))]])
def test_the_page_costs_the_same_for_any_table(world, secretary, draft, rows, django_assert_num_queries):
    year = world.year()
    draft(year, rows)
    secretary.get(at(year))
    queries.forget_tables()
    with django_assert_num_queries(10):
        secretary.get(at(year))


def test_a_heading_with_a_weighted_row_is_not_called_matched(world, secretary, draft):
    year = world.year()
    weighted = ["II.3", "II", "Theo trọng số", "2", "points", "weighted"]
    rows = [[*HEADER, "method"], ["II", "", "Mục II", "40", "points", ""], ["II.1", "II", "Một", "10", "points", ""], weighted]
    draft(year, rows)
    page = secretary.get(at(year)).content.decode()
    assert "mọi mục đã khớp điểm" not in page
    assert "không kiểm được tổng của II" in page
    assert "không kiểm được: II.3 tính theo trọng số" in page


def chain(length):
    """A table whose every row lies below the row before it."""
    return [HEADER, *([str(n), str(n - 1) if n else "", "Dòng", "1", "points"] for n in range(length))]


def test_a_table_of_more_than_twelve_levels_is_refused_where_it_begins_to_be_too_deep(world, secretary, draft):
    year = world.year()
    with pytest.raises(Refused) as caught:
        draft(year, chain(2000))
    assert [(p.code, p.row) for p in caught.value.facts["problems"]] == [("criteria.too_deep", 14)]
    before = draft(year, chain(12))
    new = {"at": "", "stamp": "", "target": "11", "place": "into"}
    answer = secretary.post(at(year, "editor-row"), typed(year, "12", **new))
    assert (answer.status_code, "sâu hơn 12 cấp" in answer.content.decode()) == (422, True)
    assert queries.draft_version(year) == before


def test_the_frame_of_a_table_is_made_a_fixed_number_of_times(monkeypatch):
    """Once for each heading it would make the page quadratic."""
    made, frame = [], CriteriaTable.frame
    monkeypatch.setattr(CriteriaTable, "frame", lambda table: made.append(1) or frame(table))
    counts = []
    for length in (3, 300):
        made.clear()
        editor_lines(parse_criteria(chain(length)).table, {})
        counts.append(len(made))
    assert counts[0] == counts[1]


def test_an_empty_table_begins_with_a_part_of_its_total(world, secretary):
    year = world.year()
    answer = secretary.post(at(year, "editor-start"), {"start": "empty"})
    assert answer.url == at(year, query="?them=TONG&cho=into#soan")
    assert 'value="I"' in secretary.get(answer.url).content.decode()
    new = {"at": "", "stamp": "", "target": "TONG", "place": "into", "title_vi": "Mục một"}
    secretary.post(at(year, "editor-row"), typed(year, "I", **new))
    page = secretary.get(at(year)).content.decode()
    assert "?them=TONG&amp;cho=into#soan" in page
    assert 'value="II"' in secretary.get(at(year, query="?them=TONG&cho=into")).content.decode()
    assert table(year).by_code["I"].parent == "TONG"


def test_what_a_case_is_does_not_read_as_a_point(world, secretary, draft):
    year = world.year()
    draft(year)
    new = {"at": "", "stamp": "", "target": "1", "place": "into", "kind": "bonus", "method": "per_case", "per_case": "1"}
    secretary.post(at(year, "editor-row"), typed(year, "1.1", **new | {"max_points": "3", "unit": "điểm"}))
    assert table(year).by_code["1.1"].unit == "lần"
    secretary.post(at(year, "editor-row"), typed(year, "1.2", **new | {"max_points": "3", "unit": "sáng kiến"}))
    page = secretary.get(at(year)).content.decode()
    assert "thưởng 1/lần, tối đa 3" in page
    assert "thưởng 1/sáng kiến, tối đa 3" in page


def test_undo_goes_to_the_row_it_changed_and_keeps_the_open_one(world, secretary, draft):
    year = world.year()
    draft(year)
    for code, landed in (("2", "?dong=2#r4"), ("", "#r4")):
        secretary.post(at(year, "editor-row"), typed(year, "2", max_points="4,5"))
        answer = secretary.post(at(year, "undo"), {"step": DraftStep.objects.first().pk, "dong": code})
        assert answer.url == at(year, query=landed)
    secretary.post(at(year, "editor-row"), typed(year, "3", at="", stamp="", target="T", place="into"))
    answer = secretary.post(at(year, "undo"), {"step": DraftStep.objects.first().pk, "dong": "3"})
    assert answer.url == at(year, query="#r4")


def test_the_points_by_rank_say_how_they_are_written(world, secretary, draft):
    year = world.year()
    draft(year)
    assert "cách nhau bằng dấu /, ví dụ 60/45/30" in secretary.get(at(year, query="?dong=1")).content.decode()
