"""What a unit has recorded in the slices below and may cite as evidence: one list, one look-up, the address of the page."""

from collections.abc import Collection, Iterable
from datetime import date
from types import ModuleType
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import translation
from django.utils.translation import pgettext_lazy

from thidua.clusters.access import may
from thidua.clusters.models import ClusterYear
from thidua.clusters.queries import members
from thidua.clusters.rules import Stage
from thidua.criteria.queries import is_published
from thidua.directives import queries as directives
from thidua.forecasts import queries as forecasts
from thidua.kernel.actor import Actor
from thidua.kernel.ports import Citable
from thidua.kernel.text import fold
from thidua.programmes import queries as programmes
from thidua.rapporteurs import queries as rapporteurs
from thidua.reports import queries as reports
from thidua.scoring.access import SCORE, UNIT_ROLES

KINDS = {
    "study": pgettext_lazy("source", "Học tập, quán triệt"),
    "talk": pgettext_lazy("source", "Buổi tuyên truyền"),
    "corps": pgettext_lazy("source", "Báo cáo viên, cộng tác viên cả năm"),
    "forecasting": pgettext_lazy("source", "Dự báo"),
    "programme": pgettext_lazy("source", "Chương trình, kế hoạch"),
    "task": pgettext_lazy("source", "Nhiệm vụ"),
    "indicator": pgettext_lazy("source", "Chỉ tiêu"),
    "report": pgettext_lazy("source", "Báo cáo"),
}
"""What can be cited, in the words of lists."""
_KEEPERS: dict[str, ModuleType] = {
    "study": directives,
    "talk": rapporteurs,
    "corps": rapporteurs,
    "forecasting": forecasts,
    "programme": programmes,
    "task": programmes,
    "indicator": programmes,
    "report": reports,
}
"""Whose rows each kind names."""
_OF_THE_RECORD = "vi"
"""What a source says is kept and compared in one language, whoever reads it: or every source would seem changed to a reader
in another."""


def citable_of(year: ClusterYear, unit_id: int, kind: str, source: int) -> Citable | None:
    """What the unit has recorded under that kind and id, as it is now; None for what it did not, or what may not be cited."""
    with translation.override(_OF_THE_RECORD):
        return _KEEPERS[kind].citable(year, unit_id, kind, source) if kind in _KEEPERS else None


def citables_of(year: ClusterYear, unit_id: int, kinds: Collection[str] = tuple(KINDS)) -> list[Citable]:
    """All that the unit has recorded of those kinds, newest first; what has no day comes last. Each slice is read once."""
    keepers = dict.fromkeys(_KEEPERS[kind] for kind in kinds if kind in _KEEPERS)
    with translation.override(_OF_THE_RECORD):
        found = [each for keeper in keepers for each in keeper.citables(year, unit_id) if each.kind in kinds]
    return sorted(found, key=lambda each: each.day or date.min, reverse=True)


def matching(citables: Iterable[Citable], words: str, kind: str = "") -> list[Citable]:
    """Those of the kind (any when it is empty) that hold every word, marks and case aside."""
    wanted = fold(words).split()
    found = [each for each in citables if not kind or each.kind == kind]
    return [each for each in found if holds(wanted, each.title, each.words)] if wanted else found


def holds(wanted: list[str], *texts: str) -> bool:
    """Whether every folded word stands somewhere in the texts."""
    text = fold(" ".join(texts))
    return all(word in text for word in wanted)


def citing_url(actor: Actor, year: ClusterYear, unit_id: int, kind: str, source: int) -> str:
    """CITING: the page where the unit cites this as evidence; empty for whoever does not score for the unit, while the year
    has no criteria in force, and once self-scoring is over. Two queries at most for each object of the year: its members, and
    whether it has criteria; none for those who do not score."""
    if kind not in KINDS or year.has_reached(Stage.CROSS_CHECKING) or unit_id not in actor.organisations(*UNIT_ROLES):
        return ""
    unit = next((unit for unit in members(year) if unit.pk == unit_id), None)
    if unit is None or not may(SCORE, actor, year, unit_id) or not is_published(year):
        return ""
    address = reverse("scoring:citations", args=[year.cluster.slug, year.year, unit.slug])
    return f"{address}?{urlencode({'nguon': kind, 'so': source})}"
