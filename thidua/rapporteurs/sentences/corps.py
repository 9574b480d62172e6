"""The corps: refusals, and events in the journal."""

from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, object] = {
    "rapporteurs.unit_left": _("{unit} không còn là thành viên của cụm năm nay nên không ghi thêm được."),
}
EVENTS: dict[str, object] = {}
VALUES: dict[str, object] = {}
