"""Reads of nominations and of what they rest on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from thidua.awards.access import RECORD_DECISION
from thidua.awards.models import Nomination, NominationStatus, Title
from thidua.ballots.queries import PollSummary, latest_results
from thidua.clusters.access import may, years_visible_to
from thidua.clusters.models import ClusterYear
from thidua.clusters.queries import due_on
from thidua.clusters.rules import Stage
from thidua.kernel import ports
from thidua.kernel.actor import Actor, Role
from thidua.kernel.points import format_vietnamese, places_for, settle
from thidua.scoring.queries import ranking

_ORDER = {title: place for place, title in enumerate(Title.values)}
_REFERENCE = "awards.nomination:"


@dataclass(frozen=True, slots=True)
class Place:
    """A unit's place in the verified ranking. `rank` and `total` are None for a unit out of it; `percent` of the maximum is
    there only when the year is ranked by percent."""

    unit_id: int
    unit: str
    rank: int | None
    total: Decimal | None
    percent: Decimal | None

    @property
    def values(self) -> dict[str, object]:
        """As plain values for a record: texts in plain decimals, empty where there is nothing."""
        return {"unit": self.unit, "rank": self.rank, "total": _plain(self.total), "percent": _plain(self.percent)}


def standings_of(year: ClusterYear) -> list[Place]:
    """The ranking after the cross-check, best first; whoever calls has asked whether the reader may see it. Five queries."""
    found = ranking(year)
    ranked = [
        Place(row.unit.pk, row.unit.name_vi, row.rank, row.standing.total, row.standing.percent if found.by_percent else None)
        for row in found.rows
    ]
    return ranked + [Place(out.unit.pk, out.unit.name_vi, None, None, None) for out in found.outside] if ranked else []


def ranking_rows(places: Sequence[dict[str, object]]) -> tuple[tuple[str, str, str], ...]:
    """Places (as `Place.values`) for a table on paper: rank, unit, points."""
    shown = places_for(Decimal(str(p["total"])) for p in places if p["total"])
    return tuple(
        ("–" if p["rank"] is None else str(p["rank"]), str(p["unit"]), points_text(str(p["total"]), str(p["percent"]), shown))
        for p in places
    )


def points_text(total: str, percent: str, shown: int = 2) -> str:
    """A total of a record as papers say it, with `shown` decimals: "98,50 điểm", "98,50 điểm (95,2 %)"; a dash for a unit out
    of the ranking."""
    if not total:
        return "–"
    words = f"{format_vietnamese(Decimal(total), fewest=shown, most=shown)} điểm"
    return f"{words} ({format_vietnamese(Decimal(percent))} %)" if percent else words


def _plain(value: Decimal | None) -> str:
    return "" if value is None else f"{settle(value):f}"


def nominations_of(year: ClusterYear) -> list[Nomination]:
    """The nominations, highest title first, then as they came. One query."""
    found = Nomination.objects.filter(year=year).select_related("unit").order_by("pk")
    return sorted(found, key=lambda nomination: _ORDER[nomination.title])


def voted_down(nominations: Iterable[Nomination]) -> tuple[str, ...]:
    """What the conference voted down, for papers, so in Vietnamese: "Đơn vị 2 – Bằng khen: 1/3 đồng ý, cần 2". No query."""
    with override("vi"):
        return tuple(f"{n.unit.name_vi} – {n.title_text}: {_votes(n)}" for n in nominations if n.is_voted_down)


def _votes(nomination: Nomination) -> str:
    poll = nomination.basis["poll"]
    return f"{poll['yes']}/{poll['of']} đồng ý, cần {poll['needed']}"


def reference_of(nomination: Nomination) -> str:
    """The key by which a poll's item speaks of this nomination."""
    return f"{_REFERENCE}{nomination.pk}"


def referred_to(reference: str) -> int | None:
    """The id of the nomination behind such a key; None for keys of others."""
    return int(reference.removeprefix(_REFERENCE)) if reference.startswith(_REFERENCE) else None


def basis_of(year: ClusterYear, unit_id: int) -> dict[str, object]:
    """What a nomination made now rests on: place and total in the ranking, and the latest counted poll about the unit."""
    basis: dict[str, object] = {}
    ranked = standings_of(year)
    own = next((standing for standing in ranked if standing.unit_id == unit_id), None)
    if own and own.rank is not None:
        basis |= {"units": len(ranked)} | {name: own.values[name] for name in ("rank", "total", "percent")}
    if summary := latest_results(year).get(unit_id):
        basis["poll"] = _poll_values(summary, unit_id)
    return basis


def _poll_values(summary: PollSummary, unit_id: int) -> dict[str, object]:
    verdict = next(r.decision for r in summary.results if r.item.nominee_id == unit_id)
    return {
        "title": summary.poll.title, "yes": verdict.yes, "of": verdict.of, "needed": verdict.needed, "carried": verdict.carried,
    }


def tabs(actor: Actor, year: ClusterYear) -> list[ports.Tab]:
    """TABS: commendations. No query."""
    return [ports.Tab("awards", _("Khen thưởng"), _url("awards", year))]


def columns(actor: Actor, year: ClusterYear) -> list[ports.Column]:
    """COLUMNS: what each unit was put forward for, from the conference on. One query."""
    if not year.has_reached(Stage.CONFERENCE):
        return []
    url = _url("awards", year)
    titles: dict[int, list[Nomination]] = {}
    for nomination in nominations_of(year):
        titles.setdefault(nomination.unit_id, []).append(nomination)
    cells = {unit: ports.Cell(_state(own), ", ".join(_words(n) for n in own), url) for unit, own in titles.items()}
    return [ports.Column(_("Khen thưởng"), cells)] if cells else []


def _state(nominations: list[Nomination]) -> str:
    if any(nomination.is_open for nomination in nominations):
        return "due"
    if any(n.status == NominationStatus.DECIDED for n in nominations):
        return "ok"
    return "late" if any(n.is_voted_down for n in nominations) else "wait"


def _words(nomination: Nomination) -> str:
    ending = {
        NominationStatus.VOTED_DOWN: _("%(title)s: không đạt phiếu"), NominationStatus.DECLINED: _("%(title)s: không được"),
    }
    return ending.get(NominationStatus(nomination.status), "%(title)s") % {"title": nomination.title_text}


def missing_decisions(year: ClusterYear) -> list[ports.Missing]:
    """STAGE_CHECKS, before the year is closed: every nomination that went forward is decided or declined. One query."""
    return [
        ports.Missing("awards.undecided", {"title": n.title_text, "unit": n.unit.short}, _url("decide", year, n.pk))
        for n in nominations_of(year)
        if n.is_open
    ]


def work(actor: Actor, now: datetime) -> list[ports.Work]:
    """WORK: decisions still to be written down, for those who may. One query, plus one for each such year."""
    if not actor.holds(*RECORD_DECISION.roles):
        return []
    waiting = Nomination.objects.filter(status=NominationStatus.PROPOSED, year__stage=Stage.DECIDED)
    years = years_visible_to(actor).filter(pk__in=waiting.values("year"))
    title = _("Ghi quyết định khen thưởng")
    places = actor.organisations(Role.HEAD_SECRETARY) | actor.organisations(Role.SUPERIOR_OFFICER)
    return [
        ports.Work(title, str(year), _url("awards", year), due_on(year, Stage.DECIDED))
        for year in years
        if {year.head_id, year.cluster.superior_body_id} & places and may(RECORD_DECISION, actor, year)
    ]


def _url(name: str, year: ClusterYear, *more: object) -> str:
    return reverse(f"awards:{name}", args=[year.cluster.slug, year.year, *more])
