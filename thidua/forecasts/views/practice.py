"""Practising to say chances. The address holds the seed of a go; what is answered is judged and forgotten."""

import re
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from thidua.clusters.access import get_year_visible_to
from thidua.clusters.queries import frame_of
from thidua.forecasts.forms.practice import PracticeForm
from thidua.forecasts.queries.practice import Statement, statements_for
from thidua.forecasts.rules.practice import judge
from thidua.forecasts.rules.scores import brier

_SEED = re.compile(r"[0-9]{1,9}")
_SEEDS = 1_000_000


@dataclass(frozen=True, slots=True)
class Feedback:
    """A statement with the chance that was given to it and what that cost."""

    statement: Statement
    chance: float
    cost: float

    @property
    def state(self) -> str:
        """The state of a cell: on the right side, on neither, on the wrong one."""
        if self.chance == 0.5:
            return "wait"
        return "ok" if (self.chance > 0.5) == self.statement.truth else "late"


@require_http_methods(["GET", "POST"])
def practice(request: HttpRequest, cluster: str, year: int) -> HttpResponse:
    """Ten statements (`?de=` says which), and after sending how they were judged. Without `?de=` a new go begins."""
    found = get_year_visible_to(request.actor, cluster, year)
    seed = request.GET.get("de", "")
    if not _SEED.fullmatch(seed):
        return redirect(f"{request.path}?de={int(request.now.timestamp() * 1000) % _SEEDS}")
    form = PracticeForm(request.POST or None, statements=statements_for(seed))
    context = frame_of(request.actor, found, "forecasts") | {"form": form}
    if request.method == "POST" and form.is_valid():
        answers = form.answers
        rows = [
            Feedback(each, chance, brier(chance, truth)) for each, (chance, truth) in zip(form.statements, answers, strict=True)
        ]
        return render(request, "forecasts/practice_result.html", context | {"judged": judge(answers), "rows": rows})
    return render(request, "forecasts/practice.html", context, status=422 if form.is_bound else 200)
