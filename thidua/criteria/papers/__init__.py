"""Criteria tables from and to files, without Django."""

from thidua.criteria.inspection import MOST_CHARACTERS, Stamp, TableFile, look_into, read_table
from thidua.criteria.papers.workbook import workbook_of

__all__ = ["MOST_CHARACTERS", "Stamp", "TableFile", "look_into", "read_table", "workbook_of"]
