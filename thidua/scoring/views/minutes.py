"""The score minutes of a unit: the small form for the session, and the paper."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from thidua.clusters.queries import frame_of
from thidua.clusters.rules import Stage
from thidua.kernel.errors import Absent, Refused
from thidua.paperwork.papers import paper_response
from thidua.people.models import Organisation
from thidua.scoring import queries
from thidua.scoring.access import may_write_minutes, require_may_write_minutes
from thidua.scoring.actions.minutes import Session, write_minutes
from thidua.scoring.forms import MinutesForm
from thidua.scoring.models import ScoreMinutes, ScoreSheet
from thidua.scoring.papers.minutes import minutes_paper
from thidua.scoring.queries.minutes import checked_digest, minutes_facts, minutes_of
from thidua.scoring.views.place import address, place


def minutes(request: HttpRequest, cluster: str, year: int, unit: str) -> HttpResponse:
    """The session as written, for whoever may read the sheet; a form for those who write minutes."""
    found, organisation = place(request, cluster, year, unit)
    sheet = queries.sheet_of(found, organisation)
    if sheet is None:
        raise Absent
    sheet.year = found
    kept = minutes_of(sheet)
    form = None
    if request.method == "POST":
        require_may_write_minutes(request.actor, found, organisation.pk)
        form = MinutesForm(request.POST)
        if form.is_valid():
            session = Session(**form.cleaned_data)
            form.attempt(write_minutes, sheet=sheet, session=session, actor=request.actor, now=request.now)
            if not form.errors:
                messages.success(request, _("Đã lưu biên bản chấm điểm."))
                return redirect(address("minutes", found, organisation))
    elif sheet.checked_at and found.stage != Stage.CLOSED and may_write_minutes(request.actor, found, organisation.pk):
        form = MinutesForm(initial=_initial(kept, sheet, organisation))
    finished = sheet.checked_at is not None
    context = {
        **frame_of(request.actor, found, "checks"), "unit": organisation, "sheet": sheet, "kept": kept, "form": form,
        "back": address("check", found, organisation), "base": address("minutes", found, organisation).rstrip("/"),
        "outdated": finished and kept is not None and kept.digest != checked_digest(sheet),
        "facts": minutes_facts(queries.result_of(sheet)) if finished else None,
    }  # fmt: skip
    return render(request, "scoring/minutes.html", context, status=422 if form is not None and form.errors else 200)


def _initial(kept: ScoreMinutes | None, sheet: ScoreSheet, unit: Organisation) -> dict[str, object]:
    """What was written, or what is known before anything is: nothing is invented."""
    if kept is not None:
        return {name: getattr(kept, name) for name in Session.__slots__}
    head = sheet.year.head.name_vi if sheet.year.head else sheet.year.cluster.name_vi
    return {
        "ended_at": localtime(sheet.checked_at), "opinion": _("Thống nhất với kết quả chấm điểm."), "copies": 2,
        "kept_by": f"{unit.name_vi}\n{head}",
    }  # fmt: skip


@require_GET
def paper(request: HttpRequest, cluster: str, year: int, unit: str, kind: str) -> HttpResponse:
    """The minutes as PDF or DOCX, for whoever may read the sheet. Refuses (scoring.minutes_need_check, scoring.minutes_missing,
    scoring.minutes_outdated) what could not be signed."""
    found, organisation = place(request, cluster, year, unit)
    sheet = queries.sheet_of(found, organisation)
    if sheet is None:
        raise Absent
    sheet.year = found
    kept = minutes_of(sheet)
    if sheet.checked_at is None:
        raise Refused("scoring.minutes_need_check")
    if kept is None:
        raise Refused("scoring.minutes_missing")
    if kept.digest != checked_digest(sheet):
        raise Refused("scoring.minutes_outdated")
    printed = minutes_paper(kept, minutes_facts(queries.result_of(sheet)), found, organisation)
    return paper_response(printed, kind, f"bien-ban-cham-diem-{organisation.slug}-{found.year}")
