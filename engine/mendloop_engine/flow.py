"""Where an order goes next: along routes, into branches, back for rework, to an end."""

from dataclasses import dataclass, field

from . import events as happened
from .conditions import holds
from .environment import names_for
from .events import Event
from .evolve import evolve
from .history import History
from .json_values import JsonObject
from .plan import ChoiceNode, EndNode, JoinNode, Names, ParallelNode, Plan, PlanEdge
from .problems import Problem
from .state import State, visit_id


@dataclass(slots=True)
class Flow:
    """One decision in the making: the events so far, the state after them, what stands against it.

    `visit` is the visit that was completed (empty when the order was opened), `answers` its final answers,
    `rework_reason` what was stated for a rework edge on the way.
    """

    plan: Plan
    history: History
    state: State
    by: str
    at: str
    visit: str = ""
    answers: JsonObject = field(default_factory=dict)
    rework_reason: str | None = None
    events: list[Event] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def record(self, event: Event) -> None:
        """Lets `event` happen."""
        self.events.append(event)
        self.state = evolve(self.state, event)

    def enter(self, name: str, rework: JsonObject | None = None) -> None:
        """Arrives at a node and goes on until people have to act, a join waits, or the order ends."""
        node = self.plan.nodes[name]
        if isinstance(node, EndNode):
            self._end(node)
        elif isinstance(node, ParallelNode):
            self._start_branches(node, rework)
        elif isinstance(node, JoinNode):
            self._join(node)
        elif isinstance(node, ChoiceNode):
            self.leave(name, node.next, self._names(node), rework)
        else:
            number = self.history.count(name) + 1
            self.record(happened.StepOpened(self.by, self.at, visit_id(name, number), name, number, rework))

    def leave(self, name: str, edges: tuple[PlanEdge, ...], names: Names, rework: JsonObject | None = None) -> None:
        """Takes the first edge whose condition holds."""
        edge = first_open(edges, names, name, self.problems)
        if edge is not None:
            self.follow(edge, rework)

    def follow(self, edge: PlanEdge, rework: JsonObject | None = None) -> None:
        """Goes along an edge."""
        if edge.rework:
            self._rework(edge)
        else:
            self.enter(edge.to, rework)

    def _rework(self, edge: PlanEdge) -> None:
        if edge.limit is not None and edge.exit is not None and self.state.reworks.get(edge.id, 0) >= edge.limit:
            self.record(happened.ReworkLimitReached(self.by, self.at, edge.id, edge.exit))
            self.enter(edge.exit)
            return
        reason = self._reason(edge)
        if reason is None:
            self.problems.append(Problem("rework.reason_missing", "/rework_reason", edge.id))
            return
        self.record(happened.ReworkTaken(self.by, self.at, edge.id, reason, self.visit, edge.to))
        self.enter(edge.to, {"edge": edge.id, "reason": reason, "from": self.visit})

    def _reason(self, edge: PlanEdge) -> str | None:
        answer = self.answers.get(edge.reason_field) if edge.reason_field else None
        return self.rework_reason or (answer if isinstance(answer, str) else None)

    def _start_branches(self, node: ParallelNode, rework: JsonObject | None) -> None:
        names = self._names(node)
        started = [edge for edge in node.next if holds(edge.when, names, "", edge.id, self.problems)]
        ids = tuple(edge.id for edge in started)
        self.record(happened.BranchesStarted(self.by, self.at, node.id, node.join, ids))
        if not started:
            self._pass(node.join)
        for edge in started:
            self.enter(edge.to, rework)

    def _join(self, node: JoinNode) -> None:
        self.record(happened.BranchJoined(self.by, self.at, node.id))
        waiting = self.state.joins[node.id]
        if waiting.arrived >= waiting.expected:
            self._pass(node.id)

    def _pass(self, name: str) -> None:
        node = self.plan.nodes[name]
        self.record(happened.JoinPassed(self.by, self.at, name))
        if isinstance(node, JoinNode):
            self.leave(name, node.next, self._names(node))

    def _end(self, node: EndNode) -> None:
        if self.state.locks:
            self.problems.append(lock_standing(self.state, "/visit", node.id))
            return
        self.record(happened.OrderEnded(self.by, self.at, node.id, node.outcome))

    def _names(self, node: ChoiceNode | ParallelNode | JoinNode) -> Names:
        return names_for(self.plan, node, self.history, self.state, self.at)


def first_open(edges: tuple[PlanEdge, ...], names: Names, element: str, problems: list[Problem]) -> PlanEdge | None:
    """The first edge whose condition holds; failures are added to `problems`."""
    for edge in edges:
        if holds(edge.when, names, "", f"{element}.next", problems):
            return edge
    return None


def lock_standing(state: State, at: str, element: str) -> Problem:
    """The problem that locks stand, naming them."""
    return Problem("safety.lock_standing", at, element, {"points": [key.split(".", 2)[2] for key in state.locks]})
