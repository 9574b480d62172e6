"""Tables to take away: a version, an example, an empty template; each can be worked on and imported again."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from thidua.clusters.access import get_year_visible_to
from thidua.clusters.models import ClusterYear
from thidua.criteria import papers, queries
from thidua.criteria.models import CriteriaVersion
from thidua.kernel.errors import Absent
from thidua.web.workbook import XLSX


@require_GET
def workbook(request: HttpRequest, cluster: str, year: int, number: int) -> HttpResponse:
    """A version as an XLSX that can be imported again."""
    found = get_year_visible_to(request.actor, cluster, year)
    version = queries.get_version(found, number)
    stamp = papers.Stamp(found.cluster.slug, found.year, version.number, version.digest)
    content = papers.workbook_of(queries.table_of(version), about=_about(found, version) + queries.guide(), stamp=stamp)
    return _download(content, f"tieu-chi-{found.cluster.slug}-{found.year}-ban-{version.number}.xlsx")


@require_GET
def template(request: HttpRequest, cluster: str, year: int) -> HttpResponse:
    """An empty table with two sample rows and an explanation of every column."""
    found = get_year_visible_to(request.actor, cluster, year)
    stamp = papers.Stamp(found.cluster.slug, found.year, 0)
    return _download(papers.workbook_of(queries.sample_table(), about=queries.guide(), stamp=stamp), "mau-bang-tieu-chi.xlsx")


@require_GET
def example(request: HttpRequest, cluster: str, year: int, key: str) -> HttpResponse:
    """An example of the library; also one that contradicts itself, to be mended in a spreadsheet."""
    get_year_visible_to(request.actor, cluster, year)
    shown = queries.get_example(key)
    if shown.parsed.table is None:
        raise Absent
    label = _("Ví dụ, không phải bảng chính thức của một cơ quan")
    about = [(_("Bảng"), str(shown.title)), (_("Lưu ý"), label), *queries.guide()]
    return _download(papers.workbook_of(shown.parsed.table, about=about), f"vi-du-{shown.key}.xlsx")


def _about(year: ClusterYear, version: CriteriaVersion) -> list[tuple[str, str]]:
    """The second sheet of a workbook: which table this is."""
    state = _("dự thảo") if version.is_draft else _("đã ban hành theo {decision}").format(decision=version.decision)
    found = [
        (_("Bảng"), version.title),
        (_("Cụm"), str(year.cluster)),
        (_("Năm"), str(year.year)),
        (_("Bản"), f"{version.number} ({state})"),
        (_("Mã kiểm tra SHA-256"), version.digest),
        (_("Khi sửa"), _("Ô mã của dòng cũ bị khóa để nhận ra dòng; thêm dòng mới ở cuối bảng. Trang tính không đặt mật khẩu.")),
    ]
    return [(_("Số liệu minh hoạ"), _("không phải bảng chính thức của một cơ quan")), *found] if year.illustrative else found


def _download(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
