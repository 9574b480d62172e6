"""Two people who write the same programme at once: nothing of either is lost."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua.programmes.models import Programme
from thidua.programmes.queries.documents import content_of
from thidua.programmes.rules.content import digest
from thidua.programmes.rules.together import Both, put_together, read_seen
from thidua.programmes.tests.test_documents_views import page, url
from thidua.programmes.tests.test_next_year_views import as_ as _as

as_ = _as


def row(pk, name, target="1"):
    return {"pk": pk, "name": name, "target": target}


def sheet(goals=(), indicators=(), **fields):
    plain = {"title": "Tên", "grounds": "", "measures": "", "starts_on": "", "ends_on": ""}
    return plain | fields | {"goals": list(goals), "indicators": list(indicators)}


def test_each_keeps_what_only_one_has_changed():
    seen = sheet(["A", "B", "C"], [row(1, "một"), row(2, "hai"), row(3, "ba")])
    typed = sheet(["A1", "B", "C"], [row(1, "một"), row(2, "hai", "5"), row(None, "của tôi")], measures="Tôi viết")
    saved = sheet(["A", "B2", "C", "D"], [row(1, "một!"), row(2, "hai"), row(3, "ba"), row(4, "bốn")], grounds="Người kia")
    found = put_together(seen, typed, saved)
    assert found.both == ()
    assert (found.sheet["grounds"], found.sheet["measures"]) == ("Người kia", "Tôi viết")
    assert found.sheet["goals"] == ["A1", "C", "B2", "D"]
    assert found.sheet["indicators"] == [row(1, "một!"), row(2, "hai", "5"), row(None, "của tôi"), row(4, "bốn")]


def test_where_both_changed_what_was_typed_stays_and_both_are_told():
    seen = sheet([], [row(1, "một"), row(2, "hai"), row(3, "ba")], title="Cũ")
    typed = sheet([], [row(1, "một", "7"), row(3, "ba", "8")], title="Tôi")
    saved = sheet([], [row(1, "một", "9"), row(2, "hai", "4")], title="Người kia")
    found = put_together(seen, typed, saved)
    assert found.sheet["title"] == "Tôi"
    assert found.sheet["indicators"] == [row(1, "một", "7"), row(None, "ba", "8"), row(2, "hai", "4")]
    assert found.both == (
        Both("title", "", "Người kia", "Tôi"),
        Both("target", "một", "9", "7"),
        Both("indicators", "hai", "hai", ""),
    )


def test_what_was_never_seen_is_never_taken_out():
    saved = sheet(["Của người kia"], [row(1, "một")], measures="Có")
    found = put_together({}, sheet(["Của tôi"], [row(None, "một"), row(None, "mới")]), saved)
    assert found.sheet["goals"] == ["Của tôi", "Của người kia"]
    assert found.sheet["indicators"] == [row(None, "mới"), row(1, "một")]
    assert [place.field for place in found.both] == ["measures"]


TEXTS = st.lists(st.sampled_from("ABCDEF"), unique=True)


@given(TEXTS, TEXTS, TEXTS)
def test_the_same_as_one_after_the_other(seen, typed, saved):
    """As a set of lines: what is saved, less what was taken out, more what was added."""
    found = put_together(sheet(seen), sheet(typed), sheet(saved)).sheet["goals"]
    added, gone = set(typed) - set(seen), set(seen) - set(typed)
    assert set(found) == (set(saved) - gone) | added
    assert put_together(sheet(seen), sheet(typed), sheet(seen)).sheet["goals"] == typed
    assert put_together(sheet(seen), sheet(seen), sheet(saved)).sheet["goals"] == saved


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"goals": 1, "indicators": [1, {"pk": []}], "title": 5}'])
def test_what_is_no_sheet_was_not_seen(text):
    assert read_seen(text).get("goals", []) == []
    assert read_seen(text).get("indicators", []) == []
    assert "title" not in read_seen(text)


def sent(response, **more):
    """What the browser sends of the form on this page, with a field or two typed anew."""
    form, lists = response.context["form"], response.context["lists"]
    fields = [*form, *(field for part in (lists.goals, lists.indicators, lists.tasks) if part for line in part for field in line)]
    fields += [field for part in (lists.goals, lists.indicators, lists.tasks) if part for field in part.management_form]
    values = {field.html_name: field.value() for field in fields}
    for name, value in values.items():
        if hasattr(value, "strftime"):
            values[name] = value.strftime("%d-%m-%Y")
    return {name: value for name, value in values.items() if value is not None and value is not False} | more


def test_on_the_screen_nothing_of_the_other_is_lost(desk, as_):
    programme = desk.programme()
    address = url("edit", desk.year, programme.pk)
    officer = as_("unit_officer", 2)
    old = officer.get(address)
    first = sent(old, **{"g-1-text": "Mục tiêu của người kia", "i-1-name": "Chỉ tiêu của người kia", "measures": "Người kia"})
    assert officer.post(address, first).status_code == 302
    mine = sent(old, **{"g-2-text": "Mục tiêu của tôi", "i-0-target": "99", "measures": "Tôi"})
    refused = officer.post(address, mine)
    shown = refused.content.decode()
    assert refused.status_code == 422
    assert "Người khác vừa lưu chương trình này" in shown
    assert "Chỗ hai người cùng sửa" in shown
    assert [(place.label, place.saved, place.typed) for place in refused.context["both"]] == [("Biện pháp", "Người kia", "Tôi")]
    assert officer.post(address, sent(refused)).status_code == 302
    content = content_of(Programme.objects.get())
    assert content.measures == "Tôi"
    assert content.goals == ("Mọi đảng viên học tập và làm theo", "Mục tiêu của tôi", "Mục tiêu của người kia")
    assert [(line.name, line.target) for line in content.indicators] == [
        ("Tỷ lệ đảng viên học tập", 99),
        ("Chỉ tiêu của người kia", None),
    ]


def test_the_tasks_of_the_clusters_programme_too(desk, as_):
    programme = desk.next_year()
    address = url("edit", desk.year, programme.pk)
    secretary = as_("head_secretary")
    old = secretary.get(address)
    secretary.post(address, sent(old, **{"t-0-due_on": "20-05-2022", "t-1-title": "Của người kia"}))
    refused = secretary.post(address, sent(old, **{"t-0-title": "Hội thi mới", "t-2-title": "Của tôi"}))
    assert refused.context["both"] == []
    assert secretary.post(address, sent(refused)).status_code == 302
    lines = [(line.title, line.due_on and line.due_on.isoformat()) for line in content_of(programme).tasks]
    programme.refresh_from_db()
    assert lines == [("Hội thi mới", "2022-05-20"), ("Của tôi", None), ("Của người kia", None)]
    assert programme.digest == digest(content_of(programme))


def test_a_row_taken_out_by_who_saw_it_goes_and_an_unchanged_form_changes_nothing(desk, as_):
    programme = desk.programme()
    address = url("edit", desk.year, programme.pk)
    officer = as_("unit_officer", 2)
    before = digest(content_of(programme))
    assert officer.post(address, sent(officer.get(address))).status_code == 302
    assert digest(content_of(Programme.objects.get())) == before
    old = officer.get(address)
    assert json.loads(old.context["form"]["seen"].value())["indicators"][0]["target"] == "98.5"
    officer.post(address, sent(old, measures="Người kia"))
    refused = officer.post(address, sent(old, **{"i-0-name": "", "i-0-target": "", "i-0-unit_of_measure": ""}))
    assert officer.post(address, sent(refused)).status_code == 302
    content = content_of(Programme.objects.get())
    assert (content.indicators, content.measures) == ((), "Người kia")
    assert "Bao phủ văn bản" in page(officer, url("programme", desk.year, programme.pk))
