"""Addresses of people."""

from django.urls import include, path

app_name = "people"
urlpatterns: list = []
