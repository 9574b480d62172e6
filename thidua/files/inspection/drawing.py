"""The painter itself, run as `python -m thidua.files.inspection.drawing PATH WIDTH`: the first page of a PDF as PNG on standard
output, without Django. Exit codes as those of `text`."""

import sys
from io import BytesIO

import pypdfium2

from thidua.files.inspection.limits import limit
from thidua.files.inspection.text import BROKEN, DONE, LOCKED, MEMORY

LONGEST = 4
"""A page is drawn at most so many times as high as wide: a banner of ten metres is cut off."""


def first_page(path: str, width: int) -> bytes:
    """The first page, `width` pixels wide."""
    with pypdfium2.PdfDocument(path) as document:
        page = document[0]
        across, down = page.get_size()
        scale = width / max(across, down / LONGEST, 1)
        image = page.render(scale=scale).to_pil()
        stream = BytesIO()
        image.convert("RGB").save(stream, "PNG", optimize=True)
        page.close()
    return stream.getvalue()


def main(path: str, width: str) -> int:
    """Write the picture and answer with the exit code."""
    limit(MEMORY)
    try:
        picture = first_page(path, int(width))
    except pypdfium2.PdfiumError as error:
        return LOCKED if "password" in str(error).lower() else BROKEN
    except Exception:  # whatever a painter throws at a file it cannot draw means the same
        return BROKEN
    sys.stdout.buffer.write(picture)
    return DONE


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
