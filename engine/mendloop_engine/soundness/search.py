"""Walks through what a net can do, until something is wrong, everything was seen, or there is too much to see."""

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from .net import Marking, Net, Origin, Transition, all_names, bits, in_order

Flaw: TypeAlias = Literal["deadlock", "livelock", "doubled", "left_over"]
MOVES_PER_MARKING = 50
"""How many moves are looked at, for each marking that may be."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong, where the tokens are then, and the transitions that lead there from the start."""

    flaw: Flaw
    places: tuple[str, ...]
    run: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sound:
    """Every run can finish, and leaves nothing behind. `fired`: the transitions that some run needs."""

    fired: frozenset[str]


@dataclass(frozen=True, slots=True)
class TooLarge:
    """More markings, or more moves between them, than were allowed."""

    markings: int


Verdict: TypeAlias = Sound | Finding | TooLarge


def search(net: Net, limit: int) -> Verdict:
    """Whether each run can finish properly, looking at `limit` markings at most."""
    walk = _Walk(net)
    while walk.waiting:
        if walk.is_beyond(limit):
            return TooLarge(len(walk.came))
        found = walk.step(walk.waiting.pop())
        if found is not None:
            return found
    return walk.stuck_in_a_loop() or Sound(walk.fired_names())


def can_fire(net: Net, limit: int) -> frozenset[str] | None:
    """The transitions that some run fires, whatever else is wrong; None where that cannot be said."""
    walk = _Walk(net)
    while walk.waiting:
        found = walk.step(walk.waiting.pop())
        if walk.is_beyond(limit) or (found is not None and found.flaw == "doubled"):
            return None
    return walk.fired_names()


@dataclass(slots=True)
class _Walk:
    """Depth first, so that a run into trouble is found before all else was seen."""

    net: Net
    came: dict[Marking, tuple[Marking, Transition] | None] = field(default_factory=dict)
    before: dict[Marking, list[Marking]] = field(default_factory=dict)
    finished: list[Marking] = field(default_factory=list)
    waiting: list[Marking] = field(default_factory=list)
    moves: int = 0
    _fired: dict[int, Origin] = field(default_factory=dict)
    _takers: dict[Marking, list[tuple[int, Transition]]] = field(default_factory=dict)
    _free: list[tuple[int, Transition]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.came[self.net.start] = None
        self.waiting.append(self.net.start)
        for number, each in enumerate(self.net.transitions):
            place = each.takes & -each.takes
            (self._takers.setdefault(place, []) if place else self._free).append((number, each))

    def is_beyond(self, limit: int) -> bool:
        """Whether more was seen than `limit` markings, or far too many moves."""
        return len(self.came) > limit or self.moves > limit * MOVES_PER_MARKING

    def step(self, marking: Marking) -> Finding | None:
        """Everything that can happen next; what is wrong here, if anything."""
        if marking & self.net.closing:
            left = marking & ~self.net.ends
            self.finished.append(marking)
            return self._finding("left_over", left, marking) if left else None
        enabled = self._enabled(marking)
        if not marking & ~self.net.ends:
            self.finished.append(marking)
        elif not enabled:
            return self._finding("deadlock", marking & ~self.net.ends, marking)
        for number, transition in enabled:
            doubled = transition.doubles(marking)
            if doubled:
                return self._finding("doubled", doubled, marking, transition)
            self._go(marking, number, transition)
        return None

    def _enabled(self, marking: Marking) -> list[tuple[int, Transition]]:
        """The transitions that can fire, in their order."""
        near = [each for place in bits(marking) for each in self._takers.get(place, ())]
        self.moves += len(near) + 1
        return sorted((each for each in near + self._free if marking & each[1].takes == each[1].takes), key=_number)

    def _go(self, marking: Marking, number: int, transition: Transition) -> None:
        self._fired[number] = transition.origin
        following = transition.after(marking)
        self.before.setdefault(following, []).append(marking)
        if following not in self.came:
            self.came[following] = (marking, transition)
            self.waiting.append(following)

    def fired_names(self) -> frozenset[str]:
        """The names of all transitions that fired."""
        return all_names(self._fired.values())

    def stuck_in_a_loop(self) -> Finding | None:
        """A marking from which no run finishes any more, though it goes on for ever."""
        good = set(self.finished)
        waiting = list(good)
        while waiting:
            fresh = [earlier for earlier in self.before.get(waiting.pop(), ()) if earlier not in good]
            good.update(fresh)
            waiting += fresh
        bad = next((marking for marking in self.came if marking not in good), None)
        return None if bad is None else self._finding("livelock", bad, bad)

    def _finding(self, flaw: Flaw, places: Marking, at: Marking, last: Transition | None = None) -> Finding:
        fired = [last] if last is not None else []
        here = self.came[at]
        while here is not None:
            fired.append(here[1])
            here = self.came[here[0]]
        run = tuple(name for each in reversed(fired) for name in in_order(each.origin))
        return Finding(flaw, tuple(self.net.names(places)), run)


def _number(each: tuple[int, Transition]) -> int:
    return each[0]
