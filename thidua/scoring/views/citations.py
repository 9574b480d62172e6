"""What the unit has recorded, cited as evidence: choosing the criterion, all that is cited, taking it back."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_POST

from thidua.clusters.models import ClusterYear
from thidua.clusters.queries import frame_of
from thidua.criteria.queries import table_of
from thidua.kernel.errors import Absent, Refused
from thidua.kernel.text import small_int
from thidua.people.models import Organisation
from thidua.scoring import actions, queries
from thidua.scoring.access import get_citation_visible_to, require_may_score
from thidua.scoring.queries import Cited, Desk
from thidua.scoring.views.place import address, place
from thidua.web.http import refusal_told
from thidua.web.workbook import workbook_response

PAGE = 50
"""Rows of a page of the list."""


def citations(request: HttpRequest, cluster: str, year: int, unit: str) -> HttpResponse:
    """All that the unit cites; with a source (`?nguon=task&so=12`) the criteria for which it may be cited. Sent as a form it
    cites (`code`, `nguon`, `so`) and leads back to where the person came from (`ve`: "nguon" is the source itself)."""
    found, organisation = place(request, cluster, year, unit, proof=True)
    if request.method == "POST":
        return _cite(request, found, organisation)
    desk = queries.desk_of(request.actor, found, organisation)
    return _choose(request, desk) if "nguon" in request.GET else _list(request, desk)


def _choose(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The source and the criteria of the unit, those already proved by it ticked."""
    require_may_score(request.actor, desk.year, desk.unit.pk)
    kind, number = request.GET["nguon"], small_int(request.GET.get("so", ""))
    source = None if number is None else queries.citable_of(desk.year, desk.unit.pk, kind, number)
    if source is None:
        raise Absent
    if desk.version is None:
        raise Refused("scoring.no_criteria")
    cited = queries.cited_for(desk.year, desk.unit, kind, number)
    words = request.GET.get("tim", "").strip()
    context = {
        **frame_of(request.actor, desk.year, "sheets"),
        "desk": desk, "source": source, "kind": queries.KINDS[kind], "words": words, "cited": cited,
        "choices": queries.choices_of(queries.desk_result(desk), cited, words),
        "sheet_url": address("sheet", desk.year, desk.unit), "here": address("citations", desk.year, desk.unit),
    }  # fmt: skip
    return render(request, "scoring/cite.html", context)


def _cite(request: HttpRequest, year: ClusterYear, unit: Organisation) -> HttpResponse:
    """Cite, and back to the source or the row; what is refused is told beside the criteria that may be chosen."""
    code, kind, number = request.POST.get("code", ""), request.POST.get("nguon", ""), small_int(request.POST.get("so", ""))
    if number is None:
        raise Absent
    values = {"year": year, "unit": unit, "code": code, "kind": kind, "source": number}
    with refusal_told(request):
        made = actions.cite_source(**values, actor=request.actor, now=request.now)
        facts = {"title": made.title, "code": code}
        messages.success(request, _("Đã dẫn “%(title)s” làm minh chứng của tiêu chí %(code)s.") % facts)
        return redirect(made.url if request.POST.get("ve") == "nguon" else address("evidence", year, unit, code))
    return redirect(f"{address('citations', year, unit)}?{urlencode({'nguon': kind, 'so': number})}")


def _list(request: HttpRequest, desk: Desk) -> HttpResponse:
    """All citations, filtered by words and state in the address."""
    words, state = request.GET.get("tim", "").strip(), request.GET.get("loc", "")
    states = _states()
    cited = _all(desk)
    found = queries.found_among(cited, words, state if state in states else "")
    page = Paginator(found, PAGE).get_page(request.GET.get("trang"))
    query = urlencode({name: value for name, value in (("tim", words), ("loc", state)) if value})
    context = {
        **frame_of(request.actor, desk.year, "sheets"),
        "desk": desk, "page": page, "words": words, "state": state, "states": states.items(), "any": bool(cited),
        "lost": sum(each.state == "lost" for each in cited), "query": f"{query}&" if query else "",
        "sheet_url": address("sheet", desk.year, desk.unit), "here": address("citations", desk.year, desk.unit),
    }  # fmt: skip
    return render(request, "scoring/citations.html", context)


def _all(desk: Desk) -> list[Cited]:
    table = table_of(desk.version) if desk.version else None
    return queries.citations_of(desk.year, desk.unit, table)


def _states() -> dict[str, str]:
    """What may be wrong with a citation, in words."""
    return {
        "changed": _("nguồn đã thay đổi"),
        "gone": _("nguồn không còn"),
        "lost": _("tiêu chí không còn"),
    }


@require_GET
def workbook(request: HttpRequest, cluster: str, year: int, unit: str) -> HttpResponse:
    """All citations as XLSX."""
    found, organisation = place(request, cluster, year, unit, proof=True)
    desk = queries.desk_of(request.actor, found, organisation)
    headers = [
        _("Mã"), pgettext("column", "Tiêu chí"), _("Loại"), _("Việc đã ghi"), _("Nội dung khi dẫn"), _("Ngày"),
        _("Người dẫn"), _("Dẫn lúc"), _("Ghi chú"),
    ]  # fmt: skip
    rows = [_row(each) for each in _all(desk)]
    note = _("Số liệu minh hoạ") if found.illustrative else ""
    title = _("Việc đã dẫn làm minh chứng · %(unit)s · %(year)s") % {"unit": organisation.name_vi, "year": found}
    return workbook_response(f"dan-chung-{organisation.slug}-{found.year}", title, headers, rows, note)


def _row(each: Cited) -> list[object]:
    made = each.citation
    day = date_format(made.day, "d-m-Y") if made.day else ""
    moment = date_format(localtime(made.cited_at), "d-m-Y H:i")
    state = _states().get(each.state, "")
    return [made.code, each.criterion, each.kind, made.title, made.words, day, made.cited_by_name, moment, state]


@require_POST
def withdraw(request: HttpRequest, cluster: str, year: int, unit: str, citation_id: int) -> HttpResponse:
    """Take a citation off its criterion; back to where the button stood (`ve`)."""
    found, organisation = place(request, cluster, year, unit, proof=True)
    kept = get_citation_visible_to(request.actor, found, organisation, citation_id)
    facts = {"title": kept.title, "code": kept.code}
    code, source = kept.code, {"nguon": kept.kind, "so": kept.source}
    with refusal_told(request):
        actions.withdraw_citation(citation=kept, actor=request.actor, now=request.now)
        messages.success(request, _("Đã thôi dẫn “%(title)s” ở tiêu chí %(code)s.") % facts)
    back = request.POST.get("ve", "")
    if back == "dong":
        return redirect(address("evidence", found, organisation, code))
    here = address("citations", found, organisation)
    return redirect(f"{here}?{urlencode(source)}" if back == "nguon" else here)
