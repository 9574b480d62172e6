"""Workbooks of questions: the list, and the forecasts of one."""

from collections.abc import Iterable

from django.http import HttpResponse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from thidua.clusters.models import ClusterYear
from thidua.forecasts.models import Question
from thidua.forecasts.queries.questions import Row
from thidua.forecasts.queries.story import Seen, table_of
from thidua.web.workbook import workbook_response


def list_workbook(year: ClusterYear, rows: Iterable[Row]) -> HttpResponse:
    """The list of questions as it is filtered. How many have forecast; no forecast itself."""
    headings = [
        _("Câu hỏi"), _("Trả lời bằng"), _("Tình trạng"), _("Nhận dự báo tới"), _("Ngày có kết quả"), _("Số dự báo"),
        pgettext("question", "Kết quả"), _("Căn cứ nào để ghi kết quả"),
    ]  # fmt: skip
    lines = [
        [
            row.question.title, row.question.get_kind_display(), row.words,
            date_format(localtime(row.question.ends_at), "DATETIME_FORMAT"), date_format(row.question.outcome_on),
            row.forecasters, row.outcome, row.question.decided_how,
        ]
        for row in rows
    ]  # fmt: skip
    title = _("Câu hỏi dự báo năm %(year)d") % {"year": year.year}
    return workbook_response(f"cau-hoi-du-bao-{year.year}", title, headings, lines, _note(year))


def forecasts_workbook(year: ClusterYear, question: Question, seen: Seen) -> HttpResponse:
    """The forecasts of a question as far as the reader sees them."""
    headings, lines = table_of(seen, question)
    return workbook_response(f"du-bao-{question.pk}", question.title, headings, lines, _note(year))


def _note(year: ClusterYear) -> str:
    return _("Số liệu minh hoạ") if year.illustrative else ""
