"""Addresses of rapporteurs and collaborators: one list a part."""

from django.urls import URLPattern, path

from thidua.rapporteurs.views import corps, feedback, feedback_public

app_name = "rapporteurs"

_YEAR = "cum/<slug:cluster>/<int:year>/"

_CORPS = [
    path(f"{_YEAR}bao-cao-vien/", corps.front, name="corps"),
]

_OPINIONS = f"{_YEAR}phan-hoi/"
_FEEDBACK = [
    path(_OPINIONS, feedback.listing, name="feedback"),
    path(f"{_OPINIONS}phan-hoi.xlsx", feedback.workbook, name="feedback_workbook"),
    path(f"{_OPINIONS}<int:talk>/", feedback.talk_feedback, name="talk_feedback"),
    path(f"{_OPINIONS}<int:talk>/mo/", feedback.open_feedback, name="open_feedback"),
    path(f"{_OPINIONS}<int:talk>/dong/", feedback.close_feedback, name="close_feedback"),
    path(f"{_OPINIONS}<int:talk>/to-<slug:size>.pdf", feedback.poster_pdf, name="feedback_poster"),
    path(f"{_OPINIONS}<int:talk>/duyet/", feedback.moderate_remarks, name="moderate_remarks"),
    path("y-kien/<str:code>/", feedback_public.answer, name="answer"),
    path("y-kien/<str:code>/cam-on/", feedback_public.answered, name="answered"),
]

urlpatterns: list[URLPattern] = [*_CORPS, *_FEEDBACK]
