"""Reports on paper (PDF, DOCX) and their figures as workbooks (XLSX)."""

from thidua.reports.papers.figures import consolidated_workbook, report_workbook
from thidua.reports.papers.official import consolidated_paper, report_paper

__all__ = ["consolidated_paper", "consolidated_workbook", "report_paper", "report_workbook"]
