"""The addresses of criteria and scoring in depth, by hand. Sheets, marks and conflicts are of unit 2, which the appraiser
checks in an open round."""

from tests.access.rows import (
    APPRAISER,
    AUDITOR,
    OPERATOR,
    RUNNERS,
    SECRETARY,
    SHEET_READERS,
    SUPERIOR,
    UNIT,
    Row,
    of_year,
    on_sheet,
    only,
)

OVERSEERS = (*RUNNERS, AUDITOR)
SEERS = (*OVERSEERS, APPRAISER)
"""Who sees marks in an open round."""
CHECKING = "cross_checking"


def in_round(roles=SHEET_READERS, **more) -> Row:
    """A page of the open round: the members, its checkers and those who oversee see it."""
    return of_year(roles, stage=CHECKING, **more)


def of_marks(roles=SEERS, **more) -> Row:
    """A page of marks while they are given: the unit that is checked sees its own column without them, and marks nothing."""
    return in_round(roles, **more)


CRITERIA: dict[str, Row | list[Row]] = {
    "criteria:proposal": of_year([SECRETARY], also={SUPERIOR: 404}),
    "criteria:library": of_year(),
    "criteria:example": of_year(),
    "criteria:versions": of_year(),
    "criteria:compare": of_year(),
    "criteria:compare_workbook": of_year(),
    "criteria:editor": of_year(RUNNERS),
    "criteria:editor-start": of_year(RUNNERS, ok=404, post=True),
    "criteria:editor-row": of_year(RUNNERS, post=True),
    "criteria:editor-preview": of_year(RUNNERS, post=True),
    "criteria:editor-move": of_year(RUNNERS, post=True),
    "criteria:editor-renumber": of_year(RUNNERS, post=True),
    "criteria:editor-delete": of_year(RUNNERS, post=True),
    "criteria:undo": of_year(RUNNERS, post=True),
}
SCORES: dict[str, Row | list[Row]] = {
    "scoring:carry_sheet": on_sheet(UNIT, post=True),
    "scoring:return_sheet": on_sheet([SECRETARY]),
    "scoring:snapshot": on_sheet(number=1),
    "scoring:snapshot_file": on_sheet(number=1, kind="docx"),
    "scoring:offline": on_sheet(UNIT),
    "scoring:offline_file": on_sheet(UNIT, kind="xlsx"),
    "scoring:upload": of_year(UNIT, other=404, stage=CHECKING),
    "scoring:undo_upload": of_year(UNIT, other=404, stage=CHECKING, post=True),
    "scoring:keepers": on_sheet(UNIT),
    "scoring:take_rows": on_sheet(UNIT, post=True),
    "scoring:look_at_file": on_sheet(),
    "scoring:first_page": on_sheet(evidence_id="@pdf_id"),
    "scoring:minutes": on_sheet(),
    "scoring:minutes_file": on_sheet(ok=409, kind="docx"),
    "scoring:conflicts": of_year(SHEET_READERS),
    "scoring:search_conflicts": of_year(RUNNERS, post=True),
    "scoring:conflict": of_year(RUNNERS),
    "scoring:recompute": of_year(RUNNERS),
    "scoring:recompute_all": only([SUPERIOR, OPERATOR]),
    "scoring:what_if": of_year(SEERS),
    "scoring:verification_workbook": of_year(SEERS),
    "scoring:verification_data": of_year(SEERS),
}
ROUNDS: dict[str, Row | list[Row]] = {
    "crosschecks:rounds": in_round(),
    "crosschecks:make_round": in_round(RUNNERS),
    "crosschecks:round": in_round(),
    "crosschecks:round_workbook": in_round(),
    "crosschecks:edit_round": in_round(RUNNERS),
    "crosschecks:draw_checks": in_round(RUNNERS, post=True),
    "crosschecks:give_task": in_round(RUNNERS, post=True),
    "crosschecks:take_task": in_round(RUNNERS, ok=404, post=True),
    "crosschecks:open_round": in_round(RUNNERS, post=True),
    "crosschecks:close_round": in_round(RUNNERS),
    "crosschecks:reopen_round": in_round(RUNNERS),
    "crosschecks:discard_round": in_round(RUNNERS, post=True),
    "crosschecks:grid": of_marks(SHEET_READERS),
    "crosschecks:grid_workbook": of_marks(SHEET_READERS),
    "crosschecks:mark": of_marks([APPRAISER], post=True),
    "crosschecks:agree_rest": of_marks([APPRAISER], post=True),
    "crosschecks:finish_task": of_marks([APPRAISER], post=True),
    "crosschecks:resume_task": of_marks([APPRAISER], post=True),
    "crosschecks:cell": of_marks(SHEET_READERS),
    "crosschecks:agree": of_marks(RUNNERS, post=True),
    "crosschecks:settle": in_round(RUNNERS),
    "crosschecks:outliers": of_marks(OVERSEERS),
}
