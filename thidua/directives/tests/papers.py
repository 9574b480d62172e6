"""Real files for the tests."""

from io import BytesIO

from docx import Document

TEXT = "I. MỤC TIÊU\nCác cấp ủy tổ chức học tập.\nTổ chức học tập trong quý II.\nBáo cáo trước 30-6."


def docx_of(text):
    """A DOCX with a paragraph for each line."""
    made = Document()
    for line in text.split("\n"):
        made.add_paragraph(line)
    held = BytesIO()
    made.save(held)
    return held.getvalue()
