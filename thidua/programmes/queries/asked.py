"""Documents that ask a unit for a programme: where its people begin or open it."""

from collections.abc import Collection

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from thidua.clusters.access import member_ids
from thidua.clusters.models import ClusterYear
from thidua.clusters.rules import Stage
from thidua.kernel.actor import Actor
from thidua.kernel.ports import Tab
from thidua.people.models import Organisation
from thidua.programmes.access import WRITE_PROGRAMME
from thidua.programmes.models import Programme, ProgrammeKind

Pair = tuple[int, int]
"""Ids of a unit and of a document."""


def programme_answers(actor: Actor, year: ClusterYear, asked: Collection[Pair]) -> dict[Pair, Tab]:
    """The unit's newest programme for the document, or the page that begins one. Only of units for which the person writes
    programmes, in an open year. Two queries at most (members are read once for the page)."""
    units = actor.organisations(*WRITE_PROGRAMME.roles) & {unit for unit, _document in asked}
    if not units or year.stage == Stage.CLOSED:
        return {}
    slugs = dict(Organisation.objects.filter(pk__in=units & member_ids(year)).values_list("pk", "slug"))
    saved = Programme.objects.filter(year=year, unit__in=slugs, directive__in={document for _unit, document in asked})
    rows = saved.exclude(kind=ProgrammeKind.NEXT_YEAR).order_by("pk").values_list("unit", "directive", "pk")
    there = {(unit, document): pk for unit, document, pk in rows}
    return {pair: _answer(year, slugs[pair[0]], pair[1], there.get(pair)) for pair in asked if pair[0] in slugs}


def _answer(year: ClusterYear, unit: str, document: int, programme: int | None) -> Tab:
    where = [year.cluster.slug, year.year]
    if programme:
        return Tab("programme", _("Mở chương trình hành động"), reverse("programmes:programme", args=[*where, programme]))
    query = urlencode({"don-vi": unit, "van-ban": document})
    return Tab("new", _("Lập chương trình hành động"), f"{reverse('programmes:new', args=where)}?{query}")
