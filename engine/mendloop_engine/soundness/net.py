"""Workflow nets: places that hold tokens, transitions that move them. A marking is a set of places, written as bits."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

Marking: TypeAlias = int


@dataclass(frozen=True, slots=True, eq=False)
class Joined:
    """Two transitions that became one: `first` fires, then `second`."""

    first: "Origin"
    second: "Origin"


@dataclass(frozen=True, slots=True, eq=False)
class Either:
    """Two transitions that do the same. Whenever `one` can fire, so can `other`."""

    one: "Origin"
    other: "Origin"


Origin: TypeAlias = "str | Joined | Either"
"""What a transition of a reduced net stands for. Parts are shared, however often they occur: it never grows large."""


@dataclass(frozen=True, slots=True)
class Transition:
    """Takes one token from each place of `takes` and puts one into each of `gives`."""

    takes: Marking
    gives: Marking
    origin: Origin

    def after(self, marking: Marking) -> Marking:
        """The marking after it has fired; it must be enabled."""
        return (marking & ~self.takes) | self.gives

    def doubles(self, marking: Marking) -> Marking:
        """The places that would hold two tokens."""
        return (marking & ~self.takes) & self.gives


@dataclass(frozen=True, slots=True)
class Net:
    """`ends`: places where a finished run may leave tokens. `closing`: those of them that end the whole run at once."""

    places: tuple[str, ...]
    transitions: tuple[Transition, ...]
    start: Marking
    ends: Marking
    closing: Marking = 0

    def names(self, marking: Marking) -> list[str]:
        """The places of a marking."""
        return [self.places[bit.bit_length() - 1] for bit in bits(marking)]


def bits(marking: Marking) -> Iterator[Marking]:
    """The places of a marking one by one, each as a marking of its own."""
    while marking:
        bit = marking & -marking
        yield bit
        marking ^= bit


def in_order(origin: Origin) -> list[str]:
    """The names of the transitions that fire, one after the other."""
    found: list[str] = []
    waiting = [origin]
    while waiting:
        match waiting.pop():
            case str() as name:
                found.append(name)
            case Joined(first, second):
                waiting += [second, first]
            case Either(one, _):
                waiting.append(one)
    return found


def all_names(origins: Iterable[Origin]) -> frozenset[str]:
    """The names of all transitions that can fire where these do."""
    found: set[str] = set()
    seen: set[int] = set()
    waiting = list(origins)
    while waiting:
        origin = waiting.pop()
        if isinstance(origin, str):
            found.add(origin)
        elif id(origin) not in seen:
            seen.add(id(origin))
            waiting += [origin.first, origin.second] if isinstance(origin, Joined) else [origin.one, origin.other]
    return frozenset(found)


class NetBuilder:
    """Puts a net together by the names of its places."""

    def __init__(self) -> None:
        self._bits: dict[str, Marking] = {}
        self._transitions: list[Transition] = []

    def marking(self, names: Iterable[str]) -> Marking:
        """These places; new ones are made."""
        found = 0
        for name in names:
            found |= self._bits.setdefault(name, 1 << len(self._bits))
        return found

    def transition(self, name: str, takes: Iterable[str], gives: Iterable[str]) -> None:
        """Adds a transition."""
        self._transitions.append(Transition(self.marking(takes), self.marking(gives), name))

    def net(self, start: Iterable[str], closing: Iterable[str] = ()) -> Net:
        """The net. Without `closing` a run is finished when only places are marked that nothing takes from."""
        closes, begins = self.marking(closing), self.marking(start)
        taken = 0
        for transition in self._transitions:
            taken |= transition.takes
        everything = (1 << len(self._bits)) - 1
        return Net(tuple(self._bits), tuple(self._transitions), begins, closes or everything & ~taken, closes)
