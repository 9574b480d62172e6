"""Figures that a unit's own records of distribution and study give for a span of days, with their sources, for reports."""

from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import make_aware
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from thidua.clusters.models import ClusterYear
from thidua.directives.models import Distribution, UnitSize
from thidua.directives.queries.study import SessionLine, line_of, sessions_of
from thidua.kernel.ports import Figure, FigureKind
from thidua.people.models import Organisation

MOST_SOURCES = 12
"""Sessions named one by one as the source of a figure; the rest is one line that leads to the unit's page."""

FIGURES: dict[str, FigureKind] = {
    "directives.received": FigureKind(gettext_lazy("Văn bản đã xác nhận nhận"), gettext_lazy("văn bản")),
    "directives.sessions": FigureKind(gettext_lazy("Buổi học tập, quán triệt"), gettext_lazy("buổi")),
    "directives.invited": FigureKind(gettext_lazy("Lượt người được mời học tập, quán triệt"), gettext_lazy("lượt")),
    "directives.attended": FigureKind(gettext_lazy("Lượt người dự học tập, quán triệt"), gettext_lazy("lượt")),
    "directives.share_of_members": FigureKind(gettext_lazy("Tỷ lệ đảng viên được học tập, quán triệt"), gettext_lazy("%")),
}

LISTS: dict[str, FigureKind] = {
    "directives.session_list": FigureKind(gettext_lazy("Danh sách buổi học tập, quán triệt trong kỳ"), ""),
}
"""What can begin a part of words: each line stands in the basis of a figure without a value."""


def lists_of(year: ClusterYear, unit_id: int, starts_on: date, ends_on: date) -> dict[str, Figure]:
    """Those of LISTS for a unit and a span of days, both included. Four queries."""
    unit = Organisation.objects.get(pk=unit_id)
    held = sessions_of(year, unit).filter(held_on__range=(starts_on, ends_on))
    return {"directives.session_list": Figure(None, _basis(year, unit, [line_of(session) for session in held]))}


def figures_of(year: ClusterYear, unit_id: int, starts_on: date, ends_on: date) -> dict[str, Figure]:
    """Every figure of FIGURES for a unit and a span of days, both included. Six queries.

    Received counts the documents whose receipt the unit confirmed within the span. The share of members is how far the unit has
    come by the end of the span, whatever its first day: a second session for those who missed the first adds to it, and a quarter
    without a session takes nothing away. It is the mean over the documents studied in the year so far: for each, members who
    attended over the unit's members. None without a session or a size.
    """
    unit = Organisation.objects.get(pk=unit_id)
    so_far = [line_of(session) for session in sessions_of(year, unit).filter(held_on__lte=ends_on)]
    lines = [line for line in so_far if line.session.held_on >= starts_on]
    size = UnitSize.objects.filter(year=year, unit=unit).values_list("members", flat=True).first()
    basis = _basis(year, unit, lines)
    return {
        "directives.received": _received(year, unit_id, starts_on, ends_on),
        "directives.sessions": Figure(Decimal(len(lines)), basis),
        "directives.invited": Figure(Decimal(sum(line.invited for line in lines)), basis),
        "directives.attended": Figure(Decimal(sum(line.attended for line in lines)), basis),
        "directives.share_of_members": Figure(mean_share(so_far, size), _with_size(year, unit, _basis(year, unit, so_far), size)),
    }


def mean_share(lines: list[SessionLine], size: int | None) -> Decimal | None:
    """The mean over the documents studied of the members who attended, in percent with one decimal. A document studied at
    several sessions counts once, with all who attended."""
    studied = {document.pk for line in lines for document in line.documents}
    if not studied or not size:
        return None
    attended = sum(line.members * len(line.documents) for line in lines)
    return (Decimal(attended) * 100 / (size * len(studied))).quantize(Decimal("0.1"), ROUND_HALF_UP)


def _received(year: ClusterYear, unit_id: int, starts_on: date, ends_on: date) -> Figure:
    first = make_aware(datetime.combine(starts_on, time()))
    after = make_aware(datetime.combine(ends_on + timedelta(days=1), time()))
    confirmed = Distribution.objects.filter(year=year, unit=unit_id, received_at__gte=first, received_at__lt=after).count()
    words = ngettext("%(n)d văn bản đã xác nhận nhận", "%(n)d văn bản đã xác nhận nhận", confirmed) % {"n": confirmed}
    url = reverse("directives:inbox", args=[year.cluster.slug, year.year])
    return Figure(Decimal(confirmed), ((words, url),) if confirmed else ())


def _basis(year: ClusterYear, unit: Organisation, lines: list[SessionLine]) -> tuple[tuple[str, str], ...]:
    """Each session as a source, the first MOST_SOURCES of them by name."""
    named = [(words_of(line), session_address(year, unit, line.session.pk)) for line in lines[:MOST_SOURCES]]
    rest = len(lines) - len(named)
    if rest:
        words = ngettext("và %(n)d buổi khác", "và %(n)d buổi khác", rest) % {"n": rest}
        named.append((words, unit_address(year, unit)))
    return tuple(named)


def _with_size(
    year: ClusterYear, unit: Organisation, basis: tuple[tuple[str, str], ...], size: int | None
) -> tuple[tuple[str, str], ...]:
    if not size:
        return ((_("Đơn vị chưa ghi số đảng viên trong năm"), unit_address(year, unit)),)
    return (*basis, (_("Số đảng viên của đơn vị: %(n)d") % {"n": size}, unit_address(year, unit)))


def words_of(line: SessionLine) -> str:
    """A session in a line: "12-03-2021: Chỉ thị 05-CT/TW; mời 120, dự 118"."""
    return _("%(day)s: %(documents)s; mời %(invited)d, dự %(attended)d") % {
        "day": date_format(line.session.held_on),
        "documents": ", ".join(document.name for document in line.documents),
        "invited": line.invited,
        "attended": line.attended,
    }


def session_address(year: ClusterYear, unit: Organisation, session_id: int) -> str:
    """The page of a session."""
    return reverse("directives:session", args=[year.cluster.slug, year.year, unit.slug, session_id])


def unit_address(year: ClusterYear, unit: Organisation) -> str:
    """The page of a unit's sessions."""
    return reverse("directives:unit_study", args=[year.cluster.slug, year.year, unit.slug])
