"""Who in the unit fills in which rows: a page of the unit's own people."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from thidua.clusters.queries import frame_of
from thidua.people.queries.directory import colleagues
from thidua.scoring import actions, queries
from thidua.scoring.access import get_keeper_visible_to, require_may_score
from thidua.scoring.forms import KeepersForm
from thidua.scoring.queries.sheets import is_frame
from thidua.scoring.views.place import address, place
from thidua.web.http import refusal_told


def keepers(request: HttpRequest, cluster: str, year: int, unit: str) -> HttpResponse:
    """The rows and whose they are; ticked rows are given to a person."""
    found, organisation = place(request, cluster, year, unit)
    require_may_score(request.actor, found, organisation.pk)
    desk = queries.desk_of(request.actor, found, organisation)
    context = {
        **frame_of(request.actor, found, "sheets"), "desk": desk, "back": address("sheet", found, organisation),
        "here": address("keepers", found, organisation),
    }  # fmt: skip
    if desk.version is None:
        return render(request, "scoring/keepers.html", context)
    table = queries.desk_result(desk).table
    levels = queries.levels_of(table)
    people = colleagues(frozenset({organisation.pk}), localdate(request.now))
    choices = [(row.code, row.title) for row in table.criteria if not row.is_band and not is_frame(row, table)]
    form = KeepersForm(request.POST or None, people=people, codes=choices)
    if request.method == "POST" and form.is_valid():
        person = next(each for each in people if str(each.pk) == form.cleaned_data["person"])
        values = {"year": found, "unit": organisation, "codes": form.cleaned_data["codes"], "person": person}
        given = form.attempt(actions.give_rows, **values, actor=request.actor, now=request.now)
        if given is not None:
            words = ngettext("Đã giao %(n)d dòng cho %(name)s.", "Đã giao %(n)d dòng cho %(name)s.", given)
            messages.success(request, words % {"n": given, "name": person.name})
            return redirect(address("keepers", found, organisation))
    ticked = set(request.POST.getlist("codes"))
    whose: dict[str, list] = {}
    for keeper in queries.keepers_of(found, organisation, table):
        whose.setdefault(keeper.code, []).append(keeper)
    context["rows"] = [(code, title, levels[code], code in ticked, whose.pop(code, [])) for code, title in choices]
    context["lost"] = [keeper for kept in whose.values() for keeper in kept]
    context["form"] = form
    return render(request, "scoring/keepers.html", context, status=422 if form.errors else 200)


@require_POST
def take(request: HttpRequest, cluster: str, year: int, unit: str, keeper_id: int) -> HttpResponse:
    """A row is no longer the person's."""
    found, organisation = place(request, cluster, year, unit)
    keeper = get_keeper_visible_to(request.actor, found, organisation, keeper_id)
    with refusal_told(request):
        actions.take_rows(keeper=keeper, actor=request.actor, now=request.now)
        messages.success(request, _("Đã thôi giao dòng %(code)s.") % {"code": keeper.code})
    return redirect(address("keepers", found, organisation))
