"""The pages of marking: the grid by keyboard, one cell's story, settling, outliers; who sees which marks when."""

from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from thidua.crosschecks.models import Agreement, CheckRound, Mark
from thidua.crosschecks.queries import work
from thidua.crosschecks.queries.grid import cell_of, desk_at
from thidua.kernel.actor import Role
from thidua.people.models import Post, Tenure
from thidua.scoring.models import CellRemark, Evidence, ScoreLine, Verdict

WHY = "Chỉ có 3 lớp được tổ chức"


@pytest.fixture
def visit(world, sign_in, rounds):
    """visit("bang/", officer of unit n, data) → the answer; a number as who is the officer of that unit."""

    def go(path, who, data=None, number=1, **headers):
        people = {"secretary": (Role.HEAD_SECRETARY, world.unit(1)), "auditor": (Role.AUDITOR, world.unit(1))}
        people["superior"] = (Role.SUPERIOR_OFFICER, world.organisation("Ban Tuyen giao", "party_body"))
        people["delegate"] = (Role.DELEGATE, world.unit(2))
        role, place = people.get(who) or (Role.UNIT_OFFICER, world.unit(who))
        client = sign_in(world.person(role, place))
        address = f"/cum/cum-2/2021/tham-dinh/vong/{number}/{path}"
        return client.get(address, headers=headers) if data is None else client.post(address, data, headers=headers)

    return go


@pytest.fixture
def keys(world):
    """keys(2, "A.1") → the end of the names of that cell's fields."""
    return lambda number, code: f"{world.unit(number).pk}-{code}"


@pytest.fixture
def put(visit, keys):
    """put(3, on=2, "A.1", "7"): the officer of unit 3 types points in the cell of unit 2."""

    def go(who, on, code, points, reason=WHY):
        data = {f"points.{keys(on, code)}": points, f"reason.{keys(on, code)}": reason}
        return visit(f"cham/don-vi-{on}/{code}/", who, data, **{"HX-Request": "true"})

    return go


def test_a_cell_is_saved_as_it_is_typed(rounds, visit, put, keys):
    rounds.open({2: (1, 3)})
    answer = put(3, 2, "A.1", "7,5")
    assert answer.status_code == 200
    assert 'hx-swap-oob="true"' in answer.content.decode()
    assert Mark.objects.get().value == 7.5
    body = visit("bang/", 3).content.decode()
    assert f'name="points.{keys(2, "A.1")}" value="7,5"' in body
    assert "khác tự chấm" in body
    assert "Don vi 3" not in body.split("<thead>")[1].split("</thead>")[0]


def test_the_reason_field_opens_where_a_point_changed_and_what_was_typed_stays(rounds, visit, put, keys):
    rounds.open({2: (3,)})
    typed = {f"points.{keys(2, 'A.1')}": "7"}
    answer = visit("cham/don-vi-2/A.1/", 3, typed, **{"HX-Request": "true"})
    assert answer.status_code == 422
    assert f'name="reason.{keys(2, "A.1")}"' in answer.content.decode()
    data = {f"points.{keys(2, 'A.1')}": "mười", f"count.{keys(2, 'A.3')}": "="}
    whole = visit("bang/", 3, data)
    assert whole.status_code == 422
    assert 'value="mười"' in whole.content.decode()


def test_an_equals_sign_agrees_with_the_unit(rounds, put):
    rounds.open({2: (3,)})
    assert put(3, 2, "A.1", "=", reason="").status_code == 200
    assert Mark.objects.get().judgement == "confirmed"


def test_without_script_the_whole_page_is_saved_and_empty_cells_say_nothing(rounds, visit, keys):
    rounds.open({2: (3,)})
    data = {
        f"points.{keys(2, 'A.1')}": "9",
        f"actual.{keys(2, 'A.2')}": "40",
        f"target.{keys(2, 'A.2')}": "50",
        f"grade.{keys(2, 'B.2')}": "",
        f"passed.{keys(2, 'G')}": "1",
    }
    assert visit("bang/", 3, data).status_code == 302
    assert set(Mark.objects.values_list("code", "judgement")) == {("A.1", "confirmed"), ("A.2", "confirmed"), ("G", "confirmed")}
    assert visit("bang/", 3, data).status_code == 302
    assert set(Mark.objects.values_list("revision", flat=True)) == {1}


@pytest.mark.parametrize(
    ("visibility", "before", "after"), [("open", True, True), ("own_first", False, True), ("blind", False, False)]
)
def test_others_marks_are_seen_as_the_round_says(rounds, visit, put, visibility, before, after):
    check = rounds.open({2: (1, 3)}, visibility=visibility)
    put(1, 2, "A.1", "6,25")

    def sees(who):
        return ["6,25" in visit(path, who).content.decode() for path in ("bang/", "o/don-vi-2/A.1/")]

    assert sees(3) == [before] * 2
    put(3, 2, "A.1", "7")
    assert sees(3) == [after] * 2
    rounds.put(check, state="closed")
    assert sees(3) == [True] * 2


@pytest.mark.parametrize("visibility", ["own_first", "blind"])
def test_the_unit_checked_sees_its_marks_when_the_round_is_closed(rounds, visit, put, visibility):
    check = rounds.open({2: (1,), 3: (2,)}, visibility=visibility, names_hidden=True)
    put(1, 2, "A.1", "6,25")
    for path in ("bang/", "o/don-vi-2/A.1/"):
        body = visit(path, 2).content.decode()
        assert "9 điểm" in body
        for words in ("6,25", WHY, "Người thẩm định 1", "unit_officer-don-vi-1", "người đã chấm"):
            assert words not in body
    assert "6,25" not in str(read(visit("bang/bang.xlsx", 2)))
    rounds.put(check, state="closed")
    story = visit("o/don-vi-2/A.1/", 2).content.decode()
    assert "6,25" in story
    assert "Người thẩm định 1" in story
    assert "unit_officer-don-vi-1" not in story
    assert "Don vi 1" in visit("o/don-vi-2/A.1/", "superior").content.decode()


def test_a_secretary_who_also_checks_is_bound_like_any_checker(rounds, visit, put, world):
    check = rounds.open({2: (1, 3)}, visibility="own_first")
    put(3, 2, "A.1", "6,25")
    world.person(Role.UNIT_OFFICER, world.unit(1))
    post = world.person(Role.HEAD_SECRETARY, world.unit(1))
    officer = Post.objects.get(organisation=world.unit(1), title_vi="unit_officer")
    Tenure.objects.create(person=post, post=officer, starts_on="2020-01-01")
    assert "6,25" not in visit("bang/", "secretary").content.decode()
    assert visit("lech/", "secretary").status_code == 409
    assert visit("chot/", "secretary").status_code == 409
    rounds.put(check, state="closed")
    assert "6,25" in visit("chot/", "secretary").content.decode()


def test_who_is_outside_finds_nothing(rounds, visit, put, keys):
    check = rounds.open({2: (1,)}, units=4)
    assert visit("bang/", 3).status_code == 404
    assert visit("bang/", 1, number=9).status_code == 404
    assert visit("o/don-vi-3/A.1/", 1).status_code == 404
    assert visit("o/don-vi-2/X.1/", 1).status_code == 404
    assert put("superior", 2, "A.1", "7").status_code == 403
    assert visit("con-lai/don-vi-2/", "superior", {}).status_code == 403
    assert visit("chot/", 1).status_code == 403
    assert visit("lech/", 1).status_code == 403
    rounds.put(check, state="draft")
    assert visit("bang/", "superior").status_code == 404


def test_the_rest_is_agreed_with_and_the_task_ends_and_goes_on(rounds, visit):
    rounds.open({2: (3,)})
    visit("xong/don-vi-2/", 3, {})
    assert "Còn 4 dòng bạn chưa cho điểm" in visit("bang/", 3).content.decode()
    visit("con-lai/don-vi-2/", 3, {})
    assert Mark.objects.count() == 4
    visit("xong/don-vi-2/", 3, {})
    assert "Chấm tiếp" in visit("bang/", 3).content.decode()
    visit("tiep/don-vi-2/", 3, {})
    assert "Chấm xong đơn vị này" in visit("bang/", 3).content.decode()


def test_the_story_tells_what_was_and_becomes_and_both_sides_talk(rounds, visit, put):
    rounds.open({2: (3,)}, visibility="open")
    put(3, 2, "A.1", "7")
    visit("cham/don-vi-2/A.1/", 3, {})
    assert visit("o/don-vi-2/A.1/", 3, {"text": "Đơn vị gửi thêm quyết định."}).status_code == 302
    assert visit("o/don-vi-2/A.1/", 2, {"text": "Đã gửi bổ sung."}).status_code == 302
    assert visit("o/don-vi-2/A.1/", 2, {"text": " "}).status_code == 422
    story = visit("o/don-vi-2/A.1/", 2).content.decode()
    for words in ("9 điểm → 7 điểm", WHY, "Đơn vị gửi thêm quyết định.", "Đã gửi bổ sung."):
        assert words in story
    assert CellRemark.objects.count() == 2


def test_the_unit_asked_answers_while_the_round_is_open_and_learns_no_name(rounds, visit, put, world, now):
    check = rounds.open({2: (3,)}, visibility="blind")
    put(3, 2, "A.1", "6,25")
    Agreement.objects.create(round=check, unit=world.unit(2), code="A.1", points="5.75", reason=WHY, agreed_at=now)
    cell = "o/don-vi-2/A.1/"
    for code in ("A.1", "A.2"):
        assert visit(f"o/don-vi-2/{code}/", 3, {"text": "Gửi thêm quyết định."}).status_code == 302
    [asked] = work(world.officer(2), now)
    assert asked.title == "Trả lời câu hỏi của bên thẩm định: 2 dòng"
    assert asked.url.endswith(cell)
    body = visit(cell, 2).content.decode()
    assert "Gửi thêm quyết định." in body
    for words in ("6,25", "5,75", WHY, "unit_officer-don-vi-3"):
        assert words not in body
    assert visit(cell, 2, {"text": "Đã gửi."}).status_code == 302
    assert "1 dòng" in work(world.officer(2), now)[0].title
    visit(cell, 3, {"text": "Còn thiếu dấu."})
    assert "2 dòng" in work(world.officer(2), now)[0].title
    for path in ("cham/don-vi-2/A.1/", "con-lai/don-vi-2/", "xong/don-vi-2/", "tiep/don-vi-2/", "thong-nhat/don-vi-2/A.1/"):
        assert visit(path, 2, {}).status_code == 403
    assert visit("lech/", 2).status_code == 403
    rounds.put(check, state="settled")
    assert work(world.officer(2), now) == []


def test_a_value_is_agreed_and_the_round_settled_from_its_preview(rounds, visit, put):
    check = rounds.open({2: (1, 3)}, aggregation="agreed")
    put(1, 2, "A.1", "7")
    for who in (1, 3):
        visit("con-lai/don-vi-2/", who, {})
    rounds.put(check, state="closed")
    preview = visit("chot/", "superior")
    assert "1 dòng cần ghi giá trị thống nhất" in preview.content.decode()
    agree = {"points.agree-A.1": "8", "revision.agree-A.1": "0"}
    refused = visit("thong-nhat/don-vi-2/A.1/", "superior", agree | {"reason": "họp"})
    assert refused.status_code == 422
    assert 'value="8"' in refused.content.decode()
    assert visit("thong-nhat/don-vi-2/A.1/", 1, agree).status_code == 403
    done = visit("thong-nhat/don-vi-2/A.1/", "superior", agree | {"reason": "Hai bên đã thống nhất ngày 1-11"})
    assert done.status_code == 302
    assert Agreement.objects.get().points == 8
    stamp = visit("chot/", "superior").context["settlement"].stamp
    visit("chot/", "superior", {"stamp": "old"})
    assert not Verdict.objects.exists()
    visit("chot/", "superior", {"stamp": stamp})
    assert CheckRound.objects.get().state == "settled"
    assert Verdict.objects.get(code="A.1").points == 8
    assert "Đã chốt" in visit("chot/", "superior").content.decode()


def test_outliers_name_who_marks_far_from_the_others(rounds, visit, put):
    rounds.open({2: (1, 3, 4), 1: (3, 4)}, units=4)
    for who, on in ((1, 2), (3, 2), (4, 2), (3, 1), (4, 1)):
        visit(f"con-lai/don-vi-{on}/", who, {})
    body = visit("lech/", "superior").content.decode()
    assert "gần với những người khác" in body
    assert "B.2" in body.split("Tiêu chí mọi đơn vị đều đạt tối đa")[1]


def test_the_workbook_says_what_the_page_says(rounds, visit, put):
    check = rounds.open({2: (1, 3)})
    put(1, 2, "A.1", "7")
    rows = read(visit("bang/bang.xlsx", "superior"))
    assert rows[3][:3] == ["Mã", "Tiêu chí", "Tối đa"]
    assert next(row for row in rows if row[0] == "A.1")[3:] == ["9 điểm", "7", "7"]
    assert not any(row[4] for row in read(visit("bang/bang.xlsx", 3))[4:])
    rounds.put(check, state="closed")
    assert next(row for row in read(visit("bang/bang.xlsx", 3)) if row[0] == "A.1")[4] == "7"


def read(answer):
    """The rows of the only sheet of a workbook."""
    return CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0).to_python(skip_empty_area=False)


@pytest.mark.parametrize("units", [3, 5])
@pytest.mark.parametrize(("path", "queries"), [("bang/", 13), ("o/don-vi-2/A.1/", 13), ("lech/", 12), ("chot/", 20)])
def test_the_number_of_queries_does_not_grow_with_units(rounds, sign_in, world, django_assert_num_queries, units, path, queries):
    rounds.open({number: (1,) for number in range(2, units + 1)}, units=units)
    client = sign_in(world.person(Role.SUPERIOR_OFFICER, world.organisation("Ban Tuyen giao", "party_body")))
    address = f"/cum/cum-2/2021/tham-dinh/vong/1/{path}"
    assert client.get(address).status_code == 200
    with django_assert_num_queries(queries):
        client.get(address)


def test_the_secretary_reads_early_of_others_only_and_never_speaks_as_a_checker_of_the_own_unit(rounds, visit, put):
    check = rounds.open({1: (2,), 2: (3,)}, visibility="blind", names_hidden=True)
    put(2, 1, "A.1", "6,25")
    put(3, 2, "A.1", "5,75")
    for path in ("bang/", "o/don-vi-1/A.1/"):
        assert "6,25" not in visit(path, "secretary").content.decode()
    assert "5,75" in visit("bang/", "secretary").content.decode()
    for path in ("lech/", "chot/"):
        assert visit(path, "secretary").status_code == 409
    assert visit("o/don-vi-1/A.1/", "secretary", {"text": "Đề nghị xem lại."}).status_code == 403
    rounds.put(check, state="closed")
    assert "6,25" in visit("bang/", "secretary").content.decode()


def test_a_cell_shows_the_reason_of_the_unit_and_how_much_evidence_it_gave(rounds, visit):
    check = rounds.open({2: (3,)})
    sheet = rounds.sheets[2]
    ScoreLine.objects.filter(sheet=sheet, code="A.1").update(reason="Quyết định 12 ngày 3-4 và bốn lớp tập huấn")
    body = visit("bang/", 3).content.decode()
    assert 'title="Quyết định 12 ngày 3-4 và bốn lớp tập huấn"' in body
    cell = cell_of(desk_at(rounds.world.superior(), check.year, 1), rounds.world.unit(2).pk, "A.1")
    assert (cell.because[:10], cell.proofs) == ("Quyết định", Evidence.objects.filter(sheet=sheet, code="A.1").count())
