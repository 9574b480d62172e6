"""Writes of the conference: its planning, its course, and the hand-over."""

from thidua.conference.actions.course import (
    end_conference,
    mark_attendance,
    open_poll,
    propose_poll,
    start_conference,
    write_remark,
)
from thidua.conference.actions.hand_over import draw_up_hand_over, sign_hand_over
from thidua.conference.actions.planning import (
    add_delegate,
    call_delegates,
    plan_conference,
    remove_delegate,
    set_agenda,
    set_vote,
)

__all__ = [
    "add_delegate",
    "call_delegates",
    "draw_up_hand_over",
    "end_conference",
    "mark_attendance",
    "open_poll",
    "plan_conference",
    "propose_poll",
    "remove_delegate",
    "set_agenda",
    "set_vote",
    "sign_hand_over",
    "start_conference",
    "write_remark",
]
