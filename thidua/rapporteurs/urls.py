"""Addresses of rapporteurs and collaborators: one list a part."""

from django.urls import URLPattern, path

from thidua.rapporteurs.views import (
    assessment,
    corps,
    corps_import,
    corps_member,
    counts,
    coverage,
    feedback,
    feedback_public,
    materials,
    rounds,
    summary,
    talks,
    topics,
)

app_name = "rapporteurs"

_YEAR = "cum/<slug:cluster>/<int:year>/"

_MEMBER = f"{_YEAR}doi-ngu/<int:member>/"
_OF_UNIT = f"{_YEAR}doi-ngu/<slug:unit>/"
_CORPS = [
    path(f"{_YEAR}bao-cao-vien/", corps.front, name="corps"),
    path(f"{_YEAR}doi-ngu/doi-ngu.xlsx", corps.workbook, name="corps_workbook"),
    path(f"{_YEAR}doi-ngu/danh-sach.<slug:kind>", corps.paper, name="corps_paper"),
    path(f"{_YEAR}doi-ngu/the.pdf", corps.cards, name="corps_cards"),
    path(f"{_YEAR}doi-ngu/mau-nhap.xlsx", corps_import.template, name="corps_template"),
    path(_MEMBER, corps_member.member, name="member"),
    path(f"{_MEMBER}sua/", corps_member.edit, name="edit_member"),
    path(f"{_MEMBER}xoa/", corps_member.remove, name="remove_member"),
    path(f"{_MEMBER}thoi/", corps_member.leave, name="leave_corps"),
    path(f"{_MEMBER}thoi/huy/", corps_member.undo_leaving, name="undo_leaving"),
    path(f"{_MEMBER}nhiem-ky/", corps_member.enter_term, name="enter_term"),
    path(f"{_MEMBER}nhiem-ky/<int:term>/", corps_member.edit_term, name="edit_term"),
    path(f"{_MEMBER}nhiem-ky/<int:term>/bo/", corps_member.remove_term, name="remove_term"),
    path(f"{_OF_UNIT}them/", corps_member.enter, name="enter_member"),
    path(f"{_OF_UNIT}nhap/", corps_import.upload, name="import_corps"),
    path(f"{_OF_UNIT}nhap/ghi/", corps_import.take_in, name="take_in_corps"),
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

_ROUNDS_OF = f"{_YEAR}ky/"
_OF_UNITS = f"{_ROUNDS_OF}don-vi/<slug:unit>/"
_ROUND = f"{_ROUNDS_OF}<int:round>/"
_COUNT = f"{_ROUND}<int:member>/"
_ROUNDS = [
    path(_ROUNDS_OF, rounds.rounds, name="rounds"),
    path(f"{_ROUNDS_OF}ky.xlsx", rounds.rounds_workbook, name="rounds_workbook"),
    path(f"{_ROUNDS_OF}moi/", rounds.new_round, name="new_round"),
    path(f"{_ROUNDS_OF}ca-nam/", rounds.lay_out_rounds, name="lay_out_rounds"),
    path(_OF_UNITS, rounds.round_unit, name="round_unit"),
    path(f"{_OF_UNITS}cong-tac-vien.xlsx", rounds.round_unit_workbook, name="round_unit_workbook"),
    path(_ROUND, rounds.one_round, name="round"),
    path(f"{_ROUND}danh-sach.xlsx", rounds.round_workbook, name="round_workbook"),
    path(f"{_ROUND}sua/", rounds.edit_round, name="edit_round"),
    path(f"{_ROUND}xoa/", rounds.remove_round, name="remove_round"),
    path(_COUNT, counts.count, name="count"),
    path(f"{_COUNT}lay-lai/", counts.take_back, name="take_back"),
]

_ASSESSING = f"{_YEAR}danh-gia/"
_ASSESSMENT = [
    path(_ASSESSING, assessment.assessment, name="assessment"),
    path(f"{_ASSESSING}don-vi/<slug:unit>/", summary.unit_summary, name="unit_summary"),
    path(f"{_ASSESSING}<slug:kind>/quy-che/", assessment.rules, name="assessment_rules"),
    path(f"{_ASSESSING}<slug:kind>/chot/", assessment.settle, name="settle_grades"),
    path(f"{_ASSESSING}<slug:kind>/bang.xlsx", assessment.workbook, name="assessment_workbook"),
    path(f"{_ASSESSING}<slug:kind>/xep-loai.<slug:form>", assessment.paper, name="assessment_paper"),
]

urlpatterns: list[URLPattern] = [*_ASSESSMENT, *_ROUNDS, *_CORPS, *_FEEDBACK, *_TALKS]
