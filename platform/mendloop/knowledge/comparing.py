"""What is different between two versions of a case, to be read at a glance. Pure."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from mendloop.knowledge.content import TEXTS, CaseContent

_PIECE = re.compile(r"[㐀-鿿]|\w+|\s+|.", re.DOTALL)
LISTS = ("faults", "cause_codes", "remedy_codes", "positions")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that stayed, went or came."""

    text: str
    kind: Literal["same", "gone", "new"]


@dataclass(frozen=True, slots=True)
class Difference:
    """One text or list that is other than before; `language` is empty for a list."""

    name: str
    language: str
    pieces: tuple[Piece, ...]


def differences(before: CaseContent, after: CaseContent) -> list[Difference]:
    """Everything that somebody wrote or chose and that is not the same in both."""
    return [*_texts(before, after), *_lists(before, after)]


def pieces_between(before: str, after: str) -> tuple[Piece, ...]:
    """Word by word; in Chinese, character by character."""
    old, new = _PIECE.findall(before), _PIECE.findall(after)
    found: list[Piece] = []
    for kind, start, end, begin, stop in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            found.append(Piece("".join(old[start:end]), "same"))
            continue
        found += [Piece("".join(old[start:end]), "gone")] if end > start else []
        found += [Piece("".join(new[begin:stop]), "new")] if stop > begin else []
    return tuple(found)


def _texts(before: CaseContent, after: CaseContent) -> Iterator[Difference]:
    for name in TEXTS:
        old, new = getattr(before, name), getattr(after, name)
        for tongue in dict.fromkeys((*new, *old)):
            if old.get(tongue, "") != new.get(tongue, ""):
                yield Difference(name, tongue, pieces_between(old.get(tongue, ""), new.get(tongue, "")))


def _lists(before: CaseContent, after: CaseContent) -> Iterator[Difference]:
    for name in LISTS:
        old, new = getattr(before, name), getattr(after, name)
        if old != new:
            yield Difference(name, "", tuple(_members(old, new)))


def _members(old: Iterable[str], new: Iterable[str]) -> Iterator[Piece]:
    old, new = list(old), list(new)
    yield from (Piece(each, "same" if each in new else "gone") for each in old)
    yield from (Piece(each, "new") for each in new if each not in old)
