"""A photo as it may go on the web: turned upright, at most 1600 × 2400 pixels, and without what the camera wrote into it."""

from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageCms, ImageOps

from thidua.kernel.errors import Refused

WIDEST = 1600
"""Pixels: twice the width of an article's column, for sharp screens."""
HIGHEST = 2400
"""Pixels: a portrait of 2:3 at full width. It also keeps far below the 65,500 that a JPEG can hold."""

_QUALITY = 85


@dataclass(frozen=True, slots=True)
class Picture:
    """A JPEG with its size in pixels."""

    content: bytes
    width: int
    height: int


def fit_for_web(content: bytes) -> Picture:
    """The picture of a JPEG or PNG file drawn anew as a JPEG in sRGB: place, time, device and thumbnail of the original are gone.

    Refuses a file that cannot be drawn to its end (news.photo_broken, field photo).
    """
    kept = BytesIO()
    try:
        with Image.open(BytesIO(content)) as opened:
            drawn = _in_srgb(ImageOps.exif_transpose(opened))
        bare = _bare(drawn)
        bare.save(kept, "JPEG", quality=_QUALITY, optimize=True, progressive=True)
    except (OSError, SyntaxError, ValueError) as error:
        raise Refused("news.photo_broken", field="photo") from error
    return Picture(kept.getvalue(), bare.width, bare.height)


def _bare(drawn: Image.Image) -> Image.Image:
    """The pixels alone, made smaller where they are too many."""
    scale = min(1, WIDEST / drawn.width, HIGHEST / drawn.height)
    if scale < 1:
        size = (max(1, round(drawn.width * scale)), max(1, round(drawn.height * scale)))
        drawn = drawn.resize(size, Image.Resampling.LANCZOS)
    bare = Image.new("RGB", drawn.size)
    bare.paste(drawn)
    return bare


def _in_srgb(picture: Image.Image) -> Image.Image:
    profile = picture.info.get("icc_profile")
    if picture.has_transparency_data:
        on_white = Image.new("RGBA", picture.size, "white")
        return Image.alpha_composite(on_white, picture.convert("RGBA")).convert("RGB")
    if profile:
        try:
            srgb = ImageCms.createProfile("sRGB")
            converted = ImageCms.profileToProfile(picture, BytesIO(profile), srgb, outputMode="RGB")
        except (ImageCms.PyCMSError, OSError):
            converted = None
        if converted is not None:
            return converted
    return picture.convert("RGB")
