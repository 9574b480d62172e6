"""Addresses of clusters."""

from django.urls import path

from thidua.clusters import views

app_name = "clusters"
urlpatterns = [
    path("cum/", views.years, name="years"),
    path("cum/<slug:cluster>/<int:year>/", views.year, name="year"),
]
