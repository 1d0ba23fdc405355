"""The written examples of `engine/conformance/`, through both engines."""

import json
from pathlib import Path
from typing import Any, cast

from differential.peer import Peer
from differential.play import Differs, ServerOrder
from mendloop_engine.canonical import canonical_text
from mendloop_engine.evaluate import evaluate_step
from mendloop_engine.history import MemoryHistory
from mendloop_engine.plan import Plan
from mendloop_engine.problems import Problems
from mendloop_engine.state import initial_state
from mendloop_engine.template import compile_plan, parse_template

FOLDER = Path(__file__).resolve().parents[3] / "engine" / "conformance"
ORDER = {
    "number": "W-1", "product": "pump/centrifugal", "asset": "A-77", "fault_codes": ["P-101"], "fault_text": "leaks",
    "warranty": False,
    "customer_level": "gold", "created": "2026-11-20T10:00:00.000Z",
}  # fmt: skip


def read(name: str) -> Any:
    """One file of examples."""
    return json.loads((FOLDER / name).read_text("utf-8"))


def files(folder: str) -> list[str]:
    """The files of examples in one folder."""
    return sorted(f"{folder}/{path.name}" for path in (FOLDER / folder).glob("*.json"))


def plan_of(template: Any) -> Plan:
    """The plan of an example's template, which must have no problems."""
    parsed = parse_template(template)
    assert not isinstance(parsed, Problems), [problem.to_json() for problem in parsed]
    return compile_plan(parsed)


class Both:
    """One order in both engines; every answer is compared before it is given."""

    def __init__(self, peer: Peer, plan: Plan, order: dict[str, Any]) -> None:
        self.peer = peer
        self.server = ServerOrder(plan, initial_state(), MemoryHistory())
        self.minutes = 0
        peer.ask("plan", plan=plan.to_json())
        self.opening = self.act({"type": "OpenOrder", "order": {**ORDER, **order}})

    def act(self, act: dict[str, Any]) -> dict[str, Any]:
        """What becomes of an act; who, roles and the minute are filled in where it does not say."""
        hours, minutes = divmod(self.minutes, 60)
        self.minutes += 1
        at = f"2026-11-22T{8 + hours:02}:{minutes:02}:00.000Z"
        command = {"by": "ada", "roles": ["engineer", "inspector"], "at": at, **act}
        outcome = self.server.decide(command)
        self._same(outcome, self.peer.ask("decide", command=command))
        return cast("dict[str, Any]", json.loads(json.dumps(outcome)))

    def view(self, node: str, answers: dict[str, Any]) -> dict[str, Any]:
        """What a screen shows of a step with these answers."""
        at = "2026-11-22T12:00:00.000Z"
        found = evaluate_step(self.server.plan, node, answers, self.server.history, self.server.state, at)
        views = {name: shown.to_json() for name, shown in found.items()}
        self._same(views, self.peer.ask("evaluate", node=node, answers=answers, at=at))
        return views

    def _same(self, server: Any, phone: str) -> None:
        if canonical_text(server) != phone:
            raise Differs(f"server: {canonical_text(server)}\nphone:  {phone}")


def contains(found: Any, expected: Any) -> bool:
    """Whether `found` has at least what `expected` names: objects may have more members, lists not; `{}` is empty."""
    if isinstance(expected, dict) and expected:
        return isinstance(found, dict) and all(
            name in found and contains(found[name], item) for name, item in expected.items()
        )
    if isinstance(expected, list):
        return isinstance(found, list) and len(found) == len(expected) and all(map(contains, found, expected))
    return bool(found == expected) and isinstance(found, bool) == isinstance(expected, bool)
