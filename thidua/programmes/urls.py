"""Addresses of programmes.

Pages of coverage, progress and reminders lead to `tasks` (the list; it takes `?don-vi=<slug>&muc=<clause id>`), `task` (one),
`new_task` (in a programme; `?muc=`) and `new` (a programme; `?van-ban=<id>&don-vi=<slug>`).
"""

from django.urls import path

from thidua.programmes.views import board, coverage, documents, imports, indicators, next_year, progress, task, tasks

app_name = "programmes"
_YEAR = "cum/<slug:cluster>/<int:year>/"
_PROGRAMMES, _TASKS = f"{_YEAR}chuong-trinh/", f"{_YEAR}nhiem-vu/"
_ONE, _NEXT = f"{_PROGRAMMES}<int:programme>/", f"{_PROGRAMMES}nam-sau/"
_INDICATOR = f"{_ONE}chi-tieu/<int:indicator>/"
_TASK = f"{_TASKS}<int:task>/"
urlpatterns = [
    path(_PROGRAMMES, documents.programmes, name="programmes"),
    path(f"{_PROGRAMMES}xlsx/", documents.programmes_workbook, name="programmes_workbook"),
    path(f"{_PROGRAMMES}moi/", documents.new, name="new"),
    path(_ONE, documents.programme, name="programme"),
    path(f"{_ONE}sua/", documents.edit, name="edit"),
    path(f"{_ONE}trinh/", documents.present, name="present"),
    path(f"{_ONE}duyet/", documents.approve, name="approve"),
    path(f"{_ONE}rut/", documents.withdraw, name="withdraw"),
    path(f"{_ONE}tra-lai/", documents.return_programme, name="return_programme"),
    path(f"{_ONE}bo/", documents.discard, name="discard"),
    path(f"{_ONE}ban/", documents.versions, name="versions"),
    path(f"{_ONE}ban/<int:number>/", documents.version, name="version"),
    path(f"{_ONE}ban/<int:number>/<slug:kind>/", documents.version_paper, name="version_paper"),
    path(f"{_ONE}du-thao/<slug:kind>/", documents.paper, name="paper"),
    path(_INDICATOR, indicators.indicator, name="indicator"),
    path(f"{_INDICATOR}<int:figure>/xoa/", indicators.remove_figure, name="remove_figure"),
    path(_NEXT, next_year.next_year, name="next_year"),
    path(f"{_NEXT}soan/", next_year.draft, name="draft_next_year"),
    path(f"{_NEXT}gop-y/", next_year.open_remarks, name="open_remarks"),
    path(f"{_NEXT}gop-y/<int:remark>/tra-loi/", next_year.answer, name="answer"),
    path(f"{_NEXT}gop-y/<slug:unit>/", next_year.remark, name="remark"),
    path(f"{_NEXT}thong-qua/", next_year.adopt, name="adopt"),
    path(f"{_NEXT}dua-ve/", next_year.copy, name="copy"),
    path(f"{_PROGRAMMES}bao-phu/", coverage.coverage, name="coverage"),
    path(f"{_PROGRAMMES}bao-phu/xlsx/", coverage.coverage_workbook, name="coverage_workbook"),
    path(f"{_PROGRAMMES}tien-do/", progress.progress, name="progress"),
    path(f"{_PROGRAMMES}tien-do/xlsx/", progress.progress_workbook, name="progress_workbook"),
    path(f"{_PROGRAMMES}nhac-viec/", progress.reminders, name="reminders"),
    path(f"{_TASKS}den-han/", progress.due, name="due"),
    path(f"{_TASKS}den-han/xlsx/", progress.due_workbook, name="due_workbook"),
    path(_TASKS, tasks.tasks, name="tasks"),
    path(f"{_TASKS}xlsx/", tasks.tasks_workbook, name="tasks_workbook"),
    path(f"{_TASKS}hang-loat/", tasks.bulk, name="bulk"),
    path(f"{_TASKS}bang/", board.board, name="board"),
    path(f"{_TASKS}tien-trinh/", board.timeline, name="timeline"),
    path(_TASK, task.task, name="task"),
    path(f"{_TASK}sua/", task.edit_task, name="edit_task"),
    path(f"{_TASK}ghi/", task.note, name="note"),
    path(f"{_TASK}chuyen/", board.move, name="move"),
    path(f"{_TASK}lap/", task.repeat_task, name="repeat_task"),
    path(f"{_TASK}xoa/", task.remove_task, name="remove_task"),
    path(f"{_TASK}buoc/", task.add_step, name="add_step"),
    path(f"{_TASK}buoc/<int:step>/", task.step, name="step"),
    path(f"{_TASK}can/", task.add_need, name="add_need"),
    path(f"{_TASK}can/<int:needed>/bo/", task.remove_need, name="remove_need"),
    path(f"{_TASK}tep/<int:note>/", task.file, name="task_file"),
    path(f"{_ONE}nhiem-vu/them/", task.new_task, name="new_task"),
    path(f"{_ONE}nhiem-vu/nhap/", imports.upload, name="import"),
    path(f"{_ONE}nhiem-vu/nhap/mau/", imports.template, name="import_template"),
    path(f"{_ONE}nhiem-vu/nhap/<int:sheet>/", imports.import_sheet, name="import_sheet"),
]
