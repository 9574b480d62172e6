"""Forms of criteria: a table as a whole, and one row of a draft."""

from thidua.criteria.forms.rows import RowForm
from thidua.criteria.forms.tables import MOST_MEGABYTES, DiscardForm, LibraryForm, ProblemLine, PublishForm, TableForm

__all__ = ["MOST_MEGABYTES", "DiscardForm", "LibraryForm", "ProblemLine", "PublishForm", "RowForm", "TableForm"]
