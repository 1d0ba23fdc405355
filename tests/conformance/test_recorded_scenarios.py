"""What the designer's preview plays and records comes out the same in the engine's own scenario runner."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from differential.peer import ONE_FILE, ROOT, node
from mendloop_engine.canonical import canonical_text
from mendloop_engine.check import check_template
from mendloop_engine.plan import Plan
from mendloop_engine.problems import Problems
from mendloop_engine.scenarios import run_scenario
from mendloop_engine.template import compile_plan, parse_template

ENTRY = ROOT / "designer" / "test" / "preview" / "peer.ts"
TEMPLATES = sorted((ROOT / "builtin_templates").glob("*/*.json"))
Ask = Callable[..., dict[str, Any]]

AGAIN = {"drain_test#1": {"verdict": "still_not"}, "drain_test#2": {"verdict": "drains"}}
"""The washing machine is still not drained at the first test: it goes back to the beginning of the work."""


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    """`ask(plan=…, …)`: what the preview makes of it, in a Node process of its own."""
    script = tmp_path_factory.mktemp("preview") / "peer.mjs"
    rolldown = ROOT / "node_modules" / "rolldown" / "bin" / "cli.mjs"
    subprocess.run(
        [node(), rolldown, ENTRY, "--file", script, *ONE_FILE], cwd=ROOT, check=True, capture_output=True, text=True
    )

    def in_node(**request: Any) -> dict[str, Any]:
        done = subprocess.run([node(), script], input=json.dumps(request), capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        answer: dict[str, Any] = json.loads(done.stdout)
        return answer

    return in_node


def read(path: Path) -> tuple[dict[str, Any], Plan]:
    document = json.loads(path.read_text("utf-8"))
    template = parse_template(document)
    assert not isinstance(template, Problems)
    return document, compile_plan(template)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_the_preview_plays_every_scenario_as_the_engine_does(path: Path, ask: Ask) -> None:
    document, plan = read(path)
    played = ask(plan=plan.to_json(), scenarios=document["scenarios"])["played"]
    assert len(played) == len(document["scenarios"]) > 0
    for scenario, here in zip(document["scenarios"], played, strict=True):
        assert here["differences"] == []
        there = run_scenario(plan, scenario)
        assert canonical_text(here["events"]) == canonical_text([event.to_json() for event in there.events])
        assert canonical_text(here["state"]) == canonical_text(there.state.to_json())


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_what_is_filled_in_leads_to_an_end_and_its_recording_holds(path: Path, ask: Ask) -> None:
    document, plan = read(path)
    facts = document["scenarios"][0].get("order", {})
    through = ask(plan=plan.to_json(), facts=facts, typed={})["through"]
    assert through.get("stuck") is None, through
    assert through["outcome"] is not None
    assert run_scenario(plan, through["scenario"]).problems == ()
    recorded = {**document, "scenarios": [through["scenario"]]}
    assert [problem.code for problem in check_template(recorded).problems] == []


def test_a_recorded_rework_holds_in_the_engine(ask: Ask) -> None:
    document, plan = read(ROOT / "builtin_templates" / "washing_machine" / "does_not_drain.json")
    through = ask(plan=plan.to_json(), facts=document["scenarios"][0]["order"], typed=AGAIN)["through"]
    scenario = through["scenario"]
    assert scenario["expect"]["completed"].count("drain_test") == 2
    assert {act["do"] for act in scenario["acts"]} == {"complete"}
    assert any(act.get("rework_reason") for act in scenario["acts"]) or "why" in json.dumps(scenario["acts"])
    result = run_scenario(plan, scenario)
    assert result.passed
    assert result.state.outcome == scenario["expect"]["ended"] is not None
    assert any(event.to_json()["type"] == "ReworkTaken" for event in result.events)


def test_a_scenario_that_no_longer_holds_says_what_differs(ask: Ask) -> None:
    document, plan = read(ROOT / "builtin_templates" / "washing_machine" / "does_not_drain.json")
    broken = document["scenarios"][0] | {"expect": {"ended": "not_repaired"}}
    [here] = ask(plan=plan.to_json(), scenarios=[broken])["played"]
    [difference] = here["differences"]
    assert difference == {"kind": "unexpected", "what": "ended", "expected": "not_repaired", "found": "repaired"}
    assert not run_scenario(plan, broken).passed
