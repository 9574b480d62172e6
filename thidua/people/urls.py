"""Addresses of people."""

from django.urls import path

from thidua.people.views import sign_in

app_name = "people"
urlpatterns = [
    path("kich-hoat/", sign_in.activate, name="activate"),
    path("tai-khoan/phien/<int:session_id>/ket-thuc/", sign_in.end_session, name="end_session"),
]
