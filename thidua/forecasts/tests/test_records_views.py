"""The pages of track records: who sees what, from how many questions on, with how many queries."""

import io

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from thidua.forecasts.models import Dispute
from thidua.forecasts.queries.records import records_of
from thidua.forecasts.tests.deciding import CLOSED, decide, question, state, yes_no
from thidua.kernel.actor import Role
from thidua.people.models import Post

pytestmark = pytest.mark.django_db


@pytest.fixture
def year(world):
    return world.year(stage="running")


def address(year, name="records", *rest):
    return reverse(f"forecasts:{name}", args=[year.cluster.slug, year.year, *rest])


def page(client, *place):
    answer = client.get(address(*place))
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_empty_list_says_what_to_do(world, year, sign_in):
    text = page(sign_in(world.person(Role.UNIT_OFFICER, world.unit(2))), year)
    assert "Chưa có câu hỏi nào có kết quả" in text
    assert address(year, "practice") in text


def test_whoever_sees_the_year_sees_the_records_and_nobody_else(world, year, sign_in):
    yes_no(year, 1, world.unit(1))
    for role, unit in ((Role.UNIT_LEADER, 1), (Role.COLLABORATOR, 2), (Role.HEAD_SECRETARY, 1)):
        client = sign_in(world.person(role, world.unit(unit)))
        assert client.get(address(year)).status_code == 200
        assert client.get(address(year, "record", world.unit(1).slug)).status_code == 200
        assert client.get(address(year, "records_workbook")).status_code == 200
    stranger = sign_in(world.person(Role.UNIT_OFFICER, world.organisation("Elsewhere")))
    for place in (("records",), ("records_workbook",), ("record", world.unit(1).slug), ("practice",)):
        assert stranger.get(address(year, *place)).status_code == 404


def test_nine_questions_are_too_few_and_ten_are_shown_with_a_warning(world, year, sign_in):
    client = sign_in(world.person(Role.UNIT_OFFICER, world.unit(2)))
    unit = world.unit(1)
    yes_no(year, 7, unit)
    assert "Cần thêm 3 câu đã có kết quả" in page(client, year)
    assert "điểm Brier" not in page(client, year, "record", unit.slug)
    yes_no(year, 3, unit, start=7)
    text = page(client, year, "record", unit.slug)
    # 0, 3, 6 and 9 came out "no": six of ten were right.
    assert "Khi nói khoảng 70 %, đúng 6 trên 10 lần (60 %)." in text
    assert "0,250</span> điểm Brier" in text
    assert "Mới có 10 câu đã có kết quả" in text
    assert "Nếu luôn nói như trung vị của cụm thì cũng được 0,250." in text
    assert 'role="img"' in text
    assert 'aria-labelledby="calibration-title calibration-words"' in text


def test_the_figures_of_the_plot_are_no_vietnamese_numbers(world, year, sign_in):
    yes_no(year, 10, world.unit(1), chance="0.55")
    text = page(sign_in(world.person(Role.UNIT_OFFICER, world.unit(2))), year, "record", world.unit(1).slug)
    dot = text.split('class="calibration-dot"')[1].split("/>")[0]
    assert 'cx="258.0"' in dot
    assert "," not in dot


def test_only_the_last_forecast_before_the_closing_counts(world, year):
    asked = question(year, "Một câu?")
    for chance, rest, days in (("0.2", "0.8", 1), ("0.9", "0.1", 20), ("0.1", "0.9", 60)):
        state(asked, world.unit(1), chance, rest, days=days)
    decide(asked, right=1)
    (record,) = records_of(world.officer(1), year).each
    (line,) = record.lines
    assert line.stated.chances[0] == 0.9
    assert line.score == pytest.approx(0.01)
    # It stood from day 20 to day 28; the one before from day 1 to day 20; nothing on the first day.
    assert line.over_time.covered == pytest.approx(27 / 28)
    assert line.over_time.score == pytest.approx((19 * 0.64 + 8 * 0.01) / 27)


def test_what_does_not_count(world, year):
    unit = world.unit(1)
    for title in ("void", "open", "upheld", "again"):
        state(question(year, title), unit, "0.6", "0.4")
    asked = {each.title: each for each in year_questions(year)}
    decide(asked["void"], void=True)
    wrong = decide(asked["upheld"], right=1)
    Dispute.objects.create(resolution=wrong, unit=unit, reason="x", raised_at=CLOSED, raised_by_name="C", upheld=True)
    decide(asked["again"], right=1)
    decide(asked["again"], right=2, number=2)
    late = question(year, "late")
    state(late, unit, "0.6", "0.4", days=40)
    decide(late, right=1)
    (record,) = records_of(world.officer(1), year).each
    assert [(line.question.title, line.question.came_true) for line in record.lines] == [("again", False)]


def year_questions(year):
    from thidua.forecasts.models import Question

    return Question.objects.filter(year=year)


def test_the_median_of_all_who_answered(world, year):
    asked = question(year, "Một câu?")
    for unit, chance in ((1, "0.2"), (2, "0.6"), (3, "0.9")):
        state(asked, world.unit(unit), chance, str(round(1 - float(chance), 1)))
    decide(asked, right=1)
    known = records_of(world.officer(1), year)
    assert known.median.lines[0].stated.chances[0] == 0.6
    assert [line.median for each in known.each for line in each.lines] == pytest.approx([0.16] * 3)


def test_numbers_and_choices_have_their_own_scores(world, year, sign_in):
    unit = world.unit(1)
    for at in range(10):
        number = question(year, f"Bao nhiêu {at}?", kind="number", unit_of_measure="báo cáo")
        state(number, unit, low=10, high=20)
        decide(number, value=15 if at < 8 else 30)
        choice = question(year, f"Ai {at}?", kind="choices", choices=("A", "B", "C"))
        state(choice, unit, "0.5", "0.3", "0.2")
        decide(choice, right=1)
    text = page(sign_in(world.person(Role.UNIT_OFFICER, world.unit(2))), year, "record", unit.slug)
    assert "Khoảng 80 % chứa giá trị thật 8/10 lần (80 %)." in text
    assert "0,380</span> điểm Brier" in text  # 0.25 + 0.09 + 0.04
    assert "10 – 20 báo cáo" in text
    assert "50 % cho khả năng đúng" in text


def test_a_post_has_its_own_record(world, year, sign_in):
    person = world.person(Role.RAPPORTEUR, world.unit(1))
    post = Post.objects.get(tenures__person=person)
    asked = question(year, "Một câu?")
    state(asked, world.unit(1), "0.8", "0.2", post=post)
    decide(asked, right=1)
    client = sign_in(person)
    assert "Có: 80 %" in page(client, year, "record_of_post", world.unit(1).slug, post.pk)
    assert "Chưa có thành tích" in page(client, year, "record", world.unit(1).slug)
    assert client.get(address(year, "record_of_post", world.unit(2).slug, post.pk)).status_code == 404
    assert client.get(address(year, "record_of_post", world.unit(1).slug, post.pk + 99)).status_code == 404
    assert client.get(address(year, "record", "nobody")).status_code == 404
    text = client.get(address(year), {"loai": "don-vi"}).content.decode()
    assert "Không có ai theo lựa chọn này" in text
    assert post.title_vi in client.get(address(year), {"loai": "chuc-vu"}).content.decode()


def test_earlier_years_of_the_cluster_count_and_later_ones_do_not(world, year, sign_in):
    before, after = world.year(2020, stage="closed"), world.year(2022)
    for one in (before, year, after):
        yes_no(one, 5, world.unit(1))
    (record,) = records_of(world.officer(1), year).each
    assert [(number, kinds["yes_no"].n) for number, kinds in record.years] == [(2021, 5), (2020, 5)]
    assert "điểm Brier" in page(sign_in(world.person(Role.UNIT_OFFICER, world.unit(2))), year, "record", world.unit(1).slug)


def test_the_best_first_without_telling_scores_that_are_not_shown(world, year, sign_in):
    yes_no(year, 10, world.unit(1), chance="0.4")
    for asked in year_questions(year):
        state(asked, world.unit(2), "0.6", "0.4")
    last = yes_no(year, 1, world.unit(3), chance="0.999", start=50)
    assert last
    client = sign_in(world.person(Role.UNIT_OFFICER, world.unit(2)))
    text = client.get(address(year), {"xep": "brier"}).content.decode()
    places = [text.index(address(year, "record", world.unit(at).slug)) for at in (2, 1, 3)]
    assert places == sorted(places)


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_queries_is_constant(world, year, sign_in, django_assert_num_queries, count):
    yes_no(year, count, *(world.unit(at) for at in range(1, count + 1)))
    client = sign_in(world.person(Role.UNIT_OFFICER, world.unit(2)))
    everyone, one = address(year), address(year, "record", world.unit(1).slug)
    client.get(everyone)
    with django_assert_num_queries(9):
        client.get(everyone)
    with django_assert_num_queries(9):
        client.get(one)


def test_the_workbook_has_what_the_page_shows_and_no_more(world, year, sign_in):
    yes_no(year, 10, world.unit(1))
    few = question(year, "Riêng?")
    state(few, world.unit(2), "0.1", "0.9")
    decide(few, right=1)
    client = sign_in(world.person(Role.UNIT_OFFICER, world.unit(2)))
    content = client.get(address(year, "records_workbook")).content
    heads, first, second = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()[3:]
    assert heads[:4] == ["Đơn vị", "Chức vụ", "Có hay không: số câu", "Có hay không: Brier"]
    assert [first[0], *first[2:4]] == [world.unit(1).name_vi, 10, pytest.approx(0.25)]
    assert [second[0], *second[2:6]] == [world.unit(2).name_vi, 1, "", "", ""]


def test_the_same_in_english(world, year, sign_in):
    yes_no(year, 10, world.unit(1))
    client = sign_in(world.person(Role.UNIT_OFFICER, world.unit(2)))
    client.cookies["django_language"] = "en"
    assert "When about 70 % was said, it came true in 6 of 10 cases (60 %)." in page(client, year, "record", world.unit(1).slug)
