"""Run as a program in a process of its own: decode one photo within limits and write two safe copies of it.

    python -I render.py SOURCE FORMAT FOLDER LIMITS

LIMITS is JSON: `pixels`, `bytes` of memory, `seconds` of CPU. FOLDER receives `thumb.jpg` and `view.jpg`: upright,
without metadata. Prints JSON on standard output: `width`, `height` and `evidence` (what EXIF says about time, place and
camera), or `refused`.
It imports nothing of the product, so that it starts fast and knows no secret.
"""

import json
import math
import resource
import struct
import sys
import warnings
from pathlib import Path
from typing import Any

from PIL import ExifTags, Image, UnidentifiedImageError

SIZES = {"view": 1600, "thumb": 320}
BROKEN = (OSError, SyntaxError, ValueError, TypeError, KeyError, IndexError, EOFError, struct.error, OverflowError)
BROKEN_TOO = (ZeroDivisionError, AttributeError, RuntimeError, AssertionError, UnidentifiedImageError)
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
EXIF_TEXTS = {"DateTimeOriginal": "taken", "OffsetTimeOriginal": "zone", "Make": "make", "Model": "model"}


class TooLarge(Exception):
    """More pixels than a photo may have."""


def main(source: str, image_format: str, folder: str, limits: str) -> dict[str, Any]:
    """Render and describe; every way in which a file can be bad becomes `refused`."""
    bounds = json.loads(limits)
    _bound(bounds)
    try:
        return _render(Path(source), image_format, Path(folder), bounds["pixels"])
    except TooLarge:
        return {"refused": "photo.too_many_pixels"}
    except MemoryError:
        return {"refused": "photo.needs_too_much_memory"}
    except (*BROKEN, *BROKEN_TOO):
        return {"refused": "photo.broken"}


def _bound(limits: dict[str, int]) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (limits["bytes"], limits["bytes"]))
    resource.setrlimit(resource.RLIMIT_CPU, (limits["seconds"], limits["seconds"]))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000_000, 20_000_000))
    # Above our own limit Pillow only warns; we refuse by the header, before anything is decoded.
    warnings.simplefilter("ignore")
    Image.MAX_IMAGE_PIXELS = None


def _render(source: Path, image_format: str, folder: Path, pixels: int) -> dict[str, Any]:
    with Image.open(source, formats=[image_format]) as image:
        width, height = image.size
        if width * height > pixels:
            raise TooLarge
        exif = image.getexif()
        evidence = _evidence(exif)
        image.draft("RGB", (SIZES["view"], SIZES["view"]))
        image.load()
        orientation = exif.get(ExifTags.Base.Orientation, 1)
        picture = _upright(_small(image), orientation)
    for name, size in SIZES.items():
        picture.thumbnail((size, size))
        picture.save(folder / f"{name}.jpg", "JPEG", quality=82, optimize=name == "thumb")
    if orientation in (5, 6, 7, 8):
        width, height = height, width
    return {"width": width, "height": height, "evidence": evidence}


def _small(image: Image.Image) -> Image.Image:
    """Shrink first: then converting a photo of 50 megapixels needs little memory."""
    factor = max(1, math.floor(max(image.size) / SIZES["view"] / 2))
    if factor > 1 and image.mode in {"L", "RGB", "RGBA", "LA", "CMYK", "YCbCr"}:
        image = image.reduce(factor)
    if image.mode == "P" or "A" in image.getbands() or "transparency" in image.info:
        clear = image.convert("RGBA")
        paper = Image.new("RGB", clear.size, "white")
        paper.paste(clear, mask=clear.getchannel("A"))
        return paper
    return image.convert("RGB")


def _upright(picture: Image.Image, orientation: Any) -> Image.Image:
    picture.info.clear()
    turn = TURNS.get(orientation) if isinstance(orientation, int) else None
    return picture if turn is None else picture.transpose(turn)


def _evidence(exif: Image.Exif) -> dict[str, Any]:
    try:
        found = _texts(exif)
        position = _position(exif.get_ifd(ExifTags.IFD.GPSInfo))
    except (*BROKEN, *BROKEN_TOO):
        return {}
    return found | ({"position": position} if position else {})


def _texts(exif: Image.Exif) -> dict[str, Any]:
    named = {ExifTags.TAGS.get(tag, ""): value for tag, value in exif.items()}
    named |= {ExifTags.TAGS.get(tag, ""): value for tag, value in exif.get_ifd(ExifTags.IFD.Exif).items()}
    return {
        ours: "".join(sign for sign in str(named[theirs])[:100] if sign.isprintable()).strip()
        for theirs, ours in EXIF_TEXTS.items()
        if named.get(theirs)
    }


def _position(gps: dict[int, Any]) -> dict[str, float] | None:
    """Degrees north and east, to about a decimetre."""
    latitude = _degrees(gps, ExifTags.GPS.GPSLatitude, ExifTags.GPS.GPSLatitudeRef, "S")
    longitude = _degrees(gps, ExifTags.GPS.GPSLongitude, ExifTags.GPS.GPSLongitudeRef, "W")
    if latitude is None or longitude is None or abs(latitude) > 90 or abs(longitude) > 180:
        return None
    return {"latitude": latitude, "longitude": longitude}


def _degrees(gps: dict[int, Any], tag: int, reference: int, negative: str) -> float | None:
    parts = gps.get(tag)
    if not parts:
        return None
    value: float = sum(float(part) / 60**power for power, part in enumerate(parts[:3]))
    if not math.isfinite(value):
        return None
    return float(round(-value if gps.get(reference) == negative else value, 6))


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(*sys.argv[1:5])))
