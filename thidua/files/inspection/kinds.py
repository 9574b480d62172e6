"""What a file really is: asked of the parsers of its formats, never of its name."""

import struct
import zipfile
import zlib
from typing import BinaryIO
from xml.parsers import expat

from PIL import Image, UnidentifiedImageError

from thidua.files.rules import DOCX, JPEG, MAX_PIXELS, PDF, PNG, XLSX, Kind
from thidua.kernel.errors import Refused

_MAX_UNPACKED = 200 * 1024 * 1024

_NO_ARCHIVE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    RuntimeError,
    ValueError,
    OverflowError,
    expat.ExpatError,
)
"""What zipfile raises for a damaged archive: names that are not the UTF-8 they claim, a version or packing nobody has
(NotImplementedError, a RuntimeError), offsets outside the file, packed bytes that are not (OSError of one packing); and what
the parser raises for its list of types."""
_MOST_DIRECTORY = 4 * 2**20
"""Bytes: some fifty thousand parts."""
_TYPES = "[content_types].xml"
_MOST_TYPES = 2**20
_MACROS = ("macroenabled", "vbaproject")


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


class _Sparing:
    """A stream that does not hand out a directory of more than _MOST_DIRECTORY bytes: zipfile asks for it in one piece, and a
    hundred megabytes of it would become gigabytes."""

    def __init__(self, stream: BinaryIO) -> None:
        self.seek, self.tell, self.seekable, self._read = stream.seek, stream.tell, stream.seekable, stream.read

    def read(self, size: int = -1) -> bytes:
        if size > _MOST_DIRECTORY:
            raise Refused("files.bomb")
        return self._read(size)


def _office(stream: BinaryIO) -> Kind | None:
    try:
        with zipfile.ZipFile(_Sparing(stream)) as archive:  # type: ignore[arg-type]
            members = {info.filename.lower(): info for info in archive.infolist()}
            if sum(info.file_size for info in archive.infolist()) > _MAX_UNPACKED:
                raise Refused("files.bomb")
            if any(word in name for name in members for word in _MACROS):
                raise Refused("files.macros")
            if _TYPES not in members:
                return None
            with archive.open(members[_TYPES]) as part:
                types = _types_of(part.read(_MOST_TYPES))
    except _NO_ARCHIVE:
        return None
    if any(word in kind for kind in types for word in _MACROS):
        raise Refused("files.macros")
    return DOCX if "word/document.xml" in members else XLSX if "xl/workbook.xml" in members else None


def _types_of(xml: bytes) -> list[str]:
    """The types that an office file says its parts are, in lower case: a part with macros may have any name."""
    types: list[str] = []
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda _name, attributes: types.append(attributes.get("ContentType", "").lower())
    parser.Parse(xml, True)
    return types


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
