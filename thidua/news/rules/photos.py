"""A photo as it may go on the web: turned upright, at most 1600 pixels wide, and without what the camera wrote into it."""

from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageCms, ImageOps

from thidua.kernel.errors import Refused

WIDEST = 1600
"""Pixels: twice the width of an article's column, for sharp screens."""

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
    try:
        with Image.open(BytesIO(content)) as opened:
            drawn = _in_srgb(ImageOps.exif_transpose(opened))
    except (OSError, SyntaxError, ValueError) as error:
        raise Refused("news.photo_broken", field="photo") from error
    if drawn.width > WIDEST:
        drawn = drawn.resize((WIDEST, max(1, round(drawn.height * WIDEST / drawn.width))), Image.Resampling.LANCZOS)
    bare = Image.new("RGB", drawn.size)
    bare.paste(drawn)
    kept = BytesIO()
    bare.save(kept, "JPEG", quality=_QUALITY, optimize=True, progressive=True)
    return Picture(kept.getvalue(), bare.width, bare.height)


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
