"""What every write to a sheet begins and ends with: the lock, the new stamp, and checks of what is typed."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from thidua.clusters.models import ClusterYear, Membership
from thidua.criteria.queries import table_of
from thidua.criteria.rules import CriteriaTable
from thidua.kernel.actor import Actor
from thidua.kernel.errors import Absent, Refused
from thidua.kernel.text import fold
from thidua.people.models import Organisation
from thidua.scoring import rules
from thidua.scoring.actions.standings import keep_after_commit
from thidua.scoring.models import FIGURES, LONGEST_CODE, LineSave, ScoreLine, ScoreSheet, SheetStatus, Verdict, new_stamp
from thidua.scoring.queries.entry import BEYOND, MOST_LETTERS, REASON_LENGTH, figures_of
from thidua.scoring.queries.words import figures_in_words
from thidua.scoring.rules.merging import Cell, RowState, merge

UNUSABLE = frozenset({"scoring.target_not_positive", "scoring.negative_figure", "scoring.unknown_grade", "scoring.not_a_rank"})
"""Warnings of the evaluation that mean: with these figures nothing can be computed."""
MOST_CODES = 12
"""Codes that a refusal names."""


def lock(sheet: ScoreSheet) -> ScoreSheet:
    """The sheet's row, locked until the end of the transaction, with what every gate asks for."""
    related = ("year__cluster", "year__head", "unit", "version")
    return ScoreSheet.objects.select_for_update(of=("self",)).select_related(*related).get(pk=sheet.pk)


def lock_place(year: ClusterYear, unit: Organisation) -> None:
    """The unit's place in the year, locked until the end of the transaction: what is done to a unit before it has a sheet waits
    for a sheet that is just being opened, and the other way round. Absent when the unit is no member."""
    if Membership.objects.select_for_update().filter(year=year, organisation=unit).first() is None:
        raise Absent


def touch(sheet: ScoreSheet, now: datetime, **values: object) -> None:
    """Save the values and give the sheet a new stamp; once that is committed, the year's standings are stored."""
    for name, value in {**values, "saved_at": now, "stamp": new_stamp()}.items():
        setattr(sheet, name, value)
    sheet.save(update_fields=[*values, "saved_at", "stamp"])
    keep_after_commit(sheet.year_id, now)


def who(by: Actor) -> str:
    """The name that stands beside a value: the person, and whose power it was if lent."""
    lender = by.using.lender_name if by.using else ""
    return _("%(name)s (thay %(lender)s)") % {"name": by.name, "lender": lender} if lender else by.name


def some_codes(codes: Sequence[str]) -> str:
    """The first codes of a list as a refusal names them, with `…` where there are more."""
    return ", ".join(codes[:MOST_CODES]) + (" …" if len(codes) > MOST_CODES else "")


def require_drafting(sheet: ScoreSheet) -> None:
    """Refuses (scoring.already_submitted, scoring.unit_withheld) unless the unit is still filling in its sheet."""
    if sheet.status == SheetStatus.SUBMITTED:
        raise Refused("scoring.already_submitted")
    if sheet.status == SheetStatus.WITHHELD:
        raise Refused("scoring.unit_withheld", reason=sheet.excluded_reason)


def require_being_checked(sheet: ScoreSheet) -> None:
    """Refuses (scoring.not_submitted, scoring.check_finished) unless the sheet is submitted and its check still open."""
    if sheet.status != SheetStatus.SUBMITTED:
        raise Refused("scoring.not_submitted", unit=sheet.unit.name_vi)
    if sheet.checked_at is not None:
        raise Refused("scoring.check_finished")


def checked_reason(reason: str, *, field: str = "reason", required: bool = True, fewest: int = REASON_LENGTH) -> str:
    """The reason without outer spaces. Refuses one that is too short (scoring.reason_too_short) or too long
    (scoring.reason_too_long). Ten spaces or dots explain nothing: letters and digits are counted."""
    cleaned = reason.replace("\x00", "").strip()
    if len(cleaned) > MOST_LETTERS:
        raise Refused("scoring.reason_too_long", field=field, length=len(cleaned), limit=MOST_LETTERS)
    if required and not explains(cleaned, fewest):
        raise Refused("scoring.reason_too_short", field=field, letters=fewest)
    return cleaned


def explains(reason: str, fewest: int = REASON_LENGTH) -> bool:
    """Whether a reason is long enough and made of words."""
    return len(reason) >= fewest and any(char.isalnum() for char in fold(reason))


def check_figures(line: rules.ScoreLine) -> None:
    """Refuses what no column can keep exactly: scoring.figure_too_long, scoring.negative_count, a text that is too long."""
    for name in FIGURES:
        value = getattr(line, name)
        if isinstance(value, Decimal):
            field = ScoreLine._meta.get_field(name)
            digits, decimals = field.max_digits - field.decimal_places, field.decimal_places
            if abs(value) >= 10**digits or value != round(value, decimals):
                raise Refused("scoring.figure_too_long", field=line.code, figure=value, digits=digits, decimals=decimals)
    if line.count is not None and line.count < 0:
        raise Refused("scoring.negative_count", field=line.code, figure=line.count)
    if len(line.grade) > LONGEST_CODE:
        raise Refused("scoring.unknown_grade", field=line.code, grade=line.grade[:40], known="…")


def check_against_table(sheet: ScoreSheet, line: rules.ScoreLine, others: list[rules.ScoreLine], *, reason: str) -> None:
    """Whether the table can take the line.

    Refuses a code or band that is not there (scoring.unknown_code, scoring.unknown_band), figures nothing can be computed from,
    and points beyond what the row and its bonus rows allow unless the reason says why (scoring.beyond_allowed): practice knows
    such grants (Tiền Giang 2022, C2: 5.7 of 5.5), so they are taken with an explanation and marked everywhere.
    """
    table = table_of(sheet.version)
    check_place(table, line)
    rest = [other for other in others if other.code != line.code and other.code in table.by_code]
    for refused in beyond_table(table, [*rest, line], {line.code: reason}):
        raise refused


def check_place(table: CriteriaTable, line: rules.ScoreLine) -> None:
    """Refuses a code (scoring.unknown_code) or band (scoring.unknown_band) that the table does not hold."""
    if line.code not in table.by_code:
        raise Refused("scoring.unknown_code", field=line.code, item=line.code)
    bands = {band.code for band in table.bands(line.code)}
    if bands and line.grade and line.grade not in bands:
        raise Refused("scoring.unknown_band", field=line.code, item=line.code)


def beyond_table(table: CriteriaTable, lines: list[rules.ScoreLine], reasons: Mapping[str, str]) -> Iterator[Refused]:
    """What `check_against_table` refuses in the lines that `reasons` names, all of them being there at once."""
    for warning in rules.evaluate_unit(table, lines).warnings:
        if warning.item not in reasons:
            continue
        if warning.code in UNUSABLE:
            yield Refused(warning.code, field=warning.item, **{"item": warning.item, **warning.facts})
        if warning.code in BEYOND and not explains(reasons[warning.item]):
            code = "scoring.above_maximum" if warning.code == "scoring.above_allowed" else "scoring.below_minimum"
            yield Refused(code, field=warning.item, letters=REASON_LENGTH, **warning.facts)


def same_figures(kept: ScoreLine | Verdict | None, line: rules.ScoreLine) -> bool:
    """Whether the kept figures are the line's."""
    was = {} if kept is None else {name: value for name, value in kept.figures().items() if value not in (None, "")}
    return was == figures_of(line)


def put_figures(kept: ScoreLine | Verdict, line: rules.ScoreLine) -> None:
    """Copy the line's figures onto the row."""
    for name in FIGURES:
        setattr(kept, name, getattr(line, name))


def write_line(
    sheet: ScoreSheet, kept: ScoreLine | None, line: rules.ScoreLine, reason: str, by: Actor, now: datetime
) -> ScoreLine:
    """Put the figures and the reason into the sheet's line (`kept`, or a new one) and keep the save for those who look at an
    older revision."""
    kept = kept or ScoreLine(sheet=sheet, code=line.code, revision=0)
    put_figures(kept, line)
    kept.reason, kept.revision, kept.edited_at, kept.edited_by_name = reason, kept.revision + 1, now, who(by)
    kept.save()
    figures = {name: getattr(kept, name) for name in FIGURES}
    LineSave.objects.create(
        sheet=sheet, code=line.code, reason=reason, revision=kept.revision, saved_at=now, saved_by_name=kept.edited_by_name,
        **figures,
    )  # fmt: skip
    return kept


def merged_with(
    kept: ScoreLine | None, line: rules.ScoreLine, reason: str, revision: int | None, sheet: ScoreSheet
) -> tuple[rules.ScoreLine, str]:
    """What is to be saved when others may have saved since the writer looked (`revision`; None: no look was taken): their changes
    of one cell and the writer's of the other. Refuses (scoring.changed_meanwhile) where both changed the same cell."""
    current = kept.revision if kept is not None else 0
    if revision is None or revision == current:
        return line, reason
    theirs = _state(kept)
    merged = merge(_seen(sheet, line.code, revision), theirs, RowState(figures_of(line), reason))
    if merged.clashes:
        raise Refused(
            "scoring.changed_meanwhile", field=line.code,
            by=kept.edited_by_name if kept else "", value=_told(kept, merged.clashes),
            revision=current, cells=" ".join(merged.clashes), reason=merged.state.reason,
            figures_kept=merged.state.figures == theirs.figures,
        )  # fmt: skip
    found = rules.ScoreLine(code=line.code, unit=line.unit, assigned=line.assigned, **merged.state.figures)
    return found, merged.state.reason


def _state(kept: ScoreLine | LineSave | None) -> RowState:
    if kept is None:
        return RowState({}, "")
    return RowState({name: value for name, value in kept.figures().items() if value not in (None, "")}, kept.reason)


def _seen(sheet: ScoreSheet, code: str, revision: int) -> RowState | None:
    if not revision:
        return RowState({}, "")
    save = LineSave.objects.filter(sheet=sheet, code=code, revision=revision).first()
    return None if save is None else _state(save)


def _told(kept: ScoreLine | None, clashes: Sequence[Cell]) -> str:
    """What the other person wrote in the cells that clash."""
    words = [figures_in_words(kept)] if Cell.FIGURES in clashes else []
    return ", ".join([*words, *([kept.reason if kept and kept.reason else "–"] if Cell.REASON in clashes else [])])


def check_revision(kept: ScoreLine | Verdict | None, revision: int | None, name: str, value: str, field: str) -> None:
    """Optimistic lock: refuses (scoring.changed_meanwhile) when someone saved since the writer looked. None: no look was taken.

    The facts hold both sides: who saved (`by`), what stands there now (`value`) and the `revision` with which to save over it.
    """
    current = kept.revision if kept is not None else 0
    if revision is not None and revision != current:
        raise Refused("scoring.changed_meanwhile", field=field, by=name, value=value, revision=current)
