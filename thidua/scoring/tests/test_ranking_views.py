"""Thẩm định and Xếp hạng in the browser, what the year's pages show of scoring, and what they cost."""

import re
from decimal import Decimal
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from thidua.clusters.models import ClusterYear, StageDates
from thidua.kernel.actor import Role
from thidua.scoring import actions, queries
from thidua.scoring.models import AppraiserAssignment, Verdict
from thidua.scoring.queries.results import forget_results
from thidua.scoring.queries.standing import waterfall
from thidua.scoring.tests.conftest import FULL

YEAR = "/cum/cum-2/2021/"
CHECK = f"{YEAR}tham-dinh/don-vi-2/"
RANKING = f"{YEAR}xep-hang/"


def test_an_appraiser_changes_confirms_and_finishes_in_the_browser(field, world, sign_in, body, checking):
    client = sign_in(world.person(Role.APPRAISER, body))
    assert 'name="points-A.1"' in client.get(CHECK).content.decode()
    bare = client.post(f"{CHECK}dong/A.1/", {"points-A.1": "7", "reason-A.1": "", "revision-A.1": "0"})
    assert bare.status_code == 422
    assert "Hãy nêu lý do bằng lời" in bare.content.decode()
    typed = {"points-A.1": "7", "reason-A.1": "Chỉ có hồ sơ của 7 lớp", "revision-A.1": "9" * 5000}
    assert client.post(f"{CHECK}dong/A.1/", {**typed, "reason-A.1": ""}).status_code == 422
    typed["revision-A.1"] = "0"
    parts = client.post(f"{CHECK}dong/A.1/", typed).content.decode()
    assert '<span class="changed">9</span> <b>7</b> <span class="minus">−2</span>' in parts
    agreed = client.post(f"{CHECK}dong/B.1/", {"days_late-B.1": "", "ok-B.1": "on", "reason-B.1": "", "revision-B.1": "0"})
    assert "đồng ý" in agreed.content.decode()
    refused = client.post(f"{CHECK}hoan-thanh/", follow=True)
    assert refused.redirect_chain == [(CHECK, 302)]
    page = refused.content.decode()
    assert "Còn 2 dòng chưa thẩm định: A.2, B.2." in page
    assert "còn 2 dòng" in page
    assert f'action="{CHECK}hoan-thanh/"' not in page
    client.post(f"{CHECK}con-lai/")
    assert f'action="{CHECK}hoan-thanh/"' in client.get(CHECK).content.decode()
    client.post(f"{CHECK}hoan-thanh/")
    page = client.get(CHECK).content.decode()
    assert "Thẩm định hoàn thành" in page
    assert 'name="points-A.1"' not in page
    assert sorted(Verdict.objects.values_list("code", "judgement")) == [
        ("A.1", "changed"), ("A.2", "confirmed"), ("B.1", "confirmed"), ("B.2", "confirmed"),
    ]  # fmt: skip
    client.post(f"{CHECK}mo-lai/", {"reason": "Đơn vị bổ sung hồ sơ"})
    assert 'name="points-A.1"' in client.get(CHECK).content.decode()


def test_the_check_without_javascript_keeps_what_was_typed_in_bad_rows(field, world, sign_in, body, checking):
    client = sign_in(world.person(Role.APPRAISER, body))
    answer = client.post(
        CHECK,
        {
            "points-A.1": "bảy", "reason-A.1": "Chỉ có hồ sơ của 7 lớp", "revision-A.1": "0",
            "actual-A.2": "", "target-A.2": "", "reason-A.2": "", "revision-A.2": "0",
            "days_late-B.1": "4", "reason-B.1": "Báo cáo quý III đến chậm", "revision-B.1": "0",
            "grade-B.2": "", "ok-B.2": "on", "reason-B.2": "", "revision-B.2": "0",
        },
    )  # fmt: skip
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="bảy"' in page
    assert "Chỉ có hồ sơ của 7 lớp</textarea>" in page
    assert sorted(Verdict.objects.values_list("code", "judgement")) == [("B.1", "changed"), ("B.2", "confirmed")]


def test_who_reads_and_who_writes_a_check(field, world, sign_in, body, checking):
    typed = {"points-A.1": "7", "reason-A.1": "Chỉ có hồ sơ của 7 lớp", "revision-A.1": "0"}
    for role, place, reads in [
        (Role.UNIT_OFFICER, world.unit(2), True),
        (Role.UNIT_OFFICER, world.unit(3), False),
        (Role.HEAD_SECRETARY, world.unit(1), True),
        (Role.SUPERIOR_OFFICER, body, True),
        (Role.AUDITOR, world.organisation("Thanh tra"), True),
        (Role.APPRAISER, world.unit(3), False),
        (Role.APPRAISER, world.unit(2), False),
        (Role.DELEGATE, world.unit(2), False),
    ]:
        client = sign_in(world.person(role, place))
        assert client.get(CHECK).status_code == (200 if reads else 404), role
        for address in ("dong/A.1/", "con-lai/", "hoan-thanh/", "mo-lai/"):
            assert client.post(CHECK + address, typed).status_code == (403 if reads else 404), (role, address)
        assert client.post(CHECK, typed).status_code == (403 if reads else 404), role
    assert not Verdict.objects.exists()


def test_an_appraiser_of_the_own_unit_is_shut_out_even_if_assigned(field, world, sign_in, checking):
    person = world.person(Role.APPRAISER, world.unit(2))
    AppraiserAssignment.objects.create(year=field.year, person=person, unit=world.unit(2))
    assert sign_in(person).get(CHECK).status_code == 404


def test_a_sheet_that_nobody_has_looked_at_shows_no_verified_points(field, world, checking):
    sheets, appraiser = checking
    field.judge(sheets[1], appraiser, "A.1", points="6", reason="Chỉ có hồ sơ của 6 lớp")
    entries = queries.check_list(world.secretary(), field.year).entries
    assert [(entry.claimed, entry.verified) for entry in entries] == [("22", ""), ("22", "19"), ("20", "")]


def test_the_secretary_assigns_in_the_browser(field, world, sign_in, body):
    field.open()
    person = world.person(Role.APPRAISER, world.unit(3))
    client = sign_in(world.person(Role.HEAD_SECRETARY, world.unit(1)))
    assert "3 đơn vị chưa có người thẩm định" in client.get(f"{YEAR}tham-dinh/").content.decode()
    own = client.post(f"{YEAR}tham-dinh/phan-cong", {"person": person.pk, "unit": world.unit(3).pk})
    assert own.status_code == 422
    assert "giữ chức vụ ở “Don vi 3”" in own.content.decode()
    assert client.post(f"{YEAR}tham-dinh/phan-cong", {"person": "x", "unit": "9999"}).status_code == 422
    assert client.post(f"{YEAR}tham-dinh/phan-cong", {"person": person.pk, "unit": world.unit(2).pk}).status_code == 302
    given = AppraiserAssignment.objects.get()
    assert (
        sign_in(world.person(Role.UNIT_LEADER, world.unit(2)))
        .post(f"{YEAR}tham-dinh/phan-cong", {"remove": given.pk})
        .status_code
        == 403
    )
    client = sign_in(world.person(Role.HEAD_SECRETARY, world.unit(1)))
    assert client.post(f"{YEAR}tham-dinh/phan-cong", {"remove": given.pk}).status_code == 302
    assert client.post(f"{YEAR}tham-dinh/phan-cong", {"remove": given.pk}).status_code == 404
    assert client.post(f"{YEAR}tham-dinh/phan-cong", {"remove": "9" * 5000}).status_code == 404


def test_the_unit_reads_the_change_and_answers(field, world, sign_in, checking):
    sheets, appraiser = checking
    field.judge(sheets[1], appraiser, "A.1", points="7", reason="Chỉ có hồ sơ của 7 lớp")
    client = sign_in(world.person(Role.UNIT_OFFICER, world.unit(2)))
    assert "Trả lời…" in client.get(CHECK).content.decode()
    page = client.get(f"{CHECK}tra-loi/A.1/").content.decode()
    assert "9 điểm → 7 điểm" in page
    assert client.post(f"{CHECK}tra-loi/A.1/", {"answer": "sai rồi"}).status_code == 422
    assert client.post(f"{CHECK}tra-loi/A.1/", {"answer": "Hồ sơ ở tệp 4, trang 12"}).status_code == 302
    assert "Hồ sơ ở tệp 4, trang 12" in client.get(CHECK).content.decode()
    assert client.get(f"{CHECK}tra-loi/B.1/").status_code == 404
    secretary = sign_in(world.person(Role.HEAD_SECRETARY, world.unit(1)))
    assert secretary.post(f"{CHECK}tra-loi/A.1/", {"answer": "Hồ sơ ở tệp 4, trang 12"}).status_code == 403


def test_the_ranking_counts_verified_points_and_says_why(field, world, sign_in, checking):
    sheets, appraiser = checking
    field.judge(sheets[1], appraiser, "A.1", points="6", reason="Chỉ có hồ sơ của 6 lớp")
    page = queries.ranking(field.year)
    assert [(row.unit.pk, row.rank, row.total) for row in page.rows] == [
        (world.unit(1).pk, 1, "22,00"), (world.unit(3).pk, 2, "20,00"), (world.unit(2).pk, 3, "19,00"),
    ]  # fmt: skip
    assert page.provisional
    why = queries.why_rank(page, "don-vi-2")
    assert (why.claimed, why.gap) == ("22,00", "1,00")
    assert [(step.code, step.delta, step.reason) for step in why.falls] == [("A.1", "−3,00", "Chỉ có hồ sơ của 6 lớp")]
    assert [(gap.code, gap.delta) for gap in why.sections] == [("A", "−1,00")]
    html = sign_in(world.person(Role.HEAD_SECRETARY, world.unit(1))).get(f"{RANKING}?don-vi=don-vi-2").content.decode()
    assert "Vì sao Don vi 2 đứng thứ 3?" in html
    assert "Chỉ có hồ sơ của 6 lớp" in html
    assert html.count('<svg class="bar"') == 3


def test_the_steps_of_a_waterfall_sum_to_the_difference(field, checking):
    sheets, appraiser = checking
    field.judge(sheets[1], appraiser, "A.1", points="6", reason="Chỉ có hồ sơ của 6 lớp")
    field.judge(sheets[1], appraiser, "A.3", count="5", reason="Năm sáng kiến, trần là ba")
    field.judge(sheets[1], appraiser, "B.2", grade="B.2.2", reason="Báo cáo thiếu số liệu")
    result = queries.result_of(field.fresh(sheets[1]))
    steps = waterfall(result)
    assert [(step.code, step.delta) for step in steps] == [("A.1", -3), ("A.3", 3), ("B.2", -2)]
    assert sum((step.delta for step in steps), Decimal(0)) == result.verified.total - result.claimed.total


def test_equal_units_share_a_rank_and_the_agreed_criterion_tells_them_apart(field, world, sign_in, checking):
    page = queries.ranking(field.year)
    assert [(row.rank, row.tied) for row in page.rows] == [(1, True), (1, True), (3, False)]
    sheets, appraiser = checking
    field.judge(sheets[1], appraiser, "A.1", points="8", reason="Chỉ có hồ sơ của 8 lớp")
    field.judge(sheets[1], appraiser, "B.1", days_late="0", reason="Báo cáo đã đến đúng hạn")
    ClusterYear.objects.filter(pk=field.year.pk).update(tie_break=["A"])
    page = queries.ranking(field.stage("cross_checking"))
    assert [(row.unit.pk, row.rank, row.tied) for row in page.rows[:2]] == [
        (world.unit(1).pk, 1, False),
        (world.unit(2).pk, 2, False),
    ]
    assert "A" in page.tie_break
    tie = queries.why_rank(page, "don-vi-2").tie
    assert (tie.code, tie.own, tie.above) == ("A", "12,00", "13,00")
    assert queries.why_rank(page, "don-vi-3").tie is None
    html = sign_in(world.person(Role.HEAD_SECRETARY, world.unit(1))).get(f"{RANKING}?don-vi=don-vi-2").content.decode()
    assert "Bằng điểm hạng 1 (Don vi 1); thua ở mục A: 12,00 so với 13,00" in html


def test_the_places_to_look_at_again_are_named(field, world, sign_in, checking):
    sheets, appraiser = checking
    field.judge(sheets[1], appraiser, "A.1", points="12", reason="Chấm theo văn bản của cấp trên")
    html = sign_in(world.person(Role.HEAD_SECRETARY, world.unit(1))).get(f"{RANKING}?don-vi=don-vi-2").content.decode()
    assert "A.1: được chấm 12, cao hơn mức 10 mà bảng cho phép" in html


def test_withheld_units_and_failed_gates_have_no_place_but_a_reason(field, world, sign_in, now, checking):
    sheets, appraiser = checking
    actions.withhold_unit(year=field.year, unit=world.unit(3), reason="Có đơn đang xem xét", actor=world.secretary(), now=now)
    field.judge(sheets[1], appraiser, "G", passed=False, reason="Không gửi báo cáo giải trình")
    page = queries.ranking(field.year)
    assert [row.unit.pk for row in page.rows] == [world.unit(1).pk]
    assert {outside.unit.pk: outside.reason for outside in page.outside} == {
        world.unit(2).pk: "Không xếp hạng vì điều kiện loại G. Không gửi báo cáo giải trình",
        world.unit(3).pk: "Có đơn đang xem xét",
    }
    html = sign_in(world.person(Role.HEAD_SECRETARY, world.unit(1))).get(RANKING).content.decode()
    assert "Có đơn đang xem xét" in html


def test_units_see_the_ranking_from_the_stage_the_head_has_set(field, world, sign_in, body, checking):
    for role, place, early in [
        (Role.UNIT_LEADER, world.unit(2), False), (Role.DELEGATE, world.unit(2), False), (Role.EDITOR, world.unit(1), False),
        (Role.HEAD_SECRETARY, world.unit(1), True), (Role.SUPERIOR_OFFICER, body, True), (Role.APPRAISER, body, True),
        (Role.AUDITOR, world.organisation("Thanh tra"), True),
    ]:  # fmt: skip
        field.stage("cross_checking")
        client = sign_in(world.person(role, place))
        for address in (RANKING, f"{RANKING}xep-hang.xlsx"):
            answer = client.get(address)
            assert answer.status_code == (200 if early else 403), role
            if not early:
                assert "từ giai đoạn “Hội nghị”" in answer.content.decode()
        field.stage("conference")
        assert client.get(RANKING).status_code == 200, role
    operator = sign_in(world.person(Role.OPERATOR, world.unit(2)))
    assert operator.get(RANKING).status_code == 404


def test_the_workbook_of_the_ranking_recomputes(field, world, sign_in, checking):
    client = sign_in(world.person(Role.HEAD_SECRETARY, world.unit(1)))
    response = client.get(f"{RANKING}xep-hang.xlsx")
    table = CalamineWorkbook.from_filelike(BytesIO(response.content)).get_sheet_by_index(0).to_python()
    assert [row[:2] for row in table[4:7]] == [[1, "Don vi 1"], [1, "Don vi 2"], [3, "Don vi 3"]]
    assert all(row[2] + row[3] == row[4] for row in table[4:7])


def test_what_must_be_there_before_the_year_moves_on(field, world, now):
    field.open()
    field.submitted(1)
    field.sheet(2, {"A.1": {"points": "9"}})
    missing = queries.missing_sheets(field.year)
    assert [(gap.code, gap.facts) for gap in missing] == [
        ("scoring.sheet_missing", {"unit": "Don vi 2", "percent": 25}),
        ("scoring.sheet_missing", {"unit": "Don vi 3", "percent": 0}),
    ]
    for number in (2, 3):
        unit = world.unit(number)
        actions.withhold_unit(year=field.year, unit=unit, reason="Không gửi báo cáo", actor=world.secretary(), now=now)
    assert queries.missing_sheets(field.year) == []
    assert [gap.facts for gap in queries.missing_checks(field.year)] == [{"unit": "Don vi 1"}]


def test_the_board_of_the_year(field, world):
    field.open()
    field.submitted(1)
    field.sheet(2, {"A.1": {"points": "9"}})
    scored, proved, checked = queries.columns(world.officer(2), field.year)
    cells = [scored.cells[world.unit(number).pk] for number in (1, 2, 3)]
    assert [(cell.state, cell.text) for cell in cells] == [("ok", "nộp 01-11"), ("due", "25 %"), ("wait", "chưa bắt đầu")]
    assert [bool(cell.url) for cell in cells] == [False, True, False]
    assert (proved.cells[world.unit(2).pk].text, proved.cells[world.unit(2).pk].state) == ("1", "late")
    assert [(cell.state, cell.text, cell.url) for cell in checked.cells.values()] == [("wait", "chưa", "")] * 3
    StageDates.objects.create(year=field.year, stage="self_scoring", due_on="2021-10-30")
    field.stage("self_scoring")
    assert queries.columns(world.officer(2), field.year)[0].cells[world.unit(2).pk].text == "quá hạn, 25 %"


def test_the_board_shows_how_far_each_check_is(field, world, now, checking):
    sheets, appraiser = checking
    field.judge(sheets[1], appraiser, "A.1", points="9")
    field.finish(sheets[0], 1)
    _scored, proved, checked = queries.columns(world.secretary(), field.year)
    cells = [checked.cells[world.unit(number).pk] for number in (1, 2, 3)]
    assert [(cell.state, cell.text) for cell in cells] == [("ok", "xong 01-11"), ("due", "25 %"), ("wait", "chưa")]
    assert cells[1].url == CHECK
    assert {cell.state for cell in proved.cells.values()} == {"wait"}
    field.stage("conference")
    assert queries.columns(world.secretary(), field.year)[2].cells[world.unit(2).pk].text == "quá hạn, 25 %"


def test_what_waits_for_each_person(field, world, body, now):
    field.open()
    titles = lambda actor: [str(item.title) for item in queries.work(actor, now)]  # noqa: E731
    assert titles(world.officer(2)) == ["Bắt đầu tự chấm"]
    sheet = field.sheet(2, {"A.1": {"points": "9"}})
    assert titles(world.officer(2)) == ["Chấm 3 tiêu chí còn thiếu"]
    for code in ("A.2", "B.1", "B.2"):
        field.save(sheet, 2, code, **FULL[code])
    assert titles(world.officer(2)) == []
    assert titles(world.leader(2)) == ["Nộp phiếu tự chấm"]
    assert titles(world.secretary()) == ["Phân công thẩm định cho 3 đơn vị"]
    actions.submit_sheet(sheet=sheet, actor=world.leader(2), now=now)
    assert titles(world.leader(2)) == []
    appraiser = field.appraiser(2)
    assert titles(appraiser) == []
    field.stage("cross_checking")
    assert titles(appraiser) == ["Thẩm định Don vi 2"]
    field.judge(sheet, appraiser, "A.1", points="7", reason="Chỉ có hồ sơ của 7 lớp")
    assert titles(world.officer(2)) == ["Xem và trả lời 1 thay đổi của thẩm định"]
    assert titles(world.officer(3)) == []
    field.finish(sheet, 2)
    assert titles(appraiser) == []
    assert titles(world.officer(2)) == ["Xem và trả lời 1 thay đổi của thẩm định"]


def test_tabs_by_role(field, world, body):
    field.open()
    keys = lambda actor: [tab.key for tab in queries.tabs(actor, field.year)]  # noqa: E731
    assert keys(world.officer(2)) == ["sheets", "checks"]
    assert keys(world.secretary()) == ["sheets", "checks", "ranking"]
    assert keys(world.actor(Role.DELEGATE, world.unit(2))) == []
    field.stage("conference")
    assert keys(world.actor(Role.DELEGATE, world.unit(2))) == ["ranking"]


@pytest.mark.parametrize("units", [1, 3])
def test_pages_cost_the_same_queries_however_many_units(field, world, units, django_assert_num_queries):
    """The ranking: sheets and members, and lines, verdicts and evidence the first time only."""
    field.open()
    for number in range(1, units + 1):
        field.submitted(number)
        field.appraiser(number)
    secretary = world.secretary()
    for cost in (5, 2):
        year = field.stage("cross_checking")
        with django_assert_num_queries(cost):
            queries.why_rank(queries.ranking(year), "don-vi-1")
    forget_results()
    for cost in (7, 4):
        year = field.stage("cross_checking")
        with django_assert_num_queries(cost):
            queries.check_list(secretary, year)
    forget_results()
    for cost in (7, 4):
        year = field.stage("cross_checking")
        with django_assert_num_queries(cost):
            queries.columns(secretary, year)


@pytest.mark.parametrize("units", [1, 3])
def test_work_costs_the_same_queries_however_many_units(field, world, now, units, django_assert_num_queries):
    field.open()
    for number in range(1, units + 1):
        field.submitted(number)
    leader, secretary = world.leader(1), world.secretary()
    forget_results()
    with django_assert_num_queries(6):
        queries.work(leader, now)
    with django_assert_num_queries(4):
        queries.work(secretary, now)


def test_english_words_stand_on_the_english_pages(field, world, sign_in, checking):
    client = sign_in(world.person(Role.HEAD_SECRETARY, world.unit(1)))
    client.cookies["django_language"] = "en"
    page = client.get(RANKING).content.decode()
    assert re.search(r"<h1[^>]*>Ranking</h1>", page)
