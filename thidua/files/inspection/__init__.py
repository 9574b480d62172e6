"""Looking into a file from outside: what it really is, and what text stands in it."""

from thidua.files.inspection.kinds import kind_of
from thidua.files.inspection.reading import Reading, read_text

__all__ = ["Reading", "kind_of", "read_text"]
