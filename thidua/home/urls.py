"""Addresses of home."""

from django.urls import path

from thidua.home import views

app_name = "home"
urlpatterns = [
    path("", views.my_work, name="my_work"),
]
