"""Addresses of digests and forecasts."""

from django.urls import path

from thidua.forecasts.views import decisions, digests, forecasts, practice, questions, records

app_name = "forecasts"
_HERE = "cum/<slug:cluster>/<int:year>/"
_FORECASTS = f"{_HERE}du-bao/"
_QUESTION = f"{_FORECASTS}cau-hoi/<int:question>/"
_DIGESTS = f"{_HERE}du-luan/"

_QUESTIONS = [
    path(_FORECASTS, questions.questions, name="questions"),
    path(f"{_FORECASTS}cau-hoi.xlsx", questions.questions_xlsx, name="questions_xlsx"),
    path(f"{_FORECASTS}cau-hoi/moi/", questions.new_question, name="new_question"),
    path(_QUESTION, questions.question, name="question"),
    path(f"{_QUESTION}sua/", questions.edit_question, name="edit_question"),
    path(f"{_QUESTION}mo/", questions.open_question, name="open_question"),
    path(f"{_QUESTION}bo/", questions.remove_question, name="remove_question"),
    path(f"{_QUESTION}boi-canh/", questions.add_background, name="add_background"),
    path(f"{_QUESTION}dong/", questions.close_question, name="close_question"),
    path(f"{_QUESTION}du-bao.xlsx", questions.forecasts_xlsx, name="forecasts_xlsx"),
    path(f"{_QUESTION}don-vi/<slug:unit>/", forecasts.forecast_for_unit, name="forecast_for_unit"),
    path(f"{_QUESTION}chuc-vu/<int:post>/", forecasts.forecast_by_post, name="forecast_by_post"),
    path(f"{_QUESTION}ket-qua/", decisions.decide, name="decide"),
    path(f"{_QUESTION}khieu-nai/<slug:unit>/", decisions.dispute, name="dispute"),
    path(f"{_QUESTION}khieu-nai/<int:dispute>/tra-loi/", decisions.answer_dispute, name="answer_dispute"),
]
_RECORDS = [
    path(f"{_FORECASTS}thanh-tich/", records.records, name="records"),
    path(f"{_FORECASTS}thanh-tich/thanh-tich.xlsx", records.workbook, name="records_workbook"),
    path(f"{_FORECASTS}thanh-tich/<slug:unit>/", records.record, name="record"),
    path(f"{_FORECASTS}thanh-tich/<slug:unit>/<int:post>/", records.record, name="record_of_post"),
    path(f"{_FORECASTS}luyen-tap/", practice.practice, name="practice"),
]
_DIGEST = f"{_DIGESTS}<int:digest>/"
_DIGEST_PAGES = [
    path(_DIGESTS, digests.digests, name="digests"),
    path(f"{_DIGESTS}moi/", digests.digest_new, name="digest_new"),
    path(_DIGEST, digests.digest, name="digest"),
    path(f"{_DIGEST}sua/", digests.digest_edit, name="digest_edit"),
    path(f"{_DIGEST}kiem-tra/", digests.digest_check, name="digest_check"),
    path(f"{_DIGEST}tra-lai/", digests.digest_return, name="digest_return"),
    path(f"{_DIGEST}ban-hanh/", digests.digest_issue, name="digest_issue"),
    path(f"{_DIGEST}tai/<str:kind>/", digests.digest_paper, name="digest_paper"),
]
urlpatterns = [
    *_QUESTIONS,
    *_RECORDS,
    *_DIGEST_PAGES,
]
