"""What is printed of scoring: sheets and the ranking as workbooks, and the workbook by which anyone computes a ranking again."""

from thidua.scoring.papers.data import verification_data
from thidua.scoring.papers.tables import MIME, ranking_workbook, sheet_workbook
from thidua.scoring.papers.verification import verification_bytes, verification_workbook

__all__ = ["MIME", "ranking_workbook", "sheet_workbook", "verification_bytes", "verification_data", "verification_workbook"]
