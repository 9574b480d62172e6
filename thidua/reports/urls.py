"""Addresses of reports."""

from django.urls import path

from thidua.reports.views import charts, consolidated, papers

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
urlpatterns = [
    *_CONSOLIDATED,
    path(f"{_REPORTS}<int:period>/<slug:unit>/tai/<slug:kind>/", papers.paper, name="paper"),
]
