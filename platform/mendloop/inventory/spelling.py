"""Part numbers and serial numbers are the same in capital and in small letters; each keeps its first spelling."""

import re
import unicodedata
from collections.abc import Iterable

_BETWEEN = re.compile(r"[\r\n\t,，、;；]")
"""What stands between serial numbers that are written together. A space does not: makers print it within them."""


def folded(text: str) -> str:
    """What two spellings of the same number have in common."""
    return text.strip().casefold()


def unit_twice(units: Iterable[str]) -> str | None:
    """The first of these units that stands there already, in other letters, with other spaces, or as it is."""
    seen = set[str]()
    for unit in units:
        alike = "".join(unicodedata.normalize("NFKC", unit).casefold().split())
        if alike in seen:
            return unit
        seen.add(alike)
    return None


def is_one_serial(text: str) -> bool:
    """Whether it is one serial number as it stands: nothing in it would part it from another."""
    return serials_in(text) == [text.strip()]


def serials_in(text: str) -> list[str]:
    """Serial numbers as they are written: one a line, or with commas between. Spaces within one are part of it."""
    return [each.strip() for each in _BETWEEN.split(text) if each.strip()]
