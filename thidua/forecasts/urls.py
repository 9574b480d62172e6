"""Addresses of digests and forecasts."""

from django.urls import path

from thidua.forecasts.views import questions

app_name = "forecasts"
_HERE = "cum/<slug:cluster>/<int:year>/"
_FORECASTS = f"{_HERE}du-bao/"
_DIGESTS = f"{_HERE}du-luan/"

_QUESTIONS = [
    path(_FORECASTS, questions.questions, name="questions"),
]
urlpatterns = [
    *_QUESTIONS,
]
