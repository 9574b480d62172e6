"""Writes of cross-check rounds."""

from thidua.crosschecks.actions.marks import confirm_rest_of_task, finish_task, give_mark, resume_task
from thidua.crosschecks.actions.remarks import say_remark
from thidua.crosschecks.actions.rounds import (
    close_round,
    discard_round,
    draw_checks,
    edit_round,
    make_round,
    open_round,
    reopen_round,
)
from thidua.crosschecks.actions.settling import agree_value, settle_round, withdraw_agreement

__all__ = [
    "agree_value",
    "close_round",
    "confirm_rest_of_task",
    "discard_round",
    "draw_checks",
    "edit_round",
    "finish_task",
    "give_mark",
    "make_round",
    "open_round",
    "reopen_round",
    "resume_task",
    "say_remark",
    "settle_round",
    "withdraw_agreement",
]
