"""Nhật ký: who did what when, and whether the chain holds; for auditors."""

import json
from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
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
    headers = [_("Dòng"), _("Lúc"), _("Người"), _("Chức vụ"), _("Theo ủy quyền của"), _("Cụm · năm"), pgettext("journal", "Việc")]
    headers += [_("Sự kiện"), _("Dữ kiện"), _("Mã băm")]
    years = list(year_names())
    wanted = _wanted(request, years)[0]
    return workbook_response("nhat-ky", _("Nhật ký"), headers, _sheet(rows(wanted)[:MOST_EXPORTED].iterator(2000), dict(years)))


def _sheet(entries, years: dict[int, str]) -> Iterator[list[object]]:
    for e in entries:
        moment = date_format(localtime(e.at), "DATETIME_FORMAT")
        words = event_sentence(e.event, facts_of(e))
        who = [e.person_name, e.post_title, e.on_behalf_of_name]
        yield [e.position, moment, *who, years.get(e.year_id, ""), words, e.event, e.facts, e.digest]


def _wanted(request: HttpRequest, years: list[tuple[int, str]]) -> tuple[Filter, JournalFilterForm]:
    form = JournalFilterForm(request.GET, years=years)
    form.is_valid()
    return Filter(**{name: value for name, value in form.cleaned_data.items() if value}), form


def _page(request: HttpRequest, more: dict[str, object]) -> HttpResponse:
    years = list(year_names())
    wanted, form = _wanted(request, years)
    before = request.GET.get("truoc", "")
    page = leaf(wanted, int(before) if before.isdecimal() and len(before) < 19 else None)
    address = request.GET.copy()
    address.pop("truoc", None)
    names = dict(years)
    context = {
        "form": form,
        "entries": [_shown(entry, names) for entry in page.entries],
        "older": page.older,
        "later": bool(before),
        "address": address.urlencode(),
        "count": row_count(),
        **more,
    }
    return render(request, "people/journal.html", context)


def _shown(entry: JournalEntry, years: dict[int, str]) -> dict[str, object]:
    facts = json.dumps(json.loads(entry.facts), ensure_ascii=False, indent=1)
    words = event_sentence(entry.event, facts_of(entry))
    return {"entry": entry, "year": years.get(entry.year_id, ""), "words": words, "facts": facts}
