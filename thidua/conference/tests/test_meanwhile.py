"""Two secretaries at once: the later one is told what the earlier one saved, keeps every word, and decides."""

import re

import pytest

from thidua.conference import actions
from thidua.conference.models import AgendaItem, Conference, MinutesRemark
from thidua.conference.queries import fingerprints
from thidua.conference.rules import AgendaLine
from thidua.conference.tests.conftest import PLAN
from thidua.kernel.actor import Role
from thidua.kernel.errors import Refused

PAGE = "/cum/cum-2/2021/hoi-nghi/"
AGENDA, MINUTES, PLANNING = f"{PAGE}chuong-trinh/", f"{PAGE}bien-ban/", f"{PAGE}ke-hoach/"
SAID = "đã có người khác lưu"
PLANNED = {
    "starts_at": "26-11-2021 08:00", "place": "Hội trường B", "chair": "Lãnh đạo", "secretary": "Thư ký",
    "quorum_numerator": "2", "quorum_denominator": "3",
}  # fmt: skip


@pytest.fixture
def secretary(stand, sign_in):
    return sign_in(stand.world.person(Role.HEAD_SECRETARY, stand.world.unit(1)))


def _text(answer):
    return answer.content.decode()


def _code(answer):
    """The code that the page carries, as a browser would send it back."""
    (code,) = re.findall(r'name="seen" value="(\w{64})"', _text(answer))
    return code


def _code_under(answer, section):
    form = re.search(rf'name="section" value="{section}".*?</form>', _text(answer), re.DOTALL)
    return re.search(r'name="seen" value="(\w{64})"', form[0])[1]


def _lines(items, notes, **more):
    lines = {"agenda-TOTAL_FORMS": str(len(items)), "agenda-INITIAL_FORMS": str(len(items))} | more
    for place, item in enumerate(items):
        lines |= {f"agenda-{place}-item_id": item.pk, f"agenda-{place}-title": item.title, f"agenda-{place}-notes": notes}
    return lines


def test_an_agenda_saved_meanwhile_is_not_overwritten_unawares(stand, secretary):
    held = stand.conference()
    items = list(AgendaItem.objects.all())
    code = _code(secretary.get(AGENDA))
    theirs = [AgendaLine(item.pk, item.title, None, "Ghi của A") for item in items] + [AgendaLine(None, "Mục của A", 15, "")]
    actions.set_agenda(conference=held, lines=theirs, **stand.by)
    late = secretary.post(AGENDA, _lines(items, "Ghi của B", seen=code))
    assert late.status_code == 422
    for words in (SAID, "Ghi của B", "Mục của A", "Ghi của A"):
        assert words in _text(late)
    assert list(AgendaItem.objects.values_list("notes", flat=True)) == ["Ghi của A", "Ghi của A", ""]
    again = _lines(items, "Ghi của B", seen=_code(late))
    assert secretary.post(AGENDA, again).status_code == 302
    assert list(AgendaItem.objects.values_list("notes", flat=True)) == ["Ghi của B", "Ghi của B"]


def test_the_first_agenda_sent_twice_stands_once(stand, secretary):
    actions.plan_conference(year=stand.year, plan=PLAN, **stand.by)
    lines = {"agenda-TOTAL_FORMS": "1", "agenda-INITIAL_FORMS": "0", "agenda-0-title": "Báo cáo"}
    lines["seen"] = _code(secretary.get(AGENDA))
    assert [secretary.post(AGENDA, lines).status_code for _twice in range(2)] == [302, 422]
    assert AgendaItem.objects.count() == 1


def test_another_mistake_on_the_agenda_shows_no_other_version(stand, secretary):
    stand.conference()
    lines = {"agenda-TOTAL_FORMS": "1", "agenda-INITIAL_FORMS": "0", "agenda-0-notes": "Không tên"}
    answer = secretary.post(AGENDA, lines | {"seen": _code(secretary.get(AGENDA))})
    assert answer.status_code == 422
    assert "Hãy đặt tên cho mục đó" in _text(answer)
    assert "Bản đang lưu" not in _text(answer)


@pytest.mark.parametrize("change", [{"title": "Khác"}, {"notes": "Khác"}, {"minutes": 5}])
def test_the_code_of_the_agenda_follows_every_part_of_it(stand, change):
    stand.conference()
    before = fingerprints.of_agenda(AgendaItem.objects.all())
    assert fingerprints.of_agenda(reversed(AgendaItem.objects.all())) != before
    AgendaItem.objects.filter(pk=AgendaItem.objects.first().pk).update(**change)
    assert fingerprints.of_agenda(AgendaItem.objects.all()) != before


def test_a_plan_saved_meanwhile_is_not_overwritten_unawares(stand, secretary):
    code = _code(secretary.get(PLANNING))
    actions.plan_conference(year=stand.year, plan=PLAN, **stand.by)
    late = secretary.post(PLANNING, PLANNED | {"seen": code})
    assert late.status_code == 422
    for words in (SAID, 'value="Hội trường B"', "Hội trường Công ty", "26-11-2021 08:00"):
        assert words in _text(late)
    assert Conference.objects.get().place == PLAN.place
    assert secretary.post(PLANNING, PLANNED | {"seen": _code(late)}).status_code == 302
    assert Conference.objects.get().place == "Hội trường B"
    with pytest.raises(Refused, match=r"conference\.changed_meanwhile"):
        actions.plan_conference(year=stand.year, plan=PLAN, seen=code, **stand.by)


def test_a_remark_saved_meanwhile_is_not_overwritten_unawares(stand, secretary):
    held = stand.conference()
    page = secretary.get(MINUTES)
    typed = {"section": "agenda", "text": "Lời của B", "seen": _code_under(page, "agenda")}
    actions.write_remark(conference=held, section="agenda", text="Lời của A", **stand.by)
    late = secretary.post(MINUTES, typed)
    assert late.status_code == 422
    for words in (SAID, "Lời của B</textarea>", "<p>Lời của A</p>"):
        assert words in _text(late)
    assert MinutesRemark.objects.get().text == "Lời của A"
    other = {"section": "closing", "text": "Kết thúc", "seen": _code_under(page, "closing")}
    assert secretary.post(MINUTES, other).status_code == 302
    assert secretary.post(MINUTES, typed | {"seen": _code_under(late, "agenda")}).status_code == 302
    assert MinutesRemark.objects.get(section="agenda").text == "Lời của B"
    assert secretary.post(MINUTES, typed).status_code == 302, "the same words again are no conflict"


def test_a_remark_too_long_is_told_at_its_field_and_kept(stand, secretary):
    stand.conference()
    words = "chữ " * 5000
    answer = secretary.post(MINUTES, {"section": "agenda", "text": f"{words}cuối cùng"})
    assert answer.status_code == 422
    assert "cuối cùng</textarea>" in _text(answer)
    (form,) = (form for part, form in answer.context["parts"] if part.section == "agenda")
    assert "20000" in str(form.errors["text"])
    assert str(form.errors["text"]) in _text(answer)
    assert not MinutesRemark.objects.exists()


def test_a_remark_is_measured_as_the_browser_measures_it(stand, secretary):
    stand.conference()
    lines = "\r\n".join(["x"] * 10_000)
    assert secretary.post(MINUTES, {"section": "agenda", "text": f"\x00{lines}"}).status_code == 302
    assert MinutesRemark.objects.get().text == "\n".join(["x"] * 10_000)


def test_a_remark_sent_when_the_year_was_just_closed_is_shown_with_the_reason(stand, secretary):
    held = stand.conference(present=3, started=True)
    actions.end_conference(conference=held, **stand.by)
    stand.year.stage = "closed"
    stand.year.save()
    answer = secretary.post(MINUTES, {"section": "agenda", "text": "Điều bổ sung"})
    assert answer.status_code == 422
    assert "Điều bổ sung</textarea>" in _text(answer)
    assert 'role="alert"' in _text(answer)
    assert not MinutesRemark.objects.exists()
