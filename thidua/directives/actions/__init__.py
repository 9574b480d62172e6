"""Writes of directives."""

from thidua.directives.actions.clauses import (
    Duty,
    add_clause,
    edit_clause,
    mark_paragraphs,
    mark_passage,
    move_clause,
    remove_clause,
)
from thidua.directives.actions.files import attach_file, remove_file
from thidua.directives.actions.register import NewIssuer, Particulars, edit_directive, enter_issuer, register_directive
from thidua.directives.actions.relations import relate, remove_relation
from thidua.directives.actions.texts import type_text

__all__ = [
    "Duty",
    "NewIssuer",
    "Particulars",
    "add_clause",
    "attach_file",
    "edit_clause",
    "edit_directive",
    "enter_issuer",
    "mark_paragraphs",
    "mark_passage",
    "move_clause",
    "register_directive",
    "relate",
    "remove_clause",
    "remove_file",
    "remove_relation",
    "type_text",
]
