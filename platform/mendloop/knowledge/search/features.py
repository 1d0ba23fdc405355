"""What of a text is compared: words and how they begin, Chinese characters and pairs, their sound, and meanings.

A feature is a string whose first letter says its kind. On which features help, see docs/decisions/knowledge_search.md.
"""

from collections import Counter
from collections.abc import Iterator, Mapping

from mendloop.knowledge.search.folding import fold, is_han, numbers_in, runs
from mendloop.knowledge.search.lexicon import meanings
from mendloop.knowledge.search.sounds import syllable

WORD, BEGINNING, PIECE, MEANING, HAN, HAN_PAIR, SOUND, NUMBER = "w", "p", "g", "m", "h", "d", "y", "n"
WEIGHTS: Mapping[str, float] = {PIECE: 0.16, MEANING: 9.0, SOUND: 0.25, NUMBER: 2.0}
"""How much a kind counts beside a word, which counts 1."""
LEARNED = frozenset({WORD, BEGINNING, MEANING, HAN, HAN_PAIR, NUMBER})
"""Kinds that causes are learned from."""
BEGINNINGS = (4, 6)
PIECES = 4


def features(text: str) -> Counter[str]:
    """All features of a text and how often it has each."""
    folded = fold(text)
    found: Counter[str] = Counter()
    for run in runs(folded):
        found.update(_of_han(run) if is_han(run) else _of_word(run))
    found.update(MEANING + thing for thing, _ in meanings(folded))
    found.update(NUMBER + number for number in numbers(folded))
    return found


def weight(feature: str) -> float:
    """How much the feature counts for its kind."""
    return WEIGHTS.get(feature[0], 1.0)


def numbers(folded: str) -> Iterator[str]:
    """Part and order numbers without what is written between their pieces: `dp-700` is `dp700`."""
    return (squeezed(number) for _, number in numbers_in(folded))


def squeezed(number: str) -> str:
    """Letters and digits alone, folded."""
    return "".join(runs(fold(number)))


def _of_word(word: str) -> Iterator[str]:
    yield WORD + word
    yield from (BEGINNING + word[:length] for length in BEGINNINGS if len(word) >= length)
    padded = f"_{word}_"
    yield from (PIECE + padded[at : at + PIECES] for at in range(len(padded) - PIECES + 1))


def _of_han(run: str) -> Iterator[str]:
    yield from (HAN + character for character in run)
    yield from (HAN_PAIR + run[at : at + 2] for at in range(len(run) - 1))
    sounds = [syllable(character) for character in run]
    yield from (SOUND + sounds[at] + "'" + sounds[at + 1] for at in range(len(run) - 1))
