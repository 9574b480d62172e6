"""Looking into a table from outside, without Django: its cells as text, what cannot be taken at its word, its stamp."""

from thidua.criteria.inspection.reading import MOST_CHARACTERS, TableFile, look_into, read_table
from thidua.criteria.inspection.stamp import Stamp

__all__ = ["MOST_CHARACTERS", "Stamp", "TableFile", "look_into", "read_table"]
