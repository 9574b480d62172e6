"""Writes of criteria: a draft, whole or row by row, and publishing it as a version that stays."""

from thidua.criteria.actions.drafts import carry_over, discard_draft, import_table, undo_draft
from thidua.criteria.actions.editing import (
    Start,
    add_row,
    change_row,
    delete_row,
    move_row,
    renumber_rows,
    shift_row,
    stamp_of,
    start_draft,
)
from thidua.criteria.actions.keeping import MOST_ROWS
from thidua.criteria.actions.proposals import accept_proposal, drop_proposal, propose_copy, propose_table
from thidua.criteria.actions.publishing import publish_version
from thidua.criteria.inspection import TableFile, look_into

__all__ = [
    "MOST_ROWS",
    "Start",
    "TableFile",
    "accept_proposal",
    "add_row",
    "carry_over",
    "change_row",
    "delete_row",
    "discard_draft",
    "drop_proposal",
    "import_table",
    "look_into",
    "move_row",
    "propose_copy",
    "propose_table",
    "publish_version",
    "renumber_rows",
    "shift_row",
    "stamp_of",
    "start_draft",
    "undo_draft",
]
