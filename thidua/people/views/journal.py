"""Nhật ký: who did what when, and whether the chain holds; for auditors."""

import json
from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from thidua.audit.models import JournalEntry
from thidua.audit.queries import verify as verify_chain
from thidua.people.access import READ_JOURNAL, require_anywhere
from thidua.people.forms import JournalFilterForm
from thidua.people.queries.journal import Filter, facts_of, leaf, row_count, rows, year_names
from thidua.web.sentences import event_sentence
from thidua.web.workbook import workbook_response

MOST_EXPORTED = 20_000
BREAKS = {
    "gap": gettext_lazy("thiếu dòng này"),
    "previous": gettext_lazy("dòng này không nối với dòng trước"),
    "digest": gettext_lazy("nội dung dòng này đã bị sửa"),
    "head": gettext_lazy("các dòng cuối đã bị cắt hoặc thêm ngoài thidua"),
}


def journal(request: HttpRequest) -> HttpResponse:
    """A page of the journal in words, by the filter in the address bar."""
    require_anywhere(READ_JOURNAL, request.actor)
    return _page(request, {})


@require_POST
def verify(request: HttpRequest) -> HttpResponse:
    """Recompute the whole chain; the page then says whether it holds, or where it first does not."""
    require_anywhere(READ_JOURNAL, request.actor)
    length, broken = verify_chain()
    verdict = {"length": length, "broken": broken, "reason": BREAKS[broken.reason] if broken else ""}
    return _page(request, {"verdict": verdict})


def export(request: HttpRequest) -> HttpResponse:
    """What the filter asks for as XLSX, at most MOST_EXPORTED rows, newest first."""
    require_anywhere(READ_JOURNAL, request.actor)
    headers = [_("Dòng"), _("Lúc"), _("Người"), _("Chức vụ"), _("Theo ủy quyền của"), _("Việc")]
    headers += [_("Sự kiện"), _("Dữ kiện"), _("Mã băm")]
    wanted = _wanted(request)[0]
    return workbook_response("nhat-ky", _("Nhật ký"), headers, _sheet(rows(wanted)[:MOST_EXPORTED].iterator(2000)))


def _sheet(entries) -> Iterator[list[object]]:
    for e in entries:
        moment = date_format(localtime(e.at), "DATETIME_FORMAT")
        words = event_sentence(e.event, facts_of(e))
        yield [e.position, moment, e.person_name, e.post_title, e.on_behalf_of_name, words, e.event, e.facts, e.digest]


def _wanted(request: HttpRequest) -> tuple[Filter, JournalFilterForm]:
    form = JournalFilterForm(request.GET, years=list(year_names()))
    form.is_valid()
    return Filter(**{name: value for name, value in form.cleaned_data.items() if value}), form


def _page(request: HttpRequest, more: dict[str, object]) -> HttpResponse:
    wanted, form = _wanted(request)
    before = request.GET.get("truoc", "")
    page = leaf(wanted, int(before) if before.isdecimal() and len(before) < 19 else None)
    address = request.GET.copy()
    address.pop("truoc", None)
    context = {
        "form": form,
        "entries": [_shown(entry) for entry in page.entries],
        "older": page.older,
        "later": bool(before),
        "address": address.urlencode(),
        "count": row_count(),
        **more,
    }
    return render(request, "people/journal.html", context)


def _shown(entry: JournalEntry) -> dict[str, object]:
    facts = json.dumps(json.loads(entry.facts), ensure_ascii=False, indent=1)
    return {"entry": entry, "words": event_sentence(entry.event, facts_of(entry)), "facts": facts}
