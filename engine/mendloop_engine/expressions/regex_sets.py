"""Sets of code points, as RE2 itself defines them."""

from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

import re2

CodePoints: TypeAlias = "tuple[int, ...]"
"""low, high, low, high, …: ranges in ascending order, both ends included."""

_SURROGATES = 0xD800


class Unsupported(Exception):
    """The pattern looks at bytes, not characters."""


@dataclass(frozen=True, slots=True)
class Set:
    """One character out of a set."""

    points: CodePoints


@lru_cache(1)
def _all_text() -> str:
    return "".join(map(chr, (*range(_SURROGATES), *range(_SURROGATES + 0x800, 0x110000))))


@lru_cache(512)
def set_of(atom: str, flags: str) -> Set:
    """The characters that one atom (`a`, `.`, `\\d`, `[^x]`, `\\p{Han}`) matches under the flags (`i`, `s`)."""
    plain = plain_letter(atom, flags)
    if plain is not None:
        return Set(plain)
    options = re2.Options()
    options.log_errors = False
    quoted = re2.escape(atom) if len(atom) == 1 and atom != "." else atom
    pattern = re2.compile((f"(?{flags})" if flags else "") + f"(?:{quoted})+", options)
    points: list[int] = []
    for match in pattern.finditer(_all_text()):
        points += (_code_point(match.start()), _code_point(match.end() - 1))
    return Set(tuple(points))


def plain_letter(atom: str, flags: str) -> "CodePoints | None":
    """The points of a letter about whose cases there is no doubt; the others RE2 is asked about."""
    if len(atom) != 1 or atom == ".":
        return None
    if "i" not in flags or atom.lower() == atom == atom.upper():
        return ord(atom), ord(atom)
    if not atom.isascii() or atom in "kKsS":  # the Kelvin sign is a k, the long s an s
        return None
    upper, lower = ord(atom.upper()), ord(atom.lower())
    return upper, upper, lower, lower


def _code_point(position: int) -> int:
    """The code point at that position of the text of all of them; surrogates, which no text has, are left out."""
    return position if position < _SURROGATES else position + 0x800
