"""Which parts of a text are what somebody typed: they are shown marked. Pure."""

import re
from collections.abc import Iterator

_RUNS = re.compile(r"[㐀-鿿]+|[^\W_]+(?:[-./][^\W_]+)*")
_CHINESE = re.compile("[㐀-鿿]")
LONGEST = 160
"""Of a text so much is shown, around the first part that is marked."""


def marked(text: str, query: str) -> list[tuple[str, bool]]:
    """The text in pieces, each with whether it is to be marked."""
    spans = _joined(sorted(_spans(text, query)))
    pieces, end = [], 0
    for start, stop in spans:
        pieces += [(text[end:start], False), (text[start:stop], True)]
        end = stop
    return [piece for piece in (*pieces, (text[end:], False)) if piece[0]]


def excerpt(text: str, query: str) -> str:
    """A line of it, with what was typed inside."""
    line = " ".join(text.split())
    first = min((start for start, _ in _spans(line, query)), default=0)
    begin = max(0, first - LONGEST // 3) if len(line) > LONGEST else 0
    cut = line[begin : begin + LONGEST]
    return ("…" if begin else "") + cut + ("…" if begin + LONGEST < len(line) else "")


def _spans(text: str, query: str) -> Iterator[tuple[int, int]]:
    low = text.casefold()
    if len(low) != len(text):  # a letter that becomes two: places would no longer be the same
        return
    for term in set(_terms(query.casefold())):
        start = low.find(term)
        while start >= 0:
            if _CHINESE.match(term) or start == 0 or not low[start - 1].isalnum():
                yield start, start + len(term)
            start = low.find(term, start + 1)


def _terms(query: str) -> Iterator[str]:
    for run in _RUNS.findall(query):
        if _CHINESE.match(run) and len(run) > 2:
            yield from (run[at : at + 2] for at in range(len(run) - 1))
        elif len(run) > 1 or _CHINESE.match(run):
            yield run


def _joined(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for start, stop in spans:
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(stop, found[-1][1]))
        else:
            found.append((start, stop))
    return found
