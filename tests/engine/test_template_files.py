"""Scenarios, the flow as text, the packaged schema, the built-in templates, the reference for authors."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from engine_bench import plan_of
from mendloop_engine import Plan, check_template, describe_flow
from mendloop_engine.fields import BUILT_IN
from mendloop_engine.schema import BASE
from mendloop_engine.schema.__main__ import TARGET, text, types

ROOT = Path(__file__).parents[2]
ACTS: list[dict[str, Any]] = [
    {"do": "complete", "step": "isolate", "refused": ["safety.not_locked", "safety.not_locked"]},
    {"do": "complete", "step": "isolate", "locks": True, "minutes": 10},
    {"do": "complete", "step": "measure", "answers": {"runout": {"value": 0.03}}},
    {"do": "complete", "step": "clean", "by": "engineer:2"},
    {"do": "complete", "step": "restore", "locks": True},
    {"do": "start", "step": "test"},
    {"do": "pause", "step": "test", "reason": "break"},
    {"do": "finding", "step": "test", "text": "oil on the floor"},
    {"do": "complete", "step": "test"},
    {"do": "complete", "step": "inspect", "answers": {"verdict": "passed"}},
]


def scenario(acts: list[dict[str, Any]], **expect: Any) -> list[dict[str, Any]]:
    return [{"name": "run", "acts": acts, "expect": expect}]


def failures(document: dict[str, Any]) -> list[tuple[str, str]]:
    return [(problem.code, problem.at) for problem in check_template(document).problems]


def test_a_scenario_that_comes_out_as_written_passes(pump: dict[str, Any]) -> None:
    pump["scenarios"] = scenario(
        ACTS, ended="repaired", visits={"measure": 1, "replace": 0}, joins={"together": 1}, open=[],
        completed=["isolate", "measure", "clean", "restore", "test", "inspect"],
    )  # fmt: skip
    assert failures(pump) == []


def test_a_scenario_says_where_it_went_another_way(pump: dict[str, Any]) -> None:
    pump["scenarios"] = scenario(ACTS[1:2], ended="repaired", visits={"isolate": 2}, open=["measure"])
    assert failures(pump) == [
        ("scenario.unexpected", "/scenarios/0/expect/visits/isolate"),
        ("scenario.unexpected", "/scenarios/0/expect/ended"),
    ]
    pump["scenarios"] = scenario(ACTS[2:])
    assert failures(pump) == [("scenario.step_not_open", "/scenarios/0/acts/0")]
    pump["scenarios"] = scenario([{"do": "complete", "step": "isolate"}])
    assert failures(pump) == [("scenario.refused", "/scenarios/0/acts/0")]
    pump["scenarios"] = scenario([{"do": "start", "step": "isolate", "refused": ["role.missing"]}])
    assert failures(pump) == [("scenario.not_refused", "/scenarios/0/acts/0")]


def test_a_plan_survives_json(pump: dict[str, Any]) -> None:
    plan = plan_of(pump)
    again = Plan.from_json(json.loads(json.dumps(plan.to_json())))
    assert again == plan
    assert again.hash == plan.hash


@pytest.mark.parametrize(
    ("language", "expected"), [("zh-CN", "返工 · 最多 2 次，之后 → scrapped"), ("en", "at most 2")]
)
def test_a_flow_is_told_in_both_languages(pump: dict[str, Any], language: str, expected: str) -> None:
    told = describe_flow(plan_of(pump), language)
    assert expected in told
    headlines = [line for line in told.splitlines() if line and not line.startswith(" ")]
    order = [next(name for name in [*pump["nodes"]] if f" {name} " in f"{line} ") for line in headlines[1:]]
    assert order.index("together") > order.index("paint")


def test_the_packaged_schema_is_what_the_types_say() -> None:
    assert TARGET.read_text(encoding="utf-8") == text(), "run python -m mendloop_engine.schema"


@pytest.mark.parametrize("path", sorted((ROOT / "builtin_templates").glob("*/*.json")), ids=lambda path: path.stem)
def test_a_built_in_template_has_no_problems(path: Path) -> None:
    checked = check_template(json.loads(path.read_text(encoding="utf-8")))
    assert list(checked.problems) == []
    assert checked.scenarios


REFERENCE = ROOT / "docs" / "template-format.md"


def test_the_reference_names_every_key_and_no_other() -> None:
    sections = re.split(r"^#+ ", REFERENCE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    told = {
        section.split("\n", 1)[0].strip(): set(re.findall(r"^\| `(\w+)`", section, re.MULTILINE))
        for section in sections
    }
    known = {"The template": set(BASE["properties"]) - {"$schema"}}
    for title, name in (("Step", "step"), ("Choice", "choice"), ("Parallel", "parallel"), ("Join", "join"),
                        ("End", "end"), ("Routes", "edge"), ("Checks", "check"), ("Scenarios", "scenario"),
                        ("Acts", "act")):  # fmt: skip
        known[title] = set(BASE["$defs"][name]["properties"])
    known["Every field"] = set(BASE["$defs"]["common"]["properties"]) | set(BASE["$defs"]["computable"]["properties"])
    known |= {field_type.name: set(field_type.schema["properties"]) for field_type in BUILT_IN}  # type: ignore[arg-type]
    assert {title: told.get(title, set()) for title in known} == known


def test_the_designers_types_are_made_from_the_schema() -> None:
    target = TARGET.parents[3] / "designer" / "src" / "model" / "template.generated.ts"
    assert target.read_text(encoding="utf-8") == types()
