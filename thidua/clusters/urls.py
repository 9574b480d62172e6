"""Addresses of clusters."""

from django.urls import path

from thidua.clusters import views

app_name = "clusters"
urlpatterns = [
    path("cum/", views.years, name="years"),
    path("cum/lap/", views.form_cluster, name="form_cluster"),
    path("cum/<slug:cluster>/mo-nam/", views.first_year, name="first_year"),
    path("cum/<slug:cluster>/luan-phien/", views.rotation, name="rotation"),
    path("cum/<slug:cluster>/<int:year>/", views.year, name="year"),
    path("cum/<slug:cluster>/<int:year>/xlsx/", views.board_workbook, name="board_workbook"),
    path("cum/<slug:cluster>/<int:year>/chuyen/", views.advance, name="advance"),
    path("cum/<slug:cluster>/<int:year>/lui/", views.step_back, name="step_back"),
    path("cum/<slug:cluster>/<int:year>/lich/", views.calendar, name="calendar"),
    path("cum/<slug:cluster>/<int:year>/thanh-vien/", views.members, name="members"),
    path("cum/<slug:cluster>/<int:year>/quy-tac/", views.rules, name="rules"),
    path("cum/<slug:cluster>/<int:year>/nam-sau/", views.next_year, name="next_year"),
]
