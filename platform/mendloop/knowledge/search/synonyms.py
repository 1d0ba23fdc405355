"""What an organisation calls things: any of its words for a thing stands for all of them."""

from collections.abc import Iterator
from functools import lru_cache

from mendloop.knowledge.search.entries import Synonyms
from mendloop.knowledge.search.folding import fold, is_han, runs


def with_synonyms(text: str, synonyms: Synonyms) -> str:
    """The text, and behind it whatever else the things in it are called."""
    others = [other for _, alternatives in spoken_of(text, synonyms) for other in alternatives]
    return " ".join([text, *dict.fromkeys(others)])


def spoken_of(text: str, synonyms: Synonyms) -> Iterator[tuple[str, list[str]]]:
    """Each word or phrase of the text that has synonyms, with them."""
    spaced = _spaced(text)
    for word, others in synonyms.items():
        group = [word, *others]
        for one in group:
            if is_in(_spaced(one), spaced):
                yield one, [other for other in group if other != one]


def is_in(phrase: str, text: str) -> bool:
    """Whether the phrase is in the text as whole words; Chinese anywhere. Both with their spaces around."""
    bare = phrase.strip()
    return bool(bare) and (bare in text if is_han(bare) else phrase in text)


@lru_cache(maxsize=16_384)
def _spaced(text: str) -> str:
    return f" {' '.join(runs(fold(text)))} "
