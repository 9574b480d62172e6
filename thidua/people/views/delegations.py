"""Ủy quyền: lending the power of one's own post for some days."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from thidua.people import actions
from thidua.people.access import get_delegation_lent_by
from thidua.people.forms import LendForm
from thidua.people.queries.delegations import lendable_posts, loans_of
from thidua.people.queries.directory import colleagues


def delegations(request: HttpRequest) -> HttpResponse:
    """What one has lent and borrowed, and a form to lend; for everyone signed in."""
    today, posts = timezone.localtime(request.now).date(), lendable_posts(request.actor)
    form = LendForm(request.POST or None, posts=posts, initial={"starts_on": today})
    if request.method == "POST" and form.is_valid() and _lend(request, form):
        messages.success(request, _("Đã ủy quyền. Nhật ký sẽ ghi cả tên bạn và tên người được ủy quyền."))
        return redirect("people:delegations")
    lent, borrowed = loans_of(request.actor, today)
    near = colleagues(frozenset(post.organisation_id for post in posts), today) if posts else []
    others = [person for person in near if person.pk != request.actor.person_id]
    context = {"form": form if posts else None, "lent": lent, "borrowed": borrowed, "colleagues": others}
    return render(request, "people/delegations.html", context, status=422 if form.errors else 200)


def _lend(request: HttpRequest, form: LendForm):
    return form.attempt(actions.lend_power, **form.cleaned_data, actor=request.actor, now=request.now)


@require_POST
def take_back(request: HttpRequest, delegation_id: int) -> HttpResponse:
    """End a delegation at once."""
    lent = get_delegation_lent_by(request.actor, delegation_id)
    actions.take_back_power(delegation=lent, actor=request.actor, now=request.now)
    messages.success(request, _("Đã thu hồi ủy quyền."))
    return redirect("people:delegations")
