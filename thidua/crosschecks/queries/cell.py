"""The story of one line: what the unit said, what each checker found and changed, what was agreed and decided, who said what."""

from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext as _

from thidua.clusters.access import may
from thidua.clusters.models import ClusterYear
from thidua.clusters.rules import Stage
from thidua.criteria.rules import Criterion
from thidua.crosschecks.access import SETTLE
from thidua.crosschecks.models import Agreement, CheckTask, Mark, MarkChange, RoundState
from thidua.crosschecks.queries.grid import Cell, Desk, cell_of
from thidua.crosschecks.queries.marks import is_kept_from, line_kept, line_of
from thidua.crosschecks.queries.settling import words_of
from thidua.kernel.actor import Actor
from thidua.kernel.errors import Absent
from thidua.people.models import Organisation
from thidua.scoring.access import ANSWER, may_appraise
from thidua.scoring.models import CellRemark, Judgement
from thidua.scoring.queries import history_of
from thidua.scoring.queries.moving import moved_by
from thidua.scoring.queries.words import number


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened. `kind` is self, mark, agreed, verdict or moved; `words` the figures, `was` what they were."""

    kind: str
    title: str
    words: str
    at: datetime | None
    by: str
    reason: str = ""
    was: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """One remark."""

    from_unit: bool
    text: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Story:
    """The page of one line. `task` may still be marked by this person; `agreed` is the value that goes before the marks."""

    unit: Organisation
    row: Criterion
    cell: Cell
    maximum: str
    claimed: str
    steps: list[Step]
    remarks: list[Said]
    proofs: int
    task: CheckTask | None
    agreed: Agreement | None
    may_agree: bool
    may_talk: bool
    before: str = ""
    after: str = ""
    asked: list[str] = field(default_factory=list)


def story_of(actor: Actor, desk: Desk, unit: Organisation, code: str) -> Story:
    """The story of a line for one who sees the unit; Absent for rows without figures. Four queries beside the desk's."""
    _sheet, result = desk.read[unit.pk]
    cell = cell_of(desk, unit.pk, code)
    if cell is None:
        raise Absent
    row = result.table.by_code[code]
    early = is_kept_from(desk.check, desk.eyes, unit.pk)
    hides = (early or desk.check.names_hidden) and not desk.eyes.oversees and unit.pk in desk.eyes.own
    decided = [] if early else [*_decided(desk, unit, row), *_moved(actor, desk, unit, row)]
    steps = [*_claimed(desk, unit, row), *_marks(desk, unit, row, hides), *decided]
    order = [one.code for one in result.table.criteria if cell_of(desk, unit.pk, one.code) is not None]
    at = order.index(code)
    return Story(
        unit=unit,
        row=row,
        cell=cell,
        maximum=number(row.max_points) if row.max_points is not None and not row.is_gate else "",
        claimed=number(result.claimed.values[code]),
        steps=steps,
        remarks=_remarks(desk, unit, code, hides),
        proofs=result.evidence.get(code, 0),
        task=desk.task_at(unit.pk, code),
        agreed=desk.seen.agreements.get((unit.pk, code)),
        may_agree=_may_agree(actor, desk, unit),
        may_talk=_may_talk(actor, desk, unit),
        before=order[at - 1] if at else "",
        after=order[at + 1] if at + 1 < len(order) else "",
        asked=_silent(desk, unit, code),
    )


def _claimed(desk: Desk, unit: Organisation, row: Criterion) -> list[Step]:
    line = desk.read[unit.pk][1].lines.get(row.code)
    if line is None:
        return []
    words = words_of(line.as_rule(), row.is_gate)
    return [Step("self", _("%(unit)s tự chấm") % {"unit": unit.short}, words, line.edited_at, line.edited_by_name, line.reason)]


def _marks(desk: Desk, unit: Organisation, row: Criterion, hides: bool) -> list[Step]:
    """Each mark that is seen with its changes, in the order of time."""
    seen = {mark.pk: (task, mark) for task, mark in desk.seen.of(unit.pk, row.code)}
    changes: dict[int, list[MarkChange]] = {}
    for change in MarkChange.objects.filter(mark__in=seen):
        changes.setdefault(change.mark_id, []).append(change)
    steps = [step for pk, (task, mark) in seen.items() for step in _mark_steps(desk, row, task, mark, changes.get(pk, []), hides)]
    return sorted(steps, key=lambda step: (step.at is not None, step.at))


def _mark_steps(desk: Desk, row: Criterion, task: CheckTask, mark: Mark, changes: list[MarkChange], hides: bool) -> list[Step]:
    name = desk.names[task.pk]
    steps = [
        Step(
            "mark",
            name,
            words_of(line_kept(row.code, change.becomes), row.is_gate),
            change.changed_at,
            "" if hides else change.changed_by_name,
            change.reason,
            words_of(line_kept(row.code, change.was), row.is_gate),
        )
        for change in changes
    ]
    if not changes or (mark.judgement == Judgement.CONFIRMED and changes[-1].changed_at != mark.given_at):
        words = words_of(line_of(mark, row.code), row.is_gate)
        steps.append(Step("mark", name, words, mark.given_at, "" if hides else mark.given_by_name, mark.reason))
    return steps


def _decided(desk: Desk, unit: Organisation, row: Criterion) -> list[Step]:
    steps = []
    agreed = desk.seen.agreements.get((unit.pk, row.code))
    if agreed is not None:
        words = words_of(line_of(agreed, row.code), row.is_gate)
        steps.append(Step("agreed", _("Giá trị thống nhất"), words, agreed.agreed_at, agreed.agreed_by_name, agreed.reason))
    verdict = desk.read[unit.pk][1].verdicts.get(row.code)
    if verdict is None or verdict.judgement == Judgement.UNCONFIRMED:
        return steps
    title = _("Kết quả thẩm định")
    history = history_of(verdict)
    steps += [Step("verdict", title, one.becomes, one.at, one.by, one.reason, one.was) for one in history]
    if not history:
        words = words_of(verdict.as_rule(assigned=True), row.is_gate)
        steps.append(Step("verdict", title, words, verdict.given_at, verdict.given_by_name, verdict.reason))
    if verdict.unit_answer:
        steps.append(Step("self", _("Ý kiến của đơn vị"), "", verdict.answered_at, verdict.answered_by_name, verdict.unit_answer))
    return steps


def _moved(actor: Actor, desk: Desk, unit: Organisation, row: Criterion) -> list[Step]:
    title = _("Đơn vị khác đổi theo")
    return [Step("moved", title, one.words, one.at, one.by) for one in moved_by(actor, desk.read[unit.pk][0], row)]


def _remarks(desk: Desk, unit: Organisation, code: str, hides: bool) -> list[Said]:
    found = CellRemark.objects.filter(sheet=desk.read[unit.pk][0], code=code)
    hidden = _("Bên thẩm định")
    return [Said(r.from_unit, r.text, r.said_at, hidden if hides and not r.from_unit else r.said_by_name) for r in found]


def remark_counts(desk: Desk) -> dict[tuple[int, str], int]:
    """How many remarks stand at each line of the units that are seen. One query."""
    units = {desk.read[pk][0].pk: pk for pk in desk.units if pk in desk.read}
    counts: dict[tuple[int, str], int] = {}
    for sheet_id, code in CellRemark.objects.filter(sheet__in=units).values_list("sheet_id", "code"):
        key = (units[sheet_id], code)
        counts[key] = counts.get(key, 0) + 1
    return counts


def _silent(desk: Desk, unit: Organisation, code: str) -> list[str]:
    """Who was asked and has not marked the line: told to whoever is told results."""
    if not desk.shows_results:
        return []
    given = {task.pk for task, _mark in desk.given.of(unit.pk, code)}
    asked = [task for task in desk.counted.tasks if task.unit_id == unit.pk and code in desk.given.codes[task.pk]]
    return [desk.names[task.pk] for task in asked if task.pk not in given]


def _may_agree(actor: Actor, desk: Desk, unit: Organisation) -> bool:
    closed = desk.check.state == RoundState.CLOSED and _checking(desk.year)
    return closed and desk.eyes.may_settle and unit.pk not in actor.organisations()


def _may_talk(actor: Actor, desk: Desk, unit: Organisation) -> bool:
    if not _checking(desk.year):
        return False
    if unit.pk in desk.eyes.own:
        return may(ANSWER, actor, desk.year, unit.pk)
    checks = any(task.unit_id == unit.pk for task in desk.eyes.tasks.values())
    return checks or may_appraise(actor, desk.year, unit.pk) or may(SETTLE, actor, desk.year)


def _checking(year: ClusterYear) -> bool:
    return year.stage == Stage.CROSS_CHECKING
