"""Writes of programmes."""

from thidua.programmes.actions.bulk import BulkRefused, bulk_edit
from thidua.programmes.actions.documents import (
    approve_programme,
    create_programme,
    discard_programme,
    edit_programme,
    present_programme,
    return_programme,
    settle_document,
    withdraw_programme,
)
from thidua.programmes.actions.figures import record_figure, remove_figure
from thidua.programmes.actions.imports import import_sheet, read_sheet
from thidua.programmes.actions.next_year import (
    adopt_programme,
    answer_remark,
    copy_into_units,
    draft_next_year,
    make_remark,
    open_for_remarks,
)
from thidua.programmes.actions.progress import add_step, note_progress, remove_step, set_state, tick_step
from thidua.programmes.actions.tasks import add_need, add_task, edit_task, remove_need, remove_task, repeat_task

__all__ = [
    "BulkRefused",
    "add_need",
    "add_step",
    "add_task",
    "adopt_programme",
    "answer_remark",
    "approve_programme",
    "bulk_edit",
    "copy_into_units",
    "create_programme",
    "discard_programme",
    "draft_next_year",
    "edit_programme",
    "edit_task",
    "import_sheet",
    "make_remark",
    "note_progress",
    "open_for_remarks",
    "present_programme",
    "read_sheet",
    "record_figure",
    "remove_figure",
    "remove_need",
    "remove_step",
    "remove_task",
    "repeat_task",
    "return_programme",
    "set_state",
    "settle_document",
    "tick_step",
    "withdraw_programme",
]
