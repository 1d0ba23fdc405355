"""Where a gate's lock may be on: every way through the flow with what becomes of the lock, branches beside each other.

Conditions are not looked at: every route may be taken, but what only a condition decides is kept apart.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

from .graph import Graph
from .outline import NodeOutline, Outline

MOST_LOOKS = 200_000
"""Arrivals that are looked at, for all gates together: thousands of gates in thousands of nodes are a minute else."""
MOST_NESTED = 50
"""Blocks within blocks; deeper ones are taken to remove what they should."""


class Lock(NamedTuple):
    """A lock as work arrives somewhere. `perhaps`: whether it does depends on conditions."""

    on: bool
    perhaps: bool = False

    def by_condition(self, condition: bool = True) -> "Lock":
        """The same, when a condition had to hold for it."""
        return Lock(self.on, True) if condition else self


Locks: TypeAlias = frozenset[Lock]
NOTHING: Locks = frozenset()


class Change(NamedTuple):
    """What a step does to a lock. Not `sure`: people may leave it. `perhaps`: only when a condition holds."""

    on: bool
    sure: bool = True
    perhaps: bool = False

    def of(self, lock: Lock) -> list[Lock]:
        """What may have become of the lock once the step is completed."""
        changed = Lock(self.on, lock.perhaps or self.perhaps)
        if self.perhaps:
            return [changed, lock.by_condition()]
        return [changed] if self.sure else [changed, lock]


@dataclass(slots=True)
class Region:
    """What was seen between a beginning and an end: how work comes out, whether it would be stuck under the lock."""

    out: set[Lock] = field(default_factory=set)
    stuck: bool = False


class Leg(NamedTuple):
    """A walk as far as a join. `around`: how branches beside may leave the lock at any moment; `depth`: blocks around.

    `told`: what arrives is noted. `waits`: work that cannot begin under the lock does not go on.
    """

    until: str | None = None
    around: Locks = NOTHING
    depth: int = 0
    told: bool = False
    waits: bool = False


class Branch(NamedTuple):
    """What a branch does to a lock, by itself: coming in without it, and with it."""

    first: str
    perhaps: bool
    from_off: Region
    from_on: Region

    @property
    def puts(self) -> list[Lock]:
        """How it is on behind the branch though it was off before."""
        return [lock.by_condition(self.perhaps) for lock in self.from_off.out if lock.on]

    @property
    def may_take(self) -> bool:
        """Whether some way takes it off."""
        return any(not lock.on for lock in self.from_on.out)

    @property
    def takes(self) -> bool:
        """Whether every way takes it off, and no step before that waits for just that."""
        out = self.from_on.out
        return not self.perhaps and bool(out) and not any(lock.on for lock in out) and not self.from_on.stuck


@dataclass(slots=True)
class Budget:
    """How many arrivals were looked at; shared by all gates."""

    looks: int = 0

    @property
    def spent(self) -> bool:
        """Whether there is no more."""
        return self.looks > MOST_LOOKS


@dataclass(slots=True)
class LockWalk:
    """One gate's walk. `changes`: what steps do to its lock, in order; `energising`: steps that wait while it is on."""

    outline: Outline
    graph: Graph
    changes: Mapping[str, list[Change]]
    energising: frozenset[str]
    budget: Budget
    arrivals: dict[str, set[Lock]] = field(default_factory=dict)
    _known: dict[tuple[str, str, bool], Region] = field(default_factory=dict)
    _told: set[tuple[str, Lock, Locks]] = field(default_factory=set)

    def arrived(self) -> Mapping[str, set[Lock]]:
        """How the lock may be at each node that work gets to."""
        self._region(self.graph.start, {Lock(False)}, Leg(told=True))
        return self.arrivals

    def _region(self, first: str, locks: Iterable[Lock], leg: Leg) -> Region:
        region = Region()
        seen: set[tuple[str, Lock]] = set()
        waiting = [(first, lock) for lock in locks]
        while waiting and not self.budget.spent:
            arrival = waiting.pop()
            if arrival not in seen:
                seen.add(arrival)
                waiting += self._arrive(*arrival, leg, region)
        return region

    def _arrive(self, name: str, lock: Lock, leg: Leg, region: Region) -> list[tuple[str, Lock]]:
        """What is to be looked at next."""
        if name == leg.until:
            region.out.add(lock)
            return []
        self.budget.looks += 1
        if leg.told:
            self.arrivals.setdefault(name, set()).add(lock)
        if lock.on and name in self.energising:
            region.stuck = True
            if leg.waits:
                return []
        beside = [(name, each.by_condition(lock.perhaps)) for each in leg.around]
        return beside + self._onward(name, lock, leg, region)

    def _onward(self, name: str, lock: Lock, leg: Leg, region: Region) -> list[tuple[str, Lock]]:
        node = self.outline.nodes[name]
        if node.kind == "parallel":
            block = self._block(node, lock, leg)
            region.stuck |= block.stuck
            return [(node.doc["join"], each) for each in block.out]
        locks = [lock]
        for change in self.changes.get(name, ()):
            locks = [each for before in locks for each in change.of(before)]
        links = self.graph.out(name)
        return [(link.to, each.by_condition(len(links) > 1)) for link in links for each in locks]

    def _block(self, node: NodeOutline, lock: Lock, leg: Leg) -> Region:
        """All branches of a parallel node, each with what those beside it do meanwhile."""
        if leg.depth >= MOST_NESTED:
            return Region({Lock(False, lock.perhaps)})
        inside = Leg(node.doc["join"], depth=leg.depth + 1)
        branches = [self._branch(edge.to, "when" in edge.doc, inside) for edge in node.edges if edge.to is not None]
        if leg.told and (node.id, lock, leg.around) not in self._told:
            self._told.add((node.id, lock, leg.around))
            for branch in branches:
                self._tell(lock, branch, _others(branch, branches), inside._replace(around=leg.around, told=True))
        return Region(_behind(lock, branches), any(_is_stuck(lock, each, branches) for each in branches))

    def _branch(self, first: str, perhaps: bool, leg: Leg) -> Branch:
        return Branch(first, perhaps, self._summary(first, Lock(False), leg), self._summary(first, Lock(True), leg))

    def _summary(self, first: str, lock: Lock, leg: Leg) -> Region:
        key = (first, leg.until or "", lock.on)
        if key not in self._known:
            self._known[key] = self._region(first, {lock}, leg._replace(waits=lock.on))
        return self._known[key]

    def _tell(self, lock: Lock, branch: Branch, others: list[Branch], leg: Leg) -> None:
        locks = {each.by_condition(branch.perhaps) for each in _meanwhile(lock, others)}
        around = leg.around | {put for each in others for put in each.puts}
        self._region(branch.first, locks, leg._replace(around=around))


def _meanwhile(lock: Lock, others: list[Branch]) -> set[Lock]:
    """How a lock may be for a branch, as time goes by: those beside it may take it off."""
    if not lock.on or not any(each.may_take for each in others):
        return {lock}
    off = Lock(False, lock.perhaps)
    return {off} if any(each.takes for each in others) else {lock.by_condition(), off.by_condition()}


def _others(branch: Branch, branches: list[Branch]) -> list[Branch]:
    return [each for each in branches if each is not branch]


def _is_stuck(lock: Lock, branch: Branch, branches: list[Branch]) -> bool:
    """Whether a step in the branch would wait for ever; one whose lock another branch takes off only waits."""
    waits = lock.on and not any(each.takes for each in _others(branch, branches))
    return (branch.from_on if waits else branch.from_off).stuck


def _behind(lock: Lock, branches: list[Branch]) -> set[Lock]:
    """How the lock may be once all branches have come to their join."""
    puts = {put.by_condition(lock.perhaps) for each in branches for put in each.puts}
    if lock.on:
        return puts | _meanwhile(lock, branches)
    sure = any(not each.perhaps and each.puts and all(out.on for out in each.from_off.out) for each in branches)
    return puts if sure else puts | {lock.by_condition(bool(puts))}
