"""Writes of people: organisations, accounts and sign-in, posts and lent powers."""

from thidua.people.actions.organisations import enter_organisation, rename_organisation
from thidua.people.actions.persons import (
    end_own_session,
    enter_person,
    reinstate_person,
    remove_second_step,
    revoke_sessions,
    set_up_operator,
    suspend_person,
)
from thidua.people.actions.posts import end_tenure, enter_post, give_post, lend_power, take_back_power
from thidua.people.actions.sign_in import activate, issue_sign_in_code

__all__ = [
    "activate",
    "end_own_session",
    "end_tenure",
    "enter_organisation",
    "enter_person",
    "enter_post",
    "give_post",
    "issue_sign_in_code",
    "lend_power",
    "reinstate_person",
    "remove_second_step",
    "rename_organisation",
    "revoke_sessions",
    "set_up_operator",
    "suspend_person",
    "take_back_power",
]
