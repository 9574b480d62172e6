"""Addresses of criteria."""

from django.urls import path

from thidua.criteria import views

app_name = "criteria"
_PAGE = "cum/<slug:cluster>/<int:year>/tieu-chi/"
urlpatterns = [
    path(_PAGE, views.tree, name="tree"),
    path(_PAGE + "nhap/", views.import_, name="import"),
    path(_PAGE + "ban-hanh/", views.publish, name="publish"),
    path(_PAGE + "bo-du-thao/", views.discard, name="discard"),
    path(_PAGE + "ban-<int:number>.xlsx", views.workbook, name="workbook"),
    path(_PAGE + "mau.xlsx", views.template, name="template"),
]
