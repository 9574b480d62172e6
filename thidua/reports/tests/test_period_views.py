"""The pages, from an empty year to a report received."""

from datetime import date

import pytest
from django.urls import reverse

from thidua.kernel.actor import Role
from thidua.reports.models import ReportPeriod, Template
from thidua.reports.queries import practices_seen
from thidua.reports.queries.grid import words_of
from thidua.reports.rules.lateness import standing

UNIT = "don-vi-2"
ASKED = {"signer": "Trưởng ban", "instructions": "", "items_from": "proposed"}


def url(name, year, *rest):
    return reverse(f"reports:{name}", args=[year.cluster.slug, year.year, *rest])


@pytest.fixture
def as_(world, sign_in):
    """as_("secretary") or as_("leader", 2) → a client signed in as that person."""
    roles = {"secretary": Role.HEAD_SECRETARY, "leader": Role.UNIT_LEADER, "officer": Role.UNIT_OFFICER}

    def go(name, number=1):
        return sign_in(world.person(roles[name], world.unit(number)))

    return go


def report_seen(report):
    return practices_seen([(practice.title, practice.text) for practice in report.practices.all()])


def items_typed(*rows, revision="1", initial=0):
    sent = {"revision": revision, "i-TOTAL_FORMS": str(len(rows)), "i-INITIAL_FORMS": str(initial)}
    for n, row in enumerate(rows):
        values = {
            "pk": "",
            "place": str(n + 1),
            "kind": "figure",
            "title": "",
            "unit_of_measure": "",
            "source": "",
            "hint": "",
        } | row
        sent |= {f"i-{n}-{name}": value for name, value in values.items()}
    return sent


def test_a_wrong_day_keeps_everything_typed(world, as_):
    year = world.year()
    sent = ASKED | {
        "kind": "ad_hoc", "title": "Phòng, chống dịch",
        "starts_on": "01-10-2021", "ends_on": "31-10-2021", "due_on": "30-10-2021",
    }  # fmt: skip
    response = as_("secretary").post(url("new_period", year), sent)
    page = response.content.decode()
    assert response.status_code == 422
    assert "Hạn nộp phải từ ngày cuối kỳ (31-10-2021)" in page
    for kept in ('value="Phòng, chống dịch"', 'value="30-10-2021"', 'value="Trưởng ban"'):
        assert kept in page
    assert not ReportPeriod.objects.exists()


def test_the_year_is_laid_out_on_one_page(world, as_):
    year = world.year()
    secretary = as_("secretary")
    sent = ASKED | {"kind": "quarter", "rule": "after", "number": "10"}
    assert secretary.post(url("lay_out", year), sent).status_code == 302
    assert [period.due_on for period in ReportPeriod.objects.all()] == [
        date(2021, 4, 10), date(2021, 7, 10), date(2021, 10, 10), date(2022, 1, 10),
    ]  # fmt: skip
    page = secretary.post(url("lay_out", year), sent).content.decode()
    assert "đã có đủ các kỳ" in page
    assert (
        "Hãy ghi một số từ 1 đến 31"
        in secretary.post(url("lay_out", year), sent | {"kind": "month", "rule": "day", "number": "45"}).content.decode()
    )


def test_a_due_day_moves_with_a_reason_on_its_page(world, period_of, as_):
    year = world.year()
    period = period_of(year)
    sent = {
        "title": period.title, "starts_on": "01-10-2021", "ends_on": "31-10-2021", "due_on": "10-11-2021", "signer": "Bí thư",
        "instructions": "", "reason": "", "revision": "1",
    }  # fmt: skip
    secretary = as_("secretary")
    page = secretary.post(url("edit_period", year, period.pk), sent).content.decode()
    assert "Hãy ghi lý do" in page
    assert 'value="10-11-2021"' in page
    sent["reason"] = "Gia hạn do đợt dịch kéo dài"
    assert secretary.post(url("edit_period", year, period.pk), sent).status_code == 302
    page = secretary.post(url("edit_period", year, period.pk), sent | {"signer": "Phó bí thư"}).content.decode()
    assert "Bản đang lưu" in page
    assert "Phó bí thư" in page
    assert 'name="revision" value="2"' in page


def test_items_with_a_fault_keep_everything_typed(world, period_of, as_):
    year = world.year()
    period = period_of(year)
    sent = items_typed({"title": "Một"}, {"title": "một", "hint": "gợi ý dài"})
    response = as_("secretary").post(url("items", year, period.pk), sent)
    page = response.content.decode()
    assert response.status_code == 422
    assert "Mục “một” có hai lần" in page
    assert 'value="gợi ý dài"' in page
    page = as_("secretary").post(url("items", year, period.pk), sent | {"revision": "7", "i-1-title": "Hai"}).content.decode()
    assert "Bản đang lưu" in page
    assert "Hội nghị đã tổ chức" in page


def test_an_item_is_filled_in_by_a_source_of_its_kind_chosen_on_the_page(world, period_of, as_):
    year = world.year()
    period = period_of(year)
    secretary, here = as_("secretary"), url("items", year, period.pk)
    page = secretary.get(here).content.decode()
    assert '<optgroup label="Cho mục lời văn">' in page
    sent = items_typed({"title": "Kết quả", "kind": "narrative", "source": "programmes.tasks_due"})
    response = secretary.post(here, sent)
    assert response.status_code == 422
    assert "Mục “Kết quả” không điền sẵn được từ nguồn này" in response.content.decode()
    assert secretary.post(here, sent | {"i-0-source": "programmes.done_list"}).status_code == 302
    assert [item.source for item in period.items.all()] == ["programmes.done_list"]


def test_the_proposal_is_told_from_saved_templates(world, as_):
    year = world.year()
    secretary, here = as_("secretary"), url("new_period", year)
    assert "Gợi ý của phần mềm: Mẫu gợi ý" in secretary.get(here).content.decode()
    Template.objects.create(cluster=year.cluster, title="Mẫu gợi ý cho công tác tuyên giáo")
    page = secretary.get(here).content.decode()
    assert "Mẫu đã lưu: Mẫu gợi ý" in page
    assert "Gợi ý của phần mềm" not in page


def test_a_due_day_of_the_next_year_stands_with_its_year(world, period_of, as_):
    year = world.year()
    period_of(year)
    period_of(year, title="Báo cáo quý IV năm 2021", kind="quarter", due_on=date(2022, 1, 10))
    page = as_("officer", 2).get(url("reports", year)).content.decode()
    assert "hạn 05-11<" in page
    assert "hạn 10-01-2022<" in page
    far = standing("", None, date(2022, 1, 10), date(2021, 11, 1))
    assert [words_of(far, date(2022, 1, 10), page_year) for page_year in (2021, 2022)] == ["hạn 10-01-2022", "hạn 10-01"]


def test_a_period_becomes_a_template_and_a_template_a_period(world, period_of, as_):
    year = world.year()
    period = period_of(year)
    secretary = as_("secretary")
    assert "Hội nghị đã tổ chức" in secretary.get(url("new_template", year), {"tu": period.pk}).content.decode()
    sent = items_typed({"title": "Tin, bài", "unit_of_measure": "bài"}, revision="0") | {"title": "Mẫu tháng"}
    assert secretary.post(url("new_template", year), sent).status_code == 302
    template = Template.objects.get()
    assert "Mẫu tháng" in secretary.get(url("templates", year)).content.decode()
    period_sent = ASKED | {
        "kind": "month", "title": "Kỳ mới", "starts_on": "01-09-2021", "ends_on": "30-09-2021", "due_on": "05-10-2021",
        "items_from": f"template:{template.pk}",
    }  # fmt: skip
    assert secretary.post(url("new_period", year), period_sent).status_code == 302
    assert [item.title for item in ReportPeriod.objects.get(title="Kỳ mới").items.all()] == ["Tin, bài"]
    assert secretary.post(url("remove_template", year, template.pk)).status_code == 302
    assert secretary.get(url("template", year, template.pk)).status_code == 404
