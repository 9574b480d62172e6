"""Addresses of rapporteurs and collaborators: one list a part."""

from django.urls import URLPattern, path

from thidua.rapporteurs.views import corps, coverage, feedback, feedback_public, materials, talks, topics

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

_TOPIC = f"{_YEAR}chu-de/"
_TALK = f"{_YEAR}buoi/"
_TALKS = [
    path(_TOPIC, topics.topics, name="topics"),
    path(f"{_TOPIC}moi/", topics.new_topic, name="new_topic"),
    path(f"{_TOPIC}de-nghi/", topics.propose_topic, name="propose_topic"),
    path(f"{_TOPIC}<int:topic>/", topics.topic, name="topic"),
    path(f"{_TOPIC}<int:topic>/sua/", topics.edit_topic, name="edit_topic"),
    path(f"{_TOPIC}<int:topic>/duyet/", topics.answer_topic, name="answer_topic"),
    path(f"{_TOPIC}<int:topic>/ngung/", topics.retire_topic, name="retire_topic"),
    path(f"{_TOPIC}<int:topic>/xep/", topics.move_topic, name="move_topic"),
    path(f"{_TOPIC}<int:topic>/xoa/", topics.remove_topic, name="remove_topic"),
    path(_TALK, talks.talks, name="talks"),
    path(f"{_TALK}xlsx/", talks.talks_xlsx, name="talks_xlsx"),
    path(f"{_TALK}moi/", talks.record_talk, name="record_talk"),
    path(f"{_TALK}<int:talk>/", talks.talk, name="talk"),
    path(f"{_TALK}<int:talk>/sua/", talks.edit_talk, name="edit_talk"),
    path(f"{_TALK}<int:talk>/nguoi-du/", talks.count_audience, name="count_audience"),
    path(f"{_TALK}<int:talk>/xoa/", talks.remove_talk, name="remove_talk"),
    path(f"{_TALK}<int:talk>/tai-lieu/", materials.add_material, name="add_material"),
    path(f"{_TALK}<int:talk>/tai-lieu/<int:material>/", materials.material, name="material"),
    path(f"{_TALK}<int:talk>/tai-lieu/<int:material>/xoa/", materials.remove_material, name="remove_material"),
    path(f"{_YEAR}bao-phu/", coverage.coverage, name="coverage"),
    path(f"{_YEAR}bao-phu/xlsx/", coverage.coverage_xlsx, name="coverage_xlsx"),
    path(f"{_YEAR}bao-phu/chua-noi/", coverage.silent, name="silent"),
    path(f"{_YEAR}bao-phu/chua-noi/xlsx/", coverage.silent_xlsx, name="silent_xlsx"),
]

urlpatterns: list[URLPattern] = [*_CORPS, *_FEEDBACK, *_TALKS]
