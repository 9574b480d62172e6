"""Looking into a file from outside: what it really is, what text stands in it, what its sheets say."""

from thidua.files.inspection.kinds import kind_of
from thidua.files.inspection.picture import first_page_of
from thidua.files.inspection.reading import Reading, read_text
from thidua.files.inspection.sheets import Cell, Limits, Sheet, sheets_of

__all__ = ["Cell", "Limits", "Reading", "Sheet", "first_page_of", "kind_of", "read_text", "sheets_of"]
