"""Addresses of programmes.

Pages of coverage, progress and reminders lead to `tasks` (the list; it takes `?don-vi=<slug>&muc=<clause id>`), `task` (one),
`new_task` (in a programme; `?muc=`) and `new` (a programme; `?van-ban=<id>&don-vi=<slug>`).
"""

from django.urls import path

from thidua.programmes.views import coverage, progress

app_name = "programmes"
_YEAR = "cum/<slug:cluster>/<int:year>/"
_PROGRAMMES, _TASKS = f"{_YEAR}chuong-trinh/", f"{_YEAR}nhiem-vu/"
urlpatterns = [
    path(f"{_PROGRAMMES}bao-phu/", coverage.coverage, name="coverage"),
    path(f"{_PROGRAMMES}bao-phu/xlsx/", coverage.coverage_workbook, name="coverage_workbook"),
    path(f"{_PROGRAMMES}tien-do/", progress.progress, name="progress"),
    path(f"{_PROGRAMMES}tien-do/xlsx/", progress.progress_workbook, name="progress_workbook"),
    path(f"{_PROGRAMMES}nhac-viec/", progress.reminders, name="reminders"),
    path(f"{_TASKS}den-han/", progress.due, name="due"),
    path(f"{_TASKS}den-han/xlsx/", progress.due_workbook, name="due_workbook"),
]
