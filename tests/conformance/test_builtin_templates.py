"""The built-in templates' own scenarios, command by command through both engines."""

import json
from pathlib import Path
from typing import Any

import pytest
from differential.peer import Peer
from mendloop_engine import scenarios
from mendloop_engine.canonical import canonical_text
from mendloop_engine.decision import Accepted, Decision
from mendloop_engine.history import History
from mendloop_engine.plan import Plan
from mendloop_engine.problems import Problems
from mendloop_engine.state import State
from mendloop_engine.template import compile_plan, parse_template

FOLDER = Path(__file__).resolve().parents[2] / "builtin_templates"
TEMPLATES = sorted(path for path in FOLDER.glob("*/*.json"))
SCENARIOS = [
    pytest.param(path, index, id=f"{path.parent.name}: {scenario['name']}")
    for path in TEMPLATES
    for index, scenario in enumerate(json.loads(path.read_text("utf-8")).get("scenarios", ()))
]


def test_there_are_scenarios_to_play() -> None:
    assert len(SCENARIOS) >= len(TEMPLATES) >= 4


@pytest.mark.parametrize(("path", "index"), SCENARIOS)
def test_a_scenario_runs_alike(path: Path, index: int, peer: Peer, monkeypatch: pytest.MonkeyPatch) -> None:
    document = json.loads(path.read_text("utf-8"))
    template = parse_template(document)
    assert not isinstance(template, Problems), [problem.to_json() for problem in template]
    plan = compile_plan(template)
    peer.ask("plan", plan=plan.to_json())
    decide, asked = scenarios.decide, []  # type: ignore[attr-defined]

    def decide_in_both(plan: Plan, state: State, command: Any, history: History) -> Decision:
        decision = decide(plan, state, command, history)
        phone = json.loads(peer.ask("decide", command=command))
        phone.pop("hashes", None)
        asked.append(command["type"])
        assert canonical_text(as_json(decision)) == canonical_text(phone)
        return decision

    monkeypatch.setattr(scenarios, "decide", decide_in_both)
    result = scenarios.run_scenario(plan, document["scenarios"][index])
    assert result.passed, [problem.message("en") for problem in result.problems]
    assert asked[0] == "OpenOrder"


def as_json(decision: Decision) -> dict[str, Any]:
    if isinstance(decision, Accepted):
        events = [event.to_json() for event in decision.events]
        return {"accepted": True, "events": events, "state": decision.state.to_json()}
    return {"accepted": False, "problems": [problem.to_json() for problem in decision.problems]}
