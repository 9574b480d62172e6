"""Addresses of criteria."""

from django.urls import path

from thidua.criteria.views import pages

app_name = "criteria"
_PAGE = "cum/<slug:cluster>/<int:year>/tieu-chi/"
urlpatterns = [
    path(_PAGE, pages.tree, name="tree"),
    path(_PAGE + "nhap/", pages.import_, name="import"),
    path(_PAGE + "ban-hanh/", pages.publish, name="publish"),
    path(_PAGE + "bo-du-thao/", pages.discard, name="discard"),
    path(_PAGE + "ban-<int:number>.xlsx", pages.workbook, name="workbook"),
    path(_PAGE + "mau.xlsx", pages.template, name="template"),
]
