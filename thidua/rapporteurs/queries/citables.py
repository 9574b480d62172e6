"""Held talks, and what a unit's corps did in the year, as something that can be cited as evidence. Counts, never names."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from thidua.clusters.models import ClusterYear
from thidua.clusters.queries import members
from thidua.kernel.ports import Citable
from thidua.people.models import Organisation
from thidua.rapporteurs.models import TalkForm
from thidua.rapporteurs.queries.figures import corps_words, talk_address, topics_words, year_address
from thidua.rapporteurs.queries.spans import Span, TalkLine, span_of, talks_of

TALK, CORPS = "talk", "corps"
MOST = 500
"""Talks offered at once; a unit holds some dozens a year."""


def citables(year: ClusterYear, unit_id: int) -> list[Citable]:
    """The unit's year in sum, and its held talks, newest first, MOST at most. Three queries (units of the cluster apart)."""
    unit = _unit(year, unit_id)
    if unit is None:
        return []
    span = year_of_unit(year, unit_id)
    return [*_corps(year, unit, span), *(_talk(year, line) for line in span.talks[:MOST])]


def citable(year: ClusterYear, unit_id: int, kind: str, pk: int) -> Citable | None:
    """One of them; None for what is not there, was not held, or belongs to another unit, year or slice."""
    unit = _unit(year, unit_id)
    if unit is None:
        return None
    if kind == TALK:
        found = (line for line in talks_of(year, unit_id, *_days(year)) if line.pk == pk)
        return next((_talk(year, line) for line in found), None)
    if kind == CORPS and pk == unit_id:
        return next(iter(_corps(year, unit, year_of_unit(year, unit_id))), None)
    return None


def year_of_unit(year: ClusterYear, unit_id: int) -> Span:
    """What the unit's corps did in the year. Three queries (units of the cluster apart)."""
    return span_of(year, unit_id, *_days(year))


def _days(year: ClusterYear) -> tuple[date, date]:
    return date(year.year, 1, 1), date(year.year, 12, 31)


def _unit(year: ClusterYear, unit_id: int) -> Organisation | None:
    return next((unit for unit in members(year) if unit.pk == unit_id), None)


def _corps(year: ClusterYear, unit: Organisation, span: Span) -> list[Citable]:
    """The year in sum; nothing for a unit whose corps did nothing."""
    if not span.talks and not span.done.owed:
        return []
    title = _("Báo cáo viên, cộng tác viên năm %(year)d") % {"year": year.year}
    words = "; ".join([corps_words(span), *_sums(span)])
    day = span.talks[0].held_on if span.talks else None
    return [Citable(CORPS, unit.pk, title, words, day, year_address("unit_summary", year, unit.slug))]


def _sums(span: Span) -> list[str]:
    """Talks and reports in counts."""
    found = []
    if span.talks:
        facts = {"talks": len(span.talks), "listeners": span.listeners, "topics": span.topics}
        found.append(_("%(talks)d buổi tuyên truyền, %(listeners)d lượt người nghe, %(topics)d chủ đề") % facts)
    if span.done.owed:
        found.append(_("cộng tác viên gửi %(sent)d trong %(owed)d báo cáo, đúng hạn %(on_time)d") % span.done._asdict())
    return found


def _talk(year: ClusterYear, line: TalkLine) -> Citable:
    title = _("Tuyên truyền miệng: %(topics)s") % {"topics": topics_words(line)}
    facts = {"form": TalkForm(line.form).label, "place": line.place, "n": line.listeners}
    words = ngettext("%(form)s, %(place)s; %(n)d người nghe", "%(form)s, %(place)s; %(n)d người nghe", line.listeners) % facts
    return Citable(TALK, line.pk, title, words, line.held_on, talk_address(year, line.pk))
