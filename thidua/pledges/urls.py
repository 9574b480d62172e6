"""Addresses of pledges."""

from django.urls import path

from thidua.pledges import views

app_name = "pledges"
_YEAR = "cum/<slug:cluster>/<int:year>/giao-uoc/"
urlpatterns = [
    path(_YEAR, views.pledge, name="pledge"),
    path(f"{_YEAR}soan/", views.draft, name="draft"),
    path(f"{_YEAR}sua/", views.edit, name="edit"),
    path(f"{_YEAR}chot/", views.freeze, name="freeze"),
    path(f"{_YEAR}mo-lai/", views.reopen, name="reopen"),
    path(f"{_YEAR}chi-tieu/<slug:unit>/", views.targets, name="targets"),
    path(f"{_YEAR}xac-nhan/<slug:unit>/", views.confirm, name="confirm"),
    path(f"{_YEAR}tai/<slug:kind>/", views.paper, name="paper"),
]
