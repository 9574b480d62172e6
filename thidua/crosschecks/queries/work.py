"""What rounds wait for, for *Việc của tôi*."""

from datetime import datetime

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from thidua.clusters.models import ClusterYear
from thidua.clusters.rules import Stage
from thidua.crosschecks.access import CHECKERS, people_behind
from thidua.crosschecks.models import CheckRound, CheckTask, RoundState
from thidua.kernel.actor import Actor, Role
from thidua.kernel.ports import Work
from thidua.scoring.access import ANSWER, conflicts_of
from thidua.scoring.models import CellRemark


def work(actor: Actor, now: datetime) -> list[Work]:
    """WORK: units that wait to be checked by the actor, lines about which the own unit is asked, and rounds that wait to be
    closed or settled. Five queries at most."""
    return [*_to_mark(actor), *_to_answer(actor), *_to_run(actor)]


def _to_mark(actor: Actor) -> list[Work]:
    if not actor.holds(*CHECKERS):
        return []
    mine = Q(checker__in=actor.organisations(*CHECKERS)) | Q(person__in=people_behind(actor))
    tasks = CheckTask.objects.filter(
        mine, round__state=RoundState.OPEN, round__year__stage=Stage.CROSS_CHECKING, done_at=None
    ).exclude(unit__in=actor.organisations())
    waiting: dict[CheckRound, set[int]] = {}
    for task in tasks.select_related("round__year__cluster"):
        waiting.setdefault(task.round, set()).add(task.unit_id)
    barred = _barred(actor, {check.year for check in waiting}) if waiting else set()
    found = []
    for check, units in waiting.items():
        if count := sum((check.year_id, unit) not in barred for unit in units):
            words = ngettext("Chấm %(n)d đơn vị: %(title)s", "Chấm %(n)d đơn vị: %(title)s", count)
            found.append(Work(words % {"n": count, "title": check.title}, check.year, _address(check), check.due_on))
    return found


def _barred(actor: Actor, years: set[ClusterYear]) -> set[tuple[int, int | None]]:
    """(year id, unit id) that a standing conflict bars; a conflict between units holds both ways."""
    pairs = list(conflicts_of(actor, *years).values_list("year_id", "checker_id", "unit_id"))
    return {(year, unit) for year, _checker, unit in pairs} | {(year, checker) for year, checker, _unit in pairs}


def _to_answer(actor: Actor) -> list[Work]:
    """Lines of the own unit at which the other side spoke last, while a round about it runs; the page is that of the line that
    waits longest. Two queries, one where no round runs."""
    own = actor.organisations(*ANSWER.roles)
    if not own:
        return []
    running = CheckTask.objects.filter(
        unit__in=own, round__state__in=(RoundState.OPEN, RoundState.CLOSED), round__year__stage=Stage.CROSS_CHECKING
    )
    about = {(task.round.year_id, task.unit_id): task for task in running.select_related("round__year__cluster", "unit")}
    if not about:
        return []
    newest: dict[tuple[int, int], dict[str, bool]] = {}
    said = CellRemark.objects.filter(sheet__unit__in=own, sheet__year__in={year for year, _unit in about}).order_by("pk")
    for year, unit, code, from_unit in said.values_list("sheet__year_id", "sheet__unit_id", "code", "from_unit"):
        lines = newest.setdefault((year, unit), {})
        lines.pop(code, None)
        lines[code] = from_unit
    found = []
    for key, task in about.items():
        if codes := [code for code, from_unit in newest.get(key, {}).items() if not from_unit]:
            words = ngettext(
                "Trả lời câu hỏi của bên thẩm định: %(n)d dòng",
                "Trả lời câu hỏi của bên thẩm định: %(n)d dòng",
                len(codes),
            )
            year, check = task.round.year, task.round
            url = reverse("crosschecks:cell", args=[year.cluster.slug, year.year, check.number, task.unit.slug, codes[0]])
            found.append(Work(words % {"n": len(codes)}, year, url, check.due_on))
    return found


def _to_run(actor: Actor) -> list[Work]:
    heads = actor.organisations(Role.HEAD_SECRETARY)
    if not heads:
        return []
    rounds = CheckRound.objects.filter(
        year__head__in=heads, year__stage=Stage.CROSS_CHECKING, state__in=(RoundState.OPEN, RoundState.CLOSED)
    )
    counted = rounds.annotate(left=Count("tasks", filter=Q(tasks__done_at=None))).select_related("year__cluster")
    found = []
    for check in counted:
        if check.state == RoundState.CLOSED:
            title = _("Chốt kết quả: %(title)s") % {"title": check.title}
        elif not check.left:
            title = _("Mọi người đã chấm xong, đóng vòng: %(title)s") % {"title": check.title}
        else:
            continue
        found.append(Work(title, check.year, _address(check), check.due_on))
    return found


def _address(check: CheckRound) -> str:
    return reverse("crosschecks:round", args=[check.year.cluster.slug, check.year.year, check.number])
