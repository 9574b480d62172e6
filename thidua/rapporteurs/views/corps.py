"""The front page of the slice: the corps of the year, its counts, whose terms end, the list, and the list on paper."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from thidua.clusters.rules import Stage
from thidua.kernel.errors import Absent
from thidua.paperwork.papers import paper_response
from thidua.rapporteurs.forms.corps import FilterForm
from thidua.rapporteurs.models import CorpsKind
from thidua.rapporteurs.papers.cards import cards_response
from thidua.rapporteurs.papers.corps import corps_paper
from thidua.rapporteurs.queries import corps as queries
from thidua.rapporteurs.rules.corps import IN_FORCE
from thidua.rapporteurs.views.place import filters_of, note_of, page, year_of
from thidua.web.workbook import workbook_response

ENDING_SHOWN = 3
MOST_ON_PAPER = 5_000


@require_GET
def front(request: HttpRequest, cluster: str, year: int) -> HttpResponse:
    """The corps of the year: counts by level and kind, whose terms end soon, the list with its filters, 50 a page."""
    found = year_of(request, cluster, year)
    corps = queries.corps_of(found, localdate(request.now))
    form = FilterForm(request.GET, corps.units)
    wanted = form.wanted
    rows = Paginator(corps.listed(wanted), queries.PAGE).get_page(request.GET.get("trang"))
    own = [] if found.stage == Stage.CLOSED else queries.kept_units(request.actor, found, corps.units)
    return page(
        request, found, "corps",
        corps=corps, form=form, rows=rows, filters=filters_of(request), kinds=CorpsKind.labels,
        is_filtered=any(request.GET.get(name) for name in form.fields if name != "xep"), own=own,
        ending=corps.ending[:ENDING_SHOWN], more_ending=max(len(corps.ending) - ENDING_SHOWN, 0),
        in_force=any(line.standing.state in IN_FORCE for line in corps.lines),
        several_units=len({line.member.unit_id for line in corps.lines}) > 1,
    )  # fmt: skip


@require_GET
def workbook(request: HttpRequest, cluster: str, year: int) -> HttpResponse:
    """The list as a workbook, all pages, with the filters of the address."""
    found = year_of(request, cluster, year)
    corps = queries.corps_of(found, localdate(request.now))
    headers = [
        _("Họ và tên"), _("Loại"), _("Cấp"), _("Đơn vị"), _("Chức vụ"), _("Lĩnh vực"), _("Liên hệ"), _("Quyết định"),
        _("Cơ quan ban hành"), _("Ngày quyết định"), _("Từ ngày"), _("Đến ngày"), _("Tình trạng"),
    ]  # fmt: skip
    rows = map(_cells, corps.listed(FilterForm(request.GET, corps.units).wanted))
    title = _("Báo cáo viên, cộng tác viên của %(cluster)s, tính đến %(day)s") % {
        "cluster": found.cluster.name, "day": date_format(corps.day),
    }  # fmt: skip
    return workbook_response(f"doi-ngu-{found.year}", title, headers, rows, note_of(found))


def _cells(line: queries.Line) -> list[object]:
    member, term = line.member, line.term
    decision = (
        [term.decision, term.issuer, *(date_format(day) for day in (term.decided_on, term.starts_on, term.ends_on))]
        if term
        else [""] * 5
    )
    state = f"{queries.STATE_TITLES[line.standing.state]}: {line.words}"
    return [
        member.name, member.get_kind_display(), member.get_level_display(), member.unit.name_vi, member.post_title, member.field,
        member.contact, *decision, state,
    ]  # fmt: skip


@require_GET
def paper(request: HttpRequest, cluster: str, year: int, kind: str) -> HttpResponse:
    """The list by unit and level with the decisions, as an official paper (pdf, docx), with the filters of the address."""
    found = year_of(request, cluster, year)
    corps = queries.corps_of(found, localdate(request.now))
    lines = corps.listed(FilterForm(request.GET, corps.units).wanted)[:MOST_ON_PAPER]
    return paper_response(corps_paper(found, corps, lines), kind, f"danh-sach-doi-ngu-{found.year}")


@require_GET
def cards(request: HttpRequest, cluster: str, year: int) -> HttpResponse:
    """Cards of those in term on the day, eight on a page, with the filters of the address. Absent when nobody is."""
    found = year_of(request, cluster, year)
    corps = queries.corps_of(found, localdate(request.now))
    lines = [line for line in corps.listed(FilterForm(request.GET, corps.units).wanted) if line.standing.state in IN_FORCE]
    if not lines:
        raise Absent
    return cards_response(found, lines[:MOST_ON_PAPER], f"the-{found.year}")
