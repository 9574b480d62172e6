"""What a unit's programmes, indicators and tasks offer as evidence of a criterion."""

from collections.abc import Iterable

from django.db.models import F, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from thidua.clusters.models import ClusterYear
from thidua.kernel.ports import Citable
from thidua.programmes.models import Indicator, IndicatorFigure, ProgrammeVersion, Task, TaskState
from thidua.programmes.queries.documents import clause_words, clauses_with_directive
from thidua.programmes.rules.figures import meets
from thidua.web.sentences import points_in_words

MOST = 300
"""Of each kind: what is older is cited from its own page."""


def citables(year: ClusterYear, unit_id: int) -> list[Citable]:
    """Approved programmes, indicators with figures, tasks done or begun: the newest first. Four queries."""
    found = [
        *_programmes(_versions(year, unit_id)[:MOST], year),
        *_indicators(_with_figures(year, unit_id)[:MOST], year),
        *_tasks(_worked_on(year, unit_id).order_by(F("done_on").desc(nulls_last=True), "-pk")[:MOST], year),
    ]
    return sorted(found, key=lambda citable: (citable.day is not None, citable.day), reverse=True)


def citable(year: ClusterYear, unit_id: int, kind: str, pk: int) -> Citable | None:
    """One of them by what names it; None for what is not there, not the unit's or of another kind. Two queries at most."""
    if kind == "programme":
        return next(iter(_programmes(_versions(year, unit_id).filter(programme=pk), year)), None)
    if kind == "indicator":
        return next(iter(_indicators(_with_figures(year, unit_id).filter(pk=pk), year)), None)
    if kind == "task":
        return next(iter(_tasks(_worked_on(year, unit_id).filter(pk=pk), year)), None)
    return None


def _versions(year: ClusterYear, unit_id: int) -> QuerySet[ProgrammeVersion]:
    newest = ProgrammeVersion.objects.filter(programme=OuterRef("programme")).order_by("-number").values("pk")[:1]
    versions = ProgrammeVersion.objects.filter(programme__year=year, programme__unit=unit_id, pk=Subquery(newest))
    return versions.select_related("programme").defer("content").order_by("-approved_at", "-pk")


def _programmes(versions: Iterable[ProgrammeVersion], year: ClusterYear) -> list[Citable]:
    return [
        Citable(
            "programme", version.programme_id, version.programme.title,
            _("Bản %(number)s, %(name)s duyệt ngày %(day)s")
            % {"number": version.number, "name": version.approved_by_name, "day": date_format(localdate(version.approved_at))},
            localdate(version.approved_at), _address(year, "programme", version.programme_id),
        )
        for version in versions
    ]  # fmt: skip


def _with_figures(year: ClusterYear, unit_id: int) -> QuerySet[Indicator]:
    latest = IndicatorFigure.objects.filter(indicator=OuterRef("pk")).order_by("-as_of")
    indicators = Indicator.objects.filter(programme__year=year, programme__unit=unit_id)
    latest_of = {"as_of": Subquery(latest.values("as_of")[:1]), "value": Subquery(latest.values("value")[:1])}
    return indicators.annotate(**latest_of).filter(as_of__isnull=False).order_by("-as_of", "-pk")


def _indicators(indicators: Iterable[Indicator], year: ClusterYear) -> list[Citable]:
    return [
        Citable(
            "indicator", row.pk, row.name, _figure_words(row), row.as_of,
            _address(year, "indicator", row.programme_id, row.pk),
        )
        for row in indicators
    ]  # fmt: skip


def _figure_words(row: Indicator) -> str:
    facts = {"value": _measured(row.value, row), "day": date_format(row.as_of)}
    if row.target is None:
        return _("Đạt %(value)s ngày %(day)s") % facts
    met = meets(row.value, row.target, lower_is_better=row.lower_is_better)
    words = (
        _("Ngày %(day)s: %(value)s, đạt mức đề ra %(target)s")
        if met
        else _("Ngày %(day)s: %(value)s, chưa đạt mức đề ra %(target)s")
    )
    return words % (facts | {"target": _measured(row.target, row)})


def _measured(value: object, row: Indicator) -> str:
    return f"{points_in_words(value)} {row.unit_of_measure}".strip()


def may_cite(task: Task) -> bool:
    """Whether a task proves anything: it is done, or work on it has begun. What was only planned or dropped proves nothing."""
    return task.unit_id is not None and task.state != TaskState.DROPPED and (task.state == TaskState.DONE or task.percent > 0)


def _worked_on(year: ClusterYear, unit_id: int) -> QuerySet[Task]:
    """The tasks of which `may_cite` holds."""
    tasks = Task.objects.filter(Q(state=TaskState.DONE) | Q(percent__gt=0), year=year, unit=unit_id)
    tasks = tasks.exclude(state=TaskState.DROPPED)
    return tasks.select_related("programme").prefetch_related(Prefetch("clauses", clauses_with_directive()))


def _tasks(tasks: Iterable[Task], year: ClusterYear) -> list[Citable]:
    return [
        Citable("task", task.pk, task.title, _task_words(task), task.done_on, _address(year, "task", task.pk)) for task in tasks
    ]


def _task_words(task: Task) -> str:
    words = [_standing_words(task)]
    if task.due_on:
        late = bool(task.done_on and task.done_on > task.due_on)
        day = {"day": date_format(task.due_on)}
        words.append(_("quá hạn %(day)s") % day if late else _("hạn %(day)s") % day)
    words += [clause_words(clause) for clause in task.clauses.all()]
    return "; ".join([", ".join(words), task.programme.title])


def _standing_words(task: Task) -> str:
    if task.state != TaskState.DONE:
        return _("%(state)s, %(percent)d%%") % {"state": task.get_state_display(), "percent": task.percent}
    return _("Xong ngày %(day)s") % {"day": date_format(task.done_on)} if task.done_on else _("Xong")


def _address(year: ClusterYear, page: str, *rest: int) -> str:
    return reverse(f"programmes:{page}", args=[year.cluster.slug, year.year, *rest])
