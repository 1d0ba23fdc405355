"""What an entry is found by first while somebody types: its line, its codes and the numbers of its parts."""

from collections.abc import Iterator

from mendloop.knowledge.search.entries import Entry
from mendloop.knowledge.search.features import HAN, HAN_PAIR, NUMBER, SOUND, WORD, features
from mendloop.knowledge.search.folding import fold, numbers_in, runs

TYPED = frozenset({WORD, HAN, HAN_PAIR, SOUND, NUMBER})
"""Kinds of features that somebody types."""


def line_of(entry: Entry) -> str:
    """What stands for it where there is room for one line: the title, or how the symptom begins."""
    return (entry.title or entry.symptom or entry.cause or entry.id).strip()[:200]


def lead_of(entry: Entry) -> Iterator[str]:
    """The features of the line and of all codes and numbers."""
    codes = (*entry.parts, *entry.faults, *entry.cause_codes)
    yield from (each for each in features(f"{line_of(entry)}\n{' '.join(codes)}") if each[0] in TYPED)
    texts = (entry.title, entry.symptom, entry.cause, entry.remedy, entry.more)
    for number in (*codes, *(number for text in texts for _, number in numbers_in(text))):
        yield from (NUMBER + each for each in _from_each_piece(number))


def _from_each_piece(number: str) -> Iterator[str]:
    """`WO-2024-0117` is also looked for as 2024-0117, and as 2024 or 0117."""
    pieces = list(runs(fold(number)))
    yield from {*pieces, *("".join(pieces[at:]) for at in range(len(pieces)))}
