"""Between the forms of a programme and its sheet (rules.together): what is saved, what was typed, and forms over a sheet."""

from datetime import date
from decimal import Decimal

from thidua.programmes.forms.documents import ListForms, ProgrammeForm
from thidua.programmes.models import Indicator, Programme
from thidua.programmes.queries.documents import standing_tasks
from thidua.programmes.rules.content import IndicatorLine
from thidua.programmes.rules.together import Row, Sheet
from thidua.programmes.rules.writing import IndicatorEntry, TaskEntry


def saved_sheet(programme: Programme) -> Sheet:
    """What stands in the tables. Two queries; four for the cluster's own programme."""
    goals, indicators = programme.goals.all(), programme.indicators.all()
    sheet = _sheet(
        (programme.title, programme.grounds, programme.measures), (programme.starts_on, programme.ends_on),
        [goal.text for goal in goals], [_saved_indicator(row) for row in indicators],
    )  # fmt: skip
    if programme.unit_id is None:
        tasks = standing_tasks(programme).prefetch_related("clauses")
        entries = [TaskEntry(task.title, task.due_on, tuple(c.pk for c in task.clauses.all()), task.pk) for task in tasks]
        sheet["tasks"] = [_task(entry) for entry in entries]
    return sheet


def typed_sheet(form: ProgrammeForm, lists: ListForms) -> Sheet:
    """What the valid forms say. No query."""
    written, typed = form.written, lists.lists
    sheet = _sheet(
        (written.title, written.grounds, written.measures), (written.starts_on, written.ends_on), list(typed.goals),
        [_indicator(entry) for entry in typed.indicators],
    )  # fmt: skip
    if typed.tasks is not None:
        sheet["tasks"] = [_task(entry) for entry in typed.tasks]
    return sheet


def _sheet(
    texts: tuple[str, str, str], days: tuple[date | None, date | None], goals: list[str], indicators: list[Row]
) -> Sheet:
    title, grounds, measures = texts
    starts_on, ends_on = (day.isoformat() if day else "" for day in days)
    return {
        "title": " ".join(title.split()), "grounds": _text(grounds), "measures": _text(measures), "starts_on": starts_on,
        "ends_on": ends_on, "goals": [_text(goal) for goal in goals], "indicators": indicators,
    }  # fmt: skip


def _text(text: str) -> str:
    """Browsers end lines in their own way: that is no change."""
    return text.replace("\r\n", "\n").strip()


def _saved_indicator(row: Indicator) -> Row:
    line = IndicatorLine(row.name, row.unit_of_measure, row.target, row.lower_is_better)
    return _indicator(IndicatorEntry(line, row.pk))


def _indicator(entry: IndicatorEntry) -> Row:
    line = entry.line
    return {
        "pk": entry.pk, "name": line.name.strip(), "target": _figure(line.target),
        "unit_of_measure": line.unit_of_measure.strip(), "lower_is_better": line.lower_is_better,
    }  # fmt: skip


def _figure(target: Decimal | None) -> str:
    return "" if target is None else f"{target.normalize() + 0:f}"


def _task(entry: TaskEntry) -> Row:
    day = entry.due_on.isoformat() if entry.due_on else ""
    return {"pk": entry.pk, "title": entry.title.strip(), "due_on": day, "clauses": sorted(entry.clauses)}
