"""In which order a person reads a flow."""

from collections.abc import Iterable, Iterator, Mapping, Sequence


def reading_order(starts: Iterable[str], ways: Mapping[str, Sequence[str]]) -> list[str]:
    """Each node after everything that leads on to it, where that is possible; what is reached from no earlier start
    comes last. Where ways part, the one that is given last goes on first. Every name in `ways` must be a key of it."""
    seen: set[str] = set()
    return [name for start in starts if start not in seen for name in _visit(start, ways, seen)]


def _visit(start: str, ways: Mapping[str, Sequence[str]], seen: set[str]) -> list[str]:
    """What is reached from `start` and was not seen, in reverse postorder, without recursion."""
    finished: list[str] = []
    seen.add(start)
    waiting: list[tuple[str, Iterator[str]]] = [(start, iter(ways[start]))]
    while waiting:
        name, onward = waiting[-1]
        following = next((to for to in onward if to not in seen), None)
        if following is None:
            finished.append(name)
            waiting.pop()
        else:
            seen.add(following)
            waiting.append((following, iter(ways[following])))
    return finished[::-1]
