"""Writes of criteria: a draft, whole or row by row, and publishing it as a version that stays."""

from thidua.criteria.actions.drafts import carry_over, discard_draft, import_table, undo_draft
from thidua.criteria.actions.keeping import MOST_ROWS
from thidua.criteria.actions.publishing import publish_version

__all__ = ["MOST_ROWS", "carry_over", "discard_draft", "import_table", "publish_version", "undo_draft"]
