"""The built-in templates: right, complete in both languages, and every route of theirs taken by a scenario."""

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from mendloop_engine.check import Checked, check_template
from mendloop_engine.events import (
    BranchesStarted,
    Event,
    JoinPassed,
    OrderEnded,
    ReworkLimitReached,
    StepCompleted,
    StepOpened,
)
from mendloop_engine.globs import glob_matches
from mendloop_engine.plan import ChoiceNode, EndNode, JoinNode, Plan, PlanEdge
from mendloop_engine.scenarios import run_scenario

FOLDER = Path(__file__).resolve().parents[2] / "builtin_templates"
DEMO: Mapping[str, Any] = json.loads((FOLDER / "demo.json").read_text("utf-8"))
FILES = sorted(FOLDER.glob("*/*.json"))
OUTCOMES = {"repaired", "not_repaired", "scrapped", "returned_unrepaired"}
CHINESE = re.compile(r"[\u4e00-\u9fff]")
HALF_WIDTH = re.compile(r"[\u4e00-\u9fff] ?[,;:?()]|[,;:?()] ?[\u4e00-\u9fff]")

every_template = pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}.{file.stem}")


@cache
def document(file: Path) -> Mapping[str, Any]:
    """The template as it is written."""
    read: Mapping[str, Any] = json.loads(file.read_text("utf-8"))
    return read


@cache
def checked(file: Path) -> Checked:
    """The template checked, its scenarios played."""
    return check_template(document(file))


def plan_of(file: Path) -> Plan:
    """The template's plan."""
    plan = checked(file).plan
    assert plan is not None, checked(file).problems
    return plan


def objects(value: Any, at: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every JSON object in `value`, with its pointer."""
    if isinstance(value, dict):
        yield at, value
        for name, member in value.items():
            yield from objects(member, f"{at}/{name}")
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from objects(item, f"{at}/{index}")


def written(file: Path) -> dict[str, Any]:
    """The template without its scenarios."""
    return {name: member for name, member in document(file).items() if name != "scenarios"}


def words(value: Any) -> Iterator[tuple[str, dict[str, str]]]:
    """Every text that people read, in its languages."""
    return ((at, found) for at, found in objects(value) if "en" in found or "zh-CN" in found)


def test_there_is_a_template_for_each_of_the_four_trades() -> None:
    keys = {document(file)["key"] for file in FILES}
    assert keys == {
        "phone.screen_replacement",
        "washing_machine.does_not_drain",
        "air_conditioner.does_not_cool",
        "pump.overhaul",
    }


@every_template
def test_a_template_has_neither_problems_nor_warnings(file: Path) -> None:
    found = checked(file)
    assert [(problem.code, problem.at, problem.params) for problem in found.problems] == []
    assert f"{file.parent.name}.{file.stem}" == document(file)["key"]


@every_template
def test_every_scenario_comes_out_as_written(file: Path) -> None:
    results = checked(file).scenarios
    assert len(results) >= 4
    assert [result.name for result in results if not result.passed] == []
    assert any(act.get("refused") for scenario in document(file)["scenarios"] for act in scenario["acts"])


def routes(plan: Plan) -> dict[str, PlanEdge]:
    """Every edge of a plan by its id."""
    return {edge.id: edge for node in plan.nodes.values() if not isinstance(node, EndNode) for edge in node.next}


def taken(plan: Plan, events: tuple[Event, ...]) -> Iterator[str]:
    """The edges that a run went along."""
    arrived = ""
    for event in events:
        if isinstance(event, StepCompleted):
            yield event.edge
            arrived = routes(plan)[event.edge].to
        elif isinstance(event, BranchesStarted):
            yield from event.edges
        elif isinstance(event, JoinPassed):
            join = plan.nodes[event.join]
            assert isinstance(join, JoinNode)
            assert len(join.next) == 1
            yield join.next[0].id
        elif isinstance(event, StepOpened | OrderEnded):
            yield from _through_choice(plan, arrived, event.node)


def _through_choice(plan: Plan, choice: str, reached: str) -> Iterator[str]:
    node = plan.nodes.get(choice)
    if isinstance(node, ChoiceNode):
        yield from (edge.id for edge in node.next if edge.to == reached)


@every_template
def test_the_scenarios_take_every_route_and_reach_every_end(file: Path) -> None:
    plan = plan_of(file)
    runs = [result.events for result in checked(file).scenarios]
    events = [event for run in runs for event in run]
    assert set(routes(plan)) - {edge for run in runs for edge in taken(plan, run)} == set()
    ends = {node.id for node in plan.nodes.values() if isinstance(node, EndNode)}
    assert ends == {event.node for event in events if isinstance(event, OrderEnded)}
    assert {node.outcome for node in plan.nodes.values() if isinstance(node, EndNode)} <= OUTCOMES


@every_template
def test_every_rework_has_a_limit_and_a_scenario_that_reaches_it(file: Path) -> None:
    reworks = {edge.id: edge for edge in routes(plan_of(file)).values() if edge.rework}
    events = [event for result in checked(file).scenarios for event in result.events]
    assert reworks
    assert all(edge.limit and edge.exit and edge.reason_field for edge in reworks.values())
    assert set(reworks) == {event.edge for event in events if isinstance(event, ReworkLimitReached)}


@pytest.mark.parametrize("file", [*FILES, FOLDER / "demo.json"], ids=lambda file: file.stem)
def test_everything_people_read_is_there_in_both_languages(file: Path) -> None:
    texts = dict(words(written(file)))
    assert texts
    assert [at for at, found in texts.items() if set(found) != {"zh-CN", "en"}] == []
    assert [at for at, found in texts.items() if CHINESE.search(found["en"])] == []
    assert [found["zh-CN"] for found in texts.values() if HALF_WIDTH.search(found["zh-CN"])] == []


@every_template
def test_every_field_option_item_and_edge_with_a_condition_has_words(file: Path) -> None:
    nodes = document(file)["nodes"]
    fields = [field for node in nodes.values() for field in node.get("fields", ())]
    assert [field["id"] for field in fields if "label" not in field] == []
    assert [at for at, edge in objects(nodes) if "when" in edge and "to" in edge and "label" not in edge] == []
    assert [at for at, shot in objects(nodes) if "/shots/" in at and "/label" not in at and "label" not in shot] == []


@every_template
def test_every_reading_with_a_tolerance_says_what_to_do_beyond_it(file: Path) -> None:
    readings = [found for _, found in objects(written(file)) if found.get("type") == "reading" and "tolerance" in found]
    assert len(readings) >= 2
    assert [reading["id"] for reading in readings if "advice" not in reading] == []


@every_template
def test_every_step_has_standard_minutes_and_a_repair_ends_with_the_customers_signature(file: Path) -> None:
    nodes = document(file)["nodes"]
    steps = {name: node for name, node in nodes.items() if node["kind"] == "step"}
    assert [name for name, node in steps.items() if "standard_minutes" not in node] == []
    before_ends = [node for node in steps.values() for edge in node["next"] if nodes[edge["to"]]["kind"] == "end"]
    assert before_ends
    for node in before_ends:
        assert any(field["type"] == "signature" and field["who"] == "customer" for field in node["fields"])


@every_template
def test_a_before_photo_has_its_after(file: Path) -> None:
    pairs = {shot["pair"] for _, shot in objects(written(file)) if "pair" in shot}
    start = document(file)["start"]
    before = next(field for field in document(file)["nodes"][start]["fields"] if field["id"] == "before")
    named = {f"{start}.before.{shot['id']}" for shot in before["shots"]}
    assert len(named & pairs) >= 2


@every_template
def test_power_comes_back_only_from_a_step_that_takes_the_locks_off(file: Path) -> None:
    nodes = document(file)["nodes"]
    energising = {name for name, node in nodes.items() if node.get("energises")}
    assert energising
    for name, node in nodes.items():
        if {edge["to"] for edge in node.get("next", ())} & energising:
            assert any("removes" in field for field in node["fields"]), name


def test_phone_and_pump_have_a_gate_that_the_repairer_cannot_pass_alone() -> None:
    gates = {
        document(file)["key"]: [
            name for name, node in document(file)["nodes"].items() if node.get("not_same_person_as")
        ]
        for file in FILES
    }
    assert gates["phone.screen_replacement"] == ["function_test"]
    assert gates["pump.overhaul"] == ["inspect"]


def test_refrigerant_is_handled_by_certified_people_only() -> None:
    nodes = document(FOLDER / "air_conditioner" / "does_not_cool.json")["nodes"]
    handling = ("circuit", "recover", "repair_leak", "pressure_test", "evacuate", "charge")
    assert {nodes[name]["role"] for name in handling} == {"refrigeration"}


@every_template
def test_every_part_named_exists_in_the_demonstration(file: Path) -> None:
    known = {part["number"] for part in DEMO["parts"]}
    assert {found["part"] for _, found in objects(document(file)) if "part" in found} - known == set()


@every_template
def test_every_product_and_fault_pattern_matches_something_in_the_demonstration(file: Path) -> None:
    products = [product["key"] for product in DEMO["products"]]
    problems = [code["code"] for code in DEMO["fault_codes"] if code["kind"] == "problem"]
    for rule in document(file)["applies_to"]:
        assert any(glob_matches(rule["product"], product) for product in products), rule
    patterns = {glob for _, found in objects(written(file)) for glob in found.get("faults", ())}
    assert [glob for glob in sorted(patterns) if not any(glob_matches(glob, code) for code in problems)] == []
    for scenario in document(file)["scenarios"]:
        assert scenario["order"]["product"] in products
        assert set(scenario["order"]["fault_codes"]) <= set(problems)


def test_fault_codes_are_three_trees_with_parents_first() -> None:
    seen: dict[str, str] = {}
    for code in DEMO["fault_codes"]:
        assert code["code"] not in seen
        assert code["parent"] is None or seen[code["parent"]] == code["kind"]
        seen[code["code"]] = code["kind"]
    assert set(seen.values()) == {"problem", "cause", "remedy"}


def test_stock_lies_at_known_places_and_is_of_known_parts() -> None:
    parts = {part["number"]: part for part in DEMO["parts"]}
    assert {entry["location"] for entry in DEMO["stock"]} == {"warehouse", "van:ada", "van:bo"}
    assert all(entry["part"] in parts and entry["quantity"] > 0 for entry in DEMO["stock"])
    assert all(part["cost"] > 0 and part["currency"] == DEMO["currency"] for part in parts.values())


def test_every_demo_order_is_one_that_its_template_applies_to() -> None:
    rules = {document(file)["key"]: document(file)["applies_to"] for file in FILES}
    assets = {asset["asset"]: asset for asset in DEMO["assets"]}
    customers = {customer["id"] for customer in DEMO["customers"]}
    assert {asset["customer"] for asset in assets.values()} <= customers
    for order in DEMO["orders"]:
        product = assets[order["asset"]]["product"]
        fitting = [rule for rule in rules[order["template"]] if glob_matches(rule["product"], product)]
        named = [(glob, code) for rule in fitting for glob in rule["faults"] for code in order["fault_codes"]]
        assert any(glob_matches(glob, code) for glob, code in named), order


def demo_plays() -> Iterator[tuple[Path, Mapping[str, Any], int | None]]:
    """The scenario of each demo order that is under way or finished, and how many acts of it are played."""
    by_key = {document(file)["key"]: file for file in FILES}
    for order in DEMO["orders"]:
        if "play" in order:
            file = by_key[order["template"]]
            scenarios = {scenario["name"]: scenario for scenario in document(file)["scenarios"]}
            yield file, scenarios[order["play"]["scenario"]], order["play"].get("acts")


def test_demo_orders_are_new_under_way_and_finished() -> None:
    plays = list(demo_plays())
    states = set()
    for file, scenario, acts in plays:
        played = {**scenario, "acts": scenario["acts"][:acts], "expect": {}}
        result = run_scenario(plan_of(file), played)
        assert result.passed, result.problems
        assert result.state.status == ("ended" if acts is None else "open")
        states.add(result.state.status)
    assert states == {"ended", "open"}
    assert len(plays) < len(DEMO["orders"])


def test_the_cast_plays_every_person_of_the_scenarios_with_the_roles_it_needs() -> None:
    for file, scenario, _ in demo_plays():
        nodes = document(file)["nodes"]
        for act in scenario["acts"]:
            person = act.get("by", nodes[act["step"]]["role"])
            role = person.partition(":")[0]
            assert role in DEMO["work_roles"][DEMO["cast"][person]], (scenario["name"], act["step"])
