"""The hand-over: what is handed over, and both signatures."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from thidua.audit.queries import head_digest
from thidua.awards.queries import ranking_rows
from thidua.clusters.access import get_year_visible_to
from thidua.clusters.queries import frame_of
from thidua.conference import actions, papers
from thidua.conference.access import get_hand_over_of, hand_over_of, may_sign
from thidua.conference.models import HandOver, Side
from thidua.conference.queries.hand_over import digest_of, facts_of
from thidua.kernel.actor import Actor
from thidua.kernel.errors import Absent
from thidua.paperwork.papers import paper_response
from thidua.scoring.access import may_see_ranking
from thidua.web.http import refusal_told


@require_safe
def hand_over(request: HttpRequest, cluster: str, year: int) -> HttpResponse:
    """The hand-over from the year's head (or to it, in the first weeks of a year)."""
    found = get_year_visible_to(request.actor, cluster, year)
    record = hand_over_of(found)
    if record is None:
        return render(request, "conference/no_hand_over.html", frame_of(request.actor, found, "hand_over"))
    facts = facts_of(record)
    held = facts["conference"]
    context = frame_of(request.actor, found, "hand_over") | {
        "record": record,
        "facts": facts,
        "facts_digest": digest_of(facts),
        "held_at": parse_datetime(held["held_at"]) if held else None,
        "ranking": ranking_rows(facts["ranking"]) if may_see_ranking(request.actor, record.from_year) else None,
        "nominations": papers.nomination_rows(facts),
        "sides": [_side(request.actor, record, side) for side in Side],
    }
    return render(request, "conference/hand_over.html", context)


def _side(actor: Actor, record: HandOver, side: Side) -> dict[str, object]:
    at, by = record.signature_of(side)
    may = may_sign(actor, record, side)
    return {"key": side.value, "title": side.label, "unit": record.head_of(side), "at": at, "by": by, "may": may}


@require_POST
def sign(request: HttpRequest, cluster: str, year: int, side: str) -> HttpResponse:
    """Sign for a side."""
    if side not in Side.values:
        raise Absent
    record = get_hand_over_of(get_year_visible_to(request.actor, cluster, year))
    digest = request.POST.get("facts_digest", "")
    with refusal_told(request):
        actions.sign_hand_over(hand_over=record, side=side, facts_digest=digest, actor=request.actor, now=request.now)
        messages.success(request, _("Đã ký bàn giao."))
    return redirect("conference:handover", cluster, year)


@require_safe
def paper(request: HttpRequest, cluster: str, year: int, kind: str) -> HttpResponse:
    """The record as PDF or DOCX, with the digest of the journal."""
    record = get_hand_over_of(get_year_visible_to(request.actor, cluster, year))
    facts = facts_of(record)
    if not may_see_ranking(request.actor, record.from_year):
        facts = {**facts, "ranking": []}
    printed = papers.hand_over_paper(record, facts, record.journal_digest or head_digest())
    return paper_response(printed, kind, f"ban-giao-{cluster}-{record.from_year.year}-{record.to_year.year}")
