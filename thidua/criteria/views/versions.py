"""The versions of a year with what rests on them, and the difference between any two of the cluster."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from thidua.clusters.access import get_year_visible_to
from thidua.clusters.models import ClusterYear
from thidua.clusters.queries import frame_of
from thidua.criteria import queries
from thidua.criteria.models import CriteriaVersion
from thidua.kernel.errors import Absent
from thidua.kernel.ports import pinned_to_versions
from thidua.web.workbook import workbook_response


@require_GET
def versions(request: HttpRequest, cluster: str, year: int) -> HttpResponse:
    """All versions of the year: what adopted each, why it came, and which pledge and sheets rest on it."""
    found = get_year_visible_to(request.actor, cluster, year)
    listed = queries.versions(found)
    pins = pinned_to_versions(request.actor, found)
    before = [*listed[1:], None]
    context = frame_of(request.actor, found, "criteria") | {
        "rows": [(version, pins.get(version.pk, []), earlier) for version, earlier in zip(listed, before, strict=True)],
        "in_force": next((version for version in listed if not version.is_draft), None),
    }
    return render(request, "criteria/versions.html", context)


@require_GET
def compare(request: HttpRequest, cluster: str, year: int) -> HttpResponse:
    """Two versions named in the address (`?a=2021-1&b=2022-1`), in words and colours; `chi` chooses which rows."""
    found = get_year_visible_to(request.actor, cluster, year)
    listed, old, new = _chosen(request, found)
    only = request.GET.get("chi", "")
    context = frame_of(request.actor, found, "criteria") | {
        "versions": [(queries.name_of(version), version) for version in listed],
        "old": old,
        "new": new,
        "names": (queries.name_of(old) if old else "", queries.name_of(new) if new else ""),
        "only": only,
        "marks": queries.MARKS,
        "compared": queries.compared_versions(old, new, only) if old and new else None,
    }
    return render(request, "criteria/compare.html", context)


@require_GET
def compare_workbook(request: HttpRequest, cluster: str, year: int) -> HttpResponse:
    """The same as an XLSX: one row for each row that came, went or changed."""
    found = get_year_visible_to(request.actor, cluster, year)
    _listed, old, new = _chosen(request, found)
    if old is None or new is None:
        raise Absent
    compared = queries.compared_versions(old, new, request.GET.get("chi", ""))
    names = (queries.name_of(old), queries.name_of(new))
    rows = [
        (
            each.row.was.code if each.row.was else "",
            each.row.becomes.code if each.row.becomes else "",
            each.row.row.title,
            each.row.was.max_points if each.row.was else None,
            each.row.becomes.max_points if each.row.becomes else None,
            each.words,
            each.changes,
        )
        for each in compared.rows
    ]
    headers = [
        _("Mã ở bản {name}").format(name=names[0]),
        _("Mã ở bản {name}").format(name=names[1]),
        _("Nội dung tiêu chí"),
        _("Điểm tối đa ở bản {name}").format(name=names[0]),
        _("Điểm tối đa ở bản {name}").format(name=names[1]),
        _("Khác biệt"),
        _("Từ gì thành gì"),
    ]
    note = _("Số liệu minh hoạ. {sentence}").format(sentence=compared.sentence) if found.illustrative else compared.sentence
    return workbook_response(f"so-sanh-tieu-chi-{names[0]}-{names[1]}", _("So sánh bảng tiêu chí"), headers, rows, note)


def _chosen(
    request: HttpRequest, year: ClusterYear
) -> tuple[list[CriteriaVersion], CriteriaVersion | None, CriteriaVersion | None]:
    listed = queries.versions_to_compare(request.actor, year)
    return listed, *queries.choose_two(listed, year, request.GET.get("a", ""), request.GET.get("b", ""))
