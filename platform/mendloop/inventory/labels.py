"""Labels for parts, serial numbers and places: what a scanner reads on them is what the desk and the phone take in.

A part's code is its number, a serial number's is the number itself; a place's begins with `place:`, which no part does.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

import segno

from mendloop.order_parts.code128 import bars, width_of

PLACE = "place:"
QUIET = 4
"""Empty modules around the picture; ISO/IEC 18004 asks for four."""
MOST_MODULES = 250
"""As many as fit beside each other, a quarter of a millimetre each: what is longer has the picture only."""
MOST_LABELS = 480


@dataclass(frozen=True, slots=True)
class Picture:
    """A QR code: so many modules wide and high, and its dark ones as the path of an SVG."""

    size: int
    path: str


@dataclass(frozen=True, slots=True)
class Stripes:
    """A bar code: so many modules wide, and where each bar begins with its width."""

    width: int
    bars: list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Label:
    """What stands on a label: its code, which scanners read, a title and a smaller line for people."""

    code: str
    title: str
    text: str

    @property
    def picture(self) -> Picture:
        return qr_of(self.code)

    @property
    def stripes(self) -> Stripes | None:
        """None where the code is too long for bars, or has signs that bars cannot say."""
        if not self.code.isascii() or not self.code.isprintable() or width_of(self.code) > MOST_MODULES:
            return None
        return Stripes(width_of(self.code), bars(self.code))


def qr_of(code: str) -> Picture:
    """The QR code of a text, so that a quarter of it may be dirty where there is room for that."""
    # Bytes of UTF-8, always: left alone, Chinese that Japanese has too would become Shift JIS, which not all read.
    made = segno.make(code, error="m", mode=None if code.isascii() else "byte", encoding="utf-8", micro=False)
    rows = [bytes(row) for row in made.matrix]
    return Picture(len(rows) + 2 * QUIET, " ".join(_runs(rows)))


def place_code(key: str) -> str:
    """What stands on a place's label."""
    return f"{PLACE}{key}"


def place_in(code: str) -> str:
    """The key of the place whose label was scanned; empty where it is no place's."""
    return code.strip()[len(PLACE) :] if code.strip().startswith(PLACE) else ""


def several(labels: Sequence[Label], copies: int) -> list[Label]:
    """So many of each, beside each other."""
    return [label for label in labels for _ in range(copies)][:MOST_LABELS]


def _runs(rows: Iterable[bytes]) -> Iterator[str]:
    """Dark modules beside each other as one rectangle."""
    for down, row in enumerate(rows):
        across = 0
        for is_dark, run in groupby(row):
            many = len(list(run))
            if is_dark:
                yield f"M{across + QUIET} {down + QUIET}h{many}v1h-{many}z"
            across += many
