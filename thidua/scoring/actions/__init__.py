"""Writes of scoring."""

from thidua.scoring.actions.carrying import carry_sheet
from thidua.scoring.actions.checking import (
    answer_verdict,
    assign_appraiser,
    confirm_all_remaining,
    finish_check,
    give_verdict,
    reopen_check,
    unassign_appraiser,
)
from thidua.scoring.actions.citations import cite_source, withdraw_citation
from thidua.scoring.actions.conflicts import confirm_conflict, declare_conflict, dismiss_conflict, propose_conflicts
from thidua.scoring.actions.evidence import attach_evidence, remove_evidence
from thidua.scoring.actions.keeping import give_rows, take_rows
from thidua.scoring.actions.minutes import write_minutes
from thidua.scoring.actions.offline import take_upload, try_upload, undo_upload
from thidua.scoring.actions.recompute import ask_recomputation, run_recomputation
from thidua.scoring.actions.settling import Finding, put_verdicts
from thidua.scoring.actions.sheets import assign_criterion, open_sheet, readmit_unit, save_line, withhold_unit
from thidua.scoring.actions.submission import recall_sheet, return_sheet, submit_sheet

__all__ = [
    "Finding",
    "answer_verdict",
    "ask_recomputation",
    "assign_appraiser",
    "assign_criterion",
    "attach_evidence",
    "carry_sheet",
    "cite_source",
    "confirm_all_remaining",
    "confirm_conflict",
    "declare_conflict",
    "dismiss_conflict",
    "finish_check",
    "give_rows",
    "give_verdict",
    "open_sheet",
    "propose_conflicts",
    "put_verdicts",
    "readmit_unit",
    "recall_sheet",
    "remove_evidence",
    "reopen_check",
    "return_sheet",
    "run_recomputation",
    "save_line",
    "submit_sheet",
    "take_rows",
    "take_upload",
    "try_upload",
    "unassign_appraiser",
    "undo_upload",
    "withdraw_citation",
    "withhold_unit",
    "write_minutes",
]
