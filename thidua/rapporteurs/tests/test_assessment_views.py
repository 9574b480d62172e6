"""Pages of assessment: who reads which grades, the rules, settling, files."""

import re
from decimal import Decimal
from html import unescape
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from thidua.kernel.actor import Role
from thidua.people.models import Post
from thidua.rapporteurs.models import Assessment, AssessmentRules, Grade
from thidua.rapporteurs.tests import assessing as made

SLUG = "bao-cao-vien"
LEVELS = ("central", "province", "district", "grassroots")


def url(name, year, *rest):
    return reverse(f"rapporteurs:{name}", args=[year.cluster.slug, year.year, *rest])


@pytest.fixture
def as_(world, sign_in):
    """as_("officer", 2) → a client signed in as that person; "superior" and "auditor" have no unit."""

    def go(name, number=1):
        body = world.organisation("Ban Tuyen giao", "party_body")
        roles = {
            "secretary": (Role.HEAD_SECRETARY, world.unit(1)),
            "leader": (Role.UNIT_LEADER, world.unit(number)),
            "officer": (Role.UNIT_OFFICER, world.unit(number)),
            "speaker": (Role.RAPPORTEUR, world.unit(number)),
            "superior": (Role.SUPERIOR_OFFICER, body),
            "auditor": (Role.AUDITOR, body),
        }
        return sign_in(world.person(*roles[name]))

    return go


@pytest.fixture
def spoken(world, now):
    """A running year with rules and a rapporteur at each of three units: 4, 4 and 1 talks; the second one signs in."""

    def go(**values):
        year = world.year(stage="running")
        made.rules(world, year, now, **values)
        world.person(Role.RAPPORTEUR, world.unit(2))
        post = Post.objects.get(organisation=world.unit(2), title_vi=str(Role.RAPPORTEUR))
        members = [made.member(world.unit(n), f"Người thứ {n}", post=post if n == 2 else None) for n in (1, 2, 3)]
        made.member(world.unit(2), "Đồng nghiệp")
        for member, talks in zip(members, (4, 4, 1), strict=True):
            for _talk in range(talks):
                made.talk(year, member)
        return year, members

    return go


def names(response):
    """The members whose rows a page shows."""
    return [row.name for row in response.context["rows"].object_list]


EVERYONE = ["Người thứ 1", "Người thứ 2", "Đồng nghiệp", "Người thứ 3"]


def test_each_reads_the_grades_that_are_theirs_to_read(spoken, as_):
    year, _members = spoken()
    here = url("assessment", year)
    for who in ("superior", "secretary", "auditor"):
        assert names(as_(who).get(here)) == ["Người thứ 1", "Đồng nghiệp", "Người thứ 2", "Người thứ 3"]
    assert names(as_("officer", 3).get(here)) == ["Người thứ 3"]
    assert names(as_("leader", 2).get(here)) == ["Đồng nghiệp", "Người thứ 2"]
    assert names(as_("speaker", 2).get(here)) == ["Người thứ 2"]


def test_others_are_told_who_reads_grades_and_get_no_file(world, spoken, as_, sign_in):
    year, _members = spoken()
    client = sign_in(world.person(Role.DELEGATE, world.unit(3)))
    page = client.get(url("assessment", year))
    assert page.status_code == 200
    assert "Không có mức xếp loại nào dành cho bạn đọc" in page.text
    assert "Người thứ" not in page.text
    assert client.get(url("assessment_workbook", year, SLUG)).status_code == 404
    assert client.get(url("assessment_paper", year, SLUG, "pdf")).status_code == 404
    assert as_("superior").get(url("assessment_paper", year, SLUG, "pdf")).status_code == 404  # nothing is settled


def test_the_reasons_and_the_filters(spoken, as_):
    year, _members = spoken()
    client = as_("superior")
    page = client.get(url("assessment", year))
    assert "1 buổi trên định mức 4: được 15 trên 60." in page.text
    assert "Cộng lại được 25 trên 100, bằng 25 %: mức yếu." in page.text
    assert "theo 15-QC/BTG, với định mức của cả năm" in page.text
    assert names(client.get(url("assessment", year), {"don-vi": "don-vi-3"})) == ["Người thứ 3"]
    assert names(client.get(url("assessment", year), {"muc": "weak", "xep": "ty-le"})) == ["Người thứ 3", "Đồng nghiệp"]
    assert names(client.get(url("assessment", year), {"cap": "district"})) == []
    nobody = client.get(url("assessment", year), {"loai": "cong-tac-vien"})
    assert "Chưa có ai trong nhiệm kỳ để đánh giá" in nobody.text


def typed(**values):
    """The form of the rules as a browser sends it."""
    sent = {
        "decision": "15-QC/BTG", "good": "85", "fair": "70", "average": "50", "least": "1", "at_most": "weak",
        "rounding": "down", "places_least": "1", "confirmed": "on", "revision": "0", "talks_on": "on", "talks_weight": "60,5",
        "quota_province": "20",
    }  # fmt: skip
    sent |= {f"talks_{level}": "12" for level in LEVELS}
    return sent | values


def test_the_rules_begin_empty_and_are_kept_as_typed(world, as_):
    year = world.year()
    client, here = as_("superior"), url("assessment_rules", year, SLUG)
    empty = client.get(here)
    assert "Phần mềm không đặt sẵn con số nào" in empty.text
    fields = ("decision", "good", "fair", "average", "least", "talks_weight", "talks_province", "quota_province")
    assert [empty.context["form"][name].value() for name in fields] == [None] * len(fields)
    assert client.post(here, typed()).status_code == 302
    rules = AssessmentRules.objects.get()
    assert (rules.confirmed, rules.content["measures"][0]["weight"], rules.content["quota"]) == (True, "60.5", {"province": "20"})
    again = client.get(here).context["form"]
    assert (again["talks_weight"].value(), again["talks_on"].value(), again["confirmed"].value()) == ("60,5", True, None)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"talks_weight": "nhiều"}, "talks_weight"), ({"talks_weight": ""}, "talks_weight"),
        ({"talks_province": "0"}, "talks_province"), ({"good": ""}, "good"), ({"good": "60"}, "good"),
        ({"quota_province": "120"}, "quota_province"),
        ({"decision": ""}, "decision"), ({"least": "-1"}, "least"),
    ],
)  # fmt: skip
def test_wrong_rules_are_told_at_their_field_and_stay_typed(world, as_, wrong, field):
    year = world.year()
    page = as_("superior").post(url("assessment_rules", year, SLUG), typed(**wrong, listeners_weight="40"))
    assert page.status_code == 422
    assert list(page.context["form"].errors) == [field]
    assert page.context["form"]["listeners_weight"].value() == "40"
    assert not AssessmentRules.objects.exists()


def test_rules_without_any_measure_are_refused(world, as_):
    sent = typed()
    del sent["talks_on"]
    page = as_("superior").post(url("assessment_rules", world.year(), SLUG), sent)
    assert page.status_code == 422
    assert "Hãy chọn ít nhất một nội dung" in page.text


def test_of_two_who_change_the_rules_the_second_sees_what_the_first_saved(world, now, as_):
    year = world.year()
    made.rules(world, year, now, decision="14-QC/BTG")
    made.rules(world, year, now, decision="16-QC/BTG")
    client, here = as_("superior"), url("assessment_rules", year, SLUG)
    page = client.post(here, typed(revision="1", decision="15-QC/BTG"))
    assert page.status_code == 422
    assert "Bản đang lưu" in page.text
    assert "16-QC/BTG" in page.text
    assert page.context["form"]["decision"].value() == "15-QC/BTG"
    assert client.post(here, typed(revision=page.context["form"]["revision"].value())).status_code == 302


def test_everyone_of_the_year_reads_the_rules_and_only_the_superior_body_writes_them(world, now, as_):
    year = world.year()
    here = url("assessment_rules", year, SLUG)
    assert "Năm này chưa có quy chế đánh giá" in as_("officer", 2).get(here).text
    made.rules(world, year, now, least=Decimal(1), quota={"province": Decimal(20)})
    for who in ("officer", "leader", "secretary", "auditor"):
        page = as_(who).get(here)
        assert "đã đối chiếu với văn bản" in page.text
        assert '<form method="post" data-guard>' not in page.text
    for who in ("officer", "leader", "secretary"):
        assert as_(who).post(here, typed(revision="1")).status_code == 403
        assert as_(who).get(url("settle_grades", year, SLUG)).status_code == 403
    for name in ("assessment_rules", "settle_grades", "assessment_workbook"):
        assert as_("superior").get(url(name, year, "ban-to-chuc")).status_code == 404


def test_settling_from_the_page(spoken, as_):
    year, members = spoken(quota={"province": Decimal(25)})
    client, here = as_("superior"), url("settle_grades", year, SLUG)
    page = client.get(here)
    seen = page.context["form"]["seen"].value()
    assert [one.row.basis["name"] for one in page.context["form"].decisions] == ["Người thứ 1", "Người thứ 2"]
    assert "ngang nhau ở ranh giới" in page.text
    first = members[0].pk
    short = client.post(here, {"seen": seen, f"grade_{first}": "good", f"reason_{first}": "vì"})
    assert short.status_code == 422
    assert short.context["form"][f"reason_{first}"].value() == "vì"
    why = "Đã được giấy khen của Ban"
    assert client.post(here, {"seen": seen, f"grade_{first}": "good", f"reason_{first}": why}).status_code == 302
    settled = client.get(url("assessment", year))
    assert "Chốt lần 1" in settled.text
    assert f"Cấp trên quyết định mức tốt: {why}" in settled.text
    again = client.post(here, {"seen": client.get(here).context["form"]["seen"].value(), "reason": ""})
    assert again.status_code == 422
    assert Assessment.objects.count() == 1
    live = client.get(url("assessment", year), {"lan": "0"})
    assert live.context["table"].settled is None
    assert client.get(url("assessment", year), {"lan": "7"}).status_code == 404


def test_what_changed_after_the_page_was_opened_is_shown_before_it_is_settled(spoken, as_):
    year, members = spoken()
    client, here = as_("superior"), url("settle_grades", year, SLUG)
    seen = client.get(here).context["form"]["seen"].value()
    made.talk(year, members[2])
    page = client.post(here, {"seen": seen})
    assert page.status_code == 422
    assert "Số liệu vừa thay đổi" in page.text
    assert client.post(here, {"seen": page.context["form"]["seen"].value()}).status_code == 302
    assert Grade.objects.count() == 4


def test_without_confirmed_rules_the_page_says_what_is_missing(world, now, as_):
    year = world.year()
    made.member(world.unit(2))
    client = as_("superior")
    assert "Quy chế chưa dùng được" in client.get(url("settle_grades", year, SLUG)).text
    assert "Năm này chưa có quy chế" in client.get(url("assessment", year)).text
    made.rules(world, year, now, confirmed=False)
    assert "chưa được xác nhận" in client.get(url("assessment", year)).text
    assert client.post(url("settle_grades", year, SLUG), {"seen": "x"}).status_code == 422
    made.rules(world, year, now)
    year.stage = "closed"
    year.save()
    assert client.get(url("settle_grades", year, SLUG)).status_code == 409
    assert client.post(url("assessment_rules", year, SLUG), typed(revision="2")).status_code == 409


def formulas(response):
    """The formulas of a workbook by cell."""
    with ZipFile(BytesIO(response.content)) as book:
        text = book.read("xl/worksheets/sheet1.xml").decode()
    return {cell: unescape(formula) for cell, formula in re.findall(r'<c r="(\w+)"[^>]*><f>([^<]*)</f>', text)}


def test_the_workbook_reckons_with_formulas_and_holds_only_what_may_be_read(spoken, as_):
    year, _members = spoken()
    response = as_("superior").get(url("assessment_workbook", year, SLUG))
    rows = CalamineWorkbook.from_filelike(BytesIO(response.content)).get_sheet_by_index(0).to_python(skip_empty_area=False)
    assert [row[2] for row in rows[4:8]] == ["Người thứ 1", "Đồng nghiệp", "Người thứ 2", "Người thứ 3"]
    assert [rows[7][at] for at in (5, 6, 7, 8, 13, 14, 15, 16)] == [1, 4, 15, 60, 25, 100, 25, "Yếu"]
    live = formulas(response)
    assert live["H5"] == "MIN(1,F5/G5)*I5"
    assert live["N5"] == "SUM(H5,L5)"
    assert live["P5"] == 'IF(O5=0,"",N5/O5*100)'
    assert live["F9"] == "SUM(F5:F8)"
    assert live["B10"] == 'COUNTIF(Q5:Q8,"Tốt")'
    own = as_("speaker", 2).get(url("assessment_workbook", year, SLUG))
    rows = CalamineWorkbook.from_filelike(BytesIO(own.content)).get_sheet_by_index(0).to_python(skip_empty_area=False)
    assert [row[2] for row in rows[4:6]] == ["Người thứ 2", ""]


@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_settled_grades_are_printed(spoken, as_, form):
    year, _members = spoken()
    client = as_("superior")
    seen = client.get(url("settle_grades", year, SLUG)).context["form"]["seen"].value()
    client.post(url("settle_grades", year, SLUG), {"seen": seen})
    paper = client.get(url("assessment_paper", year, SLUG, form))
    assert paper.status_code == 200
    assert paper.content[:2] in (b"%P", b"PK")
    assert client.get(url("assessment_paper", year, SLUG, "odt")).status_code == 404


def test_the_year_of_a_unit_is_open_to_everyone_in_counts(world, now, spoken, as_):
    year, members = spoken()
    made.topic(year, "Biển đảo")
    counting = made.member(world.unit(2), "Cộng tác viên", kind="collaborator")
    made.report(made.asked_round(year, "Tháng 3", counting.terms.get().starts_on.replace(year=2021, month=3)), counting)
    made.talk(year, members[1], made.topic(year, "Chuyển đổi số"), listeners=1000)
    page = as_("officer", 3).get(url("unit_summary", year, "don-vi-2"))
    assert page.status_code == 200
    assert "1.200" in page.text
    assert "gửi 1 trong 1 báo cáo tới hạn, đúng hạn 1" in page.text
    assert "Người thứ 2" not in page.text
    assert page.context["grades"] == []
    client = as_("superior")
    seen = client.get(url("settle_grades", year, SLUG)).context["form"]["seen"].value()
    client.post(url("settle_grades", year, SLUG), {"seen": seen})
    (grades,) = client.get(url("unit_summary", year, "don-vi-2")).context["grades"]
    assert [number for _key, _label, number in grades.counts] == [1, 0, 0, 1, 0]
    assert as_("officer", 3).get(url("unit_summary", year, "don-vi-2")).context["grades"] == []
    assert client.get(url("unit_summary", year, "khong-co")).status_code == 404
    empty = as_("officer", 2).get(url("unit_summary", year, "ban-tuyen-giao"))
    assert "Đơn vị chưa có số liệu trong năm" in empty.text


@pytest.mark.parametrize("number", [1, 3])
def test_pages_take_the_same_queries_for_one_and_for_three(world, now, as_, number, django_assert_num_queries):
    year = world.year()
    made.rules(world, year, now, asked=(*made.TALKS_AND_LISTENERS, ("topics", 1, 50), ("useful", 1, 50)))
    for each in range(1, number + 1):
        speaker = made.member(world.unit(each), f"Người {each}")
        made.feedback(made.talk(year, speaker, made.topic(year, f"Chủ đề {each}")), 40, 50)
    client = as_("superior")
    client.get(url("assessment", year))
    with django_assert_num_queries(15):
        client.get(url("assessment", year))
    with django_assert_num_queries(15):
        client.get(url("settle_grades", year, SLUG))
    with django_assert_num_queries(13):
        client.get(url("unit_summary", year, "don-vi-1"))
    seen = client.get(url("settle_grades", year, SLUG)).context["form"]["seen"].value()
    client.post(url("settle_grades", year, SLUG), {"seen": seen})
    client.get(url("assessment", year))
    with django_assert_num_queries(9):
        client.get(url("assessment", year))
