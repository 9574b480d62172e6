"""The first page of a PDF as a picture."""

from io import BytesIO

import pypdfium2
import pytest
from PIL import Image

from thidua.files.inspection import first_page_of


def pdf(width=595, height=842):
    document = pypdfium2.PdfDocument.new()
    document.new_page(width, height)
    stream = BytesIO()
    document.save(stream)
    stream.seek(0)
    return stream


def test_a_page_is_drawn_as_wide_as_asked():
    picture = Image.open(BytesIO(first_page_of(pdf(), width=300)))
    assert (picture.format, picture.width) == ("PNG", 300)
    assert 420 <= picture.height <= 426


@pytest.mark.parametrize("size", [(1, 14000), (14000, 1), (14000, 14000)])
def test_no_page_is_drawn_larger_than_the_screen_needs(size):
    picture = Image.open(BytesIO(first_page_of(pdf(*size), width=300)))
    assert picture.width <= 301
    assert picture.height <= 1201


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 nothing", b"hello"])
def test_what_is_no_pdf_is_no_picture_and_no_error(content):
    assert first_page_of(BytesIO(content)) is None


def test_a_painter_that_is_not_done_in_time_is_left_alone():
    assert first_page_of(pdf(), seconds=0.001) is None
