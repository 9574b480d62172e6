"""Handing a stored file out. The caller's slice has decided that the person may have it."""

from django.http import FileResponse

from thidua.files.models import StoredFile
from thidua.files.rules import PICTURES
from thidua.kernel.errors import Refused

_SHOWN = {kind.mime for kind in PICTURES} | {"application/pdf"}


def file_response(file: StoredFile, *, inline: bool = False) -> FileResponse:
    """The file under its own name, with its real type; shown in the page only if asked and harmless there.

    Refuses files.lost: the store no longer has it.
    """
    try:
        content = file.content.open("rb")
    except FileNotFoundError:
        raise Refused("files.lost", name=file.name) from None
    response = FileResponse(content, as_attachment=not (inline and file.mime in _SHOWN), filename=file.name)
    response["Content-Type"] = file.mime
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; img-src 'self'; style-src 'none'; sandbox"
    return response
