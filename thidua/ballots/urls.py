"""Addresses of polls."""

from django.urls import path

from thidua.ballots import views

app_name = "ballots"
urlpatterns = [
    path("cum/<slug:cluster>/<int:year>/bo-phieu/dieu-gi-duoc-bao-ve/", views.protected, name="protected"),
    path("cum/<slug:cluster>/<int:year>/bo-phieu/<int:poll>/", views.booth, name="booth"),
    path("cum/<slug:cluster>/<int:year>/bo-phieu/<int:poll>/xem-lai/", views.review, name="review"),
    path("cum/<slug:cluster>/<int:year>/bo-phieu/<int:poll>/ket-qua/", views.poll, name="poll"),
]
