"""So much of a tree as one page shows: whole levels as long as there is room, the rest when somebody opens it. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Generic, Protocol, TypeVar

LINES = 200
"""On one page, and in one level of it."""


class Grown(Protocol):
    """Something in a tree."""

    @property
    def children(self) -> Sequence["Grown"]:
        """What is right inside."""


T = TypeVar("T", bound=Grown)


@dataclass(frozen=True, slots=True)
class Limb(Generic[T]):
    """One line of a level. `inside` is None where nothing is inside, and where what is inside is not shown yet."""

    it: T
    inside: "Level[T] | None" = None

    @property
    def is_closed(self) -> bool:
        """Something is inside that is not shown."""
        return self.inside is None and bool(self.it.children)


@dataclass(frozen=True, slots=True)
class Level(Generic[T]):
    """The lines of a level from number `first` on; `total` is how many it has altogether."""

    limbs: Sequence[Limb[T]]
    first: int
    total: int

    @property
    def next(self) -> int | None:
        """The number of the first line that is not shown any more."""
        end = self.first + len(self.limbs)
        return end if end < self.total else None

    @property
    def before(self) -> int | None:
        """Where the lines before these begin."""
        return max(0, self.first - LINES) if self.first else None

    def shown(self) -> Iterator[T]:
        """Every thing that has a line."""
        for limb in self.limbs:
            yield limb.it
            if limb.inside is not None:
                yield from limb.inside.shown()


def lay_out(things: Sequence[T], first: int = 0, room: int = LINES) -> Level[T]:
    """The level from line `first` on, and as many whole levels below as there is room for."""
    top = things[first : first + LINES]
    depth, here, left = 0, list(top), room - len(top)
    while here:
        here = [child for each in here for child in _inside(each)]
        left -= len(here)
        if left < 0:
            break
        depth += 1
    return replace(_level(top, depth), first=first, total=len(things))


def everything(things: Iterable[T]) -> Iterator[T]:
    """All of the tree, from top to bottom."""
    for each in things:
        yield each
        yield from everything(_inside(each))


def _inside(thing: T) -> Sequence[T]:
    """What is inside is of the same kind."""
    return thing.children  # type: ignore[return-value]


def _level(things: Sequence[T], depth: int) -> Level[T]:
    limbs = [Limb(each, _level(_inside(each), depth - 1) if depth and each.children else None) for each in things]
    return Level(limbs, 0, len(limbs))
