"""What a file really is: asked of the parsers of its formats, never of its name."""

import struct
import zipfile
from typing import BinaryIO

from PIL import Image, UnidentifiedImageError

from thidua.files.rules import DOCX, JPEG, MAX_PIXELS, PDF, PNG, XLSX, Kind
from thidua.kernel.errors import Refused

_MAX_UNPACKED = 200 * 1024 * 1024

_NO_ARCHIVE = (zipfile.BadZipFile, ValueError, NotImplementedError, OverflowError, struct.error)
"""What zipfile raises for a damaged archive: names that are not the UTF-8 they claim, a version nobody has, offsets
outside the file."""


def kind_of(stream: BinaryIO) -> Kind | None:
    """The kind of the content, or None for anything else. Leaves the stream at its start.

    Refuses office files with macros (files.macros) or that unpack beyond 200 MiB (files.bomb), and pictures beyond
    MAX_PIXELS (files.too_many_pixels).
    """
    stream.seek(0)
    head = stream.read(8)
    stream.seek(0)
    try:
        if head.startswith(b"%PDF-"):
            return PDF
        if head.startswith(b"PK\x03\x04"):
            return _office(stream)
        if head.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")):
            return _picture(stream)
        return None
    finally:
        stream.seek(0)


def _office(stream: BinaryIO) -> Kind | None:
    try:
        with zipfile.ZipFile(stream) as archive:
            members = {info.filename: info.file_size for info in archive.infolist()}
    except _NO_ARCHIVE:
        return None
    if sum(members.values()) > _MAX_UNPACKED:
        raise Refused("files.bomb")
    if any(name.endswith("vbaProject.bin") for name in members):
        raise Refused("files.macros")
    if "[Content_Types].xml" not in members:
        return None
    return DOCX if "word/document.xml" in members else XLSX if "xl/workbook.xml" in members else None


def _picture(stream: BinaryIO) -> Kind | None:
    try:
        with Image.open(stream) as picture:
            width, height = picture.size
            if width * height > MAX_PIXELS:
                raise Refused("files.too_many_pixels", width=width, height=height)
            picture.verify()
            return {"JPEG": JPEG, "PNG": PNG}.get(picture.format or "")
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return None
