"""What is said about questions, forecasts, outcomes and disputes."""

from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, object] = {
    "forecasts.unit_left": _("{unit} không còn là thành viên của cụm năm nay nên không dự báo thêm được."),
    "forecasts.forecasters_do_not_decide": _(
        "Bạn hoặc đơn vị của bạn đã dự báo câu hỏi này nên không ghi kết quả được. "
        "Hãy nhờ người chưa dự báo, thường là cán bộ cấp trên."
    ),
}
EVENTS: dict[str, object] = {}
VALUES: dict[str, object] = {}
