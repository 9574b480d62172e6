import io
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.timezone import localdate
from python_calamine import CalamineWorkbook

from thidua.kernel.actor import Role
from thidua.programmes import actions
from thidua.programmes.models import Task, TaskSheet
from thidua.programmes.queries import task_page
from thidua.programmes.rules.tasks import State
from thidua.programmes.tests import made
from thidua.programmes.tests.test_sheet import book

TODAY = date(2021, 11, 1)
LIST_QUERIES, TASK_QUERIES, BOARD_QUERIES, TIMELINE_QUERIES = 12, 17, 20, 13


@pytest.fixture
def place(world, now, monkeypatch):
    """A running year and the second unit's programme."""
    year = world.year(stage="running")
    return year, made.programme(year, world.unit(2), now)


@pytest.fixture
def as_(world, sign_in):
    """as_("officer", 2) → a client signed in as that person."""
    roles = {"secretary": Role.HEAD_SECRETARY, "officer": Role.UNIT_OFFICER, "delegate": Role.DELEGATE}

    def go(name, number=1):
        return sign_in(world.person(roles[name], world.unit(number)))

    return go


def url(name, year, *rest):
    return reverse(f"programmes:{name}", args=[year.cluster.slug, year.year, *rest])


def shown(client, address):
    return client.get(address).content.decode()


def test_the_list_filters_by_its_address(world, place, as_, now):
    year, programme = place
    other = made.programme(year, world.unit(3), now, title="Kế hoạch năm")
    made.task(programme, now, "Mở lớp", due_on=date(2020, 1, 1), owner_post=made.post(world.unit(2)))
    made.task(programme, now, "Đã xong rồi", state="done", percent=100, done_on=TODAY, due_on=date(2020, 1, 1))
    made.task(other, now, "Hội thi", due_on=date(2150, 1, 1))
    secretary = as_("secretary")
    cases = {
        "": {"Mở lớp", "Hội thi"},
        "?trang-thai=all": {"Mở lớp", "Hội thi", "Đã xong rồi"},
        "?trang-thai=done": {"Đã xong rồi"},
        "?don-vi=don-vi-3": {"Hội thi"},
        f"?chuong-trinh={programme.pk}": {"Mở lớp"},
        "?bac=qua-han": {"Mở lớp"},
        "?tim=MO+lop": {"Mở lớp"},
        "?tim=mở lớp": {"Mở lớp"},
        f"?phu-trach={made.post(world.unit(2)).pk}": {"Mở lớp"},
        "?don-vi=cum": set(),
        "?trang-thai=done&xong-tu=2021-11-01&xong-den=2021-11-01&tre=1": {"Đã xong rồi"},
        "?chuong-trinh=nhầm&trang-thai=gì&bac=5&trang=-3&tu=hôm nay": {"Mở lớp", "Hội thi"},
    }
    for query, expected in cases.items():
        page = shown(secretary, url("tasks", year) + query)
        assert {title for title in ("Mở lớp", "Hội thi", "Đã xong rồi") if f">{title}</a>" in page} == expected, query
    page = shown(secretary, url("tasks", year))
    assert page.index(">Mở lớp</a>") < page.index(">Hội thi</a>")
    page = shown(secretary, url("tasks", year) + "?xep=han-xa")
    assert page.index(">Hội thi</a>") < page.index(">Mở lớp</a>")


def test_a_clause_and_a_document_filter(world, place, as_, now):
    year, programme = place
    document = made.directive(year, now)
    task = made.task(programme, now, "Mở lớp", state="done", percent=100, done_on=TODAY)
    task.clauses.add(document.clauses.first())
    made.task(programme, now, "Việc khác")
    officer = as_("officer", 2)
    page = shown(officer, url("tasks", year) + f"?muc={document.clauses.first().pk}")
    assert "Mở lớp" in page
    assert "Việc khác" not in page
    page = shown(officer, url("tasks", year) + f"?van-ban={document.pk}&trang-thai=all")
    assert "Mở lớp" in page
    assert "Việc khác" not in page


def test_a_unit_never_sees_tasks_of_another(world, place, as_, now):
    year, programme = place
    task, needed = made.task(programme, now, "Của đơn vị 2"), made.task(programme, now)
    stranger = as_("officer", 3)
    for address in (url("tasks", year), url("board", year), url("timeline", year), url("tasks_workbook", year)):
        response = stranger.get(address)
        assert response.status_code == 200
        assert "Của đơn vị 2" not in response.content.decode(errors="ignore")
        assert stranger.get(f"{address}?don-vi=don-vi-2").status_code == 404
        assert "Của đơn vị 2" not in stranger.get(f"{address}?don-vi=tat-ca").content.decode(errors="ignore")
    reads = [url("task", year, task.pk), url("edit_task", year, task.pk), url("repeat_task", year, task.pk)]
    reads += [url("new_task", year, programme.pk), url("import", year, programme.pk), url("import_template", year, programme.pk)]
    for address in reads:
        assert stranger.get(address).status_code == 404, address
    writes = ["note", "move", "remove_task", "add_step", "add_need"]
    for address in [*(url(name, year, task.pk) for name in writes), url("remove_need", year, task.pk, needed.pk)]:
        assert stranger.post(address, {"state": "doing", "text": "x", "needed": needed.pk}).status_code == 404, address
    assert stranger.post(url("bulk", year), {"task": [task.pk], "shift": 1}).status_code == 404
    assert as_("delegate", 2).get(url("task", year, task.pk)).status_code == 404


def test_the_secretary_reads_and_does_not_write(place, as_, now):
    year, programme = place
    task = made.task(programme, now)
    secretary = as_("secretary")
    page = shown(secretary, url("task", year, task.pk))
    assert "Ghi tiến độ" not in page
    assert secretary.post(url("note", year, task.pk), {"state": "doing", "note": "x"}).status_code == 403
    assert secretary.get(url("edit_task", year, task.pk)).status_code == 403
    assert secretary.get(url("import", year, programme.pk)).status_code == 403


def test_a_task_from_the_form_to_done(world, place, as_, now):
    year, programme = place
    document, _criteria = made.directive(year, now), made.criteria(year, now)
    officer, clause = as_("officer", 2), document.clauses.first()
    address = url("new_task", year, programme.pk) + f"?muc={clause.pk}"
    assert f'value="{clause.pk}"' in shown(officer, address)
    typed = {"title": "Mở lớp", "due_on": "31-12-2021", "clauses": [clause.pk], "others": "05-CT/TW: Mục 2", "detail": "ở xã"}
    response = officer.post(address, typed)
    task = Task.objects.get()
    assert response.url == url("task", year, task.pk)
    assert task.clauses.count() == 2
    assert "Dùng làm minh chứng" not in shown(officer, response.url)
    upload = SimpleUploadedFile("anh.pdf", b"%PDF-1.4 x")
    noted = {"state": "doing", "percent": "50", "note": "đã mời", "upload": upload}
    assert officer.post(url("note", year, task.pk), noted).status_code == 302
    page = shown(officer, url("task", year, task.pk))
    assert "đã mời" in page
    note = task.notes.get()
    assert url("task_file", year, task.pk, note.pk) in page
    assert officer.get(url("task_file", year, task.pk, note.pk)).getvalue().startswith(b"%PDF")
    officer.post(url("note", year, task.pk), {"state": "done", "percent": "50"})
    task.refresh_from_db()
    assert (task.state, task.percent) == ("done", 100)
    assert "Dùng làm minh chứng" in shown(officer, url("task", year, task.pk))


def test_a_long_list_of_choices_never_takes_what_the_task_says(place, as_, now, monkeypatch):
    monkeypatch.setattr(task_page, "MOST_CHOICES", 2)
    year, programme = place
    document = made.directive(year, now, clauses=("1", "2", "3", "4"))
    programme.directive = document
    programme.save()
    parent = [made.task(programme, now, f"Việc {number}") for number in range(4)][-1]
    task = made.task(programme, now, "Việc con", parent=parent)
    for answered in (document.clauses.all()[3:], document.clauses.all()[1:]):
        task.clauses.set(answered)
        typed = as_("officer", 2).get(url("edit_task", year, task.pk)).context["form"].initial | {"title": "Tên mới"}
        typed = {name: value for name, value in typed.items() if value is not None}
        assert as_("officer", 2).post(url("edit_task", year, task.pk), typed).status_code == 302
        task.refresh_from_db()
        assert (task.title, task.parent, set(task.clauses.all())) == ("Tên mới", parent, set(answered))
    as_("officer", 2).post(url("new_task", year, programme.pk) + f"?cha={parent.pk}", {"title": "Con nữa", "parent": parent.pk})
    assert Task.objects.get(title="Con nữa").parent == parent


def test_what_was_typed_stays_and_the_reason_stands_at_its_field(place, as_, now):
    year, programme = place
    officer = as_("officer", 2)
    response = officer.post(url("new_task", year, programme.pk), {"title": "Mở lớp", "due_on": "31-02-2021", "others": "9: x"})
    page = response.content.decode()
    assert response.status_code == 422
    assert 'value="Mở lớp"' in page
    assert 'value="31-02-2021"' in page
    assert "Không có mục này" in page
    task = made.task(programme, now)
    response = officer.post(url("note", year, task.pk), {"state": "dropped", "note": "tôi viết dài"})
    page = response.content.decode()
    assert response.status_code == 422
    assert "Hãy nêu lý do." in page
    assert "tôi viết dài" in page


def test_two_who_edit_see_both(world, place, as_, now):
    year, programme = place
    task = made.task(programme, now)
    officer = as_("officer", 2)
    officer.get(url("edit_task", year, task.pk))
    Task.objects.filter(pk=task.pk).update(title="Tên người kia lưu", revision=2)
    response = officer.post(url("edit_task", year, task.pk), {"title": "Tên tôi gõ", "revision": "1"})
    page = response.content.decode()
    assert 'value="Tên tôi gõ"' in page
    assert "<dd>Tên người kia lưu</dd>" in page
    assert 'name="revision" value="2"' in page
    assert officer.post(url("edit_task", year, task.pk), {"title": "Tên tôi gõ", "revision": "2"}).status_code == 302


def test_steps_needs_repetition_and_removal_by_their_buttons(place, as_, now):
    year, programme = place
    task, needed = made.task(programme, now, "A", due_on=date(2021, 11, 30)), made.task(programme, now, "B")
    officer = as_("officer", 2)
    officer.post(url("add_step", year, task.pk), {"text": "Mời"})
    step = task.checklist.get()
    officer.post(url("step", year, task.pk, step.pk), {"done": "1"})
    assert task.checklist.get().done_at is not None
    assert officer.post(url("step", year, needed.pk, step.pk), {"done": "1"}).status_code == 404
    officer.post(url("add_need", year, task.pk), {"needed": needed.pk})
    assert list(task.needs.all()) == [needed]
    page = officer.post(url("add_need", year, needed.pk), {"needed": task.pk}).content.decode()
    assert "“B” → “A” → “B”" in page
    officer.post(url("remove_need", year, task.pk, needed.pk))
    assert not task.needs.exists()
    officer.post(url("repeat_task", year, task.pk), {"every": "month", "until": "31-01-2022"})
    assert Task.objects.filter(series=task.pk).count() == 3
    response = officer.post(url("remove_task", year, needed.pk), follow=True)
    assert "Đã xoá nhiệm vụ “B”." in response.content.decode()
    assert not Task.objects.filter(pk=needed.pk).exists()


def test_many_at_once_on_the_list(place, as_, now):
    year, programme = place
    a, b = made.task(programme, now, "A", due_on=TODAY), made.task(programme, now, "B")
    officer = as_("officer", 2)
    response = officer.post(url("bulk", year) + "?trang-thai=all", {"task": [a.pk, b.pk], "shift": "7"})
    page = response.content.decode()
    assert response.status_code == 422
    assert "Chưa đổi nhiệm vụ nào: 1 trong 2" in page
    assert page.count("checked") == 2
    response = officer.post(url("bulk", year) + "?trang-thai=all", {"task": [a.pk], "shift": "7"})
    assert response.url == url("tasks", year) + "?trang-thai=all"
    a.refresh_from_db()
    assert a.due_on == TODAY + timedelta(7)


def test_cards_move_and_ask_for_reasons(place, as_, now):
    year, programme = place
    task, needed = made.task(programme, now, "A"), made.task(programme, now, "B")
    officer, back = as_("officer", 2), url("board", year) + "?tim=a"
    assert officer.post(url("move", year, task.pk), {"state": "doing", "next": back}).url == back
    assert officer.post(url("move", year, task.pk), {"state": "planned", "next": "https://xa.example/"}).url == url("board", year)
    for strange in ("abc", "//xa.example/", "/\\\\xa.example", "bảng"):
        assert officer.post(url("move", year, task.pk), {"state": "planned", "next": strange}).url == url("board", year)
    asks = officer.post(url("move", year, task.pk), {"state": "waiting"}).url
    assert asks == url("task", year, task.pk) + "?trang-thai=waiting#tien-do"
    assert '<option value="waiting" selected>' in shown(officer, asks)
    task.needs.add(needed)
    assert officer.post(url("move", year, task.pk), {"state": "done"}).url.endswith("?trang-thai=done#tien-do")
    assert officer.post(url("move", year, task.pk), {"state": "gì"}).status_code == 404
    task.refresh_from_db()
    assert task.state == "planned"
    page = shown(officer, url("board", year))
    assert page.count('class="kanban-card"') == 2


def test_a_long_column_says_how_many_more(place, as_, now):
    year, programme = place
    for number in range(53):
        made.task(programme, now, f"Việc {number}")
    page = shown(as_("officer", 2), url("board", year))
    assert page.count('class="kanban-card"') == 50
    assert "và 3 nữa" in page
    page = shown(as_("officer", 2), url("tasks", year) + "?trang=2")
    assert page.count('name="task"') == 3


def test_whoever_ticks_tasks_may_tick_them_all_where_there_is_a_script(place, as_, now):
    year, programme = place
    made.task(programme, now, "A")
    assert 'data-with-script hidden><label class="form-check mb-0"><input' in shown(as_("officer", 2), url("tasks", year))
    assert "data-check-all" not in shown(as_("secretary", 1), url("tasks", year) + "?don-vi=don-vi-2")


def test_the_timeline_is_a_drawing_and_a_table(place, as_, now):
    year, programme = place
    a = made.task(programme, now, "A", starts_on=date(2021, 10, 1), due_on=date(2021, 12, 1))
    b = made.task(programme, now, "B", due_on=date(2021, 12, 15))
    made.task(programme, now, "Không ngày")
    b.needs.add(a)
    page = shown(as_("officer", 2), url("timeline", year))
    assert page.count("<rect") == 2
    assert page.count('class="need"') == 3  # the three pieces of one line
    assert "Không ngày" not in page
    assert "10-2021" in page
    assert "→" not in page


def test_the_timeline_says_the_true_day_of_what_lies_beyond_it(place, as_, now):
    year, programme = place
    made.task(programme, now, "Gần", due_on=localdate())
    made.task(programme, now, "Xa", due_on=date(2190, 5, 4))
    page = shown(as_("officer", 2), url("timeline", year))
    assert page.count("<rect") == 1
    assert "04-05-2190 →" in page
    assert ">hôm nay<" in page


def test_the_workbook_has_what_the_list_shows(place, as_, now):
    year, programme = place
    made.task(programme, now, "=Mở lớp", due_on=date(2021, 12, 1), percent=40, state="doing")
    response = as_("officer", 2).get(url("tasks_workbook", year))
    rows = CalamineWorkbook.from_filelike(io.BytesIO(response.content)).get_sheet_by_index(0).to_python()
    assert rows[4][0] == "=Mở lớp"
    assert rows[4][6:9] == ["01-12-2021", "Đang làm", 40.0]


def test_an_import_from_the_template_to_the_tasks(world, place, as_, now):
    year, programme = place
    officer, post = as_("officer", 2), made.post(world.unit(2))
    template = officer.get(url("import_template", year, programme.pk)).content
    sheets = CalamineWorkbook.from_filelike(io.BytesIO(template))
    assert sheets.get_sheet_by_index(0).to_python()[0][0] == "Nhiệm vụ"
    assert post.title_vi in {cell for row in sheets.get_sheet_by_index(1).to_python() for cell in row}
    bad = book([["Mở lớp"], ["Hội thi", None, "Ai đó", None, "hôm qua"]])
    response = officer.post(url("import", year, programme.pk), {"upload": SimpleUploadedFile("viec.xlsx", bad)})
    page = shown(officer, response.url)
    assert "Việc, hàng 3, cột “Hạn”" in page
    assert "hôm qua" in page
    assert "Đơn vị không có chức vụ hay người này" in page
    assert officer.post(response.url).status_code == 422
    assert not Task.objects.exists()
    good = book([["Mở lớp"], ["Hội thi", None, "Trưởng phòng", None, date(2021, 12, 1)]])
    response = officer.post(url("import", year, programme.pk), {"upload": SimpleUploadedFile("viec.xlsx", good)})
    assert "Nhập 2 nhiệm vụ" in shown(officer, response.url)
    assert officer.post(response.url).status_code == 302
    assert Task.objects.count() == 2
    again = officer.post(url("import", year, programme.pk), {"upload": SimpleUploadedFile("viec.xlsx", good)})
    assert "Đúng tệp này đã được nhập" in shown(officer, again.url)
    more = book([["Mở lớp"], ["Toạ đàm"]])
    page = shown(officer, officer.post(url("import", year, programme.pk), {"upload": SimpleUploadedFile("v.xlsx", more)}).url)
    assert "không đánh dấu thì chưa hàng nào được nhập" in page
    assert "Nhập 1 nhiệm vụ" not in page  # which would promise to leave out the other row
    macro = SimpleUploadedFile("viec.xlsx", b"PK\x03\x04junk")
    response = officer.post(url("import", year, programme.pk), {"upload": macro})
    assert response.status_code == 422
    other = TaskSheet.objects.first().pk
    elsewhere = made.programme(year, world.unit(2), now, title="Khác")
    assert officer.get(url("import_sheet", year, elsewhere.pk, other)).status_code == 404


def test_an_empty_list_says_what_comes_first(place, as_):
    year, _programme = place
    assert "Việc đầu tiên" in shown(as_("officer", 2), url("tasks", year))
    assert "Bỏ lọc" in shown(as_("officer", 2), url("tasks", year) + "?tim=x")


def test_a_closed_year_is_only_read(place, as_, now):
    year, programme = place
    task = made.task(programme, now)
    year.stage = "closed"
    year.save()
    officer = as_("officer", 2)
    assert "Ghi tiến độ" not in shown(officer, url("task", year, task.pk))
    assert officer.get(url("new_task", year, programme.pk)).status_code == 409
    assert officer.post(url("note", year, task.pk), {"state": "doing"}).status_code == 422


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("name", "queries"),
    [("tasks", LIST_QUERIES), ("board", BOARD_QUERIES), ("timeline", TIMELINE_QUERIES)],
)
def test_lists_ask_the_same_of_one_and_of_three(world, place, as_, now, django_assert_num_queries, name, queries, count):
    year, programme = place
    programme.directive = made.directive(year, now)
    programme.save()
    for number in range(count):
        made.task(programme, now, f"Việc {number}", due_on=TODAY, owner_post=made.post(world.unit(2), f"Chức vụ {number}"))
    officer = as_("officer", 2)
    officer.get(url(name, year))
    with django_assert_num_queries(queries):
        officer.get(url(name, year))


@pytest.mark.parametrize("count", [1, 3])
def test_a_task_asks_the_same_with_one_and_with_three_of_everything(world, place, as_, now, django_assert_num_queries, count):
    year, programme = place
    task, document = made.task(programme, now), made.directive(year, now, clauses=("1", "2", "3"))
    officer = world.officer(2)
    for number in range(count):
        part, needed = made.task(programme, now, f"Con {number}", parent=task), made.task(programme, now, f"Cần {number}")
        task.needs.add(needed)
        part.needs.add(needed)
        task.clauses.add(document.clauses.all()[number])
        actions.add_step(task=task, text="bước", actor=officer, now=now)
        upload = SimpleUploadedFile(f"{number}.pdf", b"%PDF-1.4 x")
        actions.note_progress(task=task, note="x", upload=upload, actor=officer, now=now)
    client = as_("officer", 2)
    client.get(url("task", year, task.pk))
    with django_assert_num_queries(TASK_QUERIES):
        client.get(url("task", year, task.pk))


def test_states_are_those_of_the_rules():
    from thidua.programmes.models import TaskState

    assert [state.value for state in TaskState] == [state.value for state in State]
