"""Addresses of reports."""

from django.urls import path

from thidua.reports.views import charts, consolidated, files, papers, periods, reports

app_name = "reports"
_REPORTS = "cum/<slug:cluster>/<int:year>/bao-cao/"
_WHOLE = f"{_REPORTS}<int:period>/tong-hop/"

# Before the addresses of units' reports: "tong-hop" is no unit.
_CONSOLIDATED = [
    path(f"{_REPORTS}bieu-do/", charts.charts, name="charts"),
    path(_WHOLE, consolidated.consolidated, name="consolidated"),
    path(f"{_WHOLE}soan/", consolidated.begin, name="consolidated_begin"),
    path(f"{_WHOLE}sua/", consolidated.edit, name="consolidated_edit"),
    path(f"{_WHOLE}ban-hanh/", consolidated.issue, name="consolidated_issue"),
    path(f"{_WHOLE}mo-lai/", consolidated.reopen, name="consolidated_reopen"),
    path(f"{_WHOLE}tai/<slug:kind>/", papers.consolidated_paper, name="consolidated_paper"),
]
_PERIODS = [
    path(_REPORTS, periods.reports, name="reports"),
    path(f"{_REPORTS}bao-cao.xlsx", periods.workbook, name="workbook"),
    path(f"{_REPORTS}ky/moi/", periods.new_period, name="new_period"),
    path(f"{_REPORTS}ky/ca-nam/", periods.lay_out, name="lay_out"),
    path(f"{_REPORTS}ky/<int:period>/sua/", periods.edit_period, name="edit_period"),
    path(f"{_REPORTS}ky/<int:period>/muc/", periods.items, name="items"),
    path(f"{_REPORTS}ky/<int:period>/xoa/", periods.remove_period, name="remove_period"),
    path(f"{_REPORTS}mau/", periods.templates, name="templates"),
    path(f"{_REPORTS}mau/moi/", periods.template, name="new_template"),
    path(f"{_REPORTS}mau/<int:template_id>/", periods.template, name="template"),
    path(f"{_REPORTS}mau/<int:template_id>/xoa/", periods.remove_template, name="remove_template"),
    path(f"{_REPORTS}<int:period>/", periods.period, name="period"),
]
_REPORT = f"{_REPORTS}<int:period>/<slug:unit>/"
_UNITS = [
    path(_REPORT, reports.report, name="report"),
    path(f"{_REPORT}mo/", reports.open_report, name="open"),
    path(f"{_REPORT}nop/", reports.submit, name="submit"),
    path(f"{_REPORT}tiep-nhan/", reports.accept, name="accept"),
    path(f"{_REPORT}tra-lai/", reports.send_back, name="send_back"),
    path(f"{_REPORT}lan-nop/<int:number>/", reports.submission, name="submission"),
    path(f"{_REPORT}tep/", files.files, name="files"),
    path(f"{_REPORT}tep/<int:file_id>/", files.file, name="file"),
    path(f"{_REPORT}tep/<int:file_id>/bo/", files.remove_file, name="remove_file"),
]
urlpatterns = [
    *_CONSOLIDATED,
    *_PERIODS,
    *_UNITS,
    path(f"{_REPORTS}<int:period>/<slug:unit>/tai/<slug:kind>/", papers.paper, name="paper"),
]
