"""Walks through what a net can do, until something is wrong, everything was seen, or there is too much to see."""

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from .net import Marking, Net, Transition

Flaw: TypeAlias = Literal["deadlock", "livelock", "doubled", "left_over"]


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
    """More markings than were allowed."""

    markings: int


Verdict: TypeAlias = Sound | Finding | TooLarge


def search(net: Net, limit: int) -> Verdict:
    """Whether each run can finish properly, looking at `limit` markings at most."""
    walk = _Walk(net)
    while walk.waiting:
        if len(walk.came) > limit:
            return TooLarge(len(walk.came))
        found = walk.step(walk.waiting.pop())
        if found is not None:
            return found
    return walk.stuck_in_a_loop() or Sound(frozenset(name for path in walk.fired for name in path))


@dataclass(slots=True)
class _Walk:
    """Depth first, so that a run into trouble is found before all else was seen."""

    net: Net
    came: dict[Marking, tuple[Marking, Transition] | None] = field(default_factory=dict)
    before: dict[Marking, list[Marking]] = field(default_factory=dict)
    finished: list[Marking] = field(default_factory=list)
    waiting: list[Marking] = field(default_factory=list)
    fired: set[tuple[str, ...]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.came[self.net.start] = None
        self.waiting.append(self.net.start)

    def step(self, marking: Marking) -> Finding | None:
        """Everything that can happen next; what is wrong here, if anything."""
        if marking & self.net.closing:
            left = marking & ~self.net.ends
            self.finished.append(marking)
            return self._finding("left_over", left, marking) if left else None
        enabled = [each for each in self.net.transitions if marking & each.takes == each.takes]
        if not marking & ~self.net.ends:
            self.finished.append(marking)
        elif not enabled:
            return self._finding("deadlock", marking & ~self.net.ends, marking)
        for transition in enabled:
            doubled = transition.doubles(marking)
            if doubled:
                return self._finding("doubled", doubled, marking, transition)
            self._go(marking, transition)
        return None

    def _go(self, marking: Marking, transition: Transition) -> None:
        self.fired.add(transition.path)
        following = transition.after(marking)
        self.before.setdefault(following, []).append(marking)
        if following not in self.came:
            self.came[following] = (marking, transition)
            self.waiting.append(following)

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
        path = list(last.path[::-1]) if last is not None else []
        here = self.came[at]
        while here is not None:
            path += here[1].path[::-1]
            here = self.came[here[0]]
        return Finding(flaw, tuple(self.net.names(places)), tuple(reversed(path)))
