"""What kinds of files are taken, and how big."""

from dataclasses import dataclass

MAX_BYTES = 20 * 1024 * 1024
"""Largest upload, in bytes (20 MiB): a scanned dossier of some hundred pages."""

SCANS = 100 * 1024 * 1024
"""Largest document of a register, in bytes (100 MiB): some hundred scanned pages at 200 dpi."""

MAX_PIXELS = 50_000_000
"""Largest picture, in pixels: beyond it a small file could fill the memory."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file by its content: `mime` as served, `extensions` a name may honestly end with."""

    key: str
    mime: str
    extensions: tuple[str, ...]


PDF = Kind("pdf", "application/pdf", ("pdf",))
DOCX = Kind("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", ("docx",))
XLSX = Kind("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ("xlsx",))
JPEG = Kind("jpeg", "image/jpeg", ("jpg", "jpeg"))
PNG = Kind("png", "image/png", ("png",))

DOCUMENTS = (PDF, DOCX)
EVIDENCE = (PDF, DOCX, XLSX, JPEG, PNG)
PICTURES = (JPEG, PNG)


def extension(name: str) -> str:
    """What follows the last dot, in lower case; empty without a dot."""
    return name.rpartition(".")[2].lower() if "." in name else ""


def names(kinds: tuple[Kind, ...]) -> str:
    """The extensions of the kinds for a sentence: "pdf, docx, xlsx"."""
    return ", ".join(kind.extensions[0] for kind in kinds)


def megabytes(size: int) -> int:
    """A size for people, rounded up: what is over a limit never reads as if it were within."""
    return -(-size // 2**20)
