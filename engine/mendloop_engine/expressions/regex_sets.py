"""Sets of code points, as RE2 itself defines them."""

import re
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
    plain = _plain(atom, flags)
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


def cost_of(atom: str, flags: str, found: Set) -> int:
    """What it took to find out, in about microseconds, whether it had been found out before or not."""
    return 0 if _plain(atom, flags) is not None else _ASKING + 40 * len(found.points)


_ASKING = 12_000


def _plain(atom: str, flags: str) -> "CodePoints | None":
    """The points of what everybody reads alike: a letter, or a class of letters, ranges and `\\d`, `\\w`, `\\s`."""
    if "i" in flags or len(atom) == 1:
        return plain_letter(atom, flags)
    if atom[:1] == "[":
        return _plain_class(atom)
    item = _ITEM.fullmatch(atom)
    return _together(list(_ranges(item))) if item else None


_LETTER = r"[^\\\[\]^-]|\\[^0-9A-Za-z]"
_ITEM = re.compile(rf"(?P<kind>\\[dws])|(?P<low>{_LETTER})(?:-(?P<high>{_LETTER}))?", re.DOTALL)
_CLASS = re.compile(rf"\[(\^?)((?:\\[dws]|(?:{_LETTER})(?:-(?:{_LETTER}))?)+)\]", re.DOTALL)
_KINDS = {
    "\\d": [(48, 57)],
    "\\w": [(48, 57), (65, 90), (95, 95), (97, 122)],
    "\\s": [(9, 10), (12, 13), (32, 32)],
}


def _plain_class(atom: str) -> "CodePoints | None":
    match = _CLASS.fullmatch(atom)
    if match is None:
        return None
    points = _together([each for item in _ITEM.finditer(match[2]) for each in _ranges(item)])
    return _others(points) if match[1] else points


def _ranges(item: "re.Match[str]") -> list[tuple[int, int]]:
    if item["kind"]:
        return _KINDS[item["kind"]]
    low = item["low"][-1]
    return [(ord(low), ord((item["high"] or low)[-1]))]


def _together(ranges: list[tuple[int, int]]) -> CodePoints:
    """Ranges in ascending order that neither overlap nor touch."""
    found: list[int] = []
    for low, high in sorted(ranges):
        if found and low <= found[-1] + 1:
            found[-1] = max(found[-1], high)
        else:
            found += (low, high)
    return tuple(found)


def _others(points: CodePoints) -> CodePoints:
    """Everything else."""
    edges = [0, *(edge for low, high in zip(points[::2], points[1::2], strict=True) for edge in (low - 1, high + 1))]
    pairs = zip(edges[::2], [*edges[1::2], 0x10FFFF], strict=True)
    return tuple(point for low, high in pairs if low <= high for point in (low, high))


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
