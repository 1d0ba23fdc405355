"""How far an order has come, as the engineer's app counts it (`platform/runner/src/order/progress.ts`)."""

from collections import deque
from collections.abc import Collection, Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any

from mendloop_engine.plan import EndNode, JoinNode, ParallelNode, Plan, PlanNode, StepNode

from mendloop.work_orders.shapes import ProgressOut


@dataclass(frozen=True, slots=True)
class Route:
    """Steps that lie ahead if nothing is sent back, and their standard minutes."""

    steps: int
    minutes: float


def usual_route(plan: Plan, open_nodes: Iterable[str]) -> Route:
    """What lies ahead from `open_nodes` on, as the engineer's app says it."""
    steps = expected_from(plan, open_nodes)
    return Route(len(steps), sum(plan.step(node).standard_minutes or 0 for node in steps))


def progress_of(plan: Plan, state: dict[str, Any], done: AbstractSet[str]) -> ProgressOut:
    """Steps that lie behind, of all that are expected if from here on nothing is sent back; `done`: completed nodes."""
    ahead = expected_from(plan, [visit["node"] for visit in state["active"].values()])
    behind = len(done - set(ahead))
    return ProgressOut(done=behind, of=behind + len(ahead))


def expected_from(plan: Plan, open_nodes: Iterable[str]) -> Collection[str]:
    """The steps from `open_nodes` on, each once, along the routes usually taken; a join comes after its branches."""
    waiting = deque(dict.fromkeys(open_nodes))
    seen: set[str] = set()
    steps: list[str] = []
    while waiting:
        node = plan.nodes[waiting.popleft()]
        if node.id in seen:
            continue
        if isinstance(node, JoinNode) and _branches_wait(plan, waiting, seen):
            waiting.append(node.id)
            continue
        seen.add(node.id)
        if isinstance(node, StepNode):
            steps.append(node.id)
        waiting.extend(_usual_next(node))
    return steps


def _branches_wait(plan: Plan, waiting: Iterable[str], seen: AbstractSet[str]) -> bool:
    return any(other not in seen and not isinstance(plan.nodes[other], JoinNode) for other in waiting)


def _usual_next(node: PlanNode) -> list[str]:
    """Every branch; else the last route without rework: "else", or for a gate that sends back otherwise, the way on."""
    if isinstance(node, EndNode):
        return []
    onward = [edge.to for edge in node.next if not edge.rework]
    return onward if isinstance(node, ParallelNode) else onward[-1:]
