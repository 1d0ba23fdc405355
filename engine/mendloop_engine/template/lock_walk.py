"""Where a gate's lock may be on: every way through the flow with what becomes of the lock, branches beside each other.

Conditions are not looked at: every route may be taken, but what only a condition decides is kept apart.
"""

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

from .graph import Graph
from .lock_branches import Branch, Change, Lock, Locks, Region, behind, is_stuck, meanwhile, others_than
from .outline import NodeOutline, Outline

MOST_LOOKS = 200_000
"""Arrivals that are looked at, for all gates together: thousands of gates in thousands of nodes are a minute else."""
MOST_NESTED = 50
"""Blocks within blocks; deeper ones are taken to remove what they should."""
NOTHING: Locks = frozenset()

Arrival: TypeAlias = tuple[str, Lock]
"""Work that comes to a node, and how the lock is then."""


class Leg(NamedTuple):
    """A walk as far as a join. `around`: how branches beside may leave the lock at any moment; `depth`: blocks around.

    `told`: what arrives is noted. `waits`: work that cannot begin under the lock does not go on.
    """

    until: str | None = None
    around: Locks = NOTHING
    depth: int = 0
    told: bool = False
    waits: bool = False


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
    _came: dict[Arrival, Arrival] = field(default_factory=dict)
    _known: dict[tuple[str, str, bool], Region] = field(default_factory=dict)
    _told: set[tuple[str, Lock, Locks]] = field(default_factory=set)

    def arrived(self) -> Mapping[str, set[Lock]]:
        """How the lock may be at each node that work gets to."""
        self._region(self.graph.start, {Lock(False)}, Leg(told=True))
        return self.arrivals

    def run_to(self, name: str) -> list[str]:
        """The routes from the start to a node under the lock, as few as can be; none where branches are on the way."""
        arrival = next((at for lock in (Lock(True), Lock(True, True)) if (at := (name, lock)) in self._came), None)
        run: list[str] = []
        while arrival is not None and arrival in self._came:
            before = self._came[arrival]
            route = self._route(before[0], arrival[0])
            if route is None:
                return []
            run.append(route)
            arrival = before
        return run[::-1]

    def _route(self, source: str, to: str) -> str | None:
        node = self.outline.nodes[source]
        ways = ((edge.id if edge.to == to else f"{edge.id}!") for edge in node.edges if to in (edge.to, edge.exit))
        return None if node.kind == "parallel" else next(ways, None)

    def _region(self, first: str, locks: Iterable[Lock], leg: Leg) -> Region:
        region = Region()
        seen: set[Arrival] = {(first, lock) for lock in locks}
        waiting = deque(seen)
        while waiting and not self.budget.spent:
            arrival = waiting.popleft()
            for each in self._arrive(*arrival, leg, region):
                if each not in seen:
                    seen.add(each)
                    waiting.append(each)
                    if leg.depth == 0:
                        self._came[each] = arrival
        return region

    def _arrive(self, name: str, lock: Lock, leg: Leg, region: Region) -> list[Arrival]:
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

    def _onward(self, name: str, lock: Lock, leg: Leg, region: Region) -> list[Arrival]:
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
                self._tell(lock, branch, others_than(branch, branches), inside._replace(around=leg.around, told=True))
        return Region(behind(lock, branches), any(is_stuck(lock, each, branches) for each in branches))

    def _branch(self, first: str, perhaps: bool, leg: Leg) -> Branch:
        return Branch(first, perhaps, self._summary(first, Lock(False), leg), self._summary(first, Lock(True), leg))

    def _summary(self, first: str, lock: Lock, leg: Leg) -> Region:
        key = (first, leg.until or "", lock.on)
        if key not in self._known:
            self._known[key] = self._region(first, {lock}, leg._replace(waits=lock.on))
        return self._known[key]

    def _tell(self, lock: Lock, branch: Branch, others: list[Branch], leg: Leg) -> None:
        locks = {each.by_condition(branch.perhaps) for each in meanwhile(lock, others)}
        around = leg.around | {put for each in others for put in each.puts}
        self._region(branch.first, locks, leg._replace(around=around))
