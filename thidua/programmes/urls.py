"""Addresses of programmes.

Pages of coverage, progress and reminders lead to `tasks` (the list; it takes `?don-vi=<slug>&muc=<clause id>`), `task` (one),
`new_task` (in a programme; `?muc=`) and `new` (a programme; `?van-ban=<id>&don-vi=<slug>`).
"""

from django.urls import path

from thidua.programmes.views import coverage, documents, indicators, next_year, progress

app_name = "programmes"
_YEAR = "cum/<slug:cluster>/<int:year>/"
_PROGRAMMES, _TASKS = f"{_YEAR}chuong-trinh/", f"{_YEAR}nhiem-vu/"
_ONE, _NEXT = f"{_PROGRAMMES}<int:programme>/", f"{_PROGRAMMES}nam-sau/"
_INDICATOR = f"{_ONE}chi-tieu/<int:indicator>/"
urlpatterns = [
    path(_PROGRAMMES, documents.programmes, name="programmes"),
    path(f"{_PROGRAMMES}xlsx/", documents.programmes_workbook, name="programmes_workbook"),
    path(f"{_PROGRAMMES}moi/", documents.new, name="new"),
    path(_ONE, documents.programme, name="programme"),
    path(f"{_ONE}sua/", documents.edit, name="edit"),
    path(f"{_ONE}trinh/", documents.present, name="present"),
    path(f"{_ONE}duyet/", documents.approve, name="approve"),
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
]
