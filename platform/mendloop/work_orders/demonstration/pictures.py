"""Drawn stand-ins for photos: a device, damaged before and clean after, with its caption."""

import io
import zlib
from functools import lru_cache
from pathlib import Path
from random import Random

from PIL import Image, ImageDraw, ImageFont

SIZE = (800, 600)
FONT = Path(__file__).parent.parent.parent / "_fonts" / "NotoSansSC-Regular.ttf"
GROUNDS = ((226, 232, 229), (233, 229, 220), (222, 229, 236), (236, 228, 226))
BODY, DARK, GLASS = (74, 84, 92), (38, 44, 48), (126, 158, 178)


@lru_cache(maxsize=256)
def photo(trade: str, caption: str, is_damaged: bool) -> bytes:
    """A JPEG of 800 × 600 of a device of this trade."""
    # Not for secrets: the same caption gives the same picture.
    random = Random(zlib.crc32(f"{trade}{caption}{is_damaged}".encode()))  # noqa: S311
    image = Image.new("RGB", SIZE, random.choice(GROUNDS))
    draw = ImageDraw.Draw(image)
    _DEVICES.get(trade, _box)(draw, random.randint(-30, 30))
    if is_damaged:
        _damage(draw, random)
    _write(draw, caption)
    return _encoded(image, "JPEG")


@lru_cache(maxsize=64)
def signature(name: str) -> bytes:
    """A PNG with something like a signature."""
    random = Random(zlib.crc32(name.encode()))  # noqa: S311
    image = Image.new("RGB", (600, 200), "white")
    draw = ImageDraw.Draw(image)
    points = [(60, 120)]
    while points[-1][0] < 520:
        points.append((points[-1][0] + random.randint(8, 34), random.randint(50, 150)))
    draw.line(points, fill=(20, 30, 60), width=5, joint="curve")
    return _encoded(image, "PNG")


def _phone(draw: ImageDraw.ImageDraw, shift: int) -> None:
    draw.rounded_rectangle((290 + shift, 60, 510 + shift, 500), 28, DARK)
    draw.rounded_rectangle((302 + shift, 78, 498 + shift, 482), 14, GLASS)


def _washer(draw: ImageDraw.ImageDraw, shift: int) -> None:
    draw.rounded_rectangle((230 + shift, 60, 570 + shift, 500), 14, (244, 245, 245), BODY, 4)
    draw.ellipse((290 + shift, 170, 510 + shift, 390), DARK)
    draw.ellipse((315 + shift, 195, 485 + shift, 365), GLASS)


def _conditioner(draw: ImageDraw.ImageDraw, shift: int) -> None:
    draw.rounded_rectangle((130 + shift, 170, 670 + shift, 360), 20, (246, 247, 247), BODY, 4)
    for line in range(4):
        draw.line((160 + shift, 300 + line * 14, 640 + shift, 300 + line * 14), BODY, 4)


def _pump(draw: ImageDraw.ImageDraw, shift: int) -> None:
    draw.rectangle((380 + shift, 210, 640 + shift, 370), (52, 104, 122))
    draw.ellipse((160 + shift, 170, 400 + shift, 410), (60, 120, 140), DARK, 5)
    draw.rectangle((240 + shift, 80, 320 + shift, 190), (60, 120, 140), DARK, 5)
    draw.rectangle((150 + shift, 410, 660 + shift, 450), DARK)


def _box(draw: ImageDraw.ImageDraw, shift: int) -> None:
    draw.rounded_rectangle((220 + shift, 120, 580 + shift, 460), 16, BODY)


def _damage(draw: ImageDraw.ImageDraw, random: Random) -> None:
    centre = (random.randint(340, 440), random.randint(220, 320))
    for _ in range(9):
        end = (centre[0] + random.randint(-130, 130), centre[1] + random.randint(-130, 130))
        knee = ((centre[0] + end[0]) // 2 + random.randint(-20, 20), (centre[1] + end[1]) // 2)
        draw.line((*centre, *knee, *end), (248, 250, 250), 3)
    for _ in range(14):
        x, y, size = random.randint(250, 560), random.randint(120, 460), random.randint(4, 16)
        draw.ellipse((x, y, x + size, y + size), (120, 96, 70))


def _write(draw: ImageDraw.ImageDraw, caption: str) -> None:
    draw.rectangle((0, 540, 800, 600), (28, 36, 34))
    if FONT.is_file():
        draw.text((24, 548), caption[:40], font=ImageFont.truetype(str(FONT), 28), fill=(240, 244, 242))


def _encoded(image: Image.Image, kind: str) -> bytes:
    made = io.BytesIO()
    image.save(made, kind, quality=85)
    return made.getvalue()


_DEVICES = {"phone": _phone, "washing_machine": _washer, "air_conditioner": _conditioner, "pump": _pump}
