"""What an entry and a question have in common beside words: product, positions, faults, checks, parts, template.

The same tags stand in the inverted index, so that a case without a single word of the question is found by them.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Protocol

from mendloop.knowledge.search.features import squeezed
from mendloop.knowledge.search.ranking import CHECKS, FAULT, PARTS, POSITION, PRODUCT, TEMPLATE


class Facts(Protocol):
    """What entries, their records and questions all have."""

    @property
    def product(self) -> str: ...
    @property
    def positions(self) -> Sequence[str]: ...
    @property
    def faults(self) -> Sequence[str]: ...
    @property
    def checks(self) -> Sequence[str]: ...
    @property
    def parts(self) -> Sequence[str]: ...
    @property
    def template(self) -> str: ...


@lru_cache(maxsize=8192)
def levels(path: str) -> tuple[str, ...]:
    """`pump/centrifugal` is `pump` and `pump/centrifugal`."""
    pieces = [piece for piece in path.split("/") if piece]
    return tuple("/".join(pieces[: length + 1]) for length in range(len(pieces)))


def tags(facts: Facts) -> list[str]:
    """Each with what it is before a colon; every level of a path is one."""
    return sorted({tag for tag, _ in _weighed(facts)})


def worth(facts: Facts) -> dict[str, float]:
    """What each tag of a question adds to the nearness of an entry that has it."""
    return dict(_weighed(facts))


def shared_levels(asked: str, has: str) -> float:
    """The share of the levels asked for that it has."""
    wanted = levels(asked)
    return len(set(wanted) & set(levels(has))) / len(wanted) if wanted else 0.0


def nearest_position(asked: Sequence[str], has: Sequence[str]) -> tuple[float, str]:
    """How near the nearest two positions are, and the address they share."""
    best = (0.0, "")
    for one in asked:
        for other in has:
            both = [level for level in levels(one) if level in levels(other)]
            best = max(best, (shared_levels(one, other), both[-1] if both else ""))
    return best


def shared(asked: Sequence[str], has: Sequence[str]) -> list[str]:
    """What is asked for and there, in the order of the question."""
    there = set(has)
    return [each for each in asked if each in there]


def by_turn(checks: Sequence[str]) -> list[tuple[str, float]]:
    """The first counts most, the second half as much, the third a third: all together 1."""
    everything = sum(1 / place for place in range(1, len(checks) + 1))
    return [(check, 1 / place / everything) for place, check in enumerate(checks, start=1)]


def shared_parts(asked: Sequence[str], has: Sequence[str]) -> list[str]:
    """Part numbers in common, however they are written."""
    there = {squeezed(part) for part in has}
    return [part for part in asked if squeezed(part) in there]


def _weighed(facts: Facts) -> Iterator[tuple[str, float]]:
    yield from _each("product", levels(facts.product), PRODUCT)
    for position in facts.positions:
        yield from _each("position", levels(position), POSITION)
    yield from _each("fault", facts.faults, FAULT)
    yield from ((f"check:{check}", CHECKS * value) for check, value in by_turn(facts.checks))
    yield from _each("part", [squeezed(part) for part in facts.parts], PARTS)
    yield from _each("template", [facts.template] if facts.template else [], TEMPLATE)


def _each(kind: str, values: Sequence[str], together: float) -> Iterator[tuple[str, float]]:
    return ((f"{kind}:{value}", together / len(values)) for value in values)
