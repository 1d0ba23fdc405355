"""What somebody types, piece by piece: words, stretches of Chinese, numbers of parts and orders."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from mendloop.knowledge.search.entries import Synonyms
from mendloop.knowledge.search.features import numbers, squeezed
from mendloop.knowledge.search.folding import fold, is_han, runs
from mendloop.knowledge.search.synonyms import spoken_of

PieceKind: TypeAlias = Literal["word", "han", "number"]
FUZZY_FROM = 4
"""Letters of a word that may have one wrong; a shorter one would be any other."""
_BROKEN = re.compile(r"[^\s,;，；。]+")


@dataclass(frozen=True, slots=True)
class Piece:
    """`is_last`: it may not be finished. `otherwise` holds what else the organisation calls it."""

    kind: PieceKind
    text: str
    is_last: bool = False
    otherwise: tuple[str, ...] = field(default=())


def pieces(text: str, synonyms: Synonyms) -> list[Piece]:
    """In the order they were typed; a synonym of several words goes with each of them."""
    known = {fold(phrase): tuple(others) for phrase, others in spoken_of(text, synonyms)}
    found = [piece for chunk in _BROKEN.findall(fold(text)) for piece in _of_chunk(chunk)]
    unfinished = len(found) - 1 if text and not text[-1].isspace() else -1
    return [
        Piece(kind, value, place == unfinished, _otherwise(value, known)) for place, (kind, value) in enumerate(found)
    ]


def whole_number(text: str) -> str:
    """All that was typed as one number: `DP 700` may be DP-700. Nothing where it cannot be one."""
    one = squeezed(text)
    return one if one.isascii() and any(each.isdigit() for each in one) else ""


def is_near(one: str, other: str) -> bool:
    """Whether one letter too many, missing, wrong or swapped with its neighbour is all that differs."""
    if abs(len(one) - len(other)) > 1 or one == other:
        return one == other
    start = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    a, b = one[start:], other[start:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or (a[:2] == b[:2][::-1] and a[2:] == b[2:])


def _of_chunk(chunk: str) -> Iterator[tuple[PieceKind, str]]:
    """What stands without a space: a number with its dashes is one piece."""
    rest = chunk
    for number in numbers(chunk):
        if number != chunk and squeezed(chunk) == number:
            yield "number", number
            return
    for run in runs(rest):
        yield ("han" if is_han(run) else "word"), run


def _otherwise(value: str, known: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(other for phrase, others in known.items() if value in phrase or phrase in value for other in others)
