"""Symptoms and parts of machines in seven languages: what is called differently counts as the same.

`lexicon.json` names each thing and the phrases for it. `heiss` is that word alone, `heat*` a word that begins so,
`*akku*` a piece of any word, as compounds have it; Chinese needs no marks. It was written for this product from
general knowledge of the trades, not from anybody's records.
"""

import json
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

from mendloop.knowledge.search.folding import fold, is_han, runs

LONGEST = 48
"""Characters of a phrase; nothing in the lexicon is longer."""
_Node = dict[str, Any]
_END = ""


def meanings(folded: str) -> Iterator[tuple[str, str]]:
    """Each thing the folded text speaks of, with the phrase that says so; the longest phrase at a place counts."""
    text = f" {' '.join(runs(folded))} "
    for start in range(len(text)):
        found = _longest(text[start : start + LONGEST])
        if found is not None:
            length, things = found
            phrase = text[start : start + length].strip()
            yield from ((thing, phrase) for thing in things)


def _longest(text: str) -> tuple[int, list[str]] | None:
    node, best = _trie(), None
    for length, character in enumerate(text, start=1):
        following = node.get(character)
        if following is None:
            break
        node = following
        if _END in node:
            best = length, node[_END]
    return best


@cache
def _trie() -> _Node:
    """All phrases, character by character; a word's edge is a space."""
    trie: _Node = {}
    lexicon = json.loads((files("mendloop.knowledge.search") / "lexicon.json").read_text(encoding="utf-8"))
    for thing, phrases in lexicon.items():
        for phrase in phrases.split(", "):
            _plant(trie, _as_searched(phrase), thing)
    return trie


def _as_searched(phrase: str) -> str:
    bare = " ".join(runs(fold(phrase)))
    if is_han(bare):
        return bare
    return f"{'' if phrase.startswith('*') else ' '}{bare}{'' if phrase.endswith('*') else ' '}"


def _plant(trie: _Node, phrase: str, thing: str) -> None:
    node = trie
    for character in phrase:
        node = node.setdefault(character, {})
    things = node.setdefault(_END, [])
    if thing not in things:
        things.append(thing)
