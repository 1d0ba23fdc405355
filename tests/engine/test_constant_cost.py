"""A step costs the same after 20 steps and after 1,000: counted, not timed."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from engine_bench import Bench, plan_of, step, template
from mendloop_engine import MemoryHistory, Plan, Visit
from mendloop_engine.plan import PlanNode


class Counting(Mapping[str, PlanNode]):
    """A plan's nodes, counting how often one is looked at."""

    def __init__(self, nodes: Mapping[str, PlanNode]) -> None:
        self.nodes = nodes
        self.looks = 0

    def __getitem__(self, name: str) -> PlanNode:
        self.looks += 1
        return self.nodes[name]

    def __iter__(self) -> Iterator[str]:
        for name in self.nodes:
            self.looks += 1
            yield name

    def __len__(self) -> int:
        return len(self.nodes)


class Listening(MemoryHistory):
    """A history that notes which steps' latest visits it is asked for."""

    def __init__(self, asked: list[str]) -> None:
        super().__init__()
        self.asked = asked

    def latest(self, node: str) -> Visit | None:
        self.asked.append(node)
        return super().latest(node)


def chain_of(length: int) -> Plan:
    nodes: dict[str, Any] = {
        f"s{index:04}": step({"id": "n", "type": "integer", "required": True}, to=f"s{index + 1:04}")
        for index in range(length)
    }
    nodes[f"s{length - 1:04}"]["next"] = [{"to": "done"}]
    for index in range(1, length):
        checks = [{"that": f"steps.s{index - 1:04}.n < n", "message": {"zh-CN": "升序", "en": "ascending"}}]
        nodes[f"s{index:04}"]["fields"][0]["checks"] = checks
    return plan_of(template(nodes, start="s0000"))


def costs(length: int) -> set[tuple[int, int]]:
    """Over every step but the first and last: nodes looked at, and characters of the state with visits named alike."""
    plan = chain_of(length)
    found = set()
    bench = Bench(plan)
    counting = Counting(plan.nodes)
    object.__setattr__(plan, "nodes", counting)
    for index in range(length - 1):
        counting.looks = 0
        bench.complete(f"s{index:04}", answers={"n": index})
        state = bench.state.to_json()
        state["sequence"] = 0
        found.add((counting.looks, len(json.dumps(state))))
    return found


def test_a_step_costs_the_same_in_any_template_at_any_time() -> None:
    short = costs(20)
    assert costs(1000) == short
    assert max(looks for looks, _ in short) < 15


@pytest.mark.parametrize("length", [20, 1000])
def test_a_step_asks_history_only_for_what_it_reads(length: int) -> None:
    bench = Bench(chain_of(length))
    asked: list[str] = []
    bench.history = Listening(asked)
    bench.history.apply(bench.events[-1])
    for index in range(10):
        bench.complete(f"s{index:04}", answers={"n": index})
    assert asked == [f"s{index:04}" for index in range(9)]
