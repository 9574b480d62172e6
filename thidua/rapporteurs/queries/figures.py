"""Figures that a unit's corps gives for a span of days, with their sources, for reports."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from thidua.clusters.models import ClusterYear
from thidua.kernel.ports import Figure, FigureKind
from thidua.rapporteurs.queries.spans import RoundLine, Span, TalkLine, span_of, talks_of
from thidua.rapporteurs.rules.rounds import Punctuality

MOST_SOURCES = 12
"""Talks named one by one as the source of a figure; the rest is one line that leads to the list."""

FIGURES: dict[str, FigureKind] = {
    "rapporteurs.talks": FigureKind(gettext_lazy("Buổi tuyên truyền miệng"), pgettext_lazy("talk", "buổi")),
    "rapporteurs.listeners": FigureKind(gettext_lazy("Lượt người nghe tuyên truyền miệng"), gettext_lazy("lượt")),
    "rapporteurs.topics_covered": FigureKind(gettext_lazy("Chủ đề đã tuyên truyền"), gettext_lazy("chủ đề")),
    "rapporteurs.speakers": FigureKind(gettext_lazy("Báo cáo viên có buổi tuyên truyền"), gettext_lazy("người")),
    "rapporteurs.corps": FigureKind(gettext_lazy("Báo cáo viên, cộng tác viên trong nhiệm kỳ"), gettext_lazy("người")),
    "rapporteurs.reports_owed": FigureKind(gettext_lazy("Báo cáo cộng tác viên phải gửi"), gettext_lazy("báo cáo")),
    "rapporteurs.reports_sent": FigureKind(gettext_lazy("Báo cáo cộng tác viên đã gửi"), gettext_lazy("báo cáo")),
    "rapporteurs.reports_on_time": FigureKind(gettext_lazy("Tỷ lệ báo cáo cộng tác viên đúng hạn"), gettext_lazy("%")),
}

LISTS: dict[str, FigureKind] = {
    "rapporteurs.talks_list": FigureKind(gettext_lazy("Danh sách buổi tuyên truyền miệng trong kỳ"), ""),
}
"""What can begin a part of words: each line stands in the basis of a figure without a value."""

Basis = tuple[tuple[str, str], ...]


def lists_of(year: ClusterYear, unit_id: int, starts_on: date, ends_on: date) -> dict[str, Figure]:
    """Those of LISTS for a unit and a span of days, both included. One query."""
    return {"rapporteurs.talks_list": Figure(None, talks_basis(year, talks_of(year, unit_id, starts_on, ends_on)))}


def figures_of(year: ClusterYear, unit_id: int, starts_on: date, ends_on: date) -> dict[str, Figure]:
    """Every figure of FIGURES for a unit and a span of days, both included. Three queries (units of the cluster apart).

    Talks count once their audience does. The corps is who is in term on the last day. Reports are those of the rounds due within
    the span: owed by whoever was in term on the due day; one that never came is late. None where nobody owed any.
    """
    span = span_of(year, unit_id, starts_on, ends_on)
    talks, rounds = talks_basis(year, span.talks), rounds_basis(year, span.rounds)
    done = span.done
    return {
        "rapporteurs.talks": Figure(Decimal(len(span.talks)), talks),
        "rapporteurs.listeners": Figure(Decimal(span.listeners), talks),
        "rapporteurs.topics_covered": Figure(Decimal(span.topics), talks),
        "rapporteurs.speakers": Figure(Decimal(span.speakers), talks),
        "rapporteurs.corps": Figure(Decimal(span.members), corps_basis(year, span)),
        "rapporteurs.reports_owed": Figure(Decimal(done.owed), rounds),
        "rapporteurs.reports_sent": Figure(Decimal(done.sent), rounds),
        "rapporteurs.reports_on_time": Figure(share_on_time(done), rounds),
    }


def share_on_time(done: Punctuality) -> Decimal | None:
    """Reports in time in percent of those owed, one decimal; None when none was owed."""
    if not done.owed:
        return None
    return (Decimal(done.on_time) * 100 / done.owed).quantize(Decimal("0.1"), ROUND_HALF_UP)


def talks_basis(year: ClusterYear, lines: list[TalkLine]) -> Basis:
    """Each talk as a source, the first MOST_SOURCES of them by name."""
    named = [(talk_words(line), talk_address(year, line.pk)) for line in lines[:MOST_SOURCES]]
    rest = len(lines) - len(named)
    if rest:
        words = ngettext("và %(n)d buổi tuyên truyền khác", "và %(n)d buổi tuyên truyền khác", rest) % {"n": rest}
        named.append((words, year_address("talks", year)))
    return tuple(named)


def rounds_basis(year: ClusterYear, lines: list[RoundLine]) -> Basis:
    """Each round as a source: how many reports were owed, sent, in time."""
    words = _("%(title)s: phải gửi %(owed)d, đã gửi %(sent)d, đúng hạn %(on_time)d")
    address = year_address("rounds", year)
    return tuple((words % {"title": line.title, **line.done._asdict()}, address) for line in lines)


def corps_basis(year: ClusterYear, span: Span) -> Basis:
    """How many of each kind; nothing for a unit without a corps."""
    return ((corps_words(span), year_address("corps", year)),) if span.members else ()


def corps_words(span: Span) -> str:
    """ "3 báo cáo viên, 2 cộng tác viên"."""
    counts = {"rapporteurs": span.corps["rapporteur"], "collaborators": span.corps["collaborator"]}
    return _("%(rapporteurs)d báo cáo viên, %(collaborators)d cộng tác viên trong nhiệm kỳ") % counts


def talk_words(line: TalkLine) -> str:
    """A talk in a line: "12-03-2021: Chuyển đổi số; 120 người nghe"."""
    facts = {"day": date_format(line.held_on), "topics": topics_words(line), "n": line.listeners}
    return ngettext("%(day)s: %(topics)s; %(n)d người nghe", "%(day)s: %(topics)s; %(n)d người nghe", line.listeners) % facts


def topics_words(line: TalkLine) -> str:
    """The topics of a talk."""
    return ", ".join(title for _pk, title in line.topics)


def talk_address(year: ClusterYear, talk_id: int) -> str:
    """The page of a talk."""
    return year_address("talk", year, talk_id)


def year_address(name: str, year: ClusterYear, *rest: object) -> str:
    """A page of this slice in the year."""
    return reverse(f"rapporteurs:{name}", args=[year.cluster.slug, year.year, *rest])
