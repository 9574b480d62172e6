"""Arranging rounds."""

from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, object] = {
    "crosschecks.not_your_task": _("Phần việc này không được giao cho bạn. Người lập vòng thẩm định phân công ở trang của vòng."),
    "crosschecks.wrong_state": _("Vòng thẩm định này ở trạng thái “{state}”; việc này chỉ làm được khi “{wanted}”."),
}
EVENTS: dict[str, object] = {}
VALUES: dict[str, object] = {}
