"""Short ways to write a template in a test, and a bench on which one order advances."""

import copy
from collections.abc import Mapping
from typing import Any

from mendloop_engine import (
    Accepted,
    MemoryHistory,
    Plan,
    Problems,
    Refused,
    State,
    compile_plan,
    decide,
    initial_state,
    parse_template,
)
from mendloop_engine.time import write_moment

HASH = "a" * 64
ORDER = {"number": "WO-7", "asset": "P-101", "fault_codes": ["P-12"], "created": "2026-01-05T08:00:00.000Z"}


def words(text: str) -> dict[str, str]:
    return {"zh-CN": text, "en": text}


def step(*fields: dict[str, Any], to: str = "done", **more: Any) -> dict[str, Any]:
    """A step of the engineer with these fields, labelled, leading to `to`."""
    labelled = [{"label": words(field["id"]), **field} if field["type"] != "instruction" else field for field in fields]
    plain = {"kind": "step", "title": words("step"), "role": "engineer", "fields": labelled, "next": [{"to": to}]}
    return {**plain, **more}


def template(nodes: dict[str, Any], start: str = "work", **more: Any) -> dict[str, Any]:
    """A template of these nodes and an end called `done`."""
    return {
        "format": 1,
        "key": "test.template",
        "title": words("test"),
        "roles": {"engineer": {"title": words("engineer")}, "inspector": {"title": words("inspector")}},
        "start": start,
        "nodes": {**nodes, "done": {"kind": "end", "outcome": "repaired"}},
        **more,
    }


def plan_of(document: dict[str, Any]) -> Plan:
    parsed = parse_template(document)
    assert not isinstance(parsed, Problems), [(p.code, p.at, p.params) for p in parsed]
    return compile_plan(parsed)


class Bench:
    """One order in memory. Ada is engineer, Bo engineer, Cy inspector; each command comes a minute after the last."""

    ROLES: Mapping[str, list[str]] = {"ada": ["engineer"], "bo": ["engineer"], "cy": ["inspector"]}

    def __init__(self, plan: Plan, **order: Any) -> None:
        self.plan = plan
        self.state: State = initial_state()
        self.history = MemoryHistory()
        self.events: list[Any] = []
        self.now = 1_767_600_000_000
        self.accept("OpenOrder", "ada", order={**ORDER, **order})

    def send(self, kind: str, by: str = "ada", **members: Any) -> Accepted | Refused:
        self.now += 60_000
        command = {"type": kind, "by": by, "roles": self.ROLES[by], "at": write_moment(self.now), **members}
        decision = decide(self.plan, self.state, copy.deepcopy(command), self.history)
        if isinstance(decision, Accepted):
            self.state = decision.state
            self.events += decision.events
            for event in decision.events:
                self.history.apply(event)
        return decision

    def accept(self, kind: str, by: str = "ada", **members: Any) -> list[str]:
        """The names of the events."""
        decision = self.send(kind, by, **members)
        assert isinstance(decision, Accepted), decision.problems
        return [type(event).__name__ for event in decision.events]

    def refuse(self, kind: str, by: str = "ada", **members: Any) -> list[tuple[str, str]]:
        """The codes and pointers of the problems."""
        decision = self.send(kind, by, **members)
        assert isinstance(decision, Refused), decision
        return [(problem.code, problem.at) for problem in decision.problems]

    def start(self, node: str, by: str = "ada") -> str:
        visit = next(name for name, open_visit in self.state.active.items() if open_visit.node == node)
        self.accept("StartStep", by, visit=visit)
        return visit

    def complete(self, node: str, by: str = "ada", **members: Any) -> list[str]:
        return self.accept("CompleteStep", by, visit=self.start(node, by), **{"answers": {}, **members})

    def open_nodes(self) -> list[str]:
        return sorted(visit.node for visit in self.state.active.values())
