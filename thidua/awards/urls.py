"""Addresses of commendations."""

from django.urls import path

from thidua.awards import views

app_name = "awards"
urlpatterns = [
    path("cum/<slug:cluster>/<int:year>/khen-thuong/", views.awards, name="awards"),
    path("cum/<slug:cluster>/<int:year>/khen-thuong/suy-ton/", views.nominate, name="nominate"),
    path("cum/<slug:cluster>/<int:year>/khen-thuong/<int:nomination>/rut/", views.withdraw, name="withdraw"),
    path("cum/<slug:cluster>/<int:year>/khen-thuong/<int:nomination>/quyet-dinh/", views.decide, name="decide"),
    path("cum/<slug:cluster>/<int:year>/khen-thuong/danh-sach.<str:kind>", views.paper, name="paper"),
]
