"""Pages of coverage: all directives that have clauses, and the matrix clause × unit of one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy
from django.views.decorators.http import require_GET

from thidua.clusters.access import get_year_visible_to
from thidua.clusters.models import ClusterYear
from thidua.clusters.queries import members
from thidua.directives.access import get_directive
from thidua.directives.models import Directive
from thidua.kernel.errors import Absent
from thidua.kernel.text import small_int
from thidua.programmes.queries.coverage import Matrix, covered_directives, has_clauses, matrix
from thidua.programmes.queries.parts import page_of
from thidua.web.workbook import workbook_response

ALL = "tat-ca"
"""`?loc=`: every directive that has clauses; without it those sent in the year, for only these ask anything of a unit."""
FILTERS = (
    ("", pgettext_lazy("clauses", "Mọi mục")),
    ("trong", gettext_lazy("Mục còn đơn vị chưa có nhiệm vụ")),
    ("qua-han", gettext_lazy("Mục có đơn vị quá hạn")),
)
ORDERS = (("", gettext_lazy("Theo thứ tự trong văn bản")), ("trong", gettext_lazy("Nhiều ô trống trước")))
MANY_UNITS = 15
"""From so many units on the headings stand upright on paper, and cells show their sign only."""


@require_GET
def coverage(request: HttpRequest, cluster: str, year: int) -> HttpResponse:
    """`?van-ban=`: the matrix of that directive; without it the directives that have clauses."""
    found = get_year_visible_to(request.actor, cluster, year)
    return _matrix_page(request, found) if request.GET.get("van-ban") else _overview_page(request, found)


def _overview_page(request: HttpRequest, year: ClusterYear) -> HttpResponse:
    today = timezone.localdate(request.now)
    words, sent = _wanted(request)
    page, rows = covered_directives(request.actor, year, today, words=words, sent=sent, page=request.GET.get("trang", ""))
    none_sent = not rows and sent and not words and has_clauses(year)
    own = bool(request.actor.organisations() & {unit.pk for unit in members(year)})
    context = {"page": page, "rows": rows, "words": words, "sent": sent, "none_sent": none_sent, "own": own}
    return render(request, "programmes/coverage.html", page_of(request.actor, year, "coverage") | context)


def _wanted(request: HttpRequest) -> tuple[str, bool]:
    """The words looked for, and whether only directives sent in the year are wanted."""
    return request.GET.get("q", "").strip()[:200], request.GET.get("loc") != ALL


def _matrix_page(request: HttpRequest, year: ClusterYear) -> HttpResponse:
    directive, found = _asked(request, year)
    context = {
        "directive": directive,
        "matrix": found,
        "many": len(found.units) >= MANY_UNITS,
        "filters": FILTERS,
        "orders": ORDERS,
        "units": members(year),
    }
    return render(request, "programmes/matrix.html", page_of(request.actor, year, "coverage") | context)


def _asked(request: HttpRequest, year: ClusterYear) -> tuple[Directive, Matrix]:
    """The directive and its matrix as the address asks for them."""
    number = small_int(request.GET.get("van-ban", ""))
    if number is None:
        raise Absent
    directive = get_directive(year, number)
    ask = request.GET.get
    found = matrix(
        request.actor, year, directive, timezone.localdate(request.now),
        only=ask("loc", ""), blanks_first=ask("xep") == "trong", unit=ask("don-vi", ""),
    )  # fmt: skip
    return directive, found


@require_GET
def coverage_workbook(request: HttpRequest, cluster: str, year: int) -> HttpResponse:
    """The matrix as XLSX, as filtered and sorted; without `van-ban` a page of the directives."""
    found = get_year_visible_to(request.actor, cluster, year)
    note = _("Số liệu minh hoạ") if found.illustrative else ""
    name = f"bao-phu-{found.cluster.slug}-{found.year}"
    if request.GET.get("van-ban"):
        directive, table = _asked(request, found)
        headers = [pgettext("clause", "Mục"), _("Nội dung"), _("Hạn"), *(unit.short for unit in table.units), _("Còn trống")]
        rows = [
            [str(row.clause), row.clause.text, _day(row.clause.due_on), *(cell.text for cell in row.cells), row.total.blank]
            for row in table.rows
        ]
        return workbook_response(f"{name}-{directive.pk}", str(directive), headers, rows, note)
    (words, sent), today = _wanted(request), timezone.localdate(request.now)
    _page, shown = covered_directives(request.actor, found, today, words=words, sent=sent, page=request.GET.get("trang", ""))
    headers = [_("Văn bản"), _("Trích yếu"), _("Số mục"), _("Lượt được giao"), _("Đã có nhiệm vụ"), _("Còn trống"), _("Quá hạn")]
    rows = [
        [str(r.directive), r.directive.title, r.clauses, r.total.asked, r.total.answered, r.total.blank, r.total.overdue]
        for r in shown
    ]
    return workbook_response(name, _("Mức độ bao phủ văn bản"), headers, rows, note)


def _day(day) -> str:
    return day.strftime("%d-%m-%Y") if day else ""
